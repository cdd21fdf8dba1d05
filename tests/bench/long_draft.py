"""The draft page of a long video in Chromium: when it is first painted, and how long a click holds the page up."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import browser, ready, window
from tests.browser.desk import DeskProcess

if TYPE_CHECKING:
    from playwright.sync_api import Page

WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)))
  .observe({ type: "longtask" });
"""
CLICKS = 12


def measure(minutes: int) -> dict[str, float]:
    """Milliseconds to the first paint and of the longest task after clicks, and what the page is made of."""
    with tempfile.TemporaryDirectory() as name:
        article = shelf.long(minutes)
        shelf.put(Path(name), article)
        with DeskProcess(Path(name)) as desk, browser() as chrome, window(chrome) as (context, _):
            context.add_init_script(WATCH)
            page = context.new_page()
            desk.enter(page)
            for _ in range(2):  # the first look is the server's own, and is not counted
                page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
            ready(page)
            return _page(page) | {"sentences": len(article.script.sentences), "longest task": _clicks(page)}


def _page(page: Page) -> dict[str, float]:
    entry = page.evaluate("""() => ({
      "first byte": performance.getEntriesByType("navigation")[0].responseStart,
      "first paint": performance.getEntriesByName("first-contentful-paint")[0].startTime,
      "loaded": performance.getEntriesByType("navigation")[0].loadEventEnd,
      "kilobytes": performance.getEntriesByType("navigation")[0].decodedBodySize / 1024,
      "elements": document.querySelectorAll("*").length,
    })""")
    return {name: float(value) for name, value in entry.items()}


def _clicks(page: Page) -> float:
    """The longest task in milliseconds while sentences and captions all over the page are clicked; 0 below 50."""
    page.wait_for_timeout(1000)
    page.evaluate("() => { tasks.length = 0; }")
    count = page.locator(".said").count()
    for at in range(0, count, max(count // CLICKS, 1)):
        page.locator(".said").nth(at).click()
        expect(page.locator(".said.current")).to_have_count(1)
    page.locator(".spoken.lit").first.click(position={"x": 40, "y": 12})
    page.keyboard.press("j")
    page.wait_for_timeout(500)
    return max(map(float, page.evaluate("() => tasks")), default=0.0)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
