"""The network that is trained: BERT over pieces of words, with the pause and the line's end after each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.restore.timing import BORDERS, PAUSES, UNKNOWN
from models.training.restore.corpus import MARKS
from models.training.restore.export import average
from models.training.restore.network import has_bfloat16

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from models.restore.encoder import Text

LAYERS = 6
POSITIONS = 512
"""Rows of multilingual-e5-small's table of places."""


class Network(nn.Module):
    """Pieces to log odds of the mark after each."""

    def __init__(self, pieces: int, base: BertConfig | None = None, layers: int = LAYERS) -> None:
        """A vocabulary of `pieces`; the shape of `base`, which is multilingual-e5-small's if it is not given."""
        super().__init__()
        config = base or BertConfig(
            hidden_size=384, num_attention_heads=12, intermediate_size=1536, max_position_embeddings=POSITIONS
        )
        config.vocab_size, config.num_hidden_layers, config.pad_token_id = pieces, layers, 1
        config.attention_probs_dropout_prob = 0.0  # with it, attention has no fused kernel: twice the time
        self.bert = BertModel(config, add_pooling_layer=False)
        self.pause = nn.Embedding(PAUSES, config.hidden_size, padding_idx=UNKNOWN)
        self.border = nn.Embedding(BORDERS, config.hidden_size, padding_idx=UNKNOWN)
        self.head = nn.Linear(config.hidden_size, len(MARKS))
        for added in (self.pause, self.border):  # a network without times goes on as it was
            nn.init.zeros_(added.weight)

    def forward(self, pieces: Tensor, pauses: Tensor, borders: Tensor) -> Tensor:
        """(rows, pieces) three times to (rows, pieces, marks)."""
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            vectors = self.bert.embeddings.word_embeddings(pieces) + self.pause(pauses) + self.border(borders)
            scores: Tensor = self.head(self.bert(inputs_embeds=vectors).last_hidden_state)
        return scores.float()


def begun(base: Path, rows: np.ndarray) -> Network:
    """The lower layers of a base network, with the rows of its vocabulary that are kept."""
    whole = BertModel.from_pretrained(base, add_pooling_layer=False)
    state = whole.state_dict()
    name = "embeddings.word_embeddings.weight"
    state[name] = state[name][torch.tensor(rows.astype(np.int64))]
    network = Network(len(rows), whole.config)
    own = network.bert.state_dict()
    network.bert.load_state_dict({key: state.get(key, value) for key, value in own.items()})
    return network


def loaded(*paths: Path) -> Network:
    """A network that was kept, or the mean of some; one of the first stage may be without its classes of times."""
    return made(average([_kept(path) for path in paths]))


def made(numbers: Mapping[str, np.ndarray]) -> Network:
    """A network of some numbers, by their names in torch."""
    state = {name: torch.tensor(value) for name, value in numbers.items()}
    network = Network(len(state["bert.embeddings.word_embeddings.weight"]))
    network.load_state_dict(network.state_dict() | state)
    return network


def _kept(path: Path) -> dict[str, Tensor]:
    kept: dict[str, Tensor] = torch.load(path, weights_only=True)
    return kept


@dataclass(frozen=True, slots=True)
class Predictor:
    """A network as `models.restore.encoder.Encoder` asks it."""

    network: Network

    @torch.no_grad()
    def __call__(self, windows: Text) -> np.ndarray:
        """As `models.restore.encoder.Network` does."""
        was_training = self.network.training
        self.network.eval()
        found: np.ndarray = torch.softmax(self.network(*map(torch.from_numpy, windows)), -1).numpy()
        self.network.train(was_training)
        return found
