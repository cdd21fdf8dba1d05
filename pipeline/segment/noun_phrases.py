"""Runs of neighbouring words that can be read as an Arabic noun phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import JOINED_BEGINNINGS, POSSESSIVES
from pipeline.arabic.normalize import fold
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.stem import is_content_word, stem
from pipeline.arabic.stopwords import EMPTY, HONORIFICS, NAMELESS, REVERED, VERB_LEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_MOST: Final = 5
"""Longest heading, in words."""
SHORTEST: Final = 3
"""Fewest letters of a noun in a heading."""
INDEFINITE: Final = 0.8
"""Factor for a phrase that no article or name closes."""
LINKED: Final = 0.4
"""Factor for each preposition inside a phrase."""
ALONE: Final = 0.7
"""Factor for a word alone: a phrase says more than its noun."""
JOINED: Final = 0.8
"""Factor for each "and" inside a phrase."""
PLURAL: Final = 6
"""Fewest letters of a sound plural: shorter words with its ending are mostly singular."""
LINKS: Final = frozenset({"في", "من", "علي", "الي", "عن", "مع", "ضد"})
"""Folded prepositions that may stand inside a heading."""
HEADS: Final = frozenset({"noun", "name", "proper", "the noun"})
"""Kinds of words that can begin a heading."""
OPEN: Final = frozenset({"link"})
"""Kinds of words that cannot end one."""
FOLLOW: Final = {
    "noun": {"noun", "name", "proper", "adjective", "the noun", "link", "and"},
    "name": {"name", "proper", "the noun", "the adjective", "link", "and"},
    "proper": {"name", "proper", "the adjective", "link", "and"},
    "adjective": {"adjective", "link"},
    "the noun": {"the adjective", "link", "and the"},
    "the adjective": {"the adjective", "link", "and the"},
    "link": {"noun", "name", "proper", "the noun"},
    "and": {"noun", "adjective", "the noun"},
    "and the": {"the adjective"},
}
"""Kinds of words that can follow each kind inside a heading."""
CLOSED: Final = NAMELESS | REVERED
"""Words at which no heading begins."""
_MARKS = re.compile(r"[^\w\s\u0610-\u061a\u064b-\u065f\u0670]+")
_VERBAL = re.compile(r"(?:س?[يتن]|است|بي|بت|بن|هي|هت|هن|حي|حت|حن)\w{2,}|\w{2,}(?:وا|تش|وش|هاش|وني|ناه)")
_HONORIFICS: Final = phrase_index(HONORIFICS)


@dataclass(frozen=True, slots=True)
class WordUsage:
    """The use of words in one talk, which tells nouns and names that no table has."""

    nouns: frozenset[str]
    """Folded words that stand with an article somewhere, without it."""
    names: frozenset[str]
    """Folded words that stand after a preposition and never with an article."""
    spelled: bool
    """Whether its letters tell taa marbuta from haa."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """One to five neighbouring words; alone only a noun with its article."""

    text: str
    words: tuple[str, ...]
    """Folded."""
    stems: tuple[str, ...]
    """Of the words that can name a topic."""
    form: float
    """From 0 to 1: how much it looks like a heading."""


def word_usage(texts: Sequence[str]) -> WordUsage:
    """The use of words in all the sentences of a talk."""
    said = [fold(text).split() for text in texts]
    nouns = frozenset(word[2:] for own in said for word in map(_without_marks, own) if word.startswith("ال"))
    led = frozenset(_without_marks(word) for own in said for before, word in pairwise(own) if before in LINKS)
    return WordUsage(nouns, led - nouns, spelled=any("ة" in text for text in texts))


def noun_phrases(text: str, used: WordUsage) -> Iterator[NounPhrase]:
    """Every run of words of a sentence that can be read as a noun phrase; none runs across a mark."""
    for clause in _MARKS.split(text):
        written = clause.split()
        folded = [fold(word) for word in written]
        kinds = [_kind(word, used) for word in folded]
        for place in (*phrase_positions(folded, _HONORIFICS), *_false_nouns(written, folded, spelled=used.spelled)):
            kinds[place] = ""
        for begin, end in _runs(folded, kinds):
            own = tuple(folded[begin:end])
            stems = tuple(stem(word) for word in own if is_content_word(word))
            repeated = len(set(stems)) < len(stems)
            if stems and not repeated and own[0] not in CLOSED and own[-1] not in NAMELESS:
                yield NounPhrase(" ".join(written[begin:end]), own, stems, _form(kinds[begin:end]))


def _without_marks(word: str) -> str:
    return word.strip('،؛:.؟!"«»()')


def _false_nouns(written: Sequence[str], folded: Sequence[str], *, spelled: bool) -> Iterator[int]:
    """Positions of words that only look like nouns: who is spoken to, verbs after a particle, "his" work."""
    for place, (before, word) in enumerate(pairwise(("", *folded))):
        led = before == "يا" or (before in VERB_LEADERS and not word.startswith("ال"))
        if led or (spelled and written[place].endswith("ه") and word[:-1] in NOUNS):
            yield place


def _runs(folded: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Begin and end of every run of words that can be read as a noun phrase; alone only a known noun with article.

    None begins or ends in the middle of a genitive, where a noun without article stands before what owns it.
    """
    for begin, kind in enumerate(kinds):
        if kind not in HEADS or (begin and kinds[begin - 1] == "noun"):
            continue
        if kind == "the noun" and _stands_alone(folded[begin][2:]):
            yield begin, begin + 1
        for end in range(begin + 1, min(begin + WORDS_MOST, len(kinds))):
            if kinds[end] not in FOLLOW[kinds[end - 1]]:
                break
            owned = kinds[end] == "noun" and kinds[end + 1 : end + 2] in (["the noun"], ["name"], ["proper"])
            if kinds[end] not in OPEN and not owned:
                yield begin, end + 1


def _stands_alone(bare: str) -> bool:
    """Whether a noun, without its article, can be a heading: no dual, which waits for the two that are meant."""
    dual = bare.endswith("تين") or (bare.endswith(("ين", "ان")) and bare[:-2] in NOUNS)
    return bare in NOUNS and not dual


def _kind(word: str, used: WordUsage) -> str:
    """The kind of a folded word in a noun phrase, as `FOLLOW` names it; empty when it can be in none."""
    if word in LINKS:
        return "link"
    if len(word) < SHORTEST or word in EMPTY or not word.isalpha():
        return ""
    if word.startswith("ال"):
        bare = word[2:]
        adjective = bare in ADJECTIVES or (bare not in NOUNS and bare.endswith(("ي", "يه", "يين", "يون")))
        return "the adjective" if adjective else "the noun"
    if word.startswith("وال"):
        return "and the"
    # A heading names things for readers who do not know the owner, so no word says whose it is.
    if any(word.endswith(ending) and word[: -len(ending)] + bare in NOUNS for ending, bare in POSSESSIVES):
        return ""
    return _bare_kind(word, used)


def _bare_kind(word: str, used: WordUsage) -> str:
    """The kind of a word without an article or an owner."""
    if len(word) >= PLURAL and word.endswith(("ين", "ون")):
        # A sound plural loses its ending before what belongs to it, so it is no noun of a phrase.
        known = word[:-2] in NOUNS or word[:-2] in ADJECTIVES
        if known or (word not in NOUNS and word not in NAMES):
            return "adjective" if word in used.nouns else ""
    for kind, table in (("noun", NOUNS), ("name", NAMES), ("adjective", ADJECTIVES)):
        if word in table:
            return kind
    return _unlisted_kind(word, used)


def _unlisted_kind(word: str, used: WordUsage) -> str:
    """The kind of a word that no table has: only how the talk itself uses it can tell."""
    if word[0] == "و":
        return "and" if word[1:] in NOUNS or word[1:] in used.nouns else ""
    if _VERBAL.fullmatch(word) or word.startswith(JOINED_BEGINNINGS):
        return ""
    if word in used.nouns:
        return "adjective" if word.endswith(("يه", "ي")) else "noun"
    return "proper" if word in used.names else ""


def _form(kinds: Sequence[str]) -> float:
    if len(kinds) == 1:
        return ALONE
    closed = 1.0 if kinds[-1].startswith(("the", "and the", "name", "proper")) else INDEFINITE
    return closed * LINKED ** sum(kind == "link" for kind in kinds) * JOINED ** sum("and" in kind for kind in kinds)
