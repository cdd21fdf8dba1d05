"""The video or list that was typed: any form of YouTube URL, or a bare id.

What was typed is never fetched: only the id is taken from it, and `watch_url` builds the URL anew.
"""

from __future__ import annotations

import re
import shlex
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pipeline.errors import UsageError
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListKind, ListReference

HOSTS = frozenset(
    {
        "youtu.be",
        "y2u.be",
        "youtube.com",
        "www.youtube.com",
        "m.youtube.com",
        "music.youtube.com",
        "gaming.youtube.com",
        "youtube-nocookie.com",
        "www.youtube-nocookie.com",
        "youtubekids.com",
        "www.youtubekids.com",
    }
)
"""Hosts whose URLs name YouTube videos; look-alikes are not among them."""

_SHORT_HOSTS = frozenset(("youtu.be", "y2u.be"))
_VIDEO_SEGMENTS = frozenset(("shorts", "live", "embed", "v", "e", "vi", "watch"))
_MAX_LENGTH = 2000
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_PLAYLIST = re.compile(r"(?:PL|UU|OLAK5uy_|FL|EC|SP)[A-Za-z0-9_-]{4,60}")
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_HANDLE = re.compile(r"@[^\s/?#&%@\x00-\x1f\x7f\\]{1,100}")
_OLD_NAME = re.compile(r"[^\s/?#&%@\x00-\x1f\x7f\\.][^\s/?#&%@\x00-\x1f\x7f\\]{0,99}")
CHANNEL_TABS = ("videos", "streams", "shorts")
"""The tabs of a channel that list its videos."""
_HOME = frozenset(("featured", "about"))
"""Pages of a channel that stand for all of it."""
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""What messengers, word processors and right-to-left pages put around and into a link; no link holds any of them."""
_QUOTES = "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\uff02\uff07"
_BRACKETS = "<>()[]{}\u300a\u300b\u300c\u300d\u300e\u300f\uff1c\uff1e"
_AROUND = f" \t\r\n\v\f\u00a0\u202f\u3000{_QUOTES}{_BRACKETS}"
_BEHIND = f"{_AROUND},;.!\u060c\u061b\u061f"
_NEVER_IN_URL = re.compile(r"[\s\x00-\x1f\x7f\\]")

_INVALID = "This is not the URL of a video."
_NOT_PLAIN = "Only plain http and https URLs of YouTube are accepted."
_NOT_YOUTUBE = "This is not a YouTube URL."

PLAYLIST_NOTE = "The link also names a playlist; only its video was taken."

_NO_VIDEO = {
    "playlist": "This is a playlist, not a video.",
    "results": "This is a search, not a video.",
    "hashtag": "This is a page of videos on one subject, not a video.",
    "clip": "This is a clip, and a clip's URL does not name its video.",
    "post": "This is a post, not a video.",
    "feed": "This is a list of videos, not a video.",
    "channel": "This is a channel, not a video.",
    "c": "This is a channel, not a video.",
    "user": "This is a channel, not a video.",
}
_NO_LIST = {
    "results": "This is a search: its results change from hour to hour, so it cannot serve as a list.",
    "hashtag": "This is a page of videos on one subject: it changes from hour to hour, so it cannot serve as a list.",
    "feed": "This is a page of your own account, which programs cannot see.",
}
_NO_TAB = {
    "playlists": "This is the page of a channel's playlists, not a list of its videos.",
    "courses": "This is the page of a channel's courses, not a list of its videos.",
    "podcasts": "This is the page of a channel's podcasts, not a list of its videos.",
    "releases": "This is the page of a channel's albums, not a list of its videos.",
    "live": "This is what a channel broadcasts at the moment, not a list of its videos.",
}
_TAB_HINT = "Give the channel without a page, its page /videos, /streams (past broadcasts) or /shorts, or one playlist."
_VIDEO_HINT = "Give the URL of one video, such as https://www.youtube.com/watch?v=ID, its id, or a caption file."
_LIST_HINT = "Give the URL of a playlist or channel, or a text file with one link per line."


def clean_link(text: str) -> str:
    """A link, id or handle as it was meant: without invisible marks, and the quotes or brackets around it."""
    return _INVISIBLE.sub("", text).lstrip(_AROUND).rstrip(_BEHIND)


def parse_video(text: str) -> VideoReference:
    """The video that was typed, as a reference; raises `UsageError` like `youtube_id`."""
    video, note = youtube_id(text)
    return VideoReference(SourceKind.YOUTUBE, video, note=note)


def youtube_id(text: str) -> tuple[str, str]:
    """The id (11 characters) of the video that was typed, and a note on what was ignored, or an empty one.

    Raises `UsageError` for everything that does not name exactly one YouTube video.
    """
    typed = clean_link(text)
    if _ID.fullmatch(typed):
        return typed, ""
    if _HANDLE.fullmatch(typed) or _CHANNEL.fullmatch(typed) or _PLAYLIST.fullmatch(typed):
        raise _no_video(_NO_VIDEO["playlist" if _PLAYLIST.fullmatch(typed) else "channel"], _batch_hint(typed))
    segments, query = _split_address(typed)
    if segments[:1] == ["attribution_link"]:
        segments, query = _split_address(f"https://www.youtube.com/{query.get('u', [''])[0].removeprefix('/')}")
    first = segments[0] if segments else ""
    candidates = segments[1:2] if first in _VIDEO_SEGMENTS else []
    if not segments or segments == ["watch"]:
        candidates = query.get("v", query.get("vi", []))[:1]
    for candidate in candidates:
        video = clean_link(unquote(candidate))
        if _ID.fullmatch(video) and video != "videoseries":
            return video, PLAYLIST_NOTE if query.get("list") else ""
    kind = "channel" if unquote(first).startswith("@") else "playlist" if query.get("list") else ""
    raise _no_video(_NO_VIDEO.get(first) or _NO_VIDEO.get(kind, "This YouTube URL names no video."), _batch_hint(typed))


def watch_url(video: str) -> str:
    """The URL of a video's page, built from its id alone."""
    return f"https://www.youtube.com/watch?v={video}"


def timed_url(url: str, seconds: float) -> str:
    """The URL of a second in a video; empty if `url` is."""
    return f"{url}{'&' if '?' in url else '?'}t={int(max(seconds, 0))}s" if url else ""


def parse_list(text: str) -> ListReference | None:
    """The playlist or channel that was typed; None if it names a single video, or neither.

    Raises `UsageError` for searches and other pages that are not lists of their own.
    """
    typed = clean_link(text)
    if _HANDLE.fullmatch(typed) or _CHANNEL.fullmatch(typed):
        return ListReference(ListKind.CHANNEL, typed)
    if _ID.fullmatch(typed):
        return None
    if _PLAYLIST.fullmatch(typed):
        return ListReference(ListKind.PLAYLIST, typed)
    segments, query = _split_address(typed)
    first = segments[0] if segments else ""
    if first in _NO_LIST:
        raise UsageError(_NO_LIST[first], _LIST_HINT)
    player = segments in (["watch"], ["embed", "videoseries"]) and "v" not in query
    if first != "playlist" and not (query.get("list") and player):
        return _parse_channel(segments)
    name = clean_link(query.get("list", [""])[0])
    if name.startswith("RD"):
        message = "This is a mix, which YouTube makes up anew for every viewer, not a playlist."
        raise UsageError(message, _LIST_HINT)
    if not _PLAYLIST.fullmatch(name):
        message = "This URL names no public playlist."
        raise UsageError(message, _LIST_HINT)
    return ListReference(ListKind.PLAYLIST, name)


def list_url(wanted: ListReference) -> str:
    """The URL of a list's page, built from the parsed reference alone."""
    if wanted.kind is ListKind.PLAYLIST:
        return f"https://www.youtube.com/playlist?list={wanted.id}"
    path = f"channel/{wanted.id}" if _CHANNEL.fullmatch(wanted.id) else quote(wanted.id, safe="@/-._~")
    return f"https://www.youtube.com/{path}" + (f"/{wanted.tab}" if wanted.tab else "")


def _parse_channel(segments: list[str]) -> ListReference | None:
    """The channel that a URL names by handle, id or one of the two older kinds of name."""
    names = [clean_link(unquote(segment)) for segment in segments]
    if names and _HANDLE.fullmatch(names[0]):
        name, rest = names[0], names[1:]
    elif names[:1] == ["channel"] and _CHANNEL.fullmatch(names[1] if len(names) > 1 else ""):
        name, rest = names[1], names[2:]
    elif names[:1] in (["c"], ["user"]) and len(names) > 1 and _OLD_NAME.fullmatch(names[1]):
        name, rest = f"{names[0]}/{names[1]}", names[2:]
    else:
        return None
    page = rest[0].lower() if rest else ""
    if page == "search":
        raise UsageError(_NO_LIST["results"], _LIST_HINT)
    if page and page not in {*CHANNEL_TABS, *_HOME}:
        raise UsageError(_NO_TAB.get(page, "This page of a channel is no list of its videos."), _TAB_HINT)
    return ListReference(ListKind.CHANNEL, name, page if page in CHANNEL_TABS else "")


def _batch_hint(typed: str) -> str:
    """The command for a playlist or channel that was typed where a video belongs; empty for anything else."""
    try:
        wanted = parse_list(typed)
    except UsageError as error:
        return f"`tadwin batch` takes channels. {_TAB_HINT}" if error.hint == _TAB_HINT else ""
    if wanted is None:
        return ""
    whole = wanted.id if not wanted.tab and "/" not in wanted.id else list_url(wanted)
    return f"`tadwin batch {shlex.quote(whole)}` writes the articles of all its videos."


def _split_address(typed: str) -> tuple[list[str], dict[str, list[str]]]:
    """Path segments and query of a YouTube URL; the short hosts count as the segment `watch`."""
    if not typed or len(typed) > _MAX_LENGTH or _NEVER_IN_URL.search(typed):
        raise _no_video(_INVALID)
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed.removeprefix('//')}")
        port = parts.port
    except ValueError:
        raise _no_video(_INVALID) from None
    if parts.scheme not in {"http", "https"} or parts.username is not None or port not in {None, 80, 443}:
        raise _no_video(_NOT_PLAIN)
    host = (parts.hostname or "").removesuffix(".")
    if host not in HOSTS:
        raise _no_video(_NOT_YOUTUBE)
    segments = [segment for segment in parts.path.split("/") if segment]
    return (["watch", *segments] if host in _SHORT_HOSTS else segments), parse_qs(parts.query)


def _no_video(message: str, hint: str = "") -> UsageError:
    return UsageError(message, hint or _VIDEO_HINT)
