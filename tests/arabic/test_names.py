"""Names without capital letters."""

from __future__ import annotations

import pytest

from pipeline.arabic.names import is_likely_name
from pipeline.arabic.normalize import words


@pytest.mark.parametrize("word", ["محمد", "ومحمد", "بمصر", "github", "كوبنهاغن", "بوخارست"])
def test_names_are_likely_names(word: str) -> None:
    """Known ones, Latin ones and words that nobody knows."""
    assert is_likely_name(words(word)[0])


@pytest.mark.parametrize("before", ["مدينة", "الدكتور", "بنت", "وشركة"])
def test_a_title_makes_a_name(before: str) -> None:
    """Whatever follows it."""
    assert is_likely_name("الزهراء", words(before)[0])


@pytest.mark.parametrize("word", ["الماء", "يكتب", "كتاب", "جميل", "1973", "بتمويل", "المهندسون", "في"])
def test_other_words_are_not(word: str) -> None:
    """Nouns, verbs, adjectives, figures."""
    assert not is_likely_name(words(word)[0])
