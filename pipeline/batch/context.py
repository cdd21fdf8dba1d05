"""The context that all parts of a run share, with the steps it takes for one list or video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.events import Reporter, silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.clock import Clock, StopSignal
    from pipeline.ports import VideoListing
    from pipeline.settings import BatchSettings
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.article import ArticleCard, VideoReference
    from pipeline.types.batch import FetchResult, ListReference


@dataclass(frozen=True, slots=True)
class BatchOperations:
    """The steps of a run for one list or video. They raise `PipelineError` only."""

    open_list: Callable[[ListReference], VideoListing]
    fetch: Callable[[VideoReference], FetchResult]
    make: Callable[[VideoReference], ArticleCard]
    """Write the article and put its files in place."""
    is_fetched: Callable[[VideoReference], bool]
    """Whether the captions are on disk, so that no source is asked for them."""
    has_article: Callable[[str], bool]
    """Whether every file of the article in the folder of that name is there, as it was written."""
    recipe: str
    """Digest of all that would make another article of the same captions."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """Everything that a runner, its plan and its fetcher share."""

    database: LibraryDatabase
    steps: BatchOperations
    settings: BatchSettings
    clock: Clock
    """Its `sleep` raises `StopRequested` once `stop_signal` is requested."""
    stop_signal: StopSignal
    report: Reporter = silent
