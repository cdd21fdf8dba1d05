"""Tests of metadata: yt-dlp's info.json is read as far as it is sound, whatever it holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import codec
from pipeline.sources.cues import BadCaptions
from pipeline.sources.metadata import bracketed_id, clean_video, language_tag, parse_info, title_from_stem
from pipeline.types.article import Chapter, Video

INFO: dict[str, object] = {
    "id": "dQw4w9WgXcQ",
    "title": "دمشق وبغداد",
    "extractor": "youtube",
    "extractor_key": "Youtube",
    "channel": "قناة المشروع",
    "uploader": "غيرها",
    "upload_date": "20240229",
    "duration": 903,
    "description": "سطر\n\nوسطر",
    "webpage_url": "https://evil.example/watch",
    "language": "ar",
    "tags": ["دمشق", "بغداد"],
    "chapters": [
        {"start_time": 60.5, "end_time": 903, "title": "بغداد"},
        {"start_time": 0, "end_time": 60.5, "title": "دمشق"},
    ],
    "formats": [{"url": "https://secret.example/"}],
    "_type": "video",
}

VIDEO = Video(
    id="dQw4w9WgXcQ",
    title="دمشق وبغداد",
    channel="قناة المشروع",
    published=date(2024, 2, 29),
    seconds=903.0,
    description="سطر\nوسطر",
    url="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    language="ar",
    chapters=(Chapter(0.0, "دمشق"), Chapter(60.5, "بغداد")),
    tags=("دمشق", "بغداد"),
)


def with_fields(**fields: object) -> bytes:
    """The file with some fields changed; None takes a field out."""
    changed = {name: value for name, value in (INFO | fields).items() if value is not None}
    return json.dumps(changed).encode()


def test_all_fields_are_read() -> None:
    """Title, channel, date, length, description, chapters in order, tags and language; the address is made anew."""
    assert parse_info(json.dumps(INFO).encode()) == VIDEO


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"channel": None}, {"channel": "غيرها"}),
        ({"channel": 5, "uploader": ["x"]}, {"channel": ""}),
        ({"upload_date": "20240230"}, {"published": None}),
        ({"upload_date": "2024-02-29"}, {"published": None}),
        ({"upload_date": 20240229}, {"published": None}),
        ({"duration": "NaN"}, {"seconds": None}),
        ({"duration": -1}, {"seconds": None}),
        ({"duration": True}, {"seconds": None}),
        ({"description": {"a": 1}}, {"description": ""}),
        ({"language": "arabic; drop"}, {"language": ""}),
        ({"tags": "دمشق"}, {"tags": ()}),
        ({"tags": [1, None, " ", "نعم"]}, {"tags": ("نعم",)}),
        ({"chapters": "x"}, {"chapters": ()}),
        ({"chapters": [None, {}, {"start_time": 1}, {"start_time": "x", "title": "أ"}]}, {"chapters": ()}),
        ({"chapters": [{"start_time": 1, "title": "\u202eأ\n"}]}, {"chapters": (Chapter(1.0, "أ"),)}),
        ({"id": "../../../etc"}, {"id": "", "url": ""}),
        ({"id": ["dQw4w9WgXcQ"]}, {"id": "", "url": ""}),
        ({"id": "dQw4w9WgXcQ\n"}, {"id": "", "url": ""}),
        ({"extractor_key": "Other"}, {"id": "", "url": ""}),
        ({"extractor_key": None, "extractor": None}, {}),
        ({"webpage_url": None}, {"url": ""}),
        ({"title": "أ\u202eب\u2066\x07\n ج"}, {"title": "أب ج"}),
        ({"title": "ا" * 10_000}, {"title": "ا" * 500}),
        ({"title": "\ud83d"}, {"title": "\ufffd"}),
    ],
)
def test_an_unsound_field_is_left_out_alone(fields: dict[str, object], changed: dict[str, Any]) -> None:
    """A field of a wrong type or value counts as absent and takes no other field with it."""
    assert parse_info(with_fields(**fields)) == replace(VIDEO, **changed)


@pytest.mark.parametrize(
    "data", [b"null", b"[]", b'"x"', b"{}", with_fields(title=None), with_fields(_type="playlist")]
)
def test_other_json_describes_no_video(data: bytes) -> None:
    """A list's info.json and JSON of another kind describe no video."""
    assert parse_info(data) is None


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_damaged_json_is_refused(data: bytes) -> None:
    """A damaged file raises the one error of the readers."""
    with pytest.raises(BadCaptions):
        parse_info(data)


VALUES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8)
FIELDS = st.sampled_from(("title", "start_time", "id"))
DEEP = VALUES | st.lists(VALUES | st.dictionaries(FIELDS, VALUES, max_size=3), max_size=3)


@given(st.dictionaries(st.sampled_from(sorted(INFO)), DEEP))
def test_no_info_json_breaks_anything(fields: dict[str, object]) -> None:
    """Whatever its fields hold, the result is None or a video that can be stored and read back."""
    video = parse_info(json.dumps(fields).encode())

    assert video is None or codec.decode(codec.encode(video), Video) == video


def test_the_id_of_a_file_stays() -> None:
    """A video known by its file keeps that id, and has no address."""
    assert clean_video(Video("file-0123456789ab", "أ", url="https://evil.example/")) == Video("file-0123456789ab", "أ")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("عنوان [dQw4w9WgXcQ].ar.vtt", "dQw4w9WgXcQ"),
        ("[aaaaaaaaaaa] ثم [dQw4w9WgXcQ].srt", "dQw4w9WgXcQ"),
        ("[dQw4w9WgXc].srt", ""),
        ("[dQw4w9WgXcQQ].srt", ""),
        ("dQw4w9WgXcQ.srt", ""),
    ],
)
def test_an_id_in_brackets_is_found(name: str, found: str) -> None:
    """The name yt-dlp gives holds the id in brackets, last; eleven letters elsewhere may be a word."""
    assert bracketed_id(name) == found


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("دمشق_وبغداد [dQw4w9WgXcQ]", "دمشق وبغداد"),
        ("  محاضرة   أولى ", "محاضرة أولى"),
        ("[dQw4w9WgXcQ]", "[dQw4w9WgXcQ]"),
        ("___", "___"),
    ],
)
def test_a_name_becomes_a_title(stem: str, title: str) -> None:
    """A title is the readable part of a file's name, or the name itself where nothing else is left."""
    assert title_from_stem(stem) == title


@pytest.mark.parametrize(("text", "tag"), [("ar", "ar"), ("ar-EG", "ar-EG"), ("arabic", ""), ("ar_EG", ""), ("", "")])
def test_only_language_tags_are_languages(text: str, tag: str) -> None:
    """What has no form of a BCP 47 tag is no language."""
    assert language_tag(text) == tag
