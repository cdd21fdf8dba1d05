"""Trains the network of the restorer: `python -m models.training.restore.train DATA.npz OUT.pt`."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.features import groups
from models.lexicon import Lexicon
from models.training.restore.network import EVIDENCE_STEPS, Network
from pipeline.text.orthography import fits, takes_tanween

CANDIDATES = 6


def count_tags(word: np.ndarray, tag: np.ndarray) -> dict[int, dict[int, int]]:
    known = tag >= 0
    pairs, counts = np.unique(np.stack((word[known], tag[known]), 1), axis=0, return_counts=True)
    table: dict[int, dict[int, int]] = {}
    for (w, t), n in zip(pairs.tolist(), counts.tolist(), strict=True):
        table.setdefault(w, {})[t] = n
    return table


def candidate_arrays(rows: list[dict[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    tags = np.full((len(rows), CANDIDATES), -1, np.int64)
    counts = np.zeros((len(rows), CANDIDATES), np.float32)
    for at, row in enumerate(rows):
        for k, (t, n) in enumerate(sorted(row.items(), key=lambda item: -item[1])[:CANDIDATES]):
            tags[at, k], counts[at, k] = t, n
    return tags, counts


class Tables:
    """What is known of every distinct word, as tensors."""

    def __init__(self, data: dict[str, np.ndarray], vocabulary: int) -> None:
        words = [str(w) for w in data["words"]]
        tags = tuple(str(t) for t in data["tags"])
        ends = np.concatenate(([0], data["end"]))
        self.train = np.repeat(~data["dev"], np.diff(ends))
        seen = count_tags(data["word"][self.train], data["tag"][self.train])
        lexicon = Lexicon({words[w]: c for w, c in seen.items()}, tags)
        self.tag, self.count = map(torch.tensor, candidate_arrays([seen.get(w, {}) for w in range(len(words))]))
        self.kin_tag, self.kin_count = map(torch.tensor, candidate_arrays([lexicon.relatives(w) for w in words]))
        self.fits = self._fits(words, tags)
        totals = np.bincount(data["word"][self.train], minlength=len(words))
        order = np.argsort(-totals, kind="stable")[:vocabulary]
        self.vocabulary = [words[w] for w in order]
        self.row = torch.zeros(len(words), dtype=torch.long)
        self.row[torch.tensor(order)] = torch.arange(1, len(order) + 1)
        self.rate = torch.tensor(data["rate"], dtype=torch.float32)
        self.tanween = torch.tensor([takes_tanween(w) for w in words])
        lists = [groups(w) for w in words]
        self.start = torch.tensor(np.concatenate(([0], np.cumsum([len(r) for r in lists]))))
        self.flat = torch.tensor(np.concatenate([np.array(r) for r in lists]))

    @staticmethod
    def _fits(words: list[str], tags: tuple[str, ...]) -> Tensor:
        cache: dict[tuple[int, bool], list[bool]] = {}
        rows = []
        for w in words:
            key = (w.count("ا"), w.endswith("ه"))
            if key not in cache:
                cache[key] = [fits(t, w) for t in tags]
            rows.append(cache[key])
        return torch.tensor(rows)

    def bags(self, types: Tensor) -> tuple[Tensor, Tensor]:
        lengths = self.start[types + 1] - self.start[types]
        offsets = torch.cumsum(lengths, 0) - lengths
        at = torch.arange(int(lengths.sum())) - torch.repeat_interleave(offsets, lengths)
        return self.flat[torch.repeat_interleave(self.start[types], lengths) + at], offsets


def evidence(scores: Tensor, tag: Tensor, count: Tensor, trust: Tensor, gold: Tensor | None) -> Tensor:
    """Scores with the lexicon's log probabilities added, the word at hand itself not counted."""
    if gold is not None:
        count = count - ((tag == gold[..., None]) & (tag >= 0)).float()
    total = count.sum(-1, keepdim=True)
    steps = torch.tensor(EVIDENCE_STEPS)
    bucket = torch.bucketize(total.squeeze(-1), steps)
    weight = (trust[bucket] * (total.squeeze(-1) > 0))[..., None]
    floor = torch.log(0.1 / (total + 1))
    gain = torch.log((count + 0.1) / (total + 1)) - floor
    gain = torch.where(tag >= 0, gain, torch.zeros_like(gain))
    return (scores + weight * floor).scatter_add(-1, tag.clamp(min=0), weight * gain)


def vectors(net: Network, tables: Tables, word: Tensor, drop: float) -> Tensor:
    types, inverse = torch.unique(word, return_inverse=True)
    flat, offsets = tables.bags(types)
    rows = tables.row[types]
    if drop:
        rows = torch.where(torch.rand(rows.shape) < drop, torch.zeros_like(rows), rows)
    x = net.word(rows) * (rows > 0)[:, None] + net.group(flat, offsets)
    return x[inverse]


def outputs(net, tables, word, gold, drop=0.0, bf16=True):
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        tag, tanween, mark = net(vectors(net, tables, word, drop))
    tag, tanween, mark = tag.float(), tanween.float(), mark.float()
    tag = evidence(tag, tables.tag[word], tables.count[word], net.trust[0], gold)
    unseen = (tables.count[word].sum(-1, keepdim=True) - (0 if gold is None else 1)) < 2.5
    tag = torch.where(unseen, evidence(tag, tables.kin_tag[word], tables.kin_count[word], net.trust[1], None), tag)
    some, total = tables.rate[word].unbind(-1)
    tanween = tanween + net.trust[2, 0] * torch.log((some + 0.2) / (total - some + 1))
    return tag.masked_fill(~tables.fits[word], -1e4), tanween, mark


def losses(net, tables, batch, weights, drop):
    word, gold, tan, mark = batch
    tag_s, tan_s, mark_s = outputs(net, tables, word, gold, drop)
    free = (tables.fits[word].sum(-1) > 1) & (gold >= 0)
    spelling = functional.cross_entropy(tag_s[free], gold[free])
    kept = tan >= 0
    tanween = functional.binary_cross_entropy_with_logits(tan_s[kept], tan[kept].float())
    marks = functional.cross_entropy(mark_s.flatten(0, 1), mark.flatten(), weight=weights)
    return spelling, tanween, marks


def stream(data, which, rng, length):
    """Positions of words, (rows, length): every article as often as its weight says, drawn anew for each epoch."""
    ends = np.concatenate(([0], data["end"]))
    order = np.flatnonzero(which)
    if rng is not None:
        weight = data["weight"][order]
        order = np.repeat(order, (weight + rng.random(len(order))).astype(int))
        rng.shuffle(order)
    index = np.concatenate([np.arange(ends[a], ends[a + 1]) for a in order])
    shift = int(rng.integers(length)) if rng is not None else 0
    index = index[shift:]
    return index[: len(index) // length * length].reshape(-1, length)


def take(data, index):
    return tuple(torch.tensor(data[k][index].astype(np.int64)) for k in ("word", "tag", "tanween", "mark"))


@torch.no_grad()
def check(net, tables, data, limit=800):
    net.eval()
    rows = stream(data, data["dev"], None, 256)[:limit]
    good = tags = 0
    hit = said = there = np.zeros(6)
    ends = np.zeros(3)
    tan = np.zeros(3)
    cells = np.zeros((6, 6))
    for at in range(0, len(rows), 32):
        word, gold, tw, mark = take(data, rows[at : at + 32])
        t, w, m = outputs(net, tables, word, None)
        known = gold >= 0
        good += int((t.argmax(-1) == gold)[known].sum())
        tags += int(known.sum())
        p = m.argmax(-1)
        np.add.at(cells, (mark.flatten().numpy(), p.flatten().numpy()), 1)
        k = tw >= 0
        tan += [int(((w > 0) & (tw == 1))[k].sum()), int((w > 0)[k].sum()), int((tw == 1)[k].sum())]
    net.train()
    f = lambda h, s, t: 2 * h / max(s + t, 1)
    e = cells[4:, 4:].sum(), cells[:, 4:].sum(), cells[4:].sum()
    d = np.diag(cells)
    return {
        "spelling": round(good / tags, 5),
        "tanween": round(float(f(*tan)), 3),
        "end": round(float(f(*e)), 3),
        "micro": round(float(f(d[1:].sum(), cells[:, 1:].sum(), cells[1:].sum())), 3),
        "marks": [round(float(f(d[i], cells[:, i].sum(), cells[i].sum())), 3) for i in range(6)],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--vocabulary", type=int, default=24000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--decay", type=int, default=1500)
    args = parser.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(args.threads)
    rng = np.random.default_rng(7)
    data = dict(np.load(args.data))
    tables = Tables(data, args.vocabulary)
    net = Network(args.vocabulary, len(data["tags"]), args.size, args.width)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    weights = torch.tensor([1.0, 1, 2, 1, 1, 2])
    per_epoch = len(stream(data, ~data["dev"], np.random.default_rng(7), 256)) // args.batch
    steps, begin = args.steps, args.steps - args.decay
    print("steps", steps, "of an epoch", per_epoch, "parameters", sum(p.numel() for p in net.parameters()), flush=True)
    started, step = time.time(), 0
    mean = np.zeros(3)
    while step < steps:
        rows = stream(data, ~data["dev"], rng, 256)
        rows = rows[rng.permutation(len(rows))]
        for at in range(0, len(rows) - args.batch + 1, args.batch):
            if step == steps:
                break
            if step < begin and args.out.with_suffix(".decay").exists():
                begin, steps = step, step + args.decay
                print("decay from", step, flush=True)
            scale = min(1, (step + 1) / 100) * min(1, 0.01 + (steps - step) / args.decay)
            for group in optimiser.param_groups:
                group["lr"] = args.rate * scale
            parts = losses(net, tables, take(data, rows[at : at + args.batch]), weights, 0.05)
            loss = parts[0] * 2 + parts[1] * 0.3 + parts[2]
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            mean = mean * 0.97 + 0.03 * np.array([float(p.detach()) for p in parts])
            step += 1
            if not torch.isfinite(loss):
                raise SystemExit("loss is not finite")
            if step % 50 == 0:
                print(step, round(time.time() - started), (mean / (1 - 0.97**step)).round(4).tolist(), flush=True)
            if step % 500 == 0 or step == steps:
                print(json.dumps(check(net, tables, data, 400 if step < steps else 9999)), flush=True)
                torch.save(
                    {
                        "net": net.state_dict(),
                        "vocabulary": tables.vocabulary,
                        "args": {k: str(v) for k, v in vars(args).items()},
                    },
                    args.out,
                )


if __name__ == "__main__":
    main()
