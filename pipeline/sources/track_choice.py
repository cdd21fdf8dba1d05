"""Which caption track is read, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.types.article import Track, TrackOrigin

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {
    TrackOrigin.MANUAL: "Captions made by people",
    TrackOrigin.AUTOMATIC: "Automatic captions",
    TrackOrigin.TRANSLATED: "Machine-translated captions",
}
_FOR_THE_DEAF = ("sdh", "hard of hearing", "hearing impaired", "ضعاف السمع", "للصم")


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """The track that is read."""

    position: int
    """Where it stands among the tracks that were offered."""
    track: Track
    reason: str
    """Why this one, in an English sentence."""
    others: tuple[Track, ...]
    """The tracks that were passed over, each once; not what a machine would translate into."""


def language_matches(wanted: str, language: str) -> bool:
    """Whether a track's language tag counts as a wanted one: `ar` includes ar-EG, ar-001 and ar-orig."""
    want, have = wanted.lower(), language.lower().replace("_", "-")
    return have == want or have.startswith(f"{want}-")


def choose_track(
    tracks: Sequence[Track], wanted: Sequence[str], spoken: str = "", *, allow_translated: bool = False
) -> TrackChoice | None:
    """The best of the tracks in a wanted language, or None.

    The video's own language comes first when it is wanted, then the order of `wanted`; inside one language people
    before machines, and captions without sound descriptions before those with. A machine translation is taken only
    where it is allowed and there is nothing else.
    """
    languages = sorted(wanted, key=lambda want: not (spoken and language_matches(want, spoken)))
    ranked = [(_rank(track, languages), position) for position, track in enumerate(tracks)]
    fitting = [
        (rank, position)
        for rank, position in ranked
        if rank and (allow_translated or tracks[position].origin is not TrackOrigin.TRANSLATED)
    ]
    if not fitting:
        return None
    _, position = min(fitting)
    track = tracks[position]
    passed = (other for at, other in enumerate(tracks) if at != position and other.origin is not TrackOrigin.TRANSLATED)
    others = tuple(dict.fromkeys(passed))
    return TrackChoice(position, track, _reason(track, others, spoken), others)


def _rank(track: Track, languages: Sequence[str]) -> tuple[int, ...]:
    """How far back a track stands, smallest first; empty when its language is not wanted."""
    fits = [place for place, want in enumerate(languages) if language_matches(want, track.language)]
    translated = track.origin is TrackOrigin.TRANSLATED
    return (translated, fits[0], track.origin is TrackOrigin.AUTOMATIC, _for_the_deaf(track)) if fits else ()


def describe_tracks(tracks: Sequence[Track]) -> str:
    """The tracks as a short list for a message: `en (manual), fr (automatic)`."""
    names = dict.fromkeys(f"{track.language} ({track.origin})" for track in tracks)
    shown = list(names)[:8]
    return ", ".join(shown) + (f" and {len(names) - 8} more" if len(names) > len(shown) else "")


def _for_the_deaf(track: Track) -> bool:
    name = track.name.lower()
    return any(word in name for word in _FOR_THE_DEAF)


def _reason(track: Track, others: Sequence[Track], spoken: str) -> str:
    own = bool(spoken) and language_matches(spoken.partition("-")[0], track.language)
    reason = f"{_WORDS.get(track.origin, 'Captions')} in {track.language}"
    reason += ", the language spoken in the video" if own else ""
    passed = {other.origin for other in others if language_matches(track.language.partition("-")[0], other.language)}
    if track.origin is TrackOrigin.MANUAL and TrackOrigin.AUTOMATIC in passed:
        reason += "; preferred to the automatic ones"
    if track.origin is TrackOrigin.AUTOMATIC and TrackOrigin.MANUAL not in passed:
        reason += "; nobody has typed captions in it"
    if track.origin is TrackOrigin.TRANSLATED:
        reason += "; allowed by the settings, and there were no others in a wanted language"
    return f"{reason}."
