"""Types to JSON and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import codec
from pipeline.types.article import Caption, Chapter, Recording, Track, TrackOrigin, Transcript, Video

SECONDS = st.none() | st.floats(0, 40_000, allow_nan=False)
CAPTIONS = st.builds(Caption, st.text(), SECONDS, SECONDS, st.lists(st.floats(0, 9e4)).map(tuple))


@given(st.lists(CAPTIONS).map(tuple), st.sampled_from(TrackOrigin))
def test_what_is_encoded_comes_back_equal(captions: tuple[Caption, ...], origin: TrackOrigin) -> None:
    """Any transcript, with any text and any times, survives being stored, and gives the same bytes again."""
    value = Transcript(Track("ar", origin), captions)

    data = codec.encode(value)

    assert codec.decode(data, Transcript) == value
    assert codec.encode(codec.decode(data, Transcript)) == data


def test_arabic_stays_readable_in_the_file() -> None:
    """Artifacts can be read by a person: Arabic is stored as Arabic."""
    assert "دمشق" in codec.encode(Video("x", "دمشق")).decode()


def test_dates_and_enumerations_survive() -> None:
    """A date and an origin come back as what they were, not as text."""
    video = Video("x", "t", published=date(2026, 3, 1), chapters=(Chapter(0.0, "a"),))
    value = Recording(video, Transcript(Track("ar", TrackOrigin.MANUAL), ()))

    back = codec.decode(codec.encode(value), Recording)

    assert back.video.published == date(2026, 3, 1)
    assert back.transcript.track.origin is TrackOrigin.MANUAL


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"id": 3}', b"\xff\xfe"])
def test_data_that_do_not_fit_are_a_value_error(data: bytes) -> None:
    """Foreign or damaged data never become a half-filled value."""
    with pytest.raises(ValueError, match="Video"):
        codec.decode(data, Video)


def test_digests_tell_values_and_types_apart() -> None:
    """Equal values have one digest; another value, or another type with the same fields, has another."""
    assert codec.digest(Chapter(1.0, "a")) == codec.digest(Chapter(1.0, "a"))
    assert codec.digest(Chapter(1.0, "a")) != codec.digest(Chapter(2.0, "a"))
    assert codec.digest(("a", "bc")) != codec.digest(("ab", "c"))
    assert codec.digest(Video("x", "t")) != codec.digest(Track("x", TrackOrigin.MANUAL))
