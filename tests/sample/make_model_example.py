"""The example of a good model's article, made again from recorded answers: `make example-model`.

The answers are in `tests/sample/recorded_model`, in the form of `tests/fakes/recordings.py`: those of the exam, then
those of the article. They were recorded from `tadwin models exam` and `tadwin run`, both `--writer server`, on the
bundled talk. A prompt that was changed has no answer until it is recorded anew.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.judges.examination import sit_exam
from models.llm.prompts import load_prompt
from pipeline.app.wiring import Tadwin, exam_results, make_examinee
from pipeline.config import load
from tests.fakes.recordings import replaying
from tests.sample.make_example import TALK

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.types.article import RunResult

RECORDED = Path(__file__).parent / "recorded_model"
FOLDER = Path(__file__).parents[2] / "outputs" / "example-model"
TAKEN = date(2026, 11, 30)
"""When the answers to the exam were recorded."""
NOTE = """# An article by a strong model

What `tadwin run pipeline/sample/talk.ar.json3 --writer server` makes with a first-rate model that writes and judges.
**The model's answers were recorded**: `make example-model` makes this article again from them, and asks no model.
"""


def settings_for(url: str, folder: str) -> Settings:
    """The settings of `--writer server` with this server and library, and nothing of this machine's."""
    values = {"writer.kind": "server", "model.url": url, "library.folder": folder}
    return load(values, environment={}).settings


def run(url: str, folder: str) -> RunResult:
    """The article of the bundled talk, after the exam of the model that judges it."""
    settings = settings_for(url, folder)
    result = sit_exam(make_examinee(settings), TAKEN)
    exam_results(settings).put(result)
    return Tadwin(settings).run(str(TALK))


def outdated(recorded: Path = RECORDED) -> str:
    """Why the recorded answers make no article any more; empty if nothing is known against them."""
    messages = (json.loads(path.read_text(encoding="utf-8"))["messages"] for path in (recorded / "in").glob("*.json"))
    asked = {message["content"] for row in messages for message in row if message["role"] == "system"}
    changed = [name for name in ("article", "judge") if load_prompt(name).system not in asked]
    if not changed:
        return ""
    return f"prompts were changed since answers were recorded ({', '.join(changed)}): record them anew in {recorded}"


def made(recorded: Path = RECORDED) -> dict[str, bytes]:
    """The files of the article by name; ends the program where an answer is missing."""
    with tempfile.TemporaryDirectory() as folder, replaying(recorded) as server:
        published = run(server.url, folder)
        if published.article is None:
            sys.exit(f"{published.reason}\n{published.hint}")
        return {Path(file).name: Path(file).read_bytes() for file in published.files}


if __name__ == "__main__":
    if stale := outdated():
        sys.exit(stale)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "README.md").write_text(NOTE, encoding="utf-8")
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
