"""A language model behind a server, from the command line: settings, statistics, the key, and every failure."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from models.llm.engine import Prompt
from pipeline.cli import progress
from pipeline.events import ModelReplied
from pipeline.types.usage import TokenUsage
from tests.batch_world import LIST, catalogue, videos
from tests.cli.test_batch import reaching
from tests.cli.test_run import captions, made, tadwin
from tests.fakes.engines import Rule, asked, honest, inventing
from tests.fakes.faults import Fault
from tests.fakes.model_server import FakeModelServer, said
from tests.fakes.youtube import FakeYouTube

KEY = "canary-key-27182"
CHAT = "POST /v1/chat/completions"


def serving(rule: Rule) -> FakeModelServer:
    """A server whose model answers by rule."""

    def respond(body: dict[str, Any]) -> dict[str, Any]:
        system, user = (message["content"] for message in body["messages"])
        prompt = Prompt(system, user, body["max_tokens"])
        return said(rule(prompt, asked(prompt)))

    return FakeModelServer(respond)


def run(fake: FakeModelServer, folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A finished call of `tadwin` that is pointed at the server."""
    return tadwin(folder, *arguments, TADWIN_MODEL_URL=fake.url, TADWIN_MODEL_NAME="tiny", **more)


def test_a_server_writes_the_article_and_the_statistics_say_what_it_wrote(tmp_path: Path) -> None:
    """`--writer server` makes an article; stderr and `--json` give shares and tokens, and the page has a line on it."""
    with serving(inventing(4)) as fake:
        first = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)))
        answer = json.loads(
            run(fake, tmp_path, "run", "--writer", "server", "--json", "--quiet", str(captions(tmp_path))).stdout
        )
    (page,) = (tmp_path / "out" / "articles").glob("*/article.html")

    assert first.returncode == 0, first.stderr
    assert "sentences by the model" in first.stderr
    assert "tokens read" in first.stderr
    assert "sections " in first.stderr
    assert answer["account"]["model"].startswith("server tiny")
    account = answer["account"]
    assert sum(account[kind] for kind in ("written", "repaired", "copied")) + len(account["dropped"]) > 8
    assert answer["findings"] == 0
    assert "ما كتبه النموذج" in page.read_text(encoding="utf-8")
    assert "4731" not in first.stdout


def test_a_second_run_asks_the_model_nothing(tmp_path: Path) -> None:
    """The same captions, settings and model: the article is reused without a single request."""
    with serving(honest) as fake:
        first = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)))
        calls = len(fake.calls)
        again = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)))
        other = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)), TADWIN_MODEL_SEED="7")

    assert again.stdout == first.stdout
    assert again.stderr.count("kept") == 4
    assert calls > 5
    assert len(fake.calls) == 2 * calls
    assert other.returncode == 0


def test_the_key_is_in_no_output_and_no_file(tmp_path: Path) -> None:
    """The key comes from the environment alone and reaches the server, past any proxy; nothing shows or stores it."""
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    with serving(honest) as fake:
        own = {"TADWIN_MODEL_KEY": KEY, **nowhere}
        call = run(fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)), **own)
        listed = run(fake, tmp_path, "config", "show", "--origin", TADWIN_MODEL_KEY=KEY)
        fake.faults.append(Fault(CHAT, status=401, body=f"wrong key {KEY}"))
        failed = run(
            fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)),
            TADWIN_MODEL_KEY=KEY, TADWIN_MODEL_SEED="9",
        )  # fmt: skip
    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert {c.headers["Authorization"] for c in fake.calls if c.line == CHAT} == {f"Bearer {KEY}"}
    assert KEY not in call.stdout + call.stderr + listed.stdout + listed.stderr + failed.stdout + failed.stderr
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
    assert failed.returncode == 14
    assert "TADWIN_MODEL_KEY" in failed.stderr


def test_a_key_in_a_settings_file_is_refused(tmp_path: Path) -> None:
    """A key does not belong in a file, so it is not a setting."""
    (tmp_path / "config.toml").write_text('[model]\nkey = "secret"\n', encoding="utf-8")

    refused = tadwin(tmp_path, "config", "show")

    assert refused.returncode == 12
    assert "has no 'key'" in refused.stderr


@pytest.mark.parametrize(
    ("fault", "code", "sentence"),
    [
        (Fault(CHAT, status=404), 14, "no such model"),
        (Fault(CHAT, delay=30), 15, "gave no reply within 0.5 seconds"),
        (Fault(CHAT, body="{}"), 1, "not a chat completion"),
    ],
    ids=("missing", "slow", "garbled"),
)
def test_each_failure_of_a_server_is_a_sentence_and_a_code(
    tmp_path: Path, fault: Fault, code: int, sentence: str
) -> None:
    """It says what is wrong and what to do, with an exit code; no traceback, and no article."""
    with serving(honest) as fake:
        fake.faults.append(fault)
        failed = run(
            fake, tmp_path, "run", "--writer", "server", str(captions(tmp_path)), TADWIN_MODEL_TIMEOUT_SECONDS="0.5"
        )

    assert failed.returncode == code
    assert sentence in failed.stderr
    assert "Traceback" not in failed.stderr
    assert failed.stdout == ""
    assert made(tmp_path) == []


def test_a_server_that_is_down_stops_a_batch_and_one_bad_reply_does_not(tmp_path: Path) -> None:
    """A server that is down ends the run with a sentence; senseless replies cost only their own video."""
    several = videos(3)
    with FakeYouTube(catalogue(*several)) as youtube, serving(honest) as fake:
        fake.faults.append(Fault(CHAT, first=1, last=4, body="{}"))
        network = reaching(youtube) | {
            "TADWIN_MODEL_URL": fake.url,
            "TADWIN_MODEL_NAME": "tiny",
            "TADWIN_MODEL_BATCH": "1",
        }
        partly = tadwin(tmp_path, "batch", "--writer", "server", LIST, **network)
        report = json.loads((tmp_path / "out" / "run-report.json").read_text(encoding="utf-8"))
    with FakeYouTube(catalogue(*several)) as youtube:
        down = tadwin(
            tmp_path, "batch", "--library", "new", "--writer", "server", LIST, **(network | reaching(youtube))
        )

    assert partly.returncode == 3, partly.stderr
    assert report["videos"] == {"done": 2, "retry": 1}
    assert [each["cause"] for each in report["missing"]] == ["ModelGarbled"]
    assert report["model"]["sections"]["tokens_out"] > 0
    assert down.returncode == 15
    assert "no model server answers" in down.stderr
    assert "Traceback" not in down.stderr


def test_an_unknown_writer_is_refused(tmp_path: Path) -> None:
    """`--writer` takes three words, and an unknown one is answered with them."""
    refused = tadwin(tmp_path, "run", "--writer", "gpt", str(captions(tmp_path)))

    assert refused.returncode == 12
    assert "extractive" in refused.stderr


def test_progress_without_a_terminal_is_one_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    """A log gets only the end of a step, with its tokens and their rate."""
    shown = progress.LineProgress(steps=True)
    for done in (4, 8):
        shown(ModelReplied("sections", done, 8, TokenUsage(10, 20, 2.0), TokenUsage(20, 10 * done, 4.0)))

    assert capsys.readouterr().err == "  sections   8 of 8, 80 tokens, 20.0 a second\n"
