"""A judge on tiny random classifiers: what they say is noise, how they are asked is real."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.judges.classifier import (
    BATCH,
    MARKED_FROM,
    ClassifierJudge,
    entailment_label,
    marked_words,
    unsupported_label,
)
from pipeline.errors import ModelError
from pipeline.types.judging import Claim, VerdictKind

PAIRS = [("ينبع الفرات من تركيا", "ينبع نهر الفرات من جبال الأناضول في تركيا"), ("الماء غال", "الماء رخيص جدًا هنا")]


def model(
    folder: Path, labels: tuple[str, ...] = ("contradiction", "ENTAILMENT", "neutral"), bias: tuple[float, ...] = ()
) -> Path:
    """A BERT of two layers with random weights and a tokenizer of letters, as a hub would give it.

    With a `bias` it classifies words instead, each alike.
    """
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
    if bias:
        marking = transformers.BertForTokenClassification(config)
        marking.classifier.weight.data.zero_()
        marking.classifier.bias.data = torch.tensor(bias)
        marking.save_pretrained(folder)
    else:
        transformers.BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.local
def test_odds_are_the_probability_of_entailment(tmp_path: Path) -> None:
    """One probability a pair, the same whatever stands beside it in the batch; the label is found by its name."""
    judge = ClassifierJudge(str(model(tmp_path)))
    odds = judge.support(PAIRS * BATCH)

    assert len(odds) == 2 * BATCH
    assert all(0 < each < 1 for each in odds)
    assert odds[0] != odds[1]
    assert odds[0] == pytest.approx(judge.support(PAIRS[:1])[0], abs=1e-4)
    assert judge.support([]) == ()


@pytest.mark.local
@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1"), ("supported", "hallucinated")])
def test_a_token_classifier_names_the_words_that_fail(tmp_path: Path, labels: tuple[str, str]) -> None:
    """The least supported word decides; what stands is not complained about, and words of the evidence never are."""
    claims = [Claim(claim, (evidence,)) for claim, evidence in PAIRS]
    (tmp_path / "marking").mkdir()
    (tmp_path / "content").mkdir()
    marking = ClassifierJudge(str(model(tmp_path / "marking", labels, (-4.0, 4.0)))).verdicts(claims)
    content = ClassifierJudge(str(model(tmp_path / "content", labels, (4.0, -4.0)))).verdicts(claims)

    assert [each.failing for each in marking] == [claim for claim, _ in PAIRS]
    assert all(each.kind is VerdictKind.UNSUPPORTED for each in marking)
    assert all((each.failing, each.kind) == ("", VerdictKind.UNSURE) for each in content)
    assert all((each.odds or 0) > MARKED_FROM for each in content)


def test_a_word_is_marked_by_any_of_its_pieces() -> None:
    """Pieces may begin with the space before their word; a doubt below the limit marks nothing."""
    spans = [(0, 3, 0.1), (3, 6, 0.9), (6, 12, 0.2), (12, 18, 0.7)]
    assert marked_words("ينبعان الماء والنهر", spans) == "ينبعان والنهر"
    assert marked_words("الماء غال", [(0, 5, 0.2), (5, 9, MARKED_FROM)]) == "غال"


@pytest.mark.local
def test_the_identity_names_the_weights(tmp_path: Path) -> None:
    """Other weights under the same name are another judge, so that nothing is taken for judged by it."""
    folder = model(tmp_path)
    before = ClassifierJudge(str(folder)).identity
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\0\0\0\1")

    assert ClassifierJudge(str(folder)).identity != before
    assert str(folder) in before


@pytest.mark.local
def test_weights_that_are_not_safetensors_are_refused(tmp_path: Path) -> None:
    """A pickle is never opened."""
    folder = model(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(ModelError, match="cannot be used"):
        ClassifierJudge(str(folder)).support(PAIRS)


@pytest.mark.local
def test_a_classifier_of_other_things_is_refused(tmp_path: Path) -> None:
    """A model of moods cannot judge."""
    with pytest.raises(ModelError, match="says entailment"):
        ClassifierJudge(str(model(tmp_path, ("good", "bad")))).support(PAIRS)


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


def test_the_label_of_unsupported_words_is_known() -> None:
    """By its name, or where none has a name as LettuceDetect has it."""
    assert unsupported_label({0: "LABEL_0", 1: "LABEL_1"}) == 1
    assert unsupported_label({0: "hallucinated", 1: "supported"}) == 0
    with pytest.raises(ModelError, match="not supported"):
        unsupported_label({0: "B-PER", 1: "I-PER"})
