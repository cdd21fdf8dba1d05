"""The language and origin of a caption file, from its name and its letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.arabic.other_languages import other_language
from pipeline.errors import NoArabicCaptions
from pipeline.sources.sound_language import ARABIC_TAGS, is_same_language
from pipeline.types.article import Caption, Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable

HAMZA_WORDS = 200
"""This many words without a hamza on alef were not typed by a person.

Measured on 44 real transcripts: automatic tracks have it in none of their words, typed ones in 9 to 20 % of them.
"""

_HINT = "Use a file with the Arabic captions of the talk."
MIN_ARABIC_SHARE = 0.5
"""Smallest share of Arabic among the letters of Arabic captions; talks full of foreign names still have 0.8."""

# `ar`, `ar-EG`; then yt-dlp's `-orig` (the automatic track) or `-en` (translated by machine from English); then a mark
# of players for the deaf, for foreign speech and the like.
_LANGUAGE_SUFFIX = re.compile(
    r"\.(?P<language>[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?)"
    r"(?P<origin>-orig|-[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9_-]{11})?)?"
    r"(?P<marks>(?:\.(?:sdh|cc|hi|forced|default))*)$"
)
# Arabic as people and other programs write it: `AR`, `ar_SA`, `ar-sa`, `arabic`; and yt-dlp's `ar-SDH` or
# `ar-j3PyPqV-e1s` for one of several typed tracks.
_ARABIC_SUFFIX = re.compile(
    r"\.(?P<language>arabic|ara?(?:[-_](?P<region>[a-z]{2}|[0-9]{3}))?)"
    r"(?:-(?:sdh|cc|[A-Za-z0-9_-]{11}))?(?P<marks>(?:\.(?:sdh|cc|hi|forced|default))*)$",
    re.IGNORECASE,
)
_ARAB_COUNTRIES = frozenset({
    "ae", "bh", "dj", "dz", "eg", "iq", "jo", "km", "kw", "lb", "ly", "ma", "mr", "om", "ps", "qa", "sa", "sd", "so",
    "sy", "tn", "ye",
})  # fmt: skip
"""Members of the Arab League: `ar-sa` is Saudi Arabic, not Arabic from Sanskrit."""
_OFTEN_BESIDE_ARABIC = frozenset({
    "en", "eng", "fr", "fra", "fre", "de", "deu", "ger", "es", "spa", "it", "ita", "pt", "por", "nl", "ru", "rus", "uk",
    "tr", "tur", "he", "iw", "id", "ind", "ms", "hi", "bn", "zh", "chi", "zho", "ja", "jpn", "ko", "kor", "sw", "el",
})  # fmt: skip
_ARABIC_SCRIPT_TAGS = frozenset(("fa", "fas", "ur", "urd", "ps", "pus", "ckb", "ku", "sd", "snd", "ug", "uig"))
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_HAMZA = re.compile("[أإ]")


def detect_track(subject: str, stem: str, captions: tuple[Caption, ...]) -> Track:
    """The track of a caption file whose name without its extension is `stem`.

    The origin is automatic if words have times or no hamza is ever written, as `HAMZA_WORDS` says, and otherwise
    unstated. Raises `NoArabicCaptions` if most letters are not Arabic, the name or the words are Persian or
    Urdu, or the text is mirrored.
    """
    name, suffix = _split_suffix(stem)
    language = name.partition("-")[0]
    if language in _ARABIC_SCRIPT_TAGS:
        raise NoArabicCaptions(subject, f"its name says that the captions are in `{name}`.", _HINT)
    share = arabic_share(caption.text for caption in captions)
    if share < MIN_ARABIC_SHARE:
        message = f"the captions are not in Arabic; {share:.0%} of their letters are Arabic."
        raise NoArabicCaptions(subject, message, _HINT)
    if other := other_language(caption.text for caption in captions):
        raise NoArabicCaptions(subject, f"the captions are in {other}, not in Arabic as it is written.", _HINT)
    if suffix not in {"", "-orig"}:
        origin = TrackOrigin.TRANSLATED
    else:
        words = sum(len(caption.text.split()) for caption in captions)
        no_hamza = words >= HAMZA_WORDS and not has_hamza(captions)
        has_word_times = any(caption.times for caption in captions)
        origin = TrackOrigin.AUTOMATIC if suffix or has_word_times or no_hamza else TrackOrigin.UNSTATED
    return Track(name if language in ARABIC_TAGS else "ar", origin)


def has_hamza(captions: Iterable[Caption]) -> bool:
    """Whether a hamza is written on any alef, as recognition never does."""
    return any(_HAMZA.search(caption.text) for caption in captions)


def untagged_stem(stem: str) -> str:
    """The stem of a file's name without a language at its end."""
    match = _arabic_suffix(stem) or _LANGUAGE_SUFFIX.search(stem)
    return stem[: match.start()] if match else stem


def stem_without_language(stem: str) -> str:
    """The same, but only a language that captions beside Arabic ones often have: `part.one` stays as it is."""
    language = _split_suffix(stem)[0].partition("-")[0]
    known = language in ARABIC_TAGS | _ARABIC_SCRIPT_TAGS | _OFTEN_BESIDE_ARABIC
    return untagged_stem(stem) if known else stem


def named_code(stem: str) -> str:
    """The code of the track as it stands at the end of a name, `ar`, `ar-orig`, `ar-en`; empty where there is none."""
    match = _arabic_suffix(stem) or _LANGUAGE_SUFFIX.search(stem)
    return match[0].removesuffix(match["marks"]).removeprefix(".") if match else ""


def arabic_share(texts: Iterable[str]) -> float:
    """Share (0 to 1) of Arabic among the letters; 0 if there are none."""
    text = "".join(texts)
    letters = len(text) - len(_LETTER.sub("", text))
    return (len(text) - len(_ARABIC.sub("", text))) / letters if letters else 0.0


def _split_suffix(stem: str) -> tuple[str, str]:
    """The language at the end of a name, and `-orig` or `-en` behind it; empty where there is none."""
    if arabic := _arabic_suffix(stem):
        region = (arabic["region"] or "").upper()
        return (f"ar-{region}" if region else "ar"), ""
    match = _LANGUAGE_SUFFIX.search(stem)
    origin = match["origin"] or "" if match else ""
    is_arabic = origin != "-orig" and is_same_language(origin.removeprefix("-"), "ar")  # `ar-ar-EG`: not translated
    return (match["language"], "" if is_arabic else origin) if match else ("", "")


def _arabic_suffix(stem: str) -> re.Match[str] | None:
    match = _ARABIC_SUFFIX.search(stem)
    is_region = match is not None and (match["region"] is None or match["region"].isdecimal())
    return match if match and (is_region or match["region"].lower() in _ARAB_COUNTRIES) else None
