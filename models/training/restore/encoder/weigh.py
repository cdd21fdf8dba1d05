"""How much the encoder should count beside the tagger: F1 at every share, on what may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.restore.graph import loaded
from models.restore.tagger import Tagger
from models.restore.timing import untimed
from models.training.corpus.files import CORPUS, talks
from models.training.restore import speech
from models.training.restore.encoder.train import development
from models.training.restore.measures import SHIPPED
from models.training.restore.spoken import Captioned
from pipeline.arabic.orthography import bare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def parts(shared: Path) -> dict[str, list[Captioned]]:
    """The development talks without and with times, and the half of `speech_gold` that chooses, which has none."""
    gold, _ = speech.halved(speech.speech_gold(shared))
    real = [Captioned(list(each.words), untimed(len(each.words))) for each in gold]
    return {**development(talks(CORPUS)), "speech_gold": real}


def table(weights: Path, shared: Path) -> Iterator[str]:
    """One row for each share and part: F1 of sentence ends, commas and any mark."""
    encoder, tagger = loaded(dict(np.load(weights))), Tagger(dict(np.load(SHIPPED)))
    yield f"{'part':14}{'share':>6}{'ends':>8}{'commas':>8}{'any':>8}"
    for name, texts in parts(shared).items():
        spelled = [[bare(word.text) for word in words] for words, _ in texts]
        ours = [encoder.scores(words, timing) for words, (_, timing) in zip(spelled, texts, strict=True)]
        theirs = [tagger.scores(words).marks for words in spelled]
        for share in SHARES:
            scored = [
                (share * one + (1 - share) * other, words)
                for one, other, (words, _) in zip(ours, theirs, texts, strict=True)
            ]
            found = speech.measured(encoder.marks, scored).values()
            yield f"{name:14}{share:6.1f}" + "".join(f"{value:8.3f}" for value in found)
