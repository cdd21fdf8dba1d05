"""The history as an editor reads it: sittings, not saves, and the time of the clock on the wall."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.chromium import in_both_languages

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pipeline.review.i18n import Messages

BLOCK = "#b-sections-1-1"
CLOCK = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC[+-]\d\d:\d\d")


@in_both_languages
def test_the_saves_of_one_sitting_are_one_line(draft: Page, messages: Messages) -> None:
    """Three saves in a row are one line with their number, which opens to its parts; each is restored by itself."""
    first = draft.locator("#b-title > h1").inner_text()
    for number in (1, 2, 3):
        draft.locator("#b-title details.edit").evaluate("(one) => { one.open = true; }")
        draft.locator("#b-title .write [name=text]").fill(f"عنوان {number}")
        draft.keyboard.press("Escape")
        expect(draft.locator("#b-title > h1")).to_have_text(f"عنوان {number}")
    draft.reload()

    sitting = draft.locator("#history li.sitting")
    expect(sitting).to_have_count(1)
    expect(sitting.locator("summary")).to_contain_text(f"3 {messages['sitting']}")
    expect(sitting.locator("summary time")).to_have_text(CLOCK)
    sitting.locator("summary").click()
    expect(sitting.locator("[data-decision=edit]")).to_have_count(3)
    sitting.locator("[data-number='1'] button").click()
    expect(draft.locator("#b-title > h1")).to_have_text("عنوان 1")
    draft.locator("#history [data-number='0'] button").click()
    expect(draft.locator("#b-title > h1")).to_have_text(first)


@in_both_languages
def test_what_was_checked_names_the_time_with_its_zone(draft: Page) -> None:
    """A mark, and a correction in the glossary, are dated as the history is."""
    draft.locator(".block .check button").first.click()
    draft.locator("#checked > summary").click()
    expect(draft.locator("#checked small")).to_have_text(re.compile(rf".+ · {CLOCK.pattern}"))
    draft.locator("#glossary [name=wrong]").fill("احمد")
    draft.locator("#glossary [name=right]").fill("أحمد")
    draft.locator("#glossary form.term button").first.click()
    expect(draft.locator("#state")).to_have_attribute("data-state", "saved")
    draft.locator("#terms").click()

    expect(draft.locator("tr[data-wrong='احمد'] time")).to_have_text(CLOCK)
