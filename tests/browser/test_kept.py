"""What is typed in any field outlives links, keys, reloads and the desk itself, and is offered back, never put in."""

from __future__ import annotations

import random
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready, speak, window
from tests.browser.desk import DeskProcess
from tests.figures import Tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, Route

    from pipeline.review.i18n import Messages

KILLS = 20
ADD = "#b-sections-1-1 form.add textarea"
REASON = "#decision [name=reason]"
WRONG = "#glossary input[name=wrong]"
WRITE = "#b-sections-3-1 .write textarea"
TYPED = {ADD: "فقرة كتبها المحرر بنفسه.", REASON: "ينقصه القسم الأخير", WRONG: "احمد"}


def opened(page: Page, field: str) -> Locator:
    """A field, with everything open that it stands in."""
    page.locator(field).evaluate("""(input) => {
      for (let one = input.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    }""")
    return page.locator(field)


def fill_in(page: Page) -> None:
    """Type into an addition, the reason and the glossary, and send none of it."""
    for field, text in TYPED.items():
        opened(page, field).fill(text)


def offered(page: Page) -> list[str]:
    """The texts that the page offers back."""
    return page.locator("#kept .typed .text").all_inner_texts()


@in_both_languages
@pytest.mark.parametrize("way", ["key", "link", "reload", "approval", "language"])
def test_what_was_typed_is_offered_back(draft: Page, desk: DeskProcess, way: str) -> None:
    """After `N`, a link, a reload, an approval or in the other language: each text with its place and its time.

    No field is filled in by itself; put back, the text stands in its field, and once it is sent nothing is offered.
    """
    fill_in(draft)
    draft.evaluate("document.activeElement.blur()")
    if way == "key":
        draft.keyboard.press("n")
        draft.wait_for_url(lambda address: shelf.FLAWED not in address)
    elif way == "link":
        draft.locator("#home").click()
    elif way == "approval":
        draft.locator("#approve").click()
        draft.locator("#open ~ form #approve").click()  # with the findings that are open
        expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "approved")
    elif way == "language":
        draft.locator("header form.language button").click()
    draft.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    ready(draft)

    assert sorted(offered(draft)) == sorted(TYPED.values())
    assert re.fullmatch(r"[012]\d:[0-5]\d", draft.locator("#kept time").first.inner_text())
    assert [draft.locator(field).input_value() for field in TYPED] == ["", "", ""]
    draft.locator("#kept .typed", has_text=TYPED[ADD]).locator("[name=back]").click()
    expect(draft.locator(ADD)).to_have_value(TYPED[ADD])
    expect(draft.locator(ADD)).to_be_focused()
    draft.keyboard.press("Control+Enter")
    expect(draft.locator("#b-sections-1-2 > p")).to_contain_text(TYPED[ADD])
    draft.locator("#kept .typed", has_text=TYPED[WRONG]).locator("[name=drop]").click()
    draft.reload()
    ready(draft)
    assert offered(draft) == [TYPED[REASON]]


@in_both_languages
def test_ctrl_enter_belongs_to_the_field(draft: Page) -> None:
    """In the reason it rejects, in an addition it adds; it approves in the text and outside of fields only."""
    opened(draft, ADD).fill("جملة مضافة هنا.")
    draft.keyboard.press("Control+Enter")
    expect(draft.locator("#b-sections-1-2 > p")).to_contain_text("جملة مضافة هنا.")
    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "edited")
    draft.locator("#b-sections-1-2-1").press("r")
    draft.keyboard.type("رقم خاطئ")
    draft.keyboard.press("Control+Enter")

    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "rejected")
    expect(draft.locator("#history")).to_contain_text("رقم خاطئ")


@in_both_languages
def test_rejecting_goes_on_to_the_next(draft: Page) -> None:
    """Ctrl+Shift+Enter in the reason rejects and opens the next draft of the list."""
    draft.keyboard.press("r")
    draft.keyboard.type("رقم خاطئ")
    draft.keyboard.press("Control+Shift+Enter")
    draft.wait_for_url(lambda address: "/d/" in address and shelf.FLAWED not in address)
    draft.goto(draft.url.partition("/d/")[0] + f"/d/{shelf.FLAWED}")

    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "rejected")


@in_both_languages
def test_the_tab_says_what_became_of_the_desk(
    chrome: Browser, library: Path, language: str, messages: Messages
) -> None:
    """Gone, started again, and back: the text waits in its field, and the desk is where it was before."""
    with window(chrome) as (context, seen):
        speak(context, language)
        page = context.new_page()
        with DeskProcess(library) as desk:
            desk.enter(page)
            page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            opened(page, ADD).fill(TYPED[ADD])
            desk.kill()
            page.keyboard.press("Control+Enter")
            expect(page.locator("#state > span").first).to_have_text(messages["away"])
            expect(page.locator(ADD)).to_have_value(TYPED[ADD])
            first = desk.origin
        with DeskProcess(library) as again:
            assert again.origin == first
            page.locator(ADD).press("Control+Enter")
            expect(page.locator("#state > span").first).to_have_text(messages["restarted"])
            again.enter(context.new_page())
            page.locator(ADD).press("Control+Enter")
            expect(page.locator("#b-sections-1-2 > p")).to_contain_text(TYPED[ADD])
        assert seen.clean, seen


@in_both_languages
def test_the_tab_of_a_desk_that_moved_leads_there_with_what_was_typed(
    chrome: Browser, library: Path, language: str, messages: Messages
) -> None:
    """Another program has the old port by now: the tab says where the desk is, and every text is offered there."""
    with window(chrome) as (context, seen):
        speak(context, language)
        page = context.new_page()
        with DeskProcess(library) as desk:
            desk.enter(page)
            page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            fill_in(page)
        with foreign(desk.port), DeskProcess(library) as again:
            assert again.port != desk.port
            opened(page, WRITE).fill("نص الفقرة كما كتبه المحرر.")
            expect(page.locator("#state")).to_have_attribute("data-state", "refused")
            expect(page.locator("#moved")).to_be_hidden()
            again.enter(context.new_page())
            page.locator(ADD).press("Control+Enter")
            expect(page.locator("#moved")).to_have_text(messages["moved"])
            page.locator(REASON).fill("كُتب بعد ذلك")
            page.locator("#moved").click()
            page.wait_for_url(f"{again.origin}/d/{shelf.FLAWED}")
            ready(page)

            there = {TYPED[ADD], "كُتب بعد ذلك", TYPED[WRONG], "نص الفقرة كما كتبه المحرر."}
            assert set(offered(page)) == there
            page.reload()
            ready(page)
            assert set(offered(page)) == there
        assert seen.clean, seen


@contextmanager
def foreign(port: int) -> Iterator[None]:
    """Another program at a port, which knows no page of ours."""
    with ThreadingHTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def test_another_desk_at_the_port_is_no_trouble(library: Path) -> None:
    """Where the old port is taken, the desk starts at a free one."""
    with DeskProcess(library) as one, DeskProcess(library) as other:
        assert one.port != other.port


def after_kills(page: Page, library: Path, kills: int) -> Iterator[list[str]]:
    """Type into a paragraph and three forms, kill the desk in the middle of a save, start it, and load the tab again.

    Yields after each kill what was typed more than two seconds before it and is neither in the draft nor offered.
    """
    chance = random.Random(17)  # noqa: S311 - for places in time
    typed: list[str] = []
    desk = DeskProcess(library)
    for kill in range(kills + 1):
        try:
            desk.enter(page)
            page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            if kill:
                there = [*offered(page), page.locator(WRITE).input_value()]
                yield [text for text in typed if not any(text.rstrip(".") in one for one in there)]
            page.evaluate(
                "() => { for (const button of document.querySelectorAll('#kept [name=drop]')) button.click(); }"
            )
            typed = [f"نص رقم {kill} كُتب قبل القتل بثانيتين.", *(f"{text} {kill}" for text in TYPED.values())]
            for field, text in zip((WRITE, *TYPED), typed, strict=True):
                opened(page, field).fill(text)
            page.wait_for_timeout(1000 + chance.randrange(1000))
            page.locator(WRITE).press("Control+End")
            page.keyboard.type(" وهذا كُتب لتوّه")
            page.wait_for_timeout(1000 + chance.randrange(60))  # into the save of it
        finally:
            desk.__exit__()
        if kill < kills:
            desk = DeskProcess(library)


def test_an_answer_that_breaks_off_is_asked_for_again(draft: Page) -> None:
    """The desk saved and died while it answered: the text is sent once more, and the tab shows it as saved."""
    broken: list[int] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST" or broken:
            route.fallback()
            return
        broken.append(route.fetch().status)
        route.fulfill(status=200, content_type="application/json", body='{"draft": "')

    draft.route("**/d/**", answer)
    opened(draft, WRITE).fill("نص الفقرة بعد تعديل المحرر.")
    expect(draft.locator("#b-sections-3-1 > p")).to_contain_text("نص الفقرة بعد تعديل المحرر.")
    expect(draft.locator("#state")).to_have_attribute("data-state", "saved")
    assert broken == [200]


def test_kills_during_saves_lose_nothing(chrome: Browser, library: Path, tell: Tell) -> None:
    """Twenty kills while a paragraph is being saved and three forms are open, each followed by a reload of the tab.

    All that was typed more than two seconds before a kill is in the draft or is offered back.
    """
    with window(chrome) as (context, seen):
        # the editor answers "leave" when the tab asks
        context.add_init_script("addEventListener('beforeunload', (event) => event.stopImmediatePropagation())")
        lost = list(after_kills(context.new_page(), library, KILLS))
        assert seen.clean, seen
    tell(f"kills during saves with three open forms: {len(lost)}; texts lost: {sum(map(len, lost))} of {len(lost) * 4}")

    assert lost == [[]] * KILLS
