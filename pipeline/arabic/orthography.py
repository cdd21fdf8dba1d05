"""Restore what automatic captions do not write: hamza on alef, taa marbuta and tanween.

A *bare* word is spelled as YouTube's automatic captions spell it: every alef without hamza or madda, final haa for taa
marbuta, no vowel signs. Final yaa and alef maqsura, waw and yaa with hamza keep their letters there, and so here.
A *tag* says how a bare word becomes a written one: `0أة` is "the first alef carries a hamza, the last letter is taa
marbuta". Because a tag only puts marks on letters, no restored word can ever be another word than the one heard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TANWEEN = "\u064b"
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_BARE = str.maketrans("أإآٱة", "ااااه")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_LETTER = re.compile("[\u0621-\u064a]")
_LOST = re.compile("[أإآة]")
_MARK = re.compile(r"[،؛؟!?.,;:…][\"'”’»)\]]*$")
_PASSIVE = re.compile("[وف]?م[^اويء]{2}و[^اويهن]ا")
_EDIT = re.compile("([0-9])([أإآ])")


def unsigned(word: str) -> str:
    """The word without vowel signs and tatweel."""
    return _SIGNS.sub("", word)


def bare(word: str) -> str:
    """The word as automatic captions write it."""
    return unsigned(word).translate(_BARE)


_WRITTEN = (
    *("إن", "إنه", "إنها", "إنهم", "إننا", "إني", "إنك", "إنكم", "وإن", "وإنه", "وإنها", "وإنهم", "إنو", "وإنو"),
    *("إيه", "وإيه", "إحنا", "وإحنا", "إزاي", "وإزاي", "إمتى", "إمبارح", "أيوه", "أيوا", "أوي", "أكتر", "وأكتر"),
    *("أهو", "أهي", "أهم", "آه", "إيش", "إشي", "إجا", "أكو", "إلنا", "إلهم", "إنت", "إنتي", "إنتو"),
    *("ده", "وده", "كده", "ليه", "النهارده", "دلوقته", "عليه", "فيه", "اللي", "اللى", "هسه", "إيده", "معاه", "وياه"),
)

_USUAL = {bare(word): word for word in _WRITTEN}
_IRAQI = _USUAL | {bare(word): word for word in ("آني", "وآني", "فآني")}


def usual_spellings(dialect: str) -> dict[str, str]:
    """Bare word to written word, for speech in a dialect as `detect_dialect` names it; none for standard Arabic.

    `إن` because the spoken varieties do not tell it from `أن`.
    """
    return _IRAQI if dialect == "iraqi" else _USUAL if dialect else {}


def is_arabic(word: str) -> bool:
    """Whether the word is made of Arabic letters only: no digit, no Latin letter, no sign."""
    return _ARABIC.fullmatch(word) is not None


def tag_of(written: str) -> str:
    """The tag that turns `bare(written)` into `unsigned(written)`; empty for a word that is written as it is heard.

    Alefs count from 0; a word with ten or more of them, and a taa marbuta inside a word, get no tag of their own.
    """
    word = unsigned(written)
    alefs = [letter for letter in word if letter in "اأإآٱ"]
    edits = [f"{at}{letter}" for at, letter in enumerate(alefs[:10]) if letter in "أإآ"]
    return "".join(edits) + ("ة" if word.endswith("ة") else "")


def fits(tag: str, word: str) -> bool:
    """Whether a bare word has the letters that the tag changes."""
    edits = _EDIT.findall(tag)
    return (not edits or int(edits[-1][0]) < word.count("ا")) and (not tag.endswith("ة") or word.endswith("ه"))


def apply(tag: str, word: str) -> str:
    """The bare word with the tag's marks on its letters; raises `ValueError` where the tag does not fit."""
    if not fits(tag, word):
        reason = f"{tag} does not fit {word}"
        raise ValueError(reason)
    changes = {int(at): letter for at, letter in _EDIT.findall(tag)}
    stem = word[:-1] + "ة" if tag.endswith("ة") else word
    first, *rest = stem.split("ا")
    return first + "".join(changes.get(at, "ا") + part for at, part in enumerate(rest))


def shifted(tag: str, by: int) -> str:
    """The tag of the same letters behind `by` more alefs; `?`, which is none, when one would come before the first."""
    edits = [(int(at) + by, letter) for at, letter in _EDIT.findall(tag)]
    if any(at not in range(10) for at, _ in edits):
        return "?"
    return "".join(f"{at}{letter}" for at, letter in edits) + ("ة" if tag.endswith("ة") else "")


def takes_tanween(word: str) -> bool:
    """Whether tanween is customarily written on such a word: on a final alef, or on a hamza after an alef."""
    return len(word) > 2 and word.endswith(("ا", "اء"))  # noqa: PLR2004 - no word of two letters carries it


def surely_takes_tanween(word: str) -> bool:
    """Whether a bare word is a passive participle on alef, `مرفوعا`: a dual in a construct is as good as never said."""
    return _PASSIVE.fullmatch(word) is not None


def with_tanween(word: str) -> str:
    """The word with tanween, written after its last letter: `أيضاً`."""
    return word + TANWEEN


def is_captioned(words: Sequence[str]) -> bool:
    """Whether a track is spelled as automatic captions are.

    Of written Arabic words a quarter has a hamza on alef or taa marbuta, of automatic captions none; one in a hundred
    leaves room for a stray one.
    """
    arabic = [word for word in words if _LETTER.search(word)]
    return sum(_LOST.search(word) is not None for word in arabic) <= 0.01 * len(arabic)


def is_punctuated(words: Sequence[str]) -> bool:
    """Whether a track has marks of its own: people write one after every tenth word, captions one in hundreds."""
    return bool(words) and sum(_MARK.search(word) is not None for word in words) >= len(words) / 40
