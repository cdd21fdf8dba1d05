"""Makes `pipeline/segment/heading_weights.py`: what tells the words of a heading from the other words of its passage.

    python -m models.training.headings wikipedia_ar.jsonl.xz wikipedia_arz.jsonl.xz

Each file has one article a line with its `title` and `paragraphs`. Two kinds of passages are learned from: sections
under a heading that the extraction left in the text, beside the rest of their article; and articles under their title,
without the sentence that defines it, beside other articles. The seed is fixed.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.training.articles import read
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.segment.headings import TalkVocabulary, heading_features, talk_vocabulary
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Article = dict[str, Any]
    Numbers = NDArray[np.float64]

SEED: Final = 20261126
HEAD_WORDS: Final = 6
"""The most words of a section's heading; the paragraph before it has at least `BEFORE`, the one after `AFTER`."""
BEFORE: Final = 12
AFTER: Final = 30
PASSAGE_WORDS: Final = (80, 1200)
"""The fewest and the most words of a passage."""
REST_SENTENCES: Final = 250
"""Most sentences of the rest of an article."""
TITLES: Final = 1000
"""Articles whose titles are training data."""
BESIDE: Final = 4
"""Other articles beside each of them."""
CLEAR: Final = 5.0
"""Weight of a section that says each telling word of its heading; others are mostly no headings of it."""
PROSE: Final = 8
"""Fewest words of a paragraph that is no entry of a list."""
RIDGE: Final = 5.0
TARGET: Final = Path("pipeline/segment/heading_weights.py")
_END = re.compile(r"(?<=[.؟!?])\s+")
_NUMBERING = re.compile(r"^[\W\d_]+|[\W_]+$")
_MARKUP = re.compile(r"[<>{}|=\[\]]|formula|://|[A-Za-z]{4,}|\d")
_TAGS = re.compile(r"[<>{}|]|formula")
_LEADS = re.compile(r"انظر|وم?ن? |من |هي |هو |وهي|وهو|توجد|يوجد|تقسم|تضم")
TEXT: Final = '''"""What tells the words of a heading from others of its passage: weights of a logistic regression.

Made by `models/training/headings.py` from Arabic and Egyptian Arabic Wikipedia (CC BY-SA 4.0); do not edit.
`docs/topics.md` is the card.
"""

from __future__ import annotations

from typing import Final

LENGTH: Final = {length:.2f}
"""Mean words of a heading that its passage says."""
WEIGHTS: Final = {{
{weights}
}}
"""By the names of the features in `pipeline.segment.headings`."""
'''


@dataclass(frozen=True, slots=True)
class Headed:
    """A passage, the heading it has, and what else was said around it."""

    heading: str
    passage: tuple[Sentence, ...]
    whole: TalkVocabulary
    weight: float = 1.0
    known: frozenset[str] = frozenset()
    """Folded words of the title that a section stands under: they name the whole article and tell no section apart."""


def main(paths: Sequence[str]) -> None:
    """Train on the articles and write the weights."""
    articles = [article for path in paths for article in read(Path(path))]
    sections = [one for article in articles for one in _sections(article)]
    learned = [*sections, *_titled(articles)]
    print(f"{len(sections)} sections, {len(learned) - len(sections)} titles", file=sys.stderr)  # noqa: T201
    TARGET.write_text(_text(fitted(learned), learned), encoding="utf-8")


def _sections(article: Article) -> Iterator[Headed]:
    for heading, body, rest in headed_sections(article["paragraphs"]):
        if made := _headed(heading, body, rest[:REST_SENTENCES]):
            clear = set(content_stems(heading)) <= {
                stem for sentence in made.passage for stem in content_stems(sentence.text)
            }
            yield replace(made, weight=CLEAR if clear else 1.0, known=frozenset(words(article["title"])))


def headed_sections(paragraphs: Sequence[str]) -> Iterator[tuple[str, list[Sentence], list[Sentence]]]:
    """Heading, sentences, and the sentences around them, of each section whose heading stands in the text."""
    places = [place for place in range(1, len(paragraphs) - 1) if _heads(paragraphs, place)]
    for place, end in pairwise([*places, len(paragraphs)]):
        rest = sentences([*paragraphs[:place], *paragraphs[end:]])
        yield _plain(paragraphs[place]), sentences(paragraphs[place + 1 : end]), rest


def sentences(paragraphs: Iterable[str]) -> list[Sentence]:
    """The paragraphs' sentences by their marks, numbered from 1."""
    texts = (text for paragraph in paragraphs for text in _END.split(paragraph) if text.strip())
    return [Sentence(number, text) for number, text in enumerate(texts, 1)]


def cleaned(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs that are text: no list entries, no remains of markup."""
    return [text for text in paragraphs if len(text.split()) >= PROSE and not _TAGS.search(text)]


def _heads(paragraphs: Sequence[str], place: int) -> bool:
    """Whether a paragraph is the heading of the next one."""
    before, text, after = paragraphs[place - 1 : place + 2]
    short = 1 <= len(words(_plain(text))) <= HEAD_WORDS and not text.rstrip().endswith((".", "،", "…"))
    wordy = len(before.split()) >= BEFORE and len(after.split()) >= AFTER
    marked = _TAGS.search(text) or _MARKUP.search(_plain(text))
    return short and wordy and not marked and not _LEADS.match(_plain(text))


def _titled(articles: Sequence[Article]) -> Iterator[Headed]:
    draw = Random(SEED)  # noqa: S311 - a repeatable draw
    long = [article for article in articles if sum(map(len, map(str.split, article["paragraphs"]))) > PASSAGE_WORDS[0]]
    taken = draw.sample(long, TITLES)
    bodies = [_cut(sentences(article["paragraphs"])[1:]) for article in taken]
    for place, article in enumerate(taken):
        beside = [one for step in range(1, BESIDE + 1) for one in bodies[(place + step) % len(bodies)]]
        if made := _headed(article["title"].partition("(")[0], bodies[place], beside):
            yield made


def _headed(heading: str, body: Sequence[Sentence], rest: Sequence[Sentence]) -> Headed | None:
    """None when the passage is short or says nothing of the heading."""
    passage = _cut(body)
    found = set(content_stems(heading)) & {stem for sentence in passage for stem in content_stems(sentence.text)}
    if not found or sum(len(sentence.text.split()) for sentence in passage) < PASSAGE_WORDS[0]:
        return None
    return Headed(heading, passage, talk_vocabulary([*passage, *rest]))


def _cut(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    kept: list[Sentence] = []
    length = 0
    for sentence in sentences:
        length += len(sentence.text.split())
        if kept and length > PASSAGE_WORDS[1]:
            break
        kept.append(sentence)
    return tuple(kept)


def _plain(text: str) -> str:
    return _NUMBERING.sub("", text)


def fitted(learned: Sequence[Headed]) -> dict[str, float]:
    """Weights by name, by Newton's method with a ridge on standardised values."""
    names, values, hits, weights = _matrix(learned)
    mean_of, spread = values.mean(0), values.std(0)
    mean_of[0], spread[spread == 0] = 0.0, 1.0
    scaled = (values - mean_of) / spread
    ridge = np.eye(len(names)) * RIDGE
    ridge[0, 0] = 1e-6
    found = np.zeros(len(names))
    found[0] = -4.0
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -20, 20)))
        bend = (scaled.T * (weights * chance * (1 - chance))) @ scaled + ridge
        step = np.linalg.solve(bend, scaled.T @ (weights * (hits - chance)) - ridge @ found)
        found += step / max(1.0, float(np.abs(step).max()))
    plain = found / spread
    plain[0] = found[0] - float((plain[1:] * mean_of[1:]).sum())
    return dict(zip(names, map(float, plain), strict=True))


def _matrix(learned: Sequence[Headed]) -> tuple[list[str], Numbers, Numbers, Numbers]:
    """Names of values; the values, whether each word stands in the heading, and what it counts."""
    rows, hits, weights, names = [], [], [], []
    for one in learned:
        wanted = set(words(one.heading))
        for word, seen in heading_features(one.passage, one.whole):
            if word in one.known:
                continue
            names = list(seen)
            rows.append(np.fromiter(seen.values(), float))
            hits.append(float(word in wanted))
            weights.append(one.weight)
    return names, np.array(rows), np.array(hits), np.array(weights)


def _text(weights: dict[str, float], learned: Sequence[Headed]) -> str:
    lengths = [len(words(one.heading)) for one in learned if one.weight == CLEAR]
    lines = "\n".join(f'    "{name}": {value:.3f},' for name, value in weights.items())
    return TEXT.format(length=fmean(lengths), weights=lines)


if __name__ == "__main__":
    main(sys.argv[1:])
