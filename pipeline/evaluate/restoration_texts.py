"""Texts to measure restoration on: books, sermons with their corrected text, and captions typed by people."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from pipeline.arabic.orthography import bare
from pipeline.arabic.punctuation import ENDS, MarkedWord, marked_words
from pipeline.evaluate.datasets import read_books

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_CUE = re.compile(r"^\d+$|^.*-->.*$", re.MULTILINE)
_FRONT = re.compile(r"^#.*$|^- .*$", re.MULTILINE)

_SENTENCE = re.compile(r"(?<=[.؟!])\s+")
_OPENING = 100
"""Sentences of a book that are skipped: prefaces and dedications."""
_WRITTEN = re.compile("[أإآة،؛؟\u064b-\u0652]")
"""Letters and marks that automatic captions never have."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as its author wrote it."""

    name: str
    words: tuple[MarkedWord, ...]
    breaks: frozenset[int] = frozenset()
    """Positions of words after which a line or paragraph ends."""

    @property
    def captions(self) -> tuple[str, ...]:
        """The words as automatic captions would spell them."""
        return tuple(bare(word.text) for word in self.words)

    @property
    def ends(self) -> frozenset[int]:
        """Positions of the words that end a sentence, whatever the mark; the end of a paragraph is one."""
        return self.breaks.union(at for at, word in enumerate(self.words) if word.mark in ENDS)


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """Automatic captions beside an editor's correction of them."""

    name: str
    captions: tuple[str, ...]
    gold: dict[int, str]
    """The editor's spelling of each caption word that the editor kept, by the word's position."""


def books(shared: Path) -> Iterator[WrittenText]:
    """The running text of each book, without headings."""
    for book in read_books(shared):
        yield written_text(book["title"], _paragraphs(book))


def typed(shared: Path, folder: str = "economy_talk") -> Iterator[WrittenText]:
    """Captions typed by people, whose lines end where clauses end."""
    for line in (shared / "data" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["caption_kind"].startswith("manual") and f"/{folder}/" in entry["file"]:
            text = (shared / "data" / entry["file"]).read_text(encoding="utf-8")
            lines = _CUE.sub("", text) if entry["file"].endswith(".srt") else text
            yield written_text(entry["video_id"] or entry["file"], lines.splitlines())


def sermons(shared: Path) -> Iterator[CorrectedText]:
    """Automatic captions of sermons beside their correction by a language model: silver, not gold.

    In three of the files it left long stretches as captioned, so a paragraph without any correction is not compared.
    """
    for path in sorted((shared / "data" / "transcripts" / "sermon").glob("*.srt")):
        heard = [word.text for word in marked_words(_CUE.sub("", path.read_text(encoding="utf-8")))]
        body = path.with_suffix(".corrected.md").read_text(encoding="utf-8").split("---", 1)[1]
        corrected = "\n\n".join(filter(_WRITTEN.search, _FRONT.sub("", body).split("\n\n")))
        yield aligned(path.stem, heard, [word.text for word in marked_words(corrected)])


def sentences_of_books(shared: Path, most: int) -> Iterator[tuple[str, ...]]:
    """Up to `most` sentences of each book, from the end of its opening on."""
    for book in read_books(shared):
        yield tuple(_SENTENCE.split(" ".join(_paragraphs(book))))[_OPENING : _OPENING + most]


def sentences_of_sermons(shared: Path) -> Iterator[tuple[str, ...]]:
    """The sentences of each sermon's corrected text."""
    for path in sorted((shared / "data" / "transcripts" / "sermon").glob("*.corrected.md")):
        body = path.read_text(encoding="utf-8").split("---", 1)[1]
        yield tuple(_SENTENCE.split(" ".join(_FRONT.sub("", body).split())))


def _paragraphs(book: dict[str, Any]) -> list[str]:
    return [paragraph for section in book["sections"] for paragraph in section["paragraphs"]]


def written_text(name: str, parts: Sequence[str]) -> WrittenText:
    """Paragraphs or lines joined into one text."""
    words: list[MarkedWord] = []
    breaks = set()
    for part in parts:
        words += marked_words(part)
        breaks.add(len(words) - 1)
    return WrittenText(name, tuple(words), frozenset(breaks - {-1}))


def aligned(name: str, heard: Sequence[str], corrected: Sequence[str]) -> CorrectedText:
    """Captions with the corrected spelling of each word that the correction keeps in its place."""
    gold = {at: corrected[place] for at, place in matched(heard, corrected).items()}
    return CorrectedText(name, tuple(heard), gold)


def matched(heard: Sequence[str], written: Sequence[str]) -> dict[int, int]:
    """The positions in a written text of the caption words that it has too, in the same order, however spelled."""
    matcher = SequenceMatcher(None, list(map(bare, heard)), list(map(bare, written)), autojunk=False)
    blocks = matcher.get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
