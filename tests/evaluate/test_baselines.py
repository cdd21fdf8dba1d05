"""Baselines do what their names say, since a straw man would flatter the product."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.baselines import even_split, first_words, random_order, text_rank, text_tiling, top_keywords
from tests.segment.subjects import RIVER, SCHOOL, TRADE, repeated, said

ALL = (*RIVER, *SCHOOL, *TRADE)


@given(st.integers(1, 30), st.integers(1, 12))
def test_an_even_split_has_parts_of_like_length(sentences: int, parts: int) -> None:
    """Borders lie inside the text, and no part exceeds its share by more than two sentences."""
    text = said(*["كلمة وكلمة أخرى"] * sentences)
    borders = sorted(even_split(text, parts))
    assert all(0 < border < sentences for border in borders)
    edges = [0, *borders, sentences]
    assert max(b - a for a, b in pairwise(edges)) <= sentences / parts + 2


def test_an_even_split_into_one_has_no_border() -> None:
    """One part is the whole text."""
    assert even_split(said(*ALL), 1) == frozenset()


def test_text_tiling_finds_a_clear_change() -> None:
    """Two long stretches of different vocabulary have a border near the change."""
    river = repeated(RIVER, 900)
    borders = text_tiling(said(*river, *repeated(TRADE, 900)))
    assert any(abs(border - len(river)) <= 8 for border in borders)


@pytest.mark.parametrize("texts", [(), ("كلمة",), ("", "...")])
def test_text_tiling_survives_short_texts(texts: tuple[str, ...]) -> None:
    """A text too short for a single comparison has no border."""
    assert text_tiling(said(*texts)) == frozenset()


def test_first_words_are_the_first_words() -> None:
    """The first four words are taken as written."""
    assert first_words(said(*RIVER)) == "تعاني البلاد من نقص"


def test_top_keywords_set_the_passage_apart_from_the_document() -> None:
    """They are words of the passage that the rest of the document lacks."""
    assert "المياه" in top_keywords(said(*RIVER), said(*ALL)).split()
    assert "المدارس" not in top_keywords(said(*RIVER), said(*ALL))


@given(st.integers(0, 30), st.integers(0, 99))
def test_a_random_order_is_an_order(number: int, seed: int) -> None:
    """Every index comes once, and the same seed gives the same order."""
    sentences = said(*["كلمة"] * number)
    assert sorted(random_order(sentences, seed)) == list(range(number))
    assert random_order(sentences, seed) == random_order(sentences, seed)


def test_text_rank_prefers_the_common_subject() -> None:
    """The one sentence on another subject comes last, and every index comes once."""
    order = text_rank(said(*RIVER[:6], TRADE[2]))
    assert sorted(order) == list(range(7))
    assert order[-1] != 1
