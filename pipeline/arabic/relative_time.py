"""Times that a talk tells by the day it was published: `السنة اللي فاتت` in a talk of 2025 is 2024."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pipeline.arabic.dates import dates
from pipeline.arabic.formatting import format_date
from pipeline.arabic.normalize import fold
from pipeline.arabic.numbers import figures

if TYPE_CHECKING:
    from datetime import date

_THIS: Final = r"(?:دي|ده|دا|هذي|هذا|هذه|الحالي\w?|الجاري\w?)"
_LAST: Final = r"(?:(?:اللي |الي )?فات\w?|(?:اللي |الي )?مضي\w?|الماضي\w?|الفايت\w?|المنصرم\w?)"
_NEXT: Final = r"(?:(?:اللي |الي )?جا(?:ي|يه)|الجا(?:ي|يه)|القادم\w?|المقبل\w?)"


def _near(noun: str, which: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)\w?(?:{noun}) {which}(?!\w)")


_YEAR, _MONTH, _WEEK = "ال(?:سنه|عام)", "الشهر", "ال(?:اسبوع|جمعه)"
_YEARS: Final = (
    (0, re.compile(rf"{_near(_YEAR, _THIS).pattern}|(?<!\w)(?:السنادي|هالسنه|هذا العام|هذه السنه|هذي السنه|العام دا)")),
    (-1, re.compile(rf"{_near(_YEAR, _LAST).pattern}|(?<!\w)(?:عام نول|العام نول)")),
    (1, _near(_YEAR, _NEXT)),
)
_MONTHS: Final = ((0, _near(_MONTH, _THIS)), (-1, _near(_MONTH, _LAST)), (1, _near(_MONTH, _NEXT)))
_WEEKS: Final = tuple(
    _near("ال(?:اسبوع|جمعه|سبت|احد|اثنين|ثلاثاء|اربعاء|خميس)", which) for which in (_THIS, _LAST, _NEXT)
)
_DAYS: Final = (
    (0, re.compile(r"(?<!\w)[وف]?(?:النهارده|النهاردا|انهارده|اليوم|ليوم)(?!\w)")),
    (-1, re.compile(r"(?<!\w)(?:امبارح|مبارح|امس|البارح|البارحه)(?!\w)")),
    (1, re.compile(r"(?<!\w)(?:بكره|بكرا|غدا|غدوه|باكر)(?!\w)")),
)
_AGO: Final = re.compile(r"(?<!\w)(?:من|قبل|منذ|بعد) +(?:\w+ +){1,5}?(?:سنه|سنين|سنوات|عام|اعوام)(?!\w)")
_SPANS: Final = re.compile(
    r"(?<!\w)[وف]?(?:منذ|قبل) (?:سنتين|عامين|شهرين|اسبوعين|يومين"
    r"|(?:\w+ ){1,3}?(?:سنين|سنوات|اعوام|اشهر|شهور|اسابيع|ايام))(?!\w)(?! من)"
)
"""Not `two years before the war`."""
_SAID_OF_TODAY: Final = frozenset(("اليوم", "ليوم"))
_NOT_TODAY_AFTER: Final = frozenset(
    fold(
        "الآخر الذي اللي التي التالي الموالي السابق نفسه ذاته عينه الواحد الموعود المشهود المعلوم الأول الثاني"
        " الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الأخير ده دا داك هذا ذاك هداك اياه كله"
    ).split()
)
_NOT_TODAY_BEFORE: Final = frozenset(
    fold(
        "في كل ذلك ذاك هذا طوال طيلة خلال نصف منتصف آخر أول نهاية بداية مدار باقي بقية بعض المصري روسيا هاك هداك نفس يا"
    ).split()
)
_OF_THE_TALK: Final = frozenset(
    fold("حلقة حلقتنا درس درسنا خطبة خطبتنا محاضرة محاضرتنا فيديو لقاء لقاؤنا موضوع موضوعنا حديثنا ضيف ضيفنا").split()
)
"""Words of which `today's` says nothing about the time: `حلقة النهارده`."""
_MARKS: Final = '،؛؟!?.,:;…«»()[]"'
_VERSES: Final = re.compile("﴿[^﴾]*﴾")
_DATED: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOMORROW: Final = re.compile("(?<!\\w)[وف]?(?:غدًا|غداً|بكره|بكرة|بكرا)(?!\\w)")
"""Unfolded: without its tanween the word is also `it became`."""

_SOMEDAY: Final = re.compile(r"(?<!\w)س[أا]\w+ اليوم (?:أو|او) غد[اًً]*(?!\w)")
"""What somebody says who puts off: `I shall repent today or tomorrow`."""


def has_relative_time(text: str) -> bool:
    """Whether a statement tells a time that only the day of its publication makes known.

    `اليوم الآخر`, `في اليوم`, `سأتوب اليوم أو غدًا`, `حلقة النهارده` and verses tell none; nor does a year beside which
    its number stands.
    """
    plain = _SOMEDAY.sub(" ", _VERSES.sub(" ", text))
    folded = fold(plain)
    if any(_is_of_today(folded, day) for _, pattern in _DAYS[:2] for day in pattern.finditer(folded)):
        return True
    if _TOMORROW.search(plain) or any(pattern.search(folded) for pattern in _WEEKS):
        return True
    times = (*(pattern for _, pattern in (*_YEARS, *_MONTHS)), _SPANS)
    return not _DATED.search(folded) and any(pattern.search(folded) for pattern in times)


def _is_of_today(folded: str, day: re.Match[str]) -> bool:
    """Whether a word for a day is told from today: `اليوم` is also `the day`, and in names of newspapers."""
    before, after = folded[: day.start()].split()[-1:], folded[day.end() :].split()[:1]
    if not _OF_THE_TALK.isdisjoint(before):
        return False
    if day[0].lstrip("وف") not in _SAID_OF_TODAY:
        return True
    neighbours = ([word.strip(_MARKS) for word in words] for words in (before, after))
    return all(map(frozenset.isdisjoint, (_NOT_TODAY_BEFORE, _NOT_TODAY_AFTER), neighbours))


def figures_by_publication(text: str, published: date | None) -> frozenset[str]:
    """The figures, as `figures` and `dates` write them, of the times that a text tells relative to its publication."""
    if published is None:
        return frozenset()
    folded = fold(text)
    found = {str(published.year + step) for step, pattern in _YEARS if pattern.search(folded)}
    found |= {str((published.month - 1 + step) % 12 + 1) for step, pattern in _MONTHS if pattern.search(folded)}
    for step, pattern in _DAYS:
        if any(_is_of_today(folded, day) for day in pattern.finditer(folded)):
            written = format_date(published + timedelta(days=step))
            found |= figures(written) | dates(written)
    for phrase in _AGO.findall(folded):
        spans = [int(figure) for figure in figures(phrase) if figure.isdecimal()]
        found |= {str(published.year + sign * span) for span in spans for sign in (-1, 1)}
    return frozenset(found)
