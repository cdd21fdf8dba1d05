"""Hashes of letter groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.restore.tagger import BUCKETS, LIMIT, letter_groups


@given(st.text(max_size=60))
def test_every_word_has_groups_within_bounds(word: str) -> None:
    """Any text at all has one group and at most `LIMIT`, all of them rows of the table."""
    rows = letter_groups(word)

    assert 1 <= len(rows) <= LIMIT
    assert all(0 <= row < BUCKETS for row in rows)


def test_related_words_share_groups() -> None:
    """Words of one root have groups in common, the whole word and other roots have their own."""
    assert len(set(letter_groups("مدرسه")) & set(letter_groups("المدرسه"))) >= 5
    assert letter_groups("مدرسه")[0] != letter_groups("المدرسه")[0]
    assert not set(letter_groups("مدرسه")) & set(letter_groups("قطن"))


def test_groups_are_the_ones_the_weights_were_trained_with() -> None:
    """The rows of a word never change, or the shipped weights would mean nothing."""
    assert letter_groups("قلم") == [10560, 8712, 17152, 13379, 29435, 28517]
