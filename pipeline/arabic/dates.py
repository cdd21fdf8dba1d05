"""Months and days of a text in one form: `نوفمبر`, `تشرين الثاني` and `11` compare equal."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import DATE_PREFIXES
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.phrases import phrase_index, phrase_positions

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS: Final = """
يناير كانون-الثاني جانفي | فبراير شباط فيفري | مارس آذار | أبريل نيسان أفريل إبريل | مايو أيار ماي |
يونيو حزيران جوان يونيه | يوليو تموز جويلية يوليه | أغسطس آب أوت غشت | سبتمبر أيلول شتنبر | أكتوبر تشرين-الأول |
نوفمبر تشرين-الثاني نونبر | ديسمبر كانون-الأول دجنبر
"""
_AMBIGUOUS: Final = frozenset(fold("ماي جوان أوت آب").split())
"""Also other words, so no evidence of a month."""
_DAYS: Final = "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة"
_SPOKEN_DAYS: Final = {
    "الأحد": "الحد",
    "الاثنين": "الاتنين لاتنين لتنين التنين الإتنين",
    "الثلاثاء": "التلات التلاتاء التلاتا الثلاثا",
    "الأربعاء": "الأربع الاربعا لاربعا",
}
"""Days as dialects say them, which are also numbers and other words."""
_OTHER_WORDS: Final = frozenset(fold("محرم صفر رجب شعبان رمضان").split())
"""Islamic months that are also names of people, zero, or forbidden."""
_MARCH: Final = re.compile(
    r"(?:\d|(?<!\w)(?:في|من|شهر|منذ|حتى|خلال|مطلع|اوائل|اواخر|اول|نهايه|بدايه|منتصف)) *و?مارس|مارس +\d"
)
"""March, where it is not the verb `practised`."""
_HIJRI: Final = "محرم صفر ربيع-الأول ربيع-الآخر جمادى-الأولى جمادى-الآخرة رجب شعبان رمضان شوال ذو-القعدة ذو-الحجة"


def _names() -> dict[str, str]:
    names = {
        name.replace("-", " "): f"{number}"
        for number, names in enumerate(fold(_MONTHS).split("|"), 1)
        for name in names.split()
        if name not in _AMBIGUOUS
    }
    names |= {name: name for name in fold(_DAYS).split()}
    names |= {name.replace("-", " "): name for name in fold(_HIJRI).split()}
    return {prefix + name: value for name, value in names.items() for prefix in DATE_PREFIXES}


_NAMES: Final = _names()
_PHRASES: Final = phrase_index(tuple(name.split()) for name in _NAMES)
_ANY: Final = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")(?!\w)")


def date_positions(row: Sequence[str]) -> frozenset[int]:
    """Positions of the folded words that belong to a date that `dates` compares."""
    return phrase_positions(row, _PHRASES)


def dates(text: str) -> frozenset[str]:
    """The months as their number, as `arabic.numbers` writes figures; days and Islamic months by their name."""
    return frozenset(_NAMES[name] for name in _ANY.findall(fold(text)))


def certain_dates(text: str) -> frozenset[str]:
    """Those of `dates` that can be nothing else."""
    certain = dates(text) - _OTHER_WORDS
    return certain if _MARCH.search(fold(text)) else certain - {"3"}


def possible_dates(text: str) -> frozenset[str]:
    """Those of `dates`, and the days of the week that its words may be in some dialect."""
    said = set(words(text))
    spoken = {fold(day) for day, forms in _SPOKEN_DAYS.items() if said & _prefixed(forms)}
    return dates(text) | spoken


@cache
def _prefixed(forms: str) -> frozenset[str]:
    return frozenset(prefix + form for form in fold(forms).split() for prefix in DATE_PREFIXES)
