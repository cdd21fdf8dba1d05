"""Every field says how much it takes, and what is larger is refused before any work is done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.review.edits import TEXT_MOST, Edit, EditAction
from tests.fakes import desks
from tests.fakes.browser import OWN, Browser

ONE = desks.article()
ID = ONE.script.video.id
UNTYPED = re.compile(r'type="(?:hidden|number|date|checkbox)"|readonly')


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """An editor at the desk of one article."""
    return Browser(desks.desk(tmp_path, ONE))


def test_every_typed_field_has_a_limit(browser: Browser) -> None:
    """Texts, reasons, terms, searches: on the list, the draft and the page of a conflict."""
    old = browser.seen(ID)
    browser.change(ID, "title", "write", "آخر")
    conflict = browser.post(f"/d/{ID}/block", {"seen": old, "place": "lead", "action": "write", "text": "ثالث"})
    for page in (browser.get("/"), browser.get(f"/d/{ID}"), conflict):
        fields = [field for field in re.findall(r"<(?:input|textarea)\b[^>]*>", page.html) if not UNTYPED.search(field)]
        assert fields
        assert [field for field in fields if "maxlength=" not in field] == []


def test_a_text_beyond_the_limit_costs_nothing(browser: Browser, tmp_path: Path) -> None:
    """It is refused in a moment and nothing of it is kept; one at the limit is taken."""
    browser.get(f"/d/{ID}")  # which is remembered
    before = sorted(path.name for path in (tmp_path / "reviews").iterdir())

    assert browser.change(ID, "lead", "write", "ك" * (TEXT_MOST + 1)).status == 422
    assert sorted(path.name for path in (tmp_path / "reviews").iterdir()) == before
    assert browser.change(ID, "title", "write", "ك" * TEXT_MOST).status == 303


def test_a_late_text_beyond_the_limit_is_not_set_aside(browser: Browser) -> None:
    """What comes too late and is too long is refused as any other, without a line in the history."""
    old = browser.seen(ID)
    browser.change(ID, "title", "write", "آخر")
    edit = Edit("lead", EditAction.WRITE, "ك" * (TEXT_MOST + 1))
    answer = browser.post(f"/d/{ID}/block", {"seen": old, "place": edit.place, "action": "write", "text": edit.text})

    assert answer.status in {409, 422}
    assert len(browser.desk.articles.open(ID).history.events) == 1


@pytest.mark.parametrize("path", ["/enter", f"/d/{ID}/block", "/bulk"])
def test_a_body_without_an_end_is_refused(browser: Browser, path: str) -> None:
    """A body in chunks is not read to its end, whatever it is for."""
    sent = 0

    def chunks() -> object:
        nonlocal sent
        while sent < 50:
            sent += 1
            yield b"a" * 100_000

    assert browser.client.post(path, content=chunks(), headers=OWN).status_code in {401, 411}
