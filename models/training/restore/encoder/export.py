"""The trained network as the file that ships: vectors and layers in one byte a number, and the graph of the layers.

The graph is made of ONNX's operators and of those that onnxruntime adds for networks of this kind. Matrices have a
scale for each column. Their input is made whole numbers while the graph runs, with one scale for all of it; in the two
matrices after attention few pieces reach far beyond all others, so there each row is first divided by its greatest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper, load_from_string, numpy_helper

from models.restore.encoder import WINDOW
from models.training.restore.corpus import MARKS
from models.training.restore.encoder.network import POSITIONS
from models.training.restore.export import whole

if TYPE_CHECKING:
    from models.training.restore.encoder.network import Network

    Arrays = dict[str, np.ndarray]

EXTENDED = "com.microsoft"
OPSET, IR = 20, 10
"""Versions of ONNX from which the graph can be read: `Gelu` came with 20."""
LEAST = 1e-6
"""What a row of nothing is divided by."""


class _Graph:
    """A graph under construction; each method gives the name of what it adds."""

    def __init__(self, width: int, epsilon: float) -> None:
        self._nodes: list[object] = []
        self._constants: list[object] = []
        self._width = width
        self._epsilon = epsilon

    def constant(self, values: np.ndarray, name: str = "") -> str:
        name = name or f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **options: object) -> list[str]:
        names = [f"n{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **options))
        return names

    def dense(self, name: str, x: str, weight: np.ndarray, *bias: np.ndarray) -> str:
        """A matrix that is (out, in), as torch keeps it, with its bias or without."""
        numbers, scale = whole(weight)
        parts = numbers.T, scale.astype(np.float32), np.zeros(len(scale), np.int8), *bias
        named = [self.constant(part, f"{name}.{end}") for part, end in zip(parts, _DENSE, strict=False)]
        return self.node("DynamicQuantizeMatMul", x, *named, domain=EXTENDED)[0]

    def plus(self, name: str, x: str, bias: np.ndarray) -> str:
        """With a bias added."""
        return self.node("Add", x, self.constant(bias, f"{name}.bias"))[0]

    def evened(self, name: str, x: str, weight: np.ndarray, *, signed: bool) -> str:
        """The same for input whose rows differ much: each is divided by its greatest before and multiplied by it after.

        What is not `signed` has no number much below zero.
        """
        last = self.constant(np.array([-1], np.int64))
        size = self.node("Abs", x)[0] if signed else x
        greatest = self.node("ReduceMax", size, last, keepdims=1)[0]
        greatest = self.node("Max", greatest, self.constant(np.array(LEAST, np.float32)))[0]
        return self.node("Mul", self.dense(name, self.node("Div", x, greatest)[0], weight), greatest)[0]

    def normal(self, name: str, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Layer norm."""
        parts = self.constant(weight, f"{name}.weight"), self.constant(bias, f"{name}.bias")
        return self.node("LayerNormalization", x, *parts, axis=-1, epsilon=self._epsilon)[0]

    def model(self, vectors: str, marks: str) -> bytes:
        """The finished graph from (windows, length, width) to (windows, length, marks)."""
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(vectors, TensorProto.FLOAT, ["windows", "length", self._width])],
            [helper.make_tensor_value_info(marks, TensorProto.FLOAT, ["windows", "length", len(MARKS)])],
            self._constants,
        )
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(EXTENDED, 1)]
        made: bytes = helper.make_model(graph, opset_imports=versions, ir_version=IR).SerializeToString()
        return made


def graph(state: Arrays, heads: int, epsilon: float) -> bytes:
    """The layers of a network as an ONNX model."""
    made = _Graph(state["head.weight"].shape[1], epsilon)
    x = made.normal(_FIRST, "vectors", *_both(state, _FIRST))
    for at in range(sum(name.endswith("intermediate.dense.bias") for name in state)):
        x = _layer(made, f"bert.encoder.layer.{at}", x, state, heads)
    odds = made.node("MatMul", x, made.constant(state["head.weight"].T, "head.weight"))[0]
    odds = made.plus("head", odds, state["head.bias"])
    return made.model("vectors", made.node("Softmax", odds, axis=-1)[0])


def _layer(made: _Graph, name: str, x: str, state: Arrays, heads: int) -> str:
    """Attention and two matrices, as BERT has them: the norm of each sum with what came in."""
    each = [_both(state, f"{name}.{_SELF}.{part}") for part in _ASKED]
    asked = (np.concatenate(parts) for parts in zip(*each, strict=True))
    parts = made.node("Split", made.dense(f"{name}.{_SELF}", x, *asked), outputs=3, axis=2, num_outputs=3)
    seen = made.node("MultiHeadAttention", *parts, domain=EXTENDED, num_heads=heads)[0]
    part = f"{name}.attention.output"
    seen = made.dense(f"{part}.dense", seen, *_both(state, f"{part}.dense"))
    x = made.normal(f"{part}.LayerNorm", made.node("Add", seen, x)[0], *_both(state, f"{part}.LayerNorm"))
    part = f"{name}.intermediate.dense"
    weight, bias = _both(state, part)
    wide = made.node("Gelu", made.plus(part, made.evened(part, x, weight, signed=True), bias))[0]
    part = f"{name}.output"
    weight, bias = _both(state, f"{part}.dense")
    out = made.plus(f"{part}.dense", made.evened(f"{part}.dense", wide, weight, signed=False), bias)
    return made.normal(f"{part}.LayerNorm", made.node("Add", out, x)[0], *_both(state, f"{part}.LayerNorm"))


_FIRST = "bert.embeddings.LayerNorm"
_SELF = "attention.self"
_ASKED = ("query", "key", "value")
_DENSE = ("weight", "scale", "zero", "bias")
"""The constants of a matrix."""
_TABLE = "bert.embeddings.{}_embeddings.weight"


def _both(state: Arrays, name: str) -> tuple[np.ndarray, np.ndarray]:
    return state[f"{name}.weight"], state[f"{name}.bias"]


def vectors(state: Arrays) -> Arrays:
    """The tables of vectors: pieces in one byte a number, the few of places, pauses and borders in two."""
    piece, scale = whole(state[_TABLE.format("word")])
    place = state[_TABLE.format("position")][:WINDOW] + state[_TABLE.format("token_type")][0]
    few = {"place": place, "pause": state["pause.weight"], "border": state["border.weight"]}
    return {"piece": piece, "piece_scale": scale} | {key: value.astype(np.float16) for key, value in few.items()}


def read_back(arrays: Arrays) -> Arrays:
    """The numbers of a network by their names in torch, from the arrays that ship: `arrays` the other way round.

    Places beyond the window and kinds of text, which no text of the program has, are nothing.
    """
    model = load_from_string(arrays["graph"].tobytes())
    state = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    for name in [name.removesuffix(".scale") for name in state if name.endswith(".scale")]:
        state[f"{name}.weight"] = (state[f"{name}.weight"] * state[f"{name}.scale"]).T
        del state[f"{name}.scale"], state[f"{name}.zero"]
        if name.endswith(_SELF):
            for kind in ("weight", "bias"):
                parts = np.split(state.pop(f"{name}.{kind}"), len(_ASKED))
                state |= {f"{name}.{part}.{kind}": value for part, value in zip(_ASKED, parts, strict=True)}
    state["head.weight"] = state["head.weight"].T
    place = arrays["place"].astype(np.float32)
    tables = {
        "word": arrays["piece"] * arrays["piece_scale"].astype(np.float32)[:, None],
        "position": np.concatenate([place, np.zeros((POSITIONS - len(place), place.shape[1]), np.float32)]),
        "token_type": np.zeros((2, place.shape[1]), np.float32),
    }
    few = {f"{name}.weight": arrays[name].astype(np.float32) for name in ("pause", "border")}
    named = {name: value for name, value in state.items() if name.startswith(("bert.", "head."))}
    return named | few | {_TABLE.format(name): value for name, value in tables.items()}


def arrays(data: Arrays, network: Network, share: float) -> Arrays:
    """All that ships of a network; `data` is what `prepare` wrote."""
    state = {name: value.float().numpy() for name, value in network.state_dict().items()}
    config = network.bert.config
    return {
        "marks": np.array(MARKS),
        "share": np.array(share, np.float32),
        "pieces": data["pieces"],
        "scores": data["scores"],
        "graph": np.frombuffer(graph(state, config.num_attention_heads, config.layer_norm_eps), np.uint8),
        **vectors(state),
    }
