"""What judges that count have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.types.judging import Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.judging import Claim

ODDS_LEAST: Final = 0.1
"""Odds below which a claim counts as unsupported, for a judge that is not trusted."""


def verdict_by_odds(odds: float) -> Verdict:
    """Odds alone confirm nothing: at best the judge is unsure."""
    return Verdict(VerdictKind.UNSUPPORTED if odds < ODDS_LEAST else VerdictKind.UNSURE, odds=odds)


class OddsJudge(ABC):
    """A `Judge` that counts: all of the evidence as one text against the claim."""

    trusted = False
    confirms_from: float = 0.5
    """Odds from which on it finds a claim supported, in the exam and as a `ConfirmingJudge`."""

    @property
    @abstractmethod
    def identity(self) -> str:
        """As `Judge.identity`."""

    @property
    def name(self) -> str:
        """All that changes its verdicts."""
        return f"{self.identity}, from {self.confirms_from:g}"

    @abstractmethod
    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """For each (claim, evidence) the odds, 0 to 1, that whoever accepts the evidence accepts the claim."""

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`."""
        return tuple(map(verdict_by_odds, self.support([(claim.text, " ".join(claim.evidence)) for claim in claims])))


class ConfirmingJudge:
    """A judge that counts and has passed the exam: it says yes or no."""

    trusted = True

    def __init__(self, judge: OddsJudge, result: str) -> None:
        """`result` is what it reached in the exam."""
        self._judge, self._result = judge, result

    @property
    def identity(self) -> str:
        return f"{self._judge.name}, {self._result}"

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`."""
        kinds = VerdictKind.UNSUPPORTED, VerdictKind.SUPPORTED
        least = self._judge.confirms_from
        return tuple(replace(each, kind=kinds[(each.odds or 0.0) >= least]) for each in self._judge.verdicts(claims))
