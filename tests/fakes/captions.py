"""Captions made by chance, and caption files written for the project."""

from __future__ import annotations

from html import escape
from pathlib import Path

from hypothesis import strategies as st

from pipeline.types.article import Caption
from tests.fakes.catalogue import FakeTrack

DATA = Path(__file__).parents[1] / "data" / "captions"
"""Caption files in each format, written for the project."""

WORDS = st.text("ابتسعلنيهوأةى،؟.!ـَab19&<>;'\"", min_size=1, max_size=8).filter(lambda word: word.strip("ـَ"))
"""Words with letters, digits, marks and all that markup is made of."""

LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)


@st.composite
def typed(draw: st.DrawFn) -> tuple[Caption, ...]:
    """Captions of a manual track, which may overlap; times to the millisecond, no word times."""
    moments = draw(st.lists(st.tuples(st.integers(0, 36_000_000), st.integers(100, 9000)), max_size=6))
    return tuple(Caption(draw(TEXTS), begin / 1000, (begin + length) / 1000) for begin, length in sorted(moments))


@st.composite
def spoken(draw: st.DrawFn) -> tuple[Caption, ...]:
    """Captions of an automatic track: one line each, a time for each word, no time twice."""
    found, at = [], draw(st.integers(0, 36_000_000))
    for line in draw(st.lists(LINES.filter(lambda line: " " in line), max_size=6)):
        steps = [draw(st.integers(40, 2000)) for _ in line.split()]
        times = [(at + sum(steps[:number])) / 1000 for number in range(len(steps))]
        at += sum(steps)
        found.append(Caption(line, times[0], at / 1000, tuple(times)))
        at += draw(st.integers(100, 3000))
    return tuple(found)


def manual(captions: tuple[Caption, ...]) -> FakeTrack:
    """The captions as a track that people typed."""
    return FakeTrack("ar", captions)


def automatic(captions: tuple[Caption, ...]) -> FakeTrack:
    """The captions as a track that YouTube recognised."""
    return FakeTrack("ar", captions, kind="asr")


def subrip(captions: tuple[Caption, ...], *, mark: str = ",", numbers: bool = True, line_end: str = "\n") -> str:
    """The captions as a SubRip file."""
    blocks = [
        (f"{number}\n" if numbers else "")
        + f"{_clock(caption.start, mark)} --> {_clock(caption.end, mark)}\n{escape(caption.text)}\n"
        for number, caption in enumerate(captions, start=1)
    ]
    return "\n".join(blocks).replace("\n", line_end)


def _clock(seconds: float | None, mark: str) -> str:
    minutes, milliseconds = divmod(round((seconds or 0.0) * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}{mark}{milliseconds % 1000:03}"
