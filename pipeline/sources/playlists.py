"""Playlists and channels of YouTube, read page by page as they are used; a short list is an error, never an end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceChanged, SourceError, SourceUnreachable, VideoUnavailable
from pipeline.sources.metadata import one_line
from pipeline.sources.request_log import OK, RequestLog, annotate_errors
from pipeline.sources.youtube_errors import error_from_message
from pipeline.sources.ytdlp import OPTIONS, UNEXPECTED, SilentLogger, validate_settings
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListEntry, ListKind
from pipeline.urls import CHANNEL_TABS, list_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.ports import RequestTurns
    from pipeline.settings import SourceSettings
    from pipeline.sources.request_log import HttpExchange
    from pipeline.types.batch import ListReference

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NOT_FOUND = 404
_API = "/youtubei/"
_ROUNDING = timedelta(days=1)
_LIST_OPTIONS: dict[str, object] = {
    "allowed_extractors": ["^youtube:tab$"],
    "logger": SilentLogger(),
    "extractor_args": {
        "youtube": {"raise_incomplete_data": ["1"]},  # read under this key for lists too
        "youtubetab": {"approximate_date": ["1"]},
    },
}


_PAGE_DATA = re.compile(rb"""ytInitialData["']?\]?\s*=\s*(?=\{)""")
_TAB = re.compile(r"/([a-z]{1,30})/?")


@dataclass(slots=True)
class ListLog(RequestLog):
    """The answers to one attempt at a list, and the tabs of the channel that they show."""

    tabs: tuple[str, ...] = ()

    def record(self, exchange: HttpExchange, body: bytes = b"") -> None:
        RequestLog.record(self, exchange, body)
        if exchange.status == OK and not exchange.path.startswith(_API):
            self.tabs = channel_tabs(body) or self.tabs


def channel_tabs(page: bytes) -> tuple[str, ...]:
    """The tabs on a channel's page, as their addresses name them: `videos`, `streams`, `playlists`; none elsewhere."""
    found = _PAGE_DATA.search(page)
    try:
        data = json.JSONDecoder().raw_decode(page[found.end() :].decode("utf-8", "replace"))[0] if found else {}
        tabs = data["contents"]["twoColumnBrowseResultsRenderer"]["tabs"]
        shown = [tab["tabRenderer"]["endpoint"] for tab in tabs if "endpoint" in tab.get("tabRenderer", {})]
        addresses = [endpoint["commandMetadata"]["webCommandMetadata"]["url"] for endpoint in shown]
    except UNEXPECTED:
        return ()
    names = (_TAB.fullmatch(address[address.rindex("/") :]) for address in addresses if "/" in str(address))
    return tuple(dict.fromkeys(name[1] for name in names if name))


class YouTubeList:
    """A `VideoListing` of one playlist or channel; no request is sent before the first entry is taken.

    Requests share the limiter with those for videos. Raises `ConfigError`.
    """

    def __init__(self, wanted: ListReference, settings: SourceSettings, limiter: RequestTurns) -> None:
        from pipeline.sources import transport  # noqa: PLC0415 - yt-dlp takes 0.4 s to import

        validate_settings(settings)
        self.title = ""
        self.announced: int | None = None
        self._wanted = wanted
        self._skip_tab = False
        self._skipped = False
        self._opened = False
        self._log = ListLog(wanted.id)
        self._connections = transport.ConnectionPool(transport.AnswerLimits.of(settings))
        adapter = transport.PoliteAdapter(self._connections, limiter, self._log)
        self._downloader = transport.PoliteYoutubeDL(OPTIONS | _LIST_OPTIONS, settings, adapter)

    def __iter__(self) -> Iterator[ListEntry]:
        """The videos in the list's own order; each page is requested when it is reached.

        Raises a `SourceError` where the list cannot be read on, and `SourceChanged` at the end if it announces more
        videos than came.
        """
        from yt_dlp.utils import YoutubeDLError  # noqa: PLC0415 - as above

        with annotate_errors(self._log):
            count = 0
            try:
                for item in self._flatten(self._extract()):
                    count += 1
                    name, title = str(item.get("id")), one_line(str(item.get("title") or ""))
                    if _ID.fullmatch(name):  # otherwise it is no video
                        reference = VideoReference(SourceKind.YOUTUBE, name)
                        yield ListEntry(reference, title, _latest_day(item.get("timestamp")))
            except (YoutubeDLError, *UNEXPECTED) as error:
                raise self._error(error) from error
            if (block := self._log.block) is not None:
                raise block
            if self.announced is not None and count < self.announced and not self._skipped:
                raise SourceChanged(
                    self._wanted.id,
                    f"YouTube announces {self.announced} videos and listed {count}",
                    "Hidden videos count too; if there should be none, run the same command again later.",
                )

    def skip_rest(self) -> None:
        """Request no further page of the tab that is being read."""
        self._skip_tab = self._skipped = True

    def close(self) -> None:
        self._downloader.close()
        self._connections.close()

    def _extract(self) -> Any:  # noqa: ANN401 - yt-dlp is untyped
        """The entries as yt-dlp gives them; sets `title` and `announced`."""
        info = self._downloader.extract_info(
            list_url(self._wanted), download=False, process=False, ie_key="YoutubeTab", force_generic_extractor=False
        )
        if not isinstance(info, dict) or "entries" not in info:
            raise _evasive(SourceChanged(self._wanted.id, "YouTube's answer is not a list"))
        read = str(info.get("webpage_url") or "").partition("?")[0]
        if not read.endswith(f"/{self._wanted.tab}") and (missing := self._missing_tab) is not None:
            raise missing  # yt-dlp goes on with another tab where the page does not name the one that it shows
        own = info.get("title") if info.get("title") != self._wanted.id else ""  # the id stands for a missing title
        channel = info.get("channel") if self._wanted.kind is ListKind.CHANNEL else ""  # a playlist names its own, too
        self.title = one_line(str(channel or own or ""))
        count = info.get("playlist_count")
        self.announced = count if isinstance(count, int) else None
        self._opened = True
        return info["entries"]

    def _flatten(self, entries: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - as above
        """The videos of a list, or of the lists in it: a channel has one for each tab."""
        for item in entries:
            if isinstance(item, dict) and "entries" in item:
                yield from self._flatten(item["entries"])
                self._skip_tab = False
            elif isinstance(item, dict):
                yield item
            if self._skip_tab:
                return

    def _error(self, error: Exception) -> SourceError:
        """A failure inside yt-dlp as one of ours: what the answers say counts first, then its message."""
        subject, log = self._wanted.id, self._log
        not_found = any(e.status == _NOT_FOUND and not e.path.startswith(_API) for e in log.exchanges)
        missing = VideoUnavailable(subject, "there is no such list") if not_found else None
        broken = _evasive(SourceUnreachable(subject, f"YouTube's list broke off ({type(error).__name__})"))
        known = self._missing_tab or error_from_message(subject, str(error))
        return log.block or known or missing or self._page_failure or log.last_failure or broken

    @property
    def _missing_tab(self) -> VideoUnavailable | None:
        """The error for a tab that the channel does not have; None if it has it, or none was asked for."""
        wanted, tabs = self._wanted, self._log.tabs
        if not wanted.tab or not tabs or wanted.tab in tabs:
            return None
        message = f"the channel has no tab `{wanted.tab}`; it has {', '.join(tabs)}"
        readable = [list_url(replace(wanted, tab=tab)) for tab in CHANNEL_TABS if tab in tabs]
        hint = f"These can be read: {', '.join([list_url(replace(wanted, tab='')), *readable])}"
        return VideoUnavailable(wanted.id, message, hint)

    @property
    def _page_failure(self) -> SourceError | None:
        """Why the page of the list could not be read; None if it could. yt-dlp asks elsewhere then, and fails later."""
        pages = [exchange for exchange in self._log.exchanges if not exchange.path.startswith(_API)]
        if not pages or self._opened:
            return None
        if (failure := self._log.failure(pages[-1])) is not None or self._log.can_retry:
            return failure
        unread = "its page is garbled or of an unknown form"
        hint = "Run the same command again later, and upgrade yt-dlp if it stays."
        return _evasive(SourceUnreachable(self._wanted.id, unread, hint))


def _evasive(error: SourceError) -> SourceError:
    """The error, counted as a refusal: YouTube answered, and not with a list, as when it blocks softly."""
    error.refusals = 1
    return error


def _latest_day(timestamp: object) -> date | None:
    """Latest day that the time can mean: `2 years ago` is at least two, so a day is added to what yt-dlp computes."""
    if not isinstance(timestamp, int | float):
        return None
    try:
        return (datetime.fromtimestamp(timestamp, UTC) + _ROUNDING).date()
    except (OverflowError, OSError, ValueError):
        return None
