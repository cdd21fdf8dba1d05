"""What is learned about phrases from the headings of talks."""

import numpy as np
import pytest

from models.training.corpus.talks import parse
from models.training.phrases import Topic, f1, feature_names, fitted, odds, passages, topics
from pipeline.segment.phrase_weights import ODDS_WEIGHTS, PHRASE_WEIGHTS

TALK = parse(
    "x",
    "@ title: ماء\n@ variety: msa\n@ kind: lecture\n@ speaker: سالم, m\n@ published: 2026-01-01\n@ channel: قناة\n"
    "# مياه النهر\nمياه النهر تكفي البلاد.\nمياه النهر للجميع.\n# المدارس\nالمدارس في القرى كثيرة.\nالمدارس قديمة.\n",
)


def learned(feature: str) -> list[Topic]:
    """Topics in which the phrase with more of a feature is the heading."""
    values = np.zeros((2, len(feature_names())))
    values[0, feature_names().index(feature)] = 1.0
    return [Topic(values, np.array([1.0, 0.0]), np.array([True, False]))] * 400


def test_a_passage_is_what_stands_under_its_heading() -> None:
    """Each heading with its own sentences, numbered through the talk."""
    found = passages(TALK)
    assert [heading for heading, _ in found] == ["مياه النهر", "المدارس"]
    assert [[sentence.number for sentence in part] for _, part in found] == [[1, 2], [3, 4]]


def test_phrases_are_worth_what_they_share_with_the_heading() -> None:
    """The heading itself is worth 1, and a name of its passage."""
    first = next(topics(TALK))
    assert first.worth.max() == 1.0
    assert first.named[first.worth.argmax()]
    assert f1(("مياه", "النهر"), ("النهر",)) == pytest.approx(2 / 3)


def test_what_headings_have_weighs_more() -> None:
    """A feature by which headings differ from other phrases speaks for a phrase."""
    assert fitted(learned("announced"))["announced"] > 0


def test_odds_rise_with_what_names_a_passage() -> None:
    """Where phrases with more of a feature name more passages, it raises the odds."""
    names, at = feature_names(), feature_names().index("spread")
    rows = []
    for value, named in ((0.0, False), (1.0, True)) * 40:
        values = np.zeros((1, len(names)))
        values[0, at] = value
        rows.append(Topic(values, np.array([0.0]), np.array([named])))
    bias, weights = odds(rows, dict.fromkeys(names, 1.0))
    assert bias < 0 < weights["spread"]


def test_the_shipped_weights_are_for_what_is_observed() -> None:
    """Each feature of a phrase has a weight, and no weight waits for one that is gone."""
    assert list(PHRASE_WEIGHTS) == list(ODDS_WEIGHTS) == feature_names()
