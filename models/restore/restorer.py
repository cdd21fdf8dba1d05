"""Restoration of automatic captions: spelling, punctuation and sentence ends, by a small model in the package."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from math import log
from typing import TYPE_CHECKING, Final

from models.restore.tagger import Tagger
from pipeline.arabic.orthography import USUAL, apply, bare, is_captioned, is_punctuated, takes_tanween, with_tanween
from pipeline.arabic.punctuation import ENDS
from pipeline.arabic.voice import detect_dialect
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.restore.tagger import TagScores
    from pipeline.types.article import SpokenWord

_PARTS = re.compile("([^\\w]*)([\u0621-\u063a\u0641-\u064a]+)([^\\w]*)")
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_FOREIGN = re.compile(r"[^\W\d_]")
_TAIL = re.compile(r"[،؛؟!?.,;:…]")
CLAUSE: Final = 4
"""A mark fewer words than this after the last one needs a higher share."""
BEGINS: Final = 0.05
"""Probability of an end from which words after it count anew: a pause can make an end of an unlikely place."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a change is made, chosen on held-out training text."""

    mark: float = 0.25
    """Probability of any mark inside a sentence, relative to it and none, from which the likeliest mark is written."""
    short: float = 0.4
    """The same after fewer than `CLAUSE` words: mostly they are a subject, which no mark separates from its verb."""
    colon: float = 0.7
    """The same for a colon, which below this is wrong more often than right."""
    spelling: float = 0.5
    """Probability of a spelling with hamza or taa marbuta, relative to it and the plain one."""
    tanween: float = 0.35
    """Probability from which tanween is written."""


class NeuralRestorer:
    """Spells and punctuates captions as written Arabic; it adds signs to letters and marks after words, no more."""

    def __init__(self, tagger: Tagger, identity: str, policy: Thresholds | None = None) -> None:
        """`identity` names the tagger's weights."""
        self.tagger = tagger
        self._policy = policy or Thresholds()
        self.identity = identity

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The same words, in the same order, with the same times and borders, spelled and punctuated.

        A track written by people keeps its spelling, and a punctuated one its marks. Otherwise words get marks inside
        sentences, and the odds of a sentence end after each word.
        """
        texts = [word.text for word in words]
        spell, punctuate = is_captioned(texts), not is_punctuated(texts)
        if not words or not (spell or punctuate):
            return words
        scores = self.tagger.scores([_token(text) for text in texts])
        spelled = self._spelled(texts, scores) if spell else texts
        if punctuate:
            return self._punctuated(words, spelled, scores)
        return tuple(replace(word, text=text) for word, text in zip(words, spelled, strict=True))

    def usual_spelling(self, word: str) -> str:
        """A bare word in its most frequent spelling, whatever its context; an unknown word stays as it is."""
        counts = self.tagger.lexicon(word)
        return apply(self.tagger.tags[max(counts, key=counts.__getitem__)], word) if counts else word

    def _spelled(self, texts: Sequence[str], scores: TagScores) -> list[str]:
        """The texts with the most probable tag applied; tag 0, the plain spelling, where it is not sure enough."""
        dialect = USUAL if detect_dialect((Sentence(1, " ".join(texts)),)) else {}
        best, chosen = scores.tags.argmax(1), scores.tags.max(1)
        sure = chosen >= self._policy.spelling * (chosen + scores.tags[:, 0])
        return [
            self._spelled_word(text, self.tagger.tags[int(tag)], float(tanween), dialect)
            for text, tag, tanween in zip(texts, best * sure, scores.tanween, strict=True)
        ]

    def _spelled_word(self, text: str, tag: str, tanween: float, dialect: Mapping[str, str]) -> str:
        """A caption word in its spelling; one with diacritics or other letters stays as it is."""
        parts = _PARTS.fullmatch(text)
        if parts is None or _SIGNS.search(text) or bare(parts[2]) != parts[2]:
            return text
        written = dialect.get(parts[2]) or apply(tag, parts[2])
        if tanween >= self._policy.tanween and takes_tanween(parts[2]) and written[-1] in "اء":
            written = with_tanween(written)
        return parts[1] + written + parts[3]

    def _punctuated(
        self, words: tuple[SpokenWord, ...], texts: Sequence[str], scores: TagScores
    ) -> tuple[SpokenWord, ...]:
        """The words with marks inside sentences, and the odds and mark of a sentence end after each.

        A word that has a mark already keeps it and gets no odds.
        """
        ends = [self.tagger.marks.index(mark) for mark in ENDS]
        end_probabilities = (
            scores.marks[:, ends].sum(1).clip(1e-6, 1 - 1e-6).tolist()
        )  # clipped to keep the logarithm finite
        closings = scores.marks[:, ends].argmax(1)
        judged = zip(words, texts, self._inner_marks(scores, texts), end_probabilities, closings, strict=True)
        return tuple(
            replace(word, text=text)
            if _TAIL.search(text)
            else replace(word, text=text + mark, odds=log(end / (1 - end)), closing=ENDS[closing])
            for word, text, mark, end, closing in judged
        )

    def _inner_marks(self, scores: TagScores, texts: Sequence[str]) -> list[str]:
        """The mark after each word, supposing that no sentence ends there."""
        names = self.tagger.marks
        inner = [at for at, name in enumerate(names) if name and name not in ENDS]
        some = scores.marks[:, inner].sum(1)
        shares = some / (some + scores.marks[:, 0])
        ended = scores.marks[:, [names.index(mark) for mark in ENDS]].sum(1) >= BEGINS
        marks: list[str] = []
        begun = 0
        for at, best in enumerate(scores.marks[:, inner].argmax(1)):
            mark = names[inner[best]]
            listed = "".join(texts[at + 1 : at + 2]).startswith("و")
            short = at + 1 - begun < CLAUSE and not listed
            least = self._policy.colon if mark == ":" else self._policy.short if short else self._policy.mark
            marks.append(mark if shares[at] >= least else "")
            begun = at + 1 if marks[at] or ended[at] else begun
        return marks


def _token(text: str) -> str:
    """The word as the tagger reads it: bare, or a placeholder for other letters or none."""
    letters = _SIGNS.sub("", text)
    parts = _PARTS.fullmatch(letters)
    if parts:
        return bare(parts[2])
    return "a" if _FOREIGN.search(letters) else "0"


class EmbeddedRestorer:
    """The restorer whose weights ship in the package; they are unpacked on first use."""

    def __init__(self) -> None:
        self.identity = f"restore-{sha256(_archive()).hexdigest()[:16]}"

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """As `NeuralRestorer.restore`."""
        return self.restorer.restore(words)

    @cached_property
    def restorer(self) -> NeuralRestorer:
        """The loaded model; the file holds arrays only, no pickled code."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        with np.load(BytesIO(_archive()), allow_pickle=False) as archive:
            weights = {name: archive[name] for name in archive.files}
        return NeuralRestorer(Tagger(weights), self.identity)


def _archive() -> bytes:
    return files("models").joinpath("weights", "restore.npz").read_bytes()
