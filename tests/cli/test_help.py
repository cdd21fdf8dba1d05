"""The help of the command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]


def tadwin(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The finished process of a call."""
    return subprocess.run(
        [*COMMAND, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["", "run", "demo", "review", "doctor", "config", "config show", "config template"])
def test_every_command_explains_itself_in_80_columns(command: str) -> None:
    """`--help` of every command ends with 0, describes every option, and fits the terminal."""
    result = tadwin(*command.split(), "--help", COLUMNS="80", TERMINAL_WIDTH="80")

    assert result.returncode == 0
    assert "Usage: tadwin" in result.stdout.replace("-c", "tadwin")
    assert max(map(len, result.stdout.splitlines())) <= 80
    options = [line for line in result.stdout.splitlines() if line.strip().startswith("--")]
    assert [line for line in options if not line.strip().partition("  ")[2]] == []


def test_an_unknown_option_is_wrong_use() -> None:
    """Wrong use ends with 2 and a sentence on stderr, without a traceback."""
    result = tadwin("run", "--nonsense")

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
