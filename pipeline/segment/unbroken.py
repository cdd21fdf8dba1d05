"""Places where no sentence ends: inside of what belongs together, and inside the clauses of typed captions."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS, PRESENT_BEGINNINGS
from pipeline.arabic.function_words import (
    ALL_SAYING,
    ANNOUNCING,
    BINDERS,
    CLAUSE_OPENERS,
    CONTINUING_PAIRS,
    FORMULAS,
    NAMING,
    NEVER_LAST,
    NUMERALS,
    QUOTED_SPEAKERS,
    STRONG_OPENERS,
    TOLD_BY,
    UNITS,
)
from pipeline.arabic.normalize import fold
from pipeline.arabic.nouns import NOUNS
from pipeline.arabic.stopwords import FUNCTION
from pipeline.types.article import Border

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pipeline.types.article import SpokenWord

CLAUSE_WORDS: Final = 18
"""A longer line is no clause, whoever typed it: a sentence may end inside of it."""

BINDERS_SHARE: Final = 0.45
"""Where lines are clauses, binding words end so many of them at most, as a share of what they would by chance.

Of 15 tracks that people typed and of the typed captions of the corpus none has more than .38; of 24 automatic tracks
none has less than .50, and of the corpus' text wrapped at 40 letters or after seven words none has less than .67.
"""

FEW_LINES: Final = 10
"""Fewer line ends tell nothing."""

FEW_BREAKS: Final = 0.3
"""A smaller share of the line ends is no habit of breaking lines off."""

CLOSING: Final = "\"'”’»)]}*﴾"
"""What may stand after the mark that ends a sentence."""
_AROUND = "،؛؟!?.,:;…(«“‘[{-﴿" + CLOSING
NUMBER: Final = re.compile(r"[+\-±$€£]?\d[\d.,:/٫٬]*[%٪]?")
_HUNDRED = frozenset(fold(word) for word in ("المئة", "المائة", "المية"))
_EXCEPT_AS = frozenset(fold(word) for word in ("ما", "كما"))
"""`as he said` may end a sentence."""
_KNOWN = "عرف"
"""In a verb of which a name is the object: `we do not know her name`."""
_REVERENCE_ENDS = frozenset(fold(word) for word in ("وسلم", "عنه", "عنها", "عنهما", "السلام"))
_HONOURED = frozenset(
    fold(joined + word).replace("لال", "لل")
    for joined in ("", "و", "ب", "ل")
    for word in ("محمد", "محمداً", "النبي", "نبيه", "نبينا", "نبيكم", "الرسول", "رسوله", "المصطفى")
)
_HONOURS = tuple(tuple(map(fold, text.split())) for text in ("صلى الله عليه وسلم", "عليه الصلاة والسلام"))
"""What clings to the Prophet's name; behind other words it is a prayer of its own."""
_MESSENGER = "رسول"
_REVERENCE = 8
"""Words from `عن` to the end of `صلى الله عليه وسلم`, a name of two words between them."""
_FORMULAS_BY_OPENING = {
    opening: tuple(formula for formula in FORMULAS if formula[0] == opening) for opening in {f[0] for f in FORMULAS}
}


def folded_words(words: Sequence[SpokenWord]) -> list[str]:
    """The words as they are compared, without the marks around them."""
    return [fold(word.text).strip(_AROUND) for word in words]


def is_one_of(group: Collection[str], word: str) -> bool:
    """Whether a word is one of a group, with or without a joined و or ف."""
    return word in group or (word[:1] in CONJUNCTIONS and word[1:] in group)


def bound_places(words: Sequence[SpokenWord]) -> set[int]:
    """Places inside fixed phrases, figures and names, and after words that bind, name or announce what follows."""
    folded = folded_words(words)
    bound: set[int] = set()
    pairs = Counter(pairwise(folded))
    for place, word in enumerate(folded):
        for formula in _FORMULAS_BY_OPENING.get(word, ()):
            if tuple(folded[place : place + len(formula)]) == formula:
                bound.update(range(place, place + len(formula) - 1))
        if is_one_of(ALL_SAYING, word) or word in ANNOUNCING:
            bound.update(_announcement(folded, place))
        if place + 1 < len(folded) and (
            _leads_on(words, folded, place)
            or _is_figure(folded, place)
            or _is_name(pairs, word, folded[place + 1])
            or tuple(folded[place + 1 : place + 3]) in CONTINUING_PAIRS
            or _is_handed_down(folded, place)
            or _is_honoured(folded, place)
        ):
            bound.add(place)
    return bound


def figure_places(words: Sequence[SpokenWord]) -> set[int]:
    """Places between a number and what it counts."""
    folded = folded_words(words)
    return {place for place in range(len(folded) - 1) if _is_figure(folded, place)}


def _announcement(folded: Sequence[str], place: int) -> range:
    """Places from `said` to the end of whom it names with reverence: `قال تعالى في كتابه الكريم`."""
    if place and folded[place - 1] in _EXCEPT_AS:
        return range(0)
    last = place
    while last + 1 < len(folded) and folded[last + 1] in QUOTED_SPEAKERS:
        last += 1
    return range(place, last + 1)


def _leads_on(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> bool:
    """Whether no sentence ends with a word; `علي` is a name, and `على` a preposition."""
    word = folded[place]
    if is_one_of(NAMING, word):
        return not (place and _KNOWN in folded[place - 1])
    letters = words[place].text.strip(_AROUND)
    return is_one_of(NEVER_LAST, word) and not letters.endswith(("علي", "إلي"))


def _is_figure(folded: Sequence[str], place: int) -> bool:
    """Whether a number and what it counts stand here."""
    word, after = folded[place], folded[place + 1]
    if not (NUMBER.fullmatch(word) or is_one_of(NUMERALS, word)):
        return False
    return after in UNITS or (after == "في" and _HUNDRED.issuperset(folded[place + 2 : place + 3]))


def _is_honoured(folded: Sequence[str], place: int) -> bool:
    """Whether the Prophet is named here, and blessed in the words that follow."""
    named = folded[place] in _HONOURED or (place > 0 and folded[place - 1].endswith(_MESSENGER))
    return named and any(tuple(folded[place + 1 : place + 1 + len(each)]) == each for each in _HONOURS)


def _is_handed_down(folded: Sequence[str], place: int) -> bool:
    """Whether one of whom a saying is handed down, named with reverence, goes on to say it."""
    if folded[place] not in _REVERENCE_ENDS or folded[place + 1] not in ALL_SAYING:
        return False
    told = not TOLD_BY.isdisjoint(folded[max(0, place - _REVERENCE) : place])
    return told and QUOTED_SPEAKERS.isdisjoint(folded[place + 2 : place + 3])


def _is_name(pairs: Mapping[tuple[str, str], int], word: str, after: str) -> bool:
    """Whether two words with a meaning of their own are said together elsewhere in the talk too, as a name is."""
    if pairs[word, after] < 2 or not FUNCTION.isdisjoint((word, after)):  # noqa: PLR2004 - here and elsewhere
        return False
    opens = after in CLAUSE_OPENERS or after in STRONG_OPENERS or after.startswith(CONJUNCTIONS)
    return not opens and (after in NOUNS or not after.startswith(PRESENT_BEGINNINGS))


def places_inside_clauses(words: Sequence[SpokenWord]) -> set[int]:
    """The places inside lines that are clauses, where the lines of the track are.

    They are where they seldom end with a binding word: all of them, or, where each clause is wrapped to more than one
    line, those that break off.
    """
    binding = [is_one_of(BINDERS, word) for word in folded_words(words)]
    most = BINDERS_SHARE * sum(binding) / len(binding)
    ends = [place for place, word in enumerate(words) if word.border]
    for chosen in (ends, [place for place in ends if words[place].border is Border.BREAK]):
        usual = len(chosen) > max(FEW_LINES, FEW_BREAKS * len(ends))
        if usual and sum(binding[place] for place in chosen) <= most * len(chosen):
            lines = pairwise([-1, *chosen])
            return {place for last, end in lines if end - last <= CLAUSE_WORDS for place in range(last + 1, end)}
    return set()
