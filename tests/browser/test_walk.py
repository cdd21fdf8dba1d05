"""An editor's whole work, from the queue to files for readers: with the keys alone, and with the mouse."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import docx
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready, window
from tests.browser.desk import DeskProcess
from tests.figures import Tell

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.chromium import Seen

KEYS_MOST = 4
"""Keys from the queue to an approved article with two corrected sentences, beside the letters of the corrections."""
CLICKS_MOST = 4
"""Clicks for the same."""
ROUGH_MOST = 12
"""Keys or clicks from the queue to the Word file of a draft with ten wrong words, beside the corrections themselves."""


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


def test_a_rough_draft_to_a_word_file(chrome: Browser, tmp_path: Path, tell: Tell) -> None:
    """Ten wrong words, each put right, approved and exported: with the keys alone, then with the mouse alone.

    The seconds are those of a hand that knows every answer, so they measure the desk and not the editor; how long an
    editor takes is what the desk itself counts and shows below its list.
    """
    for hand in (_by_keys, _by_mouse):
        library = tmp_path / hand.__name__
        right = shelf.rough(library)
        with DeskProcess(library) as desk, window(chrome) as (context, seen):
            page = context.new_page()
            desk.enter(page)
            begin, acts = time.monotonic(), len(seen.acts)
            hand(page, right)
            expect(page.locator("#state .standing")).to_have_attribute("data-standing", "published", timeout=60_000)
            seconds = time.monotonic() - begin
            done = seen.acts[acts:]
            assert seen.clean, seen
            (worked,) = page.locator("#history [data-decision=approve] small bdi").all_inner_texts()
        (file,) = (library / "approved").glob("*/article.docx")
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)

        letters = sum(map(len, right))
        pressed = [act.split()[1] for act in done if act.startswith("keydown")]  # typed Arabic is no key
        keys = sum(key not in {"Alt", "Control", "Shift"} for key in pressed)
        clicks = sum(act.startswith("click") for act in done)
        assert shelf.INVENTED not in text
        assert keys + clicks <= ROUGH_MOST
        assert int(worked) >= 1
        how = hand.__name__.removeprefix("_by_")
        tell(
            f"rough draft of {len(right)} findings to a Word file, {how}: {keys} keys and {clicks} clicks"
            f" beside {letters} letters of corrections, {seconds:.1f} s; the desk counted {worked} s"
        )


def _by_keys(page: Page, right: list[str]) -> None:
    page.keyboard.press("n")
    ready(page)
    for word in right:
        page.keyboard.press("Alt+n")
        page.keyboard.type(word)
    page.keyboard.press("Alt+x")


def _by_mouse(page: Page, right: list[str]) -> None:
    page.locator("a.draft").click()
    ready(page)
    for left, word in zip(reversed(range(len(right))), right, strict=True):
        page.locator(".block .why a").first.click()
        page.keyboard.type(word)
        expect(page.locator(".said[data-flawed]")).to_have_count(left, timeout=60_000)
    page.locator("#approve-export").click()
