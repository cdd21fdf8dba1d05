"""Without the extra `local`: an installation that has no torch, made for the test."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
ASK = """
from models.llm.engine import Prompt
from models.local.engine import LocalEngine
from pipeline.errors import PipelineError
from pipeline.settings import ModelSettings
model = LocalEngine(ModelSettings(name="own/model"))
answer = lambda: model.reply([Prompt("", "", 1)])
for ask in (answer, lambda: model.identity, lambda: model.window, lambda: model.count("")):
    try:
        ask()
    except PipelineError as error:
        print(type(error).__name__, error.exit_code, error, error.hint)
"""


def test_without_torch_a_local_model_says_what_to_install(tmp_path: Path) -> None:
    """Whatever is asked first: code 14, the missing packages by name, and the command that installs them."""
    venv.create(tmp_path / "bare")
    packages = next((tmp_path / "bare").glob("lib/python*/site-packages"))
    for name in ("psutil", "pydantic", "pydantic_core", "annotated_types", "typing_inspection", "typing_extensions.py"):
        (packages / name).symlink_to(Path(psutil.__file__).parents[1] / name)  # what every installation has
    (packages / "tadwin.pth").write_text(str(ROOT), encoding="utf-8")
    python = tmp_path / "bare" / "bin" / Path(sys.executable).name
    said = subprocess.run([str(python), "-c", ASK], capture_output=True, text=True, cwd=tmp_path, check=True)

    lines = said.stdout.splitlines()
    assert len(lines) == 4
    assert set(lines) == {lines[0]}
    assert lines[0].startswith("ModelMissing 14 a local model needs torch and transformers")
    assert "tadwin[local]" in lines[0]
