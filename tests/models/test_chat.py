"""Batches of a chat model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("transformers", reason="the extra `local` is not installed; `make test-local` installs it")

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from models.llm.engine import Prompt
from models.local import loading
from models.local.chat import ChatModel
from models.local.hardware import this_machine
from models.local.hub import find_model
from pipeline.events import Event, Generating, silent
from pipeline.settings import ModelSettings
from tests.models import tiny

pytestmark = pytest.mark.local


def tokenizer_length(tokenizer: PreTrainedTokenizerBase, prompt: Prompt) -> int:
    """Tokens of a prompt by the model's template."""
    messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
    made = tokenizer.apply_chat_template(messages, add_generation_prompt=True, enable_thinking=False, tokenize=True)
    return len(made["input_ids"])


def remembered(model: PreTrainedModel) -> list[torch.Tensor]:
    """The keys of every layer for one token, each (1, heads, 1, size)."""
    with torch.inference_mode():
        return [layer.keys for layer in model(input_ids=torch.tensor([[1]]), use_cache=True).past_key_values.layers]


ASKED = [Prompt("تكتب من الجمل المرقمة. ", text, 12) for text in ("ماء الفرات", "سد", "نهر دجلة", "البادية")]


def loaded(folder: Path) -> tuple[PreTrainedTokenizerBase, PreTrainedModel]:
    """A tiny model in float32."""
    found = find_model(ModelSettings(name=str(tiny.causal(folder))), this_machine(), silent)
    return loading.load_tokenizer(found), loading.load_model(
        found, loading.Precision("cpu", torch.float32), this_machine()
    )


def test_no_padding_is_read(tmp_path: Path) -> None:
    """The model is given each token of each prompt once, the shared beginning once for all, and nothing else."""
    tokenizer, model = loaded(tmp_path)
    given: list[int] = []
    model.get_input_embeddings().register_forward_hook(lambda _layer, ids, _made: given.append(ids[0].numel()))
    asked = [replace(prompt, system=prompt.system * 5, most_tokens=1) for prompt in ASKED]
    replies = ChatModel(tokenizer, model, ModelSettings(batch=4), silent, this_machine().memory).reply(asked, 500)
    lengths = [tokenizer_length(tokenizer, prompt) for prompt in asked]

    assert len(set(lengths)) > 2
    assert sum(given) == sum(reply.tokens_in for reply in replies) < sum(lengths)


def test_a_prompt_of_one_token_is_answered_beside_others(tmp_path: Path) -> None:
    """A template that adds nothing leaves a word as it is; alone or not, it is answered alike."""
    tokenizer, model = loaded(tmp_path)
    tokenizer.chat_template = "{{ messages[-1].content }}"
    asked = [Prompt("", text, 4) for text in ("و", "نهر دجلة يلتقي الفرات")]
    engine = ChatModel(tokenizer, model, ModelSettings(batch=4), silent, this_machine().memory)

    assert [tokenizer_length(tokenizer, prompt) > 1 for prompt in asked] == [False, True]
    assert [reply.text for reply in engine.reply(asked, 500)] == [engine.reply([p], 500)[0].text for p in asked]


def test_fewer_are_written_side_by_side_where_memory_is_small(tmp_path: Path) -> None:
    """Keys and values of a batch fill an eighth of the machine's memory at most; the replies stay the same."""
    tokenizer, model = loaded(tmp_path)
    longest = max(tokenizer_length(tokenizer, prompt) + prompt.most_tokens for prompt in ASKED)
    token = 2 * 4 * sum(tensor.shape[1] * tensor.shape[3] for tensor in remembered(model))

    def written(memory: int) -> tuple[int, list[str]]:
        events: list[Event] = []
        engine = ChatModel(tokenizer, model, ModelSettings(batch=4), events.append, memory)
        said = [reply.text for reply in engine.reply(ASKED, 500)]
        return max(event.open for event in events if isinstance(event, Generating)), said

    assert [written(8 * token * longest * rows)[0] for rows in (1, 2, 4, 100)] == [1, 2, 4, 4]
    assert written(1) == (1, written(this_machine().memory)[1])
