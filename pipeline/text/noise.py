"""What caption tracks hold besides speech: sound labels, speaker marks, markup, invisible characters."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from pipeline.text.fold import BIDI, fold, words

SOUNDS = frozenset(
    fold(
        "موسيقى موسيقا تصفيق ضحك ضحكات ضحكة يضحك تضحك يضحكون هتاف هتافات تهليل صراخ بكاء يبكي تبكي صمت تنهد تنهيدة سعال"
        " يسعل عطس عطاس صفير زغاريد زغرودة غناء نحنحة همهمة ضوضاء ضجيج تشويش رنين طنين"
        " music applause laughter laughs laughing chuckles cheering cheers silence noise singing crying sobbing coughs"
        " coughing sighs gasps screaming whistling inaudible unintelligible indistinct foreign"
    ).split()
)
"""Folded words that make a bracketed text a sound label."""

SOUND_DETAILS = frozenset(
    fold(
        "صوت أصوات هادئة حزينة خلفية صاخبة مرحة تشويقية حماسية درامية افتتاحية ختامية خفيف خفيفة عالية حار"
        " من في الجمهور الحضور"
        " background upbeat soft gentle dramatic playing audience crowd and intro outro theme speech language"
    ).split()
)
"""Folded words that may stand beside a sound word in a label."""

NOTES_OF_TRANSCRIBERS = frozenset(
    fold(note) for note in ("غير مسموع", "غير واضح", "غير مفهوم", "كلام غير مفهوم", "كلام غير واضح", "صوت غير واضح")
)

_LABEL = re.compile(r"\[([^\[\]\n]{1,40})\]|\(([^()\n]{1,40})\)|\*([^*\n]{1,40})\*")
_NOTES = re.compile("[\u2669-\u266f\U0001f3b5\U0001f3b6]")
_MARKUP = re.compile(
    r"</?(?:i|b|u|s|c|v|p|em|strong|font|span|div|ruby|rt|lang)(?:[\s.][^<>]{0,200})?/?>"
    r"|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>"
    r"|\{\\[^{}]{1,60}\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s?/?>|\\N", re.IGNORECASE)
_SPEAKER = re.compile(r"^\s*(?:>{2,3}|[-\u2013\u2014](?=\s))|(?<=\s)>{2,3}(?=\s)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_INVISIBLE = re.compile(f"[{BIDI}\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]")


class Noise(NamedTuple):
    """One stretch of a line that is not speech."""

    start: int
    end: int
    reason: str
    """`noise`, `markup` or `speaker` (a mark that somebody else begins to speak)."""


def plain(text: str) -> str:
    """The text with HTML entities resolved, line-break tags as line breaks, and no invisible characters."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def noises(line: str) -> tuple[Noise, ...]:
    """The stretches of a plain line that are not speech, in order. A bracketed text that is no known label stays."""
    found = [Noise(*match.span(), "markup") for match in _MARKUP.finditer(line)]
    found += [Noise(*match.span(), "speaker") for match in _SPEAKER.finditer(line)]
    found += [Noise(*match.span(), "noise") for match in _LABEL.finditer(line) if is_label(match[match.lastindex or 0])]
    found += [Noise(*match.span(), "noise") for match in _NOTES.finditer(line)]
    return tuple(sorted(found))


def is_label(content: str) -> bool:
    """Whether a bracketed text names a sound: a known sound word, and beside it nothing but its details."""
    said = tuple(_bare(word) for word in words(content))
    if not said:
        return bool(_NOTES.search(content))
    named = any(word in SOUNDS for word in said) and all(word in SOUNDS or word in SOUND_DETAILS for word in said)
    return named or " ".join(said) in NOTES_OF_TRANSCRIBERS


def _bare(word: str) -> str:
    """The word without a joined `and`: a label may name two sounds."""
    return word[1:] if word.startswith("و") and word[1:] in SOUNDS | SOUND_DETAILS else word
