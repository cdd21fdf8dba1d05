"""A judge's verdicts arrive later, and nothing waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from pipeline.errors import ModelUnreachable
from pipeline.review.desk import Desk
from pipeline.review.edits import Edit, EditAction
from pipeline.types.article import Finding, Flaw
from pipeline.types.judging import Claim, Verdict
from pipeline.types.review import QueueFilter
from tests.fakes import desks
from tests.fakes.browser import Browser
from tests.fakes.judges import ReaderJudge

ONE = desks.article()
ID = ONE.script.video.id
PLACE = "background.1"
REWORDED = "شيدت تركيا خلال القرن الماضي سدودًا ضخمة على النهر."


@dataclass
class SlowJudge(ReaderJudge):
    """Answers when it is let."""

    may: Event = field(default_factory=Event)
    gone: bool = False

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """After a while, or never."""
        assert self.may.wait(20)
        if self.gone:
            message = "nobody answers"
            raise ModelUnreachable(message)
        return super().verdicts(claims)


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def rewritten(desk: Desk, text: str = REWORDED) -> list[Finding]:
    """The findings on a paragraph right after it was saved with this text."""
    review = desk.edit(ID, desk.articles.open(ID).digest, Edit(PLACE, EditAction.WRITE, text))
    return [finding for finding in review.article.report.findings if finding.place == PLACE]


def now(desk: Desk) -> list[Finding]:
    """The findings on it at this moment."""
    return [finding for finding in desk.articles.open(ID).article.report.findings if finding.place == PLACE]


def test_saving_does_not_wait_and_the_verdict_takes_the_hint_away(tmp_path: Path) -> None:
    """At once there are hints, and the text awaits its judge; when that accepts it, both are gone, in the list too."""
    judge = SlowJudge()
    desk = desks.desk(tmp_path, ONE, judge=judge)

    assert {finding.flaw for finding in rewritten(desk)} == {Flaw.UNSUPPORTED}
    assert desk.articles.open(ID).awaited == {REWORDED}

    judge.may.set()
    until(lambda: not desk.articles.open(ID).awaited)
    assert now(desk) == []
    assert desk.articles.open(ID).judged
    (row,) = desk.articles.queue(QueueFilter()).rows
    assert row.findings == 0


def test_a_verdict_against_a_sentence_is_a_finding(tmp_path: Path) -> None:
    """The judge names what fails, and its word is no hint."""
    judge = SlowJudge("ضخمة")
    desk = desks.desk(tmp_path, ONE, judge=judge)
    rewritten(desk)
    judge.may.set()
    until(lambda: not desk.articles.open(ID).awaited)

    assert [(finding.flaw, finding.detail) for finding in now(desk)] == [(Flaw.UNSUPPORTED, "ضخمه")]
    assert 'data-tone="certain"' in Browser(desk).get(f"/d/{ID}").html


def test_no_verdict_excuses_what_code_knows(tmp_path: Path) -> None:
    """A name that nobody said stays a finding when the judge accepts the sentence."""
    judge = SlowJudge()
    judge.may.set()
    desk = desks.desk(tmp_path, ONE, judge=judge)
    rewritten(desk, REWORDED.replace("تركيا", "الصين"))
    until(lambda: not desk.articles.open(ID).awaited)

    assert [(finding.flaw, finding.detail) for finding in now(desk)] == [(Flaw.NAME, "الصين")]


def test_a_judge_that_is_gone_leaves_the_hints(tmp_path: Path) -> None:
    """Nothing is awaited for ever, and the draft can be worked on."""
    judge = SlowJudge(gone=True)
    judge.may.set()
    desk = desks.desk(tmp_path, ONE, judge=judge)
    rewritten(desk)
    until(lambda: not desk.articles.open(ID).awaited)

    assert {finding.flaw for finding in now(desk)} == {Flaw.UNSUPPORTED}


def test_what_the_machines_report_says_is_not_asked_again(tmp_path: Path) -> None:
    """Of an article that the judge has read only what changed is put to it."""
    judged = replace(ONE, report=replace(ONE.report, judge="reader"))
    judge = SlowJudge()
    judge.may.set()
    desk = desks.desk(tmp_path, judged, judge=judge)
    rewritten(desk)
    until(lambda: not desk.articles.open(ID).awaited)

    assert [claim.text for claims in judge.asked for claim in claims] == [REWORDED]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_shows_what_is_awaited_and_can_ask(tmp_path: Path, language: str) -> None:
    """Without a script a reload shows the verdict; with one the page asks for the state of all blocks."""
    judge = SlowJudge()
    desk = desks.desk(tmp_path, ONE, judge=judge)
    rewritten(desk)
    browser = Browser(desk)
    browser.client.cookies.set("tadwin_language", language)

    page = browser.get(f"/d/{ID}")
    assert page.attribute("data-awaited") == "1"
    assert page.has({"ar": "يُنتظر حكم المحكّم", "en": "The judge has not answered yet"}[language])

    judge.may.set()
    until(lambda: not desk.articles.open(ID).awaited)
    assert browser.get(f"/d/{ID}").attribute("data-awaited") == "0"
    state = browser.get(f"/d/{ID}/state", Accept="application/json")
    assert '"awaited":0' in state.html.replace(" ", "")
    assert state.html.count('"place"') > 10


class ShyJudge:
    """Does not even say whether it is trusted before it is let."""

    identity = "shy"

    def __init__(self) -> None:
        """Say nothing yet."""
        self.reader = SlowJudge()

    @property
    def trusted(self) -> bool:
        """After a while."""
        assert self.reader.may.wait(20)
        return True

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As a slow judge."""
        return self.reader.verdicts(claims)


def test_saving_does_not_wait_to_learn_whether_the_judge_is_trusted(tmp_path: Path) -> None:
    """Its server may be slow: until it answers there are hints, and then its verdict counts as always."""
    judge = ShyJudge()
    desk = desks.desk(tmp_path, ONE, judge=judge)
    start = time.monotonic()
    assert {finding.flaw for finding in rewritten(desk)} == {Flaw.UNSUPPORTED}
    assert time.monotonic() - start < 10

    judge.reader.may.set()
    until(lambda: not desk.articles.open(ID).awaited and desk.articles.open(ID).judged)
    assert now(desk) == []
    assert {claim.text for claims in judge.reader.asked for claim in claims} >= {REWORDED}
