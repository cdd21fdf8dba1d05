"""Caption files on this machine as a source: the same recording as from YouTube, without a network."""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pipeline.codec import digest
from pipeline.errors import FileUnreadable, NoArabicCaptions, UsageError
from pipeline.events import Notice, Reporter, silent
from pipeline.settings import SourceSettings
from pipeline.sources.cues import BadCaptions
from pipeline.sources.format_detection import read_captions
from pipeline.sources.formats import load_json
from pipeline.sources.metadata import bracketed_id, one_line, title_from_stem, video_from_info
from pipeline.sources.sound_language import is_same_language, listed_origin, mark_translations, spoken_in
from pipeline.sources.track_detection import detect_track, named_code, stem_without_language, untagged_stem
from pipeline.types.article import Recording, SourceKind, TrackOrigin, Transcript, Video, VideoReference
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
        (".srt", ".vtt", ".sbv", ".sub", ".lrc", ".tsv", ".json3", ".srv1", ".srv2", ".srv3", ".xml", ".json", ".txt")
    )

    def __init__(self, report: Reporter = silent, settings: SourceSettings | None = None) -> None:
        self._report = report
        self._settings = settings or SourceSettings()

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
        info = read_info(path)
        video = content.video or info.video or Video(named_id, "", url=watch_url(named_id) if named_id else "")
        title = video.title or title_from_stem(untagged_stem(path.stem))
        video = replace(video, id=video.id or f"file-{digest(data)[:12]}", title=title)

        track = detect_track(str(path), path.stem, content.captions)
        if content.track:
            track = replace(content.track, language=content.track.language or track.language)
        else:
            track = replace(track, origin=listed_origin(info.listing, named_code(path.stem)) or track.origin)
            (track,) = mark_translations((track,), spoken_in(info.listing))
        if track.origin is TrackOrigin.TRANSLATED and not self._settings.allow_translated:
            raise NoArabicCaptions(reference.id, _why_translated(path, info))
        reason = f"The only captions in {path.name}. {content.note}".rstrip()
        for note in filter(None, (content.note, info.note)):
            self._report(Notice(f"{path.name}: {note}"))
        return Recording(video, Transcript(track, content.captions, backend=content.format.value, reason=reason))


def _why_translated(path: Path, info: VideoInfo) -> str:
    """The sentence on a machine translation that says what shows it."""
    spoken, code = spoken_in(info.listing), named_code(path.stem)
    if spoken and not is_same_language(spoken, "ar"):
        return f"a machine translation; {info.name} says that the video is in {spoken}."
    if listed_origin(info.listing, code) is TrackOrigin.TRANSLATED:
        return f"a machine translation; {info.name} lists {code} as one."
    return f"a machine translation, as `{code}` in its name says." if code else "a machine translation, as it says."


# --- info.json beside a file ---


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What yt-dlp wrote down about the video of a caption file."""

    video: Video | None = None
    listing: dict[str, Any] = field(default_factory=dict)
    """The whole content, with the tracks that the video has."""
    name: str = ""
    """Of the `info.json`."""
    note: str = ""
    """A sentence on a file that describes another video."""


def video_key(path: Path) -> str:
    """What two caption files have in common if they are of one video: its id, or else the name without a language."""
    name = bracketed_id(path.name)
    if not name and (video := read_info(path).video):
        name = video.id
    if not name and path.suffix.lower() == ".json":
        with suppress(BadCaptions, FileUnreadable):
            video = read_captions(path.name, read_limited(path)).video
            name = video.id if video else ""
    return name or f"{path.absolute().parent}/{stem_without_language(path.stem)}"


def read_info(path: Path) -> VideoInfo:
    """The first `info.json` that belongs to the file, or a note on one that does not."""
    note = ""
    named_id = bracketed_id(path.name)
    for info_path in _info_files(path):
        listing: object = None
        with suppress(BadCaptions, FileUnreadable):
            listing = load_json(read_limited(info_path))
        video = video_from_info(listing)
        if video and info_path.name == "info.json":  # it may describe any file of the folder: it has to name this one
            belongs = bool(video.id) and video.id in {named_id, untagged_stem(path.stem)}
        else:
            belongs = video is not None and (not named_id or not video.id or video.id == named_id)
        if belongs and video is not None and isinstance(listing, dict):
            return VideoInfo(replace(video, language=spoken_in(listing)), listing, info_path.name)
        note = note or f"{info_path.name} beside it does not describe this video and was passed over."
    return VideoInfo(note=note)


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
    if not cleaned or path_exists(Path(text)):
        return text
    own, inner = (Path(each).suffix.lower() in FileSource.extensions for each in (text, cleaned))
    return cleaned if path_exists(Path(cleaned)) or (inner and not own) else text


def missing_path(text: str) -> UsageError | None:
    """The error for a text that reads as the path of something that is not there; None for any other text."""
    cleaned = clean_link(text)
    first = re.split(r"[/\\]", cleaned)[0]
    is_path = bool(re.fullmatch(r"|\.{1,2}|~|[A-Za-z]:|[^.:@]+", first)) and not cleaned.startswith("//")
    if not cleaned or not is_path or path_exists(Path(text)) or path_exists(Path(cleaned)):
        return None
    hint = "Check the path, or give the link of a video, playlist or channel."
    return UsageError(f"{one_line(text)}: there is no such folder or file.", hint)


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
