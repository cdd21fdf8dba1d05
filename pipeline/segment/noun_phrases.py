"""Runs of neighbouring words that can be read as an Arabic noun phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import JOINED_BEGINNINGS, POSSESSIVES
from pipeline.arabic.normalize import fold
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.numbers import is_number_word
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.stem import is_content_word, stem
from pipeline.arabic.stopwords import EMPTY, HONORIFICS, NAMELESS, REVERED, VERB_LEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_MOST: Final = 6
"""Longest heading, in words."""
SHORTEST: Final = 3
"""Fewest letters of a noun in a heading."""
INDEFINITE: Final = 0.8
"""Factor for a phrase that no article or name closes."""
LINKED: Final = 0.35
"""Factor for each preposition inside a phrase."""
ALONE: Final = 0.35
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
_ELATIVES: Final = frozenset(fold("أفضل أكبر أعظم أحسن أقوى أهم أخطر أول أقل أعلى أكثر أغلب معظم").split())
"""They wait for what is best or most of all."""
CLOSED: Final = NAMELESS | REVERED | _ELATIVES
"""Words at which no heading begins."""
_MARKS = re.compile(r"[^\w\s\u0610-\u061a\u064b-\u065f\u0670]+")
_VERBAL = re.compile(r"(?:س?[يتن]|است|بي|بت|بن|هي|هت|هن|حي|حت|حن)\w{2,}|\w{2,}(?:وا|تش|وش|هاش|وني|ناه)")
_HONORIFICS: Final = phrase_index(HONORIFICS)
_ADDRESSES: Final = phrase_index(
    tuple(
        tuple(fold(line).split())
        for line in (
            *("أمة الإسلام", "إخوة الإيمان", "إخوة الإسلام", "إخوة العقيدة", "أهل الإسلام", "أهل الإيمان"),
            *("معشر المسلمين", "معشر المؤمنين", "معاشر المؤمنين", "معاشر الإخوة", "حجاج بيت الله", "ضيوف الرحمن"),
            *("أيها الأحبة", "أيها الإخوة", "جماعة الخير", "أصحاب السعادة", "السادة المشاهدين", "السيدات والسادة"),
            *("مساء الخير", "صباح الخير"),
        )
    )
)
"""Who is spoken to."""
_BLESSED: Final = frozenset(fold("رضي رحمه رحمها رحمهم صلى عليه عليها حفظه").split())
"""Words after the name of somebody who is quoted."""
_COMPLEMENTS: Final = frozenset(
    fold(
        "عليه عليها عليهم به بها بهم فيه فيها فيهم منه منها منهم إليه إليها إليهم عنه عنها له لها لهم بيه ليه ليها"
    ).split()
)
"""Words that belong to the participle before them: `the agreed` is cut before `upon`."""
_TODAY: Final = frozenset(fold("النهار الليلة السنة الشهر الأسبوع اليوم المرة").split())
"""With a demonstrative behind them they are a time: `this day` is today."""
_DEMONSTRATIVES: Final = frozenset(fold("ده دا دي دول هذا هذه ذلك تلك").split())
_JOINED: Final = ("بال", "كال", "فال", "وال", "لل")
"""What stands before a noun with its article, joined to it."""
_VERB_LETTERS: Final = 3
"""Letters of a word without article that may be a verb in the past: `forbade` is written as `sanctuary`."""
_GOD: Final = "الله"


@dataclass(frozen=True, slots=True)
class WordUsage:
    """The use of words in one talk, which tells nouns and names that no table has."""

    nouns: frozenset[str]
    """Folded words that stand with an article somewhere, without it."""
    names: frozenset[str]
    """Folded words that stand after a preposition and never with an article."""
    governed: frozenset[str]
    """Folded words that stand after a preposition somewhere, and so are no verbs."""
    spelled: bool
    """Whether its letters tell taa marbuta from haa."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """One to six neighbouring words; alone only a noun with its article."""

    text: str
    """As it was said, but for a preposition or `and` that was joined to its first word."""
    words: tuple[str, ...]
    """Folded."""
    stems: tuple[str, ...]
    """Of the words that can name a topic."""
    form: float
    """From 0 to 1: how much it looks like a heading."""
    kinds: tuple[str, ...] = ()
    """Of its words, as `FOLLOW` names them."""
    before: tuple[str, ...] = ()
    """The folded words of its clause that were said before it."""
    after: str = ""
    """The folded word of its clause behind it."""
    goes_on: bool = False
    """Whether the word behind it could belong to it."""


def word_usage(texts: Sequence[str]) -> WordUsage:
    """The use of words in all the sentences of a talk."""
    said = [fold(text).split() for text in texts]
    nouns = frozenset(word[2:] for own in said for word in map(_without_marks, own) if word.startswith("ال"))
    led = frozenset(_without_marks(word) for own in said for before, word in pairwise(own) if before in LINKS)
    return WordUsage(nouns, led - nouns, led, spelled=any("ة" in text for text in texts))


def noun_phrases(text: str, used: WordUsage) -> Iterator[NounPhrase]:
    """Every run of words of a sentence that can be read as a noun phrase; none runs across a mark."""
    for clause in _MARKS.split(text):
        written = clause.split()
        folded = [fold(word) for word in written]
        kinds = [_kind(word, used) for word in folded]
        hidden = (*phrase_positions(folded, _HONORIFICS), *phrase_positions(folded, _ADDRESSES))
        for place in (*hidden, *_false_nouns(written, folded, used)):
            kinds[place] = ""
        heads = [_without_preposition(*pair) for pair in zip(written, folded, strict=True)]
        head_kinds = [
            _kind(bare, used) if bare != word and place not in hidden else kind
            for place, (kind, word, (_, bare)) in enumerate(zip(kinds, folded, heads, strict=True))
        ]
        for begin, end in _runs([bare for _, bare in heads], kinds, head_kinds):
            own = (heads[begin][1], *folded[begin + 1 : end])
            own_kinds = (head_kinds[begin], *kinds[begin + 1 : end])
            stems = tuple(stem(word) for word in own if is_content_word(word))
            repeated = len(set(stems)) < len(stems)
            after = folded[end] if end < len(folded) else ""
            if not stems or repeated or own[0] in CLOSED or own[-1] in NAMELESS or _is_cut(own_kinds, own, after):
                continue
            yield NounPhrase(
                " ".join((heads[begin][0], *written[begin + 1 : end])),
                own,
                stems,
                _form(own_kinds),
                own_kinds,
                tuple(folded[:begin]) + ((folded[begin],) if own[0] != folded[begin] else ()),
                after,
                end < len(kinds) and kinds[end] in FOLLOW[own_kinds[-1]] - {"link", "and", "and the"},
            )


def _without_preposition(written: str, folded: str) -> tuple[str, str]:
    """A noun with its article, as written and folded, without what is joined before them; other words as they are."""
    for beginning in _JOINED:
        rest = folded[len(beginning) :]
        if folded.startswith(beginning) and written.startswith(beginning) and len(rest) >= SHORTEST and rest in NOUNS:
            return "ال" + written[len(beginning) :], "ال" + rest
    return written, folded


def _is_cut(kinds: Sequence[str], own: Sequence[str], after: str) -> bool:
    """Whether the word behind a phrase shows that it is cut or is no subject."""
    participle = kinds[-1].endswith("adjective") and after in _COMPLEMENTS
    quoted = after in _BLESSED and kinds[-1] in {"name", "proper", "noun"}
    of_god = own[-1] == _GOD and len(own) == 2 and len(own[0]) <= _VERB_LETTERS  # noqa: PLR2004 - a noun and its owner
    return participle or quoted or of_god


def _without_marks(word: str) -> str:
    return word.strip('،؛:.؟!"«»()')


def _false_nouns(written: Sequence[str], folded: Sequence[str], used: WordUsage) -> Iterator[int]:
    """Positions of words that only look like nouns: who is spoken to, verbs, "his" work, today, numbers."""
    for place, (before, word, after) in enumerate(zip(("", *folded), folded, (*folded[1:], ""), strict=False)):
        led = before == "يا" or (before in VERB_LEADERS and not word.startswith("ال"))
        owned = used.spelled and written[place].endswith("ه") and word[:-1] in NOUNS
        verb = (
            len(word) == _VERB_LETTERS
            and after.startswith("ال")
            and (not before or (before in EMPTY and before not in LINKS))
            and word not in used.nouns
            and word not in used.governed
        )
        today = word in _TODAY and after in _DEMONSTRATIVES
        if led or owned or verb or today or (is_number_word(word) and not word.startswith("ال")):
            yield place


def _runs(heads: Sequence[str], kinds: Sequence[str], head_kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Begin and end of every run of words that can be read as a noun phrase; alone only a known noun with article.

    None begins or ends in the middle of a genitive, where a noun without article stands before what owns it.
    """
    for begin, kind in enumerate(head_kinds):
        if kind not in HEADS or (begin and kinds[begin - 1] == "noun"):
            continue
        if kind == "the noun" and _stands_alone(heads[begin][2:]):
            yield begin, begin + 1
        for end in range(begin + 1, min(begin + WORDS_MOST, len(kinds))):
            before = kinds[end - 1] if end - 1 > begin else kind
            if kinds[end] not in FOLLOW[before]:
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
