"""Captions from the cues of any format: the one place where caption text is cleaned."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.types.article import Caption

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CAPTIONS = 200_000
"""More captions than this are refused; a day of rolling captions has about 60,000."""

MAX_TEXT = 2_000
"""Characters of the longest caption; a longer one is split at spaces."""

MAX_CUE = 2_000_000
"""Characters of the longest cue that is read, with its markup: four times a talk of ten hours on one line."""

MAX_CHARACTERS = 5_000_000
"""Characters of all captions together: a hundred hours of speech."""

MAX_SECONDS = 1_000_000.0
"""Times beyond this, eleven days, are taken for damage."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"<br\s*/?>|\\[Nn](?![A-Za-z])", re.IGNORECASE)
_HARD_SPACE = re.compile(r"\\h(?![A-Za-z])")
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(?:nbsp|rlm|lrm)(?![A-Za-z0-9=;])"
)
# A tag opens with a letter or a slash, so that "3 < 5" and "<كلمة>" stay; no `<` inside keeps the search linear.
# One of a style may be torn, spaced, or have its slash turned. Orders of SubStation Alpha and MicroDVD stand in braces.
_STYLE = "i|b|u|s|font|c|v|ruby|rt|lang"
_ORDER = r"(?:an?\d{1,2}|(?:pos|move|fade?|org|clip)\([\d., ]{0,40}\)|[ibus][01]|fs\d{1,3}|[1-4]?c&H[0-9A-F]{1,8}&?)"
_VOICE = r"v(?:\.[^<>\s]{1,60})?\s[^<>]{1,80}>"
"""What names who speaks, in WebVTT: it stays for `pipeline.segment.captions`."""
_TAG = re.compile(
    rf"<(?!{_VOICE})/?[A-Za-z][^<>]*>|< ?[/\\]? ?(?:{_STYLE}) ?>|</?(?:{_STYLE})(?=$)|</(?:{_STYLE})(?=\s)"
    r"|<font [\w\s=#\"']{0,80}$|\[/?[ibu]\]|\{\\[^{}\\][^{}]*\}|\{[\\/]?an?\d{1,2}\}"
    rf"|\{{[yYcCfFsSpPoOhH]:[^{{}}\n]{{0,60}}\}}|\{{(?:\\{_ORDER}){{1,8}}",
    re.MULTILINE,
)


class BadCaptions(ValueError):
    """Data that do not fit their format; the message, in English, is shown to the user."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue before cleaning: when it was shown, and its text in pieces, each with the second it was spoken."""

    start: float | None
    end: float | None
    pieces: tuple[tuple[str, float | None], ...]


def to_captions(cues: Iterable[Cue]) -> tuple[Caption, ...]:
    """The cues as captions, in the same order, without those that show no text.

    A line break inside a cue stays a line break; other runs of white space become one space. Words take the time of
    the piece they begin in. Raises `BadCaptions` above `MAX_CAPTIONS`.
    """
    cues = tuple(islice(cues, MAX_CAPTIONS + 1))
    if len(cues) > MAX_CAPTIONS:
        message = f"more than {MAX_CAPTIONS:,} captions"
        raise BadCaptions(message)
    has_word_times = any(time is not None for cue in cues for _, time in cue.pieces)
    captions: list[Caption] = []
    total = 0
    for cue in cues:
        raw = "".join(piece for piece, _ in cue.pieces)
        total += len(raw)
        refuse_long(raw, "a caption")
        if total > MAX_CHARACTERS:
            message = f"more than {MAX_CHARACTERS:,} characters of captions"
            raise BadCaptions(message)
        text = clean_text(raw)
        if not any(character.isprintable() and not character.isspace() for character in text):
            continue
        end = None if cue.start is None or cue.end is None or cue.end < cue.start else _from_zero(cue.end)
        times = tuple(map(_from_zero, _word_times(cue, one_word_counts=has_word_times)))
        caption = Caption(text, None if cue.start is None else _from_zero(cue.start), end, times)
        captions += [caption] if len(text) <= MAX_TEXT else _split(caption)
    return tuple(captions)


def _from_zero(seconds: float) -> float:
    """A time in a video; what shifted captions have before zero is said at its beginning."""
    return max(0.0, seconds)


def refuse_long(text: str, what: str) -> None:
    """Raise `BadCaptions` for a text that is longer than any caption; `what` names it."""
    if len(text) > MAX_CUE:
        message = f"{what} of {len(text):,} characters; the longest that is read has {MAX_CUE:,}"
        raise BadCaptions(message)


def parse_seconds(value: object, scale: float = 1.0, *, least: float = 0.0) -> float | None:
    """A number, or a text holding one, as seconds to the millisecond; None if it cannot be a time in a video.

    A cue of shifted captions may begin before zero, and its length counts from there: for one, `least` is negative.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value) / scale
    except (ValueError, OverflowError):
        return None
    return round(number, 3) if math.isfinite(number) and least <= number <= MAX_SECONDS else None


def add_seconds(start: float | None, length: float | None) -> float | None:
    """The sum to the millisecond, or None if either is unknown."""
    return None if start is None or length is None else round(start + length, 3)


def strip_tags(text: str) -> str:
    r"""The text without `<i>` tags and `{\an8}` codes, with `<v Name>`, a line break for `<br>` and `&` for `&amp;`.

    Overlong character references stay as they are: Python's own function raises on a number of 5,000 digits.
    """
    if "\\" in text:
        text = _HARD_SPACE.sub(" ", text)
    return _ENTITY.sub(lambda match: html.unescape(match[0].rstrip(";") + ";"), _TAG.sub("", _BREAK.sub("\n", text)))


def caption_lines(text: str) -> list[str]:
    """The lines of a file of captions; raises `BadCaptions` for one that is longer than any caption."""
    lines = split_lines(text)
    for number, line in enumerate(lines, start=1):
        refuse_long(line, f"line {number} holds a caption")
    return lines


_RARE_LINE_ENDS = "\u2028\u2029\x85\v\f"
"""What ends the lines of a file that has no other line ends."""


def split_lines(text: str) -> list[str]:
    """The lines of a text from any system. `str.splitlines` would also split at seven other characters."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        return text.split("\n")
    return text.split(next((mark for mark in _RARE_LINE_ENDS if mark in text), "\n"))


def clean_text(text: str) -> str:
    """The text without control characters, lone surrogates, superfluous white space and empty lines."""
    if _SHAPED_LETTER.search(text):
        text = text.translate(_SHAPED)
    return "\n".join(filter(None, (" ".join(line.split()) for line in split_lines(_encodable(text)))))


_SHAPED: Final = {
    code: "".join(unicodedata.normalize("NFKC", chr(code)).split()).strip("\u0640")
    for code in (*range(0xFB50, 0xFDFA), *range(0xFE70, 0xFEFD))
    if unicodedata.decomposition(chr(code))
}
"""Letters in the form of their place in a word, as some programs save them; not the signs of whole phrases."""
_SHAPED_LETTER = re.compile("[\ufb50-\ufdf9\ufe70-\ufefc]")


def _encodable(text: str) -> str:
    """The text as UTF-8 can hold it: JSON may contain lone surrogates, and any format control characters."""
    if text.isprintable():  # nearly always, and six times as fast
        return text
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def _word_times(cue: Cue, *, one_word_counts: bool) -> tuple[float, ...]:
    """The start of each word, or nothing unless all are known: no time is made up.

    Where other cues of the file have word times, a cue of a single word needs none: its own start is the word's.
    """
    times: list[float | None] = []
    time, inside_word = cue.start, False
    for raw, stamp in cue.pieces:
        piece = _encodable(raw)
        time = time if stamp is None else stamp
        words = len(piece.split())
        times += [time] * (words - (inside_word and words > 0 and not piece[0].isspace()))
        inside_word = not piece[-1].isspace() if piece else inside_word
    stamped = any(stamp is not None for _, stamp in cue.pieces)
    known = [time for time in times if time is not None]
    if not (stamped or (one_word_counts and len(times) == 1)) or len(known) < len(times) or known != sorted(known):
        return ()
    return tuple(known)


def _split(caption: Caption) -> Iterator[Caption]:
    """A long caption in parts of at most `MAX_TEXT` characters; only white space is lost."""
    text, times, done, words = caption.text, caption.times, 0, 0
    while done < len(text):
        limit = done + MAX_TEXT
        cut = limit if limit >= len(text) else max(text.rfind(" ", done, limit + 1), text.rfind("\n", done, limit + 1))
        if cut <= done:  # one word longer than a caption: words and times no longer match
            cut, times = limit, ()
        part = text[done:cut].strip()
        if part:
            count = len(part.split())
            part_times = times[words : words + count]
            yield Caption(part, part_times[0] if part_times else caption.start, caption.end, part_times)
            words += count
        done = cut
