"""`python -m pipeline.evaluate structure|restore|restore-speed [--shared DIR]` prints a table."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evaluate import data, restore, structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.evaluate.structure import Row


def _structure(shared: Path) -> list[Row]:
    chapters = data.joined_chapters(shared)
    return [
        *structure.borders("chapters of a book", chapters),
        *structure.borders("stretches of talks", data.joined_talks(shared)),
        *structure.headings("chapters of a book", chapters),
        *structure.salience("easc", data.summarised(shared)),
    ]


TABLES: dict[str, Callable[[Path], Iterable[Row]]] = {
    "structure": _structure,
    "restore": restore.rows,
    "restore-speed": restore.speed,
}
"""What can be measured."""


def main(arguments: list[str]) -> int:
    """Print the table; 2 and a sentence on stderr when the measuring data is not there."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluate", description=__doc__)
    parser.add_argument("what", choices=TABLES)
    beside = Path(__file__).parents[2].parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TADWIN_SHARED", beside)))
    options = parser.parse_args(arguments)
    if not (options.shared / "data").is_dir():
        sys.stderr.write(f"No measuring data in {options.shared}; name its folder with --shared or TADWIN_SHARED.\n")
        return 2
    rows = TABLES[options.what](options.shared)
    sys.stdout.write(structure.table(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
