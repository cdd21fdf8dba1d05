"""In a real browser: no text becomes code, and no other page reaches the desk."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import shelf
from tests.browser.chromium import REBOUND, ready, window
from tests.browser.desk import DeskProcess
from tests.fakes import articles
from tests.fakes.payloads import PAYLOADS, poisoned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from pipeline.types.article import Article
    from tests.browser.chromium import Seen

OTHERS = """() => [...document.querySelectorAll("*")].filter((node) => {
  const own = /^([#?]|\\/(?!\\/)|https:\\/\\/www.youtube.com\\/|data:,$)/;
  const tags = "a article aside bdi body button code dd del details dialog div dl dt form h1 h2 head header html"
    + " input ins kbd label li link main meta nav ol option p q rect script section select small span strong"
    + " summary svg table tbody td template textarea th thead time title tr ul";
  const foreign = [...node.attributes].filter(({ name, value }) => name.startsWith("on") || name === "style"
    || (/^(href|src|action|formaction)$/.test(name) && !own.test(value)));
  const script = node.localName === "script" && !node.src.startsWith(`${location.origin}/static/`);
  return !tags.split(" ").includes(node.localName) || foreign.length || script;
}).map((node) => node.outerHTML.slice(0, 200))"""
"""Elements and attributes that no page of the desk has by itself."""


def hostile(number: int, payload: str) -> Article:
    """The flawed draft with the payload in every text of the video, the transcript, the draft and the report."""
    made = poisoned(articles.flawed(), payload)
    identifier = f"TadwinXss{number:02}"
    video = replace(made.script.video, id=identifier, url=f"https://www.youtube.com/watch?v={identifier}")
    return replace(made, script=replace(made.script, video=video))


@pytest.fixture(scope="module")
def infested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    """A desk with a draft for each payload."""
    folder = tmp_path_factory.mktemp("infested")
    for number, payload in enumerate(PAYLOADS):
        shelf.put(folder, hostile(number, payload))
    with DeskProcess(folder) as desk:
        yield desk


def test_no_text_becomes_code(opened: tuple[Page, Seen], infested: DeskProcess) -> None:
    """Eighty payloads in every field: list, search, draft, differences; nothing runs or is asked for."""
    page, seen = opened
    infested.enter(page)
    for at in (
        "/",
        "/?page=2",
        "/?q=%3Cscript%3Ealert(1)%3C/script%3E&channel=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    ):
        page.goto(infested.origin + at)
        assert page.evaluate(OTHERS) == [], at
    for number in range(len(PAYLOADS)):
        for at in ("", "/diff"):
            page.goto(f"{infested.origin}/d/TadwinXss{number:02}{at}")
            assert page.evaluate(OTHERS) == [], (PAYLOADS[number], at)

    assert seen.clean, seen
    assert seen.player == []


def test_no_edit_becomes_code(opened: tuple[Page, Seen], infested: DeskProcess) -> None:
    """The same payloads pasted by an editor: shown as text by the script, after a reload, in the differences."""
    page, seen = opened
    infested.enter(page)
    for number in range(0, len(PAYLOADS), 4):
        page.goto(f"{infested.origin}/d/TadwinXss{number:02}")
        ready(page)
        page.keyboard.press("j")
        page.keyboard.press("e")
        for payload in PAYLOADS[number : number + 4]:
            page.keyboard.insert_text(f" {payload} ")
        expect(page.locator("#state")).to_have_attribute("data-state", "saved")
        page.keyboard.press("Escape")
        assert page.evaluate(OTHERS) == [], PAYLOADS[number]
        for at in ("", "/diff"):
            page.goto(f"{infested.origin}/d/TadwinXss{number:02}{at}")
            assert page.evaluate(OTHERS) == [], (PAYLOADS[number], at)

    assert seen.clean, seen


def test_reasons_terms_and_conflicts_become_no_code(opened: tuple[Page, Seen], infested: DeskProcess) -> None:
    """What else an editor types comes back as text: a reason in the history, a glossary, both sides of a conflict."""
    page, seen = opened
    infested.enter(page)
    page.goto(f"{infested.origin}/d/TadwinXss05")
    ready(page)
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    for one, payload in ((page, PAYLOADS[5]), (other, PAYLOADS[7])):
        one.keyboard.press("j")
        one.keyboard.press("e")
        one.keyboard.insert_text(payload)
        expect(page.locator("#state")).to_have_attribute("data-state", "saved")
    expect(other.locator(".conflict")).to_be_visible()
    assert other.evaluate(OTHERS) == []
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.insert_text("".join(PAYLOADS[:8]))
    page.locator("#reject").click()
    expect(page.locator("#history")).to_contain_text("alert(1)")
    page.locator(".term [name=wrong]").fill("الماء <img src=x onerror=alert(1)>")
    page.locator(".term [name=right]").fill("<svg onload=alert(1)>")
    page.locator(".term button:not([formaction])").click()
    ready(page)

    assert page.evaluate(OTHERS) == []
    assert seen.clean, seen


def test_the_policy_bites(draft: Page, seen: Seen) -> None:
    """Were markup to get into a page after all, it would neither run nor load: the browser refuses and reports it."""
    draft.evaluate("""() => {
      try { document.body.innerHTML += "<p>x</p>"; } catch { /* trusted types */ }
      const script = document.createElement("script");
      try { script.text = "alert(1)"; } catch { /* the same */ }
      const image = document.createElement("img");
      image.src = "https://evil.example/x.png";
      document.body.append(image);
    }""")
    draft.wait_for_timeout(200)
    reports = sorted({report.split()[0] for report in seen.reports})
    seen.reports.clear()

    assert reports == ["img-src", "require-trusted-types-for"]


# --- other pages, other names ---


class Attacker(BaseHTTPRequestHandler):
    """A page of another origin that tries to approve a draft."""

    target = ""
    fields: dict[str, str]

    def do_GET(self) -> None:
        """A form that is sent by itself, and the same with `fetch`."""
        inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in self.fields.items())
        page = f"""<!doctype html><form method=post action="{self.target}" target=frame>{inputs}</form>
          <iframe name=frame></iframe>
          <script>
            document.forms[0].submit();
            const body = new URLSearchParams(new FormData(document.forms[0])).toString();
            for (const type of ["application/x-www-form-urlencoded", "text/plain"]) {{
              const sent = {{ method: "POST", mode: "no-cors", credentials: "include", body }};
              fetch("{self.target}", {{ ...sent, headers: {{ "content-type": type }} }}).catch(() => null);
            }}
          </script>"""
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def attacker(target: str, fields: dict[str, str]) -> Iterator[int]:
    """The port of the attacker's page."""
    handler = type("Handler", (Attacker,), {"target": target, "fields": fields})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_origin_changes_nothing(page: Page, desk: DeskProcess, host: str) -> None:
    """A form and two kinds of fetch from another port, with the cookie in the browser: each is refused."""
    page.goto(f"{desk.origin}/d/{shelf.FLAWED}")
    seen = page.locator("#draft").get_attribute("data-draft") or ""
    statuses: list[int] = []
    sent: list[str] = []
    page.context.on("response", lambda answer: statuses.append(answer.status) if "/decide" in answer.url else None)
    page.context.on("request", lambda request: sent.append(request.method) if "/decide" in request.url else None)
    with attacker(f"{desk.origin}/d/{shelf.FLAWED}/decide", {"seen": seen, "decision": "approve"}) as port:
        page.goto(f"http://{host}:{port}/")
        page.wait_for_timeout(500)
    page.goto(f"{desk.origin}/d/{shelf.FLAWED}")

    assert sent == ["POST", "POST", "POST"]
    assert statuses
    assert set(statuses) <= {401, 403}
    expect(page.locator("#state .standing")).to_have_attribute("data-standing", "attention")
    expect(page.locator("#history [data-decision]")).to_have_count(0)


def test_another_name_for_this_machine_reads_nothing(page: Page, desk: DeskProcess) -> None:
    """A name of the attacker's that leads to 127.0.0.1 gets neither a page nor a cookie (DNS rebinding)."""
    for path in ("/", "/enter", f"/d/{shelf.FLAWED}", "/static/desk.js"):
        answer = page.goto(f"http://{REBOUND}:{desk.port}{path}")
        assert answer is not None
        assert answer.status == 421, path
        assert "حوارات" not in page.content()

    assert page.context.cookies(f"http://{REBOUND}:{desk.port}/") == []


def test_without_the_cookie_there_is_nothing(chrome: Browser, desk: DeskProcess) -> None:
    """Another profile on this machine, without the start address, gets no page, no style and no script."""
    with window(chrome) as (context, _):
        page = context.new_page()
        for path in ("/", "/next", "/keys", f"/d/{shelf.FLAWED}", "/static/desk.js", "/fonts/naskh-arabic-400.woff2"):
            answer = page.goto(desk.origin + path)
            assert answer is not None
            assert answer.status == 401, path
        page.goto(f"{desk.origin}/")
        page.locator("[name=token]").fill("guessed")
        page.locator("button").click()
        assert context.cookies() == []


def test_the_token_does_not_stay_in_the_address(page: Page, desk: DeskProcess) -> None:
    """The address bar and the history of the tab never had it, and no script sees the cookie."""
    assert page.url == f"{desk.origin}/"
    page.go_back()
    assert "token" not in page.url
    desk.enter(page)
    names = [cookie.partition("=")[0] for cookie in page.evaluate("document.cookie").split("; ")]
    # the language that the test chose, and the port
    assert [name for name in names if name != "tadwin_language" and not name.startswith("tadwin_at_")] == []


def test_the_start_token_opens_once(page: Page, chrome: Browser, desk: DeskProcess, tmp_path: Path) -> None:
    """A copy of the file that was used opens nothing; the file itself has the next token, for another browser."""
    file = Path(desk.entry.removeprefix("file://"))
    copy = tmp_path / "copy.html"
    copy.write_bytes(file.read_bytes())
    with window(chrome) as (context, _):
        desk.enter(context.new_page())
    with window(chrome) as (context, _):
        stranger = context.new_page()
        stranger.goto(copy.as_uri(), wait_until="commit")
        stranger.wait_for_url(f"{desk.origin}/enter")
        expect(stranger.locator("[name=token]")).to_be_visible()
        assert context.cookies(desk.origin) == []
    expect(page.locator("#drafts")).to_be_visible()


def test_no_page_frames_the_desk(page: Page, desk: DeskProcess) -> None:
    """A frame around the desk, also of its own origin, stays empty (clickjacking)."""
    page.goto(f"{desk.origin}/keys")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    with attacker(f"{desk.origin}/", {}) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.evaluate(
            "(address) => { const f = document.createElement('iframe'); f.src = address; document.body.append(f); }",
            desk.origin,
        )
        page.wait_for_timeout(300)

    assert any("frame-ancestors" in text for text in refused)
