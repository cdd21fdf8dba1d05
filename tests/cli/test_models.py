"""`tadwin models`, and what the terminal shows of a model at work."""

from __future__ import annotations

import json
from pathlib import Path

from models.local.recommended import RECOMMENDED
from pipeline.cli.progress import describe, describe_present
from pipeline.config import load
from pipeline.events import Downloading, Generating
from tests.cli.test_run import tadwin


def test_models_are_listed_with_the_one_to_take(tmp_path: Path) -> None:
    """Every recommended model with its licence; exactly one is marked, and the lines to copy load as settings."""
    result = tadwin(tmp_path, "models")
    lines = result.stdout.splitlines()
    marked = [line for line in lines if line.startswith("> ")]
    (tmp_path / "copied.toml").write_text("\n".join(lines[lines.index("[writer]") :]), encoding="utf-8")
    settings = load(file=tmp_path / "copied.toml").settings

    assert all(any(model.id in line and model.licence in line for line in lines) for model in RECOMMENDED)
    assert len(marked) == 1
    assert settings.writer.kind == "local"
    assert settings.model.name in marked[0]


def test_models_prints_json(tmp_path: Path) -> None:
    """A program gets the memory in bytes, and exactly one model that suits."""
    answer = json.loads(tadwin(tmp_path, "models", "--json").stdout)

    assert answer["memory"] > 10**8
    assert sum(model["suits"] for model in answer["models"]) == 1


def test_what_a_model_does_now_is_one_line() -> None:
    """A download says how much of how much, a reply how fast it comes."""
    loading = describe_present(Downloading("own/model", 1_500_000_000, 3_000_000_000))
    reading = describe_present(Generating(0, 1200, 0, 5.0))
    writing = describe_present(Generating(4, 1200, 50, 10.0))

    assert "1.5 of 3.0 GB" in loading
    assert "5.0 a second" in writing
    assert reading.strip() == "1200 tokens read"
    assert not any("\r" in line or "\n" in line for line in (loading, reading, writing))


def test_a_download_in_a_batch_is_logged_every_tenth() -> None:
    """A log gets eleven lines and not a hundred."""
    lines = [describe(Downloading("own/model", percent, 100)) for percent in range(101)]

    assert len([line for line in lines if line]) == 11
    assert describe(Downloading("own/model", 5, 0)) == ""
