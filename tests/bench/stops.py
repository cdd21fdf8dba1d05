"""Seconds until the program ends after Ctrl-C and SIGTERM. Run as `python -m tests.bench.stops`."""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path

from tests.stops import SITUATIONS, stopped, world_of

INTERRUPT, TERMINATE = signal.SIGINT, signal.SIGTERM
COLUMNS = {
    "first Ctrl-C": (INTERRUPT,),
    "second": (INTERRUPT,) * 2,
    "third": (INTERRUPT,) * 3,
    "SIGTERM": (TERMINATE,),
    "second SIGTERM": (TERMINATE,) * 2,
}
"""Signals that are sent; the time runs from the last one that the program lived to hear."""


def main() -> None:
    """Stop the program in each situation, with each number of signals, and print a table."""
    print(f"{'seconds until the end':34}{''.join(f'{name:>16}' for name in COLUMNS)}   exit codes, tracebacks")
    slowest = dict.fromkeys(COLUMNS, 0.0)
    for situation in SITUATIONS:
        cells, codes, tracebacks = "", set[int](), 0
        for name, signals in COLUMNS.items():
            with tempfile.TemporaryDirectory() as folder, world_of(situation, Path(folder)) as world:
                end = stopped(situation, world, *signals)
            cells += f"{end.seconds:16.2f}"
            slowest[name] = max(slowest[name], end.seconds)
            codes.add(end.code)
            tracebacks += "Traceback" in end.said
        print(f"{situation.name:34}{cells}   {sorted(codes)}, {tracebacks}", flush=True)
    print(f"{'slowest':34}{''.join(f'{seconds:16.2f}' for seconds in slowest.values())}")


if __name__ == "__main__":
    main()
