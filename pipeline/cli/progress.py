"""Progress on stderr: a line for what is done, and on a terminal, below the lines, what goes on now."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, Self

import typer

from pipeline.events import (
    BatchProgress,
    Downloading,
    Event,
    FileChosen,
    FileDamaged,
    Generating,
    ListRead,
    ModelReplied,
    Notice,
    StepDone,
    StepStarted,
    VideoEnded,
    Waiting,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

_RESULTS = {"fetch": "captions", "prepare": "sentences", "write": "article", "verify": "evidence"}
"""The result of each step, as the terminal names it."""
_TITLE_LETTERS = 60
"""Letters of a title that are shown."""
_ARTICLES_PER_LINE = 60
"""Articles between two lines on the progress of a batch."""
_MINUTE, _HOUR = 60, 3600


class Progress(Protocol):
    """A reporter that shows events inside its block; between two blocks the terminal is free for results."""

    def __call__(self, event: Event, /) -> None:
        """Show an event, of any thread."""

    def tell(self, line: str) -> None:
        """Show a line that is no progress, of any thread."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_error: object) -> None: ...


def reporter(*, quiet: bool, steps: bool = False) -> Progress:
    """What suits stderr; with `steps` also the steps inside a video are shown."""
    if quiet:
        return SilentProgress()
    if not sys.stderr.isatty():
        return LineProgress(steps=steps)
    from rich.console import Console  # noqa: PLC0415 - only on a terminal

    return LiveProgress(Console(stderr=True), steps=steps)


class SilentProgress:
    """Shows no progress."""

    def __call__(self, _event: Event) -> None: ...

    def tell(self, line: str) -> None:
        """Print a line."""
        typer.echo(line, err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None: ...


class LineProgress(SilentProgress):
    """A line for each event that ends something. The progress of a batch is told now and then."""

    def __init__(self, *, steps: bool = False) -> None:
        self._steps = steps
        self._next_told = 1

    def __call__(self, event: Event) -> None:
        """Print an event of any thread."""
        if isinstance(event, BatchProgress):
            if event.written < self._next_told:
                return
            self._next_told = event.written + _ARTICLES_PER_LINE
        if line := self._line(event):
            self.tell(line)

    def _line(self, event: Event) -> str:
        return describe_step(event) if self._steps else describe(event)


class LiveProgress(LineProgress):
    """The same lines above a display that `rich` redraws: a table of the batch, or what the present step does."""

    def __init__(self, console: Console, *, steps: bool = False) -> None:
        super().__init__(steps=steps)
        self._console = console
        self._live: Live | None = None

    def __enter__(self) -> Self:
        from rich.live import Live  # noqa: PLC0415 - only on a terminal

        # Results go to stdout, which `rich` must not send to stderr with its own lines.
        self._live = Live(
            console=self._console, refresh_per_second=4, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._live.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: Event) -> None:
        """Redraw the display or print a line above it."""
        from rich.text import Text  # noqa: PLC0415 - only on a terminal

        present = describe_present(event) if self._steps else ""
        if self._live is not None and isinstance(event, BatchProgress):
            self._live.update(_table(event))
        elif self._live is not None and present:
            self._live.update(Text(present), refresh=isinstance(event, StepStarted))  # others come many a second
        elif self._steps or not isinstance(event, VideoEnded) or event.reason:  # the table counts the others
            if self._steps and self._live is not None:
                self._live.update(Text(), refresh=True)
            super().__call__(event)

    def tell(self, line: str) -> None:
        """Print a line above the display."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


def describe(event: Event) -> str:
    """An event of a batch as one line; empty for those of single steps."""
    if isinstance(event, VideoEnded):
        title = event.title[:_TITLE_LETTERS] or event.id
        return f"{event.status:<10} {event.seconds:6.1f} s  {title}" + (f"  ({event.reason})" if event.reason else "")
    if isinstance(event, FileChosen):
        lines = [f"several files of one video; read is {event.name}"]
        return "\n".join([*lines, *(f"  passed over: {name} ({about})" for name, about in event.passed_over)])
    if isinstance(event, ListRead):
        extent = "read" if event.whole else "broken off"
        reason = f"  ({event.reason})" if event.reason else ""
        return f"list {extent:<10} {event.listed} videos  {event.title}{reason}"
    if isinstance(event, FileDamaged | Waiting):
        return _trouble(event)
    if isinstance(event, Downloading) and event.total:
        tenths, rest = divmod(100 * event.done // event.total, 10)
        return "" if rest else f"{event.what} {tenths * 10} % of {event.total / 1e9:.1f} GB"
    return f"written {event.written}, left {remaining(event)}" if isinstance(event, BatchProgress) else ""


def describe_step(event: Event) -> str:
    """What one video's step came to, as one line; empty for what has not ended."""
    if isinstance(event, StepDone):
        outcome = "kept" if event.reused else f"{event.seconds:.2f} s"
        return f"  {_RESULTS.get(event.step, event.step):<10} {outcome}"
    if isinstance(event, Notice):
        return f"  note: {event.text}"
    if isinstance(event, FileDamaged | Waiting):
        return f"  note: {_trouble(event)}"
    if isinstance(event, ModelReplied) and event.done == event.planned:
        return _replies(event)
    return ""


def _trouble(event: FileDamaged | Waiting) -> str:
    if isinstance(event, Waiting):
        return f"{event.reason}; waiting {readable_duration(event.seconds)}"
    path = "/".join(PurePath(event.path).parts[-3:])  # articles/<name>/article.md, artifacts/<step>/<key>.json
    return f"{path} {event.fault}; it is made again"


def describe_present(event: Event) -> str:
    """What one video's step does now: how much of a download came, or how fast a model writes; else empty."""
    if isinstance(event, StepStarted):
        return f"  {_RESULTS.get(event.step, event.step):<10} ..."
    if isinstance(event, Downloading):
        return f"  {event.what} {event.done / 1e9:.1f} of {event.total / 1e9:.1f} GB"
    if isinstance(event, Generating):
        line = f"  {event.read} tokens read"
        return line + (
            f", {event.written} written, {event.written / max(event.seconds, 1e-9):.1f} a second"
            if event.written
            else ""
        )
    if isinstance(event, ModelReplied) and event.done != event.planned:
        return _replies(event)
    return ""


def _replies(event: ModelReplied) -> str:
    total = event.total
    return f"  {event.step:<10} {event.done} of {event.planned}, {total.tokens_out:,} tokens, {total.rate:.1f} a second"


def _table(event: BatchProgress) -> RenderableType:
    from rich.table import Table  # noqa: PLC0415 - only on a terminal

    table = Table("stage", "videos", show_edge=False)
    for stage, count in (("listed", event.listed), ("fetched", event.fetched), ("written", event.written)):
        table.add_row(stage, str(count))
    table.add_row("left", remaining(event))
    table.add_section()
    for status, count in event.status_counts:
        table.add_row(status, str(count))
    return table


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
