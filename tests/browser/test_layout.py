"""Nothing lies over a text, nothing is hidden behind the player, and all that is said once is said once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pipeline.errors import EditRefused, Refusal
from pipeline.review.i18n import error_message
from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready, speak, window
from tests.browser.test_access import BEYOND, findings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from pipeline.review.i18n import Messages
    from tests.browser.desk import DeskProcess

OVERLAPS = """() => [...document.querySelectorAll(".block")].flatMap((block) => {
  const tool = block.querySelector("details.edit:not([open]) > summary")?.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(block.querySelector(":scope > :is(h1, h2, p)"));
  const over = (box) =>
    box.left < tool.right - 1 && box.right > tool.left + 1 && box.top < tool.bottom - 1 && box.bottom > tool.top + 1;
  return tool?.width && [...range.getClientRects()].some(over) ? [block.id] : [];
})"""
"""Blocks whose button to edit lies over their text."""


@in_both_languages
@pytest.mark.parametrize("width", [1280, 1024, 700])
def test_edit_stands_beside_the_text(page: Page, desk: DeskProcess, width: int) -> None:
    """At the widths at which it stands beside at all."""
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    ready(page)

    assert page.evaluate(OVERLAPS) == []


@in_both_languages
@pytest.mark.parametrize("size", [(390, 844), (320, 568)])
def test_on_a_phone_evidence_is_not_behind_the_player(
    chrome: Browser, desk: DeskProcess, size: tuple[int, int], language: str
) -> None:
    """A tap on evidence shows the video, and the sentence of the transcript is seen below it."""
    with window(chrome, viewport={"width": size[0], "height": size[1]}) as (context, _):
        speak(context, language)
        page = context.new_page()
        desk.enter(page)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        ready(page)
        page.locator("#b-sections-1-1-2 a.cite").click()
        expect(page.locator("#player iframe")).to_be_visible()
        page.locator("#b-sections-1-1-2 a.cite").evaluate("(link) => link.click()")
        page.wait_for_timeout(400)
        player, row = (page.locator(one).bounding_box() for one in ("#player", "#s6"))

    assert player is not None
    assert row is not None
    assert row["y"] >= player["y"] + player["height"] - 1
    assert row["y"] < size[1]


def test_a_sentence_without_a_time_has_its_number_once(page: Page, desk: DeskProcess) -> None:
    """In a draft of a file without times the number is the label, and is not said again."""
    page.goto(f"{desk.origin}/d/{shelf.LOCAL}")
    texts = page.locator("#transcript .spoken").all_inner_texts()

    assert [text for text in texts if len(re.findall(r"ج \d+\b|^\d+\s", text, re.MULTILINE)) != 1] == []


@in_both_languages
@pytest.mark.parametrize("width", [1280, 1024, 800])
def test_the_columns_of_the_list_hold_what_stands_in_them(page: Page, width: int) -> None:
    """No figure, status or head of a column runs into the next one, and none is broken inside a word."""
    page.set_viewport_size({"width": width, "height": 860})
    wide = page.evaluate("""() => [...document.querySelectorAll("#drafts :is(th, td)")].filter((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const box = cell.getBoundingClientRect();
      return [...range.getClientRects()].some((part) => part.left < box.left - 1 || part.right > box.right + 1);
    }).map((cell) => cell.innerText)""")

    assert wide == []


@in_both_languages
def test_arabic_digits_are_accepted(draft: Page, messages: Messages) -> None:
    """Evidence set by numbers, typed as an Arabic keyboard writes them; what is no number is refused in words."""
    draft.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    form = draft.locator("#b-sections-1-1 form.cite")
    form.locator("[name=statement]").fill("")
    form.locator("[name=statement]").press_sequentially("٢")
    form.locator("[name=text]").fill("٦، ١٠")
    draft.keyboard.press("Enter")
    expect(draft.locator("#b-sections-1-1-2")).to_have_attribute("data-cites", "6 10")
    draft.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    form.locator("[name=text]").fill("ستة")
    form.locator("button").click()

    expect(draft.locator("#state > span").first).to_have_text(
        error_message(messages, EditRefused(Refusal.NOT_SENTENCE_NUMBERS))
    )


@in_both_languages
@pytest.mark.parametrize(("words", "said"), [(4_100, Refusal.TOO_LONG), (50_000, "too_large")])
def test_a_text_beyond_the_limits_is_refused_in_words(
    draft: Page, messages: Messages, words: int, said: Refusal | str
) -> None:
    """Beyond 20,000 characters, and beyond what is read at all: also where it came into the field past `maxlength`."""
    before = draft.locator("#b-sections-1-1 > p").inner_text()
    draft.locator("#b-sections-1-1 details.edit > summary").click()
    draft.locator("#b-sections-1-1 .write [name=text]").evaluate(
        """(field, words) => {
          field.value = "كلام ".repeat(words);
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        words,
    )
    why = error_message(messages, EditRefused(said)) if isinstance(said, Refusal) else messages[said]
    expect(draft.locator("#state > span").first).to_contain_text(why, timeout=30_000)

    expect(draft.locator("#b-sections-1-1 > p")).to_have_text(before, use_inner_text=True)


@in_both_languages
def test_the_bar_shows_what_the_figure_says(page: Page, desk: DeskProcess) -> None:
    """The coloured share of what is not silence is about the share of words, since a second has not always as many."""
    page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    coloured, silent = page.evaluate("""() => {
      const covered = new Array(1000).fill(0);
      for (const rect of document.querySelectorAll("#minutes svg.bar rect:not(.c0)")) {
        const from = rect.x.baseVal.value;
        for (let at = from; at < Math.min(1000, from + rect.width.baseVal.value); at += 1) {
          covered[at] = rect.classList.contains("silent") && covered[at] !== 1 ? 2 : 1;
        }
      }
      return [1, 2].map((kind) => covered.filter((each) => each === kind).length);
    }""")
    said = int(re.sub(r"\D", "", page.locator("#coverage").inner_text()))

    assert abs(100 * coloured / (1000 - silent) - said) <= 3


@in_both_languages
@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_asked_and_what_is_offered_is_for_everybody(
    chrome: Browser, desk: DeskProcess, language: str, width: int
) -> None:
    """The question before a decision on many drafts and the offer of kept texts: no finding of axe, nothing cut off."""
    with window(chrome, viewport={"width": width, "height": 700}) as (context, _):
        speak(context, language)
        page = context.new_page()
        desk.enter(page)
        ready(page)
        found = {}
        for action in ("approve", "reject"):
            page.locator("#choose-all").click()
            page.locator(f"#bulk [value={action}]").click()
            found[action] = [*findings(page), *page.evaluate(BEYOND)]
            page.locator("#confirm a").click()
            ready(page)
        page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
        ready(page)
        page.keyboard.press("r")
        page.keyboard.type("سبب لم يُرسل بعد، وفيه كلام طويل " * 6)
        page.reload()
        expect(page.locator("#kept")).to_be_visible()
        found["kept"] = [*findings(page), *page.evaluate(BEYOND)]

    assert found == {"approve": [], "reject": [], "kept": []}
