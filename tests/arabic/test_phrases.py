"""Set phrases are found in a run of words."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.phrases import find_phrases, phrase_index, phrase_positions

PHRASES = (("ا",), ("ا", "ب"), ("ب", "ج", "د"), ("د", "د"))
LETTERS = st.lists(st.sampled_from("ابجدهو"), max_size=30)


def test_the_longest_phrase_wins() -> None:
    """Where several phrases begin, the longest that fits is meant."""
    assert find_phrases(("ا", "ب", "ه"), phrase_index(PHRASES)) == ((0, 2),)
    assert find_phrases(("ا", "ه"), phrase_index(PHRASES)) == ((0, 1),)


def test_phrases_do_not_overlap() -> None:
    """A word that closes one phrase does not open the next."""
    assert find_phrases(("ب", "ج", "د", "د"), phrase_index(PHRASES)) == ((0, 3),)


def test_a_phrase_broken_off_is_none() -> None:
    """Part of a phrase at the end of the words is not the phrase."""
    assert find_phrases(("ب", "ج"), phrase_index(PHRASES)) == ()


@given(LETTERS)
def test_what_is_found_is_there(said: list[str]) -> None:
    """Every hit is one of the phrases at its place, and no word belongs to two."""
    hits = find_phrases(said, phrase_index(PHRASES))
    assert all(tuple(said[begin : begin + length]) in PHRASES for begin, length in hits)
    assert sum(length for _, length in hits) == len(phrase_positions(said, phrase_index(PHRASES)))


@given(LETTERS)
def test_no_phrases_cover_nothing(said: list[str]) -> None:
    """Without phrases nothing is found."""
    assert phrase_positions(said, phrase_index(())) == frozenset()
