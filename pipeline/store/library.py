"""The finished articles of one folder: `articles/<id>-<readable title>/`, each with its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.errors import ArtifactCorrupt
from pipeline.store import atomic
from pipeline.types import Card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CARD = "card.json"
"""Written last: a folder without it is not a finished article."""


class Library:
    """Finished articles on disk."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below this folder; it is made when first needed."""
        self.articles = folder / "articles"

    def cards(self) -> tuple[Card, ...]:
        """What is known of each finished article, ordered by folder name; raises `ArtifactCorrupt`."""
        return tuple(map(_card, sorted(self.articles.glob(f"*/{CARD}"))))

    def folder(self, identifier: str, name: str) -> str:
        """The folder name of a video: the one it already has, even if its title changed, or else `name`."""
        kept = sorted(path.parent.name for path in self.articles.glob(f"{identifier}-*/{CARD}"))
        return kept[0] if kept else name

    def publish(self, card: Card, files: Mapping[str, bytes]) -> Path:
        """Write an article's files and then its card; the folder. Raises `NotWritable` or `NoSpace`."""
        folder = self.articles / card.folder
        for name, data in files.items():
            atomic.write(folder / name, data)
        atomic.write(folder / CARD, codec.encode(card))
        return folder


def _card(path: Path) -> Card:
    try:
        return codec.decode(path.read_bytes(), Card)
    except (ValueError, OSError) as error:
        message = f"{path} is damaged"
        raise ArtifactCorrupt(message, "Delete its folder and run the same video again.") from error
