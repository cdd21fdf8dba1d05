"""Restoration of automatic captions: spelling, punctuation and sentence ends, by small models in the package."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from math import log
from typing import TYPE_CHECKING, Final

from models.restore.doubt import chances
from models.restore.graph import loaded
from models.restore.tagger import Tagger
from models.restore.timing import timing
from pipeline.arabic.orthography import (
    apply,
    bare,
    is_captioned,
    is_punctuated,
    surely_takes_tanween,
    takes_tanween,
    usual_spellings,
    with_tanween,
)
from pipeline.arabic.punctuation import ENDS
from pipeline.arabic.spelling import corrected
from pipeline.arabic.voice import detect_dialect
from pipeline.errors import ModelMissing
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from models.restore.encoder import Encoder
    from models.restore.tagger import TagScores
    from pipeline.types.article import SpokenWord

_PARTS = re.compile("([^\\w]*)([\u0621-\u063a\u0641-\u064a]+)([^\\w]*)")
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_FOREIGN = re.compile(r"[^\W\d_]")
_TAIL = re.compile(r"[،؛؟!?.,;:…]")
TAGGER: Final = "restore.npz"
ENCODER: Final = "encoder.npz"
"""Files of weights."""
_END = re.compile(r"[.؟!?]")
_HANDED_DOWN = re.compile(r"(?:^|\s)[وف]?(?:رواه|[أا]خرجه|متفق عليه)(?:\s\S+)*$")
"""Who handed a saying down stands behind it: what follows is the preacher's, and no colon announces it."""
_SOURCE_WORDS = 4
"""Most words of it."""
CLAUSE: Final = 4
"""A mark fewer words than this after the last one needs a higher share."""
BEGINS: Final = 0.05
"""Probability of an end from which words after it count anew: a pause can make an end of an unlikely place."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which a change is made, chosen on held-out training text.

    Those of marks inside of sentences: on the development talks of the corpus and the choosing seven of `speech_gold`.
    """

    mark: float = 0.35
    """Probability of any mark inside a sentence, relative to it and none, from which the likeliest mark is written."""
    short: float = 0.5
    """The same after fewer than `CLAUSE` words: mostly they are a subject, which no mark separates from its verb."""
    colon: float = 0.7
    """The same for a colon, which below this is wrong more often than right."""
    spelling: float = 0.5
    """Probability of a spelling with hamza or taa marbuta, relative to it and the plain one."""
    tanween: float = 0.25
    """Probability from which tanween is written."""
    tanween_in_dialect: float = 0.6
    """The same in dialect, which has it in a few adverbs only."""
    grammar: bool = True
    """Whether rules and fixed phrases go before the most probable spelling."""


class NeuralRestorer:
    """Spells and punctuates captions as written Arabic; it adds signs to letters and marks after words, no more."""

    def __init__(
        self, tagger: Tagger, identity: str, policy: Thresholds | None = None, encoder: Encoder | None = None
    ) -> None:
        """`identity` names all weights. Marks are the tagger's, and its share the encoder's, where there is one.

        Raises `ValueError` where the two do not know the same marks.
        """
        if encoder and encoder.marks != tagger.marks:
            reason = f"the encoder's marks are {encoder.marks}, the tagger's {tagger.marks}"
            raise ValueError(reason)
        self.tagger = tagger
        self._encoder = encoder
        self._policy = policy or Thresholds()
        self.identity = identity

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The same words, in the same order, with the same times and borders, spelled and punctuated.

        A track written by people keeps its spelling, and a punctuated one its marks. Otherwise words get marks inside
        sentences, and the odds of a sentence end after each word. Where they are spelled as recognition spells, each
        gets the chance that it was said.
        """
        texts = [word.text for word in words]
        spell, punctuate = is_captioned(texts), not is_punctuated(texts)
        if not words or not (spell or punctuate):
            return words
        tokens = [as_token(text) for text in texts]
        dialect = detect_dialect((Sentence(1, " ".join(texts)),))
        scores = self.tagger.scores(tokens, dialect=bool(dialect))
        spelled = texts
        if spell:
            spelled = self._spelled(texts, tokens, scores, dialect)
            known = chances(tokens, self.tagger)
            words = tuple(replace(word, known=chance) for word, chance in zip(words, known, strict=True))
        if punctuate:
            if self._encoder:
                scores = replace(scores, marks=self._encoder.mixed(scores.marks, tokens, timing(words)))
            return self._punctuated(words, spelled, scores)
        return tuple(replace(word, text=text) for word, text in zip(words, spelled, strict=True))

    def usual_spelling(self, word: str) -> str:
        """A bare word in its most frequent spelling, whatever its context; an unknown word stays as it is."""
        counts = self.tagger.lexicon(word)
        return apply(self.tagger.tags[max(counts, key=counts.__getitem__)], word) if counts else word

    def _spelled(self, texts: Sequence[str], tokens: Sequence[str], scores: TagScores, dialect: str) -> list[str]:
        """The texts in their spelling; those with vowel signs or other letters stay as they are.

        Each takes its most probable tag, or tag 0, the plain spelling, where that is not sure enough; where grammar
        is sure, it decides.
        """
        usual = usual_spellings(dialect)
        best, chosen = scores.tags.argmax(1), scores.tags.max(1)
        sure = chosen >= self._policy.spelling * (chosen + scores.tags[:, 0])
        guess = [
            usual.get(token) or apply(self.tagger.tags[int(tag)], token)
            for token, tag in zip(tokens, best * sure, strict=True)
        ]
        ended = scores.marks[:, [self.tagger.marks.index(mark) for mark in ENDS]].sum(1).tolist()
        ends = [1.0 if _END.search(text) else end for text, end in zip(texts, ended, strict=True)]
        written = corrected(tokens, guess, ends, dialect=bool(dialect)) if self._policy.grammar else guess
        least = self._policy.tanween_in_dialect if dialect else self._policy.tanween
        certain = [self._policy.grammar and not dialect and surely_takes_tanween(token) for token in tokens]
        return [
            _respelled(text, with_tanween(word) if _can_take_tanween(word) and (tanween >= least or sure) else word)
            for text, word, tanween, sure in zip(texts, written, scores.tanween.tolist(), certain, strict=True)
        ]

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
            handed_down = _HANDED_DOWN.search(" ".join(texts[max(0, at - _SOURCE_WORDS) : at + 1]))
            least = self._policy.colon if mark == ":" else self._policy.short if short else self._policy.mark
            marks.append(mark if shares[at] >= least and not (mark == ":" and handed_down) else "")
            begun = at + 1 if marks[at] or ended[at] else begun
        return marks


def _can_take_tanween(word: str) -> bool:
    """Whether a spelled word can carry tanween: not after another one, nor on a final hamza that has an alef."""
    return takes_tanween(bare(word)) and word[-1] in "اء"


def _respelled(text: str, word: str) -> str:
    """A caption word with its letters spelled so, and what stands around them; unchanged if it is no plain word."""
    parts = _PARTS.fullmatch(text)
    if parts is None or _SIGNS.search(text) or bare(parts[2]) != parts[2]:
        return text
    return parts[1] + word + parts[3]


def as_token(text: str) -> str:
    """The word as the tagger reads it: bare, or a placeholder for other letters or none."""
    letters = _SIGNS.sub("", text)
    parts = _PARTS.fullmatch(letters)
    if parts:
        return bare(parts[2])
    return "a" if _FOREIGN.search(letters) else "0"


class EmbeddedRestorer:
    """The restorer whose weights ship in the package; they are unpacked on first use."""

    def __init__(self) -> None:
        """Raises `ModelMissing` without onnxruntime; what is missing is found here, before any work."""
        require("onnxruntime")
        self.identity = _identity()

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """As `NeuralRestorer.restore`."""
        return self.restorer.restore(words)

    @property
    def restorer(self) -> NeuralRestorer:
        """The loaded models; the files hold arrays only, no pickled code."""
        return _restorer()


@cache
def _identity() -> str:
    return f"restore-{sha256(_archive(TAGGER) + _archive(ENCODER)).hexdigest()[:16]}"


@cache
def _restorer() -> NeuralRestorer:
    """One for the whole process: loading takes most of a second."""
    return NeuralRestorer(Tagger(_arrays(TAGGER)), _identity(), encoder=loaded(_arrays(ENCODER)))


def require(package: str) -> None:
    """Raise `ModelMissing` where a package is not installed."""
    if find_spec(package) is None:
        message = f"{package}, which restores captions, is not installed"
        raise ModelMissing(message, f"pip install {package}; or [text] restore = false")


def _arrays(name: str) -> dict[str, npt.NDArray[np.generic]]:
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    with np.load(BytesIO(_archive(name)), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def _archive(name: str) -> bytes:
    return files("models").joinpath("weights", name).read_bytes()
