"""Answers that YouTube really gave, from the shared recordings, with what each should be understood as.

The expectations are tables by file name, read off the recordings by hand; no code under test is asked. They hold for
one answer with the default settings (Arabic is wanted): `ok` where an Arabic track can be had, `NoCaptions` where the
video plays and lists no track, which one attempt alone never makes final.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Kind = Literal["player", "watch-page", "playlist", "caption", "other"]

PLAYERS: Mapping[str, Mapping[str, str]] = {
    "ok": {  # an Arabic track is listed
        "newpipe/stream/youtubestreamextractordefault/audiotracklanguage": "1 3",
        "invidious_mocks/video": "regular_mrbeast.player.json",
        "youtube_transcript_api_history": "7ab2a9e__youtube_no_translation_languages.html.static",
    },
    "NoArabicCaptions": {  # tracks are listed, none is Arabic
        "newpipe/stream/youtubestreamextractordefault/audiotracktypes": "1 3",
        "newpipe/stream/youtubestreamextractordefault/descriptionunboxing": "1 3",
        "newpipe/stream/youtubestreamextractordefault/novisualmetadatavideo": "1 3",
        "newpipe/stream/youtubestreamextractordefault/ratingsdisabled": "1",
        "newpipe/stream/youtubestreamextractordefault/streamsegmentsmailab": "1 3",
        "newpipe/stream/youtubestreamextractordefault/streamsegmentstagesschau": "1 3",
        "newpipe/stream/youtubestreamextractordefault/unlisted": "1 3",
        "newpipe/stream/youtubestreamextractorrelatedmix": "1 3",
        "newpipe_history/generatedAndTranslatedSubtitles": "4",
        "newpipe_history/generatedSubtitles": "4",
        "node_ytdl_core/chapters": "watch.html",
        "node_ytdl_core/no-likes-or-dislikes": "watch.json",
        "trldvix/innertube": "response.json.static response2.json.static",
        "youtube_transcript_api": (
            "youtube.html.static youtube.innertube.json.static "
            "youtube_altered_user_agent.innertube.json.static "
            "youtube_po_token_required.innertube.json.static youtube_ww1_nl_en.innertube.json.static"
        ),
    },
    "NoCaptions": {  # the video plays and no track is listed
        "invidious_mocks/video": "regular_no-description.player.json",
        "node_ytdl_core/cipher": "watch.html",
        "node_ytdl_core/live-past": "watch.json",
        "node_ytdl_core/longest-upload": "watch.html",
        "node_ytdl_core/no-embed": "watch.json",
        "node_ytdl_core/regular": "watch.html watch.json",
        "node_ytdl_core/related-topics": "watch.html",
        "node_ytdl_core/rich-thumbnails": "watch.json",
        "node_ytdl_core/use-backups": "watch.html",
        "trldvix/innertube": "transcripts_disabled.json.static transcripts_disabled2.json.static",
        "youtube_transcript_api": (
            "youtube_transcripts_disabled.innertube.json.static youtube_transcripts_disabled2.innertube.json.static"
        ),
    },
    "NotYetAvailable": {  # announced or on air
        "invidious_mocks/video": "scheduled_live_PBD-Podcast.player.json",
        "newpipe/stream/youtubestreamextractorlivestream": "1 3",
        "node_ytdl_core/live-future": "watch.json",
        "node_ytdl_core/live-now": "watch.html",
        "node_ytdl_core/live-with-cc": "watch.html",
    },
    "AccessDenied": {  # age, membership, payment, private
        "newpipe/stream/youtubestreamextractordefault/notavailable/musicpremiumcontent": "1",
        "newpipe/stream/youtubestreamextractordefault/notavailable/paidcontent": "1",
        "newpipe/stream/youtubestreamextractordefault/notavailable/privatecontent": "1",
        "newpipe_history/ageRestricted": "2 5",
        "node_ytdl_core/age-restricted": "watch.html",
        "node_ytdl_core/age-restricted-vi-VN": "watch.html",
        "node_ytdl_core/private": "watch.json",
        "node_ytdl_core/rental": "watch.html",
        "trldvix/innertube": "age_restricted.json.static",
        "youtube_transcript_api": "youtube_age_restricted.innertube.json.static",
        "youtube_transcript_api_history": "16bda51__youtube_video_login_required.html.static",
    },
    "RegionBlocked": {  # not in this country
        "newpipe/stream/youtubestreamextractordefault/notavailable/restricted": "1",
        "youtube_transcript_api_history": "16bda51__youtube_video_unplayable.html.static",
    },
    "VideoUnavailable": {  # does not exist, was removed, or is not shown at all
        "newpipe/stream/youtubestreamextractordefault/ratingsdisabled": "3",
        "node_ytdl_core/non-existent": "watch.json",
        "trldvix/innertube": "unavailable.json.static",
        "youtube_transcript_api": "youtube_video_unavailable.innertube.json.static",
        "youtube_transcript_api_history": "16bda51__youtube_transcripts_disabled.html.static",
    },
    "SourceBlocked": {  # a bot check, a captcha, or another video than the one that was asked for
        "newpipe_history/generatedAndTranslatedSubtitles": "6",
        "newpipe_history/generatedSubtitles": "6",
        "trldvix/innertube": "request_blocked.json.static unplayable.json.static",
        "youtube_transcript_api": (
            "youtube_request_blocked.innertube.json.static youtube_unplayable.innertube.json.static "
            "youtube_too_many_requests.html.static"
        ),
    },
    "SourceChanged": {  # nothing says whether the video plays: asked for other fields only, or an empty answer
        "newpipe/stream/youtubestreamextractordefault/audiotracklanguage": "7",
        "newpipe/stream/youtubestreamextractordefault/audiotracktypes": "7",
        "newpipe/stream/youtubestreamextractordefault/descriptionunboxing": "7",
        "newpipe/stream/youtubestreamextractordefault/novisualmetadatavideo": "7",
        "newpipe/stream/youtubestreamextractordefault/ratingsdisabled": "7",
        "newpipe/stream/youtubestreamextractordefault/streamsegmentsmailab": "7",
        "newpipe/stream/youtubestreamextractordefault/streamsegmentstagesschau": "7",
        "newpipe/stream/youtubestreamextractordefault/unlisted": "7",
        "newpipe/stream/youtubestreamextractordefault/notavailable/invalidid": "1",
        "newpipe/stream/youtubestreamextractordefault/notavailable/nonexistent": "1",
        "newpipe/stream/youtubestreamextractorlivestream": "7",
        "newpipe/stream/youtubestreamextractorrelatedmix": "7",
    },
}
"""Class name, folder, and names of player answers, alone or in a watch page; `7` stands for `generated_mock_7.json`."""

PLAYLISTS: Mapping[str, Mapping[str, str]] = {
    "ok": {
        "newpipe/youtubeplaylistextractor/continuationss": "2 3 4 5 6",
        "newpipe/youtubeplaylistextractor/courseplaylist": "2 3",
        "newpipe/youtubeplaylistextractor/hugeplaylist": "2 3 4 5 6 7",
        "newpipe/youtubeplaylistextractor/learningplaylist": "2 3",
        "newpipe/youtubeplaylistextractor/membersonlys": "2 3",
        "newpipe/youtubeplaylistextractor/shortsui": "2 3 4",
        "newpipe/youtubeplaylistextractor/timelesspophits": "2 3 4",
        "node_ytpl/pages": (
            "firstpage_01.html firstpage_02.html firstpage_03.html firstpage_04.html secondpage_01.html "
            "withDescription.html"
        ),
    },
    "VideoUnavailable": {
        "newpipe/youtubeplaylistextractor/notavailable": "2 3",
        "node_ytpl/pages": "notexistspage.html",
    },
    "AccessDenied": {
        "node_ytpl/pages": "privatepage.html",
    },
}
"""The same for answers about a playlist: heads, pages and continuations."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded file."""

    file: str
    """Path below the folder of recordings, with `/`."""
    kind: Kind
    expected: str = ""
    """Name of a class of `pipeline.errors`, or `ok`; empty for captions and other files."""
    text: str = ""
    """What YouTube sent: the page, the JSON or the caption file."""
    answer: Mapping[str, Any] | None = None
    """The player's answer, or the object of the playlist; None in a page that has none."""
    status: str = ""
    """`playabilityStatus.status`, or the type of the playlist's alert."""
    reason: str = ""
    """The sentence beside it."""
    asked: str = ""
    """The video id in the recorded request, where the request was recorded."""


def recorded(shared: Path) -> Iterator[Recorded]:
    """Every file of the recordings in the order of their paths; `shared` is the folder of shared data."""
    folder = shared / "data" / "youtube_recorded"
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield _read(path, path.relative_to(folder).as_posix())


def expectations() -> dict[str, tuple[str, str]]:
    """The two tables as one: file, then `player` or `playlist` and what is expected."""
    return {
        file: (kind, expected)
        for kind, table in (("player", PLAYERS), ("playlist", PLAYLISTS))
        for expected, folders in table.items()
        for folder, names in folders.items()
        for file in (f"{folder}/{_name(n)}" for n in names.split())
    }


def _name(short: str) -> str:
    return f"generated_mock_{short}.json" if short.isdigit() else short


def _read(path: Path, file: str) -> Recorded:
    about, expected = expectations().get(file, ("", ""))
    sent, asked = _sent(path.read_text(encoding="utf-8-sig", errors="replace"))
    if not about:
        captions = path.suffix in (".vtt", ".srt", ".sbv") or path.name.startswith("transcript.xml")
        return Recorded(file, "caption" if captions else "other", text=sent, asked=asked)
    if about == "playlist":
        data = _json(sent) or _embedded(sent, "ytInitialData")
        kind, reason = _alert(data or {})
        return Recorded(file, "playlist", expected, sent, data, kind, reason, asked)
    whole = _json(sent)
    answer = _player(whole) if whole is not None else _embedded(sent, "ytInitialPlayerResponse")
    status = (answer or {}).get("playabilityStatus") or {}
    reason = status.get("reason") or " ".join(status.get("messages", ()))
    page = whole is None or isinstance(whole, list)
    return Recorded(
        file, "watch-page" if page else "player", expected, sent, answer, status.get("status", ""), reason, asked
    )


def _sent(text: str) -> tuple[str, str]:
    """The body of a recorded exchange and the id that was asked for; any other file as it is."""
    exchange = _json(text)
    if not isinstance(exchange, dict) or not {"request", "response"} <= exchange.keys():
        return text, ""
    signed = exchange["request"].get("dataToSend") or []
    asked = _json(bytes(byte % 256 for byte in signed).decode()) or {}
    inner = asked.get("playerRequest") or asked
    return exchange["response"]["responseBody"], inner.get("videoId", "")


def _json(text: str) -> Any:  # noqa: ANN401 - whatever was recorded
    try:
        return json.loads(text)
    except ValueError:
        return None


def _embedded(page: str, name: str) -> dict[str, Any] | None:
    """The object that a page assigns to a variable or to a key of `window`."""
    found = re.search(rf"""{name}["']?\]?\s*=\s*(?=\{{)""", page)
    value: dict[str, Any] | None = json.JSONDecoder().raw_decode(page, found.end())[0] if found else None
    return value


def _player(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever was recorded
    """The player's answer inside what one of three interfaces wraps around it."""
    if isinstance(answer, list):  # the page of 2020 asked for as JSON
        part: dict[str, Any] = next(p for p in answer if "playerResponse" in p or "player" in p)
        old = part.get("player")
        answer = json.loads(old["args"]["player_response"]) if old else part
    inner: dict[str, Any] = answer.get("playerResponse") or answer
    return inner


def _alert(data: Mapping[str, Any]) -> tuple[str, str]:
    """Type and sentence of the first alert that is an error."""
    alerts = [alert.get("alertRenderer", {}) for alert in data.get("alerts", ())]
    texts = [(a["type"], a["text"]) for a in alerts if a.get("type") == "ERROR"]
    if not texts:
        return "", ""
    kind, text = texts[0]
    return kind, text.get("simpleText") or "".join(run["text"] for run in text.get("runs", ()))
