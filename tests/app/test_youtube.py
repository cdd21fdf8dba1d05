"""The whole path from a YouTube link to an article on disk, with both real libraries and the fake YouTube."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.app.wiring import Tadwin
from pipeline.events import Event, Notice
from pipeline.settings import LibrarySettings, Settings, SourceSettings
from pipeline.store.database import DATABASE_FILE
from pipeline.types.article import Caption, RunStatus, TrackOrigin
from pipeline.urls import PLAYLIST_NOTE
from tests.fakes.catalogue import REFUSALS, FakeTrack
from tests.fakes.faults import Fault
from tests.fakes.sample import FOREIGN, SILENT, TALK
from tests.sources.fetching import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.catalogue import FakeVideo
    from tests.fakes.youtube import FakeYouTube

LINK = f"https://youtu.be/{TALK.id}?list=PLabcdefghijklmnop&t=42"
SPEECH = "نتحدث اليوم عن نهر الفرات وكيف عاش الناس على ضفافه وماذا زرعوا في حقوله قبل الاف السنين"
WORDS = SPEECH.split()
CAPTIONS = tuple(
    Caption(" ".join(WORDS[n % 7 : n % 7 + 6]), n * 3.0, n * 3.0 + 2.9, tuple(n * 3.0 + k * 0.4 for k in range(6)))
    for n in range(200)
)
LONG_TALK = replace(TALK, tracks=(FakeTrack("ar", CAPTIONS, "asr", "Arabic (auto-generated)"),))


@pytest.fixture
def fake() -> Iterator[FakeYouTube]:
    """A YouTube with one talk that is long enough for an article."""
    with alone(LONG_TALK) as made:
        yield made


def application(fake: FakeYouTube, folder: Path, heard: list[Event]) -> Tadwin:
    """The application with a library of its own."""
    source = SourceSettings(proxy=fake.proxy, ca_bundle=fake.ca_bundle, pause_seconds=0.0)
    return Tadwin(Settings(library=LibrarySettings(str(folder)), source=source), heard.append)


def test_a_link_becomes_an_article(fake: FakeYouTube, tmp_path: Path) -> None:
    """A pasted link with a playlist in it: an article in every format, in three requests, and both choices are told."""
    heard: list[Event] = []
    made = application(fake, tmp_path, heard).run(LINK)

    assert made.status in {RunStatus.DONE, RunStatus.FLAWED}
    assert made.article is not None
    assert made.article.script.track.origin is TrackOrigin.AUTOMATIC
    assert made.article.provenance.backend == "yt-dlp"
    assert {Path(file).suffix for file in made.files} == {".md", ".html", ".json"}
    assert all(TALK.title in Path(file).read_text(encoding="utf-8") for file in made.files)
    assert len(fake.requests) == 3
    assert [event for event in heard if isinstance(event, Notice)][:1] == [Notice(PLAYLIST_NOTE)]
    assert heard.count(Notice(PLAYLIST_NOTE)) == 1


@pytest.mark.parametrize("again", [LINK, TALK.id, f"https://www.youtube.com/shorts/{TALK.id}"])
def test_a_finished_video_is_not_asked_for_again(again: str, fake: FakeYouTube, tmp_path: Path) -> None:
    """Whatever form of link names it the second time: no request, the same article."""
    first = application(fake, tmp_path, []).run(LINK)
    second = application(fake, tmp_path, []).run(again)

    assert len(fake.requests) == 3
    assert second.article == first.article
    assert second.files == first.files


def test_a_block_leaves_nothing_and_the_next_run_succeeds(fake: FakeYouTube, tmp_path: Path) -> None:
    """A refused address is no fact about the video: nothing is kept, and later the article is made."""
    fake.faults.append(Fault("/youtubei/v1/player", status=429))
    blocked = application(fake, tmp_path, []).run(LINK)

    assert blocked.status is RunStatus.BLOCKED
    assert blocked.files == ()
    assert "hour" in blocked.hint
    fake.faults.clear()
    assert application(fake, tmp_path, []).run(LINK).article is not None


@pytest.mark.parametrize(
    ("video", "status", "reason"),
    [
        (SILENT, RunStatus.FAILED, "no captions"),
        (FOREIGN, RunStatus.FAILED, "en (manual)"),
        (TALK.refused(REFUSALS["private"]), RunStatus.FAILED, "private"),
        (TALK.refused(REFUSALS["premiere"]), RunStatus.LATER, "premiere"),
        (TALK.refused(REFUSALS["bot"]), RunStatus.BLOCKED, "robot"),
    ],
    ids=["no captions", "no Arabic", "private", "premiere", "bot"],
)
def test_without_a_transcript_there_is_no_article(
    video: FakeVideo, status: RunStatus, reason: str, tmp_path: Path
) -> None:
    """A reason, a next step and no file but the breaker's; the title alone never becomes an article."""
    with alone(video) as fake:
        made = application(fake, tmp_path / "out", []).run(video.id)

    assert made.status is status
    assert reason in made.reason
    assert made.hint
    assert made.article is None
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {DATABASE_FILE}
