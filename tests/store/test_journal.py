"""Files that only grow."""

from __future__ import annotations

import fcntl
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotWritable, StoreError
from pipeline.store import journal

ROOT = Path(__file__).parents[2]
LINES = st.lists(st.binary(min_size=1, max_size=40).filter(lambda line: b"\n" not in line), max_size=8)


@given(LINES)
def test_lines_come_back_in_order(tmp_path_factory: pytest.TempPathFactory, written: list[bytes]) -> None:
    """What was appended is read, whole and in order."""
    path = tmp_path_factory.mktemp("journal") / "sub" / "a.jsonl"
    for line in written:
        journal.append(path, line)

    assert journal.lines(path)[0] == tuple(written)


def test_no_file_has_no_lines(tmp_path: Path) -> None:
    """A journal that was never written is empty."""
    assert journal.lines(tmp_path / "none.jsonl")[0] == ()


def test_a_torn_line_is_kept_apart_from_the_next(tmp_path: Path) -> None:
    """The line that a killed writer left is not joined to the next one, and its bytes stay."""
    path = tmp_path / "a.jsonl"
    journal.append(path, b"first")
    with path.open("ab") as file:
        file.write(b"torn of")

    assert journal.lines(path)[0] == (b"first", b"torn of")
    journal.append(path, b"third")

    assert path.read_bytes() == b"first\ntorn of\nthird\n"


def test_writers_in_several_processes_do_not_mix_their_lines(tmp_path: Path) -> None:
    """Four processes that append long lines at once: every line is whole and none is missing."""
    path = tmp_path / "a.jsonl"
    code = (
        "import sys; from pathlib import Path; from pipeline.store import journal\n"
        "for _ in range(25): journal.append(Path(sys.argv[1]), sys.argv[2].encode() * 30000)"
    )
    command = [sys.executable, "-c", code, str(path)]
    writers = [subprocess.Popen([*command, letter], cwd=ROOT) for letter in "abcd"]

    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    assert sorted(journal.lines(path)[0]) == sorted(letter.encode() * 30000 for letter in "abcd" for _ in range(25))


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    """While another process holds the file, a line is not written; afterwards it is."""
    path = tmp_path / "a.jsonl"
    journal.append(path, b"first")
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        writer = threading.Thread(target=journal.append, args=(path, b"second"))
        writer.start()
        writer.join(0.5)
        assert journal.lines(path)[0] == (b"first",)
    writer.join(10)

    assert journal.lines(path)[0] == (b"first", b"second")


def test_who_was_slower_writes_nothing(tmp_path: Path) -> None:
    """A line that rests on what was read is written only while the file is as it was read."""
    path = tmp_path / "a.jsonl"
    assert journal.append(path, b"first", size=0)
    size = journal.lines(path)[1]
    assert journal.append(path, b"second", size=size)

    assert not journal.append(path, b"late", size=size)
    assert journal.lines(path)[0] == (b"first", b"second")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A journal that is a symbolic link to somewhere else is refused."""
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StoreError):
        journal.append(tmp_path / "a.jsonl", b"line")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    """Where no folder can be made, the error says which."""
    (tmp_path / "reviews").write_text("a file")

    with pytest.raises(NotWritable, match="reviews"):
        journal.append(tmp_path / "reviews" / "a.jsonl", b"line")


def test_a_full_disk_is_no_saved_line(tmp_path: Path) -> None:
    """When the disk takes only half of a line it is an error, and the lines before stay readable."""
    path = tmp_path / "a.jsonl"
    journal.append(path, b"first")
    code = (
        "import resource, signal, sys; from pathlib import Path; from pipeline.store import journal\n"
        "from pipeline.errors import NoSpace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (20, {resource.RLIM_INFINITY}))\n"
        "try: journal.append(Path(sys.argv[1]), b'x' * 100)\n"
        "except NoSpace: sys.exit(13)"
    )

    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)

    assert done.returncode == 13
    assert journal.lines(path)[0][0] == b"first"
    journal.append(path, b"second")
    assert journal.lines(path)[0][-1] == b"second"
