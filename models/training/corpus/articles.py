"""Articles about talks of the corpus in the form that customers publish, every sentence with its lines."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.training.corpus.files import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from models.training.corpus.talks import Talk

MAIN_POINTS = 10
SECTIONS = (4, 7)
HEADING_WORDS = (2, 6)
WORDS = (300, 700)
_ENDED = re.compile(r"[.؟!]»?$")


@dataclass(frozen=True, slots=True)
class ArticleSentence:
    """One sentence, and the numbers of the talk's sentences that say it."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ModelArticle:
    """What an editor would make of a talk."""

    talk: str
    title: str
    headline: str
    lead: tuple[ArticleSentence, ...]
    background: tuple[ArticleSentence, ...]
    """Empty where the talk has none, as `challenges` and `outlook`."""
    lead_in: str
    """Leads to the sections and claims nothing."""
    sections: tuple[tuple[str, tuple[ArticleSentence, ...]], ...]
    challenges: tuple[ArticleSentence, ...]
    outlook: tuple[ArticleSentence, ...]
    conclusion: tuple[ArticleSentence, ...]
    main_points: tuple[ArticleSentence, ...]
    """The ten things that a reader must know."""

    @property
    def sentences(self) -> tuple[ArticleSentence, ...]:
        """Those that claim something, in reading order."""
        body = (sentence for _, part in self.sections for sentence in part)
        return (*self.lead, *self.background, *body, *self.challenges, *self.outlook, *self.conclusion)


def articles(folder: Path = CORPUS) -> tuple[ModelArticle, ...]:
    """The articles of the corpus, by talk."""
    paths = sorted((folder / "articles").glob("*.json"))
    return tuple(_article(json.loads(path.read_text(encoding="utf-8"))) for path in paths)


def _article(row: dict[str, Any]) -> ModelArticle:
    return ModelArticle(
        talk=row["talk"],
        title=row["title"],
        headline=row["headline"],
        lead=_sentences(row["lead"]),
        background=_sentences(row["background"]),
        lead_in=row["lead_in"],
        sections=tuple((part["heading"], _sentences(part["sentences"])) for part in row["sections"]),
        challenges=_sentences(row["challenges"]),
        outlook=_sentences(row["outlook"]),
        conclusion=_sentences(row["conclusion"]),
        main_points=_sentences(row["main_points"]),
    )


def _sentences(rows: list[dict[str, Any]] | None) -> tuple[ArticleSentence, ...]:
    return tuple(ArticleSentence(each["text"], tuple(each["lines"])) for each in rows or ())


def faults(article: ModelArticle, talk: Talk) -> Iterator[str]:
    """Where an article does not have its form, or names lines that are not there."""
    known = {sentence.number for sentence in talk.sentences}
    for each in (*article.sentences, *article.main_points):
        if not each.lines or not known.issuperset(each.lines):
            yield f"article {article.talk}: lines {each.lines} of {each.text}"
        if not _ENDED.search(each.text):
            yield f"article {article.talk}: no mark at the end of {each.text}"
    headings = [heading for heading, _ in article.sections]
    if not SECTIONS[0] <= len(set(headings)) == len(headings) <= SECTIONS[1]:
        yield f"article {article.talk}: {len(headings)} sections, {len(set(headings))} different headings"
    for heading in headings:
        if not HEADING_WORDS[0] <= len(heading.split()) <= HEADING_WORDS[1]:
            yield f"article {article.talk}: heading {heading}"
    if len(article.main_points) != MAIN_POINTS or not (article.lead and article.conclusion and article.lead_in):
        yield f"article {article.talk}: {len(article.main_points)} main points, or a part is missing"
    words = sum(len(each.text.split()) for each in article.sentences)
    if not WORDS[0] <= words <= WORDS[1]:
        yield f"article {article.talk}: {words} words"
