"""Chooses `LENGTH` and `OPENING` of `pipeline/arabic/salience.py`: what a sentence's length and place count.

    python -m models.training.salience wikipedia_ar.jsonl.xz

Two things are asked of the sentences that would be chosen, a third of the words: how much of an article's introduction
the sentences of its body say again, and how much of a section's heading the sentences of the section name. The best
sum is the choice. Draws are by a fixed seed.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from models.training.articles import read
from models.training.headings import SEED, cleaned, headed_sections, sentences
from pipeline.arabic.salience import rank_salient
from pipeline.arabic.stem import content_stems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.types.article import Sentence

    Task = tuple[Collection[str], Sequence[Sentence]]
    """Stems to say, and the sentences to choose from."""

OPENINGS: Final = (0.0, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6)
LENGTHS: Final = (0.5, 0.75, 1.0, 1.25)
SHARE: Final = 1 / 3
"""Share of the words that is chosen, as in a section of an article."""
TASKS: Final = 300
"""Passages of each kind."""
SENTENCES: Final = (6, 60)
"""Fewest and most sentences of a passage."""
STEMS_LEAST: Final = 8
"""Fewest stems of an introduction."""


def main(paths: Sequence[str]) -> None:
    """Print the result of each pair of powers."""
    articles = [article for path in paths for article in read(Path(path))]
    Random(SEED).shuffle(articles)  # noqa: S311 - a repeatable draw
    kinds = {"introduction": _introduced(articles), "heading": _named(articles)}
    tasks = {kind: [task for _, task in zip(range(TASKS), found, strict=False)] for kind, found in kinds.items()}
    for length, opening in product(LENGTHS, OPENINGS):
        shares = [fmean([said(task, opening, length) for task in found]) for found in tasks.values()]
        named = " ".join(f"{kind} {share:.3f}" for kind, share in zip(tasks, shares, strict=True))
        print(f"length {length:.2f} opening {opening:.1f}  {named}  sum {sum(shares):.3f}")  # noqa: T201


def _introduced(articles: Sequence[dict[str, Any]]) -> Iterator[Task]:
    for article in articles:
        first, *rest = cleaned(article["paragraphs"]) or [""]
        body, wanted = sentences(rest), frozenset(content_stems(first))
        if SENTENCES[0] <= len(body) <= SENTENCES[1] and len(wanted) >= STEMS_LEAST:
            yield wanted, body


def _named(articles: Sequence[dict[str, Any]]) -> Iterator[Task]:
    for article in articles:
        for heading, body, _ in headed_sections(article["paragraphs"]):
            said = {stem for sentence in body for stem in content_stems(sentence.text)}
            if SENTENCES[0] <= len(body) <= SENTENCES[1] and (wanted := said.intersection(content_stems(heading))):
                yield wanted, body


def said(task: Task, opening: float, length: float) -> float:
    """Share of the wanted stems that the chosen sentences have."""
    wanted, body = task
    lengths = [len(sentence.text.split()) for sentence in body]
    left, found = SHARE * sum(lengths), set[str]()
    for place in rank_salient(body, len(body), opening, length):
        if left <= 0:
            break
        left -= lengths[place]
        found.update(content_stems(body[place].text))
    return len(found & set(wanted)) / len(wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
