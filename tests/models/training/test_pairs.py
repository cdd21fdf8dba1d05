"""Pairs to learn from and to measure on."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training.pairs import Labelled, area, described, headlines, held_out, kept, parts, reported


def test_three_files_have_one_form(tmp_path: Path) -> None:
    """Claim, evidence and whether it follows; headlines on something else are left out."""
    (tmp_path / "ans.csv").write_text("s1,s2,stance\nأ,ب,agree\nج,د,disagree\nه,و,other\n", encoding="utf-8")
    (tmp_path / "ar.csv").write_text("t,h,label\nأ,ب,1\nج,د,2\n", encoding="utf-8")
    (tmp_path / "teds.csv").write_text("label,t,h\n1,أ,ب\n0,ج,د\n", encoding="utf-8")
    expected = (Labelled("ب", "أ", follows=True), Labelled("د", "ج", follows=False))

    assert headlines(tmp_path / "ans.csv") == described(tmp_path / "ar.csv") == reported(tmp_path / "teds.csv")
    assert headlines(tmp_path / "ans.csv") == expected


def test_pairs_that_share_a_text_are_in_one_part() -> None:
    """Also by way of a third."""
    chain = [Labelled(f"جملة {number}", f"جملة {number + 1}", follows=True) for number in range(50)]
    apart = [Labelled(f"claim {number}", f"evidence {number}", follows=True) for number in range(50)]

    assert len(set(parts(chain))) == 1
    assert len(set(parts(apart))) == 5


def test_what_is_measured_on_was_not_learned_from() -> None:
    """Every pair is on one side, and no text is on both."""
    pairs = [Labelled(f"claim {number % 40}", f"evidence {number}", follows=True) for number in range(100)]
    learned, measured = kept(pairs), held_out(pairs)

    assert {*learned, *measured} == set(pairs)
    assert not {pair.claim for pair in learned} & {pair.claim for pair in measured}


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], 1.0),
        ([4, 3, 2, 1], [0, 0, 1, 1], 0.0),
        ([1, 1, 1], [0, 1, 0], 0.5),
        ([1, 2, 3], [0, 1, 0], 0.5),
    ],
)
def test_the_area_counts_pairs_in_order(scores: list[float], labels: list[float], expected: float) -> None:
    """All, none, ties, half."""
    assert area(scores, labels) == expected
