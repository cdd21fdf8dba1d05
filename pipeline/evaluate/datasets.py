"""Data from a folder beside the repository: chapters joined, talks joined, and summaries chosen by people."""

from __future__ import annotations

import json
import lzma
import re
from dataclasses import dataclass
from itertools import accumulate, count
from random import Random
from typing import TYPE_CHECKING, Any, Final

from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SEED: Final = 20261123
CHAPTER_WORDS: Final = (150, 2500)
"""Fewest and most words of a chapter that is used: about as long as the parts of a talk."""
STRETCH_WORDS: Final = (300, 1200)
"""Words in a stretch of one talk."""
PARTS: Final = (4, 8)
"""Fewest and most texts that are joined."""
UNIT_WORDS: Final = 12
"""Words in a unit of a talk without sentences."""
_END = re.compile(r"(?<=[.؟!?])\s+")
_CLOCK = re.compile(r"[\d:.,]*\d:?(?:\s*-->\s*[\d:.,]+)?(?:\s+|$)")
"""What precedes the words of a caption: its number, its times, or nothing."""
_WORD = re.compile(r"\S+")
_HEARD = re.compile(r"\{([^{}|]*)\|[^{}]*\}")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """Several texts joined into one, whose borders are known."""

    name: str
    parts: tuple[tuple[Sentence, ...], ...]
    headings: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for part in self.parts for sentence in part)

    @property
    def borders(self) -> frozenset[int]:
        """The index of the first sentence of each part but the first."""
        return frozenset(accumulate(len(part) for part in self.parts[:-1]))


@dataclass(frozen=True, slots=True)
class SummarizedText:
    """A text and the extractive summaries that people made of it."""

    name: str
    sentences: tuple[Sentence, ...]
    references: tuple[frozenset[int], ...]
    """For each summary, the positions of its words in the text."""

    @property
    def budget(self) -> int:
        """Mean length of a reference summary, in words."""
        return round(sum(map(len, self.references)) / len(self.references))


def read_books(shared: Path) -> Iterator[dict[str, Any]]:
    """Each book as it is stored: a title, and sections with headings and paragraphs."""
    with lzma.open(shared / "data" / "headed_books.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def joined_chapters(shared: Path) -> tuple[JoinedText, ...]:
    """Neighbouring chapters of one book, four to eight at a time; every chapter of a suitable length is used once."""
    draw = Random(SEED)  # noqa: S311 - a repeatable draw of measuring data
    joined: list[JoinedText] = []
    for book in read_books(shared):
        chapters = [  # the digital edition keeps the figure of a footnote at the end of a heading
            (section["heading"].rstrip("0123456789 "), tuple(_split_sentences(section["paragraphs"])))
            for section in book["sections"]
            if CHAPTER_WORDS[0] <= section["words"] <= CHAPTER_WORDS[1]
        ]
        while len(chapters) >= PARTS[0]:
            size = draw.randint(*PARTS)
            drawn, chapters = chapters[:size], chapters[size:]
            if len(drawn) >= PARTS[0]:
                joined.append(_join(book["title"], drawn))
    return tuple(joined)


def joined_talks(shared: Path, number: int = 60) -> tuple[JoinedText, ...]:
    """Stretches of different talks, four to eight at a time, in units of equal length instead of sentences."""
    draw = Random(SEED)  # noqa: S311 - a repeatable draw of measuring data
    manifest = (shared / "data" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    talks = [list(_spoken_words(shared / "data" / json.loads(line)["file"])) for line in manifest]
    joined: list[JoinedText] = []
    for index in range(number):
        stretches = []
        for talk in draw.sample(talks, draw.randint(*PARTS)):
            length = min(draw.randint(*STRETCH_WORDS), len(talk))
            begin = draw.randint(0, len(talk) - length)
            stretch = talk[begin : begin + length]
            stretches.append(("", _units(stretch)))
        joined.append(_join(f"talks {index}", stretches))
    return tuple(joined)


def talk_topics(shared: Path) -> tuple[JoinedText, ...]:
    """Whole talks with the topics that an editor saw in them, in units of equal length instead of sentences."""
    joined: list[JoinedText] = []
    for path in sorted((shared / "data" / "articles_gold").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        lines = _caption_lines(shared / "data" / article["talk"])
        topics = [
            (topic["heading"], " ".join(lines[topic["from_line"] - 1 : topic["to_line"]]).split())
            for topic in article["topics"]
        ]
        joined.append(_join(path.stem, [(heading, _units(spoken)) for heading, spoken in topics]))
    return tuple(joined)


def speech_topics(shared: Path) -> tuple[JoinedText, ...]:
    """Stretches of talks as written Arabic, with a heading at each topic; misheard words stay as they were heard."""
    folder = shared / "data" / "speech_gold"
    paths = [path for path in sorted(folder.glob("*.txt")) if not path.name.endswith(".captions.txt")]
    return tuple(_join(path.stem, _headed(path.read_text(encoding="utf-8"))) for path in paths)


def _headed(text: str) -> list[tuple[str, tuple[Sentence, ...]]]:
    """Headings, each with the sentences under it; the first line tells where the text is from."""
    _, *parts = re.split(r"^# ", text, flags=re.MULTILINE)
    headed = [part.partition("\n") for part in parts]
    return [
        (heading.strip(), tuple(Sentence(0, _HEARD.sub(r"\1", line)) for line in body.splitlines() if line.strip()))
        for heading, _, body in headed
    ]


def summarized(shared: Path) -> tuple[SummarizedText, ...]:
    """EASC: articles with five extractive summaries each."""
    articles = []
    for article in map(json.loads, (shared / "data" / "easc.jsonl").read_text(encoding="utf-8").splitlines()):
        words = [match.span() for match in _WORD.finditer(article["text"])]
        references = tuple(
            frozenset(
                position
                for position, (begin, end) in enumerate(words)
                if any(begin < last and end > first for first, last in reference["char_spans"])
            )
            for reference in article["refs"]
        )
        articles.append(SummarizedText(article["id"], tuple(_split_sentences([article["text"]])), references))
    return tuple(articles)


def _join(name: str, parts: Iterable[tuple[str, tuple[Sentence, ...]]]) -> JoinedText:
    """Parts with their headings as one text, its sentences numbered from 1; empty parts are left out."""
    filled = [(heading, part) for heading, part in parts if part]
    numbers = count(1)
    renumbered = tuple(tuple(Sentence(next(numbers), sentence.text) for sentence in part) for _, part in filled)
    return JoinedText(name, renumbered, tuple(heading for heading, _ in filled))


def _units(spoken: Sequence[str]) -> tuple[Sentence, ...]:
    """Words in units of equal length."""
    return tuple(
        Sentence(place, " ".join(spoken[at : at + UNIT_WORDS]))
        for place, at in enumerate(range(0, len(spoken), UNIT_WORDS), 1)
    )


def _caption_lines(path: Path) -> list[str]:
    """The text of each cue of a SubRip file, or of each line of another, without times."""
    text = path.read_text(encoding="utf-8").strip()
    if path.suffix == ".srt":
        return [" ".join(cue.splitlines()[2:]) for cue in re.split(r"\n\s*\n", text)]
    return [line[clock.end() :] if (clock := _CLOCK.match(line)) else line for line in text.splitlines()]


def _split_sentences(paragraphs: Iterable[str]) -> Iterator[Sentence]:
    """Sentences by their marks, numbered from 1."""
    texts = (text for paragraph in paragraphs for text in _END.split(paragraph) if text.strip())
    return (Sentence(number, text.strip()) for number, text in enumerate(texts, 1))


def _spoken_words(path: Path) -> Iterator[str]:
    """The words of a caption file, without numbers and times; what overlapping cues repeat comes once."""
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        clock = _CLOCK.match(text)
        text = text[clock.end() :] if clock else text
        if text and text != before:
            yield from text.split()
        before = text or before
