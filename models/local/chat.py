"""A chat model: prompts by its own template, replies without its thoughts."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from models.llm.engine import Prompt, Reply
from models.local.batching import ReplyProgress, group_by_length, write_in_halves
from models.local.decoding import Decoder, PendingReply, Sampling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transformers import PreTrainedModel, PreTrainedTokenizerBase

    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

_TURN_ENDS = (
    *("<|im_end|>", "<end_of_turn>", "<turn|>", "<|eot_id|>"),
    *("<|end|>", "<|endoftext|>", "<|end_of_text|>", "</s>"),
)
"""Ends of a turn in the templates of the recommended models: a converted file may not name its own."""
_THOUGHT_ENDS = ("</think>", "<channel|>", "[/THINK]")
_MARK = "MARK"
_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


class ChatModel:
    """A loaded chat model."""

    def __init__(
        self,
        tokenizer: PreTrainedTokenizerBase,
        model: PreTrainedModel,
        settings: ModelSettings,
        report: Reporter,
        memory: int,
    ) -> None:
        """The tokenizer must have a chat template; `memory` is the machine's, in bytes."""
        self._tokenizer, self._settings, self._report = tokenizer, settings, report
        vocabulary = tokenizer.get_vocab()
        declared = model.generation_config.eos_token_id
        ends = {declared} if isinstance(declared, int) else set(declared or ())
        ends |= {tokenizer.eos_token_id, *(vocabulary[end] for end in _TURN_ENDS if end in vocabulary)} - {None}
        pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else min(ends, default=0)
        self._decoder = Decoder(model, frozenset(ends), pad, Sampling(settings.temperature, settings.seed))
        self._capacity = self._decoder.capacity(memory)
        self._thought_ends = {vocabulary[end] for end in _THOUGHT_ENDS if end in vocabulary}
        self._special = _special_tokens(tokenizer)
        self._takes_system = self._template_takes_system()

    def reply(self, prompts: Sequence[Prompt], window: int) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; an empty one that is not whole for a prompt larger than the window."""
        progress = ReplyProgress(self._report)
        rows = []
        for prompt in prompts:
            tokens = self._tokens(prompt.system, prompt.user)
            rows.append(PendingReply(tokens, min(prompt.most_tokens, window - len(tokens))))
        for system in dict.fromkeys(prompt.system for prompt in prompts):
            alike = [row for prompt, row in zip(prompts, rows, strict=True) if prompt.system == system and row.most > 0]
            if alike:
                self._write_alike(system, alike, progress)
        return tuple(Reply(self._text(row.written), row.read, len(row.written), row.seconds, row.whole) for row in rows)

    def _write_alike(self, system: str, rows: list[PendingReply], progress: ReplyProgress) -> None:
        """Write replies to prompts with one system prompt; their common beginning is read once."""
        prefix = self._decoder.shared_prefix([self._tokens(system, "?"), *(row.tokens for row in rows)])
        for row in rows:
            row.read = len(row.tokens) - len(prefix)
        rows[0].read += 0 if self._decoder.has_read(prefix) else len(prefix)
        longest = max(len(row.tokens) + row.most for row in rows)
        batch = max(1, min(self._settings.batch, self._capacity // longest))
        for numbers in group_by_length([row.read for row in rows], batch):
            write_in_halves(
                [rows[number] for number in numbers], partial(self._write_batch, prefix, progress), self._report
            )

    def _write_batch(self, prefix: tuple[int, ...], progress: ReplyProgress, rows: Sequence[PendingReply]) -> None:
        begun = time.monotonic()
        for row in rows:  # a batch that ran out of memory is written anew
            row.written.clear()
            row.whole = False
        self._decoder.write(rows, prefix, begun + self._settings.timeout_seconds * len(rows), progress)
        for row in rows:
            row.seconds = (time.monotonic() - begun) / len(rows)

    def _tokens(self, system: str, user: str) -> list[int]:
        """The prompt by the model's template, without any token that only the template may use."""
        user = self._special.sub(" ", user)
        if system and not self._takes_system:
            system, user = "", f"{system}\n\n{user}"
        tokens: list[int] = self._apply_template(system, user, tokenize=True)["input_ids"]
        return tokens

    def _template_takes_system(self) -> bool:
        """Some templates reject a system prompt; others silently leave it out."""
        try:
            return _MARK in self._apply_template(_MARK, "?", tokenize=False)
        except TemplateError:
            return False

    def _apply_template(self, system: str, user: str, *, tokenize: bool) -> Any:  # noqa: ANN401 - text, or a mapping of tokens
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": user})
        return self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, enable_thinking=False, tokenize=tokenize
        )

    def _text(self, tokens: list[int]) -> str:
        """The reply without thoughts, which some models write although they are asked not to."""
        answer = max((place + 1 for place, token in enumerate(tokens) if token in self._thought_ends), default=0)
        text: str = self._tokenizer.decode(tokens[answer:], skip_special_tokens=True)
        return _THOUGHT.sub("", text).strip()


def _special_tokens(tokenizer: PreTrainedTokenizerBase) -> re.Pattern[str]:
    """Matches what the tokenizer takes for more than text: in a transcript it would let a speaker end the prompt."""
    added = tokenizer.added_tokens_decoder.values()
    marks = {token.content for token in added if token.special or re.fullmatch(r"<.*>|\[.*\]", token.content)}
    return re.compile(
        "|".join(sorted(map(re.escape, marks | set(tokenizer.all_special_tokens)), key=len, reverse=True)) or "(?!)"
    )
