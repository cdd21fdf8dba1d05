"""Caption files on this machine as a source: the same recording as from YouTube, with no network."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import FileUnreadable
from pipeline.events import Notice, Reporter, silent
from pipeline.sources.cues import BadCaptions
from pipeline.sources.format_detection import CaptionFile, read_captions
from pipeline.sources.metadata import bracketed_id, parse_info, title_from_stem
from pipeline.sources.track_detection import detect_track, untagged_stem
from pipeline.types.article import Recording, SourceKind, Transcript, Video, VideoReference
from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest file that is read; ten hours of talk are about 7 MB as json3."""

ENDINGS = frozenset((".srt", ".vtt", ".sbv", ".json3", ".srv1", ".srv2", ".srv3", ".xml", ".json", ".txt"))
"""Endings that make a text the name of a file even where there is no such file."""


class FileSource:
    """A `Source` of caption files; a yt-dlp `info.json` beside one gives the video's metadata."""

    def __init__(self, report: Reporter = silent) -> None:
        """Tell `report` what was unusual about a file."""
        self._report = report

    def locate(self, text: str) -> VideoReference | None:
        """The file that the text names, by its path or by its ending; None when it names none.

        The digest is that of the file with its `info.json`, and empty when it cannot be read: `fetch` says why.
        Raises `FileUnreadable` for a name that is not UTF-8, since nothing about it could be written down.
        """
        path = Path(text)
        if not text or (not path_exists(path) and ("://" in text or path.suffix.lower() not in ENDINGS)):
            return None
        if not _encodable(text):
            raise FileUnreadable(ascii(text), "its name is not UTF-8; please rename it.")
        return VideoReference(SourceKind.FILE, text, _digest(path))

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions of a file.

        Raises `FileUnreadable` when it is missing, too large, damaged, empty or in no format we know, and
        `NoArabicCaptions`.
        """
        path = Path(reference.id)
        data = read_limited(path)
        try:
            content = read_captions(path.name, data)
        except BadCaptions as error:
            raise FileUnreadable(reference.id, f"{error}.") from error
        if not content.captions:
            raise FileUnreadable(reference.id, "no captions in it.")
        found, note = _described(path)
        video = _video(path, data, content.video or found)
        transcript = _transcript(path, content)
        for sentence in filter(None, (content.note, note)):
            self._report(Notice(f"{path.name}: {sentence}"))
        return Recording(video, transcript)


def _transcript(path: Path, content: CaptionFile) -> Transcript:
    track = detect_track(str(path), path.stem, content.captions)
    reason = f"The only captions in {path.name}. {content.note}".rstrip()
    if content.track:
        track = replace(content.track, language=content.track.language or track.language)
    return Transcript(track, content.captions, backend=content.format.value, reason=reason)


def _video(path: Path, data: bytes, known: Video | None) -> Video:
    """The video as far as it is known; what is not comes from the file's name and its content."""
    stem = untagged_stem(path.stem)
    named = bracketed_id(path.name)
    video = known or Video(named, "", url=watch_url(named) if named else "")
    return replace(video, id=video.id or f"file-{digest(data)[:12]}", title=video.title or title_from_stem(stem))


# --- what stands beside a file ---


def _described(path: Path) -> tuple[Video | None, str]:
    """The video of the first `info.json` that belongs to the file, and a sentence on one that was passed over."""
    note = ""
    for place in _beside(path):
        try:
            video = parse_info(read_limited(place))
        except (BadCaptions, FileUnreadable):
            video = None
        if video and _belongs(path, place, video):
            return video, ""
        note = note or f"{place.name} beside it does not describe this video and was passed over."
    return None, note


def _beside(path: Path) -> Iterator[Path]:
    """The files that may describe this one: `NAME.info.json` for `NAME.ar.vtt`, then `info.json`."""
    stems = (path.stem, untagged_stem(path.stem))
    places = (path.with_name(name) for name in (*(f"{stem}.info.json" for stem in dict.fromkeys(stems)), "info.json"))
    return (place for place in places if place != path and path_exists(place))


def _belongs(path: Path, place: Path, video: Video) -> bool:
    """Whether the ids agree; a general `info.json` has to name the file's own id."""
    named = bracketed_id(path.name)
    if place.name == "info.json":
        return bool(video.id) and video.id in {named, untagged_stem(path.stem)}
    return not named or not video.id or video.id == named


# --- reading ---


def path_exists(path: Path) -> bool:
    """Whether there is such a file or folder; any text may be asked for."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for any file, or with a NUL in it
        return False


def _encodable(text: str) -> bool:
    try:
        return bool(text.encode())
    except UnicodeEncodeError:
        return False


def _digest(path: Path) -> str:
    """Digest of the file and of what stands beside it; empty where the file cannot be read."""
    own = _own_digest(path)
    return digest((own, *map(_own_digest, _beside(path)))) if own else ""


def _own_digest(path: Path) -> str:
    try:
        return digest(read_limited(path))
    except FileUnreadable:
        return ""


def read_limited(path: Path) -> bytes:
    """The content of a file, never more than `LARGEST`; raises `FileUnreadable` with the reason."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise FileUnreadable(str(path), "a folder or a device, not a file.")
        if kind.st_size > LARGEST:
            raise FileUnreadable(str(path), f"larger than {LARGEST // 1024**2} MB; captions are far smaller.")
        with path.open("rb") as stream:
            return stream.read(LARGEST)
    except FileNotFoundError as error:
        raise FileUnreadable(str(path), "there is no such file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file's name"
        raise FileUnreadable(str(path), f"cannot be opened: {reason}.") from error
