"""The language of the sound, from what YouTube and yt-dlp say about sound tracks."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.sources.sound_language import is_same_language, mark_translations, sound_language, sound_track_of_format
from pipeline.types.article import Track, TrackOrigin

FORMATS: tuple[tuple[list[tuple[Any, Any]], str], ...] = (
    ([("en", 10), ("ar", -1)], "en"),
    ([("ar", 5), ("en", 10)], "en"),
    ([("en-US", 5), ("ar", -1), ("fr", -1)], "en-US"),
    ([("en-desc", -10), ("ar", -1)], "ar"),
    ([("ar", -1), ("ar", -1)], "ar"),
    ([("ar", None)], "ar"),
    ([("ar", -1), ("en", -1)], ""),
    ([("und", 10), (None, -1)], ""),
    ([(7, "x")], ""),
    ([], ""),
)


@pytest.mark.parametrize(("formats", "spoken"), FORMATS)
def test_the_formats_of_yt_dlp_tell_the_language_of_the_sound(formats: list[tuple[Any, Any]], spoken: str) -> None:
    """The original first, then the default, then the only one there is; otherwise nothing is known."""
    tracks = [sound_track_of_format({"language": code, "language_preference": rank}) for code, rank in formats]

    assert sound_language(tracks) == spoken


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("ar-EG", "ar", True), ("arz", "ar", True), ("en-US", "en_GB", True), ("iw", "he", True), ("ar", "arg", False)],
)
def test_regions_and_varieties_are_one_language(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table
    """Egyptian speech has Arabic captions; Aragonese has not."""
    assert is_same_language(one, other) is same


def test_only_automatic_captions_of_another_language_are_translations() -> None:
    """What people typed stays theirs, and an unknown sound changes nothing."""
    automatic, typed = Track("ar", TrackOrigin.AUTOMATIC), Track("ar", TrackOrigin.MANUAL)

    assert mark_translations((automatic, typed), "en") == (Track("ar", TrackOrigin.TRANSLATED), typed)
    assert mark_translations((automatic, typed), "arz") == (automatic, typed)
    assert mark_translations((automatic, typed), "") == (automatic, typed)
