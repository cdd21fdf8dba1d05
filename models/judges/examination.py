"""Have a judge sit the exam: only one that passes is trusted."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final, Protocol

from models.judges.exam import exam_items
from models.judges.odds import OddsJudge
from pipeline.codec import digest
from pipeline.types.judging import Claim, ExamResult, ExamTally, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from models.judges.exam import ExamItem
    from pipeline.ports import ArtifactStore
    from pipeline.types.judging import Verdict

SEED: Final = 20261130
ROUND_TALKS: Final = 3
"""Talks after whose statements a judge may be sent home."""
STEP: Final = "exams"
HOSTED_DAYS: Final = 30
"""Days after which a result of a model that somebody else runs is forgotten: they may have changed it."""


class Examinee(Protocol):
    """A judge that can sit the exam."""

    @property
    def name(self) -> str:
        """All that changes its verdicts; not whether it is trusted."""

    @property
    def identity(self) -> str:
        """As `Judge.identity`."""

    @property
    def trusted(self) -> bool:
        """As `Judge.trusted`."""

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`."""


class ExamResults:
    """The results of the judges of a library."""

    def __init__(self, store: ArtifactStore, today: Callable[[], date]) -> None:
        self._store, self._today = store, today

    def get(self, judge: str, *, hosted: bool) -> ExamResult | None:
        """The result of the judge of this name on today's exam; None if it has none that still counts."""
        result = self._store.get(STEP, _key(judge), ExamResult)
        expired = hosted and result is not None and (self._today() - result.taken).days > HOSTED_DAYS
        return None if expired else result

    def put(self, result: ExamResult) -> None:
        """Keep a result in place of an earlier one."""
        self._store.put(STEP, _key(result.judge), result)


def sit_exam(
    judge: Examinee,
    today: date,
    tell: Callable[[ExamResult], None] = lambda _: None,
    *,
    to_the_end: bool = False,
) -> ExamResult:
    """Ask a judge about the statements of a few talks at a time, until it has failed or there are no more.

    As with an article, those about a talk are asked about together. `tell` gets each result so far.
    """
    talks = exam_order(exam_items())
    result = ExamResult(judge.name, exam_digest(), today, whole=False, tallies=())
    for begin in range(0, len(talks), ROUND_TALKS):
        asked = [item for talk in talks[begin : begin + ROUND_TALKS] for item in talk]
        verdicts = judge.verdicts([as_claim(item) for item in asked])
        result = replace(result, tallies=_added(result.tallies, judge, asked, verdicts))
        tell(result)
        if result.hopeless and not to_the_end:
            return result
    return replace(result, whole=True)


def exam_order(items: Sequence[ExamItem]) -> tuple[tuple[ExamItem, ...], ...]:
    """The statements of each talk, shuffled, always alike: where one stands tells nothing of its label."""
    chance = Random(SEED)  # noqa: S311 - no secret
    talks: dict[str, list[ExamItem]] = {}
    for item in items:
        talks.setdefault(item.talk, []).append(item)
    for rows in talks.values():
        chance.shuffle(rows)
    return tuple(map(tuple, talks.values()))


def as_claim(item: ExamItem) -> Claim:
    """What a judge is asked about an item; where several people speak, each sentence says who."""
    several = not any(fact.startswith("المتحدث: ") for fact in item.known)
    evidence = tuple(f"{each.voice}: {each.text}" if several else each.text for each in item.evidence)
    return Claim(item.statement, evidence, known=item.known, numbers=tuple(each.number for each in item.evidence))


@cache
def exam_digest() -> str:
    """Names the statements, their labels and their evidence."""
    return digest(tuple((as_claim(item), item.label) for item in exam_items()))[:16]


def _key(judge: str) -> str:
    return digest((judge, exam_digest()))


def _added(
    tallies: Sequence[ExamTally], judge: Examinee, items: Sequence[ExamItem], verdicts: Sequence[Verdict]
) -> tuple[ExamTally, ...]:
    by_kind = {each.kind: each for each in tallies}
    for item, verdict in zip(items, verdicts, strict=True):
        old = by_kind.get(item.kind, ExamTally(item.kind, item.label))
        by_kind[item.kind] = replace(
            old,
            asked=old.asked + 1,
            wrong=old.wrong + (_confirmed(judge, verdict) != item.label),
            unsure=old.unsure + (verdict.kind is VerdictKind.UNSURE and verdict.odds is None),
            unquoted=old.unquoted + verdict.unquoted,
        )
    return tuple(sorted(by_kind.values(), key=lambda each: (not each.true, each.kind)))


def _confirmed(judge: Examinee, verdict: Verdict) -> bool:
    if isinstance(judge, OddsJudge) and verdict.odds is not None:
        return verdict.odds >= judge.confirms_from
    return verdict.kind is VerdictKind.SUPPORTED
