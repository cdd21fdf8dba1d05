"""Whether a claim tells as a fact what was only asked, wished, supposed, or almost so."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import PRESENT_LETTERS, strip_conjunction
from pipeline.arabic.normalize import fold
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.arabic.alignment import IndexedSpeech

_OPEN: Final = frozenset(fold("هل لو ليت ياليت ربما لعل لعله لعلها لعلهم كاد كادت يكاد تكاد").split())
"""Words after which nothing is told as done. Not `إذا`: folded, it is also `إذن`, `therefore`."""
_KEPT: Final = _OPEN | frozenset(
    fold("""
    إذا سأل سألت يسأل تسأل تساءل يتساءل تتساءل سؤال السؤال سؤالا تساؤل احتمال احتمالا يحتمل محتمل المحتمل يمكن ممكن
    الممكن يبدو كأن كأنه كأنها أوشك يوشك توشك
    """).split()
)
"""Words by which a claim leaves it open as well."""
_SURE: Final = frozenset(fold("تعلم تعلمون تعلمين تعرف تعرفون تعرفين تدري تدرون سمعت سمعتم تذكر تذكرون تتذكر").split())
"""Verbs whose question tells what follows: `do you know that`."""
_REACH: Final = 7
"""Words after such a word among which those that it is about stand."""


def dropped_modality(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> str:
    """What a claim leaves out of what was said, with the word after it (`هل يكفي`), else empty.

    Folded words of the claim, where each stands in the source (`alignment.align`), and the source. Left out is what
    leaves a sentence open, when the claim has both words it is about and leaves nothing open itself.
    """
    if any(strip_conjunction(word) in _KEPT for word in claim) or any(_may(*pair) for pair in pairwise(claim)):
        return ""
    taken = {place for place in places if place is not None}
    for at, word in enumerate(source.words):
        if strip_conjunction(word) in _OPEN and (about := _about(source, at)) and taken.issuperset(about):
            return f"{word} {source.words[about[0]]}"
    return ""


def _about(source: IndexedSpeech, at: int) -> list[int]:
    """Places of the first two words of the sentence after one that carry meaning; none where it tells all the same."""
    row = source.words
    ahead = list(takewhile(lambda place: place not in source.starts, range(at + 1, min(at + 1 + _REACH, len(row)))))
    if any(row[place] in _SURE for place in ahead[:1]):
        return []
    return [place for place in ahead if row[place] not in FUNCTION][:2]


def _may(word: str, after: str) -> bool:
    """`قد` before a verb that is not done."""
    return strip_conjunction(word) == "قد" and after[0] in PRESENT_LETTERS
