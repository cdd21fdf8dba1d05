"""Automatic captions become written Arabic: spelling, marks and sentence ends, by a small model that ships with us."""

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
from pipeline.arabic.dialect import detect_dialect
from pipeline.arabic.orthography import USUAL, apply, bare, is_captioned, is_punctuated, takes_tanween, with_tanween
from pipeline.arabic.punctuation import ENDS
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.restore.tagger import TagScores
    from pipeline.segment.captions import SpokenWord

_PARTS = re.compile("([^\\w]*)([\u0621-\u063a\u0641-\u064a]+)([^\\w]*)")
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_FOREIGN = re.compile(r"[^\W\d_]")
_TAIL = re.compile(r"[،؛؟!?.,;:…]")
CLAUSE: Final = 4
"""Words from a mark or an end to a mark, below which one must be surer of it."""
BEGINS: Final = 0.05
"""Probability of an end from which the words after it may begin a sentence: pauses make ends of unlikelier places."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure is sure enough: chosen on the part of the training text that was kept apart."""

    mark: float = 0.25
    """Share of the marks inside a sentence in themselves and none, from which the likeliest is written."""
    short: float = 0.4
    """The same after fewer than `CLAUSE` words: mostly they are a subject, which no mark parts from its verb."""
    colon: float = 0.7
    """The same for a colon, which is right less than half the time below it."""
    spelling: float = 0.5
    """The same for a spelling with hamza or taa marbuta beside the plain one."""
    tanween: float = 0.35
    """Probability from which tanween is written."""


class NeuralRestorer:
    """Writes captions as written Arabic. It puts marks on letters and after words, and never changes a word."""

    def __init__(self, tagger: Tagger, identity: str, policy: Thresholds | None = None) -> None:
        """`identity` names the tagger's weights."""
        self.tagger = tagger
        self._policy = policy or Thresholds()
        self.identity = identity

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The same words, in the same order, with the same times and borders, spelled and punctuated.

        The spelling of a track that people wrote stays as it is, and so do the marks of a punctuated one. The others
        get marks inside sentences, and the odds of an end after each word.
        """
        texts = [word.text for word in words]
        spell, punctuate = _needs(texts)
        if not words or not (spell or punctuate):
            return words
        scores = self.tagger.scores([_token(text) for text in texts])
        spelled = self._spelled(texts, scores) if spell else texts
        return self._punctuated(words, spelled, scores) if punctuate else _with_texts(words, spelled)

    def usual(self, word: str) -> str:
        """A bare word in its most frequent spelling, whatever stands around it; as it is when it was never seen."""
        counts = self.tagger.lexicon(word)
        return apply(self.tagger.tags[max(counts, key=counts.__getitem__)], word) if counts else word

    def _spelled(self, texts: Sequence[str], scores: TagScores) -> list[str]:
        spoken = USUAL if detect_dialect((Sentence(1, " ".join(texts)),)) else {}
        best = self._choices(scores)
        return [
            self._one(text, self.tagger.tags[tag], float(tanween), spoken)
            for text, tag, tanween in zip(texts, best, scores.tanween, strict=True)
        ]

    def _choices(self, scores: TagScores) -> list[int]:
        """The most probable tag of each word; the plain one, number 0, where the other is not sure enough."""
        best = scores.tags.argmax(1)
        chosen = scores.tags.max(1)
        sure = chosen >= self._policy.spelling * (chosen + scores.tags[:, 0])
        return [int(tag) for tag in best * sure]

    def _one(self, text: str, tag: str, tanween: float, spoken: Mapping[str, str]) -> str:
        """A caption word with its spelling restored; one with signs or other letters is left alone."""
        parts = _PARTS.fullmatch(text)
        if parts is None or _SIGNS.search(text) or bare(parts[2]) != parts[2]:
            return text
        written = spoken.get(parts[2]) or apply(tag, parts[2])
        if tanween >= self._policy.tanween and takes_tanween(parts[2]) and written[-1] in "اء":
            written = with_tanween(written)
        return parts[1] + written + parts[3]

    def _punctuated(
        self, words: tuple[SpokenWord, ...], texts: Sequence[str], scores: TagScores
    ) -> tuple[SpokenWord, ...]:
        """The words with marks inside sentences, and with the odds and the mark of an end after each.

        A word that has a mark keeps it, and nothing is judged there.
        """
        marks = self._inside(scores, texts)
        judged = zip(words, texts, marks, *_closings(scores, self.tagger.marks), strict=True)
        return tuple(
            replace(word, text=text)
            if _TAIL.search(text)
            else replace(word, text=text + mark, odds=odds, closing=closing)
            for word, text, mark, odds, closing in judged
        )

    def _inside(self, scores: TagScores, texts: Sequence[str]) -> list[str]:
        """The mark after each word, supposing that no sentence ends there."""
        names = self.tagger.marks
        inner = [at for at, name in enumerate(names) if name and name not in ENDS]
        some = scores.marks[:, inner].sum(1)
        shares = some / (some + scores.marks[:, 0])
        ended = scores.marks[:, [names.index(mark) for mark in ENDS]].sum(1) >= BEGINS
        made: list[str] = []
        begun = 0
        for at, best in enumerate(scores.marks[:, inner].argmax(1)):
            mark = names[inner[best]]
            listed = "".join(texts[at + 1 : at + 2]).startswith("و")
            short = at + 1 - begun < CLAUSE and not listed
            least = self._policy.colon if mark == ":" else self._policy.short if short else self._policy.mark
            made.append(mark if shares[at] >= least else "")
            begun = at + 1 if made[at] or ended[at] else begun
        return made


def _needs(texts: Sequence[str]) -> tuple[bool, bool]:
    """Whether a track needs its spelling restored, and whether it needs marks."""
    return is_captioned(texts), not is_punctuated(texts)


def _closings(scores: TagScores, names: Sequence[str]) -> tuple[list[float], list[str]]:
    """The log odds of an end after each word, kept finite, and the mark that it would have."""
    ends = [names.index(mark) for mark in ENDS]
    probability = scores.marks[:, ends].sum(1).clip(1e-6, 1 - 1e-6).tolist()
    best = scores.marks[:, ends].argmax(1)
    return [log(each / (1 - each)) for each in probability], [ENDS[at] for at in best]


def _with_texts(words: tuple[SpokenWord, ...], texts: Sequence[str]) -> tuple[SpokenWord, ...]:
    return tuple(replace(word, text=text) for word, text in zip(words, texts, strict=True))


def _token(text: str) -> str:
    """The word as the tagger reads it."""
    letters = _SIGNS.sub("", text)
    parts = _PARTS.fullmatch(letters)
    if parts:
        return bare(parts[2])
    return "a" if _FOREIGN.search(letters) else "0"


class EmbeddedRestorer:
    """The restorer whose weights ship with the program; they are unpacked when first needed."""

    def __init__(self) -> None:
        """Read the weights' file, so that it can be named."""
        self.identity = f"restore-{sha256(_archive()).hexdigest()[:16]}"

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The words as `NeuralRestorer.restore` writes them."""
        return self.restorer.restore(words)

    @cached_property
    def restorer(self) -> NeuralRestorer:
        """The loaded model; arrays only, no code comes with them."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        with np.load(BytesIO(_archive()), allow_pickle=False) as archive:
            weights = {name: archive[name] for name in archive.files}
        return NeuralRestorer(Tagger(weights), self.identity)


def _archive() -> bytes:
    return files("models").joinpath("weights", "restore.npz").read_bytes()
