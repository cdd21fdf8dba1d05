"""This project's own JSON as a source: a recording, a transcript, or an exported article with its script."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.sources.cues import BadCaptions, Cue, clean, parse_seconds, to_captions
from pipeline.sources.metadata import clean_video, language_tag
from pipeline.types.article import Caption, Recording, Script, Sentence, Track, Transcript, Video

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TadwinJson:
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


def is_tadwin_json(text: str) -> bool:
    """Whether JSON text looks like ours; a quotation mark inside a JSON text is escaped, so no caption can fake it."""
    return '"track":' in text and ('"captions":' in text or '"script":' in text)


def parse_tadwin_json(text: str) -> TadwinJson:
    """The content of a file that `is_tadwin_json`; of an article, its sentences. Raises `BadCaptions`."""
    data = text.encode()
    for kind in _KINDS:
        try:
            return _content(codec.decode(data, kind))
        except ValueError:
            continue
    message = "JSON of this project that is damaged or of another version"
    raise BadCaptions(message)


def _content(value: Recording | Transcript | _Export) -> TadwinJson:
    match value:
        case Recording(video, transcript):
            return _tidied(transcript.captions, transcript.track, video)
        case Transcript(track, said):
            return _tidied(said, track, None)
        case _Export(article):
            return _tidied(article.script.sentences, article.script.track, article.script.video)


def _tidied(said: Iterable[Caption | Sentence], track: Track, video: Video | None) -> TadwinJson:
    sound = replace(track, language=language_tag(track.language), name=clean(track.name))
    return TadwinJson(to_captions(map(_cue, said)), sound, clean_video(video) if video else None)


def _cue(caption: Caption | Sentence) -> Cue:
    words = re.findall(r"\s*\S+", caption.text.strip())
    times = map(parse_seconds, caption.times) if len(words) == len(caption.times) else (None for _ in words)
    return Cue(parse_seconds(caption.start), parse_seconds(caption.end), tuple(zip(words, times, strict=True)))
