"""Times that cannot all be true are left out or moved, and what is said keeps its order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.time_order import with_possible_times
from pipeline.types.article import Caption


def timed(*starts: float | None, length: float = 3.5) -> tuple[Caption, ...]:
    """Captions at these times."""
    return tuple(
        Caption(f"كلام رقم {number} في هذا النص", start, None if start is None else start + length)
        for number, start in enumerate(starts)
    )


def starts(*given_starts: float | None) -> list[float | None]:
    """The times that captions at these times get."""
    return [caption.start for caption in with_possible_times(timed(*given_starts))[0]]


def test_parts_that_begin_anew_follow_each_other() -> None:
    """Later parts move behind the earlier ones with all their times, and the user is told."""
    parts = (*timed(0, 4, 8), Caption("ثم عاد", 0.5, 2.0, (0.5, 1.0)), *timed(4, 8))
    captions, note = with_possible_times(parts)

    assert [caption.start for caption in captions] == [0, 4, 8, 12.0, 15.5, 19.5]
    assert captions[3] == Caption("ثم عاد", 12.0, 13.5, (12.0, 12.5))
    assert note == "Its times begin anew; later parts were moved behind earlier ones: 1."


def test_true_times_in_disorder_stay() -> None:
    """Stretches that complete each other, neighbours that changed places and overlaps keep their times."""
    for true in ((40, 44, 48, 0, 4, 8, 12, 16, 20, 24, 28, 32, 36), (4, 0, 12, 8, 20, 16), (0, 4, 3, 8, 7.5, 12)):
        assert with_possible_times(timed(*true)) == (timed(*true), "")


def test_a_single_wrong_time_is_left_out() -> None:
    """A caption whose time leaves a hole at its place stays there without it, whether it lies ahead or behind."""
    assert starts(0, 4, 96, 12, 16) == [0, 4, None, 12, 16]
    assert starts(0, 4, 8, 1, 16, 20) == [0, 4, 8, None, 16, 20]
    assert "left out: 1" in with_possible_times(timed(0, 4, 96, 12, 16))[1]


def test_equal_times_are_none() -> None:
    """A file that gives every caption the same time knows none."""
    captions, note = with_possible_times(timed(0, 0, 0))

    assert [(caption.start, caption.end) for caption in captions] == [(None, None)] * 3
    assert note == "Its times are all equal."
    assert with_possible_times(timed(0, 0)) == (timed(0, 0), "")


@given(st.lists(st.none() | st.integers(0, 60), max_size=14))
def test_no_caption_is_lost_or_moved(given_starts: list[int | None]) -> None:
    """Whatever the times: the same captions in the same order, no time before zero, an untimed one stays untimed."""
    before = timed(*given_starts)
    after = with_possible_times(before)[0]

    assert [caption.text for caption in after] == [caption.text for caption in before]
    assert all(caption.start is None or caption.start >= 0 for caption in after)
    assert all(old.start is not None or new.start is None for old, new in zip(before, after, strict=True))
