"""One process for a library."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import LibraryLocked, NotWritable
from pipeline.store import lock

HOLDER = """
import sys, time
from pathlib import Path
from pipeline.store import lock
with lock.library_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
ROOT = Path(__file__).parents[2]


def test_a_second_holder_is_told_who_has_it(tmp_path: Path) -> None:
    """The message names the process, and the code is that of a locked library."""
    with (
        lock.library_lock(tmp_path),
        pytest.raises(LibraryLocked, match=str(os.getpid())) as refused,
        lock.library_lock(tmp_path),
    ):
        pass

    assert refused.value.exit_code == 11
    assert refused.value.hint


def test_a_library_is_free_after_the_block(tmp_path: Path) -> None:
    """Also when the block ends with an error."""
    with pytest.raises(KeyError), lock.library_lock(tmp_path / "new"):
        raise KeyError
    with lock.library_lock(tmp_path / "new"):
        pass


def test_a_killed_holder_frees_the_library_at_once(tmp_path: Path) -> None:
    """The kernel frees the lock: no stale file to remove by hand, no age to wait for."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LibraryLocked, match=str(holder.pid)), lock.library_lock(tmp_path):
            pass
        holder.send_signal(signal.SIGKILL)
    with lock.library_lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file in the way is a sentence, not a traceback."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(NotWritable, match="cannot be written"), lock.library_lock(tmp_path / "file"):
        pass
