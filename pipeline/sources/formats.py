"""Parsers of caption formats: each a pure function from a file's content to its captions, or `BadCaptions`.

They give what was on screen, with one exception that the WebVTT format makes certain (see `parse_vtt`). Noise,
overlaps and repeats that may have been spoken are left to `pipeline.segment.captions`.
"""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from pipeline.sources.cues import (
    MAX_SECONDS,
    BadCaptions,
    Cue,
    add_seconds,
    caption_lines,
    parse_seconds,
    strip_tags,
    to_captions,
)
from pipeline.sources.time_lines import (
    Timing,
    parse_timestamp,
    parse_timing,
    plain_signs,
    refuse_time_like,
    unfold_line,
)

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
    start = parse_seconds(event.get("tStartMs"), 1000, least=-MAX_SECONDS)
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
            start = parse_seconds(node.get("start"), least=-MAX_SECONDS)
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
        start = parse_seconds(node.get("t"), 1000, least=-MAX_SECONDS)
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

_NON_CUE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_HEADER = re.compile(r"WEBVTT(\s|$)|X-TIMESTAMP-MAP=")
"""A file of joined parts has several headers; each lasts up to an empty line or the first times."""
_GLUED_HEADER = re.compile(r"(.*[^\W\d_][.؟!…\"»]?)\ufeff?WEBVTT$")
_GLUED_NUMBER = re.compile(r"(.*[^\W\d_][.؟!…\"»]?)1")
_HEADER_FIELD = re.compile(r"(Kind|Language): ?[\w-]{1,40}\s*")
_SUBVIEWER_HEADER = re.compile(r"\[[A-Z][A-Z ]{2,30}\]")
_LABEL = re.compile(r"[^\w]*([^\W\d]{1,20}[ .:#-]{0,3})?(\d{1,9})[^\w]*")
_WORD_STAMP = re.compile(r"<((?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3})>")
_FEW_LINES = 6
_LONGEST_NUMBER = 9
_MAX_FILLER = 0.02
"""Longest cue, in seconds, that YouTube writes only to keep a rolling line on screen; it uses 0.010."""


def parse_srt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a SubRip or SubViewer (.sbv) file, overlapping cues as they stand.

    Numbers may be missing, times may have `,` or `.`, and text after an empty line belongs to the cue above it. A
    cue whose times are damaged keeps its text; a line that only looks like times is refused by its number.
    """
    return to_captions(_cue(*block) for block in _cue_blocks(decode_utf8(data), is_vtt=False))


def parse_vtt(data: str | bytes) -> tuple[Caption, ...]:
    """Captions of a WebVTT file without headers, notes, styles, settings and tags; with word times if it has them.

    Rolling automatic captions show each line twice: as the new line, then scrolled up. The scrolled line is left
    out where the format makes it certain, in a file with word times: an upper line that equals the line before it,
    over a line with word times (or of one word, which needs none); and a cue of 10 ms that only repeats that line.
    Every other repeat is kept: it may have been spoken, and is for `pipeline.segment.captions` to judge.
    """
    text = decode_utf8(data)
    blocks = _cue_blocks(text, is_vtt=True)
    return to_captions(_without_scrolled_lines(blocks) if _WORD_STAMP.search(text) else (_cue(*b) for b in blocks))


Block = tuple[float | None, float | None, tuple[str, ...]]
"""Start, end and lines of a cue."""


def _cue_blocks(text: str, *, is_vtt: bool) -> Iterator[Block]:
    """The cues of a file; in WebVTT any text may stand above a cue's times as its name, in SubRip only a number."""
    rows = _rows(text)
    timings = [(index, row) for index, row in enumerate(rows) if isinstance(row, Timing)]
    if not timings:
        message = "no line with the times of a caption"
        raise BadCaptions(message)
    starts = (*_block_starts(rows, [index for index, _ in timings], named=is_vtt), len(rows))
    above = [line for line in _texts(rows[: starts[0]]) if line.strip() and not _SUBVIEWER_HEADER.match(line)]
    if above and not is_vtt:
        yield (None, None, tuple(above))
    for (index, timing), block_end in zip(timings, starts[1:], strict=True):
        block = _without_lost_number(rows[index + 1 : block_end], _line(rows, block_end))
        spoken = _without_non_cues(block) if is_vtt else block
        yield (timing.start, timing.end, (timing.text, *spoken) if timing.text else tuple(spoken))


Row = str | Timing


def _rows(text: str) -> list[Row]:
    """The lines of a subtitle file, those with times as such, without header lines; raises `BadCaptions` by line."""
    lines = caption_lines(text)
    doubled = len(lines) > _FEW_LINES and not any(line.strip() for line in lines[1::2])
    rows: list[Row] = []
    in_header, maybe_field = False, True
    for number, line in enumerate(lines[::2] if doubled else lines, start=1):
        if glued := _GLUED_HEADER.match(line):  # the part before had no line end
            rows.append(glued[1])
            line = "WEBVTT"  # noqa: PLW2901 - what is left of it
        in_header = bool(_HEADER.match(line.lstrip("\ufeff"))) or (in_header and bool(line.strip()))
        parts = [] if maybe_field and _HEADER_FIELD.fullmatch(line) else unfold_line(line)
        maybe_field = not line.strip() or not parts
        for part in parts:
            timing = parse_timing(part)
            if timing is not None:
                in_header = False
                rows.append(timing)
            elif not in_header:
                refuse_time_like(2 * number - 1 if doubled else number, part)
                rows.append(part)
    return rows


def _texts(rows: Iterable[Row]) -> Iterator[str]:
    return (row for row in rows if isinstance(row, str))


def _block_starts(rows: list[Row], timings: list[int], *, named: bool) -> Iterator[int]:
    """Index of the line where each cue begins: the one above its times if that is its number or name.

    Below other text without an empty line between, only the number that continues the count is one, and so is a
    number with a word or marks around it.
    """
    count = 0
    for previous, timing in pairwise((-1, *timings)):
        place = timing - 1
        while place > previous and not _line(rows, place).strip():  # a file may have an empty line after each line
            place -= 1
        label = plain_signs(_line(rows, place)).strip() if place > previous else ""
        separate = place <= 0 or not _line(rows, place - 1).strip()
        beside = place == timing - 1
        count += 1
        match = _LABEL.fullmatch(label)
        continues = bool(match and int(match[2]) == count and (separate or label.isdecimal()))
        numbered = continues or (label.isdecimal() and separate and beside)
        count = int(label[:9]) if numbered and label.isdecimal() else count
        if (
            not numbered
            and not named
            and beside
            and count > 1
            and (glued := _GLUED_NUMBER.fullmatch(_line(rows, place)))
        ):
            rows[place], count = glued[1], 1  # a part that was joined where the one before had no line end
        yield place if numbered or (named and separate and beside and label) else timing


def _without_lost_number(rows: list[Row], following: str) -> Iterator[str]:
    """The lines of a cue without the number of a later cue whose times are missing, told by the number after it."""
    lost = str(int(following) - 1) if following.isdecimal() and len(following) < _LONGEST_NUMBER else ""
    for above, line in pairwise(("times", *_texts(rows))):
        if not lost or line.strip() != lost or above.strip():
            yield line


def _line(rows: list[Row], place: int) -> str:
    row = rows[place] if 0 <= place < len(rows) else ""
    return row if isinstance(row, str) else "times"


def _without_non_cues(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a WebVTT cue without the comment, style and region blocks that may follow it."""
    skipping, after_empty = False, False
    for line in lines:
        skipping = bool(line.strip()) and (skipping or (after_empty and bool(_NON_CUE.match(line))))
        after_empty = not line.strip()
        if not skipping:
            yield line


def _cue(start: float | None, end: float | None, lines: Iterable[str]) -> Cue:
    """A cue whose text has a new piece at each `<00:00:01.000>`."""
    pieces = split_at_word_stamps("\n".join(lines))
    return Cue(start, end, tuple((strip_tags(text), time) for text, time in pieces))


def split_at_word_stamps(text: str) -> tuple[tuple[str, float | None], ...]:
    """The text in pieces, a new one with its second at each `<00:00:01.000>`."""
    first, *rest = _WORD_STAMP.split(text)
    timed = ((piece, parse_timestamp(stamp)) for stamp, piece in zip(rest[::2], rest[1::2], strict=True))
    return ((first, None), *timed)


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
