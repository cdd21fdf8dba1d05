"""One caption file for each video, where several files hold captions of the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.events import FileChosen, Reporter, silent
from pipeline.sources.files import video_key
from pipeline.sources.local import LocalSources
from pipeline.sources.metadata import one_line
from pipeline.sources.track_choice import choose_track
from pipeline.sources.track_detection import has_hamza, named_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.settings import SourceSettings
    from pipeline.types.article import Recording

_ARABIC = "ar"
_FOR_SOME = (".forced", ".sdh", ".cc", ".hi")
"""Marks of captions of foreign speech alone, and of captions with sounds described for the deaf."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    recording: Recording | None
    """None for a file that cannot be read."""
    about: str
    """Its track, or why it cannot be read."""

    @property
    def rank(self) -> tuple[bool | str, ...]:
        """Of files with tracks that are worth the same, the lowest comes first: typed, with times, with word times.

        Of those that cannot be read, it is the one that is called Arabic, whose error says most.
        """
        stem = self.path.stem.lower()
        captions = self.recording.transcript.captions if self.recording else ()
        return (
            not (has_hamza(captions) if captions else named_code(stem).startswith(_ARABIC)),
            not any(caption.start is not None for caption in captions),
            not any(caption.times for caption in captions),
            stem.endswith(_FOR_SOME),
            not stem.endswith(f".{_ARABIC}"),
            self.path.name,
        )


class FileChooser:
    """Chooses one of several files of a video by the rule for tracks; `report` is told which were passed over."""

    def __init__(self, settings: SourceSettings, report: Reporter = silent) -> None:
        self._settings, self._report = settings, report
        self._local = LocalSources(settings=settings)  # a file that is read later is reported on then

    def choose(self, paths: Sequence[Path]) -> list[Path]:
        """One file for each video, in the order in which the videos first come."""
        groups: dict[str, list[Path]] = {}
        for path in paths:
            groups.setdefault(video_key(path), []).append(path)
        return [group[0] if len(group) == 1 else self._best(group) for group in groups.values()]

    def _best(self, paths: Sequence[Path]) -> Path:
        candidates = sorted(map(self._candidate, paths), key=lambda each: each.rank)
        readable = [(each, each.recording) for each in candidates if each.recording is not None]
        choice = choose_track(
            [recording.transcript.track for _, recording in readable],
            (*self._settings.languages, _ARABIC),
            next((recording.video.language for _, recording in readable), ""),
            allow_translated=self._settings.allow_translated,
        )
        best = readable[choice.position][0] if choice else candidates[0]
        others = tuple((one_line(each.path.name), one_line(each.about)) for each in candidates if each is not best)
        self._report(FileChosen(one_line(best.path.name), others))
        return best.path

    def _candidate(self, path: Path) -> _Candidate:
        try:
            reference = self._local.locate(str(path))
            recording = self._local.fetch(reference) if reference else None
        except PipelineError as error:
            return _Candidate(path, None, str(error).removeprefix(f"{path}: ").rstrip("."))
        track = recording.transcript.track if recording else None
        return _Candidate(path, recording, f"{track.language}, {track.origin}" if track else "")
