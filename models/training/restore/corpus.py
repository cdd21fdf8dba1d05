"""Reads articles into words with what automatic captions lose: the spelling, the tanween and the mark after each."""

from __future__ import annotations

import json
import lzma
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.orthography import TANWEEN, is_arabic, unsigned
from pipeline.arabic.punctuation import marked_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MARKS = ("", "،", "؛", ":", ".", "؟")
"""The classes of the mark after a word; index 0 is no mark. An exclamation mark counts as a full stop."""

_ASIDE = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_END = re.compile('[.؟!…]["»”)]*$')


@dataclass(slots=True)
class Token:
    """One word of running text."""

    text: str
    """Without vowel signs; `0` for a number, `a` for a word in other letters."""
    tanween: bool = False
    mark: str = ""


def articles(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Identifier and paragraphs of each article of a `.jsonl.xz` file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["id"], article["paragraphs"]


def tokens(text: str) -> list[Token]:
    """The words of a text as the network reads them."""
    found = []
    for word in marked_words(text):
        letters = unsigned(word.text).replace("ٱ", "ا")
        if is_arabic(letters):
            found.append(Token(letters, TANWEEN in word.text[-2:], word.mark))
        elif word.text.isalpha() or word.text[0].isdigit():
            found.append(Token("0" if word.text[0].isdigit() else "a", mark=word.mark))
    return found


def prose(paragraphs: Iterable[str]) -> list[list[Token]]:
    """The paragraphs that are running text ending with a full stop, without asides in brackets."""
    kept = []
    for paragraph in paragraphs:
        if not _END.search(paragraph.strip()):
            continue
        words = tokens(_ASIDE.sub(" ", paragraph))
        arabic = sum(len(word.text) > 1 or word.text not in "0a" for word in words)
        if len(words) >= 8 and arabic >= 0.85 * len(words):  # noqa: PLR2004 - a sentence at least, and no table
            kept.append(words)
    return kept


def careful(paragraphs: Iterable[list[Token]], share: float = 0.06) -> bool:
    """Whether an article's author writes hamzas: about a tenth of written Arabic words carry one on an alef."""
    words = [word.text for paragraph in paragraphs for word in paragraph]
    return bool(words) and sum("أ" in word or "إ" in word for word in words) >= share * len(words)


def is_dev(identifier: str) -> bool:
    """Whether an article belongs to the 3 % kept for choosing, never trained on."""
    return zlib.crc32(identifier.encode()) % 100 < 3  # noqa: PLR2004 - 3 %
