"""What the weights of sentence ends are learned from."""

from __future__ import annotations

import pytest

from models.training.boundaries import examples_of, fitted
from models.training.corpus.captioned import as_typed, split_token
from models.training.corpus.files import CORPUS, talks
from pipeline.segment import boundary_weights
from pipeline.segment.boundaries import boundary_evidence
from pipeline.segment.prepare import NoRestoration, NoVerses
from pipeline.types.article import SpokenWord

TALK = talks(CORPUS)[0]
EXAMPLES = [({"judged": 1.0, "odds": 2.0, "loud": 1.0}, True)] * 30 + [({"judged": 1.0, "odds": -2.0}, False)] * 60


def test_what_goes_with_ends_speaks_for_them() -> None:
    """Odds of a model and what is only seen at ends get weights above zero; what is left out gets none."""
    weights = fitted([*EXAMPLES, ({"judged": 1.0, "odds": -2.0, "pause": 1.0}, True)], {})

    assert weights["odds"] > 0
    assert weights["loud"] > 0
    assert "pause" not in weights


def test_given_weights_stay() -> None:
    """A weight that the corpus cannot teach is kept as it is, and the others are fitted beside it."""
    assert fitted(EXAMPLES, {"loud": -3.0})["loud"] == -3.0
    assert fitted(EXAMPLES, {"loud": -3.0})["odds"] > fitted(EXAMPLES, {"loud": 3.0})["odds"]


def test_only_places_that_may_end_are_examples() -> None:
    """In a typed talk they are line ends without an end mark of their own, and each knows whether gold ends there."""
    examples = list(examples_of(as_typed(TALK), typed=True, restorer=NoRestoration(), verses=NoVerses()))

    assert len(examples) < len(TALK.sentences) * 3
    assert all({"full line", "broken line"} & evidence.keys() for evidence, _ in examples)
    assert len(TALK.sentences) / 2 < sum(ended for _, ended in examples) < len(TALK.sentences)


@pytest.mark.parametrize("table", [boundary_weights.SPOKEN, boundary_weights.TYPED])
def test_the_weights_that_ship_are_for_evidence_that_exists(table: dict[str, float]) -> None:
    """The odds count for an end, and what the program reads is weighed by the name it is written with."""
    text = "ثم رأى كتاب الله في البيت"
    words = [SpokenWord(word, at + 0.0, at + 0.9, odds=1.0) for at, word in enumerate(text.split())]
    seen = {name for evidence in boundary_evidence(words, 0.7) for name in evidence}

    assert table["odds"] > 0
    assert seen - {"pause", "silence", "no silence"} <= table.keys()


def test_marks_and_brackets_are_told_from_words() -> None:
    """The strongest mark counts, whichever signs stand around it; figures keep their dots."""
    assert split_token("«نعم؟».") == ("نعم", "؟")
    assert split_token("3.5،") == ("3.5", "،")
    assert split_token("﴿الكتاب﴾") == ("الكتاب", "")
