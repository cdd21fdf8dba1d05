"""Where something was said."""

from __future__ import annotations

from pipeline.text.retrieval import Retriever, retrieve
from pipeline.types import Sentence

TALK = tuple(
    Sentence(number, text)
    for number, text in enumerate(
        (
            "ينبع الفرات من جبال الأناضول في تركيا",
            "أنجزت سوريا سد الفرات قرب مدينة الطبقة",
            "الري بالتنقيط يحفظ التربة من الملوحة",
            "يباع القمح في أسواق المدينة كل صباح",
        ),
        1,
    )
)


def test_a_reworded_sentence_is_found() -> None:
    """By its telling words, in any form."""
    assert retrieve("التربة يحفظها الري", TALK) == (3,)


def test_two_sentences_in_one_are_both_found() -> None:
    """In the order of the talk, and no more than asked for."""
    both = "يباع القمح صباحًا، وينبع الفرات من تركيا"

    assert retrieve(both, TALK) == (1, 4)
    assert len(retrieve(both, TALK, most=1)) <= 1


def test_what_was_not_said_is_nowhere() -> None:
    """No sentence is better than the nearest."""
    assert retrieve("اكتشف العلماء كوكبًا بعيدًا", TALK) == ()


def test_one_retriever_serves_many_texts() -> None:
    """It answers as `retrieve` does."""
    retriever = Retriever(TALK)

    assert [retriever.cites(each.text) for each in TALK] == [(each.number,) for each in TALK]
