"""Whether a sentence asks: a question mark where none was asked is worse than a full stop after a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.function_words import (
    ASKING,
    COUNT_QUESTIONS,
    PREPOSITIONS,
    QUESTION_LEADS,
    QUESTION_OPENERS,
    QUESTION_PAIRS,
)
from pipeline.arabic.normalize import fold
from pipeline.segment.unbroken import is_one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENED_WORDS: Final = 8
"""Most words of a question that opens a sentence or follows a colon: in a longer one, what follows the question was not
told apart from it.

This and the next were chosen on the training and development talks of the corpus. Where their sentences end rightly, 45
of 48 that ask by these rules are questions.
"""
LATER_WORDS: Final = (2, 4)
"""Fewest and most words of one that follows a statement without a mark."""
_REACH = 3
_ASKED_WORDS = 20
"""Most words from the one that asks to the end of its sentence."""
_AROUND = "،؛؟!?.,:;…(«“‘[{\"'”’»)]}*"
_TOLD = re.compile(
    "عرف|عارف|ادري|يدري|تدري|ندري|فهم|قول|قال|قلت|قلنا|سال|تسا|يسا|اسا|شوف|شاف|بص|انظر|ننظر|نري|علم|ذكر|احك|يحك|حكا|شرح"
    "|وصف|بين|حدد|كشف|فكر|نسي|سوال|طريق|يعني|اخبر|حسب|كتب|لاحظ|تخيل|ورين|يهم|نختار|يختار|قرر|تفرق|يفرق"
)
"""Stems of words that tell of a question: `he knows how`, `the question how`."""


def asks(texts: Sequence[str]) -> bool:
    """Whether the last clause of a sentence, given word by word with its marks, is a question of its own."""
    words = [fold(text).strip(_AROUND) for text in texts]
    count = len(words)
    for place in range(count - 1, max(-1, count - 1 - OPENED_WORDS), -1):
        opens = _opens(texts, words, place)
        if _is_question_word(words, place, opens=opens):
            short = LATER_WORDS[0] <= count - place <= LATER_WORDS[1]
            return opens or (short and not _is_told(words, place))
    return False


def may_ask(texts: Sequence[str]) -> bool:
    """Whether a long sentence has a word that asks and does not belong to a statement: alone too little to tell by.

    For sentences that the restorer closes with a question mark: it alone is wrong as often as right.
    """
    words = [fold(text).strip(_AROUND) for text in texts]
    return any(
        _is_question_word(words, place, opens=True)
        and (not place or texts[place - 1].endswith(("،", ":")) or not _is_told(words, place))
        for place in range(max(0, len(words) - _ASKED_WORDS), len(words))
    )


def _opens(texts: Sequence[str], words: Sequence[str], place: int) -> bool:
    """Whether a clause begins: the sentence, but for what leads to a question, or after a colon.

    What leads to it are words such as `well, then`, an address, and a preposition (`from where`).
    """
    if place and texts[place - 1].endswith(":"):
        return True
    first = 0
    while first < place and words[first] in QUESTION_LEADS:
        first += 1
    if words[first] == "يا":
        return place - first in {2, 3}
    return first == place or (first + 1 == place and is_one_of(PREPOSITIONS, words[first]))


def _is_question_word(words: Sequence[str], place: int, *, opens: bool) -> bool:
    """Whether a word asks, alone or with the next one; `how many` and most pairs do so only where a clause opens."""
    after = words[place + 1] if place + 1 < len(words) else ""
    forms = [words[place], *([words[place][1:]] if words[place].startswith(CONJUNCTIONS) else [])]
    if any(form in ASKING or form in QUESTION_OPENERS or (form, after) == ("ما", "الذي") for form in forms):
        return True
    return opens and any(form in COUNT_QUESTIONS or (form, after) in QUESTION_PAIRS for form in forms)


def _is_told(words: Sequence[str], place: int) -> bool:
    """Whether a question word inside a sentence belongs to a statement: `he knows how`, `… and where`."""
    before = words[max(0, place - _REACH) : place]
    if words[place].startswith("و") or any(map(_TOLD.search, before)) or before[-1] in PREPOSITIONS:
        return True
    return any(_is_question_word(words, earlier, opens=False) for earlier in range(place))
