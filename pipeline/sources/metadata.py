"""From what yt-dlp or a player answer says about a video to our `Video`; all of it is text by strangers."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from pipeline.text.links import watch_url
from pipeline.types import Chapter, Video

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = 300
"""Longest title, channel, tag or chapter title; YouTube allows 100 characters."""
DESCRIPTION = 20_000
"""Longest description; YouTube allows 5,000 characters."""
MOST = 500
"""Most tags and most chapters; YouTube allows about 100."""

_LONGEST_SECONDS = 10 * 24 * 3600.0
# Controls, halves of surrogate pairs, and what turns the direction of the text around it: a title could then be
# read as something else ("trojan source"). Marks that only join or separate letters stay.
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def video(subject: str, info: Mapping[str, object]) -> Video:
    """The video as yt-dlp's `info` describes it; what is missing or of another form stays empty."""
    seconds = number(info.get("duration"))
    return Video(
        id=subject,
        title=line(info.get("title")),
        channel=line(info.get("channel")),
        published=_day(info.get("upload_date")),
        seconds=seconds,
        description=text(info.get("description"))[:DESCRIPTION],
        url=watch_url(subject),
        language=line(info.get("language")),
        chapters=_chapters(info.get("chapters"), seconds),
        tags=tuple(filter(None, map(line, _list(info.get("tags"))))),
    )


def of_details(details: Mapping[str, object]) -> dict[str, object]:
    """The `videoDetails` of a player answer, under yt-dlp's names."""
    names = {"title": "title", "author": "channel", "lengthSeconds": "duration", "shortDescription": "description"}
    return {ours: details.get(theirs) for theirs, ours in names.items()} | {"tags": details.get("keywords")}


def text(value: object) -> str:
    """A foreign text without control and direction characters; empty for what is no text."""
    return _DROPPED.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip() if isinstance(value, str) else ""


def line(value: object) -> str:
    """The same on one line, of at most `TITLE` characters."""
    return " ".join(text(value).split())[:TITLE].rstrip()


def number(value: object) -> float | None:
    """Seconds of a video of at most ten days, or None."""
    try:
        seconds = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds <= _LONGEST_SECONDS else None


def _chapters(value: object, seconds: float | None) -> tuple[Chapter, ...]:
    """The chapters in order, those without title or time, or after the end of the video, left out."""
    found = [
        Chapter(start, title)
        for entry in _list(value)
        if isinstance(entry, dict)
        and (start := number(entry.get("start_time"))) is not None
        and (title := line(entry.get("title")))
        and start < (seconds or _LONGEST_SECONDS)
    ]
    return tuple(sorted(found, key=lambda chapter: chapter.start))


def _day(value: object) -> date | None:
    try:
        return datetime.strptime(value, "%Y%m%d").date() if isinstance(value, str) else None  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _list(value: object) -> list[object]:
    return value[:MOST] if isinstance(value, list) else []
