"""Plain text as captions, one per line, with times where the text has them in one of the customary ways."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.sources.cues import BadCaptions, Cue, caption_lines, parse_seconds, strip_tags, to_captions
from pipeline.sources.formats import decode_utf8, split_at_word_stamps
from pipeline.sources.time_lines import after_signs, parse_timestamp, plain_signs, refuse_time_like, unreadable_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import Caption


class _Unit(Enum):
    """What the time at the head of a line counts."""

    CLOCK = "clock"
    SECONDS = "seconds"
    COLUMNS = "columns"
    """Seconds or milliseconds, as a table has them."""
    TENTHS = "tenths"
    FRAMES = "frames"


class _Line(NamedTuple):
    number: int
    raw: str
    text: str
    """Without the time that it begins with."""
    unit: _Unit | None = None
    start: float = 0.0
    end: float | None = None
    marked: bool = False
    """Whether brackets, a fraction or a second time show that a number is a time."""

    @property
    def counts(self) -> _Unit | None:
        """The unit, the same for the two ways to write seconds."""
        return _Unit.CLOCK if self.unit is _Unit.SECONDS else self.unit


_CLOCK = r"-?\d{1,3}(?::\d{1,2}){1,3}(?:[.,]\d{1,3})?"
_NUMBER = r"-?\d{1,7}(?:[.,]\d{1,3})?"
_CELL = r"-?\d{1,9}(?:\.\d{1,6})?"
_TO = r"\s{0,4}(?:-{0,3}>|-{1,2}|~|\||,|to|إلى)\s{0,4}"
_OPEN, _CLOSE = r"[\[\](){}<]", r"[\[\](){}>]"
_AFTER = r"\s{0,4}[:;|=-]?\s{0,4}"


_UNIT_SECONDS = {"ثاني": 1, "ثوان": 1, "second": 1, "دقيق": 60, "دقائ": 60, "minute": 60, "ساع": 3600, "hour": 3600}
_DUAL = ("تان", "تين")
_UNIT_WORD = (
    "(?:ثاني(?:ة|ه|تان|تين)|ثوان[\u064dي]?|دقيق(?:ة|ه|تان|تين)|دقائق|ساع(?:ات|ة|ه|تان|تين)"
    "|seconds?|minutes?|hours?)(?: واحدة)?"
)
_SPOKEN_PART = re.compile(r"(?:(\d{1,5}) ?)?(" + _UNIT_WORD + ")")
_SPOKEN_TIME = re.compile(
    rf"(?:\d{{1,5}} ?)?{_UNIT_WORD}(?:(?: ?, ?(?:and )?| and | و ?| )(?:\d{{1,5}} ?)?{_UNIT_WORD}){{0,2}}"
)


def _head(start: str, between: str = "", end: str = "", after: str = "", before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?P<start>{start}){between}(?P<end>{end}){after}")


_HEADS = (
    (_Unit.FRAMES, _head(r"\d{1,7}", r"\}\{", r"\d{0,7}", r"\}", r"\{")),
    (_Unit.TENTHS, _head(r"\d{1,7}", r"\]\[", r"\d{0,7}", r"\]", r"\[")),
    (_Unit.CLOCK, _head(_CLOCK, _TO, _CLOCK, rf"\s?{_CLOSE}{_AFTER}", rf"{_OPEN}\s?")),
    (_Unit.CLOCK, _head(_CLOCK, _TO, _CLOCK, r"(?:\s?[:|]\s?|\s|$)")),
    (_Unit.CLOCK, _head(_CLOCK, r"\t", _CLOCK, r"(?:\s|$)")),
    (_Unit.SECONDS, _head(_NUMBER, rf" ?s?{_TO}", _NUMBER, rf" ?s?\s?{_CLOSE}{_AFTER}", rf"{_OPEN}\s?")),
    (_Unit.SECONDS, _head(_NUMBER, r" ?s?\s?-{1,3}>\s?", _NUMBER, r" ?s?[\s:]{1,4}")),
    (_Unit.SECONDS, _head(_NUMBER, r" ?s\s?-\s?", _NUMBER, r" ?s[\s:]{1,4}")),
    (_Unit.COLUMNS, _head(_CELL, r"\"?[\t;,]\s?\"?", _CELL, r"\"?[\t;,]\s?", '"?')),
    (_Unit.CLOCK, _head(_CLOCK, after=rf"\s?{_CLOSE}{_AFTER}", before=rf"{_OPEN}\s?")),
    (_Unit.SECONDS, _head(_NUMBER, after=rf" ?s\s?{_CLOSE}{_AFTER}", before=rf"{_OPEN}\s?")),
    (_Unit.SECONDS, _head(_NUMBER, after=r" ?s?:\s{1,4}(?=\S)")),
    (_Unit.COLUMNS, _head(_NUMBER, after=r"(?:\t|,\s?(?=\"))")),
    (
        _Unit.CLOCK,
        _head(
            _CLOCK,
            after=rf"(?:{_AFTER}$|\s{{0,4}}[:;|=-]?(?:\s{{1,4}}|(?=[\u0600-\u06ff\"«]))|(?=\d{{1,5}} ?{_UNIT_WORD}))",
        ),
    ),
)
"""What a line may begin with, the more certain first."""

_LONGEST_HEAD = 120
_DIGIT = re.compile(r"\d")
_SPEAKER = r"[\[(]?(?:speaker[ _]?\d{1,3}|(?:المتحدث|متحدث|المتكلم) \d{1,3})[\])]?[: ]{0,3}"
_SPEAKER_HEAD = re.compile(_SPEAKER, re.IGNORECASE)
_NAMED_MARK = re.compile(rf"(?P<name>\S.{{0,40}}?)\s{{1,8}}[\[(]?(?P<start>{_CLOCK})[\])]?:?")
_NO_WORDS = (
    re.compile(r"\[(?:ar|al|ti|au|by|offset|length|re|ve|tool|la|id|#):[^\]]*\]", re.IGNORECASE),
    re.compile(r"Detect(?:ing|ed) language\b.*", re.IGNORECASE),
    re.compile(r"\"?(?:start|begin|from)\w*\"?[\t,;].*", re.IGNORECASE),
)
"""LRC's tags, what Whisper prints above its text, and the names of a table's columns."""
_TIME_IN_TEXT = re.compile(
    rf"\d{{1,2}}m ?\d{{1,2}}s|\d:\d\d:\d\d(?!\d)|\d:\d\d[.,]\d{{2,3}}(?!\d)|{_OPEN}\d{{1,3}}:\d\d{_CLOSE}"
)
_MOST_TIMES = 50
_FIFTH = 5
_HABIT = 3
"""As many lines, and every third of all, are a habit of the file."""


def parse_plain_text(data: str | bytes) -> tuple[Caption, ...]:
    """One caption per line; recognisers' text files, TSV, LRC, MicroDVD, MPL2, and transcripts copied from a page.

    Where at least half of the lines begin with their time (`12.3: words`, `0:30 words`, `[00:00.000 --> 00:02.000]
    words`), each has that start; so it is where fewer do, in brackets or with ascending times, and a line without
    stays without. Otherwise a time on a line of its own (`0:30`) is the start of all the text up to the next one,
    which becomes one caption; a time earlier than the one above it counts as text, such as the result of a match.

    Raises `BadCaptions` with the line where times stand in a form that is not read, and for frames without a rate.
    """
    rows = [(number, row.strip()) for number, row in enumerate(caption_lines(decode_utf8(data)), start=1)]
    lines = [_read_head(number, row) for number, row in rows if row]
    unit = _leading_unit(lines)
    return to_captions(_under_marks(lines) if unit is None else _led(lines, unit))


def _read_head(number: int, row: str) -> _Line:
    """The line with the time it begins with, if any."""
    if not _DIGIT.search(row, 0, _LONGEST_HEAD):
        return _Line(number, row, row)
    plain = plain_signs(row[:_LONGEST_HEAD]).lstrip()
    skipped = len(plain_signs(row[:_LONGEST_HEAD])) - len(plain)
    speaker = _SPEAKER_HEAD.match(plain)
    for unit, pattern in _HEADS:
        match = pattern.match(plain, speaker.end() if speaker else 0)
        if not match:
            continue
        read = parse_timestamp if unit is _Unit.CLOCK else _parse_number
        start, end = read(match["start"]), read(match["end"])
        if start is None:
            break
        text = after_signs(row, skipped + match.end()).strip()
        text = _without_spoken_time(text, start) if unit is _Unit.CLOCK else text
        marked = bool(match["end"]) or "." in match["start"] or not match[0][0].isdigit()
        return _Line(number, row, text, unit, start, end, marked)
    return _Line(number, row, row)


def _parse_number(text: str) -> float | None:
    return 0.0 if text.startswith("-") else parse_seconds(text.replace(",", "."))


# --- lines that begin with their time ---


def _leading_unit(lines: Sequence[_Line]) -> _Unit | None:
    """What the times count that lines begin with, where they do as a habit; None where they do not."""
    units = Counter(line.counts for line in lines if line.counts and line.text)
    if not units:
        return None
    unit = units.most_common(1)[0][0]
    led = [line for line in lines if line.counts is unit and line.text]
    if 2 * len(led) >= len(lines):
        return None if _is_named(lines, led) or _is_numbering(led) else unit
    ascending = len(led) >= _HABIT and all(before.start <= after.start for before, after in pairwise(led))
    many = lines[0].counts is unit or _FIFTH * len(led) >= len(lines)
    certain = all(line.marked for line in led) or (many and all(line.unit is _Unit.CLOCK for line in led))
    bare = sum(line.counts is unit and not line.text for line in lines)
    return unit if ascending and certain and bare < len(led) else None


def _is_numbering(led: Sequence[_Line]) -> bool:
    """Whether numbers that might be seconds only count the lines, or stand in fewer lines than a table has."""
    if any(line.unit is _Unit.CLOCK or line.end is not None for line in led):
        return led[0].unit is _Unit.COLUMNS and len(led) < _HABIT
    return len(led) > 1 and all(after.start - before.start == 1 for before, after in pairwise(led))


def _is_named(lines: Sequence[_Line], led: Sequence[_Line]) -> bool:
    """Whether times stand with the name of a speaker above the words: few names, each again and again."""
    names = {line.text for line in led}
    return len(led) > _HABIT and _HABIT * len(names) <= len(led) and 2 * len(led) <= len(lines) + 1


def _led(lines: Sequence[_Line], unit: _Unit) -> list[Cue]:
    """Cues of lines that begin with their time."""
    scale = 10.0 if unit is _Unit.TENTHS else 1.0
    if unit is _Unit.COLUMNS and _counts_milliseconds(lines):
        scale = 1000.0
    if unit is _Unit.FRAMES:
        scale, lines = _frame_rate(lines[0]), lines[1:]
    cues: list[Cue] = []
    repeated = False
    for line in lines:
        if line.counts is not unit:
            if not any(pattern.fullmatch(line.raw) for pattern in _NO_WORDS):
                refuse_time_like(line.number, line.raw)
                cues.append(Cue(None, None, ((line.raw, None),)))
            continue
        starts = [line.start]
        while (
            len(starts) < _MOST_TIMES
            and line.text[:1] == "["
            and (again := _read_head(line.number, line.text)).counts is unit
        ):
            line, repeated = again._replace(end=None), True  # noqa: PLW2901 - LRC: one text, several times
            starts.append(line.start)
        refuse_time_like(line.number, line.text)
        end = None if line.end is None else round(line.end / scale, 3)
        cues += [Cue(round(start / scale, 3), end, split_at_word_stamps(_cell(line, unit))) for start in starts]
    return sorted(cues, key=lambda cue: cue.start or 0.0) if repeated else cues


def _cell(line: _Line, unit: _Unit) -> str:
    """The words of a line without what its format puts around them."""
    if unit in {_Unit.FRAMES, _Unit.TENTHS}:
        return strip_tags("\n".join(row.removeprefix("/") for row in line.text.split("|")))
    if unit is _Unit.COLUMNS and len(line.text) > 1 and line.text[0] == line.text[-1] == '"':
        return line.text[1:-1].replace('""', '"')
    return line.text


def _counts_milliseconds(lines: Sequence[_Line]) -> bool:
    """Whether a table counts milliseconds: in whole numbers, with which as seconds nobody would speak so slowly."""
    timed = [line for line in lines if line.unit is _Unit.COLUMNS]
    letters = sum(len(line.text) for line in timed)
    return all(line.start.is_integer() for line in timed) and timed[-1].start > _SLOWEST_LETTER * letters


_SLOWEST_LETTER = 5.0
"""Seconds."""

_FRAME_RATES = (5.0, 240.0)


def _frame_rate(line: _Line) -> float:
    """Frames a second as the first line of MicroDVD states them; nothing else in the file does."""
    rate = _parse_number(line.text.strip())
    if line.start > 1 or rate is None or not _FRAME_RATES[0] <= rate <= _FRAME_RATES[1]:
        message = (
            f"line {line.number} counts frames and none says how many a second has; put {{1}}{{1}}25 above it for 25"
        )
        raise BadCaptions(message)
    return rate


# --- times on lines of their own ---


def _under_marks(lines: Sequence[_Line]) -> Iterator[Cue]:
    """Cues of the text under each time that stands on a line of its own, and of the lines above the first."""
    marks = _marks(lines)
    start: float | None = None
    end: float | None = None
    paragraph: list[str] = []
    left: list[_Line] = []
    after_mark = False
    for line in lines:
        mark = marks.get(line.number)
        if mark is not None:
            yield Cue(start, end, (("\n".join(paragraph), None),))
            start, end, paragraph, after_mark = mark.start, mark.end, [], True
            continue
        text = _without_spoken_time(line.raw, start) if after_mark and start is not None else line.raw
        after_mark = False
        refuse_time_like(line.number, text)
        if _DIGIT.search(text) and _TIME_IN_TEXT.search(plain_signs(text)):
            left.append(line)
        if start is None:
            yield Cue(None, None, ((text, None),))
        else:
            paragraph.append(text)
    if len(left) >= _HABIT and _HABIT * len(left) >= len(lines):
        raise unreadable_time(left[0].number, left[0].raw)
    yield Cue(start, end, (("\n".join(paragraph), None),))


def _marks(lines: Sequence[_Line]) -> dict[int, _Line]:
    """The lines that hold a time and nothing else, or the name of a speaker, by number.

    A time that falls back is no mark but the result of a match, say, unless the next one goes on from there.
    """
    named = _named_marks(lines)
    found = [named.get(line.number, line) for line in lines]
    found = [line for line in found if line.number in named or (line.unit is _Unit.CLOCK and not line.text)]
    marks: dict[int, _Line] = {}
    reached = 0.0
    for place, mark in enumerate(found):
        following = found[place + 1].start if place + 1 < len(found) else reached
        if mark.start >= reached or mark.start <= following < reached:
            marks[mark.number] = mark
            reached = mark.start
    return marks


def _named_marks(lines: Sequence[_Line]) -> dict[int, _Line]:
    """The lines that hold the name of a speaker and a time, by number: few names, ascending times."""
    marks: list[tuple[str, _Line]] = []
    for line in lines:
        if line.unit is _Unit.CLOCK and line.text:
            marks.append((line.text, line))
        elif line.unit is None and len(line.raw) <= _LONGEST_HEAD and _DIGIT.search(line.raw):
            match = _NAMED_MARK.fullmatch(plain_signs(line.raw).strip())
            if not match:
                continue
            start = parse_timestamp(match["start"])
            marks += [] if start is None else [(match["name"], line._replace(start=start))]
    names = {name for name, _ in marks}
    generic = all(_SPEAKER_HEAD.fullmatch(name) for name in names)
    ascending = all(before.start <= after.start for (_, before), (_, after) in pairwise(marks))
    if len(marks) < 2 or not ascending or not (generic or 2 * len(names) <= len(marks)):  # noqa: PLR2004 - one is none
        return {}
    return {line.number: line for _, line in marks}


# --- times in words ---


def _without_spoken_time(text: str, start: float) -> str:
    """The text without the same time in words at its head, as YouTube's page has it: `1 minute, 4 seconds`."""
    plain = plain_signs(text[:_LONGEST_HEAD])
    match = _SPOKEN_TIME.match(plain)
    if not match:
        return text
    seconds = 0
    for count, unit in _SPOKEN_PART.findall(match[0]):
        length = next(length for beginning, length in _UNIT_SECONDS.items() if unit.startswith(beginning))
        seconds += length * int(count or (2 if unit.endswith(_DUAL) else 1))
    return after_signs(text, match.end()).strip() if abs(seconds - start) <= 1 else text
