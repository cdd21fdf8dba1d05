"""What connects the articles of a library: links from one to another, and a page for each list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline import codec
from pipeline.batch.job import Job, SerializedError
from pipeline.errors import ArtifactCorrupt, PipelineError
from pipeline.export import series
from pipeline.linking import RelatedFinder, series_positions
from pipeline.store.library import SERIES, folder_name, series_file
from pipeline.types.batch import FINISHED, ListKind, Series, VideoRecord
from pipeline.types.links import ArticleLinks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.batch.clock import StopSignal
    from pipeline.batch.ray.cluster import Cluster
    from pipeline.run import Pipeline
    from pipeline.store.database import LibraryDatabase
    from pipeline.types.batch import ListReference
    from pipeline.types.links import RelatedArticle


@dataclass(frozen=True, slots=True)
class LinkUpdater:
    """Updates a library after a batch. Only what changed is written, in any order: the result is the same."""

    pipeline: Pipeline
    database: LibraryDatabase
    stop_signal: StopSignal
    cluster: Cluster | None = None
    """Workers that write articles again; None for this process."""

    def update(self, wanted: Sequence[ListReference]) -> tuple[Path, ...]:
        """Write the page of every list and the articles whose links changed; the pages of `wanted` lists, or of all.

        Raises `ArtifactCorrupt` for the first article that cannot be read, after all others were written.
        """
        damaged: list[ArtifactCorrupt] = []
        cards = self.pipeline.library.cards(damaged.append)
        finder, limit = RelatedFinder(cards), self.pipeline.settings.export.related
        related = {card.folder: finder.of(card, limit) for card in cards}
        lists = self._lists()
        pages = {each.list_record.key: self._write_page(folder, each, related) for folder, each in lists}
        positions = series_positions((folder.name, each) for folder, each in lists)
        links = {folder: ArticleLinks(found, positions.get(folder, ())) for folder, found in related.items()}
        for job in self._write_articles(links):
            if self.stop_signal.requested:
                break
            error = job.failure.error if job is not None and job.failure is not None else None
            if isinstance(error, ArtifactCorrupt):
                damaged.append(error)
            elif error is not None:
                raise error
            elif job is not None:
                self.database.save(job.record)
        else:
            if damaged:
                raise damaged[0]
        return tuple(pages[key] for key in [each.key for each in wanted] or pages if key in pages)

    def _lists(self) -> tuple[tuple[Path, Series], ...]:
        """Every list that has a page, with the folder of that page."""
        library, found = self.pipeline.library, []
        for listed in self.database.list_records():
            if not listed.key.startswith(ListKind.VIDEO):
                name = sha256(listed.key.encode()).hexdigest()[:12]
                folder = library.series_folder(name, folder_name(name, listed.title))
                found.append((folder, Series(listed, self.database.members(listed.key))))
        return tuple(found)

    def _write_page(self, folder: Path, shown: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> Path:
        files = {
            series.HTML: series.html(shown, related),
            series.MARKDOWN: series.markdown(shown, related),
            SERIES: series_file(replace(shown, videos=tuple(map(_without_times, shown.videos)))),
        }
        self.pipeline.library.write_series(folder, files)
        return folder / series.HTML

    def _write_articles(self, links: Mapping[str, ArticleLinks]) -> Iterator[Job | None]:
        """The jobs of articles whose links changed, as they are written; None now and then while none comes."""
        jobs = [
            Job(replace(video, links_digest=digest), links[video.folder])
            for video in self.database.videos(FINISHED)
            if video.folder in links and video.links_digest != (digest := _digest(links[video.folder]))
        ]
        if jobs and self.cluster is not None:
            yield from self.cluster.write(jobs)
            return
        for job in jobs:
            try:
                self.pipeline.set_links(job.record.folder, links[job.record.folder])
            except PipelineError as error:
                yield replace(job, failure=SerializedError.of(error))
            else:
                yield job


def _digest(links: ArticleLinks) -> str:
    return codec.digest(links) if links != ArticleLinks() else ""


def _without_times(video: VideoRecord) -> VideoRecord:
    """What of a row belongs on a series page: no times, so that the page only changes with what it shows."""
    return replace(video, attempted_at=0.0, retry_at=0.0, attempts=0, attempt_days=0, links_digest="")
