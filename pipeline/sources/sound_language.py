"""The language that is spoken in a video, and the automatic captions that are therefore machine translations.

YouTube makes automatic captions of machine dubs too, and lists them like those of the speaker's own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.sources.metadata import language_tag
from pipeline.types.article import Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Iterable

ARABIC_TAGS = frozenset(
    ("ar", "ara", "arb", "arz", "ary", "arq", "aeb", "apc", "ajp", "acm", "afb", "ars", "ayl", "apd", "acw", "ayn")
)
"""Arabic as a whole, and the varieties of it that have a tag of their own (ISO 639-3)."""

_NO_LANGUAGE = frozenset(("", "und", "mul", "mis", "zxx"))
_DESCRIPTIVE, _DUBBED, _ORIGINAL, _DUBBED_BY_MACHINE = "2", "3", "4", "10"
"""What follows the language in the id of a sound track, as in `ar.10`; read off recorded answers."""
_PREFERENCE_ORIGINAL, _PREFERENCE_DEFAULT, _PREFERENCE_DESCRIPTIVE = 10, 5, -10
"""yt-dlp's `language_preference`; -1 for any other sound track."""


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """One sound track of a video, and what marks it as the speaker's own."""

    language: str
    """BCP 47 tag; empty if it is not stated."""
    named_original: bool = False
    numbered_original: bool = False
    default: bool = False
    """True for the one that starts by itself, which may be a dub in the viewer's language."""
    replaced: bool = False
    """True for a dub, or a description for blind people."""


def sound_track(audio_track: dict[str, Any]) -> SoundTrack:
    """A sound track from the `audioTrack` of one of the player's formats."""
    code, _, number = str(audio_track.get("id") or "").partition(".")
    name = str(audio_track.get("displayName") or "").lower()
    replaced = number in {_DESCRIPTIVE, _DUBBED, _DUBBED_BY_MACHINE} or bool(audio_track.get("isAutoDubbed"))
    return SoundTrack(
        language_tag(code),
        named_original="original" in name,
        numbered_original=number == _ORIGINAL,
        default=audio_track.get("audioIsDefault") is True,
        replaced=replaced or "descriptive" in name,
    )


def sound_track_of_format(form: dict[str, Any]) -> SoundTrack:
    """The same from one of the `formats` of yt-dlp."""
    code, preference = str(form.get("language") or ""), form.get("language_preference")
    return SoundTrack(
        language_tag(code.removesuffix("-desc")),
        named_original=preference == _PREFERENCE_ORIGINAL,
        default=preference == _PREFERENCE_DEFAULT,
        replaced=preference == _PREFERENCE_DESCRIPTIVE or code.endswith("-desc"),
    )


def sound_language(tracks: Iterable[SoundTrack]) -> str:
    """The language of the original sound; empty where nothing says it.

    Of the marks of an original, the first that stands on one language alone counts.
    """
    spoken = [track for track in tracks if not track.replaced and _base(track.language) not in _NO_LANGUAGE]
    marked = (
        [track for track in spoken if track.named_original],
        [track for track in spoken if track.numbered_original],
        [track for track in spoken if track.default],
        spoken,
    )
    for found in marked:
        if len({_base(track.language) for track in found}) == 1:
            return found[0].language
    return ""


def spoken_in(info: dict[str, Any]) -> str:
    """The language spoken in the video of a yt-dlp `info.json`; empty where the file does not say.

    yt-dlp marks the automatic track of the speech itself with `-orig`.
    """
    listed, formats = info.get("automatic_captions"), info.get("formats")
    forms = [form for form in formats if isinstance(form, dict)] if isinstance(formats, list) else []
    codes = [code for code in listed if code.endswith("-orig")] if isinstance(listed, dict) else []
    recognised = codes[0].removesuffix("-orig") if len(codes) == 1 else ""
    return sound_language(map(sound_track_of_format, forms)) or language_tag(str(info.get("language") or recognised))


def listed_origin(info: dict[str, Any], code: str) -> TrackOrigin | None:
    """What a yt-dlp `info.json` says of the track with this code; None if people typed it, or it is not listed."""
    typed, automatic = info.get("subtitles"), info.get("automatic_captions")
    if not isinstance(automatic, dict) or code not in automatic or (isinstance(typed, dict) and code in typed):
        return None
    forms = automatic[code] if isinstance(automatic[code], list) else []
    addresses = [str(form.get("url") or "") for form in forms if isinstance(form, dict)]
    translated = any("tlang=" in address for address in addresses)
    track = Track(code, TrackOrigin.TRANSLATED if translated else TrackOrigin.AUTOMATIC)
    return mark_translations((track,), spoken_in(info))[0].origin


def is_same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, regions and varieties of Arabic aside."""
    return _base(one) == _base(other)


def mark_translations(tracks: Iterable[Track], spoken: str) -> tuple[Track, ...]:
    """The tracks, with automatic ones in another language than the sound's (if it is known) as machine translations."""
    return tuple(
        replace(track, origin=TrackOrigin.TRANSLATED)
        if spoken and track.origin is TrackOrigin.AUTOMATIC and not is_same_language(track.language, spoken)
        else track
        for track in tracks
    )


def _base(tag: str) -> str:
    language = tag.lower().replace("_", "-").partition("-")[0]
    return "ar" if language in ARABIC_TAGS else {"iw": "he", "in": "id", "ji": "yi"}.get(language, language)
