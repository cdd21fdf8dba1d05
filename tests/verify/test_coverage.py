"""Which minutes an article stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.types.article import Paragraph, Passage, Script, SectionCoverage, TimeSpan, Track
from pipeline.verify.coverage import coverage
from tests.fakes import articles

TALK = articles.script()
GOOD = articles.draft(TALK)


def test_each_part_shows_its_passages() -> None:
    """Background, sections, challenges and outlook each stand for the passages they cite, in the article's order."""
    shown = coverage(GOOD, TALK)

    assert [part.heading for part in shown.cover] == [
        "خلفية",
        "قياس الفاقد في الشبكة",
        "إصلاح الأنابيب القديمة",
        "إعادة استعمال المياه الرمادية",
        "التحديات",
        "الآفاق",
    ]
    assert shown.cover[1] == SectionCoverage("قياس الفاقد في الشبكة", (TimeSpan(240.0, 1499.0),))
    assert shown.share == 1.0
    assert shown.gaps[0] == TimeSpan(0, 5.0)


def test_neighbouring_passages_are_one_stretch() -> None:
    """A section over two passages in a row shows one span; passages apart show two."""
    both = replace(GOOD.sections[0], paragraphs=(Paragraph((articles.said(TALK, 5), articles.said(TALK, 9))),))
    apart = replace(GOOD.sections[0], paragraphs=(Paragraph((articles.said(TALK, 1), articles.said(TALK, 9))),))

    assert coverage(replace(GOOD, sections=(both,)), TALK).cover[1].spans == (TimeSpan(240.0, 2819.0),)
    assert coverage(replace(GOOD, sections=(apart,)), TALK).cover[1].spans == (
        TimeSpan(5.0, 239.0),
        TimeSpan(1500.0, 2819.0),
    )


def test_the_lead_and_the_conclusion_do_not_count() -> None:
    """They frame the talk; citing everything there covers nothing."""
    everything = Paragraph(tuple(articles.said(TALK, number) for number in range(1, 22)))
    draft = replace(
        GOOD, lead=everything, conclusion=everything, background=(), sections=(), challenges=None, outlook=None
    )

    shown = coverage(draft, TALK)
    assert (shown.share, shown.cover, shown.gaps) == (0.0, (), (TimeSpan(0, 4500.0),))


def test_without_times_words_are_counted() -> None:
    """The share is of words, and no spans are made up."""
    talk = articles.script(timed=False)
    draft = replace(articles.draft(talk), background=(), sections=(), challenges=None)
    words = [sum(len(sentence.text.split()) for sentence in passage.sentences) for passage in talk.passages]

    shown = coverage(draft, talk)
    assert shown.share == pytest.approx(words[5] / sum(words))
    assert (shown.cover, shown.gaps) == ((), ())


def test_an_empty_script_is_not_covered() -> None:
    """No passage, no share, no division by zero."""
    empty = Script(TALK.video, Track("ar", TALK.track.origin), ())

    assert coverage(GOOD, empty).share == 0.0


def test_citations_out_of_the_script_cover_nothing() -> None:
    """A number that no sentence has is passed over here; the report names it elsewhere."""
    short = replace(TALK, passages=(Passage("", TALK.passages[5].sentences),))

    assert [part.spans for part in coverage(GOOD, short).cover][:2] == [(), ()]
