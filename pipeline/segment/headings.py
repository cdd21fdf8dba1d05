"""Headings: a short noun phrase from a passage's own words, with the odds that it names the passage.

How likely each word of a passage stands in its heading is learned from Wikipedia, and what makes a phrase a heading
from the project's corpus of talks (`models/training/headings.py`): what the speaker announces, what the sentences come
back to, what is said early, and no noun that any talk has. Of the noun phrases that were said the best ones are taken,
so that no two passages of a talk share one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import exp, log
from statistics import fmean
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import HEADING_ENDINGS, JOINED_ARTICLES, PRESENT_LETTERS
from pipeline.arabic.formatting import MONTHS
from pipeline.arabic.names import PLACES
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.salience import aside_reason
from pipeline.arabic.stem import content_stems, is_content_word, stem
from pipeline.arabic.stopwords import PRAYERS, REVERED, VAGUE
from pipeline.segment.heading_weights import LENGTH, WEIGHTS
from pipeline.segment.noun_phrases import noun_phrases, word_usage
from pipeline.segment.phrase_weights import ODDS_BIAS, ODDS_WEIGHTS, PHRASE_WEIGHTS
from pipeline.segment.topics import topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.segment.noun_phrases import NounPhrase, WordUsage
    from pipeline.types.article import Sentence

LONG: Final = 4
"""Words of a long phrase."""
ALONE: Final = 2
"""Fewest times that a word must be said to be a heading alone."""
EVERYWHERE: Final = 0.3
"""Factor for a word that is said no more often here than in the rest of the talk: it tells no passages apart."""
REVERENCE: Final = 0.3
"""Factor for the name of God: some speakers say it whatever they speak of."""
_REVERED: Final = frozenset(map(stem, REVERED))
_GENERAL: Final = frozenset(
    fold("""
    عالم مشكلة مشاكل حل حلول دولة دول بلد بلاد إنسان شركة شركات حياة دنيا قصة حكاية عمل شغل رجل راجل مرأة ست بنت
    ولد أولاد شباب بيت طريق باب قرار أمور نتيجة نتائج هدف خطة فرق كلمة جملة رقم أرقام قيمة قدرة حقيقة فكرة طرف
    أطراف جهة مجتمع حكومة رئيس مدير خير شر حق قلب قلوب نفس أرض سماء أحداث حدث وضع ظروف أوضاع تجربة خطوة مرحلة
    صورة جانب علاقة أهمية دور سؤال إجابة مكان وقت زمن زمان فترة أيام شهر عمر جسم عين يد ناس قوم اتفاق اجتماع
    أهداف أساس مستخدم مستخدمين منصة موقف إدارة محتوى بيانات حركة سياسة سياسات ثمن تمن ولاد عيال بنات ستات رجالة ميل
    مليون دولار
    """).split()
)
"""Nouns that name no section alone, since any talk may say them: folded, without their article."""
_LANDS: Final = frozenset(PLACES) | frozenset(
    fold("""
    أمريكا أمريكي أمريكية كوريا كوري كورية روسيا روسي روسية فرنسا فرنسي فرنسية بريطانيا بريطاني بريطانية أوروبا أوروبي
    أوروبية مصر مصري مصرية سوريا سوري سورية لبنان لبناني إيران إيراني إيرانية إسرائيل إسرائيلي إسرائيلية الصيني الصينية
    ألماني ألمانية ياباني يابانية هندي هندية سعودي سعودية عراقي عراقية عربي عربية تركي تركية ولايات الولايات متحدة
    المتحدة
    """).split()
)
"""Countries, and what belongs to them."""
_LAND_STEMS: Final = frozenset(stem for word in _LANDS for stem in content_stems(word))
_COMMON: Final = _LAND_STEMS | frozenset(
    stem for word in (*_GENERAL, *fold("شمالية جنوبية شرقية غربية").split()) for stem in content_stems(word)
)
_MONTHS: Final = frozenset(map(fold, MONTHS))
_PRAYS: Final = PRAYERS | frozenset(fold("أشهد وأشهد نشهد ونشهد").split())
"""Words of sentences that name no subject, wherever they stand in them."""
_ASKS: Final = re.compile(r"(?:^|\s)ما\s(?:هو|هي|معني)$")
"""What a question says before its subject; elsewhere it is no question but `that which is`."""
_ANNOUNCES: Final = re.compile(
    r"""(?:
    (?:^|\s)(?:\w{0,2}تكلم\w*|\w{0,2}تحدث\w*|\w{0,2}نحك\w*|احك\w*|حديثنا|الحديث|كلامنا|موضوعنا|\w{0,2}نتقل|نيجي|نجي|ناتي
        |\w?نبدا|ابدا|هنشوف|نشوف|نعرف|اسمه|اسمها|يسمي|تسمي|بنسمي\w*|بيسمو\w*)
        (?:\s\w+){0,2}?(?:\s(?:عن|في|الي|علي|هو|هي|ب\w*|ل\w*))?
    |(?:^|\s)(?:ايه|شو|وش|ايش)\s(?:هو|هي|معني)|يعني\sايه
    |(?:الاول\w?|الثاني\w?|التاني\w?|الثالث\w?|التالت\w?|الرابع\w?|الخامس\w?|الاخير\w?|اولا|ثانيا|ثالثا|رابعا|حاجه)
        (?:\s(?:هو|هي|هيه|كان|كانت))?
    )$""",
    re.VERBOSE,
)
"""What folded words end with before a subject that they announce: `we talk today about`, `what is`, `the second is`."""
GIVING_WAY: Final = 1.0
"""How far below a lone noun's score a phrase that has it may lie and be taken instead: it says which."""
GOOD_ODDS: Final = 0.13
"""Odds from which on a heading may stand.

Of 51 headings read beside their passages 19 reach it, of which 17 name them; of the other 32 it is 10.
"""
UNFIT: Final = 0.5
"""Factor of the odds of a phrase that is said once, or of which the rest of the talk speaks as much."""
SAID: Final = 2
"""Fewest times that a phrase is said in its passage to be fit for a heading."""
OWN: Final = 0.5
"""Share of the times a phrase is said that are in its passage, for it to tell the passage apart."""
DENSER: Final = 1.5
"""Or how many times as often it is said there, by the word, as in the whole talk."""
ONLY: Final = 0.8
"""The same share for a country or a general noun with a country's adjective: `the American government`."""
_NAMING_BEFORE: Final = frozenset(fold("أبو أبي أبا ابن بن بنت عبد آل أم رواه أخرجه").split())
"""Words before the rest of a name, and before who handed something down."""


@dataclass(frozen=True, slots=True)
class TalkVocabulary:
    """The words of a whole talk, as choosing headings needs them."""

    stems: Mapping[str, int]
    """How often each stem is said."""
    total: int
    """How often they are said together."""
    subjects: Mapping[int, float]
    """Share of each subject in the stems."""
    used: WordUsage


def talk_vocabulary(sentences: Sequence[Sentence]) -> TalkVocabulary:
    """Count the words of a talk, once for all its passages."""
    stems = Counter(stem for sentence in sentences for stem in content_stems(sentence.text))
    return TalkVocabulary(
        stems, stems.total(), _subject_shares(stems), word_usage([sentence.text for sentence in sentences])
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A phrase that was said in a passage."""

    text: str
    """Empty where nothing that was said makes a heading."""
    odds: float
    """From 0 to 1: how likely it names what the passage is about."""


def choose_headings(
    passages: Sequence[Sequence[Sentence]], talk: TalkVocabulary, taken: Iterable[str] = ()
) -> tuple[Heading, ...]:
    """For each passage one to six neighbouring words of it that name what it is about, or none.

    A phrase goes to the passage that it names best; no two headings, and none with one already taken, share more than
    half of their words. One that is not said again, or not mostly here, has odds below `GOOD_ODDS`.
    """
    used = [(frozenset(content_stems(heading)), frozenset(words(heading))) for heading in taken]
    found = [tuple(phrase_features(passage, talk)) for passage in passages]
    fits = _fit_phrases(found, [sum(len(each.text.split()) for each in passage) for passage in passages])
    ranked = sorted(
        ((_score(features), -at, phrase, features) for at, phrases in enumerate(found) for phrase, features in phrases),
        key=lambda each: each[:2],
        reverse=True,
    )
    chosen: dict[int, Heading] = {}
    for score, place, alone, of_alone in ranked:
        phrase, features = next(
            (
                (other, of_other)
                for worth, at, other, of_other in ranked
                if len(alone.stems) == 1 < len(other.stems) and at == place and worth >= score - GIVING_WAY
                if set(other.stems) > set(alone.stems)
            ),
            (alone, of_alone),
        )
        own = frozenset(phrase.stems), frozenset(phrase.words)
        if -place not in chosen and not any(_repeats(own, other) for other in used):
            used.append(own)
            odds = _odds(features)
            fit = not fits[-place].isdisjoint((phrase.words, alone.words))
            chosen[-place] = Heading(phrase.text, odds if fit else min(odds, GOOD_ODDS * UNFIT))
    return tuple(chosen.get(at, Heading("", 0.0)) for at in range(len(passages)))


def _repeats(one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]) -> bool:
    """Whether two headings, each as its stems and its words, share more than half of the shorter one."""
    pairs = zip(one, other, strict=True)
    return any(2 * len(mine & its) > max(1, min(len(mine), len(its))) for mine, its in pairs)


def _fit_phrases(
    found: Sequence[Sequence[tuple[NounPhrase, Mapping[str, float]]]], lengths: Sequence[int]
) -> list[set[tuple[str, ...]]]:
    """For each passage the phrases that it says again, and more than the rest of the talk does."""
    counts = [{phrase.words: round(exp(features["said"])) for phrase, features in phrases} for phrases in found]
    said: Counter[tuple[str, ...]] = Counter()
    for each in counts:
        said.update(each)
    return [
        {
            own
            for own, times in each.items()
            if times >= SAID
            and (times >= OWN * said[own] or times * sum(lengths) >= DENSER * said[own] * length)
            and (times >= ONLY * said[own] or not _is_land(content_stems(" ".join(own))))
        }
        for each, length in zip(counts, lengths, strict=True)
    ]


def _is_land(stems: Sequence[str]) -> bool:
    """Whether a phrase names a country, or a general noun with a country's adjective."""
    return _COMMON.issuperset(stems) and not _LAND_STEMS.isdisjoint(stems)


def _score(features: Mapping[str, float]) -> float:
    return sum(PHRASE_WEIGHTS[name] * value for name, value in features.items())


def _odds(features: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-ODDS_BIAS - sum(ODDS_WEIGHTS[name] * value for name, value in features.items())))


def phrase_features(passage: Sequence[Sentence], talk: TalkVocabulary) -> Iterator[tuple[NounPhrase, dict[str, float]]]:
    """Each noun phrase of a passage that can be its heading, with the features of its worth by name."""
    chances = likelihoods(passage, talk)
    said: dict[tuple[str, ...], list[tuple[int, NounPhrase]]] = {}
    for at, sentence in enumerate(passage):
        if aside_reason(sentence) is None and _PRAYS.isdisjoint(words(sentence.text)):
            for phrase in noun_phrases(sentence.text, talk.used):
                if not _is_part(phrase):
                    said.setdefault(phrase.words, []).append((at, phrase))
    stems_said = [frozenset(content_stems(sentence.text)) for sentence in passage]
    spread = Counter(stem for own in stems_said for stem in own)
    counts = Counter(stem for sentence in passage for stem in content_stems(sentence.text))
    total = counts.total()
    for own, places in said.items():
        general = [word.removeprefix("ال") in _GENERAL for word in own]
        if len(own) == 1 and (len(places) < ALONE or general[0]):
            continue
        first, phrase = places[0]
        elsewhere = [max(0, talk.stems.get(stem, 0) - counts[stem]) for stem in phrase.stems]
        rest = max(1, talk.total - total)
        share = [spread[stem] / len(passage) for stem in phrase.stems]
        announced = any(_is_announced(each, passage[at].text) for at, each in places)
        yield (
            phrase,
            {
                "likely": log(expected_f1(phrase, chances) + 0.003),
                "said": log(len(places)),
                "once": float(len(places) == 1 and not announced),
                "announced": float(announced),
                "opens clause": float(any(not each.before for _, each in places)),
                "opens": float(first == 0),
                "late": log(1 + first),
                "share late": first / len(passage),
                "goes on": sum(each.goes_on for _, each in places) / len(places),
                # How many of the sentences come back to its most and its least frequent word.
                "spread": log(max(share) + 0.02),
                "spread least": log(min(share) + 0.02),
                # How much more often it is said here than in the rest of the talk, in nats; smoothed.
                "contrast": fmean(
                    log((counts[stem] + 0.1) / (total + 10)) - log((other + 0.5) / (rest + 50))
                    for stem, other in zip(phrase.stems, elsewhere, strict=True)
                ),
                "general part": fmean(general),
                "long": float(len(own) >= LONG),
                "unlisted": float("proper" in phrase.kinds),
            },
        )


def _is_part(phrase: NounPhrase) -> bool:
    """Whether a phrase is the end of a name, or of a date: `May Biden`."""
    before = phrase.before[-1] if phrase.before else ""
    return before in _NAMING_BEFORE or phrase.words[0] in _MONTHS


def _is_announced(phrase: NounPhrase, text: str) -> bool:
    """Whether a sentence says that it is about the phrase, or asks what it is."""
    before = " ".join(phrase.before)
    return bool(_ANNOUNCES.search(before) or ("؟" in text and _ASKS.search(before)))


def expected_f1(phrase: NounPhrase, chances: Mapping[str, float]) -> float:
    """Expected word F1 of a phrase with a heading of usual length, by how likely its words are, and its form."""
    hits = sum(chances.get(word, 0.0) for word in phrase.words)
    return phrase.form * 2 * hits / (len(phrase.words) + LENGTH)


def likelihoods(passage: Sequence[Sentence], talk: TalkVocabulary) -> dict[str, float]:
    """For each folded word that can name a topic how likely, from 0 to 1, it stands in the heading."""
    chances: dict[str, float] = {}
    for word, features in heading_features(passage, talk):
        chance = 1 / (1 + exp(-sum(WEIGHTS[name] * value for name, value in features.items())))
        chance *= REVERENCE if stem(word) in _REVERED else 1.0
        chances[word] = chance * EVERYWHERE if features["contrast"] < 0 else chance
    return chances


def heading_features(passage: Sequence[Sentence], talk: TalkVocabulary) -> Iterator[tuple[str, dict[str, float]]]:
    """Each folded word of a passage that can name a topic, with the features of its likelihood by name."""
    said = [words(sentence.text) for sentence in passage]
    forms = Counter(word for own in said for word in own if is_content_word(word))
    first_sentence = _firsts((word, place) for place, own in enumerate(said) for word in own)
    first_of_stem = _firsts((stem(word), place) for word, place in first_sentence.items())
    stems: Counter[str] = Counter()
    for word, times in forms.items():
        stems[stem(word)] += times
    subjects, total = _subject_shares(stems), stems.total()
    for word, times in forms.items():
        if word in VAGUE:
            continue
        root = stem(word)
        count = stems[root]
        elsewhere, rest = max(0, talk.stems.get(root, 0) - count), max(1, talk.total - total)
        subject = topic_of(root)
        here, everywhere = 0.0, 0.0
        if subject is not None:
            here, everywhere = subjects.get(subject, 0.0), talk.subjects.get(subject, 0.0)
        yield (
            word,
            {
                "bias": 1.0,
                "said": log(count),
                "share": log(1 + 1000 * count / total),
                # How much more often it is said here than in the rest of the talk, in nats; smoothed.
                "contrast": log((count + 0.1) / (total + 10)) - log((elsewhere + 0.5) / (rest + 50)),
                "as it is": log(times / count),
                "opens": float(first_sentence[word] == 0),
                "late": log(1 + first_of_stem[root]),
                # How much more the passage speaks of its subject than the talk, in nats; 0 for no subject.
                "subject": log((here + 0.005) / (everywhere + 0.005)),
                **_shape(word),
            },
        )


def _firsts(places: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The least place of each."""
    first: dict[str, int] = {}
    for key, place in places:
        first[key] = min(place, first.get(key, place))
    return first


def _shape(word: str) -> dict[str, float]:
    """The features that the letters of a folded word give."""
    article = word.startswith("ال")
    bare = word[2:] if article else word
    return {
        "article": float(article),
        "and": float(word[0] == "و" and word not in NOUNS),
        "joined": float(word.startswith(JOINED_ARTICLES)),
        "noun": float(bare in NOUNS),
        "name": float(word in NAMES),
        "adjective": float(bare in ADJECTIVES),
        "whose": float(word.endswith(HEADING_ENDINGS)),
        "verbal": float(word[0] in PRESENT_LETTERS),
    }


def _subject_shares(stems: Mapping[str, int]) -> dict[int, float]:
    """Share of each subject in the stems that have one."""
    counts: Counter[int] = Counter()
    for root, times in stems.items():
        if (subject := topic_of(root)) is not None:
            counts[subject] += times
    total = counts.total()
    return {subject: times / total for subject, times in counts.items()}
