"""Plain text as captions, one per line, with times where the text has them in one of three customary ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.sources.cues import Cue, parse_seconds, split_lines, to_captions
from pipeline.sources.formats import decode_utf8, parse_timestamp

if TYPE_CHECKING:
    from pipeline.types.article import Caption

_CLOCK_LINE = re.compile(r"[\[(]?(\d{1,3}(?::\d\d){1,2})[\])]?:?")
_TIMED_LINE = re.compile(rf"(?:{_CLOCK_LINE.pattern}|(\d{{1,6}}(?:\.\d{{1,3}})?):)\s+(\S.*)")


def parse_plain_text(data: str | bytes) -> tuple[Caption, ...]:
    """One caption per line, without ends, since plain text states none.

    Where at least half of the lines begin with their time (`12.3: words`, `0:30 words`, `[1:02:03] words`), each has
    that start. Otherwise a time on a line of its own (`0:30`) is the start of all the text up to the next one, which
    becomes one caption; a time earlier than the one above it counts as text, such as the result of a match.
    """
    lines = [line.strip() for line in split_lines(decode_utf8(data)) if line.strip()]
    matches = [_TIMED_LINE.fullmatch(line) for line in lines]
    cues = []
    if 2 * sum(match is not None for match in matches) >= len(lines):
        for line, match in zip(lines, matches, strict=True):
            clock, seconds, words = match.groups() if match else (None, None, line)
            time = parse_timestamp(clock) if clock else parse_seconds(seconds)
            cues.append(Cue(time, None, ((words, None),)))
        return to_captions(cues)

    start: float | None = None
    paragraph: list[str] = []
    for line in lines:
        mark = _CLOCK_LINE.fullmatch(line)
        time = parse_timestamp(mark[1]) if mark else None
        if time is not None and time >= (start or 0.0):
            cues.append(Cue(start, None, (("\n".join(paragraph), None),)))
            start, paragraph = time, []
        elif start is None:
            cues.append(Cue(None, None, ((line, None),)))
        else:
            paragraph.append(line)
    cues.append(Cue(start, None, (("\n".join(paragraph), None),)))
    return to_captions(cues)
