"""The figures of the embedded judge."""

from __future__ import annotations

from models.training.pairs import Labelled
from pipeline.evaluate import judging

PAIRS = [
    Labelled("وصلت القوافل إلى بغداد", "وصلت القوافل أمس إلى بغداد", follows=True),
    Labelled("بقيت الأسعار مرتفعة", "ظلت الأسعار مرتفعة هذا الأسبوع", follows=True),
    Labelled("انخفضت الأسعار هذا الأسبوع", "ظلت الأسعار مرتفعة هذا الأسبوع", follows=False),
    Labelled("فاز المنتخب بالكأس", "وصلت القوافل أمس إلى بغداد", follows=False),
]


def test_the_area_stands_beside_the_overlap_of_words() -> None:
    """Both are between 0 and 1, ours the higher on pairs that share words and say the opposite."""
    ours, overlap = judging.judged("pairs", PAIRS)

    assert (ours.system, overlap.system) == ("tadwin", judging.OVERLAP)
    assert overlap.value < ours.value <= 1
    assert ours.items == 4


def test_accuracy_stands_beside_always_saying_no() -> None:
    """Always saying no is right half the time here, and ours more often."""
    values = {row.system: row.value for row in judging.accepted("pairs", PAIRS)}

    assert values["always no"] == 0.5
    assert values["tadwin"] >= 0.75


def test_the_overlap_counts_words_of_both() -> None:
    """Common words are counted among all; two empty texts have no overlap."""
    assert judging.overlap("الماء قليل", "الماء كثير") == 1 / 3
    assert judging.overlap("", "") == 0
