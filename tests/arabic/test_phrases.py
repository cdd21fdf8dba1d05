"""Phrases and claims are found in a run of words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.phrases import (
    contains_phrase,
    cut_at_quotes,
    find_phrases,
    find_words,
    match_words,
    phrase_index,
    phrase_positions,
)

PHRASES = (("ا",), ("ا", "ب"), ("ب", "ج", "د"), ("د", "د"))
WORDS = st.lists(st.sampled_from(["ماء", "بئر", "نهر", "مدينه", "شبكه", "لا"]), max_size=12)
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


def test_words_in_a_row_stand_where_they_were_said() -> None:
    """A claim taken as it is has its place."""
    assert match_words(("البئر", "جديده"), ("نحفر", "هذه", "البئر", "جديده", "اليوم")) == (2, 3)


def test_gaps_are_allowed_and_the_shortest_stretch_is_named() -> None:
    """Left-out words do not matter; of two beginnings the nearer one counts."""
    assert match_words(("نحفر", "بئرا"), ("نحفر", "ثم", "نحفر", "هنا", "بئرا")) == (2, 4)


def test_another_order_is_not_the_same() -> None:
    """All words were said, but not so: who did what to whom is order in Arabic too."""
    assert match_words(("سوريا", "دعمت", "العراق"), ("العراق", "دعمت", "سوريا")) is None


def test_a_word_used_twice_must_have_been_said_twice() -> None:
    """One place in the source stands for one word of the claim."""
    assert match_words(("ماء", "ماء"), ("ماء", "نهر")) is None
    assert match_words(("ماء", "ماء"), ("ماء", "نهر", "ماء")) == (0, 2)


def test_a_joining_letter_makes_no_difference() -> None:
    """`وقال` and `قال` are one word, on either side; a short word that begins so is left whole."""
    assert match_words(("وقال",), ("قال",)) == (0,)
    assert match_words(("قال",), ("فقال",)) == (0,)
    assert match_words(("في",), ("ي",)) is None


def test_nothing_claimed_is_nothing_missing() -> None:
    """A claim without words holds anywhere."""
    assert match_words((), ()) == ()
    assert match_words((), ("ماء",)) == ()


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

    places = match_words(claim, source)

    assert places is not None
    assert not places or match_words(claim, source[places[0] : places[-1] + 1]) is not None


@given(WORDS, WORDS)
def test_places_hold_the_words_in_order(claim: list[str], source: list[str]) -> None:
    """Every place has its word and they ascend; words that the source does not have are never found."""
    places = match_words(claim, source)

    if places is None:
        assert claim
    else:
        assert [source[place] for place in places] == claim
        assert list(places) == sorted(set(places))


def test_a_quotation_is_found_as_it_stands() -> None:
    """Whatever its spelling and marks, the words come back as the text has them; words that are apart are none."""
    said = "وقال: الدِّين النصيحة، ثم سكت 12 يومًا."

    assert find_words("الدين النصيحه ثم", said) == "الدِّين النصيحة، ثم"
    assert find_words("سكت ١٢ يوما", said) == "سكت 12 يومًا."
    assert find_words("الدين ثم", said) == ""
    assert find_words("؟", said) == ""


@given(LETTERS, st.lists(st.text(alphabet="ابجد", max_size=4), max_size=5))
def test_pieces_of_a_quoted_text_are_the_text(letters: list[str], quotes: list[str]) -> None:
    """Overlapping quotations are one stretch after another, and nothing is lost or told twice."""
    text = "".join(letters)
    pieces = cut_at_quotes(text, quotes)

    assert "".join(piece for piece, _ in pieces) == text
    assert all(quote in text for piece, quoted in pieces if quoted for quote in [piece])
    assert any(quoted for _, quoted in pieces) == any(quote and quote in text for quote in quotes)
