"""`tadwin doctor`: whether everything an article needs is here."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Settings

_OLD = timedelta(days=90)
_LITTLE_SPACE = 200e6


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One thing that was looked at."""

    name: str
    ok: bool
    says: str
    hint: str = ""


def command(
    *, library: options.Library = None, config: options.ConfigFile = None, as_json: options.Json = False
) -> None:
    """Check versions, settings, network options and the output folder, without using the network."""
    checks = tuple(run_checks(options.settings(config, library), datetime.now(tz=UTC).date()))
    if as_json:
        typer.echo(json.dumps({"version": 1, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'LOOK'} {check.name:<22} {check.says}")
            if not check.ok and check.hint:
                typer.echo(f"     {check.hint}")
    raise typer.Exit(0 if all(check.ok for check in checks) else 1)


def run_checks(settings: Settings, today: date) -> Iterator[DoctorCheck]:
    """Every check, in the order a reader wants them."""
    yield DoctorCheck("Python", ok=True, says=platform.python_version())
    yield _yt_dlp(today)
    yield _package("youtube-transcript-api")
    yield _optional("transformers", "only needed for a local language model: pip install 'tadwin[local]'")
    yield _local_model()
    yield _file("ca_bundle", settings.source.ca_bundle)
    yield DoctorCheck("proxy", ok=True, says="set" if settings.source.proxy else "none")
    yield _folder(Path(settings.library.folder))


def _package(name: str) -> DoctorCheck:
    try:
        return DoctorCheck(name, ok=True, says=version(name))
    except PackageNotFoundError:
        return DoctorCheck(name, ok=False, says="missing", hint=f"pip install {name}")


def _yt_dlp(today: date) -> DoctorCheck:
    """yt-dlp is named for the day of its release; YouTube changes faster than any other part."""
    check = _package("yt-dlp")
    if not check.ok:
        return check
    year, month, day = map(int, check.says.split(".")[:3])
    age = today - date(year, month, day)
    if age <= _OLD:
        return check
    return DoctorCheck(
        "yt-dlp", ok=False, says=f"{check.says}, {age.days} days old", hint="pip install --upgrade yt-dlp"
    )


def _optional(name: str, purpose: str) -> DoctorCheck:
    check = _package(name)
    return check if check.ok else DoctorCheck(name, ok=True, says=f"not installed ({purpose})")


def _local_model() -> DoctorCheck:
    from models.local.hardware import this_machine  # noqa: PLC0415 - keeps `--help` fast
    from models.local.recommended import GB, recommended_for  # noqa: PLC0415 - as above

    here = this_machine()
    memory = f"{here.memory / GB:.0f} GB of memory, {here.free / GB:.0f} GB free, {here.cores} cores"
    return DoctorCheck(
        "local model", ok=True, says=f"{recommended_for(here.memory).id} suits this machine ({memory}); `tadwin models`"
    )


def _file(name: str, path: str) -> DoctorCheck:
    if not path:
        return DoctorCheck(name, ok=True, says="built-in")
    return DoctorCheck(name, ok=Path(path).is_file(), says=path, hint=f"[source] {name} names no file.")


def _folder(folder: Path) -> DoctorCheck:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            free = shutil.disk_usage(existing).free
    except OSError as error:
        return DoctorCheck(
            "library folder", ok=False, says=f"{folder}: {error.strerror}", hint="Choose another: --library"
        )
    says = f"{folder} can be written, {free / 1e9:.1f} GB free"
    return DoctorCheck("library folder", ok=free > _LITTLE_SPACE, says=says, hint="Free some space.")
