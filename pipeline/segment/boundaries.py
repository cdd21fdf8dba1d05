"""What speaks for the end of a sentence after each word, and where none may stand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import CONJUNCTIONS, DEFINITE_BEGINNINGS, NOMINAL_BEGINNINGS, PRESENT_BEGINNINGS
from pipeline.arabic.function_words import (
    BINDERS,
    CLAUSE_OPENERS,
    CLINGING,
    LEADERS,
    NUMERALS,
    OPENING_PAIRS,
    PREPOSITIONS,
    SAYING,
    STRONG_OPENERS,
    TIMES,
)
from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import fold
from pipeline.arabic.nouns import ADJECTIVES, NOUNS
from pipeline.arabic.stopwords import FUNCTION
from pipeline.segment.boundary_weights import SPOKEN, TYPED
from pipeline.segment.captions import WIDTH_RANK
from pipeline.segment.unbroken import CLOSING, NUMBER, bound_places, folded_words, is_one_of, places_inside_clauses
from pipeline.types.article import Border

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.types.article import SpokenWord

CLOSED: Final = 100.0
"""Score of a decided sentence end: by a mark, a change of speaker or a long silence."""

LEANS: Final = {"SPOKEN": 0.1, "TYPED": 0.6}
"""What the learned weights add to the log odds, since F1 counts more ends than the likeliest division has.

Chosen on the development talks and the choosing seven of `speech_gold`.
"""

NEVER: Final = -50.0
"""Added to the score of a place inside of what belongs together: divided only where the greatest length leaves no
other."""

WHOLE: Final = -1e6
"""Score of a place inside a verse, or between it and what announces it: never divided, however long it is."""

LONG_SILENCE: Final = 10.5
"""Seconds of silence over which only a verse goes on; speakers search for a word for some seconds, not for ten."""

HEARD_SHARE: Final = 0.01
"""Share of the places inside lines at which a track that times each word has a silence."""

RULES: Final = {
    "unjudged": -2.0,
    "silence": 2.0,
    "pause": 2.0,
    "no silence": -3.0,
    "full line, chosen": 0.8,
    "broken line": 2.5,
    "broken line, chosen": -1.5,
    "own comma": 1.0,
    "own semicolon": 2.0,
    "own colon": -1.0,
    "trailing off": 2.0,
    "after a binder": -4.0,
    "after who says": -2.5,
    "after a leader": -1.5,
    "after a numeral": -3.0,
    "after a number": -3.0,
    "before an opening pair": 1.8,
    "before a strong opener": 2.0,
    "before an opener": 1.2,
    "before a clinging word": -2.5,
    "before a time": 0.8,
    "before a preposition": -0.7,
    "before a nominal": -0.8,
    "before a present": -0.5,
    "before and": 0.2,
}
"""Weights by hand, for a track that no model judged: most words do not end a sentence. Scores are log odds, roughly."""

_ENDING = (".", "!", "?", "؟")
_MARKS = {"،": "own comma", ",": "own comma", "؛": "own semicolon", ";": "own semicolon", ":": "own colon"}
_ABBREVIATIONS = frozenset(("dr", "mr", "mrs", "ms", "prof", "vs", "etc", "st", "no", "inc", "ltd", "co", "e.g", "i.e"))
_YEAR = frozenset(fold(word) for word in ("سنة", "عام", "في", "من", "حتى", "منذ"))
_ODDS = (-5.0, 4.0)
_PEAK = 2.0
_ROOM = (-1.0, 2.5)
_LETTERS = 10.0
_ADJECTIVAL = ("ي", "يه")


def boundary_scores(
    words: Sequence[SpokenWord],
    pause_seconds: float,
    *,
    typed: bool = False,
    weights: Mapping[str, float] | None = None,
) -> list[float]:
    """For each word the score of ending a sentence after it: above zero where an end is likelier than not.

    `CLOSED` stands for a decided end; the last word always ends one. `typed` says that people typed the captions: where
    their lines are clauses, a sentence ends only at a line's end or at a mark of theirs. `weights` replace those that
    ship, for making them.
    """
    if not words:
        return []
    folded = folded_words(words)
    bound = bound_places(words) | (places_inside_clauses(words) if typed else frozenset())
    silences = _silences(words, pause_seconds)
    scores: list[float] = []
    for place, evidence in enumerate(boundary_evidence(words, pause_seconds)):
        word = words[place]
        chosen = weights or (TYPED if typed else RULES if word.odds is None else SPOKEN)
        if word.recited:
            scores.append(WHOLE)
        elif _is_closed(words, folded, place) or silences[place] * pause_seconds >= LONG_SILENCE:
            scores.append(CLOSED)
        else:
            score = sum(chosen.get(name, 0.0) * value for name, value in evidence.items())
            scores.append(NEVER + score if place in bound else score)
    return [*scores, CLOSED]


def end_odds(word: SpokenWord, score: float, *, typed: bool = False) -> float | None:
    """The score of an end as log odds, without what it leans towards ends; `CLOSED` for a decided end.

    None where the weights are not learned but set by hand, and nothing decides.
    """
    if score >= CLOSED:
        return CLOSED
    if not typed and word.odds is None:
        return None
    return round(max(-CLOSED, score - LEANS["TYPED" if typed else "SPOKEN"]), 2)


def boundary_evidence(words: Sequence[SpokenWord], pause_seconds: float) -> Iterator[dict[str, float]]:
    """The features of each place but the last: odds, silence, lines, marks, and the words on both sides."""
    folded, lines = folded_words(words), _Lines(words)
    again = Counter(pairwise(folded))
    odds = [_ODDS[0] if word.odds is None else max(_ODDS[0], min(_ODDS[1], word.odds)) for word in words]
    for place, silence in enumerate(_silences(words, pause_seconds)):
        found = {"judged": 1.0, "odds": odds[place]} if words[place].odds is not None else {"unjudged": 1.0}
        if words[place].odds is not None:
            nearby = max(odds[max(0, place - 1) : place] + odds[place + 1 : place + 2])
            found["peak"] = max(-_PEAK, min(_PEAK, odds[place] - nearby))
        if silence:
            found |= {"silence": min(1.0, silence)} if silence > 0 else {"no silence": 1.0}
            found |= {"pause": 1.0} if silence >= 1 else {}
        found |= lines.evidence(place)
        found |= dict.fromkeys(_mark(words[place]), 1.0)
        found |= dict.fromkeys(_grammar(folded, place), 1.0)
        if said := again[folded[place], folded[place + 1]] - 1:
            found["said again"] = float(min(3, said))
        yield found


class _Lines:
    """The lines of captions: how wide they are, and whether somebody chose where they end."""

    def __init__(self, words: Sequence[SpokenWord]) -> None:
        self._words = words
        self._lengths: dict[int, int] = {}
        length = -1
        for place, word in enumerate(words):
            length += len(word.text) + 1
            if word.border:
                self._lengths[place], length = length, -1
        ends = [word.border for word in words if word.border]
        # Share of the line ends that the width did not force: where it is high, people set them at clause ends.
        self._chosen = sum(border is Border.BREAK for border in ends) / len(ends) if ends else 0.0
        lengths = sorted(self._lengths.values())
        self._width = lengths[int(WIDTH_RANK * (len(lengths) - 1))] if lengths else 0

    def evidence(self, place: int) -> dict[str, float]:
        """The features of a place; what `chosen` counts for is asked for in each of its three cases."""
        border = self._words[place].border
        if border is Border.NONE:
            return {"inside a line, chosen": self._chosen} if self._chosen else {}
        kind = "full line" if border is Border.LINE else "broken line"
        room = self._width - self._lengths[place] - len(self._words[place + 1].text)
        room_left = max(_ROOM[0], min(_ROOM[1], room / _LETTERS))
        return {kind: 1.0, f"{kind}, chosen": self._chosen, "room": room_left}


def _mark(word: SpokenWord) -> Iterator[str]:
    """What a mark inside a sentence counts as: people's own, or one that the model set."""
    text = word.text.rstrip(CLOSING)
    if word.odds is not None:
        if text.endswith(tuple(_MARKS)):
            yield _MARKS[text[-1]].replace("own", "likely")
    elif _trails_off(text):
        yield "trailing off"
    elif text.endswith(tuple(_MARKS)):
        yield _MARKS[text[-1]]


def _trails_off(text: str) -> bool:
    dots = text[len(text.rstrip(".…")) :]
    return "…" in dots or len(dots) > 1


def _is_closed(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> bool:
    """Whether a change of speaker or a mark of the captions ends the sentence."""
    if words[place].ends:
        return True
    text = words[place].text.rstrip(CLOSING)
    if words[place].odds is not None or _trails_off(text) or not text.endswith(_ENDING):
        return False
    return not (text.endswith(".") and _is_inner_dot(words, folded, place))


def _is_inner_dot(words: Sequence[SpokenWord], folded: Sequence[str], place: int) -> bool:
    """Whether a dot belongs to an abbreviation, a numbered point or a number that goes on in the next word."""
    word = folded[place]
    if (len(word) == 1 and word.isalpha()) or word in _ABBREVIATIONS:
        return True
    if not NUMBER.fullmatch(word):
        return False
    begins = place == 0 or bool(words[place - 1].border) or words[place - 1].text.endswith(_ENDING)
    return begins or folded[place + 1][:1].isdigit()


def _silences(words: Sequence[SpokenWord], pause_seconds: float) -> list[float]:
    """The silence after each word but the last, where 1.0 is a pause that ends a sentence.

    Where pauses are heard inside lines, the source times each word; a word without one, which speaks against an end,
    has -1 there.
    """
    lengths = [
        (after.start - word.end) / max(pause_seconds, 0.01) if word.end is not None and after.start is not None else 0.0
        for word, after in pairwise(words)
    ]
    inside = [length > 0 for length, word in zip(lengths, words, strict=False) if word.border is Border.NONE]
    timed = sum(inside) > HEARD_SHARE * len(inside)
    return [-1.0 if timed and length <= 0 else max(0.0, length) for length in lengths]


# --- grammar ---


def _grammar(folded: Sequence[str], place: int) -> Iterator[str]:
    """What the words on both sides are: what ends with them or begins with them, and whether they go together."""
    word, after = folded[place], folded[place + 1]
    before = folded[place - 1] if place else ""
    following = folded[place + 2] if place + 2 < len(folded) else ""
    yield from _closing(word, before, after)
    yield from _opening(after, following)
    if word.startswith(DEFINITE_BEGINNINGS) and after.startswith("ال"):
        yield "both definite"
    if _is_adjective(word, after):
        yield "before an adjective"
    if word in GIVEN and after not in FUNCTION and not after.startswith(CONJUNCTIONS):
        yield "after a given name"


def _closing(word: str, before: str, after: str) -> Iterator[str]:
    """What a word is as the last of a sentence."""
    if is_one_of(BINDERS, word):
        yield "after a binder"
    elif is_one_of(SAYING, before):
        yield "after who says"
    elif is_one_of(LEADERS, word):
        yield "after a leader"
    elif is_one_of(NUMERALS, word):
        yield "after a numeral"
    elif NUMBER.fullmatch(word) and before not in _YEAR and not after.startswith("و"):
        yield "after a number"


def _opening(word: str, after: str) -> Iterator[str]:
    """What a word is as the first of a sentence, given the one that follows it; an unlisted one by its letters."""
    if (word, after) in OPENING_PAIRS:
        yield "before an opening pair"
    elif word in STRONG_OPENERS:
        yield "before a strong opener"
    elif word in CLAUSE_OPENERS:
        yield "before an opener"
    elif word in CLINGING:
        yield "before a clinging word"
    elif word in PREPOSITIONS:
        yield "before a time" if after in TIMES or after[:1].isdigit() else "before a preposition"
    elif word.startswith(NOMINAL_BEGINNINGS) or word[:1].isdigit():
        yield "before a nominal"
    elif word.startswith("و"):
        if not word.startswith("وال"):
            yield "before and"
    elif len(word) > len("يجد") and word.startswith(PRESENT_BEGINNINGS):
        yield "before a present"


def _is_adjective(word: str, after: str) -> bool:
    """Whether a noun and its adjective stand here, both with the article or neither."""
    if word.startswith(DEFINITE_BEGINNINGS):
        return after.startswith("ال") and (after[2:] in ADJECTIVES or after.endswith(_ADJECTIVAL))
    return word in NOUNS and after in ADJECTIVES and word.endswith("ه") == after.endswith("ه")
