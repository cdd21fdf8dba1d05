"""The shapes of YouTube's answers for one video: watch page, player, embed page, wall and refusal pages.

Only what the released libraries read is here; `test_recordings.py` holds these shapes against recorded answers.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.fakes.catalogue import FakeSound

if TYPE_CHECKING:
    from tests.fakes.catalogue import FakeTrack, FakeVideo, Json

API_KEY = "AIzaFakeKeyForTests"
CONTEXT: Json = {"client": {"clientName": "WEB", "clientVersion": "2.20261101.00.00", "hl": "en", "gl": "US"}}
CONSENT_PAGE = """<!DOCTYPE html><html><body><form action="https://consent.youtube.com/s" method="POST">
<input type="hidden" name="v" value="cb.20261101-00-p0.en+FX+100"><button>Accept all</button></form></body></html>"""
SORRY_PAGE = """<!DOCTYPE html><html><head><title>Sorry...</title></head><body>
<form id="captcha-form" action="index" method="post"><div class="g-recaptcha" data-sitekey="fake"></div></form>
Our systems have detected unusual traffic from your computer network.</body></html>"""
PLAYER_SCRIPT = "/s/player/fake0001/player_ias.vflset/en_US/base.js"
IFRAME_API = f"var scriptUrl = 'https:\\/\\/www.youtube.com{PLAYER_SCRIPT.replace('/', chr(92) + '/')}';"


def watch_page(video: FakeVideo) -> str:
    """The page of a video with its three embedded objects."""
    config = {"INNERTUBE_API_KEY": API_KEY, "VISITOR_DATA": "CgtGYWtlVmlzaXRvcg%3D%3D", "INNERTUBE_CONTEXT": CONTEXT}
    return (
        "<!DOCTYPE html><html lang='en'><head>"
        f"<title>{escape(video.title if video.details else '')} - YouTube</title></head><body>"
        f"<script>ytcfg.set({_script(config)});</script>"
        f"<script>var ytInitialPlayerResponse = {_script(player(video, 'WEB'))};</script>"
        f"<script>var ytInitialData = {_script(initial_data(video))};</script></body></html>"
    )


def embed_page(video: FakeVideo) -> str:
    """The page of the embedded player: a configuration that yt-dlp asks for when a video is age-restricted."""
    config = {"INNERTUBE_API_KEY": API_KEY, "INNERTUBE_CONTEXT": CONTEXT, "VIDEO_ID": video.id}
    return f"<!DOCTYPE html><html><body><script>ytcfg.set({_script(config)});</script></body></html>"


def player(video: FakeVideo, client: str) -> Json:
    """The player's answer as that client gets it: `ANDROID`, `VISIONOS`, `TVHTML5`, `WEB`, ..."""
    answer: Json = {"responseContext": {"visitorData": "CgtGYWtlVmlzaXRvcg%3D%3D"}}
    answer["playabilityStatus"] = dict(video.playability) | ({"playableInEmbed": True} if video.playable else {})
    if video.details:
        answer["videoDetails"] = _details(video)
        if client.startswith(("WEB", "MWEB")):
            answer["microformat"] = {"playerMicroformatRenderer": _microformat(video)}
    if video.playable:
        answer["streamingData"] = {"expiresInSeconds": "21540", "adaptiveFormats": _audio(video)}
        if video.tracks:
            answer["captions"] = {"playerCaptionsTracklistRenderer": _captions(video, client)}
    return answer


def initial_data(video: FakeVideo) -> Json:
    """The page's second object: owner and chapters."""
    owner = {"videoSecondaryInfoRenderer": {"owner": {"videoOwnerRenderer": _owner(video)}}}
    contents = [{"videoPrimaryInfoRenderer": {"title": {"runs": [{"text": video.title}]}}}, owner]
    data: Json = {
        "contents": {
            "twoColumnWatchNextResults": {"results": {"results": {"contents": contents if video.details else []}}}
        },
    }
    if video.chapters:
        bar = {"chapteredPlayerBarRenderer": {"chapters": [_chapter(c.start, c.title) for c in video.chapters]}}
        decorated = {"decoratedPlayerBarRenderer": {"decoratedPlayerBarRenderer": {"playerBar": bar}}}
        data["playerOverlays"] = {"playerOverlayRenderer": decorated}
    return data


def _script(value: object) -> str:
    """JSON that cannot end its script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _details(video: FakeVideo) -> Json:
    live = {"isLive": True} if video.live == "is_live" else {"isUpcoming": True} if video.live == "is_upcoming" else {}
    return {
        "videoId": video.id,
        "title": video.title,
        "lengthSeconds": str(video.seconds),
        "keywords": list(video.tags),
        "channelId": video.channel_id,
        "shortDescription": video.description,
        "thumbnail": {"thumbnails": []},
        "viewCount": "1001",
        "author": video.channel,
        "isPrivate": False,
        "isLiveContent": bool(video.live),
    } | live


def _microformat(video: FakeVideo) -> Json:
    date = f"{video.published.isoformat()}T12:00:00+00:00"
    return {
        "title": {"simpleText": video.title},
        "description": {"simpleText": video.description},
        "lengthSeconds": str(video.seconds),
        "ownerProfileUrl": f"http://www.youtube.com/@{video.channel_id.lower()}",
        "externalChannelId": video.channel_id,
        "ownerChannelName": video.channel,
        "isFamilySafe": True,
        "isUnlisted": False,
        "viewCount": "1001",
        "category": "Education",
        "publishDate": date,
        "uploadDate": date,
    }


def _owner(video: FakeVideo) -> Json:
    browse = {"browseId": video.channel_id, "canonicalBaseUrl": f"/@{video.channel_id.lower()}"}
    return {"title": {"runs": [{"text": video.channel, "navigationEndpoint": {"browseEndpoint": browse}}]}}


def _chapter(start: float, title: str) -> Json:
    return {"chapterRenderer": {"title": {"simpleText": title}, "timeRangeStartMillis": round(start * 1000)}}


def _audio(video: FakeVideo) -> list[Json]:
    """A format for each sound track."""
    own = (FakeSound(video.language, "4", default=True),) if video.language else ()
    return [_format(video) | {"audioTrack": _sound(each)} for each in video.sounds or own] or [_format(video)]


def _sound(sound: FakeSound) -> Json:
    marks: Json = {"isAutoDubbed": True} if sound.auto_dubbed else {}
    id_ = f"{sound.language}.{sound.number}" if sound.number else sound.language
    return {"displayName": sound.name, "id": id_, "audioIsDefault": sound.default} | marks


def _format(video: FakeVideo) -> Json:
    return {
        "itag": 140,
        "url": f"https://rr1.googlevideo.com/videoplayback?id={video.id}&itag=140",
        "mimeType": 'audio/mp4; codecs="mp4a.40.2"',
        "bitrate": 130_000,
        "contentLength": str(video.seconds * 16_000),
        "approxDurationMs": str(video.seconds * 1000),
        "audioQuality": "AUDIO_QUALITY_MEDIUM",
        "audioSampleRate": "44100",
        "audioChannels": 2,
    }


def _captions(video: FakeVideo, client: str) -> Json:
    languages = [{"languageCode": c, "languageName": _name(n, client)} for c, n in video.translation_languages]
    return {
        "captionTracks": [_track(video, track, client) for track in video.tracks],
        "audioTracks": [{"captionTrackIndices": list(range(len(video.tracks)))}],
        "translationLanguages": languages,
    }


def _track(video: FakeVideo, track: FakeTrack, client: str) -> Json:
    query = {"v": video.id, "signature": "0F" * 20, "lang": track.language}
    query |= {"kind": "asr"} if track.kind == "asr" else {}
    query |= {"name": track.variant} if track.variant else {}
    query |= {"exp": video.exp} if video.exp else {}
    query |= {"fmt": "srv3"} if client == "ANDROID" else {}
    return {
        "baseUrl": f"https://www.youtube.com/api/timedtext?{urlencode(query)}",
        "name": _name(track.name or track.language, client),
        "vssId": track.key,
        "languageCode": track.language,
        "isTranslatable": bool(video.translation_languages),
    } | ({"kind": "asr"} if track.kind == "asr" else {})


def _name(text: str, client: str) -> Json:
    """Web clients get `simpleText`, the others `runs`."""
    return {"simpleText": text} if "WEB" in client else {"runs": [{"text": text}]}
