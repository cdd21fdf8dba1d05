"""`tadwin eval`, and the floors under our figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_run import tadwin
from tests.figures import Tell


def test_figures_on_the_projects_texts_hold_their_floors(tmp_path: Path) -> None:
    """The command prints every figure beside its baselines and ends with 0: nothing fell below its floor."""
    said = tadwin(tmp_path, "eval")

    assert said.returncode == 0, said.stderr
    assert "words spelled exactly" in said.stdout
    assert "every 12 words" in said.stdout


@pytest.mark.slow
def test_figures_on_real_data_hold_their_floors(shared: Path, tmp_path: Path, tell: Tell) -> None:
    """The same on data that nothing was trained or tuned on, where it is there."""
    said = tadwin(tmp_path, "eval", "--shared", str(shared))
    tell(f"{said.stdout}")

    assert said.returncode == 0, said.stderr


def test_a_folder_without_data_is_wrong_use(tmp_path: Path) -> None:
    """What is missing is said in a sentence, with the code of wrong use."""
    said = tadwin(tmp_path, "eval", "--shared", str(tmp_path))

    assert said.returncode == 2
    assert "Traceback" not in said.stderr
