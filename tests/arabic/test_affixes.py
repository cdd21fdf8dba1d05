"""Prefixes and endings are cut in the order of their table, and never so far that no word is left."""

from __future__ import annotations

import pytest

from pipeline.arabic import affixes
from pipeline.arabic.affixes import strip_conjunction, strip_ending, strip_prefix
from pipeline.arabic.normalize import fold


def test_the_first_affix_that_leaves_a_word_is_cut() -> None:
    """The order of a table decides; an affix that would leave too little is passed over for the next."""
    assert strip_prefix("بالكتاب", ("بال", "ال", "ب")) == "كتاب"
    assert strip_prefix("بالغ", ("بال", "ب")) == "الغ"
    assert strip_ending("كتابهما", ("هما", "ما")) == "كتاب"
    assert strip_ending("ماها", ("ها", "ا")) == "ماه"


def test_a_word_without_such_an_affix_stays_as_it_is() -> None:
    """Nothing fits, or nothing would be left."""
    assert strip_prefix("كتاب", ("ال",)) == strip_ending("كتاب", ("ون",)) == "كتاب"
    assert strip_prefix("الا", ("ال",), least=2) == "الا"


def test_a_conjunction_goes_only_where_a_word_remains() -> None:
    """`وقال` is `and he said`; `وفي` is `and in`; `ولد` is a boy."""
    assert [strip_conjunction(word) for word in ("وقال", "وفي", "ولد")] == ["قال", "في", "ولد"]


@pytest.mark.parametrize("name", [name for name in dir(affixes) if name.isupper() and name != "POSSESSIVES"])
def test_tables_are_folded_and_name_nothing_twice(name: str) -> None:
    """Every reader compares folded words, and of two equal entries one would never count."""
    table = getattr(affixes, name)
    if not isinstance(table, (tuple, str)):
        return

    assert list(table) == list(dict.fromkeys(map(fold, table)))


@pytest.mark.parametrize("name", ["ARTICLES", "STEM_ARTICLES", "VOCABULARY_PREFIXES", "STEM_ENDINGS", "VERB_ENDINGS"])
def test_longer_affixes_stand_before_those_that_they_contain(name: str) -> None:
    """Of a table that is cut from words no entry is out of reach behind a shorter one."""
    table: tuple[str, ...] = getattr(affixes, name)
    hides = str.endswith if name.endswith("ENDINGS") else str.startswith

    hidden = [(one, other) for at, one in enumerate(table) for other in table[at + 1 :] if hides(other, one)]
    assert hidden == []
