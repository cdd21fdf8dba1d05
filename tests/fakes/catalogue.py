"""What the fake YouTube knows: videos, their caption tracks and lists, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.types.article import Caption, Chapter

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class FakeTrack:
    """One caption track; two tracks of one language differ in `vss_id`."""

    language: str
    captions: tuple[Caption, ...]
    kind: Literal["manual", "asr"] = "manual"
    name: str = ""
    """What viewers read, in English; empty for the language code."""
    vss_id: str = ""
    """YouTube's own key: `.ar`, `.ar.SDH`, `a.ar`; empty for the plain form."""

    @property
    def key(self) -> str:
        """The track's `vssId`."""
        return self.vss_id or f"{'a' if self.kind == 'asr' else ''}.{self.language}"

    @property
    def variant(self) -> str:
        """What the address of this track has as `name=`: the part of the key after the language."""
        return self.key.removeprefix("a").removeprefix(f".{self.language}").removeprefix(".")


@dataclass(frozen=True, slots=True)
class FakeSound:
    """One sound track, as a format of the player names it; the marks are those of recorded answers."""

    language: str
    number: str = ""
    """What follows the language in its id: `4` for the original, `3` for a dub, `10` for a dub by machine."""
    name: str = ""
    default: bool = False
    auto_dubbed: bool = False


@dataclass(frozen=True, slots=True)
class FakeVideo:
    """One video and how YouTube answers for it."""

    id: str
    title: str = "عنوان"
    channel: str = "قناة"
    published: date = date(2026, 3, 1)
    seconds: int = 60
    description: str = ""
    chapters: tuple[Chapter, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "ar"
    """Spoken language, as the audio track states it; empty for none."""
    sounds: tuple[FakeSound, ...] = ()
    """Sound tracks in place of the one in `language`."""
    tracks: tuple[FakeTrack, ...] = ()
    playability: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({"status": "OK"}))
    details: bool = True
    """Whether answers say title, channel and length; YouTube keeps them back for private and removed videos."""
    exp: str = ""
    """`xpe` or `xpv`: captions are withheld from programs without a token."""
    translation_languages: tuple[tuple[str, str], ...] = ()
    """Code and English name of each language that captions can be translated to by machine."""
    live: Literal["", "is_live", "is_upcoming", "was_live"] = ""

    @property
    def channel_id(self) -> str:
        """A channel id of YouTube's form: UC and 22 characters."""
        return "UC" + sha256(self.channel.encode()).hexdigest()[:22]

    @property
    def playable(self) -> bool:
        """Whether the player would start."""
        return self.playability.get("status") == "OK"

    def refused(self, refusal: Refusal) -> FakeVideo:
        """The same video, refused as recorded."""
        return replace(self, playability=refusal.playability, details=refusal.details)


@dataclass(frozen=True, slots=True)
class FakePlaylist:
    """A list of videos by id, in order; the page and each continuation hold at most 100."""

    id: str
    title: str
    video_ids: tuple[str, ...]
    layout: Literal["renderer", "lockup"] = "renderer"
    """The page layout: `playlistVideoRenderer`, or `lockupViewModel` as since 2026."""
    channel: str = ""
    """Title of the channel that made it, as the sidebar names it."""


@dataclass(frozen=True, slots=True)
class FakeChannel:
    """A channel with its tabs, newest videos first, 30 to a page."""

    handle: str
    """With its `@`."""
    title: str
    videos: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    """Further tabs, which list no videos: `featured`, `playlists`."""
    unnamed: bool = False
    """Whether the tab that a page shows has neither title nor address, as on pages of some old channels."""

    @property
    def id(self) -> str:
        """A channel id of YouTube's form: UC and 22 characters."""
        return "UC" + sha256(self.handle.encode()).hexdigest()[:22]

    @property
    def tabs(self) -> dict[str, tuple[str, ...]]:
        """The tabs that it shows: those that are not empty."""
        tabs = {"videos": self.videos, "streams": self.streams, "shorts": self.shorts}
        return {name: ids for name, ids in tabs.items() if ids} | dict.fromkeys(self.pages, ())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that exists."""

    videos: tuple[FakeVideo, ...] = ()
    playlists: tuple[FakePlaylist, ...] = ()
    channels: tuple[FakeChannel, ...] = ()
    by_id: Mapping[str, FakeVideo] = field(init=False, repr=False, compare=False)
    consent_wall: bool = False
    """Whether the watch page asks for consent until a consent cookie comes, as in Europe."""

    def __post_init__(self) -> None:
        """Index the videos, since long lists are looked up often."""
        object.__setattr__(self, "by_id", {video.id: video for video in self.videos})

    def video(self, id_: str) -> FakeVideo:
        """The video, or one that YouTube says does not exist."""
        return self.by_id.get(id_) or FakeVideo(id_).refused(REFUSALS["unavailable"])

    def playlist(self, id_: str) -> FakePlaylist | None:
        """The list, or None."""
        return next((p for p in self.playlists if p.id == id_), None)

    def channel(self, name: str) -> FakeChannel | None:
        """The channel of a handle or an id, or None."""
        return next((c for c in self.channels if name in {c.handle, c.id}), None)


@dataclass(frozen=True, slots=True)
class Refusal:
    """How YouTube says no: the `playabilityStatus`, and whether the video's details still come with it."""

    playability: Mapping[str, object]
    details: bool = True


def _no(status: str, reason: str, more: str = "", *, details: bool = True, **marks: object) -> Refusal:
    message: Json = {"reason": {"simpleText": reason}}
    if more:
        message["subreason"] = {"runs": [{"text": more}]}
    screen = {"playerErrorMessageRenderer": message}
    return Refusal(MappingProxyType({"status": status, "reason": reason, "errorScreen": screen} | marks), details)


REFUSALS: Mapping[str, Refusal] = MappingProxyType(
    {
        "bot": _no("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", details=False),
        "rate-limit": _no("UNPLAYABLE", "This content isn't available, try again later.", details=False),
        "age": _no("LOGIN_REQUIRED", "This video may be inappropriate for some users.", desktopLegacyAgeGateReason=1),
        "age-confirm": _no(
            "LOGIN_REQUIRED",
            "Sign in to confirm your age",
            "This video may be inappropriate for some users.",
            desktopLegacyAgeGateReason=1,
        ),
        "private": _no("LOGIN_REQUIRED", "This video is private", details=False),
        "private-old": _no("LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access", details=False),
        "unavailable": _no("ERROR", "This video is unavailable", details=False),
        "unavailable-web": _no("ERROR", "Video unavailable", "This video is no longer available", details=False),
        "removed": _no("ERROR", "This video has been removed by the uploader", details=False),
        "terminated": _no(
            "ERROR",
            "This video is no longer available because the YouTube account associated with this video has been "
            "terminated.",
            details=False,
        ),
        "copyright": _no(
            "UNPLAYABLE",
            "Video unavailable",
            "This video is no longer available due to a copyright claim by Example Media",
            details=False,
        ),
        "region": _no(
            "UNPLAYABLE", "Video unavailable", "The uploader has not made this video available in your country"
        ),
        "members": _no("UNPLAYABLE", "Join this channel to get access to members-only content like this video."),
        "members-level": _no(
            "UNPLAYABLE",
            "This video is available to this channel's members on level: Friends (or any higher priced level).",
        ),
        "music-premium": _no("UNPLAYABLE", "This video is only available to Music Premium members"),
        "not-available": _no("UNPLAYABLE", "This video is not available"),
        "paid": _no("UNPLAYABLE", "This video requires payment to watch."),
        "premiere": _no("LIVE_STREAM_OFFLINE", "Premieres in 3 hours"),
        "upcoming": _no("LIVE_STREAM_OFFLINE", "This live event will begin in 3 hours."),
    }
)
"""The refusals in the wording that released libraries and recordings know, by name."""
