"""Playlists and channels of YouTube, read page by page as they are used; a short list is an error, never an end."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceChanged, SourceError, SourceUnreachable, VideoUnavailable
from pipeline.sources.metadata import one_line
from pipeline.sources.request_log import RequestLog, note_requested_wait
from pipeline.sources.youtube_errors import error_from_message
from pipeline.sources.ytdlp import OPTIONS, UNEXPECTED, SilentLogger, validate_settings
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListEntry
from pipeline.urls import list_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.types.batch import ListReference

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NOT_FOUND = 404
_INTERFACE = "/youtubei/"
_ROUNDED = timedelta(days=1)
_LIST_OPTIONS: dict[str, object] = {
    "allowed_extractors": ["^youtube:tab$"],
    "logger": SilentLogger(),
    "extractor_args": {
        "youtube": {"raise_incomplete_data": ["1"]},  # read under this key for lists too
        "youtubetab": {"approximate_date": ["1"]},
    },
}


class YouTubeList:
    """One playlist or channel; nothing is asked before the first entry is taken."""

    def __init__(self, wanted: ListReference, settings: SourceSettings, pace: RequestTurns) -> None:
        """Requests are paced together with those for videos. Raises `ConfigError`."""
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        validate_settings(settings)
        self.title = ""
        self.announced: int | None = None
        self._wanted = wanted
        self._left = False
        self._cut = False
        self._traffic = RequestLog(wanted.id)
        self._connections = transport.ConnectionPool(transport.AnswerLimits.of(settings))
        adapter = transport.PoliteAdapter(self._connections, pace, self._traffic)
        self._downloader = transport.PoliteYoutubeDL(OPTIONS | _LIST_OPTIONS, settings, adapter)

    def __iter__(self) -> Iterator[ListEntry]:
        """The videos in the list's own order, a page asked for when it is reached.

        Raises a `SourceError` where the list cannot be read on, and at the end `SourceChanged` when fewer came than the
        list announces.
        """
        from yt_dlp.utils import YoutubeDLError  # noqa: PLC0415 - as above

        with note_requested_wait(self._traffic):
            came = 0
            try:
                for item in self._items():
                    came += 1
                    if (entry := _entry(item)) is not None:
                        yield entry
            except (YoutubeDLError, *UNEXPECTED) as error:
                raise self._error(error) from error
            self._check(came)

    def _check(self, came: int) -> None:
        """Raise what the answers say against a list of so many, although yt-dlp came to its end."""
        if (verdict := self._traffic.blocked) is not None:
            raise verdict
        if self.announced is not None and came < self.announced and not self._cut:
            raise SourceChanged(
                self._wanted.id,
                f"YouTube announces {self.announced} videos and listed {came}",
                "Hidden videos count too; if there should be none, run the same command again later.",
            )

    def leave(self) -> None:
        """Ask for no further page of the tab that is being read."""
        self._left = self._cut = True

    def close(self) -> None:
        """Close the connections."""
        self._downloader.close()
        self._connections.close()

    def _items(self) -> Iterator[dict[str, Any]]:
        info = self._downloader.extract_info(
            list_url(self._wanted), download=False, process=False, ie_key="YoutubeTab", force_generic_extractor=False
        )
        if not isinstance(info, dict) or "entries" not in info:
            raise SourceChanged(self._wanted.id, "YouTube's answer is not a list")
        self.title = one_line(str(info.get("channel") or info.get("title") or ""))
        count = info.get("playlist_count")
        self.announced = count if isinstance(count, int) else None
        yield from self._flat(info["entries"])

    def _flat(self, entries: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - yt-dlp is untyped
        """The videos of a list, or of the lists in it, as a channel has one for each tab."""
        for item in entries:
            if isinstance(item, dict) and "entries" in item:
                yield from self._flat(item["entries"])
                self._left = False
            elif isinstance(item, dict):
                yield item
            if self._left:
                return

    def _error(self, error: Exception) -> SourceError:
        """What the answers say first, then yt-dlp's sentence."""
        subject, traffic = self._wanted.id, self._traffic
        unknown = any(e.status == _NOT_FOUND and not e.path.startswith(_INTERFACE) for e in traffic.exchanges)
        missing = VideoUnavailable(subject, "there is no such list") if unknown else None
        broken = SourceUnreachable(subject, f"YouTube's list broke off ({type(error).__name__})")
        return traffic.blocked or error_from_message(subject, str(error)) or missing or traffic.trouble or broken


def _entry(item: dict[str, Any]) -> ListEntry | None:
    """A listed video; None for what is not one."""
    name = str(item.get("id"))
    if not _ID.fullmatch(name):
        return None
    return ListEntry(
        VideoReference(SourceKind.YOUTUBE, name), one_line(str(item.get("title") or "")), _latest(item.get("timestamp"))
    )


def _latest(timestamp: object) -> date | None:
    """`2 years ago` is at least two years ago: the day of the time that yt-dlp reckons, and one for rounding."""
    if not isinstance(timestamp, int | float):
        return None
    try:
        return (datetime.fromtimestamp(timestamp, UTC) + _ROUNDED).date()
    except (OverflowError, OSError, ValueError):
        return None
