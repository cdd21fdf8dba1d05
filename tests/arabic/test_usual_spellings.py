"""The list of spoken words."""

from __future__ import annotations

import pytest

from pipeline.arabic.orthography import apply, bare, tag_of, usual_spellings
from pipeline.arabic.stopwords import SPOKEN


@pytest.mark.parametrize("dialect", [*SPOKEN, "mixed"])
def test_spoken_spellings_put_marks_on_letters_alone(dialect: str) -> None:
    """No entry makes another word of what was heard."""
    for heard, written in usual_spellings(dialect).items():
        assert bare(written) == heard
        assert apply(tag_of(written), heard) == written


def test_the_commonest_words_are_there() -> None:
    """What every Egyptian talk has."""
    usual = usual_spellings("egyptian")

    assert [usual[word] for word in ("ايه", "احنا", "ازاي", "ان", "ده")] == ["إيه", "إحنا", "إزاي", "إن", "ده"]


def test_a_word_of_one_dialect_is_not_written_in_another() -> None:
    """`آني` is Iraqi for `I`; elsewhere the same letters say `that I`."""
    assert usual_spellings("iraqi")["اني"] == "آني"
    assert usual_spellings("egyptian")["اني"] == "إني"


def test_standard_arabic_has_none() -> None:
    """Its words depend on the words around them."""
    assert usual_spellings("") == {}
