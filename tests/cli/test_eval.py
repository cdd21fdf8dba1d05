"""`tadwin eval`, and the floors under our figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_run import tadwin
from tests.figures import Tell


def test_figures_on_the_projects_texts_hold_their_floors(tmp_path: Path) -> None:
    """The command prints every figure beside its baselines and ends with 0, since none is below its floor."""
    result = tadwin(tmp_path, "eval")

    assert result.returncode == 0, result.stderr
    assert "words spelled exactly" in result.stdout
    assert "every 12 words" in result.stdout


@pytest.mark.slow
def test_figures_on_real_data_hold_their_floors(shared: Path, tmp_path: Path, tell: Tell) -> None:
    """The same holds on data that nothing was trained or tuned on, where it is available."""
    result = tadwin(tmp_path, "eval", "--shared", str(shared))
    tell(f"{result.stdout}")

    assert result.returncode == 0, result.stderr


def test_a_folder_without_data_is_wrong_use(tmp_path: Path) -> None:
    """It ends with a sentence about what is missing, and the code of wrong use."""
    result = tadwin(tmp_path, "eval", "--shared", str(tmp_path))

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
