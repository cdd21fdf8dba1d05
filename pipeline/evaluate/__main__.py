"""Measures on data that nothing was tuned on: `python -m pipeline.evaluate restore --shared DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evaluate import restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES: dict[str, Callable[[Path], Iterator[str]]] = {"restore": restore.rows}
"""What can be measured: each gives the lines of a table as they are measured."""


def main(arguments: list[str] | None = None) -> int:
    """Print one table; 0, or 2 where the shared data is missing."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluate", description=__doc__)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds data/")
    args = parser.parse_args(arguments)
    if not (args.shared / "data").is_dir():
        sys.stderr.write(f"{args.shared} holds no data folder\n")
        return 2
    for line in TABLES[args.table](args.shared):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
