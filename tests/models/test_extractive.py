"""The embedded writer."""

from __future__ import annotations

import pytest

from models.writers.extractive import ExtractiveWriter
from pipeline.arabic.normalize import words
from pipeline.errors import ModelError
from pipeline.settings import WriterSettings
from pipeline.types.article import Basis, Draft, Paragraph, Script, Statement, Video
from tests.fakes.scripts import TALK, VIDEO, script


def write(talk: Script) -> Draft:
    """The draft with the default settings."""
    return ExtractiveWriter(WriterSettings()).write(talk)


def paragraphs(draft: Draft) -> list[Paragraph]:
    """Every paragraph in the order it is read."""
    optional = [part for part in (draft.challenges, draft.outlook) if part]
    body = [paragraph for section in draft.sections for paragraph in section.paragraphs]
    return [draft.lead, *draft.background, draft.transition, *body, *optional, draft.conclusion]


def statements(draft: Draft) -> list[Statement]:
    """Every statement in the order it is read."""
    return [statement for paragraph in paragraphs(draft) for statement in paragraph.statements]


def text(paragraph: Paragraph | None) -> str:
    """What a paragraph says."""
    return " ".join(statement.text for statement in paragraph.statements) if paragraph else ""


def test_the_article_has_every_part_of_the_form() -> None:
    """Background, difficulties, outlook and end of a talk get their parts, all else headed sections."""
    draft = write(script())

    assert draft.title == VIDEO.title
    assert draft.headline == "لماذا يعطش الفرات؟"
    assert draft.background
    assert [section.heading for section in draft.sections] == [
        "سدود النهر",
        "ري الحقول",
        "مدن على الضفاف",
        "تجارة النهر",
    ]
    assert "أول الصعوبات" in text(draft.challenges)
    assert "في المستقبل" in text(draft.outlook)
    assert "وفي الختام يبقى النهر واحداً" in text(draft.conclusion)


def test_the_lead_names_links_and_dates_the_video() -> None:
    """The lead says which video on which channel, when and how long, where it is, and what is discussed."""
    lead = text(write(script()).lead)

    for part in (VIDEO.title, VIDEO.channel, "1 مارس 2026", "10 دقائق", VIDEO.url, "سدود النهر", "ري الحقول"):
        assert part in lead


def test_what_is_not_known_is_not_said() -> None:
    """Without channel, date, length or address the lead is silent about them."""
    lead = text(write(script(video=Video("file-0123456789ab", "حديث عن النهر"))).lead)

    assert lead.startswith("يعرض هذا المقال ما جاء في الفيديو المعنون «حديث عن النهر». ويدور الحديث حول")
    assert "قناة" not in lead
    assert "http" not in lead


def test_every_statement_about_the_speech_is_a_whole_sentence_of_it() -> None:
    """What rests on the speech cites one sentence and has its words; only who speaks is added."""
    talk = script()
    said = {sentence.number: words(sentence.text) for sentence in talk.sentences}

    for statement in statements(write(talk))[3:]:
        if statement.basis is Basis.SPEECH:
            (number,) = statement.cites
            assert words(statement.text)[-len(said[number]) :] == said[number]


def test_no_sentence_is_told_twice() -> None:
    """A sentence stands in one place of the article only."""
    cited = [n for s in statements(write(script()))[3:] for n in s.cites]

    assert sorted(cited) == sorted(set(cited))


def test_sections_keep_the_order_of_the_video() -> None:
    """Inside a section sentences stand in the order they were said."""
    for section in write(script()).sections:
        cited = [n for paragraph in section.paragraphs for s in paragraph.statements for n in s.cites]
        assert cited == sorted(cited)


def test_a_section_does_not_go_back_behind_the_background() -> None:
    """Where the background told a part of a passage, its section goes on after that."""
    draft = write(script(TALK[:3]))
    told = max(number for paragraph in draft.background for number in paragraph.cites)
    first = [number for paragraph in draft.sections[0].paragraphs for number in paragraph.cites]

    assert draft.background
    assert min(first) > told


def test_what_only_the_speaker_can_say_is_quoted() -> None:
    """The first person and questions stand between guillemets, after who says them; impersonal sentences do not."""
    draft = ExtractiveWriter(WriterSettings(section_share=1.0)).write(script())
    told = {n: s.text for s in statements(draft)[3:] for n in s.cites}
    numbered = {sentence.text: sentence.number for sentence in script().sentences}

    first_person = "أنا جربت الري بالتنقيط في مزرعة أبي فوفرت ماءً كثيراً"
    impersonal = "والري بالتنقيط يوفر ماء كثيراً ويحفظ التربة من الملوحة"
    assert told[numbered[first_person]] == f"يقول المتحدث: «{first_person}»"
    assert told[numbered[impersonal]] == impersonal


def test_greetings_and_calls_to_subscribe_stay_out() -> None:
    """What is said in passing is in no part of the article."""
    everything = " ".join(s.text for s in statements(write(script())))

    assert "السلام عليكم" not in everything
    assert "اشتركوا" not in everything


def test_a_talk_without_difficulties_or_outlook_has_no_such_part() -> None:
    """Challenges and outlook are there only if the talk has them."""
    draft = write(script(TALK[1:4]))

    assert draft.challenges is None
    assert draft.outlook is None
    assert len(draft.sections) == 3


def test_a_title_without_words_leaves_the_headline_to_the_subjects() -> None:
    """A file called `01` gets a headline from its sections."""
    assert write(script(video=Video("file-0123456789ab", "01"))).headline == "سدود النهر وري الحقول"


def test_a_passage_without_heading_is_named_by_its_place() -> None:
    """Where no heading was found the section says which minutes, or which sentences, it covers."""
    bare = tuple(("", texts) for _, texts in TALK)

    assert write(script(bare)).sections[0].heading == "من 0:40 إلى 1:19"
    assert write(script(bare, timed=False)).sections[0].heading == "الجمل 5–8"


def test_captions_without_a_sentence_to_tell_are_refused() -> None:
    """A transcript of greetings only makes no article."""
    with pytest.raises(ModelError, match="no sentence"):
        write(script((("", ("السلام عليكم ورحمة الله وبركاته", "شكراً لكم", "طيب يعني")),)))


def test_the_identity_names_what_changes_the_text() -> None:
    """Other settings are another writer, so a kept draft is not taken for theirs."""
    assert ExtractiveWriter(WriterSettings()).identity == ExtractiveWriter(WriterSettings()).identity
    assert ExtractiveWriter(WriterSettings()).identity != ExtractiveWriter(WriterSettings(section_sentences=3)).identity


def test_a_part_that_begins_with_a_quotation_introduces_it_once() -> None:
    """After "the talk closes:" a quotation stands without its speaker being named again."""
    ended = (*TALK[:4], ("النهاية", ("وفي الختام أقول لكم حافظوا على ماء النهر", "فهو ماء أولادنا وأولادكم من بعدنا")))

    conclusion = text(write(script(ended)).conclusion)

    assert conclusion.startswith("وفي ختام الحديث: «وفي الختام أقول لكم حافظوا على ماء النهر»")
