"""What an article has of its talk, and what it leaves out: by the word, at its place in the video."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.arabic.labels import PART_NAMES
from pipeline.arabic.normalize import words
from pipeline.types.article import Basis, Coverage, Omission, SectionCoverage, TimeSpan
from pipeline.verify.check import QUOTE, verbatim_positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.types.article import Draft, Script, Sentence, Statement

WINDOW: Final = 100
"""About as many words has each of the equal stretches of which an article should have something."""


def talk_end(script: Script) -> float:
    """Seconds from the start of the video to its end, or to the last word when the source does not tell its length."""
    times = (time for sentence in script.sentences for time in (sentence.start, sentence.end) if time is not None)
    return max(script.video.seconds or 0.0, *times, 0.0)


def gaps(spans: Iterable[TimeSpan], end: float) -> tuple[TimeSpan, ...]:
    """The stretches from 0 to the end, in order, that lie in none of the spans."""
    missing: list[TimeSpan] = []
    shown = 0.0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > shown:
            missing.append(TimeSpan(shown, span.start))
        shown = max(shown, span.end)
    if end > shown:
        missing.append(TimeSpan(shown, end))
    return tuple(missing)


def coverage(draft: Draft, script: Script) -> Coverage:
    """What a draft has of a talk, by the word; linear in both."""
    talk = _spoken_words(script)
    by_sentence: dict[int, list[int]] = {}
    for at, word in enumerate(talk):
        by_sentence.setdefault(word.sentence, []).append(at)
    named = {words(script.video.title), *(words(section.heading) for section in draft.sections)}
    parts: list[tuple[str, set[int]]] = []
    for part in draft.parts():
        heading = PART_NAMES[part.place] if part.heading is None else part.heading
        statements = (each for _, paragraph in part.paragraphs for each in paragraph.statements)
        parts.append((heading, {at for each in statements for at in _used_words(each, named, talk, by_sentence)}))
    used: set[int] = set().union(*(places for _, places in parts))
    count = max(1, round(len(talk) / WINDOW))
    windows = [range(len(talk) * at // count, len(talk) * (at + 1) // count) for at in range(count)]
    sections = (SectionCoverage(heading, tuple(_spans(sorted(places), talk))) for heading, places in parts if places)
    return Coverage(
        len(talk),
        len(used),
        sum(not used.isdisjoint(window) for window in windows) / count,
        _longest_omission(sorted(used), talk),
        tuple(sections) if script.timed else (),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a talk, as written between spaces."""

    parts: tuple[str, ...]
    """Folded: `3.14` has two."""
    sentence: int
    start: float | None
    end: float | None


def _spoken_words(script: Script) -> list[_Word]:
    return [word for sentence in script.sentences for word in _words_of(sentence)]


def _words_of(sentence: Sentence) -> Iterator[_Word]:
    """The words of a sentence; where it has no times of its own, they are spread evenly over it."""
    tokens = sentence.text.split()
    if sentence.start is None:
        starts: Sequence[float | None] = [None] * (len(tokens) + 1)
    else:
        end = sentence.start if sentence.end is None else max(sentence.start, sentence.end)
        even = [sentence.start + (end - sentence.start) * at / len(tokens) for at in range(len(tokens))]
        starts = [*(sentence.times if len(sentence.times) == len(tokens) else even), end]
    for at, token in enumerate(tokens):
        if parts := words(token):
            yield _Word(parts, sentence.number, starts[at], starts[at + 1])


def _used_words(
    statement: Statement, named: set[tuple[str, ...]], talk: Sequence[_Word], by_sentence: dict[int, list[int]]
) -> Sequence[int]:
    """The places of the words that a statement quotes, or else of all words of the sentences it rests on.

    What it says in quotation marks of the title or of a heading (`named`) is no quotation.
    """
    if statement.basis is not Basis.SPEECH:
        return ()
    cited = [at for number in sorted(set(statement.cites)) for at in by_sentence.get(number, ())]
    row = [(part, at) for at in cited for part in talk[at].parts]
    claim = words(QUOTE.sub(lambda quote: " " if words(quote[0]) in named else quote[0], statement.text))
    positions, _ = verbatim_positions(claim, [part for part, _ in row])
    return cited if positions is None else [row[position][1] for position in positions]


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring places; these are in order."""
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[first], places[at - 1]
            first = at


def _spans(places: Sequence[int], talk: Sequence[_Word]) -> Iterator[TimeSpan]:
    for first, last in _runs(places):
        if (span := _span(first, last, talk)) is not None:
            yield span


def _span(first: int, last: int, talk: Sequence[_Word]) -> TimeSpan | None:
    start, end = talk[first].start, talk[last].end
    return None if start is None or end is None else TimeSpan(start, max(start, end))


def _longest_omission(used: Sequence[int], talk: Sequence[_Word]) -> Omission | None:
    """The longest run of words that are not used; the first of several."""
    borders = [-1, *used, len(talk)]
    length, first = max(
        ((after - before - 1, before + 1) for before, after in pairwise(borders)),
        key=lambda each: (each[0], -each[1]),
    )
    if not length:
        return None
    last = first + length - 1
    return Omission(length, talk[first].sentence, talk[last].sentence, _span(first, last, talk))
