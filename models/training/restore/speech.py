"""Measures marks and sentence ends on speech: `python -m models.training.restore.speech SHARED [WEIGHTS.npz ...]`.

Text alone, without times; F1 at the best threshold of each column. Real captions with gold marks (`speech_gold`) are
halved by a seed: one half chooses between networks, the other half reports. Nothing of them is ever trained on.
`--books` adds the books, which have nothing to do with speech and must not get worse.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from models.restore.tagger import Tagger
from models.training.corpus.files import CORPUS, EXAM, talks
from models.training.corpus.remark import remarked
from models.training.corpus.splits import splits
from models.training.restore import spoken
from models.training.restore.corpus import Token, tokens
from models.training.restore.measures import SHIPPED, f1
from pipeline.arabic.orthography import bare
from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SEED = 20261129
CHOOSING = 7
"""Stretches that choose; the other seven report."""
SERMONS = 2
"""Of the four sermons in either half, so that the halves are alike."""
STEPS = np.arange(0.02, 0.99, 0.02)
_HEARD = re.compile(r"\{([^{}|]*)\|[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text with gold marks."""

    name: str
    words: tuple[Token, ...]
    sermon: bool = False


def speech_gold(shared: Path) -> list[Stretch]:
    """Real captions as written Arabic, by name; words that were misheard stay as they were heard."""
    folder = shared / "data" / "speech_gold"
    paths = [path for path in sorted(folder.glob("*.txt")) if not path.name.endswith(".captions.txt")]
    return [_stretch(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def _stretch(name: str, text: str) -> Stretch:
    source, *lines = text.splitlines()
    words: list[Token] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            words += _ended(tokens(_HEARD.sub(r"\1", line)))
    return Stretch(name, tuple(words), sermon="/sermon/" in source)


def _ended(words: list[Token]) -> list[Token]:
    """The words of a line, of which the last ends a sentence."""
    if words and words[-1].mark not in ENDS:
        words[-1].mark = "."
    return words


def halved(stretches: Sequence[Stretch], seed: int = SEED) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches that choose, and those that report: the first shuffle with sermons in both."""
    draw = Random(seed)  # noqa: S311 - repeatable
    order = list(stretches)
    while True:
        draw.shuffle(order)
        if sum(stretch.sermon for stretch in order[:CHOOSING]) == SERMONS:
            return order[:CHOOSING], order[CHOOSING:]


def corpus_parts() -> Iterator[tuple[str, list[Stretch]]]:
    """The talks of the corpus by split, the exam's, and the stretches that a reader marked afresh."""
    of_corpus, of_exam = talks(CORPUS), talks(EXAM)
    library = {talk.id: Stretch(talk.id, tuple(spoken.written(talk))) for talk in of_corpus + of_exam}
    for name, members in splits().items():
        yield f"corpus, {name}", [library[member] for member in members]
    yield "exam", [library[talk.id] for talk in of_exam]
    yield "marked afresh", [Stretch(each.name, tuple(spoken.written(each))) for each in remarked(of_corpus + of_exam)]


def books(shared: Path) -> list[Stretch]:
    """The running text of the books; a paragraph's end ends a sentence."""
    with lzma.open(shared / "data" / "headed_books.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [_book(book) for book in map(json.loads, lines)]


def _book(book: dict[str, Any]) -> Stretch:
    paragraphs = (paragraph for section in book["sections"] for paragraph in section["paragraphs"])
    return Stretch(book["title"], tuple(word for each in paragraphs for word in _ended(tokens(each))))


def best(scores: np.ndarray, true: np.ndarray) -> float:
    """F1 at the best threshold."""
    return max(f1(scores >= step, true) for step in STEPS)


def figures(tagger: Tagger, stretches: Iterable[Stretch]) -> dict[str, float]:
    """F1 of sentence ends, of commas, and of any mark."""
    scored = [(tagger.scores([bare(word.text) for word in each.words]).marks, each.words) for each in stretches]
    return measured(tagger.marks, scored)


def measured(marks: Sequence[str], texts: Sequence[tuple[np.ndarray, Sequence[Token]]]) -> dict[str, float]:
    """The same of texts with the probabilities (words, marks) that somebody gave them."""
    scores = np.concatenate([probabilities for probabilities, _ in texts])
    true = np.array([word.mark for _, words in texts for word in words])
    ends = [marks.index(mark) for mark in ENDS]
    return {
        "ends": best(scores[:, ends].sum(1), np.isin(true, ENDS)),
        "commas": best(scores[:, marks.index("،")], true == "،"),
        "any": best(1 - scores[:, 0], true != ""),
    }


def sets(shared: Path, *, with_books: bool) -> dict[str, list[Stretch]]:
    """Everything that is measured on."""
    choosing, reporting = halved(speech_gold(shared))
    found = {"speech_gold, choosing": choosing, "speech_gold, reporting": reporting, **dict(corpus_parts())}
    return found | ({"books": books(shared)} if with_books else {})


def table(taggers: Mapping[str, Tagger], parts: Mapping[str, Sequence[Stretch]]) -> Iterator[str]:
    """One row for each set and network."""
    yield f"{'':26}{'words':>9}  {'network':24}{'ends':>7}{'commas':>8}{'any':>7}"
    for name, stretches in parts.items():
        words = sum(len(stretch.words) for stretch in stretches)
        for network, tagger in taggers.items():
            found = figures(tagger, stretches)
            yield f"{name:26}{words:9,}  {network:24}{found['ends']:7.3f}{found['commas']:8.3f}{found['any']:7.3f}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder that holds data/speech_gold")
    parser.add_argument("weights", type=Path, nargs="*", help="further networks beside the one that ships")
    parser.add_argument("--books", action="store_true", help="measure on the books too, which takes minutes")
    args = parser.parse_args()
    taggers = {path.stem: Tagger(dict(np.load(path, allow_pickle=False))) for path in [SHIPPED, *args.weights]}
    parts = sets(args.shared, with_books=args.books)
    halves = list(parts.items())[:2]
    for name, stretches in halves:
        print(f"{name} (seed {SEED}): {' '.join(sorted(each.name for each in stretches))}")  # noqa: T201 - a command
    for row in table(taggers, parts):
        print(row, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
