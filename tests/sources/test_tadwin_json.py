"""Tests of this project's own JSON as a source: read back as it was written, and not trusted."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline import codec
from pipeline.export import json as exported
from pipeline.sources.cues import BadCaptions
from pipeline.sources.tadwin_json import TadwinJson, is_tadwin_json, parse_tadwin_json
from pipeline.types.article import Caption, Chapter, Recording, Track, TrackOrigin, Transcript, Video
from tests.fakes.articles import article
from tests.fakes.captions import spoken, typed

TRACK = Track("ar-EG", TrackOrigin.MANUAL, "العربية")
VIDEO = Video(
    "dQw4w9WgXcQ", "عنوان", url="https://www.youtube.com/watch?v=dQw4w9WgXcQ", chapters=(Chapter(0.0, "أول"),)
)


@given(typed() | spoken())
def test_a_transcript_comes_back(captions: tuple[Caption, ...]) -> None:
    """A transcript alone is read back as it was written."""
    assert parse_tadwin_json(codec.encode(Transcript(TRACK, captions)).decode()) == TadwinJson(captions, TRACK, None)


@given(typed() | spoken())
def test_a_recording_comes_back(captions: tuple[Caption, ...]) -> None:
    """A recording is read back with its video."""
    written = codec.encode(Recording(VIDEO, Transcript(TRACK, captions)))

    assert parse_tadwin_json(written.decode()) == TadwinJson(captions, TRACK, VIDEO)


@pytest.mark.parametrize("timed", [True, False])
def test_an_exported_article_gives_its_speech(timed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The sentences of an exported article's script are its captions, with their times, under the same video."""
    made = article(timed=timed)
    found = parse_tadwin_json(exported.export(made).decode())

    assert [caption.text for caption in found.captions] == [sentence.text for sentence in made.script.sentences]
    assert [caption.start for caption in found.captions] == [
        None if sentence.start is None else round(sentence.start, 3) for sentence in made.script.sentences
    ]
    assert found.track == made.script.track
    assert found.video == made.script.video


def test_it_is_not_trusted() -> None:
    """An id that is no id, an address, direction overrides, wrong word times and odd languages are taken out."""
    video = Video("../../etc/passwd", "عن\u202eوان", url="https://evil.example/")
    caption = Caption("نعم  نعم\x00", 5.0, 1.0, (1.0,))
    data = codec.encode(Recording(video, Transcript(Track("../ar", TrackOrigin.MANUAL, "a\nb\x07"), (caption,))))

    assert parse_tadwin_json(data.decode()) == TadwinJson(
        (Caption("نعم نعم", 5.0, None),), Track("", TrackOrigin.MANUAL, "a\nb"), Video("", "عنوان")
    )


@pytest.mark.parametrize(
    "text", ['{"track": 1, "captions": []}', '{"track": {}, "script": {}}', "null", "{", "[" * 100_000]
)
def test_what_does_not_fit_is_refused(text: str) -> None:
    """Damaged JSON, and JSON of another version, is refused with the one error of the readers."""
    with pytest.raises(BadCaptions, match="damaged or of another version"):
        parse_tadwin_json(text)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('{"track": {}, "captions": []}', True),
        ('{"article": {"script": {"track": {}}}, "script": 1}', True),
        ('{"events": [{"segs": [{"utf8": "\\"track\\": \\"captions\\":"}]}]}', False),
        ('{"captions": []}', False),
    ],
)
def test_ours_is_told_from_other_json(text: str, ours: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """What is said in a caption does not make json3 ours."""
    assert is_tadwin_json(text) is ours
