"""Words and their counts as the arrays that weights are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 65535
"""Larger counts are kept as this."""
CANDIDATES = 6
"""Most tags kept for one word."""


def lines(words: Sequence[str]) -> np.ndarray:
    """Words as the bytes of a text, one a line."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def tag_counts(name: str, words: Mapping[str, Mapping[int, int]]) -> dict[str, np.ndarray]:
    """Words, sorted, with the counts of their most frequent tags; `tagger.read_tag_counts` reads them."""
    kept = sorted(words)
    rows = [sorted(words[word].items(), key=lambda item: -item[1])[:CANDIDATES] for word in kept]
    return {
        name: lines(kept),
        f"{name}_size": np.array(list(map(len, rows)), np.uint8),
        f"{name}_tag": np.array([tag for row in rows for tag, _ in row], np.uint8),
        f"{name}_count": np.array([min(count, MOST) for row in rows for _, count in row], np.uint16),
    }


def tanween_counts(words: Mapping[str, tuple[int, int]]) -> dict[str, np.ndarray]:
    """Words, sorted, with how often they have tanween, and in all; `tagger.read_tanween_counts` reads them."""
    kept = sorted(words)
    some, total = (np.array([min(words[word][at], MOST) for word in kept], np.uint16) for at in (0, 1))
    return {"tanween": lines(kept), "tanween_some": some, "tanween_total": total}
