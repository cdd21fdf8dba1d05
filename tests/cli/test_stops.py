"""Ctrl-C and SIGTERM, sent to the program as a process in every situation that takes long.

How many seconds each takes, `python -m tests.bench.stops` prints.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from pipeline.store.database import LibraryDatabase
from pipeline.types.batch import FINISHED
from tests.stops import DAY, SITUATIONS, Situation, mended, stopped, world_of
from tests.test_kills import torn

INTERRUPT, TERMINATE = signal.SIGINT, signal.SIGTERM
NAMES = [situation.name for situation in SITUATIONS]
STOPPING = "stopping after this step; again to stop now"
GENEROUS = 20.0
"""Seconds; a slow day is no failure, a wait for a reply that hangs is."""


@pytest.mark.parametrize("situation", SITUATIONS, ids=NAMES)
def test_the_first_signal_ends_what_goes_on(situation: Situation, tmp_path: Path) -> None:
    """It says so, ends soon with code 130 and without a traceback; nothing is torn, and the same command goes on."""
    with world_of(situation, tmp_path) as world:
        end = stopped(situation, world, INTERRUPT)
        broken = torn(world.library)
        resumed = mended(situation, world) if situation.minutes < DAY else None

    assert end.code == 130, end.said
    assert STOPPING in end.said
    assert "the same command continues" in end.said
    assert "Traceback" not in end.said
    assert end.seconds < GENEROUS
    assert broken == []
    if resumed is not None:
        assert resumed.code == 0, resumed.said
        assert world.articles() == (situation.count if situation.arguments[0] == "batch" else 1)
    if situation.arguments[0] == "batch":
        with LibraryDatabase(world.library, read_only=True) as state:
            assert sum(state.counts().get(status, 0) for status in FINISHED) == world.articles()


@pytest.mark.parametrize("signals", [(TERMINATE,), (INTERRUPT,) * 2, (INTERRUPT,) * 3, (TERMINATE, INTERRUPT)])
@pytest.mark.parametrize("at", [4, *(pytest.param(at, marks=pytest.mark.slow) for at in (2, 6, 8, 10))])
def test_every_further_signal_ends_it_at_once(at: int, signals: tuple[signal.Signals, ...], tmp_path: Path) -> None:
    """The second and the third, of either kind and sent right after the first: code 130, a sentence, no traceback."""
    with world_of(SITUATIONS[at], tmp_path) as world:
        end = stopped(SITUATIONS[at], world, *signals, pause=0.1)
        broken = torn(world.library)

    assert end.code == 130, end.said
    assert "the same command continues" in end.said
    assert "Traceback" not in end.said
    assert end.seconds < (GENEROUS if len(signals) == 1 else 2.5)
    assert broken == []
