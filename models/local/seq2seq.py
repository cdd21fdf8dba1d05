"""A summariser of the encoder-decoder kind: text in, shorter text out; it follows no instructions and cites nothing."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import TYPE_CHECKING

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

_SENTENCE_END = re.compile(r"(?<=[.!?؟\n])\s+")
_MAX_INPUT = 1024
"""The most tokens of one text for models that state no limit, such as T5: what such summarisers were trained on."""
_BEAMS = 4
_NO_REPEAT_NGRAM = 3


class Summarizer:
    """A loaded summariser."""

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, model: PreTrainedModel, settings: ModelSettings, report: Reporter
    ) -> None:
        self._tokenizer, self._model, self._settings, self._report = tokenizer, model, settings, report
        self._max_input = min(getattr(model.config, "max_position_embeddings", None) or _MAX_INPUT, _MAX_INPUT)

    def reply(self, prompts: Sequence[Prompt], _window: int) -> tuple[Reply, ...]:
        """A summary of each `Prompt.user`, in order; one that is too long is summed up in parts."""
        progress = ReplyProgress(self._report)
        parts = [self._split(prompt) for prompt in prompts]
        rows = [row for own in parts for row in own]
        for most in sorted({row.most for row in rows}):  # the limit of a batch changes what its beams choose
            alike = [row for row in rows if row.most == most]
            for numbers in group_by_length([len(row.tokens) for row in alike], self._settings.batch):
                progress.add_read(sum(len(alike[number].tokens) for number in numbers))
                write_in_halves([alike[number] for number in numbers], partial(self._write, progress), self._report)
        return tuple(self._join(own) for own in parts)

    def _split(self, prompt: Prompt) -> list[PendingReply]:
        """The text in parts of whole sentences that fit; they share the limit of the reply."""
        pieces = [""]
        for sentence in _SENTENCE_END.split(prompt.user):
            longer = f"{pieces[-1]} {sentence}".strip()
            if pieces[-1] and len(self._tokenizer.encode(longer)) > self._max_input:
                pieces.append(sentence)
            else:
                pieces[-1] = longer
        most = max(1, min(prompt.most_tokens // len(pieces), self._max_input - 1))
        return [
            PendingReply(self._tokenizer.encode(piece, truncation=True, max_length=self._max_input), most)
            for piece in pieces
        ]

    @torch.inference_mode()
    def _write(self, progress: ReplyProgress, rows: Sequence[PendingReply]) -> None:
        begun = time.monotonic()
        inputs = self._tokenizer.pad({"input_ids": [row.tokens for row in rows]}, return_tensors="pt")
        options = Sampling(self._settings.temperature, self._settings.seed).options()
        if not options["do_sample"]:
            options |= {"num_beams": _BEAMS, "early_stopping": True}
        torch.manual_seed(self._settings.seed)
        output = self._model.generate(
            **inputs.to(self._model.device),
            max_new_tokens=rows[0].most,
            max_time=self._settings.timeout_seconds * len(rows),
            stopping_criteria=StoppingCriteriaList([_StepCounter(progress, len(rows))]),
            no_repeat_ngram_size=_NO_REPEAT_NGRAM,
            **options,
        )
        for row, tokens in zip(rows, output.tolist(), strict=True):
            row.written, row.read = tokens[1:], len(row.tokens)
            row.whole = self._tokenizer.eos_token_id in row.written
            row.seconds = (time.monotonic() - begun) / len(rows)

    def _join(self, rows: Sequence[PendingReply]) -> Reply:
        texts = self._tokenizer.batch_decode([row.written for row in rows], skip_special_tokens=True)
        return Reply(
            text=" ".join(text.strip() for text in texts if text.strip()),
            tokens_in=sum(row.read for row in rows),
            tokens_out=sum(token != self._tokenizer.pad_token_id for row in rows for token in row.written),
            seconds=sum(row.seconds for row in rows),
            whole=all(row.whole for row in rows),
        )


class _StepCounter(StoppingCriteria):
    """Stops nothing; reports each token that is written."""

    def __init__(self, progress: ReplyProgress, rows: int) -> None:
        self._progress, self._rows = progress, rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_named: object) -> torch.Tensor:  # noqa: ARG002 - as the library calls it
        self._progress.add_step(self._rows)
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)
