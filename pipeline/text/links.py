"""Which video somebody means: any form of YouTube address, or a bare id.

What was typed is never fetched: only the id is taken from it, and `watch_url` builds the address anew.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from pipeline.errors import UsageError
from pipeline.types import Kind, Reference

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


def reference(text: str) -> Reference:
    """The video that was typed, as a reference; raises `UsageError` like `youtube_id`."""
    video, note = youtube_id(text)
    return Reference(Kind.YOUTUBE, video, note=note)


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
