"""Verses of the Qur'an and hadith in a text: they may be given exactly as captioned, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import fold
from pipeline.arabic.punctuation import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VERSE = re.compile("﴿([^﴾]{1,2000})﴾")
_QUOTED = re.compile(r"[^«“\"﴿]{0,60}(?:«([^«»]{1,2000})»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\")")
_AFTER_COLON = re.compile(r"[^«“\"﴿:]{0,60}:\s*([^«“\"﴿]{3,2000})")
_OPENINGS: Final = tuple(
    fold(opening)
    for opening in (
        *("قال تعالى", "قال الله", "قال سبحانه", "قال عز وجل", "قال جل", "قوله تعالى", "قول الله", "يقول تعالى"),
        *("يقول الله", "يقول سبحانه", "يقول عز وجل", "يقول جل", "قال ربنا", "يقول ربنا", "قوله سبحانه", "قوله عز وجل"),
        *(
            "قال رسول الله",
            "قال النبي",
            "يقول النبي",
            "يقول رسول الله",
            "قوله صلى الله",
            "قال صلى الله",
            "قال عليه الصلاة",
        ),
        *("قول النبي", "قول رسول الله", "في الحديث الشريف", "في الحديث القدسي", "يقول صلى الله", "يقول عليه الصلاة"),
    )
)
_OPENING = re.compile(r"(?<!\w)[وف]?(?:" + "|".join(_OPENINGS) + r")(?!\w)")
_BRACKETS: Final = MARKS + "﴿﴾"


def gives_scripture(text: str) -> bool:
    """Whether a text gives a verse or a hadith, by its brackets or by the words that introduce one."""
    return bool(_VERSE.search(text) or _OPENING.search(fold(text)))


def altered_scripture(text: str, evidence: Sequence[str]) -> str:
    """The first verse or hadith of a text that is not captioned in exactly these letters and signs, or empty.

    What is introduced is the quotation after the words that introduce it, or what follows their colon; marks between
    words do not count.
    """
    captioned = [f" {_exact(each)} " for each in (*evidence, " ".join(evidence))]
    given = (" ".join(verse.split()) for verse in _given(text))
    return next((verse for verse in given if not any(f" {_exact(verse)} " in each for each in captioned)), "")


def _given(text: str) -> Iterator[str]:
    yield from _VERSE.findall(text)
    tokens = text.split()
    folded = [fold(token) for token in tokens]
    for at in range(len(tokens)):
        ahead = " ".join(folded[at : at + 4])
        found = _OPENING.match(ahead)
        if found:
            rest = " ".join(tokens[at + found[0].count(" ") :])
            if after := _QUOTED.match(rest) or _AFTER_COLON.match(rest):
                yield next(filter(None, after.groups()))


def _exact(text: str) -> str:
    """The words with their signs, without marks around them."""
    return " ".join(filter(None, (token.strip(_BRACKETS) for token in strip_controls(text).split())))
