"""What a batch can do for one list or video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ports import VideoListing
    from pipeline.types.article import ArticleCard, VideoReference
    from pipeline.types.batch import FetchResult, ListReference


@dataclass(frozen=True, slots=True)
class BatchSteps:
    """Every step raises `PipelineError` only."""

    open_list: Callable[[ListReference], VideoListing]
    fetch: Callable[[VideoReference], FetchResult]
    make: Callable[[VideoReference], ArticleCard]
    """Make the article and put its files in place; its card."""
    is_fetched: Callable[[VideoReference], bool]
    """Whether the captions are on disk, so that no source is asked for them."""
    has_article: Callable[[str], bool]
    """Whether the article's folder of that name is complete."""
    recipe: str
    """Digest of all that would make another article of the same captions."""
