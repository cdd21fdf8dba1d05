"""Editing, deciding and comparing on the desk's pages, without a script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from pipeline.review.desk import Desk
from tests.fakes import desks
from tests.fakes.browser import OWN, Browser

ONE = desks.article()
ID = ONE.script.video.id


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with one clean and one weak article, and one of another channel."""
    weak = desks.flawed(desks.article(desks.video(1)))
    other = desks.article(desks.video(2, channel="أخرى", title="كيف تعمل Python 3.14 على C++؟"))
    return desks.desk(tmp_path, ONE, weak, other)


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """An editor at that desk."""
    return Browser(desk)


# --- editing ---


def test_the_form_of_every_block_saves_what_it_shows(browser: Browser, desk: Desk) -> None:
    """Each block's form, sent as it came, changes nothing: what a browser does to line ends included."""
    page = browser.get(f"/d/{ID}")
    forms = re.findall(r'<form class="write".*?</form>', page.html, re.DOTALL)

    for form in forms:
        place = re.findall(r'name="place" value="([^"]+)"', form)[0]
        shown = re.findall(
            r'<textarea[^>]*>\n?(.*?)</textarea>|<input name="text"[^>]*value="([^"]*)"', form, re.DOTALL
        )
        text = unescape("".join(shown[0])).replace("\n", "\r\n")
        assert browser.change(ID, place, "write", text).status == 303

    assert len(forms) > 15
    assert desk.articles.open(ID).history.events == ()


def test_a_saved_change_is_on_the_page_it_leads_to(browser: Browser) -> None:
    """After saving, the reader comes back to the block, sees the text, and that it was saved."""
    answer = browser.change(ID, "sections.1", "write", "عنوان جديد للقسم")

    assert (answer.status, answer.headers["location"]) == (303, f"/d/{ID}?saved=1&at=sections.1#b-sections-1")
    page = browser.get(f"/d/{ID}?saved=1")
    assert page.has("عنوان جديد للقسم")
    assert page.has("حُفظ")
    assert page.has("محرَّرة")
    assert page.has("سلمى حرّر")


@pytest.mark.parametrize(
    ("place", "action", "text"),
    [
        ("background.1", "remove", ""),
        ("sections.1", "down", ""),
        ("sections.2", "up", ""),
        ("sections.2", "merge", ""),
        ("lead", "add", "فقرة أضيفت هنا."),
        ("transition", "section", "قسم أضيف\nنصه."),
    ],
)
def test_blocks_are_added_removed_moved_and_merged(browser: Browser, place: str, action: str, text: str) -> None:
    """Every button works without a script."""
    before = browser.seen(ID)

    assert browser.change(ID, place, action, text).status == 303
    assert browser.seen(ID) != before
    assert browser.get(f"/d/{ID}").has(text.splitlines()[0] if text else "")


def test_only_buttons_that_work_are_shown(browser: Browser) -> None:
    """No button of the page is refused: what the rules do not allow is not offered."""
    page = browser.get(f"/d/{ID}")
    for form in re.findall(r'<form class="write".*?</form>', page.html, re.DOTALL):
        place = re.findall(r'name="place" value="([^"]+)"', form)[0]
        for action in re.findall(r'name="action" value="(remove|up|down|merge)"', form):
            assert browser.change(ID, place, action).status == 303, (place, action)
            browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "0"})


def test_a_change_that_is_not_allowed_is_said(browser: Browser) -> None:
    """An empty text is refused with a page, and the draft stays."""
    before = browser.seen(ID)

    page = browser.change(ID, "title", "write", "  ")

    assert (page.status, browser.seen(ID)) == (422, before)
    assert page.has("لا نص هنا")


def test_a_stale_change_shows_both_texts(browser: Browser) -> None:
    """409, both texts on one page, and the second attempt from there saves."""
    form = {"seen": browser.seen(ID), "place": "sections.1", "action": "write", "text": "عنوان النافذة الثانية"}
    browser.change(ID, "sections.1", "write", "عنوان النافذة الأولى")

    page = browser.post(f"/d/{ID}/block", form)

    assert page.status == 409
    assert page.has("عنوان النافذة الثانية")
    assert page.has("عنوان النافذة الأولى")
    again = browser.post(f"/d/{ID}/block", {**form, "seen": page.attribute("value") and browser.seen(ID)})
    assert again.status == 303
    assert browser.get(f"/d/{ID}").has("تعديل من نافذة أخرى، محفوظ جانبًا")


def test_evidence_is_set_by_hand(browser: Browser) -> None:
    """The numbers of sentences, typed, are the statement's links."""
    assert browser.change(ID, "sections.1.1", "cite", "3 4", statement=1).status == 303

    assert 'id="b-sections-1-1-1" data-n="1" data-cites="3 4"' in browser.get(f"/d/{ID}").html


# --- as data, for the page's script ---


def test_a_script_gets_the_block_as_it_now_stands(browser: Browser) -> None:
    """Saved: the new digest, the status, how many findings, and the block with its statements."""
    data = {"seen": browser.seen(ID), "place": "lead", "action": "write", "text": "غرقت 99 سفينة."}

    page = browser.post(f"/d/{ID}/block", data, {**OWN, "Accept": "application/json"})

    answer = json.loads(page.html)
    assert answer["draft"] == browser.seen(ID)
    assert (answer["standing"], answer["block"]["place"]) == ("edited", "lead")
    assert (
        answer["findings"]
        == len(re.findall(r"<li data-tone=\"\w+\"><span id=\"[\w-]+\"><a href=\"#b-", browser.get(f"/d/{ID}").html))
        > 0
    )
    assert answer["block"]["lines"][0]["text"][0]["text"].startswith("غرقت")


def test_a_script_gets_both_texts_of_a_conflict(browser: Browser) -> None:
    """409 with the digest that counts, its text and the refused one; 422 with the reason."""
    json_please = {**OWN, "Accept": "application/json"}
    form = {"seen": browser.seen(ID), "place": "title", "action": "write", "text": "لي"}
    browser.change(ID, "title", "write", "لغيري")

    late = browser.post(f"/d/{ID}/block", form, json_please)
    empty = browser.post(f"/d/{ID}/block", {**form, "seen": browser.seen(ID), "text": ""}, json_please)

    assert (late.status, empty.status) == (409, 422)
    answer = json.loads(late.html)
    assert (answer["draft"], answer["current"], answer["yours"]) == (browser.seen(ID), "لغيري", "لي")
    assert json.loads(empty.html)["error"] == "لا نص هنا؛ للحذف زر خاص به."


# --- deciding, comparing, restoring ---


def test_an_article_is_approved_and_exported(browser: Browser, tmp_path: Path) -> None:
    """From the page of the draft to the files, without a script."""
    assert browser.get(f"/d/{ID}").has("approved/") is False
    browser.post(f"/d/{ID}/decide", {"seen": browser.seen(ID), "decision": "approve"})
    assert browser.get(f"/d/{ID}").has("مقبولة")

    assert browser.post(f"/d/{ID}/export", {"seen": browser.seen(ID)}).status == 303

    assert browser.get(f"/d/{ID}").has("مصدَّرة")
    assert len(list((tmp_path / "approved").glob("*/article.html"))) == 1


def test_approve_and_next_leads_on(browser: Browser) -> None:
    """One button decides and opens the next."""
    form = {"seen": browser.seen(ID), "decision": "approve", "then": "next"}

    assert browser.post(f"/d/{ID}/decide", form).headers["location"] == f"/next?after={ID}"


@pytest.mark.parametrize(("decision", "standing"), [("reject", "مرفوضة"), ("return", "تحتاج إلى نظر")])
def test_a_refusal_keeps_its_reason(browser: Browser, decision: str, standing: str) -> None:
    """The reason stands in the history; without one nothing is decided."""
    form = {"seen": browser.seen(ID), "decision": decision, "reason": ""}
    assert browser.post(f"/d/{ID}/decide", form).status == 422

    assert browser.post(f"/d/{ID}/decide", {**form, "reason": "ينقصه القسم الأخير"}).status == 303

    page = browser.get(f"/d/{ID}")
    assert page.has(standing)
    assert page.has("ينقصه القسم الأخير")


def test_a_decision_on_another_draft_is_refused(browser: Browser) -> None:
    """Who approves what they did not see is told so."""
    stale = browser.seen(ID)
    browser.change(ID, "title", "write", "آخر")

    page = browser.post(f"/d/{ID}/decide", {"seen": stale, "decision": "approve"})

    assert (page.status, page.has("تعارض")) == (409, True)
    assert browser.get(f"/d/{ID}").has("محرَّرة")


def test_differences_are_shown_word_by_word(browser: Browser) -> None:
    """What went and what came, between the machine's draft and the one that counts."""
    assert browser.get(f"/d/{ID}/diff").has("لا فروق.")
    browser.change(ID, "sections.1", "write", "منبع الفرات ومجراه الكبير")

    page = browser.get(f"/d/{ID}/diff")

    assert "<ins>الكبير</ins>" in page.html
    assert len(re.findall("data-changed", page.html)) == 1


def test_the_history_compares_and_restores(browser: Browser, desk: Desk) -> None:
    """Every entry leads to its differences and back to its draft, and the machine's draft is number 0."""
    browser.change(ID, "title", "write", "عنوان أول")
    browser.change(ID, "title", "write", "عنوان ثان")

    assert "<del>أول</del>" in browser.get(f"/d/{ID}/diff?from=1").html
    assert browser.get(f"/d/{ID}/diff?from=99").status == 404
    browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "1"})
    assert desk.articles.open(ID).article.draft.title == "عنوان أول"
    browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "0"})
    assert desk.articles.open(ID).article.draft == ONE.draft


def test_a_newer_draft_is_offered_as_differences(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    """A note on the page, the differences, and a button that takes it."""
    browser.change(ID, "title", "write", "عنوان إنسان")
    desks.publish(tmp_path, desks.flawed(ONE, "جملة من تشغيل أحدث."))

    assert browser.get(f"/d/{ID}").has("كتبت الآلة مسودة أحدث")
    assert "أحدث" in browser.get(f"/d/{ID}/diff?to=offer").html
    assert browser.post(f"/d/{ID}/take", {"seen": browser.seen(ID)}).status == 303
    assert desk.articles.open(ID).article.draft.title == ONE.draft.title
    assert not browser.get(f"/d/{ID}").has("كتبت الآلة مسودة أحدث")


def test_a_section_written_anew_is_shown_before_it_is_taken(browser: Browser, desk: Desk) -> None:
    """The proposal is a page of differences with one button; nothing changes before that."""
    before = browser.seen(ID)
    answer = browser.post(f"/d/{ID}/regenerate", {"seen": before, "place": "sections.3"})

    assert browser.get(answer.headers["location"]).status == 200
    assert browser.seen(ID) == before
    assert browser.post(f"/d/{ID}/accept", {"seen": before, "place": "sections.3"}).status == 303
    assert desk.articles.open(ID).article.draft.sections[2].heading == ONE.draft.sections[2].heading


def test_a_correction_is_offered_and_applied_by_hand(browser: Browser) -> None:
    """Recorded on one draft, it is offered on the channel's next, block by block, and can be taken back."""
    assert browser.post(f"/d/{ID}/term", {"wrong": "تركيا", "right": "توركيا"}).status == 303

    page = browser.get("/d/video000001")
    assert page.has("صُحّح من قبل في هذه القناة")
    form = re.findall(r'<form class="replace".*?</form>', page.html, re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert browser.post("/d/video000001/block", dict(fields)).status == 303
    assert browser.get("/d/video000001").has("توركيا")
    assert not browser.get("/d/video000002").has("صُحّح من قبل")
    browser.post(f"/d/{ID}/term", {"wrong": "تركيا", "right": "توركيا", "kept": "no"})
    assert not browser.get(f"/d/{ID}").has("صُحّح من قبل")


def test_a_heading_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    """A section without one says so, its form takes one, and the article can be approved with it and without."""
    bare = desks.checked(
        ONE.script, replace(ONE.draft, sections=tuple(replace(s, heading="") for s in ONE.draft.sections))
    )
    browser = Browser(desks.desk(tmp_path, bare))
    page = browser.get(f"/d/{ID}")
    assert page.html.count("قسم بلا عنوان") >= len(bare.draft.sections)
    assert browser.change(ID, "sections.1", "write", "").status == 303
    assert browser.post(f"/d/{ID}/decide", {"seen": browser.seen(ID), "decision": "approve"}).status == 303

    assert browser.change(ID, "sections.1", "write", "منبع النهر").status == 303
    assert browser.get(f"/d/{ID}").has("منبع النهر")
    assert browser.change(ID, "sections.1", "write", "").status == 422
