"""Punctuation of a statement as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENDS = (".", "؟")
"""The marks that end a sentence; an exclamation mark and dots in a row count as a full stop."""

_TOKEN = re.compile(
    "(?P<arabic>[\u0621-\u063a\u0640-\u0652\u0670\u0671]+)|(?P<number>[0-9٠-٩]+(?:[.,٫٬/:][0-9٠-٩]+)*)"
    r"|(?P<latin>[^\W\d_]+)|(?P<mark>[،,؛;:.؟?!…])"
)
_MARK = {",": "،", ";": "؛", "?": "؟", "!": ".", "…": "."}
_STRENGTH = {"": 0, "،": 1, "؛": 2, ":": 3, ".": 4, "؟": 5}


@dataclass(slots=True)
class MarkedWord:
    """One word of running text."""

    text: str
    """As written, with its vowel signs."""
    mark: str = ""
    """The strongest of the marks that follow it before the next word, or nothing; other signs are left out."""


def marked_words(text: str) -> list[MarkedWord]:
    """The words of a text in order."""
    found: list[MarkedWord] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "mark":
            found.append(MarkedWord(match[0]))
        elif found:
            _strengthen(found[-1], _MARK.get(match[0], match[0]))
    return found


def _strengthen(word: MarkedWord, mark: str) -> None:
    """Give a word a mark, unless it is an abbreviation of one letter or has a stronger one."""
    if not (mark == "." and len(word.text) == 1) and _STRENGTH[mark] > _STRENGTH[word.mark]:
        word.mark = mark


MARKS = "«»“”\"'.,:;!?،؛؟()[]…"
"""Marks that stand before or after a word."""

_QUOTED = re.compile(r"(«[^«»]{0,2000}»|“[^“”]{0,2000}”|\"[^\"]{0,2000}\")")
_SPACE = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r" ([،؛؟.!…»)\]]|[,;:?](?=\s|$))")
_LATIN_MARK = re.compile(r"(?:^|(?<=[\u0621-\u0652»)]))([,;?])(?=\s|$|[»\"”)])")
_ARABIC_MARK = {",": "،", ";": "؛", "?": "؟"}
_AFTER_QUESTION = re.compile(r"([؟?!])[.,;،؛]+")
_ENDS = ".!؟?…:"
_OPEN_ENDS = "،؛,;-–— "


def tidy(text: str) -> str:
    """A statement with Arabic marks, no space before a mark, and a mark at its end; quotations are left as they are.

    A colon at the end stays, since it leads to what follows; a comma there becomes a full stop.

    Latin `,` `;` `?` become Arabic after an Arabic letter, and only there: `3,5` and addresses stay. Inside `«»`,
    `“”` and straight quotation marks nothing is changed but runs of space, since a quotation stands for itself.
    """
    parts = _QUOTED.split(_SPACE.sub(" ", text).strip())
    shown = "".join(part if index % 2 else _marks(part) for index, part in enumerate(parts))
    return _ended(shown) if shown else ""


def _marks(text: str) -> str:
    close = _AFTER_QUESTION.sub(r"\1", _SPACE_BEFORE.sub(r"\1", text))
    return _LATIN_MARK.sub(lambda found: _ARABIC_MARK[found[1]], close)


def _ended(text: str) -> str:
    bare = text.rstrip(_OPEN_ENDS)
    if not bare:
        return text
    return bare if bare.rstrip('»”")') and bare.rstrip('»”")')[-1] in _ENDS else f"{bare}."
