"""The finished articles of one folder: `articles/<id>-<readable title>/`, each with its card."""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_left
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.errors import ArtifactCorrupt
from pipeline.store import atomic
from pipeline.types.article import Article, ArticleCard
from pipeline.types.batch import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pipeline.types.links import SeriesPosition

SERIES = "series.json"
"""What a series page is made from, and `tadwin repair` after it."""
CARD = "card.json"
"""Written last: a folder without it is not a finished article."""
RECORD = "record.json"
"""The whole article as `codec` writes it, for the review desk, whatever formats are asked for."""


class Library:
    """Finished articles on disk."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below this folder; it is made when first needed."""
        self.articles = folder / "articles"
        self.series = folder / "series"

    def cards(self, damaged: Callable[[ArtifactCorrupt], None] | None = None) -> tuple[ArticleCard, ...]:
        """What is known of each finished article, ordered by folder name.

        One that cannot be read is told to `damaged` and passed over; without it, raises `ArtifactCorrupt`.
        """
        found = []
        for path in sorted(self.articles.glob(f"*/{CARD}")):
            try:
                found.append(_card(path))
            except ArtifactCorrupt as error:
                if damaged is None:
                    raise
                damaged(error)
        return tuple(found)

    def card(self, folder: str) -> ArticleCard:
        """What is known of the finished article of a folder; raises `ArtifactCorrupt`."""
        return _card(self.articles / folder / CARD)

    def folder(self, identifier: str, name: str) -> str:
        """The folder name of a video: the one it already has, even if its title changed, or else `name`.

        What another process makes meanwhile is not seen; a library has one process, or workers that share no video.
        """
        names, own = self._names, f"{identifier}-"
        following = islice(names, bisect_left(names, own), None)
        kept = takewhile(lambda each: each.startswith(own), following)
        return next(filter(self.is_finished, kept), name)

    def publish(self, card: ArticleCard, files: Mapping[str, bytes]) -> Path:
        """Write an article's files and then its card, each only if it changed; the folder.

        Raises `NotWritable` or `NoSpace`.
        """
        folder = self.articles / card.folder
        changed = [name for name, data in files.items() if atomic.read(folder / name) != data]
        for name in changed:
            atomic.write(folder / name, files[name])
        if changed or atomic.read(folder / CARD) != codec.encode(card):
            atomic.write(folder / CARD, codec.encode(card))
            os.utime(self.articles)
        place = bisect_left(self._names, card.folder)
        if self._names[place : place + 1] != [card.folder]:
            self._names.insert(place, card.folder)
        return folder

    @cached_property
    def _names(self) -> list[str]:
        """Folders of articles in order, read once: among 100,000 that takes as long as writing an article."""
        return sorted(path.name for path in self.articles.iterdir()) if self.articles.is_dir() else []

    def is_finished(self, folder: str) -> bool:
        """Whether the article's folder of this name is finished."""
        return bool(folder) and (self.articles / folder / CARD).is_file()

    def series_folder(self, identifier: str, name: str) -> Path:
        """The folder of a series: the one it already has, even if its title changed, or else `name`."""
        kept = sorted(path.parent for path in self.series.glob(f"{identifier}-*/{SERIES}"))
        return kept[0] if kept else self.series / name

    def write_series(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write a series' files, each only if it changed; raises `NotWritable` or `NoSpace`."""
        for name, data in files.items():
            if atomic.read(folder / name) != data:
                atomic.write(folder / name, data)

    def all_series(self) -> tuple[Series, ...]:
        """Every series, ordered by folder; one that cannot be read is passed over, since it is written again."""
        found = []
        for path in sorted(self.series.glob(f"*/{SERIES}")):
            with contextlib.suppress(ValueError, OSError):
                found.append(codec.decode(path.read_bytes(), Series))
        return tuple(found)

    def article(self, folder: str) -> Article:
        """The whole article of a folder; raises `ArtifactCorrupt`."""
        path = self.articles / folder / RECORD
        try:
            return codec.decode(path.read_bytes(), Article)
        except (ValueError, OSError) as error:
            raise _damaged(path) from error

    def places(self, folder: str) -> tuple[SeriesPosition, ...]:
        """Where the article of a folder stands in lists, as it was written last; none if there is none."""
        try:
            return self.article(folder).places
        except ArtifactCorrupt:  # it is about to be written anew
            return ()

    def fingerprints(self) -> dict[str, str]:
        """What tells by folder whether its article changed."""
        try:
            with os.scandir(self.articles) as folders:
                return {folder.name: state for folder in folders if (state := self.fingerprint(folder.name))}
        except FileNotFoundError:
            return {}

    def fingerprint(self, folder: str) -> str:
        """What tells whether the article of a folder changed: time and size of its card; empty when there is none."""
        try:
            found = (self.articles / folder / CARD).stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns} {found.st_size}"

    def export(self, folder: str, files: Mapping[str, bytes]) -> Path:
        """Write an approved article's files to `approved/<folder>/`; raises `NotWritable` or `NoSpace`."""
        place = self.articles.parent / "approved" / folder
        for name, data in files.items():
            atomic.write(place / name, data)
        return place

    def revision(self) -> int:
        """A figure that is another one after any process published an article or took one away."""
        return self.articles.stat().st_mtime_ns if self.articles.is_dir() else 0


def _card(path: Path) -> ArticleCard:
    try:
        return codec.decode(path.read_bytes(), ArticleCard)
    except (ValueError, OSError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> ArtifactCorrupt:
    return ArtifactCorrupt(f"{path} is damaged", "Delete its folder and run the same video again.")
