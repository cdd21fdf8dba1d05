"""`tadwin models`: open language models worth trying, by the memory they need."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from pipeline.cli import options


def command(*, as_json: options.Json = False) -> None:
    """List open language models by memory, and name the one that suits this machine."""
    from models.local.hardware import this_machine  # noqa: PLC0415 - keeps `--help` fast
    from models.local.recommended import GB, RECOMMENDED, recommended_for  # noqa: PLC0415 - as above

    here = this_machine()
    chosen = recommended_for(here.memory)
    if as_json:
        listed = [asdict(model) | {"suits": model == chosen} for model in RECOMMENDED]
        typer.echo(json.dumps({"version": 1, "memory": here.memory, "models": listed}, ensure_ascii=False))
        return
    typer.echo(f"  {'memory':>6}  {'model':<37}{'licence':<12}{'languages'}")
    for model in RECOMMENDED:
        mark = ">" if model == chosen else " "
        size = f"{model.memory} GB"
        typer.echo(f"{mark} {size:>6}  {model.id:<37}{model.licence:<12}{model.languages:<17}{model.remark}")
    typer.echo(f"\nThis machine has {here.memory / GB:.0f} GB, {here.free / GB:.0f} GB of them free. In config.toml:")
    typer.echo(f'\n[writer]\nkind = "local"\n\n[model]\nname = "{chosen.id}"')
