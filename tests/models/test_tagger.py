"""The network with weights made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.restore.tagger import WINDOW, Tagger
from models.training.restore.packing import tag_counts
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


def spoken(**words: dict[int, int]) -> Tagger:
    """A tagger without a network that also knows words of dialect."""
    return Tagger(weights(strength=0) | tag_counts("spoken", words))


def test_in_dialect_its_own_talks_count_most() -> None:
    """What talks in dialect spell otherwise is spelled so in dialect, and nowhere else."""
    tagger = spoken(ان={2: 20})

    assert tagger.scores(["ان"]).tags[0].argmax() == 1
    assert tagger.scores(["ان"], dialect=True).tags[0].argmax() == 2


def test_a_spelling_without_exception_outweighs_the_network() -> None:
    """With the trust that speech gives, a word that was always written so is written so."""
    arrays = weights(strength=0) | {"dense_head_bias": np.array([9, 0, 0, 0, 0, 0, *[0] * 6], np.float16)}
    trusting = arrays | {"speech_trust": np.array([1, 1, 6], np.float32)}

    assert Tagger(arrays).scores(["امر"]).tags[0].argmax() == 0
    assert Tagger(trusting).scores(["امر"]).tags[0].argmax() == 1


def test_our_and_the_article_exclude_tanween() -> None:
    """`امرنا` is "our", and a definite word has none; a word that was seen with it has it."""
    scores = Tagger(weights(strength=0)).scores(["امرنا", "الكرا", "كرا", "ايضا"])

    assert scores.tanween[0] == scores.tanween[1] == 0
    assert scores.tanween[2] > 0.1
    assert scores.tanween[3] > 0.5


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
