"""What was asked or supposed, and what is told as done."""

from __future__ import annotations

import pytest

from pipeline.arabic.alignment import align, index_speech
from pipeline.arabic.normalize import words
from pipeline.verify.modality import dropped_modality


def left(claim: str, *evidence: str) -> str:
    """What `dropped_modality` says of a claim and the sentences it cites."""
    source = index_speech(evidence)
    return dropped_modality(words(claim), align(words(claim), source), source)


def test_what_is_left_out_is_named_with_its_word() -> None:
    """An editor reads what was said."""
    assert left("السد آمن", "وهل السد آمن") == "وهل السد"


@pytest.mark.parametrize(
    "claim",
    ["هل السد آمن", "سأل إن كان السد آمنا", "قد يكون السد آمنا", "السد آمن ربما"],
)
def test_a_claim_may_leave_it_open_in_its_own_words(claim: str) -> None:
    """As a question, as a report of one, or as a possibility."""
    assert left(claim, "هل السد آمن") == ""


def test_half_of_what_was_asked_is_another_statement() -> None:
    """A claim that has only one of the words says something else, which other checks look at."""
    assert left("السد قديم", "هل السد آمن", "السد قديم") == ""


def test_a_question_ends_with_its_sentence() -> None:
    """It does not make the next one a question."""
    assert left("السد آمن", "لا أعرف هل", "السد آمن") == ""
    assert left("قد زار الوفد السد", "ربما زار الوفد السد") == "ربما زار"
