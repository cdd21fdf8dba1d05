"""`tadwin models exam`: a judge earns its trust, and articles say whether it has."""

from __future__ import annotations

import json
import re
from pathlib import Path

from models.judges.exam import exam_items
from models.judges.examination import as_claim
from models.llm.engine import Prompt
from models.llm.prompts import sanitize
from tests.cli.test_model import run, serving
from tests.cli.test_run import captions, tadwin
from tests.fakes.engines import Asked, honest

TRUTH = {sanitize(as_claim(item).text): item.label for item in exam_items()}


def knowing(prompt: Prompt, ask: Asked) -> str:
    """Writes honestly, and as a judge knows the exam by heart; of other claims it is sure."""
    if "مدقق حقائق" not in prompt.system:
        return honest(prompt, ask)
    answers, said = [], dict(ask.sentences)
    for number, row in ask.faults:
        claim, _, named = row.rpartition(" [")
        quote = " ".join(said[int(re.split(r"\D", named)[0])].split()[:3])
        answers.append(f"{number}) «{quote}» = {'نعم' if TRUTH.get(claim, True) else 'لا: كلها'}")
    return "\n".join(answers)


def test_the_embedded_judge_fails_and_its_failure_is_printed_by_kind(tmp_path: Path) -> None:
    """Ends with 1; each kind of statement has its row, in 80 columns, and the result is kept whole."""
    result = tadwin(tmp_path, "models", "exam", "--judge", "embedded", "--to-the-end")
    (kept,) = (tmp_path / "out" / "exams").iterdir()

    assert result.returncode == 1
    assert all(re.search(rf"^ *{kind} +\d+ +\d+", result.stdout, re.MULTILINE) for kind in ("near", "scope"))
    assert re.search(r"^true, refused +120 ", result.stdout, re.MULTILINE)
    assert "Failed (at most 6 false passed and 24 true refused)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert b'"sha256"' in kept.read_bytes().splitlines()[0]


def test_a_model_that_passes_is_trusted_from_then_on(tmp_path: Path) -> None:
    """Before the exam a notice offers it; after it the article's sentences are confirmed by name and result."""
    with serving(knowing) as fake:
        before = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)))
        exam = run(fake, tmp_path, "models", "exam", "--writer", "server", "--json", TADWIN_MODEL_WINDOW="8192")
        asked = [call for call in fake.calls if "chat" in call.line]
        after = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)), TADWIN_MODEL_WINDOW="8192")

    answer = json.loads(exam.stdout)
    assert exam.returncode == 0, exam.stderr
    assert (answer["passed"], answer["false_passed"], answer["true_refused"]) == (True, 0, 0)
    assert len(asked) >= 10
    assert "tadwin models exam" in before.stderr
    assert after.returncode == 0, after.stderr
    assert "tadwin models exam" not in after.stderr


def test_a_prompt_in_no_language_is_an_invalid_setting(tmp_path: Path) -> None:
    """A prompt in a third language is refused before anything is loaded."""
    result = tadwin(tmp_path, "models", "exam", "--judge", "server:x", "--prompt", "fr")

    assert result.returncode == 12
    assert "Traceback" not in result.stderr
