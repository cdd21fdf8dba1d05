"""The encoder as it is trained and as it ships. Needs torch, transformers and onnx, which only training does."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.restore.encoder import WINDOW, Encoder, Text
from models.restore.graph import loaded
from models.restore.pieces import SPACE, UNKNOWN, Pieces
from models.restore.timing import BORDERS, PAUSES, Timing
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from models.training.restore.corpus import MARKS
from tests.models.training.corpus.written import talk

torch = pytest.importorskip("torch", reason="training needs torch")
transformers = pytest.importorskip("transformers", reason="training needs transformers")
pytest.importorskip("onnx", reason="training needs onnx")
export, network, prepare, train = (
    pytest.importorskip(f"models.training.restore.encoder.{name}") for name in ("export", "network", "prepare", "train")
)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of onnx and transformers themselves

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءئؤ0a"
NAMES = ["<s>", "<pad>", "</s>", "<unk>", SPACE, *LETTERS, "▁ال", "▁و", "ون"]
SCORES = [0.0] * 4 + [-6.0] * (len(NAMES) - 7) + [-3.0] * 3
TEXT = [
    "قال",
    "الوزير",
    "ان",
    "الامه",
    "قويه",
    "وان",
    "الدوله",
    "اقوى",
    "هل",
    "انت",
    "معي",
    "ايضا",
    "نعم",
    "انا",
    "معك",
    "الى",
    "الابد",
]

Shipped = tuple[Any, dict[str, np.ndarray]]
"""A network, and the arrays that ship of it."""


def fresh() -> Any:  # noqa: ANN401 - the types of torch are not there where types are checked
    """A small network as training begins with it."""
    config = transformers.BertConfig(
        hidden_size=48, num_attention_heads=4, intermediate_size=96, max_position_embeddings=WINDOW + 8
    )
    return network.Network(len(NAMES), config, layers=2)


def small() -> Any:  # noqa: ANN401 - as above
    """A network of random numbers, which hears pauses and lines."""
    torch.manual_seed(1)
    made = fresh()
    for numbers in made.parameters():
        if numbers.dim() > 1:
            torch.nn.init.normal_(numbers, std=0.3)
    return made.eval()


def data() -> dict[str, np.ndarray]:
    """What `prepare` writes of a short text."""
    words = [(word, "،" if at % 5 == 4 else "") for at, word in enumerate(TEXT * 60)]
    numbers, labels = prepare.labelled(words, Pieces(NAMES, SCORES))
    vocabulary = prepare.Vocabulary(list(range(len(NAMES))), NAMES, SCORES)
    return {"ids": numbers, "labels": labels, **prepare.vocabulary_arrays(vocabulary)}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """A network and the file that ships of it."""
    model, folder = small(), tmp_path_factory.mktemp("encoder")
    arrays = export.arrays(data(), model, 0.7)
    np.savez_compressed(folder / "encoder.npz", allow_pickle=False, **arrays)
    return model, dict(np.load(folder / "encoder.npz", allow_pickle=False))


def test_the_graph_says_what_torch_says(shipped: Shipped) -> None:
    """Whole numbers and onnxruntime change probabilities by little, whatever the pauses and lines and the length."""
    model, arrays = shipped
    ours = loaded(arrays)
    theirs = Encoder(ours.pieces, MARKS, network.Predictor(model))
    for words in (TEXT, TEXT * 20):
        draw = np.random.default_rng(2)
        timing = Timing(draw.integers(0, PAUSES, len(words)).tolist(), draw.integers(0, BORDERS, len(words)).tolist())
        difference = np.abs(ours.scores(words, timing) - theirs.scores(words, timing))

        assert difference.mean() < 0.01
        assert difference.max() < 0.1
    assert np.abs(ours.scores(TEXT) - ours.scores(TEXT, Timing([4] * len(TEXT), [3] * len(TEXT)))).max() > 0.1
    assert ours.share == pytest.approx(0.7)


def test_what_ships_can_be_trained_further(shipped: Shipped) -> None:
    """Read back, every number is where it was, but for rounding; the place of a word has its kind of text in it."""
    model, arrays = shipped
    back, state = export.read_back(arrays), {name: value.numpy() for name, value in model.state_dict().items()}
    places, kinds = (f"bert.embeddings.{name}_embeddings.weight" for name in ("position", "token_type"))

    assert back.keys() == state.keys()
    for name in state.keys() - {places, kinds}:
        assert back[name] == pytest.approx(state[name], abs=0.02), name
    assert back[places][:WINDOW] == pytest.approx(state[places][:WINDOW] + state[kinds][0], abs=0.01)


def test_layers_ship_in_one_byte_a_number(shipped: Shipped) -> None:
    """The graph has no matrix of more; the vectors of pieces have none either."""
    onnx = pytest.importorskip("onnx")
    model = onnx.load_from_string(shipped[1]["graph"].tobytes())
    sizes = {constant.data_type for constant in model.graph.initializer if np.prod(constant.dims) > 48 * len(MARKS)}

    assert sizes == {onnx.TensorProto.INT8}
    assert shipped[1]["piece"].dtype == np.int8


def test_pauses_begin_at_nothing() -> None:
    """A network without times scores as before when it gets them, and learns them from the first step."""
    model = fresh().eval()
    pieces = torch.tensor([[0, 5, 6, 7, 2]])
    none, some = torch.zeros_like(pieces), torch.tensor([[0, 1, 0, 3, 0]])
    with torch.no_grad():
        assert torch.equal(model(pieces, none, none), model(pieces, some, some))
    model(pieces, some, some).sum().backward()

    assert model.pause.weight.grad.abs().sum(1).gt(0).tolist() == [False, True, False, True, False, False, False]
    assert not model.border.weight.grad[0].any()


def test_a_stage_goes_on_from_the_one_before(tmp_path: Path) -> None:
    """What one kept is what the next begins with, its classes of times included or, from before there were any, new."""
    model = network.Network(len(NAMES))
    torch.nn.init.ones_(model.pause.weight)
    torch.save(model.state_dict(), tmp_path / "whole.pt")
    old = {name: value for name, value in model.state_dict().items() if name.split(".")[0] not in {"pause", "border"}}
    torch.save(old, tmp_path / "old.pt")

    assert network.loaded(tmp_path / "whole.pt").pause.weight.sum() == model.pause.weight.sum()
    assert network.loaded(tmp_path / "old.pt").pause.weight.sum() == 0
    assert torch.equal(network.loaded(tmp_path / "old.pt").head.weight, model.head.weight)


def test_only_the_last_piece_of_a_word_has_a_label() -> None:
    """The mark after the word; other pieces teach nothing."""
    numbers, labels = prepare.labelled([("والاب", "،"), ("ب", "")], Pieces(NAMES, SCORES))

    assert [NAMES[number] for number in numbers] == ["▁و", "ا", "ل", "ا", "ب", SPACE, "ب"]
    assert labels.tolist() == [*[prepare.UNLEARNED] * 4, MARKS.index("،"), prepare.UNLEARNED, 0]


def test_pieces_that_no_word_needs_are_left_out() -> None:
    """What words are cut into is kept, most frequent first, and every letter, so that no word is unknown."""
    whole = prepare.Vocabulary(list(range(len(NAMES))), NAMES, SCORES)
    kept = prepare.needed(whole, ["الاب", "الاب", "ون"])

    assert kept.pieces[:4] == NAMES[:4]
    assert set(kept.pieces[4:7]) == {"▁ال", "ا", "ب"}
    assert set(kept.pieces[4:]) == {"▁ال", "ا", "ب", SPACE, "ون", "ل", "▁و", "و", "ن"}
    assert [NAMES[number] for number in kept.numbers] == kept.pieces
    assert UNKNOWN not in Pieces(kept.pieces, kept.scores).of("لبون")


def test_talks_are_read_with_and_without_their_times() -> None:
    """Every version has the marks of the talk; only captions know pauses, and only those that people type no pause."""
    versions = list(train.versions(talk()))
    plain, lined, *heard = versions

    assert [[bool(pause) for pause in each.timing.pauses].count(True) > 0 for each in versions] == [
        False,
        False,
        *[True] * 3,
    ]
    assert any(lined.timing.borders)
    assert not any(plain.timing.borders)
    assert [word.mark for word in heard[0].words] == [word.mark for word in plain.words]
    assert all(len(words) == len(timing.pauses) == len(timing.borders) for words, timing in versions)


def test_batches_hide_times_and_mix_texts() -> None:
    """A share of rows without their pauses, and of others without their lines; rows of Wikipedia have neither."""
    count = 400 * train.LENGTH
    timed = np.ones(count, np.int64)
    speech = train.Stretches(Text(timed * 7, timed, timed), timed)
    wikipedia = train.Stretches(Text(timed * 5, timed * 0, timed * 0), timed * 0)
    plan = replace(train.TALKS, mix=0.25, drop=0.5, batch=64)
    rows = [row for text, _ in islice(train.batches(wikipedia, speech, plan), 10) for row in zip(*text, strict=True)]
    of_talks = [(pauses.any(), borders.any()) for pieces, pauses, borders in rows if pieces[0] == 7]

    assert 0.7 < len(of_talks) / len(rows) < 0.8
    assert all(0.4 < sum(seen) / len(of_talks) < 0.6 for seen in zip(*of_talks, strict=True))
    assert 0.15 < sum(pause and border for pause, border in of_talks) / len(of_talks) < 0.35


def test_only_training_talks_are_read() -> None:
    """Development, test and exam talks are in no batch; the development talks choose."""
    chosen = {tuple(word.text for word in each.words) for each in train.development(talks(CORPUS))["words"]}
    training = [each for each in talks(CORPUS) if each.id in splits()["train"]]

    assert len(chosen) == len(splits()["development"])
    assert chosen.isdisjoint(tuple(word.text for word in next(train.versions(each)).words) for each in training)


def test_training_learns_and_repeats_itself(tmp_path: Path) -> None:
    """Two runs with the same seed give one network, and it fits the text better than none."""
    plan = replace(train.WIKIPEDIA, steps=12, warm=2, rate=3e-3, head=1.0, batch=4, report=12)
    outcomes = []
    for name in ("one", "two"):
        train.train(small(), data(), tmp_path / f"{name}.pt", plan, {})
        outcomes.append(torch.load(tmp_path / f"{name}-12.pt", weights_only=True))

    assert all(torch.equal(outcomes[0][key], outcomes[1][key]) for key in outcomes[0])
    text, labels = next(train.batches(train.of_wikipedia(data()), None, plan))
    trained = small()
    before = float(train.loss(trained, text, labels, 0.0).detach())
    trained.load_state_dict(outcomes[0])
    assert float(train.loss(trained, text, labels, 0.0).detach()) < 0.8 * before


def test_the_mean_of_networks_ships(tmp_path: Path) -> None:
    """Every number is the mean of those of the networks that were kept."""
    for name, value in (("one", 1.0), ("two", 3.0)):
        model = network.Network(len(NAMES))
        torch.nn.init.constant_(model.head.bias, value)
        torch.save(model.state_dict(), tmp_path / f"{name}.pt")

    assert network.loaded(tmp_path / "one.pt", tmp_path / "two.pt").head.bias.tolist() == [2.0] * len(MARKS)
