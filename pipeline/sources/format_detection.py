"""Detection of a file's encoding and caption format by its content."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.sources import formats
from pipeline.sources.cues import BadCaptions, caption_lines
from pipeline.sources.plain_text import parse_plain_text
from pipeline.sources.tadwin_json import is_tadwin_json, parse_tadwin_json
from pipeline.sources.time_lines import parse_timing, plain_signs, unfold_line
from pipeline.sources.time_order import with_possible_times

if TYPE_CHECKING:
    from pipeline.types.article import Caption, Track, Video


class CaptionFormat(StrEnum):
    """The caption formats that are read, by the names that provenance shows."""

    JSON3 = "json3"
    SRV1 = "srv1"
    SRV3 = "srv3"
    VTT = "vtt"
    SRT = "srt"
    TADWIN = "tadwin"
    """This project's own JSON."""
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class CaptionFile:
    format: CaptionFormat
    captions: tuple[Caption, ...]
    note: str = ""
    """What was unusual about the file, in a sentence for the user and provenance; empty if nothing was."""
    track: Track | None = None
    """Track and video as the file itself states them; only this project's JSON does."""
    video: Video | None = None


_PARSERS = {
    CaptionFormat.JSON3: formats.parse_json3,
    CaptionFormat.SRV1: formats.parse_srv1,
    CaptionFormat.SRV3: formats.parse_srv3,
    CaptionFormat.VTT: formats.parse_vtt,
    CaptionFormat.SRT: formats.parse_srt,
    CaptionFormat.PLAIN: parse_plain_text,
}

_OTHER_FORMATS = {
    "%pdf": "a PDF document",
    "{\\rtf": "an RTF document",
    "[script info]": "an .ass subtitle file; please convert it to .srt",
    "<!doctype html": "a web page",
    "<html": "a web page",
    "<tt": "a TTML file; please convert it to .srt",
}
"""Beginnings, in lower case, of text files that are often taken for captions."""

_OPENS_JSON = re.compile(r"""\{\s*["'}]|\[\s*[\[{"'\]]""")
_OPENS_XML = re.compile(r"<(transcript|timedtext|\?xml|!doctype)\b", re.IGNORECASE)


def read_captions(name: str, data: bytes) -> CaptionFile:
    """The captions of a file; its name counts only where its content leaves doubt. Raises `BadCaptions`."""
    text, note = decode(data)
    form = detect_format(name, text)
    if form is CaptionFormat.TADWIN:
        content = parse_tadwin_json(text)
        return CaptionFile(form, content.captions, note, content.track, content.video)
    captions, order_note = with_possible_times(_PARSERS[form](text))
    return CaptionFile(form, captions, f"{note} {order_note}".strip())


def detect_format(name: str, text: str) -> CaptionFormat:
    """The format of a caption file's text; raises `BadCaptions` for a document of another kind."""
    start = plain_signs(text[:2000]).lstrip()[:1000]
    for beginning, kind in _OTHER_FORMATS.items():
        if start.lower().startswith(beginning):
            raise BadCaptions(kind)
    if start.startswith("WEBVTT"):
        return CaptionFormat.VTT
    if _OPENS_JSON.match(start):
        return CaptionFormat.TADWIN if is_tadwin_json(text) else CaptionFormat.JSON3
    if _OPENS_XML.match(start):
        return CaptionFormat.SRV3 if "<timedtext" in start else CaptionFormat.SRV1
    if any(parse_timing(part) for line in caption_lines(text) for part in unfold_line(line)):
        return CaptionFormat.VTT if name.lower().endswith(".vtt") else CaptionFormat.SRT
    return CaptionFormat.PLAIN


# --- encodings ---

_ARABIC_WORD = re.compile("[\u0621-\u064a]{2,}")
_FREQUENT_WORD = re.compile(
    r"ال\w+|[وف]?(?:من|في|على|عن|مع|أن|ان|إن|إلى|الى|ما|لا|لم|لن|هل|يا|هذا|هذه|ذلك|كان|هو|هي|أنا|أنت|نعم|ثم|كل|قد|بعد)"
)
_MIN_FREQUENT_SHARE = 0.05
"""Smallest share of frequent words in text taken for Arabic; running Arabic of any kind has 0.2 to 0.4."""
_ACCENTED = re.compile("[à-ÿ]")
_MAX_ACCENTED_SHARE = 0.05
"""Most accented letters beside the Arabic ones; text of another encoding has a third, Arabic a foreign name or two."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and a note if its encoding was unusual.

    Read are UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1256 (older Arabic subtitle files)
    where the result clearly is Arabic. Raises `BadCaptions` for an empty file, for binary data and for other encodings.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _check_text(_decode_strictly(data, "utf-16")), "It was in UTF-16."
    try:
        return _check_text(data.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        text = _check_text(_decode_strictly(data, "cp1256"))
    words = _ARABIC_WORD.findall(text)
    frequent = sum(_FREQUENT_WORD.fullmatch(word) is not None for word in words)
    accented = len(_ACCENTED.findall(text))
    if frequent <= _MIN_FREQUENT_SHARE * len(words) or accented > _MAX_ACCENTED_SHARE * sum(map(len, words)):
        message = "neither UTF-8 nor UTF-16 text, nor Arabic in Windows-1256; please save it as UTF-8"
        raise BadCaptions(message)
    return text, "It was in Windows-1256."


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"damaged {encoding.upper()} text"
        raise BadCaptions(message) from error


def _check_text(text: str) -> str:
    if not text.strip():
        message = "empty"
        raise BadCaptions(message)
    if "\0" in text:
        message = "a binary file, not text"
        raise BadCaptions(message)
    return text
