"""Which sentences of a transcript are hard to read: an article that rests on them is doubtful, whatever was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.types.article import Article, Sentence

LONGEST: Final = 45
"""Words of a sentence beyond which nobody found its end: no Arabic speaker says so many in one breath."""


def is_hard_to_read(sentence: Sentence) -> bool:
    """Whether its end was not found.

    `Sentence.known` does not count: it tells words heard wrong from others little better than chance.
    """
    return len(sentence.text.split()) > LONGEST


def hard_share(article: Article) -> float:
    """The share, 0 to 1, of the words that an article cites which stand in sentences that are hard to read."""
    cited = {number for _, paragraph in article.draft.paragraphs() for number in paragraph.cites}
    words = {each: len(each.text.split()) for each in article.script.sentences if each.number in cited}
    hard = sum(count for sentence, count in words.items() if is_hard_to_read(sentence))
    return round(hard / sum(words.values()), 6) if words else 0.0
