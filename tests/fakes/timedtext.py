"""Caption tracks in the forms that YouTube sends: json3, srv1, srv3 and WebVTT."""

from __future__ import annotations

import json
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.types.article import Caption
    from tests.fakes.catalogue import FakeTrack

TYPES = {"json3": "application/json", "vtt": "text/vtt", "srv1": "text/xml", "srv3": "text/xml"}
"""Content type of each form; the bytes are always UTF-8."""


def timedtext(track: FakeTrack, form: str, translated_to: str = "") -> str:
    """The track in one form; a translation is told by a mark `[xx]` before each text."""
    captions = track.captions
    if form == "json3":
        return json.dumps(_json3(track, translated_to), ensure_ascii=False)
    if form == "vtt":
        return _vtt(track, translated_to)
    if form == "srv3":
        body = "".join(_paragraph(c, translated_to) for c in captions)
        return f'<?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><body>{body}</body></timedtext>'
    body = "".join(
        f'<text start="{_start(c):g}" dur="{_length(c):g}">{escape(escape(_text(c, translated_to)))}</text>'
        for c in captions
    )
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{body}</transcript>'


def _start(caption: Caption) -> float:
    return caption.start or 0.0


def _length(caption: Caption) -> float:
    return round((caption.end or _start(caption)) - _start(caption), 3)


def _text(caption: Caption, translated_to: str) -> str:
    return f"[{translated_to}] {caption.text}" if translated_to else caption.text


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _words(caption: Caption, translated_to: str) -> list[tuple[str, int]]:
    """Each word with its milliseconds after the caption's start; a text without word times is one word."""
    if translated_to or not caption.times:
        return [(_text(caption, translated_to), 0)]
    words = zip(caption.text.split(), caption.times, strict=True)
    return [(f" {word}" if i else word, _milliseconds(time - _start(caption))) for i, (word, time) in enumerate(words)]


def _event(caption: Caption, translated_to: str) -> dict[str, object]:
    segments = [{"utf8": w} | ({"tOffsetMs": o} if o else {}) for w, o in _words(caption, translated_to)]
    return {
        "tStartMs": _milliseconds(_start(caption)),
        "dDurationMs": _milliseconds(_length(caption)),
        "segs": segments,
    }


def _json3(track: FakeTrack, translated_to: str) -> dict[str, object]:
    events = [_event(c, translated_to) for c in track.captions]
    if track.kind == "asr":  # a window first, and a line break between neighbours, as YouTube sends them
        breaks = [
            {"tStartMs": later["tStartMs"], "dDurationMs": 10, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}
            for _, later in pairwise(events)
        ]
        window: dict[str, object] = {"tStartMs": 0, "dDurationMs": 3_600_000, "id": 1, "wpWinPosId": 1}
        spoken = [event | {"wWinId": 1} for event in events]
        mixed = [e for pair in zip(spoken[:-1], breaks, strict=True) for e in pair]
        events = [window, *mixed, *spoken[-1:]]
    return {"wireMagic": "pb3", "pens": [{}], "wsWinStyles": [{}], "wpWinPositions": [{}], "events": events}


def _paragraph(caption: Caption, translated_to: str) -> str:
    opening = f'<p t="{_milliseconds(_start(caption))}" d="{_milliseconds(_length(caption))}">'
    if translated_to or not caption.times:
        return f"{opening}{escape(_text(caption, translated_to))}</p>"
    words = "".join(f'<s t="{o}">{escape(w)}</s>' for w, o in _words(caption, translated_to))
    return f"{opening}{words}</p>"


def _clock(seconds: float) -> str:
    milliseconds = _milliseconds(seconds)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _vtt(track: FakeTrack, translated_to: str) -> str:
    blocks = [f"WEBVTT\nKind: captions\nLanguage: {translated_to or track.language}\n"]
    before = " "
    for caption in track.captions:
        start, end = _start(caption), _start(caption) + _length(caption)
        text = escape(_text(caption, translated_to), quote=False)
        if track.kind == "asr" and not translated_to:
            # two rolling lines: the last one again, then the new words; a 10 ms cue lets it stand
            blocks.append(f"{_clock(start)} --> {_clock(end)} align:start position:0%\n{before}\n{_tagged(caption)}\n")
            blocks.append(f"{_clock(end)} --> {_clock(end + 0.01)} align:start position:0%\n{text}\n \n")
            before = text
        else:
            blocks.append(f"{_clock(start)} --> {_clock(end)}\n{text}\n")
    return "\n".join(blocks)


def _tagged(caption: Caption) -> str:
    words = _words(caption, "")
    return "".join(
        f"<{_clock(_start(caption) + o / 1000)}><c>{escape(w, quote=False)}</c>" if o else escape(w, quote=False)
        for w, o in words
    )
