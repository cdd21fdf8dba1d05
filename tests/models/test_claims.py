"""Articles out of claims: in light they are the prose, in full each section is written from its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.llm.cache import CachedEngine
from models.llm.engine import Engine, Prompt
from models.llm.prompts import load_prompt
from pipeline.arabic.normalize import words
from pipeline.errors import ModelUnreachable
from pipeline.types.article import Draft, Passage, Script, Statement
from pipeline.types.usage import DropReason
from tests.fakes.engines import Asked, Rule, Scripted, article_writer, constant
from tests.fakes.judges import ReaderJudge
from tests.fakes.scripts import script
from tests.fakes.store import MemoryStore
from tests.models.drafts import complete, judged_writer, long_talk, section, spoken, told

DAMS = "أقامت تركيا سدودًا كبرى في أعالي النهر"
CLAIMS = f"""
العنوان: ماء الفرات لا يكفي مدنه
# المقدمة
يقل ماء النهر وتكبر حاجة المدن إليه. [16، 17]
# من الجبل إلى المصب
(خبر) ينبع الفرات من جبال الأناضول. [2] «جبال الأناضول»
(خبر) ويقطع أكثر من 2000 كيلومتر. [3]
# سدود الدول الثلاث
(خبر) {DAMS}. [5] «سدوداً كبيرة»
(خبر) ولسد حديثة في العراق ماء يخزنه لمواسم الجفاف. [7] «سد حديثة»
(سؤال) ويُطرح سؤال عن كفاية هذه السدود. [8]
# طرق الري
(رأي) يذهب نصف الماء هدرًا في الحقول التي تُروى بالغمر. [9] «يضيع نصف الماء»
(خبر) ويوفر التنقيط الماء ويحمي التربة من الملوحة. [10]
"""
"""What a good model states of the usual talk, in words of its own."""
PLAN = """
العنوان: ماء الفرات لا يكفي مدنه
# المقدمة
يتقاسم الناس نهرًا يقل ماؤه. [1، 6]
# الري
[6، 7]
# السدود
[3-5]
# الخلاصة
يبقى السؤال عن كفاية السدود. [5]
"""
PROSE = """
# الري
يذهب نصف الماء هدرًا بالغمر، ويوفره التنقيط. [1، 2]
# السدود
بنت تركيا سدودًا في أعلى المجرى، وخزن سد حديثة الماء في العراق. [3، 4]
ويُسأل هل تكفي السدود. [5]
"""


def answering(claims: str = CLAIMS, plan: str = PLAN, prose: str = PROSE, mended: str = "") -> Rule:
    """A model with one answer to each kind of prompt."""
    replies = {"claims": claims, "plan": plan, "prose": prose, "mend": mended}
    return lambda _prompt, ask: replies[ask.kind]


def made(rule: Rule, depth: str, judge: ReaderJudge | None = None, window: int = 16_000) -> tuple[Scripted, Draft]:
    """What comes of the usual talk with a model that answers by rule."""
    engine = Scripted(rule, window=window)
    return engine, judged_writer(engine, judge or ReaderJudge(), depth=depth).write(script())


def asked_for(engine: Scripted, name: str) -> list[Prompt]:
    """The prompts of one kind."""
    return [prompt for prompt in engine.prompts if prompt.system == load_prompt(name).system]


# --- light ---


def test_claims_stand_as_prose_in_the_passages_where_they_were_said() -> None:
    """One prompt and one question to the judge; the gist is the lead, and no label is printed."""
    judge = ReaderJudge()
    engine, draft = made(answering(), "light", judge)

    assert complete(draft, script())
    assert [heading.heading for heading in draft.sections] == ["من الجبل إلى المصب", "سدود الدول الثلاث", "طرق الري"]
    assert section(draft, 1)[0] == Statement(f"{DAMS}.", (5,), quotes=("سدوداً كبيرة",))
    assert "يقل ماء النهر وتكبر حاجة المدن إليه" in " ".join(s.text for s in draft.lead.statements)
    assert draft.headline == "ماء الفرات لا يكفي مدنه"
    assert draft.account
    assert (draft.account.written, draft.account.dropped, draft.account.strict) == (8, (), "")
    assert len(engine.prompts) == 1
    assert len(judge.asked[0]) == 8 + 4


def test_a_claim_that_fails_is_mended_once_or_dropped() -> None:
    """As any sentence of an article."""
    mended = "1) بنت تركيا سدودًا كبيرة في أعلى المجرى. [5]"
    _, better = made(answering(mended=mended), "light", ReaderJudge(false="كبرى"))
    _, worse = made(answering(mended="1) حذف"), "light", ReaderJudge(false="كبرى"))

    assert "بنت تركيا سدودًا كبيرة في أعلى المجرى" in told(better)
    assert worse.account
    assert (worse.account.written, len(worse.account.dropped)) == (7, 1)
    assert not any("تركيا" in text for text in told(worse))


def test_greetings_and_what_was_said_already_are_left_out_and_told() -> None:
    """By code, before anybody judges them; another thing said by the same sentence stays."""
    again, hello = f"{DAMS} كلها", "السلام عليكم ورحمة الله وبركاته"
    other = "وكان بناؤها خلال القرن الماضي"
    added = f"# طرق الري\n(خبر) {hello}. [1]\n(خبر) {again}. [5]\n(خبر) {other}. [5]"
    judge = ReaderJudge()
    _, draft = made(answering(CLAIMS.replace("# طرق الري", added)), "light", judge)

    assert draft.account
    reasons = {each.text.rstrip("."): each.reason for each in draft.account.dropped}
    assert reasons == {again: DropReason.REPEATED, hello: DropReason.UNPLACED}
    assert other in told(draft)
    assert not any(claim.text.rstrip(".") in reasons for claims in judge.asked for claim in claims)


def test_a_claim_stands_where_its_sentences_are_and_a_passage_of_one_joins_its_neighbour() -> None:
    """Whatever heading it was written under; one claim is no section, and the larger one's heading stays."""
    moved = f"(خبر) {DAMS}. [5]\n# مدن على الضفاف\n(خبر) تشرب مدن كثيرة منه. [12]\n"
    _, draft = made(answering(CLAIMS.replace(f"(خبر) {DAMS}. [5] «سدوداً كبيرة»\n", "") + moved), "light")

    assert f"{DAMS}." in [statement.text for statement in section(draft, 1)]
    assert [each.heading for each in draft.sections][2:] == ["طرق الري"]
    assert section(draft, 2)[-1].text == "تشرب مدن كثيرة منه."


def test_the_authors_chapters_keep_their_names() -> None:
    """They are shown over their sentences, and what the model calls them counts for nothing."""
    talk = script()
    named = [replace(p, heading=f"فصل {p.heading}", chapter=True, heading_odds=None) for p in talk.passages]
    engine = Scripted(answering(), window=16_000)
    draft = judged_writer(engine, ReaderJudge(), depth="light").write(replace(talk, passages=tuple(named)))

    assert [each.heading for each in draft.sections] == [passage.heading for passage in named[:3]]
    assert f"# {named[1].heading}" in engine.prompts[0].user.splitlines()


def test_a_long_talk_is_stated_in_stretches_that_fit_the_window() -> None:
    """Each sentence is in one prompt, under the row of its passage, and each reply has room."""
    engine, talk = Scripted(article_writer, window=2_500), long_talk(12, 20)
    draft = judged_writer(engine, ReaderJudge(), depth="light").write(talk)
    prompts = asked_for(engine, "claims")
    shown = [row for prompt in prompts for row in prompt.user.splitlines() if row.startswith("[")]

    assert len(prompts) > 4
    assert len(shown) == len(set(shown)) > 100
    assert all("\n# قسم " in prompt.user for prompt in prompts)
    assert all(engine.count(f"{p.system} {p.user}") + p.most_tokens <= 2_500 for p in prompts)
    assert complete(draft, talk)
    assert draft.account
    assert draft.account.strict == ""
    assert 1 < len([each for each in draft.lead.statements if each.cites]) <= 4


# --- full ---


def test_each_section_is_written_from_its_claims_in_the_order_of_the_plan() -> None:
    """A sentence rests on what its claims rest on, and on the words that were quoted for them."""
    engine, draft = made(answering(), "full")
    (prompt,) = asked_for(engine, "prose")
    rows = prompt.user.splitlines()

    assert [each.heading for each in draft.sections] == ["الري", "السدود"]
    assert section(draft, 1)[0] == Statement(
        "بنت تركيا سدودًا في أعلى المجرى، وخزن سد حديثة الماء في العراق.", (5, 7), quotes=("سدوداً كبيرة", "سد حديثة")
    )
    assert "[1] (رأي) يذهب نصف الماء هدرًا في الحقول التي تُروى بالغمر. «يضيع نصف الماء»" in rows
    assert "# السدود" in rows
    assert "يبقى السؤال عن كفاية السدود" in told(draft)
    assert draft.account
    assert draft.account.written == 5


def test_claims_that_no_section_tells_are_told_apart() -> None:
    """Those that the plan leaves out, and those that the prose does."""
    _, draft = made(answering(prose=PROSE.replace("ويُسأل هل تكفي السدود. [5]", "")), "full")

    assert draft.account
    assert {each.reason for each in draft.account.dropped} == {DropReason.UNPLACED}
    assert [words(each.text)[0] for each in draft.account.dropped] == ["ينبع", "ويقطع", "ويطرح"]


def test_a_claim_that_is_certainly_false_reaches_no_plan() -> None:
    """A figure that nobody said is told with why, and the model does not see it again."""
    false = "أقامت تركيا 47 سدًا في أعالي النهر"
    engine, draft = made(answering(CLAIMS.replace(DAMS, false)), "full")

    assert draft.account
    assert (f"{false}.", DropReason.CODE) in [(each.text, each.reason) for each in draft.account.dropped]
    assert not any("47 سد" in prompt.user for name in ("plan", "prose") for prompt in asked_for(engine, name))


def test_a_section_that_is_not_written_is_told_in_its_claims() -> None:
    """Neither a useless reply nor one that leaves a section out costs the article anything."""
    _, useless = made(answering(prose="يرجى تزويدي بالنص"), "full")
    _, partly = made(answering(prose="# الري\nيذهب نصف الماء هدرًا بالغمر، ويوفره التنقيط. [1، 2]"), "full")

    assert f"{DAMS}." in [statement.text for statement in section(useless, 1)]
    assert f"{DAMS}." in [statement.text for statement in section(partly, 1)]
    assert [statement.text for statement in section(partly, 0)] == ["يذهب نصف الماء هدرًا بالغمر، ويوفره التنقيط."]


def test_without_a_plan_the_passages_are_the_sections() -> None:
    """Headline and lead are then those that came with the claims."""
    _, draft = made(answering(plan="لا أعرف", prose=""), "full")

    assert [each.heading for each in draft.sections] == ["من الجبل إلى المصب", "سدود الدول الثلاث", "طرق الري"]
    assert "يقل ماء النهر وتكبر حاجة المدن إليه" in " ".join(s.text for s in draft.lead.statements)


def test_large_sections_are_written_one_by_one() -> None:
    """Small ones share a prompt; none is larger than what one prompt is given."""
    engine, talk = Scripted(article_writer, window=4_000), long_talk(9, 14)
    draft = judged_writer(engine, ReaderJudge(), depth="full").write(talk)
    prompts = asked_for(engine, "prose")

    assert len(prompts) > 2
    assert max(prompt.user.count("\n# ") for prompt in prompts) > 1
    assert complete(draft, talk)
    assert draft.account
    assert draft.account.strict == ""


# --- both ---


@pytest.mark.parametrize("depth", ["light", "full"])
@pytest.mark.parametrize(
    ("rule", "judge", "window", "reason"),
    [
        (article_writer, ReaderJudge(trusted=False), 16_000, "judge"),
        (article_writer, ReaderJudge(), 1_200, "window"),
        (constant("يرجى تزويدي بالنص"), ReaderJudge(), 16_000, "refusal"),
        (constant("جملة واحدة. [2]"), ReaderJudge(), 16_000, "unreadable"),
    ],
)
def test_where_claims_cannot_be_had_the_article_is_strict_and_says_why(
    rule: Rule, judge: ReaderJudge, window: int, reason: str, depth: str
) -> None:
    """As where the whole cannot be had."""
    engine = Scripted(lambda p, a: rule(p, a) if a.kind == "claims" else article_writer(p, a), window=window)
    draft = judged_writer(engine, judge, depth=depth).write(script())

    assert draft.account
    assert draft.account.strict == reason
    assert complete(draft, script())


@pytest.mark.parametrize(
    ("kind", "window", "answered"), [("claims", 2_500, 4), ("plan", 15_000, 0), ("prose", 2_500, 4)]
)
def test_a_kill_resumes_at_the_prompt_that_was_not_answered(kind: str, window: int, answered: int) -> None:
    """No stretch is stated twice and no section written twice; the article is the one without a kill."""
    store, talk, seen = MemoryStore(), long_talk(12, 20), list[str]()

    def dying(prompt: Prompt, ask: Asked) -> str:
        seen.append(ask.kind)
        if ask.kind == kind and seen.count(kind) > answered:
            gone = "the server is gone"
            raise ModelUnreachable(gone)
        return article_writer(prompt, ask)

    def written(engine: Engine) -> Draft:
        return judged_writer(engine, ReaderJudge(), depth="full").write(talk)

    first, second = Scripted(dying, window=window), Scripted(article_writer, window=window)
    with pytest.raises(ModelUnreachable):
        written(CachedEngine(first, store))
    resumed = written(CachedEngine(second, store))
    kept = first.prompts[: sum(first.rounds[:-1])]

    assert kept
    assert not {prompt.user for prompt in kept} & {prompt.user for prompt in second.prompts}
    assert resumed == written(Scripted(article_writer, window=window))


def test_the_identity_names_all_that_changes_the_text() -> None:
    """Depth, prompts and the labels in them; a change of depth makes another article."""
    engine, judge = Scripted(article_writer), ReaderJudge()
    names = {depth: judged_writer(engine, judge, depth=depth).identity for depth in ("whole", "light", "full")}

    assert len(set(names.values())) == 3
    assert all(names["full"].count(f"{name} ") for name in ("full 2", "claims", "plan", "prose", "mend", "phrases"))
    assert "prose " not in names["light"]


@pytest.mark.parametrize(("depth", "asked"), [("light", "claims"), ("full", "plan")])
def test_where_the_videos_title_has_no_subject_the_article_has_its_own_title_and_subtitle(
    depth: str, asked: str
) -> None:
    """Both are asked for with the claims, or with the plan."""
    subtitle = "سدود ثلاث دول وري يهدر نصف الماء"
    texts = [text.replace("# المقدمة", f"العنوان الفرعي: {subtitle}\n# المقدمة", 1) for text in (CLAIMS, PLAN)]
    engine = Scripted(answering(*texts), window=16_000)
    foreign = replace(script(), video=replace(script().video, title="Sheikh Humaid 2026-06-19"))
    draft = judged_writer(engine, ReaderJudge(), depth=depth).write(foreign)

    assert "«العنوان الفرعي:»" in asked_for(engine, asked)[0].user
    assert (draft.title, draft.headline) == ("ماء الفرات لا يكفي مدنه", subtitle)


def test_a_talk_of_one_passage_is_one_section() -> None:
    """Also one whose heading nobody knows."""
    talk = script()
    alone = replace(talk, passages=(Passage("", talk.sentences),))
    assert isinstance(alone, Script)
    draft = judged_writer(Scripted(answering(), window=16_000), ReaderJudge(), depth="light").write(alone)

    assert len(draft.sections) == 1
    assert len(spoken(draft)) == 8


# --- where one prompt does not fit ---


def test_a_window_too_small_for_the_whole_talk_is_written_in_by_claims() -> None:
    """Its prompt is a third as long; true prose comes back where else the article would keep to the wording."""
    engine, draft = made(answering(), "whole", window=2_800)

    assert draft.account
    assert (draft.account.strict, draft.account.written) == ("", 5)
    assert (len(asked_for(engine, "article")), len(asked_for(engine, "claims"))) == (0, 1)
    assert draft.account.prompts[0].startswith("claims ")
