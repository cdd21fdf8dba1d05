"""The figures of restoration, on small texts with the weights that ship."""

from __future__ import annotations

import pytest

from models.restore.restorer import EmbeddedRestorer
from pipeline.arabic.orthography import bare
from pipeline.evaluate import restoration
from pipeline.evaluate.restoration import RestorationMethods
from pipeline.evaluate.restoration_texts import aligned, joined
from pipeline.evaluate.table import ResultRow
from pipeline.types.article import SpokenWord

PARAGRAPH = "ذهب الأولاد إلى المدرسة في الصباح، ثم عادوا إلى البيت. وأكد الرئيس أن العلاقات بين البلدين قوية."
TEXT = joined("a", [PARAGRAPH])


@pytest.fixture(scope="module")
def methods() -> RestorationMethods:
    """Our restorer and the baselines."""
    return RestorationMethods(EmbeddedRestorer().restorer)


def values(rows: list[ResultRow]) -> dict[tuple[str, str], float]:
    """Figures by measure and system."""
    return {(row.measure, row.system): row.value for row in rows}


def test_spelling_stands_beside_captions_and_lexicon(methods: RestorationMethods) -> None:
    """Plain text comes back whole; captions as they are have lost some words."""
    found = values(list(restoration.spelled("texts", [TEXT], methods)))

    assert found["words spelled exactly", "identity"] < found["words spelled exactly", "tadwin"] == 1
    assert 0 < found["words spelled exactly", "lexicon"] <= 1


def test_an_editors_spelling_is_what_counts(methods: RestorationMethods) -> None:
    """Only words that the editor kept are compared."""
    pair = aligned("s", ["ايها", "الناس", "امم"], ["أيها", "الناسُ"])
    found = values(list(restoration.edited("sermon", [pair], methods)))

    assert found["words spelled exactly", "identity"] == 0.5
    assert found["words spelled exactly", "tadwin"] == 1


def test_typed_text_is_not_harmed(methods: RestorationMethods) -> None:
    """No word that a person typed is changed."""
    (row,) = restoration.unharmed("typed", [TEXT], methods)

    assert (row.measure, row.system, row.value) == ("words made worse", "tadwin", 0)


def test_ends_and_marks_have_their_baseline(methods: RestorationMethods) -> None:
    """Both figures stand beside an end every 12 words, and the sentence in the middle is found."""
    found = values(list(restoration.punctuated("texts", [TEXT], methods)))

    assert found["sentence ends F1", "tadwin"] == 1
    assert found["sentence ends F1", "every 12 words"] < 1
    assert ("commas and other marks, micro F1", "tadwin") in found


def test_times_count_and_misheard_words_do_not(methods: RestorationMethods) -> None:
    """A silence ends the sentence where the words alone leave it open; a word that was never written is no place."""
    text = joined("a", ["هذا كل ما عندي اليوم.", "شكراً لكم على حسن المتابعة والاستماع."])
    said = [(word.text, at + (9.0 if at > 4 else 0.0)) for at, word in enumerate(text.words)]
    heard = tuple(SpokenWord(bare(word), start, start + 0.9) for word, start in [*said, ("كم", 30.0)])
    found = values(list(restoration.timed("talk", heard, text, methods)))

    assert found["sentence ends F1", "tadwin"] == pytest.approx(2 / 4)
    assert found["sentence ends F1", "every 12 words"] == 0


def test_line_ends_of_people_are_measured(methods: RestorationMethods) -> None:
    """Any mark counts as a boundary against the lines that people typed."""
    rows = list(restoration.clauses("typed", [joined("b", ["ذهب الأولاد إلى المدرسة", "ثم عادوا إلى البيت"])], methods))

    assert {row.system for row in rows} == {"tadwin", "every 12 words"}
    assert all(0 <= row.value <= 1 for row in rows)
