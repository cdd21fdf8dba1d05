"""What Arabic writes joined to a word: conjunctions, prepositions, the article, endings. All tables are folded."""

from __future__ import annotations

from typing import Final

from pipeline.arabic.stopwords import FUNCTION

CONJUNCTIONS: Final = ("و", "ف")
PREPOSITIONS: Final = "بلك"
SHORTEST_WORD: Final = 3
"""Letters up to which a word is left whole: what would remain is more often another word."""


def strip_conjunction(word: str) -> str:
    """The folded word without a leading `و` or `ف`, where a word remains."""
    joined = word.startswith(CONJUNCTIONS) and (len(word) > SHORTEST_WORD or word[1:] in FUNCTION)
    return word[1:] if joined else word
