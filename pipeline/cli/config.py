"""`tadwin config`: what counts, and where it comes from."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli import options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show the settings.")

Origin = Annotated[bool, typer.Option("--origin", help="Also say where each value comes from.")]


@app.command("show")
def show(*, origin: Origin = False, config: options.ConfigFile = None, as_json: options.Json = False) -> None:
    """List every setting with its value."""
    from pipeline.config import load  # noqa: PLC0415 - keeps `--help` fast

    values = load(file=config).values
    if as_json:
        typer.echo(json.dumps({v.key: {"value": v.shown, "origin": v.origin} for v in values}, ensure_ascii=False))
        return
    width = max(len(value.key) for value in values)
    for value in values:
        typer.echo(f"{value.key:<{width}}  {value.shown}" + (f"  ({value.origin})" if origin else ""))


@app.command("template")
def template() -> None:
    """Print a config.toml with every setting, its default and its meaning."""
    from pipeline.config import template as text  # noqa: PLC0415 - keeps `--help` fast

    typer.echo(text(), nl=False)
