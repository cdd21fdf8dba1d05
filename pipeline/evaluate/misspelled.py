"""Measures spelling by kind of error: `python -m pipeline.evaluate.misspelled SHARED [WEIGHTS.npz]`.

For each set the words spelled wrong by the network with its lexicon alone, and with the rules of grammar; how many
words these mend and spoil; and what is left, by kind. Verses and misheard words are not counted. Of the half of
`speech_gold` that reports, and of the test talks, nothing is read but these figures.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.restore.restorer import NeuralRestorer, Thresholds
from models.restore.tagger import Tagger
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from models.training.restore import spoken
from models.training.restore.corpus import articles, careful, is_dev, prose, tokens
from models.training.restore.measures import SHIPPED
from models.training.restore.speech import halved, speech_gold
from pipeline.arabic.orthography import bare, is_arabic, unsigned
from pipeline.arabic.punctuation import marked_words
from pipeline.evaluate.restoration_texts import sermons
from pipeline.types.article import SpokenWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENCYCLOPEDIA = "wikipedia_ar.jsonl.xz"
_UNJUDGED = re.compile("﴿[^﴾]*﴾|{[^{}]*}")
_HEARD = re.compile(r"\{([^{}|]*)\|[^{}]*\}")
_THAT = re.compile("[وفبل]?ان(?:ه|ها|هم|هما|هن|نا|ني|ي|ك|كم|ما)?")


@dataclass(frozen=True, slots=True)
class Spelled:
    """Bare words, and how those are written whose spelling is known."""

    words: tuple[str, ...]
    gold: Mapping[int, str]


def kind(gold: str, found: str) -> str:
    """What is wrong with a spelling."""
    for right, wrong in zip(gold, found, strict=True):
        if right != wrong:
            return _kind(bare(gold), right, wrong)
    return ""


def _kind(word: str, right: str, wrong: str) -> str:
    if "آ" in (right, wrong):
        return "madda"
    if "ة" in (right, wrong):
        return "taa marbuta missing" if right == "ة" else "taa marbuta too much"
    if "ا" in (right, wrong):
        return "hamza too much" if right == "ا" else "hamza missing"
    return "إن, أن" if _THAT.fullmatch(word) else "ألا, إلا" if word.endswith("الا") else "أ for إ, or back"


def parts(shared: Path) -> Iterator[tuple[str, list[Spelled]]]:
    """The sets by name."""
    halves = dict(zip(("choosing", "reporting"), halved(speech_gold(shared)), strict=True))
    for half, stretches in halves.items():
        for of_sermons in (True, False):
            names = [each.name for each in stretches if each.sermon == of_sermons]
            texts = [read_stretch(shared / "data" / "speech_gold" / f"{name}.txt") for name in names]
            yield f"speech_gold, {half}, {'sermons' if of_sermons else 'others'}", texts
    reporting = {each.name for each in halves["reporting"]}
    silver = [each for each in sermons(shared) if each.name not in reporting]
    yield "sermons, silver", [Spelled(tuple(map(bare, each.captions)), _known(each.gold)) for each in silver]
    library = {talk.id: talk for talk in talks(CORPUS)}
    for split, members in splits().items():
        for standard in (True, False):
            chosen = [library[name] for name in members if (library[name].variety == "msa") == standard]
            texts = [
                _spelled(
                    [(word.text, not said.verse) for word, said in zip(spoken.written(talk), talk.words, strict=True)]
                )
                for talk in chosen
            ]
            yield f"corpus, {split}, {'standard' if standard else 'dialect'}", texts
    yield "encyclopedia, held out", list(_articles(shared / "data" / ENCYCLOPEDIA))


def read_stretch(path: Path) -> Spelled:
    """A text of `speech_gold` without its headings; verses and misheard words are not judged."""
    found: list[tuple[str, bool]] = []
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#"))
    done = 0
    for match in [*_UNJUDGED.finditer(text), None]:
        found += [(word.text, True) for word in tokens(text[done : match.start() if match else None])]
        if match:
            found += [(word.text, False) for word in tokens(_HEARD.sub(r"\1", match[0]))]
            done = match.end()
    return _spelled(found)


def _spelled(words: Sequence[tuple[str, bool]]) -> Spelled:
    """Written words, each with whether its spelling is judged."""
    gold = {at: text for at, (text, judged) in enumerate(words) if judged}
    return Spelled(tuple(bare(text) for text, _ in words), _known(gold))


def _known(gold: Mapping[int, str]) -> dict[int, str]:
    plain = {at: unsigned(word).replace("ٱ", "ا") for at, word in gold.items()}
    return {at: word for at, word in plain.items() if is_arabic(word)}


def _articles(path: Path) -> Iterator[Spelled]:
    for name, paragraphs in articles(path):
        if is_dev(ENCYCLOPEDIA + name) and (kept := prose(paragraphs)) and careful(kept):
            yield _spelled([(word.text, True) for paragraph in kept for word in paragraph])


def spelled_by(restorer: NeuralRestorer, text: Spelled) -> list[str]:
    """The words as a restorer spells them, without marks and vowel signs."""
    restored = restorer.restore(tuple(map(SpokenWord, text.words)))
    return [unsigned(marked_words(word.text)[0].text) for word in restored]


def row(name: str, texts: Sequence[Spelled], alone: NeuralRestorer, ruled: NeuralRestorer) -> str:
    """One line of the table."""
    words = mended = spoiled = 0
    before, after = Counter[str](), Counter[str]()
    for text in texts:
        first, last = spelled_by(alone, text), spelled_by(ruled, text)
        words += len(text.gold)
        for at, gold in text.gold.items():
            mended += first[at] != gold == last[at]
            spoiled += first[at] == gold != last[at]
            before[kind(gold, first[at])] += 1
            after[kind(gold, last[at])] += 1
    del before[""], after[""]
    share = 1 - after.total() / max(1, words)
    left = "; ".join(f"{what} {before[what]} → {after[what]}" for what, _ in before.most_common())
    return f"{name:34}{words:8,}{before.total():6} → {after.total():4}{share:8.4f}{mended:7}{spoiled:8}   {left}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/speech_gold")
    parser.add_argument("weights", type=Path, nargs="?", default=SHIPPED)
    args = parser.parse_args()
    tagger = Tagger(dict(np.load(args.weights, allow_pickle=False)))
    alone, ruled = (NeuralRestorer(tagger, "", Thresholds(grammar=grammar)) for grammar in (False, True))
    print(f"{'':34}{'words':>8}{'wrong':>13}{'right':>8}{'mended':>7}{'spoiled':>8}")  # noqa: T201 - a command
    for name, texts in parts(args.shared):
        print(row(name, texts, alone, ruled), flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
