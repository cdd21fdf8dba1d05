"""The desk works for everybody: screen readers, keyboards, large type, few colours, small screens."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import in_both_languages, ready, speak, window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.desk import DeskProcess

PAGES = {
    "queue": "/",
    "empty": "/?q=لا+يوجد+هذا",
    "draft": f"/d/{shelf.FLAWED}",
    "mixed": f"/d/{shelf.MIXED}",
    "file": f"/d/{shelf.LOCAL}",
    "diff": f"/d/{shelf.FLAWED}/diff",
    "keys": "/keys",
    "glossary": "/glossary",
    "replace": f"/d/{shelf.FLAWED}/replace?wrong=مدننا&right=حواضرنا",
    "error": "/d/nothing-here",
}
BEYOND = """() => [...document.querySelectorAll("main *, body > header *")].filter((one) => {
  const box = one.getBoundingClientRect();
  const shown = box.width > 1 && one.checkVisibility() && !one.closest("dialog");
  return shown && (box.left < -1 || box.right > innerWidth + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
"""What stands beyond the left or right edge of the window."""


def findings(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each with the first place."""
    found = Axe().run(page).response["violations"]
    grave = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in grave]


@contextmanager
def shown(
    chrome: Browser,
    desk: DeskProcess,
    at: str,
    language: str = "ar",
    **options: Any,  # noqa: ANN401 - Playwright's
) -> Iterator[Page]:
    """A page of the desk in a window of its own."""
    with window(chrome, **options) as (context, _):
        speak(context, language)
        page = context.new_page()
        desk.enter(page)
        page.goto(desk.origin + at)
        yield page


@in_both_languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    chrome: Browser, desk: DeskProcess, scheme: Literal["light", "dark"], language: str
) -> None:
    """Every page, in both colour schemes: 0 serious or critical findings."""
    with shown(chrome, desk, "/", language, color_scheme=scheme) as page:
        found = {}
        for name, at in PAGES.items():
            page.goto(desk.origin + at)
            found[name] = findings(page)

    assert found == {name: [] for name in PAGES}


@in_both_languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_work(
    chrome: Browser, desk: DeskProcess, scheme: Literal["light", "dark"], language: str
) -> None:
    """The same with an open editor, lit evidence, the list of keys, an edited draft and its differences."""
    with shown(chrome, desk, PAGES["draft"], language, color_scheme=scheme) as page:
        ready(page)
        page.keyboard.press("Alt+n")
        page.keyboard.insert_text("ثلاثة وعشرين")
        expect(page.locator("#state")).to_have_attribute("data-state", "saved")
        page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
        found = {"editing": findings(page)}
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        found["help"] = findings(page)
        page.keyboard.press("Escape")
        page.goto(desk.origin + PAGES["diff"])
        assert page.locator("ins").count()
        found["differences"] = findings(page)

    assert found == {name: [] for name in found}


def test_axe_finds_nothing_serious_in_an_empty_library(
    chrome: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The first thing that a new user sees."""
    from tests.browser.desk import DeskProcess  # noqa: PLC0415 - shadows the name for types

    with DeskProcess(tmp_path_factory.mktemp("empty")) as desk, shown(chrome, desk, "/") as page:
        expect(page.locator(".empty")).to_be_visible()
        assert findings(page) == []


def test_the_tab_key_goes_in_reading_order(draft: Page) -> None:
    """From the skip link through head, figures, article, transcript to the decision; the order is that of the text."""
    order = []
    for _ in range(200):
        draft.keyboard.press("Tab")
        order.append(draft.evaluate("() => document.activeElement.closest('[id]')?.id ?? ''"))
        if order[-1] == "approve":
            break
    landmarks = [
        name
        for name in order
        if name in {"main", "home", "next-finding", "b-title", "b-conclusion", "s1", "s21", "approve"}
    ]

    assert order[0] in {"", "main"}
    assert list(dict.fromkeys(landmarks)) == ["home", "next-finding", "b-title", "b-conclusion", "s1", "s21", "approve"]


def test_the_skip_link_leads_to_the_article(draft: Page) -> None:
    """The first key of a keyboard's or screen reader's user saves the head of the page."""
    draft.keyboard.press("Tab")
    expect(draft.locator(".skip")).to_be_in_viewport()
    draft.keyboard.press("Enter")

    assert draft.evaluate("() => location.hash") == "#main"


@pytest.mark.parametrize(("language", "first"), [("ar", "article"), ("en", "source")])
def test_the_article_comes_first_in_reading_direction(draft: Page, language: str, first: str) -> None:
    """In Arabic the article stands on the right of its transcript, in the English interface on the left."""
    boxes = {name: draft.locator(f"#{name}").bounding_box() for name in ("article", "source")}
    right = max(boxes, key=lambda name: (boxes[name] or {"x": 0})["x"])

    assert draft.locator("html").get_attribute("lang") == language
    assert right == first
    assert draft.locator("#article").evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_what_is_read_aloud_says_what_is_wrong(draft: Page) -> None:
    """A weak sentence is described by its reason; states are announced; every control has a name."""
    said = draft.locator("#b-sections-3-1-1")
    expect(said).to_have_accessible_description("وجدنا أن أربعين… رقم لم يرد في الجمل المستشهد بها: 40%")
    expect(draft.locator("#state")).to_have_role("status")
    names = draft.locator("summary, button").evaluate_all("(all) => all.map((one) => one.textContent.trim())")
    edits = [name.split() for name in names if name.startswith("تحرير")]

    assert all(names)
    assert len({" ".join(name) for name in edits}) == len(edits)


@in_both_languages
@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 430), (320, 568)])
def test_nothing_is_cut_off(chrome: Browser, desk: DeskProcess, width: int, height: int, language: str) -> None:
    """On a phone, at 200 % zoom of a usual window (640 wide) and at 320: no page scrolls sideways or hides its edge."""
    with shown(chrome, desk, "/", language, viewport={"width": width, "height": height}) as page:
        for name, at in PAGES.items():
            page.goto(desk.origin + at)
            wide, own = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
            assert wide <= own, name
            assert page.evaluate(BEYOND) == [], name


def test_the_focus_is_seen(draft: Page) -> None:
    """Whatever has the focus has an outline of at least 2 pixels, and no bar lies over it."""
    for _ in range(40):
        draft.keyboard.press("Tab")
        outline, covered, what = draft.evaluate("""() => {
          const one = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
          const bar = top?.closest("#summary, #decision") ?? one;
          const width = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
          return [width, !bar.contains(one), one.outerHTML.slice(0, 100)];
        }""")
        assert outline >= 2, what
        assert not covered, what


@in_both_languages
def test_few_colours_are_enough(chrome: Browser, desk: DeskProcess, language: str) -> None:
    """In forced colours the current sentence, its evidence and weak sentences are still told by line, not by colour."""
    with shown(chrome, desk, PAGES["draft"], language, forced_colors="active") as page:
        ready(page)
        page.keyboard.press("f")
        styles = page.evaluate("""() => [".said.current", ".spoken.lit"].map((one) =>
          getComputedStyle(document.querySelector(one)).outlineStyle)""")
        line = page.locator(".said[data-flawed]").first.evaluate("(one) => getComputedStyle(one).textDecorationLine")
        bar = page.locator("svg.bar .c2").first.evaluate("(one) => getComputedStyle(one).fill")

    assert styles == ["solid", "solid"]
    assert line == "underline"
    assert bar != "rgb(0, 0, 0)"


def test_nothing_moves_for_who_wants_no_motion(chrome: Browser, desk: DeskProcess) -> None:
    """With reduced motion lists jump instead of gliding, and nothing has a transition or an animation."""
    with shown(chrome, desk, PAGES["draft"], reduced_motion="reduce") as page:
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((one) => {
          const { scrollBehavior, animationName, transitionDuration } = getComputedStyle(one);
          return scrollBehavior === "smooth" || animationName !== "none" || parseFloat(transitionDuration) > 0;
        }).length""")

    assert moving == 0


def test_mixed_lines_read_right(page: Page, desk: DeskProcess) -> None:
    """Names, figures, addresses and code stand in runs of their own direction, in article and transcript alike."""
    page.goto(desk.origin + PAGES["mixed"])
    runs = page.locator("#transcript .spoken bdi[dir=ltr]").all_text_contents()

    for run in ("Python 3.14", "C++", "example.org/a?b=1&c=2", "+963 11 123 4567"):
        assert run in runs, runs
    assert page.locator(".said bdi[dir=ltr]").count() > 5
