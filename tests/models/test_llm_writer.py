"""The writer with a language model: complete, true to the talk, and open about what the model did."""

from __future__ import annotations

import pytest

from models.llm.engine import Prompt
from models.llm.replies import has_markup
from pipeline.arabic.normalize import words
from pipeline.errors import ModelError
from pipeline.types.article import Flaw
from pipeline.types.usage import DropReason
from tests.fakes.engines import INVENTIONS, Asked, Scripted, constant, honest, inventing
from tests.fakes.scripts import TALK, VIDEO, script
from tests.models.drafts import answering, checked, complete, dams, numbered, section, spoken, write, writer

DIALECT = "والفلاح هنا عايز ميه كتير عشان الأرض دي"


# --- the form ---


def test_an_honest_model_gives_an_article_with_every_part() -> None:
    """Title, headline, lead with link, background, sections, challenges, outlook and conclusion; nothing to find."""
    draft = write(Scripted(honest))
    report = checked(draft)

    assert complete(draft, script())
    assert draft.background
    assert draft.challenges
    assert draft.outlook
    assert VIDEO.url in draft.lead.statements[1].text
    assert len(draft.sections) == 4
    assert report.findings == ()
    assert report.coverage.windows == 1.0


def test_the_lead_is_written_from_the_sections() -> None:
    """The lead's prompt holds the first sentence of each section, and the sentences it rests on."""
    engine = Scripted(honest)
    draft = write(engine)
    (asked,) = [prompt.user for prompt in engine.prompts if "خلاصة تقول" in prompt.user]

    for number in range(4):
        assert section(draft, number)[0].text in asked
    assert "[1]" in asked
    assert len(numbered(Prompt("", asked, 0))) == 4


def test_a_summary_in_the_lead_carries_its_evidence() -> None:
    """What the model sums up stands in the lead with what it rests on; what a section says anyway is not said twice."""
    told: list[str] = []

    def rule(prompt: Prompt, ask: Asked) -> str:
        if "خلاصة تقول" not in prompt.user:
            return honest(prompt, ask)
        one, other = (text.split() for _, text in ask.sentences[:2])
        told.append(f"{' '.join(one[:6])} و{' '.join(other[:5])}")
        return f"{told[0]} [1، 2]\n{ask.sentences[0][1]} [1]"

    draft = write(Scripted(rule))
    (summary,) = draft.lead.statements[3:]

    assert summary.text == f"{told[0]}."
    assert summary.cites == (section(draft, 0)[0].cites + section(draft, 1)[0].cites)


def test_captions_without_a_sentence_to_tell_are_refused() -> None:
    """A transcript of greetings only makes no article, and costs the model nothing."""
    engine = Scripted(honest)
    with pytest.raises(ModelError, match="no sentence"):
        write(engine, script((("", ("السلام عليكم ورحمة الله وبركاته", "شكراً لكم", "طيب يعني")),)))
    assert engine.prompts == []


# --- a model that invents ---


@pytest.mark.parametrize("seed", range(12))
def test_an_article_stays_true_when_every_second_sentence_is_invented(seed: int) -> None:
    """Figures, names, negations, quotations, wrong numbers, other scripts, markup: not one of them is published."""
    draft = write(Scripted(inventing(seed)))
    report = checked(draft)
    account = draft.account

    assert complete(draft, script())
    assert [each for each in report.findings if each.flaw is not Flaw.UNWRITTEN] == []
    assert report.coverage.windows == 1.0
    text = " ".join(statement.text for statement in spoken(draft))
    assert not any(
        planted in text for planted in ("4731", "الزبيدي", "المجرة", "الكوكب", "然", "AI", "evil", "**", "أنا أرى")
    )
    assert account
    assert account.written + account.repaired + account.copied + len(account.dropped) == account.sentences > 10


@pytest.mark.parametrize("at", range(len(INVENTIONS)))
def test_each_kind_of_invention_is_stopped(at: int) -> None:
    """One invented sentence in one section: the section keeps what was said, and nothing of the invention."""
    text = "بنت تركيا سدوداً كبيرة على النهر في أعلى المجرى خلال القرن الماضي"
    planted = INVENTIONS[at](text, "[1]")
    told = section(write(answering(f"العنوان: سدود النهر\n{planted}")))

    said = {sentence.number: words(sentence.text) for sentence in script().sentences}
    assert told
    assert all(words(statement.text)[-3:] == said[statement.cites[0]][-3:] for statement in told)


def test_a_failing_sentence_goes_back_once_with_the_complaint() -> None:
    """All failing sentences of a round go back together, each with what is wrong with it; what returns true stays."""
    true = "بنت تركيا سدوداً كبيرة على النهر خلال القرن الماضي"

    def rule(prompt: Prompt, ask: Asked) -> str:
        if ask.kind == "repair":
            return f"1) {true} [1]"
        return f"{true} كلفت 4731 مليون دولار [1]" if ask.kind == "section" and dams(prompt) else honest(prompt, ask)

    engine = Scripted(rule)
    draft = write(engine)
    (repair,) = [p for p in engine.prompts if p.system.startswith("أنت مدقق")]

    assert "رقم" in repair.user
    assert "4731" in repair.user
    assert true in [statement.text.rstrip(".") for statement in section(draft)]
    assert draft.account
    assert draft.account.repaired == 1
    assert {each.reason for each in draft.account.dropped} == {DropReason.REPEATED}


def test_what_cannot_be_mended_is_dropped_and_no_fragment_stands_in_for_it() -> None:
    """A sentence that fails twice is told with its complaint; what is added is a quotation, and no part of a sentence.

    It used to be replaced by the words that came nearest, whole or not.
    """
    wrong = "بنت تركيا سدوداً كبيرة على النهر كلفت 4731 مليون دولار"

    def rule(prompt: Prompt, ask: Asked) -> str:
        if ask.kind == "repair":
            return f"1) {wrong} [1]"
        return f"{wrong} [1]" if ask.kind == "section" and dams(prompt) else honest(prompt, ask)

    draft = write(Scripted(rule))

    assert [s.text for s in section(draft)] == [f"يقول المتحدث: «{TALK[1][1][0]}»", f"«{TALK[1][1][2]}»"]
    assert draft.account
    assert draft.account.repaired == 0
    (dropped,) = [each for each in draft.account.dropped if each.reason is not DropReason.REPEATED]
    assert (dropped.text, dropped.reason) == (wrong, DropReason.WORDING)
    assert "4731" in dropped.detail


def test_a_model_that_never_mends_is_not_asked_for_ever() -> None:
    """After sixteen sentences that came back no better, no more are sent back."""
    talk = script(tuple((f"موضوع {n}", TALK[1 + n % 4][1]) for n in range(40)))

    def rule(_prompt: Prompt, ask: Asked) -> str:
        return "\n".join(f"{text} كلفت 4731 مليون دولار [{number}]" for number, text in ask.sentences[:2])

    engine = Scripted(rule)
    draft = writer(engine).write(talk)

    repairs = [p for p in engine.prompts if p.system.startswith("أنت مدقق")]
    assert 8 <= len(repairs) <= 16
    assert {finding.flaw for finding in checked(draft, talk).findings} == {Flaw.UNWRITTEN}


def test_evidence_is_found_where_the_model_names_none_or_the_wrong_one() -> None:
    """Without numbers, or with those of another sentence, a true sentence gets the sentence that says it."""
    text = TALK[1][1][1]
    for numbers in ("", "[1]", "[97]", "[1-4]"):
        told = section(write(answering(f"العنوان: سدود النهر\n{text} {numbers}")))
        assert (6,) in [statement.cites for statement in told if words(statement.text) == words(text)]


def test_marks_around_what_was_not_said_so_are_lost() -> None:
    """A quotation that is none loses its marks when its words were said, and keeps them when it is verbatim."""
    loose = 'بنت تركيا "سدوداً كبيرة في أعلى المجرى" خلال القرن الماضي'
    exact = "وأقامت سوريا «سد الفرات قرب مدينة الطبقة» لتوليد الكهرباء"
    told = " ".join(s.text for s in section(write(answering(f"العنوان: سدود النهر\n{loose} [1]\n{exact} [2]"))))

    assert loose.replace('"', "") in told
    assert "«سد الفرات قرب مدينة الطبقة»" in told


def test_nothing_is_told_twice() -> None:
    """A model that repeats itself is heard once."""
    text = TALK[1][1][0]
    told = section(write(answering(f"العنوان: سدود النهر\n{text} [1]\n{text} [1]\n{text} كبيرة [1]")))

    assert sum(words(statement.text)[:3] == words(text)[:3] for statement in told) == 1
    twice = section(write(answering(f"العنوان: سدود النهر\n{text} [1]\n{text} [1]")))
    assert sum(words(statement.text)[:3] == words(text)[:3] for statement in twice) == 1


def test_an_address_is_not_quoted_for_want_of_a_reply() -> None:
    """Where the speaker's own words stand in for a useless reply, none with an address or a tag is among them."""
    heading, texts = TALK[1]
    bad = ("سدود النهر الكبيرة مشروحة في www.dams.example كلها", "سدود النهر الكبيرة في <b>تركيا</b> وسوريا")
    talk = script((TALK[0], (heading, (*bad, *texts)), *TALK[2:]))
    draft = writer(Scripted(constant("يرجى تزويدي بالنص"))).write(talk)

    assert section(draft)
    assert not any(has_markup(statement.text) for statement in spoken(draft))


# --- voice ---


def test_dialect_stands_only_in_quotation_marks() -> None:
    """Dialect that a model leaves in its prose is not published; as a whole sentence of the speaker it is quoted."""
    heading, texts = TALK[1]
    talk = script((TALK[0], (heading, (*texts, DIALECT)), *TALK[2:]))
    reply = f"العنوان: سدود النهر\nوالفلاح عايز ميه كتير [5]\n{DIALECT} [5]"
    told = section(writer(answering(reply)).write(talk))

    assert f"«{DIALECT}»" in told[-1].text
    assert not any("عايز" in statement.text.split("«")[0] for statement in told)


def test_the_first_person_is_the_speakers() -> None:
    """`I` and `we` stand only inside a quotation."""
    draft = write(Scripted(honest))

    assert not any(word in words(s.text.split("«")[0]) for s in spoken(draft) for word in ("انا", "نحن", "قلنا"))


# --- headings ---


def test_a_heading_of_the_model_stands_when_its_words_were_said() -> None:
    """A heading from the passage's words is taken; with a word that was not said it gives way to the passage's own."""
    body = "\n".join(f"{text} [{n}]" for n, text in enumerate(TALK[1][1][:2], 1))
    assert write(answering(f"العنوان: سد الفرات وسد حديثة\n{body}")).sections[0].heading == "سد الفرات وسد حديثة"
    assert write(answering(f"العنوان: سدود النهر العظيم\n{body}")).sections[0].heading == "سدود النهر"
    assert write(answering(body)).sections[0].heading == "سدود النهر"


def test_a_heading_says_no_yes_to_a_question() -> None:
    """Of the words that were said, a heading makes neither the answer to a question nor the opposite of a sentence."""
    body = "\n".join(f"{text} [{n}]" for n, text in enumerate(TALK[1][1][:2], 1))
    talk = script((TALK[0], (TALK[1][0], (*TALK[1][1], "ليست السدود القديمة آمنة")), *TALK[2:]))

    for heading in ("السدود وحدها تكفي", "السدود القديمة آمنة"):
        written = write(answering(f"العنوان: {heading}\n{body}"), talk)
        assert written.sections[0].heading == "سدود النهر"


def test_the_authors_chapters_keep_their_titles() -> None:
    """No model renames a chapter."""
    draft = write(Scripted(honest), script(chapters=True))

    assert [s.heading for s in draft.sections] == [heading for heading, _ in TALK[1:5]]
