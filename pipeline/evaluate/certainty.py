"""Whether what a script says of its own certainty holds: `Sentence.end_odds` and `Sentence.known` against gold."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from models.training.corpus import captioned
from models.training.pairs import area
from pipeline.evaluate.measures import OURS, ResultRow
from pipeline.segment.boundaries import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.evaluate.unit_gold import GoldTalk
    from pipeline.types.article import Sentence

    Judged = list[tuple[float, bool]]

SURE_ENDS: Final = "area under the curve of end odds"
KNOWN: Final = "area under the curve of known words"
TRUE_ENDS: Final = "ends that are true"
PROMISED, FOUND = "promised", "found"


def rows(data: str, made: Iterable[tuple[GoldTalk, Sequence[Sentence]]]) -> Iterator[ResultRow]:
    """How well the odds tell true ends from others, and `known` the sentences without a misheard word from others.

    Areas under the receiver operating curve; beside them the share of true ends that the odds promise. Ends that are
    decided and sentences that nobody judged are left out, and a figure for which only one kind is there.
    """
    ends: Judged = []
    heard: Judged = []
    for talk, sentences in made:
        some, others = judged(talk, sentences)
        ends += some
        heard += others
    # Of misheard words a set has too few for a floor.
    for measure, system, pairs in ((SURE_ENDS, OURS, ends), (KNOWN, FOUND, heard)):
        if len({right for _, right in pairs}) > 1:
            yield ResultRow(data, measure, system, area(*zip(*pairs, strict=True)), len(pairs))
    if ends:
        promised = sum(1 / (1 + exp(-odds)) for odds, _ in ends) / len(ends)
        yield ResultRow(data, TRUE_ENDS, PROMISED, promised, len(ends))
        yield ResultRow(data, TRUE_ENDS, FOUND, sum(right for _, right in ends) / len(ends), len(ends))


def judged(talk: GoldTalk, sentences: Sequence[Sentence]) -> tuple[Judged, Judged]:
    """The odds of each end in the judged stretch, and whether it is true; and the same of `known`.

    A sentence is truly known if all of its words are what was said.
    """
    words = [[captioned.split_token(token)[0] for token in sentence.text.split()] for sentence in sentences]
    places = captioned.aligned([word for each in words for word in each], [word.heard for word in talk.words])
    ends: Judged = []
    heard: Judged = []
    begin = 0
    for sentence, own in zip(sentences, words, strict=True):
        found = [places[at] for at in range(begin, begin + len(own)) if at in places]
        begin += len(own)
        inside = [talk.words[place] for place in found if talk.first <= place <= talk.last]
        if inside and sentence.known is not None:
            heard.append((sentence.known, all(word.written for word in inside)))
        decided = sentence.end_odds is None or sentence.end_odds >= CLOSED
        if found and talk.first <= found[-1] < talk.last and not decided:
            ends.append((sentence.end_odds or 0.0, talk.words[found[-1]].mark in {".", "؟"}))
    return ends, heard
