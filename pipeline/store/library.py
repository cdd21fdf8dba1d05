"""The finished articles and series of a library: `articles/<id>-<readable title>/`, each with its card."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.arabic.normalize import DIACRITICS
from pipeline.errors import ArtifactCorrupt
from pipeline.store import atomic
from pipeline.types.article import Article, ArticleCard
from pipeline.types.batch import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pipeline.types.links import SeriesPosition

SERIES = "series.json"
"""The source of a series page, from which `tadwin repair` rebuilds the list."""
CARD = "card.json"
"""Written last: a folder without it is not a finished article."""
RECORD = "record.json"
"""The whole article as `codec` writes it, for the review desk, whatever formats are exported."""

_MAX_NAME = 120
"""Bytes; file systems allow 255, and archives add folders before it."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKS = re.compile(f"[{DIACRITICS}\u0640]")
_SEPARATORS = re.compile(r"[\W_]+")


class Library:
    """Finished articles and series below a folder, which is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self.series = folder / "series"

    def cards(self, damaged: Callable[[ArtifactCorrupt], None] | None = None) -> tuple[ArticleCard, ...]:
        """The cards of all finished articles, ordered by folder name.

        A card that cannot be read is reported to `damaged` and skipped; without it, raises `ArtifactCorrupt`.
        """
        cards = []
        for path in sorted(self.articles.glob(f"*/{CARD}")):
            try:
                cards.append(_card(path))
            except ArtifactCorrupt as error:
                if damaged is None:
                    raise
                damaged(error)
        return tuple(cards)

    def card(self, folder: str) -> ArticleCard:
        """The card of the finished article in a folder; raises `ArtifactCorrupt`."""
        return _card(self.articles / folder / CARD)

    def folder(self, identifier: str, name: str) -> str:
        """The folder name of a video: the one it already has, even if its title changed, or else `name`.

        Folders that another process makes meanwhile are not seen: a library has one process, or workers that share no
        video.
        """
        names, prefix = self._names, f"{identifier}-"
        following = islice(names, bisect_left(names, prefix), None)
        existing = takewhile(lambda folder: folder.startswith(prefix), following)
        return next(filter(self.is_finished, existing), name)

    def publish(self, card: ArticleCard, files: Mapping[str, bytes]) -> Path:
        """Write an article's files and then its card, each only if it changed, and give the folder.

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
        """Names of article folders, sorted, and read once: with 100,000 that takes as long as writing an article."""
        return sorted(path.name for path in self.articles.iterdir()) if self.articles.is_dir() else []

    def is_finished(self, folder: str) -> bool:
        """True if the article in the folder is finished."""
        return bool(folder) and (self.articles / folder / CARD).is_file()

    def series_folder(self, identifier: str, name: str) -> Path:
        """The folder of a series: the one it already has, even if its title changed, or else `name`."""
        existing = sorted(path.parent for path in self.series.glob(f"{identifier}-*/{SERIES}"))
        return existing[0] if existing else self.series / name

    def write_series(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write a series' files, each only if it changed; raises `NotWritable` or `NoSpace`."""
        for name, data in files.items():
            if atomic.read(folder / name) != data:
                atomic.write(folder / name, data)

    def all_series(self) -> tuple[Series, ...]:
        """Every series, ordered by folder; one that cannot be read is skipped, since it will be written again."""
        series = []
        for path in sorted(self.series.glob(f"*/{SERIES}")):
            with contextlib.suppress(ValueError, OSError):
                series.append(codec.decode(path.read_bytes(), Series))
        return tuple(series)

    def article(self, folder: str) -> Article:
        """The whole article in a folder; raises `ArtifactCorrupt`."""
        path = self.articles / folder / RECORD
        try:
            return codec.decode(path.read_bytes(), Article)
        except (ValueError, OSError) as error:
            raise _damaged(path) from error

    def places(self, folder: str) -> tuple[SeriesPosition, ...]:
        """The places of the article in lists, as last written; none if there is no article."""
        try:
            return self.article(folder).places
        except ArtifactCorrupt:  # it is about to be written anew
            return ()

    def fingerprints(self) -> dict[str, str]:
        """The fingerprints of all articles, by folder."""
        try:
            with os.scandir(self.articles) as folders:
                return {folder.name: state for folder in folders if (state := self.fingerprint(folder.name))}
        except FileNotFoundError:
            return {}

    def fingerprint(self, folder: str) -> str:
        """A text that changes with the article: time and size of its card; empty if there is none."""
        try:
            status = (self.articles / folder / CARD).stat()
        except OSError:
            return ""
        return f"{status.st_mtime_ns} {status.st_size}"

    def export(self, folder: str, files: Mapping[str, bytes]) -> Path:
        """Write an approved article's files to `approved/<folder>/`; raises `NotWritable` or `NoSpace`."""
        place = self.articles.parent / "approved" / folder
        for name, data in files.items():
            atomic.write(place / name, data)
        return place

    def revision(self) -> int:
        """A number that changes whenever any process publishes an article or removes one."""
        return self.articles.stat().st_mtime_ns if self.articles.is_dir() else 0


def folder_name(video: str, title: str) -> str:
    """The name of an article's folder: the video's id, then the words of its title, joined by hyphens.

    At most 120 bytes of letters, digits, `-` and `_` in NFC, without vowel signs. The id leads, so two videos never
    share a name and none is empty or reserved. Raises `ValueError` for an id that is not safe as a file name.
    """
    if not _ID.fullmatch(video):
        message = f"not safe as a file name: {video!r}"
        raise ValueError(message)
    words = _MARKS.sub("", unicodedata.normalize("NFC", title))
    readable = _SEPARATORS.sub("-", words).strip("-")
    return _truncate(f"{video}-{readable}") if readable else video


def _truncate(name: str) -> str:
    """The name within `_MAX_NAME` bytes, ending at a whole word where that keeps more than half of it."""
    encoded = name.encode("utf-8", "ignore")
    if len(encoded) <= _MAX_NAME:
        return encoded.decode()
    kept = encoded[:_MAX_NAME].decode("utf-8", "ignore")
    if name[len(kept)] == "-":
        return kept
    return kept.rpartition("-")[0] if kept.rfind("-") > len(kept) // 2 else kept


def _card(path: Path) -> ArticleCard:
    try:
        return codec.decode(path.read_bytes(), ArticleCard)
    except (ValueError, OSError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> ArtifactCorrupt:
    return ArtifactCorrupt(f"{path} is damaged", "Delete its folder and run the same video again.")
