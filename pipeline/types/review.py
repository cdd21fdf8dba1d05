"""The nouns of review: what a person decided about a draft, and how a library lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import StrEnum

from pipeline.types.article import Draft  # noqa: TC001 - the codec reads the annotations while the program runs


class Decision(StrEnum):
    """What a person did with a draft."""

    EDIT = "edit"
    """The draft was changed; from now on it is the person's."""
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    """Sent back for more work."""
    EXPORT = "export"
    """Written out as it was approved."""
    ASIDE = "aside"
    """A change that came too late, from a second tab: kept, and not the draft that counts."""


@dataclass(frozen=True, slots=True)
class ReviewEvent:
    """One act on one exact draft."""

    video: str
    draft: str
    """Digest of the exact draft that was judged."""
    base: str
    """Key of the machine's article that the draft comes from: its script is what the draft is checked against."""
    decision: Decision
    author: str
    time: datetime
    """In UTC."""
    reason: str = ""
    edits: tuple[str, ...] = ()
    """The places that differ from the draft before, as `Finding.place` writes them."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A review with the draft it judges: one whole line of a journal."""

    review: ReviewEvent
    draft: Draft


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A name or word that an editor corrected; offered in later drafts of the channel, never applied."""

    channel: str
    wrong: str
    right: str
    video: str
    """Where it was corrected."""
    author: str
    time: datetime
    """In UTC."""
    kept: bool = True
    """False takes the same correction back."""


class ReviewStatus(StrEnum):
    """Where an article is on its way to readers."""

    NEW = "new"
    ATTENTION = "attention"
    """Has findings, was sent back, or changed since it was approved."""
    EDITED = "edited"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"


UNREVIEWED = (ReviewStatus.NEW, ReviewStatus.ATTENTION, ReviewStatus.EDITED)
"""What waits for a decision."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An article as the queue shows it."""

    id: str
    folder: str
    """Name of its folder inside the library's articles/."""
    title: str
    channel: str
    published: date | None
    standing: ReviewStatus
    weakness: float
    """0 when every statement stands and all the speech is covered, 2 at worst; the queue begins with the greatest."""
    draft: str
    """Digest of the draft that counts."""
    findings: int
    flaws: tuple[str, ...]
    """The kinds of its findings, each once."""
    statements: int
    supported: int
    covered: float


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is asked for; an empty field asks for all."""

    standing: ReviewStatus | None = None
    words: str = ""
    """Words to search for, as typed."""
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
    """How many articles the filter lets through."""
