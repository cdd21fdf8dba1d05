"""What killed writers leave behind is removed, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipeline.store import atomic


def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_files_of_dead_writers_are_swept(tmp_path: Path) -> None:
    """A living writer's file, a visible file and a stranger's temporary file stay."""
    inner = tmp_path / "articles" / "x"
    inner.mkdir(parents=True)
    gone, killed = dead(), [inner / "a", tmp_path / "b"]
    leftovers = [path.with_name(f".{path.name}.md.{gone}.abc_123.tmp") for path in killed]
    others = [inner / "article.md", inner / f".a.md.{os.getpid()}.abc.tmp", inner / ".theirs.tmp", inner / "a.1.x.tmp"]
    for path in (*leftovers, *others):
        path.write_text("x")

    assert atomic.sweep(tmp_path) == 2
    assert [path for path in leftovers if path.exists()] == []
    assert all(path.exists() for path in others)
    assert atomic.sweep(tmp_path) == 0


def test_names_of_temporary_files_hold_their_writer(tmp_path: Path) -> None:
    """As the sweep needs it, whatever the name of the file."""
    seen: list[str] = []
    program = (
        "import os, signal, sys; from pathlib import Path; from pipeline.store import atomic\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "atomic.write(Path(sys.argv[1]) / 'مقال.طويل.md', b'x')\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=root) as process:
        process.wait()
    seen += [path.name for path in tmp_path.iterdir()]

    assert len(seen) == 1
    assert f".{process.pid}." in seen[0]
    assert atomic.sweep(tmp_path) == 1
