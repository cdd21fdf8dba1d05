"""The articles of a library under review: read from their files, listed by the index, judged in journals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import ArtifactCorrupt, NoSuchDraft
from pipeline.review import blocks, rules
from pipeline.review.history import GLOSSARY, History, ReviewStore, article_key
from pipeline.review.index import IndexEntry, QueueIndex
from pipeline.types.review import (
    Decision,
    GlossaryTerm,
    HistoryEntry,
    QueueFilter,
    QueuePage,
    ReviewEvent,
    ReviewStatus,
)
from pipeline.verify.report import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from pipeline.ports import Judge, Writer
    from pipeline.settings import VerifySettings
    from pipeline.store.library import Library
    from pipeline.types.article import Article, Draft, Report

_REPORTS_MOST = 64
"""Reports of edited drafts that are kept in memory."""


@dataclass(frozen=True, slots=True)
class ReviewServices:
    """What a desk works with."""

    library: Library
    reviews: ReviewStore
    index: QueueIndex
    writer: Writer
    judge: Judge
    export: Callable[[Article], Mapping[str, bytes]]
    """The files of an article, by name."""
    settings: VerifySettings
    author: str
    now: Callable[[], datetime]
    """The time in UTC."""


@dataclass(frozen=True, slots=True)
class ReviewArticle:
    """An article under review, with its current draft."""

    article: Article
    """With the current draft, checked against the script it rests on."""
    folder: str
    base: Article
    """The machine's article that the draft comes from."""
    status: ReviewStatus
    history: History
    newer: Article | None
    """A newer article by the machine, offered beside the person's draft."""
    terms: tuple[GlossaryTerm, ...]
    """Corrections made elsewhere in this channel whose wrong form occurs here."""

    @property
    def digest(self) -> str:
        """Of the current draft."""
        return self.article.provenance.draft

    @property
    def video(self) -> str:
        """The video's id."""
        return self.article.script.video.id


class ReviewArticles:
    """Every article of one library. Threads may share it; a second process may use the same library."""

    def __init__(self, services: ReviewServices) -> None:
        self.lock = RLock()
        """Held from reading an article until its change is saved."""
        self._services = services
        self._stamp = (-1, -1)
        self._reports: dict[tuple[str, str], Report] = {}
        self.unreadable: tuple[str, ...] = ()
        """Folders whose article could not be read at the last refresh, and the glossary if a line of it could not."""

    # --- the queue ---

    def queue(self, conditions: QueueFilter, page: int = 1) -> QueuePage:
        """One page of the articles that meet the conditions, weakest evidence first."""
        self.refresh()
        return self._services.index.page(conditions, page)

    def status_counts(self) -> dict[ReviewStatus, int]:
        """The number of articles in each status."""
        return self._services.index.status_counts()

    def channels(self) -> tuple[str, ...]:
        """Every channel that has an article."""
        return self._services.index.channels()

    def series(self) -> dict[str, str]:
        """The title of every series that has an article, by the folder of its page."""
        return self._services.index.series()

    def next_unreviewed(self, after: str = "") -> str | None:
        """The unreviewed video with the weakest evidence, other than `after`; None when there is none."""
        self.refresh()
        return self._services.index.next_unreviewed(after)

    def refresh(self) -> None:
        """Bring the index up to date with the files; costs two `stat` calls when nothing changed."""
        with self.lock:
            stamp = self._current_stamp()
            if stamp != self._stamp:
                index, library, reviews = self._services.index, self._services.library, self._services.reviews
                outdated = index.prune(library.fingerprints(), reviews.fingerprints())
                self.unreadable = (GLOSSARY,) if reviews.has_damaged_terms() else ()
                index.put(self._index_entries(outdated))
                self._stamp = stamp

    # --- one article ---

    def open(self, video: str) -> ReviewArticle:
        """The article of a video with its current draft; raises `NoSuchDraft` or `ArtifactCorrupt`."""
        self.refresh()
        row = self._services.index.get(video)
        if row is None:
            message = f"there is no article of {video[:80]!r}"
            raise NoSuchDraft(message)
        return self._open_folder(row.folder)

    def record(self, review: ReviewArticle, draft: Draft, decision: Decision, reason: str = "") -> ReviewArticle:
        """Save what was done with a draft, and return the article after it; on return it is on disk.

        Raises `StaleDraft` when another process saved since the article was opened.
        """
        event = ReviewEvent(
            video=review.video,
            draft=digest(draft),
            base=article_key(review.base),
            decision=decision,
            author=self._services.author,
            time=self._services.now(),
            reason=reason,
            edits=blocks.changed_places(review.article.draft, draft),
        )
        self._services.reviews.append(HistoryEntry(event, draft), review.base, review.history.size)
        self._services.index.put(self._index_entries((review.folder,)))
        self._stamp = self._current_stamp()
        return self._open_folder(review.folder)

    def _open_folder(self, folder: str) -> ReviewArticle:
        latest = self._services.library.article(folder)
        video = latest.script.video
        history = self._services.reviews.history(video.id)
        at = rules.latest_event(history.events)
        edited = at is not None and rules.is_edited(history.events)
        base, article = latest, latest
        if edited and at is not None:
            key = history.events[at].base
            base = latest if key == article_key(latest) else self._services.reviews.article(key)
            article = self._verified(base, history.draft(at), history.events[at].author)
        return ReviewArticle(
            article=article,
            folder=folder,
            base=base,
            status=rules.review_status(history.events, article.provenance.draft, article.report),
            history=history,
            newer=latest if edited and article_key(latest) != article_key(base) else None,
            terms=rules.matching_terms(self._services.reviews.terms(), video.channel, rules.search_text(article)),
        )

    def _verified(self, base: Article, draft: Draft, author: str) -> Article:
        """The machine's article with a person's draft, checked as any draft is; recent reports stay in memory."""
        draft_digest = digest(draft)
        if draft_digest == base.provenance.draft:
            return base
        key = (article_key(base), draft_digest)
        report = self._reports.get(key)
        if report is None:
            report = verify(draft, base.script, self._services.settings, self._services.judge)
            self._reports[key] = report
            if len(self._reports) > _REPORTS_MOST:
                del self._reports[next(iter(self._reports))]
        writer = f"{base.provenance.writer} + {author}"
        provenance = replace(base.provenance, draft=draft_digest, writer=writer)
        return replace(base, draft=draft, report=report, provenance=provenance)

    def _index_entries(self, folders: Sequence[str]) -> Iterator[IndexEntry]:
        for folder in folders:
            try:
                card = self._services.library.fingerprint(folder)
                review = self._open_folder(folder)
            except ArtifactCorrupt:
                self.unreadable = (*self.unreadable, folder)
                continue
            yield IndexEntry(
                row=rules.queue_row(review.article, folder, review.status),
                text=rules.search_text(review.article),
                card=card,
                journal=self._services.reviews.fingerprint(review.video),
                series=rules.series_of(review.article),
            )

    def _current_stamp(self) -> tuple[int, int]:
        return self._services.library.revision(), self._services.reviews.stamp()
