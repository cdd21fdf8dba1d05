"""Real caption files and recorded answers of YouTube, where the folder of shared data is present."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.sources.cues import BadCaptions
from pipeline.sources.files import FileSource
from pipeline.sources.format_detection import CaptionFormat, read_captions
from pipeline.types.article import TrackOrigin

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.types.article import Recording

KINDS = {"auto": TrackOrigin.AUTOMATIC, "manual": TrackOrigin.UNSTATED}
"""What the files' own list calls automatic has to be found automatic from the words alone, and typed ones not."""


def listed(shared: Path) -> dict[str, dict[str, object]]:
    """The real transcripts by path, with what their list says of them."""
    rows = (shared / "data" / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    return {str(row["file"]): row for row in map(json.loads, rows)}


def fetched(path: Path) -> Recording:
    """The recording of a file."""
    source = FileSource()
    reference = source.locate(str(path))
    assert reference is not None
    return source.fetch(reference)


def test_real_transcripts_are_read_to_the_last_word(shared: Path) -> None:
    """Each of the 44 real transcripts gives as many words as its list counts, with times where it has them."""
    found = {name: fetched(shared / "data" / name).transcript.captions for name in listed(shared)}
    words = {name: sum(len(c.text.split()) for c in captions) for name, captions in found.items()}
    timed = {name: all(caption.start is not None for caption in captions) for name, captions in found.items()}

    assert len(found) == 44
    assert words == {name: row["words"] for name, row in listed(shared).items()}
    assert timed == {name: row["timestamps"] for name, row in listed(shared).items()}


def test_recognition_is_told_from_typing(shared: Path) -> None:
    """Automatic and typed transcripts are told apart without one mistake."""
    known = {
        name: KINDS[str(row["caption_kind"])] for name, row in listed(shared).items() if row["caption_kind"] in KINDS
    }

    assert {name: fetched(shared / "data" / name).transcript.track.origin for name in known} == known


CAPTIONS = {
    "captions_with_bom.vtt": 4,
    "comments.vtt": 3,
    "cue_tags.vtt": 3,
    "empty.vtt": None,
    "invalid.vtt": 7,
    "invalid_format.sbv": 1,
    "invalid_format1.srt": 1,
    "invalid_format2.srt": 1,
    "invalid_format3.srt": 2,
    "invalid_format4.srt": 1,
    "invalid_timeframe.sbv": 5,
    "invalid_timeframe.srt": 5,
    "invalid_timeframe.vtt": 7,
    "invalid_timeframe_in_cue_text.vtt": 3,
    "metadata_headers.vtt": 2,
    "metadata_headers_multiline.vtt": 2,
    "missing_caption_text.sbv": 4,
    "missing_caption_text.srt": 4,
    "missing_caption_text.vtt": 4,
    "missing_timeframe.sbv": 4,
    "missing_timeframe.srt": 4,
    "missing_timeframe.vtt": 6,
    "no_captions.vtt": None,
    "one_caption.srt": 1,
    "one_caption.vtt": 1,
    "sample.sbv": 5,
    "sample.srt": 5,
    "sample.vtt": 16,
    "styles.vtt": 1,
    "two_captions.sbv": 2,
    "using_identifiers.vtt": 6,
    "youtube_dl.vtt": 4,
}
"""How many captions the edge cases of a WebVTT library hold, or None for a refusal. Files without one time are text."""


def count(path: Path) -> int | None:
    """How many captions a file holds; None when it is refused."""
    try:
        return len(read_captions(path.name, path.read_bytes()).captions)
    except BadCaptions:
        return None


def test_edge_cases_of_subtitle_files(shared: Path) -> None:
    """Each edge case gives its captions, with the text of cues whose times are damaged, or is refused."""
    folder = shared / "data" / "youtube_recorded" / "webvtt_py"

    assert {path.name: count(path) for path in folder.iterdir()} == CAPTIONS


def test_no_recorded_page_is_taken_for_captions(shared: Path) -> None:
    """Of all recorded answers, only the caption file is captions: pages and player answers are refused."""
    folder = shared / "data" / "youtube_recorded"
    paths = [p for p in folder.rglob("*") if p.is_file() and p.parent.name != "webvtt_py" and "README" not in p.name]
    found = {p.relative_to(folder).as_posix(): n for p in paths if (n := count(p))}

    assert found == {"youtube_transcript_api/transcript.xml.static": 3}
    assert len(paths) > 50


def test_the_recorded_caption_file(shared: Path) -> None:
    """The recorded srv1 answer is read with its times, and refused as a source because it is English."""
    path = shared / "data" / "youtube_recorded" / "youtube_transcript_api" / "transcript.xml.static"
    content = read_captions(path.name, path.read_bytes())

    assert content.format is CaptionFormat.SRV1
    assert [caption.start for caption in content.captions] == [0.0, 1.54, 5.7]


def test_formats_of_the_real_transcripts(shared: Path) -> None:
    """17 of the real transcripts are SubRip and 27 plain text, of which 7 have times."""
    found = {name: fetched(shared / "data" / name).transcript for name in listed(shared)}
    timed = [t for t in found.values() if t.backend == "plain" and t.captions[0].start is not None]

    assert Counter(transcript.backend for transcript in found.values()) == {"srt": 17, "plain": 27}
    assert len(timed) == 7
