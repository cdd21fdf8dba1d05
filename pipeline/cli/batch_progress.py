"""A batch for the eye: a table that is written over on a terminal, a line a video elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from pipeline.events import BatchProgress, Downloading, Event, ListRead, Reporter, VideoEnded, Waiting, silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.live import Live
    from rich.table import Table

_TITLE = 60
"""Letters of a title that are shown."""
_BETWEEN = 60
"""Articles between two lines on progress."""
_MINUTE, _HOUR = 60, 3600


@contextmanager
def reporter(*, quiet: bool) -> Iterator[Reporter]:
    """Who shows the events of a batch inside the block."""
    if quiet:
        yield silent
    elif not sys.stderr.isatty():
        yield Plain()
    else:
        from rich.console import Console  # noqa: PLC0415 - only on a terminal
        from rich.live import Live  # noqa: PLC0415 - as above

        with Live(console=Console(stderr=True), refresh_per_second=4, transient=True) as shown:
            yield OnTerminal(shown)


class Plain:
    """Shows an event as one line on stderr; steps inside a video are not shown, progress only now and then."""

    def __init__(self) -> None:
        """Nothing is told yet."""
        self._next = 1

    def __call__(self, event: Event) -> None:
        """Take an event of either thread."""
        if isinstance(event, BatchProgress):
            if event.written < self._next:
                return
            self._next = event.written + _BETWEEN
        line = describe(event)
        if line:
            typer.echo(line, err=True)


class OnTerminal:
    """The table, with lines above it for what needs attention."""

    def __init__(self, live: Live) -> None:
        """Write into the live display."""
        self._live = live

    def __call__(self, event: Event) -> None:
        """Take an event of either thread."""
        if isinstance(event, BatchProgress):
            self._live.update(_table(event))
        elif not isinstance(event, VideoEnded) or event.reason:
            line = describe(event)
            if line:
                self._live.console.print(line, markup=False, highlight=False)


def describe(event: Event) -> str:
    """An event as one line; empty for those of single steps."""
    if isinstance(event, VideoEnded):
        title = event.title[:_TITLE] or event.id
        return f"{event.status:<10} {event.seconds:6.1f} s  {title}" + (f"  ({event.reason})" if event.reason else "")
    if isinstance(event, ListRead):
        state = "read" if event.whole else "broken off"
        return f"list {state:<10} {event.listed} videos  {event.title}" + (
            f"  ({event.reason})" if event.reason else ""
        )
    if isinstance(event, Waiting):
        return f"{event.reason}; waiting {readable_duration(event.seconds)}"
    if isinstance(event, Downloading) and event.total:
        tenth, rest = divmod(100 * event.done // event.total, 10)
        return "" if rest else f"{event.what} {tenth * 10} % of {event.total / 1e9:.1f} GB"
    if isinstance(event, BatchProgress):
        return f"written {event.written}, left {remaining(event)}"
    return ""


def remaining(event: BatchProgress) -> str:
    """How many videos are left and how long they take, no better than it is known."""
    more = " and more, since the list is still read" if event.reading else ""
    time = f", about {readable_duration(event.seconds_left)}" if event.seconds_left is not None else ""
    return f"{event.left}{more}{time}"


def readable_duration(seconds: float) -> str:
    """A time as people say it: `40 s`, `12 min`, `3.5 h`."""
    if seconds < 2 * _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"


def _table(event: BatchProgress) -> Table:
    from rich.table import Table  # noqa: PLC0415 - only on a terminal

    table = Table("stage", "videos", show_edge=False)
    for stage, count in (("listed", event.listed), ("fetched", event.fetched), ("written", event.written)):
        table.add_row(stage, str(count))
    table.add_row("left", remaining(event))
    table.add_section()
    for status, count in event.status_counts:
        table.add_row(status, str(count))
    return table
