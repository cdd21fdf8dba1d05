"""What a judge is asked about an article: each sentence, headline and heading beside what it rests on.

Writers and the report ask in the same words, so that a judge that remembers need not answer twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic.formatting import format_date
from pipeline.arabic.labels import FURTHER
from pipeline.arabic.normalize import words
from pipeline.arabic.phrases import contains_phrase, find_words
from pipeline.arabic.retrieval import Retriever
from pipeline.arabic.stopwords import DEPENDENT_OPENERS, HANGING
from pipeline.types.article import Basis, Sentence
from pipeline.types.judging import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pipeline.types.article import Draft, Paragraph, Video

SHORT: Final = 6
"""Words below which a sentence of the talk is shown with its neighbours: `yes, because of that` says nothing alone."""
FRONT_RESTS, FRONT_NEAREST = 12, 6
"""Sentences of the talk beside which a headline or heading is judged, at most; so many because they come closest."""
_SUBJECT: Final = "يدور ما قيل في هذه الأرقام حول: "
"""Makes a claim of a heading, which claims nothing by itself; a judge sees the numbers behind it."""


def known_facts(title: str, channel: str, published: date | None) -> tuple[str, ...]:
    """What may stand in an article although nobody said it, a line each."""
    facts = (
        ("عنوان الفيديو", title),
        ("القناة", channel),
        ("تاريخ النشر", format_date(published) if published else ""),
    )
    return tuple(f"{name}: {value}" for name, value in facts if value)


def make_claim(
    text: str, cites: Iterable[int], said: Mapping[int, str], video: Video, quotes: Iterable[str] = ()
) -> Claim:
    """The claim of a statement that cites these numbers of `said`, a talk's sentences by number.

    Of the `quotes` those stay that stand in the evidence, as they stand there.
    """
    numbers = evidence_numbers(cites, said)
    evidence = tuple(said[number] for number in numbers)
    return Claim(text, evidence, standing_quotes(quotes, evidence), _known(video), numbers)


def evidence_numbers(cites: Iterable[int], said: Mapping[int, str]) -> tuple[int, ...]:
    """The cited sentences in order, and the neighbours of those that cannot be understood alone."""
    numbers = set(cites) & said.keys()
    for number in tuple(numbers):
        own = words(said[number])
        short = len(own) < SHORT
        numbers |= {number - 1} if short or own[0] in DEPENDENT_OPENERS else set()
        numbers |= {number + 1} if short or own[-1] in HANGING else set()
    return tuple(sorted(numbers & said.keys()))


def standing_quotes(quotes: Iterable[str], evidence: Sequence[str]) -> tuple[str, ...]:
    """The quotations that stand in the evidence, as they stand there, each once."""
    found = (next(filter(None, (find_words(quote, text) for text in evidence)), "") for quote in quotes)
    return tuple(dict.fromkeys(filter(None, found)))


def quotes_by_sentence(draft: Draft, said: Mapping[int, str]) -> Mapping[int, tuple[str, ...]]:
    """For each sentence of the talk the words in it that the article's statements name as what they rest on."""
    found: dict[int, list[str]] = {}
    for _, paragraph in draft.paragraphs():
        for statement in paragraph.statements:
            for number in evidence_numbers(statement.cites, said) if statement.quotes else ():
                found.setdefault(number, []).extend(quote for quote in statement.quotes if quote in said[number])
    return {number: tuple(dict.fromkeys(quotes)) for number, quotes in found.items()}


# --- headline and headings ---


def front_claims(draft: Draft, said: Mapping[int, str], video: Video) -> Iterator[tuple[str, Claim]]:
    """Title, headline and headings, each with its place, beside what was said for the sentences that they stand over.

    Without what is the video's own title, a title made of headings, and headings that claim nothing.
    """
    composed = any(_stands_in(section.heading, draft.title) for section in draft.sections)
    for place, told in (("title", draft.title), ("headline", draft.headline)):
        if not (_stands_in(told, video.title) or (place == "title" and composed)):
            yield place, title_claim(told, draft, said, video)
    for number, section in enumerate(draft.sections, 1):
        if section.heading not in {"", FURTHER}:
            cites = _cites(section.paragraphs)
            evidence = _front_evidence(section.heading, cites[:1], cites, said)
            yield f"sections.{number}", make_claim(f"{_SUBJECT}{section.heading}", evidence, said, video)


def _stands_in(phrase: str, text: str) -> bool:
    return contains_phrase(words(phrase), words(text))


def title_claim(text: str, draft: Draft, said: Mapping[int, str], video: Video) -> Claim:
    """A title or headline beside what was said for the lead and for the openings of the sections."""
    openings = [cites for section in draft.sections for cites in _cites(section.paragraphs)[:1]]
    body = [cites for _, paragraph in draft.paragraphs() for cites in _cites([paragraph])]
    evidence = _front_evidence(text, [*_cites([draft.lead]), *openings], body, said)
    return make_claim(text, evidence, said, video)


def _front_evidence(
    text: str, first: Iterable[Iterable[int]], cites: Iterable[Iterable[int]], said: Mapping[int, str]
) -> tuple[int, ...]:
    """Of the cited sentences those that come closest to the text, and those cited `first`, up to the limit."""
    cited = sorted({number for numbers in cites for number in numbers} & said.keys())
    near = Retriever([Sentence(number, said[number]) for number in cited]).nearest(text, FRONT_NEAREST)
    return tuple(dict.fromkeys([*near, *(number for numbers in first for number in numbers)]))[:FRONT_RESTS]


def _cites(paragraphs: Iterable[Paragraph]) -> list[tuple[int, ...]]:
    """What the statements about the speech cite, each."""
    return [each.cites for paragraph in paragraphs for each in paragraph.statements if each.basis is Basis.SPEECH]


def _known(video: Video) -> tuple[str, ...]:
    return known_facts(video.title, video.channel, video.published)
