"""What is installed with the program, and what only a checkout of the project has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.test_run import COMMAND, ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel: built with hatchling where it is there, else copied as pyproject.toml says."""
    folder = tmp_path_factory.mktemp("installed")
    if find_spec("hatchling"):
        built = tmp_path_factory.mktemp("wheel")
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        (wheel,) = built.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
    else:
        settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        target = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
        for package in target["packages"]:
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        for excluded in target["exclude"]:
            shutil.rmtree(folder / excluded.lstrip("/"))
    return folder


def test_everything_an_article_needs_is_installed(installed: Path) -> None:
    """Weights, prompts, the sample talk, templates, scripts and fonts are in the wheel, as they are in the project."""
    parts = ("models/weights", "models/prompts", "pipeline/sample", "pipeline/export", "pipeline/review")
    needed = [file.relative_to(ROOT) for part in parts for file in (ROOT / part).rglob("*.*")]
    needed = [file for file in needed if "__pycache__" not in file.parts]

    assert [file for file in needed if not (installed / file).is_file()] == []
    assert {".npz", ".json", ".md", ".json3", ".html", ".css", ".js", ".woff2"} <= {file.suffix for file in needed}


def test_measuring_and_training_are_not_installed(installed: Path) -> None:
    """Both need data and texts that only a checkout has, and nothing that is installed imports them."""
    assert not (installed / "pipeline" / "evaluate").exists()
    assert not (installed / "models" / "training").exists()
    sources = {file.relative_to(installed): file.read_text(encoding="utf-8") for file in installed.rglob("*.py")}
    users = [file for file, text in sources.items() if "pipeline.evaluate" in text or "models.training" in text]
    assert users == [Path("pipeline/cli/eval.py")]


def test_eval_without_a_checkout_is_a_sentence(installed: Path, tmp_path: Path) -> None:
    """It says what it needs, in one line and with the code of wrong use."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    result = subprocess.run(
        [*COMMAND, "eval"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
    assert result.stdout == ""
    assert "needs a checkout of the project" in result.stderr
    assert result.stderr.count("\n") == 1
