"""Who and whom."""

from __future__ import annotations

import pytest

from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.normalize import words
from pipeline.verify.word_order import swapped_words


def pair(claim: str, *evidence: str) -> tuple[str, str] | None:
    """What `swapped_words` says of a claim beside its evidence."""
    source = index_speech(evidence)
    return swapped_words(words(claim), align(words(claim), source), source)


def test_the_words_in_question_are_named() -> None:
    """In the order of the claim."""
    assert pair("سوريا تساعد العراق", "العراق تساعد سوريا") == ("سوريا", "العراق")


def test_a_sentence_of_its_own_has_ends_of_its_own() -> None:
    """The exchange is seen in the middle of other sentences."""
    assert pair("الكلب عض الرجل", "كان الجو حارًا", "الرجل عض الكلب", "ثم نام الجميع")


def test_exchanged_objects_of_prepositions_are_found() -> None:
    """From here to there is not from there to here."""
    assert pair("سافر من دمشق إلى بغداد", "سافر من بغداد إلى دمشق")


def test_a_word_said_twice_changes_nothing_with_itself() -> None:
    """Repetition is no exchange."""
    assert pair("إذا صح القول تأمل تأمل جمال الحكمة كلها", "تأمل تأمل جمال الحكمة كلها إذا صح القول") is None


@pytest.mark.parametrize("claim", ["", "أحمد", "قال أحمد", "ثم نام أحمد"])
def test_little_text_has_no_roles_to_exchange(claim: str) -> None:
    """Nothing crosses, or what crosses is a clause."""
    assert pair(claim, "قال أحمد", "عض الكلب الرجل ثم نام") is None
