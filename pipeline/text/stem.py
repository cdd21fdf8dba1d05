"""Light stemming: what the forms of one Arabic word have in common. For counting, never shown to a reader."""

from __future__ import annotations

from functools import lru_cache

from pipeline.text.fold import words
from pipeline.text.lexicon import EMPTY

_ARTICLES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_CONJUNCTIONS = ("و", "ف")
_SUFFIXES = (
    "تهما",
    "تها",
    "تهم",
    "تنا",
    "تكم",
    "هما",
    "ها",
    "هم",
    "كم",
    "نا",
    "ات",
    "ان",
    "ون",
    "ين",
    "يه",
    "ته",
    "ه",
    "ي",
    "ا",
)
_LEAST = 3
"""Letters that stay: a shorter rest is more often another word than a stem."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The folded word without article, conjunction and one ending (after light10, Larkey et al. 2007)."""
    return _without_ending(_without_article(word))


def content(text: str) -> tuple[str, ...]:
    """The stems of the words that can name a topic, in order: no function words, no single letters, no figures."""
    return tuple(stem(word) for word in words(text) if telling(word))


@lru_cache(maxsize=65536)
def telling(word: str) -> bool:
    """Whether a folded word can name a topic."""
    if len(word) < _LEAST or word in EMPTY or word.isdigit():
        return False
    return not (word[0] in _CONJUNCTIONS and word[1:] in EMPTY)


def _without_article(word: str) -> str:
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST:
            return word[len(prefix) :]
    if word[0] == "و" and len(word) > _LEAST + 1:
        return word[1:]
    return word


def _without_ending(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            return word[: -len(suffix)]
    return word
