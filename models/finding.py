"""From the name of a model to files on this disk: a folder, a GGUF file, or a hub's copy, fetched once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.recommended import fitting
from pipeline.errors import ModelMissing, ModelTooLarge, ModelUnfit

if TYPE_CHECKING:
    from models.hardware import Machine
    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

EXTRA = 'Install them: pip install "tadwin[local]", or `make .venv/.ready-local` in a checkout.'
_PIECE, _PIECES = 1 << 16, 32
_BITS = {"float32": 32, "float": 32, "float64": 64}
_GGUF_BITS = 4.8
"""Bits of a weight in the usual GGUF files (Q4_K_M)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A model on this disk."""

    name: str
    folder: Path
    gguf: str
    """Its file, where the weights are GGUF; else empty."""
    revision: str
    """Commit on the hub, or a digest of the files."""

    @property
    def label(self) -> str:
        """The name as others may read it: without the folders of this machine."""
        return Path(self.name).name if Path(self.name).exists() else self.name

    @property
    def weights(self) -> tuple[Path, ...]:
        """The files that hold the weights."""
        return (self.folder / self.gguf,) if self.gguf else tuple(sorted(self.folder.glob("*.safetensors")))

    @property
    def config(self) -> dict[str, Any]:
        """`config.json`; empty for GGUF."""
        return {} if self.gguf else configuration(self.folder)

    @property
    def parameters(self) -> float:
        """Number of weights, by the size of the files."""
        return parameters(sum(file.stat().st_size for file in self.weights), self.config, gguf=bool(self.gguf))


def find(settings: ModelSettings, here: Machine, report: Reporter) -> Found:
    """The model that the settings name, from the network only if it is not on this disk; raises a `ModelUnusable`."""
    name = settings.name or fitting(here.memory).id
    path = Path(name).expanduser()
    if path.suffix == ".gguf" and path.is_file():
        return Found(name, path.parent, path.name, _digest((path,)))
    if path.is_dir():
        return _folder(name, path)
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        message = f"there is no model at {name}"
        raise ModelMissing(message, "[model] name takes a folder, a .gguf file, or owner/name.")
    from models.hub import fetch  # noqa: PLC0415 - its library is part of the extra

    identifier, _, file = name.partition(":")
    folder = fetch(identifier, file, settings.revision, partial(_admit, name, here), report)
    return Found(name, folder, file, folder.name)


def parameters(size: float, config: dict[str, Any], *, gguf: bool = False) -> float:
    """Number of weights in files of `size` bytes."""
    dtype = str(config.get("dtype") or config.get("torch_dtype") or "bfloat16")
    return size * 8 / (_GGUF_BITS if gguf else _BITS.get(dtype, 16))


def refuse(name: str, files: set[str], config: dict[str, Any]) -> None:
    """Raise `ModelUnfit` for a model that could run code of its own: pickled weights, or Python beside them."""
    if not any(file.endswith(".safetensors") for file in files):
        pickled = any(file.endswith((".bin", ".pt", ".pth", ".ckpt")) for file in files)
        says = "has only pickled weights, which can hide code" if pickled else "has no weights in safetensors"
        message = f"{name} {says}"
        raise ModelUnfit(message, "Take a copy with .safetensors or .gguf files; `tadwin models` lists some.")
    if config.get("auto_map") and not _known(config):
        message = f"{name} runs only with Python code of its own, which is never executed here"
        raise ModelUnfit(message)
    if not _known(config):
        kind = config.get("model_type") or "without a name"
        message = f"{name} has an architecture that the installed transformers does not know: {kind}"
        raise ModelUnfit(
            message, 'pip install --upgrade transformers, or serve it elsewhere: [writer] kind = "server".'
        )


def _admit(name: str, here: Machine, weights: float) -> None:
    """A byte for each weight is the least that a model takes here."""
    if weights > here.memory:
        message = (
            f"{name} needs at least {weights / 1e9:.0f} GB of memory, and this machine has {here.memory / 1e9:.0f} GB"
        )
        raise ModelTooLarge(
            message, '`tadwin models` lists what fits; a larger one can be served elsewhere: [writer] kind = "server".'
        )


def _known(config: dict[str, Any]) -> bool:
    from transformers import AutoConfig  # noqa: PLC0415 - part of the extra

    try:
        AutoConfig.for_model(str(config.get("model_type")))
    except (ValueError, KeyError):
        return False
    return True


def _folder(name: str, folder: Path) -> Found:
    files = {file.name for file in folder.iterdir()}
    packed = sorted(file for file in files if file.endswith(".gguf"))
    if "config.json" not in files and len(packed) == 1:
        return Found(name, folder, packed[0], _digest((folder / packed[0],)))
    if "config.json" not in files:
        which = "several GGUF files: name one" if packed else "no config.json"
        message = f"{name} is no folder of a model: it has {which}"
        raise ModelMissing(message)
    refuse(name, files, configuration(folder))
    weights = sorted(folder.glob("*.safetensors"))
    return Found(name, folder, "", _digest((folder / "config.json", *weights)))


def configuration(folder: Path) -> dict[str, Any]:
    """`config.json` of a folder; raises `ModelUnfit`."""
    try:
        made: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{folder / 'config.json'} cannot be read"
        raise ModelUnfit(message) from error
    return made


def _digest(files: tuple[Path, ...]) -> str:
    """A name for the content of files: sizes and 32 pieces of each, since reading gigabytes would take a minute."""
    made = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        made.update(size.to_bytes(8, "big"))
        with file.open("rb") as opened:
            for number in range(_PIECES):
                opened.seek(size * number // _PIECES)
                made.update(opened.read(_PIECE))
    return made.hexdigest()[:12]
