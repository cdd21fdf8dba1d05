"""`tadwin eval`: how well the program does what it does, beside baselines, and whether it got worse."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.evaluate.floors import Floor

FLOORS = Path(__file__).parents[1] / "evaluate" / "floors.json"

Shared = Annotated[
    Path | None, typer.Option("--shared", help="Folder that holds data/ to measure on.", show_default=False)
]
Update = Annotated[bool, typer.Option("--update", help="Pin the floors to what is measured now.")]
Allow = Annotated[bool, typer.Option("--allow-regression", help="With --update: lower floors too.")]


def command(*, shared: Shared = None, update: Update = False, allow_regression: Allow = False) -> None:
    """Measure spelling, marks, passages, headings, salience, checks; end with 1 when a figure is below its floor."""
    from pipeline.evaluate import floors as pins  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.evaluate import suite  # noqa: PLC0415 - the same
    from pipeline.evaluate.table import table  # noqa: PLC0415 - the same

    if shared is not None and not (shared / "data").is_dir():
        message = f"{shared} holds no data folder"
        raise typer.BadParameter(message, param_hint="--shared")
    if shared is not None and find_spec("sumy") is None:
        message = "the TextRank baseline needs sumy: pip install 'tadwin[dev]'"
        raise typer.BadParameter(message, param_hint="--shared")
    rows, digests = suite.own_figures()
    if shared is not None:
        more, others = suite.shared_figures(shared)
        rows, digests = rows + more, digests | others
    typer.echo(table(rows))
    floors = pins.read(FLOORS.read_text(encoding="utf-8"))
    if update:
        _pin(floors, pins.pinned(rows, digests), allow_regression=allow_regression)
        return
    broken = pins.broken(rows, floors, digests)
    for sentence in broken:
        typer.echo(f"below its floor: {sentence}", err=True)
    raise typer.Exit(1 if broken else 0)


def _pin(old: Sequence[Floor], new: Sequence[Floor], *, allow_regression: bool) -> None:
    from pipeline.evaluate import floors as pins  # noqa: PLC0415 - keeps `--help` fast

    lowered = pins.lowered(old, new)
    for sentence in lowered:
        typer.echo(f"lowered: {sentence}", err=True)
    if lowered and not allow_regression:
        typer.echo("Nothing was pinned; --allow-regression lowers floors.", err=True)
        raise typer.Exit(1)
    names = {floor.name for floor in new}
    FLOORS.write_text(pins.write([*new, *(floor for floor in old if floor.name not in names)]), encoding="utf-8")
