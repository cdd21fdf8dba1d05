"""Do a step once: look for its result before making it. This is all there is to resuming."""

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
    """A step of the flow. Raise the version when its function would answer differently."""

    name: str
    version: int
    kind: type[T]
    maker: str = ""
    """Identity of what does the work, where that can be exchanged: a writer with its model and prompts."""

    def by(self, maker: str) -> Step[T]:
        """The same step, done by somebody in particular."""
        return replace(self, maker=maker)


class Memo:
    """Remembers results under the digest of exactly what was passed."""

    def __init__(
        self, store: ArtifactStore, report: Reporter = silent, *, refresh: frozenset[str] = frozenset()
    ) -> None:
        """Keep results in the store; steps named in `refresh` are done anew."""
        self._store = store
        self._report = report
        self._refresh = refresh

    def __call__(self, step: Step[T], make: Callable[[*Ts], T], *inputs: *Ts) -> T:
        """`make(*inputs)`, unless it was made before from the same inputs.

        Keys chain on results: when a new version of a step gives the same result, later steps are not done again.
        """
        value, keep = self.compute_uncommitted(step, make, *inputs)
        return keep() if keep else value

    def compute_uncommitted(
        self, step: Step[T], make: Callable[[*Ts], T], *inputs: *Ts
    ) -> tuple[T, Callable[[], T] | None]:
        """The same, with what keeps the result; None for one that was kept before.

        For a caller that has better to do than to wait for the disk.
        """
        key = _key(step, inputs)
        kept = None if step.name in self._refresh else self._store.get(step.name, key, step.kind)
        if kept is not None:
            self._report(StepDone(step.name, 0.0, reused=True))
            return kept, None
        self._report(StepStarted(step.name))
        begun = time.perf_counter()
        made = make(*inputs)
        self._report(StepDone(step.name, time.perf_counter() - begun, reused=False))
        return made, partial(self._store.put, step.name, key, made)

    def has(self, step: Step[T], *inputs: object) -> bool:
        """Whether the step's result for these inputs was kept before, so that nothing has to be made."""
        return step.name not in self._refresh and self._store.has(step.name, _key(step, inputs))


def _key(step: Step[T], inputs: Sequence[object]) -> str:
    return digest((step.name, str(step.version), step.maker, *map(digest, inputs)))
