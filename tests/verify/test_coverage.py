"""What an article has of its talk, and where."""

from __future__ import annotations

from dataclasses import replace

from pipeline.types.article import (
    Draft,
    Omission,
    Paragraph,
    Passage,
    Script,
    Section,
    SectionCoverage,
    Sentence,
    Statement,
    TimeSpan,
    Track,
)
from pipeline.verify.coverage import coverage
from tests.fakes import articles

TALK = articles.script()
GOOD = articles.draft(TALK)
LONG = replace(
    TALK,
    passages=(Passage("", tuple(Sentence(n, f"كلمة{n} " * 10, 10.0 * n, 10.0 * n + 10) for n in range(1, 41))),),
)
"""400 words in 40 sentences of ten seconds, each of one word of its own, ten times."""


def citing(*statements: Statement) -> Section:
    """A section of these statements."""
    return Section("قسم", (Paragraph(statements),))


def only(*sections: Section) -> Draft:
    """A draft that says nothing beside these sections."""
    empty = Paragraph(())
    return replace(
        GOOD, lead=empty, background=(), transition=empty, sections=sections, challenges=None, outlook=None,
        conclusion=empty,
    )  # fmt: skip


def test_each_part_is_shown_where_its_words_were_said() -> None:
    """Sentences in a row are one stretch; the others have their own, not their whole passage."""
    shown = coverage(GOOD, TALK).sections

    assert [part.heading for part in shown] == [
        "المقدمة",
        "خلفية",
        "قياس الفاقد في الشبكة",
        "إصلاح الأنابيب القديمة",
        "إعادة استعمال المياه الرمادية",
        "التحديات",
        "الآفاق",
        "الخلاصة",
    ]
    assert shown[1].spans == (TimeSpan(63.75, 121.5), TimeSpan(181.25, 239.0))
    assert shown[2] == SectionCoverage("قياس الفاقد في الشبكة", (TimeSpan(240.0, 1499.0),))


def test_a_passage_of_which_one_sentence_is_cited_does_not_count_whole() -> None:
    """One sentence of forty: ten words, one window of four, and what is left out lies behind it."""
    had = coverage(only(citing(Statement("كلمة1 " * 10, (1,)))), LONG)

    assert (had.words, had.used, had.windows, had.share) == (400, 10, 0.25, 0.025)
    assert had.omitted == Omission(390, 2, 40, TimeSpan(20.0, 410.0))


def test_a_quotation_counts_its_words_and_another_wording_all_that_it_cites() -> None:
    """Half a sentence that is quoted is half a sentence; one told otherwise rests on the whole."""
    quoted = coverage(only(citing(Statement("يقول المتحدث: «كلمة3 كلمة3 كلمة3»", (3,)))), LONG)
    told = coverage(only(citing(Statement("ذكر ثلاث كلمات لا غير", (3, 4)))), LONG)

    assert (quoted.used, told.used) == (3, 20)
    assert quoted.sections[0].spans == (TimeSpan(30.0, 33.0),)


def test_a_run_of_sentences_in_one_pair_of_marks_is_one_stretch() -> None:
    """Three sentences, quoted in one go."""
    run = " ".join(sentence.text for sentence in LONG.sentences[4:7])
    had = coverage(only(citing(Statement(f"«{run}»", (5, 6, 7)))), LONG)

    assert had.used == 30
    assert had.sections == (SectionCoverage("قسم", (TimeSpan(50.0, 80.0),)),)


def test_naming_a_section_uses_none_of_its_words() -> None:
    """`The talk is about «heading»` cites where that begins, and quotes nothing."""
    about = Statement("ويدور الحديث حول «قسم الماء»", (1, 2))
    draft = replace(
        only(replace(citing(Statement("كلمة9 " * 10, (9,))), heading="قسم الماء")), lead=Paragraph((about,))
    )

    assert coverage(draft, LONG).used == 10


def test_words_that_are_quoted_twice_count_once() -> None:
    """The conclusion says again what a section said."""
    again = Statement("كلمة9 " * 10, (9,))

    assert coverage(only(citing(again), citing(again)), LONG).used == 10


def test_the_place_of_a_word_is_its_own_where_captions_tell_it() -> None:
    """Word times, not an even spread over the sentence."""
    late = Sentence(1, "أول ثان ثالث رابع", 0.0, 60.0, (0.0, 50.0, 55.0, 58.0))
    talk = replace(TALK, passages=(Passage("", (late,)),))

    assert coverage(only(citing(Statement("ثالث رابع", (1,)))), talk).sections[0].spans == (TimeSpan(55.0, 60.0),)


def test_without_times_words_are_counted() -> None:
    """Figures as with times, and no spans are made up."""
    talk = articles.script(timed=False)
    had, timed = coverage(articles.draft(talk), talk), coverage(GOOD, TALK)

    assert (had.words, had.used, had.windows) == (timed.words, timed.used, timed.windows)
    assert had.sections == ()
    assert had.omitted == Omission(11, 1, 1, None)


def test_an_empty_script_has_nothing_to_use() -> None:
    """No word, no share, no division by zero."""
    empty = coverage(GOOD, Script(TALK.video, Track("ar", TALK.track.origin), ()))

    assert (empty.words, empty.share, empty.windows, empty.omitted) == (0, 0.0, 0.0, None)


def test_citations_out_of_the_script_use_nothing() -> None:
    """A number that no sentence has is passed over here; the report names it elsewhere."""
    assert coverage(only(citing(Statement("كلمة", (99,)))), LONG).used == 0
