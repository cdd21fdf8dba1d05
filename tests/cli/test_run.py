"""`tadwin run` and `tadwin demo`, as processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store import lock
from tests.fakes.scripts import TALK

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]
ROOT = Path(__file__).parents[2]
LINES = [line for _, lines in TALK for line in lines]


def tadwin(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished process of a call in a folder, with a library below it."""
    own = {"PYTHONPATH": str(ROOT), "TADWIN_LIBRARY_FOLDER": str(folder / "out"), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def captions(folder: Path, name: str = "النهر.srt", lines: list[str] = LINES) -> Path:
    """A SubRip file with one line every ten seconds."""
    cues = (f"{n}\n00:0{n // 6}:{n % 6}0,000 --> 00:0{n // 6}:{n % 6}9,000\n{line}\n" for n, line in enumerate(lines))
    path = folder / name
    path.write_text("\n".join(cues), encoding="utf-8")
    return path


def made(folder: Path) -> list[str]:
    """The names of the files in the finished articles."""
    return sorted(path.name for path in (folder / "out" / "articles").glob("*/*"))


def test_a_caption_file_becomes_an_article(tmp_path: Path) -> None:
    """The article comes on stdout as Markdown, its files lie in the library, and stderr tells what was done."""
    result = tadwin(tmp_path, "run", str(captions(tmp_path)))

    assert result.returncode == 0, result.stderr
    assert "ينبع نهر الفرات من جبال الأناضول" in result.stdout
    assert made(tmp_path) == ["article.html", "article.json", "article.md", "card.json", "record.json"]
    assert re.search(r"quotes \d+ of the talk's \d+ words \(\d+%\)", result.stderr)
    assert "word for word" not in result.stderr
    assert max(map(len, result.stderr.replace(str(tmp_path), "").splitlines())) <= 80


def test_a_run_writes_the_formats_that_it_is_asked_for(tmp_path: Path) -> None:
    """`--format docx --format md` writes these two for readers, and no other."""
    tadwin(tmp_path, "run", str(captions(tmp_path)), "--format", "docx", "--format", "md")

    assert made(tmp_path) == ["article.docx", "article.md", "card.json", "record.json"]


def test_a_second_run_repeats_no_step(tmp_path: Path) -> None:
    """The same command again takes every step from the library, and the files keep their bytes."""
    path = captions(tmp_path)
    first = tadwin(tmp_path, "run", str(path))
    files = {p: p.read_bytes() for p in (tmp_path / "out" / "articles").rglob("*") if p.is_file()}

    second = tadwin(tmp_path, "run", str(path))

    assert second.stdout == first.stdout
    assert second.stderr.count("kept") == 4
    assert {p: p.read_bytes() for p in files} == files


def test_json_is_one_object_with_a_version(tmp_path: Path) -> None:
    """`--json` prints a single object that a program can rely on, and `--quiet` leaves stderr empty."""
    result = tadwin(tmp_path, "run", str(captions(tmp_path)), "--json", "--quiet")

    answer = json.loads(result.stdout)
    assert (answer["version"], answer["status"]) in {(2, "done"), (2, "flawed")}
    assert len(answer["files"]) == 3
    assert answer["statements"] == answer["supported"] > 2
    assert result.stderr == ""


def test_the_demo_is_an_article_of_the_bundled_talk(tmp_path: Path) -> None:
    """`tadwin demo` needs nothing: every statement is supported, and the figures say how much of the talk is in it."""
    result = tadwin(tmp_path, "demo", "--json")

    answer = json.loads(result.stdout)
    assert answer["supported"] == answer["statements"] >= 10
    assert answer["findings"] == 0
    assert 0.45 * answer["words"] < answer["words_used"] < answer["words"]
    assert answer["windows_used"] > 0.8
    assert answer["longest_omission"]["words"] < answer["words"] - answer["words_used"]


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("empty.srt", b"", 1, "empty"),
        ("binary.srt", bytes(range(256)) * 40, 1, ""),
        ("nothing.srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n", 1, ""),
        ("short.txt", "مرحبا بكم".encode(), 1, "words"),
        ("english.txt", b"this is a talk in English about a river\n" * 40, 1, "Arabic"),
        ("latin.srt", "1\n00:00:01,000 --> 00:00:02,000\nقال\n".encode("utf-16-le")[1:], 1, ""),
    ],
)
def test_a_bad_file_is_one_friendly_sentence(tmp_path: Path, name: str, data: bytes, code: int, says: str) -> None:
    """Empty, binary, wrongly encoded, without captions, too short, in another language: a reason, a hint, a code."""
    (tmp_path / name).write_bytes(data)

    result = tadwin(tmp_path, "run", name)

    assert result.returncode == code
    assert says in result.stderr
    assert friendly(result)
    assert made(tmp_path) == []


@pytest.mark.parametrize(
    "request_",
    [
        "https://vimeo.com/76979871",
        "https://www.youtube.com/playlist?list=PLaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "no-such-file.srt",
        "",
        "@somebody",
        "PLabcdefghijklmnop",
        "/no/such/folder",
        ".",
    ],
)
def test_anything_but_a_video_is_refused_before_any_request(tmp_path: Path, request_: str) -> None:
    """Other sites, lists, local addresses and missing files end with a sentence, and nothing is written."""
    result = tadwin(
        tmp_path, "run", request_, HTTPS_PROXY="http://127.0.0.1:9", TADWIN_SOURCE_PROXY="http://127.0.0.1:9"
    )

    assert result.returncode in {1, 2}
    assert friendly(result)
    assert "127.0.0.1" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_library_in_use_is_reported(tmp_path: Path) -> None:
    """While a batch works on the library, a single video is refused with the code of a lock."""
    tadwin(tmp_path, "run", str(captions(tmp_path)))
    with lock.library_lock(tmp_path / "out"):
        result = tadwin(tmp_path, "run", str(captions(tmp_path)))
    free = tadwin(tmp_path, "run", str(captions(tmp_path)))

    assert (result.returncode, free.returncode) == (11, 0)
    assert f"process {os.getpid()}" in result.stderr
    assert friendly(result)


def test_an_unknown_setting_names_the_nearest(tmp_path: Path) -> None:
    """A misspelled key in config.toml ends with its own code and the known name."""
    (tmp_path / "config.toml").write_text('[source]\nprxy = "x"\n')

    result = tadwin(tmp_path, "run", str(captions(tmp_path)))

    assert result.returncode == 12
    assert "'source.proxy'" in result.stderr
    assert friendly(result)


def test_a_library_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """If the library folder is a file, the run ends with a sentence and leaves the file alone."""
    (tmp_path / "out").write_text("mine")

    result = tadwin(tmp_path, "run", str(captions(tmp_path)))

    assert result.returncode == 1
    assert "cannot be written" in result.stderr
    assert friendly(result)
    assert (tmp_path / "out").read_text() == "mine"


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each of several requests has its own outcome, and the exit code says partial."""
    (tmp_path / "empty.srt").touch()

    result = tadwin(tmp_path, "run", "empty.srt", str(captions(tmp_path)), "--json", "--quiet")

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert answers[0]["status"] == "failed"
    assert answers[1]["files"]
    assert result.returncode == 3


def test_a_damaged_artifact_is_named_and_made_again(tmp_path: Path) -> None:
    """A stored step that was damaged on disk is named once, and is whole again after the same command."""
    path = captions(tmp_path)
    tadwin(tmp_path, "run", str(path))
    (artifact,) = (tmp_path / "out" / "artifacts" / "prepare").iterdir()
    whole = artifact.read_bytes()
    artifact.write_bytes(whole[:-20])

    result = tadwin(tmp_path, "run", str(path))

    assert result.returncode == 0
    assert result.stderr.count(artifact.name) == 1
    assert "is damaged; it is made again" in result.stderr
    assert artifact.read_bytes() == whole


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    """`tadwin run ... | head` ends quietly."""
    path = captions(tmp_path)
    command = f"{' '.join(COMMAND[:1])} -c '{COMMAND[2]}' run '{path}' | head -c 1"
    result = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Traceback" not in result.stderr


def friendly(result: subprocess.CompletedProcess[str]) -> bool:
    """Whether a failure was reported in a sentence: on stderr, no traceback, nothing on stdout."""
    return result.stdout == "" and result.stderr.count("\n") >= 1 and "Traceback" not in result.stderr
