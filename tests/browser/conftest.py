"""A desk in a process of its own, and a browser that reaches nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from pipeline.review.i18n import ARABIC, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from pipeline.review.i18n import Messages
    from tests.browser.chromium import Seen
    from tests.browser.desk import DeskProcess

collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]
"""Without the extra `browser` there is nothing to collect; `make test-browser` then fails for want of tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """One browser for all tests; each test has a profile of its own."""
    from tests.browser.chromium import browser  # noqa: PLC0415 - Playwright is an extra

    with browser() as opened:
        yield opened


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of four drafts."""
    from tests.browser import shelf  # noqa: PLC0415 - as above

    shelf.small(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def desk(library: Path) -> Iterator[DeskProcess]:
    """The desk of that library."""
    from tests.browser.desk import DeskProcess  # noqa: PLC0415 - as above

    with DeskProcess(library) as process:
        yield process


@pytest.fixture
def opened(chrome: Browser) -> Iterator[tuple[Page, Seen]]:
    """A page that has not been anywhere, and what it does; it may do nothing that a person would not see."""
    from tests.browser.chromium import window  # noqa: PLC0415 - as above

    with window(chrome) as (context, seen):
        yield context.new_page(), seen
        assert seen.clean, seen


@pytest.fixture
def language() -> str:
    """The language of the interface; tests with `in_both_languages` run once in each."""
    return "ar"


@pytest.fixture
def messages(language: str) -> Messages:
    """What the interface says in it."""
    return ENGLISH if language == "en" else ARABIC


@pytest.fixture
def page(opened: tuple[Page, Seen], desk: DeskProcess, language: str) -> Page:
    """The queue of the desk."""
    from tests.browser.chromium import speak  # noqa: PLC0415 - as above

    speak(opened[0].context, language)
    desk.enter(opened[0])
    return opened[0]


@pytest.fixture
def seen(opened: tuple[Page, Seen]) -> Seen:
    """What the page did."""
    return opened[1]


@pytest.fixture
def draft(page: Page, desk: DeskProcess) -> Page:
    """The draft with two wrong statements."""
    from tests.browser import chromium, shelf  # noqa: PLC0415 - as above

    page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    chromium.ready(page)
    return page
