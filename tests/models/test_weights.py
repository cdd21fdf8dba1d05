"""The weights that ship, on text that the project wrote."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import models
from models.restore import Restorer, Shipped
from pipeline.evaluate import spelling
from pipeline.evaluate.own import gold_files, read_gold
from pipeline.evaluate.restore import Methods
from pipeline.evaluate.texts import Text, joined
from pipeline.settings import TextSettings
from pipeline.text.captions import Word
from pipeline.text.sentences import split

WEIGHTS = Path(models.__file__).parent / "weights" / "restore.npz"
GOLD = {path.stem: path for path in gold_files()}


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    """The restorer as the program loads it."""
    return Shipped().restorer


@pytest.fixture(scope="module")
def methods(restorer: Restorer) -> Methods:
    """The restorer beside the baselines."""
    return Methods(restorer)


def gold(name: str) -> Text:
    """A gold talk as one text: every line of it is a sentence."""
    return joined(name, read_gold(GOLD[name]).sentences)


def test_the_weights_are_plain_and_small() -> None:
    """At most 12 MB of arrays that load without pickle."""
    with np.load(WEIGHTS, allow_pickle=False) as archive:
        kinds = {archive[name].dtype.kind for name in archive.files}

    assert WEIGHTS.stat().st_size <= 12_000_000
    assert kinds <= set("iufU")


def test_the_identity_names_the_weights(restorer: Restorer) -> None:
    """It is the same in every run, so that finished work is found again."""
    assert restorer.identity == Shipped().identity
    assert restorer.identity.startswith("restore-")


@pytest.mark.parametrize(
    "written",
    [
        "ذهب الأولاد إلى المدرسة في الصباح",
        "هذه الحكومة لا تملك أي خطة لإدارة الأزمة الاقتصادية",
        "وقد أكد الرئيس أن العلاقات بين البلدين قوية",
        "كانت الإمبراطورية العثمانية أكبر دولة إسلامية في العالم",
        "أعلنت الشركة عن إنتاج هاتف جديد في سنة 2010",
        "تعتبر اللغة العربية من أقدم اللغات السامية",
        "ولد في مدينة القاهرة ودرس الهندسة في جامعة الإسكندرية",
    ],
)
def test_plain_sentences_are_spelled_as_they_are_written(methods: Methods, written: str) -> None:
    """Hamza, taa marbuta and what has neither, in sentences of the everyday press."""
    text = joined("", [written])

    assert " ".join(methods.model(text.captions)) == written


def test_the_words_around_decide(methods: Methods) -> None:
    """One spelling in captions, two in writing: after `قال` and before a name, in construct and with a pronoun."""
    assert "إن" in methods.model(["وقال", "الرئيس", "ان", "الدوله", "قويه"])
    assert "أن" in methods.model(["يجب", "ان", "تكون", "الدوله", "قويه"])


def test_sentences_begin_where_one_is_over(restorer: Restorer) -> None:
    """Two plain sentences are told apart."""
    talk = "تقع المدينه في شمال البلاد وتبلغ مساحتها مئه كيلومتر مربع ولد الشاعر في عام 1920 ودرس في جامعه دمشق"
    sentences = split(restorer.restore(tuple(map(Word, talk.split()))), TextSettings())

    assert [sentence.text.split()[-1] for sentence in sentences] == ["مربع.", "دمشق."]


@pytest.mark.parametrize(("name", "floor"), [("talk", 0.98), ("solar_home", 0.98), ("koshari", 0.95)])
def test_gold_talks_are_spelled(methods: Methods, name: str, floor: float) -> None:
    """Share of words spelled exactly; the captions as they are have between 0.7 and 0.85."""
    found = spelling.of_texts([gold(name)], methods.model)

    assert found.share >= floor
    assert found.share > spelling.of_texts([gold(name)], methods.lexicon).share


@pytest.mark.parametrize("name", sorted(GOLD))
def test_gold_talks_as_they_are_stay(restorer: Restorer, name: str) -> None:
    """Spelled and punctuated text is returned word for word."""
    track = tuple(Word(word) for sentence in read_gold(GOLD[name]).sentences for word in sentence.split())

    assert restorer.restore(track) == track
