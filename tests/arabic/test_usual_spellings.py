"""The list of spoken words."""

from __future__ import annotations

from pipeline.arabic.orthography import USUAL, apply, bare, tag_of


def test_spoken_spellings_put_marks_on_letters_alone() -> None:
    """No entry makes another word of what was heard."""
    for heard, written in USUAL.items():
        assert bare(written) == heard
        assert apply(tag_of(written), heard) == written


def test_the_commonest_words_are_there() -> None:
    """What every Egyptian talk has."""
    assert [USUAL[word] for word in ("ايه", "احنا", "ازاي", "ان", "ده")] == ["إيه", "إحنا", "إزاي", "إن", "ده"]
