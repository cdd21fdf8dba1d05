"""How automatic captions spell a written word."""

from __future__ import annotations

from pipeline.arabic.orthography import bare

_OWN = str.maketrans("گچپڤ", "كجبف")


def automatic(word: str) -> str:
    """The word without hamza on alef, taa marbuta, vowel signs and the letters of dialect: `إضاءة` is `اضاءه`."""
    return standard_letters(bare(word))


def standard_letters(word: str) -> str:
    """The word without the letters that Iraqi and foreign names have and standard Arabic has not: `چاي` is `جاي`.

    Captions are taken to be written with the letters of standard Arabic alone.
    """
    return word.translate(_OWN)
