"""Which spoken Arabic it is, told by function words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import words
from pipeline.arabic.stopwords import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

LEAST_SHARE = 0.008
"""Share of telling words from which on speech counts as spoken Arabic; standard texts stay far below."""
CLEAR_SHARE = 0.6
"""Share of the telling words that one variety needs to give its name to the whole."""


def detect_dialect(sentences: Sequence[Sentence]) -> str:
    """`egyptian`, `levantine`, `gulf`, `iraqi`, or `mixed` when none of them prevails; empty for standard Arabic."""
    counts: Counter[str] = Counter()
    total = 0
    for sentence in sentences:
        said = words(sentence.text)
        total += len(said)
        counts.update(name for word in said for name, telling in SPOKEN.items() if word in telling)
    found = counts.total()
    if not total or found / total < LEAST_SHARE:
        return ""
    name, most = counts.most_common(1)[0]
    return name if most / found >= CLEAR_SHARE else "mixed"
