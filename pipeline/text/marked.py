"""Written text as words with the mark after each: what captions are measured against."""

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
class Marked:
    """One word of running text."""

    text: str
    """As written, with its vowel signs."""
    mark: str = ""
    """The strongest of the marks that follow it before the next word, or nothing; other signs are left out."""


def marked(text: str) -> list[Marked]:
    """The words of a text in order."""
    found: list[Marked] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "mark":
            found.append(Marked(match[0]))
        elif found:
            _strengthen(found[-1], _MARK.get(match[0], match[0]))
    return found


def _strengthen(word: Marked, mark: str) -> None:
    """Give a word a mark, unless it is an abbreviation of one letter or has a stronger one."""
    if not (mark == "." and len(word.text) == 1) and _STRENGTH[mark] > _STRENGTH[word.mark]:
        word.mark = mark
