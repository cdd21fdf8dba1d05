"""Doing a step once."""

from __future__ import annotations

from pipeline.events import Event, StepDone, StepStarted
from pipeline.memo import Memo, Step
from pipeline.types.article import Chapter
from tests.fakes.store import MemoryStore

NAMED = Step("name", 1, Chapter)


class Maker:
    """Makes chapters and remembers what it was asked."""

    def __init__(self, *, upper: bool = False) -> None:
        """Write titles in capitals, if asked."""
        self.calls: list[tuple[float, str]] = []
        self._upper = upper

    def chapter(self, start: float, title: str) -> Chapter:
        """A chapter with that start and title."""
        self.calls.append((start, title))
        return Chapter(start, title.upper() if self._upper else title)


def test_a_step_is_done_once_for_the_same_inputs() -> None:
    """The second time, the result comes from the store and the function is not called."""
    maker, memo = Maker(), Memo(MemoryStore())

    first = memo(NAMED, maker.chapter, 1.0, "a")
    second = memo(NAMED, maker.chapter, 1.0, "a")

    assert first == second == Chapter(1.0, "a")
    assert maker.calls == [(1.0, "a")]


def test_any_changed_input_does_the_step_again() -> None:
    """Another value, another version, another maker or another step name is another computation."""
    maker, memo = Maker(), Memo(MemoryStore())
    memo(NAMED, maker.chapter, 1.0, "a")

    memo(NAMED, maker.chapter, 2.0, "a")
    memo(NAMED, maker.chapter, 1.0, "b")
    memo(Step("name", 2, Chapter), maker.chapter, 1.0, "a")
    memo(NAMED.by("somebody"), maker.chapter, 1.0, "a")
    memo(Step("other", 1, Chapter), maker.chapter, 1.0, "a")

    assert len(maker.calls) == 6


def test_a_new_version_with_the_same_result_stops_there() -> None:
    """Keys chain on results: when a step answers as before, the step after it is not done again."""
    maker, later, memo = Maker(), Maker(upper=True), Memo(MemoryStore())

    for version in (1, 2, 3):
        chapter = memo(Step("first", version, Chapter), maker.chapter, 1.0, "a")
        memo(Step("second", 1, Chapter), later.chapter, chapter.start, chapter.title)

    assert len(maker.calls) == 3
    assert len(later.calls) == 1


def test_what_was_stored_is_known_without_making_it() -> None:
    """Only a result for the very inputs, step and maker counts, and none of a step that is done anew."""
    maker, store = Maker(), MemoryStore()
    memo = Memo(store)
    memo(NAMED, maker.chapter, 1.0, "a")

    assert memo.has(NAMED, 1.0, "a")
    assert not memo.has(NAMED, 1.0, "b")
    assert not memo.has(NAMED.by("somebody"), 1.0, "a")
    assert not Memo(store, refresh=frozenset({"name"})).has(NAMED, 1.0, "a")
    assert len(maker.calls) == 1


def test_refresh_does_named_steps_anew() -> None:
    """A step named in `refresh` is done although its result is stored; others are not."""
    maker, store = Maker(), MemoryStore()
    Memo(store)(NAMED, maker.chapter, 1.0, "a")

    Memo(store, refresh=frozenset({"name"}))(NAMED, maker.chapter, 1.0, "a")
    Memo(store, refresh=frozenset({"other"}))(NAMED, maker.chapter, 1.0, "a")

    assert len(maker.calls) == 2


def test_progress_says_what_was_made_and_what_was_reused() -> None:
    """Each step reports its start and its end, or only that it was reused."""
    events: list[Event] = []
    memo = Memo(MemoryStore(), events.append)

    memo(NAMED, Maker().chapter, 1.0, "a")
    memo(NAMED, Maker().chapter, 1.0, "a")

    started, done, reused = events
    assert started == StepStarted("name")
    assert isinstance(done, StepDone)
    assert not done.reused
    assert reused == StepDone("name", 0.0, reused=True)
