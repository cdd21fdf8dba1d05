"""A model from its hub, once: what is missing is fetched, what is complete is never asked for again."""

from __future__ import annotations

import errno
import hashlib
import json
import math
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
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


EXTRA = 'Install them: pip install "tadwin[local]", or `make .venv/.ready-local` in a checkout.'
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
        return {} if self.gguf else read_config(self.folder)

    @property
    def parameters(self) -> float:
        """Number of weights, by the size of the files."""
        return parameter_count(sum(file.stat().st_size for file in self.weights), self.config, gguf=bool(self.gguf))


def find_model(settings: ModelSettings, here: Machine, report: Reporter) -> ModelFiles:
    """The model that the settings name, from the network only if it is not on this disk; raises a `ModelUnusable`."""
    name = settings.name or recommended_for(here.memory).id
    path = Path(name).expanduser()
    if path.suffix == ".gguf" and path.is_file():
        return ModelFiles(name, path.parent, path.name, _digest((path,)))
    if path.is_dir():
        return _folder(name, path)
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        message = f"there is no model at {name}"
        raise ModelMissing(message, "[model] name takes a folder, a .gguf file, or owner/name.")

    identifier, _, file = name.partition(":")
    folder = download(identifier, file, settings.revision, partial(_admit, name, here), report)
    return ModelFiles(name, folder, file, folder.name)


def parameter_count(size: float, config: dict[str, Any], *, gguf: bool = False) -> float:
    """Number of weights in files of `size` bytes."""
    dtype = str(config.get("dtype") or config.get("torch_dtype") or "bfloat16")
    return size * 8 / (_GGUF_BITS if gguf else _BITS.get(dtype, 16))


def refuse_unsafe(name: str, files: set[str], config: dict[str, Any]) -> None:
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


def _folder(name: str, folder: Path) -> ModelFiles:
    files = {file.name for file in folder.iterdir()}
    packed = sorted(file for file in files if file.endswith(".gguf"))
    if "config.json" not in files and len(packed) == 1:
        return ModelFiles(name, folder, packed[0], _digest((folder / packed[0],)))
    if "config.json" not in files:
        which = "several GGUF files: name one" if packed else "no config.json"
        message = f"{name} is no folder of a model: it has {which}"
        raise ModelMissing(message)
    refuse_unsafe(name, files, read_config(folder))
    weights = sorted(folder.glob("*.safetensors"))
    return ModelFiles(name, folder, "", _digest((folder / "config.json", *weights)))


def read_config(folder: Path) -> dict[str, Any]:
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


_FILES = ("*.json", "*.safetensors", "*.jinja", "*.model", "*.txt")
_NOT = ("*/*", "consolidated*")
"""Folders hold other formats, and Mistral's `consolidated` the same weights again."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def download(name: str, file: str, revision: str, admit: Callable[[float], None], report: Reporter) -> Path:
    """The folder of a model's files, named by its commit; `file` is its GGUF file, if it is one.

    `admit` is told the number of weights before they are fetched, and may refuse. Raises `ModelMissing`, `ModelUnfit`,
    `ModelNoSpace`, `ModelUnreachable`.
    """
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - part of the extra
    from huggingface_hub.errors import LocalEntryNotFoundError  # noqa: PLC0415 - as above

    wanted: dict[str, Any] = {
        "revision": revision or None,
        "allow_patterns": [file] if file else list(_FILES),
        "ignore_patterns": None if file else list(_NOT),
    }
    with _translated(name, revision):
        try:
            folder = Path(snapshot_download(name, local_files_only=True, **wanted))
        except LocalEntryNotFoundError:
            folder = None
        if folder is None or not _has_weights(folder):
            missing = _check(name, file, revision, admit)
            folder = Path(snapshot_download(name, tqdm_class=_bar(name, missing, report), **wanted))
    if not _has_weights(folder):
        message = f"{name} cannot be fetched: the hub did not say what belongs to it"
        raise ModelUnreachable(message)
    return folder


def _has_weights(folder: Path) -> bool:
    """The library gives back a folder of which it knows no list of files as it is, be it with one small file."""
    return any(folder.glob("*.safetensors")) or any(folder.glob("*.gguf"))


def _check(name: str, file: str, revision: str, admit: Callable[[float], None]) -> int:
    """Bytes of weights that are not on this disk yet; refuses before they are fetched."""
    from huggingface_hub import HfApi, constants, hf_hub_download, try_to_load_from_cache  # noqa: PLC0415 - as above

    info = HfApi().model_info(name, revision=revision or None, files_metadata=True)
    sizes = {
        part.rfilename: part.size or 0
        for part in info.siblings or ()
        if part.rfilename == file or not any(fnmatch(part.rfilename, no) for no in _NOT)
    }
    config = {}
    if file or "config.json" not in sizes:
        _packed(name, file, [part for part in sizes if part.endswith(".gguf")])
    else:
        config = read_config(Path(hf_hub_download(name, "config.json", revision=info.sha)).parent)
        refuse_unsafe(name, set(sizes), config)
    weights = {
        part: size for part, size in sizes.items() if part == file or (not file and part.endswith(".safetensors"))
    }
    admit(parameter_count(sum(weights.values()), config, gguf=bool(file)))
    there = {part for part in weights if isinstance(try_to_load_from_cache(name, part, revision=info.sha), str)}
    missing = sum(size for part, size in weights.items() if part not in there)
    cache = Path(constants.HF_HUB_CACHE)
    free = shutil.disk_usage(next(folder for folder in (cache, *cache.parents) if folder.exists())).free
    if free < missing:
        message = f"{name} needs {missing / 1e9:.1f} GB of disk, and there are {free / 1e9:.1f} GB free"
        raise ModelNoSpace(message)
    return missing


def _packed(name: str, file: str, there: list[str]) -> None:
    """Raise `ModelMissing` unless the file is one of the GGUF files that are there."""
    if not there:
        message = f"{name} is no language model: it has neither config.json nor GGUF files"
        raise ModelMissing(message)
    if file not in there:
        says = f"has no file {file}" if file else "has GGUF files: one must be named"
        message = f"{name} {says}"
        raise ModelMissing(message, f'For example [model] name = "{name}:{there[0]}"')


@contextmanager
def _translated(name: str, revision: str) -> Iterator[None]:
    """Every failure of the hub's library as one of ours."""
    import httpx2  # noqa: PLC0415 - part of the extra
    from huggingface_hub import errors  # noqa: PLC0415 - as above

    try:
        yield
    except errors.RevisionNotFoundError as error:
        message = f"{name} has no revision {revision}"
        raise ModelMissing(message, "Empty [model] revision for the latest.") from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        hint = "Check [model] name; one behind a licence wants it accepted on the hub, and HF_TOKEN in the environment."
        message = f"the hub has no model {name}, or not for everybody"
        raise ModelMissing(message, hint) from error
    except errors.HfHubHTTPError as error:
        message = f"{name} cannot be fetched: the hub answered {error.response.status_code}"
        raise ModelUnreachable(message) from error
    except (errors.LocalEntryNotFoundError, httpx2.HTTPError) as error:
        message = f"{name} is not on this disk, and the hub cannot be reached"
        raise ModelUnreachable(message) from error
    except OSError as error:
        if error.errno in _FULL:
            message = f"the disk became full while {name} was fetched"
            raise ModelNoSpace(message) from error
        message = f"fetching {name} broke off"
        raise ModelUnreachable(message) from error


def _bar(name: str, missing: int, report: Reporter) -> type:
    """What the library takes for a progress bar: it shows nothing and reports each percent that is on disk.

    The library adds a file to its total when it begins with it, so a small one that is first would be the whole;
    `missing` bytes of weights come in any case.
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
