"""Verses of the Qur'an and hadith in a text: they must be as captioned, word for word."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.normalize import fold
from pipeline.arabic.orthography import bare, unsigned
from pipeline.arabic.phrases import find_words
from pipeline.arabic.punctuation import PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

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
_KNOWN: Final = "﴿﴾"
_SAYS: Final = r"\w{0,3}(?:قال|قول)\w{0,3}"
_ANNOUNCED: Final = re.compile(rf"(?<!\w){_SAYS}[ :]+(?:(?!{_SAYS})\w+[ :]+){{0,7}}{_KNOWN}")
_BRACKETS: Final = PUNCTUATION + "﴿﴾"


def gives_scripture(text: str) -> bool:
    """Whether a text quotes a verse or a hadith: it has the brackets of one, or words that introduce one."""
    return bool(_VERSE.search(text) or _OPENING.search(fold(text)))


def without_verses(text: str, known: AbstractSet[str]) -> str:
    """The text without the verses that are known to be right, and without the words that announce them."""
    marked = _VERSE.sub(lambda verse: _KNOWN if verse[1] in known else verse[0], text)
    return _ANNOUNCED.sub("", marked).replace(_KNOWN, "")


def altered_scripture(text: str, evidence: Sequence[str]) -> str:
    """The first verse or hadith of a text that is not captioned with exactly these letters and vowel signs, or empty.

    Introductory words (`قال تعالى`) are followed by it in quotation marks or after a colon. Punctuation does not count,
    nor does a hamza outside ﴿ ﴾ that captions lack and a writer knows.
    """
    said = " ".join(evidence)
    captioned = [f" {_unpunctuated(each)} " for each in (*evidence, said)]
    for verse in _quoted_scripture(text):
        own = _unpunctuated(verse)
        exact = any(f" {own} " in each for each in captioned)
        if not exact and (_in_brackets(text, verse) or own != _fuller(own, _unpunctuated(find_words(verse, said)))):
            return " ".join(verse.split())
    return ""


def respell_scripture(text: str, evidence: Sequence[str]) -> str:
    """The text with its verses and hadith in the letters of the captions, where these words were said in a row.

    Writers know verses by heart, with vowel signs and in another spelling than the one that is shown. Outside ﴿ ﴾ a
    hamza stays that captions lack: of rare words it is seldom restored.
    """
    said = " ".join(evidence)
    for verse in dict.fromkeys(_quoted_scripture(text)):
        if captioned := _unpunctuated(find_words(verse, said)):
            fuller = captioned if _in_brackets(text, verse) else _fuller(_unpunctuated(verse), captioned)
            text = text.replace(verse, fuller)
    return text


def _in_brackets(text: str, verse: str) -> bool:
    return f"﴿{verse}﴾" in text


def _fuller(own: str, captioned: str) -> str:
    """The captioned words, each with the hamza or the two dots that a writer's own has and captions lack."""
    pairs = zip_longest(map(unsigned, own.split()), captioned.split(), fillvalue="")
    return " ".join(one if bare(one) == other else other for one, other in pairs)


def _quoted_scripture(text: str) -> Iterator[str]:
    yield from _VERSE.findall(text)
    tokens = text.split()
    folded = [fold(token) for token in tokens]
    for at in range(len(tokens)):
        if opening := _OPENING.match(" ".join(folded[at : at + 4])):
            rest = " ".join(tokens[at + opening[0].count(" ") :])
            if quotation := _QUOTED.match(rest) or _AFTER_COLON.match(rest):
                yield next(filter(None, quotation.groups()))


def _unpunctuated(text: str) -> str:
    """The words with their vowel signs, without the marks around them."""
    return " ".join(filter(None, (token.strip(_BRACKETS) for token in strip_controls(text).split())))
