"""`python -m tests.browser.screenshots`: makes the pictures of `docs/review.md` again."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import browser, ready, speak, window
from tests.browser.desk import DeskProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, ViewportSize

FOLDER = Path(__file__).parents[2] / "docs" / "review"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DRAFT = f"/d/{shelf.FLAWED}"
PHONE: ViewportSize = {"width": 390, "height": 844}


def main() -> None:
    """Every state in both colour schemes, each picture below 250 kB."""
    FOLDER.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)  # a long draft on a busy machine
    with browser() as chrome:
        for scheme in SCHEMES:
            for folder in _libraries():
                with DeskProcess(folder) as desk, window(chrome, color_scheme=scheme) as (context, _):
                    page = context.new_page()
                    desk.enter(page)
                    for name in _states(page, desk.origin):
                        _keep(page, f"{name}-{scheme}")


def _libraries() -> Iterator[Path]:
    """A library of drafts, and one without any."""
    with tempfile.TemporaryDirectory() as name:
        shelf.pictured(Path(name))
        yield Path(name)
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _states(page: Page, origin: str) -> Iterator[str]:
    """Bring the page from state to state; the name of each."""
    if not page.locator("#drafts").count():
        yield "empty"
        return
    yield "queue"
    page.set_viewport_size(PHONE)
    yield "queue-phone"
    page.goto(origin + DRAFT)
    ready(page)
    page.keyboard.press("f")
    yield "draft-phone"
    page.set_viewport_size({"width": 1280, "height": 860})
    page.reload()
    ready(page)
    page.locator("#b-sections-1-2-2").click()
    expect(page.frame_locator("#player iframe").locator("#clock")).to_contain_text("▶")
    page.keyboard.press("Space")
    page.keyboard.press("f")
    yield "draft"
    page.keyboard.press("Alt+n")
    page.keyboard.type("لا ")
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")
    yield "edit"
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("ينقصه القسم الأخير، وفيه رقم لم أجده في الفيديو")
    page.reload()
    ready(page)
    page.locator("#kept").scroll_into_view_if_needed()
    yield "kept"
    page.locator("#kept [name=drop]").click()
    page.keyboard.press("?")
    yield "keys"
    page.goto(f"{origin}{DRAFT}/diff")
    yield "diff"
    page.goto(f"{origin}/d/{shelf.MIXED}")
    ready(page)
    yield "mixed"
    page.goto(f"{origin}/d/nothing-here")
    yield "error"
    page.goto(origin)
    ready(page)
    page.locator("#choose-all").click()
    page.locator("#bulk [value=approve]").click()
    yield "bulk"
    yield from _in_english(page, origin)


def _in_english(page: Page, origin: str) -> Iterator[str]:
    """The list and a draft in the other language."""
    speak(page.context, "en")
    page.goto(origin)
    yield "queue-english"
    page.goto(origin + DRAFT)
    ready(page)
    page.keyboard.press("f")
    yield "draft-english"


def _keep(page: Page, name: str) -> None:
    """Save what is seen, with as few colours as a page of text has."""
    page.wait_for_timeout(250)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(96, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
