"""Models from a hub: fetched once, never asked for again, and every failure one sentence."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.faults import Fault
from tests.fakes.hub import COMMIT, FakeHub, Repository

pytestmark = pytest.mark.local

CONFIG = json.dumps({"model_type": "qwen3", "architectures": ["Qwen3ForCausalLM"], "dtype": "bfloat16"}).encode()
WEIGHTS = bytes(3_000_000)
GOOD = Repository({"config.json": CONFIG, "model.safetensors": WEIGHTS, "tokenizer.json": b"{}", "onnx/a.onnx": b"1"})
FILE_LIMIT = 1_000_000
PATIENT = {"HF_HUB_ETAG_TIMEOUT": "300", "HF_HUB_DOWNLOAD_TIMEOUT": "300"}
"""Seconds that the library waits for an answer: a slow day is no failure of the hub."""


def find(hub: FakeHub, home: Path, *arguments: str, full: bool = False) -> dict[str, Any]:
    """A new process's report on a model; with `full` no file grows beyond a megabyte, as on a full disk."""
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))) if full else None
    said = started(hub, home, "-m", "tests.models.find_model", *arguments, limit=limit)
    assert said.stdout, said.stderr
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer


def started(
    hub: FakeHub, home: Path, *arguments: str, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """A new Python that takes the fake for the hub, and keeps its files under `home`."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1", **PATIENT},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


@pytest.mark.parametrize("late", ["model.safetensors", "tokenizer.json"])
def test_a_model_is_fetched_once_with_its_progress(tmp_path: Path, late: str) -> None:
    """The first look fetches what is needed and reports bytes, whichever file is last; the second asks nobody."""
    with FakeHub(own__good=GOOD) as hub:
        hub.troubles.faults = [Fault(f"GET /own/good/resolve/{COMMIT}/{late}", delay=0.5)]
        first = find(hub, tmp_path, "own/good")
        asked = len(hub.seen)
        second = find(hub, tmp_path, "own/good")

    assert first["revision"] == COMMIT
    assert {"config.json", "model.safetensors", "tokenizer.json"} == set(first["files"])
    assert first["told"][-1] == [first["told"][-1][1]] * 2
    assert all(total >= len(WEIGHTS) for _, total in first["told"])
    assert first["parameters"] == len(WEIGHTS) / 2
    assert len(hub.seen) == asked
    assert second["told"] == []
    assert not any("onnx" in line for line in hub.seen)
    assert find(hub, tmp_path, "own/good")["revision"] == COMMIT  # the hub is closed by now


def test_a_download_that_broke_off_is_no_model(tmp_path: Path) -> None:
    """A half file is never taken for the whole, and the same call finishes it later."""
    with FakeHub(own__good=GOOD) as hub:
        hub.troubles.faults = [Fault("GET /own/good/resolve", first=2, cut=1000)]
        broken = find(hub, tmp_path, "own/good")
        hub.troubles.faults = []
        whole = find(hub, tmp_path, "own/good")

    assert (broken["error"], broken["code"]) == ("ModelUnreachable", 15)
    assert "own/good" in broken["says"]
    assert "again" in broken["hint"]
    assert whole["revision"] == COMMIT


def test_only_the_weights_that_are_missing_are_counted(tmp_path: Path) -> None:
    """A part that is on this disk, and the same weights in another format, are not awaited."""
    parts = {"model-1.safetensors": WEIGHTS, "model-2.safetensors": WEIGHTS[:FILE_LIMIT], "tokenizer.json": b"{}"}
    half = Repository({"config.json": CONFIG, **parts}, {"consolidated.safetensors": 10**15})
    with FakeHub(own__half=half) as hub:
        first = find(hub, tmp_path, "own/half")
        for lost in tmp_path.rglob("model-2.safetensors"):
            lost.resolve().unlink()
            lost.unlink()
        again = find(hub, tmp_path, "own/half")

    assert first["told"][-1][1] >= len(WEIGHTS) + FILE_LIMIT
    assert again["told"][-1] == [FILE_LIMIT, FILE_LIMIT]
    assert again["files"] == first["files"]


@pytest.mark.parametrize("revision", ["", COMMIT])
def test_a_model_of_which_only_the_configuration_came_is_no_model(tmp_path: Path, revision: str) -> None:
    """When the hub fails after the first small file, a later look does not take that file for the model."""
    with FakeHub(own__good=GOOD) as hub:
        hub.troubles.faults = [Fault("/tree/", status=500)]
        broken = find(hub, tmp_path, "own/good", revision)
        hub.troubles.faults = []
        whole = find(hub, tmp_path, "own/good", revision)

    assert (broken.get("error"), broken.get("code")) == ("ModelUnreachable", 15)
    assert "model.safetensors" in whole["files"]


@pytest.mark.parametrize(
    ("name", "revision", "error", "word"),
    [
        ("own/none", "", "ModelMissing", "no model own/none"),
        ("own/good", "v9", "ModelMissing", "revision v9"),
        ("own/pickle", "", "ModelUnfit", "pickled"),
        ("own/code", "", "ModelUnfit", "Python code of its own"),
        ("own/new", "", "ModelUnfit", "architecture"),
        ("own/packed", "", "ModelMissing", "one must be named"),
        ("own/packed:b.gguf", "", "ModelMissing", "no file b.gguf"),
        ("own/empty", "", "ModelMissing", "not a language model"),
        ("own/huge", "", "ModelTooLarge", "GB of memory"),
    ],
)
def test_a_model_that_cannot_be_is_refused_before_it_is_fetched(
    tmp_path: Path, name: str, revision: str, error: str, word: str
) -> None:
    """Missing, unfit and oversized models end with a sentence, a hint and code 14, and no weights are fetched."""
    code = json.dumps({"model_type": "mine", "auto_map": {"AutoConfig": "mine.Config"}}).encode()
    with FakeHub(
        own__good=GOOD,
        own__pickle=Repository({"config.json": CONFIG, "pytorch_model.bin": b"PK"}),
        own__code=Repository({"config.json": code, "mine.py": b"raise SystemExit", "model.safetensors": b"1"}),
        own__new=Repository({"config.json": b'{"model_type": "from-next-year"}', "model.safetensors": b"1"}),
        own__packed=Repository({"a.gguf": b"GGUF"}),
        own__empty=Repository({"README.md": b"# nothing"}),
        own__huge=Repository({"config.json": CONFIG}, {"model.safetensors": 10**15}),
    ) as hub:
        said = find(hub, tmp_path, name, revision)

    assert (said["error"], said["code"]) == (error, 14)
    assert word in said["says"]
    assert said["hint"]
    assert not any("safetensors" in line or line.endswith((".bin", ".py")) for line in hub.seen)


@pytest.mark.parametrize("fault", [Fault("/own/good", status=500), Fault("/own/good", drop=True)])
def test_a_hub_in_trouble_says_to_try_again(tmp_path: Path, fault: Fault) -> None:
    """A server error and a dropped connection are code 15: later the same command may work."""
    with FakeHub(own__good=GOOD) as hub:
        hub.troubles.faults = [fault]
        said = find(hub, tmp_path, "own/good")

    assert (said["error"], said["code"]) == ("ModelUnreachable", 15)


def test_no_network_is_a_sentence(tmp_path: Path) -> None:
    """With nobody at the hub's address, the sentence says that the model is not here and the hub cannot be reached."""
    with FakeHub(own__good=GOOD) as hub:
        pass
    said = find(hub, tmp_path, "own/good")

    assert (said["error"], said["code"]) == ("ModelUnreachable", 15)
    assert "not on this disk" in said["says"]


def test_a_disk_that_fills_up_is_a_sentence(tmp_path: Path) -> None:
    """When the disk ends in the middle of a file, the code is 13; with room again, the model is whole."""
    with FakeHub(own__good=GOOD) as hub:
        said = find(hub, tmp_path, "own/good", full=True)
        again = find(hub, tmp_path, "own/good")

    assert (said["error"], said["code"]) == ("ModelNoSpace", 13)
    assert "HF_HOME" in said["hint"]
    assert again["revision"] == COMMIT


def test_a_file_of_a_hub_is_a_model(tmp_path: Path) -> None:
    """`owner/name:file.gguf` fetches that file alone."""
    with FakeHub(own__packed=Repository({"a.gguf": b"GGUF", "b.gguf": WEIGHTS, "README.md": b"#"})) as hub:
        said = find(hub, tmp_path, "own/packed:a.gguf")

    assert said["files"] == ["a.gguf"]
    assert not any("b.gguf" in line and "resolve" in line for line in hub.seen)


JUDGE = """
import sys
from models.judges.classifier import ClassifierJudge
from pipeline.errors import ModelError
try:
    print(ClassifierJudge(sys.argv[1]).identity)
except ModelError as error:
    print(error.exit_code, error, error.hint)
"""


def test_a_classifier_is_fetched_the_same_way(tmp_path: Path) -> None:
    """Its identity names the commit, without a second request; pickled weights are refused before they are fetched."""
    with FakeHub(own__good=GOOD, own__pickle=Repository({"config.json": CONFIG, "pytorch_model.bin": b"PK"})) as hub:
        first = started(hub, tmp_path, "-c", JUDGE, "own/good").stdout
        asked = len(hub.seen)
        second = started(hub, tmp_path, "-c", JUDGE, "own/good").stdout
        assert len(hub.seen) == asked
        refused = started(hub, tmp_path, "-c", JUDGE, "own/pickle").stdout

    assert first == second == f"classifier own/good {COMMIT[:16]}\n"
    assert refused.startswith("1 the classifier cannot be used: own/pickle has only pickled weights")
    assert "[verify] judge" in refused
    assert not any(".bin" in line for line in hub.seen)
