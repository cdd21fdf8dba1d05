"""What a command says when something is wrong: what is so, and what to do next."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from pipeline.store import lock
from tests.batch_world import LIST, catalogue, name, videos
from tests.cli.test_batch import run
from tests.cli.test_run import COMMAND, LINES, ROOT, captions, tadwin
from tests.fakes.catalogue import REFUSALS
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube
from tests.test_kills import remount, small_disk


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("/playlist", status=500), "HTTP 500"),
        (Fault("/playlist", body="<html>nothing"), "garbled or of an unknown form"),
        (Fault("/playlist", cut=100), "cut or garbled"),
    ],
)
def test_why_a_list_could_not_be_read_is_told(fault: Fault, reason: str, tmp_path: Path) -> None:
    """In the line of the list, in the report and by `status`; and what to do: nothing is "due later"."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        fake.faults.append(fault)
        done = run(fake, tmp_path, "batch", LIST)
        preview = run(fake, tmp_path, "batch", LIST, "--dry-run")
        status = run(fake, tmp_path, "status")

    assert done.returncode == 1
    for said in (done.stderr, preview.stderr, status.stdout):
        assert reason in said
        assert "Traceback" not in said
    assert "run the same command again later" in done.stderr
    assert "due later" not in done.stderr


def test_a_read_only_library_can_be_looked_at(tmp_path: Path) -> None:
    """`status`, `why` and `--dry-run` answer as ever; a batch says that the folder cannot be written."""
    with small_disk(tmp_path / "out", 4000), FakeYouTube(catalogue(*videos(2))) as fake:
        run(fake, tmp_path, "batch", LIST)
        commands = (("status",), ("why", name(0)), ("batch", LIST, "--dry-run"), ("review", "--list"))
        before = [run(fake, tmp_path, *command) for command in commands]
        run(fake, tmp_path, "batch", LIST)  # leaves no file of SQLite beside the database, unlike those that only read
        remount(tmp_path / "out", "ro")
        after = [run(fake, tmp_path, *command) for command in commands]
        refused = run(fake, tmp_path, "batch", LIST)

    assert [(each.returncode, each.stdout) for each in after] == [(0, each.stdout) for each in before]
    assert (refused.returncode, "cannot be written" in refused.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [("batch", "x.srt"), ("retry",), ("repair",)])
def test_json_is_an_object_also_when_the_library_is_locked(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A program that reads stdout gets the exit code, the cause, the reason and the hint; stderr stays for people."""
    captions(tmp_path, "x.srt")
    tadwin(tmp_path, "batch", "x.srt")
    with lock.library_lock(tmp_path / "out"):
        done = tadwin(tmp_path, *arguments, *(["--json"] if arguments != ("repair",) else []))

    assert done.returncode == 11
    assert "in use by process" in done.stderr
    if arguments != ("repair",):
        answer = json.loads(done.stdout)
        assert (answer["version"], answer["exit_code"], answer["cause"]) == (1, 11, "LibraryLocked")
        assert answer["reason"] in done.stderr
        assert answer["hint"] in done.stderr


def test_what_is_settled_is_not_tried_again(tmp_path: Path) -> None:
    """A talk of which no sentence can stand is permanent; English captions in a file need a person, now."""
    captions(tmp_path, "noise.srt", ["موسيقى تصفيق موسيقى تصفيق موسيقى"] * 30)
    captions(tmp_path, "english.srt", ["the river begins in the mountains and ends in the sea"] * 30)
    done = tadwin(tmp_path, "batch", "noise.srt", "english.srt")
    again = tadwin(tmp_path, "batch", "noise.srt", "english.srt", "--json", "--quiet")
    missing = {Path(each["id"]).name: each for each in json.loads(again.stdout)["missing"]}
    why = tadwin(tmp_path, "why", "english.srt")

    assert {name: each["status"] for name, each in missing.items()} == {
        "noise.srt": "permanent",
        "english.srt": "person",
    }
    assert {name: each["attempts"] for name, each in missing.items()} == {"noise.srt": 1, "english.srt": 1}
    assert "not in Arabic" in done.stderr
    assert "Use a file with the Arabic captions" in why.stdout
    assert "no batch tries it again" in why.stdout


def test_the_table_of_a_batch_says_what_to_do(tmp_path: Path) -> None:
    """Each id once, a reason for all, a hint below those it belongs to, and how to go on with what is left."""
    several = videos(4)
    refused = [video.refused(REFUSALS["private"]) for video in several[:2]]
    with FakeYouTube(catalogue(*refused, *several[2:])) as fake:
        fake.faults.append(Fault(f"/watch?v={name(2)}", status=429, headers={"Retry-After": "7200"}))
        done = run(fake, tmp_path, "batch", LIST)
    lines = done.stderr.splitlines()
    rows = [line for line in lines if line.startswith("  series_")]

    assert [row.split(":")[0].split() for row in rows] == [
        [name(0), "person"],
        [name(1), "person"],
        [name(2), "blocked"],
        [name(3), "waiting"],
    ]
    assert all(row.count("series_") == 1 for row in rows)
    assert all(row.split(": ")[1].strip() for row in rows)
    assert sum("Sign in to YouTube" in line for line in lines) == 1
    assert "Wait 2 hours" in done.stderr
    assert "2 left; run the same command again after 20" in done.stderr


def test_why_never_names_a_time_that_has_passed(tmp_path: Path) -> None:
    """Due videos are tried by the next batch; a video that waits has its time."""
    with FakeYouTube(catalogue(*videos(1))) as fake:
        fake.faults.append(Fault("/watch", status=500))
        run(fake, tmp_path, "batch", LIST)
        soon = run(fake, tmp_path, "why", name(0)).stdout
        fake.faults[:] = [Fault("/watch", status=503, headers={"Retry-After": "7200"})]
        run(fake, tmp_path, "retry")
        late = run(fake, tmp_path, "why", name(0)).stdout

    assert "no retry before" not in soon + late
    assert "the next batch" in soon
    assert "the next batch after 20" in late


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "says"),
    [
        (("status", "--library", ""), {}, 12, "must name a folder"),
        (("status",), {"TADWIN_LIBRARY_FOLDER": ""}, 12, "must name a folder"),
        (("status",), {"TADWIN_SAUCE_PROXY": "x"}, 12, "did you mean TADWIN_SOURCE_PROXY?"),
        (("status",), {"TADWIN_SOURCE_PROXI": "x"}, 12, "did you mean TADWIN_SOURCE_PROXY?"),
        (("status",), {"TADWIN_LIBARY": "x"}, 12, "there is no such setting"),
        (("batch", "x.srt", "--since", "2026-02-01", "--until", "2026-01-01"), {}, 2, "is later than --until"),
        (("review", "--list"), {}, 10, "there is no library"),
        (("repair",), {}, 10, "there is no library"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...], environment: dict[str, str], code: int, says: str, tmp_path: Path
) -> None:
    """With a code, a sentence and the next step; nothing is made."""
    done = tadwin(tmp_path, *arguments, **environment)

    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("models",), ("--help",), ("status", "--json"), ("run", "talk.srt")])
def test_a_full_disk_behind_stdout_is_a_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """`> /dev/full`: code 13 and what to do, whoever prints; no traceback, nothing from the interpreter."""
    captions(tmp_path, "talk.srt")
    tadwin(tmp_path, "batch", "talk.srt")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "TADWIN_LIBRARY_FOLDER": str(tmp_path / "out"), "XDG_CONFIG_HOME": "."},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 13
    assert "the output could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_machine_without_a_network_is_told_so(tmp_path: Path) -> None:
    """YouTube's name cannot be looked up: the message says DNS, and what to check."""
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this user may not take the network away from a process")
    done = subprocess.run(
        [*alone, *COMMAND, "run", name(0)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "TADWIN_SOURCE_PAUSE_SECONDS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "looked up (DNS)" in done.stderr
    assert "online" in done.stderr


@pytest.mark.parametrize(("content", "says"), [("", "holds no certificates"), (None, "there is no file")])
def test_doctor_opens_the_file_of_authorities(content: str | None, says: str, tmp_path: Path) -> None:
    """A file that is none is found before the first request; so is a proxy that is no address."""
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    bundle = {"TADWIN_SOURCE_CA_BUNDLE": "ca.pem", "TADWIN_SOURCE_PROXY": "nowhere"}
    checks = json.loads(tadwin(tmp_path, "doctor", "--json", **bundle).stdout)["checks"]
    found = {check["name"]: check for check in checks}

    assert (found["ca_bundle"]["ok"], found["proxy"]["ok"]) == (False, False)
    assert says in found["ca_bundle"]["says"]
    assert "http://host:port" in found["proxy"]["says"]


def test_a_damaged_card_hides_no_other_article(tmp_path: Path) -> None:
    """`review --list` prints the others, then names the file and what makes it whole; doing that does."""
    talks = [captions(tmp_path, "one.srt"), captions(tmp_path, "two.srt", [*LINES[3:], *LINES[:3]])]
    tadwin(tmp_path, "run", *map(str, talks))
    cards = sorted((tmp_path / "out" / "articles").glob("*/card.json"))
    cards[0].write_bytes(cards[0].read_bytes().replace(b"findings", b"findingz"))
    listed = tadwin(tmp_path, "review", "--list")
    tadwin(tmp_path, "run", *map(str, talks))
    again = tadwin(tmp_path, "review", "--list")

    assert (listed.returncode, listed.stdout.count("findings")) == (1, 1)
    assert f"{cards[0].relative_to(tmp_path)} is damaged" in listed.stderr
    assert "`tadwin run` with its video" in listed.stderr
    assert (again.returncode, again.stdout.count("findings")) == (0, 2)
