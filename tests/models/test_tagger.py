"""The network with weights made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.restore.tagger import WINDOW, Tagger
from tests.models.weights import DILATIONS, MARKS, TAGS, weights

TALK = ["ان", "الى", "كتاب", "سنه", "0", "a", "امر", "ايضا", "هذا"]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """A small network of random numbers."""
    return Tagger(weights())


def test_every_word_has_probabilities_for_every_choice(tagger: Tagger) -> None:
    """Tags and marks share out one, whatever the words are."""
    scores = tagger.scores(TALK)

    assert scores.tags.shape == (len(TALK), len(TAGS))
    assert scores.marks.shape == (len(TALK), len(MARKS))
    assert scores.tanween.shape == (len(TALK),)
    assert np.allclose(scores.tags.sum(1), 1, atol=1e-5)
    assert np.allclose(scores.marks.sum(1), 1, atol=1e-5)


def test_letters_forbid_tags(tagger: Tagger) -> None:
    """A word without alef gets no hamza, one without final haa no taa marbuta: exactly zero."""
    book, year, number = tagger.scores(["قلم", "سنه", "0"]).tags

    assert book.tolist() == number.tolist() == [1, 0, 0, 0, 0]
    assert year[[1, 2, 4]].tolist() == [0, 0, 0]
    assert year[3] > 0


def test_without_a_network_the_lexicon_decides() -> None:
    """The shares of the counts come out, smoothed; tanween as often as it was seen."""
    scores = Tagger(weights(strength=0)).scores(["ان", "سنه", "ايضا", "هذا"])

    assert scores.tags[0, 1] == pytest.approx(30.1 / 40.3, abs=0.01)
    assert scores.tags[1, 3] == pytest.approx(9.1 / 10.2, abs=0.01)
    assert scores.tanween[2] == pytest.approx(9.2 / 11.2, abs=0.01)
    assert scores.tanween[3] < 0.01


def test_relatives_speak_for_a_word_never_seen() -> None:
    """`والامر` is spelled after `امر`, its hamza on the second alef; a word without relatives stays open."""
    scores = Tagger(weights(strength=0)).scores(["والامر", "باب"])

    assert scores.tags[0].argmax() == TAGS.index("1أ")
    assert scores.tags[1, 0] == pytest.approx(1 / 3, abs=0.01)


def test_words_are_read_in_context(tagger: Tagger) -> None:
    """A neighbour as far away as the layers reach together changes a word's scores, one beyond does not."""
    reach = sum(DILATIONS)
    plain = ["كتاب"] * 9
    marks = tagger.scores(plain).marks[4]

    for place, seen in ((4 - reach, True), (4 + reach, True), (4 - reach - 1, False), (4 + reach + 1, False)):
        other = ["امر" if at == place else word for at, word in enumerate(plain)]
        assert np.allclose(tagger.scores(other).marks[4], marks, atol=1e-6) is not seen


def test_a_long_talk_is_read_as_one(tagger: Tagger) -> None:
    """Where one window ends and the next begins, no word's scores show it."""
    rest = 40
    talk = [TALK[(at * at) % len(TALK)] for at in range(WINDOW + rest)]
    whole, tail = tagger.scores(talk), tagger.scores(talk[WINDOW - rest :])

    assert len(whole.marks) == len(talk)
    assert np.allclose(whole.marks[WINDOW - 10 :], tail.marks[rest - 10 :], atol=1e-5)


def test_the_same_words_score_the_same(tagger: Tagger) -> None:
    """Two runs agree to the last bit."""
    assert np.array_equal(tagger.scores(TALK).marks, tagger.scores(TALK).marks)
