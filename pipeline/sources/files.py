"""Caption files on this machine as a source: the same recording as from YouTube, without a network."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipeline.codec import digest
from pipeline.errors import FileUnreadable, UsageError
from pipeline.events import Notice, Reporter, silent
from pipeline.sources.cues import BadCaptions
from pipeline.sources.format_detection import read_captions
from pipeline.sources.metadata import bracketed_id, one_line, parse_info, title_from_stem
from pipeline.sources.track_detection import detect_track, untagged_stem
from pipeline.types.article import Recording, SourceKind, Transcript, Video, VideoReference
from pipeline.urls import clean_link, watch_url

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 32 * 1024 * 1024
"""Size of the largest file that is read; ten hours of talk are about 7 MB as json3."""


class FileSource:
    """A `Source` of caption files; a yt-dlp `info.json` beside one gives the video's metadata.

    `report` is told what was unusual about a file.
    """

    kind: ClassVar = SourceKind.FILE
    extensions: ClassVar = frozenset(
        (".srt", ".vtt", ".sbv", ".json3", ".srv1", ".srv2", ".srv3", ".xml", ".json", ".txt")
    )

    def __init__(self, report: Reporter = silent) -> None:
        self._report = report

    def locate(self, text: str) -> VideoReference | None:
        """The file that the text names, by its path or by its extension; None if it names none.

        The digest covers the file and its `info.json`, and is empty if the file cannot be read: `fetch` says why.
        Raises `FileUnreadable` for a name that is not UTF-8, since nothing about it could be written down.
        """
        text = pasted_path(text)
        path = Path(text)
        if not text or (not path_exists(path) and ("://" in text or path.suffix.lower() not in self.extensions)):
            return None
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise FileUnreadable(ascii(text), "its name is not UTF-8. Rename it.") from error
        own = _digest(path)
        return VideoReference(SourceKind.FILE, text, digest((own, *map(_digest, _info_files(path)))) if own else "")

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions of a file.

        Raises `FileUnreadable` if it is missing, too large, damaged, empty or in no format we know, and
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

        named_id = bracketed_id(path.name)
        info, info_note = _read_info(path)
        video = content.video or info or Video(named_id, "", url=watch_url(named_id) if named_id else "")
        title = video.title or title_from_stem(untagged_stem(path.stem))
        video = replace(video, id=video.id or f"file-{digest(data)[:12]}", title=title)

        track = detect_track(str(path), path.stem, content.captions)
        if content.track:
            track = replace(content.track, language=content.track.language or track.language)
        reason = f"The only captions in {path.name}. {content.note}".rstrip()
        for note in filter(None, (content.note, info_note)):
            self._report(Notice(f"{path.name}: {note}"))
        return Recording(video, Transcript(track, content.captions, backend=content.format.value, reason=reason))


# --- info.json beside a file ---


def _read_info(path: Path) -> tuple[Video | None, str]:
    """The video of the first `info.json` that belongs to the file, and a sentence on one that does not."""
    note = ""
    named_id = bracketed_id(path.name)
    for info_path in _info_files(path):
        try:
            video = parse_info(read_limited(info_path))
        except (BadCaptions, FileUnreadable):
            video = None
        if video and info_path.name == "info.json":  # it may describe any file of the folder: it has to name this one
            belongs = bool(video.id) and video.id in {named_id, untagged_stem(path.stem)}
        else:
            belongs = video is not None and (not named_id or not video.id or video.id == named_id)
        if belongs:
            return video, ""
        note = note or f"{info_path.name} beside it does not describe this video and was passed over."
    return None, note


def _info_files(path: Path) -> Iterator[Path]:
    """The existing files that may describe this one: `NAME.info.json` for `NAME.ar.vtt`, then `info.json`."""
    stems = dict.fromkeys((path.stem, untagged_stem(path.stem)))
    candidates = (path.with_name(name) for name in (*(f"{stem}.info.json" for stem in stems), "info.json"))
    return (candidate for candidate in candidates if candidate != path and path_exists(candidate))


# --- reading ---


def path_exists(path: Path) -> bool:
    """`Path.exists` for any text, however it was typed."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for any file, or with a NUL in it
        return False


def pasted_path(text: str) -> str:
    """The text, or what it holds between quotes and invisible marks where only that can be the name of a file."""
    cleaned = clean_link(text)
    known = path_exists(Path(cleaned)) or Path(cleaned).suffix.lower() in FileSource.extensions
    return cleaned if cleaned and known and not path_exists(Path(text)) else text


def missing_path(text: str) -> UsageError | None:
    """The error for a text that reads as the path of something that is not there; None for any other text."""
    cleaned = clean_link(text)
    first = re.split(r"[/\\]", cleaned)[0]
    is_path = bool(re.fullmatch(r"|\.{1,2}|~|[A-Za-z]:|[^.:@]+", first)) and not cleaned.startswith("//")
    if not cleaned or not is_path or path_exists(Path(text)) or path_exists(Path(cleaned)):
        return None
    hint = "Check the path, or give the link of a video, playlist or channel."
    return UsageError(f"{one_line(cleaned)}: there is no such folder or file.", hint)


def _digest(path: Path) -> str:
    try:
        return digest(read_limited(path))
    except FileUnreadable:
        return ""


def read_limited(path: Path) -> bytes:
    """The content of a file of at most `MAX_BYTES`; raises `FileUnreadable` with the reason."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            hint = "`tadwin batch FOLDER` makes the articles of all its caption files." if path.is_dir() else ""
            raise FileUnreadable(str(path), "a folder or a device, not a file.", hint)
        if status.st_size > MAX_BYTES:
            raise FileUnreadable(str(path), f"larger than {MAX_BYTES // 1024**2} MB; captions are far smaller.")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES)
    except FileNotFoundError as error:
        raise FileUnreadable(str(path), "there is no such file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a file's name"
        raise FileUnreadable(str(path), f"cannot be opened: {reason}.") from error
