"""Measuring a judge on statements that share as many words with their lines."""

from __future__ import annotations

from random import Random

import pytest

from pipeline.evaluate.measures import OURS
from pipeline.evaluate.statements import APART, Told, alone_scores, compared, matched, measured, of_corpus, table

ROWS = [
    Told("1", "زاد السعر في المدينة", "زاد السعر في المدينة", label=True),
    Told("1", "السعر في المدينة زاد", "زاد السعر في المدينة", label=False),
    Told("2", "ارتفعت القيمة هناك", "زاد السعر في المدينة", label=True),
    Told("2", "هبطت القيمة هناك", "زاد السعر في المدينة", label=False),
    Told("2", "هبط السعر هناك", "زاد السعر في المدينة", label=False),
]


def test_a_pair_has_one_overlap() -> None:
    """A true and a false statement, each once, whose overlaps are as good as the same."""
    pairs = matched(ROWS, Random(1))  # noqa: S311 - repeatable

    assert sorted(pairs) in ([(0, 1), (2, 3)], [(0, 1)])
    assert all(abs(ROWS[true].overlap - ROWS[false].overlap) <= APART for true, false in pairs)


def test_what_is_far_apart_is_no_pair() -> None:
    """Rather fewer pairs than such as overlap tells apart."""
    assert matched([ROWS[0], ROWS[3]], Random(1)) == []  # noqa: S311 - repeatable


def test_pairs_count_who_scores_higher() -> None:
    """A score that knows wins every pair, overlap none for certain, and a score that says nothing half of them."""
    scores = {"knows": [float(row.label) for row in ROWS], "says nothing": [1.0] * len(ROWS)}
    knows, nothing = compared("own", ROWS, scores)

    assert (knows.every, knows.paired) == (1, 1)
    assert (nothing.every, nothing.paired) == (0.5, 0.5)
    assert knows.pairs == nothing.pairs == pytest.approx(2)
    assert "knows" in table([knows, nothing])


def test_overlap_alone_tells_pairs_of_the_corpus_apart_no_better_than_chance() -> None:
    """So whatever wins there has not counted words."""
    for name, (source, places) in of_corpus().items():
        rows = [source[place] for place in places]
        (turned,) = compared(name, rows, {"turned": [-row.overlap for row in rows]})

        assert turned.paired == pytest.approx(0.5, abs=0.06), name
        assert turned.pairs > 0.4 * len(rows)


def test_words_alone_are_judged_by_other_talks() -> None:
    """A word that only true statements of one talk have says nothing of that talk."""
    rows = [Told(str(at // 2), f"كلمة{at // 2}", "", label=at % 2 == 0) for at in range(20)]

    assert alone_scores(rows) == pytest.approx([alone_scores(rows)[0]] * 20, abs=1e-6)


def test_the_judge_tells_more_than_scores_that_do_not_read() -> None:
    """On talks that it was not trained on, pair by pair, it is ahead of shared words, length and the words alone."""
    ours, *others = measured({name: told for name, told in of_corpus().items() if name == "corpus, test"})

    assert ours.system == OURS
    assert ours.paired > 0.6
    assert ours.paired > max(each.paired for each in others) + 0.03
