"""Sentences of a draft with one word exchanged for another of the same kind, as an editor's slip would."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.arabic.affixes import strip_prefix
from pipeline.arabic.alignment import lookup_forms
from pipeline.arabic.names import unmistakable_name
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import figures, is_number_word
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stem import is_content_word, stem
from pipeline.review.blocks import paragraph_text
from pipeline.types.article import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import Article, Draft, Statement

_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_NUMBERS = "ثلاثة أربعة خمسة سبعة تسعة عشرين ثلاثين أربعين سبعين ألفين".split()  # noqa: SIM905 - a list


class Kind(StrEnum):
    """What is exchanged."""

    NAME = "name"
    FIGURE = "figure"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One sentence with one word exchanged."""

    place: str
    index: int
    """Of the statement in its paragraph."""
    before: str
    after: str


def exchanges(article: Article, kind: Kind, seed: int = 1) -> tuple[Exchange, ...]:
    """Every sentence of a draft that has a name, figure or word, with one of them exchanged.

    What comes in was said elsewhere in the talk, or is a common figure, and stands nowhere in the cited sentences.
    """
    rng = random.Random(seed)  # noqa: S311 - a sample
    tokens = [token.strip(PUNCTUATION) for each in article.script.sentences for token in each.text.split()]
    pools = {
        Kind.NAME: sorted({_bare(token) for token in tokens if _is(Kind.NAME, token)} | {"الصين", "البرازيل"}),
        Kind.FIGURE: [*sorted({token for token in tokens if token.isdecimal()}), *_NUMBERS, "37", "1984", "640"],
        Kind.WORD: sorted({token for token in tokens if _is(Kind.WORD, token)}),
    }
    said = {sentence.number: sentence.text for sentence in article.script.sentences}
    found = (
        (place, index, statement.text, _exchanged(kind, statement.text, evidence, pools[kind], rng))
        for place, index, statement in spoken(article.draft)
        if (evidence := " ".join(said[number] for number in statement.cites))
    )
    return tuple(Exchange(*each) for each in found if each[-1])


def typed(draft: Draft, made: Sequence[Exchange]) -> dict[str, str]:
    """The whole paragraphs with these exchanges, as an editor saves them, by place."""
    after = {(each.place, each.index): each.after for each in made}
    return {
        place: " ".join(
            after.get((place, index)) or paragraph_text(Paragraph((statement,)))
            for index, statement in enumerate(paragraph.statements)
        )
        for place, paragraph in draft.paragraphs()
        if place in {each.place for each in made}
    }


def spoken(draft: Draft) -> Iterator[tuple[str, int, Statement]]:
    """Every statement that cites the talk, with its place and its index there."""
    for place, paragraph in draft.paragraphs():
        for index, statement in enumerate(paragraph.statements):
            if statement.cites:
                yield place, index, statement


def _is(kind: Kind, token: str) -> bool:
    folded = words(token)
    if len(folded) != 1 or not token.strip(PUNCTUATION):
        return False
    word = folded[0]
    if kind is Kind.FIGURE:
        return token.isdecimal() or (is_number_word(word, "") and bool(figures(token)))
    if kind is Kind.NAME:
        return bool(unmistakable_name(word))
    return is_content_word(word) and not unmistakable_name(word) and not is_number_word(word, "") and len(word) > 3


def _bare(token: str) -> str:
    """A name without what is joined to it, but for its article."""
    return unmistakable_name(words(token)[0])


def _exchanged(kind: Kind, text: str, evidence: str, pool: Sequence[str], rng: random.Random) -> str:
    tokens = text.split()
    places = [at for at, token in enumerate(tokens) if _is(kind, token.strip(PUNCTUATION))]
    heard, heard_figures = {stem(word) for word in words(evidence)}, figures(evidence)
    heard_names = [name for word in words(evidence) if (name := unmistakable_name(word))]
    if not places:
        return ""
    at = rng.choice(places)
    bare = tokens[at].strip(PUNCTUATION)
    own_forms = {form for word in words(bare) for form in lookup_forms(word)}
    others = [
        other
        for other in pool
        if not {stem(word) for word in words(other)} & heard
        and not {form for word in words(other) for form in lookup_forms(word)} & own_forms
        and _core(other) not in {_core(bare), *map(_core, heard_names)}
        and (kind is not Kind.FIGURE or (other.isdecimal() == bare.isdecimal() and not figures(other) & heard_figures))
    ]
    if not others:
        return ""
    tokens[at] = tokens[at].replace(bare, rng.choice(others))
    return " ".join(tokens)


def _core(token: str) -> str:
    return strip_prefix(words(token)[0], _ARTICLES, 2)
