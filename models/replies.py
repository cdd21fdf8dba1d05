"""What comes back from a model and is no article: thoughts, refusals, loops, other scripts, markup, prompts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.text.fold import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_TURN = re.compile(r"<\|[^|<>\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<<<[^<>\n]{0,60}>>>")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{0,500})\]\([^)\n]{0,500}\)")
_ANCHOR = re.compile(r"<a\b[^<>]{0,500}>[^<>]{0,200}</a>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[/!?]?[A-Za-z][^<>]{0,500}>?", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_ENDINGS = "com|net|org|info|example|xyz|link|site|online|shop|store|gov|edu|app|dev|io|co|me|tv|ly|gl|ru|cn|top|club"
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:/{1,2}|//|www\.|mailto:|javascript:|data:)[^\s<>«»،؛]{2,500}|@[\w.]{2,60}"
    rf"|[a-z0-9-]{{1,60}}(?:\.[a-z0-9-]{{1,60}}){{0,4}}\.(?:{_ENDINGS})\b(?:/[!-;=?-~]{{0,500}})?",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>{}`\\|~^*_#]")
_BULLET = re.compile(r"^\s*(?:[-–—•·▪●+]|[\d٠-٩]{1,3}\s*[.)\-–](?![\d٠-٩]))\s*")
_CODE = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ARABIC_LEAST: Final = 0.6
"""Share of letters that must be Arabic; the rest may be Latin names, which are looked at apart."""
_REFUSAL_WITHIN: Final = 160
"""Letters at the beginning of a reply in which a refusal stands."""
_LOOP_RUN, _LOOP_WORDS, _LOOP_DISTINCT = 4, 40, 0.5
"""A reply of so many words repeats itself when less than this share of its runs of words are different ones."""
_ECHO: Final = 7
"""So many words in a row of the prompt's fixed part are taken from there."""

_REFUSALS: Final = tuple(
    " ".join(words(line))
    for line in (
        *("يرجى تزويدي", "الرجاء تزويدي", "أرجو تزويدي", "يرجى تقديم النص", "يرجى إرسال", "زودني بالنص", "زودني بنص"),
        *(
            "من فضلك أرسل",
            "لم يتم تقديم",
            "لم تقدم نصا",
            "لم يتم توفير",
            "لا يوجد نص",
            "النص غير متوفر",
            "النص غير واضح",
        ),
        *("بصفتي نموذج", "كنموذج لغ", "أنا نموذج لغ", "نموذج ذكاء اصطناعي", "كمساعد ذكي", "أنا مساعد", "بصفتي مساعد"),
        *(
            "لم يتم إرفاق",
            "لا أستطيع المساعدة",
            "لا يمكنني المساعدة",
            "عذرا لا أستطيع",
            "عذرا لا يمكنني",
            "آسف لا أستطيع",
            "أعتذر لا",
            "لا يمكنني تلبية",
            "لا أستطيع تلبية",
        ),
        *("لا يمكنني مساعدتك", "لا أستطيع مساعدتك", "كيف يمكنني مساعدتك", "كيف أستطيع مساعدتك", "هل يمكنك تزويدي"),
        *("as an ai", "as a language model", "i am an ai", "i'm an ai", "i'm sorry", "i am sorry", "i apologize"),
        *("i cannot", "i can't", "i can not", "i'm unable", "i am unable", "please provide", "could you provide"),
        *("no text was provided", "the text you provided", "how can i help", "how may i assist"),
    )
)


def content(reply: str) -> str:
    """The reply without thoughts, signs of turns and invisible letters; lines stay."""
    text = _THOUGHT_END.sub("", _THOUGHT.sub("", reply))
    text = _TURN.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter)[0] != "C")


def useless(text: str, source: Sequence[str] = ()) -> str:
    """Why nothing can be made of the content of a reply: `empty`, `refusal`, `foreign` or `loop`; empty if it can.

    A refusal whose words the `source` has is none: speakers apologise too.
    """
    if not _ARABIC.search(text):
        return "refusal" if _refuses(text, source) else "foreign" if _LETTER.search(text) else "empty"
    if _refuses(text, source):
        return "refusal"
    return "loop" if loops(text) else ""


def _refuses(text: str, source: Sequence[str]) -> bool:
    opening = " ".join(words(text[:_REFUSAL_WITHIN]))
    found = [phrase for phrase in _REFUSALS if phrase in opening]
    said = " ".join(words(" ".join(source))) if found else ""
    return any(phrase not in said for phrase in found)


def loops(text: str) -> bool:
    """Whether a text says the same over and over."""
    said = words(text)
    runs = Counter(zip(*(said[at:] for at in range(_LOOP_RUN)), strict=False))
    return len(said) >= _LOOP_WORDS and len(runs) < _LOOP_DISTINCT * runs.total()


def plain(line: str) -> str:
    """A line without links, markup, bullets and codes; what they held as text stays."""
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", line))
    text = _ENTITY.sub(" ", _TAG.sub(" ", _ANCHOR.sub(" ", text)))
    text = _CODE.sub(" ", _ADDRESS.sub(" ", text))
    return " ".join(_BULLET.sub("", _MARKUP.sub(" ", text).strip()).split())


def bears_markup(text: str) -> bool:
    """Whether a sentence of a talk holds an address, markup or code: no article quotes it."""
    return any(sign.search(text) for sign in (_TURN, _LINK, _TAG, _ADDRESS, _CODE))


def foreign(text: str) -> bool:
    """Whether a sentence is not Arabic: another script than Arabic and Latin, or too little Arabic."""
    letters = len(_LETTER.findall(text))
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return not letters or arabic + latin < letters or arabic < _ARABIC_LEAST * letters


def echoes(text: str, prompt: str) -> bool:
    """Whether a sentence repeats the fixed part of the prompt."""
    said, asked = words(text), f" {' '.join(words(prompt))} "
    short = min(_ECHO, max(len(said), 3))
    return any(f" {' '.join(said[at : at + short])} " in asked for at in range(len(said) - short + 1))
