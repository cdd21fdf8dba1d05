"""The shapes of lists: a playlist's page in both layouts, a channel's tabs, continuations, and the unknown list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.catalogue import Catalogue, FakeChannel, FakePlaylist, FakeVideo, Json

PAGE, TAB_PAGE = 100, 30
"""Videos on the page and in each continuation of a playlist, and of a channel's tab, as YouTube sends them."""

TODAY = datetime.now(tz=UTC).date()
"""What a channel counts back from: `9 days ago`."""


def playlist_page(catalogue: Catalogue, id_: str) -> str:
    """The page of a list."""
    return _page(playlist(catalogue, id_))


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
        "sidebar": {"playlistSidebarRenderer": {"items": [sidebar, *_owner(found)]}},
    }


def _owner(found: FakePlaylist) -> list[Json]:
    """The channel that made a playlist."""
    title = {"runs": [{"text": found.channel}]}
    owner = {"videoOwner": {"videoOwnerRenderer": {"title": title}}}
    return [{"playlistSidebarSecondaryInfoRenderer": owner}] if found.channel else []


def channel_page(catalogue: Catalogue, name: str, tab: str) -> str | None:
    """The page of a channel's tab; YouTube shows the first one where the channel has no such tab. None if unknown."""
    found = catalogue.channel(name)
    if found is None:
        return None
    shown = tab if tab in found.tabs else next(iter(found.tabs), "")
    tabs = []
    for each in found.tabs:
        address = {"commandMetadata": {"webCommandMetadata": {"url": f"/{found.handle}/{each}"}}}
        named: Json = {"title": each.title(), "endpoint": address}
        content: Json = {"selected": True, "content": _grid(catalogue, found, each)}
        nameless = found.unnamed and each == shown
        tabs.append({"tabRenderer": ({} if nameless else named) | (content if each == shown else {})})
    about = {"title": found.title, "externalId": found.id, "vanityChannelUrl": f"http://www.youtube.com/{found.handle}"}
    return _page(
        {
            "responseContext": {},
            "contents": {"twoColumnBrowseResultsRenderer": {"tabs": tabs}},
            "metadata": {"channelMetadataRenderer": about},
        }
    )


def _page(data: Json) -> str:
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f"<!DOCTYPE html><html><body><script>var ytInitialData = {text};</script></body></html>"


def _grid(catalogue: Catalogue, found: FakeChannel, tab: str) -> Json:
    return {"richGridRenderer": {"contents": _tiles(catalogue, found, tab, 0)}}


def _tiles(catalogue: Catalogue, found: FakeChannel, tab: str, start: int) -> list[Json]:
    """One page of a tab and, where more follow, the token for the next."""
    ids, end = found.tabs[tab], start + TAB_PAGE
    shape = _short if tab == "shorts" else _tile
    items: list[Json] = [{"richItemRenderer": {"content": shape(catalogue.video(id_))}} for id_ in ids[start:end]]
    return items + ([_more(f"{found.handle}/{tab}:{end}")] if end < len(ids) else [])


def _tile(video: FakeVideo) -> Json:
    ago = f"{max((TODAY - video.published).days, 0)} days ago"
    return {
        "videoRenderer": {
            "videoId": video.id,
            "title": {"runs": [{"text": video.title}]},
            "publishedTimeText": {"simpleText": ago},
            "lengthText": {"simpleText": f"{video.seconds // 60}:{video.seconds % 60:02}"},
        }
    }


def _short(video: FakeVideo) -> Json:
    return {
        "shortsLockupViewModel": {
            "entityId": f"shorts-shelf-item-{video.id}",
            "onTap": {"innertubeCommand": {"reelWatchEndpoint": {"videoId": video.id}}},
            "overlayMetadata": {"primaryText": {"content": video.title}},
        }
    }


def _more(token: str) -> Json:
    command = {"token": token, "request": "CONTINUATION_REQUEST_TYPE_BROWSE"}
    return {"continuationItemRenderer": {"continuationEndpoint": {"continuationCommand": command}}}


def continuation(catalogue: Catalogue, token: str) -> Json:
    """The videos after those that a token stands for; nothing for an unknown token."""
    id_, _, start = token.partition(":")
    found, channel = catalogue.playlist(id_), catalogue.channel(id_.partition("/")[0])
    items = _items(catalogue, found, int(start)) if found else []
    items += _tiles(catalogue, channel, id_.partition("/")[2], int(start)) if channel else []
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
        items.append(_more(f"{found.id}:{end}"))
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
