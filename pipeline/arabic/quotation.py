"""What the words around a quotation say of it: that a verse is announced, or that somebody prays in its words."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from pipeline.arabic.function_words import FORMULAS
from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


class Introduction(IntEnum):
    """What the words before a quotation say of it."""

    NONE = 0
    SAID = 1
    """Somebody says it."""
    VERSE = 2
    """It is the word of God."""


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


SAYING: Final = _folded(
    "قال فقال وقال قالت وقالت فقالت قالوا وقالوا قيل وقيل يقول ويقول تقول وتقول قوله بقوله كقوله قولها قولهم"
)
_BEFORE: Final = 5
"""Words before a quotation among which it is announced."""
_LONG_BEFORE: Final = 10
_GOD: Final = "(?:الله|ربنا|ربكم?|الحق|المولي)"
_SAYS: Final = r"(?<!\w)[وف]?(?:[يت]?قا?و?ل|[بكل]?قوله?)"
_ANNOUNCED: Final = re.compile(
    "|".join(
        f"(?:{pattern})$"
        for pattern in (
            # With the words that may stand between the announcement and the verse.
            rf"{_SAYS} (?:{_GOD} )?(?:تعالي|سبحانه|جل|عز|تبارك)(?: \w+){{0,3}}",
            rf"{_SAYS} {_GOD}(?: \w+){{0,4}}",
            rf"(?<!\w)(?<!رسول )(?<!نبي )(?<!عبد )[وف]?(?:ان )?{_GOD} يقول(?: \w+)?",
            r"(?<!\w)الشيطان الرجيم(?: بسم الله الرحمن الرحيم)?",
            r"(?<!\w)(?:[بولف]?(?:الايه|الايات|الايتين)|ب?ايتين)(?: \w+){0,2}",
            r"(?<!\w)في (?:القران|كتابه|الكتاب|محكم)(?: \w+){0,2}",
            r"(?<!\w)[وف]?(?:قرا|يقرا|نقرا|تلا|يتلو|انزل الله|نزل قوله)(?: \w+){0,2}",
        )
    )
)
_SAID_EARLIER: Final = re.compile(
    rf"(?:{_SAYS} (?:{_GOD}|تعالي|سبحانه)|عليه(?:ما|م|ا)? السلام)(?: \w+){{0,8}}$"
    r"|(?<!\w)(?:جل|عز) (?:شانه|وعلا|وجل|من قايل|في علاه)(?: \w+)?$"
    r"|(?<!\w)[وفب]?(?:دعاء \w+|(?:دعا|يدعو) رب\w*)(?: \w+){0,3}$"
)
_SAID_BEFORE: Final = 5


def introduction(folded: Sequence[str], at: int) -> Introduction:
    """How the folded words before a place announce what is quoted there."""
    if _ANNOUNCED.search(" ".join(folded[max(0, at - _BEFORE) : at])):
        return Introduction.VERSE
    said = not SAYING.isdisjoint(folded[max(0, at - _SAID_BEFORE) : at])
    if said or _SAID_EARLIER.search(" ".join(folded[max(0, at - _LONG_BEFORE) : at])):
        return Introduction.SAID
    return Introduction.NONE


_CALLS: Final = _folded("رب ربنا وربنا اللهم")
_PRAISE: Final = ["الحمد", "لله"]
_PRAISED: Final = re.compile(r"(?<!\w)(?:الحمد لله|[وا]?احمده|[ون]?نحمده)(?!\w)")
_QUOTED: Final = 9
"""Words from which a verse right after praise is a verse, and no attribute."""
_PRAYED: Final = 12
"""Words within which a prayer goes on after its call, and praise after its first word."""


def is_borrowed(folded: Sequence[str], at: int, count: int) -> bool:
    """Whether somebody prays or gives praise in so many words of a verse that begin here, instead of quoting it."""
    called = folded[at] in _CALLS and not "".join(folded[at + 1 : at + 2]).startswith("ال")
    directly = folded[max(0, at - 2) : at] == _PRAISE and folded[at] != "الذي" and count >= _QUOTED
    praised = not directly and folded[at] != "يا" and _PRAISED.search(" ".join(folded[max(0, at - _PRAYED) : at + 2]))
    return called or bool(praised) or "اللهم" in folded[max(0, at - _PRAYED) : at]


_RECITED_FORMULAS: Final = (
    *(
        "لا إله إلا هو",
        "إله إلا الله",
        "لا شريك له",
        "وهو على كل شيء قدير",
        "إنه هو الغفور الرحيم",
        "رب العالمين",
        "سبحان الله",
    ),
    *("أعوذ بالله من الشيطان الرجيم", "بالله من الشيطان الرجيم", "حسبنا الله ونعم الوكيل", "لا قوة إلا بالله"),
    *("لا حول ولا قوة إلا بالله", "إنا لله وإنا إليه راجعون", "الحمد لله الذي", "وسلام على عباده الذين اصطفى"),
    *("من يضلل فلا هادي له", "ومن يضلل فلا هادي له", "الحمد لله وسلام على عباده الذين اصطفى"),
)
_PHRASES: Final = sorted({*FORMULAS, *(tuple(fold(each).split()) for each in _RECITED_FORMULAS)}, key=len, reverse=True)


def own_words(folded: Sequence[str]) -> range:
    """The part of some folded words that is left without the fixed phrases at either side that everybody says."""
    begin, stop = 0, len(folded)
    while begin < stop:
        rest = tuple(folded[begin:stop])
        phrase = next((each for each in _PHRASES if each in {rest[: len(each)], rest[-len(each) :]}), ())
        if not phrase:
            break
        if rest[: len(phrase)] == phrase:
            begin += len(phrase)
        else:
            stop -= len(phrase)
    return range(begin, max(begin, stop))
