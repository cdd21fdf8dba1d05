"""Wikipedia as pieces of words with the mark after each word, and the part of a base network's vocabulary it needs."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from models.restore.pieces import UNKNOWN, Pieces
from models.training.corpus.files import CORPUS, talks
from models.training.restore import spoken
from models.training.restore.corpus import MARKS, articles, careful, is_dev, prose
from models.training.restore.packing import lines
from pipeline.arabic.orthography import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from models.training.restore.corpus import Token

WORDS = {"wikipedia_ar.jsonl.xz": 2_300_000, "wikipedia_arz.jsonl.xz": 350_000}
"""How many words of each file are read."""
EVERY = {"wikipedia_ar.jsonl.xz": 3, "wikipedia_arz.jsonl.xz": 1}
"""Every so many articles are read, so that they come from the whole file."""
SEED = 3
UNLEARNED = -100
"""The label of a piece that ends no word, as torch ignores it."""


class Vocabulary(NamedTuple):
    """Pieces of a base network."""

    numbers: list[int]
    """Their rows in the base network's table."""
    pieces: list[str]
    scores: list[float]
    """Log probabilities."""

    def restricted(self, numbers: Iterable[int]) -> Vocabulary:
        """Only these pieces, in this order."""
        kept = list(numbers)
        return Vocabulary(
            [self.numbers[at] for at in kept], [self.pieces[at] for at in kept], [self.scores[at] for at in kept]
        )


def whole_vocabulary(base: Path) -> Vocabulary:
    """All pieces of the network in a folder that `transformers` loads."""
    model = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    return Vocabulary(list(range(len(model["vocab"]))), *map(list, zip(*model["vocab"], strict=True)))


def paragraphs(shared: Path, name: str) -> Iterator[list[list[Token]]]:
    """The running text of articles of a file that are not held out, as many as `WORDS` asks for."""
    count = 0
    for at, (identifier, raw) in enumerate(articles(shared / "data" / name)):
        if at % EVERY[name] or is_dev(name + identifier) or count > WORDS[name]:
            continue
        kept = prose(raw)
        if kept and (EVERY[name] == 1 or careful(kept)):
            count += sum(map(len, kept))
            yield kept


def read(shared: Path) -> list[Token]:
    """The words of both files, articles shuffled."""
    found = [article for name in WORDS for article in paragraphs(shared, name)]
    Random(SEED).shuffle(found)  # noqa: S311 - repeatable
    return [word for article in found for paragraph in article for word in paragraph]


def needed(whole: Vocabulary, words: Iterable[str]) -> Vocabulary:
    """The pieces that some words are cut into, most frequent first, and every letter alone."""
    cutter = Pieces(whole.pieces, whole.scores)
    counts = Counter(words)
    letters = sorted({letter for word in counts for letter in word})
    seen = Counter({number: 0 for letter in letters for number in cutter.of(letter)})
    seen.update({whole.pieces.index(letter): 0 for letter in letters if letter in whole.pieces})
    for word, count in counts.items():
        for number in cutter.of(word):
            seen[number] += count
    return whole.restricted([*range(UNKNOWN + 1), *(number for number, _ in seen.most_common() if number > UNKNOWN)])


def labelled(words: Iterable[tuple[str, str]], cutter: Pieces) -> tuple[np.ndarray, np.ndarray]:
    """Bare words with their marks as pieces, and the label of each piece: a mark's number or `UNLEARNED`."""
    numbers: list[int] = []
    labels: list[int] = []
    for word, mark in words:
        cut = cutter.of(word)
        numbers += cut
        labels += [UNLEARNED] * (len(cut) - 1) + [MARKS.index(mark)]
    return np.array(numbers, np.int32), np.array(labels, np.int8)


def arrays(shared: Path, base: Path) -> dict[str, np.ndarray]:
    """All that training reads, but for the talks of the corpus; the pieces of `base` if that is a file that ships."""
    words = read(shared)
    if base.suffix == ".npz":
        kept = np.load(base)
        vocabulary = {name: kept[name] for name in ("pieces", "scores")}
    else:
        of_talks = (bare(word.text) for talk in talks(CORPUS) for word in spoken.written(talk))
        everything = [*(bare(word.text) for word in words), *of_talks]
        vocabulary = vocabulary_arrays(needed(whole_vocabulary(base), everything))
    numbers, labels = labelled(((bare(word.text), word.mark) for word in words), read_pieces(vocabulary))
    return {"ids": numbers, "labels": labels, **vocabulary}


def vocabulary_arrays(vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """A vocabulary as arrays."""
    return {
        "rows": np.array(vocabulary.numbers, np.int32),
        "pieces": lines(vocabulary.pieces),
        "scores": np.array(vocabulary.scores, np.float64),
    }


def read_pieces(arrays: dict[str, np.ndarray]) -> Pieces:
    """The cutter of the vocabulary in some arrays."""
    return Pieces(arrays["pieces"].tobytes().decode().splitlines(), arrays["scores"].tolist())
