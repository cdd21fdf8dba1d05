"""`tadwin batch`, `status`, `why`, `retry` and `repair`, as processes."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.cli import progress
from pipeline.events import (
    BatchProgress,
    Event,
    FileChosen,
    FileDamaged,
    ListRead,
    Notice,
    StepDone,
    StepStarted,
    VideoEnded,
    Waiting,
)
from tests.batch_world import HANDLE, LIST, catalogue, name, videos
from tests.cli.test_run import COMMAND, ROOT, tadwin
from tests.fakes.catalogue import REFUSALS
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube


def reaching(fake: FakeYouTube) -> dict[str, str]:
    """Settings that lead to the fake, without pauses, and let short talks become articles."""
    return {
        "TADWIN_SOURCE_PROXY": fake.proxy,
        "TADWIN_SOURCE_CA_BUNDLE": fake.ca_bundle,
        "TADWIN_SOURCE_PAUSE_SECONDS": "0",
        "TADWIN_BATCH_PAUSE_SECONDS": "0",
        "TADWIN_BATCH_PATIENCE_MINUTES": "0",
        "TADWIN_TEXT_MINIMUM_WORDS": "5",
        "TADWIN_EXPORT_FORMATS": "md",
    }


def run(fake: FakeYouTube, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A finished call that reaches the fake."""
    return tadwin(folder, *arguments, **reaching(fake))


def test_a_playlist_becomes_a_series(tmp_path: Path) -> None:
    """One private video of four: three articles, a page, a report, a table, code 3; all commands agree."""
    several = videos(4)
    private = several[2].refused(REFUSALS["private"])
    with FakeYouTube(catalogue(*several[:2], private, several[3])) as fake:
        done = run(fake, tmp_path, "batch", LIST)
        status = run(fake, tmp_path, "status")
        why = run(fake, tmp_path, "why", f"https://youtu.be/{name(2)}")
        counted = json.loads(run(fake, tmp_path, "status", "--json").stdout)
    report = json.loads((tmp_path / "out" / "run-report.json").read_text(encoding="utf-8"))
    (page,) = (tmp_path / "out" / "series").glob("*/index.md")

    assert done.returncode == report["exit_code"] == 3, done.stderr
    assert done.stdout == ""
    assert "done            3" in done.stderr
    assert "private" in done.stderr
    assert report["videos"] == counted["videos"] == {"done": 3, "person": 1}
    assert [(each["id"], each["cause"]) for each in report["missing"]] == [(name(2), "AccessDenied")]
    assert "4 of 4 videos, complete" in status.stdout
    assert "person" in why.stdout
    assert "captions as a file" in why.stdout
    assert "3 مقالات من 4 فيديوهات" in page.read_text(encoding="utf-8")


def test_json_is_the_report(tmp_path: Path) -> None:
    """`--json` prints one object, the one in the file, and with `--quiet` nothing else."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        done = run(fake, tmp_path, "batch", HANDLE, "--json", "--quiet")

    assert json.loads(done.stdout) == json.loads((tmp_path / "out" / "run-report.json").read_text(encoding="utf-8"))
    assert done.stderr == ""
    assert done.returncode == 0


def test_links_come_from_standard_input(tmp_path: Path) -> None:
    """`-` reads a link per line; a wrong line makes the run partial and is reported with its number."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        done = subprocess.run(
            [*COMMAND, "batch", "-"],
            input=f"{name(0)}\nhttps://example.org/x\n{name(1)}\n",
            cwd=tmp_path,
            env={**os.environ, **reaching(fake), "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 3, done.stderr
    assert "line 2: This is not a YouTube URL" in done.stderr
    assert "done            2" in done.stderr


def test_a_search_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """It ends with code 2, sends no request and makes no library."""
    with FakeYouTube(catalogue()) as fake:
        done = run(fake, tmp_path, "batch", "https://www.youtube.com/results?search_query=x")

    assert done.returncode == 2
    assert "search" in done.stderr
    assert "Traceback" not in done.stderr
    assert fake.requests == ()


def test_a_folder_that_is_not_there_keeps_no_row(tmp_path: Path) -> None:
    """The sentence says so, with the code of a wrong call, and the library knows of no list and no video."""
    done = tadwin(tmp_path, "batch", "/no/such/folder")
    status = json.loads(tadwin(tmp_path, "status", "--json").stdout)

    assert (done.returncode, "no such folder" in done.stderr) == (2, True)
    assert (status["videos"], status["lists"]) == ({}, [])


@pytest.mark.parametrize("id_", ["-abcdefghij", "--bcdefGhij", "-q---------", "-----------"])
def test_an_id_that_begins_with_a_hyphen_is_no_option(id_: str, tmp_path: Path) -> None:
    """One in 64 ids does; `run`, `batch` and `why` take it as it is, before and behind options."""
    with FakeYouTube(catalogue(replace(videos(1)[0], id=id_))) as fake:
        once = run(fake, tmp_path, "run", id_, "--quiet")
        done = run(fake, tmp_path, "batch", "--match", "حلقة", id_)
        why = run(fake, tmp_path, "why", id_)

    assert once.returncode == done.returncode == why.returncode == 0, once.stderr + done.stderr + why.stderr
    assert f"watch?v={id_}" in once.stdout
    assert why.stdout.startswith(id_)


def test_a_wrong_option_is_no_id(tmp_path: Path) -> None:
    """Eleven characters that are meant as an option are told as one, and a value of an option is left alone."""
    wrong = tadwin(tmp_path, "run", "--quiettttt", "dQ-w4_9WgXc")
    value = tadwin(tmp_path, "batch", "--config", "-abcdefghij", "dQ-w4_9WgXc")

    assert (wrong.returncode, "No such option" in wrong.stderr) == (2, True)
    assert "-abcdefghij" in value.stderr
    assert "watch?v=" not in value.stderr


def test_a_dry_run_lists_the_videos_and_does_nothing(tmp_path: Path) -> None:
    """The videos come on stdout, and no folder is made."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        done = run(fake, tmp_path, "batch", LIST, "--dry-run", "--limit", "2")

    assert done.returncode == 0, done.stderr
    assert [line.split()[1] for line in done.stdout.splitlines()] == [name(0), name(1)]
    assert not (tmp_path / "out").exists()


def test_a_dry_run_prints_one_object_too(tmp_path: Path) -> None:
    """`--json` and `--quiet` work as in a run; a video named by two sources counts once, also against the limit."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        arguments = ("--dry-run", "--json", "--quiet", "--limit", "2")
        done = run(fake, tmp_path, "batch", name(0), LIST, *arguments)

    listed = [{"id": name(0), "title": "", "status": "new"}, {"id": name(1), "title": "حلقة 1", "status": "new"}]
    assert json.loads(done.stdout) == {"version": 1, "videos": listed}
    assert done.stderr == ""


def test_what_was_not_asked_for_is_not_missing(tmp_path: Path) -> None:
    """Videos outside the dates are counted in the report, but are not among those that lack an article."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        done = run(fake, tmp_path, "batch", LIST, "--until", "1999-01-01", "--json")

    assert json.loads(done.stdout)["videos"] == {"skipped": 2}
    assert json.loads(done.stdout)["missing"] == []
    assert done.returncode == 0, done.stderr


def test_a_caption_file_that_is_gone_is_still_explained(tmp_path: Path) -> None:
    """`why` finds the record of a file by its path, whether it still exists or not; other text ends in a sentence."""
    talk = tmp_path / "talk.srt"
    talk.write_text("1\n00:00:00,000 --> 00:00:01,000\nكلام\n", encoding="utf-8")
    tadwin(tmp_path, "batch", "talk.srt")
    talk.unlink()
    gone = tadwin(tmp_path, "why", "talk.srt")
    never = tadwin(tmp_path, "why", "other.srt")
    strange = tadwin(tmp_path, "why", "x" * 300)

    assert "permanent" in gone.stdout
    assert (never.returncode, "never part of a batch" in never.stderr) == (1, True)
    assert (strange.returncode, "Traceback" in strange.stderr) == (2, False)


def test_a_block_has_its_own_code_and_retry_finishes(tmp_path: Path) -> None:
    """Blocked from the start: code 4 and when to come back; `retry` tries a class of videos again on request."""
    several = videos(2)
    with FakeYouTube(catalogue(several[0].refused(REFUSALS["private"]), several[1])) as fake:
        run(fake, tmp_path, "batch", LIST)
        public = FakeYouTube(catalogue(*several))
        with public as other:
            retried = run(other, tmp_path, "retry", "--class", "person")
            wrong = run(other, tmp_path, "retry", "--class", "nonsense")
            other.faults.append(Fault("", status=429))
            blocked = run(other, tmp_path, "batch", "PLother00000")

    assert retried.returncode == 0, retried.stderr
    assert wrong.returncode == 2
    assert blocked.returncode == 4
    assert "refuses this address" in blocked.stderr


@pytest.mark.parametrize("command", ["status", "retry", "repair", "why"])
def test_without_a_library_nothing_is_done(command: str, tmp_path: Path) -> None:
    """It ends with code 10 and a sentence, and no folder is made."""
    done = tadwin(tmp_path, command, *([name(0)] if command == "why" else []))

    assert done.returncode == 10, done.stderr
    assert "library" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_video_is_reported(tmp_path: Path) -> None:
    """`why` of a video that no batch has seen ends with code 1 and a sentence."""
    with FakeYouTube(catalogue(*videos(1))) as fake:
        run(fake, tmp_path, "batch", LIST)
        done = run(fake, tmp_path, "why", name(7))

    assert done.returncode == 1
    assert "never part of a batch" in done.stderr


PROGRESS = BatchProgress(100, 20, 19, 80, reading=False, seconds_left=480.0, status_counts=(("done", 19),))


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (VideoEnded("v", "عنوان", "done", "", 1.23), "done          1.2 s  عنوان"),
        (VideoEnded("v", "", "retry", "no network", 1.23), "retry         1.2 s  v  (no network)"),
        (ListRead("قائمة", 250, whole=True, reason=""), "list read       250 videos  قائمة"),
        (ListRead("قائمة", 100, whole=False, reason="short"), "list broken off 100 videos  قائمة  (short)"),
        (Waiting(3600.0, "YouTube refuses"), "YouTube refuses; waiting 60 min"),
        (FileDamaged("out/articles/v/article.md", "is gone"), "articles/v/article.md is gone; it is made again"),
        (PROGRESS, "written 19, left 80, about 8 min"),
        (Notice("x"), ""),
        (
            FileChosen("x.ar.srt", (("x.ar.vtt", "ar, automatic"), ("x.srt", "no captions in it"))),
            ("several files of one video; read is x.ar.srt\n  passed over: x.ar.vtt (ar, automatic)\n"
            "  passed over: x.srt (no captions in it)"),
        ),
        (StepDone("fetch", 1.0, reused=False), ""),
    ],
)  # fmt: skip
def test_events_are_plain_lines(event: Event, says: str) -> None:
    """Each is one line; steps inside a video are left out."""
    assert progress.describe(event) == says


@pytest.mark.parametrize("event", [Waiting(30.0, "busy"), FileDamaged("a/b/c", "is gone")])
def test_a_single_run_tells_of_waits_and_damage_too(event: Event) -> None:
    """As a note below its steps."""
    assert progress.describe_step(event) == f"  note: {progress.describe(event)}"


def test_progress_is_printed_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal a line comes after the first article and every sixty more, once, however many events come."""
    plain = progress.LineProgress()
    for written in (0, 1, 1, 2, 30, 60, 61, 61, 62):
        plain(replace(PROGRESS, written=written))

    assert [line.split(",")[0] for line in capsys.readouterr().err.splitlines()] == ["written 1", "written 61"]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (PROGRESS, "80, about 8 min"),
        (replace(PROGRESS, seconds_left=None), "80"),
        (replace(PROGRESS, reading=True, seconds_left=90.0), "80 and more, while the list is being read, about 90 s"),
        (replace(PROGRESS, seconds_left=7300.0), "80, about 2.0 h"),
    ],
)
def test_the_time_left_is_no_more_exact_than_known(event: BatchProgress, says: str) -> None:
    """Without an estimate none is shown, and a list that is still being read may grow."""
    assert progress.remaining(event) == says


def test_the_table_on_a_terminal_has_a_row_for_each_stage() -> None:
    """It shows the stages, what is left, and the videos by status; other lines stay above it, markup and all."""
    shown = StringIO()
    with progress.LiveProgress(Console(file=shown, force_terminal=True, width=80, color_system=None)) as terminal:
        terminal(VideoEnded("v", "عنوان", "retry", "no [red]network", 1.0))
        terminal(PROGRESS)
    text = shown.getvalue()

    assert all(word in text for word in ("listed", "fetched", "written", "left", "about 8 min", "done"))
    assert "no [red]network" in text


def test_results_are_not_mixed_with_the_display(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed on stdout while the terminal shows progress stays on stdout: the article of `run`, for a pipe."""
    shown = StringIO()
    with progress.LiveProgress(Console(file=shown, force_terminal=True, width=80), steps=True) as terminal:
        terminal(StepStarted("write"))
        print("the article")
        terminal(StepDone("write", 1.5, reused=False))

    assert capsys.readouterr().out == "the article\n"
    assert "article    ..." in shown.getvalue()
    assert "article    1.50 s" in shown.getvalue()
    assert "the article" not in shown.getvalue()
