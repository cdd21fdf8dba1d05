"""The writer with useless replies, long passages, small windows and models of all kinds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.llm.engine import Prompt
from models.writers import outline
from models.writers.extractive import ExtractiveWriter
from models.writers.llm_writer import LLMWriter
from pipeline.arabic.normalize import words
from pipeline.codec import decode, digest, encode
from pipeline.errors import ModelUnreachable
from pipeline.events import Event, ModelReplied
from pipeline.settings import WriterSettings
from pipeline.types.article import Draft, Flaw, Statement
from tests.fakes.engines import Asked, Scripted, asked, constant, honest, inventing
from tests.fakes.judges import AcceptingJudge
from tests.fakes.scripts import TALK, VIDEO, script
from tests.models.drafts import LONG, answering, checked, complete, dams, numbered, section, spoken, write, writer

# --- replies of no use ---


@pytest.mark.parametrize(
    "reply", ["", "يرجى تزويدي بالنص", "As an AI language model, I cannot.", "كلام كلام " * 60, "无法"]
)
def test_a_passage_that_fails_is_asked_again_then_halved_then_written_without_the_model(reply: str) -> None:
    """Never dropped: the speaker's own sentences stand, and the account says which sections that is."""
    engine = answering(reply)
    draft = write(engine)
    asked = [len(numbered(p)) for p in engine.prompts if "العنوان" in p.system and dams(p)]

    assert asked == [4, 4, 2, 2]
    assert section(draft)[0] == Statement(TALK[1][1][0], (5,))
    assert draft.account
    assert draft.account.embedded == ("سدود النهر",)
    assert checked(draft).coverage.windows == 1.0


def test_a_model_without_one_useful_reply_leaves_the_embedded_writers_article() -> None:
    """The whole article is there, in the speaker's words, and every part is marked."""
    draft = write(Scripted(constant("")))

    assert draft.account
    assert replace(draft, account=None) == ExtractiveWriter(WriterSettings()).write(script())
    assert draft.account.sentences == 0
    assert len(draft.account.embedded) == 8


def test_a_second_reply_of_use_is_enough() -> None:
    """What fails once and succeeds when asked again is the model's."""
    seen: set[str] = set()

    def rule(prompt: Prompt, ask: Asked) -> str:
        again = "لم يصلح جوابك" in prompt.user
        seen.add("again" if again else "first")
        return honest(prompt, ask) if again else ""

    draft = write(Scripted(rule))

    assert seen == {"again", "first"}
    assert draft.account
    assert draft.account.embedded == ()


def test_a_reply_that_passes_over_most_of_a_passage_is_filled_up() -> None:
    """One sentence for a long passage: the speaker's own are added, in the order they were said."""
    first = LONG[3][1][9]
    draft = write(Scripted(lambda p, a: f"{first} [10]" if len(a.sentences) > 20 else honest(p, a)), script(LONG))
    told = section(draft, len(draft.sections) - 1)

    assert len(told) >= 4
    assert [s.cites for s in told] == sorted(s.cites for s in told)
    assert draft.account
    assert draft.account.added >= 3


def test_a_sentence_that_was_cut_off_is_not_taken() -> None:
    """The last line of a reply at its limit is half a sentence."""
    half = "وأقامت سوريا سد الفرات قرب مدينة"
    engine = answering(f"العنوان: سدود النهر\n{TALK[1][1][0]} [1]\n{half}")
    told = [section(write(replace(engine, whole=whole))) for whole in (True, False)]

    assert [any(words(s.text) == words(half) for s in each) for each in told] == [True, False]


def test_a_model_that_copies_the_beginning_gets_the_most_telling_sentences() -> None:
    """Copying is no writing: the section has the sentences that carry the passage, not its first ones."""
    engine = Scripted(lambda _p, ask: "\n".join(f"{text} [{n}]" for n, text in ask.sentences[: ask.most]))
    draft, passage = write(engine, script(LONG)), script(LONG).passages[-1]
    told = {number for statement in section(draft, len(draft.sections) - 1) for number in statement.cites}
    telling = {each.number for each in outline.choose_sentences(passage.sentences, len(told))}

    assert len(told - telling) <= 1
    assert told != {each.number for each in passage.sentences[: len(told)]}
    assert draft.account
    assert draft.account.dropped


@pytest.mark.parametrize(
    ("before", "stands"), [(f"{TALK[1][1][0]} [1]", False), ("للعراق سد حديثة يخزن ماء النهر لمواسم الجفاف [3]", True)]
)
def test_a_copied_sentence_that_leans_on_another_stands_only_behind_it(before: str, *, stands: bool) -> None:
    """Else `but …` limits, or `narrated by …` sources, whatever happens to stand before it."""
    leaning = "لكن ماءه تسرب من بوابات قديمة طوال سنين الحرب"
    talk = [(heading, [*lines[:3], leaning] if heading == TALK[1][0] else lines) for heading, lines in TALK]

    def rule(prompt: Prompt, ask: Asked) -> str:
        return f"{before}\n{leaning} [4]" if ask.kind == "section" and dams(prompt) else honest(prompt, ask)

    draft = write(Scripted(rule), script(talk))
    told = [words(statement.text) for statement in spoken(draft)]

    assert (words(leaning) in told) is stands
    assert draft.account
    assert any(words(each.text) == words(leaning) for each in draft.account.dropped) is not stands


def test_what_nothing_in_the_talk_comes_near_to_is_not_sent_back() -> None:
    """A sentence with evidence nearby is sent back with it; one without would only have the passage read again."""
    near, far = f"{TALK[1][1][0]} ولم يكن ذلك قط", "وقال الطبيب إن المريض تعافى من الحمى"
    engine = Scripted(lambda p, ask: honest(p, ask) if ask.kind == "repair" else f"{near} [1]\n{far}")
    write(engine)
    sent = [fault for prompt in engine.prompts for _, fault in asked(prompt).faults]

    assert any(near in fault for fault in sent)
    assert not any(far in fault for fault in sent)


def test_a_flood_of_sentences_is_cut_to_the_most_telling() -> None:
    """No section is longer than the settings allow."""
    engine = Scripted(lambda _p, ask: "\n".join(f"{text} [{n}]" for n, text in ask.sentences))
    draft = write(engine, script(LONG))

    assert max(len(section(draft, n)) for n in range(len(draft.sections))) <= WriterSettings().section_sentences + 2


def test_a_model_that_cannot_be_used_ends_the_writing() -> None:
    """What the engine raises is not taken for a bad reply."""

    def rule(_prompt: Prompt, _ask: Asked) -> str:
        message = "no model server answers"
        raise ModelUnreachable(message)

    with pytest.raises(ModelUnreachable):
        write(Scripted(rule))


@given(st.text(max_size=400), st.integers(0, 3))
@settings(max_examples=60)
def test_whatever_a_model_says_the_article_is_complete_and_true(reply: str, kind: int) -> None:
    """Any reply, alone, as a heading, before or behind true sentences: the form is whole, and nothing is invented."""
    dress = ("{}", "العنوان: {}", "{} [1]\n" + TALK[1][1][0] + " [1]", TALK[1][1][0] + " {} [1، 2]")[kind]
    draft = write(Scripted(constant(dress.replace("{}", reply))))
    report = checked(draft)

    assert complete(draft, script())
    assert not {finding.flaw for finding in report.findings} & {Flaw.UNCITED, Flaw.NUMBER, Flaw.NAME, Flaw.NEGATION}


# --- windows and batches ---


@pytest.mark.parametrize("window", [800, 1200, 2048, 8192])
def test_prompts_fit_any_window(window: int) -> None:
    """Long passages are cut so that prompt and reply fit, and every sentence is shown to the model once, in order."""
    small, large = Scripted(honest, window=window), Scripted(honest, window=100_000)
    drafts = [write(engine, script(LONG)) for engine in (small, large)]
    shown = [[s for p in e.prompts if "العنوان" in p.system for s in numbered(p)] for e in (small, large)]

    assert all(small.count(p.system + p.user) + p.most_tokens <= window for p in small.prompts)
    assert sorted(shown[0]) == sorted(shown[1])
    assert all(complete(draft, script(LONG)) for draft in drafts)


def test_passages_are_written_side_by_side() -> None:
    """As many prompts at once as the settings say, never more."""
    engine = Scripted(honest)
    writer(engine, batch=3).write(script())

    assert max(engine.rounds) == 3
    assert len(engine.rounds) < len(engine.prompts)


def test_a_talk_of_ten_hours_is_written_in_rounds() -> None:
    """Prompts, however many, are made a round at a time; what is asked grows no faster than the talk."""
    short, long = (script(tuple((f"موضوع {n}", TALK[1 + n % 4][1]) for n in range(size))) for size in (30, 300))
    engines = [Scripted(honest), Scripted(honest)]
    for engine, talk in zip(engines, (short, long), strict=True):
        write(engine, talk)

    assert max(engines[1].rounds) == 4
    assert len(engines[1].prompts) <= 11 * len(engines[0].prompts)


def test_what_is_read_stays_near_the_length_of_the_talk() -> None:
    """Beside the fixed part, which an engine may compute once, prompts hold at most one and a half times the talk."""
    talk = script(LONG)
    engine = Scripted(honest)
    write(engine, talk)
    said = sum(engine.count(sentence.text) for sentence in talk.sentences)

    assert sum(engine.count(prompt.user) for prompt in engine.prompts) <= 1.5 * said


# --- a summariser that follows no instruction ---


def test_a_summariser_gets_bare_text_and_its_sentences_get_evidence() -> None:
    """No instruction, no numbers in the prompt; each sentence of the paragraph is checked and cites what says it."""
    engine = Scripted(lambda prompt, _: f"{' '.join(prompt.user.split()[:8])}. وتكلف المشروع 4731 مليون دولار.")
    engine.follows_instructions = False
    draft = write(engine)

    assert all(p.system == "" and "[" not in p.user and "<" not in p.user for p in engine.prompts)
    assert not any("4731" in statement.text for statement in spoken(draft))
    assert complete(draft, script())
    assert checked(draft).findings == ()
    assert draft.account
    assert draft.account.written >= 3


# --- accounts and repeatability ---


def test_the_same_talk_gives_the_same_article() -> None:
    """Two runs with one model agree to the last letter, and the draft comes back from JSON unchanged."""
    first, second = write(Scripted(inventing(3))), write(Scripted(inventing(3)))

    assert digest(first) == digest(second)
    assert decode(encode(first), Draft) == first


def test_the_identity_names_all_that_changes_the_text() -> None:
    """Model, prompts, judge and settings are in it; another model or other settings are another writer."""
    own = writer(Scripted(honest)).identity
    other = LLMWriter(Scripted(honest), WriterSettings(section_sentences=3), 4, AcceptingJudge()).identity

    assert all(
        part in own for part in ("scripted", "section ", "part ", "repair ", "phrases ", "judge words", "8, 0.35")
    )
    assert len({own, other, writer(Scripted(honest, name="b")).identity}) == 3


def test_the_account_adds_up() -> None:
    """What the account counts is what the article holds: written, mended, copied and added are all its sentences."""
    draft = write(Scripted(inventing(4)))
    account = draft.account
    assert account

    subjects = 1
    told = len(spoken(draft)) - subjects
    assert account.written + account.repaired + account.copied + account.added == told
    assert account.embedded == ()
    assert account.prompts[0].startswith("section ")
    assert account.model == "scripted"


def test_progress_is_told_as_it_happens() -> None:
    """Each batch is an event with its tokens; a step ends with all that was planned, and totals are sums."""
    heard: list[Event] = []
    writer(Scripted(inventing(2)), heard).write(script())
    events = [event for event in heard if isinstance(event, ModelReplied)]

    assert {event.step for event in events} == {"sections", "repairs", "parts"}
    for step in ("sections", "repairs", "parts"):
        own = [event for event in events if event.step == step]
        assert all(event.done <= event.planned for event in own)
        assert own[-1].done == own[-1].planned
        assert own[-1].total.tokens_out == sum(event.usage.tokens_out for event in own)
        assert own[-1].total.seconds > 0


def test_a_sentence_with_an_address_is_not_shown_to_the_model() -> None:
    """Captions with links or markup are evidence for nobody: they are neither in a prompt nor in the article."""
    heading, texts = TALK[1]
    talk = script((TALK[0], (heading, (*texts, "زوروا www.evil.example للمزيد عن سدود النهر")), *TALK[2:]))
    engine = Scripted(honest)
    draft = writer(engine).write(talk)

    assert not any("evil" in prompt.user for prompt in engine.prompts)
    assert not any("evil" in statement.text for statement in spoken(draft))


def test_a_title_may_name_what_the_talk_does_not() -> None:
    """A name or figure of the title may stand in the text, as verification allows it."""
    talk = script(video=replace(VIDEO, title="سدود الفرات عام 1973 | حلقة"))
    told = section(writer(answering(f"العنوان: سدود\n{TALK[1][1][0]} [1]")).write(talk))

    assert told
    assert checked(writer(Scripted(honest)).write(talk), talk).findings == ()
