"""The embedded writer: an article of quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from models.writers import phrasing
from models.writers.extractive import ExtractiveWriter
from models.writers.quotability import quotability
from models.writers.runs import WHOLE, quotable_runs
from pipeline.arabic.normalize import words
from pipeline.errors import ModelError
from pipeline.settings import WriterSettings
from pipeline.types.article import Basis, Draft, Paragraph, Script, Statement, Video
from pipeline.verify.check import is_framing
from tests.fakes.scripts import VIDEO, script

GREETING = "السلام عليكم ورحمة الله وبركاته أهلا وسهلا بكم"
TALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "منبع الفرات ومجراه",
        (
            GREETING,
            "في عام 1960 كان نهر الفرات يعبر ثلاث دول بلا سد واحد على مجراه",
            "يقطع النهر في سوريا والعراق أكثر من 2000 كيلومتر بين السهول والبادية",
            "على ضفاف النهر قامت مدن قديمة عرفت الزراعة والري قبل آلاف السنين",
        ),
    ),
    (
        "سدود النهر",
        (
            "هل تكفي السدود وحدها لحفظ ماء النهر في السنوات الصعبة؟",
            "بنت تركيا سدوداً كبيرة على النهر في أعلى المجرى خلال القرن الماضي",
            "أقامت سوريا سد الفرات قرب مدينة الطبقة لتوليد الكهرباء وري الأرض",
            "أكبر التحديات أمام السدود أن المطر صار أقل انتظاماً في جبال المنبع",
        ),
    ),
    (
        "ري الحقول",
        (
            "السر في عطش الفرات أن نصف الماء يضيع في الحقول التي تروى بالغمر",
            "الري بالتنقيط يوفر ماء كثيراً ويحفظ التربة من الملوحة في كل الحقول",
            "أنا جربت الري بالتنقيط في مزرعة أبي فوفرت ماءً كثيراً كل موسم",
            "في السنوات القادمة سيحتاج المزارع إلى محاصيل تتحمل الملوحة والعطش",
        ),
    ),
    (
        "مدن على الضفاف",
        (
            "تشرب مدن كثيرة من ماء النهر مثل الرقة ودير الزور والرمادي وغيرها",
            "محطات التنقية القديمة في المدن الكبيرة تحتاج إلى إصلاح كل عام تقريباً",
            "في الختام يبقى النهر واحداً وإن عبر ثلاث دول من المنبع إلى المصب",
            "اشتركوا في القناة وفعلوا الجرس واكتبوا في التعليقات",
        ),
    ),
)


def write(talk: Script, share: float = 1.0) -> Draft:
    """The draft that quotes so much."""
    return ExtractiveWriter(WriterSettings(quoted_share=share)).write(talk)


def river(**changes: object) -> Script:
    return replace(script(TALK), **changes)  # type: ignore[arg-type]  # of a frozen class of many types


def spoken(draft: Draft) -> list[tuple[str, Statement]]:
    """Every statement about the speech with its place, but for the list of subjects."""
    said = [(place, each) for place, paragraph in draft.paragraphs() for each in paragraph.statements]
    return [
        (place, each)
        for place, each in said
        if each.basis is Basis.SPEECH and not {"ويدور", "ويتناول"} & set(each.text.split())
    ]


def text(paragraph: Paragraph | None) -> str:
    """What a paragraph says."""
    return " ".join(statement.text for statement in paragraph.statements) if paragraph else ""


def test_parts_are_what_they_claim() -> None:
    """Background, difficulties, outlook, thesis and end say themselves what they are."""
    draft = write(river())

    assert "في عام 1960" in text(draft.background[0])
    assert "أكبر التحديات" in text(draft.challenges)
    assert "في السنوات القادمة سيحتاج" in text(draft.outlook)
    assert "في الختام يبقى النهر واحداً" in text(draft.conclusion)
    assert "السر في عطش الفرات" in text(draft.lead)
    assert [section.heading for section in draft.sections] == [heading for heading, _ in TALK]


def test_a_talk_without_such_parts_has_none() -> None:
    """What the talk does not name as difficulty, outlook or past is not made one; prayers are no conclusion."""
    plain = script((TALK[3], ("دعاء", ("اللهم احفظ بلادنا وبلاد المسلمين من كل سوء يا رب العالمين",) * 3)))
    draft = write(
        replace(plain, passages=(replace(plain.passages[0], sentences=plain.sentences[:2]), plain.passages[1]))
    )

    assert (draft.background, draft.challenges, draft.outlook, draft.conclusion) == ((), None, None, None)
    assert "اللهم" not in " ".join(each.text for _, each in spoken(draft))


def test_every_statement_is_a_run_in_one_pair_of_quotation_marks() -> None:
    """A statement cites neighbouring sentences, and between the marks stand all their words and no others."""
    talk = river()
    said = {sentence.number: words(sentence.text) for sentence in talk.sentences}

    for _, statement in spoken(write(talk)):
        opening, quoted = statement.text.rstrip("»").split(": «")
        assert words(opening)
        assert list(statement.cites) == list(range(statement.cites[0], statement.cites[-1] + 1))
        assert list(words(quoted)) == [word for number in statement.cites for word in said[number]]


def test_no_sentence_is_told_twice() -> None:
    """A sentence stands in one place of the article only."""
    cited = [number for _, statement in spoken(write(river())) for number in statement.cites]

    assert sorted(cited) == sorted(set(cited))


def test_sections_keep_the_order_of_the_video() -> None:
    """Inside a section runs stand in the order they were said."""
    for section in write(river()).sections:
        cited = [n for paragraph in section.paragraphs for s in paragraph.statements for n in s.cites]
        assert cited == sorted(cited)


def test_what_is_quoted_is_about_the_share_that_was_asked_for() -> None:
    """A third of the words is not the whole talk, and each section tells something."""
    talk = river()
    lengths = {sentence.number: len(sentence.text.split()) for sentence in talk.sentences}

    def told(share: float) -> int:
        return sum(lengths[number] for _, statement in spoken(write(talk, share)) for number in statement.cites)

    assert told(0.2) < told(0.6) < sum(lengths.values())
    assert len(write(talk, 0.2).sections) == len(TALK)


def test_a_question_is_introduced_as_one() -> None:
    """Only what begins with a question is called one."""
    openings = [statement.text.split(": «") for _, statement in spoken(write(river()))]
    assert any(opening == phrasing.ASKS for opening, _ in openings)
    for opening, quoted in openings:
        assert (opening == phrasing.ASKS) == quoted.startswith("هل ")


def test_a_quotation_that_goes_straight_on_is_not_introduced_again() -> None:
    """Between two that follow each other in the talk nothing says that something else was said."""
    lines = tuple(
        f"{sentence} وهذا ما كان في العام {at} في كل المدن" for at in range(4) for _, s in TALK for sentence in s
    )
    told = write(script((("أخبار النهر", tuple(line for line in lines if GREETING not in line)),)))
    first, *others = told.sections[0].paragraphs

    assert text(first).startswith(phrasing.BEGINS)
    assert others
    assert any(text(each).startswith("«") for each in others)


def test_what_is_no_question_is_not_introduced_as_one() -> None:
    """`ليه` may be `إليه`, which belongs to what was said before: only a question mark makes a question of it."""
    talk = script((("الوصول", ("ليه عند هذه الشركات معلومات كثيرة جداً عن كل المستخدمين في العالم", *TALK[0][1][1:])),))

    assert not any(phrasing.ASKS in each.text for _, each in spoken(write(talk)))


def test_in_short_in_the_middle_of_a_talk_is_no_gist_of_it() -> None:
    """It ends but a part; in its second half the same sentence is its thesis."""
    gist = "الخلاصة أن الفرات يعطش لأن نصف الماء يضيع في الحقول التي تروى بالغمر كل موسم"
    (_, first), (_, second), (_, (_, *third)), _ = TALK
    early, late = ((gist, *first), second, third), (first, second, (gist, *third))

    def lead(parts: Sequence[Sequence[str]]) -> str:
        return text(write(script(tuple(zip(("أول", "ثان", "ثالث"), map(tuple, parts), strict=True)))).lead)

    assert phrasing.THESIS not in lead(early)
    assert phrasing.THESIS in lead(late)


def test_a_sermon_of_many_prayers_is_an_article_all_the_same() -> None:
    """What is said in passing counts for nothing when it is asked whether enough can be quoted."""
    prayers = tuple(f"اللهم احفظ بلادنا وبلاد المسلمين من كل سوء في العام {at}" for at in range(30))
    draft = write(script((TALK[0], TALK[1], ("الدعاء", prayers))))

    assert phrasing.UNCLEAR not in text(draft.lead)
    assert any(each.text.endswith("»") for _, each in spoken(draft))


def test_no_opening_says_anything_of_its_own() -> None:
    """Whatever leads to a quotation only leads to it."""
    parts = (phrasing.THESIS, phrasing.BACKGROUND, phrasing.DIFFICULT, phrasing.AHEAD, phrasing.LAST)
    openings = (*phrasing.BEGINS, *phrasing.BEGINS_UNHEADED, *phrasing.GOES_ON, phrasing.ASKS, *parts)
    assert [word for opening in openings for word in words(opening) if not is_framing(word)] == []


def test_the_lead_names_links_and_dates_the_video() -> None:
    """The lead says which video on which channel, when and how long, where it is, and what is discussed."""
    lead = text(write(river()).lead)

    for part in (VIDEO.title, VIDEO.channel, "1 مارس 2026", "10 دقائق", VIDEO.url, "سدود النهر", "ري الحقول"):
        assert part in lead


def test_what_is_not_known_is_not_said() -> None:
    """Without channel, date, length or address the lead is silent about them."""
    lead = text(write(river(video=Video("file-0123456789ab", "حديث عن النهر"))).lead)

    assert lead.startswith("يعرض هذا المقال ما جاء في الفيديو المعنون «حديث عن النهر». ويدور الحديث حول")
    assert "قناة" not in lead
    assert "http" not in lead


def test_the_title_is_the_subject_and_the_headline_the_programme() -> None:
    """A title of several parts is told apart; a file called `01`, or a preacher's name, is named by its subjects."""
    named = write(river(video=replace(VIDEO, title="حلقات النهر | الحلقة 3 | لماذا يعطش الفرات؟")))
    assert (named.title, named.headline) == ("لماذا يعطش الفرات؟", "من «حلقات النهر»، الحلقة 3")
    assert write(river(video=Video("file-0123456789ab", "01"))).title == "منبع الفرات ومجراه وسدود النهر، الحلقة 1"


def test_a_title_has_the_hamzas_that_the_videos_lacks() -> None:
    """The article is called by the title in written Arabic; its lead names the video as it is called."""
    draft = write(river(video=replace(VIDEO, title="اسرار النهر"), title="أسرار النهر"))

    assert draft.title == "أسرار النهر"
    assert "«اسرار النهر»" in text(draft.lead)


def test_greetings_and_calls_to_subscribe_stay_out() -> None:
    """What is said in passing is in no part of the article."""
    everything = " ".join(statement.text for _, statement in spoken(write(river())))

    assert "السلام عليكم" not in everything
    assert "اشتركوا" not in everything


def test_only_a_good_heading_stands() -> None:
    """A doubtful heading, or one that says the title again, stands over no section, in no lead and in no title."""
    talk = river()
    doubtful, again, good, authors = talk.passages
    passages = (
        replace(doubtful, heading_odds=0.05),
        replace(again, heading="سدود الفرات", heading_odds=0.9),
        replace(good, heading_odds=0.3),
        authors,
    )
    video = replace(VIDEO, title="سدود على نهر الفرات")
    draft = write(replace(talk, passages=passages, video=video))

    assert [section.heading for section in draft.sections] == ["", "", good.heading, authors.heading]
    assert f"ويتناول الحديث «{good.heading}»" in text(draft.lead)
    assert doubtful.heading not in text(draft.lead)
    nameless = write(replace(talk, passages=passages, video=replace(video, title="الحلقة 3")))
    assert doubtful.heading not in nameless.title


def test_an_article_without_headings_promises_none() -> None:
    """The line before the sections speaks of their themes only where a heading says one."""
    doubtful = tuple(replace(passage, heading_odds=0.05) for passage in river().passages)

    assert text(write(river()).transition) == phrasing.TRANSITION
    bare = write(river(passages=doubtful))
    assert text(bare.transition) == phrasing.IN_ORDER
    firsts = [text(section.paragraphs[0]) for section in bare.sections]
    assert all(first.startswith((*phrasing.BEGINS_UNHEADED, phrasing.ASKS)) for first in firsts)


def test_captions_without_a_sentence_to_tell_are_refused() -> None:
    """A transcript of greetings only makes no article."""
    with pytest.raises(ModelError, match="no sentence"):
        write(script((("", ("السلام عليكم ورحمة الله وبركاته", "شكراً لكم", "طيب يعني")),)))


def test_the_identity_names_what_changes_the_text() -> None:
    """Other settings are another writer, so a kept draft is not taken for theirs."""
    assert ExtractiveWriter(WriterSettings()).identity == ExtractiveWriter(WriterSettings()).identity
    assert ExtractiveWriter(WriterSettings()).identity != ExtractiveWriter(WriterSettings(quoted_share=0.5)).identity


def test_a_passage_without_a_good_quotation_has_a_doubtful_one() -> None:
    """Each part of a talk is told, though editors would rather begin elsewhere."""
    doubtful = "والمطر صار أقل انتظاماً في جبال المنبع من كل ما عرفه الناس"
    *good, before, last = script((*TALK, ("المطر", (doubtful,)))).passages
    unsure = [
        replace(p, sentences=(*p.sentences[:-1], replace(p.sentences[-1], end_odds=-0.5))) for p in (before, last)
    ]
    talk = replace(river(), passages=(*good, *unsure))
    (run,) = quotable_runs(unsure[1].sentences, talk.sentences, quotability(talk.sentences))

    assert run.whole < WHOLE
    assert doubtful in " ".join(each.text for _, each in spoken(write(talk, 0.3)))
