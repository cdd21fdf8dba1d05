"""The articles of a library as they lie on the desk: opened from the files, listed by the index, judged in journals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import ArtifactCorrupt, NoSuchDraft
from pipeline.review import blocks, rules
from pipeline.review.history import History, ReviewStore, article_key
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
    """All that a desk works with."""

    library: Library
    reviews: ReviewStore
    index: QueueIndex
    writer: Writer
    judge: Judge
    export: Callable[[Article], Mapping[str, bytes]]
    """The files of an article in the formats of the settings."""
    settings: VerifySettings
    author: str
    now: Callable[[], datetime]
    """The time in UTC."""


@dataclass(frozen=True, slots=True)
class ReviewArticle:
    """One article on the desk."""

    article: Article
    """As it stands: the draft that counts, checked against the script it rests on."""
    folder: str
    base: Article
    """The machine's article that the draft comes from."""
    standing: ReviewStatus
    history: History
    offer: Article | None
    """A newer article by the machine, beside the person's draft."""
    terms: tuple[GlossaryTerm, ...]
    """Corrections made elsewhere in this channel whose wrong form stands here."""

    @property
    def digest(self) -> str:
        """Of the draft that counts."""
        return self.article.provenance.draft

    @property
    def video(self) -> str:
        """The video's id."""
        return self.article.script.video.id


class ReviewArticles:
    """Every article of one library. Threads may share it; a second process may use the same library."""

    def __init__(self, tools: ReviewServices) -> None:
        """Nothing is read before it is asked for."""
        self.lock = RLock()
        """Held while something is read that is to be changed."""
        self._tools = tools
        self._stamp = (-1, -1)
        self._reports: dict[tuple[str, str], Report] = {}
        self.unreadable: tuple[str, ...] = ()
        """Folders whose article cannot be read, at the last look."""

    # --- the queue ---

    def queue(self, wanted: QueueFilter, page: int = 1) -> QueuePage:
        """One page of the articles that the filter lets through, weakest evidence first."""
        self.refresh()
        return self._tools.index.shelf(wanted, page)

    def counts(self) -> dict[ReviewStatus, int]:
        """How many articles stand where."""
        return self._tools.index.counts()

    def channels(self) -> tuple[str, ...]:
        """Every channel that has an article."""
        return self._tools.index.channels()

    def series(self) -> dict[str, str]:
        """Every series that has an article: the folder of its page, and the title."""
        return self._tools.index.series()

    def waiting(self, after: str = "") -> str | None:
        """The unreviewed video with the weakest evidence, other than the one just looked at; None when all is done."""
        self.refresh()
        return self._tools.index.waiting(after)

    def refresh(self) -> None:
        """Bring the index up to date with the files; two looks at folders when nothing changed."""
        with self.lock:
            stamp = self._stamps()
            if stamp != self._stamp:
                folders = self._tools.index.changed(self._tools.library.fingerprints(), self._tools.reviews.states())
                self.unreadable = ()
                self._tools.index.put(self._records(folders))
                self._stamp = stamp

    # --- one article ---

    def open(self, video: str) -> ReviewArticle:
        """The article of a video as it stands; raises `NoSuchDraft` or `ArtifactCorrupt`."""
        self.refresh()
        row = self._tools.index.get(video)
        if row is None:
            message = f"there is no article of {video[:80]!r}"
            raise NoSuchDraft(message)
        return self._sheet(row.folder)

    def append(self, sheet: ReviewArticle, draft: Draft, decision: Decision, reason: str = "") -> ReviewArticle:
        """Keep an act on this draft, and give the article as it then stands; on return the act is on disk.

        Raises `StaleDraft` when another process acted since the sheet was opened.
        """
        review = ReviewEvent(
            video=sheet.video,
            draft=digest(draft),
            base=article_key(sheet.base),
            decision=decision,
            author=self._tools.author,
            time=self._tools.now(),
            reason=reason,
            edits=blocks.places(sheet.article.draft, draft),
        )
        self._tools.reviews.append(HistoryEntry(review, draft), sheet.base, sheet.history.size)
        self._tools.index.put(self._records((sheet.folder,)))
        self._stamp = self._stamps()
        return self._sheet(sheet.folder)

    def _sheet(self, folder: str) -> ReviewArticle:
        machine = self._tools.library.article(folder)
        video = machine.script.video
        history = self._tools.reviews.history(video.id)
        at = rules.deciding_event(history.reviews)
        own = at is not None and rules.is_edited(history.reviews)
        base, article = machine, machine
        if own and at is not None:
            kept = history.reviews[at].base
            base = machine if kept == article_key(machine) else self._tools.reviews.article(kept)
            article = self._checked(base, history.draft(at), history.reviews[at].author)
        stands = rules.review_status(history.reviews, article.provenance.draft, article.report)
        terms = rules.matching_terms(self._tools.reviews.terms(), video.channel, rules.search_text(article))
        offer = machine if own and article_key(machine) != article_key(base) else None
        return ReviewArticle(article, folder, base, stands, history, offer, terms)

    def _checked(self, base: Article, draft: Draft, author: str) -> Article:
        """The machine's article with a person's draft, verified as any draft is."""
        name = digest(draft)
        if name == base.provenance.draft:
            return base
        report = self._reports.get((article_key(base), name))
        if report is None:
            report = verify(draft, base.script, self._tools.settings, self._tools.judge)
            _remember(self._reports, (article_key(base), name), report)
        writer = f"{base.provenance.writer} + {author}"
        return replace(base, draft=draft, report=report, provenance=replace(base.provenance, draft=name, writer=writer))

    def _records(self, folders: Sequence[str]) -> Iterator[IndexEntry]:
        for folder in folders:
            try:
                card = self._tools.library.fingerprint(folder)
                sheet = self._sheet(folder)
            except ArtifactCorrupt:
                self.unreadable = (*self.unreadable, folder)
                continue
            listed = rules.queue_row(sheet.article, folder, sheet.standing)
            journal = self._tools.reviews.state(sheet.video)
            yield IndexEntry(listed, rules.search_text(sheet.article), card, journal, rules.series_of(sheet.article))

    def _stamps(self) -> tuple[int, int]:
        return self._tools.library.revision(), self._tools.reviews.stamp()


def _remember(kept: dict[tuple[str, str], Report], name: tuple[str, str], report: Report) -> None:
    """Keep a report in memory, and forget the oldest beyond a number."""
    kept[name] = report
    if len(kept) > _REPORTS_MOST:
        del kept[next(iter(kept))]
