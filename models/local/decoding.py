"""Decoding of several chat replies at a time: sampling, stopping, and reading a shared beginning once.

Prompts are read one by one: reading is bound by arithmetic, and padding would be computed with them. Only models with
sliding-window attention read a padded batch. Replies are written as one batch over a static cache that is never
compiled: a step reads every weight once for all of them, so four cost little more than one. When half of the replies
have ended, the others go on as a smaller batch, so that one that rambles does not hold up finished ones.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from transformers import DynamicCache, LogitsProcessor, LogitsProcessorList, StaticCache, StoppingCriteria
from transformers import StoppingCriteriaList as Criteria
from transformers.cache_utils import StaticLayer

from models.llm.replies import loop_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from transformers import PreTrainedModel

    from models.local.batching import ReplyProgress

PENALTY = 1.05
"""Repetition penalty on tokens among the reply's last ones; tokens of the prompt are exempt, since it may be quoted."""
_PENALISED = 96
"""How many of the reply's last tokens are penalised."""
_MIN_PREFIX = 48
"""The fewest shared tokens that are worth computing once."""
_CACHED_PREFIXES = 4
_KeyValues = tuple[tuple[torch.Tensor, torch.Tensor], ...]
"""Keys and values of each layer, (1, heads, tokens, size)."""
_MEMORY_SHARE = 1 / 8
"""The share of a machine's memory that the keys and values of a batch may fill."""


@dataclass(slots=True)
class PendingReply:
    """One prompt in tokens, and the reply as far as it is written."""

    tokens: list[int]
    most: int
    """Upper limit of the reply, in tokens."""
    written: list[int] = field(default_factory=list)
    whole: bool = False
    read: int = 0
    """Tokens read for it, without those that were read for another one."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen; greedily at temperature 0."""

    temperature: float
    seed: int

    def options(self) -> dict[str, Any]:
        """Options for `generate`: all that a checkpoint's own settings could override."""
        plain = {"num_beams": 1, "repetition_penalty": 1.0, "top_k": None, "top_p": None, "temperature": None}
        if self.temperature <= 0:
            return {**plain, "do_sample": False}
        return {**plain, "do_sample": True, "temperature": self.temperature, "top_p": 0.95}


class Decoder:
    """Writes replies with one model."""

    def __init__(self, model: PreTrainedModel, ends: frozenset[int], pad: int, sampling: Sampling) -> None:
        """`ends` are the tokens that end a reply."""
        self._model, self._ends, self._pad, self._sampling = model, ends, pad, sampling
        layers = StaticCache(config=model.config, max_cache_len=1).layers
        self._full_attention = all(type(layer) is StaticLayer for layer in layers)
        self._prefixes: dict[tuple[int, ...], _KeyValues] = {}

    def shared_prefix(self, prompts: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """The common beginning to be computed once; empty if it is short or a layer does not attend to all of it."""
        first, last = min(map(tuple, prompts)), max(map(tuple, prompts))
        length = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
        length = min(length, min(map(len, prompts)) - 1)  # the last token is read with the first one that is written
        return tuple(first[:length]) if self._full_attention and length >= _MIN_PREFIX else ()

    def capacity(self, memory: int) -> int:
        """Tokens of prompts and replies whose keys and values fit in the share of `memory` bytes that they may fill."""
        config = self._model.config.get_text_config()
        query_heads = getattr(config, "num_attention_heads", 0)  # none in models without attention
        heads = getattr(config, "num_key_value_heads", None) or query_heads
        size = getattr(config, "head_dim", None) or config.hidden_size // max(query_heads, 1)
        token_bytes = 2 * config.num_hidden_layers * heads * size * self._model.dtype.itemsize
        return int(memory * _MEMORY_SHARE / max(token_bytes, 1))

    def has_read(self, prefix: tuple[int, ...]) -> bool:
        """Whether the prefix is still in the cache."""
        return prefix in self._prefixes

    @torch.inference_mode()
    def write(
        self, rows: Sequence[PendingReply], prefix: tuple[int, ...], deadline: float, progress: ReplyProgress
    ) -> None:
        """Fill `written` and `whole` of every row; `progress` is told of each prompt read and each token written."""
        inputs = self._padded(rows, len(prefix))
        longest = inputs["input_ids"].shape[1]
        cache = StaticCache(config=self._model.config, max_cache_len=longest + max(row.most for row in rows))
        if self._full_attention:
            self._fill_cache(rows, prefix, cache, longest - 1, progress)
        else:  # `generate` reads them with the first token
            progress.add_read(sum(row.read for row in rows))
        torch.manual_seed(self._sampling.seed)
        going = list(rows)
        while going:
            watcher = _StopWatcher(going, self._ends, deadline, progress.add_step)
            ids = self._model.generate(
                **inputs,
                cache=cache,
                max_new_tokens=max(row.most - len(row.written) for row in going),
                pad_token_id=self._pad,
                eos_token_id=list(self._ends),
                logits_processor=LogitsProcessorList([_RepetitionPenalty(going)]),
                stopping_criteria=Criteria([watcher]),
                **self._sampling.options(),
            )
            if still_open := watcher.open:  # they go on as a smaller batch, with what was written
                mask = inputs["attention_mask"][still_open]
                new = mask.new_ones(len(still_open), ids.shape[1] - mask.shape[1])
                inputs = {"input_ids": ids[still_open], "attention_mask": torch.cat((mask, new), 1)}
                cache.reorder_cache(torch.tensor(still_open, device=ids.device))
            going = [going[number] for number in still_open]

    def _padded(self, rows: Sequence[PendingReply], shared: int) -> dict[str, torch.Tensor]:
        """Token ids and mask, both (rows, tokens): the shared prefix, padding, the rest."""
        longest = max(len(row.tokens) for row in rows)
        ids = torch.full((len(rows), longest), self._pad)
        mask = torch.zeros_like(ids)
        for row, own, seen in zip(rows, ids, mask, strict=True):
            own[:shared], seen[:shared] = torch.tensor(row.tokens[:shared]), 1
            rest = len(row.tokens) - shared
            own[longest - rest :], seen[longest - rest :] = torch.tensor(row.tokens[shared:]), 1
        return {"input_ids": ids.to(self._model.device), "attention_mask": mask.to(self._model.device)}

    def _fill_cache(
        self,
        rows: Sequence[PendingReply],
        prefix: tuple[int, ...],
        cache: StaticCache,
        length: int,
        progress: ReplyProgress,
    ) -> None:
        """Fill `cache` to `length` with each prompt except its last token, laid out as by `_padded`."""
        start = self._read_prefix(prefix)
        for number, row in enumerate(rows):
            read = self._read(start, row.tokens[len(prefix) : -1]) if len(row.tokens) > 1 else ()
            for layer, (keys, values) in zip(cache.layers, read, strict=False):
                if not layer.is_initialized:
                    layer.lazy_initialization(keys.expand(len(rows), -1, -1, -1), values.expand(len(rows), -1, -1, -1))
                for target, source in ((layer.keys[number], keys[0]), (layer.values[number], values[0])):
                    target[:, : len(prefix)] = source[:, : len(prefix)]
                    target[:, length - source.shape[1] + len(prefix) : length] = source[:, len(prefix) :]
                layer.cumulative_length.fill_(length)
            progress.add_read(row.read)

    def _read_prefix(self, prefix: tuple[int, ...]) -> _KeyValues:
        """Keys and values of a prefix; the last few prefixes are cached."""
        if not prefix:
            return ()
        if prefix not in self._prefixes:
            while len(self._prefixes) >= _CACHED_PREFIXES:
                del self._prefixes[next(iter(self._prefixes))]
            self._prefixes[prefix] = self._read((), prefix)
        return self._prefixes[prefix]

    def _read(self, start: _KeyValues, tokens: Sequence[int]) -> _KeyValues:
        """Keys and values of `start` with those of more tokens appended."""
        cache = DynamicCache(config=self._model.config)
        for number, (keys, values) in enumerate(start):
            cache.update(keys, values, number)
        if tokens:
            ids = torch.tensor([tokens], device=self._model.device)
            self._model(input_ids=ids, cache=cache, use_cache=True, logits_to_keep=1)
        return tuple((layer.keys, layer.values) for layer in cache.layers)


class _StopWatcher(StoppingCriteria):
    """Follows every reply and stops it: at its end, its limit, a loop, or the deadline.

    Stops the whole batch when no more than half of its replies are open; `open` says which.
    """

    def __init__(
        self, rows: Sequence[PendingReply], ends: frozenset[int], deadline: float, step: Callable[[int], None]
    ) -> None:
        self._rows, self._ends = rows, ends
        self._deadline, self._step = deadline, step
        self._done = [False] * len(rows)

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_named: object) -> torch.Tensor:  # noqa: ARG002 - as the library calls it
        late = time.monotonic() > self._deadline
        for number, token in enumerate(input_ids[:, -1].tolist()):
            if not self._done[number]:
                self._done[number] = self._take(self._rows[number], token) or late
        self._step(len(self.open))
        shrink = 0 < len(self.open) <= len(self._done) // 2
        return torch.tensor([shrink or done for done in self._done], device=input_ids.device)

    @property
    def open(self) -> list[int]:
        """The rows that are not finished."""
        return [number for number, done in enumerate(self._done) if not done]

    def _take(self, row: PendingReply, token: int) -> bool:
        """Append a token to a reply, and return whether that ends it."""
        if token in self._ends:
            row.whole = True
            return True
        row.written.append(token)
        if keep := loop_start(row.written):
            del row.written[keep:]
            return True
        return len(row.written) >= row.most


class _RepetitionPenalty(LogitsProcessor):
    """Makes the last tokens of each reply a little less likely."""

    def __init__(self, rows: Sequence[PendingReply]) -> None:
        self._rows = rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:  # noqa: ARG002 - as above
        for row, own in zip(self._rows, scores, strict=True):
            if recent := row.written[-_PENALISED:]:
                logits = own[recent]
                own[recent] = torch.where(logits < 0, logits * PENALTY, logits / PENALTY)
        return scores
