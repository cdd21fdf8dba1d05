"""All real transcripts of the shared folder go through `prepare` without losing a word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic import normalize
from pipeline.segment.captions import spoken_words
from pipeline.segment.prepare import prepare
from pipeline.segment.restarts import restarts, without_places
from pipeline.settings import TextSettings
from pipeline.sources.files import FileSource
from pipeline.types.article import Recording, Script, SourceKind, VideoReference

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = TextSettings()


def test_every_transcript_passes_the_gap_test(shared: Path) -> None:
    """Each caption word of the 44 is in exactly one sentence, in order, or on record as removed."""
    paths = sorted(path for path in (shared / "data" / "transcripts").glob("*/*") if path.suffix in (".srt", ".txt"))
    assert len(paths) == 44
    for path in paths:
        recording = FileSource().fetch(VideoReference(SourceKind.FILE, str(path)))
        script = prepare(recording, SETTINGS)
        _keeps_every_word(recording, script)
        _times_ascend(script)
        assert max(len(sentence.text.split()) for sentence in script.sentences) <= SETTINGS.sentence_words


def _keeps_every_word(recording: Recording, script: Script) -> None:
    """The script has the spoken words but for false starts; with the removed ones they are those of the captions."""
    captions = recording.transcript.captions
    said = normalize.words(" ".join(sentence.text for sentence in script.sentences))
    spoken = spoken_words(captions)[0]
    told = without_places(spoken, restarts(spoken)[0])
    assert said in [normalize.words(" ".join(word.text for word in words)) for words in (spoken, told)]
    removed = normalize.words(" ".join(removal.text for removal in script.removed))
    total = normalize.words(" ".join(caption.text for caption in captions))
    assert sorted((*said, *removed)) == sorted(total)
    assert len(removed) < len(total) / 4  # one track shows a fifth of its cues twice


def _times_ascend(script: Script) -> None:
    moments = [moment for sentence in script.sentences for moment in sentence.times]
    assert all(a <= b for a, b in pairwise(moments))
    assert not script.timed or len(moments) == len(" ".join(s.text for s in script.sentences).split())
