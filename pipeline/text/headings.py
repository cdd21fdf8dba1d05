"""Headings: a short noun phrase from a passage's own words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from pipeline.text.fold import fold
from pipeline.text.lexicon import EMPTY, HONORIFICS, REVERED, VAGUE, VERB_LEADERS
from pipeline.text.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.text.setphrases import covered, index
from pipeline.text.stem import content, stem, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.types import Sentence

WORDS_MOST: Final = 5
"""Longest heading, in words."""
SHORTEST: Final = 3
"""Fewest letters of a noun in a heading."""
INDEFINITE: Final = 0.8
"""What a phrase keeps of its score when no article or name closes it."""
LINKED: Final = 0.6
"""What a phrase keeps of its score for a preposition inside."""
JOINED: Final = 0.8
"""What it keeps for an "and" inside."""
ONCE: Final = 0.1
"""What a word keeps of its weight when it is said only once in the passage."""
PLURAL: Final = 6
"""Fewest letters of a sound plural: shorter words with its ending are mostly singular."""
PARTS: Final = 5
"""A word weighs more the more of so many equal parts of the passage have it."""
EARLY: Final = 1.5
"""How much more a phrase counts that is said in the first sentence: what opens a topic tends to name it."""
REVERENCE: Final = 0.3
"""What the name of God keeps of its weight."""
LINKS: Final = frozenset({"في", "من", "علي", "الي", "بين", "عن", "مع", "ضد"})
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
"""Which kind of word can follow which inside a heading."""
_MARKS = re.compile(r"[^\w\s\u0610-\u061a\u064b-\u065f\u0670]+")
_VERBAL = re.compile(r"(?:س?[يتن]|است|بي|بت|بن|هي|هت|هن|حي|حت|حن)\w{2,}|\w{2,}(?:وا|تش|وش|هاش|وني|ناه)")
_HONORIFICS: Final = index(HONORIFICS)
_REVERED: Final = frozenset(map(stem, REVERED))
_POSSESSIVES: Final = (
    ("ها", ""),
    ("هم", ""),
    ("نا", ""),
    ("كم", ""),
    ("ك", ""),
    ("ته", "ه"),
    ("تها", "ه"),
    ("تهم", "ه"),
)
"""Endings that say whose, and what stands in their place without an owner."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What headings need to know of a whole talk."""

    stems: Mapping[str, int]
    """How often each stem is said."""
    nouns: frozenset[str]
    """Folded words that stand with an article somewhere, without it."""
    names: frozenset[str]
    """Folded words that stand after a preposition and never with an article."""
    spelled: bool
    """Whether its letters tell taa marbuta from haa."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A run of neighbouring words that can be read as a noun phrase."""

    text: str
    stems: tuple[str, ...]
    form: float
    """From 0 to 1: how much it looks like a heading."""


def talk(sentences: Sequence[Sentence]) -> Talk:
    """What headings need to know of all sentences of a talk; one for all its passages."""
    stems = Counter(stem for sentence in sentences for stem in content(sentence.text))
    said = [fold(sentence.text).split() for sentence in sentences]
    nouns = frozenset(word[2:] for own in said for word in map(_bared, own) if word.startswith("ال"))
    led = frozenset(_bared(word) for own in said for before, word in pairwise(own) if before in LINKS)
    return Talk(stems, nouns, led - nouns, spelled=any("ة" in sentence.text for sentence in sentences))


def phrase(passage: Sequence[Sentence], whole: Talk, taken: Iterable[str] = ()) -> str:
    """Two to five neighbouring words of the passage that name what it is about; empty when none is good.

    A phrase weighs what its words weigh: often in this passage, seldom in the rest of the talk. It shares at most half
    of its words with any heading already taken.
    """
    weights = _weights(passage, whole)
    used = [frozenset(content(heading)) for heading in taken]
    places: dict[_Candidate, list[int]] = {}
    for place, sentence in enumerate(passage):
        for candidate in _candidates(sentence.text, whole):
            places.setdefault(candidate, []).append(place)
    scored = (
        (_score(candidate, weights) * _standing(found, len(passage)), candidate.text)
        for candidate, found in places.items()
        if _distinct(candidate, used)
    )
    score, text = max(scored, default=(0.0, ""))
    return text if score > 0 else ""


def _weights(passage: Sequence[Sentence], whole: Talk) -> dict[str, float]:
    """For each stem how much it stands for this passage: often in it, in many parts of it, seldom elsewhere."""
    stems = [content(sentence.text) for sentence in passage]
    here = Counter(stem for own in stems for stem in own)
    spread = Counter(
        stem for stem, _ in {(stem, n * PARTS // len(stems)) for n, own in enumerate(stems) for stem in own}
    )
    share = here.total() / max(1, sum(whole.stems.values()))
    return {
        stem: count
        * log(1 + count / (whole.stems.get(stem, count) * share + 1))
        * sqrt(spread[stem] / PARTS)
        * (1.0 if count > 1 else ONCE)
        * (REVERENCE if stem in _REVERED else 1.0)
        for stem, count in here.items()
    }


def _bared(word: str) -> str:
    """The word without the marks around it."""
    return word.strip('،؛:.؟!"«»()')


def _candidates(text: str, whole: Talk) -> Iterator[_Candidate]:
    for clause in _MARKS.split(text):
        written = clause.split()
        folded = [fold(word) for word in written]
        kinds = [_kind(word, whole) for word in folded]
        for place in (*covered(folded, _HONORIFICS), *_no_nouns(written, folded, spelled=whole.spelled)):
            kinds[place] = ""
        for begin, end in _noun_phrases(kinds):
            if (stems := _own_stems(folded[begin:end])) and folded[begin] not in VAGUE and folded[end - 1] not in VAGUE:
                yield _Candidate(" ".join(written[begin:end]), stems, _form(kinds[begin:end]))


def _no_nouns(written: Sequence[str], folded: Sequence[str], *, spelled: bool) -> Iterator[int]:
    """Places of words that only look like nouns: who is spoken to, verbs after a particle, "his" work."""
    for place, (before, word) in enumerate(pairwise(("", *folded))):
        led = before == "يا" or (before in VERB_LEADERS and not word.startswith("ال"))
        if led or (spelled and written[place].endswith("ه") and word[:-1] in NOUNS):
            yield place


def _own_stems(folded: Sequence[str]) -> tuple[str, ...]:
    """The stems of the words of a phrase; empty when one comes twice."""
    stems = tuple(stem(word) for word in folded if telling(word))
    return stems if len(set(stems)) == len(stems) else ()


def _noun_phrases(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Begin and end of every run of two to five words that can be read as a noun phrase."""
    for begin, kind in enumerate(kinds):
        if kind not in HEADS:
            continue
        for end in range(begin + 1, min(begin + WORDS_MOST, len(kinds))):
            if kinds[end] not in FOLLOW[kinds[end - 1]]:
                break
            if kinds[end] not in OPEN:
                yield begin, end + 1


def _kind(word: str, whole: Talk) -> str:
    """What a folded word can be in a noun phrase; empty when nothing."""
    if word in LINKS:
        return "link"
    if len(word) < SHORTEST or word in EMPTY or not word.isalpha():
        return ""
    if word.startswith("ال"):
        return "the adjective" if _qualifies(word[2:]) else "the noun"
    if word.startswith("وال"):
        return "and the"
    return _bare_kind(word, whole)


def _bare_kind(word: str, whole: Talk) -> str:
    """The same for a word without an article."""
    if _owned(word):
        return ""
    if _plural(word):
        return "adjective" if word in whole.nouns else ""
    for kind, known in (("noun", NOUNS), ("name", NAMES), ("adjective", ADJECTIVES)):
        if word in known:
            return kind
    return _unlisted_kind(word, whole)


def _unlisted_kind(word: str, whole: Talk) -> str:
    """The same for a word that no table has: only how the talk itself uses it can tell."""
    if word[0] == "و":
        return "and" if word[1:] in NOUNS or word[1:] in whole.nouns else ""
    if _VERBAL.fullmatch(word) or word.startswith(("ف", "لل", "بال", "كال")):
        return ""
    if word in whole.nouns:
        return "adjective" if word.endswith(("يه", "ي")) else "noun"
    return "proper" if word in whole.names else ""


def _plural(word: str) -> bool:
    """Whether it is a sound plural, which loses its ending before what it belongs to."""
    known = word[:-2] in NOUNS or word[:-2] in ADJECTIVES
    return len(word) >= PLURAL and word.endswith(("ين", "ون")) and (known or (word not in NOUNS and word not in NAMES))


def _owned(word: str) -> bool:
    """Whether a word says whose it is: a heading names things for readers who do not know the owner."""
    return any(word.endswith(end) and word[: -len(end)] + bare in NOUNS for end, bare in _POSSESSIVES)


def _qualifies(bare: str) -> bool:
    """Whether a word after its article can be an adjective."""
    return bare in ADJECTIVES or (bare not in NOUNS and bare.endswith(("ي", "يه", "يين", "يون")))


def _form(kinds: Sequence[str]) -> float:
    closed = 1.0 if kinds[-1].startswith(("the", "and the", "name", "proper")) else INDEFINITE
    return closed * LINKED ** sum(kind == "link" for kind in kinds) * JOINED ** sum("and" in kind for kind in kinds)


def _score(candidate: _Candidate, weights: Mapping[str, float]) -> float:
    """What the words of a phrase weigh, and how much it looks like a heading."""
    return candidate.form * sum(weights.get(stem, 0.0) for stem in candidate.stems) / sqrt(len(candidate.stems))


def _standing(places: Sequence[int], sentences: int) -> float:
    """How much a phrase stands out by being said often and early."""
    return (1 + log(len(places))) * (1 + EARLY * (1 - places[0] / sentences))


def _distinct(candidate: _Candidate, used: Iterable[frozenset[str]]) -> bool:
    own = frozenset(candidate.stems)
    return all(2 * len(own & other) <= max(1, min(len(own), len(other))) for other in used)
