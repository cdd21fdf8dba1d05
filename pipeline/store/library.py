"""The finished articles of one folder: `articles/<id>-<readable title>/`, each with its card."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.errors import ArtifactCorrupt
from pipeline.series import Series
from pipeline.store import atomic
from pipeline.types import Card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SERIES = "series.json"
"""What a series page is made from, and `tadwin repair` after it."""
CARD = "card.json"
"""Written last: a folder without it is not a finished article."""


class Library:
    """Finished articles on disk."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below this folder; it is made when first needed."""
        self.articles = folder / "articles"
        self.series = folder / "series"

    def cards(self) -> tuple[Card, ...]:
        """What is known of each finished article, ordered by folder name; raises `ArtifactCorrupt`."""
        return tuple(map(_card, sorted(self.articles.glob(f"*/{CARD}"))))

    def folder(self, identifier: str, name: str) -> str:
        """The folder name of a video: the one it already has, even if its title changed, or else `name`."""
        kept = sorted(path.parent.name for path in self.articles.glob(f"{identifier}-*/{CARD}"))
        return kept[0] if kept else name

    def publish(self, card: Card, files: Mapping[str, bytes]) -> Path:
        """Write an article's files and then its card, each only if it changed; the folder.

        Raises `NotWritable` or `NoSpace`.
        """
        folder = self.articles / card.folder
        for name, data in {**files, CARD: codec.encode(card)}.items():
            if atomic.read(folder / name) != data:
                atomic.write(folder / name, data)
        return folder

    def there(self, folder: str) -> bool:
        """Whether the article's folder of this name is finished."""
        return bool(folder) and (self.articles / folder / CARD).is_file()

    def shelf(self, identifier: str, name: str) -> Path:
        """The folder of a series: the one it already has, even if its title changed, or else `name`."""
        kept = sorted(path.parent for path in self.series.glob(f"{identifier}-*/{SERIES}"))
        return kept[0] if kept else self.series / name

    def shelve(self, shelf: Path, files: Mapping[str, bytes]) -> None:
        """Write a series' files, each only if it changed; raises `NotWritable` or `NoSpace`."""
        for name, data in files.items():
            if atomic.read(shelf / name) != data:
                atomic.write(shelf / name, data)

    def shelved(self) -> tuple[Series, ...]:
        """Every series, ordered by folder; one that cannot be read is passed over, since it is written again."""
        found = []
        for path in sorted(self.series.glob(f"*/{SERIES}")):
            with contextlib.suppress(ValueError, OSError):
                found.append(codec.decode(path.read_bytes(), Series))
        return tuple(found)


def _card(path: Path) -> Card:
    try:
        return codec.decode(path.read_bytes(), Card)
    except (ValueError, OSError) as error:
        message = f"{path} is damaged"
        raise ArtifactCorrupt(message, "Delete its folder and run the same video again.") from error
