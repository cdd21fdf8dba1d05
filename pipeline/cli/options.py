"""Options that several commands share."""

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]


def settings(config: Path | None, library: str | None, **more: object) -> Settings:
    """The settings that count for this call, `more` being further flags; raises `ConfigError`."""
    from pipeline.config import load  # noqa: PLC0415 - pydantic stays out of `--help`

    flags = {name.replace("__", "."): value for name, value in more.items()}
    return load({"library.folder": library, **flags}, file=config).settings
