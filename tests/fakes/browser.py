"""A browser without a window: keeps cookies, follows links, fills forms, and says where a request comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient

from pipeline.review.desk import Desk
from pipeline.review.security import SessionSecrets
from pipeline.review.web import application

PORT = 8123
KEYS = SessionSecrets("start-token", "session-secret")
ORIGIN = f"http://127.0.0.1:{PORT}"
OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


@dataclass
class Page:
    """What a browser would see."""

    status: int
    headers: dict[str, str]
    html: str

    def has(self, text: str) -> bool:
        """Whether a reader sees the text."""
        return text in self.text

    @property
    def text(self) -> str:
        """All that is read, without markup; what stands in the fields of forms is read too."""
        typed = " ".join(re.findall(r'value="([^"]*)"', self.html))
        return " ".join(unescape(f"{re.sub(r'<[^>]+>', '', self.html)} {typed}").split())

    @property
    def tags(self) -> set[str]:
        """Names of all elements."""
        parser = Tags()
        parser.feed(self.html)
        return parser.names

    def attribute(self, name: str) -> str:
        """The first value of an attribute."""
        return unescape(re.findall(rf'\b{name}="([^"]*)"', self.html)[0])


@dataclass
class Tags(HTMLParser):
    """Collects the elements of a page, and the attributes that could run something."""

    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read entities as a browser does."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}}


class Browser:
    """Somebody at the desk."""

    def __init__(self, desk: Desk, *, entered: bool = True) -> None:
        """Hand over the start token, unless the visitor has none."""
        self.desk = desk
        self.client = TestClient(application(desk, KEYS, port=PORT), base_url=ORIGIN, follow_redirects=False)
        if entered:
            self.client.post("/enter", data={"token": KEYS.token}, headers={"Origin": "null"})

    def get(self, address: str, **headers: str) -> Page:
        """One page."""
        return self._page(self.client.get(address, headers=headers))

    def post(self, address: str, data: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Page:
        """Send a form, as this server's own page does unless other headers are given."""
        return self._page(self.client.post(address, data=data, headers=OWN if headers is None else headers))

    def seen(self, video: str) -> str:
        """The digest that the page of a draft carries."""
        return self.get(f"/d/{video}").attribute("data-draft")

    def change(self, video: str, place: str, action: str, text: str = "", **other: object) -> Page:
        """Change one block of the draft as it now is."""
        data = {"seen": self.seen(video), "place": place, "action": action, "text": text, **other}
        return self.post(f"/d/{video}/block", data)

    @staticmethod
    def _page(answer: object) -> Page:
        status, headers, text = (getattr(answer, name) for name in ("status_code", "headers", "text"))
        return Page(status, dict(headers), text)


def opened(folder: Path) -> list[str]:
    """Names of all files below a folder, to see what a request left behind."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if "sqlite" not in path.name)
