"""Pairs of a claim and its evidence, with the human judgement whether the claim follows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PARTS: Final = 5


@dataclass(frozen=True, slots=True)
class Labelled:
    """One judged pair."""

    claim: str
    evidence: str
    follows: bool


def headlines(path: Path) -> tuple[Labelled, ...]:
    """ANS (Khouja 2020): headlines rewritten to agree, or edited until they disagree; `other` is left out."""
    rows = (row for row in _rows(path) if row["stance"] != "other")
    return tuple(Labelled(row["s2"], row["s1"], row["stance"] == "agree") for row in rows)


def described(path: Path) -> tuple[Labelled, ...]:
    """ArNLI: descriptions of pictures, of which the second is entailed, or contradicted, or neither."""
    return tuple(Labelled(row["h"], row["t"], row["label"] == "1") for row in _rows(path))


def reported(path: Path) -> tuple[Labelled, ...]:
    """ArbTEDS: a short sentence beside a longer one from the news that entails it or not."""
    return tuple(Labelled(row["h"], row["t"], row["label"] == "1") for row in _rows(path))


def parts(pairs: Sequence[Labelled], count: int = PARTS) -> list[int]:
    """A part from 0 to `count` - 1 for each pair; pairs that share a text, directly or by others, are in one part."""
    parents: dict[str, str] = {}

    def root(text: str) -> str:
        while parents.setdefault(text, text) != text:
            parents[text] = parents[parents[text]]
            text = parents[text]
        return text

    for pair in pairs:
        parents[root(pair.claim)] = root(pair.evidence)
    return [crc32(root(pair.claim).encode()) % count for pair in pairs]


def kept(pairs: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The pairs to learn from: all but the first part."""
    return tuple(pair for pair, part in zip(pairs, parts(pairs), strict=True) if part)


def held_out(pairs: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The pairs to measure on: the first part, of which `kept` has no text."""
    return tuple(pair for pair, part in zip(pairs, parts(pairs), strict=True) if not part)


def area(scores: Iterable[float], labels: Iterable[float]) -> float:
    """Area under the receiver operating curve: how often a pair that follows scores above one that does not.

    Equal scores count half (Mann and Whitney 1947); both kinds must be there.
    """
    order = sorted(zip(scores, labels, strict=True))
    below = above = won = 0.0
    for _, same in groupby(order, key=lambda each: each[0]):
        marks = [label for _, label in same]
        hits = sum(marks)
        won += hits * (below + (len(marks) - hits) / 2)
        below += len(marks) - hits
        above += hits
    return won / (below * above)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
