"""Light stemming: what the forms of one Arabic word have in common. For counting, never shown to a reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.arabic.affixes import (
    CONJUNCTIONS,
    SHORTEST_WORD,
    STEM_ARTICLES,
    STEM_ENDINGS,
    strip_ending,
    strip_prefix,
)
from pipeline.arabic.normalize import words
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.stopwords import EMPTY, HONORIFICS

_HONORIFICS: Final = phrase_index(HONORIFICS)


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that can name a topic, in order: no function words, blessings, single letters, figures."""
    said = words(text)
    hidden = phrase_positions(said, _HONORIFICS)
    return tuple(stem(word) for place, word in enumerate(said) if place not in hidden and is_content_word(word))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The folded word without article, conjunction and one ending (after light10, Larkey et al. 2007)."""
    bare = strip_prefix(word, STEM_ARTICLES)
    if bare == word and word[0] == "و" and len(word) > SHORTEST_WORD + 1:
        bare = word[1:]
    return strip_ending(bare, STEM_ENDINGS)


@lru_cache(maxsize=65536)
def is_content_word(word: str) -> bool:
    """Whether a folded word can name a topic."""
    if len(word) < SHORTEST_WORD or word in EMPTY or word.isdigit():
        return False
    return not (word[0] in CONJUNCTIONS and word[1:] in EMPTY)
