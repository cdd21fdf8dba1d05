"""What says a talk's main points is told better than by a guess, and better than by the words that come again."""

from statistics import mean

from models.training.boundaries import fitted
from models.training.main_points import centroid, covered, held_out, judged_talks
from models.training.pairs import area
from models.writers.telling import WEIGHTS


def test_the_weights_are_those_that_the_corpus_teaches() -> None:
    """Making them again gives the same, as far as they are written down."""
    made = fitted([each for talk in judged_talks() for each in talk.examples()], {})
    assert {name: round(weight, 2) for name, weight in made.items()} == WEIGHTS


def test_they_do_better_on_unseen_talks_than_the_centroid() -> None:
    """By area, and by the main points' words among the best sentences."""
    judged = judged_talks()
    scores, plain = held_out(judged), [centroid(talk.sentences) for talk in judged]
    ours, theirs = (mean(area(s, t.main) for s, t in zip(of, judged, strict=True)) for of in (scores, plain))
    assert ours > theirs + 0.1
    told = [mean(covered(s, t, 0.3) for s, t in zip(of, judged, strict=True)) for of in (scores, plain)]
    assert told[0] > told[1] + 0.05
