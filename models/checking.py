"""Interim: what a statement may say beside its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.figures import figures
from pipeline.text.fold import words
from pipeline.text.frame import FRAME, NEGATIONS
from pipeline.text.match import match, within
from pipeline.text.stem import content
from pipeline.types import Flaw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types import Sentence
import re

_QUOTE = re.compile(r"«([^«»]{1,2000})»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\"")


@dataclass(frozen=True, slots=True)
class Check:
    flaws: tuple[tuple[Flaw, str], ...]
    support: float
    verbatim: bool


def check(text: str, evidence: Sequence[str], facts: Sequence[str] = ()) -> Check:
    said = [w for e in evidence for w in words(e)]
    claim = words(text)
    found = match(claim, said)
    flaws = [
        (Flaw.NUMBER, n)
        for n in sorted(figures(text) - frozenset().union(*map(figures, (*evidence, *facts, " ".join(evidence)))))
    ]
    known = {w for t in (*evidence, *facts) for w in words(t)}
    flaws += [(Flaw.NAME, w) for w in claim if re.search("[a-z]", w) and w not in known]
    flaws += [(Flaw.QUOTE, q) for g in _QUOTE.findall(text) for q in g if q and not within(words(q), said)]
    if not found.ordered:
        here, there = sum(w in NEGATIONS for w in claim), sum(w in NEGATIONS for w in said)
        if here and not there:
            flaws.append((Flaw.NEGATION, f"{here} ≠ {there}"))
        missing = [w for w in found.missing if w not in FRAME]
        if claim and len(missing) / len(claim) > 0.25:
            flaws.append((Flaw.UNSUPPORTED, " ".join(missing)))
    return Check(tuple(flaws), found.share, found.ordered)


class Retriever:
    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._own = {s.number: set(content(s.text)) for s in sentences}

    def cites(self, text: str, most: int = 3) -> tuple[int, ...]:
        left = set(content(text))
        whole = len(left)
        chosen: list[int] = []
        while left and len(chosen) < most and self._own:
            best = max(self._own, key=lambda n: (len(self._own[n] & left), -n))
            if not self._own[best] & left:
                break
            chosen.append(best)
            left -= self._own[best]
        return tuple(sorted(chosen)) if len(left) * 2 <= whole else ()


def unquoted(text: str, evidence: Sequence[str], facts: Sequence[str] = ()) -> str:
    rows = [words(t) for t in (*evidence, *facts)]
    return _QUOTE.sub(lambda q: q[0] if any(within(words(q[0]), r) for r in rows) else q[0][1:-1], text)
