"""Evidence by a click or a key, findings marked as checked, verdicts that arrive, names corrected once for all."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready, window
from tests.browser.desk import DeskThread
from tests.browser.test_access import BEYOND, findings
from tests.fakes import desks
from tests.review.test_verdicts import ID, PLACE, REWORDED, SlowJudge

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.desk import DeskProcess

SAID = "#b-sections-1-1-1"
"""Rests on sentence 5."""
WRONG = "#b-sections-3-1"
LANGUAGES = ("ar", "en")


def in_language(page: Page, language: str) -> None:
    """Switch the interface."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator("form.language button").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    ready(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_in_the_transcript_and_a_key_attach_and_detach(draft: Page, language: str) -> None:
    """The button of the chosen sentence and the key `A` do the same, at once and for good."""
    in_language(draft, language)
    said = draft.locator(SAID)
    said.click()
    draft.locator("#s10").click(position={"x": 5, "y": 5})
    draft.locator("#s10 #attach").click()
    expect(said).to_have_attribute("data-cites", "5 10")
    expect(draft.locator("#state")).to_have_attribute("data-state", "saved")
    expect(draft.locator("#s10 a.use").last).to_be_visible()

    draft.locator("#s10").click(position={"x": 5, "y": 5})
    draft.keyboard.press("a")
    expect(said).to_have_attribute("data-cites", "5")

    draft.keyboard.press("a")
    expect(said).to_have_attribute("data-cites", "5 10")
    draft.reload()
    expect(draft.locator(SAID)).to_have_attribute("data-cites", "5 10")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exchanged_name_keeps_its_evidence_and_is_told_at_once(draft: Page, language: str) -> None:
    """The sentence rests on what it rested on, and the name stands in its finding, before any reload."""
    in_language(draft, language)
    before = draft.locator("#b-lead-2").get_attribute("data-cites")
    draft.locator("#b-lead details.edit > summary").click()
    field = draft.locator("#b-lead .write [name=text]")
    field.fill(field.input_value().replace("World Bank", "الصين"))
    expect(draft.locator("#b-lead-2-why li[data-tone=certain]")).to_contain_text("الصين")
    expect(draft.locator("#b-lead-2")).to_have_attribute("data-cites", before or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_checked_and_does_not_come_back(draft: Page, language: str) -> None:
    """One click on its button; it is listed with name and time, and readers of the exported article do not see it."""
    in_language(draft, language)
    count = int(draft.locator("#findings").inner_text())
    draft.locator(f"{WRONG}-1-why .check button").first.click()
    expect(draft.locator("#findings")).to_have_text(str(count - 1))
    draft.locator("#checked > summary").click()
    expect(draft.locator("#checked li")).to_have_count(1)
    expect(draft.locator("#checked small")).to_have_text(re.compile(r".+ · 20\d\d-\d\d-\d\d \d\d:\d\d"))

    draft.locator("#checked .check button").click()
    expect(draft.locator("#findings")).to_have_text(str(count))


def test_approving_with_the_key_names_open_findings_first(draft: Page) -> None:
    """Ctrl+Enter leads to the list of what nobody has checked; Enter there approves."""
    draft.keyboard.press("Control+Enter")
    expect(draft.locator("#open li")).to_have_count(3)
    assert findings(draft) == []
    draft.keyboard.press("Enter")
    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "approved")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_arrives_on_the_open_page(chrome: Browser, tmp_path: Path, language: str) -> None:
    """Saved at once with a hint; when the judge has spoken it goes, without a reload and beside an open editor."""
    judge = SlowJudge(may=Event())
    desk = desks.desk(tmp_path, desks.article(), judge=judge)
    with DeskThread(desk) as served, window(chrome) as (context, seen):
        page = context.new_page()
        served.enter(page)
        page.goto(f"{served.origin}/d/{ID}")
        ready(page)
        in_language(page, language)
        block = f"#b-{PLACE.replace('.', '-')}"
        page.locator(f"{block} details.edit > summary").click()
        page.locator(f"{block} .write [name=text]").fill(REWORDED)
        expect(page.locator(f"{block}-1-why li[data-tone=hint]")).to_have_count(1)
        expect(page.locator(f"{block} > .awaited")).to_be_visible()
        expect(page.locator("#state")).to_have_attribute("data-state", "saved")

        judge.may.set()
        expect(page.locator("#draft")).to_have_attribute("data-awaited", "0")
        expect(page.locator(f"{block}-1-why")).to_have_count(0)
        expect(page.locator(f"{block} > .awaited")).to_have_count(0)
        expect(page.locator(f"{block} .write [name=text]")).to_have_value(REWORDED)
        assert seen.clean, seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", [True, False])
def test_a_name_is_replaced_everywhere(chrome: Browser, desk: DeskProcess, language: str, *, script: bool) -> None:
    """From the glossary's two fields to a preview of each place, and back with the name replaced, in all drafts."""
    with window(chrome, java_script_enabled=script) as (context, seen):
        page = context.new_page()
        desk.enter(page, script=script)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        if page.locator("html").get_attribute("lang") != language:
            page.locator("form.language button").click()
        page.locator("#glossary [name=wrong]").fill("مدننا")
        page.locator("#glossary [name=right]").fill("حواضرنا")
        page.locator("#glossary button[formmethod=get]").click()
        expect(page.locator("#replace fieldset")).not_to_have_count(1)
        places = page.locator("#replace [name=chosen]").count()
        assert places > 3
        assert page.locator("#replace del").count() >= places
        assert page.evaluate(BEYOND) == [] if script else True
        assert findings(page) == [] if script else True
        page.locator("#replace button").click()
        expect(page.locator("#article h1")).to_contain_text("حواضرنا")
        page.locator("#terms").click()
        expect(page.locator("tr[data-wrong='مدننا']")).to_contain_text("حواضرنا")
        assert findings(page) == [] if script else True
        page.locator("form.forget button").click()
        expect(page.locator("tr[data-wrong='مدننا']")).to_have_count(0)
        assert seen.clean, seen


@pytest.mark.parametrize("width", [320, 640])
def test_findings_and_offers_fit_a_small_screen(chrome: Browser, desk: DeskProcess, width: int) -> None:
    """Nothing stands beyond the edge at a phone's width or 200 %, with reasons, buttons and offered passages shown."""
    with window(chrome, viewport={"width": width, "height": 800}) as (context, _):
        page = context.new_page()
        desk.enter(page)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        ready(page)
        page.locator("#b-conclusion details.edit > summary").click()
        page.locator("#b-conclusion .write [name=text]").fill("وفّرت كل مدرسة.\nركّبنا في المدارس خزانات جديدة للمياه.")
        expect(page.locator(".offers li").first).to_be_visible()
        assert page.evaluate(BEYOND) == []
        assert findings(page) == []
        for at in ("/glossary", f"/d/{shelf.FLAWED}/replace?wrong=مدننا&right=حواضرنا"):
            page.goto(desk.origin + at)
            assert page.evaluate(BEYOND) == []
