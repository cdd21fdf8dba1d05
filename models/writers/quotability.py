"""How fit the sentences of a talk are to be quoted: to open a quotation, to close one, and to be told at all.

Rules (`edges`), the odds of sentence ends (`ends`) and three linear models of the words at a sentence's edges are
weighed together. The models learned from judgements on 29,000 sentences of the corpus
(`models/training/corpus/judged.py`); what each counts was read on development talks, real captions judged likewise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from math import exp, log
from typing import TYPE_CHECKING, Final
from zlib import crc32

from models.writers.edges import LOOK_BACK, closes, opens
from models.writers.ends import end_chance, is_verb
from models.writers.telling import telling_chances
from pipeline.arabic.names import is_known_name
from pipeline.arabic.normalize import words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.stem import stem
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    import numpy.typing as npt

    from pipeline.types.article import Sentence

    Features = Callable[[Sequence["Said"], int], list[str]]

SIZE: Final = 1 << 17
"""Places of a table: features whose hashes meet share one."""
WEIGHTS: Final = "quotability.npz"
OPENS: Final = {"any": -1.59, "end before": 0.32, "rules": 0.72, "words": 0.69}
CLOSES: Final = {"any": -2.48, "end": 0.41, "rules": 1.32, "words": 0.66}
TELLS: Final = {"any": -0.8, "shape": 0.45, "words": 0.5}
"""What the log odds of each model count: logistic regressions on 1,757 sentences of 16 development talks."""
_EDGE: Final = 7
"""Words at a beginning that tell what is spoken of."""
_OWNERS: Final = ("ها", "هم", "هما")
"""Endings for who owns something."""
_LEAST: Final = 1e-4
"""Chance beyond which less of it says nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one sentence, as the models read them."""

    words: tuple[str, ...]
    """Folded."""
    asks: bool
    """Whether it ends as a question."""
    stems: frozenset[str]
    """Of the words that are no function words."""


@dataclass(frozen=True, slots=True)
class Quotability:
    """Chances of one sentence, from 0 to 1."""

    opens: float
    """That a quotation may begin with it, for whoever has not read what was said before."""
    closes: float
    """That one may end with it: the thought is closed, and what follows does not take it back."""
    tells: float
    """That it is worth telling: a fact, an argument, a conclusion."""


def quotability(talk: Sequence[Sentence]) -> dict[int, Quotability]:
    """Of each sentence of a whole talk, by its number."""
    texts = [said(sentence.text) for sentence in talk]
    shapes = telling_chances(talk)
    found = {}
    for at, sentence in enumerate(talk):
        before, after = talk[at - 1] if at else None, talk[at + 1] if at + 1 < len(talk) else None
        of_opening = {
            "end before": _log_odds(end_chance(before, sentence)),
            "rules": float(opens(sentence, talk[max(0, at - LOOK_BACK) : at])),
            "words": _weighed("opens", opening_features(texts, at)),
        }
        of_closing = {
            "end": _log_odds(end_chance(sentence, after)),
            "rules": float(closes(sentence, after)),
            "words": _weighed("closes", closing_features(texts, at)),
        }
        of_telling = {
            "shape": _log_odds(shapes[sentence.number]),
            "words": _weighed("tells", telling_features(texts, at)),
        }
        found[sentence.number] = Quotability(
            _chance(OPENS, of_opening), _chance(CLOSES, of_closing), _chance(TELLS, of_telling)
        )
    return found


def said(text: str) -> Said:
    """A sentence's text as the models read it."""
    own = tuple(words(text))
    return Said(own, "؟" in text[-2:], frozenset(stem(word) for word in own if word not in FUNCTION))


def opening_features(talk: Sequence[Said], at: int) -> list[str]:
    """What tells whether a quotation may begin with a sentence: its first words, their kinds, the end before it."""
    own, before = talk[at].words, talk[at - 1] if at else Said((), asks=False, stems=frozenset())
    earlier = before.stems | (talk[at - 2].stems if at > 1 else frozenset())
    first = own[:_EDGE]
    kinds = list(map(_kind, own[:4]))
    return [
        *_starts("first", own),
        *(f"kinds {' '.join(kinds[:length])}" for length in range(1, 5)),
        *(f"in four {word}" for word in own[:4]),
        *(f"near {word}" for word in first),
        *(f"stem {stem(word)}" for word in first),
        *(f"pair {one} {other}" for one, other in pairwise(own[: _EDGE + 1])),
        *(f"later {word}" for word in own[_EDGE:]),
        *(f"begins {own[0][:length]}" for length in (1, 2) if own),
        *(f"before {' '.join(before.words[-length:])}" for length in (1, 2)),
        f"length {min(len(own) // 4, 8)}",
        f"few {min(len(own), 12) // 2}",
        f"shared {min(len(talk[at].stems & earlier), 4)}",
        f"asked {before.asks}",
        f"asks {talk[at].asks}",
        *(["first of all"] if not at else []),
    ]


def closing_features(talk: Sequence[Said], at: int) -> list[str]:
    """What tells whether a quotation may end with a sentence: its words, its last ones, and what goes on after it."""
    own, after = talk[at].words, talk[at + 1] if at + 1 < len(talk) else Said((), asks=False, stems=frozenset())
    follow, last = list(map(_kind, after.words[:3])), list(map(_kind, own[-2:]))
    return [
        *(f"last {' '.join(own[-length:])}" for length in (1, 2, 3)),
        *(f"in it {word}" for word in own),
        *_starts("next", after.words),
        *(f"soon {word}" for word in after.words[:6]),
        *(f"follow {' '.join(follow[:length])}" for length in range(1, 4)),
        *(f"last kinds {' '.join(last[-length:])}" for length in (1, 2)),
        f"length {min(len(own) // 4, 8)}",
        f"next length {min(len(after.words) // 4, 5)}",
        f"asks {talk[at].asks}",
        f"asked {after.asks}",
        *(["last of all"] if at + 1 == len(talk) else []),
    ]


def telling_features(talk: Sequence[Said], at: int) -> list[str]:
    """What tells whether a sentence is worth telling: its words, and how often the talk comes back to them."""
    own, stems = talk[at].words, talk[at].stems
    spread = _spread(tuple(each.stems for each in talk))
    share = len(own) + 1
    return [
        *(f"word {word}" for word in own),
        *(f"stem {each}" for each in sorted(stems)),
        *(f"pair {one} {other}" for one, other in pairwise(own)),
        *_starts("first", own)[:2],
        f"length {min(len(own) // 4, 9)}",
        f"asks {talk[at].asks}",
        f"place {10 * at // len(talk)}",
        f"figure {any(letter.isdigit() for word in own for letter in word)}",
        f"once {10 * sum(spread[each] == 1 for each in stems) // share}",
        f"often {min(sum(spread[each] >= 5 for each in stems), 6)}",  # noqa: PLR2004 - of sentences
        f"function {5 * sum(word in FUNCTION for word in own) // share}",
    ]


def places(features: Sequence[str]) -> list[int]:
    """Where a table has the features of a sentence, each once."""
    return [crc32(feature.encode()) % SIZE for feature in dict.fromkeys(features)]


@cache
def _spread(stems: tuple[frozenset[str], ...]) -> Counter[str]:
    """In how many sentences of a talk each stem is."""
    return Counter(each for own in stems for each in own)


def _starts(name: str, own: Sequence[str]) -> list[str]:
    return [f"{name} {' '.join(own[:length])}" for length in (1, 2, 3)]


def _kind(word: str) -> str:
    """What kind of word it is: itself if it only joins others, else name, verb, noun with or without article."""
    if word in FUNCTION or word[0].isdigit():
        return word if word in FUNCTION else "number"
    bare = word.removeprefix("و").removeprefix("ف")
    joined = "and " if bare != word else ""
    if is_verb(word):
        return f"{joined}verb {bare[:1]}"
    if bare in NAMES or is_known_name(bare):
        return f"{joined}name"
    if bare.startswith("ال"):
        return f"{joined}the {'adjective' if bare[2:] in ADJECTIVES else 'noun'}"
    owned = "owned" if bare.endswith(_OWNERS) else "other"
    return f"{joined}{'noun' if bare in NOUNS else owned}"


def _weighed(model: str, features: Sequence[str]) -> float:
    """The log odds that a linear model gives for some features."""
    return float(tables()[model][places(features)].sum())


@cache
def tables() -> dict[str, npt.NDArray[np.float32]]:
    """The weights of each model by its name, (SIZE,)."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    archive = files("models").joinpath("weights", WEIGHTS).read_bytes()
    with np.load(BytesIO(archive), allow_pickle=False) as arrays:
        return {name: arrays[name] * np.float32(arrays[f"{name} scale"]) for name in ("opens", "closes", "tells")}


def _chance(counts: dict[str, float], found: dict[str, float]) -> float:
    return 1 / (1 + exp(-counts["any"] - sum(counts[name] * value for name, value in found.items())))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return log(chance / (1 - chance))
