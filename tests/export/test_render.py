"""What a page says, before any format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.restore.quran import EmbeddedQuran
from pipeline.export.page import EvidenceMark
from pipeline.export.render import cite_verses, render
from pipeline.export.text import plain_text
from pipeline.types.article import (
    Basis,
    Coverage,
    Finding,
    Flaw,
    Omission,
    Paragraph,
    Removal,
    Report,
    Restoration,
    SectionCoverage,
    Sentence,
    Statement,
    TimeSpan,
    Track,
    TrackOrigin,
    Verse,
)
from pipeline.types.usage import DroppedSentence, DropReason, GenerationStats
from tests.fakes import articles

GOOD = articles.article()


def outlook(statement: Statement) -> tuple[EvidenceMark, ...]:
    """The marks of one statement."""
    draft = replace(GOOD.draft, outlook=Paragraph((statement,)))
    return render(replace(GOOD, draft=draft)).blocks[-2].paragraphs[0][0].marks


def facts(report: Report = GOOD.report, track: Track = GOOD.provenance.track) -> dict[str, str]:
    """What is told about the source and the making."""
    page = render(replace(GOOD, report=report, provenance=replace(GOOD.provenance, track=track)))
    return {fact.label: plain_text(fact.value) for fact in (*page.facts, *page.technical)}


def test_a_statement_about_the_metadata_has_no_mark() -> None:
    """Nobody said it in the video, so no second is shown."""
    assert outlook(Statement("هذا من البيانات", (3,), Basis.METADATA)) == ()


def test_one_mark_for_sentences_in_a_row() -> None:
    """Neighbouring sentences have the time of the first; others their own, three at most."""
    assert [mark.label for mark in outlook(Statement("جملة", (9, 10, 11)))] == ["25:00"]
    assert [mark.label for mark in outlook(Statement("جملة", (10, 9, 5)))] == ["4:00", "25:00"]
    assert len(outlook(Statement("جملة", (1, 3, 5, 7, 9, 11)))) == 3


def test_a_mark_never_points_at_a_sentence_that_does_not_exist() -> None:
    """The report names it; the page links nothing wrong."""
    assert outlook(Statement("جملة", (99,))) == ()


def test_an_address_without_a_query_gets_one() -> None:
    """`?t=` where there is no question mark yet."""
    talk = articles.script()
    short = replace(talk, video=replace(talk.video, url="https://youtu.be/TadwinDemo1"))
    page = render(articles.article(talk=short))

    shown = page.transcript[6].mark
    assert shown is not None
    assert shown == EvidenceMark("14:30", "https://youtu.be/TadwinDemo1?t=870s", shown.note)


def test_long_sentences_are_shortened_on_a_mark_only() -> None:
    """The note ends with an ellipsis after 200 characters; the transcript has every word."""
    talk = articles.script()
    long = Sentence(1, "كلمة " * 100, 5.0, 9.0)
    first = replace(talk.passages[0], sentences=(long, *talk.passages[0].sentences[1:]))
    page = render(replace(GOOD, script=replace(talk, passages=(first, *talk.passages[1:]))))

    mark = page.transcript[0].mark
    assert mark is not None
    assert mark.note.endswith("…")
    assert len(mark.note) < 220
    assert plain_text(page.transcript[0].runs) == ("كلمة " * 100).strip()


def test_what_is_used_and_what_is_left_out_is_told() -> None:
    """Counts, shares and the place of the longest stretch, not a share that is 100 % by construction."""
    had = Coverage(2171, 502, 0.666, Omission(594, 30, 71, TimeSpan(190, 465)), ())

    assert plain_text(render(replace(GOOD, report=replace(GOOD.report, coverage=had))).coverage) == (
        "ينقل المقال 502 من 2171 كلمة (23%)، وفيه شيء من 67% من مقاطع الحديث (كل مقطع نحو 100 كلمة)؛ "
        "وأطول مقطع متروك 594 كلمة متصلة (من 3:10 إلى 7:45)."
    )
    assert "السند" not in facts()


def test_an_article_in_other_words_rests_on_sentences() -> None:
    """It quotes nothing, and says how many of its statements are in the speaker's words."""
    reworded = replace(GOOD.report, statements=3, supported=2)

    assert plain_text(render(replace(GOOD, report=reworded)).coverage).startswith("يستند المقال إلى جمل فيها 208 من")
    assert facts(reworded)["السند"] == "2 من 3 جمل بلفظ ما قيل (67%)"


def test_without_times_a_stretch_is_placed_by_its_sentences() -> None:
    """No clock is made up."""
    had = replace(GOOD.report.coverage, omitted=Omission(40, 3, 7, None))
    told = plain_text(render(replace(GOOD, report=replace(GOOD.report, coverage=had))).coverage)

    assert told.endswith("40 كلمة متصلة (من الجملة 3 إلى الجملة 7).")


def test_who_confirmed_what_was_reworded_is_told() -> None:
    """Word for word, confirmed and open are counts of their own, with the judge and its exam; nothing is rounded up."""
    judged = replace(GOOD.report, statements=9, supported=2, confirmed=6, judge="reading (x), exam: 2 of 120")
    said = facts(judged)["السند"]

    assert "2 من 9 جمل بلفظ ما قيل (22%)" in said
    assert "و6 بصياغة أخرى أكّدها الحكم" in said
    assert "بقيت جملة واحدة بلا تأكيد" in said
    assert said.endswith("reading (x), exam: 2 of 120")


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (Track("ar", TrackOrigin.MANUAL), "نص كتبه إنسان، اللغة: العربية (ar)"),
        (Track("ar-EG", TrackOrigin.AUTOMATIC), "تفريغ آلي من المنصة، اللغة: العربية (ar-EG)"),
        (Track("en", TrackOrigin.TRANSLATED), "ترجمة آلية، اللغة: en (en)"),
        (Track("ar", TrackOrigin.RECOGNISED), "تعرّف آلي على الكلام، اللغة: العربية (ar)"),
        (Track("ar", TrackOrigin.UNSTATED), "نص لم يُذكر صانعه، اللغة: العربية (ar)"),
    ],
)
def test_the_kind_of_captions_is_named(track: Track, expected: str) -> None:
    """A reader knows whether a person or a machine wrote what the article rests on."""
    assert facts(track=track)["النص المعتمد"] == expected


def test_a_long_list_of_removals_says_where_the_rest_is() -> None:
    """Two hundred are shown; the count and the way to the others follow."""
    removed = tuple(Removal("noise", f"[صوت {number}]") for number in range(250))
    page = render(replace(GOOD, report=replace(GOOD.report, removed=removed)))

    assert plain_text(page.removed[0]) == "أصوات وعلامات: 250"
    assert len(page.removed) == 202
    assert plain_text(page.removed[-1]) == "وغيرها (50)، وهي كاملة في ملف JSON."


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("noise", "أصوات وعلامات"),
        ("repeat", "تكرار"),
        ("markup", "رموز تنسيق"),
        ("speaker", "اسم متكلم"),
        ("greeting", "تحية"),
        ("subscribe", "دعوة إلى الاشتراك"),
        ("sponsor", "إعلان"),
        ("creed", "صيغ افتتاح الخطب ودعائها"),
        ("meta", "كلام عن الفيديو نفسه"),
        ("filler", "حشو"),
        ("new", "new"),
    ],
)
def test_reasons_are_told_in_arabic(reason: str, expected: str) -> None:
    """Every reason that the captions give has Arabic words; an unknown one is shown rather than hidden."""
    page = render(replace(GOOD, report=replace(GOOD.report, removed=(Removal(reason, "نص"),))))

    assert plain_text(page.removed[0]) == f"{expected}: 1"


def test_statements_are_tidied_and_headings_are_not() -> None:
    """A full stop ends a statement; a heading has none."""
    block = render(GOOD).blocks[3]

    assert plain_text(block.heading) == "قياس الفاقد في الشبكة"
    assert plain_text(block.paragraphs[0][0].runs).endswith("لا يُدار.")


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding(Flaw.NEGATION, "lead", "ج", "0 ≠ 1"), "(أدوات النفي في المقال: 0، وفي ما قيل: 1) — المقدمة: ج"),
        (
            Finding(Flaw.UNSUPPORTED, "sections.2.1", "ج", "86%: معظم"),
            "(ورد 86% من كلماتها، ولم يرد: معظم) — القسم 2، الفقرة 1: ج",
        ),
        (Finding(Flaw.UNSUPPORTED, "lead", "ج", "8%"), "صياغة لا تطابق ما قيل (تسندها الجمل بنسبة 8%) — المقدمة: ج"),
        (Finding(Flaw.NEGATION, "lead", "ج", "قلّ ≠ زاد"), "نفي أو عكس لما قيل (كُتب «قلّ»، وقيل «زاد») — المقدمة: ج"),
        (Finding(Flaw.SCRIPTURE, "lead", "ج", "اقرا"), "آية أو حديث يُقابَل بمصدره (ليس بلفظ ما قيل: اقرا) — المقدمة: ج"),
        (Finding(Flaw.UNCITED, "background.1", "ج"), "جملة بلا سند من نص الفيديو — الخلفية، الفقرة 1: ج"),
        (Finding(Flaw.UNCOVERED, "article", "0:00–12:00", "12"), "لا شيء منه في المقال — المقال كله: 0:00–12:00"),
    ],
)
def test_findings_are_told_in_arabic(finding: Finding, expected: str) -> None:
    """What, which, where: without a code or an English word."""
    page = render(replace(GOOD, report=replace(GOOD.report, findings=(finding,))))

    assert plain_text(page.notes[0]).endswith(expected)


def test_sections_are_drawn_over_the_other_parts() -> None:
    """Where the background and a section stand for the same minutes, the section's colour is seen."""
    cover = (
        SectionCoverage("خلفية", (TimeSpan(0, 4500),)),
        SectionCoverage("قسم", (TimeSpan(0, 900),)),
        SectionCoverage("الآفاق", (TimeSpan(0, 4500),)),
    )
    bars = render(
        replace(GOOD, report=replace(GOOD.report, coverage=replace(GOOD.report.coverage, sections=cover)))
    ).bar

    assert [bar.colour for bar in bars] == [1, 3, 2]
    assert (bars[-1].start, bars[-1].width) == (0, 200)


def test_what_was_done_to_spelling_is_told() -> None:
    """How many words got letters and how many marks were set; captions left alone are said to be so."""
    facts = {plain_text(fact.value) for fact in render(GOOD).technical}
    anew = replace(GOOD, script=replace(GOOD.script, restored=Restoration("model", spelled=12, marked=3)))

    assert "كما وردا في النص" in facts
    assert any(
        "12 كلمة" in plain_text(fact.value) and "3 علامات ترقيم" in plain_text(fact.value)
        for fact in render(anew).technical
    )


def test_dialect_speech_is_labelled() -> None:
    """An article of speech in dialect says which; one in standard Arabic has no such line."""
    spoken = replace(GOOD, script=replace(GOOD.script, dialect="egyptian"))

    assert "مصرية" in {plain_text(fact.value) for fact in render(spoken).facts}
    assert "لهجة الحديث" not in {fact.label for fact in render(GOOD).facts}


def test_a_verse_is_cited_by_sura_and_number() -> None:
    """In the article and in the transcript, and where its text comes from is told with a link; another text is not.

    An article may give a part of what was recited.
    """
    text = "قال تعالى: ﴿والسماء رفعها﴾."
    draft = replace(GOOD.draft, outlook=Paragraph((Statement(text, (1,)), Statement("قال: ﴿غير ذلك﴾.", (1,)))))
    recited = "والسماء رفعها ووضع الميزان"
    script = replace(GOOD.script, verses=(Verse(recited, "الرحمن: 7", recited),))

    page = render(replace(GOOD, draft=draft, script=script))

    verse, other = (plain_text(line.runs) for line in page.blocks[-2].paragraphs[0])
    assert verse == "قال تعالى: ﴿والسماء رفعها﴾ [الرحمن: 7]."
    assert "[" not in other
    assert "tanzil.net" in {fact.label: plain_text(fact.value) for fact in page.facts}["آيات القرآن"]


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("يا أيها الناس أنتم الفقراء إلى الله", "فاطر: 15"),
        ("إن يشأ يذهبكم ويأت بخلق جديد", "فاطر: 16"),
        ("ويأت بخلق جديد وما ذلك على الله بعزيز", "فاطر: 16-17"),
    ],
)
def test_a_part_of_a_recitation_is_cited_by_its_own_verses(part: str, place: str) -> None:
    """Of three verses recited in a row an article may give one."""
    captions = (
        "يا ايها الناس انتم الفقراء الى الله والله هو الغني الحميد ان يشا يذهبكم ويات بخلق جديد وما ذلك على الله بعزيز"
    )
    (found,) = EmbeddedQuran().recitations(captions.split())
    verse = Verse(" ".join(word for word, _ in found.words), found.place, captions, found.numbers)
    assert found.place == "فاطر: 15-17"
    assert cite_verses(f"قال تعالى: ﴿{part}﴾.", (verse,)) == f"قال تعالى: ﴿{part}﴾ [{place}]."


def test_verses_recited_out_of_order_keep_their_numbers() -> None:
    """Each word has the number of its verse, whatever was recited before it."""
    verse = Verse("واحد اثنان ثلاثة أربعة", "فاطر: 15-17", "", (16, 15, 16, 17))
    places = [cite_verses(f"﴿{part}﴾", (verse,)) for part in ("واحد", "اثنان", "اثنان ثلاثة", "ثلاثة أربعة")]
    assert [place.partition("[")[2] for place in places] == ["فاطر: 16]", "فاطر: 15]", "فاطر: 15-16]", "فاطر: 16-17]"]


def test_the_words_a_statement_rests_on_are_marked_in_the_transcript() -> None:
    """These words of that sentence and no others; a sentence on whose words nothing rests has no mark."""
    said = GOOD.script.sentences[8].text
    quote = " ".join(said.split()[1:4])
    draft = replace(GOOD.draft, outlook=Paragraph((Statement("جملة", (9,), quotes=(quote,)),)))
    rows = render(replace(GOOD, draft=draft)).transcript

    assert "".join(run.text for run in rows[8].runs if run.quoted) == quote
    assert plain_text(rows[8].runs) == said
    assert not any(run.quoted for row in (*rows[:8], *rows[9:]) for run in row.runs)


def test_who_made_the_article_is_told_to_everybody() -> None:
    """Nobody, a model that wrote, or one of whose own sentences none stands and which only chose among the talk's."""
    told = [
        plain_text(render(replace(GOOD, draft=replace(GOOD.draft, account=account))).colophon)
        for account in (
            None,
            GenerationStats("m", (), written=3),
            GenerationStats("m", (), copied=3),
            GenerationStats("m", (), copied=3, led=True),
        )
    ]
    assert [line.split()[0] for line in told] == ["أعدّ", "صاغ", "اختار", "اقتبس"]


def test_what_a_model_wrote_and_does_not_stand_is_counted_by_reason_and_not_repeated() -> None:
    """A page for readers has no word of it; an article that was written strictly says so."""
    dropped = (DroppedSentence("بُني السد في عام 1987", DropReason.CODE, "1987"),)
    headings = (DroppedSentence("سدود العطش", DropReason.VERDICT, "العطش"),)
    account = GenerationStats("m", ("p",), written=3, dropped=dropped, headings_dropped=headings, strict="judge")
    page = render(replace(GOOD, draft=replace(GOOD.draft, account=account)))
    told = {fact.label: plain_text(fact.value) for fact in page.technical}

    assert told["ما حُذف منه"] == "فيها ما لم يرد: 1؛ عناوين: 1. نصوصها في ملف JSON"
    assert "1987" not in str(page)
    assert "حُذفت" in told["ما كتبه النموذج"]
    assert "لا حَكَم موثوقًا به" in told["طريقة الكتابة"]


def test_the_transcript_says_who_speaks() -> None:
    """Where somebody begins, and where one whom the captions do not name goes on; nothing where nobody is named."""
    passage, *others = GOOD.script.passages
    voices = ("المذيع", "المذيع", "", "د. سلمى\u202e")
    named = tuple(replace(each, voice=voice) for each, voice in zip(passage.sentences, voices, strict=False))
    script = replace(GOOD.script, passages=(replace(passage, sentences=named), *others))

    lines = [plain_text(row.runs) for row in render(replace(GOOD, script=script)).transcript]
    before = [plain_text(row.runs) for row in render(GOOD).transcript]

    begins = dict(enumerate(("المذيع: ", "", "متكلم آخر: ", "د. سلمى: ")[: len(named)]))
    assert lines[: len(named)] == [begins[at] + text for at, text in enumerate(before[: len(named)])]
    assert len(named) > 2


def test_the_day_of_publication_stands_beside_a_relative_time_once_in_a_section() -> None:
    """Before the mark that ends the statement; nowhere where the day is unknown, nor beside what the metadata say."""
    lines = ("بدأ العمل.", "«وصلت الأرباح لمليون السنة دي».", "وصل اليوم آخر تقرير.")
    statements = tuple(Statement(text, (1,)) for text in lines)
    section = replace(GOOD.draft.sections[0], paragraphs=(Paragraph(statements),))
    draft = replace(
        GOOD.draft, sections=(section, section), outlook=Paragraph((Statement("هذا العام", (), Basis.METADATA),))
    )

    def shown(published: date | None) -> list[list[str]]:
        script = replace(GOOD.script, video=replace(GOOD.script.video, published=published))
        blocks = render(replace(GOOD, draft=draft, script=script)).blocks
        return [[plain_text(line.runs) for paragraph in block.paragraphs for line in paragraph] for block in blocks]

    dated = shown(date(2021, 3, 3))
    told = [lines[0], "«وصلت الأرباح لمليون السنة دي» [نُشر الفيديو في 3 مارس 2021].", lines[2]]
    assert [block for block in dated if lines[0] in block] == [told, told]
    assert "هذا العام." in [line for block in dated for line in block]
    assert "نُشر" not in str(shown(None))


@pytest.mark.parametrize("title", ["حوارات | مصالح البلدين وحدودهما", "مصالح البلدين وحدودهما!"])
def test_a_title_in_the_lead_leads_to_the_video(title: str) -> None:
    """Where the lead gives it in quotation marks, also without the programme's name, and nowhere else."""
    video = replace(GOOD.script.video, title="حوارات | مصالح البلدين وحدودهما")
    lead = Paragraph((Statement(f"تشرح مصالح البلدين حلقة «{title}».", (1,)),))
    page = render(replace(GOOD, draft=replace(GOOD.draft, lead=lead), script=replace(GOOD.script, video=video)))
    (line,) = page.blocks[0].paragraphs[0]

    assert plain_text(line.runs) == f"تشرح مصالح البلدين حلقة «{title}»."
    linked = [run.text for run in line.runs if run.address == video.url]
    assert linked == [title]


def test_a_lead_loses_no_words_to_its_link() -> None:
    """A sentence of one word stands, and an address that somebody wrote there is a link, too."""
    video = GOOD.script.video
    told = ("نعم.", f"هذا ما تقوله حلقة «{video.title}».", f"شاهدها: {video.url} كاملة.")
    lead = Paragraph(tuple(Statement(text, (1,)) for text in told))
    (lines,) = render(replace(GOOD, draft=replace(GOOD.draft, lead=lead))).blocks[0].paragraphs

    assert [plain_text(line.runs) for line in lines] == list(told)
    assert video.url in [run.address for run in lines[2].runs]


def test_today_in_the_videos_title_is_no_relative_time() -> None:
    """Nor where the article leaves the programme's name off; a quotation of the talk is one."""
    video = replace(GOOD.script.video, title="حوارات | ما مصالح البلدين اليوم؟", published=date(2021, 3, 3))
    told = ("تسأل حلقة «ما مصالح البلدين اليوم؟» عن الجوار.", "ويقول: «اليوم تعمل المعابر».")
    section = replace(GOOD.draft.sections[0], paragraphs=(Paragraph(tuple(Statement(text, (1,)) for text in told)),))
    draft = replace(GOOD.draft, sections=(section,))
    page = render(replace(GOOD, draft=draft, script=replace(GOOD.script, video=video)))
    lines = [plain_text(line.runs) for block in page.blocks for rows in block.paragraphs for line in rows]

    assert told[0] in lines
    assert f"{told[1][:-1]} [نُشر الفيديو في 3 مارس 2021]." in lines


@pytest.mark.parametrize(("timed", "label"), [(True, "4:00–24:59"), (False, "ج 5–8")])
def test_a_section_without_a_heading_has_its_stretch(*, timed: bool, label: str) -> None:
    """From where to where its passage goes, with a link to where it begins; a section with a heading has none."""
    page = render(articles.untitled(timed=timed))
    (untitled,) = (block for block in page.blocks if block.stretch)

    assert untitled.stretch
    assert (untitled.kind, untitled.heading, untitled.stretch.label) == ("sections", (), label)
    assert untitled.stretch.address == (f"{articles.URL}&t=240s" if timed else "#j5")
    assert ("قسم بلا عنوان" in [plain_text(entry.heading) for entry in page.legend]) == timed
    assert not any(block.stretch for block in render(articles.article(timed=timed)).blocks)
