"""How much of a talk an article without a model tells: words quoted, and main points of which half the words are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.restore.quran import EmbeddedQuran
from models.restore.restorer import EmbeddedRestorer
from models.training.corpus.captioned import aligned, split_token
from models.writers.quoting import quoting_draft
from pipeline.evaluate.measures import OURS, ResultRow
from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings, WriterSettings
from pipeline.sources.files import FileSource
from pipeline.types.article import SourceKind, VideoReference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.types.article import Recording

TALKS: Final = "articles_gold"
POINTS, LEAST = "main points, half of their words quoted", "words quoted, the talk with the fewest"


@dataclass(frozen=True, slots=True)
class PointedTalk:
    """A talk, and the captions that each of its main points rests on, numbered from 1."""

    recording: Recording
    points: tuple[frozenset[int], ...]


def of_articles(shared: Path) -> Iterator[ResultRow]:
    """The figures on the talks that an editor named ten main points of."""
    told = [_told(talk) for talk in _pointed_talks(shared)]
    points = [point for _, found in told for point in found]
    yield ResultRow(TALKS, POINTS, OURS, sum(points) / len(points), len(points))
    yield ResultRow(TALKS, LEAST, OURS, min(share for share, _ in told), len(told))


def _pointed_talks(shared: Path) -> Iterator[PointedTalk]:
    for path in sorted((shared / "data" / TALKS).glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        source = VideoReference(SourceKind.FILE, str(shared / "data" / article["talk"]))
        points = tuple(frozenset(point["lines"]) for point in article["main_points"])
        yield PointedTalk(FileSource().fetch(source), points)


def _told(talk: PointedTalk) -> tuple[float, list[bool]]:
    """The share (0 to 1) of the talk's words that its article quotes, and for each point whether half of its are."""
    script = prepare(talk.recording, TextSettings(), EmbeddedRestorer(), EmbeddedQuran())
    draft = quoting_draft(script, WriterSettings().quoted_share)
    statements = [each for _, paragraph in draft.paragraphs() for each in paragraph.statements]
    quoted = {number for each in statements if each.text.endswith("»") for number in each.cites}
    published = [(split_token(word)[0], s.number in quoted) for s in script.sentences for word in s.text.split()]
    captions = enumerate(talk.recording.transcript.captions, 1)
    heard = [(word, number) for number, caption in captions for word in caption.text.split()]
    places = aligned([word for word, _ in published], [word for word, _ in heard])
    taken = {place for at, place in places.items() if published[at][1]}
    points = []
    for lines in talk.points:
        words = [place for place, (_, number) in enumerate(heard) if number in lines]
        points.append(2 * len(taken.intersection(words)) >= len(words) > 0)
    return len(taken) / len(heard), points
