"""Tests of detection: content decides what a file is, its name only where the content leaves a doubt."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.cues import BadCaptions
from pipeline.sources.format_detection import CaptionFormat, decode, detect_format, read_captions
from tests.fakes.captions import DATA

ARABIC = "في هذا اليوم من العام الماضي كان السوق في المدينة القديمة على ما هو عليه اليوم\nولم يكن في البيت من أحد\n"

FIXTURES = {
    "rolling.ar.vtt": CaptionFormat.VTT,
    "typed.vtt": CaptionFormat.VTT,
    "messy.srt": CaptionFormat.SRT,
    "two.sbv": CaptionFormat.SRT,
    "generated.json3": CaptionFormat.JSON3,
    "manual.json3": CaptionFormat.JSON3,
    "plain.srv1.xml": CaptionFormat.SRV1,
    "full.srv3.xml": CaptionFormat.SRV3,
    "marks.txt": CaptionFormat.PLAIN,
    "led.txt": CaptionFormat.PLAIN,
    "lines.txt": CaptionFormat.PLAIN,
}


@pytest.mark.parametrize("disguise", ["{}", "x.txt", "x.srt", "x.json", "x"])
@pytest.mark.parametrize("name", FIXTURES)
def test_content_decides(name: str, disguise: str) -> None:
    """Each format is known under its own name, under a wrong one and under none."""
    assert read_captions(disguise.format(name), (DATA / name).read_bytes()).format is FIXTURES[name]


def test_every_fixture_is_tried() -> None:
    """No caption file of the project is left out of the table above."""
    assert set(FIXTURES) == {path.name for path in DATA.iterdir()}


def test_a_name_helps_where_the_header_is_missing() -> None:
    """WebVTT without its first line is known by its name; the same text is SubRip otherwise."""
    text = "intro\n0:01 --> 0:02\nنعم"

    assert (detect_format("a.VTT", text), detect_format("a.txt", text)) == (CaptionFormat.VTT, CaptionFormat.SRT)


@pytest.mark.parametrize("text", ["[موسيقى]\nنعم", "{همس}\nنعم", "<همس> نعم", "[0:30] نعم", "نعم --> لا", "12:30 نعم"])
def test_text_that_begins_oddly_is_text(text: str) -> None:
    """Brackets, braces, arrows and times in speech do not make it JSON, XML or subtitles."""
    assert detect_format("x.txt", text) is CaptionFormat.PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    """UTF-8 with or without a byte order mark and UTF-16 with one give the same text."""
    assert decode(ARABIC.encode(encoding))[0] == ARABIC


def test_big_endian_utf_16_is_read_and_named() -> None:
    """UTF-16 of either byte order is read, and the user is told."""
    assert decode(codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be")) == (ARABIC, "It was in UTF-16.")


def test_windows_1256_is_read_where_it_clearly_is_arabic() -> None:
    """An old Arabic subtitle file is read, and the user is told."""
    assert decode(ARABIC.encode("cp1256")) == (ARABIC, "It was in Windows-1256.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a binary file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a binary file"),
        (ARABIC.encode("utf-32"), "a binary file"),
        (ARABIC.encode("utf-16-le"), "a binary file|neither UTF-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "damaged UTF-16"),
        (ARABIC.encode("iso-8859-6"), "neither UTF-8 nor UTF-16"),
        ("Москва и Петербург — города России, в которых на улицах много людей".encode("cp1251"), "neither UTF-8"),
        ("Où est le café où l'été fut passé à côté de la forêt".encode("latin-1"), "neither UTF-8"),
        (ARABIC.encode()[:-20] + b"\xff" + ARABIC.encode()[-20:], "neither UTF-8"),
        (b"\x1f\x8b\x08\x08compressed", "neither UTF-8"),
    ],
)
def test_other_bytes_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    """Empty, binary, compressed and wrongly encoded files are refused in a few words, and never guessed at."""
    with pytest.raises(BadCaptions, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("%PDF-1.7 نعم", "a PDF document"),
        ("{\\rtf1\\ansi", "an RTF document"),
        ("[Script Info]\nDialogue: 0,0:00:01.00,0:00:02.00,,نعم", "an .ass subtitle file"),
        ("\n<!DOCTYPE html><p>نعم", "a web page"),
        ("<HTML>", "a web page"),
        ('<tt xmlns="http://www.w3.org/ns/ttml">', "a TTML file"),
        ('<?xml version="1.0"?><opml/>', "begins with <opml>"),
        ('{"name": "نعم"}', "without a list of caption events"),
        ('[{"text": "نعم"}]', "without a list of caption events"),
        ('{"track": 1, "captions": []}', "damaged or of another version"),
    ],
)
def test_documents_of_other_kinds_are_named(text: str, reason: str) -> None:
    """Files that are often taken for captions are refused by name, so that their markup never becomes an article."""
    with pytest.raises(BadCaptions, match=reason):
        read_captions("x.srt", text.encode())


@given(st.text(max_size=5), st.binary())
def test_any_file_is_content_or_a_refusal(name: str, data: bytes) -> None:
    """No bytes under no name raise anything but `BadCaptions`."""
    try:
        content = read_captions(name, data)
    except BadCaptions:
        return
    assert content.format in CaptionFormat
