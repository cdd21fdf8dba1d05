"""Hostile text through every field, onto every page: it is shown, and it is never markup."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipeline.review.edits import Edit, EditAction
from pipeline.types.article import Article, Chapter, Finding, Flaw, Paragraph, Section, Statement
from pipeline.types.review import Decision
from tests.fakes import desks
from tests.fakes.browser import Browser, Tags
from tests.fakes.payloads import PAYLOADS

ID = "aaaaaaaaaaa"
TEMPLATES = sorted((Path(__file__).parents[2] / "pipeline" / "review" / "templates").glob("*.html"))
OWN_TAGS = {tag for path in TEMPLATES for tag in re.findall(r"<([a-z][a-z0-9]*)", path.read_text(encoding="utf-8"))}
"""Every element that the templates write."""


def hostile(payload: str) -> Article:
    """An article with the text in every field that a source or a writer fills."""
    one = desks.article()
    texts: dict[str, Any] = {
        name: f"{payload} {name}" for name in ("title", "channel", "description", "url", "language")
    }
    video = replace(one.script.video, **texts, chapters=(Chapter(0.0, payload),), tags=(payload,))
    first, *rest = one.script.passages
    said = replace(first.sentences[1], text=f"{first.sentences[1].text} {payload}")
    passage = replace(first, heading=payload, sentences=(first.sentences[0], said, *first.sentences[2:]))
    script = replace(one.script, video=video, passages=(passage, *rest))
    paragraph = Paragraph((Statement(f"{payload} في المقال", (2,)), *one.draft.lead.statements))
    section = Section(payload, (paragraph,))
    draft = replace(one.draft, title=payload, headline=payload, lead=paragraph, sections=(section, *one.draft.sections))
    made = desks.checked(script, draft)
    finding = Finding(Flaw.NAME, "lead", paragraph.statements[0].text, payload)
    gap = Finding(Flaw.UNCOVERED, "article", payload, payload)
    return replace(made, report=replace(made.report, findings=(*made.report.findings, finding, gap)))


def visited(folder: Path, payload: str) -> list[str]:
    """Every kind of page after the text was also typed wherever a person can type."""
    desk = desks.desk(folder, hostile(payload), author=payload[:80])
    browser = Browser(desk)
    old = browser.seen(ID)
    desk.edit(ID, old, Edit("lead", EditAction.ADD, f"{payload} محرَّر"))
    desk.decide(ID, browser.seen(ID), Decision.RETURN, payload)
    browser.post(f"/d/{ID}/term", {"wrong": "النهر", "right": payload[:100]})
    desks.publish(folder, replace(hostile(payload + " أحدث")))
    conflict = {"seen": old, "place": payload, "action": "write", "text": payload, "wrong": payload}
    pages = [
        browser.get("/"),
        *(
            browser.get(path)
            for path in (f"/d/{ID}", f"/d/{ID}/diff", f"/d/{ID}/diff?to=offer", f"/d/{ID}/diff?from=1")
        ),
        browser.client.get("/", params={"q": payload, "channel": payload, "status": payload, "since": payload}),
        browser.client.get(f"/d/{quote(payload, safe='')}"),
        browser.post(f"/d/{ID}/block", conflict),
        browser.post(f"/d/{ID}/block", {**conflict, "place": "lead"}),
        browser.post(f"/d/{ID}/block", {**conflict, "seen": browser.seen(ID)}),
        browser.post("/bulk", {"chosen": f"{payload}:{payload}", "action": "approve"}),
    ]
    return [getattr(page, "html", "") or getattr(page, "text", "") for page in pages]


@pytest.mark.parametrize("part", range(12))
def test_no_field_becomes_markup(tmp_path: Path, part: int) -> None:
    """On every page: no element, event or address that the templates did not write."""
    for html in visited(tmp_path, " ".join(PAYLOADS[part::12])):
        parser = Tags()
        parser.feed(html)
        assert parser.names <= OWN_TAGS
        assert html.count("<script") == html.count('<script type="module" src="/static/')
        assert {name for name in parser.attributes if name.startswith("on") or name in {"style", "srcdoc"}} == set()
        assert {a for a in parser.addresses if not a.startswith(("/", "#", "?", "https://", "data:,"))} == set()


def test_there_are_enough_payloads() -> None:
    """The corpus has more than eighty texts, each once."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 80


def test_a_payload_is_shown_as_it_was_written(tmp_path: Path) -> None:
    """Escaping hides nothing: the reader sees the very signs."""
    desk = desks.desk(tmp_path, hostile("<b onclick=alert(1)>اسم & لقب</b>"))

    page = Browser(desk).get(f"/d/{ID}")

    assert page.has("<b onclick=alert(1)>")
    assert page.has("اسم & لقب")


def test_a_title_cannot_turn_the_text_around(tmp_path: Path) -> None:
    """Direction overrides of a title, a name or a sentence are not shown on any page."""
    overrides = "\u202e\u2066\u202d\u061c"

    for html in visited(tmp_path, f"اسم{overrides}.exe"):
        assert not set(overrides) & set(html)
