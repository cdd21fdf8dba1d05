"""Whether words were said, and in which order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.check import contains_phrase, match_words

WORDS = st.lists(st.sampled_from(["ماء", "بئر", "نهر", "مدينه", "شبكه", "لا"]), max_size=12)


def test_words_in_a_row_stand_where_they_were_said() -> None:
    """A claim taken as it is has its place and nothing missing."""
    found = match_words(("البئر", "جديده"), ("نحفر", "هذه", "البئر", "جديده", "اليوم"))

    assert (found.ordered, found.share, found.missing, found.place) == (True, 1.0, (), (2, 4))


def test_gaps_are_allowed_and_the_shortest_stretch_is_named() -> None:
    """Left-out words do not matter; of two beginnings the nearer one counts."""
    found = match_words(("نحفر", "بئرا"), ("نحفر", "ثم", "نحفر", "هنا", "بئرا"))

    assert found.ordered
    assert found.place == (2, 5)


def test_another_order_is_not_the_same() -> None:
    """All words were said, but not so: who did what to whom is order in Arabic too."""
    found = match_words(("سوريا", "دعمت", "العراق"), ("العراق", "دعمت", "سوريا"))

    assert (found.share, found.missing, found.ordered, found.place) == (1.0, (), False, (0, 0))


def test_missing_words_are_named_as_often_as_they_are_missing() -> None:
    """A word used twice must have been said twice."""
    found = match_words(("ماء", "ماء", "ذهب"), ("ماء", "نهر"))

    assert found.missing == ("ماء", "ذهب")
    assert round(found.share, 2) == 0.33


def test_a_joining_letter_makes_no_difference() -> None:
    """`وقال` and `قال` are one word, on either side; a short word that begins so is left whole."""
    assert match_words(("وقال",), ("قال",)).ordered
    assert match_words(("قال",), ("فقال",)).ordered
    assert not match_words(("في",), ("ي",)).ordered


def test_nothing_claimed_is_nothing_missing() -> None:
    """A claim without words holds anywhere."""
    assert match_words((), ()).ordered
    assert match_words((), ("ماء",)).share == 1.0


def test_a_phrase_stands_within_only_in_one_row() -> None:
    """A quotation must stand word by word, and words are never cut."""
    assert contains_phrase(("بئر", "جديده"), ("هذه", "بئر", "جديده"))
    assert not contains_phrase(("بئر", "جديده"), ("بئر", "ماء", "جديده"))
    assert not contains_phrase(("بئر",), ("بئران",))


@given(WORDS, st.data())
def test_any_part_of_a_source_is_found(source: list[str], data: st.DataObject) -> None:
    """Words dropped from a source leave a claim that stands in it, inside the stretch that is named."""
    kept = data.draw(st.lists(st.booleans(), min_size=len(source), max_size=len(source)))
    claim = [word for word, keep in zip(source, kept, strict=True) if keep]

    found = match_words(claim, source)

    start, end = found.place
    assert found.ordered
    assert match_words(claim, source[start:end]).ordered


@given(WORDS, WORDS)
def test_the_share_is_what_is_not_missing(claim: list[str], source: list[str]) -> None:
    """Share, missing words and order never contradict each other."""
    found = match_words(claim, source)

    assert 0 <= found.share <= 1
    assert (found.share == 1) == (found.missing == ())
    assert not (found.ordered and found.missing)
