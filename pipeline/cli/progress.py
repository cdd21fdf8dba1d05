"""The progress of one video: plain lines on stderr."""

from __future__ import annotations

import sys

import typer

from pipeline.events import Downloading, Event, Generating, ModelReplied, Notice, StepDone, StepStarted

_RESULTS = {"fetch": "captions", "prepare": "sentences", "write": "article", "verify": "evidence"}
"""The result of each step, as the terminal names it."""


def to_terminal(event: Event) -> None:
    """Print an event on stderr; what has not ended is shown on a terminal only, and written over."""
    terminal = sys.stderr.isatty()
    if isinstance(event, StepStarted):
        if terminal:
            typer.echo(f"  {_RESULTS.get(event.step, event.step):<10} ...\r", err=True, nl=False)
    elif isinstance(event, StepDone):
        outcome = "kept" if event.kept else f"{event.seconds:.2f} s"
        typer.echo(f"  {_RESULTS.get(event.step, event.step):<10} {outcome}", err=True)
    elif isinstance(event, Notice):
        typer.echo(f"  note: {event.text}", err=True)
    elif isinstance(event, Downloading | Generating):
        if terminal:
            typer.echo(f"  {transient_line(event)}\r", err=True, nl=False)
    elif isinstance(event, ModelReplied):
        total, finished = event.total, event.done == event.planned
        counts = f"{event.done} of {event.planned}, {total.tokens_out:,} tokens, {total.rate:.1f} a second"
        line = f"  {event.step:<10} {counts}"
        if terminal:
            typer.echo(f"{line:<72}" + ("" if finished else "\r"), err=True, nl=finished)
        elif finished:
            typer.echo(line, err=True)


def transient_line(event: Downloading | Generating) -> str:
    """The state of a download or of a model's reply; always of one length, since each line is written over the last."""
    if isinstance(event, Downloading):
        line = f"{event.what} {event.done / 1e9:.1f} of {event.total / 1e9:.1f} GB"
    else:
        line = f"{event.read} tokens read"
        if event.written:
            line += f", {event.written} written, {event.written / max(event.seconds, 1e-9):.1f} a second"
    return f"{line:<70}"
