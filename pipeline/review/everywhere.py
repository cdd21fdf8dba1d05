"""A corrected name in every open draft of its channel: found first, replaced where a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.terms import find_term
from pipeline.errors import PipelineError, StaleDraft
from pipeline.review.blocks import blocks
from pipeline.review.diff import diff_words
from pipeline.types.review import UNREVIEWED, Decision, QueueFilter
from pipeline.verify.glossary import corrected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.arabic.terms import Term
    from pipeline.review.articles import ReviewArticle, ReviewArticles
    from pipeline.review.diff import Change
    from pipeline.types.article import Draft

DRAFTS_MOST: Final = 200
"""Drafts that are looked through for one name."""


@dataclass(frozen=True, slots=True)
class PlannedReplacement:
    """The places of one draft in which a name would be replaced."""

    video: str
    title: str
    draft: str
    """Digest of the draft that was looked through."""
    places: tuple[tuple[str, tuple[Change, ...]], ...]
    """Each block, with what would go and come there."""


def planned(articles: ReviewArticles, video: str, term: Term) -> tuple[PlannedReplacement, ...]:
    """The places of a term in this draft, and in the others of its channel that wait for a decision."""
    first = articles.open(video)
    channel = first.article.script.video.channel
    others = (review for review in _waiting(articles, channel, term) if review.video != video) if channel else ()
    plans = (_plan(review, term) for review in (first, *others))
    return tuple(plan for plan in plans if plan.places)


def replace_in(
    articles: ReviewArticles, term: Term, chosen: Sequence[tuple[str, str, str]]
) -> tuple[tuple[str, PipelineError], ...]:
    """Replace a term in the chosen blocks, each by video, digest and place; one act for each draft.

    Returns the videos that failed, with the error: a draft that changed since it was looked through is left alone.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for video, seen, place in chosen:
        wanted.setdefault((video, seen), set()).add(place)
    failed: list[tuple[str, PipelineError]] = []
    for (video, seen), places in wanted.items():
        try:
            with articles.lock:
                review = articles.open(video)
                if review.digest != seen:
                    message = f"{video}: the draft changed since it was shown"
                    raise StaleDraft(message)
                draft = corrected(review.article.draft, (term,), places)
                if draft != review.article.draft:
                    articles.record(review, draft, Decision.EDIT)
        except PipelineError as error:
            failed.append((video, error))
    return tuple(failed)


def _waiting(articles: ReviewArticles, channel: str, term: Term) -> Iterator[ReviewArticle]:
    """The drafts of a channel without a decision that have the words of a term."""
    conditions, seen, number = QueueFilter(channel=channel, words=term.wrong), 0, 1
    while (page := articles.queue(conditions, number)).rows and seen < DRAFTS_MOST:
        for row in page.rows:
            if row.status in UNREVIEWED:
                yield articles.open(row.id)
        seen, number = seen + len(page.rows), number + 1


def _plan(review: ReviewArticle, term: Term) -> PlannedReplacement:
    draft = review.article.draft
    return PlannedReplacement(review.video, draft.title, review.digest, tuple(_places(draft, term)))


def _places(draft: Draft, term: Term) -> Iterator[tuple[str, tuple[Change, ...]]]:
    after = {block.place: block.text for block in blocks(corrected(draft, (term,)))}
    for block in blocks(draft):
        if find_term(block.text, term) and after[block.place] != block.text:
            yield block.place, diff_words(block.text, after[block.place])
