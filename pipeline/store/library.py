"""The finished articles and series of a library: `articles/<id>-<readable title>/`, each with its card."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from pipeline import codec
from pipeline.arabic.normalize import DIACRITICS
from pipeline.errors import ArtifactCorrupt, NoLibrary
from pipeline.store import atomic, sealed
from pipeline.store.database import DATABASE_FILE
from pipeline.types.article import Article, ArticleCard
from pipeline.types.batch import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")

SERIES = "series.json"
"""The source of a series page, sealed, from which `tadwin repair` rebuilds the list."""
CARD = "card.json"
"""The card and the digest of every file beside it, sealed. Written last: without it no article is finished."""
CHECKSUMS = "SHA256SUMS"
"""Beside the files of an approved article, in the form of `sha256sum`."""
RECORD = "record.json"
"""The whole article as `codec` writes it, sealed, for the review desk, whatever formats are exported."""

_MAX_NAME = 120
"""Bytes; file systems allow 255, and archives add folders before it."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKS = re.compile(f"[{DIACRITICS}\u0640]")
_EXPORTED = re.compile(r"\w[\w.-]*")
"""Names of exported files: in this folder, whatever stands in the list of them."""
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Contents:
    """What `card.json` holds."""

    card: ArticleCard
    files: dict[str, str]
    """SHA-256 of every other file of the article, by name."""


class Library:
    """Finished articles and series below a folder, which is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.articles = folder / "articles"
        self.series = folder / "series"

    def require(self) -> None:
        """Raise `NoLibrary` for a folder that is missing, or holds nothing of a library."""
        parts = (self.articles, self.series, self._folder / "artifacts", self._folder / DATABASE_FILE)
        if not any(part.exists() for part in parts):
            message = f"there is no library in {self._folder}"
            raise NoLibrary(message)

    def cards(
        self, damaged: Callable[[ArtifactCorrupt], None] | None = None, *, without: str = ""
    ) -> tuple[ArticleCard, ...]:
        """The cards of all finished articles, ordered by folder name; not that of the folder `without`.

        A card that cannot be read is reported to `damaged` and skipped; without it, raises `ArtifactCorrupt`.
        """
        cards = []
        for path in sorted(self.articles.glob(f"*/{CARD}")):
            if path.parent.name == without:
                continue
            try:
                cards.append(_contents(path).card)
            except ArtifactCorrupt as error:
                if damaged is None:
                    raise
                damaged(error)
        return tuple(cards)

    def card(self, folder: str) -> ArticleCard:
        """The card of the finished article in a folder; raises `ArtifactCorrupt`."""
        return _contents(self.articles / folder / CARD).card

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
        card_data = card_file(card, files)
        changed = [name for name, data in files.items() if atomic.read(folder / name) != data]
        for name in changed:
            atomic.write(folder / name, files[name])
        if changed or atomic.read(folder / CARD) != card_data:
            atomic.write(folder / CARD, card_data)
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

    def damaged_files(self, folder: str) -> tuple[Path, ...]:
        """The files of an article that are missing or not as they were published: none if it is whole.

        Every byte is read.
        """
        place = self.articles / folder
        try:
            contents = _contents(place / CARD)
        except ArtifactCorrupt:
            return (place / CARD,)
        return tuple(place / name for name, digest in contents.files.items() if _file_digest(place / name) != digest)

    def series_folder(self, identifier: str, name: str) -> Path:
        """The folder of a series: the one it already has, even if its title changed, or else `name`."""
        existing = sorted(path.parent for path in self.series.glob(f"{identifier}-*/{SERIES}"))
        return existing[0] if existing else self.series / name

    def write_series(self, folder: Path, files: Mapping[str, bytes]) -> None:
        """Write a series' files, each only if it changed; raises `NotWritable` or `NoSpace`."""
        for name, data in files.items():
            if atomic.read(folder / name) != data:
                atomic.write(folder / name, data)

    def all_series(self, damaged: Callable[[ArtifactCorrupt], None] | None = None) -> tuple[Series, ...]:
        """Every series, ordered by folder; one that is damaged is skipped, since it will be written again, and told."""
        return tuple(series for _, series in self.series_by_folder(damaged))

    def series_by_folder(
        self, damaged: Callable[[ArtifactCorrupt], None] | None = None
    ) -> Iterator[tuple[str, Series]]:
        """As `all_series`, each with the name of its folder."""
        for path in sorted(self.series.glob(f"*/{SERIES}")):
            if (series := _read(path, Series)) is not None:
                yield path.parent.name, series
            elif damaged is not None:
                damaged(_damaged(path))

    def article(self, folder: str) -> Article:
        """The whole article in a folder; raises `ArtifactCorrupt`."""
        path = self.articles / folder / RECORD
        article = _read(path, Article)
        if article is None:
            raise _damaged(path)
        return article

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
        """Write an approved article's files to `approved/<folder>/`, with a list that `sha256sum -c` checks.

        Raises `NotWritable` or `NoSpace`.
        """
        place = self._folder / "approved" / folder
        sums = "".join(f"{codec.digest(data)}  {name}\n" for name, data in files.items())
        for name, data in {**files, CHECKSUMS: sums.encode()}.items():
            atomic.write(place / name, data)
        return place

    def exported(self, folder: str) -> Path | None:
        """The absolute path of an approved article's files; None when none were exported."""
        place = self._folder / "approved" / folder
        return place.resolve() if folder and (place / CHECKSUMS).is_file() else None

    def exports_linking(self, folder: str) -> tuple[str, ...]:
        """The folders of other exports with a link to this one."""
        address = f"../{quote(folder, safe='')}/".encode()
        return tuple(
            sums.parent.name
            for sums in sorted((self._folder / "approved").glob(f"*/{CHECKSUMS}"))
            if sums.parent.name != folder
            and any(address in (atomic.read(file) or b"") for file in sums.parent.glob("*.*") if file.is_file())
        )

    def take_back(self, folder: str) -> bool:
        """Delete the files that `export` wrote, and the folder unless there are others in it; False if there are none.

        Raises `NotWritable` or `StoreError`.
        """
        place = self._folder / "approved" / folder
        sums = atomic.read(place / CHECKSUMS) if self.exported(folder) else None
        if sums is None:
            return False
        names = [line.partition("  ")[2] for line in sums.decode(errors="replace").splitlines()]
        with atomic.store_errors(place):
            for name in (*filter(_EXPORTED.fullmatch, names), CHECKSUMS):
                (place / name).unlink(missing_ok=True)
            if not any(place.iterdir()):
                place.rmdir()
        return True

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


def card_file(card: ArticleCard, files: Mapping[str, bytes]) -> bytes:
    """The content of `card.json` beside these files."""
    return sealed.seal(codec.encode(_Contents(card, {name: codec.digest(data) for name, data in files.items()})))


def record_file(article: Article) -> bytes:
    """The content of `record.json`."""
    return sealed.seal(codec.encode(article))


def series_file(series: Series) -> bytes:
    """The content of `series.json`."""
    return sealed.seal(codec.encode(series))


def _contents(path: Path) -> _Contents:
    contents = _read(path, _Contents)
    if contents is None:
        raise _damaged(path)
    return contents


def _read(path: Path, kind: type[T]) -> T | None:
    """The value in a sealed file; None if it is missing, damaged, or of another version."""
    try:
        with atomic.open_regular(path) as file:
            payload = sealed.unseal(file.read())
        return None if payload is None else codec.decode(payload, kind)
    except (OSError, ValueError):
        return None


def _file_digest(path: Path) -> str:
    try:
        with atomic.open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _damaged(path: Path) -> ArtifactCorrupt:
    return ArtifactCorrupt(f"{path} is {'damaged' if path.exists() else 'missing'}")
