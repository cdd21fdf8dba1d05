"""YouTube answers with 200 and says nothing: three such answers in a row are a block, whatever they look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.breaker import WaitReason
from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import REFUSAL_LIMIT, BatchFilter, VideoStatus
from tests.batch_world import LIST, Time, batch, catalogue, counts, library_session, made, name, videos
from tests.cli.test_batch import run
from tests.fakes.catalogue import REFUSALS
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell
from tests.sources.test_youtube_refusals import NO_PLAYABILITY, says

PLAYER, CAPTIONS, PAGE = "/youtubei/v1/player", "/api/timedtext", "/watch"
HTML = "<html><body><p>Sorry</p></body></html>"
LOGIN = {"Location": "https://accounts.google.com/ServiceLogin"}
BLOCKS = {
    "captions empty": Fault(CAPTIONS, body=""),
    "captions 204": Fault(CAPTIONS, status=204, body=""),
    "captions HTML": Fault(CAPTIONS, body=HTML),
    "captions {}": Fault(CAPTIONS, body="{}"),
    "captions without a cue": Fault(CAPTIONS, body='{"events": []}'),
    "player {}": Fault(PLAYER, body="{}"),
    "player []": Fault(PLAYER, body="[]"),
    "player empty": Fault(PLAYER, body=""),
    "player HTML": Fault(PLAYER, body=HTML),
    "player without a status": Fault(PLAYER, body=NO_PLAYABILITY),
    "an unknown demand to log in": Fault(PLAYER, body=says("LOGIN_REQUIRED", "Please sign in to continue")),
    "a demand to log in without words": Fault(PLAYER, body=says("LOGIN_REQUIRED", "")),
    "a refusal in new words": Fault(PLAYER, body=says("UNPLAYABLE", "Something new")),
    "a page elsewhere": Fault(PAGE, status=302, headers=LOGIN),
}
COUNT, MORE = 40, 5


def into(fake: FakeYouTube) -> int:
    """Requests about single videos."""
    return sum(any(part in request.path for part in (PLAYER, CAPTIONS, PAGE)) for request in fake.requests)


@pytest.mark.parametrize("case", BLOCKS)
def test_a_soft_block_opens_the_breaker(case: str, tmp_path: Path, tell: Tell) -> None:
    """At most ten requests for 40 videos, by later runs too; no video is blamed, and when it is over they are made."""
    time = Time()
    with FakeYouTube(catalogue(*videos(COUNT))) as fake:
        fake.faults.append(BLOCKS[case])
        report = batch(tmp_path, fake, time=time)
        asked, whole = into(fake), len(fake.requests)
        batch(tmp_path, fake, time=time)
        again = len(fake.requests) - whole
        with LibraryDatabase(tmp_path, read_only=True) as state:
            open_now = state.breaker().is_open(time.now)
        fake.faults.clear()
        time.now += 3700
        over = batch(tmp_path, fake, time=time, filters=BatchFilter(limit=MORE))
    tell(f"soft block, {case}: {asked} requests for {COUNT} videos, by a second run {again}")

    assert asked <= 10
    assert again == 0
    assert open_now
    assert report.summary.stop_reason is WaitReason.BLOCKED
    assert report.summary.exit_code == 4
    assert counts(report).keys() <= {VideoStatus.WAITING, VideoStatus.RETRY, VideoStatus.BLOCKED}
    assert made(over) == MORE


def test_a_soft_block_in_the_middle_of_a_run(tmp_path: Path) -> None:
    """What was made before it counts for nothing: three answers that say nothing, and YouTube is left alone."""
    with FakeYouTube(catalogue(*videos(COUNT))) as fake:
        fake.faults.append(Fault(CAPTIONS, first=11, body=""))
        report = batch(tmp_path, fake)
        into_the_block = sum(CAPTIONS in request.path for request in fake.requests) - 10

    assert made(report) == 10
    assert into_the_block == REFUSAL_LIMIT


def test_videos_that_are_odd_one_by_one_stop_nothing(tmp_path: Path) -> None:
    """An answer that says nothing is counted only until YouTube answers about another video."""
    several = videos(9)
    with FakeYouTube(catalogue(*several)) as fake:
        fake.faults.extend(Fault(f"{CAPTIONS}?v={name(n)}", body="") for n in (0, 3, 6))
        report = batch(tmp_path, fake)

    assert counts(report) == {VideoStatus.DONE: 6, VideoStatus.RETRY: 3}
    assert report.summary.stop_reason is not WaitReason.BLOCKED


def test_the_second_library_still_helps(tmp_path: Path) -> None:
    """The first gets no captions for any video, the second does: nothing is blocked, every article is made."""
    with FakeYouTube(catalogue(*videos(6))) as fake:
        fake.faults.append(Fault("fmt=json3", body=""))
        report = batch(tmp_path, fake)

    assert made(report) == 6


def test_marked_captions_are_an_answer(tmp_path: Path) -> None:
    """Captions that YouTube says it withholds, and refusals that say why, are about the video."""
    several = [video.refused(REFUSALS["members"]) for video in videos(6)]
    with FakeYouTube(catalogue(*several)) as fake:
        report = batch(tmp_path, fake)

    assert counts(report) == {VideoStatus.PERSON: 6}


def test_an_odd_video_does_not_hold_up_the_others(tmp_path: Path) -> None:
    """After the hour, the one probe is a video that was not tried yet, and then all the others are made."""
    time = Time()
    with FakeYouTube(catalogue(*videos(8))) as fake:
        fake.faults.extend(Fault(f"{CAPTIONS}?v={name(n)}", body="") for n in (0, 1))
        first = batch(tmp_path, fake, time=time)
        time.now += 3700
        second = batch(tmp_path, fake, time=time)

    assert made(first) == 0
    assert made(second) == 6


def test_lists_that_say_nothing_count_too(tmp_path: Path) -> None:
    """Of twenty channels none is asked for once three answered with something that is no list."""
    with FakeYouTube(catalogue(*videos(1))) as fake:
        fake.faults.append(Fault("", body=HTML))
        with library_session(tmp_path, fake, Time()) as session:
            wanted = session.resolve([f"https://www.youtube.com/playlist?list=PLseries{n:04}" for n in range(20)])
            report = session.batch(wanted, BatchFilter())
        lists = {request.parameters.get("list") for request in fake.requests if request.path == "/playlist"}

    assert len(lists) == REFUSAL_LIMIT
    assert report.summary.exit_code == 4


def test_one_video_keeps_to_the_breaker_too(tmp_path: Path) -> None:
    """After a batch was refused, `tadwin run` sends no request, says so, and ends with the code of a block."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        fake.faults.append(Fault(CAPTIONS, body=""))
        run(fake, tmp_path, "batch", LIST)
        asked = len(fake.requests)
        single = run(fake, tmp_path, "run", name(3))
        preview = run(fake, tmp_path, "batch", "--dry-run", LIST)
        later = len(fake.requests) - asked

    assert later == 0
    assert single.returncode == preview.returncode == 4
    assert "is not asked for another 60 min" in single.stderr
    assert "is not asked for another 60 min" in preview.stderr


def test_single_videos_open_the_breaker(tmp_path: Path) -> None:
    """Forty in one command, and one command after the other: at most ten requests, and an answer closes it again."""
    ids = [name(n) for n in range(COUNT)]
    with FakeYouTube(catalogue(*videos(COUNT))) as fake:
        fake.faults.append(Fault(CAPTIONS, body=""))
        for folder in ("a", "b", "c"):
            (tmp_path / folder).mkdir()
        together = run(fake, tmp_path / "a", "run", *ids)
        asked = len(fake.requests)
        codes = [run(fake, tmp_path / "b", "run", each).returncode for each in ids[:5]]
        one_by_one = len(fake.requests) - asked
        fake.faults.clear()
        fake.faults.append(Fault(f"{CAPTIONS}?v={ids[0]}", body=""))
        run(fake, tmp_path / "c", "run", ids[0])
        well = run(fake, tmp_path / "c", "run", ids[1])
    with LibraryDatabase(tmp_path / "c" / "out", read_only=True) as state:
        refusals = state.breaker().refusals

    assert together.returncode == 1
    assert asked <= 10
    assert one_by_one <= 12
    assert codes[-1] == 4
    assert well.returncode == 0
    assert refusals == 0
