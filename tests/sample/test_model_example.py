"""An article out of recorded answers of a model: the exam first, then writing, judging and mending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.judges.exam import exam_items
from models.judges.examination import as_claim
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from pipeline.arabic.normalize import words
from pipeline.arabic.phrases import contains_phrase
from pipeline.types.article import RunStatus
from tests.fakes.engines import article_writer, asked
from tests.fakes.model_server import said
from tests.fakes.recordings import recording, replaying
from tests.sample.make_model_example import FOLDER, RECORDED, made, outdated, run

TRUTH = {sanitize(as_claim(item).text): item.label for item in exam_items()}


def judged(prompt: Prompt) -> str:
    """Knows the exam by heart; of other claims it supports headings, and what was said word for word."""
    answers: list[str] = []
    ask = asked(prompt)
    said_at = dict(ask.sentences)
    for number, row in ask.faults:
        claim, _, named = row.rpartition(" [")
        ranges = [tuple(map(int, part.split("-"))) for part in named.rstrip("]").split("، ")]
        evidence = [said_at[at] for ends in ranges for at in range(ends[0], ends[-1] + 1)]
        heading = claim.partition(":")[0].startswith("يدور") or "عنوان" in claim
        said_so = heading or contains_phrase(words(claim), words(" ".join(evidence)))
        verdict = "نعم" if TRUTH.get(claim, said_so) else "لا: كلها"
        answers.append(f"{number}) «{' '.join(evidence[0].split()[:3])}» = {verdict}")
    return "\n".join(answers)


def respond(body: dict[str, Any]) -> dict[str, Any]:
    """A model that copies when it writes, and judges as a reader who knows the answers to the exam."""
    system, user = (message["content"] for message in body["messages"])
    prompt = Prompt(system, user, body["max_tokens"])
    if system == load_prompt("judge").system:
        return said(judged(prompt))
    return said(article_writer(prompt, asked(prompt)))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exchanges, as one run left it."""
    folder = tmp_path_factory.mktemp("recorded")
    with recording(folder, respond) as server:
        result = run(server.url, str(folder / "library"))
    assert result.article
    assert result.article.draft.account
    assert result.article.draft.account.strict == ""
    return folder


def test_a_recorded_run_is_made_again_without_a_model(recorded: Path, tmp_path: Path) -> None:
    """Exam and article: every prompt has its answer, and two replays give the same files byte for byte."""
    with replaying(recorded) as server:
        result = run(server.url, str(tmp_path))
        answered = len(server.completions)

    assert result.article
    assert result.article.report.confirmed + result.article.report.supported > 10
    assert answered == len(list((recorded / "in").iterdir()))
    assert made(recorded) == made(recorded)


def test_a_prompt_that_was_not_recorded_ends_the_run(recorded: Path, tmp_path: Path) -> None:
    """Nothing is made up for a missing answer."""
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
        for path in sorted((recorded / name).iterdir())[:-3]:
            (tmp_path / name / path.name).write_bytes(path.read_bytes())
    with replaying(tmp_path) as server:
        result = run(server.url, str(tmp_path / "library"))

    assert result.status is RunStatus.FAILED
    assert "no such model or address" in result.reason


@pytest.mark.skipif(not (RECORDED / "in").is_dir(), reason="no strong model's answers are recorded yet")
def test_the_example_of_a_strong_model_is_what_its_recorded_answers_make() -> None:
    """Making it again gives the committed files, byte for byte; its note says that the answers were recorded."""
    assert not outdated(), outdated()
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.name != "README.md"}

    assert kept == made()
    assert "recorded" in (FOLDER / "README.md").read_text(encoding="utf-8")
