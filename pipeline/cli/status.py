"""`tadwin status`, `tadwin why` and `tadwin repair`: what was done, what is missing and why, and the record of it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options

if TYPE_CHECKING:
    from pipeline.errors import ArtifactCorrupt
    from pipeline.store.database import LibraryDatabase

_PARTIAL = 3
Video = Annotated[str, typer.Argument(help="A link, an id or a caption file, as it was given.", metavar="VIDEO")]


def command(
    *, library: options.Library = None, config: options.ConfigFile = None, as_json: options.Json = False
) -> None:
    """Print the videos by status, and which lists are complete."""
    with _open_database(library, config) as database:
        counts, lists, breaker = database.counts(), database.list_records(), database.breaker()
    if as_json:
        answer = {"version": 1, "videos": counts, "lists": [asdict(row) for row in lists]}
        typer.echo(json.dumps(answer | {"blocked_until": breaker.open_until}, ensure_ascii=False))
        return
    for status, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        typer.echo(f"{status:<10} {count:>6}")
    for row in lists:
        announced = f" of {row.announced}" if row.announced is not None else ""
        extent = "complete" if row.complete else f"incomplete{': ' if row.reason else ''}{row.reason}"
        typer.echo(f"{row.key}  {row.listed}{announced} videos, {extent}  {row.title}")


def why(video: Video, *, library: options.Library = None, config: options.ConfigFile = None) -> None:
    """Explain a video's status: the reason, what to do, and every attempt so far."""
    from pipeline.app.batch import utc_timestamp  # noqa: PLC0415 - as below
    from pipeline.sources.files import pasted_path  # noqa: PLC0415 - as below
    from pipeline.sources.local import EXTENSIONS  # noqa: PLC0415 - as below
    from pipeline.types.batch import FINISHED, OPEN  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.urls import youtube_id  # noqa: PLC0415 - as above

    path = Path(pasted_path(video))
    with _open_database(library, config) as database:
        record = database.video(str(path.absolute()))
        if record is None and path.suffix.lower() not in EXTENSIONS:  # its file may be gone
            record = database.video(youtube_id(video)[0])
        attempts = database.attempts(record.id) if record else ()
    if record is None:
        typer.echo(f"tadwin: {video} was never part of a batch in this library", err=True)
        raise typer.Exit(1)
    typer.echo(f"{record.id}  {record.status}  {record.title}")
    for line in (record.reason, record.hint):
        if line:
            typer.echo(f"  {line}")
    if record.status in FINISHED:
        typer.echo(f"  articles/{record.folder}")
    elif record.status not in OPEN:
        typer.echo(f"  no batch tries it again; `tadwin retry --class {record.status}` does")
    elif record.retry_at > time.time():
        typer.echo(f"  the next batch after {utc_timestamp(record.retry_at)} tries it again")
    else:
        typer.echo("  the next batch tries it again")
    for attempt in attempts:
        typer.echo(f"  {utc_timestamp(attempt.time)}  {attempt.status:<10} {attempt.reason}".rstrip())


def repair(*, library: options.Library = None, config: options.ConfigFile = None) -> None:
    """Rebuild the record of what was done from the articles; nothing finished is made again."""
    from pipeline.app.repair import repair as rebuild  # noqa: PLC0415 - keeps `--help` fast

    damaged: list[ArtifactCorrupt] = []
    articles, lists = rebuild(options.load_settings(config, library), damaged.append)
    typer.echo(f"{articles} articles and {lists} lists found; the record is rebuilt", err=True)
    for error in damaged:
        typer.echo(f"passed over: {error}", err=True)
    if damaged:
        raise typer.Exit(_PARTIAL)


def _open_database(library: str | None, config: Path | None) -> LibraryDatabase:
    from pipeline.store.database import LibraryDatabase  # noqa: PLC0415 - keeps `--help` fast

    return LibraryDatabase(Path(options.load_settings(config, library).library.folder), read_only=True)
