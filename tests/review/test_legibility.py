"""A talk that nobody can read is doubtful, however few findings its article has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.review import blocks, rules
from pipeline.review.legibility import LONGEST, hard_share, is_hard_to_read
from pipeline.types.article import Article, Draft, Paragraph, Sentence, Statement
from pipeline.types.review import ReviewStatus
from tests.fakes.desks import article

ONE = article()


def lengthened(words: int) -> Article:
    """The article of a talk whose every second sentence has so many words more."""
    passages = tuple(
        replace(
            passage,
            sentences=tuple(
                replace(each, text=f"{each.text} {'كلمة ' * words}".strip()) if each.number % 2 else each
                for each in passage.sentences
            ),
        )
        for passage in ONE.script.passages
    )
    return replace(ONE, script=replace(ONE.script, passages=passages))


@pytest.mark.parametrize(
    ("known", "words", "hard"), [(None, LONGEST, False), (0.1, 5, False), (None, LONGEST + 1, True)]
)
def test_a_sentence_without_an_end_is_hard(known: float | None, words: int, hard: bool) -> None:  # noqa: FBT001 - expected
    """One in which nobody found an end; how much of it was heard right is too uncertain to rank a draft by."""
    assert is_hard_to_read(Sentence(1, "كلمة " * words, known=known)) is hard


def test_a_hard_talk_goes_up_the_list() -> None:
    """The share of the cited words counts as weakness; a talk that is read well stays where it was."""
    easy, hard = (rules.queue_row(lengthened(words), "f", ReviewStatus.NEW) for words in (0, LONGEST))

    assert (easy.hard, easy.weakness) == (0.0, rules.weakness(ONE.report))
    assert 0.2 < hard.hard < 1
    assert hard.weakness == pytest.approx(easy.weakness + hard.hard, abs=1e-5)
    assert hard.findings == easy.findings == 0


def test_what_the_article_does_not_cite_does_not_count() -> None:
    """A hard stretch that nothing rests on makes nothing doubtful."""
    number = next(number for number in ONE.draft.lead.cites or ONE.draft.sections[0].paragraphs[0].cites)
    long = "كلمة " * (LONGEST + 1)
    passages = tuple(
        replace(each, sentences=tuple(replace(s, text=long) if s.number == number else s for s in each.sentences))
        for each in ONE.script.passages
    )
    hard = replace(ONE, script=replace(ONE.script, passages=passages))

    def without(draft: Draft) -> Draft:
        citing = [place for place, paragraph in draft.paragraphs() if number in paragraph.cites]
        for place in citing:
            draft = blocks.with_paragraph(draft, place, Paragraph((Statement("نص.", (number + 1,)),)))
        return draft

    assert hard_share(hard) > 0
    assert hard_share(replace(hard, draft=without(hard.draft))) == 0.0
