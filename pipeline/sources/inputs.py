"""What was typed as a batch's source: a playlist, a channel, a text of links, a folder of caption files, or a video."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import urls
from pipeline.errors import FileUnreadable, PipelineError, UsageError
from pipeline.events import Reporter, silent
from pipeline.sources.file_choice import FileChooser
from pipeline.sources.files import MAX_BYTES, missing_path, pasted_path, path_exists, read_limited
from pipeline.sources.local import EXTENSIONS
from pipeline.sources.metadata import one_line
from pipeline.sources.playlists import YouTubeList
from pipeline.types.batch import ListEntry, ListKind, ListReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.ports import RequestTurns, VideoListing
    from pipeline.settings import SourceSettings
    from pipeline.sources.local import LocalSources

STDIN = "-"
_INFO = ".info.json"
_MAX_SHOWN = 3


class InputResolver:
    """Resolves what was typed to lists of videos, and opens them."""

    def __init__(
        self, settings: SourceSettings, local: LocalSources, limiter: RequestTurns, report: Reporter = silent
    ) -> None:
        """`report` is told which files were passed over for another one of the same video."""
        self._settings = settings
        self._chooser = FileChooser(settings, report)
        self._local = local
        self._limiter = limiter
        self._links: dict[str, list[tuple[int, str]]] = {}

    def resolve(self, text: str) -> tuple[ListReference, ...]:
        """The lists that the text names: one, or several where a text of links names lists.

        Raises `UsageError` if it names neither a list nor a video, or a path that leads nowhere, and `FileUnreadable`.
        """
        text = pasted_path(text)
        exists = path_exists(Path(text))
        if text == STDIN or (exists and Path(text).is_file()):
            lines = self._read_links(text)
            if lines is None:
                return (_single(text),)
            own = ListReference(ListKind.LINKS, text if text == STDIN else str(Path(text).absolute()))
            lists = {number: named for number, line in lines if (named := self._named_list(line)) is not None}
            self._links[own.id] = [(number, line) for number, line in lines if number not in lists]
            return (*((own,) if self._links[own.id] or not lists else ()), *dict.fromkeys(lists.values()))
        if exists and Path(text).is_dir():
            return (ListReference(ListKind.FOLDER, str(Path(text).absolute())),)
        if self._local.locate(text) is not None:
            if not exists:
                raise FileUnreadable(text, "there is no such file.")
            return (_single(text),)
        try:
            return (urls.parse_list(text) or ListReference(ListKind.VIDEO, urls.parse_video(text).id),)
        except UsageError as error:
            raise missing_path(text) or error from None

    def resolve_all(self, texts: Sequence[str]) -> tuple[ListReference, ...]:
        """The lists that several texts name, each once, with one caption file a video; raises as `resolve` does."""
        named = dict.fromkeys(reference for text in texts for reference in self.resolve(text))
        files = {each: Path(each.id) for each in named if each.kind is ListKind.VIDEO and Path(each.id).is_absolute()}
        chosen = self._chooser.choose(list(files.values()))
        return tuple(each for each in named if each not in files or files[each] in chosen)

    def open(self, wanted: ListReference) -> VideoListing:
        """The list, to be read entry by entry."""
        if wanted.kind in {ListKind.PLAYLIST, ListKind.CHANNEL}:
            return YouTubeList(wanted, self._settings, self._limiter)
        if wanted.kind is ListKind.FOLDER:
            return LocalList(Path(wanted.id).name, self._folder(Path(wanted.id)))
        if wanted.kind is ListKind.LINKS:
            return LocalList(Path(wanted.id).name, self._lines(wanted.id))
        return LocalList("", iter((self._entry(wanted.id),)))

    def _read_links(self, text: str) -> list[tuple[int, str]] | None:
        """The lines of a text of links with their numbers; None for a file of captions."""
        path = Path(text)
        if text != STDIN and path.suffix.lower() in EXTENSIONS - {".txt"}:
            return None
        try:
            content = sys.stdin.read(MAX_BYTES) if text == STDIN else read_limited(path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise FileUnreadable(text, "it cannot be read as a text of links.") from error
        lines = [(number, line.strip()) for number, line in enumerate(content.splitlines(), 1)]
        lines = [(number, line) for number, line in lines if (seen := urls.clean_link(line)) and seen[0] != "#"]
        if text != STDIN and path.suffix.lower() == ".txt" and not any(self._is_link(line) for _, line in lines[:20]):
            return None
        return lines

    def _is_link(self, line: str) -> bool:
        """Whether a line of a `.txt` shows that it holds links; `[Translation]`, of eleven letters too, is speech."""
        if line.startswith(("[", "(", "{")) and "/" not in line:
            return False
        try:
            return self._named_list(line) is not None or bool(self._entry(line))
        except PipelineError:
            return False

    def _named_list(self, line: str) -> ListReference | None:
        try:
            return None if self._local.locate(line) else urls.parse_list(line)
        except PipelineError:
            return None  # reported with its number when the line is reached

    def _folder(self, folder: Path) -> Iterator[ListEntry]:
        """The caption files of a folder; raises `FileUnreadable` at the end for names that cannot be written down."""
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in EXTENSIONS and path.is_file())
        except OSError as error:
            raise FileUnreadable(str(folder), f"cannot be read: {error.strerror}.") from error
        captions = self._chooser.choose([path for path in paths if not f".{path.name}".endswith(_INFO)])
        yield from self._entries(str(folder), "files", (("", str(path)) for path in captions))

    def _lines(self, links: str) -> Iterator[ListEntry]:
        """The videos of a text of links; raises `FileUnreadable` at the end, with the numbers of the other lines."""
        lines = self._links.get(links, [])
        files: dict[int, Path] = {}
        for number, line in lines:
            with suppress(PipelineError):  # reported with its number when the line is reached
                if reference := self._local.locate(line):
                    files[number] = Path(reference.id).absolute()
        chosen = set(self._chooser.choose(list(dict.fromkeys(files.values()))))
        texts = [(f"line {number}: ", line) for number, line in lines if files.get(number) in {None, *chosen}]
        yield from self._entries(links, "lines", texts, "Correct these lines and run the same command again.")

    def _entries(
        self, subject: str, plural: str, texts: Iterable[tuple[str, str]], hint: str = ""
    ) -> Iterator[ListEntry]:
        """The videos that labelled texts name; raises `FileUnreadable` at the end, with the labels of the others."""
        errors: list[str] = []
        for label, text in texts:
            try:
                entry = self._entry(text)
            except PipelineError as error:
                errors.append(f"{label}{error}")
            else:
                yield entry
        if errors:
            more = f", and {len(errors) - _MAX_SHOWN} more" if len(errors) > _MAX_SHOWN else ""
            shown = "; ".join(errors[:_MAX_SHOWN])
            raise FileUnreadable(subject, f"{len(errors)} {plural} name no video ({shown}{more})", hint)

    def _entry(self, text: str) -> ListEntry:
        """One video by its link, id or file; raises `UsageError`."""
        reference = self._local.locate(text)
        if reference is None:
            try:
                urls.parse_list(text)  # says why a search is refused
                return ListEntry(urls.parse_video(text))
            except UsageError as error:
                raise missing_path(text) or error from None
        path = Path(reference.id).absolute()
        return ListEntry(replace(reference, id=str(path)), one_line(path.stem))


class LocalList:
    """A `VideoListing` that needs no network; it announces nothing and has no pages.

    Iterating raises `FileUnreadable` at the end for what names no video.
    """

    announced: int | None = None

    def __init__(self, title: str, entries: Iterator[ListEntry]) -> None:
        self.title = title
        self._entries = entries
        self._stopped = False

    def __iter__(self) -> Iterator[ListEntry]:
        while not self._stopped and (entry := next(self._entries, None)) is not None:
            yield entry

    def skip_rest(self) -> None:
        self._stopped = True

    def close(self) -> None:
        """Nothing is open."""


def _single(text: str) -> ListReference:
    return ListReference(ListKind.VIDEO, str(Path(text).absolute()))
