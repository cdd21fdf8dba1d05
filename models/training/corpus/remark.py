"""How well a second reader's marks agree with the gold: the ceiling for every system.

`python -m models.training.corpus.remark draw FOLDER` writes bare words into `FOLDER/bare`: no marks, no line ends, the
spelling of automatic captions; and which sentences they are into `FOLDER/stretches.json`. A reader who has not seen the
talks writes the same words with marks into `FOLDER`, under the same names. `python -m models.training.corpus.remark
score` compares what is in `remarked` beside this, `score FOLDER` what is there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from models.training.corpus.files import CORPUS, EXAM, talks
from models.training.corpus.spelling import automatic
from models.training.corpus.talks import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from models.training.corpus.talks import Sentence, Talk, Word

REMARKED = CORPUS / "remarked"
SEED = 20261129
SHARE = 0.05
"""Of all words of the corpus and the exam."""
TALKS = 24
"""Over how many talks the stretches are spread."""

END, COMMA, COLON = "end", "comma", "colon"
CLASSES = {".": END, "!": END, "؟": END, "…": END, "،": COMMA, "؛": COMMA, ":": COLON}
"""What a mark says, however strongly: a semicolon counts as a comma."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring sentences of one talk."""

    name: str
    talk: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def drawn(library: Sequence[Talk], seed: int = SEED) -> tuple[Stretch, ...]:
    """Whole sentences from some talks, together about `SHARE` of the words; the same seed draws the same."""
    draw = Random(seed)  # noqa: S311 - a repeatable draw of measuring data
    length = SHARE * sum(len(talk.words) for talk in library) / TALKS
    chosen = draw.sample(list(library), TALKS)
    return tuple(Stretch(f"r{at}", talk.id, _sentences(talk, length, draw)) for at, talk in enumerate(chosen, 1))


def remarked(library: Iterable[Talk], folder: Path = REMARKED) -> tuple[Stretch, ...]:
    """The stretches of a folder's `stretches.json`: for each name a talk, and its first and last sentence."""
    places = json.loads((folder / "stretches.json").read_text(encoding="utf-8"))
    known = {talk.id: talk for talk in library}
    return tuple(
        Stretch(name, talk, known[talk].sentences[first - 1 : last]) for name, (talk, first, last) in places.items()
    )


def _sentences(talk: Talk, length: float, draw: Random) -> tuple[Sentence, ...]:
    """The fewest sentences from a random one on that have so many words."""
    starts = [at for at in range(len(talk.sentences)) if _size(talk.sentences[at:]) >= length]
    begin = draw.choice(starts)
    end = next(at for at in range(begin, len(talk.sentences)) if _size(talk.sentences[begin : at + 1]) >= length)
    return talk.sentences[begin : end + 1]


def _size(sentences: Iterable[Sentence]) -> int:
    return sum(len(sentence.words) for sentence in sentences)


def bare_text(stretch: Stretch) -> str:
    """Its words as automatic captions write them, in one line."""
    return " ".join(automatic(word.text) for word in stretch.words) + "\n"


def compared(gold: Sequence[Word], marked: str) -> Counter[str]:
    """Hits, found and true places of each class and of `any`; the last word, whose end is known, is left out.

    Raises `ValueError` where the reader's words are not those of the gold.
    """
    read = spoken(" ".join(marked.split()))
    pairs = list(zip_longest(*([automatic(word.text) for word in words] for words in (gold, read))))
    if other := [at for at, (true, found) in enumerate(pairs) if true != found]:
        reason = f"word {other[0] + 1} is {pairs[other[0]][1]}, not {pairs[other[0]][0]}"
        raise ValueError(reason)
    counts: Counter[str] = Counter()
    for true, found in list(zip(gold, read, strict=True))[:-1]:
        counts.update(_counted(CLASSES.get(true.mark, ""), CLASSES.get(found.mark, "")))
    return counts


def _counted(true: str, found: str) -> list[str]:
    told = [f"true {true}", "true any"] if true else []
    told += [f"found {found}", "found any"] if found else []
    told += [f"hits {true}"] if true and true == found else []
    return told + (["hits any"] if true and found else [])


def f1(counts: Counter[str], name: str) -> float:
    """Of one class, or of `any`."""
    return 2 * counts[f"hits {name}"] / max(1, counts[f"found {name}"] + counts[f"true {name}"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("draw", "score"))
    parser.add_argument("folder", type=Path, nargs="?", default=REMARKED)
    args = parser.parse_args()
    library = talks(CORPUS) + talks(EXAM)
    if args.act == "draw":
        write(drawn(library), args.folder)
    else:
        print("\n".join(scored(library, args.folder)))  # noqa: T201 - a command


def write(stretches: Iterable[Stretch], folder: Path) -> None:
    """One file of bare words a stretch, and which sentences they are."""
    (folder / "bare").mkdir(parents=True, exist_ok=True)
    places = {each.name: (each.talk, each.sentences[0].number, each.sentences[-1].number) for each in stretches}
    (folder / "stretches.json").write_text(json.dumps(places, indent=1) + "\n", encoding="utf-8")
    for stretch in stretches:
        (folder / "bare" / f"{stretch.name}.txt").write_text(bare_text(stretch), encoding="utf-8")


def scored(library: Iterable[Talk], folder: Path = REMARKED) -> Iterator[str]:
    """F1 of each stretch that was marked afresh, and of all together."""
    total: Counter[str] = Counter()
    yield f"{'marked afresh':14}{'words':>6}{'ends':>7}{'commas':>8}{'any':>7}"
    for stretch in remarked(library, folder):
        counts = compared(stretch.words, (folder / f"{stretch.name}.txt").read_text(encoding="utf-8"))
        counts["words"] = len(stretch.words)
        total += counts
        yield _row(stretch.name, counts)
    yield _row("all", total)


def _row(name: str, counts: Counter[str]) -> str:
    ends, commas, every = (f1(counts, each) for each in (END, COMMA, "any"))
    return f"{name:14}{counts['words']:6}{ends:7.3f}{commas:8.3f}{every:7.3f}"


if __name__ == "__main__":
    main()
