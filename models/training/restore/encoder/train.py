"""Both stages of training: on Wikipedia, and on the talks of the corpus beside some of Wikipedia."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from models.restore.encoder import WINDOW, Encoder, Text, encoded, framed
from models.restore.timing import UNKNOWN
from models.training.corpus.splits import splits, training_talks
from models.training.restore import spoken
from models.training.restore.corpus import MARKS
from models.training.restore.encoder.network import Predictor
from models.training.restore.encoder.prepare import UNLEARNED, read_pieces
from models.training.restore.speech import measured
from pipeline.arabic.orthography import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from models.restore.pieces import Pieces
    from models.training.corpus.talks import Talk
    from models.training.restore.encoder.network import Network
    from models.training.restore.spoken import Captioned

    Arrays = dict[str, np.ndarray]

LENGTH = WINDOW - 2
"""Pieces of text in a row."""
WEIGHTS = (1.0, 1.0, 2.0, 1.0, 1.0, 2.0)
"""Weight of each mark's errors: semicolons and question marks are rare."""
HEARD = ((0.0, 5), (0.03, 1), (0.08, 2))
"""Share of misheard words, and seed, of the captions with times that each talk is read as."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The hyperparameters of a stage."""

    steps: int
    rate: float
    """Of the body; it rises over `warm` steps and falls to nothing over all."""
    head: float
    """The factor on it of the last layer."""
    times: float
    """The factor on it of the classes of pauses and borders, which begin at nothing."""
    warm: int
    batch: int = 16
    """Rows of text in a step."""
    smoothing: float = 0.0
    """Of labels."""
    mix: float = 1.0
    """Share of the rows that are of Wikipedia."""
    drop: float = 0.35
    """Share of the rows whose pauses are not shown, and as often whose lines are not."""
    hold: bool = False
    """Whether the vectors of pieces stay as they are."""
    seed: int = 2
    report: int = 20
    """Steps between two looks at the development talks, each of which keeps the network."""

    def scale(self, step: int) -> float:
        """The factor on the learning rate at a step."""
        return min(1.0, (step + 1) / self.warm) * max(0.02, 1 - step / self.steps)


WIKIPEDIA = Plan(steps=1500, rate=1.5e-4, head=1e-3 / 1.5e-4, times=1.0, warm=60, seed=1, report=250)
TALKS = Plan(steps=200, rate=1e-4, head=4.0, times=20.0, warm=10, smoothing=0.05, mix=0.25, hold=True)


class Row(NamedTuple):
    """Neighbouring pieces with their labels."""

    text: Text
    labels: np.ndarray


class Stretches:
    """Running text with labels, cut into rows."""

    def __init__(self, text: Text, labels: np.ndarray) -> None:
        """`labels` has the number of a mark for each piece that ends a word, and `UNLEARNED` elsewhere."""
        self._text = text
        self._labels = labels

    def rows(self, draw: np.random.Generator) -> Iterator[Row]:
        """Every row of the text in random order, again and again, each time cut in other places."""
        while True:
            shift = int(draw.integers(LENGTH))
            for at in draw.permutation((len(self._labels) - shift) // LENGTH):
                part = slice(shift + at * LENGTH, shift + (at + 1) * LENGTH)
                yield Row(Text(*(row[part] for row in self._text)), self._labels[part])


def of_wikipedia(data: Arrays) -> Stretches:
    """What `prepare` wrote, without times."""
    nothing = np.full(len(data["ids"]), UNKNOWN, np.int64)
    return Stretches(Text(data["ids"].astype(np.int64), nothing, nothing), data["labels"].astype(np.int64))


def versions(talk: Talk) -> Iterator[Captioned]:
    """A talk as written, as people caption it and as automatic captions with their times."""
    yield spoken.plain(talk)
    yield spoken.lined(talk, seed=3)
    for rate, seed in HEARD:
        yield spoken.captioned(talk, rate, seed)


def of_talks(library: Iterable[Talk], cutter: Pieces) -> Stretches:
    """All versions of some talks."""
    texts, labels = [], []
    for words, timing in chain.from_iterable(map(versions, library)):
        text, last = encoded(cutter, [bare(word.text) for word in words], timing)
        label = np.full(len(text.pieces), UNLEARNED, np.int64)
        label[last] = [MARKS.index(word.mark) for word in words]
        texts.append(text)
        labels.append(label)
    return Stretches(Text(*map(np.concatenate, zip(*texts, strict=True))), np.concatenate(labels))


def batches(wikipedia: Stretches, of_corpus: Stretches | None, plan: Plan) -> Iterator[tuple[Text, np.ndarray]]:
    """Batches without end: rows of Wikipedia and of the talks, a share of them without their pauses or lines."""
    draw = np.random.default_rng(plan.seed)
    sources = wikipedia.rows(draw), (of_corpus or wikipedia).rows(draw)
    while True:
        rows = [next(sources[draw.random() >= plan.mix]) for _ in range(plan.batch)]
        text = Text(*(np.stack(column) for column in zip(*(row.text for row in rows), strict=True)))
        for hidden in (text.pauses, text.borders):
            hidden[draw.random(plan.batch) < plan.drop] = UNKNOWN
        yield text, np.stack([row.labels for row in rows])


def loss(network: Network, text: Text, labels: np.ndarray, smoothing: float) -> torch.Tensor:
    """Cross entropy of the marks after words."""
    scores = network(*map(torch.from_numpy, framed(text)))[:, 1:-1]
    return functional.cross_entropy(
        scores.flatten(0, 1),
        torch.from_numpy(labels).flatten(),
        weight=torch.tensor(WEIGHTS),
        ignore_index=UNLEARNED,
        label_smoothing=smoothing,
    )


def optimised(network: Network, plan: Plan) -> torch.optim.AdamW:
    """The optimiser, with the part of the learning rate that each group of numbers takes as its `times`."""
    network.bert.embeddings.word_embeddings.weight.requires_grad_(not plan.hold)
    groups = [
        {"params": [each for each in network.bert.parameters() if each.requires_grad], "times": 1.0},
        {"params": list(network.head.parameters()), "times": plan.head},
        {"params": [network.pause.weight, network.border.weight], "times": plan.times, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def development(library: Iterable[Talk]) -> dict[str, list[Captioned]]:
    """What chooses among steps: the development talks by their words alone, and as automatic captions with times."""
    chosen = [talk for talk in library if talk.id in splits()["development"]]
    return {
        "words": [spoken.plain(talk) for talk in chosen],
        "times": [spoken.captioned(talk, 0.03, seed=11) for talk in chosen],
    }


def figures(encoder: Encoder, parts: dict[str, list[Captioned]]) -> str:
    """F1 of sentence ends, commas and any mark in each part."""
    found = []
    for name, texts in parts.items():
        scored = [(encoder.scores([bare(word.text) for word in words], timing), words) for words, timing in texts]
        found.append(" ".join([name, *(f"{value:.3f}" for value in measured(encoder.marks, scored).values())]))
    return " | ".join(found)


def train(network: Network, data: Arrays, out: Path, plan: Plan, parts: dict[str, list[Captioned]]) -> None:
    """Train a network and keep it beside `out` at every report, with its figures on some texts."""
    torch.manual_seed(plan.seed)
    cutter = read_pieces(data)
    of_corpus = of_talks(training_talks(), cutter) if plan.mix < 1 else None
    encoder = Encoder(cutter, MARKS, Predictor(network))
    optimiser = optimised(network, plan)
    network.train()
    for step, (text, labels) in zip(range(plan.steps), batches(of_wikipedia(data), of_corpus, plan), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * plan.scale(step) * group["times"]
        optimiser.zero_grad()
        error = loss(network, text, labels, plan.smoothing)
        error.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % plan.report == 0 or step + 1 == plan.steps:
            print(step + 1, f"{error.item():.3f}", figures(encoder, parts), flush=True)  # noqa: T201 - a command
            torch.save(network.state_dict(), out.with_stem(f"{out.stem}-{step + 1}"))
