"""The writer of whole articles: what stands is cited and judged, what fails is mended once or dropped and told."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from models.llm.cache import CachedEngine
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt
from models.writers.article_asking import article_length
from models.writers.quoting import led_draft, quoting_draft
from models.writers.settling import WatchedJudging
from pipeline.arabic.labels import FURTHER
from pipeline.arabic.normalize import words
from pipeline.errors import ModelUnreachable
from pipeline.types.article import Basis, Draft, Statement
from pipeline.types.judging import CanaryTally, Claim, Verdict
from pipeline.types.usage import DropReason, GenerationStats
from tests.fakes.engines import Asked, Rule, Scripted, article_writer, constant, honest
from tests.fakes.judges import AcceptingJudge, ReaderJudge
from tests.fakes.scripts import TALK, VIDEO, script
from tests.fakes.store import MemoryStore
from tests.models.drafts import LONG, complete, judged_writer, spoken, told

Length = Literal["auto", "short", "medium", "long"]
DAMS = "أقامت تركيا سدودًا كبرى في أعالي النهر"
ARTICLE = f"""
العنوان: ماء الفرات لا يكفي مدنه [12، 17]
# المقدمة
يتناول فيديو «لماذا يعطش الفرات؟» نهرًا تتقاسمه ثلاث دول، ويرى أن ماءه يقل وحاجة المدن إليه تكبر. [16، 17، 20]
# الخلفية
ينبع الفرات من جبال الأناضول ويقطع أكثر من 2000 كيلومتر. [2، 3] «أكثر من 2000 كيلومتر»
# سدود الدول الثلاث
{DAMS}. [5]
وأقامت سوريا سد الفرات لتوليد الكهرباء، وللعراق سد حديثة. [6، 7] «سد حديثة»

ويخزن سد حديثة الماء لمواسم الجفاف. [7]
ويُطرح سؤال عن كفاية هذه السدود. [8]
# طرق الري
يذهب نصف الماء هدرًا في الحقول التي تُروى بالغمر. [9]
ويوفر التنقيط الماء ويحمي التربة من الملوحة. [10]
# التحديات
صار المطر أقل انتظامًا في المنبع. [16]
# الآفاق
قد تتبادل الدول مستقبلًا قراءات المناسيب كل يوم. [18]
# الخلاصة
يبقى النهر واحدًا وإن مر بثلاث دول. [20]
"""
"""A good article about the usual talk, in words of its own; a model is told nothing of it."""


def whole(rule: Rule, judge: ReaderJudge, *, window: int = 16_000, length: Length = "auto") -> tuple[Scripted, Draft]:
    """What the writer makes of the usual talk with a model that answers by rule."""
    engine = Scripted(rule, window=window)
    return engine, judged_writer(engine, judge, length=length).write(script())


def answering(article: str, mended: str = "") -> Rule:
    """A model with one article and one answer to complaints."""
    return lambda _prompt, ask: {"article": article, "mend": mended}[ask.kind]


def mend_prompt(engine: Scripted) -> Prompt:
    """The only prompt that sent sentences back."""
    (prompt,) = [p for p in engine.prompts if p.system == load_prompt("mend").system]
    return prompt


# --- a good article ---


def test_a_faithful_article_stands_word_for_word() -> None:
    """One prompt, one question to the judge about sentences, headline and headings: all stand, none is changed."""
    judge = ReaderJudge()
    engine, draft = whole(answering(ARTICLE), judge)

    assert complete(draft, script())
    assert draft.account
    assert (draft.account.written, draft.account.repaired, draft.account.dropped) == (11, 0, ())
    assert draft.headline == "ماء الفرات لا يكفي مدنه"
    assert [section.heading for section in draft.sections] == ["سدود الدول الثلاث", "طرق الري"]
    assert [len(p.statements) for p in draft.sections[0].paragraphs] == [2, 2]
    assert draft.challenges
    assert draft.outlook
    assert draft.background
    assert len(engine.prompts) == 1
    assert len(judge.asked[0]) == 11 + 3
    assert {claim for asked in judge.asked[1:] for claim in asked} <= set(judge.asked[0])


def test_what_the_writer_cites_and_quotes_is_kept() -> None:
    """All of its numbers, and the quoted words as they stand in the talk; elsewhere the judge's quotation."""
    _, draft = whole(answering(ARTICLE), ReaderJudge())
    statements = {statement.text: statement for statement in spoken(draft)}

    assert statements["وأقامت سوريا سد الفرات لتوليد الكهرباء، وللعراق سد حديثة."] == Statement(
        "وأقامت سوريا سد الفرات لتوليد الكهرباء، وللعراق سد حديثة.", (6, 7), quotes=("سد حديثة",)
    )
    assert statements[f"{DAMS}."].quotes == ("بنت تركيا سدوداً",)


def test_the_lead_names_the_video() -> None:
    """A lead that gives its title stands as it was written; before any other stands what names and links it."""
    _, named = whole(answering(ARTICLE), ReaderJudge())
    _, unnamed = whole(answering(ARTICLE.replace("فيديو «لماذا يعطش الفرات؟»", "المتحدث")), ReaderJudge())

    shown = f"«{VIDEO.title.replace('| ', '')}»"
    _, titled = whole(answering(ARTICLE.replace("«لماذا يعطش الفرات؟»", shown)), ReaderJudge())

    assert f"«{VIDEO.title}»" in titled.lead.statements[0].text
    assert [each.basis for each in named.lead.statements] == [Basis.SPEECH]
    assert "«لماذا يعطش الفرات؟»" in named.lead.statements[0].text
    assert "حلقات النهر" in unnamed.lead.statements[0].text
    assert VIDEO.url in unnamed.lead.statements[1].text


def test_evidence_is_found_where_none_is_named() -> None:
    """A sentence without numbers rests on what comes closest to it, before any threshold."""
    _, draft = whole(answering(ARTICLE.replace(f"{DAMS}. [5]", f"{DAMS}.")), ReaderJudge())

    assert 5 in next(each for each in spoken(draft) if each.text == f"{DAMS}.").cites


def test_what_the_judge_quotes_beyond_the_evidence_becomes_evidence() -> None:
    """The reader sees every second from which the judge took its words."""

    class Wandering(ReaderJudge):
        def _verdict(self, claim: Claim) -> Verdict:
            found = super()._verdict(claim)
            if DAMS not in claim.text:
                return found
            return replace(found, quotes=("سد حديثة",), elsewhere=((7, "وللعراق سد حديثة"),))

    _, draft = whole(answering(ARTICLE), Wandering())

    assert Statement(f"{DAMS}.", (5, 7), quotes=("سد حديثة",)) in spoken(draft)


# --- what fails ---


def test_a_sentence_that_fails_goes_back_once_with_all_that_was_said_around_it() -> None:
    """Failing words, evidence with neighbours, and the sentence before it in the article; mended it stands."""
    mended = "1) بنت تركيا سدودًا كبيرة في أعلى المجرى. [5]"
    engine, draft = whole(answering(ARTICLE, mended), ReaderJudge(false="كبرى"))
    user = mend_prompt(engine).user

    assert "كبري" in user.split("ما يعيبها: ")[1].splitlines()[0]
    assert all(f"[{number}] " in user for number in (4, 5, 6))
    assert "جملها: 5" in user.splitlines()
    assert "بنت تركيا سدودًا كبيرة في أعلى المجرى" in told(draft)
    assert draft.account
    assert (draft.account.written, draft.account.repaired, draft.account.dropped) == (10, 1, ())


def test_a_sentence_goes_back_with_the_one_before_it_in_its_part() -> None:
    """So that it can be read in its place; the first of a part has none before it."""
    engine, _ = whole(answering(ARTICLE, ""), ReaderJudge(false="كبرى ويوفر"))
    rows = mend_prompt(engine).user.splitlines()

    assert [row for row in rows if row.startswith("قبلها: ")] == [
        "قبلها: يذهب نصف الماء هدرًا في الحقول التي تُروى بالغمر."
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (f"1) {DAMS}. [5]", DropReason.VERDICT),
        ("1) أقامت تركيا 47 سدًا على النهر. [5]", DropReason.CODE),
        ("1) حذف", DropReason.WITHDRAWN),
        ("", DropReason.VERDICT),
        ("1) As an AI language model I cannot", DropReason.UNREADABLE),
    ],
)
def test_what_fails_again_is_dropped_and_told_and_nothing_stands_in_for_it(answer: str, reason: DropReason) -> None:
    """The account names the sentence and why; the article has no word of the talk in its place."""
    _, draft = whole(answering(ARTICLE, answer), ReaderJudge(false="كبرى"))

    assert draft.account
    assert [each.reason for each in draft.account.dropped] == [reason]
    assert (draft.account.written, draft.account.sentences) == (10, 11)
    assert len(told(draft)) == 10
    assert not any("تركيا" in text for text in told(draft))


def test_the_judge_in_doubt_is_told_apart() -> None:
    """What the judge cannot tell does not stand either, and is counted for what it is."""
    _, draft = whole(answering(ARTICLE, f"1) {DAMS}. [5]"), ReaderJudge(doubtful="كبرى"))

    assert draft.account
    assert [(each.reason, each.detail) for each in draft.account.dropped] == [(DropReason.UNSURE, "كبري")]


@pytest.mark.parametrize(
    ("said", "planted"),
    [
        (DAMS, "أقامت تركيا 47 سدًا في أعالي النهر"),
        (DAMS, "أقامت شركة Siemens سدودًا في أعالي النهر"),
        (DAMS, "قال المتحدث «إن السدود الكبيرة خراب للنهر» في أعالي النهر"),
        ("صار المطر أقل انتظامًا في المنبع", "صار المطر أقل انتظامًا منذ عام 1987"),
    ],
)
def test_code_decides_what_it_knows_for_certain_and_the_judge_is_not_asked(said: str, planted: str) -> None:
    """Figures, dates, Latin names and long quotations that nobody said go back before anybody judges them."""
    judge = ReaderJudge()
    engine, draft = whole(answering(ARTICLE.replace(said, planted), "1) حذف"), judge)

    assert planted in mend_prompt(engine).user
    assert not any(planted in claim.text for asked in judge.asked for claim in asked)
    assert planted not in " ".join(told(draft))


def test_a_quotation_that_is_none_loses_its_marks_in_the_end() -> None:
    """Sent back and quoted loosely once more, its words are told as what they are, if the judge agrees."""
    loose = "وصف المتحدث السدود بأنها «كبيرة جدًا في أعلى النهر»"
    _, draft = whole(answering(ARTICLE.replace(DAMS, loose), f"1) {loose}. [5]"), ReaderJudge())

    assert "وصف المتحدث السدود بأنها كبيرة جدًا في أعلى النهر" in told(draft)


def test_a_quotation_that_does_not_come_back_loses_its_marks_too() -> None:
    """A model that answers no complaint loses the marks, not the sentence."""
    loose = "وصف المتحدث السدود بأنها «كبيرة جدًا في أعلى النهر»"
    _, draft = whole(answering(ARTICLE.replace(DAMS, loose)), ReaderJudge())

    assert "وصف المتحدث السدود بأنها كبيرة جدًا في أعلى النهر" in told(draft)
    assert draft.account
    assert (draft.account.repaired, draft.account.dropped) == (1, ())


def test_what_only_the_speaker_can_say_stands_as_a_quotation() -> None:
    """A sentence copied in the first person is put in marks, with who says it."""
    copied = TALK[2][1][2]
    _, draft = whole(
        answering(ARTICLE.replace("ويوفر التنقيط الماء ويحمي التربة من الملوحة. [10]", f"{copied} [11]")), ReaderJudge()
    )

    assert f"يقول المتحدث: «{copied}»" in told(draft)


def test_a_sentence_that_leaned_on_a_dropped_one_goes_back_to_stand_alone() -> None:
    """It stays as it was when nothing better comes; nothing is cut off it by code."""
    leaning = "وهي تخزن الماء لمواسم الجفاف"
    text = ARTICLE.replace("وأقامت سوريا سد الفرات لتوليد الكهرباء، وللعراق سد حديثة", leaning)
    alone = "ويخزن سد حديثة الماء لمواسم الجفاف الطويلة"

    def rule(_prompt: Prompt, ask: Asked) -> str:
        if ask.kind == "article":
            return text
        return f"1) {alone}. [7]" if leaning in ask.faults[0][1] else "1) حذف"

    _, mended = whole(rule, ReaderJudge(false="كبرى"))
    _, left = whole(answering(text, "1) حذف"), ReaderJudge(false="كبرى"))

    assert alone in told(mended)
    assert leaning not in told(mended)
    assert leaning in told(left)


def test_a_heading_that_its_section_does_not_bear_out_goes_back_and_then_claims_nothing() -> None:
    """Mended it stands; failing again it says nothing, the headline is the title, and both are told."""
    judge = ReaderJudge(false="طرق العطش")
    text = ARTICLE.replace("ماء الفرات لا يكفي مدنه", "مدن العطش تنتظر")
    _, mended = whole(answering(text, "1) عنوان المقال: النهر ومدنه\n2) عنوان قسم: ري الحقول"), judge)
    _, failed = whole(answering(text, "1) العطش\n2) طرق"), judge)

    assert (mended.headline, mended.sections[1].heading) == ("النهر ومدنه", "ري الحقول")
    assert (failed.headline, failed.sections[1].heading) == ("من «حلقات النهر»", FURTHER)
    assert failed.account
    assert [each.text for each in failed.account.headings_dropped] == ["العطش", "طرق"]


def test_where_the_videos_title_has_no_subject_the_article_has_its_own_title_and_subtitle() -> None:
    """Both are asked for and judged; a subtitle that does not stand leaves its place to the video's title."""
    foreign = replace(script(), video=replace(script().video, title="Sheikh Humaid 2026-06-19"))
    text = ARTICLE.replace("# المقدمة", "العنوان الفرعي: سدود ثلاث دول وري يهدر نصف الماء\n# المقدمة", 1)
    engine = Scripted(answering(text, "1) سدود ثلاث دول وري يهدر"))
    good = judged_writer(engine, ReaderJudge()).write(foreign)
    bad = judged_writer(engine, ReaderJudge(false="يهدر")).write(foreign)

    assert "«العنوان الفرعي:»" in engine.prompts[0].user
    assert (good.title, good.headline) == ("ماء الفرات لا يكفي مدنه", "سدود ثلاث دول وري يهدر نصف الماء")
    assert (bad.title, bad.headline) == ("ماء الفرات لا يكفي مدنه", "Sheikh Humaid 2026-06-19")


def test_a_video_whose_title_has_a_subject_keeps_it_over_the_headline() -> None:
    """No subtitle is asked for, and one that comes is left out."""
    text = ARTICLE.replace("# المقدمة", "العنوان الفرعي: سدود ثلاث دول\n# المقدمة", 1)
    engine, draft = whole(answering(text), ReaderJudge())

    assert "الفرعي" not in engine.prompts[0].user
    assert draft.headline == "ماء الفرات لا يكفي مدنه"
    assert "سدود ثلاث دول" not in (draft.title, *told(draft))


def test_a_mended_heading_stays_with_its_section() -> None:
    """Also when another section before it only came to stand by mending."""
    judge = ReaderJudge(false="كبرى وأقامت سوريا ويخزن ويطرح طرق")
    mended = "\n".join(f"{n}) بنت الدول الثلاث سدودًا على النهر رقمها {n}. [5]" for n in range(1, 5))
    _, draft = whole(answering(ARTICLE, f"{mended}\n5) ري الحقول"), judge)

    assert [section.heading for section in draft.sections] == ["سدود الدول الثلاث", "ري الحقول"]


def test_a_section_without_a_sentence_that_stands_is_gone() -> None:
    """Its heading stands over nothing."""
    _, draft = whole(answering(ARTICLE, "1) حذف\n2) حذف"), ReaderJudge(false="هدرًا ويوفر"))

    assert [section.heading for section in draft.sections] == ["سدود الدول الثلاث"]


def test_a_sentence_stands_once() -> None:
    """What a model repeats word for word is told as repeated."""
    _, draft = whole(answering(ARTICLE.replace("[9]\n", f"[9]\n{DAMS}. [5]\n")), ReaderJudge())

    assert told(draft).count(DAMS) == 1
    assert draft.account
    assert [each.reason for each in draft.account.dropped] == [DropReason.REPEATED]


# --- the strict way ---


@pytest.mark.parametrize(
    ("rule", "judge", "window", "reason"),
    [
        (answering(ARTICLE), ReaderJudge(trusted=False), 16_000, "judge"),
        (article_writer, ReaderJudge(), 2_000, "window"),
        (article_writer, ReaderJudge(false="النهر مدن ماء الماء"), 16_000, ""),
        (constant("يرجى تزويدي بالنص"), ReaderJudge(), 16_000, "refusal"),
        (constant("جملة واحدة. [2]"), ReaderJudge(), 16_000, "unreadable"),
        (
            lambda p, a: ARTICLE if a.kind == "article" else article_writer(p, a),
            ReaderJudge(false="في و من قد صار يبقى ينبع يخزن ويخزن ويطرح يذهب ويوفر واقامت"),
            16_000,
            "unfounded",
        ),
    ],
)
def test_where_the_whole_cannot_be_had_the_article_is_strict_and_says_why(
    rule: Rule, judge: ReaderJudge, window: int, reason: str
) -> None:
    """Without a trusted judge, without room, or with replies of no use: section by section, near to the wording."""
    engine = Scripted(lambda p, a: rule(p, a) if a.kind in {"article", "mend"} else article_writer(p, a), window=window)
    draft = judged_writer(engine, judge).write(script())

    assert draft.account
    assert draft.account.strict == reason
    assert complete(draft, script())


def test_a_model_that_only_copies_leads_an_article_of_quotations() -> None:
    """Without a trusted judge: runs of whole sentences, rather those that it chose; the account says what it did."""
    talk = script()
    draft = judged_writer(Scripted(honest), AcceptingJudge()).write(talk)
    assert all(each.text.endswith("»") for each in spoken(draft)[1:])
    assert draft.account
    assert (draft.account.led, draft.account.copied > 0, draft.account.strict) == (True, True, "judge")
    assert {each.reason for each in draft.account.dropped} == {DropReason.REPEATED}
    assert any(len(each.cites) > 1 for each in spoken(draft))
    favoured = quoting_draft(talk, 0.3, frozenset({2}))
    assert 2 in {number for each in spoken(favoured) for number in each.cites}
    assert 2 not in {number for each in spoken(quoting_draft(talk, 0.3)) for number in each.cites}


def test_a_model_that_writes_leads_nothing() -> None:
    """One sentence of its own for every four that it copied is writing."""
    stats = GenerationStats("model", (), written=1, copied=4)
    draft = replace(judged_writer(Scripted(honest), AcceptingJudge()).write(script()), account=stats)
    assert led_draft(draft, script(), 0.3) is draft
    assert led_draft(replace(draft, account=replace(stats, written=0)), script(), 0.0).sections == draft.sections
    assert led_draft(replace(draft, account=replace(stats, written=0)), script(), 0.3) is not draft


def test_a_summariser_is_not_asked_for_an_article() -> None:
    """A model that follows no instructions sums up section by section."""
    engine = Scripted(constant("ينبع النهر من الأناضول ويصب في الجنوب."), follows_instructions=False)

    account = judged_writer(engine, ReaderJudge()).write(script()).account
    assert account
    assert account.strict == "summariser"


def test_a_useless_reply_is_asked_for_once_more() -> None:
    """The second prompt says what was wrong; a second article of use is enough."""
    engine = Scripted(lambda p, _: ARTICLE if "لم يصلح جوابك" in p.user else "", window=16_000)
    draft = judged_writer(engine, ReaderJudge()).write(script())

    assert draft.account
    assert (draft.account.strict, draft.account.written) == ("", 11)
    assert len(engine.prompts) == 2


def test_a_judge_that_passes_what_was_planted_makes_the_article_strict() -> None:
    """The sentences of the first round are judged among canaries; too many that pass, and nobody trusts the judge."""

    def watched(caught: int) -> WatchedJudging:
        return lambda judge, claims, others: (judge.verdicts([*claims, *others]), CanaryTally(10, caught))

    def written(caught: int) -> GenerationStats:
        engine = Scripted(article_writer, window=16_000)
        draft = judged_writer(engine, ReaderJudge(), watched(caught)).write(script())
        assert draft.account
        return draft.account

    good, bad = written(8), written(7)
    assert (good.strict, good.canaries, good.canaries_caught) == ("", 10, 8)
    assert (bad.strict, bad.canaries, bad.canaries_caught) == ("canaries", 10, 7)


# --- length and window ---


def test_the_length_is_asked_for_by_setting_or_by_the_talk() -> None:
    """Fixed ranges by name; less than half of the talk otherwise, neither more than most of a short talk nor a book."""
    assert [article_length(name, 3000) for name in ("short", "medium", "long")] == [(250, 350), (450, 650), (800, 1100)]
    assert article_length("auto", 2300) == (665, 847)
    assert article_length("auto", 90_000)[1] == 1100
    assert article_length("auto", 200)[1] < 150
    engine, _ = whole(answering(ARTICLE), ReaderJudge(), length="short")
    assert "250 و350" in engine.prompts[0].user


def test_a_talk_longer_than_the_window_is_drafted_in_stretches_and_planned_over_the_drafts() -> None:
    """Every sentence is in one stretch; the plan's own sentences rest on what the drafts that they name rest on."""
    engine = Scripted(article_writer, window=4_600)
    talk = script(LONG * 3)
    draft = judged_writer(engine, ReaderJudge()).write(talk)
    stretches = [p for p in engine.prompts if "جزء من كلام أطول" in p.user]
    shown = [line for p in stretches for line in p.user.splitlines() if line.startswith("[")]

    assert len(stretches) > 1
    assert len(shown) == len(set(shown)) > 100
    assert draft.account
    assert draft.account.strict == ""
    assert complete(draft, talk)
    assert words(draft.headline) == words("النهر يعطش")


def test_drafted_sentences_that_find_no_place_are_told() -> None:
    """The editor may leave some out; the account names them."""

    def rule(prompt: Prompt, ask: Asked) -> str:
        if ask.kind != "plan":
            return article_writer(prompt, ask)
        rows = "\n".join(f"[{number}]" for number, _ in ask.sentences[:-2])
        return f"العنوان: النهر يعطش\n# المقدمة\nملخص عن النهر. [1، 2]\n# النهر\n{rows}"

    engine = Scripted(rule, window=4_600)
    draft = judged_writer(engine, ReaderJudge()).write(script(LONG * 3))

    assert draft.account
    assert sum(each.reason is DropReason.UNPLACED for each in draft.account.dropped) == 2
    assert "ملخص عن النهر." in [statement.text for statement in draft.lead.statements]


def test_a_kill_resumes_at_the_prompt_that_was_not_answered() -> None:
    """Replies are kept as they come: the second run asks only for what is missing, and comes to the same article."""
    store, judge = MemoryStore(), ReaderJudge(false="كبرى")

    def dying(_prompt: Prompt, ask: Asked) -> str:
        if ask.kind == "mend":
            gone = "the server is gone"
            raise ModelUnreachable(gone)
        return ARTICLE

    mended = "1) بنت تركيا سدودًا كبيرة في أعلى المجرى. [5]"
    with pytest.raises(ModelUnreachable):
        judged_writer(CachedEngine(Scripted(dying, window=16_000), store), judge).write(script())
    second = Scripted(answering(ARTICLE, mended), window=16_000)
    resumed = judged_writer(CachedEngine(second, store), judge).write(script())

    assert [p.system for p in second.prompts] == [load_prompt("mend").system]
    assert resumed == whole(answering(ARTICLE, mended), judge)[1]


def test_the_identity_names_all_that_changes_the_text() -> None:
    """Model, prompts, judge, length, and the writer that it falls back on."""
    engine, judge = Scripted(article_writer), ReaderJudge()
    one = judged_writer(engine, judge).identity

    assert all(
        part in one for part in ("scripted", "article ", "mend ", "phrases ", "judge reader", "auto", "composer")
    )
    assert (
        len(
            {
                one,
                judged_writer(engine, judge, length="long").identity,
                judged_writer(engine, ReaderJudge(false="لا")).identity,
            }
        )
        == 3
    )


def test_what_is_known_of_the_video_is_shown_and_its_description_is_cut() -> None:
    """Title, channel, date, tags and the beginning of the description, without addresses or signs of markup."""
    video = replace(VIDEO, description=f"<b>ضيف الحلقة</b> https://a.example {'كلمة ' * 400}", tags=("الفرات", "[12]"))
    engine = Scripted(answering(ARTICLE), window=32_000)
    judged_writer(engine, ReaderJudge()).write(script(video=video))
    rows = engine.prompts[0].user.splitlines()

    assert "القناة: قناة النهر" in rows
    assert "تاريخ النشر: 1 مارس 2026" in rows
    assert "الوسوم: الفرات، 12" in rows
    (description,) = [row for row in rows if row.startswith("الوصف: ")]
    assert description.startswith("الوصف: ضيف الحلقة")
    assert "a.example" not in description
    assert len(description) < 620
