"""Faults planted for the judge."""

from __future__ import annotations

import pytest

from models.judges.canaries import SHARE, judge_with_canaries, plant
from pipeline.types.judging import CanaryTally, Claim, Verdict, VerdictKind
from tests.fakes.examinees import RulingJudge

TEXTS = (
    "بلغت الكلفة 640 مليون دينار.",
    "زارت الوفود بغداد ثم عادت.",
    "وصلت السفينة إلى بيروت صباحًا.",
    "يرى المتحدث أن المال وحده يكفي.",
    "كان السوق مزدحمًا بالناس.",
    "لم يدفع التاجر ثمن البضاعة.",
    "صار السعر أعلى في الشتاء.",
    "نجح المشروع في الصيف الماضي.",
    "انتقل المصنع شمال المدينة.",
    "وقع ذلك بعد الحرب بسنة.",
    "قال الخبير إن البحر عميق.",
    "يجمع الصياد السمك فجرًا.",
)
CLAIMS = tuple(Claim(text, (f"اللي حصل إن {text}",)) for text in TEXTS)


def test_ten_are_planted_far_from_their_origin_without_a_sign() -> None:
    """Each differs from its claim by a word or two, keeps its evidence, and no kind is missing."""
    canaries = plant(CLAIMS)

    assert len(canaries) == 10
    assert {canary.kind for canary in canaries} == {"figure", "subject", "negation", "opposite", "source"}
    assert all(canary.claim.evidence == CLAIMS[canary.origin].evidence for canary in canaries)
    assert all(len(set(canary.claim.text.split()) ^ set(TEXTS[canary.origin].split())) <= 4 for canary in canaries)
    assert plant(CLAIMS) == canaries
    assert len(plant(CLAIMS * 40)) == round(SHARE * len(CLAIMS) * 40)


@pytest.mark.parametrize(
    ("text", "planted"),
    [
        ("لم يدفع التاجر ثمن البضاعة.", "يدفع التاجر ثمن البضاعة."),
        ("لن تعود الشركة إلى السوق.", "ستعود الشركة إلى السوق."),
        ("كانت المدينة صغيرة.", "لم تكن المدينة صغيرة."),
        ("يقول الخبير إنه حذر الناس.", "ينفي الخبير أنه حذر الناس."),
        ("صار السعر أعلى في الشتاء.", "صار السعر أدنى في الشتاء."),
        ("بلغت النسبة 40%.", "بلغت النسبة 20%."),
        ("بدأ ذلك عام 1848.", "بدأ ذلك عام 1840."),
    ],
)
def test_each_fault_turns_the_sense(text: str, planted: str) -> None:
    """A negation lost or added, a source that denies, an opposite, another figure."""
    assert [canary.claim.text for canary in plant((Claim(text, (text,)),))] == [planted]


@pytest.mark.parametrize(
    "text",
    [
        "بعضها أسرع من بعض.",
        "عملوا واحدة بعد أخرى.",
        "بلغ العدد نحو 300 رجل.",
        "كُتب «السعر أعلى في الشتاء» هناك.",
        "تلا ﴿ولم يبدها لهم﴾.",
        "لا يأتي أحد إلا صباحًا.",
        "عاش ثلاث سنوات على الأقل هناك.",
        "وصل الوفد.",
        "حدث هذا في لندن.",
    ],
)
def test_nothing_is_planted_that_may_still_be_true(text: str) -> None:
    """Rounded figures, quotations, exceptions and relations that hold both ways are left alone."""
    assert plant((Claim(text, (text,)),)) == ()


def test_only_confirmed_claims_count() -> None:
    """What was planted in a refused claim may be true; a judge that reads catches the rest."""
    said = {claim.text for claim in CLAIMS[3:]}
    judge = RulingJudge(lambda c: Verdict(VerdictKind.SUPPORTED if c.text in said else VerdictKind.UNSUPPORTED))
    verdicts, tally = judge_with_canaries(judge, CLAIMS)
    counted = [canary for canary in plant(CLAIMS) if canary.origin >= 3]

    assert [verdict.kind for verdict in verdicts[:4]] == [VerdictKind.UNSUPPORTED] * 3 + [VerdictKind.SUPPORTED]
    assert tally == CanaryTally(len(counted), len(counted))
    assert not tally.alert
    assert len(judge.asked) == 1
    rows = [claim.text for claim in judge.asked[0]]
    near = [abs(rows.index(canary.claim.text) - rows.index(TEXTS[canary.origin])) for canary in plant(CLAIMS)]
    assert min(near) >= len(CLAIMS) // 4


def test_a_judge_that_nods_is_found_out() -> None:
    """Whoever supports everything lets all canaries pass, and more than a fifth is too many."""
    _, tally = judge_with_canaries(RulingJudge(lambda _: Verdict(VerdictKind.SUPPORTED)), CLAIMS)

    assert tally == CanaryTally(10, 0)
    assert tally.alert
    assert not CanaryTally(10, 8).alert
    assert CanaryTally(10, 7).alert
    assert not CanaryTally().alert
    assert judge_with_canaries(RulingJudge(lambda _: Verdict(VerdictKind.SUPPORTED)), ()) == ((), CanaryTally())
