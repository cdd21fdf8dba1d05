"""The context-free inputs of every distinct word, as tensors."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import torch

from models.restore.lexicon import Lexicon
from models.restore.tagger import EVIDENCE_STEPS, letter_groups
from models.training.restore.packing import CANDIDATES
from pipeline.arabic.orthography import fits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

    from models.restore.lexicon import Counts

    Arrays = Mapping[str, np.ndarray]


class Tables:
    """Rows of the distinct words of `dataset.arrays`."""

    def __init__(self, data: Arrays, vocabulary: int | list[str]) -> None:
        """Count in the training articles alone; the `vocabulary` most frequent words get a vector of their own.

        A list names those words and the order of their vectors, as a network that goes on needs it.
        """
        words, tags = [str(word) for word in data["words"]], tuple(map(str, data["tags"]))
        training = in_training(data)
        seen = counted(data["word"][training], data["tag"][training])
        lexicon = Lexicon({words[at]: counts for at, counts in seen.items()}, tags)
        self.tag, self.count = _candidates([seen.get(at, {}) for at in range(len(words))])
        self.kin_tag, self.kin_count = _candidates(list(map(lexicon.relatives, words)))
        self.fits = _fitting(words, tags)
        self.rate = torch.tensor(data["rate"], dtype=torch.float32)
        if isinstance(vocabulary, int):
            totals = np.bincount(data["word"][training], minlength=len(words))
            vocabulary = [words[at] for at in np.argsort(-totals, kind="stable")[:vocabulary]]
        self.vocabulary = vocabulary
        rows = {word: row for row, word in enumerate(vocabulary, 1)}
        self.row = torch.tensor([rows.get(word, 0) for word in words])
        lists = list(map(letter_groups, words))
        self._start = torch.tensor(np.cumsum([0, *map(len, lists)]))
        self._flat = torch.tensor(np.concatenate(lists))

    def bags(self, words: Tensor, drop: float = 0.0) -> tuple[Tensor, Tensor]:
        """The letter groups of some words one after the other, and where each word's begin.

        With `drop` that share of the groups is left out at random, and half of those that stand for the whole word:
        else rare words would be learned by heart instead of by their parts.
        """
        lengths = self._start[words + 1] - self._start[words]
        offsets = torch.cumsum(lengths, 0) - lengths
        inside = torch.arange(int(lengths.sum())) - torch.repeat_interleave(offsets, lengths)
        flat = self._flat[torch.repeat_interleave(self._start[words], lengths) + inside]
        return _thinned(flat, inside, drop) if drop else (flat, offsets)


def _thinned(flat: Tensor, inside: Tensor, drop: float) -> tuple[Tensor, Tensor]:
    """Groups with some left out; the first run of letters, which every word has, always stays."""
    chance = torch.rand(flat.shape)
    kept = (inside == 1) | (chance >= torch.where(inside == 0, 0.5, drop))
    lengths = torch.bincount((inside == 0).cumsum(0)[kept] - 1, minlength=int((inside == 0).sum()))
    return flat[kept], torch.cumsum(lengths, 0) - lengths


def in_training(data: Arrays) -> np.ndarray:
    """Whether each running word belongs to a training article."""
    return np.repeat(~data["dev"], np.diff(data["end"], prepend=0))


def counted(word: np.ndarray, tag: np.ndarray) -> dict[int, Counts]:
    """How often each word has each tag; unknown tags are not counted."""
    known = tag >= 0
    pairs, totals = np.unique(np.stack((word[known], tag[known]), 1), axis=0, return_counts=True)
    table: dict[int, Counts] = {}
    for (at, number), total in zip(pairs.tolist(), totals.tolist(), strict=True):
        table.setdefault(at, {})[number] = total
    return table


def _candidates(rows: list[Counts]) -> tuple[Tensor, Tensor]:
    """The most frequent tags of each word, -1 where there are fewer, and their counts."""
    tags = np.full((len(rows), CANDIDATES), -1, np.int64)
    counts = np.zeros((len(rows), CANDIDATES), np.float32)
    for at, row in enumerate(rows):
        for place, (tag, count) in enumerate(sorted(row.items(), key=lambda item: -item[1])[:CANDIDATES]):
            tags[at, place], counts[at, place] = tag, count
    return torch.tensor(tags), torch.tensor(counts)


def _fitting(words: list[str], tags: tuple[str, ...]) -> Tensor:
    """(words, tags): whether the word has the letters that the tag changes."""
    shapes: dict[tuple[int, bool], list[bool]] = {}
    rows = []
    for word in words:
        shape = (word.count("ا"), word.endswith("ه"))
        if shape not in shapes:
            shapes[shape] = list(map(fits, tags, repeat(word)))
        rows.append(shapes[shape])
    return torch.tensor(rows)


def evidence(scores: Tensor, tag: Tensor, count: Tensor, trust: Tensor) -> Tensor:
    """Scores with the log probabilities of the lexicon added, weighted by how much is known of the word."""
    total = count.sum(-1, keepdim=True)
    known = total.squeeze(-1)
    weight = (trust[torch.bucketize(known, torch.tensor(EVIDENCE_STEPS))] * (known > 0))[..., None]
    floor = torch.log(0.1 / (total + 1))
    gain = torch.where(tag >= 0, torch.log((count + 0.1) / (total + 1)) - floor, torch.zeros_like(count))
    return (scores + weight * floor).scatter_add(-1, tag.clamp(min=0), weight * gain)


def without(count: Tensor, tag: Tensor, gold: Tensor) -> Tensor:
    """The counts without the occurrence at hand, so that a word never tells its own spelling."""
    return count - ((tag == gold[..., None]) & (tag >= 0)).float()
