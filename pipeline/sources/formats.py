"""Parsers of caption formats: each a pure function from a file's content to its captions, or `BadCaptions`.

They give what was on screen, with one exception that the WebVTT format makes certain (see `parse_vtt`). Noise,
overlaps and repeats that may have been spoken are left to `pipeline.segment.captions`.
"""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from pipeline.sources.cues import BadCaptions, Cue, add_seconds, parse_seconds, split_lines, strip_tags, to_captions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from pipeline.types.article import Caption

# --- the formats that YouTube serves ---


def parse_json3(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's json3: the only form with a time for each word that needs no guessing.

    Window definitions and the line breaks of rolling display (`aAppend`) show no words of their own and give no
    caption. Manual tracks have no word times.
    """
    answer = load_json(data)
    events = answer.get("events") if isinstance(answer, dict) else None
    if not isinstance(events, list):
        message = "JSON without a list of caption events"
        raise BadCaptions(message)
    return to_captions(_event_cue(event) for event in events if isinstance(event, dict))


def _event_cue(event: dict[str, Any]) -> Cue:
    start = parse_seconds(event.get("tStartMs"), 1000)
    segments = event.get("segs")
    pieces: list[tuple[str, float | None]] = []
    for segment in segments if isinstance(segments, list) else ():
        if isinstance(segment, dict):
            text = segment.get("utf8")
            time = add_seconds(start, parse_seconds(segment.get("tOffsetMs"), 1000))
            pieces.append((text if isinstance(text, str) else "", time))
    return Cue(start, add_seconds(start, parse_seconds(event.get("dDurationMs"), 1000)), tuple(pieces))


def parse_srv1(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's plainest XML: `<text start="1.5" dur="2">`, whose text is escaped twice; no word times."""
    cues = []
    for node in _parse_xml(data, "transcript"):
        if node.tag == "text":
            start = parse_seconds(node.get("start"))
            text = strip_tags("".join(node.itertext()))
            cues.append(Cue(start, add_seconds(start, parse_seconds(node.get("dur"))), ((text, None),)))
    return to_captions(cues)


def parse_srv3(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's full XML: `<p t="1500" d="2000">` with a piece and its time in each `<s t="320">`.

    srv2 (`<text t="1500" d="2000">`) is read as well.
    """
    root = _parse_xml(data, "timedtext")
    cues = []
    for node in chain(root, *root.iterfind("body")):  # only direct children: no text is read twice
        if node.tag not in {"p", "text"}:
            continue
        start = parse_seconds(node.get("t"), 1000)
        pieces: list[tuple[str, float | None]] = [(node.text or "", None)]
        for run in node:
            text = "\n" if run.tag == "br" else "".join(run.itertext())
            time = add_seconds(start, parse_seconds(run.get("t"), 1000))
            pieces += [(text, time), (run.tail or "", None)]
        cues.append(Cue(start, add_seconds(start, parse_seconds(node.get("d"), 1000)), tuple(pieces)))
    return to_captions(cues)


def _parse_xml(data: str | bytes, root_tag: str) -> Element:
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - only XML needs it

    text = decode_utf8(data)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, ValueError) as error:  # defusedxml refuses entities with a ValueError
        message = "damaged or unsafe XML"
        raise BadCaptions(message) from error
    if root.tag != root_tag:
        message = f"XML that begins with <{root.tag[:40]}>, not with <{root_tag}>"
        raise BadCaptions(message)
    return root


# --- subtitle files: blocks of lines, each under a line with two times ---

_STAMP = r"\d{1,4}:[\w:.,]{1,20}"
_TIMING = re.compile(rf"\s*({_STAMP})\s*-->\s*(\S{{1,24}})?|\s*(\d{{1,3}}:\d\d:\d\d\.\d{{1,3}}),(\S{{1,24}})\s*$")
_TIMESTAMP = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,:](\d{1,9}))?")
_NON_CUE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_WORD_STAMP = re.compile(r"<((?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})>")
_MAX_FILLER = 0.02
"""Longest cue, in seconds, that YouTube writes only to keep a rolling line on screen; it uses 0.010."""


def parse_timestamp(text: str) -> float | None:
    """`1:02:03,4`, `02:03.400` or `2:03` in seconds; None for anything else."""
    match = _TIMESTAMP.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return parse_seconds(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}"))


def parse_srt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a SubRip or SubViewer (.sbv) file, overlapping cues as they stand.

    Numbers may be missing, times may have `,` or `.`, and text after an empty line belongs to the cue above it. A
    cue whose times are damaged keeps its text.
    """
    return to_captions(_cue(*block) for block in _cue_blocks(decode_utf8(data), is_vtt=False))


def parse_vtt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a WebVTT file without header, notes, styles, settings and tags; with word times if it has them.

    Rolling automatic captions show each line twice: as the new line, then scrolled up. The scrolled line is left
    out where the format makes it certain, in a file with word times: an upper line that equals the line before it,
    over a line with word times (or of one word, which needs none); and a cue of 10 ms that only repeats that line.
    Every other repeat is kept: it may have been spoken, and is for `pipeline.segment.captions` to judge.
    """
    text = decode_utf8(data)
    blocks = tuple(_cue_blocks(text, is_vtt=True))
    return to_captions(_without_scrolled_lines(blocks) if _WORD_STAMP.search(text) else (_cue(*b) for b in blocks))


Block = tuple[float | None, float | None, tuple[str, ...]]
"""Start, end and lines of a cue."""


def _cue_blocks(text: str, *, is_vtt: bool) -> Iterator[Block]:
    """The cues of a file; in WebVTT any text may stand above a cue's times as its name, in SubRip only a number."""
    lines = split_lines(text)
    timings = [(index, match) for index, line in enumerate(lines) if (match := _TIMING.match(line))]
    if not timings:
        message = "no line with the times of a caption"
        raise BadCaptions(message)
    starts = (*_block_starts(lines, [index for index, _ in timings], named=is_vtt), len(lines))
    if not is_vtt and any(line.strip() for line in lines[: starts[0]]):
        yield (None, None, tuple(lines[: starts[0]]))
    for (index, match), block_end in zip(timings, starts[1:], strict=True):
        start, end, sbv_start, sbv_end = match.groups()
        block = lines[index + 1 : block_end]
        spoken = _without_non_cues(block) if is_vtt else block
        yield (parse_timestamp(start or sbv_start or ""), parse_timestamp(end or sbv_end or ""), tuple(spoken))


def _block_starts(lines: list[str], timings: list[int], *, named: bool) -> Iterator[int]:
    """Index of the line where each cue begins: the one above its times if that is its number or name.

    Below other text without an empty line between, only the number that continues the count is one.
    """
    count = 0
    for previous, timing in pairwise((-1, *timings)):
        label = lines[timing - 1].strip() if timing - 1 > previous else ""
        separate = timing < 2 or not lines[timing - 2].strip()  # noqa: PLR2004 - the first line has none above it
        count += 1
        numbered = label.isdecimal() and (separate or label == str(count))
        count = int(label[:9]) if numbered else count
        yield timing - 1 if numbered or (named and separate and label) else timing


def _without_non_cues(lines: list[str]) -> Iterator[str]:
    """The lines of a WebVTT cue without the comment, style and region blocks that may follow it."""
    skipping, after_empty = False, False
    for line in lines:
        skipping = bool(line.strip()) and (skipping or (after_empty and bool(_NON_CUE.match(line))))
        after_empty = not line.strip()
        if not skipping:
            yield line


def _cue(start: float | None, end: float | None, lines: Iterable[str]) -> Cue:
    """A cue whose text has a new piece at each `<00:00:01.000>`."""
    first, *rest = _WORD_STAMP.split("\n".join(lines))
    pieces: list[tuple[str, float | None]] = [(strip_tags(first), None)]
    for stamp, text in zip(rest[::2], rest[1::2], strict=True):
        pieces.append((strip_tags(text), parse_timestamp(stamp)))
    return Cue(start, end, tuple(pieces))


def _without_scrolled_lines(blocks: Iterable[Block]) -> Iterator[Cue]:
    """The cues of rolling captions, each with its new line only; see `parse_vtt` for what counts as certain."""
    shown = ""
    for start, end, raw in blocks:
        lines = [line for line in raw if line.strip()]
        if not lines:
            continue
        plain = [" ".join(strip_tags(_WORD_STAMP.sub("", line)).split()) for line in lines]
        repeats = plain[0] == shown and not _WORD_STAMP.search(lines[0])
        if repeats and len(lines) == 1 and start is not None and end is not None and 0 <= end - start <= _MAX_FILLER:
            continue
        two_lines = len(lines) == 2  # noqa: PLR2004 - YouTube keeps two on screen
        if repeats and two_lines and (_WORD_STAMP.search(lines[1]) or len(plain[1].split()) == 1):
            lines = lines[1:]
        shown = plain[-1]
        yield _cue(start, end, lines)


# --- shared with other formats ---


def decode_utf8(data: str | bytes) -> str:
    """UTF-8 as text, without a byte order mark; raises `BadCaptions` for other bytes."""
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError as error:
        message = "not UTF-8 text"
        raise BadCaptions(message) from error
    return text.removeprefix("\ufeff")


def load_json(data: str | bytes) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The value of a JSON text; raises `BadCaptions` if it is damaged or nested too deeply."""
    text = decode_utf8(data)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "damaged JSON"
        raise BadCaptions(message) from error
