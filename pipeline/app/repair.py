"""The database of a library, made again from its articles and series pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import RepliesUseless, StateUnsupported, StoreError
from pipeline.store import atomic
from pipeline.store.database import DATABASE_FILE, LibraryDatabase
from pipeline.store.library import Library
from pipeline.store.lock import library_lock
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ProcessingStage, VideoRecord, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.errors import ArtifactCorrupt
    from pipeline.settings import Settings
    from pipeline.types.article import ArticleCard

_UNKNOWN = "unknown"
"""What no digest of links equals, so that they are written again."""


def repair(settings: Settings, damaged: Callable[[ArtifactCorrupt], None] | None = None) -> tuple[int, int]:
    """Rebuild the state from articles and series pages; how many of each were found.

    What cannot be read is told to `damaged` and passed over; without it, an article raises `ArtifactCorrupt`.

    The old file is kept beside. Raises `NoLibrary`, `LibraryLocked`, and `StateUnsupported` for the file of another
    version, which knows more than its articles say.
    """
    folder = Path(settings.library.folder)
    library = Library(folder)
    library.require()
    with library_lock(folder):
        _refuse_other_version(folder)
        atomic.sweep(folder)
        lists, cards = library.all_series(damaged), library.cards(damaged)
        videos = {video.id: video for each in lists for video in each.videos}
        by_folder = {video.folder: video for video in reversed(videos.values()) if video.folder}
        for card in cards:
            known = by_folder.get(card.folder)
            if known is not None or not card.id.startswith("file-"):
                videos[known.id if known else card.id] = _record(card, known)
        _set_aside(folder)
        with LibraryDatabase(folder) as database:
            database.rebuild(videos.values(), lists)
        return len(cards), len(lists)


def _refuse_other_version(folder: Path) -> None:
    try:
        LibraryDatabase(folder, read_only=True).close()
    except StateUnsupported:
        raise
    except StoreError:  # damaged, missing or older: to be made again
        pass


def _set_aside(folder: Path) -> None:
    """Keep the old file under a name that is free; a file that is whole is not needed for rebuilding either."""
    free = next(n for n in range(1, 10_000) if not (folder / f"{DATABASE_FILE}.old-{n}").exists())
    for ending in ("", "-wal", "-shm"):
        path = folder / f"{DATABASE_FILE}{ending}"
        if path.exists():
            path.rename(folder / f"{DATABASE_FILE}.old-{free}{ending}")


def _record(card: ArticleCard, known: VideoRecord | None) -> VideoRecord:
    """The row of a video whose article is there."""
    return replace(
        known or VideoRecord(card.id, VideoReference(SourceKind.YOUTUBE, card.id), card.title),
        stage=ProcessingStage.WRITTEN,
        status=VideoStatus.FLAWED if card.findings else VideoStatus.DONE,
        folder=card.folder,
        findings=card.findings,
        cause=RepliesUseless.__name__ if card.shortfall else "",
        reason=card.shortfall,
        hint=RepliesUseless.hint if card.shortfall else "",
        recipe=card.recipe,
        links_digest=_UNKNOWN,
    )
