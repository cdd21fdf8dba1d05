"""From the pieces of a cue, as a format gives them, to clean captions: the one place where caption text is tidied."""

from __future__ import annotations

import html
import math
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.types.article import Caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_CAPTIONS = 200_000
"""More captions than this are refused; a day of rolling captions has about 60,000."""

LONGEST_TEXT = 2_000
"""Characters of the longest caption; a longer one becomes several, cut at spaces."""

LATEST = 1_000_000.0
"""Seconds after which a time is taken for damage: eleven days."""

_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# A tag opens with a letter or a slash, so that "3 < 5" and "<كلمة>" stay; no `<` inside keeps the search linear.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\{\\[^{}\\][^{}]*\}")


class BadCaptions(ValueError):
    """Data that do not fit the format they were read as; the message is one sentence for a user."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue before tidying: when it was shown, and its text in pieces with the second each piece was said."""

    start: float | None
    end: float | None
    pieces: tuple[tuple[str, float | None], ...]


def to_captions(cues: Iterable[Cue]) -> tuple[Caption, ...]:
    """The cues as captions in the same order, without those that show no text.

    A line break inside a cue stays a line break; other runs of white space become one space. Words take the time of
    the piece they begin in. Raises `BadCaptions` above `MOST_CAPTIONS`.
    """
    kept = tuple(islice(cues, MOST_CAPTIONS + 1))
    if len(kept) > MOST_CAPTIONS:
        message = f"more than {MOST_CAPTIONS:,} captions"
        raise BadCaptions(message)
    worded = any(at is not None for cue in kept for _, at in cue.pieces)
    return tuple(part for cue in kept for part in _parts(cue, worded=worded))


def parse_seconds(value: object, scale: float = 1.0) -> float | None:
    """A number, or a text holding one, as seconds to the millisecond; None when it is no time of a video."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value) / scale
    except (ValueError, OverflowError):
        return None
    return round(number, 3) if math.isfinite(number) and 0 <= number <= LATEST else None


def later(start: float | None, length: float | None) -> float | None:
    """The end of something that starts and lasts so long, or None when either is unknown."""
    return None if start is None or length is None else round(start + length, 3)


def untagged(text: str) -> str:
    r"""The text without `<i>` tags and `{\an8}` orders, with a line break for `<br>` and characters for `&amp;`.

    References too long to be any stay as they are: Python's own function raises on a number of 5,000 digits.
    """
    return _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub("", _BREAK.sub("\n", text)))


def lines(text: str) -> list[str]:
    """The lines of a text with the line ends of any system; not `splitlines`, which knows seven more."""
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def clean(text: str) -> str:
    """The text without control characters, halves of characters, superfluous white space and empty lines."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines(_printable(text)))))


def _printable(text: str) -> str:
    """What the store can encode: JSON may hold halves of surrogate pairs, and any format control characters."""
    if text.isprintable():  # nearly always, and six times as fast
        return text
    return _HALVES.sub("\ufffd", _DROPPED.sub("", text))


def _parts(cue: Cue, *, worded: bool) -> Iterator[Caption]:
    text = clean("".join(piece for piece, _ in cue.pieces))
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        return
    times = _times(cue, worded=worded)
    end = None if cue.start is None or cue.end is None or cue.end < cue.start else cue.end
    if len(text) <= LONGEST_TEXT:
        yield Caption(text, cue.start, end, times)
        return
    yield from _cut(Caption(text, cue.start, end, times))


def _times(cue: Cue, *, worded: bool) -> tuple[float, ...]:
    """The start of each word, or nothing where they are not known: no time is made up."""
    times: list[float | None] = []
    at, open_word = cue.start, False
    for raw, stamp in cue.pieces:
        piece = _printable(raw)
        at = at if stamp is None else stamp
        words = len(piece.split())
        times += [at] * (words - (open_word and words > 0 and not piece[0].isspace()))
        open_word = not piece[-1].isspace() if piece else open_word
    stamped = any(stamp is not None for _, stamp in cue.pieces)
    known = [time for time in times if time is not None]
    if not (stamped or (worded and len(times) == 1)) or len(known) < len(times) or known != sorted(known):
        return ()
    return tuple(known)


def _cut(caption: Caption) -> Iterator[Caption]:
    """A long caption in parts that are each short enough, without losing a character that is not a space."""
    text, times, done, words = caption.text, caption.times, 0, 0
    while done < len(text):
        limit = done + LONGEST_TEXT
        cut = limit if limit >= len(text) else max(text.rfind(" ", done, limit + 1), text.rfind("\n", done, limit + 1))
        if cut <= done:  # one word longer than a caption: words and times no longer match
            cut, times = limit, ()
        part = text[done:cut].strip()
        if part:
            count = len(part.split())
            own = times[words : words + count]
            yield Caption(part, own[0] if own else caption.start, caption.end, own)
            words += count
        done = cut
