"""Metadata of a video, from yt-dlp's `info.json` and from a file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.sources.chapters import choose_chapters
from pipeline.sources.cues import clean_text, parse_seconds
from pipeline.sources.formats import load_json
from pipeline.types.article import Chapter, Video
from pipeline.urls import watch_url

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_FILE_ID = re.compile(r"file-[0-9a-f]{12}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_BRACKETED = re.compile(r"\[([A-Za-z0-9_-]{11})\]")
# Overrides and isolates can make a title read as something else ("trojan source"); plain direction marks stay.
_REORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# YouTube allows 100 characters of title, 5,000 of description and 500 of tags; these limits are far above.
_MAX_LINE = 500
_MAX_DESCRIPTION = 20_000
_MAX_ITEMS = 1_000


def parse_info(data: bytes) -> Video | None:
    """The video of a yt-dlp `info.json`, or None when it does not describe one.

    A field of a wrong type counts as absent. Id and URL are empty unless the id is one of YouTube's. Raises
    `BadCaptions` for damaged JSON.
    """
    return video_from_info(load_json(data))


def video_from_info(info: object) -> Video | None:
    """The same as `parse_info`, for the decoded JSON."""
    if not isinstance(info, dict) or not _text(info, "title") or info.get("_type", "video") != "video":
        return None
    items = [item for item in _list(info.get("chapters"))[:_MAX_ITEMS] if isinstance(item, dict)]
    chapters = [(parse_seconds(item.get("start_time")), _text(item, "title")) for item in items]
    listed = [(start, title) for start, title in chapters if start is not None and title]
    description, seconds = _text(info, "description")[:_MAX_DESCRIPTION], parse_seconds(info.get("duration"))
    return clean_video(
        Video(
            id=_text(info, "id") if _text(info, "extractor_key", "extractor").lower() in {"", "youtube"} else "",
            title=_text(info, "title"),
            channel=_text(info, "channel", "uploader"),
            published=_parse_date(_text(info, "upload_date")),
            seconds=seconds,
            description=description,
            url=_text(info, "webpage_url"),
            language=_text(info, "language"),
            chapters=choose_chapters(listed, description, seconds),
            tags=tuple(tag for tag in _list(info.get("tags")) if isinstance(tag, str)),
        )
    )


def clean_video(video: Video) -> Video:
    """The video with a safe id or none, a URL (if any) made from that id alone, and short, printable texts.

    Chapters are in order, and those without a title or a time are dropped.
    """
    on_youtube = _YOUTUBE_ID.fullmatch(video.id)
    starts = ((parse_seconds(chapter.start), one_line(chapter.title)) for chapter in video.chapters[:_MAX_ITEMS])
    chapters = sorted((start, title) for start, title in starts if start is not None and title)
    return replace(
        video,
        id=video.id if on_youtube or _FILE_ID.fullmatch(video.id) else "",
        url=watch_url(video.id) if on_youtube and video.url else "",
        title=one_line(video.title),
        channel=one_line(video.channel),
        seconds=parse_seconds(video.seconds),
        description=_REORDERS.sub("", clean_text(video.description))[:_MAX_DESCRIPTION],
        language=language_tag(video.language),
        chapters=tuple(Chapter(start, title) for start, title in chapters),
        tags=tuple(filter(None, map(one_line, video.tags[:_MAX_ITEMS]))),
    )


def language_tag(text: str) -> str:
    """The text if it has the form of a BCP 47 tag, otherwise an empty one."""
    return text if _LANGUAGE.fullmatch(text) else ""


def one_line(text: str) -> str:
    """An untrusted text on one printable line of at most 500 characters."""
    return " ".join(_REORDERS.sub("", clean_text(text[:_MAX_LINE])).split())


def bracketed_id(name: str) -> str:
    """The YouTube id in a name as yt-dlp gives it, `Title [ID].ar.vtt`; empty if there is none."""
    ids = _BRACKETED.findall(name)
    return ids[-1] if ids else ""


def title_from_stem(stem: str) -> str:
    """The stem of a file's name as a title, without id and underscores unless nothing else is left."""
    return one_line(_BRACKETED.sub(" ", stem).replace("_", " ")) or one_line(stem)


def _text(info: dict[str, Any], *names: str) -> str:
    """The first of the fields that holds a text; empty if none does."""
    return next((info[name] for name in names if isinstance(info.get(name), str) and info[name].strip()), "")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{8}", text) else None
    except ValueError:
        return None
