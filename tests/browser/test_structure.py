"""Paragraphs are divided, joined and moved without a reload, and every step is taken back and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.desk import DeskProcess

ONE, TWO, THREE = ("#b-sections-1-1", "#b-sections-1-2", "#b-sections-1-3")
FIRST = "أول خطوة هي أن نعرف كم نخسر، لأن ما لا يُقاس لا يُدار."
SECOND = "وجدنا أن ثلاثة وعشرين في المئة من الماء يضيع قبل أن يصل إلى البيوت."


def field(page: Page, block: str) -> Locator:
    """The field of a block's text."""
    return page.locator(f"{block} .write [name=text]")


def put_cursor(page: Page, block: str, before: str) -> None:
    """Open a block with the cursor before some words."""
    page.locator(f"{block} details.edit").evaluate("(one) => { one.open = true; }")
    field(page, block).evaluate(
        "(area, words) => { area.focus(); const at = area.value.indexOf(words); area.setSelectionRange(at, at); }",
        before,
    )


def cursor(page: Page) -> tuple[str, int]:
    """The block of the field that has the focus, and the place of the cursor."""
    found = page.evaluate("() => [document.activeElement.closest('.block')?.id, document.activeElement.selectionStart]")
    return f"#{found[0]}", found[1]


def same_page(page: Page) -> None:
    """Mark the page, to see later that it was not loaded again."""
    page.evaluate("() => { document.body.dataset.marked = 'yes'; }")


def stayed(page: Page) -> bool:
    """Whether it is still that page."""
    return bool(page.evaluate("() => document.body.dataset.marked === 'yes'"))


@in_both_languages
def test_a_paragraph_is_divided_at_the_cursor(draft: Page) -> None:
    """Alt+Enter: both halves keep their evidence, the cursor is at the start of the second, and nothing is reloaded."""
    same_page(draft)
    put_cursor(draft, ONE, "وجدنا")
    draft.keyboard.press("Alt+Enter")
    expect(draft.locator(f"{TWO} > p")).to_contain_text(SECOND)
    expect(field(draft, TWO)).to_be_focused()

    assert cursor(draft) == (TWO, 0)
    assert draft.locator(f"{ONE} .said").evaluate_all("(all) => all.map((one) => one.dataset.cites)") == ["5"]
    assert draft.locator(f"{TWO} .said").evaluate_all("(all) => all.map((one) => one.dataset.cites)") == ["6"]
    draft.keyboard.type("نعم، ")
    expect(draft.locator(f"{TWO} > p")).to_contain_text("نعم، وجدنا")
    assert stayed(draft)


@in_both_languages
def test_a_blank_line_makes_a_paragraph_while_one_goes_on_typing(draft: Page) -> None:
    """The letters that are typed while the paragraph is divided are in the new one, in their order."""
    put_cursor(draft, ONE, "وجدنا")
    draft.keyboard.press("Enter")
    draft.keyboard.press("Enter")
    said = "هذه جملة جديدة تُكتب ببطء شديد حتى يُحفظ النص وهي لم تنته بعد "
    for part in said.split(" "):
        draft.keyboard.type(f"{part} ", delay=12)
        draft.wait_for_timeout(180)
    expect(draft.locator("#state")).to_have_attribute("data-state", "saved")
    expect(draft.locator(f"{TWO} > p")).to_contain_text(said.strip())

    assert cursor(draft)[0] == TWO
    assert field(draft, ONE).input_value() == FIRST
    draft.reload()
    expect(draft.locator(f"{TWO} > p")).to_contain_text(" ".join(said.split()))


@in_both_languages
def test_backspace_at_the_start_joins_to_the_one_before(draft: Page) -> None:
    """The cursor is where the two met; inside a text Backspace deletes a letter, and the first has none before it."""
    same_page(draft)
    put_cursor(draft, TWO, "كتبنا")
    draft.keyboard.press("Backspace")
    expect(draft.locator(f"{ONE} > p")).to_contain_text("Python 3.14")
    expect(field(draft, ONE)).to_be_focused()
    assert cursor(draft) == (ONE, len(f"{FIRST} {SECOND} "))
    draft.keyboard.press("Control+Home")
    draft.keyboard.press("Backspace")
    draft.keyboard.press("Delete")
    expect(field(draft, ONE)).to_have_value(field(draft, ONE).input_value())
    assert field(draft, ONE).input_value().startswith(FIRST[1:])
    assert stayed(draft)


@in_both_languages
def test_a_moved_paragraph_keeps_its_editor_and_the_focus(draft: Page) -> None:
    """Down and up again with the same button, without a reload; the player and the transcript stay as they are."""
    same_page(draft)
    draft.locator(f"{ONE} details.edit > summary").click()
    draft.locator(f"{ONE} .write button[value=down]").click()
    expect(draft.locator(f"{TWO} > p")).to_contain_text(FIRST, use_inner_text=False)
    expect(draft.locator(f"{TWO} .write [name=text]")).to_be_focused()
    draft.locator(f"{TWO} .write button[value=up]").focus()
    draft.keyboard.press("Enter")

    expect(draft.locator(f"{ONE} .said").first).to_contain_text(FIRST)
    expect(draft.locator(f"{ONE} details.edit")).to_have_attribute("open", "")
    assert stayed(draft)


@in_both_languages
def test_every_step_is_undone_and_redone(draft: Page, desk: DeskProcess) -> None:
    """An edit, a division and a removal are taken back one by one with `U`, also in a later visit, and made again."""
    blocks = draft.locator(".block")
    count = blocks.count()
    expect(draft.locator("#undo")).to_be_disabled()
    put_cursor(draft, "#b-title", "")
    field(draft, "#b-title").fill("عنوان آخر")
    expect(draft.locator("#undo")).to_be_enabled()
    draft.keyboard.press("Escape")
    put_cursor(draft, ONE, "وجدنا")
    draft.keyboard.press("Alt+Enter")
    expect(blocks).to_have_count(count + 1)
    draft.keyboard.press("Escape")
    draft.locator(f"{TWO} details.edit > summary").click()
    draft.locator(f"{TWO} button[value=remove]").click()
    expect(blocks).to_have_count(count)
    draft.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    ready(draft)
    same_page(draft)

    draft.keyboard.press("u")
    expect(blocks).to_have_count(count + 1)
    draft.keyboard.press("u")
    expect(blocks).to_have_count(count)
    expect(draft.locator(f"{ONE} > p")).to_contain_text(SECOND)
    draft.locator("#undo").click()
    expect(draft.locator("h1")).not_to_have_text("عنوان آخر")
    expect(draft.locator("#undo")).to_be_disabled()
    for _ in range(3):
        draft.keyboard.press("Shift+U")
        expect(draft.locator("#state")).to_have_attribute("data-state", "saved")
    expect(draft.locator("#redo")).to_be_disabled()
    expect(draft.locator("h1")).to_have_text("عنوان آخر")
    expect(draft.locator(f"{ONE} > p")).not_to_contain_text(SECOND)
    assert stayed(draft)
