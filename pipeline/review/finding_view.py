"""Findings and offered evidence as the page of a draft shows them. `static/findings.js` reads the fields of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import direction_runs, strip_controls
from pipeline.export.text import sentence_label
from pipeline.review.recheck import HINTS
from pipeline.review.sittings import local_time
from pipeline.types.article import OF_THE_WHOLE, Basis, Flaw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.arabic.bidi import DirectionRun
    from pipeline.review.articles import ReviewArticle
    from pipeline.review.i18n import Messages
    from pipeline.types.article import Finding, Sentence, Statement

OFFERS_MOST: Final = 60
"""Statements of one page for which evidence is looked for."""
_EXCERPT: Final = 140
"""Characters of a passage that is offered."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding."""

    parts: tuple[DirectionRun, ...]
    """What, and which."""
    tone: str
    """`certain` for what code or a trusted judge says, `hint` for what code only suspects."""
    flaw: str
    about: str
    """The text that it is about."""
    detail: str
    checked: str = ""
    """Who found the text right as it stands, and when; empty for a finding that counts."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """A sentence of the talk that may be evidence of a statement."""

    number: int
    label: str
    text: tuple[DirectionRun, ...]


def finding_view(finding: Finding, messages: Messages, *, judged: bool = False, checked: str = "") -> FindingView:
    """A finding in words; `judged` where a trusted judge decides about its text."""
    label = messages.flaws[finding.flaw]
    about = finding.text if finding.flaw in OF_THE_WHOLE else _detail(finding, messages)
    hint = finding.flaw in HINTS and not judged
    return FindingView(
        direction_runs(strip_controls(f"{label}: {about}" if about else label)),
        "hint" if hint else "certain",
        finding.flaw.value,
        finding.text,
        finding.detail,
        checked,
    )


def _detail(finding: Finding, messages: Messages) -> str:
    """What makes it a finding; counts of negations put into words."""
    here, _, said = finding.detail.partition(" ≠ ")
    if finding.flaw is not Flaw.NEGATION or not (here.isdecimal() and said.isdecimal()):
        return finding.detail
    return messages["negated_more" if int(here) > int(said) else "negated_less"]


def checked_views(review: ReviewArticle, messages: Messages) -> tuple[FindingView, ...]:
    """The findings of a draft that a person checked."""
    return tuple(
        finding_view(finding, messages, checked=f"{event.author} · {local_time(event.time)}")
        for finding, event in review.checked
    )


@dataclass(slots=True)
class Offers:
    """Passages offered as evidence, for as many statements as a page may ask about."""

    near: Callable[[str], Sequence[int]]
    """Numbers of the sentences that come closest to a text."""
    sentences: dict[int, Sentence]
    left: int = OFFERS_MOST

    def of(self, statement: Statement, findings: Sequence[Finding]) -> tuple[OfferView, ...]:
        """For a statement without evidence, or with words that its evidence lacks, up to three near passages."""
        lacking = not statement.cites or any(each.flaw is Flaw.UNSUPPORTED for each in findings)
        if statement.basis is not Basis.SPEECH or not lacking or not self.left:
            return ()
        self.left -= 1
        found = [self.sentences[number] for number in self.near(statement.text) if number not in statement.cites]
        return tuple(
            OfferView(each.number, sentence_label(each), direction_runs(strip_controls(_excerpt(each.text))))
            for each in found
        )


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rpartition(' ')[0]}…"
