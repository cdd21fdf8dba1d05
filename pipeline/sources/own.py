"""This project's own JSON as a source: a recording, a transcript, or an exported article with its script."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.sources.cues import BadCaptions, Cue, captions, clean, second
from pipeline.sources.info import language_tag, tidy
from pipeline.types import Caption, Recording, Script, Sentence, Track, Transcript, Video

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Own:
    """What such a file holds, checked and tidied like any other."""

    captions: tuple[Caption, ...]
    track: Track
    video: Video | None


@dataclass(frozen=True, slots=True)
class _Article:
    script: Script


@dataclass(frozen=True, slots=True)
class _Export:
    """`article.json`, as far as it is read."""

    article: _Article


_KINDS: tuple[type[Recording | Transcript | _Export], ...] = (Recording, Transcript, _Export)


def is_own(text: str) -> bool:
    """Whether JSON text looks like ours; a quotation mark inside a JSON text is escaped, so no caption can fake it."""
    return '"track":' in text and ('"captions":' in text or '"script":' in text)


def own(text: str) -> Own:
    """The content of a file that `is_own`; of an article, its sentences. Raises `BadCaptions` when it does not fit."""
    data = text.encode()
    for kind in _KINDS:
        try:
            return _content(codec.decode(data, kind))
        except ValueError:
            continue
    message = "JSON of this project that is damaged or of another version"
    raise BadCaptions(message)


def _content(value: Recording | Transcript | _Export) -> Own:
    match value:
        case Recording(video, transcript):
            return _tidied(transcript.captions, transcript.track, video)
        case Transcript(track, said):
            return _tidied(said, track, None)
        case _Export(article):
            return _tidied(article.script.sentences, article.script.track, article.script.video)


def _tidied(said: Iterable[Caption | Sentence], track: Track, video: Video | None) -> Own:
    sound = replace(track, language=language_tag(track.language), name=clean(track.name))
    return Own(captions(map(_cue, said)), sound, tidy(video) if video else None)


def _cue(caption: Caption | Sentence) -> Cue:
    words = re.findall(r"\s*\S+", caption.text.strip())
    times = map(second, caption.times) if len(words) == len(caption.times) else (None for _ in words)
    return Cue(second(caption.start), second(caption.end), tuple(zip(words, times, strict=True)))
