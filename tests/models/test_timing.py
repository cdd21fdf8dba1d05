"""What captions' times and lines tell of the places after words."""

from __future__ import annotations

from models.restore.timing import BORDERS, PAUSES, UNKNOWN, timing, untimed
from pipeline.types.article import Border, SpokenWord


def spoken(*silences: float | None, borders: dict[int, Border] | None = None) -> list[SpokenWord]:
    """Words of half a second with such silences after all but the last; None where the next has no time."""
    words, now = [], 0.0
    for at, silence in enumerate([*silences, 0.0]):
        known = at == 0 or silences[at - 1] is not None
        border = (borders or {}).get(at, Border.NONE)
        words.append(SpokenWord("كلمة", now if known else None, now + 0.5, border))
        now += 0.5 + (silence or 0.0)
    return words


def test_silences_have_classes_by_their_length() -> None:
    """None, shorter than .15, .35, .7 and 1.2 seconds, and longer; after the last word nothing is known."""
    words = spoken(0.0, 0.125, 0.25, 0.5, 1.0, 9.0)

    assert timing(words).pauses == [1, 2, 3, 4, 5, 6, UNKNOWN]
    assert max(timing(words).pauses) < PAUSES


def test_a_track_that_times_lines_alone_tells_nothing_inside_them() -> None:
    """No silence is shown between any two words of a line: there may have been one; after a line it is measured."""
    words = spoken(0.0, 0.5, 0.0, 0.0, borders={1: Border.LINE})

    assert timing(words).pauses == [UNKNOWN, 4, UNKNOWN, UNKNOWN, UNKNOWN]


def test_borders_are_those_of_the_captions() -> None:
    """Inside a line, at a full line's end, where a line was broken off; unknown after the last word."""
    words = spoken(0.0, 0.0, 0.0, borders={0: Border.LINE, 2: Border.BREAK})

    assert timing(words).borders == [2, 1, 3, UNKNOWN]
    assert max(timing(words).borders) < BORDERS


def test_text_without_times_and_lines_is_unknown() -> None:
    """One caption that holds the whole text has no line but the last."""
    words = [SpokenWord("كلمة"), SpokenWord("كلمة"), SpokenWord("كلمة", border=Border.LINE)]

    assert timing(words) == untimed(3)
    assert timing([]) == untimed(0)


def test_a_missing_time_is_unknown() -> None:
    """The words around it keep their classes."""
    assert timing(spoken(0.5, None, 0.5)).pauses == [4, UNKNOWN, 4, UNKNOWN]
