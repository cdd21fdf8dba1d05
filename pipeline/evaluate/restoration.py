"""Restoration beside its baselines: captions as they are, a plain lexicon, and a sentence end every 12 words."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.arabic.punctuation import marked_words
from pipeline.evaluate import marks, spelling
from pipeline.evaluate.measures import OURS, ResultRow
from pipeline.evaluate.restoration_texts import matched
from pipeline.segment.sentences import split_sentences
from pipeline.settings import TextSettings
from pipeline.types.article import SpokenWord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.restore.restorer import NeuralRestorer
    from pipeline.evaluate.marks import Marker
    from pipeline.evaluate.restoration_texts import CorrectedText, WrittenText
    from pipeline.evaluate.spelling import Speller


class RestorationMethods:
    """The ways to restore captions that the table compares."""

    def __init__(self, restorer: NeuralRestorer) -> None:
        """The model under test, whose lexicon also serves alone, without context."""

        @cache
        def restored(captions: tuple[str, ...]) -> tuple[SpokenWord, ...]:
            return restorer.restore(tuple(map(SpokenWord, captions)))

        self._restorer, self._restored = restorer, restored

    def model(self, captions: Sequence[str]) -> list[str]:
        """The words as the model spells them, without marks."""
        restored = [word.text for word in self._restored(tuple(captions))]
        marked = map(marked_words, restored)
        return [words[0].text if words else text for text, words in zip(restored, marked, strict=True)]

    def lexicon(self, captions: Sequence[str]) -> list[str]:
        """Each word in its most frequent spelling."""
        return [self._restorer.usual_spelling(word) for word in captions]

    def marks(self, captions: Sequence[str]) -> list[str]:
        """The mark after each word, after the program has divided the words into sentences."""
        sentences = split_sentences(self._restored(tuple(captions)), TextSettings())
        marked = [marked_words(word) for sentence in sentences for word in sentence.text.split()]
        return [words[-1].mark if words else "" for words in marked]

    def ends(self, words: tuple[SpokenWord, ...]) -> set[int]:
        """The positions of the words after which the program ends sentences, with the help of their times."""
        sentences = split_sentences(self._restorer.restore(words), TextSettings())
        return {last - 1 for last in accumulate(len(sentence.text.split()) for sentence in sentences)}

    @property
    def spellers(self) -> dict[str, Speller]:
        """The ways to spell, by system."""
        return {OURS: self.model, "lexicon": self.lexicon, "identity": identity}

    @property
    def markers(self) -> dict[str, Marker]:
        """The ways to set marks, by system."""
        return {OURS: self.marks, "every 12 words": marks.every(12)}


def identity(captions: Sequence[str]) -> Sequence[str]:
    """The captions as they are."""
    return captions


def spelled(name: str, texts: Sequence[WrittenText], methods: RestorationMethods) -> Iterator[ResultRow]:
    """Texts in the letters of captions, restored: the share of words spelled as in the text."""
    for system, speller in methods.spellers.items():
        yield ResultRow(name, "words spelled exactly", system, spelling.of_texts(texts, speller).share, len(texts))


def edited(name: str, pairs: Sequence[CorrectedText], methods: RestorationMethods) -> Iterator[ResultRow]:
    """Real captions, restored: the share of words spelled as an editor spells them."""
    for system, speller in methods.spellers.items():
        yield ResultRow(name, "words spelled exactly", system, spelling.of_pairs(pairs, speller).share, len(pairs))


def unharmed(name: str, texts: Sequence[WrittenText], methods: RestorationMethods) -> Iterator[ResultRow]:
    """Typed text, restored: the share of words that are changed, each for the worse."""
    yield ResultRow(name, "words made worse", OURS, spelling.worsened(texts, methods.model).share, len(texts))


def punctuated(name: str, texts: Sequence[WrittenText], methods: RestorationMethods) -> Iterator[ResultRow]:
    """Texts stripped of marks: F1 of sentence ends, and micro F1 of the marks inside sentences."""
    for system, marker in methods.markers.items():
        scores = marks.of_texts(texts, marker)
        yield ResultRow(name, "sentence ends F1", system, scores.ends.f1, len(texts))
        yield ResultRow(name, "commas and other marks, micro F1", system, scores.inner.f1, len(texts))


def timed(
    name: str, heard: tuple[SpokenWord, ...], text: WrittenText, methods: RestorationMethods
) -> Iterator[ResultRow]:
    """Captions with times, of a known text: F1 of sentence ends, on the words that captions and text share."""
    places = matched([word.text for word in heard], [word.text for word in text.words])
    true = {at for at, place in places.items() if place in text.ends}
    for system, ends in ((OURS, methods.ends(heard)), ("every 12 words", set(range(11, len(heard), 12)))):
        yield ResultRow(name, "sentence ends F1", system, marks.places(true, ends).f1, 1)


def clauses(name: str, texts: Sequence[WrittenText], methods: RestorationMethods) -> Iterator[ResultRow]:
    """Typed captions: F1 of any mark against the line ends that people chose."""
    for system, marker in methods.markers.items():
        yield ResultRow(name, "line ends F1", system, marks.clauses(texts, marker).f1, len(texts))
