"""`tadwin demo`: the article of the bundled talk, without a network."""

from __future__ import annotations

from importlib.resources import as_file, files

import typer

from pipeline.cli import options, run

SAMPLE = "talk.ar.json3"


def command(
    *,
    library: options.Library = None,
    config: options.ConfigFile = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Write the article of a talk that comes with the program."""
    if not quiet:
        typer.echo("The bundled talk, written for this project:", err=True)
    with as_file(files("pipeline") / "sample") as folder:
        run.command([str(folder / SAMPLE)], library=library, config=config, as_json=as_json, quiet=quiet)
