"""Replies of a chat model, several at a time: what is likely next, when a reply ends, and what prompts share.

Prompts are read one by one, as reading is bound by arithmetic and padding would be computed with them; only models that
look through a window read a padded batch. Replies are written as one batch over a cache of fixed size, which is never
compiled: a step reads every weight once for all of them, so four cost little more than one. When half of the replies
have ended, the others go on as a smaller batch: one that rambles does not keep the seats of those that are done.
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
"""By which a token loses that stands among the last of the reply; those of the prompt do not, it may be quoted."""
_REMEMBERED = 96
_SHARED = 48
"""Fewest tokens that are worth computing once."""
_KEPT = 4
_Remembered = tuple[tuple[torch.Tensor, torch.Tensor], ...]
_SHARE = 1 / 8
"""Of a machine's memory: what may be remembered of all that is written side by side."""


@dataclass(slots=True)
class PendingReply:
    """One prompt in tokens, and what came of it."""

    tokens: list[int]
    most: int
    made: list[int] = field(default_factory=list)
    whole: bool = False
    read: int = 0
    """Tokens read for it, without what was read for another one."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a token is chosen."""

    temperature: float
    seed: int

    def options(self) -> dict[str, Any]:
        """For `generate`: everything that a checkpoint's own settings could say otherwise."""
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
        self._shareable = all(type(layer) is StaticLayer for layer in layers)
        self._kept: dict[tuple[int, ...], _Remembered] = {}

    def shared(self, prompts: Sequence[Sequence[int]]) -> tuple[int, ...]:
        """The beginning of all prompts that is computed once: none in models that do not attend to all of it alike."""
        first, last = min(map(tuple, prompts)), max(map(tuple, prompts))
        length = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
        length = min(length, min(map(len, prompts)) - 1)  # one token at least is read, for the first of the reply
        return tuple(first[:length]) if self._shareable and length >= _SHARED else ()

    def room(self, memory: int) -> int:
        """Tokens of prompts and replies that may be remembered at once on a machine with so many bytes of memory."""
        config = self._model.config.get_text_config()
        readers = getattr(config, "num_attention_heads", 0)  # none in models that remember without attending
        heads = getattr(config, "num_key_value_heads", None) or readers
        size = getattr(config, "head_dim", None) or config.hidden_size // max(readers, 1)
        token = 2 * config.num_hidden_layers * heads * size * self._model.dtype.itemsize
        return int(memory * _SHARE / max(token, 1))

    def known(self, beginning: tuple[int, ...]) -> bool:
        """Whether this beginning was computed before."""
        return beginning in self._kept

    @torch.inference_mode()
    def write(
        self, rows: Sequence[PendingReply], beginning: tuple[int, ...], deadline: float, account: ReplyProgress
    ) -> None:
        """Fill `made` and `whole` of every row; `account` is told of each prompt and each token."""
        inputs = self._padded(rows, len(beginning))
        longest = inputs["input_ids"].shape[1]
        cache = StaticCache(config=self._model.config, max_cache_len=longest + max(row.most for row in rows))
        if self._shareable:
            self._read(rows, beginning, cache, longest - 1, account)
        else:  # with the first token
            account.took(sum(row.read for row in rows))
        torch.manual_seed(self._sampling.seed)
        going = list(rows)
        while going:
            watch = _StopWatcher(going, self._ends, deadline, account.step)
            ids = self._model.generate(
                **inputs,
                cache=cache,
                max_new_tokens=max(row.most - len(row.made) for row in going),
                pad_token_id=self._pad,
                eos_token_id=list(self._ends),
                logits_processor=LogitsProcessorList([_RepetitionPenalty(going)]),
                stopping_criteria=Criteria([watch]),
                **self._sampling.options(),
            )
            if kept := watch.open:
                inputs = _continued(inputs, ids, kept)
                cache.reorder_cache(torch.tensor(kept, device=ids.device))
            going = [going[number] for number in kept]

    def _padded(self, rows: Sequence[PendingReply], shared: int) -> dict[str, torch.Tensor]:
        """Token numbers and mask, both (rows, tokens): what is shared, padding, the rest."""
        longest = max(len(row.tokens) for row in rows)
        ids = torch.full((len(rows), longest), self._pad)
        mask = torch.zeros_like(ids)
        for row, own, seen in zip(rows, ids, mask, strict=True):
            own[:shared], seen[:shared] = torch.tensor(row.tokens[:shared]), 1
            rest = len(row.tokens) - shared
            own[longest - rest :], seen[longest - rest :] = torch.tensor(row.tokens[shared:]), 1
        return {"input_ids": ids.to(self._model.device), "attention_mask": mask.to(self._model.device)}

    def _read(
        self,
        rows: Sequence[PendingReply],
        beginning: tuple[int, ...],
        cache: StaticCache,
        length: int,
        account: ReplyProgress,
    ) -> None:
        """Fill `cache` to `length` with all of each prompt but its last token, placed as `_padded` does."""
        start = self._beginning(beginning)
        for number, row in enumerate(rows):
            read = self._after(start, row.tokens[len(beginning) : -1]) if len(row.tokens) > 1 else ()
            for layer, (keys, values) in zip(cache.layers, read, strict=False):
                if not layer.is_initialized:
                    layer.lazy_initialization(keys.expand(len(rows), -1, -1, -1), values.expand(len(rows), -1, -1, -1))
                for mine, its in ((layer.keys[number], keys[0]), (layer.values[number], values[0])):
                    mine[:, : len(beginning)] = its[:, : len(beginning)]
                    mine[:, length - its.shape[1] + len(beginning) : length] = its[:, len(beginning) :]
                layer.cumulative_length.fill_(length)
            account.took(row.read)

    def _beginning(self, tokens: tuple[int, ...]) -> _Remembered:
        """What was read of this beginning; the last few beginnings are kept."""
        if not tokens:
            return ()
        if tokens not in self._kept:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[tokens] = self._after((), tokens)
        return self._kept[tokens]

    def _after(self, start: _Remembered, tokens: Sequence[int]) -> _Remembered:
        """Keys and values of each layer, (1, heads, tokens, size), with those of more tokens behind them."""
        cache = DynamicCache(config=self._model.config)
        for number, (keys, values) in enumerate(start):
            cache.update(keys, values, number)
        if tokens:
            ids = torch.tensor([tokens], device=self._model.device)
            self._model(input_ids=ids, cache=cache, use_cache=True, logits_to_keep=1)
        return tuple((layer.keys, layer.values) for layer in cache.layers)


def _continued(inputs: dict[str, torch.Tensor], ids: torch.Tensor, kept: list[int]) -> dict[str, torch.Tensor]:
    """Token numbers and mask of the rows that go on, with what was written."""
    seen = inputs["attention_mask"][kept]
    written = seen.new_ones(len(kept), ids.shape[1] - seen.shape[1])
    return {"input_ids": ids[kept], "attention_mask": torch.cat((seen, written), 1)}


class _StopWatcher(StoppingCriteria):
    """Follows every reply and ends it: at its end, its limit, a loop, or the deadline.

    Ends the batch as well when no more than half of its replies are open; `open` says which.
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
                self._done[number] = self._ended(self._rows[number], token) or late
        self._step(len(self.open))
        fewer = 0 < len(self.open) <= len(self._done) // 2
        return torch.tensor([fewer or done for done in self._done], device=input_ids.device)

    @property
    def open(self) -> list[int]:
        """The rows that are not finished."""
        return [number for number, done in enumerate(self._done) if not done]

    def _ended(self, row: PendingReply, token: int) -> bool:
        if token in self._ends:
            row.whole = True
            return True
        row.made.append(token)
        if keep := loop_start(row.made):
            del row.made[keep:]
            return True
        return len(row.made) >= row.most


class _RepetitionPenalty(LogitsProcessor):
    """Makes what was just said a little less likely."""

    def __init__(self, rows: Sequence[PendingReply]) -> None:
        self._rows = rows

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:  # noqa: ARG002 - as above
        for row, own in zip(self._rows, scores, strict=True):
            if recent := row.made[-_REMEMBERED:]:
                said = own[recent]
                own[recent] = torch.where(said < 0, said * PENALTY, said / PENALTY)
        return scores
