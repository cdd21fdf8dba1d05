"""Judges for exams and reports: they answer by rule and keep what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.judges.exam import exam_items
from models.judges.examination import as_claim
from pipeline.types.judging import Claim, Verdict, VerdictKind

Rule = Callable[[Claim], Verdict]
SUPPORTED, UNSUPPORTED = Verdict(VerdictKind.SUPPORTED), Verdict(VerdictKind.UNSUPPORTED)


@dataclass
class RulingJudge:
    """A `Judge` whose verdict is a function of the claim."""

    rule: Rule
    trusted: bool = True
    name: str = "ruling"
    asked: list[list[Claim]] = field(default_factory=list)
    """The claims of each call."""

    @property
    def identity(self) -> str:
        return self.name

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """The rule's verdicts."""
        self.asked.append(list(claims))
        return tuple(map(self.rule, claims))


def knowing(wrong_false: int = 0, wrong_true: int = 0) -> Rule:
    """Knows the exam by heart, but is wrong about so many false and true statements."""
    items = exam_items()
    truth = {as_claim(item).text: item.label for item in items}
    for label, count in ((False, wrong_false), (True, wrong_true)):
        for item in [item for item in items if item.label is label][:count]:
            truth[item.statement] = not label
    return lambda claim: SUPPORTED if truth[claim.text] else UNSUPPORTED
