"""`tadwin batch` and `tadwin retry`: many videos, whatever happens to one of them."""

from __future__ import annotations

import json
import signal
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import batch_progress, options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from pipeline.app.batch import BatchReport, LibrarySession
    from pipeline.settings import Settings
    from pipeline.types.batch import BatchFilter

_SHOWN = 10

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Playlists, channels (@handle, id or address), videos, a text file of links, - for standard input,"
        " caption files, or folders of them.",
        metavar="SOURCE...",
    ),
]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only videos of this day or later.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only videos of this day or earlier.")]
Match = Annotated[str, typer.Option(help="Only videos with these words in the title, in any spelling.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many videos.")]
Newest = Annotated[bool, typer.Option("--newest-first", help="Newest videos first; reads the lists to their end.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only read the lists, and say what would be done.")]
Patience = Annotated[
    float | None,
    typer.Option(
        min=0, help="Minutes to wait at most before a run ends; 70 waits through a block.", show_default=False
    ),
]
Executor = Annotated[
    str | None,
    typer.Option(help="local: this process; ray: the nodes of a Ray cluster (extra `cluster`).", show_default=False),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--ray-address", help="Head of the cluster, or auto; without it one is started here.", show_default=False
    ),
]
Class = Annotated[
    list[str] | None,
    typer.Option(
        "--class", help="later, retry, blocked, permanent or person; can be given again. All five as it comes."
    ),
]


def command(  # noqa: PLR0913 - one parameter an option
    sources: Sources,
    *,
    since: Since = None,
    until: Until = None,
    match: Match = "",
    limit: Limit = None,
    newest_first: Newest = False,
    dry_run: DryRun = False,
    patience: Patience = None,
    executor: Executor = None,
    ray_address: Address = None,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the articles of whole lists; the same command again does only what is missing."""
    from pipeline.types.batch import BatchFilter  # noqa: PLC0415 - keeps `--help` fast

    filters = BatchFilter(since and since.date(), until and until.date(), match, limit, newest_first)
    more = {"batch__patience_minutes": patience, "batch__executor": executor, "batch__ray_address": ray_address}
    settings = options.settings(config, library, writer__kind=writer, **more)
    if dry_run:
        _preview(settings, sources, filters, as_json=as_json, quiet=quiet)
        return
    _run(settings, lambda shop: shop.batch(shop.understand(sources), filters), as_json=as_json, quiet=quiet)


def retry(  # noqa: PLR0913 - as above
    *,
    status: Class = None,
    patience: Patience = None,
    executor: Executor = None,
    ray_address: Address = None,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Look once more, now, at the videos that have no article yet."""
    from pipeline.store.database import LibraryDatabase  # noqa: PLC0415 - as above
    from pipeline.types.batch import VideoStatus  # noqa: PLC0415 - keeps `--help` fast

    kinds = [VideoStatus.LATER, VideoStatus.RETRY, VideoStatus.BLOCKED, VideoStatus.PERMANENT, VideoStatus.PERSON]
    wanted = [VideoStatus(name) for name in status or kinds if name in kinds]
    if len(wanted) != len(status or kinds):
        message = f"one of {', '.join(kinds)}"
        raise typer.BadParameter(message, param_hint="--class")
    more = {"batch__patience_minutes": patience, "batch__executor": executor, "batch__ray_address": ray_address}
    settings = options.settings(config, library, writer__kind=writer, **more)
    with LibraryDatabase(Path(settings.library.folder), read_only=True):  # a library that is not there is not made
        pass
    _run(settings, lambda workshop: workshop.retry(wanted), as_json=as_json, quiet=quiet)


def _run(settings: Settings, work: Callable[[LibrarySession], BatchReport], *, as_json: bool, quiet: bool) -> None:
    from pipeline.app.batch import open_session  # noqa: PLC0415 - keeps `--help` fast

    with (
        batch_progress.reporter(quiet=quiet) as report,
        open_session(settings, report) as workshop,
        _interruptible(workshop),
    ):
        account = work(workshop)
    if as_json:
        typer.echo(json.dumps(account.record, ensure_ascii=False))
    if not quiet:
        _table(account, settings)
    raise typer.Exit(account.summary.exit_code)


@contextmanager
def _interruptible(workshop: LibrarySession) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) ends the run soon, the second at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.default_int_handler)
        workshop.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped at once; what is finished is kept, the same command continues", err=True)
        raise typer.Exit(130) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _preview(settings: Settings, sources: Sequence[str], filters: BatchFilter, *, as_json: bool, quiet: bool) -> None:
    """A line a video as the lists are read, or one JSON object at the end."""
    from pipeline.app.batch import open_preview  # noqa: PLC0415 - as above

    listed: list[dict[str, str]] = []
    with open_preview(settings) as preview:
        for entry, work in preview.entries(sources, filters):
            status = work.status if work else "new"
            listed.append({"id": entry.reference.id, "title": entry.title, "status": status})
            if not as_json:
                typer.echo(f"{status:<10} {entry.reference.id}  {entry.title}")
    if as_json:
        typer.echo(json.dumps({"version": 1, "videos": listed}, ensure_ascii=False))
    if not quiet:
        typer.echo(f"{len(listed)} videos; nothing was fetched or written", err=True)


def _table(account: BatchReport, settings: Settings) -> None:
    """Class by count, the first videos that have no article, and where all of it is written."""
    from pipeline.app.batch import REPORT  # noqa: PLC0415 - as above

    summary, record = account.summary, account.record
    lines = [f"{status:<10} {count:>6}" for status, count in summary.status_counts] or ["no videos"]
    lines += [f"  {work['id']}  {work['status']}: {work['reason']}" for work in record["missing"][:_SHOWN]]
    if len(record["missing"]) > _SHOWN:
        lines.append(f"  and {len(record['missing']) - _SHOWN} more; `tadwin why VIDEO` tells about one")
    lines += [f"list incomplete: {roll.title or roll.key}: {roll.reason}" for roll, broken in summary.lists if broken]
    lines += [summary.stop_reason] if summary.stop_reason else []
    lines += ["stopped; what is finished is kept, the same command continues"] if summary.stopped else []
    lines += [str(page) for page in account.pages]
    lines.append(f"{settings.library.folder}/{REPORT}")
    typer.echo("\n".join(lines), err=True)
