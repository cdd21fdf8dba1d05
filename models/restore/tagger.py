"""The tagging network of `models/training/restore`, run with numpy alone."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING
from zlib import crc32

from models.restore.lexicon import Lexicon
from pipeline.arabic.orthography import fits, takes_tanween

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from models.restore.lexicon import Counts

    Floats = npt.NDArray[np.float32]
    Arrays = Mapping[str, npt.NDArray[np.generic]]

BUCKETS = 32768
"""Rows of the hash table of letter groups."""
LIMIT = 24
"""The most letter groups of one word; later ones of a very long word are left out."""
WINDOW = 2048
"""Words computed at once, so that memory does not grow with the talk."""
EVIDENCE_STEPS = (0.5, 1.5, 3.5, 10, 100, 1000)
"""Borders between classes of how often the lexicon saw a word; each class has a trained weight of its own."""
FEW = 6
"""A word seen less often than this is also judged by its relatives."""
ENOUGH = 5
"""A word seen so often, and always with one tag, has that tag."""
SPOKEN = 20
"""How many times a word counts that was said in a talk in dialect, where one is spelled."""
_IMPOSSIBLE = -1e4
_SMOOTHING = 0.1
_DEFINITE = re.compile("[وف]?(?:[بك]?ال|لل).*")


def letter_groups(word: str) -> list[int]:
    """Rows (0 to `BUCKETS` - 1) of the whole word and of its runs of 3 and 4 letters; its borders count as letters."""
    framed = f"<{word}>"
    runs = [framed[at : at + size] for size in (3, 4) for at in range(len(framed) - size + 1)]
    return [crc32(run.encode()) % BUCKETS for run in [framed, *runs]][:LIMIT]


@dataclass(frozen=True, slots=True)
class TagScores:
    """The network's probabilities for n words."""

    tags: Floats
    """(n, tags): each way to write the word; 0 for ways that its letters do not allow."""
    tanween: Floats
    """(n,): tanween; meaningless for a word that cannot carry it."""
    marks: Floats
    """(n, marks): each mark after the word."""


class Tagger:
    """Scores words in context."""

    def __init__(self, weights: Arrays) -> None:
        """`weights` are the arrays that `models/training/restore/export.py` writes."""
        self.tags = tuple(map(str, weights["tags"]))
        self.marks = tuple(map(str, weights["marks"]))
        self._lexicon = Lexicon(read_tag_counts(weights, "lexicon"), self.tags)
        self._spoken = read_tag_counts(weights, "spoken") if "spoken" in weights else {}
        self._tanween = read_tanween_counts(weights)
        self._vocabulary = {word: row for row, word in enumerate(_lines(weights["vocabulary"]), 1)}
        self._tables = {name: (weights[name], weights[f"{name}_scale"]) for name in ("word", "group")}
        self._dilations = [int(step) for step in weights["dilations"]]
        self._dense = {
            name[6:]: value.astype("float32") for name, value in weights.items() if name.startswith("dense_")
        }
        self._allowed: dict[tuple[int, bool], list[float]] = {}
        own, kin, self._certain = (float(factor) for factor in weights.get("speech_trust", (1.0, 1.0, 0.0)))
        self._trust = [
            [factor * float(weight) for weight in row]
            for factor, row in zip((own, kin, 1.0), weights["trust"], strict=True)
        ]

    def lexicon(self, word: str) -> Counts:
        """How often the lexicon saw a bare word with each tag."""
        return self._lexicon.counts(word)

    def is_frequent(self, word: str) -> bool:
        """Whether a bare word is among those that have a vector of their own."""
        return word in self._vocabulary

    def times_seen(self, word: str) -> int:
        """How often the lexicons saw a bare word; only words with letters in doubt are in them."""
        return sum(self.lexicon(word).values()) + sum(self._spoken.get(word, {}).values())

    def has_relatives(self, word: str) -> bool:
        """Whether the lexicon knows other forms of a bare word."""
        return bool(self._lexicon.relatives(word))

    def scores(self, words: Sequence[str], *, dialect: bool = False) -> TagScores:
        """Scores of one or more bare words; pass `0` for a number and `a` for a word in other letters."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        places = {word: at for at, word in enumerate(dict.fromkeys(words))}
        index = np.array([places[word] for word in words], dtype=np.intp)
        vectors, lexicon = self._embeddings(list(places)), self._lexicon_table(list(places), dialect=dialect)
        reach, count = sum(self._dilations), len(self.tags)
        pieces: list[tuple[Floats, Floats, Floats]] = []
        for start in range(0, len(index), WINDOW):  # the windows overlap by the network's reach
            begin = max(0, start - reach)
            network = self._layers(vectors[index[begin : start + WINDOW + reach]])[start - begin :][:WINDOW]
            spelling = network[:, : count + 1] + lexicon[index[start : start + WINDOW]]
            marks = _softmax(network[:, count + 1 :])
            pieces.append((_softmax(spelling[:, :count]), _sigmoid(spelling[:, count]), marks))
        tags, tanween, marks = (np.concatenate(column) for column in zip(*pieces, strict=True))
        return TagScores(tags, tanween, marks)

    def _embeddings(self, words: list[str]) -> Floats:
        """Vectors (n, size): a word's own, if it is frequent, plus the mean of its letter groups."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        pieces = []
        for start in range(0, len(words), WINDOW):
            some = words[start : start + WINDOW]
            groups = [letter_groups(word) for word in some]
            lengths = np.array([len(each) for each in groups])
            parts = self._rows("group", [row for each in groups for row in each])
            means = np.add.reduceat(parts, np.cumsum(lengths) - lengths) / lengths[:, None]
            own = self._rows("word", [self._vocabulary.get(word, 0) for word in some])
            pieces.append(np.asarray(own + means, np.float32))
        return np.concatenate(pieces)

    def _lexicon_table(self, words: list[str], *, dialect: bool) -> Floats:
        """(n, tags + 1): `_lexicon_scores` of each word."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        table = np.empty((len(words), len(self.tags) + 1), dtype=np.float32)
        for at, word in enumerate(words):
            table[at] = self._lexicon_scores(word, dialect=dialect)
        return table

    def _rows(self, name: str, rows: list[int]) -> Floats:
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        table, scale = self._tables[name]
        return np.asarray(table[rows] * scale[rows, None].astype(np.float32), np.float32)

    def _layers(self, vectors: Floats) -> Floats:
        """Gated residual layers with dilated neighbours, then the scores."""
        dense = self._dense
        x = vectors @ dense["enter"] + dense["enter_bias"]
        for at, dilation in enumerate(self._dilations):
            seen = _with_neighbours(_normal(x) * dense[f"norm{at}"], dilation)
            mixed = seen @ dense[f"mix{at}"] + dense[f"mix{at}_bias"]
            value, gate = mixed[:, : mixed.shape[1] // 2], mixed[:, mixed.shape[1] // 2 :]
            x += value * _sigmoid(gate)
        scores: Floats = (_normal(x) * dense["norm"]) @ dense["head"] + dense["head_bias"]
        return scores

    def _lexicon_scores(self, word: str, *, dialect: bool = False) -> list[float]:
        """Log odds that the lexicon adds to each tag of a word, and, as the last number, to tanween."""
        shape = word.count("ا"), word.endswith("ه")  # all that decides which tags the letters allow
        if shape not in self._allowed:
            self._allowed[shape] = [0.0 if fits(tag, word) else _IMPOSSIBLE for tag in self.tags]
        scores = self._allowed[shape].copy()
        counts = self._lexicon.counts(word)
        if dialect and (said := self._spoken.get(word)):
            counts = Counter(counts) + Counter({tag: SPOKEN * count for tag, count in said.items()})
        total = sum(counts.values())
        _add_evidence(scores, counts, self._trust[0])
        if total < FEW:
            _add_evidence(scores, self._lexicon.relatives(word), self._trust[1])
        if total >= ENOUGH and len(counts) == 1:
            scores[next(iter(counts))] += self._certain
        return [*scores, self._tanween_score(word)]

    def _tanween_score(self, word: str) -> float:
        """Log odds that the lexicon adds to tanween.

        Never seen with it, a definite word has none, nor has a known word with `our` at its end: `نفوسنا`.
        """
        some, total = self._tanween.get(word, (0, 0))
        ours = word.endswith("نا") and word[:-1] not in self._vocabulary and word[:-2] in self._vocabulary
        if not some and takes_tanween(word) and (ours or _DEFINITE.fullmatch(word)):
            return _IMPOSSIBLE
        return self._trust[2][0] * log((some + 0.2) / (total - some + 1))


def _add_evidence(scores: list[float], counts: Counts, trust: list[float]) -> None:
    """Add each tag's smoothed log probability less that of an unseen tag, weighted by how much is known."""
    total = sum(counts.values())
    weight = trust[bisect(EVIDENCE_STEPS, total)] if total else 0.0
    for tag, count in counts.items():
        scores[tag] += weight * log(count / _SMOOTHING + 1)


def _with_neighbours(x: Floats, distance: int) -> Floats:
    """(n, width) to (n, 3 width): each row between those `distance` before and after it, zeros beyond the ends."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    count, width = x.shape
    seen = np.zeros((count, 3 * width), dtype=np.float32)
    seen[distance:, :width] = x[: max(0, count - distance)]
    seen[:, width : 2 * width] = x
    seen[: max(0, count - distance), 2 * width :] = x[distance:]
    return seen


def _normal(x: Floats) -> Floats:
    """RMS norm of each row."""
    normal: Floats = x / ((x * x).mean(1, keepdims=True) + 1e-5) ** 0.5
    return normal


def _sigmoid(x: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    half: Floats = 0.5 * np.tanh(0.5 * x) + 0.5
    return half


def _softmax(x: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    powers = np.exp(x - x.max(1, keepdims=True))
    shares: Floats = powers / powers.sum(1, keepdims=True)
    return shares


def _lines(text: npt.NDArray[np.generic]) -> list[str]:
    """The lines of a text kept as an array of UTF-8 bytes."""
    return text.tobytes().decode().splitlines()


def read_tag_counts(weights: Arrays, name: str) -> dict[str, Counts]:
    """Words with the counts of their tags, from lines of words and flat arrays of tags and counts."""
    pairs = iter(zip(weights[f"{name}_tag"].tolist(), weights[f"{name}_count"].tolist(), strict=True))
    sizes = weights[f"{name}_size"].tolist()
    lines = _lines(weights[name])
    return {word: dict(next(pairs) for _ in range(size)) for word, size in zip(lines, sizes, strict=True)}


def read_tanween_counts(weights: Arrays) -> dict[str, tuple[int, int]]:
    """For each word, how often it was seen with tanween and in all."""
    some, total = weights["tanween_some"].tolist(), weights["tanween_total"].tolist()
    return dict(zip(_lines(weights["tanween"]), zip(some, total, strict=True), strict=True))
