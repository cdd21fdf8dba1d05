"""Makes `pipeline/segment/boundary_weights.py`: what speaks for the end of a sentence, weighed by the corpus.

    python -m models.training.boundaries

The development talks of the corpus, since the restorer knows the training talks by heart, are captioned in five ways
and restored as in the program, and each place that no rule decides is an example: whether the text has an end there,
and the evidence that the program sees. Run it again whenever the restorer's weights or the evidence change.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from models.restore.quran import EmbeddedQuran
from models.restore.restorer import EmbeddedRestorer
from models.training.corpus.captioned import aligned, as_typed, lines_only, split_token, timed, with_cues
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from pipeline.segment.boundaries import LEANS, boundary_evidence, boundary_scores
from pipeline.segment.captions import spoken_words
from pipeline.segment.verses import with_verses
from pipeline.settings import TextSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from models.training.corpus.captioned import CaptionedTalk
    from pipeline.ports import Restorer, VerseFinder
    from pipeline.types.article import SpokenWord

    Example = tuple[dict[str, float], bool]

RIDGE: Final = 1.0
ROUNDS, CLOSE = 30, 1e-4
BASES: Final = ("judged", "unjudged")
"""Features of which every place has one: no ridge keeps them small."""
LEFT_OUT: Final = frozenset(("pause",))
"""Of a silence longer than a pause nothing more is learned: the corpus' times are drawn, and do not know hesitation."""
FIXED: Final = {
    "SPOKEN": {"broken line": 0.0, "broken line, chosen": 0.0},
    "TYPED": {"after a binder": 0.0},
}
"""Weights that the corpus' captions cannot teach: they break automatic lines off at pauses only, and real tracks do for
other reasons too (chosen on the choosing seven of `speech_gold`, beside odds that know the lines); no typed line of
theirs ends with a binding word."""
TARGET: Final = Path("pipeline/segment/boundary_weights.py")
TEXT: Final = '''"""What speaks for the end of a sentence: weights of logistic regressions, which add to log odds.

Made by `models/training/boundaries.py` from the project's corpus of spoken Arabic; do not edit.
"""

from __future__ import annotations

from typing import Final

'''
DOCSTRINGS: Final = {
    "SPOKEN": "Of captions that a machine made and the restorer judged, by the names of `boundary_evidence`.",
    "TYPED": "Of captions that people typed.",
}


def main() -> None:
    """Learn from the development talks and write the weights."""
    chosen = frozenset(splits()["development"])
    library = [talk for talk in talks(CORPUS) if talk.id in chosen]
    automatic = chain(map(timed, library), map(lines_only, map(timed, library)), map(with_cues, library))
    by_people = (as_typed(talk, by_phrase=short) for talk in library for short in (False, True))
    examples = {
        "SPOKEN": [each for talk in automatic for each in examples_of(talk, typed=False)],
        "TYPED": [each for talk in by_people for each in examples_of(talk, typed=True)],
    }
    TARGET.write_text(TEXT + "\n\n".join(_table(name, each) for name, each in examples.items()), encoding="utf-8")


def examples_of(
    talk: CaptionedTalk, *, typed: bool, restorer: Restorer | None = None, verses: VerseFinder | None = None
) -> Iterator[Example]:
    """The evidence of each place that is neither decided nor bound, and whether a sentence ends there in truth."""
    restorer, verses = restorer or _RESTORER, verses or _QURAN
    heard, _ = spoken_words(talk.recording.transcript.captions)
    recited = verses.recitations([word.text for word in heard])
    words, _ = with_verses(restorer.restore(heard), recited, heard)
    ends = _true_ends(talk, words)
    pause = TextSettings().pause_seconds
    scores = boundary_scores(words, pause, typed=typed, weights={"": 0.0})
    for place, evidence in enumerate(boundary_evidence(words, pause)):
        if not scores[place]:
            yield evidence, place in ends


def _true_ends(talk: CaptionedTalk, words: Sequence[SpokenWord]) -> set[int]:
    places = aligned([split_token(word.text)[0] for word in words], [word.heard for word in talk.words])
    return {at for at, place in places.items() if talk.words[place].mark in {".", "؟"}}


_RESTORER, _QURAN = EmbeddedRestorer(), EmbeddedQuran()


def fitted(examples: Sequence[Example], fixed: Mapping[str, float]) -> dict[str, float]:
    """Weights by name, by Newton's method with a ridge, beside some that are given."""
    names = sorted({name for evidence, _ in examples for name in evidence} - LEFT_OUT - fixed.keys())
    columns = {name: at for at, name in enumerate(names)}
    values = np.zeros((len(examples), len(names)))
    for row, (evidence, _) in enumerate(examples):
        for name in evidence.keys() & columns.keys():
            values[row, columns[name]] = evidence[name]
    truth = np.array([ended for _, ended in examples], dtype=float)
    given = np.array([sum(fixed.get(name, 0.0) * value for name, value in each.items()) for each, _ in examples])
    ridge = np.array([1e-6 if name in BASES else RIDGE for name in names])
    found = np.zeros(len(names))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(given + values @ found, -20, 20)))
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(ridge)
        step = np.linalg.solve(bend, values.T @ (truth - chance) - ridge * found)
        found += step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < CLOSE:
            break
    return {**dict(zip(names, map(float, found), strict=True)), **fixed}


def _table(name: str, examples: Sequence[Example]) -> str:
    print(f"{name}: {len(examples)} places, {sum(ended for _, ended in examples)} ends", file=sys.stderr)  # noqa: T201
    weights = {key: value + LEANS[name] * (key in BASES) for key, value in fitted(examples, FIXED[name]).items()}
    lines = "\n".join(f'    "{key}": {value:.2f},' for key, value in weights.items())
    return f'{name}: Final = {{\n{lines}\n}}\n"""{DOCSTRINGS[name]}"""\n'


if __name__ == "__main__":
    main()
