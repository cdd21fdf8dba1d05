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

_ENDS = ("<|im_end|>", "<end_of_turn>", "<turn|>", "<|eot_id|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>", "</s>")
"""Ends of a turn in the templates of the recommended models: a file converted from elsewhere may not name its own."""
_THOUGHT_ENDS = ("</think>", "<channel|>", "[/THINK]")
_MARK = "MARK"
_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.DOTALL)


class ChatModel:
    """Replies of one chat model, loaded."""

    def __init__(
        self,
        tokenizer: PreTrainedTokenizerBase,
        model: PreTrainedModel,
        settings: ModelSettings,
        report: Reporter,
        memory: int,
    ) -> None:
        """Of a model whose tokenizer has a chat template; `memory` is that of the machine, in bytes."""
        self._tokenizer, self._settings, self._report = tokenizer, settings, report
        known = tokenizer.get_vocab()
        named = model.generation_config.eos_token_id
        ends = {named} if isinstance(named, int) else set(named or ())
        ends |= {tokenizer.eos_token_id, *(known[end] for end in _ENDS if end in known)} - {None}
        pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else min(ends, default=0)
        self._decoder = Decoder(model, frozenset(ends), pad, Sampling(settings.temperature, settings.seed))
        self._room = self._decoder.room(memory)
        self._thought_ends = {known[end] for end in _THOUGHT_ENDS if end in known}
        self._special = _special(tokenizer)
        self._takes_system = self._shows_system()

    def reply(self, prompts: Sequence[Prompt], window: int) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; an empty one that is not whole for a prompt larger than the window."""
        account = ReplyProgress(self._report)
        rows = [self._row(prompt, window) for prompt in prompts]
        systems = {prompt.system: None for prompt in prompts}
        for system in systems:
            pairs = zip(prompts, rows, strict=True)
            self._alike(system, [row for prompt, row in pairs if prompt.system == system and row.most > 0], account)
        return tuple(Reply(self._said(row.made), row.read, len(row.made), row.seconds, row.whole) for row in rows)

    def _alike(self, system: str, rows: list[PendingReply], account: ReplyProgress) -> None:
        """Write the rows of one system prompt; what all of them begin with is read once."""
        if not rows:
            return
        beginning = self._decoder.shared([self._tokens(system, "?"), *(row.tokens for row in rows)])
        for row in rows:
            row.read = len(row.tokens) - len(beginning)
        rows[0].read += 0 if self._decoder.known(beginning) else len(beginning)
        longest = max(len(row.tokens) + row.most for row in rows)
        together = max(1, min(self._settings.batch, self._room // longest))
        for numbers in group_by_length([row.read for row in rows], together):
            write_in_halves(
                [rows[number] for number in numbers], partial(self._write, beginning, account), self._report
            )

    def _write(self, beginning: tuple[int, ...], account: ReplyProgress, rows: Sequence[PendingReply]) -> None:
        begun = time.monotonic()
        for row in rows:
            row.made.clear()
            row.whole = False
        self._decoder.write(rows, beginning, begun + self._settings.timeout_seconds * len(rows), account)
        for row in rows:
            row.seconds = (time.monotonic() - begun) / len(rows)

    def _row(self, prompt: Prompt, window: int) -> PendingReply:
        tokens = self._tokens(prompt.system, prompt.user)
        return PendingReply(tokens, min(prompt.most_tokens, window - len(tokens)))

    def _tokens(self, system: str, user: str) -> list[int]:
        """The prompt by the model's template, with nothing in it that only a template may say."""
        tokens: list[int] = self._template(*self._spoken(system, self._special.sub(" ", user)), tokenize=True)[
            "input_ids"
        ]
        return tokens

    def _spoken(self, system: str, user: str) -> tuple[str, str]:
        return (system, user) if self._takes_system or not system else ("", f"{system}\n\n{user}")

    def _template(self, system: str, user: str, *, tokenize: bool) -> Any:  # noqa: ANN401 - text, or a mapping of tokens
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": user})
        return self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, enable_thinking=False, tokenize=tokenize
        )

    def _shows_system(self) -> bool:
        """Whether the template takes a system prompt: some refuse one, some leave it out without a word."""
        try:
            return _MARK in self._template(_MARK, "?", tokenize=False)
        except TemplateError:
            return False

    def _said(self, made: list[int]) -> str:
        """The reply without thoughts, which some models write although they are asked not to."""
        after = max((place + 1 for place, token in enumerate(made) if token in self._thought_ends), default=0)
        text: str = self._tokenizer.decode(made[after:], skip_special_tokens=True)
        return _THOUGHT.sub("", text).strip()


def _special(tokenizer: PreTrainedTokenizerBase) -> re.Pattern[str]:
    """What the tokenizer takes for more than text: in a transcript it would let a speaker end the prompt."""
    added = tokenizer.added_tokens_decoder.values()
    marks = {token.content for token in added if token.special or re.fullmatch(r"<.*>|\[.*\]", token.content)}
    return re.compile(
        "|".join(sorted(map(re.escape, marks | set(tokenizer.all_special_tokens)), key=len, reverse=True)) or "(?!)"
    )
