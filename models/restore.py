"""Automatic captions become written Arabic: spelling, marks and sentence ends, by a small model that ships with us."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING

from models.tagger import Tagger
from pipeline.text.captions import Border
from pipeline.text.dialect import label
from pipeline.text.marked import ENDS
from pipeline.text.orthography import apply, bare, is_captioned, is_punctuated, takes_tanween, with_tanween
from pipeline.text.spoken import USUAL
from pipeline.types import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from models.tagger import Scores
    from pipeline.text.captions import Word

SHORTEST = 5
"""Fewest words of a sentence that a pause alone ends, or that dividing a long stretch leaves."""

_PARTS = re.compile("([^\\w]*)([\u0621-\u063a\u0641-\u064a]+)([^\\w]*)")
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_FOREIGN = re.compile(r"[^\W\d_]")
_TAIL = re.compile(r"[،؛؟!?.,;:…]")


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure is sure enough: chosen on the part of the training text that was kept apart."""

    mark: float = 0.3
    """Share of a mark's probability in itself and none, from which the mark is written."""
    spelling: float = 0.5
    """The same for a spelling with hamza or taa marbuta beside the plain one."""
    tanween: float = 0.35
    """Probability from which tanween is written."""
    end: float = 0.3
    """Probability from which a sentence ends."""
    longest: int = 30
    """Words in a sentence before it is divided at the likeliest place, so that it can be read and cited."""


class Restorer:
    """Writes captions as written Arabic. It puts marks on letters and after words, and never changes a word."""

    def __init__(self, tagger: Tagger, identity: str, policy: Policy | None = None) -> None:
        """`identity` names the tagger's weights."""
        self.tagger = tagger
        self._policy = policy or Policy()
        self.identity = identity

    def restore(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The same words, in the same order, with the same times and borders, spelled and punctuated.

        The spelling of a track that people wrote stays as it is, and so do the marks of a punctuated one. Where no
        mark stands, `ends` is decided.
        """
        texts = [word.text for word in words]
        spell, punctuate = _needs(texts)
        if not words or not (spell or punctuate):
            return words
        scores = self.tagger.scores([_token(text) for text in texts])
        spelled = self._spelled(texts, scores) if spell else texts
        return self._punctuated(words, spelled, scores) if punctuate else _with_texts(words, spelled)

    def describe(self, words: tuple[Word, ...]) -> str:
        """What `restore` does to a track, in an English phrase for the provenance of an article."""
        spell, punctuate = _needs([word.text for word in words])
        done = [name for name, wanted in (("spelling", spell), ("marks", punctuate)) if wanted]
        return f"{' and '.join(done)} restored" if done else "left as it was written"

    def usual(self, word: str) -> str:
        """A bare word in its most frequent spelling, whatever stands around it; as it is when it was never seen."""
        counts = self.tagger.lexicon(word)
        return apply(self.tagger.tags[max(counts, key=counts.__getitem__)], word) if counts else word

    def _spelled(self, texts: Sequence[str], scores: Scores) -> list[str]:
        spoken = USUAL if label((Sentence(1, " ".join(texts)),)) else {}
        best = self._choices(scores)
        return [
            self._one(text, self.tagger.tags[tag], float(tanween), spoken)
            for text, tag, tanween in zip(texts, best, scores.tanween, strict=True)
        ]

    def _choices(self, scores: Scores) -> list[int]:
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

    def _punctuated(self, words: tuple[Word, ...], texts: Sequence[str], scores: Scores) -> tuple[Word, ...]:
        marks = self._marks(scores, self._ends(words, scores))
        return tuple(
            replace(word, text=text) if _TAIL.search(text) else replace(word, text=text + mark, ends=mark in ENDS)
            for word, text, mark in zip(words, texts, marks, strict=True)
        )

    def _ends(self, words: tuple[Word, ...], scores: Scores) -> frozenset[int]:
        """Positions of words that end a sentence; a long stretch without any is divided at its likeliest place.

        A pause alone ends no sentence of fewer than `SHORTEST` words: slow speakers pause after every phrase.
        """
        probable = scores.marks[:, [self.tagger.marks.index(mark) for mark in ENDS]].sum(1)
        silences = [*(silence(a, b) for a, b in pairwise(words)), 0.0]
        likely = [_raised(float(one), bonus) for one, bonus in zip(probable, silences, strict=True)]
        sure: list[int] = []
        for at, (alone, paused) in enumerate(zip(probable[:-1], likely, strict=False)):
            far = at - (sure[-1] if sure else -1) >= SHORTEST
            if alone >= self._policy.end or (far and paused >= self._policy.end):
                sure.append(at)
        return frozenset(_divided(likely, [*sure, len(likely) - 1], self._policy.longest))

    def _marks(self, scores: Scores, ends: frozenset[int]) -> list[str]:
        """The mark after each word, or nothing."""
        names = self.tagger.marks
        stops = [names.index(mark) for mark in ENDS]
        inner = [at for at, name in enumerate(names) if name and name not in ENDS]
        marks = []
        for at, row in enumerate(scores.marks):
            kinds = stops if at in ends else inner
            wanted = at in ends or row[inner].sum() >= self._policy.mark * row[[0, *inner]].sum()
            marks.append(names[max(kinds, key=row.__getitem__)] if wanted else "")
        return marks


def _needs(texts: Sequence[str]) -> tuple[bool, bool]:
    """Whether a track needs its spelling restored, and whether it needs marks."""
    return is_captioned(texts), not is_punctuated(texts)


def _divided(likely: Sequence[float], ends: Sequence[int], longest: int) -> Iterator[int]:
    """The given ends, and more of them where stretches are longer than `longest` words."""
    begin = 0
    for end in ends:
        stretches = [(begin, end)]
        while stretches:
            first, last = stretches.pop()
            if last - first + 1 > longest:
                cut = max(range(first + SHORTEST - 1, last - SHORTEST + 1), key=likely.__getitem__)
                stretches += [(first, cut), (cut + 1, last)]
                yield cut
        yield end
        begin = end + 1


def silence(word: Word, following: Word) -> float:
    """What a pause adds to the log odds of a sentence end.

    The text we trained on has no times, so these are judged, not learned: half a second makes an end e times as likely,
    a second and more e squared times; a line that somebody chose to end counts like half a second.
    """
    pause = following.start - word.end if following.start is not None and word.end is not None else 0.0
    return max(2 * min(1.0, max(0.0, pause)), 1.0 if word.border is Border.BREAK else 0.0)


def _raised(probability: float, bonus: float) -> float:
    odds = log(max(probability, 1e-6) / max(1 - probability, 1e-6)) + bonus
    return 1 / (1 + exp(-odds))


def _with_texts(words: tuple[Word, ...], texts: Sequence[str]) -> tuple[Word, ...]:
    return tuple(replace(word, text=text) for word, text in zip(words, texts, strict=True))


def _token(text: str) -> str:
    """The word as the tagger reads it."""
    letters = _SIGNS.sub("", text)
    parts = _PARTS.fullmatch(letters)
    if parts:
        return bare(parts[2])
    return "a" if _FOREIGN.search(letters) else "0"


def load(policy: Policy | None = None) -> Restorer:
    """The restorer with the weights that ship with the program."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    content = files("models").joinpath("weights", "restore.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as archive:
        weights = {name: archive[name] for name in archive.files}
    return Restorer(Tagger(weights), f"restore-{sha256(content).hexdigest()[:16]}", policy)
