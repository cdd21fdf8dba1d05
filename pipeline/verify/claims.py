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
HEADLINE_RESTS: Final = 6
"""Sentences of the article beside which its headline is judged, besides those of the lead."""
_SUBJECT: Final = "يدور هذا الكلام حول: "
"""Makes a claim of a heading, which claims nothing by itself."""


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
    evidence = tuple(said[number] for number in evidence_numbers(cites, said))
    return Claim(text, evidence, standing_quotes(quotes, evidence), _known(video))


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


def front_claims(draft: Draft, video: Video) -> Iterator[tuple[str, Claim]]:
    """The headline and the headings, each with its place, beside the article's own sentences that they stand over.

    These are judged themselves, and shorter than what was said for them. Without a headline that is the title's, and
    headings that claim nothing.
    """
    if not contains_phrase(words(draft.headline), words(draft.title)):
        yield "headline", title_claim(draft.headline, draft, video)
    for number, section in enumerate(draft.sections, 1):
        if section.heading != FURTHER:
            evidence = tuple(_spoken(section.paragraphs))
            yield f"sections.{number}", Claim(f"{_SUBJECT}{section.heading}", evidence, known=_known(video))


def title_claim(text: str, draft: Draft, video: Video) -> Claim:
    """A title or headline beside the lead, and the sentences of the article that come closest to it."""
    body = [told for _, paragraph in draft.paragraphs() for told in _spoken([paragraph])]
    near = Retriever([Sentence(at, told) for at, told in enumerate(body)]).nearest(text, HEADLINE_RESTS)
    evidence = dict.fromkeys([*_spoken([draft.lead]), *(body[at] for at in near)])
    return Claim(text, tuple(evidence), known=_known(video))


def _known(video: Video) -> tuple[str, ...]:
    return known_facts(video.title, video.channel, video.published)


def _spoken(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The texts of the statements about the speech."""
    return [each.text for paragraph in paragraphs for each in paragraph.statements if each.basis is Basis.SPEECH]
