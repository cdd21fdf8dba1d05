"""Light stemming: what the forms of one Arabic word have in common. For counting, never shown to a reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.arabic.normalize import words
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.stopwords import EMPTY, HONORIFICS

_ARTICLES: Final = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_ENDINGS: Final = tuple("تهما تها تهم تنا تكم هما ها هم كم نا ات ان ون ين يه ته ه ي ا".split())  # noqa: SIM905 - a list
_JOINED: Final = frozenset("وف")
_SHORTEST: Final = 3
"""Letters that stay: a shorter rest is more often another word than a stem."""
_HONORIFICS: Final = phrase_index(HONORIFICS)


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that can name a topic, in order: no function words, blessings, single letters, figures."""
    said = words(text)
    hidden = phrase_positions(said, _HONORIFICS)
    return tuple(stem(word) for place, word in enumerate(said) if place not in hidden and is_content_word(word))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The folded word without article, conjunction and one ending (after light10, Larkey et al. 2007)."""
    return _without_ending(_without_article(word))


@lru_cache(maxsize=65536)
def is_content_word(word: str) -> bool:
    """Whether a folded word can name a topic."""
    if len(word) < _SHORTEST or word in EMPTY or word.isdigit():
        return False
    return not (word[0] in _JOINED and word[1:] in EMPTY)


def _without_article(word: str) -> str:
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    return word[1:] if word[0] == "و" and len(word) > _SHORTEST + 1 else word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
