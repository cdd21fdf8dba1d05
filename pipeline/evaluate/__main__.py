"""`python -m pipeline.evaluate structure [--shared DIR]` prints the table."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pipeline.evaluate import data, structure


def main(arguments: list[str]) -> int:
    """Print the table; 2 and a sentence on stderr when the measuring data is not there."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluate", description=__doc__)
    parser.add_argument("what", choices=["structure"])
    beside = Path(__file__).parents[2].parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TADWIN_SHARED", beside)))
    shared: Path = parser.parse_args(arguments).shared
    if not (shared / "data").is_dir():
        sys.stderr.write(f"No measuring data in {shared}; name its folder with --shared or TADWIN_SHARED.\n")
        return 2
    chapters = data.joined_chapters(shared)
    rows = [
        *structure.borders("chapters of a book", chapters),
        *structure.borders("stretches of talks", data.joined_talks(shared)),
        *structure.headings("chapters of a book", chapters),
        *structure.salience("easc", data.summarised(shared)),
    ]
    sys.stdout.write(structure.table(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
