"""This project's own JSON as a source: a recording, a transcript, or an exported article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.sources.cues import BadCaptions, Cue, clean_text, parse_seconds, to_captions
from pipeline.sources.metadata import clean_video, language_tag
from pipeline.types.article import Caption, Recording, Script, Sentence, Track, Transcript, Video

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TadwinJson:
    """The content of such a file, cleaned like that of any other."""

    captions: tuple[Caption, ...]
    track: Track
    video: Video | None


@dataclass(frozen=True, slots=True)
class _Article:
    script: Script


@dataclass(frozen=True, slots=True)
class _Export:
    """`article.json`, as far as it is read here."""

    article: _Article


_KINDS: tuple[type[Recording | Transcript | _Export], ...] = (Recording, Transcript, _Export)


def is_tadwin_json(text: str) -> bool:
    """True if JSON text looks like ours; quotes inside a JSON string are escaped, so no caption can fake it."""
    return '"track":' in text and ('"captions":' in text or '"script":' in text)


def parse_tadwin_json(text: str) -> TadwinJson:
    """The content of a file that `is_tadwin_json`; an article's sentences become captions. Raises `BadCaptions`."""
    data = text.encode()
    for kind in _KINDS:
        try:
            match codec.decode(data, kind):
                case Recording(video, transcript):
                    return _cleaned(transcript.captions, transcript.track, video)
                case Transcript(track, captions):
                    return _cleaned(captions, track, None)
                case _Export(_Article(script)):
                    return _cleaned(script.sentences, script.track, script.video)
        except ValueError:
            continue
    message = "JSON of this project that is damaged or of another version"
    raise BadCaptions(message)


def _cleaned(captions: Iterable[Caption | Sentence], track: Track, video: Video | None) -> TadwinJson:
    cues = []
    for caption in captions:
        words = re.findall(r"\s*\S+", caption.text.strip())
        times = map(parse_seconds, caption.times) if len(words) == len(caption.times) else (None for _ in words)
        pieces = tuple(zip(words, times, strict=True))
        cues.append(Cue(parse_seconds(caption.start), parse_seconds(caption.end), pieces))
    track = replace(track, language=language_tag(track.language), name=clean_text(track.name))
    return TadwinJson(to_captions(cues), track, clean_video(video) if video else None)
