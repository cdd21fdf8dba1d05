"""The gold texts, written by the project: the bundled talk and those in `gold/`, whose README gives the format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TALK = Path(__file__).parents[1] / "sample" / "talk.md"
"""The bundled talk in proper written Arabic."""
CAPTIONS = TALK.with_name("talk.ar.json3")
"""Its automatic captions, with a time for each word."""
FOLDER = Path(__file__).parent / "gold"
"""The shorter texts, which serve for measuring only."""

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_VARIETY = re.compile(r"variety: (\w+)")


@dataclass(frozen=True, slots=True)
class GoldChapter:
    """One topic of a talk."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Punctuated sentences, by paragraph."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all paragraphs."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class Gold:
    """A talk in proper written Arabic: the spelling, sentence ends, headings and topic borders to measure against."""

    title: str
    chapters: tuple[GoldChapter, ...]
    variety: str = "standard"
    """`standard` for Modern Standard Arabic, or `dialect`."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences in spoken order; headings are not spoken."""
        return tuple(sentence for chapter in self.chapters for sentence in chapter.sentences)


def gold_files() -> tuple[Path, ...]:
    """The path of every gold text, the bundled talk first."""
    return (TALK, *sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md"))


def read_gold(path: Path) -> Gold:
    """The gold text in a file; raises `ValueError` if anything but a title precedes its first chapter."""
    text = path.read_text(encoding="utf-8")
    variety = _VARIETY.search(" ".join(_COMMENT.findall(text)))
    preface, *chapters = re.split(r"^## ", _COMMENT.sub("", text), flags=re.MULTILINE)
    title = re.fullmatch(r"\s*# (.+)\s*", preface)
    if title is None:
        message = f"{path.name}: one line `# title` belongs before the first chapter, and nothing else"
        raise ValueError(message)
    parsed = []
    for chapter in chapters:
        heading, _, body = chapter.partition("\n")
        paragraphs = tuple(tuple(paragraph.splitlines()) for paragraph in body.strip().split("\n\n"))
        parsed.append(GoldChapter(heading, paragraphs))
    return Gold(title[1], tuple(parsed), variety[1] if variety else "standard")
