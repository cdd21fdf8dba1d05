"""Makes `pipeline/segment/topics.py`: which Arabic stems belong to one subject.

    pip install scikit-learn==1.9.1
    python -m models.training.topics wikipedia_ar.jsonl.xz wikipedia_arz.jsonl.xz

Each file has one article a line with its `paragraphs`. Stems that gather in few articles are placed in a space by
latent semantic analysis of stretches of text, and divided into groups by k-means. The seed is fixed; the same files,
versions and machine type give the same groups.
"""

from __future__ import annotations

import sys
from collections import Counter
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models.training.articles import paragraphs, wrapped
from pipeline.arabic.stem import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

STEMS: Final = 6000
"""Stems in the table, the most frequent ones that can name a subject."""
GROUPS: Final = 150
DIMENSIONS: Final = 100
STRETCH: Final = 150
"""Stems in a stretch of text that counts as one document."""
ARTICLES_LEAST: Final = 10
"""Articles that a stem must stand in."""
BURST_LEAST: Final = 0.4
"""Residual inverse document frequency (Church and Gale 1995) from which on a stem can name a subject, in nats."""
SHORTEST: Final = 3
SEED: Final = 0
TARGET: Final = Path("pipeline/segment/topics.py")
HEAD: Final = '''"""Which stems belong to one subject: a line or more for each group, most frequent stem first.

Made by `models/training/topics.py` from Arabic and Egyptian Arabic Wikipedia (CC BY-SA 4.0); do not edit. A stem that
is not here can belong to any subject, or to all. `docs/topics.md` is the card.
"""

from __future__ import annotations

from typing import Final

_GROUPS: Final = """
'''
TAIL: Final = '''
"""

TOPICS: Final = {stem: number for number, group in enumerate(_GROUPS.split("|")) for stem in group.split()}
"""For a stem the number of its group."""


def topic_of(stem: str) -> int | None:
    """The group of a stem, or of what is left without a joined preposition; None when it belongs to none."""
    found = TOPICS.get(stem)
    return TOPICS.get(stem[1:]) if found is None and stem[0] in "وفبكل" else found
'''


def main(paths: Sequence[str]) -> None:
    """Read the articles and write the table."""
    articles = [
        tuple(stem for text in article for stem in content_stems(text))
        for path in paths
        for article in paragraphs(Path(path))
    ]
    vocabulary = _subject_stems(articles)
    numbers = _groups(articles, vocabulary)
    groups = [[stem for stem, own in zip(vocabulary, numbers, strict=True) if own == n] for n in range(GROUPS)]
    groups.sort(key=lambda group: vocabulary.index(group[0]))
    TARGET.write_text(HEAD + wrapped(" | ".join(map(" ".join, groups)).split()) + TAIL, encoding="utf-8")


def _subject_stems(articles: Sequence[tuple[str, ...]]) -> list[str]:
    """The most frequent stems that stand in fewer articles than chance would have it."""
    counts = Counter(stem for article in articles for stem in article)
    spread = Counter(stem for article in articles for stem in set(article))

    def burst(stem: str) -> float:
        expected = 1 - exp(-counts[stem] / len(articles))
        return log(expected) - log(spread[stem] / len(articles))

    fitting = (
        stem
        for stem, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if len(stem) >= SHORTEST and spread[stem] >= ARTICLES_LEAST and burst(stem) > BURST_LEAST
    )
    return [stem for _, stem in zip(range(STEMS), fitting, strict=False)]


def _groups(articles: Sequence[tuple[str, ...]], vocabulary: list[str]) -> list[int]:
    from sklearn.cluster import KMeans  # noqa: PLC0415 - only training needs it
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    stretches = [article[at : at + STRETCH] for article in articles for at in range(0, len(article), STRETCH)]
    counted: Any = TfidfVectorizer(analyzer=list, vocabulary=vocabulary, sublinear_tf=True)
    space = TruncatedSVD(DIMENSIONS, random_state=SEED).fit(counted.fit_transform(stretches))
    places = normalize(space.components_.T * space.singular_values_)
    return [int(number) for number in KMeans(GROUPS, n_init=3, random_state=SEED).fit(places).labels_]


if __name__ == "__main__":
    main(sys.argv[1:])
