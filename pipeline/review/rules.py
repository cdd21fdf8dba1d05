"""What follows from a draft and the events about it: pure functions, no files and no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.terms import Term, find_term
from pipeline.review.legibility import hard_share
from pipeline.types.article import OF_THE_WHOLE, Approval
from pipeline.types.review import ABOUT_FINDINGS, Decision, FindingKey, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.types.article import Article, Finding, Report
    from pipeline.types.review import GlossaryTerm, ReviewEvent

_STATUS_AFTER = {
    Decision.EDIT: ReviewStatus.EDITED,
    Decision.APPROVE: ReviewStatus.APPROVED,
    Decision.REJECT: ReviewStatus.REJECTED,
    Decision.RETURN: ReviewStatus.ATTENTION,
    Decision.EXPORT: ReviewStatus.PUBLISHED,
}


def latest_event(events: Sequence[ReviewEvent]) -> int | None:
    """Index of the last event about the draft: not a change set aside, and not about one finding."""
    passed_over = {Decision.ASIDE, *ABOUT_FINDINGS}
    return next((at for at in range(len(events) - 1, -1, -1) if events[at].decision not in passed_over), None)


def checked_findings(events: Sequence[ReviewEvent]) -> dict[FindingKey, ReviewEvent]:
    """The findings that a person checked, each with the event that says who and when."""
    checked: dict[FindingKey, ReviewEvent] = {}
    for event in events:
        if event.finding is not None and event.decision is Decision.CHECK:
            checked[event.finding] = event
        elif event.finding is not None:
            checked.pop(event.finding, None)
    return checked


def finding_key(finding: Finding) -> FindingKey:
    return FindingKey(finding.flaw, finding.text, finding.detail)


def without_checked(report: Report, checked: Mapping[FindingKey, ReviewEvent]) -> Report:
    """The report with the findings that count: what a person checked is neither listed nor printed."""
    return replace(report, findings=tuple(each for each in report.findings if finding_key(each) not in checked))


def approval(events: Sequence[ReviewEvent], draft: str) -> Approval | None:
    """Who approved the draft with this digest, and when; None when nobody did."""
    found = (event for event in reversed(events) if event.decision is Decision.APPROVE and event.draft == draft)
    event = next(found, None)
    return Approval(event.author, event.time) if event else None


def decision_seconds(events: Sequence[ReviewEvent]) -> int | None:
    """Seconds of work before the latest decision; None when there is none, or nobody counted."""
    return next((event.seconds for event in reversed(events) if event.seconds is not None), None)


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
    """The share of statements with a finding plus the share of the talk's windows without a word in it: 0 to 2."""
    flawed = {(finding.place, finding.text) for finding in report.findings if finding.flaw not in OF_THE_WHOLE}
    share = min(1.0, len(flawed) / report.statements) if report.statements else 1.0
    return round(share + 1 - report.coverage.windows, 6)


def queue_row(article: Article, folder: str, status: ReviewStatus, seconds: int | None = None) -> QueueRow:
    video, report = article.script.video, article.report
    hard = hard_share(article)
    return QueueRow(
        id=video.id,
        folder=folder,
        title=article.draft.title,
        channel=video.channel,
        published=video.published,
        status=status,
        weakness=round(weakness(report) + hard, 6),
        draft=article.provenance.draft,
        findings=len(report.findings),
        flaws=tuple(sorted({finding.flaw.value for finding in report.findings})),
        unconfirmed=report.open,
        used=report.coverage.share,
        hard=hard,
        length=video.seconds or 0.0,
        seconds=seconds,
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
    return tuple(term for term in own if find_term(text, Term(term.wrong, term.right)))


def term_pattern(term: str) -> re.Pattern[str]:
    """Matches a term as whole words, spelled exactly so."""
    return re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
