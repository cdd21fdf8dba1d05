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
    words: list[MarkedWord] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "mark":
            words.append(MarkedWord(match[0]))
        elif words:
            word, mark = words[-1], _MARK.get(match[0], match[0])
            abbreviation = mark == "." and len(word.text) == 1
            if not abbreviation and _STRENGTH[mark] > _STRENGTH[word.mark]:
                word.mark = mark
    return words


PUNCTUATION = "«»“”\"'.,:;!?،؛؟()[]…"
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
    """A statement with Arabic marks, no space before a mark, and a mark at its end.

    A colon at the end stays, since it leads to what follows; a comma there becomes a full stop.

    Latin `,` `;` `?` become Arabic after an Arabic letter, and only there: `3,5` and addresses stay. Inside `«»`,
    `“”` and straight quotation marks nothing is changed but runs of space, since a quotation stands for itself.
    """
    shown = _tidied(text)
    return shown if shown == text else tidy(shown)  # a mark that goes may leave another with a space before it


def _tidied(text: str) -> str:
    parts = _QUOTED.split(_SPACE.sub(" ", text).strip())
    for at in range(0, len(parts), 2):  # every second part is a quotation
        close = _AFTER_QUESTION.sub(r"\1", _SPACE_BEFORE.sub(r"\1", parts[at]))
        parts[at] = _LATIN_MARK.sub(lambda mark: _ARABIC_MARK[mark[1]], close)
    shown = "".join(parts)
    body = shown.rstrip(_OPEN_ENDS)
    if not body:
        return shown
    ended = body.rstrip('»”")').endswith(tuple(_ENDS))
    return body if ended else f"{body}."
