"""A model from its hub, once: what is missing is fetched, what is complete is never asked for again."""

from __future__ import annotations

import errno
import math
import shutil
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.finding import configuration, parameters, refuse
from pipeline.errors import ModelMissing, ModelNoSpace, ModelUnreachable
from pipeline.events import Downloading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.events import Reporter

_FILES = ("*.json", "*.safetensors", "*.jinja", "*.model", "*.txt")
_NOT = ("*/*", "consolidated*")
"""Folders hold other formats, and Mistral's `consolidated` the same weights again."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def fetch(name: str, file: str, revision: str, admit: Callable[[float], None], report: Reporter) -> Path:
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
        config = configuration(Path(hf_hub_download(name, "config.json", revision=info.sha)).parent)
        refuse(name, set(sizes), config)
    weights = {
        part: size for part, size in sizes.items() if part == file or (not file and part.endswith(".safetensors"))
    }
    admit(parameters(sum(weights.values()), config, gguf=bool(file)))
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
