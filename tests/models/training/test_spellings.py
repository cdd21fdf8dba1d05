"""The spelling of speech that weights get beside what they learned."""

from __future__ import annotations

from collections import Counter

import pytest

from models.restore.quran import read_quran
from models.restore.tagger import Tagger, read_tag_counts, read_tanween_counts
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from models.training.restore import spoken
from models.training.restore.spellings import TALK, agreeing, with_speech
from pipeline.arabic.orthography import bare
from tests.models.weights import LEXICON, weights


def test_training_talks_count_and_others_do_not() -> None:
    """Each word of a training talk counts as often as the module says; what only other talks say stays unknown."""
    known = read_tag_counts(with_speech(weights()), "lexicon")
    split_of = {name: split for split, members in splits().items() for name in members}
    said: dict[str, set[str]] = {"train": set(), "development": set(), "test": set()}
    for talk in talks(CORPUS):
        said[split_of[talk.id]].update(bare(word.text) for word in spoken.written(talk))

    assert len(known.keys() & said["train"]) > 3000
    assert known["ان"][1] >= 30 + 100 * TALK
    recited = {bare(word) for verse in read_quran().values() for word in verse.split()}
    assert known.keys() & (said["test"] - said["train"] - recited - LEXICON.keys()) == set()


def test_words_of_dialect_have_a_table_of_their_own() -> None:
    """In dialect `إن` prevails, and in standard Arabic it does not."""
    tagger = Tagger(with_speech(weights(strength=0)))

    assert tagger.scores(["ان"]).tags[0].argmax() == 1
    assert tagger.scores(["ان"], dialect=True).tags[0].argmax() == 2


def test_tanween_counts_too() -> None:
    """A word that talks write with tanween is known to carry it."""
    some, total = read_tanween_counts(with_speech(weights()))["جدا"]

    assert total >= some > 0.8 * total > 0


def test_what_dialect_spells_otherwise_is_not_counted_in_standard_arabic() -> None:
    """`إنت` says nothing of `أنت`, and the rare second spelling of a word nothing of its first."""
    standard = {"انت": Counter({1: 500}), "لا": Counter({0: 900, 1: 1})}
    dialect = {"انت": Counter({2: 90}), "لا": Counter({0: 80, 1: 30}), "حته": Counter({3: 9})}

    assert agreeing(dialect, standard) == {"لا": Counter({0: 80}), "حته": Counter({3: 9})}


def test_speech_is_added_once() -> None:
    """A second time would count every talk twice."""
    with pytest.raises(ValueError, match="already"):
        with_speech(with_speech(weights()))
