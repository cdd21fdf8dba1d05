"""What follows from a draft and what was decided about it: pure functions, no files and no clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.types.article import Flaw
from pipeline.types.review import Decision, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import Article, Draft, Report
    from pipeline.types.review import GlossaryTerm, ReviewEvent

_AFTER = {
    Decision.EDIT: ReviewStatus.EDITED,
    Decision.APPROVE: ReviewStatus.APPROVED,
    Decision.REJECT: ReviewStatus.REJECTED,
    Decision.RETURN: ReviewStatus.ATTENTION,
    Decision.EXPORT: ReviewStatus.PUBLISHED,
}


def deciding_event(reviews: Sequence[ReviewEvent]) -> int | None:
    """Index of the act that counts: the last one that is not a change set aside."""
    return next((at for at in range(len(reviews) - 1, -1, -1) if reviews[at].decision is not Decision.ASIDE), None)


def is_edited(reviews: Sequence[ReviewEvent]) -> bool:
    """Whether the draft is a person's: then the last one they saw counts, and no run replaces it."""
    return any(review.decision is Decision.EDIT for review in reviews)


def review_status(reviews: Sequence[ReviewEvent], draft: str, report: Report) -> ReviewStatus:
    """Where an article stands whose draft that counts has this digest.

    A decision is about the digest it names: with another digest the article is unreviewed again.
    """
    at = deciding_event(reviews)
    if at is not None and reviews[at].draft == draft:
        return _AFTER[reviews[at].decision]
    return ReviewStatus.ATTENTION if report.findings or at is not None else ReviewStatus.NEW


def weakness(report: Report) -> float:
    """The share of statements with a finding plus the share of the speech that is not covered: 0 to 2."""
    flawed = {(finding.place, finding.text) for finding in report.findings if finding.flaw is not Flaw.UNCOVERED}
    share = min(1.0, len(flawed) / report.statements) if report.statements else 1.0
    return round(share + 1 - report.covered, 6)


def queue_row(article: Article, folder: str, stands: ReviewStatus) -> QueueRow:
    """The row of an article in the queue."""
    video, report = article.script.video, article.report
    return QueueRow(
        id=video.id,
        folder=folder,
        title=article.draft.title,
        channel=video.channel,
        published=video.published,
        standing=stands,
        weakness=weakness(report),
        draft=article.provenance.draft,
        findings=len(report.findings),
        flaws=tuple(sorted({finding.flaw.value for finding in report.findings})),
        statements=report.statements,
        supported=report.supported,
        covered=report.covered,
    )


def search_text(article: Article) -> str:
    """All that a search in the queue finds an article by: its whole text, its title and channel."""
    video = article.script.video
    return "\n".join((video.title, video.channel, video.id, *_texts(article.draft)))


def matching_terms(terms: Sequence[GlossaryTerm], channel: str, words: str) -> tuple[GlossaryTerm, ...]:
    """The corrections of a channel whose wrong form stands in a text."""
    return tuple(
        term for term in terms if channel and term.channel == channel and term_pattern(term.wrong).search(words)
    )


def term_pattern(term: str) -> re.Pattern[str]:
    """Finds a term as whole words, spelled exactly so."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")


def _texts(draft: Draft) -> Iterator[str]:
    yield from (draft.title, draft.headline)
    yield from (section.heading for section in draft.sections)
    parts = (draft.lead, *draft.background, draft.transition, draft.challenges, draft.outlook, draft.conclusion)
    body = (paragraph for section in draft.sections for paragraph in section.paragraphs)
    for paragraph in (*parts, *body):
        yield from (statement.text for statement in paragraph.statements) if paragraph else ()


def series_of(article: Article) -> tuple[tuple[str, str], ...]:
    """Folder and title of each series that an article belongs to."""
    return tuple((place.path.rpartition("/")[2], strip_controls(place.title)) for place in article.places)
