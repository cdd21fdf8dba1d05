"""Measuring texts for restoration: books, sermons with their corrected text, and captions typed by people."""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.arabic.orthography import bare
from pipeline.arabic.punctuation import ENDS, MarkedWord, marked_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_CUE = re.compile(r"^\d+$|^.*-->.*$", re.MULTILINE)
_FRONT = re.compile(r"^#.*$|^- .*$", re.MULTILINE)

_SENTENCE = re.compile(r"(?<=[.؟!])\s+")
_OPENING = 100
"""Sentences of a book that are passed over: prefaces and dedications."""
_WRITTEN = re.compile("[أإآة،؛؟\u064b-\u0652]")
"""What automatic captions never have."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text as it is written."""

    name: str
    words: tuple[MarkedWord, ...]
    breaks: frozenset[int] = frozenset()
    """Positions of words after which a line or paragraph ends."""

    @property
    def captions(self) -> tuple[str, ...]:
        """Its words as automatic captions would spell them."""
        return tuple(bare(word.text) for word in self.words)

    @property
    def ends(self) -> frozenset[int]:
        """Positions of the words that end a sentence, whichever mark; a paragraph's end is one."""
        return self.breaks.union(at for at, word in enumerate(self.words) if word.mark in ENDS)


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """Automatic captions beside what an editor made of them."""

    name: str
    captions: tuple[str, ...]
    gold: dict[int, str]
    """For the position of each caption word that the editor kept, how the editor spells it."""


def books(shared: Path) -> Iterator[WrittenText]:
    """Each book's running text; headings are left out."""
    with lzma.open(shared / "data" / "headed_books.jsonl.xz", "rt", encoding="utf-8") as lines:
        for book in map(json.loads, lines):
            paragraphs = [paragraph for section in book["sections"] for paragraph in section["paragraphs"]]
            yield joined(book["title"], paragraphs)


def typed(shared: Path, folder: str = "economy_talk") -> Iterator[WrittenText]:
    """Captions that people typed, whose lines end where clauses end."""
    for line in (shared / "data" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["caption_kind"].startswith("manual") and f"/{folder}/" in entry["file"]:
            text = (shared / "data" / entry["file"]).read_text(encoding="utf-8")
            lines = _CUE.sub("", text) if entry["file"].endswith(".srt") else text
            yield joined(entry["video_id"] or entry["file"], lines.splitlines())


def sermons(shared: Path) -> Iterator[CorrectedText]:
    """Automatic captions of sermons beside their corrected text, which a language model made: silver, not gold.

    In three of the files it left long stretches as they were heard: a paragraph without any correction is not compared.
    """
    for path in sorted((shared / "data" / "transcripts" / "sermon").glob("*.srt")):
        heard = [word.text for word in marked_words(_CUE.sub("", path.read_text(encoding="utf-8")))]
        body = path.with_suffix(".corrected.md").read_text(encoding="utf-8").split("---", 1)[1]
        corrected = "\n\n".join(filter(_WRITTEN.search, _FRONT.sub("", body).split("\n\n")))
        yield aligned(path.stem, heard, [word.text for word in marked_words(corrected)])


def sentences_of_books(shared: Path, most: int) -> Iterator[tuple[str, ...]]:
    """The first sentences of each book after its opening, at most so many."""
    with lzma.open(shared / "data" / "headed_books.jsonl.xz", "rt", encoding="utf-8") as lines:
        for book in map(json.loads, lines):
            paragraphs = [paragraph for section in book["sections"] for paragraph in section["paragraphs"]]
            yield tuple(_sentences(" ".join(paragraphs)))[_OPENING : _OPENING + most]


def sentences_of_sermons(shared: Path) -> Iterator[tuple[str, ...]]:
    """The sentences of each sermon's edited text."""
    for path in sorted((shared / "data" / "transcripts" / "sermon").glob("*.corrected.md")):
        body = path.read_text(encoding="utf-8").split("---", 1)[1]
        yield tuple(_sentences(" ".join(_FRONT.sub("", body).split())))


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def joined(name: str, parts: Sequence[str]) -> WrittenText:
    """Paragraphs or lines as one text."""
    words: list[MarkedWord] = []
    breaks = set()
    for part in parts:
        words += marked_words(part)
        breaks.add(len(words) - 1)
    return WrittenText(name, tuple(words), frozenset(breaks - {-1}))


def aligned(name: str, heard: Sequence[str], corrected: Sequence[str]) -> CorrectedText:
    """The caption words that stand in the corrected text too, in the same order, but for what captions do not write."""
    gold = {at: corrected[place] for at, place in matched(heard, corrected).items()}
    return CorrectedText(name, tuple(heard), gold)


def matched(heard: Sequence[str], written: Sequence[str]) -> dict[int, int]:
    """The position in a written text of each caption word that stands in it too, in the same order."""
    matcher = SequenceMatcher(None, list(map(bare, heard)), list(map(bare, written)), autojunk=False)
    blocks = matcher.get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
