"""Times as caption files write them, whatever signs they are written with, and lines that hold nothing else."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Final

from pipeline.sources.cues import BadCaptions, parse_seconds

_INVISIBLE = (
    0x61C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0x200B,
    0x200C,
    0x200D,
    0x2060,
    0xFEFF,
    0xAD,
)
_SIGNS: Final = (
    dict.fromkeys(_INVISIBLE)
    | dict.fromkeys((0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " ")
    | {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0xFF10) for digit in range(10)}
    | {ord(mark): ":" for mark in "：∶︰ː﹕"}
    | {ord(mark): "," for mark in "،，٬﹐‚"}
    | {ord(mark): "." for mark in "٫．。﹒"}
    | {ord(dash): "-" for dash in "‐‑‒–—―−﹣－⁻"}
    | {ord(mark): ">" for mark in "＞›﹥"}
    | {ord(arrow): "->" for arrow in "→⟶➔➜➝➞⇒⟹►▶"}
    | {ord(arrow): "<-" for arrow in "←⟵⇐⟸"}
    | {ord("［"): "[", ord("］"): "]", ord("（"): "(", ord("）"): ")"}
)


def plain_signs(line: str) -> str:
    """The line for recognising times: no direction marks, and one form of each digit, space, mark, dash and arrow."""
    return line if line.isascii() else line.translate(_SIGNS)


def after_signs(line: str, count: int) -> str:
    """What stands in a line after the first `count` characters of its `plain_signs`, from the next visible sign."""
    if line.isascii():
        return line[count:]
    passed = 0
    for index, sign in enumerate(line):
        length = len(plain_signs(sign))
        if passed >= count and length:
            return line[index:]
        passed += length
    return ""


_TIMESTAMP = re.compile(r"(\d?-)?(?:(\d{1,4}):)?(-?\d{1,4}):(\d{1,2})(?:[.,:](\d{1,9}))?")


def parse_timestamp(text: str) -> float | None:
    """`1:02:03,4`, `02:03.400` or `2:03` in seconds; None for anything else, 0 for a time before the beginning."""
    match = _TIMESTAMP.fullmatch("".join(plain_signs(text).split()))
    if not match:
        return None
    minus, hours, minutes, seconds, fraction = match.groups()
    if minus or minutes.startswith("-"):
        return 0.0
    return parse_seconds(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}"))


# --- a line with the two times of a cue ---

_FIELD = r"\d{1,4} ?(?:: ?-?\d{1,4} ?){1,3}"
_STAMP = rf"(?:\d?- ?)?{_FIELD}(?:[.,] ?\d{{1,9}})?"
_EXACT = r"(?:\d?-)?\d{1,3}:\d{1,2}(?::\d{1,2}[.,:]\d{1,9}|:\d{1,2}|[.,]\d{1,9})"
"""A time that is hardly anything else: with hours, or with a fraction."""
_ANY = rf"(?:{_STAMP}(?![0-9A-Za-z:.,])|\d{{1,4}}:[0-9A-Za-z:.,]{{1,20}})"
"""A time, or what is left of one."""
_ARROW = r"[ \t]{0,8}-{2,3} ?(?:>|&gt;)[ \t]{0,8}"
_SHORT_ARROW = r"[ \t]{0,8}(?:-{0,3}|={1,2}|~) ?>{1,2}[ \t]{0,8}"
_DIGIT = re.compile(r"\d")
_NUMBER = r"(?:#?\d{1,7}[.)]?[ \t]{1,8})?"
_TIMING = re.compile(
    rf"\s*{_NUMBER}(?:(?P<start>{_ANY}){_ARROW}(?P<end>{_ANY})?"
    rf"|(?P<first>{_EXACT}|\d{{1,3}}:\d\d:[\w.]{{1,8}}(?=,))(?P<between>[^\w\n:.]{{1,8}})(?P<second>{_EXACT})(?!\d)"
    rf"|(?P<from>\d{{1,3}}:\d\d){_SHORT_ARROW}(?P<to>\d{{1,3}}:\d\d)\s*$)"
)
"""With the arrow of SubRip anything that was a time; with another sign only what can be nothing else."""
_NAMES = (("start", "first", "from"), ("end", "second", "to"))
_SETTING = re.compile(r"[A-Za-z]\w{0,15}[:=]\S*|[\d.,]*[:;][\d:;.,]*|\W+")
"""What may stand behind the times of a cue and is not spoken: a setting of WebVTT, or the rest of a damaged time."""
_FOLDED = re.compile(rf"(?<!\S){_NUMBER}(?:{_EXACT})(?:{_ARROW}|{_SHORT_ARROW})(?:{_EXACT})")

_FIELDS = r"(?=[\d.Oo]{0,8}[:;,hm])[\dOo]{1,4}(?:\s?[:;.,hm]\s?[\dOo]{1,4}){2,3}s?"
"""Three numbers or more as in a time, and not only points between them: a version or a date has those."""
_TAG = re.compile(r"<[\d:.,]{4,20}>|</?[A-Za-z][^<>]{0,80}>")
"""A word's time, or a tag, whose bracket before a figure is no arrow: `<c> 3,976,582</c>`."""
_LIKE_A_TIMING = re.compile(
    rf"{_FIELDS}(?:{_ARROW}|{_SHORT_ARROW})|(?:{_ARROW}|{_SHORT_ARROW}){_FIELDS}|^\W*{_FIELDS}\W+{_FIELDS}\W*$"
    r"|^\W*\d{1,3}:\d\d:\d\d[.,]\d{1,3}\W*$"
)


@dataclass(frozen=True, slots=True)
class Timing:
    """A line with the times of a cue, each None where it is damaged."""

    start: float | None
    end: float | None
    text: str = ""
    """Words that stand behind the times in the same line."""


def parse_timing(line: str) -> Timing | None:
    """The two times that a line begins with; None where it begins with none."""
    if not _DIGIT.search(line):
        return None
    plain = plain_signs(line)
    match = _TIMING.match(plain) if ":" in plain else None
    if not match:
        return None
    start, end = (match[one] or match[two] or match[three] or "" for one, two, three in _NAMES)
    if "<" in (match["between"] or ""):
        start, end = end, start
    rest = after_signs(line, match.end()).lstrip(" \t:;|").rstrip()
    spoken = any(not _SETTING.fullmatch(part) for part in plain_signs(rest).split())
    return Timing(parse_timestamp(start.rstrip(".,:")), parse_timestamp(end.rstrip(".,:")), rest if spoken else "")


def unfold_line(line: str) -> list[str]:
    """The line cut before every pair of times that stands in it: some programs write a whole file as one line."""
    if not _DIGIT.search(line):
        return [line]
    plain = plain_signs(line)
    spots = deque(match.start() for match in _FOLDED.finditer(plain))
    if not spots or (len(spots) == 1 and not any(sign.isalnum() for sign in plain[: spots[0]])):
        return [line]
    parts, begin, passed = [], 0, 0
    for index, sign in enumerate(line):
        if spots and passed >= spots[0]:
            parts.append(line[begin:index])
            begin = index
            spots.popleft()
        passed += len(plain_signs(sign))
    return [part for part in (*parts, line[begin:]) if part.strip()]


def refuse_time_like(number: int, line: str) -> None:
    """Raise `BadCaptions` for a line that holds the times of a cue in a form that is not read."""
    if _DIGIT.search(line) and _LIKE_A_TIMING.search(_TAG.sub("", plain_signs(line))):
        raise unreadable_time(number, line)


def unreadable_time(number: int, line: str) -> BadCaptions:
    """The refusal of a line by its number."""
    return BadCaptions(f"line {number} looks like a time and cannot be read as one: {line.strip()[:60]}")
