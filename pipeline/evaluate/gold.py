"""The gold texts that the project wrote: the bundled talk and those in `gold/`, whose README gives the format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TALK = Path(__file__).parents[1] / "sample" / "talk.md"
"""The bundled sample as it is properly written."""
CAPTIONS = TALK.with_name("talk.ar.json3")
"""Its automatic captions, with a time for each word."""
FOLDER = Path(__file__).parent / "gold"
"""The shorter texts, for measuring only."""

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_VARIETY = re.compile(r"variety: (\w+)")


@dataclass(frozen=True, slots=True)
class GoldChapter:
    """What is said on one topic."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Punctuated sentences, by paragraph."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The chapter's sentences without paragraph borders."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class Gold:
    """A talk as it is properly written: the spelling, sentence ends, headings and topic borders to measure against."""

    title: str
    chapters: tuple[GoldChapter, ...]
    variety: str = "standard"
    """`standard` for Modern Standard Arabic, or `dialect`."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in the order they are said; headings are not spoken."""
        return tuple(sentence for chapter in self.chapters for sentence in chapter.sentences)


def gold_files() -> tuple[Path, ...]:
    """Every gold text: the bundled sample first."""
    return (TALK, *sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md"))


def read_gold(path: Path) -> Gold:
    """The gold text in a file; ValueError if anything but one title stands before its first chapter."""
    text = path.read_text(encoding="utf-8")
    variety = _VARIETY.search(" ".join(_COMMENT.findall(text)))
    preface, *chapters = re.split(r"^## ", _COMMENT.sub("", text), flags=re.MULTILINE)
    title = re.fullmatch(r"\s*# (.+)\s*", preface)
    if title is None:
        message = f"{path.name}: one line `# title` belongs before the first chapter, and nothing else"
        raise ValueError(message)
    return Gold(title[1], tuple(map(_chapter, chapters)), variety[1] if variety else "standard")


def _chapter(text: str) -> GoldChapter:
    heading, _, body = text.partition("\n")
    blocks = (tuple(block.splitlines()) for block in body.strip().split("\n\n"))
    return GoldChapter(heading, tuple(blocks))
