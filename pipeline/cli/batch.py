"""`tadwin batch` and `tadwin retry`: many videos, whatever happens to one of them."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import interrupts, options, progress
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.app.batch import BatchReport, LibrarySession
    from pipeline.events import Event
    from pipeline.settings import Settings
    from pipeline.types.batch import BatchFilter, ListRecord

_MISSING_SHOWN = 10

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Playlists, channels (@handle, id or URL), videos, a text file of links, - for standard input,"
        " caption files, or folders of them.",
        metavar="SOURCE...",
    ),
]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only videos from this day on.")]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only videos up to this day.")]
Match = Annotated[str, typer.Option(help="Only videos with these words in the title, in any spelling.")]
Limit = Annotated[int | None, typer.Option(min=1, help="At most this many videos.")]
Newest = Annotated[bool, typer.Option("--newest-first", help="Newest videos first; reads the lists to their end.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only read the lists and print what would be done.")]
Class = Annotated[
    list[str] | None,
    typer.Option("--class", help="later, retry, blocked, permanent, person or flawed; may be repeated. Default: all."),
]


def command(  # noqa: PLR0913 - one parameter per option
    sources: Sources,
    *,
    since: Since = None,
    until: Until = None,
    match: Match = "",
    limit: Limit = None,
    newest_first: Newest = False,
    dry_run: DryRun = False,
    patience: options.Patience = None,
    executor: options.Executor = None,
    ray_address: options.RayAddress = None,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    formats: options.Formats = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the articles of whole lists; run it again to do only what is missing."""
    from pipeline.types.batch import BatchFilter  # noqa: PLC0415 - keeps `--help` fast

    if since and until and since > until:
        message = f"--since {since.date()} is later than --until {until.date()}"
        raise UsageError(message, "Exchange the two days.")
    chosen = BatchFilter(since and since.date(), until and until.date(), match, limit, newest_first)
    settings = options.load_settings(
        config,
        library,
        writer=writer,
        patience=patience,
        executor=executor,
        ray_address=ray_address,
        formats=formats,
    )
    if dry_run:
        _preview(settings, sources, chosen, as_json=as_json, quiet=quiet)
    else:
        _run(settings, lambda session: session.batch(session.resolve(sources), chosen), as_json=as_json, quiet=quiet)


def retry(  # noqa: PLR0913 - as above
    *,
    classes: Class = None,
    patience: options.Patience = None,
    executor: options.Executor = None,
    ray_address: options.RayAddress = None,
    library: options.Library = None,
    config: options.ConfigFile = None,
    writer: options.Writer = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Try again, now, the videos without an article, and those whose article a model did not write."""
    from pipeline.store.database import LibraryDatabase  # noqa: PLC0415 - as above
    from pipeline.types.batch import VideoStatus  # noqa: PLC0415 - keeps `--help` fast

    known = [status for status in VideoStatus if status not in {"waiting", "done", "skipped"}]
    if not set(classes or ()) <= set(known):
        message = f"one of {', '.join(known)}"
        raise typer.BadParameter(message, param_hint="--class")
    settings = options.load_settings(
        config, library, writer=writer, patience=patience, executor=executor, ray_address=ray_address
    )
    with LibraryDatabase(Path(settings.library.folder), read_only=True):  # raises where there is no library
        pass
    wanted = [VideoStatus(name) for name in classes or known]
    _run(settings, lambda session: session.retry(wanted), as_json=as_json, quiet=quiet)


def _run(settings: Settings, work: Callable[[LibrarySession], BatchReport], *, as_json: bool, quiet: bool) -> None:
    """Do the work and print what came of it: videos by status, the first that have no article, and where to read on."""
    from pipeline.batch.clock import StopRequested, StopSignal  # noqa: PLC0415 - keeps `--help` fast

    stop_signal = StopSignal()
    try:
        with (
            progress.reporter(quiet=quiet) as reporter,
            interrupts.stoppable(stop_signal.request, reporter.tell),
        ):
            from pipeline.app.batch import REPORT, open_session  # noqa: PLC0415 - as above

            with open_session(settings, reporter, stop_signal=stop_signal) as session:
                report = work(session)
    except StopRequested:  # before or after the work
        if as_json:
            reason = {"cause": StopRequested.__name__, "reason": interrupts.STOPPED, "hint": ""}
            typer.echo(json.dumps({"version": 1, "exit_code": interrupts.INTERRUPTED, **reason}))
        interrupts.say_stopped()
        raise typer.Exit(interrupts.INTERRUPTED) from None
    if as_json:
        typer.echo(json.dumps(report.record, ensure_ascii=False))
    if not quiet:
        summary, missing = report.summary, report.record["missing"]
        lines = [f"{status:<10} {count:>6}" for status, count in summary.status_counts] or ["no videos"]
        lines += missing_lines(missing[:_MISSING_SHOWN])
        if len(missing) > _MISSING_SHOWN:
            lines.append(f"  and {len(missing) - _MISSING_SHOWN} more; `tadwin why VIDEO` explains one")
        lines += [f"list incomplete: {_list_line(row)}" for row, broken in summary.lists if broken]
        lines += [summary.stop_reason] if summary.stop_reason else []
        lines += [interrupts.STOPPED] if summary.stopped else next_step(report.record)
        lines += [*map(str, report.pages), f"{settings.library.folder}/{REPORT}"]
        typer.echo("\n".join(lines), err=True)
    raise typer.Exit(report.summary.exit_code)


def _list_line(row: ListRecord) -> str:
    """The name of a list, once, and why it is not complete."""
    name = row.key.partition(":")[2]
    channel = name.partition("/")[0]  # the key of a channel's tab names the tab too
    return f"{row.title or row.key}: {row.reason.removeprefix(f'{name}: ').removeprefix(f'{channel}: ')}"


def missing_lines(missing: Sequence[Mapping[str, str]]) -> list[str]:
    """A line for each video that has no article, and below those with the same hint what to do about them."""
    lines = []
    for hint, videos in groupby(missing, key=itemgetter("hint")):
        for video in videos:
            reason = video["reason"].removeprefix(f"{video['id']}: ") or "not tried yet"
            lines.append(f"  {video['id']}  {video['status']}: {reason}")
        lines += [f"    {hint}"] if hint else []
    return lines


def next_step(record: Mapping[str, Any]) -> list[str]:
    """How the videos that will be tried again are tried again, and when; nothing if there are none."""
    from pipeline.types.batch import OPEN, VideoStatus  # noqa: PLC0415 - keeps `--help` fast

    again = [video for video in record["missing"] if video["status"] in OPEN - {VideoStatus.SKIPPED}]
    if not again:
        return []
    due = min(video["retry_at"] for video in again)  # empty for one that was never tried
    when = max(due, record["blocked_until"], record["finished"])
    after = f" after {when}" if when > record["finished"] else ""
    return [f"{len(again)} left; run the same command again{after}"]


def _preview(settings: Settings, sources: Sequence[str], chosen: BatchFilter, *, as_json: bool, quiet: bool) -> None:
    """Print one line per video while the lists are read, or one JSON object at the end."""
    from pipeline.app.batch import open_preview  # noqa: PLC0415 - as above
    from pipeline.events import FileChosen  # noqa: PLC0415 - as above

    def tell(event: Event) -> None:
        if isinstance(event, FileChosen) and not quiet:
            typer.echo(progress.describe(event), err=True)

    listed: list[dict[str, str]] = []
    with open_preview(settings, tell) as preview:
        for entry, record in preview.entries(sources, chosen):
            status = record.status if record else "new"
            listed.append({"id": entry.reference.id, "title": entry.title, "status": status})
            if not as_json:
                typer.echo(f"{status:<10} {entry.reference.id}  {entry.title}")
    if as_json:
        typer.echo(json.dumps({"version": 1, "videos": listed}, ensure_ascii=False))
    if not quiet:
        typer.echo(f"{len(listed)} videos; nothing was fetched or written", err=True)
