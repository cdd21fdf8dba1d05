"""Text as pages show it: runs of one direction, links, and the label of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.arabic.bidi import direction_runs, strip_controls
from pipeline.arabic.formatting import timestamp
from pipeline.arabic.phrases import cut_at_quotes
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.titles import QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.types.article import Sentence

_AVAILABLE = (
    r"[\s،,]*(?<!\w)(?:(?:و?هو|و?الفيديو)\s+)?(?:و?(?:ال)?(?:متاح|متوفر|منشور|يتوفر)\s+)?(?:على|عبر)\s+الرابط:?\s*"
)
"""How sentences say where a video is, up to the address."""
INDEX_HTML, INDEX_MARKDOWN = "index.html", "index.md"
"""File names of a series' page in its folder."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of a line, in one direction."""

    text: str
    foreign: bool = False
    """Whether it runs from left to right and must be isolated."""
    address: str = ""
    """Where it links to; empty for plain text."""
    quoted: bool = False
    """Whether a statement of the article rests on these very words."""


ANOTHER_VOICE = "متكلم آخر"
"""One whom the captions do not name, after one whom they do."""


def text_runs(text: str, link: str = "") -> tuple[TextRun, ...]:
    """A line in stretches of one direction, without control characters; `link` becomes a link wherever it occurs."""
    pieces = strip_controls(text).split(link) if link else [strip_controls(text)]
    runs: list[TextRun] = []
    for index, piece in enumerate(pieces):
        runs += [TextRun(link, foreign=True, address=link)] if index else []
        runs += [TextRun(run.text, run.foreign) for run in direction_runs(piece)]
    return tuple(runs)


def linked_runs(text: str, address: str) -> tuple[TextRun, ...]:
    """A line that leads to an address as a whole."""
    return tuple(replace(run, address=address) for run in text_runs(text))


def without_address(text: str, address: str) -> str:
    """A sentence without the clause that says at which address the video is; empty when it says nothing else."""
    rest = tidy(
        _available_at(address).sub(lambda clause: "، " if clause[0].endswith("،") else " ", strip_controls(text))
    )
    return rest if len(rest.split()) > 1 else ""


def title_link_runs(text: str, title: str, address: str) -> tuple[TextRun, ...]:
    """A line in which a title, in quotation marks, leads to an address."""
    text = strip_controls(text)
    found = next((each for each in QUOTED.finditer(text) if title in each.groups()), None)
    if found is None:
        return text_runs(text, address)
    before, after = text[: found.start() + 1], text[found.end() - 1 :]
    return (*text_runs(before, address), *linked_runs(title, address), *text_runs(after, address))


def _available_at(address: str) -> re.Pattern[str]:
    return re.compile(_AVAILABLE + re.escape(address) + r"(?!\w)\s*،?")


def quoted_runs(text: str, quotes: Iterable[str]) -> tuple[TextRun, ...]:
    """A line in stretches of one direction, in which the quotations are marked."""
    pieces = cut_at_quotes(strip_controls(text), quotes)
    return tuple(
        TextRun(run.text, run.foreign, quoted=quoted) for piece, quoted in pieces for run in direction_runs(piece)
    )


def plain_text(runs: tuple[TextRun, ...]) -> str:
    """The text of a line without its links and directions."""
    return "".join(run.text for run in runs)


def group_links(runs: tuple[TextRun, ...]) -> Iterator[tuple[str, tuple[TextRun, ...]]]:
    """Neighbouring runs by address (empty for plain text), for formats that set directions themselves."""
    for address, group in groupby(runs, key=lambda run: run.address):
        yield address, tuple(group)


def sentence_label(sentence: Sentence) -> str:
    """Where a sentence was said: `12:34`, or its number (`ج 12`) when the source has no times."""
    return f"ج {sentence.number}" if sentence.start is None else timestamp(sentence.start)


def turns(sentences: Iterable[Sentence]) -> dict[int, str]:
    """By number of the sentence with which somebody begins: who, as `المذيع: `. Nothing where nobody is named."""
    found, voice = {}, ""
    for sentence in sentences:
        if sentence.voice != voice:
            voice = sentence.voice
            found[sentence.number] = f"{strip_controls(voice) or ANOTHER_VOICE}: "
    return found


def with_publication(text: str, date: str) -> str:
    """A statement with the day of publication beside it, before the mark that ends it."""
    said = text.rstrip(".؟!… ")
    return f"{said} [نُشر الفيديو في {date}]{text[len(said) :]}"


def web_address(url: str) -> str:
    """The URL if it is http(s), on one line and without hidden characters, else nothing: nothing else is linked."""
    return url if url.startswith(("https://", "http://")) and strip_controls(url) == url and " " not in url else ""


def file_address(folder: str, name: str) -> str:
    """The URL of a file in a folder; a folder cannot name a scheme, since `:` is encoded."""
    return quote(f"{folder}/{name}", safe="/.-_~")
