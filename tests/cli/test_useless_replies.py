"""A model server whose replies are of no use: what becomes of the articles, and that they are made anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import VideoStatus
from tests.batch_world import LIST, catalogue, name, videos
from tests.cli.test_batch import reaching
from tests.cli.test_model import CHAT, run, serving
from tests.cli.test_run import captions, tadwin
from tests.fakes.engines import asked, honest
from tests.fakes.faults import Fault
from tests.fakes.model_server import FakeModelServer, said
from tests.fakes.youtube import FakeYouTube

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

USELESS = {
    "empty": "",
    "refusal": "عذرا لا أستطيع المساعدة في هذا الطلب.",
    "foreign": "I have written the section for you.",
    "loop": "قال المتحدث قال المتحدث " * 30,
    "unreadable": "\ufffd\ufffd نص",
    "unfounded": "كان الجو جميلا في باريس يوم الثلاثاء الماضي [1]",
}
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def world(folder: Path, count: int = 3) -> Iterator[tuple[FakeModelServer, Call]]:
    """A model server that can be spoilt, and the program with YouTube around it."""
    with FakeYouTube(catalogue(*videos(count))) as youtube, serving(honest) as model:
        network = reaching(youtube) | {"TADWIN_MODEL_URL": model.url, "TADWIN_MODEL_NAME": "tiny"}

        def call(*arguments: str) -> subprocess.CompletedProcess[str]:
            return tadwin(folder, *arguments, **network)

        yield model, call


def reply(text: str) -> Fault:
    """Every completion is this text."""
    return Fault(CHAT, body=json.dumps(said(text)))


def counts(folder: Path) -> dict[VideoStatus, int]:
    """Videos of the library, by status."""
    with LibraryDatabase(folder / "out", read_only=True) as state:
        return state.counts()


@pytest.mark.parametrize("kind", USELESS)
def test_articles_without_their_model_are_flawed_and_made_anew(kind: str, tmp_path: Path) -> None:
    """Each is flawed with the reason, on the terminal too; when the server is well, the same command makes it anew."""
    with world(tmp_path) as (model, call):
        model.faults.append(reply(USELESS[kind]))
        spoilt = call("batch", "--writer", "server", LIST)
        flawed = counts(tmp_path)
        why = call("why", name(0))
        model.faults.clear()
        well = call("batch", "--writer", "server", LIST)
        asked_for = len(model.completions)
        rest = call("batch", "--writer", "server", LIST)
        later = len(model.completions) - asked_for

    assert spoilt.returncode == 0, spoilt.stderr
    assert flawed == {VideoStatus.FLAWED: 3}
    assert spoilt.stderr.count("whose replies were of no use") == 3
    assert kind in spoilt.stderr
    assert "of no use" in why.stdout
    assert well.returncode == rest.returncode == 0
    assert counts(tmp_path) == {VideoStatus.DONE: 3}
    assert "of no use" not in well.stderr
    assert later == 0


def test_retry_makes_them_anew(tmp_path: Path) -> None:
    """`tadwin retry` takes up the articles that a model failed, and no other flawed one."""
    with world(tmp_path) as (model, call):
        model.faults.append(reply(""))
        call("batch", "--writer", "server", LIST)
        model.faults.clear()
        retried = call("retry", "--class", "flawed", "--writer", "server")

    assert retried.returncode == 0, retried.stderr
    assert "done            3" in retried.stderr
    assert counts(tmp_path) == {VideoStatus.DONE: 3}


def test_a_repaired_library_still_knows_them(tmp_path: Path) -> None:
    """The record can be rebuilt from the articles, and the next batch makes them anew."""
    with world(tmp_path) as (model, call):
        model.faults.append(reply(""))
        call("batch", "--writer", "server", LIST)
        call("repair")
        known, before = counts(tmp_path), len(model.completions)
        model.faults.clear()
        call("batch", "--writer", "server", LIST)
        asked_for = len(model.completions) - before

    assert known == {VideoStatus.FLAWED: 3}
    assert asked_for > 3
    assert counts(tmp_path) == {VideoStatus.DONE: 3}


def test_one_video_is_flawed_and_made_anew(tmp_path: Path) -> None:
    """`tadwin run` says what is missing; the same command tries again, and asks only for what was of no use."""
    with serving(honest) as model:
        model.faults.append(Fault(CHAT, first=2, body=json.dumps(said(""))))
        source = str(captions(tmp_path))
        spoilt = run(model, tmp_path, "run", "--writer", "server", "--json", source)
        model.faults.clear()
        well = run(model, tmp_path, "run", "--writer", "server", "--json", source)
        asked_for = len(model.completions)
        run(model, tmp_path, "run", "--writer", "server", source)

    assert json.loads(spoilt.stdout)["status"] == "flawed"
    assert "flawed: " in spoilt.stderr
    assert "(empty)" in spoilt.stderr
    assert json.loads(well.stdout)["status"] == "done"
    assert len(model.completions) == asked_for


def test_articles_that_stay_without_their_model_are_left_in_the_end(tmp_path: Path) -> None:
    """After three attempts on two days nothing is asked any more, until somebody says `retry`."""
    with world(tmp_path, 1) as (model, call):
        model.faults.append(reply(""))
        call("batch", "--writer", "server", LIST)
        with LibraryDatabase(tmp_path / "out") as state:
            (video,) = state.videos()
            state.save(type(video)(**{**_fields(video), "attempts": 3, "attempt_days": 2}))
        before = len(model.completions)
        call("batch", "--writer", "server", LIST)
        settled = len(model.completions) - before
        call("retry", "--writer", "server")
        again = len(model.completions) - before

    assert settled == 0
    assert again > 0


def _fields(video: object) -> dict[str, Any]:
    return {name: getattr(video, name) for name in type(video).__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize("content_type", ["text/html", "application/json"])
def test_a_server_that_answers_html_stops_a_batch(content_type: str, tmp_path: Path) -> None:
    """A login page is no reply: one video is tried, the run ends with code 14 and a sentence, and can be resumed."""
    with world(tmp_path) as (model, call):
        model.faults.append(Fault(CHAT, body="<html>Log in</html>", headers={"Content-Type": content_type}))
        stopped = call("batch", "--writer", "server", LIST)
        tried = len(model.completions)
        model.faults.clear()
        well = call("batch", "--writer", "server", LIST)

    assert stopped.returncode == 14
    assert "is no model server" in stopped.stderr
    assert "[model] url" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert tried <= 16
    assert well.returncode == 0
    assert counts(tmp_path) == {VideoStatus.DONE: 3}


def test_half_a_letter_costs_its_sentence(tmp_path: Path) -> None:
    """Each reply gets a sentence with a lone surrogate: it is in no article, all others are, and no run ends."""

    def respond(body: dict[str, Any]) -> dict[str, Any]:
        from models.llm.engine import Prompt  # noqa: PLC0415 - beside its only use

        system, user = (message["content"] for message in body["messages"])
        prompt = Prompt(system, user, body["max_tokens"])
        return said(f"{honest(prompt, asked(prompt))}\nكلمة مكسورة \ud83d هنا [1]")

    with FakeModelServer(respond) as model:
        made = run(model, tmp_path, "run", "--writer", "server", "--json", str(captions(tmp_path)))
        with FakeYouTube(catalogue(*videos(2))) as youtube:
            network = reaching(youtube) | {"TADWIN_MODEL_URL": model.url, "TADWIN_MODEL_NAME": "tiny"}
            several = tadwin(tmp_path, "batch", "--writer", "server", LIST, **network)

    assert made.returncode == 0, made.stderr
    assert several.returncode == 0, several.stderr
    account = json.loads(made.stdout)["account"]
    assert account["written"] + account["copied"] > 3
    pages = [path.read_text(encoding="utf-8") for path in tmp_path.glob("out/articles/*/article.*")]
    assert not any("مكسورة" in page or "\ufffd" in page for page in pages)
