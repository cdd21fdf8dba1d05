"""The models of quotability, and the judgements that teach them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.training import quotability as training
from models.training.corpus import judged
from models.training.corpus.files import CORPUS, MARKED, talks
from models.training.corpus.talks import Talk
from models.training.pairs import area
from models.writers import quotability
from models.writers.telling import telling_chances
from pipeline.types.article import Sentence


@pytest.fixture(scope="module")
def parts() -> tuple[list[Talk], list[Talk]]:
    """The judged talks that train, and those that measure."""
    return training.judged_talks()


@pytest.mark.parametrize("name", training.MODELS)
def test_the_weights_are_those_that_the_judgements_teach(name: str, parts: tuple[list[Talk], list[Talk]]) -> None:
    """Making them again gives the same but for rounding, and they tell unseen sentences apart."""
    learned, measured = parts
    weights = training.fitted(*training.examples(learned, name))
    shipped = quotability.tables()[name]

    assert np.abs(weights - shipped).max() < np.abs(weights).max() / training.GREATEST
    rows, truth = training.examples(measured, name)
    assert area([float(shipped[row].sum()) for row in rows], truth.tolist()) > 0.75


def test_they_tell_more_than_a_sentence_says_by_its_shape(
    parts: tuple[list[Talk], list[Talk]],
) -> None:
    """What is worth telling is told better by its words than by its length, figures and place."""
    _, measured = parts
    rows, truth = training.examples(measured, "tells")
    ours = [float(quotability.tables()["tells"][row].sum()) for row in rows]
    shapes = [
        chance
        for talk in measured
        for chance in telling_chances([Sentence(each.number, each.printed) for each in talk.sentences]).values()
    ]

    assert area(ours, truth.tolist()) > area(shapes, truth.tolist()) + 0.03


def test_every_judged_talk_has_a_judgement_for_each_sentence() -> None:
    """And none is of a talk that is not there; one sentence more, or a talk less, is a fault."""
    library = [*talks(CORPUS), *talks(MARKED)]
    first = next(talk for talk in library if talk.id in judged.judgements())
    shorter = [replace(talk, sentences=talk.sentences[1:]) if talk is first else talk for talk in library]

    without = [talk for talk in library if talk is not first]
    count = len(first.sentences)

    assert list(judged.faults(library)) == []
    assert list(judged.faults(shorter)) == [f"{first.id}: {count} judgements of {count - 1} sentences"]
    assert list(judged.faults(without)) == [f"judged.txt: {first.id} is no talk"]
