"""With JavaScript off an editor still reads, decides and edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import in_both_languages, speak, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from pipeline.review.i18n import Messages
    from tests.browser.desk import DeskProcess


@pytest.fixture
def plain(chrome: Browser, desk: DeskProcess, language: str) -> Iterator[Page]:
    """The queue in a browser without JavaScript."""
    with window(chrome, java_script_enabled=False) as (context, seen):
        speak(context, language)
        page = context.new_page()
        desk.enter(page, script=False)
        yield page
        assert seen.clean, seen


@in_both_languages
def test_the_whole_work_without_a_script(plain: Page, messages: Messages) -> None:
    """Open, correct, approve and export with links, fields and buttons alone."""
    plain.locator(f"#t-{shelf.FLAWED}").click()
    plain.locator("#b-sections-3-1 details.edit > summary").click()
    plain.locator("#b-sections-3-1 .write textarea").fill("لا يكفي أن نحفر بئرًا جديدة كلما جفّت بئر قديمة.")
    plain.locator("#b-sections-3-1 .write button[value=write]").click()
    expect(plain.locator("#state")).to_contain_text(messages["saved"])
    expect(plain.locator(".said[data-flawed]")).to_have_count(0)
    plain.locator("#approve").click()
    plain.locator("#export").click()

    expect(plain.locator("#state .standing")).to_have_attribute("data-standing", "published")


@in_both_languages
def test_steps_back_and_many_at_once_without_a_script(plain: Page, desk: DeskProcess) -> None:
    """A blank line divides, undo and redo are buttons, and the whole list is selected, looked at and rejected."""
    plain.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    blocks = plain.locator(".block")
    count = blocks.count()
    plain.locator("#b-sections-3-1 details.edit > summary").click()
    plain.locator("#b-sections-3-1 .write textarea").fill("جملة أولى هنا.\n\nوجملة ثانية.")
    plain.locator("#b-sections-3-1 .write button[value=write]").click()
    expect(blocks).to_have_count(count + 1)
    plain.locator("#undo").click()
    expect(blocks).to_have_count(count)
    plain.locator("#redo").click()
    expect(blocks).to_have_count(count + 1)
    plain.locator("#home").click()
    plain.locator("#choose-all").click()
    plain.locator("#bulk [value=reject]").click()
    plain.locator("#confirm [name=reason]").fill("صوت لا يُفهم")
    plain.locator("#confirm [value=all]").click()

    expect(plain.locator("#drafts")).to_have_count(0)


@in_both_languages
def test_nothing_is_shown_that_needs_the_script(plain: Page, desk: DeskProcess) -> None:
    """No dead button; the video has its link, evidence leads to the transcript, keys have their page."""
    plain.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    for selector in ("#next-finding", "#show-video", "#follow", "#kept", "#help"):
        expect(plain.locator(selector)).to_be_hidden()
    expect(plain.locator("#player a")).to_be_visible()
    plain.locator("#b-sections-1-1-2 a.cite").click()
    expect(plain.locator("#s6")).to_be_in_viewport()
    plain.locator("#keys").click()
    expect(plain.locator("dl.keys").first).to_be_visible()
