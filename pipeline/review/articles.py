"""The articles of a library under review: read from their files, listed by the index, judged in journals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias

from pipeline.arabic.terms import Term
from pipeline.codec import digest
from pipeline.errors import ArtifactCorrupt, NoSuchDraft, StoreError
from pipeline.review import blocks, rules
from pipeline.review.history import GLOSSARY, History, ReviewStore, article_key
from pipeline.review.index import IndexEntry, QueueIndex
from pipeline.review.recheck import recheck
from pipeline.review.verdicts import LateVerdicts
from pipeline.types.review import (
    Decision,
    GlossaryTerm,
    HistoryEntry,
    QueueFilter,
    QueuePage,
    QueueRow,
    ReviewEvent,
    ReviewStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipeline.ports import Judge, Writer
    from pipeline.settings import VerifySettings
    from pipeline.store.library import Library
    from pipeline.types.article import Article, Draft, Finding, Report

_REPORTS_MOST = 64
"""Reports of edited drafts that are kept in memory."""


_ReportKey: TypeAlias = "tuple[str, str, tuple[Term, ...]]"
"""A machine's article, a draft, and the corrections that count as heard."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """What checking a draft came to."""

    report: Report
    judged: bool = False
    awaited: frozenset[str] = frozenset()


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
    show_folder: Callable[[Path], None] | None = None
    """Opens a folder in the file manager of this machine; None where there is no desktop."""


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
    checked: tuple[tuple[Finding, ReviewEvent], ...] = ()
    """Findings of this draft that a person looked at, each with the act; the article's report is without them."""
    judged: bool = False
    """Whether a trusted judge decides about meaning here."""
    awaited: frozenset[str] = frozenset()
    """Texts that it has yet to judge."""

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
        self._late = LateVerdicts(services.judge)
        self._reports: dict[_ReportKey, _Checked] = {}
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

    def decision_seconds(self) -> tuple[int, ...]:
        """Seconds of work that the latest decision on each article took, where they were counted, ascending."""
        return self._services.index.decision_seconds()

    def next_unreviewed(self, conditions: QueueFilter, after: str = "", below: float | None = None) -> str | None:
        """The next video below `after` in a list that waits for a decision, or the first of it; None at its end.

        `below` is the weakness that `after` had in the list; without it the one that it has now.
        """
        self.refresh()
        row = self._services.index.get(after) if after else None
        weakness = below if below is not None or row is None else row.weakness
        return self._services.index.next_unreviewed(conditions, None if weakness is None else (weakness, after))

    def rows(self, videos: Sequence[str]) -> tuple[QueueRow, ...]:
        """The rows of these videos, as far as there are articles of them."""
        self.refresh()
        return tuple(row for row in map(self._services.index.get, videos) if row)

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
        return self.open_folder(row.folder)

    def record(
        self, review: ReviewArticle, draft: Draft, decision: Decision, reason: str = "", seconds: int | None = None
    ) -> ReviewArticle:
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
            seconds=seconds,
        )
        return self._append(review, event, draft)

    def record_about(self, review: ReviewArticle, finding: Finding, decision: Decision) -> ReviewArticle:
        """Save an act about one finding of a draft, as `record` does one about the draft."""
        event = ReviewEvent(
            video=review.video,
            draft=review.digest,
            base=article_key(review.base),
            decision=decision,
            author=self._services.author,
            time=self._services.now(),
            finding=rules.finding_key(finding),
        )
        return self._append(review, event, review.article.draft)

    def _append(self, review: ReviewArticle, event: ReviewEvent, draft: Draft) -> ReviewArticle:
        self._services.reviews.append(HistoryEntry(event, draft), review.base, review.history.size)
        self._reindex(review.folder)
        return self.open_folder(review.folder)

    def _reindex(self, folder: str) -> None:
        self._services.index.put(self._index_entries((folder,)))
        self._stamp = self._current_stamp()

    def open_folder(self, folder: str) -> ReviewArticle:
        """The article in a folder with its current draft; raises `ArtifactCorrupt`."""
        latest = self._services.library.article(folder)
        video = latest.script.video
        history = self._services.reviews.history(video.id)
        at = rules.latest_event(history.events)
        edited = at is not None and rules.is_edited(history.events)
        base, article, checks = latest, latest, _Checked(latest.report)
        terms = tuple(each for each in self._services.reviews.terms() if each.channel == video.channel)
        if edited and at is not None:
            key = history.events[at].base
            base = latest if key == article_key(latest) else self._services.reviews.article(key)
            article, checks = self._verified(base, history.draft(at), history.events[at].author, folder, terms)
        checked = rules.checked_findings(history.events)
        set_aside = tuple(
            (each, checked[about]) for each in article.report.findings if (about := rules.finding_key(each)) in checked
        )
        if set_aside:
            article = replace(article, report=rules.without_checked(article.report, checked))
        return ReviewArticle(
            article=article,
            folder=folder,
            base=base,
            status=rules.review_status(history.events, article.provenance.draft, article.report),
            history=history,
            newer=latest if edited and article_key(latest) != article_key(base) else None,
            terms=rules.matching_terms(terms, video.channel, rules.search_text(article)),
            checked=set_aside,
            judged=checks.judged,
            awaited=checks.awaited,
        )

    def _verified(
        self, base: Article, draft: Draft, author: str, folder: str, terms: Sequence[GlossaryTerm]
    ) -> tuple[Article, _Checked]:
        """The machine's article with a person's draft, checked; recent reports stay in memory.

        What a judge has yet to say is asked in the background, and the report made anew when it has.
        """
        draft_digest = digest(draft)
        if draft_digest == base.provenance.draft:
            return base, _Checked(base.report, bool(base.report.judge))
        corrections = tuple(Term(each.wrong, each.right) for each in terms)
        key = (article_key(base), draft_digest, corrections)
        checks = self._reports.get(key)
        if checks is None:
            judge = self._late.of(base)
            report = recheck(base, draft, self._services.settings, judge, corrections)
            checks = _Checked(report, judge.trusted, frozenset(claim.text for claim in judge.awaited))
            self._reports[key] = checks
            if len(self._reports) > _REPORTS_MOST:
                del self._reports[next(iter(self._reports))]
            if judge.awaited:
                self._late.ask(judge.asks, lambda answered: self._judged(key, folder, answered=answered))
        writer = f"{base.provenance.writer} + {author}"
        provenance = replace(base.provenance, draft=draft_digest, writer=writer)
        return replace(base, draft=draft, report=checks.report, provenance=provenance), checks

    def _judged(self, key: _ReportKey, folder: str, *, answered: bool) -> None:
        """The judge has spoken, or cannot: the report is made anew, or nothing is awaited any more."""
        with self.lock:
            if answered:
                self._reports.pop(key, None)
                self._reindex(folder)
            elif key in self._reports:  # not made anew, which would ask again
                self._reports[key] = replace(self._reports[key], awaited=frozenset())

    def _index_entries(self, folders: Sequence[str]) -> Iterator[IndexEntry]:
        for folder in folders:
            try:
                card = self._services.library.fingerprint(folder)
                review = self.open_folder(folder)
            except ArtifactCorrupt:
                self.unreadable = (*self.unreadable, folder)
                continue
            except StoreError as error:  # its journal cannot be read
                self.unreadable = (*self.unreadable, f"{folder}: {error}")
                continue
            yield IndexEntry(
                row=rules.queue_row(
                    review.article, folder, review.status, rules.decision_seconds(review.history.events)
                ),
                text=rules.search_text(review.article),
                card=card,
                journal=self._services.reviews.fingerprint(review.video),
                series=rules.series_of(review.article),
            )

    def _current_stamp(self) -> tuple[int, int]:
        return self._services.library.revision(), self._services.reviews.stamp()
