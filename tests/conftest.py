"""Fixtures for all tests, and the guard that keeps every test off the network."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.fakes.guard import NetworkGuard
from tests.fakes.sample import SMALL
from tests.fakes.youtube import FakeYouTube
from tests.figures import FIGURE, Tell, figure_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GUARD = NetworkGuard()

settings.register_profile("tadwin", deadline=None)  # no test depends on speed
settings.load_profile("tadwin")


@pytest.fixture(autouse=True)
def network() -> Iterator[list[str]]:
    """Attempts to leave this machine during the test; any that the test leaves in the list fail it."""
    GUARD.escapes.clear()
    yield GUARD.escapes
    assert GUARD.escapes == []


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Records a line with a figure, to be printed at the end of the run."""
    return partial(record_property, FIGURE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that the tests of this run recorded."""
    finished = [report for reports in terminalreporter.stats.values() for report in reports]
    lines = list(figure_lines(report for report in finished if getattr(report, "when", "") == "call"))
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(lines))


@pytest.fixture
def youtube() -> Iterator[FakeYouTube]:
    """A fake YouTube with the small catalogue; no test may ask it for a host that is not YouTube's."""
    with FakeYouTube(SMALL) as fake:
        yield fake
        assert fake.escapes == ()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data: TADWIN_SHARED, or `shared` beside the repository; skips the test without it."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("TADWIN_SHARED") or beside)
    if not (folder / "data").is_dir():
        pytest.skip(f"no shared data: {folder} does not exist (set TADWIN_SHARED)")
    return folder
