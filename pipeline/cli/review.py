"""`tadwin review`: the finished articles, those that need a look first."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli import options


def command(*, library: options.Library = None, config: options.ConfigFile = None) -> None:
    """List the finished articles, those with most findings first."""
    from pipeline.store.library import Library  # noqa: PLC0415 - keeps `--help` fast

    shelf = Library(Path(options.settings(config, library).library.folder))
    cards = sorted(shelf.cards(), key=lambda card: (-card.findings, card.folder))
    for card in cards:
        typer.echo(f"{card.findings:>3} findings  {card.title}\n{'':14}{shelf.articles / card.folder / 'article.html'}")
    if not cards:
        typer.echo("No articles yet; `tadwin demo` makes one.", err=True)
