"""What an editor types is saved by itself, checked at once, never lost, and never put over another's words."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import ready, window
from tests.browser.desk import DeskProcess

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

BLOCK = "#b-sections-3-1"
"""The paragraph with the two wrong statements."""
AS_IT_WAS = "وجدنا أن أربعين في المئة من الماء يضيع قبل أن يصل إلى البيوت. يكفي أن نحفر بئرًا جديدة كلما جفّت بئر قديمة."


def field(page: Page, block: str = BLOCK) -> Locator:
    """The field of a block's text."""
    return page.locator(f"{block} .write [name=text]")


def saved(page: Page) -> None:
    """Wait until the page says that all is saved."""
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")


def double_click(page: Page, word: str, block: str = BLOCK) -> None:
    """Double-click a word of a paragraph."""
    x, y = page.locator(f"{block} > p").evaluate(
        """(paragraph, word) => {
          const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
          while (walker.nextNode() && !walker.currentNode.data.includes(word));
          paragraph.scrollIntoView({ block: "center" });
          const range = document.createRange();
          range.setStart(walker.currentNode, walker.currentNode.data.indexOf(word));
          range.setEnd(walker.currentNode, range.startOffset + word.length);
          const box = range.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        word,
    )
    page.mouse.dblclick(x, y)


def test_a_double_click_opens_the_editor_with_that_word_selected(draft: Page) -> None:
    """The word under the mouse is what one types over."""
    double_click(draft, "البيوت")
    expect(field(draft)).to_be_focused()
    selected = field(draft).evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)")

    assert selected == "البيوت"


def test_edits_are_saved_and_checked_at_once(draft: Page) -> None:
    """Without any button: the state says so, findings go, figures and evidence are those of the new text."""
    draft.locator(f"{BLOCK}-1-why a").first.click()
    draft.keyboard.type("ثلاثة وعشرين")
    expect(draft.locator("#state")).to_have_attribute("data-state", "saving")
    saved(draft)
    expect(draft.locator(f"{BLOCK}-1-why")).to_have_count(0)
    expect(draft.locator("#findings")).to_have_text("2")
    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "edited")
    draft.keyboard.press("Escape")

    expect(draft.locator(f"{BLOCK} > p")).to_contain_text("وجدنا أن ثلاثة وعشرين في المئة")
    expect(draft.locator(f"{BLOCK}-1")).to_be_focused()
    draft.reload()
    expect(draft.locator(f"{BLOCK} > p")).to_contain_text("وجدنا أن ثلاثة وعشرين في المئة")


def test_the_page_after_an_edit_is_the_page_after_a_reload(draft: Page) -> None:
    """What the script writes into the page is what the server writes, to the letter: the block and the links to it."""
    draft.locator(f"{BLOCK}-1-why a").first.click()
    field(draft).fill("نستعمل Python 3.14 هنا. كلفة الإصلاح كانت أقل من كلفة محطة تحلية واحدة. وهذا لم يقله أحد.")
    saved(draft)
    draft.keyboard.press("Escape")
    parts = f"{BLOCK} > p, {BLOCK} > .why, .spoken"
    words = "(all) => all.map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
    ids = "(all) => all.flatMap((one) => [...one.querySelectorAll('[id], [href]')].map((e) => e.id + e.hash))"
    before = [draft.locator(parts).evaluate_all(look) for look in (words, ids)]
    draft.reload()

    assert [draft.locator(parts).evaluate_all(look) for look in (words, ids)] == before


def test_text_that_was_saved_survives_a_kill(chrome: Browser, library: Path) -> None:
    """Once the page says "saved", the process may be killed at once: after a new start the text is there."""
    with window(chrome) as (context, seen):
        with DeskProcess(library) as desk:
            page = context.new_page()
            desk.enter(page)
            page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            page.locator(f"{BLOCK}-1-why a").first.click()
            page.keyboard.type("ثلاثة وعشرين")
            saved(page)
            desk.kill()
            assert desk.code == -signal.SIGKILL
        with DeskProcess(library) as again:
            other = context.new_page()
            again.enter(other)
            other.goto(f"{again.origin}/d/{shelf.FLAWED}")
            expect(other.locator(f"{BLOCK} > p")).to_contain_text("وجدنا أن ثلاثة وعشرين في المئة")
        assert seen.clean, seen


def test_text_typed_while_the_desk_is_away_is_saved_when_it_is_back(chrome: Browser, library: Path) -> None:
    """The page says that it is not saved, keeps the text, asks before it is left, and saves it by itself later."""
    with window(chrome) as (context, seen):
        page = context.new_page()
        with DeskProcess(library) as desk:
            desk.enter(page)
            page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            page.locator(f"{BLOCK}-1-why a").first.click()
            desk.kill()
            page.keyboard.type("ثلاثة وعشرين")
            expect(page.locator("#state")).to_have_attribute("data-state", "unsaved")
            expect(field(page)).to_have_value(AS_IT_WAS.replace("أربعين", "ثلاثة وعشرين"))
        with DeskProcess(library) as again:
            again.enter(context.new_page())
            saved(page)
        assert seen.clean, seen


def test_two_tabs_keep_both_texts(draft: Page, desk: DeskProcess) -> None:
    """The later one sees both texts and chooses; nothing is overwritten unseen, the refused one is in the history."""
    other = draft.context.new_page()
    other.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    ready(other)
    for page, text in ((draft, "عمر بعض الأنابيب يزيد على ستين سنة."), (other, "وفّرت كل مدرسة الماء.")):
        page.locator(f"{BLOCK}-1-why a").first.click()
        field(page).fill(text)
        saved(draft)  # before the other tab begins: of two at once either may be the later one
    panel = other.locator(f"{BLOCK} .conflict")
    expect(panel).to_contain_text("عمر بعض الأنابيب يزيد على ستين سنة.")
    expect(field(other)).to_have_value("وفّرت كل مدرسة الماء.")
    expect(other.locator("#state")).to_have_attribute("data-state", "conflict")

    panel.get_by_role("button").first.click()
    expect(other.locator(f"{BLOCK} > p")).to_contain_text("وفّرت كل مدرسة الماء.")
    expect(other.locator("#history [data-decision=aside]")).to_have_count(1)


def test_the_other_text_can_be_taken(draft: Page, desk: DeskProcess) -> None:
    """Taking the current text leaves the draft as the other tab made it."""
    other = draft.context.new_page()
    other.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    ready(other)
    for page, text in ((draft, "عمر بعض الأنابيب يزيد على ستين سنة."), (other, "وفّرت كل مدرسة الماء.")):
        page.locator(f"{BLOCK}-1-why a").first.click()
        field(page).fill(text)
        saved(draft)
    other.locator(f"{BLOCK} .conflict").get_by_role("button").last.click()

    expect(other.locator(f"{BLOCK} > p")).to_contain_text("عمر بعض الأنابيب يزيد على ستين سنة.")


def test_a_saved_change_is_undone(draft: Page) -> None:
    """`u` brings back the text before the last edit, also on disk; in a field Ctrl+Z is the browser's own."""
    draft.locator(f"{BLOCK}-1-why a").first.click()
    draft.keyboard.insert_text("خمسين")
    draft.keyboard.press("Control+z")
    expect(field(draft)).to_have_value(AS_IT_WAS)
    field(draft).fill("كلام آخر لا سند له.")
    saved(draft)
    draft.keyboard.press("Escape")
    expect(draft.locator(f"{BLOCK} > p")).to_contain_text("كلام آخر")
    draft.keyboard.press("u")

    expect(draft.locator(f"{BLOCK} > p")).to_contain_text("وجدنا أن أربعين")
    draft.reload()
    expect(draft.locator(f"{BLOCK} > p")).to_contain_text("وجدنا أن أربعين")


def test_a_removed_paragraph_is_brought_back(draft: Page) -> None:
    """A change that reloads the page is undone from the history."""
    blocks = draft.locator(".block").count()
    draft.locator("#b-sections-1-2 details.edit > summary").click()
    draft.locator("#b-sections-1-2 button[value=remove]").click()
    expect(draft.locator(".block")).to_have_count(blocks - 1)
    ready(draft)
    draft.locator("#undo").click()

    expect(draft.locator(".block")).to_have_count(blocks)
    expect(draft.locator("#b-sections-1-2 > p")).to_contain_text("Python 3.14")


def test_a_structural_change_takes_what_was_just_typed_along(draft: Page) -> None:
    """Moving a paragraph right after typing in another loses nothing."""
    draft.locator("#b-sections-1-1-1").dblclick()
    draft.keyboard.press("Control+Home")
    draft.keyboard.type("نعم. ")
    draft.locator("#b-sections-1-2 details.edit > summary").click()
    draft.locator("#b-sections-1-2 button[value=up]").click()

    expect(draft.locator("#b-sections-1-1 > p")).to_contain_text("Python 3.14")
    expect(draft.locator("#b-sections-1-2 > p")).to_contain_text("نعم.")


def test_what_is_refused_is_said_and_kept(draft: Page) -> None:
    """An empty paragraph is not saved; the page says why, and approving waits until it is."""
    draft.locator(f"{BLOCK}-1-why a").first.click()
    field(draft).fill("")
    expect(draft.locator("#state")).to_have_attribute("data-state", "refused")
    draft.keyboard.press("Control+Enter")
    draft.wait_for_timeout(300)

    expect(draft.locator("#state .standing")).to_have_attribute("data-standing", "attention")
    expect(field(draft)).to_have_value("")


@pytest.mark.parametrize("sizing", ["style", "rows"])
def test_a_field_is_as_tall_as_its_text(chrome: Browser, desk: DeskProcess, sizing: str) -> None:
    """Nothing is hidden behind a scroll bar, with the style sheet alone and in browsers that need the script for it."""
    with window(chrome) as (context, _):
        if sizing == "rows":
            context.add_init_script("CSS.supports = () => false")
            context.route("**/desk.css", lambda route: route.fulfill(
                body=route.fetch().text().replace("field-sizing: content;", ""), content_type="text/css"
            ))  # fmt: skip
        page = context.new_page()
        desk.enter(page)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        ready(page)
        page.locator(f"{BLOCK}-1-why a").first.click()
        field(page).fill("سطر طويل من الكلام. " * 60)

        assert field(page).evaluate("(area) => area.scrollHeight <= area.clientHeight + 2")
