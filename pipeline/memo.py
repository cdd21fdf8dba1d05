"""Memoised steps: a result is looked up before it is computed. This is all there is to resuming."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar, TypeVarTuple

from pipeline.codec import digest
from pipeline.events import Reporter, StepDone, StepStarted, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.ports import ArtifactStore

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A step of the flow; raise the version when its function would give another result."""

    name: str
    version: int
    kind: type[T]
    maker: str = ""
    """Identity of an exchangeable part that does the work, such as a writer with its model and prompts."""

    def by(self, maker: str) -> Step[T]:
        """The same step, done by a particular maker."""
        return replace(self, maker=maker)


class Memo:
    """Stores results under a digest of the step and its inputs; steps named in `refresh` are always computed."""

    def __init__(
        self, store: ArtifactStore, report: Reporter = silent, *, refresh: frozenset[str] = frozenset()
    ) -> None:
        self._store = store
        self._report = report
        self._refresh = refresh

    def __call__(self, step: Step[T], make: Callable[[*Ts], T], *inputs: *Ts) -> T:
        """`make(*inputs)`, or its stored result for the same inputs.

        Keys chain on results: if a new version of a step gives the same result, later steps are not done again.
        """
        value, commit = self.compute_uncommitted(step, make, *inputs)
        return commit() if commit else value

    def compute_uncommitted(
        self, step: Step[T], make: Callable[[*Ts], T], *inputs: *Ts
    ) -> tuple[T, Callable[[], T] | None]:
        """The same, with a function that stores the result; None if it was stored before.

        For a caller that need not wait for the disk.
        """
        key = _key(step, inputs)
        stored = None if step.name in self._refresh else self._store.get(step.name, key, step.kind)
        if stored is not None:
            self._report(StepDone(step.name, 0.0, reused=True))
            return stored, None
        self._report(StepStarted(step.name))
        begun = time.perf_counter()
        result = make(*inputs)
        self._report(StepDone(step.name, time.perf_counter() - begun, reused=False))
        return result, partial(self._store.put, step.name, key, result)

    def has(self, step: Step[T], *inputs: object) -> bool:
        """True if the step's result for these inputs is stored, so that nothing has to be computed."""
        return step.name not in self._refresh and self._store.has(step.name, _key(step, inputs))


def _key(step: Step[T], inputs: Sequence[object]) -> str:
    return digest((step.name, str(step.version), step.maker, *map(digest, inputs)))
