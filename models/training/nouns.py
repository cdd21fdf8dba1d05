"""Makes `pipeline/arabic/nouns.py`: which Arabic words without an article are nouns, names or adjectives.

    python -m models.training.nouns wikipedia_ar.jsonl.xz wikipedia_arz.jsonl.xz

Each file has one article a line with its `paragraphs`. No verb takes an article, few follow a preposition, and many
follow a particle such as قد or لم; no name takes an article; an adjective with its article follows a noun with one.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.training.articles import paragraphs, wrapped
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.stopwords import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST: Final = {"nouns": 4200, "names": 1300, "adjectives": 1500}
"""Words of each list."""
COUNT_LEAST: Final = 25
SHORTEST: Final = 3
ARTICLE_SHARE: Final = 0.05
"""Times the word stands with an article, for each time without, from which on it is a noun."""
PREPOSITION_SHARE: Final = 0.06
"""The same for a preposition before it."""
PARTICLE_SHARE: Final = (0.05, 0.1, 0.4)
"""Most particles before a noun known by prepositions, by articles, and for each article."""
NAME_SHARE: Final = 0.02
"""Times a name stands with an article, for each time without, at most."""
FOLLOWING_SHARE: Final = 0.45
"""Share of its uses with an article in which an adjective follows a word with an article, at least."""
JOINED_SHARE: Final = 5
"""A word that begins like a joined particle is left out when it is so much more frequent without it."""
POSSESSIVES: Final = ("ها", "هم", "ته", "نا", "هما", "تي", "ايه", "ابه", "اله", "اته")
PREPOSITIONS: Final = frozenset(fold("في من على إلى عن مع بين ضد نحو").split())
PARTICLES: Final = frozenset(fold("لا لم لن قد سوف ما كان كانت حيث التي الذي الذين وقد كما ثم أن").split())
TARGET: Final = Path("pipeline/arabic/nouns.py")
HEAD: Final = '''"""Arabic words without article that can stand in a noun phrase, by kind, most frequent first, folded.

Made by `models/training/nouns.py` from Arabic and Egyptian Arabic Wikipedia (CC BY-SA 4.0); do not edit. A word that is
not here can be of any kind too.
"""

from __future__ import annotations

from typing import Final
'''
LIST: Final = '''
{name}: Final = frozenset(
    """
{words}
""".split()  # noqa: SIM905 - a list of words
)
'''


@dataclass(slots=True)
class Counts:
    """Counts of words, by what precedes them."""

    all: Counter[str] = field(default_factory=Counter)
    after_prepositions: Counter[str] = field(default_factory=Counter)
    after_particles: Counter[str] = field(default_factory=Counter)
    after_articles: Counter[str] = field(default_factory=Counter)


def main(paths: Sequence[str]) -> None:
    """Read the articles and write the list."""
    counts = _counted(paths)
    kinds: dict[str, list[str]] = {name: [] for name in MOST}
    for word in _nominals(counts):
        if kind := _kind(word, counts):
            kinds[kind].append(word)
    lists = (LIST.format(name=name.upper(), words=wrapped(kinds[name][:most])) for name, most in MOST.items())
    TARGET.write_text(HEAD + "".join(lists), encoding="utf-8")


def _counted(paths: Sequence[str]) -> Counts:
    counts = Counts()
    for paragraph in (text for path in paths for article in paragraphs(Path(path)) for text in article):
        said = words(paragraph)
        counts.all.update(said)
        counts.after_prepositions.update(after for before, after in pairwise(said) if before in PREPOSITIONS)
        counts.after_particles.update(after for before, after in pairwise(said) if before in PARTICLES)
        counts.after_articles.update(
            after for before, after in pairwise(said) if before.startswith("ال") and before not in EMPTY
        )
    return counts


def _nominals(counts: Counts) -> Iterator[str]:
    """Nouns, names and adjectives by falling frequency."""
    for word, count in sorted(counts.all.items(), key=lambda item: (-item[1], item[0])):
        if count < COUNT_LEAST:
            return
        arabic = len(word) >= SHORTEST and word.isalpha() and "ء" <= word[0] <= "ي" and not word.startswith("ال")
        if arabic and word not in EMPTY and _nominal(word, count, counts):
            yield word


def _nominal(word: str, count: int, counts: Counts) -> bool:
    if word[0] in "وفبكل" and counts.all[word[1:]] > JOINED_SHARE * count:
        return False
    articles = counts.all["ال" + word] / count
    particles = counts.after_particles[word] / count
    if articles >= ARTICLE_SHARE:
        return particles < max(PARTICLE_SHARE[1], PARTICLE_SHARE[2] * articles)
    return counts.after_prepositions[word] / count >= PREPOSITION_SHARE and particles < PARTICLE_SHARE[0]


def _kind(word: str, counts: Counts) -> str:
    """The list a word belongs to; empty for a noun with a possessive, which looks like a name."""
    articled = counts.all["ال" + word]
    if articled < NAME_SHARE * counts.all[word]:
        return "" if word.endswith(POSSESSIVES) else "names"
    return "adjectives" if counts.after_articles["ال" + word] >= FOLLOWING_SHARE * articled else "nouns"


if __name__ == "__main__":
    main(sys.argv[1:])
