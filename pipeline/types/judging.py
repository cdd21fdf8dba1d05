"""What a judge is asked about a sentence of an article, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the codec reads the annotations while the program runs
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, with what was said for it."""

    text: str
    evidence: tuple[str, ...]
    """Sentences of the talk, whole, in the order they were said."""
    quotes: tuple[str, ...] = ()
    """Words of the evidence that whoever wrote the sentence says it rests on; empty when it names none."""
    known: tuple[str, ...] = ()
    """What may stand in the sentence although nobody said it: the video's title, channel and date, a line each."""
    numbers: tuple[int, ...] = ()
    """Of the sentences of the evidence, in their talk; empty where they have none."""


class VerdictKind(StrEnum):
    """What a judge finds."""

    SUPPORTED = "supported"
    """Whoever accepts the evidence accepts the claim, with all that it says."""
    UNSUPPORTED = "unsupported"
    UNSURE = "unsure"
    """It cannot tell, or its answer was of no use."""
    AWAITED = "awaited"
    """Not asked yet: words are compared meanwhile. No judge answers so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judge's answer about one claim."""

    kind: VerdictKind
    failing: str = ""
    """The words of the claim that the evidence does not bear out, or what the judge says of them; may be empty."""
    quotes: tuple[str, ...] = ()
    """The words of the evidence for each fact of the claim, as the evidence has them."""
    odds: float | None = None
    """From 0 to 1, for a judge that counts; None for one that reads and answers."""
    unquoted: bool = False
    """Whether a judge that reads found support, but quoted no words that stand in the evidence: then it is unsure."""
    elsewhere: tuple[tuple[int, str], ...] = ()
    """Sentences of the talk beyond the evidence, by number, in which quoted words of support stand."""


# --- canaries ---

CANARIES_PASSED_MOST = 0.2
"""Share of planted faults that may pass; beyond it the judge's word is not trusted for this article."""


@dataclass(frozen=True, slots=True)
class CanaryTally:
    """How many faults were planted in claims that were confirmed, and how many of them were caught."""

    planted: int = 0
    caught: int = 0

    @property
    def alert(self) -> bool:
        """Whether so many passed that the judge's word cannot be trusted."""
        return self.planted - self.caught > CANARIES_PASSED_MOST * self.planted


# --- the exam ---

FALSE_PASSED_MOST, TRUE_REFUSED_MOST = 6, 24
"""The most statements, of 120 each, that a judge may get wrong and still be trusted."""


@dataclass(frozen=True, slots=True)
class ExamTally:
    """How a judge did on the statements of one kind."""

    kind: str
    true: bool
    """Whether they are true; each kind has only one answer."""
    asked: int = 0
    wrong: int = 0
    """True ones that were not found supported, or false ones that were."""
    unsure: int = 0
    """Of all those asked."""
    unquoted: int = 0
    """Those unsure because no quotation stood in the evidence."""


@dataclass(frozen=True, slots=True)
class ExamResult:
    """How a judge did on the exam."""

    judge: str
    """Its name, with all that changes its verdicts."""
    exam: str
    """Digest of the exam."""
    taken: date
    whole: bool
    """False if it was stopped when passing had become impossible."""
    tallies: tuple[ExamTally, ...]

    @property
    def false_passed(self) -> int:
        return sum(each.wrong for each in self.tallies if not each.true)

    @property
    def true_refused(self) -> int:
        return sum(each.wrong for each in self.tallies if each.true)

    @property
    def hopeless(self) -> bool:
        """Whether it has failed, whatever it says of the rest."""
        return self.false_passed > FALSE_PASSED_MOST or self.true_refused > TRUE_REFUSED_MOST

    @property
    def passed(self) -> bool:
        return self.whole and not self.hopeless

    @property
    def summary(self) -> str:
        """Its figures, as a report shows them."""
        false, true = (sum(each.asked for each in self.tallies if each.true is which) for which in (False, True))
        return f"exam: {self.false_passed} of {false} false passed, {self.true_refused} of {true} true refused"
