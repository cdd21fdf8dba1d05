"""Measuring data from a folder beside the repository: joined chapters, joined talks, summaries by people."""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Any, Final

from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED: Final = 20261123
CHAPTER_WORDS: Final = (150, 2500)
"""Chapters that are shorter or longer than any part of a talk are left out."""
STRETCH_WORDS: Final = (300, 1200)
"""Words in a stretch of one talk."""
PARTS: Final = (4, 8)
"""Fewest and most texts in a row."""
UNIT_WORDS: Final = 12
"""Words in a unit of a talk without sentences."""
_END = re.compile(r"(?<=[.؟!?])\s+")
_CLOCK = re.compile(r"[\d:.,]*\d:?(?:\s*-->\s*[\d:.,]+)?(?:\s+|$)")
"""What stands before the words of a caption: its number, its times, or nothing."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """Several texts in a row, and where each begins."""

    name: str
    parts: tuple[tuple[Sentence, ...], ...]
    headings: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for part in self.parts for sentence in part)

    @property
    def borders(self) -> frozenset[int]:
        """Indices of sentences at which a part begins, without the first."""
        return frozenset(accumulate(len(part) for part in self.parts[:-1]))


@dataclass(frozen=True, slots=True)
class SummarizedText:
    """A text with the word positions that people chose for its summary."""

    name: str
    sentences: tuple[Sentence, ...]
    references: tuple[frozenset[int], ...]

    @property
    def budget(self) -> int:
        """Mean length of a reference, in words."""
        return round(sum(map(len, self.references)) / len(self.references))


def joined_chapters(shared: Path) -> tuple[JoinedText, ...]:
    """Four to eight neighbouring chapters of one book at a time; every fitting chapter is used once."""
    draw = Random(SEED)  # noqa: S311 - a repeatable draw of measuring data
    joined: list[JoinedText] = []
    for book in _lines(shared / "data" / "headed_books.jsonl.xz"):
        chapters = [
            (_plain_heading(section["heading"]), tuple(_divided(section["paragraphs"])))
            for section in book["sections"]
            if CHAPTER_WORDS[0] <= section["words"] <= CHAPTER_WORDS[1]
        ]
        while len(chapters) >= PARTS[0]:
            size = draw.randint(*PARTS)
            taken, chapters = chapters[:size], chapters[size:]
            if len(taken) >= PARTS[0]:
                joined.append(_join(book["title"], taken))
    return tuple(joined)


def joined_talks(shared: Path, number: int = 60) -> tuple[JoinedText, ...]:
    """Four to eight stretches of different talks at a time."""
    draw = Random(SEED)  # noqa: S311 - a repeatable draw of measuring data
    manifest = (shared / "data" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    talks = [list(_spoken(shared / "data" / json.loads(line)["file"])) for line in manifest]
    joined: list[JoinedText] = []
    for place in range(number):
        stretches = []
        for talk in draw.sample(talks, draw.randint(*PARTS)):
            length = min(draw.randint(*STRETCH_WORDS), len(talk))
            begin = draw.randint(0, len(talk) - length)
            stretches.append(("", tuple(_units(talk[begin : begin + length]))))
        joined.append(_join(f"talks {place}", stretches))
    return tuple(joined)


def summarized(shared: Path) -> tuple[SummarizedText, ...]:
    """EASC: articles with five extractive summaries each, as word positions."""
    found = []
    for article in map(json.loads, (shared / "data" / "easc.jsonl").read_text(encoding="utf-8").splitlines()):
        spans = [match.span() for match in _WORD.finditer(article["text"])]
        references = tuple(_positions(spans, reference["char_spans"]) for reference in article["refs"])
        found.append(SummarizedText(article["id"], tuple(_divided([article["text"]])), references))
    return tuple(found)


def _positions(words: list[tuple[int, int]], spans: list[list[int]]) -> frozenset[int]:
    return frozenset(
        place for place, (begin, end) in enumerate(words) if any(begin < last and end > first for first, last in spans)
    )


def _join(name: str, parts: Iterable[tuple[str, tuple[Sentence, ...]]]) -> JoinedText:
    kept = [(heading, part) for heading, part in parts if part]
    number = 0
    numbered = []
    for _, part in kept:
        numbered.append(tuple(Sentence(number + step, one.text) for step, one in enumerate(part, 1)))
        number += len(part)
    return JoinedText(name, tuple(numbered), tuple(heading for heading, _ in kept))


def _divided(paragraphs: Iterable[str]) -> Iterator[Sentence]:
    """Sentences by their marks, numbered from 1."""
    texts = (text for paragraph in paragraphs for text in _END.split(paragraph) if text.strip())
    return (Sentence(number, text.strip()) for number, text in enumerate(texts, 1))


def _units(words: list[str]) -> Iterator[Sentence]:
    for number, begin in enumerate(range(0, len(words), UNIT_WORDS), 1):
        yield Sentence(number, " ".join(words[begin : begin + UNIT_WORDS]))


def _spoken(path: Path) -> Iterator[str]:
    """The words of a caption file, without numbers and times; what overlapping cues repeat stays once."""
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        clock = _CLOCK.match(text)
        text = text[clock.end() :] if clock else text
        if text and text != before:
            yield from text.split()
        before = text or before


def _plain_heading(heading: str) -> str:
    """The heading without the footnote figure that the digital edition keeps."""
    return heading.rstrip("0123456789 ")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
