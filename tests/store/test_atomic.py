"""Files that are whole or absent."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import NoSpace, NotWritable, StoreError
from pipeline.store import atomic
from tests.figures import Tell

WRITER = """
import sys
from pathlib import Path
from pipeline.store import atomic
turn = 0
while True:
    turn += 1
    atomic.write(Path(sys.argv[1]), (str(turn % 10) * 200_000).encode())
    print(turn, flush=True)
"""


SYNCED = """
import os, sys
from pathlib import Path
from pipeline.store import atomic, journal
target, real = Path(sys.argv[2]), os.fsync
def told(handle):
    named = {path.stat().st_ino: str(path) for path in (target, *target.parents) if path.exists()}
    print(named.get(os.fstat(handle).st_ino, "a file of another name"), target.exists(), sep="\\t", flush=True)
    real(handle)
os.fsync = told
{"atomic": atomic.write, "journal": journal.append}[sys.argv[1]](target, b"x")
"""


def synced(way: str, target: Path) -> list[tuple[str, bool]]:
    """What was put on disk in which order, and whether the file had its name by then."""
    told = subprocess.run([sys.executable, "-c", SYNCED, way, str(target)], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in told.stdout.splitlines()]
    return [(name, named == "True") for name, named in rows]


def test_a_file_gets_its_name_when_its_bytes_are_safe(tmp_path: Path) -> None:
    """A power cut leaves the old file or the new one: first the bytes are synced, then the name."""
    assert synced("atomic", tmp_path / "file") == [("a file of another name", False), (str(tmp_path), True)]


@pytest.mark.parametrize("way", ["atomic", "journal"])
def test_new_folders_are_as_safe_as_what_is_in_them(way: str, tmp_path: Path) -> None:
    """A file whose folder is lost is lost: the names of folders that were made for it are synced too."""
    steps = [name for name, _ in synced(way, tmp_path / "a" / "b" / "file")]

    assert {str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")} <= set(steps)
    assert steps[-1] == str(tmp_path / "a" / "b")


def test_a_line_is_synced_before_it_is_answered(tmp_path: Path) -> None:
    """What was answered as saved is on disk, in a journal that is new and in one that is not."""
    target = tmp_path / "file"

    assert synced("journal", target) == [(str(target), True), (str(tmp_path), True)]
    assert synced("journal", target) == [(str(target), True)]


def test_data_replace_what_was_there(tmp_path: Path) -> None:
    """The file holds exactly the data, in a folder that is made on the way, and nothing else stays."""
    path = tmp_path / "a" / "b.txt"

    atomic.write(path, b"one")
    atomic.write(path, b"two")

    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.slow
def test_a_kill_never_leaves_half_a_file(tmp_path: Path, tell: Tell) -> None:
    """Killed at any moment, the file is one whole version: 20 kills, 0 torn files."""
    path, torn, kills = tmp_path / "file.txt", 0, 20
    for turn in range(kills):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(1 + turn % 7):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        text = path.read_text()
        torn += len(text) != 200_000 or len(set(text)) != 1
    tell(f"kills: {kills}, torn files: {torn}")

    assert torn == 0


def test_a_file_in_the_way_is_not_writable(tmp_path: Path) -> None:
    """A file where a folder is needed is said in one sentence, and is left as it was."""
    (tmp_path / "taken").write_text("mine")

    with pytest.raises(NotWritable, match="cannot be written"):
        atomic.write(tmp_path / "taken" / "file", b"x")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_target_that_is_a_folder_is_a_store_error(tmp_path: Path) -> None:
    """A folder of the same name is not replaced, and no temporary file stays."""
    (tmp_path / "file").mkdir()

    with pytest.raises(StoreError):
        atomic.write(tmp_path / "file", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """When the system takes no more bytes, `NoSpace` names the file; the old version stays."""
    path = tmp_path / "file"
    atomic.write(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(NoSpace, match="file"):
            atomic.write(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)

    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_what_is_missing_reads_as_nothing(tmp_path: Path) -> None:
    """No file, and a file where a folder should be, are nothing; what is there but cannot be read is an error."""
    (tmp_path / "file").write_bytes(b"x")

    assert atomic.read(tmp_path / "file") == b"x"
    assert atomic.read(tmp_path / "none") is None
    assert atomic.read(tmp_path / "file" / "below") is None
    with pytest.raises(StoreError, match="could not be read"):
        atomic.read(tmp_path)
