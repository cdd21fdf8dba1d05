"""Years, months and days that a talk names by the day it was published: `السنة اللي فاتت` in a talk of 2025 is 2024."""

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
_LAST: Final = r"(?:(?:اللي |الي )?فات\w?|(?:اللي |الي )?مضي\w?|الماضي\w?|الفايت\w?|المنصرم\w?|السابق\w?)"
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
_DAYS: Final = (
    (0, re.compile(r"(?<!\w)(?:النهارده|النهاردا|انهارده|اليوم|ليوم)(?!\w)")),
    (-1, re.compile(r"(?<!\w)(?:امبارح|مبارح|امس|البارح|البارحه)(?!\w)")),
    (1, re.compile(r"(?<!\w)(?:بكره|بكرا|غدا|غدوه|باكر)(?!\w)")),
)
_AGO: Final = re.compile(r"(?<!\w)(?:من|قبل|منذ|بعد) +(?:\w+ +){1,5}?(?:سنه|سنين|سنوات|عام|اعوام)(?!\w)")


def figures_by_publication(text: str, published: date | None) -> frozenset[str]:
    """The figures, as `figures` and `dates` write them, of the times that a text tells relative to its publication."""
    if published is None:
        return frozenset()
    folded = fold(text)
    found = {str(published.year + step) for step, pattern in _YEARS if pattern.search(folded)}
    found |= {str((published.month - 1 + step) % 12 + 1) for step, pattern in _MONTHS if pattern.search(folded)}
    for step, pattern in _DAYS:
        if pattern.search(folded):
            written = format_date(published + timedelta(days=step))
            found |= figures(written) | dates(written)
    for phrase in _AGO.findall(folded):
        spans = [int(figure) for figure in figures(phrase) if figure.isdecimal()]
        found |= {str(published.year + sign * span) for span in spans for sign in (-1, 1)}
    return frozenset(found)
