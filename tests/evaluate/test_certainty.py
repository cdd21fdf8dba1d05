"""What a script says of its certainty, against gold."""

from __future__ import annotations

import pytest

from pipeline.evaluate import certainty
from pipeline.segment.boundaries import CLOSED
from pipeline.types.article import Sentence
from tests.evaluate.test_units import gold

TALK = gold("جاء {لولد|الولد} من البيت.", "ثم عاد إليه، ونام.", "انتهى الأمر.", "وصل القطار.", before="اه", after="نعم")
SENTENCES = (
    Sentence(1, "اه جاء لولد.", end_odds=-0.5, known=0.7),
    Sentence(2, "من البيت.", end_odds=2.0, known=0.9),
    Sentence(3, "ثم عاد إليه، ونام.", end_odds=CLOSED, known=None),
    Sentence(4, "انتهى الأمر.", end_odds=None, known=1.0),
    Sentence(5, "وصل القطار نعم.", end_odds=1.0, known=0.8),
)


def test_odds_stand_beside_whether_gold_has_the_end() -> None:
    """Ends that are decided, unjudged, or at the border of the stretch say nothing of the odds."""
    ends, heard = certainty.judged(TALK, SENTENCES)
    assert ends == [(-0.5, False), (2.0, True)]
    assert heard == [(0.7, False), (0.9, True), (1.0, True), (0.8, True)]


def test_areas_and_the_promised_share_are_told() -> None:
    """Here all is told apart; of two ends the odds promise 1.26, and one is true."""
    found = {(row.measure, row.system): row.value for row in certainty.rows("t", [(TALK, SENTENCES)])}
    assert found[certainty.SURE_ENDS, "tadwin"] == 1.0
    assert found[certainty.KNOWN, certainty.FOUND] == 1.0
    assert found[certainty.TRUE_ENDS, certainty.PROMISED] == pytest.approx(0.629, abs=0.001)
    assert found[certainty.TRUE_ENDS, certainty.FOUND] == 0.5


def test_without_both_kinds_there_is_no_area() -> None:
    """A set in which nothing was misheard tells nothing."""
    found = {row.measure for row in certainty.rows("t", [(TALK, SENTENCES[3:])])}
    assert certainty.KNOWN not in found
    assert certainty.SURE_ENDS not in found
