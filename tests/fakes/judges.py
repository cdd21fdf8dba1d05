"""Judges by rule: one that leaves every verdict to the checks of words, and one that is trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.judges.odds import OddsJudge
from pipeline.arabic.normalize import words
from pipeline.types.judging import CanaryTally, Claim, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.ports import Judge


class AcceptingJudge(OddsJudge):
    """A `Judge` that accepts every claim, and is not trusted."""

    identity = "words"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Full odds for each pair."""
        return (1.0,) * len(pairs)


def unwatched(judge: Judge, claims: Sequence[Claim], others: Sequence[Claim]) -> tuple[Sequence[Verdict], CanaryTally]:
    """The judge's verdicts, with nothing planted among the claims."""
    return judge.verdicts([*claims, *others]), CanaryTally()


@dataclass
class ReaderJudge:
    """A trusted `Judge` for whom certain words are false and certain words doubtful; all else is supported."""

    false: str = ""
    doubtful: str = ""
    trusted: bool = True
    asked: list[tuple[Claim, ...]] = field(default_factory=list)
    """The claims of each call."""

    @property
    def identity(self) -> str:
        return f"reader {self.false} {self.doubtful}"

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """For each claim whether it has one of the words; the first words of its evidence are quoted for it."""
        self.asked.append(tuple(claims))
        return tuple(map(self._verdict, claims))

    def _verdict(self, claim: Claim) -> Verdict:
        assert claim.evidence, "a claim has evidence"
        said = set(words(claim.text))
        for kind, known in ((VerdictKind.UNSUPPORTED, self.false), (VerdictKind.UNSURE, self.doubtful)):
            if failing := said.intersection(words(known)):
                return Verdict(kind, " ".join(sorted(failing)))
        return Verdict(VerdictKind.SUPPORTED, quotes=(" ".join(claim.evidence[0].split()[:3]),))
