"""Runs the encoder's layers, which are an ONNX graph of whole numbers, with onnxruntime."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from models.restore.encoder import Encoder
from models.restore.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    from models.restore.encoder import Text

    Floats = npt.NDArray[np.float32]
    Arrays = Mapping[str, npt.NDArray[np.generic]]

THREADS: Final = 4
"""Cores used at most: more bring little on windows of some hundred pieces."""
_ERRORS: Final = 3
"""The level from which onnxruntime writes on the terminal."""


def loaded(weights: Arrays) -> Encoder:
    """The encoder of the arrays that `models/training/restore/encoder/export.py` writes."""
    pieces = Pieces(weights["pieces"].tobytes().decode().splitlines(), weights["scores"].tolist())
    return Encoder(pieces, list(map(str, weights["marks"])), GraphNetwork(weights), float(weights["share"]))


class GraphNetwork:
    """The network of `models/training/restore/encoder/export.py`, as `Encoder` asks it."""

    def __init__(self, weights: Arrays) -> None:
        """`weights` are the arrays that it writes."""
        import onnxruntime  # noqa: PLC0415 - heavy: only where it is used

        onnxruntime.disable_telemetry_events()
        onnxruntime.set_default_logger_severity(_ERRORS)
        self._piece, self._scale = weights["piece"], weights["piece_scale"].astype("float32")[:, None]
        self._place, self._pause, self._border = (
            weights[name].astype("float32") for name in ("place", "pause", "border")
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _threads()
        # Further levels join a sum and its layer norm into one operator, which takes four times as long (1.32).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(
            weights["graph"].tobytes(), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, windows: Text) -> Floats:
        """Probabilities (windows, length, marks)."""
        pieces, pauses, borders = windows
        vectors = self._piece[pieces] * self._scale[pieces]
        vectors += self._place[: pieces.shape[1]]
        vectors += self._pause[pauses]
        vectors += self._border[borders]
        found: Floats = self._session.run(None, {"vectors": vectors})[0]
        return found


def _threads() -> int:
    """As many as other libraries of numbers may use, which a cluster limits by this variable."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return int(limit) if limit.isdigit() and int(limit) else min(THREADS, os.cpu_count() or 1)
