"""`tadwin doctor` and `tadwin config`: this installation, this machine, and the settings in effect."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.settings import Settings, SourceSettings

_OLD = timedelta(days=90)
_LITTLE_SPACE = 200e6

config_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show the settings.")
Origin = Annotated[bool, typer.Option("--origin", help="Also print where each value comes from.")]


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """The result of one check."""

    name: str
    ok: bool
    says: str
    hint: str = ""


def command(
    *, library: options.Library = None, config: options.ConfigFile = None, as_json: options.Json = False
) -> None:
    """Check versions, settings, network options and the output folder, without using the network."""
    checks = tuple(run_checks(options.load_settings(config, library), datetime.now(tz=UTC).date()))
    if as_json:
        typer.echo(json.dumps({"version": 1, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            typer.echo(f"{'ok  ' if check.ok else 'FAIL'} {check.name:<22} {check.says}")
            if not check.ok and check.hint:
                typer.echo(f"     {check.hint}")
    raise typer.Exit(0 if all(check.ok for check in checks) else 1)


def run_checks(settings: Settings, today: date) -> Iterator[DoctorCheck]:
    """Every check, in the order a reader wants them."""
    from models.local.hardware import this_machine  # noqa: PLC0415 - keeps `--help` fast
    from models.local.recommended import GB, recommended_for  # noqa: PLC0415 - as above

    yield DoctorCheck("Python", ok=True, says=platform.python_version())
    yield _yt_dlp(today)
    yield _package("youtube-transcript-api")
    yield _package("onnxruntime")
    transformers = _package("transformers")
    purpose = "only needed for a local language model: pip install 'tadwin[local]'"
    yield transformers if transformers.ok else DoctorCheck("transformers", ok=True, says=f"not installed ({purpose})")
    machine = this_machine()
    memory = f"{machine.memory / GB:.0f} GB of memory, {machine.free / GB:.0f} GB free, {machine.cores} cores"
    model = recommended_for(machine.memory).id
    yield DoctorCheck("local model", ok=True, says=f"{model} suits this machine ({memory}); `tadwin models`")
    source = settings.source
    yield _source_setting("ca_bundle", replace(source, proxy=""), source.ca_bundle or "built-in")
    yield _source_setting("proxy", replace(source, ca_bundle=""), "set" if source.proxy else "none")  # holds a password
    yield _folder(Path(settings.library.folder))


def _source_setting(name: str, settings: SourceSettings, says: str) -> DoctorCheck:
    from pipeline.sources.ytdlp import validate_settings  # noqa: PLC0415 - as above

    try:
        validate_settings(settings)
    except ConfigError as error:
        return DoctorCheck(name, ok=False, says=str(error), hint=error.hint)
    return DoctorCheck(name, ok=True, says=says)


def _package(name: str) -> DoctorCheck:
    try:
        return DoctorCheck(name, ok=True, says=version(name))
    except PackageNotFoundError:
        return DoctorCheck(name, ok=False, says="missing", hint=f"pip install {name}")


def _yt_dlp(today: date) -> DoctorCheck:
    """The age of yt-dlp, whose version is the day of its release: YouTube changes faster than any other part."""
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


def _folder(folder: Path) -> DoctorCheck:
    """Whether the folder, or the nearest one above it that exists, can be written and has space."""
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            free = shutil.disk_usage(existing).free
    except OSError as error:
        says = f"{folder}: {error.strerror}"
        return DoctorCheck("library folder", ok=False, says=says, hint="Choose another folder with --library.")
    says = f"{folder} can be written, {free / 1e9:.1f} GB free"
    return DoctorCheck("library folder", ok=free > _LITTLE_SPACE, says=says, hint="Free some disk space.")


@config_app.command("show")
def show_config(*, origin: Origin = False, config: options.ConfigFile = None, as_json: options.Json = False) -> None:
    """List every setting with its value."""
    from pipeline.config import load  # noqa: PLC0415 - keeps `--help` fast

    values = load(file=config).values
    if as_json:
        typer.echo(json.dumps({v.key: {"value": v.shown, "origin": v.origin} for v in values}, ensure_ascii=False))
        return
    width = max(len(value.key) for value in values)
    for value in values:
        typer.echo(f"{value.key:<{width}}  {value.shown}" + (f"  ({value.origin})" if origin else ""))


@config_app.command("template")
def print_template() -> None:
    """Print a config.toml with every setting, its default and its meaning."""
    from pipeline.config import template  # noqa: PLC0415 - keeps `--help` fast

    typer.echo(template(), nl=False)
