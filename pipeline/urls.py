"""Which video or list somebody means: any form of YouTube address, or a bare id.

What was typed is never fetched: only the id is taken from it, and `watch_url` builds the address anew.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pipeline.errors import UsageError
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListReference, SourceType

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
"""Hosts whose addresses name YouTube videos; look-alikes are not among them."""

_SHORT_HOSTS = frozenset(("youtu.be", "y2u.be"))
_VIDEO_FOLDERS = frozenset(("shorts", "live", "embed", "v", "e", "vi", "watch"))
_LONGEST = 2000
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_PLAYLIST = re.compile(r"(?:PL|UU|OLAK5uy_|FL|EC|SP)[A-Za-z0-9_-]{4,60}")
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_HANDLE = re.compile(r"@[^\s/?#&%@\x00-\x1f\x7f\\]{1,100}")
_OLD_NAME = re.compile(r"[^\s/?#&%@\x00-\x1f\x7f\\.][^\s/?#&%@\x00-\x1f\x7f\\]{0,99}")
_TABS = frozenset(("videos", "streams", "shorts"))
_NEVER_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f\\]")

_NO_ADDRESS = "This is not an address of a video."
_NOT_PLAIN = "Only plain http and https addresses of YouTube are accepted."
_NOT_YOUTUBE = "This is not an address of YouTube."

PLAYLIST_NOTE = "The link also names a playlist; only its video was taken."

_NO_VIDEO = {
    "playlist": "This is a playlist, not a video.",
    "results": "This is a search, not a video.",
    "hashtag": "This is a page of videos on one subject, not a video.",
    "clip": "This is a clip, and a clip's address does not name its video.",
    "post": "This is a post, not a video.",
    "feed": "This is a list of videos, not a video.",
    "channel": "This is a channel, not a video.",
    "c": "This is a channel, not a video.",
    "user": "This is a channel, not a video.",
}
_NO_LIST = {
    "results": "This is a search: its results change from hour to hour, so they are no list to work through.",
    "hashtag": "This is a page of videos on one subject: it changes from hour to hour, so it is no list.",
    "feed": "This is a page of your own account, which programs cannot see.",
}
_LIST_HINT = "Give the address of a playlist or a channel, or a text file with a link a line."


def parse_video(text: str) -> VideoReference:
    """The video that was typed, as a reference; raises `UsageError` like `youtube_id`."""
    video, note = youtube_id(text)
    return VideoReference(SourceKind.YOUTUBE, video, note=note)


def youtube_id(text: str) -> tuple[str, str]:
    """The id (11 characters) of the video that was typed, and a sentence on what was passed over, or an empty one.

    Raises `UsageError` with one sentence for everything that does not name exactly one YouTube video.
    """
    typed = text.strip()
    if _ID.fullmatch(typed):
        return typed, ""
    folders, query = _address(typed)
    if folders[:1] == ["attribution_link"]:
        folders, query = _address(f"https://www.youtube.com/{query.get('u', [''])[0].removeprefix('/')}")
    return _in_address(folders, query), PLAYLIST_NOTE if query.get("list") else ""


def watch_url(video: str) -> str:
    """The address of a video's page, built from its id alone."""
    return f"https://www.youtube.com/watch?v={video}"


def timed_url(url: str, seconds: float) -> str:
    """The address of a second in a video; empty without an address."""
    return f"{url}{'&' if '?' in url else '?'}t={int(max(seconds, 0))}s" if url else ""


def parse_list(text: str) -> ListReference | None:
    """The playlist or channel that was typed; None when it names a single video, or neither.

    Raises `UsageError` with a sentence for searches and other pages that are no lists of their own.
    """
    typed = text.strip()
    bare = _bare_list(typed)
    if bare is not None or _ID.fullmatch(typed):
        return bare
    folders, query = _address(typed)
    first = folders[0] if folders else ""
    if first in _NO_LIST:
        raise UsageError(_NO_LIST[first], _LIST_HINT)
    if first == "playlist" or (query.get("list") and first == "watch" and "v" not in query and len(folders) == 1):
        return _playlist(query.get("list", [""])[0])
    return _channel(folders)


def list_url(wanted: ListReference) -> str:
    """The address of a list's page, built from what was understood alone."""
    if wanted.kind is SourceType.PLAYLIST:
        return f"https://www.youtube.com/playlist?list={wanted.id}"
    path = f"channel/{wanted.id}" if _CHANNEL.fullmatch(wanted.id) else quote(wanted.id, safe="@/-._~")
    return f"https://www.youtube.com/{path}" + (f"/{wanted.tab}" if wanted.tab else "")


def _bare_list(typed: str) -> ListReference | None:
    if _HANDLE.fullmatch(typed):
        return ListReference(SourceType.CHANNEL, typed)
    if _CHANNEL.fullmatch(typed):
        return ListReference(SourceType.CHANNEL, typed)
    if _PLAYLIST.fullmatch(typed) and len(typed) != 11:  # noqa: PLR2004 - a bare id of 11 characters is a video's
        return ListReference(SourceType.PLAYLIST, typed)
    return None


def _playlist(name: str) -> ListReference:
    if name.startswith("RD"):
        sentence = "This is a mix, which YouTube makes up anew for every viewer, not a playlist."
        raise UsageError(sentence, _LIST_HINT)
    if not _PLAYLIST.fullmatch(name):
        sentence = "This address names no playlist that anybody may read."
        raise UsageError(sentence, _LIST_HINT)
    return ListReference(SourceType.PLAYLIST, name)


def _channel(folders: list[str]) -> ListReference | None:
    """The channel that an address names by handle, id or one of the two older kinds of name."""
    names = [unquote(folder) for folder in folders]
    if names and _HANDLE.fullmatch(names[0]):
        name, rest = names[0], names[1:]
    elif names[:1] == ["channel"] and _CHANNEL.fullmatch(names[1] if len(names) > 1 else ""):
        name, rest = names[1], names[2:]
    elif names[:1] in (["c"], ["user"]) and len(names) > 1 and _OLD_NAME.fullmatch(names[1]):
        name, rest = f"{names[0]}/{names[1]}", names[2:]
    else:
        return None
    if rest[:1] == ["search"]:
        raise UsageError(_NO_LIST["results"], _LIST_HINT)
    return ListReference(SourceType.CHANNEL, name, rest[0] if rest and rest[0] in _TABS else "")


def _address(typed: str) -> tuple[list[str], dict[str, list[str]]]:
    """The folders and the query of a YouTube address; the short hosts count as the folder `watch`."""
    if not typed or len(typed) > _LONGEST or _NEVER_IN_ADDRESS.search(typed):
        raise _refused(_NO_ADDRESS)
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed.removeprefix('//')}")
        port = parts.port
    except ValueError:
        raise _refused(_NO_ADDRESS) from None
    if parts.scheme not in {"http", "https"} or parts.username is not None or port not in {None, 80, 443}:
        raise _refused(_NOT_PLAIN)
    host = (parts.hostname or "").removesuffix(".")
    if host not in HOSTS:
        raise _refused(_NOT_YOUTUBE)
    folders = [folder for folder in parts.path.split("/") if folder]
    return (["watch", *folders] if host in _SHORT_HOSTS else folders), parse_qs(parts.query)


def _in_address(folders: list[str], query: dict[str, list[str]]) -> str:
    candidates = folders[1:2] if folders and folders[0] in _VIDEO_FOLDERS else []
    if not folders or folders == ["watch"]:
        candidates = query.get("v", query.get("vi", []))[:1]
    for candidate in candidates:
        if _ID.fullmatch(candidate) and candidate != "videoseries":
            return candidate
    raise _refused(_reason(folders, query))


def _reason(folders: list[str], query: dict[str, list[str]]) -> str:
    first = folders[0] if folders else ""
    if first in _NO_VIDEO:
        return _NO_VIDEO[first]
    if first.startswith("@"):
        return "This is a channel, not a video."
    return "This is a playlist, not a video." if query.get("list") else "This address of YouTube names no video."


def _refused(sentence: str) -> UsageError:
    return UsageError(
        sentence,
        "Give the address of one video, such as https://www.youtube.com/watch?v=ID, its id, or a caption file.",
    )
