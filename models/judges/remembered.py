"""A judge that is asked about a claim once: the writer's verdicts are the report's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.codec import digest
from pipeline.types.judging import Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.judges.examination import Examinee
    from pipeline.ports import ArtifactStore
    from pipeline.types.judging import Claim

STEP: Final = "verdict"


class RememberingJudge:
    """A `Judge` that stores another one's verdicts by its name and the claim, but for those it could not give."""

    def __init__(self, judge: Examinee, store: ArtifactStore) -> None:
        self._judge, self._store = judge, store

    @property
    def name(self) -> str:
        return self._judge.name

    @property
    def identity(self) -> str:
        return self._judge.identity

    @property
    def trusted(self) -> bool:
        return self._judge.trusted

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`; a claim that was judged before costs nothing."""
        keys = [self._key(claim) for claim in claims]
        known = {key: verdict for key in keys if (verdict := self._store.get(STEP, key, Verdict))}
        new = [at for at, key in enumerate(keys) if key not in known]
        for at, verdict in zip(new, self._judge.verdicts([claims[at] for at in new]) if new else (), strict=True):
            known[keys[at]] = verdict
            if verdict.kind is not VerdictKind.UNSURE:
                self._store.put(STEP, keys[at], verdict)
            if verdict.elsewhere:  # what rests on those sentences as well is the same claim
                self._store.put(STEP, self._key(grown(claims[at], verdict)), replace(verdict, elsewhere=()))
        return tuple(known[key] for key in keys)

    def _key(self, claim: Claim) -> str:
        return digest((self.name, claim.text, claim.evidence, claim.known))


def grown(claim: Claim, verdict: Verdict) -> Claim:
    """The claim with the sentences beyond its evidence that its verdict quotes."""
    said = dict(sorted({*zip(claim.numbers, claim.evidence, strict=True), *verdict.elsewhere}))
    return replace(claim, evidence=tuple(said.values()), numbers=tuple(said))
