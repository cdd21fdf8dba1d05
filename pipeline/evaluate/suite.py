"""Everything that is measured, on the project's own texts always and on the shared data where it is there."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from models.restore import Shipped
from models.training import pairs
from pipeline.codec import digest
from pipeline.evaluate import data, own, restore, structure, support, texts
from pipeline.evaluate.planted import planted
from pipeline.sources.files import Files
from pipeline.text.captions import spoken
from pipeline.types import Kind, Reference, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.evaluate.table import Row
    from pipeline.text.captions import Word

OWN = "own texts"
DIALECT = "own texts, dialect"
SENTENCES = 100
"""Of each book, in which faults are planted."""
TIMED = "own talk, with times"


def own_figures() -> tuple[list[Row], dict[str, str]]:
    """The figures on the project's texts, and the digest of each set of data."""
    gold = {path: own.read_gold(path) for path in own.gold_files()}
    standard = [text for text in gold.values() if text.variety == "standard"]
    dialect = [text for text in gold.values() if text.variety != "standard"]
    methods = restore.Methods(Shipped().restorer)
    talks = tuple(map(joined, standard))
    rows = [
        *restore.spelled(OWN, list(map(_text, standard)), methods),
        *restore.spelled(DIALECT, list(map(_text, dialect)), methods),
        *restore.unharmed(OWN, list(map(_text, gold.values())), methods),
        *restore.punctuated(OWN, list(map(_text, standard)), methods),
        *restore.punctuated(DIALECT, list(map(_text, dialect)), methods),
        *restore.timed(TIMED, _heard(own.CAPTIONS), _text(gold[own.TALK]), methods),
        *structure.borders(OWN, talks),
        *structure.headings(OWN, talks),
        *planted(OWN, [text.sentences for text in gold.values()]),
    ]
    return rows, {**dict.fromkeys((OWN, DIALECT), _digest(gold)), TIMED: _digest([own.TALK, own.CAPTIONS])}


def shared_figures(shared: Path) -> tuple[list[Row], dict[str, str]]:
    """The figures on the shared data, and the digest of each set."""
    methods = restore.Methods(Shipped().restorer)
    books, typed = list(texts.books(shared)), list(texts.typed(shared))
    chapters = data.joined_chapters(shared)
    rows = [
        *restore.spelled("books", books, methods),
        *restore.edited("sermons", list(texts.sermons(shared)), methods),
        *restore.unharmed("typed captions", typed, methods),
        *restore.punctuated("books", books, methods),
        *restore.clauses("typed captions", typed, methods),
        *structure.borders("chapters of a book", chapters),
        *structure.borders("stretches of talks", data.joined_talks(shared)),
        *structure.headings("chapters of a book", chapters),
        *structure.salience("easc", data.summarised(shared)),
        *supported(shared),
        *planted("books", list(texts.sentences_of_books(shared, SENTENCES))),
        *planted("sermons", list(texts.sentences_of_sermons(shared))),
    ]
    return rows, _digests(shared / "data")


def supported(shared: Path) -> list[Row]:
    """What the embedded judge tells on pairs that it was not trained on."""
    folder = shared / "data" / "support"
    described = pairs.held_out(pairs.described(folder / "arnli_train.csv"))
    return [
        *support.judged("ans_dev, agree against disagree", pairs.headlines(folder / "ans_dev.csv")),
        *support.judged("arnli, held out", described),
        *support.accepted("arnli, held out", described),
    ]


def _digests(folder: Path) -> dict[str, str]:
    books = _digest([folder / "headed_books.jsonl.xz"])
    talks = _digest(sorted((folder / "transcripts").glob("*/*")))
    return {
        "books": books,
        "chapters of a book": books,
        "sermons": talks,
        "typed captions": talks,
        "stretches of talks": talks,
        "easc": _digest([folder / "easc.jsonl"]),
        "ans_dev, agree against disagree": _digest([folder / "support" / "ans_dev.csv"]),
        "arnli, held out": _digest([folder / "support" / "arnli_train.csv"]),
    }


def _digest(paths: Iterable[Path]) -> str:
    return digest(tuple(digest(path.read_bytes()) for path in paths))


def _text(gold: own.Gold) -> texts.Text:
    return texts.joined(gold.title, gold.sentences)


def _heard(captions: Path) -> tuple[Word, ...]:
    """The words of a caption file, with their times."""
    recording = Files().fetch(Reference(Kind.FILE, str(captions)))
    return spoken(recording.transcript.captions)[0]


def joined(gold: own.Gold) -> data.Joined:
    """A gold text as a talk of which each chapter is a part."""
    numbers = count(1)
    parts = tuple(tuple(_numbered(chapter.sentences, numbers)) for chapter in gold.chapters)
    return data.Joined(gold.title, parts, tuple(chapter.heading for chapter in gold.chapters))


def _numbered(sentences: Iterable[str], numbers: Iterator[int]) -> Iterator[Sentence]:
    return (Sentence(next(numbers), text) for text in sentences)
