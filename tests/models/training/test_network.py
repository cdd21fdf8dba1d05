"""Trained with torch, run with numpy: both must say the same. Needs torch, which the program itself does without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.restore.tagger import Tagger
from models.training.restore.corpus import MARKS, tokens
from models.training.restore.dataset import Article, arrays

torch = pytest.importorskip("torch", reason="training needs torch")
export, grow, tables, network, training = (
    pytest.importorskip(f"models.training.restore.{name}") for name in ("export", "grow", "tables", "network", "train")
)
pytestmark = pytest.mark.filterwarnings("ignore:Mismatch dtype")  # torch's word on numbers of two bytes

TEXT = "قال الوزير إن الأمة قوية، وإن الدولة أقوى. هل أنت معي أيضاً؟ نعم، أنا معك إلى الأبد. "
VOCABULARY = 12

Shipped = tuple[Any, dict[str, np.ndarray]]
"""A network, and the arrays that ship of it."""


@pytest.fixture(scope="module")
def data() -> dict[str, np.ndarray]:
    """A text of one article, five times."""
    return arrays([Article("x", [tokens(TEXT * 5)], dev=False, careful=True)])


@pytest.fixture(scope="module")
def shipped(data: dict[str, np.ndarray]) -> Shipped:
    """A network of random numbers, and the arrays that ship of it."""
    torch.manual_seed(1)
    model = network.Network(VOCABULARY, len(data["tags"]), 16, 32).eval()
    state = {name: value.numpy() for name, value in model.state_dict().items()}
    exported = {"tags": data["tags"], "marks": np.array(MARKS), "trust": state["trust"]}
    vocabulary = tables.Tables(data, VOCABULARY).vocabulary
    exported |= {"vocabulary": export.lines(vocabulary), "dilations": np.array(network.DILATIONS, np.uint8)}
    return model, exported | export.lexicon(data) | export.tanween(data) | export.vectors(state) | export.layers(state)


def test_numpy_says_what_torch_says(data: dict[str, np.ndarray], shipped: Shipped) -> None:
    """Scores of the exported arrays differ from the network's only by rounding."""
    model, exported = shipped
    known, tagger = tables.Tables(data, VOCABULARY), Tagger(exported)
    with torch.no_grad():
        out = model(torch.tensor(data["word"].astype(np.int64))[None], known)
    scores = tagger.scores([str(data["words"][at]) for at in data["word"]])

    assert np.allclose(torch.softmax(out.tags[0], -1).numpy(), scores.tags, atol=0.03)
    assert np.allclose(torch.softmax(out.marks[0], -1).numpy(), scores.marks, atol=0.03)
    assert np.allclose(torch.sigmoid(out.tanween[0]).numpy(), scores.tanween, atol=0.03)


def test_a_deeper_network_begins_at_what_ships(data: dict[str, np.ndarray], shipped: Shipped) -> None:
    """With two layers added it scores as before, but for rounding, and both learn from the first step."""
    model, exported = shipped
    known, batch = tables.Tables(data, VOCABULARY), training.taken(data, np.arange(64)[None])
    deeper, dilations = grow.grown(exported, [2, 4])
    deeper.eval()
    with torch.no_grad():
        old, new = model(batch.word, known), deeper(batch.word, known)
    training.loss(deeper, known, batch, 0.0).backward()

    assert dilations == [*network.DILATIONS, 2, 4]
    assert all(torch.allclose(one, two, atol=0.05) for one, two in zip(old, new, strict=True))
    assert all(block.mix.weight.grad.abs().sum() > 0 for block in deeper.blocks)


def test_what_ships_goes_on_with_other_text(shipped: Shipped, tmp_path: Path) -> None:
    """No layer is added for no number; each word keeps its vector although other text has other words before it."""
    other = arrays([Article("y", [tokens("ما أحلى الكلام. " * 9 + TEXT)], dev=False, careful=True)])
    same, dilations = grow.grown(shipped[1], [])
    vocabulary = shipped[1]["vocabulary"].tobytes().decode().splitlines()
    kept = {"net": same.state_dict(), "vocabulary": vocabulary, "dilations": dilations, "fresh": 0}
    torch.save(kept, tmp_path / "start.pt")
    plan = training.Plan(vocabulary=VOCABULARY, size=16, width=32)
    _, known, fresh = training.begun(other | {"tags": shipped[1]["tags"]}, plan, tmp_path / "start.pt")
    words = [str(word) for word in other["words"]]

    assert (dilations, fresh) == ([*network.DILATIONS], 0)
    assert known.vocabulary == vocabulary != tables.Tables(other, VOCABULARY).vocabulary
    assert known.row.tolist() == [vocabulary.index(word) + 1 if word in vocabulary else 0 for word in words]


def test_new_layers_take_longer_steps(shipped: Shipped) -> None:
    """The layers that were added, and no other numbers, learn at a multiple of the rate."""
    deeper, _ = grow.grown(shipped[1], [2, 4])
    old, new = training.optimised(deeper, training.Plan(fresh=3.0), 2).param_groups

    assert (old["times"], new["times"]) == (1.0, 3.0)
    assert sum(numbers.numel() for numbers in new["params"]) == 2 * sum(
        numbers.numel() for numbers in deeper.blocks[0].parameters()
    )
    assert len(old["params"]) + len(new["params"]) == len(list(deeper.parameters()))


def test_networks_are_averaged() -> None:
    """Every number of the export is the mean of the networks'."""
    one, two = {"head": torch.tensor([1.0, 2.0])}, {"head": torch.tensor([3.0, 0.0])}

    assert export.average([one, two])["head"].tolist() == [2, 1]
    assert export.average([one])["head"].tolist() == [1, 2]


def test_a_word_never_tells_its_own_spelling() -> None:
    """The occurrence at hand is taken out of the counts; an unknown label takes out nothing."""
    tag, count = torch.tensor([[3, 5, -1]] * 2), torch.tensor([[4.0, 1.0, 0.0]] * 2)

    assert tables.without(count, tag, torch.tensor([5, -1])).tolist() == [[4, 0, 0], [4, 1, 0]]


def test_training_learns_and_repeats_itself(data: dict[str, np.ndarray], tmp_path: Path) -> None:
    """Two runs with the same seed give one network, others begin at it, and it fits the text better than none.

    Vectors that are held stay as they were.
    """
    both = {
        name: np.concatenate((value, value)) if name not in {"tags", "words", "rate"} else value
        for name, value in data.items()
    }
    both |= {"end": np.array([len(data["word"]), 2 * len(data["word"])]), "dev": np.array([False, True])}
    both["weight"] = np.ones(2, np.float32)
    plan = training.Plan(
        steps=30, decay=10, warm=2, batch=1, length=16, size=8, width=16, vocabulary=VOCABULARY, drop=0.0
    )
    for name in ("one", "two"):
        training.train(both, tmp_path / name, plan)
    training.train(both, tmp_path / "on", replace(plan, steps=1, rate=0.0), tmp_path / "one-30")
    training.train(both, tmp_path / "held", replace(plan, steps=2, hold=True), tmp_path / "one-30")
    one, two, on, held = (
        torch.load(tmp_path / name, weights_only=True)["net"] for name in ("one-30", "two-30", "on-1", "held-2")
    )

    assert all(torch.equal(one[key], two[key]) and torch.equal(one[key], on[key]) for key in one)
    assert {key for key in one if torch.equal(one[key], held[key])} >= {"word.weight", "group.weight"}
    assert not torch.equal(one["head.weight"], held["head.weight"])
    known, batch = tables.Tables(both, VOCABULARY), training.taken(both, np.arange(64)[None])
    fresh, trained = (network.Network(VOCABULARY, len(both["tags"]), 8, 16) for _ in range(2))
    trained.load_state_dict(one)
    assert training.loss(trained, known, batch, 0.0) < training.loss(fresh, known, batch, 0.0)
