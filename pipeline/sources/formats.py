"""The caption formats, each a pure function from a file's content to its captions; `BadCaptions` where it does not fit.

What is read is what was on screen, with one exception that the WebVTT format makes certain (see `vtt`). Noise,
overlaps and every repeat that may have been spoken are left for `pipeline.segment.captions`.
"""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from pipeline.sources.cues import BadCaptions, Cue, later, lines, parse_seconds, to_captions, untagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from pipeline.types.article import Caption

Piece = tuple[str, float | None]

# --- what YouTube's caption addresses answer ---


def json3(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's json3: the only form with a time for each word that needs no guessing.

    Window definitions and the line breaks of rolling display (`aAppend`) show no words of their own and give no
    caption. Manual tracks have no word times.
    """
    answer = parsed_json(data)
    events = answer.get("events") if isinstance(answer, dict) else None
    if not isinstance(events, list):
        message = "JSON without a list of caption events"
        raise BadCaptions(message)
    return to_captions(_event(event) for event in events if isinstance(event, dict))


def _event(event: dict[str, Any]) -> Cue:
    start = parse_seconds(event.get("tStartMs"), 1000)
    segments = event.get("segs")
    found = segments if isinstance(segments, list) else []
    pieces = tuple(_segment(segment, start) for segment in found if isinstance(segment, dict))
    return Cue(start, later(start, parse_seconds(event.get("dDurationMs"), 1000)), pieces)


def _segment(segment: dict[str, Any], start: float | None) -> Piece:
    text = segment.get("utf8")
    return (text if isinstance(text, str) else "", later(start, parse_seconds(segment.get("tOffsetMs"), 1000)))


def srv1(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's plainest XML: `<text start="1.5" dur="2">`, whose text is escaped twice; no word times."""
    return to_captions(_text(node) for node in _root(data, "transcript") if node.tag == "text")


def _text(node: Element) -> Cue:
    start = parse_seconds(node.get("start"))
    return Cue(start, later(start, parse_seconds(node.get("dur"))), ((untagged("".join(node.itertext())), None),))


def srv3(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of YouTube's full XML: `<p t="1500" d="2000">` with a piece and its time in each `<s t="320">`.

    srv2 (`<text t="1500" d="2000">`) is read as well.
    """
    root = _root(data, "timedtext")
    nodes = chain(root, *root.iterfind("body"))  # only direct children: no text is read twice
    return to_captions(_paragraph(node) for node in nodes if node.tag in {"p", "text"})


def _paragraph(node: Element) -> Cue:
    start = parse_seconds(node.get("t"), 1000)
    return Cue(start, later(start, parse_seconds(node.get("d"), 1000)), tuple(_runs(node, start)))


def _runs(node: Element, start: float | None) -> Iterator[Piece]:
    yield (node.text or "", None)
    for run in node:
        said = "\n" if run.tag == "br" else "".join(run.itertext())
        yield (said, later(start, parse_seconds(run.get("t"), 1000)))
        yield (run.tail or "", None)


def _root(data: str | bytes, tag: str) -> Element:
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - only XML needs it

    text = decoded(data)
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, ValueError) as error:  # defusedxml's refusals of entities are ValueErrors
        message = "damaged or unsafe XML"
        raise BadCaptions(message) from error
    if root.tag != tag:
        message = f"XML that begins with <{root.tag[:40]}>, not with <{tag}>"
        raise BadCaptions(message)
    return root


# --- subtitle files: blocks of lines, each under a line with two times ---

_STAMP = r"\d{1,4}:[\w:.,]{1,20}"
_TIMING = re.compile(rf"\s*({_STAMP})\s*-->\s*(\S{{1,24}})?|\s*(\d{{1,3}}:\d\d:\d\d\.\d{{1,3}}),(\S{{1,24}})\s*$")
_MOMENT = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,:](\d{1,9}))?")
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_INNER = re.compile(r"<((?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})>")
_FILLER = 0.02
"""Longest cue, in seconds, that YouTube writes only to keep a rolling line on screen; it uses 0.010."""


def parse_timestamp(text: str) -> float | None:
    """`1:02:03,4`, `02:03.400` or `2:03` in seconds; None for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return parse_seconds(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}"))


def srt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a SubRip or SubViewer (.sbv) file, overlapping cues as they stand.

    Numbers may be missing, times may have `,` or `.`, and text after an empty line belongs to the cue above it. A
    cue whose times are damaged keeps its text.
    """
    return to_captions(_cue(*block) for block in _blocks(decoded(data), named=False))


def vtt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a WebVTT file without header, notes, styles, settings and tags; with word times where it has them.

    Rolling automatic captions show each line twice: as the new line, then scrolled up. What was scrolled up is left
    out where the format makes it certain, in a file with word times: an upper line that equals the line before it,
    over a line with word times (or of one word, which needs none); and a cue of 10 ms that only repeats that line.
    Every other repeat is kept: it may have been spoken, and is for `pipeline.segment.captions` to judge.
    """
    text = decoded(data)
    blocks = tuple(_blocks(text, named=True))
    return to_captions(_unrolled(blocks) if _INNER.search(text) else (_cue(*block) for block in blocks))


Block = tuple[float | None, float | None, tuple[str, ...]]


def _blocks(text: str, *, named: bool) -> Iterator[Block]:
    """Start, end and lines of each cue; `named` cues may have any text, not only a number, above their times."""
    rows = lines(text)
    heads = [index for index, row in enumerate(rows) if _TIMING.match(row)]
    if not heads:
        message = "no line with the times of a caption"
        raise BadCaptions(message)
    begins = (*_begins(rows, heads, named=named), len(rows))
    if not named and any(row.strip() for row in rows[: begins[0]]):
        yield (None, None, tuple(rows[: begins[0]]))
    for head, until in zip(heads, begins[1:], strict=True):
        yield (*_times(rows[head]), tuple(_spoken(rows[head + 1 : until], asides=named)))


def _begins(rows: list[str], heads: list[int], *, named: bool) -> Iterator[int]:
    """The row where each cue begins: the one above its times if that is its number or name.

    Below other text without an empty line, only the number that continues the count is one; any other is text.
    """
    count = 0
    for before, head in pairwise((-1, *heads)):
        label = rows[head - 1].strip() if head - 1 > before else ""
        apart = head < 2 or not rows[head - 2].strip()  # noqa: PLR2004 - the first row has none above it
        count += 1
        numbered = label.isdecimal() and (apart or label == str(count))
        count = int(label[:9]) if numbered else count
        yield head - 1 if numbered or (named and apart and label) else head


def _times(row: str) -> tuple[float | None, float | None]:
    match = _TIMING.match(row)
    start, end, other_start, other_end = match.groups() if match else (None, None, None, None)
    return parse_timestamp(start or other_start or ""), parse_timestamp(end or other_end or "")


def _spoken(rows: list[str], *, asides: bool) -> Iterator[str]:
    """The lines of a cue, without the comment, style and region blocks that may follow it."""
    skipping, empty = False, False
    for row in rows:
        skipping = bool(row.strip()) and (skipping or (asides and empty and bool(_ASIDE.match(row))))
        empty = not row.strip()
        if not skipping:
            yield row


def _cue(start: float | None, end: float | None, rows: Iterable[str]) -> Cue:
    return Cue(start, end, tuple(_stamped("\n".join(rows))))


def _stamped(text: str) -> Iterator[Piece]:
    """The text in pieces, a new one at each `<00:00:01.000>`."""
    parts = _INNER.split(text)
    yield (untagged(parts[0]), None)
    for stamp, said in zip(parts[1::2], parts[2::2], strict=True):
        yield (untagged(said), parse_timestamp(stamp))


def _unrolled(blocks: Iterable[Block]) -> Iterator[Cue]:
    """The cues of rolling captions, each with its new line only; see `vtt` for what counts as certain."""
    shown = ""
    for start, end, raw in blocks:
        rows = [row for row in raw if row.strip()]
        plain = [" ".join(untagged(_INNER.sub("", row)).split()) for row in rows]
        if not rows or (plain == [shown] and _is_filler(start, end) and not _INNER.search(rows[0])):
            continue
        new = rows[1:] if _is_scrolled(rows, plain, shown) else rows
        shown = plain[-1]
        yield _cue(start, end, new)


def _is_filler(start: float | None, end: float | None) -> bool:
    return start is not None and end is not None and 0 <= end - start <= _FILLER


def _is_scrolled(rows: list[str], plain: list[str], shown: str) -> bool:
    if len(rows) != 2 or plain[0] != shown or _INNER.search(rows[0]):  # noqa: PLR2004 - two lines are on screen
        return False
    return bool(_INNER.search(rows[1])) or len(plain[1].split()) == 1


# --- shared with the detection of formats ---


def decoded(data: str | bytes) -> str:
    """UTF-8 as text, without a byte order mark; raises `BadCaptions` for other bytes."""
    try:
        text = data if isinstance(data, str) else data.decode()
    except UnicodeDecodeError as error:
        message = "not UTF-8 text"
        raise BadCaptions(message) from error
    return text.removeprefix("\ufeff")


def parsed_json(data: str | bytes) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """The JSON value; raises `BadCaptions` when it is damaged or nested too deeply."""
    text = decoded(data)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "damaged JSON"
        raise BadCaptions(message) from error
