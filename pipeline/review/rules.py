"""What follows from a draft and the events about it: pure functions, no files and no clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.types.article import OF_THE_WHOLE
from pipeline.types.review import Decision, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Article, Report
    from pipeline.types.review import GlossaryTerm, ReviewEvent

_STATUS_AFTER = {
    Decision.EDIT: ReviewStatus.EDITED,
    Decision.APPROVE: ReviewStatus.APPROVED,
    Decision.REJECT: ReviewStatus.REJECTED,
    Decision.RETURN: ReviewStatus.ATTENTION,
    Decision.EXPORT: ReviewStatus.PUBLISHED,
}


def latest_event(events: Sequence[ReviewEvent]) -> int | None:
    """Index of the last event that is not a change set aside: its draft is the one that was last decided on."""
    return next((at for at in range(len(events) - 1, -1, -1) if events[at].decision is not Decision.ASIDE), None)


def is_edited(events: Sequence[ReviewEvent]) -> bool:
    """Whether the draft is a person's: then no run replaces it."""
    return any(event.decision is Decision.EDIT for event in events)


def review_status(events: Sequence[ReviewEvent], draft: str, report: Report) -> ReviewStatus:
    """The status of an article whose current draft has this digest.

    A decision is about the digest it names: with another digest the article is unreviewed again.
    """
    at = latest_event(events)
    if at is not None and events[at].draft == draft:
        return _STATUS_AFTER[events[at].decision]
    return ReviewStatus.ATTENTION if report.findings or at is not None else ReviewStatus.NEW


def weakness(report: Report) -> float:
    """The share of statements with a finding plus the share of the speech that is not covered: 0 to 2."""
    flawed = {(finding.place, finding.text) for finding in report.findings if finding.flaw not in OF_THE_WHOLE}
    share = min(1.0, len(flawed) / report.statements) if report.statements else 1.0
    return round(share + 1 - report.covered, 6)


def queue_row(article: Article, folder: str, status: ReviewStatus) -> QueueRow:
    video, report = article.script.video, article.report
    return QueueRow(
        id=video.id,
        folder=folder,
        title=article.draft.title,
        channel=video.channel,
        published=video.published,
        status=status,
        weakness=weakness(report),
        draft=article.provenance.draft,
        findings=len(report.findings),
        flaws=tuple(sorted({finding.flaw.value for finding in report.findings})),
        statements=report.statements,
        supported=report.supported + report.confirmed,
        covered=report.covered,
    )


def search_text(article: Article) -> str:
    """All that a search in the queue finds an article by: its whole text, its title, channel and id."""
    video, draft = article.script.video, article.draft
    headings = [part.heading for part in draft.parts() if part.heading is not None]
    statements = [statement.text for _, paragraph in draft.paragraphs() for statement in paragraph.statements]
    return "\n".join((video.title, video.channel, video.id, draft.title, draft.headline, *headings, *statements))


def series_of(article: Article) -> tuple[tuple[str, str], ...]:
    """Folder and title of each series that an article belongs to."""
    return tuple((place.path.rpartition("/")[2], strip_controls(place.title)) for place in article.places)


def matching_terms(terms: Sequence[GlossaryTerm], channel: str, text: str) -> tuple[GlossaryTerm, ...]:
    """The corrections of a channel whose wrong form occurs in the text."""
    own = [term for term in terms if channel and term.channel == channel]
    return tuple(term for term in own if term_pattern(term.wrong).search(text))


def term_pattern(term: str) -> re.Pattern[str]:
    """Matches a term as whole words, spelled exactly so."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
