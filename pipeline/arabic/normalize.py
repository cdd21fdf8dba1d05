"""Arabic folded for comparison: what two spellings of one word have in common. Never shown to a reader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DIACRITICS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Vowel signs and Qur'anic marks, as the inside of a character class."""

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Invisible characters that change the direction of text, as the inside of a character class."""

_DROPPED = re.compile(f"[{DIACRITICS}{BIDI}\u0640\u200b-\u200d\ufeff\u00ad]")
_LETTERS = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹یک", "اااايهوي01234567890123456789يك")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(8192)  # each sentence and word is folded a dozen times on its way to an article
def fold(text: str) -> str:
    """The text without vowel signs, tatweel and invisible characters, with one form for each letter and digit.

    Folding twice equals folding once. Hamza seats, final yaa and taa marbuta lose their distinction, since automatic
    captions do not make it.
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(_LETTERS).lower()


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation: what is compared when we ask whether something was said."""
    return tuple(_WORD.findall(fold(text)))
