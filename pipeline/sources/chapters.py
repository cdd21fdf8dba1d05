"""Chapters from the timed lines of a description, by the rule by which YouTube itself makes them.

The first begins at 0:00, there are at least three, in ascending order, each at least ten seconds long
(support.google.com/youtube/answer/9884579). yt-dlp takes any line with a time in it instead: a verse, the hour of a
broadcast. What it lists is therefore held to the rule where it comes from the description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.sources.cues import split_lines
from pipeline.types.article import Chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_CHAPTERS, LEAST_SECONDS = 3, 10
_ROUNDING = 2
"""Seconds by which the last line, `10:00 the end`, may lie behind the end of the video."""

_UNTITLED = re.compile(r"<Untitled Chapter [0-9]+>")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９：", "0123456789" * 3 + ":")
_MARKS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_VOWELS = re.compile("[\u064b-\u0652]")
_TIME = re.compile(r"(?<!\d)(?<!\d:)(?:(\d{1,2}):(?=\d\d:\d))?(\d{1,3}):([0-5]\d)(?!:?\d)")
_LETTER = re.compile(r"[^\W\d_]")
_BEFORE_TIME = re.compile(r"[\W_]*(?:من|الدقيقة|دقيقة|from|at)?[\W_]*", re.IGNORECASE)
_NUMBERING = re.compile(r"\W*\d{1,3}\ufe0f?\s*[.)\-–—ـ\u20e3]\s*")
_RANGE = re.compile(r"[\s)\]}]*(?:[-–—ـ~→←>/|]|to|(?:إلى|الى|حتى)(?=\s))[\s(\[{]*$")
_SEPARATORS = " \t\u00a0-–—ـ~|•·●▪►▶*_=>→←:،,;؛…"
_OF_DAY = re.compile(
    r"(?:ص|م|صباحا|مساء|مساءا|ظهرا|عصرا|فجرا|ليلا|بتوقيت|توقيت|[ap]\.?m\.?|gmt|utc)(?:\s|$)", re.IGNORECASE
)
"""What follows an hour of the day."""
_DAY = re.compile(r"(?:(?:يوم|كل)\s+)?ال(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)")
_TIMETABLE = re.compile(
    r"بتوقيت|(?:مواعيد|موعد|[أا]وقات|ساعات|جدول)\s+(?:ال)?(?:بث|عرض|[إا]عادة|برامج|برنامج|نشر|صلاة|صلوات)|schedule",
    re.IGNORECASE,
)


_REPEATED = re.compile(r"الساعة|يوميًا|يوميا|[أا]سبوعي|[إا]عادة|تردد")
"""In the line above: the hours at which a programme is on."""


@dataclass(frozen=True, slots=True)
class _TimedLine:
    number: int
    """Among the lines that are not empty."""
    start: int
    title: str
    time_first: bool


def choose_chapters(
    listed: Sequence[tuple[float, str]], description: str, seconds: float | None
) -> tuple[Chapter, ...]:
    """The chapters of a video: those that are listed, unless they were read off the description against the rule.

    `listed` are (start, title) as YouTube or yt-dlp give them; a title that stands for none does not count.
    """
    titled = [(start, title) for start, title in listed if not _UNTITLED.fullmatch(title.strip())]
    own = [Chapter(start, title) for start, title in sorted(titled)]
    found = description_chapters(description, seconds)
    starts = [int(chapter.start) for chapter in own]
    if set(starts) <= _times(description) and starts != [int(chapter.start) for chapter in found]:
        return found
    return tuple(own)


def description_chapters(description: str, seconds: float | None = None) -> tuple[Chapter, ...]:
    """The chapters that a description lists, or none; `seconds` is the length of the video."""
    lines = [line for line in (_plain(line) for line in split_lines(description)) if line]
    timed = [entry for number, line in enumerate(lines) if (entry := _timed_line(number, line)) is not None]
    for at, entry in enumerate(timed):
        heading = lines[entry.number - 1] if entry.number else ""
        if entry.start == 0 and not (_TIMETABLE.search(heading) or _REPEATED.search(heading)):
            chapters = _by_rule(_one_list(timed[at:]), seconds)
            if chapters:
                return chapters
    return ()


def _one_list(timed: Sequence[_TimedLine]) -> list[_TimedLine]:
    """The lines of the list that begins with the first one; none if they are out of order."""
    found = [timed[0]]
    for entry in timed[1:]:
        if entry.time_first is not timed[0].time_first:
            continue
        if entry.start == 0:  # the next list, such as the same one in another language
            break
        if entry.start <= found[-1].start:
            return found if entry.number > found[-1].number + 1 else []
        found.append(entry)
    return found


def _by_rule(entries: list[_TimedLine], seconds: float | None) -> tuple[Chapter, ...]:
    if seconds and entries and seconds <= entries[-1].start < seconds + _ROUNDING:
        entries = entries[:-1]
    apart = all(later.start - earlier.start >= LEAST_SECONDS for earlier, later in pairwise(entries))
    if len(entries) < LEAST_CHAPTERS or not apart or (seconds and entries[-1].start >= seconds):
        return ()
    return tuple(Chapter(float(entry.start), entry.title) for entry in entries)


def _timed_line(number: int, line: str) -> _TimedLine | None:
    """A line that begins or ends with a time, and has a title beside it."""
    times = list(_TIME.finditer(line.translate(_DIGITS)))
    if not times:
        return None
    first, last = times[0], times[-1]
    before = _NUMBERING.fullmatch(line[: first.start()]) or _BEFORE_TIME.fullmatch(line[: first.start()])
    if before:
        end = first.end()
        if len(times) > 1 and _RANGE.fullmatch(line[end : times[1].start()]):
            end = times[1].end()
        title = line[end:].lstrip(f"{_SEPARATORS})]}}»”").rstrip(_SEPARATORS)
        opens = first
    elif not re.search(r"\w", line[last.end() :]):
        opens = times[-2] if len(times) > 1 and _RANGE.fullmatch(line[times[-2].end() : last.start()]) else last
        title = _NUMBERING.sub("", line[: opens.start()], count=1) if _NUMBERING.match(line) else line[: opens.start()]
        title = title.rstrip(f"{_SEPARATORS}([{{«“").lstrip(_SEPARATORS)
    else:
        return None
    of_day = _OF_DAY.match(_VOWELS.sub("", title)) or _DAY.fullmatch(title) or _TIMETABLE.search(title)
    if of_day or not _LETTER.search(title):
        return None
    return _TimedLine(number, _seconds(opens), title, time_first=bool(before))


def _seconds(time: re.Match[str]) -> int:
    hours, minutes, seconds = time.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _times(description: str) -> set[int]:
    """Every time in a description, in seconds."""
    return {_seconds(time) for time in _TIME.finditer(_plain(description).translate(_DIGITS))}


def _plain(text: str) -> str:
    """The text without invisible marks."""
    return _MARKS.sub("", text).strip()
