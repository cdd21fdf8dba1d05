"""Exports the trained network as arrays: `python -m models.training.restore.export DATA.npz OUT.npz NETWORK.pt ...`.

Several networks of one training run are averaged, which serves like letting the learning rate fall
(Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from models.training.restore.corpus import MARKS
from models.training.restore.packing import lines, tag_counts, tanween_counts
from models.training.restore.spellings import with_speech
from models.training.restore.tables import counted, in_training

if TYPE_CHECKING:
    from collections.abc import Mapping

    Arrays = Mapping[str, np.ndarray]


def whole(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as whole numbers from -127 to 127, and the scale of each row."""
    scale = np.abs(values).max(1) / 127 + 1e-8
    return np.rint(values / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def lexicon(data: Arrays) -> dict[str, np.ndarray]:
    """The words that can be written in more than one way, with the counts of their most frequent tags."""
    training, words = in_training(data), [str(word) for word in data["words"]]
    seen = counted(data["word"][training], data["tag"][training])
    free = {words[at]: tags for at, tags in seen.items() if "ا" in words[at] or words[at].endswith("ه")}
    return tag_counts("lexicon", free)


def tanween(data: Arrays) -> dict[str, np.ndarray]:
    """Counts of each word with tanween, and in all."""
    rates = zip(map(str, data["words"]), map(tuple, data["rate"].tolist()), strict=True)
    return tanween_counts({word: rate for word, rate in rates if rate[1]})


def vectors(state: Arrays) -> dict[str, np.ndarray]:
    """The two tables of vectors in one byte a number; row 0 stands for a word without a vector."""
    word, word_scale = whole(np.concatenate((np.zeros_like(state["word.weight"][:1]), state["word.weight"][1:])))
    group, group_scale = whole(state["group.weight"])
    return {"word": word, "word_scale": word_scale, "group": group, "group_scale": group_scale}


def layers(state: Arrays) -> dict[str, np.ndarray]:
    """Everything else, in two bytes a number, turned so that rows of words are multiplied from the left."""
    dense = {"enter": state["enter.weight"].T, "enter_bias": state["enter.bias"]}
    for at in range(sum(name.endswith("mix.bias") for name in state)):
        dense[f"norm{at}"] = state[f"blocks.{at}.norm.weight"]
        dense[f"mix{at}"] = state[f"blocks.{at}.mix.weight"].T
        dense[f"mix{at}_bias"] = state[f"blocks.{at}.mix.bias"]
    dense |= {"norm": state["norm.weight"], "head": state["head.weight"].T, "head_bias": state["head.bias"]}
    return {f"dense_{name}": np.ascontiguousarray(value, np.float16) for name, value in dense.items()}


def average(states: list[dict[str, torch.Tensor]]) -> dict[str, np.ndarray]:
    """The mean of every number of the networks."""
    return {name: np.mean([state[name].numpy() for state in states], axis=0) for name in states[0]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("networks", type=Path, nargs="+")
    args = parser.parse_args()
    data = dict(np.load(args.data))
    saved = [torch.load(path, weights_only=True) for path in args.networks]
    state = average([each["net"] for each in saved])
    arrays = {
        "tags": data["tags"],
        "marks": np.array(MARKS),
        "trust": state["trust"],
        "vocabulary": lines(saved[0]["vocabulary"]),
    }
    arrays |= {"dilations": np.array(saved[0]["dilations"], np.uint8)} | lexicon(data) | tanween(data)
    arrays |= vectors(state) | layers(state)
    np.savez_compressed(args.out, allow_pickle=False, **with_speech(arrays))
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
