"""Trains the network of the restorer: `python -m models.training.restore.train DATA.npz NETWORK.pt`.

Every so many steps it is kept as `NETWORK-STEP.pt`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from models.training.restore.corpus import MARKS
from models.training.restore.network import Network
from models.training.restore.tables import Tables
from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from torch import Tensor

    Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Plan:
    """The hyperparameters of the shipped network."""

    steps: int = 6000
    decay: int = 1500
    """Steps at the end over which the learning rate falls to 1 %."""
    warm: int = 100
    batch: int = 20
    """Stretches of text in a step."""
    length: int = 256
    """Words in a stretch."""
    rate: float = 2e-3
    size: int = 128
    width: int = 256
    vocabulary: int = 24000
    drop: float = 0.12
    seed: int = 7
    """A leg that goes on from another needs a new one, or it reads the same text first."""
    fresh: float = 2.0
    """The factor on the learning rate of layers that `grow` added."""
    report: int = 500
    """Steps between two looks at the articles kept apart."""
    hold: bool = False
    """Whether the vectors of words and letter groups stay as they are: else little text is learned by heart."""

    def scale(self, step: int) -> float:
        """The factor on the learning rate at a step."""
        return min(1.0, (step + 1) / self.warm, 0.01 + (self.steps - step) / self.decay)


class Batch(NamedTuple):
    """Numbers of words and their labels, each (stretches, words); -1 is a label that is not learned from."""

    word: Tensor
    tag: Tensor
    tanween: Tensor
    mark: Tensor


def stretches(data: Arrays, articles: np.ndarray, length: int, draw: np.random.Generator | None) -> np.ndarray:
    """Positions of the words of some articles (a mask), (stretches, length).

    With `draw` the articles are shuffled and each stands there as often as its weight says.
    """
    begins = np.concatenate(([0], data["end"]))
    order = np.flatnonzero(articles)
    if draw is not None:
        order = np.repeat(order, (data["weight"][order] + draw.random(len(order))).astype(int))
        draw.shuffle(order)
    shift = int(draw.integers(length)) if draw is not None else 0
    index = np.concatenate([np.arange(begins[at], begins[at + 1]) for at in order])[shift:]
    return index[: len(index) // length * length].reshape(-1, length)


def batches(data: Arrays, plan: Plan) -> Iterator[Batch]:
    """Training batches without end, every epoch shuffled anew."""
    draw = np.random.default_rng(plan.seed)
    while True:
        rows = stretches(data, ~data["dev"], plan.length, draw)
        rows = rows[draw.permutation(len(rows))]
        for at in range(0, len(rows) - plan.batch + 1, plan.batch):
            yield taken(data, rows[at : at + plan.batch])


def taken(data: Arrays, index: np.ndarray) -> Batch:
    """The words and labels at some positions."""
    return Batch(*(torch.tensor(data[name][index].astype(np.int64)) for name in Batch._fields))


def loss(network: Network, tables: Tables, batch: Batch, drop: float) -> Tensor:
    """The training loss: cross entropies of spelling (weight 2), marks (1) and tanween (0.3)."""
    out = network(batch.word, tables, batch.tag, drop)
    free = (tables.fits[batch.word].sum(-1) > 1) & (batch.tag >= 0)
    known = batch.tanween >= 0
    rare = torch.tensor([2.0 if mark in "؛؟" and mark else 1.0 for mark in MARKS])
    spelling = functional.cross_entropy(out.tags[free], batch.tag[free])
    tanween = functional.binary_cross_entropy_with_logits(out.tanween[known], batch.tanween[known].float())
    marks = functional.cross_entropy(out.marks.flatten(0, 1), batch.mark.flatten(), weight=rare)
    return 2 * spelling + 0.3 * tanween + marks


@torch.no_grad()
def figures(network: Network, tables: Tables, data: Arrays, length: int) -> dict[str, float]:
    """Share of words spelled right, and F1 of sentence ends and of all marks, on the articles kept apart."""
    network.eval()
    right = words = 0
    cells = np.zeros((len(MARKS), len(MARKS)))
    for rows in np.array_split(stretches(data, data["dev"], length, None), 20):
        batch = taken(data, rows)
        out = network(batch.word, tables)
        known = batch.tag >= 0
        right += int((out.tags.argmax(-1) == batch.tag)[known].sum())
        words += int(known.sum())
        np.add.at(cells, (batch.mark.flatten().numpy(), out.marks.argmax(-1).flatten().numpy()), 1)
    network.train()
    ends = [MARKS.index(mark) for mark in ENDS]
    hits, inner = cells[np.ix_(ends, ends)].sum(), np.diag(cells)[1:].sum()
    return {
        "spelling": right / words,
        "ends": float(2 * hits / (cells[ends].sum() + cells[:, ends].sum())),
        "marks": float(2 * inner / (cells[1:].sum() + cells[:, 1:].sum())),
    }


def begun(data: Arrays, plan: Plan, start: Path | None) -> tuple[Network, Tables, int]:
    """The network to train with its tables, and how many of its last layers are new: one that was kept, or a new one.

    One that was kept keeps its vectors' words, so it can go on with other text; its tags have to be those of the data.
    """
    tags = len(data["tags"])
    if start is None:
        return Network(plan.vocabulary, tags, plan.size, plan.width), Tables(data, plan.vocabulary), 0
    saved = torch.load(start, weights_only=True)
    network = Network(plan.vocabulary, tags, plan.size, plan.width, saved["dilations"])
    network.load_state_dict(saved["net"])
    for vectors in (network.word, network.group):
        vectors.requires_grad_(not plan.hold)
    return network, Tables(data, saved["vocabulary"]), int(saved["fresh"])


def optimised(network: Network, plan: Plan, fresh: int) -> torch.optim.AdamW:
    """The optimiser, with the part of the learning rate that each group of numbers takes as its `times`."""
    new = [number for block in list(network.blocks)[len(network.blocks) - fresh :] for number in block.parameters()]
    held = set(map(id, new))
    old = [number for number in network.parameters() if id(number) not in held]
    groups = [{"params": old, "times": 1.0}, {"params": new, "times": plan.fresh}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def train(data: Arrays, out: Path, plan: Plan, start: Path | None = None) -> None:
    """Train and keep the network beside `out`, with its figures on the way; `start` is a network to go on from."""
    torch.manual_seed(plan.seed)
    network, tables, fresh = begun(data, plan, start)
    optimiser = optimised(network, plan, fresh)
    for step, batch in zip(range(plan.steps), batches(data, plan), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * plan.scale(step) * group["times"]
        optimiser.zero_grad()
        loss(network, tables, batch, plan.drop).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % plan.report == 0 or step + 1 == plan.steps:
            report = json.dumps(figures(network, tables, data, plan.length))
            print(step + 1, report, flush=True)  # noqa: T201 - a command
            kept = {"net": network.state_dict(), "vocabulary": tables.vocabulary, "plan": asdict(plan)}
            kept |= {"dilations": [block.dilation for block in network.blocks], "fresh": fresh}
            torch.save(kept, out.with_stem(f"{out.stem}-{step + 1}"))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="what models.training.restore.dataset wrote")
    parser.add_argument("out", type=Path, help="where to keep the network")
    parser.add_argument("--steps", type=int, default=Plan().steps)
    parser.add_argument("--decay", type=int, help="steps at the end over which the rate falls; else all of them")
    parser.add_argument("--report", type=int, default=Plan().report, help="steps between two networks that are kept")
    parser.add_argument("--seed", type=int, default=Plan().seed, help="another one for a leg that goes on")
    parser.add_argument("--start", type=Path, help="a network to go on from")
    parser.add_argument("--rate", type=float, default=Plan().rate)
    parser.add_argument("--batch", type=int, default=Plan().batch, help="stretches of text in a step")
    parser.add_argument("--warm", type=int, default=Plan().warm, help="steps over which the rate rises")
    parser.add_argument("--hold", action="store_true", help="leave the vectors of words as they are")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    given = {name: getattr(args, name) for name in ("steps", "rate", "report", "seed", "batch", "warm", "hold")}
    train(dict(np.load(args.data)), args.out, Plan(decay=args.decay or args.steps, **given), args.start)


if __name__ == "__main__":
    main()
