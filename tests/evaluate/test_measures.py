"""The measures give the figures of their papers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.measures import border_f1, f1, heading_f1, mean, pk, position_f1, probe, window_diff

BORDERS = st.sets(st.integers(1, 39), max_size=8)
UNITS = 40


@given(BORDERS)
def test_the_truth_is_perfect(truth: set[int]) -> None:
    """The true borders have no error and full F1."""
    assert pk(truth, truth, UNITS) == window_diff(truth, truth, UNITS) == 0
    assert border_f1(truth, truth) == (1.0 if truth else 0.0)


@given(BORDERS, BORDERS)
def test_shares_are_shares(truth: set[int], found: set[int]) -> None:
    """Every measure is between 0 and 1, and WindowDiff is never below Pk."""
    assert 0 <= pk(truth, found, UNITS) <= window_diff(truth, found, UNITS) <= 1
    assert 0 <= border_f1(truth, found, 2) <= 1


@given(BORDERS, BORDERS)
def test_slack_never_lowers_f1(truth: set[int], found: set[int]) -> None:
    """Allowing more distance never finds fewer borders."""
    values = [border_f1(truth, found, slack) for slack in (0, 1, 3)]
    assert all(one <= other + 1e-9 for one, other in pairwise(values))


def test_a_near_miss_costs_less_than_a_miss() -> None:
    """Unlike plain F1, WindowDiff prefers a border one unit off to one far off."""
    truth = {10, 20, 30}
    assert 0 < window_diff(truth, {11, 20, 30}, UNITS) < window_diff(truth, {15, 20, 30}, UNITS)


def test_known_figures() -> None:
    """Counted by hand: ten units, one border at 5, none found: the probe of 2 or 3 units crosses it that often."""
    assert probe({5}, 10) == 2
    assert pk({5}, set(), 10) == window_diff({5}, set(), 10) == pytest.approx(2 / 8)
    assert window_diff({5}, {5, 6}, 10) == pytest.approx(2 / 8)
    assert pk({5}, {5, 6}, 10) == pytest.approx(1 / 8)


def test_each_true_border_is_found_once() -> None:
    """Three found borders around one true one are one hit and two mistakes."""
    assert border_f1({10}, {9, 10, 11}, slack=1) == pytest.approx(0.5)


def test_headings_are_compared_by_folded_words() -> None:
    """Spelling of hamza and taa marbuta does not matter, missing and added words do."""
    assert heading_f1("إعادة الإعمار", "اعاده الاعمار") == 1
    assert heading_f1("إعادة الإعمار", "الإعمار") == pytest.approx(2 / 3)
    assert heading_f1("إعادة الإعمار", "") == 0
    assert heading_f1("حياة", "حياة حياة") == pytest.approx(2 / 3)


def test_positions() -> None:
    """Sets of positions are compared by F1."""
    assert position_f1({1, 2, 3, 4}, {3, 4, 5, 6}) == pytest.approx(0.5)
    assert position_f1(set(), set()) == 0


def test_nothing_found_is_nothing() -> None:
    """Nothing is divided by zero."""
    assert f1(0, 0, 0) == 0
    assert mean([]) == 0
    assert mean([1.0, 2.0]) == 1.5
