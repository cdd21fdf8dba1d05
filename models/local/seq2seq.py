"""A summariser of the encoder-decoder kind: text in, shorter text out; it follows no instructions, cites nothing."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import torch
from transformers import StoppingCriteria, StoppingCriteriaList

from models.llm.engine import Prompt, Reply
from models.local.batching import ReplyProgress, group_by_length, write_in_halves
from models.local.decoding import PendingReply, Sampling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transformers import PreTrainedModel, PreTrainedTokenizerBase

    from pipeline.events import Reporter
    from pipeline.settings import ModelSettings

_SENTENCE = re.compile(r"(?<=[.!?؟\n])\s+")
_LONGEST = 1024
"""Tokens of a text at once for models that name no limit, as T5: what such summarisers were trained on."""
_BEAMS = 4
_REPEATED = 3


class Summarizer:
    """Summaries of one model, loaded."""

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, model: PreTrainedModel, settings: ModelSettings, report: Reporter
    ) -> None:
        """Nothing is read before the first call."""
        self._tokenizer, self._model, self._settings, self._report = tokenizer, model, settings, report
        self._longest = min(getattr(model.config, "max_position_embeddings", None) or _LONGEST, _LONGEST)

    def reply(self, prompts: Sequence[Prompt], _window: int) -> tuple[Reply, ...]:
        """A summary of each `Prompt.user`, in order; of its parts, one after the other, where it is too long."""
        account = ReplyProgress(self._report)
        parts = [self._parts(prompt) for prompt in prompts]
        rows = [row for own in parts for row in own]
        for most in sorted({row.most for row in rows}):  # the limit of a batch changes what its beams choose
            alike = [row for row in rows if row.most == most]
            for numbers in group_by_length([len(row.tokens) for row in alike], self._settings.batch):
                account.took(sum(len(alike[number].tokens) for number in numbers))
                write_in_halves([alike[number] for number in numbers], partial(self._write, account), self._report)
        return tuple(self._joined(own) for own in parts)

    def _parts(self, prompt: Prompt) -> list[PendingReply]:
        """The text in pieces of whole sentences that fit; the limit of the reply is shared among them."""
        pieces = [""]
        for sentence in _SENTENCE.split(prompt.user):
            longer = f"{pieces[-1]} {sentence}".strip()
            if pieces[-1] and len(self._tokenizer.encode(longer)) > self._longest:
                pieces.append(sentence)
            else:
                pieces[-1] = longer
        most = max(1, min(prompt.most_tokens // len(pieces), self._longest - 1))
        return [
            PendingReply(self._tokenizer.encode(piece, truncation=True, max_length=self._longest), most)
            for piece in pieces
        ]

    @torch.inference_mode()
    def _write(self, account: ReplyProgress, rows: Sequence[PendingReply]) -> None:
        begun = time.monotonic()
        inputs = self._tokenizer.pad({"input_ids": [row.tokens for row in rows]}, return_tensors="pt")
        torch.manual_seed(self._settings.seed)
        made = self._model.generate(
            **inputs.to(self._model.device),
            max_new_tokens=rows[0].most,
            max_time=self._settings.timeout_seconds * len(rows),
            stopping_criteria=StoppingCriteriaList([_StepCounter(account, len(rows))]),
            no_repeat_ngram_size=_REPEATED,
            **self._options(),
        )
        for row, tokens in zip(rows, made.tolist(), strict=True):
            row.made, row.read = tokens[1:], len(row.tokens)
            row.whole = self._tokenizer.eos_token_id in row.made
            row.seconds = (time.monotonic() - begun) / len(rows)

    def _options(self) -> dict[str, Any]:
        sampling = Sampling(self._settings.temperature, self._settings.seed).options()
        return sampling if sampling["do_sample"] else {**sampling, "num_beams": _BEAMS, "early_stopping": True}

    def _joined(self, rows: Sequence[PendingReply]) -> Reply:
        texts = self._tokenizer.batch_decode([row.made for row in rows], skip_special_tokens=True)
        return Reply(
            text=" ".join(text.strip() for text in texts if text.strip()),
            tokens_in=sum(row.read for row in rows),
            tokens_out=sum(token != self._tokenizer.pad_token_id for row in rows for token in row.made),
            seconds=sum(row.seconds for row in rows),
            whole=all(row.whole for row in rows),
        )


class _StepCounter(StoppingCriteria):
    """Ends nothing; tells that a token was written."""

    def __init__(self, account: ReplyProgress, rows: int) -> None:
        self._account, self._rows = account, rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_named: object) -> torch.Tensor:  # noqa: ARG002 - as the library calls it
        self._account.step(self._rows)
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)
