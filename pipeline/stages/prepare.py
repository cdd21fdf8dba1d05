"""Captions become a script: `spoken -> restore -> split -> group`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import TooShort
from pipeline.text.captions import Word, spoken
from pipeline.text.fold import words as folded_words
from pipeline.text.passages import group
from pipeline.text.sentences import split
from pipeline.types import Script

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.settings import TextSettings
    from pipeline.types import Recording

    Restore = Callable[[tuple[Word, ...]], tuple[Word, ...]]


def as_captioned(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words unchanged: the letters and marks of the captions."""
    return words


def prepare(recording: Recording, settings: TextSettings, restore: Restore = as_captioned) -> Script:
    """The speech as numbered sentences in passages; raises `TooShort` under `settings.minimum_words`.

    `restore` is the seam for a model that writes captions as written Arabic. It gets all words and returns the same
    number, in the same order, with their times and borders. It may change a word's letters, attach marks to it
    (`كتاب،`; still one word without white space), and decide with `ends` whether a sentence ends there; `split` obeys
    True and False, and judges by rules where it finds None. A restorer changes the result, so its identity belongs
    to the identity of the step that calls this.
    """
    words, removed = spoken(recording.transcript.captions)
    count = sum(len(folded_words(word.text)) for word in words)
    if count < settings.minimum_words:
        raise TooShort(_too_short(count, recording.video.id))
    sentences = split(_inside(restore(words), recording.video.seconds), settings)
    passages = group(sentences, recording.video.chapters, settings)
    return Script(recording.video, recording.transcript.track, passages, removed)


def _too_short(count: int, subject: str) -> str:
    return f"{subject}: {count} words of speech are too few for an article"


def _inside(words: tuple[Word, ...], seconds: float | None) -> tuple[Word, ...]:
    """The words with no time after the video's end, which captions may overshoot."""
    if seconds is None or not words or words[-1].end is None or words[-1].end <= seconds:
        return words
    return tuple(
        word
        if word.start is None or word.end is None or word.end <= seconds
        else replace(word, start=min(word.start, seconds), end=seconds)
        for word in words
    )
