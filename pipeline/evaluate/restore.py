"""The table of restoration: our model beside the captions as they are, a plain lexicon, and an end every 12 words."""

from __future__ import annotations

import resource
import time
from functools import cache
from typing import TYPE_CHECKING

from models.restore import Policy, Restorer, load
from pipeline.evaluate import marks, spelling, texts
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


def rows(shared: Path) -> Iterator[str]:
    """The lines of the table, as they are measured."""
    methods, free = Methods(load()), Methods(load(Policy(longest=10**6)))
    yield from _spelling_rows(shared, methods)
    yield from _mark_rows(shared, methods, free)


def _spelling_rows(shared: Path, methods: Methods) -> Iterator[str]:
    spellers = {"identity": identity, "lexicon": methods.lexicon, "model": methods.model}
    books, sermons, typed = list(texts.books(shared)), list(texts.sermons(shared)), list(texts.typed(shared))
    for name, speller in spellers.items():
        yield f"spelled exactly, books        {name:9} {spelling.of_texts(books, speller).share:.4f}"
    for name, speller in spellers.items():
        yield f"spelled exactly, sermons      {name:9} {spelling.of_pairs(sermons, speller).share:.4f}"
    for name, speller in spellers.items():
        yield f"spelled exactly, typed, dialect {name:7} {spelling.of_texts(typed, speller).share:.4f}"
    yield f"made worse, typed as they are           {spelling.worsened(typed, methods.model).share:.4%}"


def _mark_rows(shared: Path, methods: Methods, free: Methods) -> Iterator[str]:
    markers = {"every 12": marks.every(12), "model": methods.marks, "model, any length": free.marks}
    books, typed = list(texts.books(shared)), list(texts.typed(shared))
    for name, marker in markers.items():
        found = marks.of_texts(books, marker)
        yield f"books: ends {found.ends.f1:.3f}  inner marks {found.inner.f1:.3f}  all {found.every.f1:.3f}  {name}"
    for name, marker in markers.items():
        yield f"clause boundaries of people, F1 {marks.clauses(typed, marker).f1:.3f}  {name}"


def speed(shared: Path) -> Iterator[str]:
    """Seconds and memory of an hour of speech; run on its own, so that the memory is the restorer's."""
    words = tuple(map(Word, next(texts.books(shared)).captions[:HOUR]))
    begun = time.perf_counter()
    restorer = load()
    loaded = time.perf_counter()
    restorer.restore(words)
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"{len(words)} words restored in {done - loaded:.2f} s after {loaded - begun:.2f} s of loading; {memory:.0f} MB"


def _bareword(text: str) -> str:
    found = marked(text)
    return found[0].text if found else text


def _mark(text: str) -> str:
    found = marked(text)
    return found[-1].mark if found else ""
