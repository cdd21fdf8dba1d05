"""Turn captions into a script: `spoken_words -> restore -> with_verses -> split_sentences -> group_passages`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words as folded_words
from pipeline.arabic.orthography import bare, is_captioned
from pipeline.arabic.voice import detect_dialect
from pipeline.errors import TooShort
from pipeline.segment.captions import spoken_words
from pipeline.segment.passages import group_passages
from pipeline.segment.restarts import restarts, without_places
from pipeline.segment.sentences import split_sentences
from pipeline.segment.verses import with_verses
from pipeline.types.article import BY_MACHINE, Restoration, Script, SpokenWord, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.ports import Restorer, VerseFinder
    from pipeline.settings import TextSettings
    from pipeline.types.article import Recitation, Recording

_MARKS = "،؛؟!?.,:;…"


class NoRestoration:
    """A `Restorer` that leaves captions as they are."""

    identity = "as captioned"

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The words, unchanged."""
        return words


class NoVerses:
    """A `VerseFinder` that knows none."""

    identity = "no verses"

    def recitations(self, words: Sequence[str]) -> tuple[Recitation, ...]:  # noqa: ARG002 - the port's signature
        """Nothing."""
        return ()


def prepare(
    recording: Recording,
    settings: TextSettings,
    restorer: Restorer | None = None,
    verses: VerseFinder | None = None,
) -> Script:
    """The speech as numbered sentences in passages; raises `TooShort` under `settings.minimum_words`."""
    restorer = restorer or NoRestoration()
    video = recording.video
    words, removed = spoken_words(recording.transcript.captions)
    count = sum(len(folded_words(word.text)) for word in words)
    if count < settings.minimum_words:
        message = f"{video.id}: {count} words of speech are too few for an article"
        raise TooShort(message)
    origin = recording.transcript.track.origin
    # A text file does not say who made it; people write hamza now and then, recognition never does.
    recognised = origin in BY_MACHINE or (origin is TrackOrigin.UNSTATED and is_captioned([w.text for w in words]))
    written = restorer.restore(words)
    changed = [(one.text, other.text) for one, other in zip(words, written, strict=True) if one.text != other.text]
    restored = None
    if changed:
        spelled = sum(before.strip(_MARKS) != after.strip(_MARKS) for before, after in changed)
        marked = sum(before[-1] not in _MARKS and after[-1] in _MARKS for before, after in changed)
        restored = Restoration(restorer.identity, spelled, marked)
    if recognised:  # after restoration, which has learned from speech as it comes
        places, again = restarts(words)
        words, written = without_places(words, places), without_places(written, places)
        removed += again
    recited = (verses or NoVerses()).recitations([word.text for word in words])
    spoken, quoted = with_verses(written, recited, words)
    sentences = split_sentences(_inside(spoken, video.seconds), settings, typed=not recognised)
    passages = group_passages(sentences, video.chapters, settings)
    return Script(
        video,
        recording.transcript.track,
        passages,
        removed,
        restored,
        detect_dialect(sentences),
        quoted,
        title=title if (title := written_title(video.title, restorer)) != video.title else "",
    )


def written_title(title: str, restorer: Restorer) -> str:
    """A title in written Arabic: people leave out hamzas there. Words that have theirs stay, and so do all marks."""
    given = title.split()
    spelled = restorer.restore(tuple(SpokenWord(bare(word)) for word in given))
    return " ".join(
        after.text.rstrip(_MARKS) + word[len(word.rstrip(_MARKS)) :] if bare(word) == word else word
        for word, after in zip(given, spelled, strict=True)
    )


def _inside(words: tuple[SpokenWord, ...], seconds: float | None) -> tuple[SpokenWord, ...]:
    """The words with no time after the video's end, which captions may overshoot."""
    if seconds is None or not words or words[-1].end is None or words[-1].end <= seconds:
        return words
    return tuple(
        word
        if word.start is None or word.end is None or word.end <= seconds
        else replace(word, start=min(word.start, seconds), end=seconds)
        for word in words
    )
