"""Makes a deeper network of one that ships: `python -m models.training.restore.grow SHIPPED.npz NETWORK.pt`.

The layers that are added leave their input as it is until they are trained, so training begins at what ships. With
`--further` and no number none is added: what ships, to be trained further.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from models.training.restore.network import DILATIONS, Network

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    Arrays = Mapping[str, np.ndarray]


def vectors(weights: Arrays) -> dict[str, np.ndarray]:
    """The arrays of `export.vectors`, as floats again."""
    return {
        f"{name}.weight": weights[name] * weights[f"{name}_scale"][:, None].astype(np.float32)
        for name in ("word", "group")
    }


def layers(weights: Arrays) -> dict[str, np.ndarray]:
    """The arrays of `export.layers`, by the network's names."""
    state = {"norm.weight": weights["dense_norm"]}
    for name in ("enter", "head"):
        state |= {f"{name}.weight": weights[f"dense_{name}"].T, f"{name}.bias": weights[f"dense_{name}_bias"]}
    for at in range(len(weights["dilations"])):
        state[f"blocks.{at}.norm.weight"] = weights[f"dense_norm{at}"]
        state[f"blocks.{at}.mix.weight"] = weights[f"dense_mix{at}"].T
        state[f"blocks.{at}.mix.bias"] = weights[f"dense_mix{at}_bias"]
    return state


def grown(weights: Arrays, further: Sequence[int]) -> tuple[Network, list[int]]:
    """The network of some shipped arrays with a layer for each of the further distances, and all its distances."""
    arrays = {"trust": weights["trust"]} | vectors(weights) | layers(weights)
    dilations = [*map(int, weights["dilations"]), *further]
    (words, size), width = arrays["word.weight"].shape, len(arrays["enter.bias"])
    network = Network(words - 1, len(weights["tags"]), size, width, dilations)
    for block in network.blocks[len(weights["dilations"]) :]:
        silenced(block.mix.weight, width)
        silenced(block.mix.bias, width)
    state = {name: torch.tensor(np.asarray(array, np.float32)) for name, array in arrays.items()}
    network.load_state_dict(state, strict=False)
    return network, dilations


@torch.no_grad()
def silenced(numbers: Tensor, width: int) -> None:
    """Make the values that a layer adds 0; its gates stay as they were drawn, or nothing would be learned."""
    numbers[:width] = 0


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shipped", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--further", type=int, nargs="*", default=DILATIONS, help="a distance for each new layer")
    args = parser.parse_args()
    torch.manual_seed(0)
    weights = dict(np.load(args.shipped, allow_pickle=False))
    network, dilations = grown(weights, args.further)
    vocabulary = weights["vocabulary"].tobytes().decode().splitlines()
    kept = {"net": network.state_dict(), "vocabulary": vocabulary, "dilations": dilations, "fresh": len(args.further)}
    torch.save(kept, args.out)


if __name__ == "__main__":
    main()
