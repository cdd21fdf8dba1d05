"""Yes for no, and opposites."""

from __future__ import annotations

import pytest

from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.normalize import words
from pipeline.verify.negation import negation_mismatch, opposite_word


def turn(claim: str, evidence: str) -> str:
    """What `negation_mismatch` says of two texts."""
    source = index_speech([evidence])
    return negation_mismatch(words(claim), align(words(claim), source), source)


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("لا يكفي المال", "يكفي المال", "1 ≠ 0"),
        ("يكفي المال", "لا يكفي المال", "0 ≠ 1"),
        ("لم تعرف البلدية", "لم تكن البلدية تعرف", ""),
        ("ليس المال كافيا", "المال ليس كافيا", ""),
        ("من دون مال", "بلا مال", ""),
        ("لا يزال المال كافيا", "ما زال المال كافيا", ""),
        ("لا بد من المال", "المال واجب", ""),
        ("المحل مفتوح", "المحل مش مفتوح", "0 ≠ 1"),
        ("لم يكن هناك أحد", "ماكانش فيه حد هناك", ""),
        ("غير المهندس رأيه", "المهندس غير رأيه", ""),
    ],
)
def test_a_negation_is_missed_or_added(claim: str, evidence: str, expected: str) -> None:
    """In all its words, standard and spoken, and not where a word only looks like one."""
    assert turn(claim, evidence) == expected


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("انخفض", "ارتفع"),
        ("المنخفضة", "مرتفعة"),
        ("رفضت", "قبلت"),
        ("وشمال", "جنوب"),
        ("هبوط", "الارتفاع"),
        ("بعد", "قبل"),
    ],
)
def test_opposites_are_known_in_their_forms(mine: str, theirs: str) -> None:
    """Tense, article, gender and conjunction do not hide them."""
    assert opposite_word(words(mine), words(theirs)) == (words(mine)[0], words(theirs)[0])


def test_other_words_are_no_opposites() -> None:
    """Both stay empty."""
    assert opposite_word(["ماء"], ["نار"]) == ("", "")
    assert opposite_word([], ["ارتفع"]) == ("", "")
