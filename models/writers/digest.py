"""What of a talk stands outside the sections of an article that only quotes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from models.writers.runs import body_end, run_score
from pipeline.arabic import formatting, voice
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stem import content_stems
from pipeline.arabic.stopwords import NAMELESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from models.writers.runs import Run
    from pipeline.types.article import Passage, Script, Sentence

VOICES: Final = 0.15
"""Share of sentences of a few words from which a talk is a conversation.

Of the 44 real transcripts it was at least 0.19 in four conversations, and at most 0.06 in all others.
"""
FEW_WORDS: Final = 3
"""Most words of `yes, exactly`."""
QUOTED_LEAST: Final = 0.22
"""Share of the words on a talk's subject below which an article of quotations leaves out too much to stand for it."""
TERMS: Final = 4
"""Words that tell what a stretch is about."""
OPENING: Final = 200
"""Words of the talk after which nothing is its beginning, nor a background."""
CLOSING: Final = 0.85
"""Share of the talk's words after which a conclusion is looked for."""
PART_SENTENCES: Final = 2
"""Most sentences of a thesis, background, challenges or outlook: what goes on after them belongs to its section."""
CONCLUSION_SENTENCES, ANNOUNCED = 4, 2
"""Most sentences of a conclusion, and among how many it says what it is."""
LATE: Final = 0.5
"""Share of the talk's words after which an outlook is looked for, or a thesis that says it ends: what is said earlier
is told in its place, and ends but a part."""
THESIS_WORDS: Final = 45
"""Longest thesis, in words."""
THESIS_SHARE: Final = 0.35
"""Share of the title's stems that a thesis speaks of, at least."""


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """What stands outside the sections; a part that the talk does not have is None."""

    thesis: Run | None
    background: Run | None
    challenges: Run | None
    outlook: Run | None
    conclusion: Run | None

    @property
    def used(self) -> frozenset[int]:
        """Numbers of the sentences used outside the sections."""
        parts = (self.thesis, self.background, self.challenges, self.outlook, self.conclusion)
        return frozenset(number for part in parts if part for number in part.numbers)


def make_plan(script: Script, runs: Sequence[Run], chances: Mapping[int, float]) -> DigestPlan:
    """Pick the thesis, background, challenges, outlook and conclusion among the runs that may be quoted.

    Each is one run that says itself what it is, or whose place makes it so; where the talk has none, there is none.
    """
    talk = script.sentences
    spoken = _words_before(talk)
    total = sum(len(sentence.text.split()) for sentence in talk)
    place = {number: before / total for number, before in spoken.items()}
    title = frozenset(content_stems(formatting.headline(script.video.title)))
    taken: set[int] = set()

    def take(runs: Sequence[Run], fits: Callable[[Run], bool], worth: Callable[[Run], tuple[float, ...]]) -> Run | None:
        free = (run for run in runs if fits(run) and taken.isdisjoint(run.numbers))
        best = max(free, key=worth, default=None)
        taken.update(best.numbers if best else ())
        return best

    def score(run: Run) -> tuple[float, ...]:
        return (run_score(run, chances),)

    def opening(run: Run) -> str:
        return run.sentences[0].text

    last = body_end(talk)
    conclusion = take(
        runs,
        lambda run: place[run.numbers[0]] >= CLOSING and run.numbers[-1] <= last and concludes(run),
        score,
    )
    short = [run for run in runs if len(run.sentences) <= PART_SENTENCES]
    named = max(1, THESIS_SHARE * len(title))
    thesis = take(
        short,
        lambda run: (
            (place[run.numbers[0]] >= LATE or not voice.announces_end(opening(run)))
            and voice.sums_up(opening(run))
            and len(title & run.stems) >= named
            and run.length <= THESIS_WORDS
        ),
        score,
    )
    challenges = take(short, lambda run: voice.states_challenge(opening(run)), score)
    outlook = take(short, lambda run: place[run.numbers[0]] >= LATE and voice.states_future(opening(run)), score)
    background = take(
        short,
        lambda run: spoken[run.numbers[0]] <= OPENING and voice.tells_of_past(opening(run)),
        lambda run: (-run.numbers[0], *score(run)),
    )
    return DigestPlan(thesis, background, challenges, outlook, conclusion)


def concludes(run: Run) -> bool:
    """Whether a run of a few sentences says of itself at once that it ends or sums up the talk."""
    announcing = run.sentences[:ANNOUNCED]
    return len(run.sentences) <= CONCLUSION_SENTENCES and any(
        voice.announces_end(each.text) or voice.sums_up(each.text) for each in announcing
    )


def _words_before(sentences: Sequence[Sentence]) -> dict[int, int]:
    """How many words are said before each sentence, by its number."""
    lengths = [len(sentence.text.split()) for sentence in sentences]
    return dict(zip((sentence.number for sentence in sentences), accumulate(lengths[:-1], initial=0), strict=True))


def is_conversation(sentences: Sequence[Sentence]) -> bool:
    """Whether several voices speak that the captions do not tell apart: many sentences are of a few words."""
    return sum(len(words(sentence.text)) <= FEW_WORDS for sentence in sentences) >= VOICES * len(sentences)


def recurring(passage: Passage, talk: Counter[str]) -> list[tuple[str, tuple[int, ...]]]:
    """The words that come again in a passage more than in the talk, as they are said, each with its sentences' numbers.

    `talk` has the `telling_words` of the whole talk by stem.
    """
    forms: dict[str, Counter[str]] = {}
    where: dict[tuple[str, str], list[int]] = {}
    for sentence in passage.sentences:
        for stem, word in telling_words(sentence):
            forms.setdefault(stem, Counter())[word] += 1
            where.setdefault((stem, word), []).append(sentence.number)
    again = [stem for stem, said in forms.items() if said.total() > 1]
    again.sort(key=lambda stem: forms[stem].total() ** 2 / talk[stem], reverse=True)
    usual = [(stem, forms[stem].most_common(1)[0][0]) for stem in again[:TERMS]]
    return [(word, tuple(dict.fromkeys(where[stem, word]))) for stem, word in usual]


def telling_words(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The words of a sentence that name something, each after its stem."""
    for word in (token.strip(PUNCTUATION) for token in sentence.text.split()):
        if fold(word) not in NAMELESS and (stems := content_stems(word)):
            yield stems[0], word
