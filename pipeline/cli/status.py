"""`tadwin status`, `tadwin why` and `tadwin repair`: what was done, what is missing, and the record of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import VideoRecord

Video = Annotated[str, typer.Argument(help="A link, an id or a caption file, as it was given.", metavar="VIDEO")]


def command(
    *, library: options.Library = None, config: options.ConfigFile = None, as_json: options.Json = False
) -> None:
    """Say how many videos stand how, and which lists are complete."""
    with _state(library, config) as state:
        counts, rolls, breaker = state.counts(), state.list_records(), state.breaker()
    if as_json:
        answer = {
            "version": 1,
            "videos": counts,
            "lists": [asdict(r) for r in rolls],
            "blocked_until": breaker.open_until,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    for status, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        typer.echo(f"{status:<10} {count:>6}")
    for roll in rolls:
        announced = f" of {roll.announced}" if roll.announced is not None else ""
        says = "complete" if roll.complete else f"incomplete{': ' if roll.reason else ''}{roll.reason}"
        typer.echo(f"{roll.key}  {roll.listed}{announced} videos, {says}  {roll.title}")


def why(video: Video, *, library: options.Library = None, config: options.ConfigFile = None) -> None:
    """Say how a video stands, why, what to do, and what each look at it came to."""
    from pipeline.app.batch import utc_timestamp  # noqa: PLC0415 - as above
    from pipeline.types.batch import FINISHED  # noqa: PLC0415 - keeps `--help` fast

    with _state(library, config) as state:
        work = _work(state, video)
        looks = state.attempts(work.id) if work else ()
    if work is None:
        typer.echo(f"tadwin: {video} was never part of a batch in this library", err=True)
        raise typer.Exit(1)
    typer.echo(f"{work.id}  {work.status}  {work.title}")
    for line in (work.reason, work.hint):
        if line:
            typer.echo(f"  {line}")
    if work.status in FINISHED:
        typer.echo(f"  articles/{work.folder}")
    elif work.retry_at:
        typer.echo(f"  not before {utc_timestamp(work.retry_at)}")
    for look in looks:
        typer.echo(f"  {utc_timestamp(look.time)}  {look.status:<10} {look.reason}".rstrip())


def repair(*, library: options.Library = None, config: options.ConfigFile = None) -> None:
    """Rebuild the record of what was done from the articles; nothing finished is made again."""
    from pipeline.app.repair import repair as rebuild  # noqa: PLC0415 - keeps `--help` fast

    articles, lists = rebuild(options.settings(config, library))
    typer.echo(f"{articles} articles and {lists} lists found; the record is rebuilt", err=True)


def _state(library: str | None, config: Path | None) -> LibraryDatabase:
    from pipeline.store.database import LibraryDatabase  # noqa: PLC0415 - keeps `--help` fast

    return LibraryDatabase(Path(options.settings(config, library).library.folder), read_only=True)


def _work(state: LibraryDatabase, video: str) -> VideoRecord | None:
    """The row of a caption file, whether it is still there or not, or of the id in a link; raises `UsageError`."""
    from pipeline.sources.files import ENDINGS  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.urls import youtube_id  # noqa: PLC0415 - as above

    path = Path(video)
    found = state.video(str(path.absolute()))
    return found if found or path.suffix.lower() in ENDINGS else state.video(youtube_id(video)[0])
