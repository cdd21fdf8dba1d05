"""Training the judge."""

from __future__ import annotations

import numpy as np
import pytest

from models.judges.linear import Regression
from models.training.corpus.files import CORPUS, statements
from models.training.corpus.splits import splits
from models.training.judge import STATEMENTS, STRENGTHS, Design, Table, chosen, of_talks, rarities
from models.training.pairs import Labelled


def table(count: int = 400) -> Table:
    """Pairs that follow when the first feature is large; the second is noise."""
    noise = np.random.default_rng(1).normal(size=(count, 2))
    labels = (noise[:, 0] > 0.3).astype(float)
    return Table(noise, labels, np.ones(count))


def test_what_decides_gets_the_weight() -> None:
    """The fitted odds tell nearly every pair, by the first feature."""
    made = table()
    design, weights = made.fitted(1.0)
    right = (design(made.values) @ weights > 0) == (made.labels > 0)

    assert right.mean() > 0.95
    assert abs(weights[1]) > 5 * abs(weights[2])


def test_a_pair_counts_as_often_as_it_should() -> None:
    """Weight two is the pair twice."""
    made = table(60)
    doubled = Table(made.values, made.labels, np.full(60, 2.0))
    twice = Table(np.vstack([made.values] * 2), np.hstack([made.labels] * 2), np.ones(120))

    assert doubled.fitted(3.0)[1] == pytest.approx(twice.fitted(3.0)[1], abs=1e-6)


def test_told_weights_give_the_same_odds() -> None:
    """What is written is for values as they are, without the scales of training."""
    made = table()
    design, weights = made.fitted(1.0)
    told = design.told(["one", "two"], weights)
    regression = Regression(told)
    score = float(design(made.values[:1])[0] @ weights)

    odds = regression.probability({"one": float(made.values[0, 0]), "two": float(made.values[0, 1])})
    assert odds == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-4)


def test_yes_or_no_has_no_steps() -> None:
    """A step inside two values says nothing new."""
    assert Design(np.array([[0.0], [1.0], [1.0], [0.0]])).steps == []


def test_the_penalty_is_chosen_by_unseen_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is judged by weights that never saw its fold, and the areas are printed."""
    assert chosen(table(300), np.arange(300) % 5) in STRENGTHS
    assert "penalty 100: area 0." in capsys.readouterr().out


def test_only_training_talks_teach() -> None:
    """Every statement about them beside its own lines, more of the talk, and others; a talk is in one fold."""
    examples = list(of_talks())
    texts = {each.text for each in statements(CORPUS) if each.talk in splits()["train"]}
    own, wider, others = examples[::3], examples[1::3], examples[2::3]

    assert {each.pair.claim for each in examples} == texts
    assert {each.source for each in own} == STATEMENTS
    assert {(each.source, each.pair.follows) for each in others} == {("other lines", False)}
    for one, more, other in zip(own, wider, others, strict=True):
        assert (more.source, more.pair.follows) == ("wider lines", one.pair.follows)
        assert len(more.pair.evidence) > len(one.pair.evidence)
        assert one.pair.evidence not in other.pair.evidence
        assert one.fold == more.fold == other.fold
    assert {each.fold for each in examples} == set(range(5))


def test_stems_are_counted_by_texts() -> None:
    """A text that stands in several pairs counts once, and rare stems are left out."""
    pairs = [Labelled(f"الماء {number}", "الماء", follows=True) for number in range(9)]
    made = rarities(pairs)

    assert (made.texts, dict(made.counts)) == (10, {"ماء": 10})
