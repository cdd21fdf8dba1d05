"""Find claims that tell as a fact what was only asked, wished, supposed, or nearly so."""

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
"""Words after which nothing is stated as a fact. Not `إذا`: folded, it is also `إذن`, `therefore`."""
_HEDGES: Final = _OPEN | frozenset(
    fold("""
    إذا سأل سألت يسأل تسأل تساءل يتساءل تتساءل سؤال السؤال سؤالا تساؤل احتمال احتمالا يحتمل محتمل المحتمل يمكن ممكن
    الممكن يبدو كأن كأنه كأنها أوشك يوشك توشك
    """).split()
)
"""Words by which a claim leaves the matter open as well."""
_AFTER_IF: Final = frozenset(fold("لم كان كانت كانوا كنا").split())
"""Words before which `إن` is `if`; folded, it is also `that`."""
_FACTIVE: Final = frozenset(
    fold("تعلم تعلمون تعلمين تعرف تعرفون تعرفين تدري تدرون سمعت سمعتم تذكر تذكرون تتذكر").split()
)
"""Verbs whose question states what follows: `do you know that`."""
_REACH: Final = 7
"""Words after an open word among which those that it is about are looked for."""


def dropped_modality(claim: Sequence[str], places: Sequence[int | None], source: IndexedSpeech) -> str:
    """The word of the source that leaves a matter open and that the claim drops, with the next (`هل يكفي`), or empty.

    Takes the folded words of the claim and where each stands in the source (`alignment.align`). The word is dropped
    when the claim has both words that it is about and leaves nothing open itself.
    """
    may = any(
        (strip_conjunction(word) == "قد" and after[0] in PRESENT_LETTERS)
        or (strip_conjunction(word) == "ان" and after in _AFTER_IF)
        for word, after in pairwise(claim)
    )
    if may or any(strip_conjunction(word) in _HEDGES for word in claim):
        return ""
    used = {place for place in places if place is not None}
    said = source.words
    for at, word in enumerate(said):
        if strip_conjunction(word) not in _OPEN:
            continue
        ahead = range(at + 1, min(at + 1 + _REACH, len(said)))
        sentence = list(takewhile(lambda place: place not in source.starts, ahead))
        about = [place for place in sentence if said[place] not in FUNCTION][:2]
        if about and said[sentence[0]] not in _FACTIVE and used.issuperset(about):
            return f"{word} {said[about[0]]}"
    return ""
