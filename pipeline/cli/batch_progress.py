"""The progress of a batch: a table that is redrawn on a terminal, a line per video elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from pipeline.events import BatchProgress, Downloading, Event, ListRead, Reporter, VideoEnded, Waiting, silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.live import Live

_TITLE_LETTERS = 60
"""Letters of a title that are shown."""
_ARTICLES_PER_LINE = 60
"""Articles between two lines on progress."""
_MINUTE, _HOUR = 60, 3600


@contextmanager
def reporter(*, quiet: bool) -> Iterator[Reporter]:
    """A reporter that shows the events of a batch inside the block."""
    if quiet:
        yield silent
    elif not sys.stderr.isatty():
        yield LineReporter()
    else:
        from rich.console import Console  # noqa: PLC0415 - only on a terminal
        from rich.live import Live  # noqa: PLC0415 - as above

        with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as live:
            yield TableReporter(live)


class LineReporter:
    """Prints an event as one line on stderr; steps inside a video are left out, progress comes only now and then."""

    def __init__(self) -> None:
        self._next = 1

    def __call__(self, event: Event) -> None:
        """Print an event of either thread."""
        if isinstance(event, BatchProgress):
            if event.written < self._next:
                return
            self._next = event.written + _ARTICLES_PER_LINE
        if line := describe(event):
            typer.echo(line, err=True)


class TableReporter:
    """Keeps a table up to date in a live display, and prints above it what needs attention."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def __call__(self, event: Event) -> None:
        """Show an event of either thread."""
        from rich.table import Table  # noqa: PLC0415 - only on a terminal

        if isinstance(event, BatchProgress):
            table = Table("stage", "videos", show_edge=False)
            for stage, count in (("listed", event.listed), ("fetched", event.fetched), ("written", event.written)):
                table.add_row(stage, str(count))
            table.add_row("left", remaining(event))
            table.add_section()
            for status, count in event.status_counts:
                table.add_row(status, str(count))
            self._live.update(table)
        elif (not isinstance(event, VideoEnded) or event.reason) and (line := describe(event)):
            self._live.console.print(line, markup=False, highlight=False)


def describe(event: Event) -> str:
    """An event as one line; empty for those of single steps."""
    if isinstance(event, VideoEnded):
        title = event.title[:_TITLE_LETTERS] or event.id
        return f"{event.status:<10} {event.seconds:6.1f} s  {title}" + (f"  ({event.reason})" if event.reason else "")
    if isinstance(event, ListRead):
        extent = "read" if event.whole else "broken off"
        reason = f"  ({event.reason})" if event.reason else ""
        return f"list {extent:<10} {event.listed} videos  {event.title}{reason}"
    if isinstance(event, Waiting):
        return f"{event.reason}; waiting {readable_duration(event.seconds)}"
    if isinstance(event, Downloading) and event.total:
        tenths, rest = divmod(100 * event.done // event.total, 10)
        return "" if rest else f"{event.what} {tenths * 10} % of {event.total / 1e9:.1f} GB"
    if isinstance(event, BatchProgress):
        return f"written {event.written}, left {remaining(event)}"
    return ""


def remaining(event: BatchProgress) -> str:
    """The number of videos left and the time they will take, as far as known."""
    more = " and more, while the list is being read" if event.reading else ""
    time = f", about {readable_duration(event.seconds_left)}" if event.seconds_left is not None else ""
    return f"{event.left}{more}{time}"


def readable_duration(seconds: float) -> str:
    """A duration in a reader's units: `40 s`, `12 min`, `3.5 h`."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"
