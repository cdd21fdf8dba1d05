"""Recorded exchanges with a model: `in/NNN.json` holds the messages of a request, `out/NNN.txt` what was answered."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.fakes.model_server import FakeModelServer, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Respond = Callable[[dict[str, Any]], dict[str, Any] | None]

NAME, WINDOW = "reader", 32_768


def replaying(folder: Path) -> FakeModelServer:
    """A server that gives the recorded answer to exactly the recorded messages, and a 404 to any other."""
    known = {
        _key(json.loads(path.read_text(encoding="utf-8"))["messages"]): answer.read_text(encoding="utf-8")
        for path in sorted((folder / "in").glob("*.json"))
        if (answer := folder / "out" / f"{path.stem}.txt").exists()
    }

    def respond(body: dict[str, Any]) -> dict[str, Any] | None:
        text = known.get(_key(body["messages"]))
        return None if text is None else said(text)

    return FakeModelServer(respond, models=(NAME,), window=WINDOW)


def recording(folder: Path, respond: Callable[[dict[str, Any]], dict[str, Any]]) -> FakeModelServer:
    """A server that answers by rule and keeps what it was asked and what it said."""
    for name in ("in", "out"):
        (folder / name).mkdir(parents=True)
    numbers = count(1)

    def keep(body: dict[str, Any]) -> dict[str, Any]:
        answer = respond(body)
        number = f"{next(numbers):03}"
        asked = {"messages": body["messages"], "max_tokens": body["max_tokens"]}
        (folder / "in" / f"{number}.json").write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
        (folder / "out" / f"{number}.txt").write_text(answer["choices"][0]["message"]["content"], encoding="utf-8")
        return answer

    return FakeModelServer(keep, models=(NAME,), window=WINDOW)


def _key(messages: list[dict[str, str]]) -> str:
    return json.dumps(messages, ensure_ascii=False, sort_keys=True)
