"""Links between the finished articles of a library: related subjects, and neighbours in a list."""

from __future__ import annotations

import re
from collections import Counter
from heapq import nsmallest
from math import log
from typing import TYPE_CHECKING

from pipeline.arabic.boilerplate import FRAME
from pipeline.arabic.formatting import format_date
from pipeline.arabic.normalize import words
from pipeline.arabic.nouns import NOUNS
from pipeline.arabic.phrases import phrase_index, phrase_positions
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stem import is_content_word, stem
from pipeline.arabic.stopwords import CREEDS, GREETINGS, HONORIFICS, META, PRAYERS, REVERED
from pipeline.arabic.titles import video_subject
from pipeline.types.article import ArticleCard, Basis
from pipeline.types.batch import FINISHED
from pipeline.types.links import AdjacentArticle, RelatedArticle, SeriesPosition

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import date

    from pipeline.types.article import Article, Draft, Video
    from pipeline.types.batch import Series, VideoRecord


_TERMS = 40
"""Words that a card remembers."""
_TITLE, _HEADING, _BODY = 6, 4, 1
"""Weight of a word by where it stands: a title says what an article is about."""
_FRAMING = ("lead", "transition")
"""Parts that only lead to the others."""
_SHARED_LEAST = 3
"""Fewest common words of two related articles; two are chance."""
_RARE_MOST = 40
"""Most articles that have a word by which others are found; commoner words only weigh. Without such a bound, finding
the neighbours of all articles takes time with the square of their number."""
_CANDIDATES_MOST = 40
"""Articles that are weighed for one, those with most of its rare words."""
_LEADING = 12
"""Places of a card among which both must have one common word: words that both say in passing make no subject."""
_COMMON = 0.5
"""Share of a library's articles above which a word tells nothing about any of them."""
_FEW = 4
"""Articles below which that share means nothing."""
_SHOWN = 5
"""Most common words named as the reason."""
_FORMULAS = phrase_index({*HONORIFICS, *CREEDS, *GREETINGS, *META})
"""What is said in passing, whatever a talk is about."""
_VAGUE = frozenset(
    map(
        stem,
        words("""
        قلب قلوب حياة نفس نفوس روح ناس إنسان بشر رجل رجال امرأة طفل ولد بنت أب أم ابن أخ صاحب يوم أيام ليلة سنة سنوات
        عام أعوام شهر وقت زمن لحظة مرة مرات شيء أشياء حاجة أمر أمور كلام كلمة كلمات سؤال جواب قصة حكاية فكرة موضوع
        مشكلة حل سبب طريق طريقة مكان بيت دنيا عالم أرض سماء عين يد وجه أول آخر كبير كبيرة صغير جديد جديدة مهم مختلف
        خير شر حب خوف عمل فعل قول رأي معنى حال حالة نوع جزء جانب عدد رقم مليون مليار ألف دعاء رحمة بركة رب
        عبد عباد عبادة إيمان مؤمن مؤمنين مسلم مسلمين إسلام دين تقوى عظيم كريم صالح أكرم قبول رسول أنبياء آية أمة
        خلق فضل نعمة نعم ذنب ذنوب أجر ثواب طاعة أعمال بلاد
        """),
    )
) | {stem(word) for word in REVERED}
"""Stems of words that talks on any subject share, or sermons on any."""
_VERSE = re.compile("﴿[^﴾]*﴾?")
_VERB_ENDING = "وا"


def series_positions(shelved: Iterable[tuple[str, Series]]) -> dict[str, tuple[SeriesPosition, ...]]:
    """The positions of each article in its lists, by its folder; each list comes with the folder of its page."""
    positions: dict[str, tuple[SeriesPosition, ...]] = {}
    for page, series in shelved:
        made = [video for video in series.videos if video.status in FINISHED and video.folder]
        for video, before, after in zip(made, [None, *made], [*made[1:], None], strict=False):
            neighbours = (_adjacent(before, video), _adjacent(after, video))
            position = SeriesPosition(series.list_record.title, f"../../series/{page}", *neighbours)
            positions[video.folder] = (*positions.get(video.folder, ()), position)
    return positions


def _adjacent(other: VideoRecord | None, of: VideoRecord) -> AdjacentArticle | None:
    if other is None:
        return None
    return AdjacentArticle(_distinct(other.title or other.id, other.published, {of.title}), f"../{other.folder}")


def _distinct(title: str, published: date | None, others: Container[str]) -> str:
    """A title, with its day where another is the same."""
    return f"{title} ({format_date(published)})" if published and title in others else title


def make_card(article: Article, folder: str) -> ArticleCard:
    """The card by which a library remembers an article: the words that its title, headings and body use most.

    One of each stem, in its shortest form (`بغداد`, not `وبغداد`). Statements about the metadata do not count, since
    every article has them, nor does a title that names only who speaks and when.
    """
    weights: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for text, weight in _weighted_texts(article.draft, article.script.video):
        for root, word in _roots(text):
            weights[root] += weight
            spelled[root] = min(spelled.get(root, word), word, key=len)
    ranked = sorted(weights, key=lambda root: (-weights[root], root))[:_TERMS]
    terms = tuple(spelled[root] for root in ranked)
    return ArticleCard(
        article.script.video.id,
        article.draft.title,
        folder,
        terms,
        len(article.report.findings),
        shortfall=article.draft.account.shortfall if article.draft.account else "",
        published=article.script.video.published,
    )


def _weighted_texts(draft: Draft, video: Video) -> Iterator[tuple[str, int]]:
    """The texts that name the subject of a draft, sections last: of two spellings of equal length the first is kept."""
    nameless = not video_subject(video).subject
    yield from ((text, _TITLE) for text in (draft.title, draft.headline) if not (nameless and text in video.title))
    parts = [part for part in draft.parts() if part.place not in _FRAMING]
    yield from ((part.heading, _HEADING) for part in parts if part.heading is not None)
    for part in sorted(parts, key=lambda part: part.heading is not None):
        for _, paragraph in part.paragraphs:
            for statement in paragraph.statements:
                if statement.basis is Basis.SPEECH and PRAYERS.isdisjoint(words(statement.text)[:1]):
                    yield statement.text, _BODY


def _roots(text: str) -> Iterator[tuple[str, str]]:
    """The stem of each word that can name a topic, with the word as it is spelled.

    Not of verses, `the speaker adds`, blessings and greetings, or of words that go with any subject.
    """
    plain = _VERSE.sub(" ", text)
    tokens = [(token, folded[0]) for token in plain.split() if len(folded := words(token)) == 1]
    hidden = phrase_positions([word for _, word in tokens], _FORMULAS)
    for place, (token, word) in enumerate(tokens):
        if place in hidden or not is_content_word(word) or not FRAME.isdisjoint((word, word[1:])):
            continue
        if (root := stem(word)) not in _VAGUE and not word.endswith(_VERB_ENDING):
            yield root, _without_and(token.strip(PUNCTUATION), word)


def _without_and(spelled: str, word: str) -> str:
    """A word without the `and` that is written together with it, where what is left is known to be a word."""
    joined = word[0] == "و" == spelled[0] and word not in NOUNS
    return spelled[1:] if joined and (word[1:] in NOUNS or word[1:3] == "ال") else spelled


class RelatedFinder:
    """A library prepared for relating many of its articles: words are looked up, not compared article by article."""

    def __init__(self, cards: Iterable[ArticleCard]) -> None:
        self._cards = {card.id: (_ranks(card), card) for card in cards}
        self._having: dict[str, list[str]] = {}
        for name, (ranks, _) in self._cards.items():
            for root in ranks:
                self._having.setdefault(root, []).append(name)

    def of(self, of: ArticleCard, limit: int) -> tuple[RelatedArticle, ...]:
        """The articles that share at least three telling words with this one, closest first; often none.

        A common word counts more the higher it stands on both cards and the fewer articles of the library have it. The
        article itself is never among them. The time does not grow with the library.
        """
        known, known_card = self._cards.get(of.id, ({}, of))
        others = len(self._cards) - (of.id in self._cards)
        spread_most = others * _COMMON if others >= _FEW else others
        ranks = known if known_card == of and known else _ranks(of)
        spreads = {root: len(self._having.get(root, ())) - (root in known) for root in ranks}
        rarity = {root: log(1 + others / n) for root, n in spreads.items() if 0 < n <= spread_most}
        values: dict[str, dict[str, float]] = {}
        for name in self._candidates([root for root in rarity if spreads[root] <= _RARE_MOST], of.id):
            theirs = self._cards[name][0]
            common = rarity.keys() & theirs.keys()
            leading = any(ranks[root] < _LEADING and theirs[root] < _LEADING for root in common)
            if len(common) >= _SHARED_LEAST and leading:  # a word counts less that stands low on either card
                values[name] = {root: rarity[root] / (2 + ranks[root] + theirs[root]) for root in sorted(common)}
        names = sorted(values, key=lambda name: (-sum(values[name].values()), name))[:limit]
        titles = Counter([of.title, *(self._cards[name][1].title for name in names)])
        repeated = {title for title, times in titles.items() if times > 1}
        related: list[RelatedArticle] = []
        for name in names:
            most_telling = sorted(values[name], key=lambda root: (-values[name][root], root))[:_SHOWN]
            other = self._cards[name][1]
            title = _distinct(other.title, other.published, repeated)
            reason = tuple(of.terms[ranks[root]] for root in most_telling)
            related.append(RelatedArticle(name, title, f"../{other.folder}", reason))
        return tuple(related)

    def _candidates(self, rare: Iterable[str], without: str) -> list[str]:
        """The articles with most of these words."""
        having: Counter[str] = Counter()
        for root in rare:
            having.update(self._having[root])
        del having[without]
        return nsmallest(_CANDIDATES_MOST, having, key=lambda name: (-having[name], name))


def _ranks(card: ArticleCard) -> dict[str, int]:
    """The rank of each stem on a card, from 0."""
    ranks: dict[str, int] = {}
    for rank, term in enumerate(card.terms):
        ranks.setdefault(stem(term_words[0]) if (term_words := words(term)) else term, rank)
    return ranks
