"""The cache of replies: the same prompt is sent once."""

from __future__ import annotations

import pytest

from models.llm.cache import CachedEngine
from models.llm.engine import Prompt
from pipeline.codec import digest
from pipeline.errors import ModelUnreachable
from tests.fakes.engines import Asked, Scripted, constant, honest
from tests.fakes.scripts import script
from tests.fakes.store import MemoryStore
from tests.models.drafts import write, writer

PROMPT = Prompt("كن محررًا", "اكتب جملة", 50)


def test_a_kept_reply_costs_nothing() -> None:
    """The second answer is the first one's text, without a question, a token or a second."""
    engine = Scripted(constant("جملة عن النهر"))
    kept = CachedEngine(engine, MemoryStore())
    first, second = kept.reply([PROMPT]), kept.reply([PROMPT])

    assert first[0].text == second[0].text
    assert first[0].tokens_out > 0
    assert (second[0].tokens_in, second[0].tokens_out, second[0].seconds) == (0, 0, 0.0)
    assert len(engine.prompts) == 1


def test_only_what_is_new_is_asked_and_the_order_stays() -> None:
    """Of four prompts two are known: the other two are asked together, and each reply stands in its place."""
    engine = Scripted(lambda prompt, _: f"جواب {prompt.user}")
    kept = CachedEngine(engine, MemoryStore())
    prompts = [Prompt("", text, 9) for text in ("أول", "ثان", "ثالث", "رابع")]
    kept.reply(prompts[1:3])

    assert [reply.text for reply in kept.reply(prompts)] == [f"جواب {prompt.user}" for prompt in prompts]
    assert engine.rounds == [2, 2]


def test_another_model_is_asked_anew() -> None:
    """Replies are kept under the identity of who gave them."""
    store = MemoryStore()
    for name in ("a", "b"):
        engine = Scripted(constant("جملة عن النهر"), name=name)
        CachedEngine(engine, store).reply([PROMPT])
        assert len(engine.prompts) == 1


@pytest.mark.parametrize("text", ["", "يرجى تزويدي بالنص", "As an AI language model, I cannot"])
def test_a_reply_of_no_use_is_not_kept(text: str) -> None:
    """A refusal is never saved: the next run may fare better."""
    engine = Scripted(constant(text))
    kept = CachedEngine(engine, MemoryStore())
    kept.reply([PROMPT])
    kept.reply([PROMPT])

    assert len(engine.prompts) == 2


def test_a_talk_that_was_broken_off_goes_on_where_it_stopped() -> None:
    """The server dies in the middle: the next run asks only for the rest, and the article is the same."""
    store = MemoryStore()
    left = [6]

    def failing(prompt: Prompt, ask: Asked) -> str:
        left[0] -= 1
        if left[0] < 0:
            message = "no model server answers"
            raise ModelUnreachable(message)
        return honest(prompt, ask)

    with pytest.raises(ModelUnreachable):
        writer(CachedEngine(Scripted(failing), store)).write(script())
    engine = Scripted(honest)
    draft = writer(CachedEngine(engine, store)).write(script())
    whole = Scripted(honest)

    assert digest(draft) == digest(write(whole))
    assert len(engine.prompts) == len(whole.prompts) - 4


def test_a_forgotten_reply_is_asked_for_again() -> None:
    """Its place is taken by the next one; to forget what was never kept keeps nothing."""
    engine, store = Scripted(constant("جملة عن النهر")), MemoryStore()
    kept = CachedEngine(engine, store)
    other = Prompt("كن محررًا", "اكتب غيرها", 50)
    kept.reply([PROMPT])
    kept.forget([PROMPT, other])
    kept.reply([PROMPT])
    kept.reply([PROMPT])

    assert len(engine.prompts) == 2
    assert len(store.kept) == 1
