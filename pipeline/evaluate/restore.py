"""The table of restoration: our model beside the captions as they are, a plain lexicon, and an end every 12 words."""

from __future__ import annotations

import resource
import time
from functools import cache
from typing import TYPE_CHECKING

from models.restore import Policy, Restorer, load
from pipeline.evaluate import marks, spelling, texts
from pipeline.evaluate.structure import Row
from pipeline.text.captions import Word
from pipeline.text.marked import marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOUR = 9_000
"""Words of an hour of speech."""


class Methods:
    """Ways to restore captions, under the names of the table."""

    def __init__(self, restorer: Restorer) -> None:
        """The model under test; the lexicon is its own, used without context."""
        self._restorer = restorer
        self._restored = cache(self._run)

    def _run(self, captions: tuple[str, ...]) -> tuple[Word, ...]:
        return self._restorer.restore(tuple(map(Word, captions)))

    def model(self, captions: Sequence[str]) -> list[str]:
        """Words as the model spells them."""
        return [_bareword(word.text) for word in self._restored(tuple(captions))]

    def lexicon(self, captions: Sequence[str]) -> list[str]:
        """Each word in its most frequent spelling."""
        return [self._restorer.usual(word) for word in captions]

    def marks(self, captions: Sequence[str]) -> list[str]:
        """The mark after each word as the model sets them."""
        return [_mark(word.text) for word in self._restored(tuple(captions))]


def identity(captions: Sequence[str]) -> Sequence[str]:
    """The captions as they are."""
    return captions


def rows(shared: Path) -> list[Row]:
    """All figures but those of speed."""
    methods, free = Methods(load()), Methods(load(Policy(longest=10**6)))
    return [*_spelling(shared, methods), *_made_worse(shared, methods), *_marks(shared, methods, free)]


def _spelling(shared: Path, methods: Methods) -> Iterator[Row]:
    spellers = {"identity": identity, "lexicon": methods.lexicon, "tadwin": methods.model}
    books, sermons, typed = list(texts.books(shared)), list(texts.sermons(shared)), list(texts.typed(shared))
    for name, speller in spellers.items():
        for count, data, items in (
            (spelling.of_texts(books, speller), "books", len(books)),
            (spelling.of_pairs(sermons, speller), "sermons (silver)", len(sermons)),
            (spelling.of_texts(typed, speller), "typed captions folded, dialect", len(typed)),
        ):
            yield Row(data, "words spelled exactly", name, count.share, items)


def _made_worse(shared: Path, methods: Methods) -> Iterator[Row]:
    for folder in ("economy_talk", "maths_lecture"):
        typed = list(texts.typed(shared, folder))
        worse = spelling.worsened(typed, methods.model).share
        yield Row(f"typed captions as they are, {folder}", "words made worse", "tadwin", worse, len(typed))


def _marks(shared: Path, methods: Methods, free: Methods) -> Iterator[Row]:
    markers = {"every 12 words": marks.every(12), "tadwin": methods.marks, "tadwin, any length": free.marks}
    books, typed = list(texts.books(shared)), list(texts.typed(shared))
    for name, marker in markers.items():
        found = marks.of_texts(books, marker)
        yield Row("books", "sentence ends, F1", name, found.ends.f1, len(books))
        yield Row("books", "commas, semicolons and colons, micro F1", name, found.inner.f1, len(books))
        yield Row("books", "all marks, micro F1", name, found.every.f1, len(books))
        yield Row("typed captions, dialect", "line ends, F1", name, marks.clauses(typed, marker).f1, len(typed))


def speed(shared: Path) -> Iterator[Row]:
    """Seconds and memory of an hour of speech; run on its own, so that the memory is the restorer's."""
    words = tuple(map(Word, next(texts.books(shared)).captions[:HOUR]))
    begun = time.perf_counter()
    restorer = load()
    loaded = time.perf_counter()
    restorer.restore(words)
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row(f"{len(words)} words", "seconds to load", "tadwin", loaded - begun, 1)
    yield Row(f"{len(words)} words", "seconds to restore", "tadwin", done - loaded, 1)
    yield Row(f"{len(words)} words", "peak memory, MB", "tadwin", memory, 1)


def _bareword(text: str) -> str:
    found = marked(text)
    return found[0].text if found else text


def _mark(text: str) -> str:
    found = marked(text)
    return found[-1].mark if found else ""
