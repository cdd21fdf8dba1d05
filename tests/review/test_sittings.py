"""The history as an editor reads it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.review.edits import Edit, EditAction
from pipeline.review.sittings import local_time, sittings
from pipeline.types.review import Decision, ReviewEvent
from tests.fakes import desks
from tests.fakes.browser import Browser

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVENT = ReviewEvent("v", "0" * 64, "1" * 64, Decision.EDIT, "سلمى", NOON)


def at(minutes: float, **other: object) -> ReviewEvent:
    """A save some minutes after noon."""
    return replace(EVENT, time=NOON + timedelta(minutes=minutes), **other)  # type: ignore[arg-type]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands in Riyadh."""
    monkeypatch.setenv("TZ", "Asia/Riyadh")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("events", "numbers"),
    [
        ([at(0), at(14.9), at(29.7)], [[1, 2, 3]]),
        ([at(0), at(15)], [[1], [2]]),
        ([at(0), at(1, author="حسن"), at(2)], [[1], [2], [3]]),
        ([at(0), at(1), at(2, decision=Decision.APPROVE), at(3), at(4)], [[1, 2], [3], [4, 5]]),
        ([at(0), at(1, decision=Decision.ASIDE), at(2)], [[1], [2], [3]]),
        ([at(0, decision=Decision.REJECT), at(1, decision=Decision.REJECT)], [[1], [2]]),
        ([], []),
    ],
)
def test_saves_of_one_sitting_are_joined(events: list[ReviewEvent], numbers: list[list[int]]) -> None:
    """By one person and without a pause of fifteen minutes; every other act stands for itself, and none is lost."""
    assert [[line.number for line in sitting.lines] for sitting in sittings(events)] == numbers


def test_what_took_an_export_back_is_told() -> None:
    """The first rejection after an export, and no other."""
    kinds = [Decision.REJECT, Decision.APPROVE, Decision.EXPORT, Decision.EDIT, Decision.RETURN, Decision.REJECT]
    lines = [
        line for sitting in sittings([at(n, decision=kind) for n, kind in enumerate(kinds)]) for line in sitting.lines
    ]

    assert [line.number for line in lines if line.took_back] == [5]


@pytest.mark.usefixtures("zone")
def test_times_are_those_of_this_machine_with_their_zone() -> None:
    """An editor in Riyadh reads three hours more than the journal holds, and which zone it is."""
    assert local_time(NOON) == "2026-11-23 15:00:00 UTC+03:00"


@pytest.mark.usefixtures("zone")
def test_the_page_shows_one_line_that_opens_to_its_parts(tmp_path: Path) -> None:
    """Twelve saves are one line with their number; each part can be compared and restored."""
    desk = desks.desk(tmp_path, desks.article())
    video = desks.article().script.video.id
    for number in range(12):
        desk.edit(video, desk.articles.open(video).digest, Edit("title", EditAction.WRITE, f"عنوان {number}"))
    browser = Browser(desk)

    page = browser.get(f"/d/{video}")

    assert page.html.count('<li class="sitting">') == 1
    assert re.findall(r'<li data-number="(\d+)"', page.html) == [str(number) for number in range(13)]
    assert page.has("12 مرات حفظ")
    assert page.has("UTC+03:00")
    assert page.html.count("/restore") == 12
    answer = browser.post(f"/d/{video}/restore", {"seen": browser.seen(video), "number": 3})
    assert answer.status == 303
    assert desk.articles.open(video).article.draft.title == "عنوان 2"


def test_seconds_of_work_are_kept_with_the_decision_and_shown(tmp_path: Path) -> None:
    """In the journal, the history and, in the middle of all, below the list; nonsense and silence count nothing."""
    desk = desks.desk(tmp_path, *(desks.article(desks.video(number)) for number in range(1, 6)))
    browser = Browser(desk)
    for number, seconds in enumerate(("30", "50", "400", "", "-3"), 1):
        video = f"video{number:06}"
        form = {"seen": browser.seen(video), "decision": "approve", "seconds": seconds}
        browser.post(f"/d/{video}/decide", form)

    assert [desk.articles.open(f"video{n:06}").history.events[-1].seconds for n in range(1, 6)] == [
        30,
        50,
        400,
        None,
        None,
    ]
    assert browser.get("/d/video000003").has("400 ثانية من العمل")
    assert browser.get("/").has("القرار الواحد 50 ثانية في الأوسط، من قرارات عددها 3")
