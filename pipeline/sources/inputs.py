"""What a source of many videos is: a playlist, a channel, a text of links, a folder of caption files, or one video."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import urls
from pipeline.errors import FileUnreadable, PipelineError
from pipeline.sources.files import ENDINGS, LARGEST, path_exists, read_limited
from pipeline.sources.metadata import one_line
from pipeline.sources.playlists import YouTubeList
from pipeline.types.batch import ListEntry, ListReference, SourceType

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from pipeline.ports import RequestTurns, VideoListing
    from pipeline.settings import SourceSettings
    from pipeline.sources.files import FileSource

STDIN = "-"
_DESCRIPTION = ".info.json"


class InputResolver:
    """Understands what was typed as a source, and opens it."""

    def __init__(self, settings: SourceSettings, files: FileSource, pace: RequestTurns) -> None:
        """Nothing is opened yet."""
        self._settings = settings
        self._files = files
        self._pace = pace
        self._lines: dict[str, list[tuple[int, str]]] = {}

    def understand(self, text: str) -> tuple[ListReference, ...]:
        """The lists that the text means: one, or several where a text of links names lists.

        Raises `UsageError` for what is neither a list nor a video, and `FileUnreadable`.
        """
        there = path_exists(Path(text))
        if text == STDIN or (there and Path(text).is_file()):
            lines = self._read(text)
            return self._of_lines(text, lines) if lines is not None else (_single(text),)
        if there and Path(text).is_dir():
            return (ListReference(SourceType.FOLDER, str(Path(text).absolute())),)
        if self._files.locate(text) is not None:
            return (_single(text),)
        return (urls.parse_list(text) or ListReference(SourceType.VIDEO, urls.parse_video(text).id),)

    def meant(self, texts: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that several texts mean, each once; raises as `understand` does."""
        return tuple(dict.fromkeys(each for text in texts for each in self.understand(text)))

    def open(self, wanted: ListReference) -> VideoListing:
        """The list, to be read entry by entry."""
        if wanted.kind in {SourceType.PLAYLIST, SourceType.CHANNEL}:
            return YouTubeList(wanted, self._settings, self._pace)
        if wanted.kind is SourceType.FOLDER:
            return LocalList(Path(wanted.id).name, self._folder(Path(wanted.id)))
        if wanted.kind is SourceType.LINKS:
            return LocalList(Path(wanted.id).name, self._linked(wanted.id))
        return LocalList("", iter((self._entry(wanted.id),)))

    def _read(self, text: str) -> list[tuple[int, str]] | None:
        """The lines of a text of links with their numbers; None for a file of captions."""
        path = Path(text)
        if text != STDIN and path.suffix.lower() in ENDINGS - {".txt"}:
            return None
        try:
            content = sys.stdin.read(LARGEST) if text == STDIN else read_limited(path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise FileUnreadable(text, "it cannot be read as a text of links.") from error
        lines = [(number, line.strip()) for number, line in enumerate(content.splitlines(), 1)]
        lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
        if text != STDIN and path.suffix.lower() == ".txt" and not any(self._means(line) for _, line in lines[:20]):
            return None
        return lines

    def _of_lines(self, text: str, lines: list[tuple[int, str]]) -> tuple[ListReference, ...]:
        own = ListReference(SourceType.LINKS, text if text == STDIN else str(Path(text).absolute()))
        inner = {number: found for number, line in lines if (found := self._list(line)) is not None}
        self._lines[own.id] = [(number, line) for number, line in lines if number not in inner]
        return (*((own,) if self._lines[own.id] or not inner else ()), *dict.fromkeys(inner.values()))

    def _means(self, line: str) -> bool:
        try:
            return self._list(line) is not None or bool(self._entry(line))
        except PipelineError:
            return False

    def _list(self, line: str) -> ListReference | None:
        try:
            return None if self._files.locate(line) else urls.parse_list(line)
        except PipelineError:
            return None  # said with its number when the line is reached

    def _linked(self, name: str) -> Iterator[ListEntry]:
        """The videos of a text of links; raises `FileUnreadable` at the end for lines that name none."""
        wrong = yield from self._named((f"line {number}: ", line) for number, line in self._lines.get(name, ()))
        if wrong:
            raise FileUnreadable(name, _told("lines", wrong), "Correct these lines and run the same command again.")

    def _folder(self, folder: Path) -> Iterator[ListEntry]:
        """The caption files of a folder; raises `FileUnreadable` at the end for names that cannot be written down."""
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
        except OSError as error:
            raise FileUnreadable(str(folder), f"cannot be read: {error.strerror}.") from error
        wrong = yield from self._named(("", str(path)) for path in paths if not f".{path.name}".endswith(_DESCRIPTION))
        if wrong:
            raise FileUnreadable(str(folder), _told("files", wrong))

    def _named(self, texts: Iterable[tuple[str, str]]) -> Generator[ListEntry, None, list[str]]:
        """The videos that the texts name; then what is wrong with the other texts, each behind its own label."""
        wrong: list[str] = []
        for label, text in texts:
            try:
                yield self._entry(text)
            except PipelineError as error:
                wrong.append(f"{label}{error}")
        return wrong

    def _entry(self, text: str) -> ListEntry:
        """One video by its link, id or file; raises `UsageError`."""
        reference = self._files.locate(text)
        if reference is None:
            urls.parse_list(text)  # says why a search is refused
            return ListEntry(urls.parse_video(text))
        path = Path(reference.id).absolute()
        return ListEntry(replace(reference, id=str(path)), one_line(path.stem))


class LocalList:
    """A list that needs no network; it announces nothing and has no pages."""

    announced: int | None = None

    def __init__(self, title: str, entries: Iterator[ListEntry]) -> None:
        """Take the entries as they are asked for."""
        self.title = title
        self._entries = entries
        self._left = False

    def __iter__(self) -> Iterator[ListEntry]:
        """The videos in order; raises `FileUnreadable` at the end for what names none."""
        while not self._left and (entry := next(self._entries, None)) is not None:
            yield entry

    def leave(self) -> None:
        """Give no further entries."""
        self._left = True

    def close(self) -> None:
        """Nothing is open."""


def _single(text: str) -> ListReference:
    return ListReference(SourceType.VIDEO, str(Path(text).absolute()))


def _told(what: str, wrong: Sequence[str], shown: int = 3) -> str:
    more = f", and {len(wrong) - shown} more" if len(wrong) > shown else ""
    return f"{len(wrong)} {what} name no video ({'; '.join(wrong[:shown])}{more})"
