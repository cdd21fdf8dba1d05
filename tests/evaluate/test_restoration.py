"""The figures of restoration, on small texts with the weights that ship."""

from __future__ import annotations

import pytest

from models.restore.restorer import EmbeddedRestorer
from pipeline.arabic.orthography import bare
from pipeline.evaluate import restoration
from pipeline.evaluate.measures import ResultRow
from pipeline.evaluate.restoration import RestorationMethods
from pipeline.evaluate.restoration_texts import aligned, written_text
from pipeline.types.article import SpokenWord

PARAGRAPH = "ذهب الأولاد إلى المدرسة في الصباح، ثم عادوا إلى البيت. وأكد الرئيس أن العلاقات بين البلدين قوية."
TEXT = written_text("a", [PARAGRAPH])


@pytest.fixture(scope="module")
def methods() -> RestorationMethods:
    """Our restorer and the baselines."""
    return RestorationMethods(EmbeddedRestorer().restorer)


def values(rows: list[ResultRow]) -> dict[tuple[str, str], float]:
    """Figures by measure and system."""
    return {(row.measure, row.system): row.value for row in rows}


def test_spelling_stands_beside_captions_and_lexicon(methods: RestorationMethods) -> None:
    """Simple text is restored exactly; captions left as they are have some words wrong."""
    figures = values(list(restoration.spelled("texts", [TEXT], methods)))

    assert figures["words spelled exactly", "identity"] < figures["words spelled exactly", "tadwin"] == 1
    assert 0 < figures["words spelled exactly", "lexicon"] <= 1


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
    """Both figures have the baseline of an end every 12 words, and the sentence end in the middle is found."""
    found = values(list(restoration.punctuated("texts", [TEXT], methods)))

    assert found["sentence ends F1", "tadwin"] == 1
    assert found["sentence ends F1", "every 12 words"] < 1
    assert ("commas and other marks, micro F1", "tadwin") in found


def test_times_count_and_misheard_words_do_not(methods: RestorationMethods) -> None:
    """A silence ends a sentence that the words alone leave open; a word that is not in the text is not counted."""
    text = written_text("a", ["هذا كل ما عندي اليوم.", "شكراً لكم على حسن المتابعة والاستماع."])
    said = [(word.text, at + (9.0 if at > 4 else 0.0)) for at, word in enumerate(text.words)]
    heard = tuple(SpokenWord(bare(word), start, start + 0.9) for word, start in [*said, ("كم", 30.0)])
    found = values(list(restoration.timed("talk", heard, text, methods)))

    assert found["sentence ends F1", "tadwin"] == pytest.approx(2 / 4)
    assert found["sentence ends F1", "every 12 words"] == 0


def test_line_ends_of_people_are_measured(methods: RestorationMethods) -> None:
    """Any mark counts as a boundary, against the lines that people typed."""
    rows = list(
        restoration.clauses("typed", [written_text("b", ["ذهب الأولاد إلى المدرسة", "ثم عادوا إلى البيت"])], methods)
    )

    assert {row.system for row in rows} == {"tadwin", "every 12 words"}
    assert all(0 <= row.value <= 1 for row in rows)
