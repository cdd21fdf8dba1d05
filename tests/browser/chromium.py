"""The system's Chromium, kept off the network, with a fake player where YouTube's would be."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

in_both_languages = pytest.mark.parametrize("language", ["ar", "en"])
"""For tests with the fixtures `page` or `draft`, whose interface then speaks the language."""
PLAYER = "https://www.youtube-nocookie.com"
REBOUND = "evil.example"
"""A foreign name that leads to this machine."""
FAKE = Path(__file__).parents[1] / "fakes" / "player.html"
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-color-profile=srgb"),
    f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1",
)
_WATCH = """
addEventListener("securitypolicyviolation", (event) => reported(`${event.effectiveDirective} ${event.blockedURI}`));
for (const kind of ["keydown", "click"]) {
  addEventListener(kind, (event) => acted(`${kind} ${event.key ?? event.target.nodeName} ${event.isTrusted}`), true);
}
"""


@dataclass(slots=True)
class Seen:
    """What a page did that a person would not see."""

    escapes: list[str] = field(default_factory=list)
    """Addresses beyond the desk and the player that something asked for; each was refused."""
    player: list[str] = field(default_factory=list)
    """Addresses asked of the player's host."""
    reports: list[str] = field(default_factory=list)
    """Violations of the Content-Security-Policy."""
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Exceptions that no script caught."""
    acts: list[str] = field(default_factory=list)
    """Every key and click as it arrived."""

    @property
    def clean(self) -> bool:
        """Whether nothing happened that must not."""
        return not (self.escapes or self.reports or self.dialogs or self.errors)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser."""
    found = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        yield opened
        opened.close()


@contextmanager
def window(shown: Browser, *, offline: bool = False, **options: Any) -> Iterator[tuple[BrowserContext, Seen]]:  # noqa: ANN401 - Playwright's own options
    """A fresh profile whose pages reach this machine and the fake player only, or with `offline` not even that."""
    seen = Seen()
    context = shown.new_context(**{"viewport": {"width": 1280, "height": 860}, "locale": "ar", **options})
    context.set_default_timeout(10_000)

    def answer(route: Route) -> None:
        address = route.request.url
        if address.startswith(PLAYER + "/"):
            seen.player.append(address)
            if offline:
                route.abort("internetdisconnected")
            else:
                route.fulfill(path=FAKE, content_type="text/html; charset=utf-8")
        elif address.startswith(("file://", "http://127.0.0.1:", "http://localhost:", f"http://{REBOUND}:")):
            route.continue_()
        else:
            seen.escapes.append(address)
            route.abort("blockedbyclient")

    context.route("**/*", answer)
    context.expose_function("reported", lambda said: seen.reports.append(said))  # noqa: PLW0108 - Playwright marks the function
    context.expose_function("acted", lambda said: seen.acts.append(said))  # noqa: PLW0108 - the same
    context.add_init_script(_WATCH)
    context.on("page", lambda page: watch(page, seen))
    yield context, seen
    context.close()


def speak(context: BrowserContext, language: str) -> None:
    """Have every desk of this machine speak a language, as its button does."""
    context.add_cookies([{"name": "tadwin_language", "value": language, "url": "http://127.0.0.1"}])


def ready(page: Page) -> None:
    """Wait until the page's script listens: the last thing it does is to show what only works with it."""
    expect(page.locator("[data-script]").first).to_be_visible()


def watch(page: Page, seen: Seen) -> None:
    """Note dialogs and uncaught errors of a page."""

    def dismissed(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
