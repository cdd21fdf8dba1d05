"""Model files: from a folder, a GGUF file, or a hub, where what is complete on this disk is never asked for again."""

from __future__ import annotations

import errno
import hashlib
import json
import math
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.local.recommended import recommended_for
from pipeline.errors import ModelMissing, ModelNoSpace, ModelTooLarge, ModelUnfit, ModelUnreachable
from pipeline.events import Downloading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from models.local.hardware import Machine
    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

INSTALL_HINT = 'Install them: pip install "tadwin[local]", or `make .venv/.ready-local` in a checkout.'
_FILES = ("*.json", "*.safetensors", "*.jinja", "*.model", "*.txt")
_IGNORED = ("*/*", "consolidated*")
"""Folders hold other formats, and Mistral's `consolidated` the same weights again."""
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PIECE, _PIECES = 1 << 16, 32
_BITS = {"float32": 32, "float": 32, "float64": 64}
_GGUF_BITS = 4.8
"""Bits of a weight in the usual GGUF files (Q4_K_M)."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this disk."""

    name: str
    folder: Path
    gguf: str
    """The file of the weights if they are GGUF; otherwise empty."""
    revision: str
    """The commit on the hub, or a digest of the files."""

    @property
    def label(self) -> str:
        """The name without the folders of this machine, so that it can be shown to others."""
        return Path(self.name).name if Path(self.name).exists() else self.name

    @property
    def weights(self) -> tuple[Path, ...]:
        """The files that hold the weights."""
        return (self.folder / self.gguf,) if self.gguf else tuple(sorted(self.folder.glob("*.safetensors")))

    @property
    def config(self) -> dict[str, Any]:
        """`config.json`; empty for GGUF."""
        return {} if self.gguf else read_config(self.folder)

    @property
    def parameters(self) -> float:
        """The number of weights, estimated from the size of the files."""
        return parameter_count(sum(file.stat().st_size for file in self.weights), self.config, gguf=bool(self.gguf))


def find_model(settings: ModelSettings, machine: Machine, report: Reporter) -> ModelFiles:
    """The model that the settings name, downloaded only if it is not on this disk; raises a `ModelUnusable`."""
    name = settings.name or recommended_for(machine.memory).id
    path = Path(name).expanduser()
    if path.suffix == ".gguf" and path.is_file():
        return ModelFiles(name, path.parent, path.name, _digest((path,)))
    if path.is_dir():
        return _from_folder(name, path)
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        message = f"there is no model at {name}"
        raise ModelMissing(message, "Set [model] name to a folder, a .gguf file, or owner/name.")

    def require_memory(parameters: float) -> None:
        if parameters > machine.memory:  # a byte for each weight is the least that a model takes here
            needed = f"{parameters / 1e9:.0f} GB of memory, and this machine has {machine.memory / 1e9:.0f} GB"
            message = f"{name} needs at least {needed}"
            hint = '`tadwin models` lists what fits; a larger one can run on a server: [writer] kind = "server".'
            raise ModelTooLarge(message, hint)

    repository, _, file = name.partition(":")
    folder = download(repository, file, settings.revision, require_memory, report)
    return ModelFiles(name, folder, file, folder.name)


def _from_folder(name: str, folder: Path) -> ModelFiles:
    files = {file.name for file in folder.iterdir()}
    gguf = sorted(file for file in files if file.endswith(".gguf"))
    if "config.json" not in files and len(gguf) == 1:
        return ModelFiles(name, folder, gguf[0], _digest((folder / gguf[0],)))
    if "config.json" not in files:
        reason = "several GGUF files: name one" if gguf else "no config.json"
        message = f"{name} is not a model folder: it has {reason}"
        raise ModelMissing(message)
    refuse_unsafe(name, files, read_config(folder))
    weights = sorted(folder.glob("*.safetensors"))
    return ModelFiles(name, folder, "", _digest((folder / "config.json", *weights)))


def parameter_count(size: float, config: dict[str, Any], *, gguf: bool = False) -> float:
    """The number of weights in files of `size` bytes."""
    dtype = str(config.get("dtype") or config.get("torch_dtype") or "bfloat16")
    return size * 8 / (_GGUF_BITS if gguf else _BITS.get(dtype, 16))


def refuse_unsafe(name: str, files: set[str], config: dict[str, Any]) -> None:
    """Raise `ModelUnfit` for a model that could run code of its own: pickled weights, or Python beside them."""
    if not any(file.endswith(".safetensors") for file in files):
        pickled = any(file.endswith((".bin", ".pt", ".pth", ".ckpt")) for file in files)
        reason = "has only pickled weights, which can hide code" if pickled else "has no weights in safetensors"
        message = f"{name} {reason}"
        raise ModelUnfit(message, "Use a copy with .safetensors or .gguf files; `tadwin models` lists some.")
    from transformers import AutoConfig  # noqa: PLC0415 - part of the extra

    try:
        AutoConfig.for_model(str(config.get("model_type")))
    except (ValueError, KeyError) as error:
        if config.get("auto_map"):
            message = f"{name} runs only with Python code of its own, which is never executed here"
            raise ModelUnfit(message) from error
        kind = config.get("model_type") or "without a name"
        message = f"{name} has an architecture that the installed transformers does not know: {kind}"
        hint = 'pip install --upgrade transformers, or run it on a server: [writer] kind = "server".'
        raise ModelUnfit(message, hint) from error


def read_config(folder: Path) -> dict[str, Any]:
    """`config.json` of a folder; raises `ModelUnfit`."""
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{folder / 'config.json'} cannot be read"
        raise ModelUnfit(message) from error
    return config


def _digest(files: tuple[Path, ...]) -> str:
    """A digest of the sizes and of 32 pieces of each file, since reading gigabytes would take a minute."""
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        digest.update(size.to_bytes(8, "big"))
        with file.open("rb") as opened:
            for number in range(_PIECES):
                opened.seek(size * number // _PIECES)
                digest.update(opened.read(_PIECE))
    return digest.hexdigest()[:12]


def download(name: str, file: str, revision: str, admit: Callable[[float], None], report: Reporter) -> Path:
    """The folder of a model's files, named by its commit; `file` is its GGUF file, if it has GGUF weights.

    `admit` gets the number of weights before they are downloaded, and may raise. Raises `ModelMissing`, `ModelUnfit`,
    `ModelNoSpace`, `ModelUnreachable`.
    """
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - part of the extra
    from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415 - as above

    selection: dict[str, Any] = {
        "revision": revision or None,
        "allow_patterns": [file] if file else list(_FILES),
        "ignore_patterns": None if file else list(_IGNORED),
    }
    with _translated_errors(name, revision):
        try:
            folder = Path(snapshot_download(name, local_files_only=True, **selection))
        except LocalEntryNotFoundError:
            folder = None
        if folder is None or not _has_weights(folder):
            missing = _check(name, file, revision, admit)
            folder = Path(snapshot_download(name, tqdm_class=_progress_bar(name, missing, report), **selection))
    if not _has_weights(folder):
        message = f"{name} cannot be downloaded: the hub did not list its files"
        raise ModelUnreachable(message)
    return folder


def _has_weights(folder: Path) -> bool:
    """The library returns a cached folder without a list of its files as it is, even with only one small file in it."""
    return any(folder.glob("*.safetensors")) or any(folder.glob("*.gguf"))


def _check(name: str, file: str, revision: str, admit: Callable[[float], None]) -> int:
    """Refuse a model before its weights are downloaded; returns the bytes of those that are not on this disk yet."""
    from huggingface_hub import HfApi, constants, hf_hub_download, try_to_load_from_cache  # noqa: PLC0415 - as above

    info = HfApi().model_info(name, revision=revision or None, files_metadata=True)
    sizes = {
        part.rfilename: part.size or 0
        for part in info.siblings or ()
        if part.rfilename == file or not any(fnmatch(part.rfilename, pattern) for pattern in _IGNORED)
    }
    config = {}
    if file or "config.json" not in sizes:
        _check_gguf(name, file, [part for part in sizes if part.endswith(".gguf")])
    else:
        config = read_config(Path(hf_hub_download(name, "config.json", revision=info.sha)).parent)
        refuse_unsafe(name, set(sizes), config)
    weights = {
        part: size for part, size in sizes.items() if part == file or (not file and part.endswith(".safetensors"))
    }
    admit(parameter_count(sum(weights.values()), config, gguf=bool(file)))
    cached = {part for part in weights if isinstance(try_to_load_from_cache(name, part, revision=info.sha), str)}
    missing = sum(size for part, size in weights.items() if part not in cached)
    cache = Path(constants.HF_HUB_CACHE)
    free = shutil.disk_usage(next(folder for folder in (cache, *cache.parents) if folder.exists())).free
    if free < missing:
        message = f"{name} needs {missing / 1e9:.1f} GB of disk space, and {free / 1e9:.1f} GB are free"
        raise ModelNoSpace(message)
    return missing


def _check_gguf(name: str, file: str, listed: list[str]) -> None:
    """Raise `ModelMissing` unless the file is one of the listed GGUF files."""
    if not listed:
        message = f"{name} is not a language model: it has neither config.json nor GGUF files"
        raise ModelMissing(message)
    if file not in listed:
        reason = f"has no file {file}" if file else "has GGUF files: one must be named"
        message = f"{name} {reason}"
        raise ModelMissing(message, f'For example [model] name = "{name}:{listed[0]}"')


@contextmanager
def _translated_errors(name: str, revision: str) -> Iterator[None]:
    """Turn the hub library's errors into ours."""
    import httpx2  # noqa: PLC0415 - part of the extra
    from huggingface_hub import errors  # noqa: PLC0415 - as above

    try:
        yield
    except errors.RevisionNotFoundError as error:
        message = f"{name} has no revision {revision}"
        raise ModelMissing(message, "Leave [model] revision empty for the latest.") from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        hint = "Check [model] name; a gated one needs its licence accepted on the hub, and HF_TOKEN in the environment."
        message = f"the hub has no model {name}, or it is not public"
        raise ModelMissing(message, hint) from error
    except errors.HfHubHTTPError as error:
        message = f"{name} cannot be downloaded: the hub answered {error.response.status_code}"
        raise ModelUnreachable(message) from error
    except (errors.LocalEntryNotFoundError, httpx2.HTTPError) as error:
        message = f"{name} is not on this disk, and the hub cannot be reached"
        raise ModelUnreachable(message) from error
    except OSError as error:
        if error.errno in _DISK_FULL:
            message = f"the disk is full; {name} was not downloaded completely"
            raise ModelNoSpace(message) from error
        message = f"the download of {name} broke off"
        raise ModelUnreachable(message) from error


def _progress_bar(name: str, missing: int, report: Reporter) -> type:
    """A class that the library takes for a progress bar: it shows nothing and reports each percent that is on disk.

    The library adds a file to its total only when it begins it, so that a small first one would count as the whole;
    `missing` is the least total.
    """
    from tqdm.std import tqdm  # noqa: PLC0415 - part of the extra

    class Bar(tqdm):
        def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - whatever a bar takes
            super().__init__(*arguments, **named, delay=math.inf)
            self.percent = -1

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            total = max(int(self.total or 0), missing)
            percent = int(100 * self.n / total) if total else self.percent
            if self.desc.startswith("Reconstructing") and percent != self.percent:
                self.percent = percent
                report(Downloading(name, int(self.n), total))

    return Bar
