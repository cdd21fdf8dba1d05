"""Small weights made by hand, in the form that the shipped ones have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.restore.tagger import BUCKETS

if TYPE_CHECKING:
    import numpy.typing as npt

TAGS = ("", "0أ", "0إ", "ة", "1أ")
MARKS = ("", "،", "؛", ":", ".", "؟")
DILATIONS = (1, 2)
SIZE, WIDTH = 4, 6
LEXICON = {"ان": {1: 30, 2: 10}, "امر": {1: 50}, "سنه": {3: 9, 0: 1}, "الى": {2: 80}}
TANWEEN = {"ايضا": (9, 10), "هذا": (0, 50)}


def lines(words: list[str]) -> npt.NDArray[np.uint8]:
    """Words as bytes, one a line."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def weights(seed: int = 1, strength: float = 0.5) -> dict[str, npt.NDArray[np.generic]]:
    """A network of random numbers with a lexicon of four words; with `strength` 0 the lexicon decides alone."""
    draw = np.random.default_rng(seed)
    pairs = [pair for tags in LEXICON.values() for pair in tags.items()]
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "tags": np.array(TAGS),
        "marks": np.array(MARKS),
        "dilations": np.array(DILATIONS, np.uint8),
        "trust": np.ones((3, 7), np.float32),
        "vocabulary": lines(["ان", "امر"]),
        "lexicon": lines(list(LEXICON)),
        "lexicon_size": np.array([len(tags) for tags in LEXICON.values()], np.uint8),
        "lexicon_tag": np.array([tag for tag, _ in pairs], np.uint8),
        "lexicon_count": np.array([count for _, count in pairs], np.uint16),
        "tanween": lines(list(TANWEEN)),
        "tanween_some": np.array([some for some, _ in TANWEEN.values()], np.uint16),
        "tanween_total": np.array([total for _, total in TANWEEN.values()], np.uint16),
    }
    for name, rows in (("word", 3), ("group", BUCKETS)):
        arrays[name] = draw.integers(-127, 128, (rows, SIZE)).astype(np.int8)
        arrays[f"{name}_scale"] = np.full(rows, 0.01, np.float16)
    shapes: dict[str, tuple[int, ...]] = {"enter": (SIZE, WIDTH), "enter_bias": (WIDTH,), "norm": (WIDTH,)}
    for at in range(len(DILATIONS)):
        shapes |= {f"norm{at}": (WIDTH,), f"mix{at}": (3 * WIDTH, 2 * WIDTH), f"mix{at}_bias": (2 * WIDTH,)}
    heads = len(TAGS) + 1 + len(MARKS)
    shapes |= {"head": (WIDTH, heads), "head_bias": (heads,)}
    return arrays | {
        f"dense_{name}": (strength * draw.normal(size=shape)).astype(np.float16) for name, shape in shapes.items()
    }
