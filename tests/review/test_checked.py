"""Findings that a person looked at, and what approving says of the others."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import EditRefused, StaleDraft
from pipeline.review.desk import Desk
from pipeline.review.edits import Edit, EditAction
from pipeline.review.rules import finding_key
from pipeline.types.article import Finding
from pipeline.types.review import Decision, FindingKey, QueueFilter, ReviewStatus
from tests.fakes import desks
from tests.fakes.browser import Browser

BAD = desks.flawed(desks.article())
ID = BAD.script.video.id
PLACE = "sections.1.1"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with an article that has findings."""
    return desks.desk(tmp_path, BAD)


def findings(desk: Desk) -> tuple[Finding, ...]:
    """Those that count now."""
    return desk.articles.open(ID).article.report.findings


def check(desk: Desk, finding: Finding, *, checked: bool = True) -> None:
    """Mark it."""
    desk.check_finding(ID, desk.articles.open(ID).digest, finding_key(finding), checked=checked)


def test_a_checked_finding_no_longer_counts_and_says_who_and_when(desk: Desk, tmp_path: Path) -> None:
    """It is gone from the report, the list and a desk opened later; the journal has name and time, the text stays."""
    first, *others = findings(desk)

    check(desk, first)

    review = desks.desk(tmp_path).articles.open(ID)
    assert review.article.report.findings == tuple(others)
    ((finding, event),) = review.checked
    assert (finding, event.author, event.time > desks.NOON, event.decision) == (first, "سلمى", True, Decision.CHECK)
    assert review.article.draft == BAD.draft
    assert review.status is ReviewStatus.ATTENTION
    assert desk.articles.queue(QueueFilter()).rows[0].findings == len(others)


def test_with_all_checked_nothing_needs_attention(desk: Desk) -> None:
    """The draft is as one without findings, until one of them counts again."""
    before = findings(desk)
    for finding in before:
        check(desk, finding)
    assert desk.articles.open(ID).status is ReviewStatus.NEW

    check(desk, before[0], checked=False)

    assert findings(desk) == before[:1]
    assert desk.articles.open(ID).status is ReviewStatus.ATTENTION


def test_it_holds_for_exactly_this_text_and_finding(desk: Desk) -> None:
    """Moved, the sentence stays checked; with one more word it is looked at anew, and so is another figure."""
    number = next(finding for finding in findings(desk) if finding.detail == "77")
    check(desk, number)
    text = " ".join(each.text for each in BAD.draft.sections[0].paragraphs[0].statements)

    def edited(changed: str) -> list[str]:
        review = desk.edit(ID, desk.articles.open(ID).digest, Edit(PLACE, EditAction.WRITE, changed))
        return [each.detail for each in review.article.report.findings if each.flaw is number.flaw]

    assert edited(text + " انتهى.") == []
    assert edited(text.replace("في البحر", "في البحر كلها")) == ["77"]
    assert edited(text.replace("77", "78")) == ["78"]


def test_only_a_finding_of_the_draft_that_was_seen_is_checked(desk: Desk) -> None:
    """Nothing made up, nothing twice, and nothing on a draft that changed meanwhile."""
    first = findings(desk)[0]
    with pytest.raises(EditRefused, match="no such finding"):
        desk.check_finding(ID, desk.articles.open(ID).digest, FindingKey(first.flaw, first.text, "nothing"))
    with pytest.raises(StaleDraft):
        desk.check_finding(ID, "0" * 64, finding_key(first))
    check(desk, first)
    with pytest.raises(EditRefused, match="no such finding"):
        check(desk, first)


def test_what_was_checked_is_not_exported(desk: Desk) -> None:
    """Readers get the findings that are open, and not those that were checked."""
    first = findings(desk)[0]
    check(desk, first)
    desk.decide(ID, desk.articles.open(ID).digest, Decision.APPROVE)

    folder = desk.export(ID, desk.articles.open(ID).digest)

    record = (folder / "article.json").read_text("utf-8")
    assert f'"detail": "{first.detail}"' not in record.replace('":"', '": "')


@pytest.mark.parametrize("language", ["ar", "en"])
def test_approving_names_the_open_findings_and_asks_once(desk: Desk, language: str) -> None:
    """The first click shows each finding and approves nothing; the second approves; without findings nobody asks."""
    browser = Browser(desk)
    browser.client.cookies.set("tadwin_language", language)
    form = {"seen": browser.seen(ID), "decision": "approve", "then": "next", "seconds": "7"}

    asked = browser.post(f"/d/{ID}/decide", form)

    assert (asked.status, asked.headers["location"]) == (303, f"/d/{ID}/approve?then=next&seconds=7")
    asked = browser.get(asked.headers["location"])
    assert len(re.findall(r'<li data-tone="(?:certain|hint)"', asked.html)) == len(findings(desk))
    assert asked.has("77")
    assert desk.articles.open(ID).status is ReviewStatus.ATTENTION
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.html))
    answer = browser.post(f"/d/{ID}/decide", hidden)
    assert (answer.status, answer.headers["location"]) == (303, f"/next?after={ID}")
    review = desk.articles.open(ID)
    assert (review.status, review.history.events[-1].seconds) == (ReviewStatus.APPROVED, 7)


def test_findings_are_checked_on_the_page_without_a_script(desk: Desk) -> None:
    """Every finding has its button; what was checked is listed with name and time, and can count again."""
    browser, before = Browser(desk), findings(desk)
    form = re.findall(r'<form class="check".*?</form>', browser.get(f"/d/{ID}").html, re.DOTALL)
    assert len(form) == len(before)
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))

    assert browser.post(f"/d/{ID}/check", hidden).status == 303
    page = browser.get(f"/d/{ID}")
    assert page.has("ملاحظات راجعها إنسان (1)")
    assert page.has("سلمى · 2026-11-23")
    assert page.has("سلمى راجع ملاحظة")
    assert len(findings(desk)) == len(before) - 1

    assert browser.post(f"/d/{ID}/check", hidden | {"kept": "no"}).status == 303
    assert findings(desk) == before


def test_evidence_is_offered_and_attached_by_a_button(desk: Desk) -> None:
    """A sentence without evidence shows up to three near passages; a click attaches one, and nothing else changes."""
    browser = Browser(desk)
    browser.change(ID, "sections.1", "add", "وأقامت سوريا سد الفرات لتوليد الكهرباء.")
    assert desk.articles.open(ID).article.draft.sections[0].paragraphs[0].cites == ()
    page = browser.get(f"/d/{ID}")
    offers = re.findall(r'<form class="attach".*?</form>', page.html, re.DOTALL)
    own = [each for each in offers if 'value="sections.1.1"' in each]
    chosen = next(each for each in own if 'name="text" value="6"' in each)
    assert 1 <= len(own) <= 3

    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', chosen))
    assert browser.post(f"/d/{ID}/block", hidden | {"action": "attach"}).status == 303

    review = desk.articles.open(ID)
    assert review.article.draft.sections[0].paragraphs[0].cites == (6,)
    assert [each for each in review.article.report.findings if each.place == "sections.1.1"] == []


def test_a_name_corrected_in_the_glossary_quiets_its_finding(desk: Desk) -> None:
    """Spelled as it should be the name is not in the captions; once the correction is known it counts as heard."""
    at = next(place for place, each in BAD.draft.paragraphs() if "تركيا" in " ".join(s.text for s in each.statements))
    desk.edit(ID, desk.articles.open(ID).digest, Edit(at, EditAction.REPLACE, "أناضوليا", wrong="تركيا"))
    named = [each for each in findings(desk) if "أناضوليا" in each.detail]
    assert named

    desk.correct(ID, "تركيا", "أناضوليا")

    assert [each for each in findings(desk) if "أناضوليا" in each.detail] == []
    assert {each.detail for each in findings(desk)} >= {"77"}
    assert replace(named[0], detail="") not in findings(desk)
