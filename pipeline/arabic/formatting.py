"""Titles, counts, times and dates as an Arabic reader expects them, in Latin digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

MONTHS: Final = (
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """The forms a noun takes after a number."""

    single: str
    """After 100 and after none: `دقيقة`."""
    one: str
    """With the number one: `دقيقة واحدة`."""
    two: str
    """The dual: `دقيقتان`."""
    few: str
    """After 3 to 10: `دقائق`."""
    many: str
    """After 11 to 99: `دقيقة`, `قسمًا`."""


HOUR = CountedNoun("ساعة", "ساعة واحدة", "ساعتان", "ساعات", "ساعة")
MINUTE = CountedNoun("دقيقة", "دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة")
SECOND = CountedNoun("ثانية", "ثانية واحدة", "ثانيتان", "ثوانٍ", "ثانية")
SENTENCE = CountedNoun("جملة", "جملة واحدة", "جملتان", "جمل", "جملة")
WORD = CountedNoun("كلمة", "كلمة واحدة", "كلمتان", "كلمات", "كلمة")
MARK = CountedNoun("علامة ترقيم", "علامة ترقيم واحدة", "علامتا ترقيم", "علامات ترقيم", "علامة ترقيم")
NOTE = CountedNoun("ملاحظة", "ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة")
ARTICLE = CountedNoun("مقال", "مقال واحد", "مقالان", "مقالات", "مقالًا")
VIDEO = CountedNoun("فيديو", "فيديو واحد", "فيديوهين", "فيديوهات", "فيديو")
SECTION = CountedNoun("قسم", "قسم واحد", "قسمان", "أقسام", "قسمًا")


def count_phrase(number: int, noun: CountedNoun) -> str:
    """The number with its noun in the right form: `3 دقائق`, `11 دقيقة`, `دقيقتان`, `100 دقيقة`."""
    if number in {1, 2}:
        return noun.one if number == 1 else noun.two
    tail = number % 100
    if number == 0 or tail in {0, 1, 2}:
        return f"{number} {noun.single}"
    return f"{number} {noun.few if tail <= 10 else noun.many}"  # noqa: PLR2004 - the plural ends at ten


def duration(seconds: float) -> str:
    """A length of time to the minute, below one minute to the second: `ساعة واحدة و12 دقيقة`."""
    whole = round(max(seconds, 0.0))
    if whole < 60:  # noqa: PLR2004 - seconds of a minute
        return count_phrase(whole, SECOND)
    hours, minutes = divmod(round(whole / 60), 60)
    parts = [count_phrase(hours, HOUR)] if hours else []
    parts += [count_phrase(minutes, MINUTE)] if minutes else []
    return " و".join(parts)


def timestamp(seconds: float) -> str:
    """A place in the video as players write it: `0:07`, `12:34`, from one hour on `1:02:03`."""
    minutes, second = divmod(int(max(seconds, 0.0)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def format_date(when: date) -> str:
    """A date in words and Latin digits: `23 نوفمبر 2026`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def percent(share: float) -> str:
    """A share as whole per cent, never rounded up to all or down to none: `99%`."""
    whole = round(share * 100)
    if whole == 100 and share < 1:  # noqa: PLR2004 - all of it
        return "99%"
    return "1%" if whole == 0 and share > 0 else f"{whole}%"


# --- titles ---

_HASHTAG = re.compile(r"#[\w_]+")
_REPEATED = re.compile(r"([!؟?.,،])\1+")
_SPACES = re.compile(r"\s+")
_BARS = re.compile(r"\s*[|｜¦•]\s*")
_LETTERS = re.compile(r"[^\W\d_]")
_PICTURES = {"So", "Sk", "Cs", "Co", "Cn", "Cf"}
"""Unicode categories of emoji and of other signs that are neither letters, digits nor marks."""
EDGES = " -–—:،,|_/\\!.*"
"""Characters that a part of a title neither begins nor ends with."""


def plain_title(title: str) -> str:
    """A title without hashtags, pictures and repeated marks, with single spaces."""
    plain = "".join(" " if unicodedata.category(letter) in _PICTURES else letter for letter in _HASHTAG.sub(" ", title))
    return _SPACES.sub(" ", _REPEATED.sub(r"\1", plain)).strip()


def headline(title: str) -> str:
    """The part of a title that names the subject: no series name beside a bar, no hashtags, pictures or repeated marks.

    Of parts divided by bars the one with most words is taken. Empty when the title has no word, as a bare number has.
    """
    best = max((part.strip(EDGES) for part in _BARS.split(plain_title(title))), key=lambda part: len(part.split()))
    return best if sum(map(len, _LETTERS.findall(best))) > 1 else ""


def inside_quotes(text: str) -> str:
    """The text with its guillemets turned into another pair, so that it can stand between guillemets."""
    return text.replace("«", "“").replace("»", "”")
