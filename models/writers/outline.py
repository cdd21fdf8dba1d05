"""The form of an article: which sentences go into which part, and how a part is made of the speaker's own words.

Every statement about the speech is a whole sentence of the script; what is added stands in `phrasing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from models.writers import phrasing
from pipeline.arabic import formatting, salience, titles, voice
from pipeline.types.article import Basis, Paragraph, Section, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.settings import WriterSettings
    from pipeline.types.article import Passage, Script, Sentence

    Said = Sentence | Statement
    """What stands in a paragraph: a sentence of the speaker, or a statement that was written from some."""

SECTIONS_LEAST: Final = 4
"""A passage becomes background, challenges or outlook as a whole only while this many others stay sections."""
PARAGRAPH: Final = 4
"""Most sentences of one paragraph."""
ASIDE_PARTS: Final = 3
"""Most sentences of background, challenges, outlook or conclusion that were picked from passages."""
SENTENCES_LEAST: Final = 2
"""Fewest sentences of a section, if its passage has as many."""
TAIL: Final = 0.15
"""Share of the talk, at its end, where a conclusion is looked for when no words announce it."""
NOTHING: Final = "no sentence of this transcript can stand in an article"
NOTHING_HINT: Final = "Its captions may be noise only; look at them with a player."


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """What stands for background, challenges, outlook or conclusion."""

    sentences: tuple[Sentence, ...]
    passage: Passage | None = None
    """The passage that is given to it whole; None when the sentences were picked from the talk."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Which sentences and passages go where."""

    background: OutlinePart
    sections: tuple[Passage, ...]
    challenges: OutlinePart
    outlook: OutlinePart
    conclusion: OutlinePart

    @property
    def used(self) -> frozenset[int]:
        """Numbers of the sentences that stand outside the sections."""
        parts = (self.background, self.challenges, self.outlook, self.conclusion)
        return frozenset(sentence.number for part in parts for sentence in part.sentences)

    def free(self, passage: Passage) -> list[Sentence]:
        """What a section can tell of its passage: what stands nowhere else, and follows what the background told."""
        told = self.background.sentences[-1].number if self.background.sentences else 0
        free = [sentence for sentence in passage.sentences if sentence.number not in self.used]
        return [sentence for sentence in free if sentence.number > told] or free


def choose_sentences(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """The sentences that carry a passage; where no word comes twice, the first that are not said in passing."""
    telling = [sentence for sentence in sentences if salience.aside_reason(sentence) is None]
    return salience.choose_salient(telling, limit) or tuple(telling[:limit])


def make_outline(script: Script) -> Outline:
    """What stands for background, challenges, outlook and end; all other passages become sections."""
    passages = list(script.passages)
    conclusion = OutlinePart(_conclude(script.sentences))
    taken = {sentence.number for sentence in conclusion.sentences}

    def take(wanted: Callable[[Passage], bool], says: Callable[[Sentence], bool]) -> OutlinePart:
        whole = next(filter(wanted, passages), None) if len(passages) > SECTIONS_LEAST else None
        if whole is not None:
            passages.remove(whole)
        pool = whole.sentences if whole else tuple(filter(says, script.sentences))
        chosen = choose_sentences([s for s in pool if s.number not in taken], 2 * ASIDE_PARTS if whole else ASIDE_PARTS)
        taken.update(sentence.number for sentence in chosen)
        return OutlinePart(chosen, whole)

    first = script.passages[0]
    background = take(lambda p: p is first, lambda s: s.number <= first.sentences[-1].number // 2 + 1)
    challenges = take(lambda p: voice.names_challenge(p.heading), lambda s: voice.states_challenge(s.text))
    outlook = take(lambda p: voice.names_future(p.heading), lambda s: voice.states_future(s.text))
    return Outline(background, tuple(passages), challenges, outlook, conclusion)


def _conclude(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that close the talk: from the words that announce it, or else the best of its end."""
    tail = [
        sentence
        for sentence in sentences[int(len(sentences) * (1 - TAIL)) :]
        if salience.aside_reason(sentence) is None
    ]
    announced = next((at for at, sentence in enumerate(tail) if voice.announces_end(sentence.text)), None)
    if announced is None:
        return choose_sentences(tail, min(ASIDE_PARTS, len(tail) // 4))
    return tuple(tail[announced : announced + ASIDE_PARTS])


def make_section(passage: Passage, plan: Outline, settings: WriterSettings) -> Section | None:
    """A passage in the speaker's own sentences, or None when all it says stands elsewhere or in passing."""
    free = plan.free(passage)
    chosen = choose_sentences(free, section_limit(len(free), settings))
    return Section(passage.heading or passage_place(passage), paragraphs(chosen)) if chosen else None


def section_limit(sentences: int, settings: WriterSettings) -> int:
    """How many sentences a section of so many may have."""
    return min(settings.section_sentences, max(SENTENCES_LEAST, round(settings.section_share * sentences)))


def make_headline(script: Script, sections: Sequence[Section]) -> str:
    """The video's title as a headline, or its subjects where the title has no words."""
    return titles.headline(script.video.title) or " و".join(section.heading for section in sections[:2])


def presentation(script: Script) -> tuple[Statement, ...]:
    """Names and links the video."""
    video = script.video
    named = Statement(phrasing.presentation(video), basis=Basis.METADATA)
    return (named, Statement(phrasing.video_link(video), basis=Basis.METADATA)) if video.url else (named,)


def subjects(script: Script, sections: Sequence[Section]) -> tuple[Statement, ...]:
    """Says what is discussed, by the headings: the author's rest on the metadata, ours on what the sections cite."""
    authors = {passage.heading for passage in script.passages if passage.chapter}
    made: list[Statement] = []
    for by_author, group in groupby(sections, key=lambda section: section.heading in authors):
        named = tuple(group)
        cites = tuple(number for section in named for p in section.paragraphs for number in p.cites)
        text = phrasing.subjects([section.heading for section in named])
        made.append(Statement(text, basis=Basis.METADATA) if by_author else Statement(text, cites))
    return tuple(made)


def conclusion(script: Script, said: Sequence[Said]) -> Paragraph:
    """What closes the talk, and a sentence that comes back to the video."""
    closing = Statement(phrasing.closing(script.video), basis=Basis.METADATA)
    ended = make_part(phrasing.CONCLUSION, said)
    return Paragraph((*ended.statements, closing)) if ended else Paragraph((closing,))


def make_part(opening: str, said: Sequence[Said]) -> Paragraph | None:
    """One paragraph that begins with a phrase of ours, or None without sentences."""
    if not said:
        return None
    return Paragraph((Statement(opening, basis=Basis.METADATA), *statements(said, voice.SAYS[0], introduced=True)))


def paragraphs(said: Sequence[Said]) -> tuple[Paragraph, ...]:
    """The sentences in paragraphs of at most four, as even as can be."""
    count = -(-len(said) // PARAGRAPH)
    bounds = [round(len(said) * at / count) for at in range(count + 1)] if count else [0]
    return tuple(
        Paragraph(statements(said[begin:end], voice.SAYS[min(turn, len(voice.SAYS) - 1)]))
        for turn, (begin, end) in enumerate(pairwise(bounds))
    )


def statements(said: Sequence[Said], says: str, *, introduced: bool = False) -> tuple[Statement, ...]:
    """Written statements and impersonal sentences as they are; what only the speaker can say, as a quotation.

    Who speaks is named before a quotation that follows neither another nor a phrase that has `introduced` it.
    """
    made: list[Statement] = []
    quoting = introduced
    for each in said:
        if isinstance(each, Statement):
            made.append(each)
            quoting = False
            continue
        quotes = voice.needs_quotes(each.text)
        opening = "" if quoting else voice.ASKS if voice.is_question(each.text) else says
        made.append(Statement(phrasing.quote(each.text, opening) if quotes else each.text, (each.number,)))
        quoting = quotes
    return tuple(made)


def metadata_paragraph(text: str) -> Paragraph:
    """A paragraph of one statement that rests on the metadata."""
    return Paragraph((Statement(text, basis=Basis.METADATA),))


def passage_place(passage: Passage) -> str:
    """Where a passage without a heading stands."""
    first, last = passage.sentences[0], passage.sentences[-1]
    if first.start is None or last.end is None:
        return f"الجمل {first.number}–{last.number}"
    return f"من {formatting.timestamp(first.start)} إلى {formatting.timestamp(last.end)}"
