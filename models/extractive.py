"""The embedded writer: the speaker's own sentences in the form of an article, without a model or a network.

Every statement about the speech is a whole sentence of the script; what the writer adds stands in `phrasing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from models import phrasing
from pipeline.errors import ModelError
from pipeline.text import counting, salience, voice
from pipeline.text.titles import headline
from pipeline.types import Basis, Draft, Paragraph, Section, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.settings import WriterSettings
    from pipeline.types import Passage, Script, Sentence

VERSION: Final = 2
"""Raise it when the same script would be written differently."""
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


class Extractive:
    """A `Writer` that chooses and arranges sentences."""

    def __init__(self, settings: WriterSettings) -> None:
        """Choose as many sentences a section as the settings say."""
        self._settings = settings

    @property
    def identity(self) -> str:
        """Kind, version and the settings that change the text."""
        return f"extractive {VERSION} ({self._settings.section_sentences}, {self._settings.section_share:g})"

    def write(self, script: Script) -> Draft:
        """The draft; raises `ModelError` when not one sentence of the script can stand in an article."""
        plan = _plan(script)
        sections = tuple(s for passage in plan.sections if (s := self._section(passage, plan)))
        if not sections:
            message = "no sentence of this transcript can stand in an article"
            raise ModelError(message, "Its captions may be noise only; look at them with a player.")
        return Draft(
            title=script.video.title,
            headline=headline(script.video.title) or " و".join(s.heading for s in sections[:2]),
            lead=_lead(script, sections),
            background=_paragraphs(plan.background),
            transition=_metadata(phrasing.TRANSITION),
            sections=sections,
            challenges=_part(phrasing.CHALLENGES, plan.challenges),
            outlook=_part(phrasing.OUTLOOK, plan.outlook),
            conclusion=_conclusion(script, plan.conclusion),
        )

    def _section(self, passage: Passage, plan: Plan) -> Section | None:
        """The section of a passage, or None when all it says stands elsewhere or in passing."""
        free = plan.free(passage)
        share = round(self._settings.section_share * len(free))
        chosen = _choose(free, min(self._settings.section_sentences, max(SENTENCES_LEAST, share)))
        return Section(passage.heading or _place(passage), _paragraphs(chosen)) if chosen else None


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sentences and passages go where."""

    background: tuple[Sentence, ...]
    sections: tuple[Passage, ...]
    challenges: tuple[Sentence, ...]
    outlook: tuple[Sentence, ...]
    conclusion: tuple[Sentence, ...]

    @property
    def used(self) -> frozenset[int]:
        """Numbers of the sentences that stand outside the sections."""
        parts = (self.background, self.challenges, self.outlook, self.conclusion)
        return frozenset(sentence.number for part in parts for sentence in part)

    def free(self, passage: Passage) -> list[Sentence]:
        """What a section can tell of its passage: what stands nowhere else, and follows what the background told."""
        told = self.background[-1].number if self.background else 0
        free = [sentence for sentence in passage.sentences if sentence.number not in self.used]
        return [sentence for sentence in free if sentence.number > told] or free


def _choose(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """The sentences that carry a passage; where no word comes twice, the first that are not said in passing."""
    telling = [sentence for sentence in sentences if salience.aside(sentence) is None]
    return salience.choose(telling, limit) or tuple(telling[:limit])


def _plan(script: Script) -> Plan:
    passages = list(script.passages)
    conclusion = _conclude(script.sentences)
    taken = {sentence.number for sentence in conclusion}

    def take(wanted: Callable[[Passage], bool], says: Callable[[Sentence], bool]) -> tuple[Sentence, ...]:
        whole = next(filter(wanted, passages), None) if len(passages) > SECTIONS_LEAST else None
        if whole is not None:
            passages.remove(whole)
        pool = whole.sentences if whole else tuple(filter(says, script.sentences))
        chosen = _choose([s for s in pool if s.number not in taken], 2 * ASIDE_PARTS if whole else ASIDE_PARTS)
        taken.update(sentence.number for sentence in chosen)
        return chosen

    first = script.passages[0]
    background = take(lambda p: p is first, lambda s: s.number <= first.sentences[-1].number // 2 + 1)
    challenges = take(lambda p: voice.names_challenge(p.heading), lambda s: voice.states_challenge(s.text))
    outlook = take(lambda p: voice.names_future(p.heading), lambda s: voice.states_future(s.text))
    return Plan(background, tuple(passages), challenges, outlook, conclusion)


def _conclude(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that close the talk: from the words that announce it, or else the best of its end."""
    tail = [sentence for sentence in sentences[int(len(sentences) * (1 - TAIL)) :] if salience.aside(sentence) is None]
    announced = next((at for at, sentence in enumerate(tail) if voice.announces_end(sentence.text)), None)
    if announced is None:
        return _choose(tail, min(ASIDE_PARTS, len(tail) // 4))
    return tuple(tail[announced : announced + ASIDE_PARTS])


def _lead(script: Script, sections: Sequence[Section]) -> Paragraph:
    """Names and links the video, and says what is discussed."""
    video = script.video
    statements = [Statement(phrasing.presentation(video), basis=Basis.METADATA)]
    if video.url:
        statements.append(Statement(phrasing.address(video), basis=Basis.METADATA))
    authors = {passage.heading for passage in script.passages if passage.chapter}
    for by_author, group in groupby(sections, key=lambda section: section.heading in authors):
        named = tuple(group)
        cites = tuple(number for section in named for p in section.paragraphs for number in p.cites)
        text = phrasing.subjects([section.heading for section in named])
        statements.append(Statement(text, basis=Basis.METADATA) if by_author else Statement(text, cites))
    return Paragraph(tuple(statements))


def _conclusion(script: Script, chosen: Sequence[Sentence]) -> Paragraph:
    closing = Statement(phrasing.closing(script.video), basis=Basis.METADATA)
    part = _part(phrasing.CONCLUSION, chosen)
    return Paragraph((*part.statements, closing)) if part else Paragraph((closing,))


def _part(opening: str, chosen: Sequence[Sentence]) -> Paragraph | None:
    """One paragraph that begins with a phrase of ours, or None without sentences."""
    if not chosen:
        return None
    return Paragraph((Statement(opening, basis=Basis.METADATA), *_statements(chosen, voice.SAYS[0], introduced=True)))


def _paragraphs(chosen: Sequence[Sentence]) -> tuple[Paragraph, ...]:
    """The sentences in paragraphs of at most four, as even as can be."""
    count = -(-len(chosen) // PARAGRAPH)
    bounds = [round(len(chosen) * at / count) for at in range(count + 1)] if count else [0]
    return tuple(
        Paragraph(_statements(chosen[begin:end], voice.SAYS[min(turn, len(voice.SAYS) - 1)]))
        for turn, (begin, end) in enumerate(pairwise(bounds))
    )


def _statements(chosen: Sequence[Sentence], says: str, *, introduced: bool = False) -> tuple[Statement, ...]:
    """Impersonal sentences as they are; what only the speaker can say, as a quotation.

    Who speaks is named before a quotation that follows neither another nor a phrase that has `introduced` it.
    """
    made: list[Statement] = []
    quoting = introduced
    for sentence in chosen:
        quotes = voice.personal(sentence.text)
        opening = "" if quoting else voice.ASKS if voice.asks(sentence.text) else says
        text = phrasing.quoted(sentence.text, opening) if quotes else sentence.text
        made.append(Statement(text, (sentence.number,)))
        quoting = quotes
    return tuple(made)


def _metadata(text: str) -> Paragraph:
    return Paragraph((Statement(text, basis=Basis.METADATA),))


def _place(passage: Passage) -> str:
    """Where a passage without a heading stands."""
    first, last = passage.sentences[0], passage.sentences[-1]
    if first.start is None or last.end is None:
        return f"الجمل {first.number}–{last.number}"
    return f"من {counting.clock(first.start)} إلى {counting.clock(last.end)}"
