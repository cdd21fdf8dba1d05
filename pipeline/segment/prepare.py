"""Captions become a script: `spoken -> restore -> split -> group`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.dialect import detect_dialect
from pipeline.arabic.normalize import words as folded_words
from pipeline.errors import TooShort
from pipeline.segment.captions import spoken_words
from pipeline.segment.passages import group_passages
from pipeline.segment.sentences import split_sentences
from pipeline.types.article import Restoration, Script, SpokenWord

if TYPE_CHECKING:
    from pipeline.ports import Restorer
    from pipeline.settings import TextSettings
    from pipeline.types.article import Recording

_MARKS = "،؛؟!?.,:;…"


class NoRestoration:
    """A `Restorer` that leaves captions as they are."""

    identity = "as captioned"

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The words, unchanged."""
        return words


def prepare(recording: Recording, settings: TextSettings, restorer: Restorer | None = None) -> Script:
    """The speech as numbered sentences in passages; raises `TooShort` under `settings.minimum_words`."""
    restorer = restorer or NoRestoration()
    words, removed = spoken_words(recording.transcript.captions)
    count = sum(len(folded_words(word.text)) for word in words)
    if count < settings.minimum_words:
        raise TooShort(_too_short(count, recording.video.id))
    written = restorer.restore(words)
    sentences = split_sentences(_inside(written, recording.video.seconds), settings)
    passages = group_passages(sentences, recording.video.chapters, settings)
    restored = _restored(words, written, restorer.identity)
    return Script(recording.video, recording.transcript.track, passages, removed, restored, detect_dialect(sentences))


def _restored(words: tuple[SpokenWord, ...], written: tuple[SpokenWord, ...], by: str) -> Restoration | None:
    pairs = [(before.text, after.text) for before, after in zip(words, written, strict=True)]
    changed = [(before, after) for before, after in pairs if before != after]
    spelled = sum(before.strip(_MARKS) != after.strip(_MARKS) for before, after in changed)
    marked = sum(before[-1] not in _MARKS and after[-1] in _MARKS for before, after in changed)
    return Restoration(by, spelled, marked) if changed else None


def _too_short(count: int, subject: str) -> str:
    return f"{subject}: {count} words of speech are too few for an article"


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
