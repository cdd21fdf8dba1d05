"""The judge that is chosen when it is first needed, since finding out may need a model or its server."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.ports import Judge
    from pipeline.types.judging import Claim, Verdict


class ChosenJudge:
    """A `Judge` that is what `choose` gives."""

    def __init__(self, choose: Callable[[], Judge]) -> None:
        self._choose = choose

    @cached_property
    def judge(self) -> Judge:
        """The one that was chosen."""
        return self._choose()

    @property
    def identity(self) -> str:
        return self.judge.identity

    @property
    def trusted(self) -> bool:
        return self.judge.trusted

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`."""
        return self.judge.verdicts(claims)
