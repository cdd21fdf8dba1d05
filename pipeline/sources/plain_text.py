"""Plain text as captions: one a line, with times where the text has them in one of three customary ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.sources.cues import Cue, lines, parse_seconds, to_captions
from pipeline.sources.formats import decoded, parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.types.article import Caption

_MARK = re.compile(r"[\[(]?(\d{1,3}(?::\d\d){1,2})[\])]?:?")
_LED = re.compile(rf"(?:{_MARK.pattern}|(\d{{1,6}}(?:\.\d{{1,3}})?):)\s+(\S.*)")


def plain_text(data: str | bytes) -> tuple[Caption, ...]:
    """A caption a line, without an end, since plain text states none.

    Where at least half of the lines begin with their time (`12.3: words`, `0:30 words`, `[1:02:03] words`), each has
    that start. Otherwise a time on a line of its own (`0:30`) is the start of all the text up to the next one, which
    becomes one caption; a time earlier than the one above it is no time but text, such as the result of a match.
    """
    rows = [row.strip() for row in lines(decoded(data)) if row.strip()]
    led = [_LED.fullmatch(row) for row in rows]
    if 2 * sum(match is not None for match in led) >= len(rows):
        return to_captions(_line(row, match) for row, match in zip(rows, led, strict=True))
    return to_captions(_marked(rows))


def _line(row: str, match: re.Match[str] | None) -> Cue:
    if not match:
        return Cue(None, None, ((row, None),))
    clock, seconds, said = match.groups()
    return Cue(parse_timestamp(clock) if clock else parse_seconds(seconds), None, ((said, None),))


def _marked(rows: list[str]) -> Iterator[Cue]:
    at: float | None = None
    said: list[str] = []
    for row in rows:
        mark = _MARK.fullmatch(row)
        time = parse_timestamp(mark[1]) if mark else None
        if time is not None and time >= (at or 0.0):
            yield Cue(at, None, (("\n".join(said), None),))
            at, said = time, []
        elif at is None:
            yield Cue(None, None, ((row, None),))
        else:
            said.append(row)
    yield Cue(at, None, (("\n".join(said), None),))
