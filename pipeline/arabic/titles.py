"""A video's title as the headline of an article."""

from __future__ import annotations

import re
import unicodedata

_HASHTAG = re.compile(r"#[\w_]+")
_REPEATED = re.compile(r"([!؟?.,،])\1+")
_SPACES = re.compile(r"\s+")
_BARS = re.compile(r"\s*[|｜¦•]\s*")
_LETTERS = re.compile(r"[^\W\d_]")
_EDGES = " -–—:،,|_/\\!.*"


def headline(title: str) -> str:
    """The part of a title that names the subject: no series name beside a bar, no hashtags, pictures or repeated marks.

    Of parts divided by bars the one with most words is taken. Empty when the title has no word, as a bare number has.
    """
    plain = _without_pictures(_HASHTAG.sub(" ", title))
    parts = [_tidy(part) for part in _BARS.split(plain)]
    best = max(parts, key=lambda part: len(part.split()))
    return best if sum(map(len, _LETTERS.findall(best))) > 1 else ""


def inside_quotes(text: str) -> str:
    """The text with its guillemets turned into another pair, so that it can stand between guillemets."""
    return text.replace("«", "“").replace("»", "”")


def _without_pictures(text: str) -> str:
    """The text without emoji and other symbols that are neither letters, digits nor marks."""
    return "".join(
        " " if unicodedata.category(letter) in {"So", "Sk", "Cs", "Co", "Cn", "Cf"} else letter for letter in text
    )


def _tidy(part: str) -> str:
    return _SPACES.sub(" ", _REPEATED.sub(r"\1", part)).strip(_EDGES)
