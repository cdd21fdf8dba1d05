"""The shapes of a playlist: its page in both layouts, continuations, and the answer for a list that does not exist."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.catalogue import Catalogue, FakePlaylist, FakeVideo, Json

PAGE = 100
"""Videos on the page and in each continuation, as YouTube sends them."""


def playlist_page(catalogue: Catalogue, id_: str) -> str:
    """The page of a list."""
    data = json.dumps(playlist(catalogue, id_), ensure_ascii=False).replace("<", "\\u003c")
    return f"<!DOCTYPE html><html><body><script>var ytInitialData = {data};</script></body></html>"


def playlist(catalogue: Catalogue, id_: str) -> Json:
    """The object of that page; for an unknown list an error that says so."""
    found = catalogue.playlist(id_)
    if found is None:
        alert = {"type": "ERROR", "text": {"runs": [{"text": "The playlist does not exist."}]}}
        return {"responseContext": {}, "alerts": [{"alertRenderer": alert}]}
    items = _items(catalogue, found, 0)
    if found.layout == "renderer":
        items = [{"playlistVideoListRenderer": {"playlistId": id_, "contents": items}}]
    section = {"sectionListRenderer": {"contents": [{"itemSectionRenderer": {"contents": items}}]}}
    stats = [{"runs": [{"text": f"{len(found.video_ids):,}"}, {"text": " videos"}]}]
    sidebar = {"playlistSidebarPrimaryInfoRenderer": {"title": {"runs": [{"text": found.title}]}, "stats": stats}}
    return {
        "responseContext": {},
        "contents": {
            "twoColumnBrowseResultsRenderer": {"tabs": [{"tabRenderer": {"selected": True, "content": section}}]}
        },
        "metadata": {"playlistMetadataRenderer": {"title": found.title}},
        "sidebar": {"playlistSidebarRenderer": {"items": [sidebar]}},
    }


def continuation(catalogue: Catalogue, token: str) -> Json:
    """The videos after those that a token stands for; nothing for an unknown token."""
    id_, _, start = token.partition(":")
    found = catalogue.playlist(id_)
    items = _items(catalogue, found, int(start)) if found else []
    return {
        "responseContext": {},
        "onResponseReceivedActions": [{"appendContinuationItemsAction": {"continuationItems": items}}],
    }


def _items(catalogue: Catalogue, found: FakePlaylist, start: int) -> list[Json]:
    """One page of videos and, where more follow, the token for the next."""
    end = start + PAGE
    shape = _renderer if found.layout == "renderer" else _lockup
    items = [shape(catalogue.video(id_)) for id_ in found.video_ids[start:end]]
    if end < len(found.video_ids):
        command = {"token": f"{found.id}:{end}", "request": "CONTINUATION_REQUEST_TYPE_BROWSE"}
        items.append({"continuationItemRenderer": {"continuationEndpoint": {"continuationCommand": command}}})
    return items


def _renderer(video: FakeVideo) -> Json:
    return {
        "playlistVideoRenderer": {
            "videoId": video.id,
            "title": {"runs": [{"text": video.title}]},
            "shortBylineText": {"runs": [{"text": video.channel}]},
            "lengthSeconds": str(video.seconds),
            "isPlayable": video.playable,
        }
    }


def _lockup(video: FakeVideo) -> Json:
    minutes, seconds = divmod(video.seconds, 60)
    badge = {"thumbnailBadgeViewModel": {"text": f"{minutes}:{seconds:02}", "badgeStyle": "DEFAULT"}}
    image = {"thumbnailViewModel": {"overlays": [{"thumbnailBottomOverlayViewModel": {"badges": [badge]}}]}}
    rows = [{"metadataParts": [{"text": {"content": video.channel}}]}]
    words = {"title": {"content": video.title}, "metadata": {"contentMetadataViewModel": {"metadataRows": rows}}}
    return {
        "lockupViewModel": {
            "contentId": video.id,
            "contentType": "LOCKUP_CONTENT_TYPE_VIDEO",
            "contentImage": image,
            "metadata": {"lockupMetadataViewModel": words},
        }
    }
