"""The table of what recorded answers mean is complete and agrees with the recordings' own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline import errors
from tests.sources.recorded import Recorded, expectations, recorded

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {
    "AccessDenied": ("private", "age", "sign in", "inappropriate", "members", "payment", "tuổi"),
    "RegionBlocked": ("country", "video unavailable"),
    "VideoUnavailable": ("unavailable", "not available", "does not exist", "unviewable"),
    "NotYetAvailable": ("will begin", ""),
}
"""What the reason of a refusal must hold, in lower case; an empty word stands for an answer without a reason."""


@pytest.fixture(scope="module")
def files(shared: Path) -> tuple[Recorded, ...]:
    """All recordings."""
    return tuple(recorded(shared))


def test_every_file_of_the_table_is_there(files: tuple[Recorded, ...]) -> None:
    """No line of the table is about a file that does not exist."""
    assert expectations().keys() <= {f.file for f in files}


def test_every_answer_is_in_the_table(files: tuple[Recorded, ...]) -> None:
    """A file outside the table holds no player's answer and no list of videos."""
    rest = [f for f in files if f.kind in ("caption", "other")]
    marks = ('"playabilityStatus":', '"playabilityStatus" :', '"playlistVideoListRenderer"')
    assert [f.file for f in rest if any(m in f.text for m in marks)] == []


def test_every_expectation_is_a_class_of_ours() -> None:
    """The table names classes of `pipeline.errors`, or `ok`."""
    names = {expected for _, expected in expectations().values()} - {"ok"}
    assert all(issubclass(getattr(errors, name), errors.SourceError) for name in names)


def test_every_answer_could_be_read(files: tuple[Recorded, ...]) -> None:
    """The reader found the answer in each file, except in the page with a captcha, which has none."""
    unread = [f.file for f in files if f.expected and f.answer is None]
    assert unread == ["youtube_transcript_api/youtube_too_many_requests.html.static"]


@pytest.mark.parametrize("name", WORDS)
def test_refusals_say_what_the_table_says(files: tuple[Recorded, ...], name: str) -> None:
    """The recorded sentence of each refusal holds a word of its class."""
    refused = [f for f in files if f.expected == name]
    assert refused
    assert [f.file for f in refused if not any(w in f.reason.lower() for w in WORDS[name])] == []


@pytest.mark.parametrize(
    ("name", "status"), [("ok", "OK"), ("NoArabicCaptions", "OK"), ("NoCaptions", "OK"), ("SourceChanged", "")]
)
def test_status_fits_the_expectation(files: tuple[Recorded, ...], name: str, status: str) -> None:
    """What plays says OK; what says nothing is no answer to build on."""
    stated = {f.status for f in files if f.expected == name and f.kind != "playlist"}
    assert stated == {status}


def test_tracks_fit_the_expectation(files: tuple[Recorded, ...]) -> None:
    """Arabic is listed exactly where `ok` is expected, and no track at all exactly where `NoCaptions` is."""
    wrong = []
    for f in (f for f in files if f.expected in ("ok", "NoArabicCaptions", "NoCaptions") and f.kind != "playlist"):
        captions = (f.answer or {}).get("captions", {}).get("playerCaptionsTracklistRenderer", {})
        codes = [t["languageCode"].split("-")[0] for t in captions.get("captionTracks", ())]
        seen = "ok" if "ar" in codes else "NoArabicCaptions" if codes else "NoCaptions"
        wrong += [(f.file, seen)] if seen != f.expected else []
    assert wrong == []


def test_an_answer_about_another_video_is_a_block(files: tuple[Recorded, ...]) -> None:
    """Two recorded answers are about a stand-in video, "Video Not Available": they say nothing of what was asked."""
    pairs = {
        f.file: (f.asked, (f.answer or {}).get("videoDetails", {}).get("videoId", f.asked)) for f in files if f.asked
    }
    strangers = {file for file, (asked, given) in pairs.items() if asked != given}
    assert strangers == {
        "newpipe_history/generatedSubtitles/generated_mock_6.json",
        "newpipe_history/generatedAndTranslatedSubtitles/generated_mock_6.json",
    }
    assert {f.expected for f in files if f.file in strangers} == {"SourceBlocked"}
