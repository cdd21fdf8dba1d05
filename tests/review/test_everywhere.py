"""A name corrected once for all: previewed, replaced, remembered, and put into later drafts."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from pipeline.app.wiring import corrections
from pipeline.arabic.terms import Term
from pipeline.errors import EditRefused
from pipeline.review import everywhere
from pipeline.review.blocks import blocks
from pipeline.review.desk import Desk
from pipeline.types.review import Decision
from tests.fakes import desks
from tests.fakes.browser import Browser

ONE = desks.quoting(desks.article(), 2)
ID = ONE.script.video.id
SAME, DONE, OTHER = "video000001", "video000002", "video000003"
TERM = Term("تركيا", "أناضوليا")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three drafts of one channel, one of them approved, and one of another channel."""
    others = (desks.video(1), desks.video(2), desks.video(3, channel="قناة أخرى"))
    desk = desks.desk(tmp_path, ONE, *(desks.quoting(desks.article(video), 2) for video in others))
    desk.decide(DONE, desk.articles.open(DONE).digest, Decision.APPROVE)
    return desk


def text(desk: Desk, video: str) -> str:
    """A whole draft as it now is."""
    return "\n".join(block.text for block in blocks(desk.articles.open(video).article.draft))


def test_the_plan_names_every_place_in_open_drafts_of_the_channel(desk: Desk) -> None:
    """This draft comes first; what is decided and other channels are left out; nothing is changed by looking."""
    plans = everywhere.planned(desk.articles, ID, TERM)

    assert [plan.video for plan in plans] == [ID, SAME]
    places = [block.place for block in blocks(ONE.draft) if "تركيا" in block.text]
    assert [[place for place, _ in plan.places] for plan in plans] == [places, places]
    assert desk.articles.open(ID).history.events == ()


def test_only_the_chosen_places_are_replaced_and_evidence_stays(desk: Desk) -> None:
    """One act for each draft; a place that was not chosen keeps the name."""
    plans = everywhere.planned(desk.articles, ID, TERM)
    (first, *rest), other = [place for place, _ in plans[0].places], plans[1].places[0][0]
    assert rest

    failed = everywhere.replace_in(desk.articles, TERM, [(ID, plans[0].draft, first), (SAME, plans[1].draft, other)])

    assert failed == ()
    review = desk.articles.open(ID)
    assert review.history.events[-1].edits == (first,)
    changed = {block.place: block for block in blocks(review.article.draft)}
    for block in blocks(ONE.draft):
        now = changed[block.place]
        assert now.text == (block.text.replace("تركيا", "أناضوليا") if block.place == first else block.text)
        assert (now.paragraph and now.paragraph.cites) == (block.paragraph and block.paragraph.cites)
    assert text(desk, SAME).count("أناضوليا") >= 1
    assert "أناضوليا" not in text(desk, DONE) + text(desk, OTHER)


def test_a_draft_that_changed_since_the_preview_is_left_alone(desk: Desk) -> None:
    """It is named, and the others are done."""
    plans = everywhere.planned(desk.articles, ID, TERM)

    failed = everywhere.replace_in(
        desk.articles, TERM, [(ID, "0" * 64, "lead"), (SAME, plans[1].draft, plans[1].places[0][0])]
    )

    assert [video for video, _ in failed] == [ID]
    assert "أناضوليا" in text(desk, SAME)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_preview_is_a_page_and_its_form_replaces(desk: Desk, tmp_path: Path, language: str) -> None:
    """Each place with what goes and comes, chosen beforehand; sent, it is done and remembered for later runs."""
    browser = Browser(desk)
    browser.client.cookies.set("tadwin_language", language)
    page = browser.get(f"/d/{ID}/replace?wrong=تركيا&right=أناضوليا")
    chosen = [unescape(value) for value in re.findall(r'name="chosen" value="([^"]+)" checked', page.html)]
    assert len(chosen) == page.html.count("<del>") > 2
    assert ('name="later" value="yes" checked' in page.html) is True

    answer = browser.post(f"/d/{ID}/replace", {"wrong": "تركيا", "right": "أناضوليا", "later": "yes", "chosen": chosen})

    assert answer.status == 303
    assert "تركيا" not in text(desk, ID).replace("تركيا،", "تركيا") + text(desk, SAME)
    assert corrections(tmp_path, ONE.script.video.channel) == (TERM,)
    assert corrections(tmp_path, "قناة أخرى") == ()
    assert [each for each in desk.articles.open(ID).article.report.findings if "أناضوليا" in each.detail] == []


def test_the_glossary_lists_adds_and_removes(desk: Desk, tmp_path: Path) -> None:
    """By channel, with who added it; a correction without `later` is no business of later runs."""
    browser = Browser(desk)
    channel = ONE.script.video.channel

    assert browser.get("/glossary").has("لا تصحيح في المسرد بعد.")
    assert browser.post("/glossary", {"channel": channel, "wrong": "الفراط", "right": "الفرات"}).status == 303
    page = browser.get("/glossary")
    assert page.has("الفراط")
    assert page.has("سلمى")
    assert corrections(tmp_path, channel) == ()

    browser.post("/glossary", {"channel": channel, "wrong": "الفراط", "right": "الفرات", "kept": "no"})
    assert not browser.get("/glossary").has("الفراط")


@pytest.mark.parametrize(("wrong", "right"), [("", "س"), ("س", ""), ("س", "س")])
def test_a_replacement_has_two_forms(desk: Desk, wrong: str, right: str) -> None:
    """Nothing empty or equal is looked for, on no page and in no call."""
    browser = Browser(desk)

    assert browser.get(f"/d/{ID}/replace?wrong={wrong}&right={right}").status == 422
    assert browser.post("/glossary", {"channel": "ق", "wrong": wrong, "right": right}).status == 422
    with pytest.raises(EditRefused):
        desk.correct_in("ق", Term(wrong, right))
