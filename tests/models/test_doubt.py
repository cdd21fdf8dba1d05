"""Words that were probably misheard: those that nobody writes and nobody says again."""

from __future__ import annotations

import pytest

from models.restore.doubt import chances
from models.restore.restorer import EmbeddedRestorer, NeuralRestorer
from models.restore.tagger import Tagger
from pipeline.types.article import SpokenWord
from tests.models.weights import weights


def by_hand() -> Tagger:
    """A lexicon of four words."""
    return Tagger(weights(strength=0))


def test_a_word_that_nobody_writes_is_doubted() -> None:
    """Beside one of the lexicon, and beside a frequent one."""
    unknown, seen, frequent = chances(["زرفطش", "سنه", "امر"], by_hand())
    assert 0 < unknown < seen < 1
    assert unknown < frequent < 1


def test_what_is_said_again_is_doubted_less() -> None:
    """A rare name comes again; an error seldom does."""
    once, *often = chances(["قنطوره", "زرفطش", "امر", "زرفطش"], by_hand())
    assert once < often[0] == often[2]


def test_a_letter_alone_is_doubted_but_no_number() -> None:
    """The placeholders for numbers and foreign words are no letters."""
    letter, number, foreign = chances(["ب", "0", "a"], by_hand())
    assert letter < number
    assert letter < foreign


def test_the_restorer_doubts_what_recognition_spelled() -> None:
    """Captions that people typed have hamza and taa marbuta, and are judged by nobody."""
    restorer = NeuralRestorer(by_hand(), "by-hand")
    heard = restorer.restore(tuple(map(SpokenWord, ["قال", "ان", "زرفطش", "امر"])))
    typed = restorer.restore(tuple(map(SpokenWord, ["قال", "إن", "زرفطش", "أمر"])))
    assert all(word.known is not None and 0 < word.known < 1 for word in heard)
    assert {word.known for word in typed} == {None}


@pytest.mark.parametrize(("right", "wrong"), [("المدينه", "المضينه"), ("الحكومه", "الحوكمطه"), ("يكتب", "يكتنب")])
def test_the_shipped_weights_tell_a_word_from_its_mishearing(right: str, wrong: str) -> None:
    """Each said once in the same sentence."""
    tagger = EmbeddedRestorer().restorer.tagger
    sentence = "هذا كل ما قيل عن {} في تلك السنه".format
    known, doubted = (chances(sentence(word).split(), tagger)[5] for word in (right, wrong))
    assert doubted < known
