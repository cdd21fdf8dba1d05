"""Whether a judge tells true statements about talks from false ones that share as many words with their lines.

    python -m pipeline.evaluate.statements [SHARED]

pairs each true statement with a false one of which the same share of stems stands in its lines, and prints how often
the true one of a pair scores higher: for the embedded judge, and for scores that do not read. With `SHARED` it also
measures on the second half of `SHARED/data/support/statements_dev.jsonl`, which trains, tunes and chooses nothing.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from models.judges.exam import exam_items
from models.judges.linear import EmbeddedJudge
from models.training.corpus import giveaways
from models.training.corpus.files import CORPUS, statements, talks
from models.training.corpus.splits import splits
from models.training.pairs import area
from pipeline.evaluate.measures import OURS, mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Scores = Mapping[str, Sequence[float]]

SEED: Final = 20261130
DRAWS: Final = 25
"""Ways in which the statements are paired; the figures are means over them."""
APART: Final = 0.05
"""The most that the overlaps of a pair differ."""
REPORTING: Final = 192
"""Lines of `statements_dev.jsonl` from which on statements are for reporting only."""
REPORTED: Final = "statements_dev 193-384"


class Told(NamedTuple):
    """A statement with the lines that decide it."""

    group: str
    """The talk."""
    text: str
    evidence: str
    label: bool

    @property
    def overlap(self) -> float:
        """The share of its stems that stand in its lines."""
        return giveaways.overlap(giveaways.stems(self.text), giveaways.stems(self.evidence))


@dataclass(frozen=True, slots=True)
class Figure:
    """What one score reached on one set."""

    data: str
    system: str
    every: float
    """Area under the curve on all statements."""
    paired: float
    """The share of matched pairs in which the true statement scores higher; equal scores count half."""
    pairs: float
    """Pairs, a mean over the draws."""


def measured(sets: Mapping[str, tuple[Sequence[Told], Sequence[int]]]) -> Iterator[Figure]:
    """Figures of every score on every set: the statements of its source, and the places of those it is made of."""
    judge = EmbeddedJudge().support
    for name, (source, places) in sets.items():
        rows = [source[place] for place in places]
        alone = alone_scores(source)
        scores = {
            OURS: judge([(row.text, row.evidence) for row in rows]),
            "overlap of stems, turned": [-row.overlap for row in rows],
            "lines told": [giveaways.inverse_overlap(*_stems(row)) for row in rows],
            "length": [len(row.text.split()) for row in rows],
            "statement alone": [alone[place] for place in places],
        }
        yield from compared(name, rows, scores)


def compared(name: str, rows: Sequence[Told], scores: Scores) -> Iterator[Figure]:
    """The figures of some scores, one for each row, on all rows and on matched pairs."""
    draws = [matched(rows, Random(SEED + number)) for number in range(DRAWS)]  # noqa: S311 - repeatable
    labels = [row.label for row in rows]
    for system, each in scores.items():
        won = mean([mean([_won(each[true], each[false]) for true, false in pairs]) for pairs in draws])
        yield Figure(name, system, area(each, labels), won, mean([len(pairs) for pairs in draws]))


def matched(rows: Sequence[Told], draw: Random) -> list[tuple[int, int]]:
    """Places of a true and a false statement of the same overlap; each stands in one pair at most.

    In random order every true statement takes the false one nearest to it, if that is no more than `APART` away.
    """
    overlaps = [row.overlap for row in rows]
    true, false = ([at for at, row in enumerate(rows) if row.label is label] for label in (True, False))
    draw.shuffle(true)
    draw.shuffle(false)
    pairs = []
    for at in true:
        nearest = min(false, key=lambda other: abs(overlaps[other] - overlaps[at]), default=None)
        if nearest is not None and abs(overlaps[nearest] - overlaps[at]) <= APART:
            pairs.append((at, nearest))
            false.remove(nearest)
    return pairs


def alone_scores(rows: Sequence[Told]) -> Sequence[float]:
    """What the words of the statements alone say, each by a model that saw statements about other talks only."""
    texts = [giveaways.stems(row.text) for row in rows]
    found: list[float] = giveaways.cross_fitted(
        texts, [row.label for row in rows], [row.group for row in rows]
    ).tolist()
    return found


def of_corpus() -> dict[str, tuple[Sequence[Told], Sequence[int]]]:
    """The statements about the development talks and the test talks of the corpus, and those of the exam."""
    lines = {talk.id: [sentence.printed for sentence in talk.sentences] for talk in talks(CORPUS)}
    rows = [
        Told(each.talk, each.text, " ".join(lines[each.talk][at - 1] for at in each.lines), each.label)
        for each in statements(CORPUS)
    ]
    exam = [
        Told(item.talk, item.statement, " ".join(each.text for each in item.evidence), item.label)
        for item in exam_items()
    ]
    parts = {
        f"corpus, {part}": (rows, [at for at, row in enumerate(rows) if row.group in splits()[part]])
        for part in ("development", "test")
    }
    return {**parts, "exam": (exam, range(len(exam)))}


def of_real_talks(shared: Path) -> dict[str, tuple[Sequence[Told], Sequence[int]]]:
    """The reporting half of the statements about real talks."""
    text = (shared / "data" / "support" / "statements_dev.jsonl").read_text(encoding="utf-8")
    read = [json.loads(line) for line in text.splitlines()]
    rows = [Told(row["talk"], row["statement"], row["evidence"], row["label"]) for row in read]
    return {REPORTED: (rows, range(REPORTING, len(rows)))}


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines."""
    lines = [f"{'statements of':24}{'score':26}{'all':>7}{'pairs':>8}{'number':>8}"]
    lines += [f"{each.data:24}{each.system:26}{each.every:7.3f}{each.paired:8.3f}{each.pairs:8.0f}" for each in figures]
    return "\n".join(lines)


def _stems(row: Told) -> tuple[list[str], list[str]]:
    return giveaways.stems(row.text), giveaways.stems(row.evidence)


def _won(true: float, false: float) -> float:
    return float(true > false) + 0.5 * float(true == false)


def main(shared: Path | None) -> None:
    """The command line."""
    sets = of_corpus() | (of_real_talks(shared) if shared else {})
    print(table(list(measured(sets))))  # noqa: T201 - a command


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
