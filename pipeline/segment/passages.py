"""Group sentences into passages: by the author's chapters, or else where the vocabulary changes.

A passage of the second kind is explained by its own words: each is a sample from a Dirichlet-multinomial whose mean is
the whole talk (Eisenstein and Barzilay 2008, "Bayesian unsupervised topic segmentation"). The borders that explain all
words best are found exactly, by dynamic programming over blocks of sentences; pauses and turns of speech ("now to the
second question") make a border cheaper, an unusual length makes a passage dearer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, inf, lgamma, log, log2, sqrt
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import SHIFTS
from pipeline.segment.headings import choose_headings, talk_vocabulary
from pipeline.segment.topics import TOPICS, topic_of
from pipeline.types.article import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
                    total_here, gain_here = totals[begin % rows], gains[begin % rows]
                    surprise = lgamma(total_here + self.size) - lgamma(self.size) - total_here * log(self.size)
                    table[begin].append(surprise - gain_here)
        return table


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
    places_by_token: dict[Token, list[int]] = defaultdict(list)
    for place, token in enumerate(tokens):
        places_by_token[token].append(place)
    weights = dict.fromkeys(places_by_token, UNKNOWN)
    for token, places in places_by_token.items():
        if returns := len(places) - 1:
            soon = sum(later - earlier <= NEAR for earlier, later in pairwise(places))
            expected = returns * (1 - exp(-NEAR * len(places) / len(tokens)))
            weights[token] = min(1.0, max(LEAST, UNKNOWN + (soon - expected) / (returns + 2)))
    return weights


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
"""Cost of a border in nats: chance differences of vocabulary must not make one."""
LENGTH: Final = 2.0
"""Cost in nats of a passage e times longer or shorter than typical; grows with the square."""
CUE: Final = 8.0
"""Gain in nats for a turn of speech."""
PAUSE: Final = 4.0
"""Gain in nats for each doubling of a silence beyond `pause_seconds`."""
PAUSE_MOST: Final = 3
"""Doublings that count."""
CUED: Final = 3
"""A block before a turn of speech or a silence may be this many times shorter."""
SHORT: Final = 1e4
"""Cost of a passage below the shortest length: done only where nothing else is possible."""
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
    passages: list[Passage] = []
    for title, part in parts:
        if title and _length(part) <= settings.passage_words_most:
            passages.append(Passage(title, part, chapter=True))
        elif topics := _by_topic(part, settings):
            passages.append(Passage(title, topics[0], chapter=bool(title)))
            passages += [Passage("", topic) for topic in topics[1:]]
    taken = [passage.heading for passage in passages if passage.heading]
    unnamed = [at for at, passage in enumerate(passages) if not passage.heading]
    headings = choose_headings([passages[at].sentences for at in unnamed], talk_vocabulary(sentences), taken)
    for at, heading in zip(unnamed, headings, strict=True):
        passages[at] = replace(passages[at], heading=heading.text, heading_odds=heading.odds)
    return tuple(passages)


# --- chapters ---


def _by_chapter(
    sentences: tuple[Sentence, ...], chapters: tuple[Chapter, ...]
) -> list[tuple[str, tuple[Sentence, ...]]]:
    """Title and sentences of every chapter in which something is said.

    A very short one joins the one before it, or the first the one after it; the longer of two gives the title.
    """
    ordered = sorted(chapters, key=lambda chapter: chapter.start)
    starts = [chapter.start for chapter in ordered]
    titles = ["", *(chapter.title.strip() for chapter in ordered)]
    parts: list[tuple[str, tuple[Sentence, ...]]] = []
    current = 0
    for sentence in sentences:
        chapter = max(current, bisect_right(starts, sentence.start or 0.0))
        if parts and chapter == current:
            parts[-1] = (parts[-1][0], (*parts[-1][1], sentence))
        else:
            parts.append((titles[chapter], (sentence,)))
        current = chapter
    joined: list[tuple[str, tuple[Sentence, ...]]] = []
    for title, part in parts:
        if joined and (_length(part) < CHAPTER_WORDS or _length(joined[-1][1]) < CHAPTER_WORDS):
            title_before, before = joined.pop()
            longer = title_before if _length(before) >= _length(part) else title
            joined.append((longer, before + part))
        else:
            joined.append((title, part))
    return joined


# --- topics ---


@dataclass(frozen=True, slots=True)
class _Block:
    """Some sentences between two possible borders."""

    sentences: tuple[Sentence, ...]
    length: int
    stems: tuple[str, ...]
    gain: float
    """In nats: in favour of a border before it."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """Lengths of passages, in words."""

    least: float
    typical: float
    most: float


def _by_topic(sentences: tuple[Sentence, ...], settings: TextSettings) -> list[tuple[Sentence, ...]]:
    """The sentences divided where the topic changes.

    Bounds fit the length of the talk: short talks get short passages, and still more than one.
    """
    blocks = _blocks(sentences, settings)
    total = sum(block.length for block in blocks)
    typical = min(TYPICAL * sqrt(max(total, 1)), settings.passage_words_most * 0.6)
    limits = _Limits(min(settings.passage_words, typical / 2), typical, settings.passage_words_most)
    expected = total / typical
    fewest = round(min(0.6 * expected + 1, 1.27 * expected))
    greatest = max(1, round(1.27 * expected))
    costs = _passage_costs(blocks, limits)
    borders = _cheapest(costs)
    number = min(max(len(borders) - 1, fewest), greatest)
    if len(borders) - 1 != number:
        borders = _cheapest_of(number, costs) or borders
    return [
        tuple(sentence for block in blocks[begin:end] for sentence in block.sentences)
        for begin, end in pairwise(borders)
    ]


def _blocks(sentences: tuple[Sentence, ...], settings: TextSettings) -> list[_Block]:
    """The sentences in blocks of a few words, shorter before a turn of speech or a silence."""
    blocks: list[_Block] = []
    run: list[Sentence] = []
    gain = 0.0
    enough = max(BLOCK_WORDS, _length(sentences) / BLOCKS_MOST)
    for before, sentence in zip((None, *sentences), sentences, strict=False):
        opening = words(sentence.text[:80])
        gain_here = CUE if any(opening[: len(cue)] == cue for cue in SHIFTS) else 0.0
        if before is not None and before.end is not None and sentence.start is not None:
            silence = (sentence.start - before.end) / settings.pause_seconds
            gain_here += PAUSE * min(log2(silence), PAUSE_MOST) if silence > 1 else 0.0
        if run and _length(run) >= (enough / CUED if gain_here > 0 else enough):
            blocks.append(_block(run, gain))
            run = []
        if not run:
            gain = gain_here
        run.append(sentence)
    return [*blocks, _block(run, gain)] if run else []


def _block(sentences: Sequence[Sentence], gain: float) -> _Block:
    stems = tuple(stem for sentence in sentences for stem in content_stems(sentence.text))
    return _Block(tuple(sentences), _length(sentences), stems, gain)


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """The borders of the passages that cost least together: indices of blocks, with 0 and the number of blocks."""
    best, back = [0.0, *[inf] * len(costs)], [0] * (len(costs) + 1)
    for begin, row in enumerate(costs):
        for end, cost in enumerate(row, begin + 1):
            if best[begin] + cost < best[end]:
                best[end], back[end] = best[begin] + cost, begin
    borders = [len(costs)]
    while borders[-1]:
        borders.append(back[borders[-1]])
    return borders[::-1]


def _cheapest_of(number: int, costs: Sequence[Sequence[float]]) -> list[int]:
    """The borders of so many passages that cost least together; none when there cannot be so many."""
    best, backs = [0.0, *[inf] * len(costs)], []
    for _ in range(number):
        longer, back = [inf] * (len(costs) + 1), [0] * (len(costs) + 1)
        for begin, row in enumerate(costs):
            if best[begin] < inf:
                for end, cost in enumerate(row, begin + 1):
                    if best[begin] + cost < longer[end]:
                        longer[end], back[end] = best[begin] + cost, begin
        best = longer
        backs.append(back)
    borders = [len(costs)] if best[-1] < inf else []
    for back in reversed(backs if borders else []):
        borders.append(back[borders[-1]])
    return borders[::-1]


def _passage_costs(blocks: Sequence[_Block], limits: _Limits) -> list[list[float]]:
    """For each block the costs in nats of the passages that begin there, by length in blocks, up to the longest."""
    stems = [block.stems for block in blocks]
    vocabulary = make_urn(stems, STEM_PRIOR, burstiness([stem for bag in stems for stem in bag]))
    topics = [tuple(topic for stem in bag if (topic := topic_of(stem)) is not None) for bag in stems]
    subjects = make_urn(topics, TOPIC_PRIOR, dict.fromkeys(TOPICS.values(), 1.0))
    lengths: list[list[int]] = []
    for begin, block in enumerate(blocks):
        reach = [block.length]  # one block is always allowed
        for after in blocks[begin + 1 :]:
            if reach[-1] + after.length > limits.most:
                break
            reach.append(reach[-1] + after.length)
        lengths.append(reach)
    reaches = [len(each) for each in lengths]
    rows = zip(blocks, lengths, vocabulary.surprises(reaches), subjects.surprises(reaches), strict=True)
    return [
        [
            by_words + by_topics + _length_cost(length, limits) + BORDER - block.gain
            for length, by_words, by_topics in zip(*row, strict=True)
        ]
        for block, *row in rows
    ]


def _length_cost(length: int, limits: _Limits) -> float:
    unusual = LENGTH * log(max(length, 1) / limits.typical) ** 2
    return unusual + (SHORT * (1 - length / limits.least) if length < limits.least else 0.0)


def _length(sentences: Iterable[Sentence]) -> int:
    return sum(sentence.text.count(" ") + 1 for sentence in sentences)
