"""The options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.settings import Settings

Library = Annotated[str | None, typer.Option("--library", help="Folder for results.", show_default=False)]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="Settings file to use.", show_default=False)]
Writer = Annotated[
    str | None, typer.Option("--writer", help="Who writes: extractive, local or server.", show_default=False)
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="html, md, docx, clean.html, clean.md or json; may be repeated.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors on stderr.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Patience = Annotated[
    float | None,
    typer.Option(min=0, help="Most minutes to wait before a run ends; 70 outlasts a block.", show_default=False),
]
Executor = Annotated[
    str | None,
    typer.Option(help="local: this process; ray: the nodes of a Ray cluster (extra `cluster`).", show_default=False),
]
RayAddress = Annotated[
    str | None,
    typer.Option(
        "--ray-address", help="Head of the cluster, or auto; without it one is started here.", show_default=False
    ),
]


def load_settings(  # noqa: PLR0913 - one parameter per option
    config: Path | None,
    library: str | None,
    *,
    writer: str | None = None,
    judge: str | None = None,
    prompt: str | None = None,
    patience: float | None = None,
    executor: str | None = None,
    ray_address: str | None = None,
    formats: list[str] | None = None,
) -> Settings:
    """The settings in effect for this call, options that were given included; raises `ConfigError`."""
    from pipeline.config import load  # noqa: PLC0415 - keeps pydantic out of `--help`

    flags = {
        "library.folder": library,
        "writer.kind": writer,
        "verify.judge": judge,
        "verify.prompt": prompt,
        "batch.patience_minutes": patience,
        "batch.executor": executor,
        "batch.ray_address": ray_address,
        "export.formats": formats or None,
    }
    return load(flags, file=config).settings
