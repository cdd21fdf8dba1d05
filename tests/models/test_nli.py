"""A judge on a tiny random entailment model: what it says is noise, how it is asked is real."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.judges.nli import BATCH, NliJudge, entailment_label
from pipeline.errors import ModelError

PAIRS = [("ينبع الفرات من تركيا", "ينبع نهر الفرات من جبال الأناضول في تركيا"), ("الماء غال", "الماء رخيص جدًا هنا")]


def model(folder: Path, labels: tuple[str, ...] = ("contradiction", "ENTAILMENT", "neutral")) -> Path:
    """A BERT of two layers with random weights and a tokenizer of letters, as a hub would give it."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    letters = sorted({letter for pair in PAIRS for text in pair for letter in text if letter != " "})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    tokenizer = transformers.BertTokenizerFast(vocab={word: at for at, word in enumerate(vocabulary)})
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.local
def test_odds_are_the_probability_of_entailment(tmp_path: Path) -> None:
    """One probability a pair, the same whatever stands beside it in the batch; the label is found by its name."""
    judge = NliJudge(str(model(tmp_path)))
    odds = judge.support(PAIRS * BATCH)

    assert len(odds) == 2 * BATCH
    assert all(0 < each < 1 for each in odds)
    assert odds[0] != odds[1]
    assert odds[0] == pytest.approx(judge.support(PAIRS[:1])[0], abs=1e-4)
    assert judge.support([]) == ()


@pytest.mark.local
def test_the_identity_names_the_weights(tmp_path: Path) -> None:
    """Other weights under the same name are another judge, so that nothing is taken for judged by it."""
    folder = model(tmp_path)
    before = NliJudge(str(folder)).identity
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\0\0\0\1")

    assert NliJudge(str(folder)).identity != before
    assert str(folder) in before


@pytest.mark.local
def test_weights_that_are_not_safetensors_are_refused(tmp_path: Path) -> None:
    """A pickle is never opened."""
    folder = model(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(ModelError, match="cannot be used"):
        NliJudge(str(folder)).support(PAIRS)


@pytest.mark.local
def test_a_classifier_of_other_things_is_refused(tmp_path: Path) -> None:
    """A model of moods cannot judge."""
    with pytest.raises(ModelError, match="says entailment"):
        NliJudge(str(model(tmp_path, ("good", "bad")))).support(PAIRS)


@pytest.mark.parametrize(
    ("labels", "number"),
    [
        (("entailment", "neutral", "contradiction"), 0),
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), 2),
        (("not_entailment", "entailment"), 1),
        (("refuted", "supported"), 1),
    ],
)
def test_labels_are_known_by_their_names(labels: tuple[str, ...], number: int) -> None:
    """Models number them differently."""
    assert entailment_label(dict(enumerate(labels))) == number


def test_labels_without_names_are_refused() -> None:
    """A guess would turn every judgement round."""
    with pytest.raises(ModelError, match="LABEL_0"):
        entailment_label({0: "LABEL_0", 1: "LABEL_1"})
