"""The list of drafts: what waits, in its order; many at once, but never unseen."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready, speak, window
from tests.browser.desk import DeskProcess

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@in_both_languages
def test_next_goes_down_the_list(page: Page) -> None:
    """`N` after `N` opens each draft once, weakest first; at the end the list says that some above still wait."""
    ready(page)
    drafts = page.locator("a.draft").evaluate_all("(all) => all.map((one) => one.id.slice(2))")
    for each in drafts:
        page.keyboard.press("n")
        page.wait_for_url(f"**/d/{each}?*")
        ready(page)
    page.keyboard.press("n")

    expect(page.locator("#end a")).to_be_visible()


@in_both_languages
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


@in_both_languages
def test_the_list_begins_with_what_waits(page: Page, desk: DeskProcess) -> None:
    """What was decided on is not in it until it is asked for; drafts of one title differ in length, day and id."""
    for identifier, seconds, day in (("TadwinSame1", 600.0, 3), ("TadwinSame2", 4200.0, 4)):
        one = shelf.renamed(identifier, "كيف نحفظ الماء في مدننا؟ الحلقة الثانية")
        video = replace(one.script.video, seconds=seconds, published=date(2026, 10, day))
        shelf.put(desk.library, replace(one, script=replace(one.script, video=video)))
    page.goto(f"{desk.origin}/d/{shelf.LOCAL}")
    ready(page)
    page.keyboard.press("r")
    page.keyboard.type("صوت لا يُفهم")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state .standing")).to_have_attribute("data-standing", "rejected")
    page.goto(desk.origin)

    expect(page.locator("#statuses [aria-current]")).to_have_attribute("data-status", "")
    expect(page.locator(f"#t-{shelf.LOCAL}")).to_have_count(0)
    same = page.locator("#drafts tr", has_text="الحلقة الثانية")
    assert len(set(same.locator("a.draft").all_inner_texts())) == 1
    for what in (".id", ".length", "time"):
        assert len(set(same.locator(f".which {what}").all_inner_texts())) == same.count() == 3
    page.locator("#statuses [data-status=rejected]").click()
    expect(page.locator(f"#t-{shelf.LOCAL}")).to_have_count(1)


@in_both_languages
@pytest.mark.parametrize("typed", ["مسئول", "للدولار", "الدولار", "المسؤول"])
def test_a_search_knows_both_spellings_and_what_is_joined(page: Page, desk: DeskProcess, typed: str) -> None:
    """A hamza on its other seat, and a word behind its article or a preposition, find the same draft and no other."""
    shelf.put(desk.library, shelf.renamed("TadwinNames", "مسؤولون عن سعر الدولار"))
    page.goto(desk.origin)
    page.locator("#filter [name=q]").fill(typed)
    page.keyboard.press("Enter")

    expect(page.locator("a.draft")).to_have_count(1)
    expect(page.locator("#t-TadwinNames")).to_be_visible()


@in_both_languages
def test_a_file_that_cannot_be_read_is_named_in_the_list(chrome: Browser, library: Path, language: str) -> None:
    """A pipe and a broken file in the library stop nothing: they are named below the other drafts."""
    pipe, broken = (next((library / "articles").glob(f"{name}-*")) for name in (shelf.SOUND, shelf.MIXED))
    for name in ("card.json", "record.json"):
        (pipe / name).unlink()
        os.mkfifo(pipe / name)
        (broken / name).write_text('{"id": ')
    with DeskProcess(library) as desk, window(chrome) as (context, seen):
        speak(context, language)
        page = context.new_page()
        desk.enter(page)

        expect(page.locator(f"#t-{shelf.FLAWED}")).to_be_visible()
        expect(page.locator("#drafts tbody tr")).to_have_count(2)
        for folder in (pipe, broken):
            expect(page.locator("#unreadable")).to_contain_text(folder.name)
        assert seen.clean, seen


@in_both_languages
def test_many_are_approved_after_a_look_at_what_they_are(page: Page) -> None:
    """Select all, approve: findings and drafts that nobody opened are named, and what is not ticked stays as it is."""
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


@in_both_languages
def test_many_are_rejected_with_one_reason(page: Page) -> None:
    """The reason is asked for once, and stands in the history of each."""
    ready(page)
    page.locator("#choose-all").click()
    page.locator("#bulk [value=reject]").click()
    page.locator("#confirm [name=reason]").fill("صوت لا يُفهم")
    page.locator("#confirm [value=all]").click()
    expect(page.locator("#confirm")).to_have_count(0)  # which has no list either: only now all are rejected
    expect(page.locator("#drafts")).to_have_count(0)
    page.locator("#statuses [data-status=rejected]").click()
    page.locator("a.draft").first.click()

    expect(page.locator("#history")).to_contain_text("صوت لا يُفهم")
