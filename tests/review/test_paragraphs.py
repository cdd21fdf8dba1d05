"""A typed text as paragraphs."""

from __future__ import annotations

import pytest

from pipeline.arabic.retrieval import Retriever
from pipeline.review.edits import Edit, EditAction, apply_edit
from pipeline.review.paragraphs import typed_paragraphs
from pipeline.types.article import Paragraph, Statement
from tests.fakes.desks import article

ONE = article()
RETRIEVER = Retriever(ONE.script.sentences)
OLD = Paragraph((Statement("الأولى عن النهر الكبير.", (3,)), Statement("الثانية عن السد القديم والجديد.", (5, 6))))


def cited(*paragraphs: Paragraph) -> list[list[tuple[str, tuple[int, ...]]]]:
    """Text and evidence of every statement."""
    return [[(said.text, said.cites) for said in each.statements] for each in paragraphs]


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n  \n"])
def test_a_blank_line_ends_a_paragraph(blank: str) -> None:
    """However it is typed; each sentence keeps its evidence on either side."""
    text = f"{blank}الأولى عن النهر الكبير.{blank}الثانية عن السد القديم والجديد.{blank}"

    assert cited(*typed_paragraphs(OLD, text)) == [
        [("الأولى عن النهر الكبير.", (3,))],
        [("الثانية عن السد القديم والجديد.", (5, 6))],
    ]


def test_a_single_line_break_does_not() -> None:
    """It only ends a sentence, as ever."""
    assert len(typed_paragraphs(OLD, "الأولى عن النهر الكبير.\nالثانية عن السد القديم والجديد.")) == 1


def test_a_sentence_cut_in_two_keeps_its_evidence_in_both_halves() -> None:
    """Also in a half of one word, which nothing else would find again."""
    text = "الأولى عن النهر الكبير. الثانية\n\nعن السد القديم والجديد."

    assert cited(*typed_paragraphs(OLD, text)) == [
        [("الأولى عن النهر الكبير.", (3,)), ("الثانية", (5, 6))],
        [("عن السد القديم والجديد.", (5, 6))],
    ]


def test_a_half_of_few_words_keeps_its_evidence() -> None:
    """Wherever the cut is, though what is left of a half may be two words that tell little."""
    text = "كلفة الإصلاح كانت أقل من كلفة محطة تحلية واحدة."
    old = Paragraph((Statement(text, (5, 10)), Statement("وجدنا أن الماء يضيع في الطريق.", (6,))))
    tokens = text.split()
    for at in range(1, len(tokens)):
        halves = f"{' '.join(tokens[:at])}\n\n{' '.join(tokens[at:])} {old.statements[1].text}"
        cites = [[each.cites for each in paragraph.statements] for paragraph in typed_paragraphs(old, halves)]
        assert cites == [[(5, 10)], [(5, 10), (6,)]]


def test_parts_of_one_paragraph_stay_one() -> None:
    """A conclusion is one paragraph, whatever is typed; a lead goes on in the background; additions are divided."""

    def places(place: str, action: EditAction) -> list[str]:
        draft = apply_edit(ONE.draft, Edit(place, action, "جملة أولى.\n\nجملة ثانية."))
        before = {place for place, _ in ONE.draft.paragraphs()}
        return [place for place, _ in draft.paragraphs() if place not in before]

    count = len(ONE.draft.background)
    assert places("conclusion", EditAction.WRITE) == []
    assert places("lead", EditAction.WRITE) == [f"background.{count + 1}"]
    added = len(ONE.draft.sections[0].paragraphs)
    assert places("sections.1.1", EditAction.ADD) == [f"sections.1.{added + 1}", f"sections.1.{added + 2}"]
