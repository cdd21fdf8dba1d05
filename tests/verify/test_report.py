"""What the report finds, and what it must not find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.writers.extractive import ExtractiveWriter
from pipeline.settings import VerifySettings, WriterSettings
from pipeline.types.article import (
    Basis,
    Draft,
    Finding,
    Flaw,
    Paragraph,
    Passage,
    Report,
    Script,
    Section,
    Sentence,
    Statement,
)
from pipeline.verify.report import verify
from tests.fakes import articles
from tests.fakes.judges import AcceptingJudge
from tests.fakes.scripts import script

SETTINGS = VerifySettings()
TALK = articles.script()
GOOD = articles.draft(TALK)


def spoken(text: str, *cites: int) -> list[tuple[Flaw, str]]:
    """Flaws and details of one statement about the speech, standing as the outlook of a good draft."""
    return flaws(replace(GOOD, outlook=Paragraph((Statement(text, cites),))), "outlook")


def stated(text: str) -> list[tuple[Flaw, str]]:
    """The same for a statement about the metadata."""
    return flaws(replace(GOOD, outlook=Paragraph((Statement(text, basis=Basis.METADATA),))), "outlook")


def flaws(draft: Draft, place: str) -> list[tuple[Flaw, str]]:
    """Flaws and details at one place of a draft."""
    report = verify(draft, TALK, SETTINGS, AcceptingJudge())
    return [(finding.flaw, finding.detail) for finding in report.findings if finding.place == place]


def called(place: str, text: str) -> list[tuple[Flaw, str]]:
    """Flaws of a title or a headline."""
    return flaws(replace(GOOD, title=text) if place == "title" else replace(GOOD, headline=text), place)


def small(*texts: str) -> Script:
    """A script of one passage without times."""
    return replace(articles.script(timed=False), passages=(Passage("", tuple(map(Sentence, range(1, 99), texts))),))


def only(statement: Statement) -> Draft:
    """A draft that says one thing."""
    empty = Paragraph(())
    sections = (Section("", (Paragraph((statement,)),)),)
    return Draft("", "", empty, (), empty, sections, None, None, empty)


def check(said: str, written: str) -> Report:
    """The report on one statement beside one sentence."""
    script = small(said)
    return verify(only(Statement(written, (1,))), script, SETTINGS, AcceptingJudge())


# --- a good draft ---


def test_a_faithful_draft_has_no_finding() -> None:
    """Every sentence of it was said; the report says so and finds nothing."""
    report = verify(GOOD, TALK, SETTINGS, AcceptingJudge())

    assert report.findings == ()
    assert report.statements == report.supported == 20
    assert (report.coverage.words, report.coverage.used) == (219, 208)


def test_folded_spelling_is_the_same_sentence() -> None:
    """Captions without hamza and taa marbuta support what is written with them."""
    report = check("اكبر عقبه امامنا ليست المال بل غياب البيانات", "أكبرُ عقبةٍ أمامنا ليست المالَ، بل غياب البيانات.")

    assert report.findings == ()
    assert report.supported == 1


def test_what_was_removed_is_passed_on() -> None:
    """No loss is silent."""
    assert verify(GOOD, TALK, SETTINGS, AcceptingJudge()).removed == TALK.removed


def test_the_same_draft_has_the_same_report() -> None:
    """Nothing but the inputs decides."""
    assert verify(GOOD, TALK, SETTINGS, AcceptingJudge()) == verify(GOOD, TALK, SETTINGS, AcceptingJudge())


# --- uncited ---


def test_a_statement_about_the_speech_must_cite() -> None:
    """Without a sentence behind it nothing else is asked."""
    assert spoken("عمر بعض الأنابيب يزيد على ستين سنة") == [(Flaw.UNCITED, "")]


def test_a_sentence_that_does_not_exist_is_named() -> None:
    """A citation out of the script is no evidence, even beside a right one."""
    assert spoken("عمر بعض الأنابيب يزيد على ستين سنة", 9, 99) == [(Flaw.UNCITED, "99")]


# --- figures ---


def test_the_digits_of_an_address_are_no_figures() -> None:
    """What stands in a video's id was said by nobody: in a sentence, a statement about the video, or a heading."""
    video = replace(TALK.video, id="aB77cD9eFgH", url="https://www.youtube.com/watch?v=aB77cD9eFgH")
    talk = replace(TALK, video=video)
    about = Statement("الفيديو 77 على القناة.", basis=Basis.METADATA)
    lead = Paragraph((*GOOD.lead.statements, Statement("عمر بعض الأنابيب يزيد على 9 سنين.", (9,)), about))
    report = verify(replace(GOOD, lead=lead, headline="77 سببًا"), talk, SETTINGS, AcceptingJudge())

    found = {(finding.place, finding.detail) for finding in report.findings if finding.flaw is Flaw.NUMBER}
    assert found == {("lead", "9"), ("lead", "77"), ("headline", "77")}


@pytest.mark.parametrize("figure", ["23%", "٢٣٪", "ثلاثة وعشرين في المئة", "ثلاثة وعشرين بالمائة"])
def test_a_figure_may_be_written_in_any_way(figure: str) -> None:
    """Digits for words is no invention."""
    found = spoken(f"وجدنا أن {figure} من الماء يضيع قبل أن يصل إلى البيوت", 6)

    assert Flaw.NUMBER not in dict(found)


def test_a_figure_that_was_not_said_is_found() -> None:
    """One changed number is named, as a figure."""
    found = spoken("وجدنا أن 32% من الماء يضيع قبل أن يصل إلى البيوت", 6)

    assert (Flaw.NUMBER, "32%") in found


def test_a_figure_from_another_sentence_is_found() -> None:
    """What was said elsewhere in the talk is no evidence here."""
    assert (Flaw.NUMBER, "120") in spoken("أصلحنا 120 كيلومترًا", 9)


def test_the_length_of_the_video_is_no_evidence_for_the_speech() -> None:
    """75 minutes and 3 sections say nothing about kilometres."""
    assert (Flaw.NUMBER, "75") in spoken("أصلحنا 75 كيلومترًا في عامين", 10)
    assert (Flaw.NUMBER, "3") in spoken("أصلحنا 3 كيلومترات في عامين", 10)


# --- names, addresses, quotations ---


def test_a_latin_name_must_have_been_said() -> None:
    """Case does not matter, another name does."""
    assert spoken("نشرنا الشيفرة كلها على github ليستفيد منها من يشاء", 8) == []
    assert (Flaw.NAME, "gitlab") in spoken("نشرنا الشيفرة كلها على GitLab ليستفيد منها من يشاء", 8)


def test_an_address_must_be_the_videos() -> None:
    """No link can be slipped in."""
    assert (Flaw.NAME, "https://evil.example/x") in stated("يتوفر الفيديو على الرابط https://evil.example/x")
    assert stated(f"يتوفر الفيديو على الرابط {articles.URL}.") == []
    assert stated(f"يتوفر الفيديو على الرابط {articles.URL}، وعنوانه معروف") == []


def test_a_quotation_must_stand_word_by_word() -> None:
    """Folded words in one row are a quotation; one exchanged or left out is not."""
    assert spoken("قال لنا مهندس الشبكة: «الانبوب الجديد ارخص من البئر الجديدة»", 12) == []
    assert (Flaw.QUOTE, "الأنبوب أرخص من البئر") in spoken("قال لنا مهندس الشبكة: «الأنبوب أرخص من البئر»", 12)
    assert (Flaw.QUOTE, "الجديد أرخص الأنبوب") in spoken('قال لنا مهندس الشبكة: "الجديد أرخص الأنبوب"', 12)


def test_a_title_may_be_quoted_anywhere() -> None:
    """The video's title and the article's headings are looked at where they stand."""
    assert spoken(f"ويدور الحديث حول «{articles.TALK[1][1]}»، و«{articles.TALK[2][1]}».", 5, 9) == []


# --- negation ---


def test_a_lost_not_is_found() -> None:
    """Leaving out the one word that turns a sentence round is seen although every other word was said."""
    assert (Flaw.NEGATION, "0 ≠ 1") in spoken("يكفي أن نحفر بئرًا جديدة كلما جفّت بئر قديمة", 4)


def test_a_not_lost_inside_is_found() -> None:
    """Also in the middle of the words that were taken."""
    assert (Flaw.NEGATION, "0 ≠ 1") in spoken("أكبر عقبة أمامنا المال بل غياب البيانات", 16)


def test_an_added_not_is_found() -> None:
    """A negation that was not said is seen."""
    assert (Flaw.NEGATION, "1 ≠ 0") in spoken("لا يزيد عمر بعض الأنابيب على ستين سنة", 9)


def test_a_not_outside_the_words_taken_is_no_matter() -> None:
    """A clause may be quoted without the negated one before it."""
    report = check("لم نجد المال لكن المدينة أصلحت الشبكة", "المدينة أصلحت الشبكة")

    assert report.findings == ()


def test_a_not_of_the_sentence_before_is_no_matter() -> None:
    """Where a sentence begins, the one before it has ended."""
    script = small("هل تأخرنا لا", "أصلحنا الشبكة كلها")
    report = verify(only(Statement("أصلحنا الشبكة كلها", (1, 2))), script, SETTINGS, AcceptingJudge())

    assert report.findings == ()


def test_a_negation_inside_a_quoted_heading_is_no_matter() -> None:
    """A lead that lists headings is not compared word by word with the sentences under them."""
    draft = replace(GOOD, sections=(replace(GOOD.sections[0], heading="لا يُدار"), *GOOD.sections[1:]))
    lead = Statement("ويدور الحديث حول «لا يُدار».", (5, 6))

    assert flaws(replace(draft, outlook=Paragraph((lead,))), "outlook") == []


# --- unsupported ---


def test_words_that_were_not_said_are_named() -> None:
    """The finding gives the share that was said and the words that were not, as they are spelled."""
    found = spoken("عمر معظم الأنابيب يزيد على ستين سنة", 9)

    assert found == [(Flaw.UNSUPPORTED, "86%: معظم")]


def test_another_order_is_no_support() -> None:
    """Exchanging who and whom keeps every word and is not what was said."""
    report = check("العراق يساعد سوريا", "سوريا يساعد العراق")

    assert [(finding.flaw, finding.detail) for finding in report.findings] == [(Flaw.SWAPPED, "سوريا العراق")]
    assert report.supported == 0


@pytest.mark.parametrize(
    "opening", ["وفي هذا السياق، ", "ويقول المتحدث: ", "ومن جهة أخرى ", "وبحسب ما ورد في الحديث فإن "]
)
def test_phrases_that_only_lead_are_free(opening: str) -> None:
    """Connecting words state nothing, so they need no evidence."""
    assert spoken(f"{opening}عمر بعض الأنابيب يزيد على ستين سنة", 9) == []


def test_left_out_words_are_no_finding() -> None:
    """An article condenses: fillers may go while the rest keeps its order."""
    report = check("يعني أصلحنا يعني الشبكة كلها والله في عامين", "أصلحنا الشبكة كلها في عامين")

    assert report.findings == ()


# --- metadata ---


@pytest.mark.parametrize(
    "text",
    [
        "نُشر الفيديو بتاريخ 23 نوفمبر 2026 على قناة Tadwin التجريبية.",
        "تمتد الحلقة ساعة واحدة و15 دقيقة.",
        "مدة الفيديو 75 دقيقة.",
        "يتوزع الحديث على 6 فصول.",
        "ويمكن تلخيص ما جاء في الحديث في 3 محاور.",
        "يتناول الفيديو «قياس الفاقد في الشبكة» و«إصلاح الأنابيب القديمة».",
    ],
)
def test_what_the_metadata_say_may_be_said(text: str) -> None:
    """Date, channel, length in any usual form, chapters and the article's own headings."""
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("نُشر الفيديو بتاريخ 24 نوفمبر 2026.", (Flaw.NUMBER, "24")),
        ("نُشر الفيديو على قناة BBC.", (Flaw.NAME, "bbc")),
        ("عنوان الفيديو «كيف نحفظ المال».", (Flaw.QUOTE, "كيف نحفظ المال")),
        ("مدة الفيديو تسعون دقيقة.", (Flaw.NUMBER, "90")),
    ],
)
def test_what_the_metadata_do_not_say_is_found(text: str, flaw: tuple[Flaw, str]) -> None:
    """A wrong date, channel, title or length."""
    assert flaw in stated(text)


def test_a_description_is_no_evidence() -> None:
    """Anything may stand in a description; a statement cannot rest on it."""
    talk = replace(TALK, video=replace(TALK.video, description="شاركت شركة ACME في الحلقة"))
    draft = replace(GOOD, outlook=Paragraph((Statement("نُشر الفيديو مع ACME", basis=Basis.METADATA),)))

    assert Flaw.NAME in {finding.flaw for finding in verify(draft, talk, SETTINGS, AcceptingJudge()).findings}


def test_a_claim_cannot_hide_as_metadata() -> None:
    """A sentence about the world that calls itself metadata is found."""
    found = stated("تعاني البلاد أزمة مائية خانقة تهدد الزراعة والصناعة والسكان")

    assert [flaw for flaw, _ in found] == [Flaw.UNSUPPORTED]


# --- titles and headings ---


@pytest.mark.parametrize("place", ["title", "headline"])
def test_a_title_uses_the_words_of_the_talk(place: str) -> None:
    """With or without the article of a noun; a word from outside and a figure from outside are found."""
    assert called(place, "حفظ أنابيب المدينة") == [(Flaw.UNSUPPORTED, "67%: حفظ")]
    assert called(place, "الماء في مدن الذهب") == [(Flaw.UNSUPPORTED, "50%: مدن الذهب")]
    assert called(place, "الماء في 77 بئر") == [(Flaw.NUMBER, "77")]
    assert called(place, "فاقد الشبكة وعدادات البلدية في 1990") == []


def test_a_heading_from_outside_is_found() -> None:
    """A section cannot announce what was not said."""
    section = replace(GOOD.sections[0], heading="فضيحة الفساد")

    assert flaws(replace(GOOD, sections=(section,)), "sections.1") == [(Flaw.UNSUPPORTED, "0%: فضيحة الفساد")]


def test_a_heading_may_be_a_place_in_the_talk() -> None:
    """A passage without a name is headed by its times."""
    section = replace(GOOD.sections[0], heading="من 4:00 إلى 24:59")

    assert flaws(replace(GOOD, sections=(section, *GOOD.sections[1:])), "sections.1") == []


# --- coverage ---


def test_a_long_stretch_without_a_section_is_found() -> None:
    """Leaving out the passage from 25 to 47 minutes is seen, with its place and length."""
    report = verify(replace(GOOD, sections=(GOOD.sections[0], GOOD.sections[2])), TALK, SETTINGS, AcceptingJudge())

    assert report.findings == (Finding(Flaw.UNCOVERED, "article", "24:59–47:00", "22"),)


def test_the_length_of_a_gap_is_a_setting() -> None:
    """Shorter gaps than asked for are no findings."""
    draft = replace(GOOD, sections=(GOOD.sections[0], GOOD.sections[2]))

    assert verify(draft, TALK, VerifySettings(gap_minutes=23), AcceptingJudge()).findings == ()


def test_places_name_section_and_paragraph() -> None:
    """A finding says where it is, counting from one."""
    wrong = Statement("لم يقل أحد هذا", (5,))
    section = replace(GOOD.sections[1], paragraphs=(GOOD.sections[1].paragraphs[0], Paragraph((wrong,))))
    report = verify(
        replace(GOOD, sections=(GOOD.sections[0], section, GOOD.sections[2])), TALK, SETTINGS, AcceptingJudge()
    )

    assert {finding.place for finding in report.findings} == {"sections.2.2"}


def test_what_was_said_in_passing_is_reported() -> None:
    """A greeting and a call to subscribe that no statement cites are listed with their reasons; speech is not."""
    talk = script()
    report = verify(ExtractiveWriter(WriterSettings()).write(talk), talk, VerifySettings(), AcceptingJudge())

    reasons = {removal.text: removal.reason for removal in report.removed}
    assert reasons["السلام عليكم ورحمة الله وبركاته"] == "greeting"
    assert reasons["اشتركوا في القناة وفعلوا الجرس واكتبوا في التعليقات"] == "subscribe"
    assert not any("ينبع نهر الفرات" in text for text in reasons)


# --- what is shown to a person, and what is no evidence ---


def test_a_verse_that_stands_as_captioned_is_still_shown_to_a_person() -> None:
    """Recognisers mishear verses, and a reader takes them for exact."""
    verse = "قال تعالى: إن مع العسر يسرا"
    report = check(verse, verse)

    assert report.findings == (Finding(Flaw.SCRIPTURE, "sections.1.1", verse),)
    assert report.supported == 1


def test_the_day_of_publishing_is_no_evidence_for_the_speech() -> None:
    """A figure that happens to be that of the month was not said."""
    assert (Flaw.NUMBER, "11") in spoken("أصلحنا 11 كيلومترًا في عامين", 10)
