"""What an editor is shown before publishing: what a machine can see, short, at its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.types.article import Doubt, Paragraph, Passage, Section, Sentence, Statement, Verse
from pipeline.verify.editor_notes import editor_notes
from tests.fakes import articles

TALK = articles.script()


def notes(
    *texts: str, verses: tuple[Verse, ...] = (), sentences: tuple[Sentence, ...] = ()
) -> list[tuple[Doubt, str, int]]:
    """The notes on an article that quotes these sentences."""
    said = sentences or tuple(Sentence(n, text, 10.0 * n, 10.0 * n + 9) for n, text in enumerate(texts, 1))
    talk = replace(TALK, passages=(Passage("", said),), verses=verses)
    empty = Paragraph(())
    statements = Paragraph(tuple(Statement(each.text, (each.number,)) for each in said))
    draft = replace(
        articles.draft(TALK),
        lead=empty,
        background=(),
        transition=empty,
        sections=(Section("قسم", (statements,)),),
        challenges=None,
        outlook=None,
        conclusion=empty,
    )
    return [(note.doubt, note.text, note.sentence) for note in editor_notes(draft, talk)]


def test_an_ordinary_sentence_has_no_note() -> None:
    """No name, no figure, nothing to doubt: an empty box is not shown."""
    assert notes("الماء الذي نحفظه أرخص من الماء الذي نبحث عنه", "في المدرسة ثلاث غرف") == []


def test_names_are_given_once_at_their_first_place() -> None:
    """After a title, after the kind of a body, two in a row, in Latin letters; a preposition is no name."""
    found = notes(
        "قال الدكتور سامر الخوري إن الماء قليل",
        "أعلنت شركة فاميلي أن العمل بدأ",
        "زارنا خالد الزهراني أمس ثم زارنا خالد الزهراني",
        "نشرنا التقرير في World Bank كله",
        "وهذا كله على طلب الناس",
    )

    assert found == [
        (Doubt.NAME, "الدكتور سامر الخوري", 1),
        (Doubt.NAME, "شركة فاميلي", 2),
        (Doubt.NAME, "خالد الزهراني", 3),
        (Doubt.NAME, "World Bank", 4),
    ]


def test_a_figure_is_no_name_and_a_year_counts_nothing() -> None:
    """A share with its point and sign stands among the figures alone, a year without the noun that follows it."""
    found = notes("بلغت الحصة سنة 1946 نسبة 33.5% من الأصوات", "وفي عام 2012 حصة أخرى قدرها 3.9 مليار دولار")

    assert found == [
        (Doubt.FIGURE, "1946", 1),
        (Doubt.FIGURE, "33.5%", 1),
        (Doubt.FIGURE, "2012", 2),
        (Doubt.FIGURE, "3.9 مليار دولار", 2),
    ]


def test_an_accusation_counts_near_a_name_only() -> None:
    """`الفساد` alone accuses nobody; it comes before all else."""
    found = notes("الفساد يضر كل بلد", "قالوا إن الدكتور سامر الخوري سرق مال الشركة")

    assert found[0] == (Doubt.ACCUSATION, "الدكتور سامر الخوري سرق", 2)
    assert [each for each in found if each[0] is Doubt.ACCUSATION] == found[:1]


def test_figures_come_with_what_they_count() -> None:
    """Shares, years, quantities written out; small numbers of everyday speech do not count."""
    found = notes("بنينا 120 مدرسة في عام 1990 وفي خمس غرف", "زاد الطلب 35% ثم 58 في المئة للمدينة و42 في المئة لغيرها")

    assert found == [
        (Doubt.FIGURE, "120 مدرسة", 1),
        (Doubt.FIGURE, "1990", 1),
        (Doubt.FIGURE, "35%", 2),
        (Doubt.FIGURE, "58 في المئة", 2),
        (Doubt.FIGURE, "42 في المئة", 2),
    ]


def test_a_verse_heard_in_other_words_is_shown_with_what_was_heard() -> None:
    """Another spelling is none of it."""
    text = "قال تعالى: ﴿والسماء رفعها ووضع الميزان﴾"
    verse = Verse("والسماء رفعها ووضع الميزان", "الرحمن: 7", "والسما رفعها ووضع الميزان")

    assert notes(text, verses=(verse,)) == []
    assert notes(text, verses=(replace(verse, heard="والسماء رفعنا ووضع الميزان"),)) == [
        (Doubt.VERSE, "﴿والسماء رفعها ووضع الميزان﴾ [الرحمن: 7]، والمسموع: «والسماء رفعنا ووضع الميزان»", 1)
    ]


def test_a_hadith_is_to_be_compared() -> None:
    """From the words that introduce it, cut short."""
    ((doubt, text, number),) = notes(
        "ونذكر هنا ما قال النبي صلى الله عليه وسلم إنما الأعمال بالنيات وإنما لكل امرئ ما نوى"
    )

    assert (doubt, number) == (Doubt.SCRIPTURE, 1)
    assert text == "قال النبي صلى الله عليه وسلم إنما الأعمال بالنيات وإنما…"


def test_unlikely_words_are_named() -> None:
    """As whoever restored the captions judged them; typed captions, which nobody judged, have none."""
    heard = Sentence(1, "فلك المحامد والمدائح كلها ما رجعت وأرقض الضحى", 0.0, 9.0, known=0.93)

    assert notes(sentences=(heard,)) == [(Doubt.WORDING, "فلك المحامد والمدائح كلها ما رجعت وأرقض الضحى", 1)]
    assert notes(sentences=(replace(heard, known=0.97),)) == notes(sentences=(replace(heard, known=None),)) == []


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (Sentence(2, "هذا كلام", 3.0, 6.0), "تبدأ الجملة قبل ما سبقها"),
        (Sentence(2, "كلام " * 30, 20.0, 22.0), "30 كلمة في 2 ث"),
        (Sentence(2, "هذا كلام", 9000.0, 9003.0), "الجملة 2 بعد نهاية الفيديو"),
    ],
)
def test_times_that_cannot_be_true_are_named(second: Sentence, expected: str) -> None:
    """Backwards, faster than anybody speaks, after the end of the video."""
    first = Sentence(1, "هذا كلام عن الماء", 10.0, 14.0)

    assert notes(sentences=(first, replace(second, start=20.0, end=40.0))) == []
    assert notes(sentences=(first, second)) == [(Doubt.TIMES, expected, 2)]
