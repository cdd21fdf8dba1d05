"""How a run ends when the writer cannot go on."""

from __future__ import annotations

import threading
import time as clock
from pathlib import Path

import pytest

from pipeline.errors import ModelMissing
from tests.batch.played import Play, listing, name, run


def living() -> set[str]:
    """Threads of a run that live now."""
    return {thread.name for thread in threading.enumerate() if thread.name.startswith(("fetching", "keeping"))}


def left() -> set[str]:
    """Those that still live after a moment to end in."""
    end = clock.monotonic() + 2
    while living() and clock.monotonic() < end:
        clock.sleep(0.01)
    return living()


def test_a_writer_that_cannot_write_ends_the_fetching_too(tmp_path: Path) -> None:
    """Nothing is fetched that nobody takes, and no thread stays that would keep the program from ending."""
    begun = threading.Event()
    play = Play(listing(*range(20)), writing={name(0): [ModelMissing("no model")]})
    play.on_write = lambda _: begun.set()
    play.on_fetch = lambda video: clock.sleep(0.3 if video == name(1) and begun.wait(5) else 0)

    with pytest.raises(ModelMissing):
        run(play, tmp_path, ahead=1)

    assert left() == set()
    assert play.asked.total() <= 3
