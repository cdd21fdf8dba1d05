"""Where something was said."""

from __future__ import annotations

from pipeline.arabic.retrieval import Retriever
from pipeline.types.article import Sentence

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
    assert Retriever(TALK).cites("التربة يحفظها الري") == (3,)


def test_two_sentences_in_one_are_both_found() -> None:
    """In the order of the talk, and no more than asked for."""
    both = "يباع القمح صباحًا، وينبع الفرات من تركيا"

    assert Retriever(TALK).cites(both) == (1, 4)
    assert len(Retriever(TALK).cites(both, 1)) <= 1


def test_what_was_not_said_is_nowhere() -> None:
    """No sentence is better than the nearest."""
    assert Retriever(TALK).cites("اكتشف العلماء كوكبًا بعيدًا") == ()


def test_the_nearest_are_ranked_before_any_threshold() -> None:
    """Where too little of a text was said to cite it, what comes closest is still found; what shares nothing is not."""
    asked = "يحفظ المزارعون الأرض من الملح والجفاف والآفات والصقيع"

    assert Retriever(TALK).cites(asked) == ()
    assert Retriever(TALK).nearest(asked) == (3,)
    assert Retriever(TALK).nearest("اكتشف العلماء كوكبًا بعيدًا") == ()


def test_one_retriever_serves_many_texts() -> None:
    """Asked again for many texts, it answers each as a new one does."""
    retriever = Retriever(TALK)

    assert [retriever.cites(each.text) for each in TALK] == [(each.number,) for each in TALK]
