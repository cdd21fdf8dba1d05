"""`tadwin eval`: how good the results are, beside baselines, and whether they got worse."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import UsageError

FLOORS = Path(__file__).parents[1] / "evaluate" / "floors.json"

Shared = Annotated[Path | None, typer.Option("--shared", help="Folder with data/ to measure on.", show_default=False)]
Update = Annotated[bool, typer.Option("--update", help="Set the floors to the figures measured now.")]
Allow = Annotated[bool, typer.Option("--allow-regression", help="With --update: lower floors, too.")]


def command(*, shared: Shared = None, update: Update = False, allow_regression: Allow = False) -> None:
    """Measure spelling, marks, sentences, passages, headings, salience, checks; end with 1 below a floor."""
    if find_spec("pipeline.evaluate") is None:  # the wheel leaves it out
        message = "`tadwin eval` needs a checkout of the project, with the texts and baselines to measure against"
        raise UsageError(message)
    from pipeline.evaluate import floors, suite, units  # noqa: PLC0415 - keeps `--help` fast
    from pipeline.evaluate.measures import table  # noqa: PLC0415 - the same

    if shared is not None and not (shared / "data").is_dir():
        message = f"no data folder in {shared}"
        raise typer.BadParameter(message, param_hint="--shared")
    if shared is not None and find_spec("sumy") is None:
        message = "the TextRank baseline needs sumy: pip install 'tadwin[dev]'"
        raise typer.BadParameter(message, param_hint="--shared")
    rows, digests = suite.own_figures()
    if shared is not None:
        more, others = suite.shared_figures(shared)
        rows, digests = rows + more, digests | others
    typer.echo(table(row for row in rows if row.data not in units.SETS) + "\n")
    typer.echo(units.table(row for row in rows if row.data in units.SETS))
    old = floors.read(FLOORS.read_text(encoding="utf-8"))
    if not update:
        broken = floors.broken(rows, old, digests)
        for sentence in broken:
            typer.echo(f"floor not held: {sentence}", err=True)
        raise typer.Exit(1 if broken else 0)
    new = floors.pinned(rows, digests)
    lowered = floors.lowered(old, new)
    for sentence in lowered:
        typer.echo(f"lower than before: {sentence}", err=True)
    if lowered and not allow_regression:
        typer.echo("No floor was changed; add --allow-regression to lower floors.", err=True)
        raise typer.Exit(1)
    measured = {floor.name for floor in new}
    FLOORS.write_text(floors.write([*new, *(floor for floor in old if floor.name not in measured)]), encoding="utf-8")
