"""Events for the eye: plain lines on stderr."""

from __future__ import annotations

import sys

import typer

from pipeline.events import Downloading, Event, Generating, ModelReplied, Notice, StepDone, StepStarted

_SAYS = {"fetch": "captions", "prepare": "sentences", "write": "article", "verify": "evidence"}


def to_terminal(event: Event) -> None:
    """Show an event on stderr; what begins is shown only on a terminal, and written over when it ends."""
    if isinstance(event, StepStarted):
        if sys.stderr.isatty():
            typer.echo(f"  {_says(event.step)} ...\r", err=True, nl=False)
    elif isinstance(event, StepDone):
        typer.echo(f"  {_says(event.step)} {'kept' if event.kept else f'{event.seconds:.2f} s'}", err=True)
    elif isinstance(event, Notice):
        typer.echo(f"  note: {event.text}", err=True)
    elif isinstance(event, Downloading | Generating) and sys.stderr.isatty():
        typer.echo(f"  {moving(event)}\r", err=True, nl=False)
    elif isinstance(event, ModelReplied):
        _answered(event)


def _answered(event: ModelReplied) -> None:
    """What a language model has answered; without a terminal, only when a step is through."""
    used, through, terminal = event.total, event.done == event.planned, sys.stderr.isatty()
    line = f"  {event.step:<10} {event.done} of {event.planned}, {used.tokens_out:,} tokens, {used.rate:.1f} a second"
    if through or terminal:
        typer.echo((f"{line:<72}" if terminal else line) + ("" if through else "\r"), err=True, nl=through)


def moving(event: Downloading | Generating) -> str:
    """A line that is written over: how far a download is, or how fast a model writes; always of one length."""
    if isinstance(event, Downloading):
        line = f"{event.what} {event.done / 1e9:.1f} of {event.total / 1e9:.1f} GB"
    else:
        line = f"{event.read} tokens read"
        if event.written:
            line += f", {event.written} written, {event.written / max(event.seconds, 1e-9):.1f} a second"
    return f"{line:<70}"


def _says(step: str) -> str:
    return f"{_SAYS.get(step, step):<10}"
