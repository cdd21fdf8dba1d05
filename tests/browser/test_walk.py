"""An editor's whole work, from the queue to files for readers: with the keys alone, and with the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready
from tests.figures import Tell

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.chromium import Seen

KEYS_MOST = 4
"""Keys from the queue to an approved article with two corrected sentences, beside the letters of the corrections."""
CLICKS_MOST = 4
"""Clicks for the same."""


def exported(library: Path) -> str:
    """The approved article as its readers get it."""
    (file,) = (library / "approved").glob(f"{shelf.FLAWED}-*/article.md")
    return file.read_text("utf-8")


def corrected(text: str) -> bool:
    """Whether neither wrong sentence is left, with the figure or without the negation."""
    return "أربعين" not in text and text.count("أن نحفر بئرًا") == text.count("لا يكفي أن نحفر بئرًا") > 1


def test_with_the_keys_alone(page: Page, seen: Seen, library: Path, tell: Tell) -> None:
    """The weakest draft is opened, two wrong sentences corrected, approved and exported, and no mouse is touched."""
    counted: list[str] = []

    def press(*keys: str) -> None:
        for key in keys:
            counted.append(key)
            page.keyboard.press(key)

    press("n")
    ready(page)
    press("Alt+n")
    page.keyboard.type("ثلاثة وعشرين")
    press("Alt+n")
    page.keyboard.type("لا ")
    press("Control+Enter")
    expect(page.locator("#export")).to_be_visible()

    expect(page.locator("#state .standing")).to_have_attribute("data-standing", "approved")
    expect(page.locator(".said[data-flawed]")).to_have_count(0)
    ready(page)
    page.keyboard.press("x")
    expect(page.locator("#state .standing")).to_have_attribute("data-standing", "published")
    assert corrected(exported(library))
    assert "click" not in {act.split()[0] for act in seen.acts}
    assert len(counted) <= KEYS_MOST
    tell(f"editor's walk, keys: {len(counted)} ({' '.join(counted)}) and the corrections themselves")


def test_with_the_mouse(page: Page, seen: Seen, library: Path, tell: Tell) -> None:
    """The same with clicks: the draft, each finding (its editor opens at the wrong word), approval, export."""
    page.locator(f"#t-{shelf.FLAWED}").click()
    ready(page)
    page.locator("#b-sections-3-1-1-why a").first.click()
    page.keyboard.type("ثلاثة وعشرين")
    page.locator("#b-sections-3-1-2-why a").click()
    page.keyboard.type("لا ")
    page.locator("#approve").click()
    expect(page.locator("#export")).to_be_visible()
    clicks = sum(act.startswith("click") for act in seen.acts)

    page.locator("#export").click()
    expect(page.locator("#state .standing")).to_have_attribute("data-standing", "published")
    assert corrected(exported(library))
    assert clicks <= CLICKS_MOST
    tell(f"editor's walk, mouse: {clicks} clicks and the corrections themselves")
