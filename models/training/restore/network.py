"""The network that reads words in context: trained here with torch, run in `models/restore/tagger.py` with numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from models.restore.tagger import BUCKETS, EVIDENCE_STEPS, FEW
from models.training.restore.corpus import MARKS
from models.training.restore.tables import evidence, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.restore.tables import Tables

DILATIONS = (1, 2, 4, 8, 16)
"""Distance between the words that each layer looks at: together 31 words back and 31 ahead."""


DROPOUT = 0.1
"""Share of numbers left out after each layer while training."""


@cache
def has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 natively: without that, torch takes 15 times as long for it."""
    return any(able for unit, able in torch.cpu.get_capabilities().items() if unit.endswith("bf16"))


class Block(nn.Module):
    """A gated convolution over three words, `dilation` words apart, added to its input."""

    def __init__(self, width: int, dilation: int) -> None:
        """`width` numbers a word in and out."""
        super().__init__()
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.dilation = dilation
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, words, width) to the same shape."""
        h = self.norm(x)
        pad = h.new_zeros(h.shape[0], self.dilation, h.shape[2])
        before = torch.cat((pad, h[:, : -self.dilation]), 1)
        after = torch.cat((h[:, self.dilation :], pad), 1)
        value, gate = self.mix(torch.cat((before, h, after), 2)).chunk(2, 2)
        return x + self.drop(value * torch.sigmoid(gate))


class Output(NamedTuple):
    """Log odds for each word of (batch, words)."""

    tags: Tensor
    """(batch, words, tags), the lexicon's part included; impossible tags far below all others."""
    tanween: Tensor
    marks: Tensor
    """(batch, words, marks)."""


class Network(nn.Module):
    """Words to scores of tags, of tanween and of marks."""

    def __init__(self, words: int, tags: int, size: int, width: int, dilations: Sequence[int] = DILATIONS) -> None:
        """Vectors of `size` numbers for `words` frequent words and for all groups of letters; layers `width` wide."""
        super().__init__()
        self.word = nn.Embedding(words + 1, size)
        self.group = nn.EmbeddingBag(BUCKETS, size, mode="mean")
        nn.init.normal_(self.word.weight, std=0.3)
        nn.init.normal_(self.group.weight, std=0.3)
        self.enter = nn.Linear(size, width)
        self.blocks = nn.ModuleList(Block(width, dilation) for dilation in dilations)
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.head = nn.Linear(width, tags + 1 + len(MARKS))
        self.trust = nn.Parameter(torch.ones(3, len(EVIDENCE_STEPS) + 1))
        self.tags = tags

    def forward(self, word: Tensor, tables: Tables, gold: Tensor | None = None, drop: float = 0.0) -> Output:
        """Word numbers (batch, words) to scores. With `gold` tags the words at hand are taken out of the counts.

        A share `drop` of the words is read without the vector of its own, as rare words are, and twice that share
        of all groups of letters is left out.
        """
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            x = self.enter(self._vectors(word, tables, drop))
            for block in self.blocks:
                x = block(x)
            scores = self.head(self.norm(x))
        tags, tanween, marks = scores.float().split((self.tags, 1, len(MARKS)), -1)
        some, total = tables.rate[word].unbind(-1)
        usual = torch.log((some + 0.2) / (total - some + 1))
        return Output(self._informed(tags, word, tables, gold), tanween[..., 0] + self.trust[2, 0] * usual, marks)

    def _vectors(self, word: Tensor, tables: Tables, drop: float) -> Tensor:
        distinct, inverse = torch.unique(word, return_inverse=True)
        rows = tables.row[distinct]
        if drop:
            rows = torch.where(torch.rand(rows.shape) < drop, torch.zeros_like(rows), rows)
        groups: Tensor = self.group(*tables.bags(distinct, 2 * drop))
        return (self.word(rows) * (rows > 0)[:, None] + groups)[inverse]

    def _informed(self, tags: Tensor, word: Tensor, tables: Tables, gold: Tensor | None) -> Tensor:
        """The scores of tags with what the lexicon knows of the word and, where that is little, of its relatives."""
        tag, count = tables.tag[word], tables.count[word]
        count = count if gold is None else without(count, tag, gold)
        tags = evidence(tags, tag, count, self.trust[0])
        kin = evidence(tags, tables.kin_tag[word], tables.kin_count[word], self.trust[1])
        tags = torch.where(count.sum(-1, keepdim=True) < FEW, kin, tags)
        return tags.masked_fill(~tables.fits[word], -1e4)
