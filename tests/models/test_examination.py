"""Sitting the exam."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.judges.exam import exam_items
from models.judges.examination import ExamResults, exam_order, sit_exam
from models.judges.linear import EmbeddedJudge
from models.judges.odds import ConfirmingJudge
from models.judges.reading import ReadingJudge
from pipeline.types.judging import Claim, ExamResult, Verdict, VerdictKind
from tests.fakes.engines import Scripted, constant
from tests.fakes.examinees import RulingJudge, knowing
from tests.fakes.store import MemoryStore

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(("false", "true", "passed"), [(0, 0, True), (6, 24, True), (7, 0, False), (0, 25, False)])
def test_a_judge_passes_with_few_mistakes(false: int, true: int, passed: bool) -> None:  # noqa: FBT001 - expected
    """Six false ones may pass and 24 true ones be refused, of 120 each; not one more."""
    result = sit_exam(RulingJudge(knowing(false, true)), DAY, to_the_end=True)

    assert (result.false_passed, result.true_refused, result.passed) == (false, true, passed)
    assert sum(each.asked for each in result.tallies) == 240


def test_a_hopeless_judge_is_sent_home() -> None:
    """No prompt is spent once passing has become impossible; the result says that it was stopped."""
    judge = RulingJudge(lambda _: Verdict(VerdictKind.SUPPORTED))
    result = sit_exam(judge, DAY)

    assert len(judge.asked) == 1
    assert not result.whole
    assert not result.passed


def test_unsure_is_a_refusal_and_is_counted_apart() -> None:
    """Who is unsure of everything passes nothing false and refuses everything true."""
    result = sit_exam(RulingJudge(lambda _: Verdict(VerdictKind.UNSURE, unquoted=True)), DAY, to_the_end=True)

    assert (result.false_passed, result.true_refused) == (0, 120)
    assert {(each.unsure, each.unquoted) for each in result.tallies} == {
        (each.asked, each.asked) for each in result.tallies
    }


def test_the_exam_is_asked_as_an_article_is() -> None:
    """All statements about a talk together, true and false mixed, in prompts that show each of its sentences once."""
    engine = Scripted(constant(""), window=30_000)
    sit_exam(ReadingJudge(engine), DAY, to_the_end=True)
    first = engine.prompts[0].user.splitlines()
    sentences = [line for line in first if line.startswith("[")]
    order = exam_order(exam_items())

    assert len([line for line in first if line[0].isdigit()]) == 24
    assert len(sentences) == len(set(sentences)) > 35
    assert order == exam_order(exam_items())
    assert [{item.talk for item in talk} for talk in order] == [{f"e{n:02}"} for n in range(1, 11)]
    assert all(0 < sum(item.label for item in talk[:12]) < 12 for talk in order)


def test_items_show_who_speaks() -> None:
    """Title and channel are known; in an interview each sentence has its speaker, else the talk has one."""
    judge = RulingJudge(knowing())
    sit_exam(judge, DAY)
    claims = [claim for asked in judge.asked for claim in asked]

    assert all(claim.known[0].startswith("عنوان الفيديو: ") for claim in claims)
    alone = [any(fact.startswith("المتحدث: ") for fact in claim.known) for claim in claims]
    assert alone.count(False) == 72
    assert all(single or ": " in claim.evidence[0] for single, claim in zip(alone, claims, strict=True))


def test_hosted_results_expire() -> None:
    """A model that somebody else runs is examined again after 30 days; one of one's own keeps its result."""
    result = ExamResult("judge", "exam", DAY, whole=True, tallies=())
    store = MemoryStore()
    ExamResults(store, lambda: DAY).put(result)
    later = ExamResults(store, lambda: DAY + timedelta(days=31))

    assert ExamResults(store, lambda: DAY + timedelta(days=30)).get("judge", hosted=True) == result
    assert later.get("judge", hosted=True) is None
    assert later.get("judge", hosted=False) == result
    assert later.get("another judge", hosted=False) is None


def test_a_counting_judge_is_examined_at_its_threshold() -> None:
    """The embedded judge says yes from the odds it states; it fails, so its yes is none in an article."""
    judge = EmbeddedJudge()
    result = sit_exam(judge, DAY)
    claim = Claim("زاد السعر.", ("زاد السعر.",))

    assert not result.passed
    assert result.judge == judge.name
    assert [each.verdicts([claim])[0].kind for each in (judge, ConfirmingJudge(judge, "exam"))] == [
        VerdictKind.UNSURE,
        VerdictKind.SUPPORTED,
    ]
