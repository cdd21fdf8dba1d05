"""Everything is done with the keys, on every layout, and a letter typed into a field is only a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pipeline.review.i18n import ARABIC
from tests.browser import shelf
from tests.browser.chromium import ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.desk import DeskProcess

ARABIC_101 = {"KeyJ": "ت", "KeyK": "ن", "KeyF": "ب", "KeyE": "ث", "KeyD": "ي", "KeyN": "ى", "BracketRight": "د"}
"""What the keys of the usual Arabic layout send."""


def arabic(page: Page, code: str, **held: bool) -> None:
    """Press a key of an Arabic keyboard."""
    keys = {"code": code, "key": ARABIC_101.get(code, "؟"), "bubbles": True, "cancelable": True, **held}
    page.evaluate("(keys) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', keys))", keys)


def test_the_question_mark_shows_every_key(draft: Page) -> None:
    """The list is a dialog with every key that does something; Escape closes it and the focus is where it was."""
    draft.keyboard.press("j")
    draft.keyboard.press("?")
    expect(draft.locator("#help")).to_be_visible()
    assert draft.locator("#help dt").count() == len(ARABIC.shortcuts)
    draft.keyboard.press("Escape")

    expect(draft.locator("#help")).to_be_hidden()
    expect(draft.locator(".said.current")).to_be_focused()


def test_j_and_k_walk_through_the_sentences(draft: Page) -> None:
    """Forward and back in reading order, and they stop at the ends."""
    statements = draft.locator(".said").evaluate_all("(all) => all.map((one) => one.id)")
    current = draft.locator(".said.current")
    draft.keyboard.press("j")
    expect(current).to_have_attribute("id", statements[0])
    draft.keyboard.press("j")
    expect(current).to_have_attribute("id", statements[1])
    draft.keyboard.press("k")
    draft.keyboard.press("k")
    expect(current).to_have_attribute("id", statements[0])
    expect(current).to_be_focused()


def test_f_finds_the_weak_sentences(draft: Page) -> None:
    """Next and previous finding, around the end; each is in sight with its reason in words."""
    flawed = draft.locator(".said[data-flawed]").evaluate_all("(all) => all.map((one) => one.id)")
    for key, at in (("f", 0), ("f", 1), ("f", 0), ("Shift+F", 1)):
        draft.keyboard.press(key)
        expect(draft.locator(".said.current")).to_have_attribute("id", flawed[at])
        expect(draft.locator(".said.current")).to_be_in_viewport()
        expect(draft.locator(f"#{flawed[at]}-why")).to_be_in_viewport()


def test_an_arabic_layout_has_the_same_keys(draft: Page) -> None:
    """The place of a key counts where its letter is Arabic."""
    current = draft.locator(".said.current")
    statements = draft.locator(".said").evaluate_all("(all) => all.map((one) => one.id)")
    arabic(draft, "KeyJ")
    arabic(draft, "KeyJ")
    expect(current).to_have_attribute("id", statements[1])
    arabic(draft, "KeyK")
    expect(current).to_have_attribute("id", statements[0])
    arabic(draft, "BracketRight")
    expect(draft.locator("#state")).to_contain_text("1.25×")
    arabic(draft, "KeyN", altKey=True)
    expect(draft.locator("#b-sections-3-1 textarea").first).to_be_focused()
    draft.keyboard.press("Escape")
    arabic(draft, "Slash", shiftKey=True)
    expect(draft.locator("#help")).to_be_visible()


def test_another_latin_layout_goes_by_its_letters(draft: Page) -> None:
    """On Dvorak `j` is `j`, wherever that key is, and the key in its place is not."""
    for code, key in (("KeyC", "j"), ("KeyC", "j"), ("KeyJ", "h")):
        draft.evaluate(
            "([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true }))",
            [code, key],
        )

    expect(draft.locator(".said.current")).to_have_attribute("id", "b-lead-2")


@pytest.mark.parametrize("field", ["#b-lead .write textarea", "#b-title .write [name=text]", "#decision textarea"])
def test_letters_in_a_field_are_letters(draft: Page, field: str) -> None:
    """No single key does anything but write while a field has the focus."""
    draft.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    draft.locator(field).fill("")
    draft.locator(field).focus()
    address = draft.url
    draft.keyboard.type("jkfeugrxdnq[]/? ")

    expect(draft.locator(field)).to_have_value("jkfeugrxdnq[]/? ")
    expect(draft.locator(".said.current")).to_have_count(0)
    expect(draft.locator("#help")).to_be_hidden()
    assert draft.url == address


def test_single_letters_can_be_turned_off(draft: Page) -> None:
    """Who speaks to the computer, or types by accident, turns them off for good (WCAG 2.1.4); chords still work."""
    draft.keyboard.press("?")
    draft.locator("#letters").uncheck()
    draft.keyboard.press("Escape")
    draft.reload()
    ready(draft)
    draft.keyboard.press("j")
    expect(draft.locator(".said.current")).to_have_count(0)
    draft.keyboard.press("Alt+n")
    expect(draft.locator("#b-sections-3-1 textarea").first).to_be_focused()


def test_no_arrow_moves_between_sentences_or_drafts(draft: Page) -> None:
    """Arrows mean a direction on the page, which is another one in Arabic: they are left to the browser."""
    address = draft.url
    draft.keyboard.press("j")
    for arrow in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        draft.keyboard.press(arrow)
        draft.keyboard.press(f"Control+{arrow}")

    expect(draft.locator(".said.current")).to_have_attribute("id", "b-lead-1")
    assert draft.url == address


def test_the_queue_is_worked_with_keys(page: Page, desk: DeskProcess) -> None:
    """The letters j and k move, x chooses, / searches, Enter opens, n takes the weakest, q comes back."""
    ready(page)
    drafts = page.locator("a.draft").evaluate_all("(all) => all.map((one) => one.id)")
    for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(f"#{drafts[at]}")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#bulk input:checked")).to_have_count(1)
    page.keyboard.press("/")
    expect(page.locator("#filter [type=search]")).to_be_focused()
    page.locator(f"#{drafts[1]}").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/d/{drafts[1][2:]}?*")
    ready(page)
    page.keyboard.press("q")
    page.wait_for_url(f"{desk.origin}/")
    ready(page)
    page.keyboard.press("n")
    page.wait_for_url(f"**/d/{shelf.FLAWED}?*")


def test_approve_and_next(draft: Page) -> None:
    """Ctrl+Shift+Enter approves and opens the next draft that waits, once it was said what is open in this one."""
    draft.keyboard.press("Control+Shift+Enter")
    expect(draft.locator("#open ~ form #approve")).to_be_focused()
    draft.keyboard.press("Enter")
    draft.wait_for_url(lambda address: "/d/" in address and shelf.FLAWED not in address)
    draft.goto(draft.url.rpartition("/")[0] + f"/{shelf.FLAWED}")

    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "approved")


def test_rejecting_asks_for_the_reason(draft: Page) -> None:
    """`r` goes to the reason, and the draft is rejected with it."""
    draft.keyboard.press("r")
    expect(draft.locator("#decision textarea")).to_be_focused()
    draft.keyboard.type("رقم خاطئ")
    draft.keyboard.press("Tab")
    draft.keyboard.press("Enter")

    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "rejected")
    expect(draft.locator("#history")).to_contain_text("رقم خاطئ")


def test_evidence_and_differences_have_keys(draft: Page) -> None:
    """`g` goes to the sentence that was said, `d` to what was changed."""
    draft.keyboard.press("f")
    draft.keyboard.press("g")
    expect(draft.locator("#s6 a.time")).to_be_focused()
    draft.keyboard.press("d")
    draft.wait_for_url("**/diff")
