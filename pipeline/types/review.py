"""Review: what a person decided about a draft, and how the queue lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import StrEnum

from pipeline.types.article import Draft, Flaw  # noqa: TC001 - the codec reads the annotations while the program runs


class Decision(StrEnum):
    """What a person did with a draft. The values stand in journals."""

    EDIT = "edit"
    """The draft was changed, and is the person's from then on."""
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    """Sent back for more work."""
    EXPORT = "export"
    """The files were written as the draft was approved."""
    ASIDE = "aside"
    """A change that came too late, from a second tab: saved, but not the current draft."""
    CHECK = "check"
    """A finding was looked at, and the text is right as it stands."""
    REOPEN = "reopen"
    """A finding that was checked counts again."""


ABOUT_FINDINGS = frozenset({Decision.CHECK, Decision.REOPEN})
"""Acts about one finding, which leave the draft and its status as they are."""


@dataclass(frozen=True, slots=True)
class FindingKey:
    """What an act about a finding is about: this flaw of exactly this text, wherever it stands."""

    flaw: Flaw
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """Something a person did with one exact draft. Journals store it as JSON."""

    video: str
    draft: str
    """Digest of the draft."""
    base: str
    """Key (`history.article_key`) of the machine's article that the draft comes from and is checked against."""
    decision: Decision
    author: str
    time: datetime
    """In UTC."""
    reason: str = ""
    edits: tuple[str, ...] = ()
    """The places that differ from the previous draft, as `Finding.place` writes them."""
    seconds: int | None = None
    """Of a decision: how long somebody worked on the draft before it, pauses left out; None when nobody counted."""
    finding: FindingKey | None = None
    """Of an act in `ABOUT_FINDINGS`."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An event with its draft: one line of a journal."""

    event: ReviewEvent
    draft: Draft


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A name or word that an editor corrected; offered in other drafts of the channel."""

    channel: str
    wrong: str
    right: str
    video: str
    """Where it was corrected."""
    author: str
    time: datetime
    """In UTC."""
    kept: bool = True
    """False withdraws an earlier correction."""
    everywhere: bool = False
    """Whether later runs put it into their drafts by themselves."""


class ReviewStatus(StrEnum):
    """How far an article is on its way to readers."""

    NEW = "new"
    ATTENTION = "attention"
    """Has findings, was sent back, or changed since it was approved."""
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"


UNREVIEWED = (ReviewStatus.NEW, ReviewStatus.ATTENTION, ReviewStatus.EDITED)
"""Statuses that wait for a decision."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An article as the queue shows it."""

    id: str
    folder: str
    """Name of its folder inside the library's articles/."""
    title: str
    channel: str
    published: date | None
    status: ReviewStatus
    weakness: float
    """From 0 (no finding, something of every 100 words, all easy to read) to 3; the queue begins with the greatest."""
    draft: str
    """Digest of the current draft."""
    findings: int
    flaws: tuple[str, ...]
    """Values of `Flaw`, each once."""
    unconfirmed: int
    """Statements that are neither word for word nor confirmed by a trusted judge."""
    used: float
    """Share (0 to 1) of the talk's words that the article quotes or rests on."""
    hard: float
    """Share of the cited words that stand in sentences that are hard to read."""
    length: float
    """Of the video, in seconds; 0 when it is not known."""
    seconds: int | None = None
    """Of work before the latest decision; None when nobody counted."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Conditions on the queue; an empty field is no condition."""

    statuses: tuple[ReviewStatus, ...] = ()
    """Any of these."""
    words: str = ""
    """A full-text search, as typed."""
    channel: str = ""
    flaw: str = ""
    since: date | None = None
    """Published on this day or later."""
    until: date | None = None
    """Published on this day or earlier."""
    series: str = ""
    """Folder of a series' page."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue."""

    rows: tuple[QueueRow, ...]
    total: int
    """Articles on all pages."""
