"""What an editor takes away, in a real browser: the clean copy, the Word file; and a paste that is too long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import docx
import pytest
from playwright.sync_api import expect

from pipeline.review.edits import TEXT_MOST
from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready, speak, window
from tests.browser.desk import DeskThread
from tests.browser.test_access import BEYOND, findings
from tests.fakes import desks

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from pipeline.review.i18n import Messages
    from tests.browser.desk import DeskProcess


def approve(page: Page, desk: DeskProcess) -> None:
    """Bring the sound draft to its clean copy."""
    page.goto(f"{desk.origin}/d/{shelf.SOUND}")
    ready(page)
    page.locator("#approve").click()
    page.locator("#open ~ form #approve").click()  # with the findings that are open
    page.locator("#copy").click()
    ready(page)


@in_both_languages
def test_the_article_is_copied_as_html_and_as_text(page: Page, desk: DeskProcess, messages: Messages) -> None:
    """Both forms are on the clipboard, without a mark; the Markdown is copied by its own button."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    approve(page, desk)
    for name in ("clean", "markdown"):
        page.locator(f"[data-copies={name}]").click()
        expect(page.locator("#copied")).to_have_text(messages["copied"])
        copied = page.evaluate(
            """async () => {
              const [item] = await navigator.clipboard.read();
              const read = item.types.map(async (type) => [type, await (await item.getType(type)).text()]);
              return Object.fromEntries(await Promise.all(read));
            }"""
        )
        if name == "clean":
            assert "<h2" in copied["text/html"]
            assert "cite" not in copied["text/html"]
        assert "أول خطوة هي أن نعرف كم نخسر" in copied["text/plain"]
        assert "4:00" not in copied["text/plain"]


@in_both_languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_new_pages_are_for_everybody(
    chrome: Browser, desk: DeskProcess, scheme: Literal["light", "dark"], language: str
) -> None:
    """The copy, an exported draft and the way in: nothing serious for axe-core, and nothing beyond a phone's edge."""
    with window(chrome, color_scheme=scheme) as (context, _):
        speak(context, language)
        page = context.new_page()
        desk.enter(page)
        approve(page, desk)
        found = {"copy": findings(page)}
        page.go_back()
        page.locator("#export").click()
        page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
        found["exported"] = findings(page)
        for at in ("copy", ""):
            page.goto(f"{desk.origin}/d/{shelf.SOUND}/{at}".rstrip("/"))
            page.set_viewport_size({"width": 320, "height": 640})
            found[f"phone {at}"] = page.evaluate(BEYOND)
        context.clear_cookies()
        page.goto(f"{desk.origin}/")
        found["way in"] = findings(page)

    assert found == {name: [] for name in found}


def test_without_a_clipboard_the_selection_is_copied(page: Page, desk: DeskProcess) -> None:
    """Where the browser refuses its interface, the text is selected and copied the old way."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    approve(page, desk)
    page.locator("[data-copies=clean]").click()

    expect(page.locator("#copied")).to_have_text("نُسخ")
    assert "أول خطوة هي أن نعرف كم نخسر" in page.evaluate("getSelection().toString()")


def test_without_a_script_one_click_selects_the_article(chrome: Browser, desk: DeskProcess) -> None:
    """No dead button, and all of the text is selected for the browser's own copy."""
    with window(chrome, java_script_enabled=False) as (context, seen):
        page = context.new_page()
        desk.enter(page, script=False)
        page.goto(f"{desk.origin}/d/{shelf.SOUND}")
        page.locator("#approve").click()
        page.locator("#open ~ form #approve").click()
        page.locator("#copy").click()
        expect(page.locator("[data-copies]").first).to_be_hidden()
        page.locator("#clean p").nth(2).click()

        assert page.locator("#clean").evaluate("(node) => getComputedStyle(node).userSelect") == "all"
        assert seen.clean, seen


@in_both_languages
def test_an_export_is_shown_opened_and_taken_back(
    chrome: Browser, tmp_path: Path, language: str, messages: Messages
) -> None:
    """The page has the absolute path and opens the folder; the files name who approved; a rejection takes all back."""
    shown: list[Path] = []
    desk = desks.desk(tmp_path, desks.article(), show_folder=shown.append)
    with DeskThread(desk) as served, window(chrome) as (context, seen):
        speak(context, language)
        page = context.new_page()
        served.enter(page)
        page.goto(f"{served.origin}/d/{desks.article().script.video.id}")
        ready(page)
        page.locator("#approve").click()
        page.locator("#export").click()
        expect(page.locator("#exported")).to_be_visible()
        (folder,) = (tmp_path / "approved").iterdir()
        expect(page.locator("#exported bdi")).to_have_text(str(folder.resolve()))
        page.locator("#approve").focus()
        page.locator("#show-folder").evaluate("(button) => button.click()")
        expect(page.locator("#show-folder")).to_be_focused()  # the answer is there
        assert [each.resolve() for each in shown] == [folder.resolve()]
        for name in ("article.md", "article.html", "article.clean.md", "article.clean.html"):
            assert "سلمى، 23 نوفمبر 2026" in (folder / name).read_text("utf-8"), name

        page.keyboard.press("r")
        page.keyboard.type("رقم خاطئ")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#taken-back")).to_have_text(messages["taken_back"])
        expect(page.locator("#history [data-decision=reject]")).to_contain_text(messages["took_back"])
        expect(page.locator("#exported")).to_have_count(0)
        assert not folder.exists()
        assert seen.clean, seen


@in_both_languages
def test_the_word_file_is_downloaded(page: Page, desk: DeskProcess) -> None:
    """From the clean copy, with a name of its own; it opens and holds the article."""
    approve(page, desk)
    with page.expect_download() as download:
        page.locator("a[download]").click()

    assert download.value.suggested_filename == f"{shelf.SOUND}.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(download.value.path())).paragraphs)
    assert "أول خطوة هي أن نعرف كم نخسر" in text


@in_both_languages
def test_a_paste_of_five_megabytes_is_refused_at_once(page: Page, desk: DeskProcess) -> None:
    """What stood in the field stays, the page says why, and nothing is sent."""
    page.goto(f"{desk.origin}/d/{shelf.SOUND}")
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("e")
    field = page.locator(".editing .write [name=text]")
    before = field.input_value()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    begin = time.monotonic()
    field.evaluate(
        """(field) => {
          const data = new DataTransfer();
          data.setData("text/plain", "كلام ".repeat(550_000));
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          if (field.dispatchEvent(paste)) field.setRangeText(data.getData("text"), 0, 0);
        }"""
    )
    expect(page.locator("#state")).to_have_attribute("data-state", "refused")
    seconds = time.monotonic() - begin

    expect(page.locator("#state")).to_contain_text(str(TEXT_MOST))
    assert field.input_value() == before
    assert sent == []
    assert seconds < 5
