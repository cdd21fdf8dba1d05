"""Writes what was trained as plain arrays: `python -m models.training.restore.export DATA.npz NET.pt OUT.npz`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from models.training.restore.corpus import MARKS
from models.training.restore.network import DILATIONS
from models.training.restore.train import count_tags


def small(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as whole numbers from -127 to 127, and the scale of each row."""
    scale = np.abs(values).max(1) / 127 + 1e-8
    return np.rint(values / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def lines(words: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def lexicon(data: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The words that can be written in more than one way, sorted, with the counts of their tags (at most 65535)."""
    ends = np.concatenate(([0], data["end"]))
    train = np.repeat(~data["dev"], np.diff(ends))
    seen = count_tags(data["word"][train], data["tag"][train])
    words = [str(w) for w in data["words"]]
    kept = sorted((words[w], c) for w, c in seen.items() if "ا" in words[w] or words[w].endswith("ه"))
    pairs = [(t, min(n, 65535)) for _, c in kept for t, n in sorted(c.items(), key=lambda i: -i[1])[:6]]
    rates = sorted((words[w], int(a), int(b)) for w, (a, b) in enumerate(data["rate"]) if b)
    return {
        "lexicon": lines([w for w, _ in kept]),
        "lexicon_size": np.array([min(len(c), 6) for _, c in kept], np.uint8),
        "lexicon_tag": np.array([t for t, _ in pairs], np.uint8),
        "lexicon_count": np.array([n for _, n in pairs], np.uint16),
        "tanween": lines([w for w, _, _ in rates]),
        "tanween_some": np.array([a for _, a, _ in rates], np.uint16),
        "tanween_total": np.array([b for _, _, b in rates], np.uint16),
    }


def network(saved: dict) -> dict[str, np.ndarray]:
    state = {k: v.numpy() for k, v in saved["net"].items()}
    arrays = {}
    for name in ("word", "group"):
        arrays[name], arrays[f"{name}_scale"] = small(state[f"{name}.weight"])
    arrays["word"][0] = 0
    dense = {"enter": state["enter.weight"].T, "enter_bias": state["enter.bias"]}
    for at in range(len(DILATIONS)):
        dense[f"norm{at}"] = state[f"blocks.{at}.norm.weight"]
        dense[f"mix{at}"] = state[f"blocks.{at}.mix.weight"].T
        dense[f"mix{at}_bias"] = state[f"blocks.{at}.mix.bias"]
    dense |= {"norm": state["norm.weight"], "head": state["head.weight"].T, "head_bias": state["head.bias"]}
    arrays |= {f"dense_{k}": v.astype(np.float16) for k, v in dense.items()}
    return arrays | {
        "trust": state["trust"],
        "dilations": np.array(DILATIONS, np.uint8),
        "vocabulary": lines(saved["vocabulary"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("net", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    data = dict(np.load(args.data))
    saved = torch.load(args.net, weights_only=True)
    tags = np.array([str(t) for t in data["tags"]])
    arrays = {"tags": tags, "marks": np.array(MARKS)} | lexicon(data) | network(saved)
    np.savez_compressed(args.out, **arrays)
    for name, value in arrays.items():
        print(name, value.dtype, value.shape)
    print(args.out.stat().st_size)


if __name__ == "__main__":
    main()
