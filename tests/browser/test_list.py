"""The list of drafts: what waits, in its order; many at once, but never unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.desk import DeskProcess


@pytest.mark.parametrize("language", ["ar", "en"])
def test_next_goes_down_the_list(page: Page, language: str) -> None:
    """`N` after `N` opens each draft once, weakest first; at the end the list says that some above still wait."""
    if language == "en":
        page.locator("header button[value=en]").click()
    ready(page)
    drafts = page.locator("a.draft").evaluate_all("(all) => all.map((one) => one.id.slice(2))")
    for each in drafts:
        page.keyboard.press("n")
        page.wait_for_url(f"**/d/{each}?*")
        ready(page)
    page.keyboard.press("n")

    expect(page.locator("#end a")).to_be_visible()


def test_a_draft_leads_back_to_the_list_one_came_from(page: Page, desk: DeskProcess) -> None:
    """A search stays through an edit and an approval, for `N` and for `Q`."""
    page.goto(f"{desk.origin}/?q=الماء&status=all")
    ready(page)
    page.locator(f"#t-{shelf.FLAWED}").click()
    ready(page)
    page.keyboard.press("Alt+n")
    page.keyboard.type("ثلاثة وعشرين")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#open ~ form #approve")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/d/" in address and shelf.FLAWED not in address)
    ready(page)
    page.keyboard.press("q")
    page.wait_for_url("**/?*")

    expect(page.locator("#filter [name=q]")).to_have_value("الماء")
    expect(page.locator("#statuses [aria-current]")).to_have_attribute("data-status", "all")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_many_are_approved_after_a_look_at_what_they_are(page: Page, language: str) -> None:
    """Select all, approve: findings and drafts that nobody opened are named, and what is not ticked stays as it is."""
    if language == "en":
        page.locator("header button[value=en]").click()
    ready(page)
    page.locator(f"#t-{shelf.SOUND}").click()
    ready(page)
    page.keyboard.press("q")
    page.wait_for_url("**/")
    ready(page)
    rows = page.locator("#drafts tbody tr").count()
    expect(page.locator("#bulk button").first).to_be_disabled()
    page.locator("#choose-all").click()
    expect(page.locator("#bulk input:checked")).to_have_count(rows)
    page.locator("#bulk [value=approve]").click()

    expect(page.locator("#chosen li")).to_have_count(rows)
    expect(page.locator(f"#chosen [data-video={shelf.FLAWED}] .doubt")).to_have_count(2)
    expect(page.locator(f"#chosen [data-video={shelf.SOUND}] .doubt")).to_have_count(1)
    for box in page.locator(f"#chosen li:not([data-video={shelf.SOUND}]) input").all():
        box.uncheck()
    page.locator("#confirm [value=all]").click()
    expect(page.locator("#drafts tbody tr")).to_have_count(rows - 1)
    expect(page.locator(f"#t-{shelf.SOUND}")).to_have_count(0)


def test_many_are_rejected_with_one_reason(page: Page) -> None:
    """The reason is asked for once, and stands in the history of each."""
    ready(page)
    page.locator("#choose-all").click()
    page.locator("#bulk [value=reject]").click()
    page.locator("#confirm [name=reason]").fill("صوت لا يُفهم")
    page.locator("#confirm [value=all]").click()
    expect(page.locator("#drafts")).to_have_count(0)
    page.locator("#statuses [data-status=rejected]").click()
    page.locator("a.draft").first.click()

    expect(page.locator("#history")).to_contain_text("صوت لا يُفهم")
