"""Labels by rule where many authors slip.

`إن`, not `أن`, stands after words of saying, after حيث and إذ, and at the beginning of a sentence; a definite noun that
ends in haa nearly always ends in taa marbuta.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from models.training.restore.corpus import MARKS
from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    Arrays = Mapping[str, np.ndarray]

SAYING = (
    *("قال", "قالت", "قالوا", "قلت", "قلنا", "يقول", "تقول", "يقولون", "نقول", "اقول", "وقال", "فقال", "وقالت"),
    *("ويقول", "فيقول", "وتقول", "وقالوا", "قائلا", "قائلين", "قائله", "القول", "يقال", "ويقال", "قيل", "وقيل"),
)
"""Bare words after which, within three words, reported speech begins with `إن`."""

OPENING = ("حيث", "اذ")
"""Bare words after which `إن` follows at once."""

THAT = "ان"
WITH_PRONOUN = ("انه", "انها", "انهم", "انهما", "اننا", "انني", "اني", "انك", "انكم")
DEFINITE = re.compile("[وف]?(?:[بك]?ال|لل).{2,}ه")
"""Words with the article that end in haa: no pronoun can follow the article, so it is taa marbuta or of the root."""

SELDOM = 3
"""Seen no more often than this, a haa after the article is taken for taa marbuta written without its dots."""

_UNKNOWN = -1


def corrected(data: Arrays) -> np.ndarray:
    """The tags of all running words, with `أن` read as `إن` where grammar asks for it.

    Before a word that may be a verb (`أن يذهب`) `أن` can be right, so the label is unknown there.
    """
    word, tag, words = data["word"], data["tag"].copy(), [str(each) for each in data["words"]]
    with_hamza_above, with_hamza_below = (list(data["tags"]).index(name) for name in ("0أ", "0إ"))
    place = _asked_for(data, words) & (tag == with_hamza_above)
    bare_that = _is(word, words, (THAT,))
    verb = np.array([each.startswith(("ي", "ت", "ن")) for each in words])[np.roll(word, -1)]
    tag[place] = with_hamza_below
    tag[place & bare_that & verb] = _UNKNOWN
    tag[_doubtful(data, words)] = _UNKNOWN
    return tag


def _doubtful(data: Arrays, words: list[str]) -> np.ndarray:
    """Places of rare definite words that end in haa: among frequent ones that is 1 in 25, and a slip."""
    dotted = np.array([str(tag).endswith("ة") for tag in data["tags"]])
    seldom = np.bincount(data["word"], minlength=len(words)) <= SELDOM
    definite = np.array([DEFINITE.fullmatch(word) is not None for word in words])
    return np.asarray((definite & seldom)[data["word"]] & ~dotted[data["tag"]])


def _asked_for(data: Arrays, words: list[str]) -> np.ndarray:
    """Places where `إن` or one of its forms is required."""
    word = data["word"]
    begins = np.roll(np.isin(data["mark"], [MARKS.index(mark) for mark in ENDS]), 1)
    said, opened = _is(word, words, SAYING), np.roll(_is(word, words, OPENING), 1)
    near, reach = np.zeros_like(begins), ~begins
    for distance in (1, 2, 3):
        near |= np.roll(said, distance) & reach
        reach &= ~np.roll(begins, distance)
    return _is(word, words, (THAT, *WITH_PRONOUN)) & (begins | near | (opened & ~begins))


def _is(word: np.ndarray, words: list[str], members: tuple[str, ...]) -> np.ndarray:
    return np.asarray(np.array([each in members for each in words])[word])
