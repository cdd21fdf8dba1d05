"""The choice of a caption track, and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.types.article import Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORIGIN_NAMES = {
    TrackOrigin.MANUAL: "Captions made by people",
    TrackOrigin.AUTOMATIC: "Automatic captions",
    TrackOrigin.TRANSLATED: "Machine-translated captions",
}
_FOR_THE_DEAF = ("sdh", "hard of hearing", "hearing impaired", "ضعاف السمع", "للصم")


@dataclass(frozen=True, slots=True)
class TrackChoice:
    position: int
    """Index of the track among those offered."""
    track: Track
    reason: str
    """Why this one, in an English sentence that provenance shows."""
    others: tuple[Track, ...]
    """The tracks that were passed over, each once, without machine translations."""


def language_matches(wanted: str, language: str) -> bool:
    """True if a track's language tag counts as the wanted one: `ar` includes ar-EG, ar-001 and ar-orig."""
    want, have = wanted.lower(), language.lower().replace("_", "-")
    return have == want or have.startswith(f"{want}-")


def choose_track(
    tracks: Sequence[Track], wanted: Sequence[str], spoken: str = "", *, allow_translated: bool = False
) -> TrackChoice | None:
    """The best of the tracks in a wanted language, or None.

    The language spoken in the video comes first if it is wanted, then the order of `wanted`. Within a language,
    people come before machines, and captions without sound descriptions before those with. A machine translation is
    chosen only if it is allowed and there is nothing else.
    """
    languages = sorted(wanted, key=lambda want: not (spoken and language_matches(want, spoken)))
    candidates = []
    for position, track in enumerate(tracks):
        matches = [rank for rank, want in enumerate(languages) if language_matches(want, track.language)]
        translated = track.origin is TrackOrigin.TRANSLATED
        if matches and (allow_translated or not translated):
            for_the_deaf = any(word in track.name.lower() for word in _FOR_THE_DEAF)
            automatic = track.origin in {TrackOrigin.AUTOMATIC, TrackOrigin.RECOGNISED}
            candidates.append((translated, matches[0], automatic, for_the_deaf, position))
    if not candidates:
        return None
    *_, chosen = min(candidates)
    others = tuple(
        dict.fromkeys(
            track
            for position, track in enumerate(tracks)
            if position != chosen and track.origin is not TrackOrigin.TRANSLATED
        )
    )
    return TrackChoice(chosen, tracks[chosen], _explain(tracks[chosen], others, spoken), others)


def describe_tracks(tracks: Sequence[Track]) -> str:
    """A short list of tracks for a message: `en (manual), fr (automatic)`."""
    names = dict.fromkeys(f"{track.language} ({track.origin})" for track in tracks)
    shown = list(names)[:8]
    return ", ".join(shown) + (f" and {len(names) - 8} more" if len(names) > len(shown) else "")


def _explain(track: Track, others: Sequence[Track], spoken: str) -> str:
    is_spoken = bool(spoken) and language_matches(spoken.partition("-")[0], track.language)
    reason = f"{_ORIGIN_NAMES.get(track.origin, 'Captions')} in {track.language}"
    reason += ", the language spoken in the video" if is_spoken else ""
    other_origins = {
        other.origin for other in others if language_matches(track.language.partition("-")[0], other.language)
    }
    if track.origin is TrackOrigin.MANUAL and TrackOrigin.AUTOMATIC in other_origins:
        reason += "; preferred to the automatic ones"
    if track.origin is TrackOrigin.AUTOMATIC and TrackOrigin.MANUAL not in other_origins:
        reason += "; nobody has typed captions in it"
    if track.origin is TrackOrigin.TRANSLATED:
        spoken_here = f"; the speech is in {spoken}" if spoken and not is_spoken else ""
        reason += f"{spoken_here}; allowed by the settings, and there were no others in a wanted language"
    return f"{reason}."
