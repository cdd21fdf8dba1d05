"""How likely the speaker ended a sentence where one of the script ends: its odds, and the words on both sides.

Of recognised speech the odds alone say little: of the ends that they call sure in real captions a quarter is none. What
the next sentence begins with says more.
"""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING, Final

from models.writers import edge_words
from pipeline.arabic.affixes import PRESENT_BEGINNINGS
from pipeline.arabic.names import is_known_name
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from pipeline.types.article import Sentence

DECIDED: Final = 50.0
"""Odds above which a mark, a change of speaker or a long silence decided an end."""
SURE: Final = 0.97
"""Chance of a decided end."""
STEPS: Final = {
    "any": 0.25,
    "odds": 0.75,
    "typed": 0.5,
    "long": -0.25,
    "short last clause": -0.25,
    "relative": -0.5,
    "unanswered": -1.25,
    "only when": -1.0,
    "before a date": 0.75,
    "before an opening": 1.5,
    "before a verb": -0.5,
    "before a joined word": -0.75,
    "before and": 0.5,
    "before and the": 0.75,
}
"""What each feature of `end_evidence` adds to the log odds that a thought is closed, in quarters.

Chosen on development talks, whose ends were read. The corpus cannot choose them: on it the odds say as much alone.
"""
_LEAST, _MOST = -4.0, 2.0
"""Log odds beyond which more or less of them say nothing."""
_FEW, _MANY = 2, 25
"""Words of a short clause and of a long sentence."""
_TOPIC: Final = 10
"""Most words of a sentence that only says when: `in 2011 the Chinese company.`"""

_JOINED: Final = ("ب", "ل")
_PREPOSITIONS: Final = frozenset(("من", "الي", "عن", "مع"))
"""Prepositions as words of their own, folded, that seldom begin a sentence."""
_NAMING: Final = NOUNS | NAMES
_CLAUSES: Final = re.compile("[،:]")


def end_chance(sentence: Sentence | None, after: Sentence | None) -> float:
    """Chance (0 to 1) that a thought of the speaker is closed with a sentence, given the one `after` it, if any.

    1 before the first sentence, and where nobody judged.
    """
    if sentence is None or sentence.end_odds is None:
        return 1.0
    if sentence.end_odds >= DECIDED:
        return SURE
    found = end_evidence(sentence, after)
    return 1 / (1 + exp(-sum(STEPS.get(name, 0.0) * value for name, value in found.items())))


def end_evidence(sentence: Sentence, after: Sentence | None) -> dict[str, float]:
    """The features of a sentence's end: its odds, what it ends with, and what the next sentence begins with."""
    said, odds = words(sentence.text), max(_LEAST, min(_MOST, sentence.end_odds or 0.0))
    known = {"any": 1.0, "odds": odds, "typed": float(sentence.known is None)}
    following = words(without_opening(after.text)) if after else ()
    if not said or not after or not following:
        return known
    first = following[0]
    start = " ".join(following[:6]) + " "
    dated = bool(edge_words.DATE.match(start))
    anew = first in edge_words.OPENINGS or start.startswith(edge_words.OPENING_PAIRS) or words(after.text)[0] != first
    named = first in _NAMING or is_known_name(first)
    plain = not anew and not dated and not named
    last_clause = words(_CLAUSES.split(sentence.text)[-1])
    return known | {
        "long": float(len(said) >= _MANY),
        "short last clause": float(len(last_clause) <= _FEW < len(said)),
        "relative": float(not edge_words.RELATIVES.isdisjoint(said[-3:])),
        "unanswered": float(not edge_words.AWAITING.isdisjoint(last_clause) and not first.startswith(("و", "ف"))),
        "only when": float(said[0] in edge_words.WHEN and len(said) <= _TOPIC),
        "before a date": float(dated),
        "before an opening": float(anew and not dated),
        "before a verb": float(not anew and is_verb(first)),
        "before a joined word": float(plain and (first.startswith(_JOINED) or first in _PREPOSITIONS)),
        "before and": float(plain and first.startswith("و") and not first.startswith("وال")),
        "before and the": float(not anew and first.startswith("وال")),
    }


def without_opening(text: str) -> str:
    """A text without the fillers, or the words that only join it to what was told before, that it begins with."""
    said = text.split()
    plain = [fold(word).strip("،.؟!") for word in said]
    begin = 0
    while begin < len(said) - 1:
        rest = f" {' '.join(plain[begin : begin + 4])} "
        connector = next((phrase for phrase in edge_words.CONNECTORS if rest.startswith(phrase)), "")
        step = len(connector.split()) or int(plain[begin] in edge_words.FILLING)
        if not step or begin + step >= len(said):
            break
        begin += step
    return " ".join(said[begin:])


def is_verb(word: str) -> bool:
    """Whether a word looks like a verb of the present, or of the past with an ending that hardly a noun has."""
    if word in _NAMING or word in FUNCTION or word in ADJECTIVES or word.startswith("ال") or is_known_name(word):
        return False
    present = len(word) > len("يجد") and word.startswith(PRESENT_BEGINNINGS)
    return present or (len(word) > len("كانت") and word.endswith(("ت", "وا")) and not word.endswith("ات"))
