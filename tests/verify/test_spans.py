"""Stretches of a video."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.types.article import TimeSpan
from pipeline.verify.coverage import gaps, talk_end
from tests.fakes import articles

SPANS = st.lists(
    st.tuples(st.floats(0, 90), st.floats(0, 10)).map(lambda pair: TimeSpan(pair[0], sum(pair))), max_size=8
)


def test_the_talk_ends_with_the_video() -> None:
    """The stated length counts; without it the last word does; without times it is 0."""
    talk = articles.script()
    unknown = replace(talk, video=replace(talk.video, seconds=None))

    assert talk_end(talk) == 4500.0
    assert talk_end(unknown) == 4499.0
    assert talk_end(articles.script(timed=False)) == 0.0


def test_gaps_are_what_no_span_holds() -> None:
    """Before, between and after; overlaps and order make no difference."""
    assert gaps([TimeSpan(50, 60), TimeSpan(10, 30), TimeSpan(20, 25)], 100) == (
        TimeSpan(0, 10),
        TimeSpan(30, 50),
        TimeSpan(60, 100),
    )
    assert gaps([], 5) == (TimeSpan(0, 5),)
    assert gaps([TimeSpan(0, 5)], 5) == ()


@given(SPANS)
def test_spans_and_gaps_fill_the_video(spans: list[TimeSpan]) -> None:
    """Every tenth of a second is in a span or in a gap, and no gap touches the inside of a span."""
    found = gaps(spans, 100)
    for tenth in range(1000):
        moment = tenth / 10 + 0.05
        held = any(each.start < moment < each.end for each in spans)
        edge = any(moment in {each.start, each.end} for each in (*spans, *found))
        assert held != any(each.start < moment < each.end for each in found) or edge
