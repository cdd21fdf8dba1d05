"""From sentences to passages: the author's chapters, or else where the vocabulary changes.

A passage of the second kind is explained by its own words: each is a sample from a Dirichlet-multinomial whose mean is
the whole talk (Eisenstein and Barzilay 2008, "Bayesian unsupervised topic segmentation"). The borders that explain all
words best are found exactly, by dynamic programming over blocks of sentences; pauses and turns of speech ("now to the
second question") make a border cheaper, an unusual length makes a passage dearer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, lgamma, log, log2, sqrt
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import SHIFTS
from pipeline.segment.headings import choose_heading, talk_vocabulary
from pipeline.segment.topics import TOPICS, topic_of
from pipeline.types.article import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.settings import TextSettings
    from pipeline.types.article import Chapter, Sentence

Token = TypeVar("Token", str, int)

NEAR: Final = 200
"""A word comes back soon when fewer tokens than this lie between."""
UNKNOWN: Final = 0.5
"""Weight of a word of which nothing is known, because it is said once."""
LEAST: Final = 0.05
"""Weight of a word spread more evenly than chance."""


@dataclass(frozen=True, slots=True)
class BlockUrn:
    """The blocks of a talk as bags of numbered tokens, each with its weight and what was there of it before a draw."""

    bags: tuple[tuple[tuple[int, float, float], ...], ...]
    size: float
    """Weight of the urn before the first draw, in tokens."""
    kinds: int
    """How many different tokens there are."""

    def surprises(self, reaches: Sequence[int]) -> list[list[float]]:
        """In nats, for each block, for the passages of 1, 2, ... blocks that begin there, as many as its reach.

        How much more a passage surprises than the whole talk: negative where its words hold together.
        """
        # A row for each block that a passage may still have begun at; all of them draw the next block together.
        rows = max(reaches, default=0)
        drawn = np.zeros((self.kinds, rows))
        gain, total = np.zeros(rows), np.zeros(rows)
        table: list[list[float]] = [[] for _ in self.bags]
        for end, bag in enumerate(self.bags):
            drawn[:, end % rows] = gain[end % rows] = total[end % rows] = 0.0
            for token, weight, held in bag:
                gain += weight * np.log1p(drawn[token] / held)
                drawn[token] += weight
                total += weight
            gains, totals = gain.tolist(), total.tolist()
            for begin in range(max(0, end - rows + 1), end + 1):
                if end - begin < reaches[begin]:
                    table[begin].append(self._surprise(totals[begin % rows], gains[begin % rows]))
        return table

    def _surprise(self, total: float, gain: float) -> float:
        return lgamma(total + self.size) - lgamma(self.size) - total * log(self.size) - gain


def make_urn(bags: Sequence[Sequence[Token]], size: float, weights: Mapping[Token, float]) -> BlockUrn:
    """An urn of the given size, holding tokens in proportion to their weight in all bags."""
    whole: dict[Token, float] = defaultdict(float)
    for bag in bags:
        for token in bag:
            whole[token] += weights[token]
    share = size / (sum(whole.values()) or 1.0)
    drawn = {token: (number, weights[token], weight * share) for number, (token, weight) in enumerate(whole.items())}
    return BlockUrn(tuple(tuple(drawn[token] for token in bag) for bag in bags), size, len(drawn))


def burstiness(tokens: Sequence[Token]) -> dict[Token, float]:
    """For each token a weight from 0 to 1: how much more often it comes back soon than chance would have it.

    Words of a topic gather where the topic is; words of the language are spread.
    """
    places: dict[Token, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        places[token].append(place)
    return {token: _gathered(found, len(tokens)) for token, found in places.items()}


def _gathered(places: Sequence[int], total: int) -> float:
    returns = len(places) - 1
    if not returns:
        return UNKNOWN
    soon = sum(later - earlier <= NEAR for earlier, later in pairwise(places))
    expected = returns * (1 - exp(-NEAR * len(places) / total))
    return min(1.0, max(LEAST, UNKNOWN + (soon - expected) / (returns + 2)))


BLOCK_WORDS: Final = 12
"""A border can stand before a sentence that comes at least this many words after the last possible border."""
BLOCKS_MOST: Final = 3000
"""Longer blocks are made where there would be more of them, so that time grows with the talk and no faster."""
TYPICAL: Final = 10.0
"""A talk of n words has passages of about this times the root of n: 240 words in 4 minutes, 950 in an hour."""
STEM_PRIOR: Final = 800.0
"""Weight of the whole talk's words in what a passage is expected to say, in words."""
TOPIC_PRIOR: Final = 150.0
"""The same for the topics of its words."""
BORDER: Final = 30.0
"""What a border costs, in nats: chance differences of vocabulary must not make one."""
LENGTH: Final = 2.0
"""What a passage costs, in nats, when it is e times longer or shorter than typical; grows with the square."""
CUE: Final = 8.0
"""What a turn of speech is worth, in nats."""
PAUSE: Final = 4.0
"""What each doubling of a silence beyond `pause_seconds` is worth, in nats."""
PAUSE_MOST: Final = 3
"""Doublings that count."""
CUED: Final = 3
"""A block before a turn of speech or a silence may be this many times shorter."""
SHORT: Final = 1e4
"""What breaking the shortest length costs: done only where nothing else is possible."""
CHAPTER_WORDS: Final = 40
"""A chapter with fewer words spoken joins its neighbour."""


def group_passages(
    sentences: tuple[Sentence, ...], chapters: tuple[Chapter, ...], settings: TextSettings
) -> tuple[Passage, ...]:
    """The sentences in passages: each in exactly one, in order, every passage with a heading where one was found.

    Chapters count when the sentences have times. Speech before the first chapter is a passage of its own; a chapter
    longer than `passage_words_most` is divided inside and gives its title to its first part.
    """
    timed = all(sentence.start is not None for sentence in sentences)
    parts = _by_chapter(sentences, chapters) if chapters and timed else [("", sentences)]
    passages = [passage for title, part in parts for passage in _divide(title, part, settings)]
    return _entitle(passages, sentences)


def _divide(title: str, sentences: tuple[Sentence, ...], settings: TextSettings) -> list[Passage]:
    if title and _length(sentences) <= settings.passage_words_most:
        return [Passage(title, sentences, chapter=True)]
    first, *rest = _by_topic(sentences, settings) or [()]
    return [Passage(title, first, chapter=bool(title)), *(Passage("", part) for part in rest)] if first else []


def _entitle(passages: Sequence[Passage], sentences: tuple[Sentence, ...]) -> tuple[Passage, ...]:
    """The passages with a phrase of their own where the author gave no title."""
    taken = [passage.heading for passage in passages if passage.heading]
    whole = talk_vocabulary(sentences)
    entitled: list[Passage] = []
    for passage in passages:
        heading = passage.heading or choose_heading(passage.sentences, whole, taken)
        taken.append(heading)
        entitled.append(Passage(heading, passage.sentences, passage.chapter))
    return tuple(entitled)


# --- chapters ---


def _by_chapter(
    sentences: tuple[Sentence, ...], chapters: tuple[Chapter, ...]
) -> list[tuple[str, tuple[Sentence, ...]]]:
    """Title and sentences of every chapter in which something is said."""
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    starts = [chapter.start for chapter in ordered]
    titles = ["", *(chapter.title.strip() for chapter in ordered)]
    parts: list[tuple[str, tuple[Sentence, ...]]] = []
    place = 0
    for sentence in sentences:
        now = max(place, bisect_right(starts, sentence.start or 0.0))
        if parts and now == place:
            parts[-1] = (parts[-1][0], (*parts[-1][1], sentence))
        else:
            parts.append((titles[now], (sentence,)))
        place = now
    return _joined(parts)


def _joined(parts: list[tuple[str, tuple[Sentence, ...]]]) -> list[tuple[str, tuple[Sentence, ...]]]:
    """The same with every very short part joined to the one before it, or the first to the one after it."""
    kept: list[tuple[str, tuple[Sentence, ...]]] = []
    for title, part in parts:
        if kept and (_length(part) < CHAPTER_WORDS or _length(kept[-1][1]) < CHAPTER_WORDS):
            before, earlier = kept.pop()
            longer = before if _length(earlier) >= _length(part) else title
            kept.append((longer, earlier + part))
        else:
            kept.append((title, part))
    return kept


# --- topics ---


@dataclass(frozen=True, slots=True)
class _Block:
    """Some sentences between two possible borders."""

    sentences: tuple[Sentence, ...]
    length: int
    stems: tuple[str, ...]
    gain: float
    """What speaks for a border before it, in nats."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """Lengths of passages, in words."""

    least: float
    typical: float
    most: float
    fewest: int
    """Passages of the whole talk, at least and at most."""
    greatest: int


def _by_topic(sentences: tuple[Sentence, ...], settings: TextSettings) -> list[tuple[Sentence, ...]]:
    """The sentences divided where the topic changes."""
    blocks = _blocks(sentences, settings)
    limits = _limits(sum(block.length for block in blocks), settings)
    borders = _best_borders(blocks, limits)
    return [
        tuple(sentence for block in blocks[begin:end] for sentence in block.sentences)
        for begin, end in pairwise(borders)
    ]


def _limits(total: int, settings: TextSettings) -> _Limits:
    """Bounds that fit a talk of so many words: short talks get short passages, and still more than one."""
    typical = min(TYPICAL * sqrt(max(total, 1)), settings.passage_words_most * 0.6)
    parts = total / typical
    return _Limits(
        least=min(settings.passage_words, typical / 2),
        typical=typical,
        most=settings.passage_words_most,
        fewest=round(min(0.6 * parts + 1, 1.27 * parts)),
        greatest=max(1, round(1.27 * parts)),
    )


def _blocks(sentences: tuple[Sentence, ...], settings: TextSettings) -> list[_Block]:
    blocks: list[_Block] = []
    run: list[Sentence] = []
    gain = 0.0
    enough = max(BLOCK_WORDS, _length(sentences) / BLOCKS_MOST)
    for before, sentence in zip((None, *sentences), sentences, strict=False):
        here = _gain(before, sentence, settings)
        if run and _length(run) >= (enough / CUED if here > 0 else enough):
            blocks.append(_block(run, gain))
            run = []
        if not run:
            gain = here
        run.append(sentence)
    return [*blocks, _block(run, gain)] if run else []


def _block(sentences: Iterable[Sentence], gain: float) -> _Block:
    kept = tuple(sentences)
    stems = tuple(stem for sentence in kept for stem in content_stems(sentence.text))
    return _Block(kept, _length(kept), stems, gain)


def _gain(before: Sentence | None, sentence: Sentence, settings: TextSettings) -> float:
    """What the silence before a sentence and its first words say for a new topic, in nats."""
    gain = CUE if _turns(sentence) else 0.0
    if before is None or before.end is None or sentence.start is None:
        return gain
    silence = (sentence.start - before.end) / settings.pause_seconds
    return gain + PAUSE * min(log2(silence), PAUSE_MOST) if silence > 1 else gain


def _turns(sentence: Sentence) -> bool:
    """Whether a sentence begins with a turn of speech that opens a topic."""
    opening = words(sentence.text[:80])
    return any(opening[: len(cue)] == cue for cue in SHIFTS)


def _best_borders(blocks: Sequence[_Block], limits: _Limits) -> list[int]:
    """Indices of blocks at which the best passages begin, with 0 and the number of blocks."""
    table = _table(blocks, limits)
    borders = _cheapest(table)
    wanted = min(max(len(borders) - 1, limits.fewest), limits.greatest)
    return borders if len(borders) - 1 == wanted else _cheapest_of(wanted, table) or borders


def _cheapest(table: Sequence[Sequence[float]]) -> list[int]:
    """The borders of the passages that cost least together."""
    best, back = [0.0, *[inf] * len(table)], [0] * (len(table) + 1)
    for begin, costs in enumerate(table):
        for end, cost in enumerate(costs, begin + 1):
            if best[begin] + cost < best[end]:
                best[end], back[end] = best[begin] + cost, begin
    borders = [len(table)]
    while borders[-1]:
        borders.append(back[borders[-1]])
    return borders[::-1]


def _cheapest_of(number: int, table: Sequence[Sequence[float]]) -> list[int]:
    """The borders of so many passages that cost least together; none when there cannot be so many."""
    best, backs = [0.0, *[inf] * len(table)], []
    for _ in range(number):
        longer, back = [inf] * (len(table) + 1), [0] * (len(table) + 1)
        for begin, costs in enumerate(table):
            if best[begin] < inf:
                for end, cost in enumerate(costs, begin + 1):
                    if best[begin] + cost < longer[end]:
                        longer[end], back[end] = best[begin] + cost, begin
        best = longer
        backs.append(back)
    borders = [len(table)] if best[-1] < inf else []
    for back in reversed(backs if borders else []):
        borders.append(back[borders[-1]])
    return borders[::-1]


def _table(blocks: Sequence[_Block], limits: _Limits) -> list[list[float]]:
    """For each block the costs in nats of the passages that begin there, by length in blocks, up to the longest."""
    stems = [block.stems for block in blocks]
    vocabulary = make_urn(stems, STEM_PRIOR, burstiness([stem for bag in stems for stem in bag]))
    themes = [tuple(topic for stem in bag if (topic := topic_of(stem)) is not None) for bag in stems]
    subjects = make_urn(themes, TOPIC_PRIOR, dict.fromkeys(TOPICS.values(), 1.0))
    lengths = [tuple(_lengths(blocks, begin, limits)) for begin in range(len(blocks))]
    reaches = [len(each) for each in lengths]
    rows = zip(blocks, lengths, vocabulary.surprises(reaches), subjects.surprises(reaches), strict=True)
    return [
        [
            words + topics + _length_cost(length, limits) + BORDER - block.gain
            for length, words, topics in zip(*row, strict=True)
        ]
        for block, *row in rows
    ]


def _lengths(blocks: Sequence[_Block], begin: int, limits: _Limits) -> Iterator[int]:
    """Lengths in words of the passages that begin at a block; one block is always allowed."""
    length = blocks[begin].length
    yield length
    for block in blocks[begin + 1 :]:
        length += block.length
        if length > limits.most:
            return
        yield length


def _length_cost(length: int, limits: _Limits) -> float:
    unusual = LENGTH * log(max(length, 1) / limits.typical) ** 2
    return unusual + (SHORT * (1 - length / limits.least) if length < limits.least else 0.0)


def _length(sentences: Iterable[Sentence]) -> int:
    return sum(sentence.text.count(" ") + 1 for sentence in sentences)
