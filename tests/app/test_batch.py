"""Whole lists over a fake YouTube: reliability rules R3 to R12 and R18, each with its figure."""

from __future__ import annotations

import random
import shutil
import statistics
import time as clock
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.app.batch import open_preview, open_session
from pipeline.app.repair import repair
from pipeline.app.wiring import Tadwin
from pipeline.errors import LibraryLocked, NoLibrary, StateUnsupported
from pipeline.events import Event, FileDamaged, VideoEnded
from pipeline.store.database import DATABASE_FILE, MIGRATIONS, LibraryDatabase
from pipeline.types.batch import FINISHED, BatchFilter, VideoRecord, VideoStatus
from tests.batch_world import (
    HANDLE,
    LIST,
    Time,
    batch,
    catalogue,
    counts,
    library_session,
    made,
    name,
    outputs,
    settings,
    videos,
)
from tests.fakes.answers import SORRY_PAGE
from tests.fakes.catalogue import REFUSALS
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell

SLOW = pytest.param(True, marks=pytest.mark.slow, id="full")
QUICK = pytest.param(False, id="quick")


def reasons(folder: Path) -> set[str]:
    """Every cause that any video of a library ended with."""
    with LibraryDatabase(folder, read_only=True) as state:
        return {work.cause for work in state.videos()} - {""}


@pytest.mark.parametrize("full", [QUICK, SLOW])
def test_r3_a_finished_list_costs_nothing(full: bool, tmp_path: Path, tell: Tell) -> None:  # noqa: FBT001 - a case
    """R3: a second run asks at most 5 times, never for a video, and leaves every byte as it was."""
    count = 250 if full else 25
    with FakeYouTube(catalogue(*videos(count))) as fake:
        first = batch(tmp_path, fake)
        before, asked, begun = outputs(tmp_path), len(fake.requests), clock.perf_counter()
        second = batch(tmp_path, fake)
        seconds = clock.perf_counter() - begun
        again = fake.requests[asked:]
        assert fake.escapes == ()
    tell(f"R3: {count} videos, second run: {len(again)} requests, {seconds:.2f} s, changed files: 0")

    assert made(first) == made(second) == count
    assert len(again) <= 5
    assert not [request for request in again if request.path in {"/watch", "/youtubei/v1/player", "/api/timedtext"}]
    assert outputs(tmp_path) == before


def random_faults(count: int, share: float, seed: int) -> list[Fault]:
    """So many single requests that fail, one in ten of any kind, by chance."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    found = []
    for hit in range(1, count):
        if chance.random() < share:
            kind = chance.choice([{"status": 503}, {"drop": True}, {"cut": 50}, {"delay": 0.05}])
            found.append(Fault("", first=hit, last=hit, **kind))  # type: ignore[arg-type] # by name
    return found


@pytest.mark.parametrize("full", [QUICK, SLOW])
def test_r4_random_faults_lose_nothing(full: bool, tmp_path: Path, tell: Tell) -> None:  # noqa: FBT001 - a case
    """R4: one request in ten fails (503, dropped, cut, late): every video is done, most of them at the first look."""
    count = 200 if full else 20
    heard: list[Event] = []
    with FakeYouTube(catalogue(*videos(count))) as fake:
        fake.faults += random_faults(count * 6, 0.1, seed=count)
        account = batch(tmp_path, fake, events=heard, patience_minutes=60)
    looks = [sum(isinstance(e, VideoEnded) and e.id == name(n) for e in heard) for n in range(count)]
    tell(f"R4: {made(account)} of {count}, looks: median {statistics.median(looks)}, most {max(looks)}")

    assert made(account) == count
    assert statistics.median(looks) == 1
    assert max(looks) <= 5
    assert {e.status for e in heard if isinstance(e, VideoEnded)} <= {*FINISHED, VideoStatus.RETRY}


@pytest.mark.parametrize("full", [QUICK, SLOW])
@pytest.mark.parametrize("kind", ["429 everywhere", "429 on the player", "captcha page", "bot sentence"])
def test_r5_a_block_is_never_taken_for_missing_captions(
    kind: str,
    full: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
    tell: Tell,
) -> None:
    """R5: from a video on YouTube refuses: at most 3 signals, then silence; no video is marked; resuming finishes."""
    good, bad = (39, 21) if full else (5, 7)
    several = videos(good + bad)
    blocked = tuple(v.refused(REFUSALS["bot"]) for v in several[good:]) if kind == "bot sentence" else several[good:]
    time = Time()
    with FakeYouTube(catalogue(*several[:good], *blocked)) as fake:
        if kind != "bot sentence":
            place = {"429 everywhere": "", "429 on the player": "/youtubei/v1/player", "captcha page": "/watch"}[kind]
            first = 1 + good if place else 3 + 3 * good
            how = {"body": SORRY_PAGE} if kind == "captcha page" else {"status": 429}
            fake.faults.append(Fault(place, first=first, **how))
        account = batch(tmp_path, fake, time=time)
        with LibraryDatabase(tmp_path) as state:
            assert state.breaker().is_open(time.now)
        signals = sum(work.status is VideoStatus.BLOCKED for work in _works(tmp_path))
        asked = len(fake.requests)
        early = batch(tmp_path, fake, time=time)
        more = len(fake.requests) - asked
        marked = reasons(tmp_path) - {"SourceBlocked"}
        tell(
            f"R5 {kind}: signals {signals}, requests afterwards {more}, marked as without captions {len(marked)}",
        )
        assert fake.escapes == ()
    with FakeYouTube(catalogue(*several)) as fake:
        time.now += 3601
        finished = batch(tmp_path, fake, time=time)

    assert signals <= (1 if kind == "captcha page" else 3)
    assert more == 0
    assert marked == set()
    assert (account.summary.exit_code, early.summary.exit_code) == (3, 3)
    assert made(account) == good
    assert made(finished) == good + bad


def _works(folder: Path) -> tuple[VideoRecord, ...]:
    with LibraryDatabase(folder, read_only=True) as state:
        return state.videos()


def test_a_long_retry_after_is_kept_across_runs(tmp_path: Path) -> None:
    """`Retry-After: 7200` with a refusal: nothing is asked for two hours, by no run."""
    time = Time()
    with FakeYouTube(catalogue(*videos(3))) as fake:
        fake.faults.append(Fault("/watch", status=429, headers={"Retry-After": "7200"}))
        batch(tmp_path, fake, time=time)
        asked = len(fake.requests)
        time.now += 7100
        batch(tmp_path, fake, time=time)
        early = len(fake.requests) - asked
        fake.faults.clear()
        time.now += 200
        account = batch(tmp_path, fake, time=time)

    assert early == 0
    assert made(account) == 3


def test_r6_requests_keep_their_distance(tmp_path: Path, tell: Tell) -> None:
    """R6: never two at once, never nearer than set, never in a beat; and `Retry-After` is kept to."""
    with FakeYouTube(catalogue(*videos(6))) as fake:
        fake.faults.append(Fault("/watch", first=3, last=3, status=503, headers={"Retry-After": "2"}))
        own = settings(tmp_path, fake, patience_minutes=1.0)
        own = replace(own, source=replace(own.source, pause_seconds=0.1))
        with open_session(own) as session:
            account = session.batch(session.resolve([LIST]), BatchFilter())
        times = [request.time for request in fake.requests]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    held = max(range(len(gaps)), key=gaps.__getitem__)
    waited = gaps.pop(held)
    spread = statistics.stdev(gaps) / statistics.mean(gaps)
    tell(f"R6: {len(gaps)} gaps, least {min(gaps):.2f} s, variation {spread:.2f}, Retry-After 2: {waited:.2f} s")

    assert made(account) == 6
    assert min(gaps) >= 0.1
    assert spread >= 0.1
    assert waited >= 2.0


def test_r6_looks_side_by_side_still_ask_one_by_one(tmp_path: Path) -> None:
    """With three looks at once and no pause, no request leaves before the answer to the last one is here."""
    with FakeYouTube(catalogue(*videos(12))) as fake:
        fake.faults.append(Fault("", delay=0.02))
        account = batch(tmp_path, fake, looks=3)
        times = [request.time for request in fake.requests]

    assert made(account) == 12
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.02


def test_r6_videos_keep_their_distance(tmp_path: Path) -> None:
    """Between two videos that ask YouTube lie 10 to 20 seconds, at random; kept videos cost no pause."""
    time = Time()
    with FakeYouTube(catalogue(*videos(5))) as fake:
        batch(tmp_path, fake, time=time, pause_seconds=10.0)
        slept = list(time.slept)
        batch(tmp_path, fake, time=time, pause_seconds=10.0)

    assert slept == [15.0] * 4
    assert time.slept == slept


@pytest.mark.parametrize("place", ["/watch", "/api/timedtext"])
def test_r7_silence_ends(place: str, tmp_path: Path, tell: Tell) -> None:
    """R7: a server that accepts and says nothing costs its time-outs, and the run goes on with the others."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        fake.faults.append(Fault(f"{place}?v={name(1)}", delay=60))
        own = settings(tmp_path, fake)
        own = replace(own, source=replace(own.source, timeout_seconds=1.0))
        begun = clock.perf_counter()
        with open_session(own) as session:
            account = session.batch(session.resolve([LIST]), BatchFilter())
        seconds = clock.perf_counter() - begun
    tell(f"R7: {seconds:.1f} s with a time-out of 1 s, made {made(account)} of 4")

    assert made(account) == 3
    assert counts(account)[VideoStatus.RETRY] == 1
    assert seconds < 30


def test_r8_hostile_answers_stop_one_video_only(tmp_path: Path) -> None:
    """R8: an answer too large to be real is refused for its own video; the others are done."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        fake.faults.append(Fault(f"v={name(1)}&signature", body="<" * 2_000_000 + "&lt;" * 40_000))
        account = batch(tmp_path, fake)

    assert made(account) == 2
    assert account.summary.statuses[name(1)] in {VideoStatus.RETRY, VideoStatus.PERSON}


@pytest.mark.parametrize("how", [{"body": "{}"}, {"status": 503}], ids=["empty", "503"])
def test_r11_a_short_list_is_never_complete(how: dict[str, Any], tmp_path: Path) -> None:
    """R11: what came is done, the list stays incomplete, the exit code is partial; the next run completes it."""
    with FakeYouTube(catalogue(*videos(105))) as fake:
        fake.faults.append(Fault("/youtubei/v1/browse", first=2, **how))
        short = batch(tmp_path, fake, filters=BatchFilter(match="حلقة 99"))
        with LibraryDatabase(tmp_path) as state:
            assert [roll.complete for roll in state.list_records()] == [False]
            assert len(state.videos()) == 100
        fake.faults.clear()
        time = Time()
        time.now += 7200
        whole = batch(tmp_path, fake, filters=BatchFilter(match="حلقة 99"), time=time)

    assert short.summary.exit_code == 3
    assert whole.summary.exit_code == 0
    with LibraryDatabase(tmp_path) as state:
        assert [roll.complete for roll in state.list_records()] == [True]
        assert len(state.videos()) == 105


@pytest.mark.parametrize("full", [QUICK, SLOW])
def test_r12_a_long_channel_begins_at_once(
    full: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
    tell: Tell,
) -> None:
    """R12: the first article is there before the list is read, and a second reading stops after a page or two."""
    count, limit = (5000, 200) if full else (300, 6)
    drafts: list[int] = []
    with FakeYouTube(catalogue(*videos(count))) as fake:

        def look(event: Event) -> None:
            if isinstance(event, VideoEnded) and not drafts:
                drafts.append(sum(request.path == "/youtubei/v1/browse" for request in fake.requests))

        with open_session(settings(tmp_path, fake), look) as session:
            session.batch(session.resolve([HANDLE]), BatchFilter(match="حلقة 1", limit=limit))
        batch(tmp_path, fake, HANDLE, filters=BatchFilter(match="لا شيء"))
        asked = len(fake.requests)
        batch(tmp_path, fake, HANDLE, filters=BatchFilter(match="لا شيء"))
        again = len(fake.requests) - asked
    pages = count // 30
    tell(f"R12: {count} videos, pages before the first draft: {drafts[0]} of {pages}, second reading: {again}")

    assert drafts[0] < pages / 2
    assert again <= 2


def test_r18_a_clock_set_back_hurries_nothing(tmp_path: Path, tell: Tell) -> None:
    """R18: after a block the clock is set back an hour: still no request before an hour of real time has passed."""
    time = Time()
    several = videos(4)
    with FakeYouTube(catalogue(*(v.refused(REFUSALS["bot"]) for v in several))) as fake:
        batch(tmp_path, fake, time=time)
        asked = len(fake.requests)
        time.now -= 3600
        batch(tmp_path, fake, time=time, patience_minutes=59.0)
        time.now += 3599
        batch(tmp_path, fake, time=time)
        early = len(fake.requests) - asked
        time.now += 2
        batch(tmp_path, fake, time=time)
        late = len(fake.requests) - asked
    tell(f"R18: early requests {early}, negative waits {sum(pause < 0 for pause in time.slept)}")

    assert early == 0
    assert late > 0
    assert all(pause >= 0 for pause in time.slept)


def test_repair_rebuilds_the_record(tmp_path: Path) -> None:
    """Lost or damaged, the record comes back from the articles: nothing is asked or made again, all lists are known."""
    with FakeYouTube(catalogue(*videos(6)[:5], videos(6)[5].refused(REFUSALS["private"]))) as fake:
        batch(tmp_path, fake)
        before = outputs(tmp_path)
        (tmp_path / DATABASE_FILE).write_bytes(b"rubbish" * 500)
        found = repair(settings(tmp_path))
        asked = len(fake.requests)
        again = batch(tmp_path, fake)
        paths = {request.path for request in fake.requests[asked:]}

    assert found == (5, 1)
    assert "/watch" not in paths
    assert counts(again) == {VideoStatus.DONE: 5, VideoStatus.PERSON: 1}
    assert outputs(tmp_path) == before
    assert (tmp_path / f"{DATABASE_FILE}.old-1").exists()


def test_relations_are_written_anew_after_a_repair(tmp_path: Path) -> None:
    """What the articles name is not known from the rebuilt record: it ends as in a library that was never lost."""
    with FakeYouTube(catalogue(*videos(6))) as fake:
        batch(tmp_path / "a", fake, filters=BatchFilter(limit=3))
        (tmp_path / "a" / DATABASE_FILE).unlink()
        repair(settings(tmp_path / "a"))
        batch(tmp_path / "a", fake)
        batch(tmp_path / "b", fake)

    assert outputs(tmp_path / "a") == outputs(tmp_path / "b")


def test_repair_needs_a_library(tmp_path: Path) -> None:
    """A folder that is not there is not made, and in one that holds something else nothing is."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("x")
    for folder in (tmp_path / "none", other):
        with pytest.raises(NoLibrary):
            repair(settings(folder))
    assert not (tmp_path / "none").exists()
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_repair_refuses_the_file_of_a_newer_version(tmp_path: Path) -> None:
    """It would lose what only that version knows: the file stays as it is."""
    with FakeYouTube(catalogue(*videos(1))) as fake:
        batch(tmp_path, fake)
    with LibraryDatabase(tmp_path, migrations=(*MIGRATIONS, "CREATE TABLE more (x)")):
        pass
    before = (tmp_path / DATABASE_FILE).read_bytes()

    with pytest.raises(StateUnsupported, match="newer version"):
        repair(settings(tmp_path))
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


@pytest.mark.parametrize("fault", ["article.md changed", "article.md gone", "record.json gone", "all gone"])
def test_an_article_that_is_not_as_it_was_written_is_made_again(fault: str, tmp_path: Path) -> None:
    """The same command notices it, says so once, asks YouTube for no video, and leaves every byte as it was."""
    heard: list[Event] = []
    with FakeYouTube(catalogue(*videos(3))) as fake:
        batch(tmp_path, fake)
        before, asked = outputs(tmp_path), len(fake.requests)
        (place,) = (tmp_path / "articles").glob(f"{name(1)}-*")
        which, how = fault.split()
        if which == "all":
            shutil.rmtree(place)
        elif how == "gone":
            (place / which).unlink()
        else:
            (place / which).write_bytes((place / which).read_bytes().replace("الفرات".encode(), "دجلة".encode()))
        batch(tmp_path, fake, events=heard)
        paths = {request.path for request in fake.requests[asked:]}

    assert outputs(tmp_path) == before
    assert [Path(each.path).parent for each in heard if isinstance(each, FileDamaged)] == [place]
    assert [each.id for each in heard if isinstance(each, VideoEnded)] == [name(1)]
    assert "/watch" not in paths


def test_a_damaged_artifact_is_made_again_and_named_once(tmp_path: Path) -> None:
    """Every step of a video at once, and its article: what can be computed is, the captions are fetched again."""
    heard: list[Event] = []
    with FakeYouTube(catalogue(*videos(2))) as fake:
        batch(tmp_path, fake)
        before = outputs(tmp_path)
        artifacts = sorted((tmp_path / "artifacts").rglob("*.json"))
        for path in artifacts:
            path.write_bytes(path.read_bytes()[:-1] + b"x")
        for path in (tmp_path / "articles").glob("*/article.md"):
            path.unlink()
        batch(tmp_path, fake, events=heard)

    assert outputs(tmp_path) == before
    named = [Path(each.path) for each in heard if isinstance(each, FileDamaged)]
    assert sorted(path for path in named if "artifacts" in path.parts) == artifacts


def test_a_single_article_made_again_keeps_its_place_in_lists(tmp_path: Path) -> None:
    """`tadwin run` of a video whose record is damaged finds its place on the pages of the lists."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        batch(tmp_path, fake)
        before = outputs(tmp_path)
        (record,) = (tmp_path / "articles").glob(f"{name(1)}-*/record.json")
        record.write_bytes(b"{")
        result = Tadwin(settings(tmp_path, fake)).run(name(1))

    assert result.article is not None
    assert len(result.article.places) == 1
    assert {path for path, data in outputs(tmp_path).items() if before[path] != data} == set()


def test_a_second_session_is_refused(tmp_path: Path) -> None:
    """While one works, nobody else does."""
    with library_session(tmp_path), pytest.raises(LibraryLocked), library_session(tmp_path):
        pass


def test_a_preview_keeps_nothing(tmp_path: Path) -> None:
    """`--dry-run`: what would be looked at, with what is known of it; no file, no request for a video."""
    with FakeYouTube(catalogue(*videos(8))) as fake:
        batch(tmp_path / "a", fake, filters=BatchFilter(limit=1))
        asked = len(fake.requests)
        with open_preview(settings(tmp_path / "a", fake)) as preview:
            found = preview.entries([LIST], BatchFilter(limit=2))
            known = [(entry.reference.id, work.status if work else "") for entry, work in found]
        with open_preview(settings(tmp_path / "b", fake)) as preview:
            new = [work for _, work in preview.entries([LIST], BatchFilter(match="حلقة 7"))]
        paths = {request.path for request in fake.requests[asked:]}

    assert known == [(name(0), VideoStatus.DONE), (name(1), VideoStatus.WAITING)]
    assert new == [None]
    assert not (tmp_path / "b").exists()
    assert "/watch" not in paths
