"""What holds together surprises less than what does not."""

from itertools import pairwise
from math import isclose, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.passages import LEAST, UNKNOWN, burstiness, make_urn

BAGS = st.lists(st.lists(st.sampled_from("ابجدهوز"), max_size=12), min_size=1, max_size=12)


def cost(bags: list[list[str]], begin: int, end: int, size: float = 20.0) -> float:
    """Surprise of a passage from one block to before another, all tokens weighing the same."""
    weights = dict.fromkeys((token for bag in bags for token in bag), 1.0)
    reaches = [len(bags) - each for each in range(len(bags))]
    return make_urn(bags, size, weights).surprises(reaches)[begin][end - begin - 1]


def test_one_subject_surprises_less_than_two() -> None:
    """A border between two vocabularies lowers the surprise of the whole; one inside a vocabulary lowers it less."""
    bags = [list("ابجا"), list("بجاب"), list("دهود"), list("هودد")]
    right = cost(bags, 0, 2) + cost(bags, 2, 4)
    wrong = cost(bags, 0, 1) + cost(bags, 1, 4)
    assert right < wrong
    assert right < cost(bags, 0, 4)


@given(BAGS)
def test_order_inside_a_passage_does_not_matter(bags: list[list[str]]) -> None:
    """An urn has no memory of order: the same words surprise the same."""
    assert isclose(cost(bags, 0, len(bags)), cost(bags[::-1], 0, len(bags)), rel_tol=1e-9, abs_tol=1e-9)


@given(st.lists(st.sampled_from("ابج"), min_size=1, max_size=20))
def test_the_figure_is_that_of_the_formula(tokens: list[str]) -> None:
    """For tokens of weight one: the Dirichlet-multinomial of the tokens against drawing each from the whole talk."""
    size = 7.0
    held = {token: size * tokens.count(token) / len(tokens) for token in tokens}
    likely = lgamma(size) - lgamma(size + len(tokens))
    likely += sum(lgamma(held[t] + tokens.count(t)) - lgamma(held[t]) for t in set(tokens))
    alone = sum(log(held[token] / size) for token in tokens)
    assert isclose(cost([tokens], 0, 1, size), alone - likely, rel_tol=1e-6, abs_tol=1e-6)


@given(BAGS, st.integers(1, 12))
def test_there_is_a_figure_for_every_end_in_reach(bags: list[list[str]], reach: int) -> None:
    """One for each block from the first one of the passage on; neither empty blocks nor a shorter reach change it."""
    weights = dict.fromkeys((token for bag in bags for token in bag), 1.0)
    reaches = [min(reach, len(bags) - begin) for begin in range(len(bags))]
    for begin, figures in enumerate(make_urn(bags, 20.0, weights).surprises(reaches)):
        assert len(figures) == reaches[begin]
        assert figures == pytest.approx([cost(bags, begin, begin + length) for length in range(1, len(figures) + 1)])
        for (one, other), bag in zip(pairwise(figures), bags[begin + 1 :], strict=False):
            assert bag or one == other


@given(st.lists(st.sampled_from("ابجدهو"), max_size=200))
def test_weights_are_between_the_least_and_one(tokens: list[str]) -> None:
    """Every token gets a weight, whatever its spread."""
    weights = burstiness(tokens)
    assert set(weights) == set(tokens)
    assert all(LEAST <= weight <= 1 for weight in weights.values())


@pytest.mark.parametrize("times", [3, 6, 10])
def test_what_gathers_weighs_more_than_what_is_spread(times: int) -> None:
    """A word said again and again in one place weighs more than one said as often all through the talk."""
    rest = [f"كلمة{place}" for place in range(3000)]
    spread = rest.copy()
    for number in range(times):
        spread[number * (len(rest) // times)] = "مفرق"
    gathered = spread[:1000] + ["مجموع"] * times + spread[1000:]
    weights = burstiness(gathered)
    assert weights["مجموع"] > weights["مفرق"]


def test_a_word_said_everywhere_weighs_little() -> None:
    """A word that every sentence has comes back soon because it is frequent, not because a topic is there."""
    tokens = [token for place in range(1000) for token in ("كل", f"كلمة{place}", f"لفظ{place}")]
    assert burstiness(tokens)["كل"] <= UNKNOWN + 0.01
