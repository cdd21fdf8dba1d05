"""The network that reads words in context: trained here with torch, run in `models/tagger.py` with numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.features import BUCKETS
from models.training.restore.corpus import MARKS

DILATIONS = (1, 2, 4, 8, 16)
EVIDENCE_STEPS = (0.5, 1.5, 3.5, 10, 100, 1000)
"""Borders between the classes of how much is known of a word, in occurrences."""


class Block(nn.Module):
    """A gated convolution over three words, `dilation` words apart, added to its input."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.dilation = dilation

    def forward(self, x: Tensor) -> Tensor:
        """(batch, words, width) to the same shape."""
        h = self.norm(x)
        pad = h.new_zeros(h.shape[0], self.dilation, h.shape[2])
        before = torch.cat((pad, h[:, : -self.dilation]), 1)
        after = torch.cat((h[:, self.dilation :], pad), 1)
        value, gate = self.mix(torch.cat((before, h, after), 2)).chunk(2, 2)
        return x + value * torch.sigmoid(gate)


class Network(nn.Module):
    """Words to scores of tags, of tanween and of marks."""

    def __init__(self, words: int, tags: int, size: int, width: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words + 1, size)
        self.group = nn.EmbeddingBag(BUCKETS, size, mode="mean")
        nn.init.normal_(self.word.weight, std=0.3)
        nn.init.normal_(self.group.weight, std=0.3)
        self.enter = nn.Linear(size, width)
        self.blocks = nn.ModuleList(Block(width, dilation) for dilation in DILATIONS)
        self.norm = nn.RMSNorm(width, eps=1e-5)
        self.head = nn.Linear(width, tags + 1 + len(MARKS))
        self.trust = nn.Parameter(torch.ones(3, len(EVIDENCE_STEPS) + 1))
        self.tags = tags

    def forward(self, vector: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Word vectors (batch, words, size) to scores (batch, words, n) of tags, tanween (n = 1) and marks."""
        x = self.enter(vector)
        for block in self.blocks:
            x = block(x)
        scores = self.head(self.norm(x))
        return scores[..., : self.tags], scores[..., self.tags], scores[..., self.tags + 1 :]
