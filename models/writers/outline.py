"""The outline of an article: which sentences go into which part, and how they become paragraphs.

Every statement about the speech is a whole sentence of the script; sentences of our own are in `phrasing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from models.writers import phrasing
from pipeline.arabic import formatting, salience, voice
from pipeline.arabic.normalize import words
from pipeline.arabic.stem import content_stems
from pipeline.arabic.titles import video_subject
from pipeline.segment.headings import GOOD_ODDS
from pipeline.types.article import Basis, Paragraph, Section, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.settings import WriterSettings
    from pipeline.types.article import Passage, Script, Sentence

    Said = Sentence | Statement
    """What a paragraph is made of: a sentence of the speaker, or a statement written from some."""

SECTIONS_LEAST: Final = 4
"""A whole passage becomes background, challenges or outlook only if at least this many others stay sections."""
PARAGRAPH: Final = 4
"""The most sentences of one paragraph."""
PICKED_MOST: Final = 3
"""The most sentences of a background, challenges, outlook or conclusion that is picked from several passages."""
LISTED_LEAST: Final = 2
"""Fewest headings that the lead lists where other sections have none."""
TITLE_HEADINGS: Final = 2
"""Headings that make a title where the video's names no subject."""
SENTENCES_LEAST: Final = 2
"""The fewest sentences of a section, if its passage has as many."""
TAIL: Final = 0.15
"""The share of the talk, at its end, in which a conclusion is looked for."""
_BRACKETS: Final = str.maketrans("", "", "<>`{}")
NO_SENTENCE: Final = "no sentence of this transcript is fit for an article"


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """The sentences of the background, challenges, outlook or conclusion."""

    sentences: tuple[Sentence, ...]
    passage: Passage | None = None
    """The passage that it takes up as a whole; None if its sentences were picked from the talk."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences and passages of each part."""

    background: OutlinePart
    sections: tuple[Passage, ...]
    challenges: OutlinePart
    outlook: OutlinePart
    conclusion: OutlinePart

    @property
    def used(self) -> frozenset[int]:
        """Numbers of the sentences used outside the sections."""
        parts = (self.background, self.challenges, self.outlook, self.conclusion)
        return frozenset(sentence.number for part in parts for sentence in part.sentences)

    def free(self, passage: Passage) -> list[Sentence]:
        """Sentences of a passage for its section: those used nowhere else and, if any, after the background's last."""
        last = self.background.sentences[-1].number if self.background.sentences else 0
        free = [sentence for sentence in passage.sentences if sentence.number not in self.used]
        return [sentence for sentence in free if sentence.number > last] or free


def choose_sentences(sentences: Sequence[Sentence], limit: int) -> tuple[Sentence, ...]:
    """The salient sentences of a passage; if no word occurs twice, the first that are not said in passing."""
    telling = [sentence for sentence in sentences if salience.aside_reason(sentence) is None]
    return salience.choose_salient(telling, limit) or tuple(telling[:limit])


def make_outline(script: Script) -> Outline:
    """Pick background, challenges, outlook and conclusion; all other passages become sections."""
    passages = list(script.passages)
    end = script.sentences[int(len(script.sentences) * (1 - TAIL)) :]
    tail = [sentence for sentence in end if salience.aside_reason(sentence) is None]
    announced = next((at for at, sentence in enumerate(tail) if voice.announces_end(sentence.text)), None)
    if announced is None:
        conclusion = OutlinePart(choose_sentences(tail, min(PICKED_MOST, len(tail) // 4)))
    else:
        conclusion = OutlinePart(tuple(tail[announced : announced + PICKED_MOST]))
    taken = {sentence.number for sentence in conclusion.sentences}

    def take(is_passage: Callable[[Passage], bool], is_sentence: Callable[[Sentence], bool]) -> OutlinePart:
        whole = next(filter(is_passage, passages), None) if len(passages) > SECTIONS_LEAST else None
        if whole is not None:
            passages.remove(whole)
        pool = whole.sentences if whole else tuple(filter(is_sentence, script.sentences))
        chosen = choose_sentences([s for s in pool if s.number not in taken], 2 * PICKED_MOST if whole else PICKED_MOST)
        taken.update(sentence.number for sentence in chosen)
        return OutlinePart(chosen, whole)

    first = script.passages[0]
    background = take(lambda p: p is first, lambda s: s.number <= first.sentences[-1].number // 2 + 1)
    challenges = take(lambda p: voice.names_challenge(p.heading), lambda s: voice.states_challenge(s.text))
    outlook = take(lambda p: voice.names_future(p.heading), lambda s: voice.states_future(s.text))
    return Outline(background, tuple(passages), challenges, outlook, conclusion)


def section_limit(sentence_count: int, settings: WriterSettings) -> int:
    """The most sentences of a section whose passage has so many."""
    return min(settings.section_sentences, max(SENTENCES_LEAST, round(settings.section_share * sentence_count)))


def make_title(script: Script, sections: Sequence[Section], gist: str = "") -> str:
    """What the video is about, as its title says.

    Where that names only a programme or a person, it is the `gist` that somebody wrote, or else the best headings.
    """
    name = video_subject(replace(script.video, title=script.title or script.video.title))
    if words(name.subject) or gist:
        return _plain(name.subject) if words(name.subject) else gist
    odds = {passage.heading: passage.heading_odds for passage in script.passages}
    named = [section.heading for section in sections if section.heading and section.heading in odds]
    best = sorted(named, key=lambda heading: 1.0 if odds[heading] is None else odds[heading] or 0.0, reverse=True)
    told = " و".join(heading for heading in named if heading in best[:TITLE_HEADINGS]) or script.video.title
    return told if name.number is None else phrasing.numbered(told, name.number)


def make_headline(script: Script, gist: str = "", subtitle: str = "") -> str:
    """The `gist` beside a title that has the subject, the `subtitle` beside one that is the gist.

    Else the programme with its numbers, or the video's title.
    """
    told = gist if has_subject(script) else subtitle
    return told or _plain(phrasing.programme(video_subject(script.video)) or formatting.headline(script.video.title))


def has_subject(script: Script) -> bool:
    """Whether the video's title says what it is about, not only a programme or a person."""
    return bool(words(video_subject(script.video).subject))


def _plain(title: str) -> str:
    """What a title says, without brackets that could be taken for markup: anybody may call a video anything."""
    return title.translate(_BRACKETS)


def presentation(script: Script) -> tuple[Statement, ...]:
    """Statements that name and link the video."""
    video = script.video
    named = Statement(phrasing.presentation(video), basis=Basis.METADATA)
    return (named, Statement(phrasing.video_link(video), basis=Basis.METADATA)) if video.url else (named,)


def subjects(script: Script, sections: Sequence[Section]) -> tuple[Statement, ...]:
    """Statements that list the headings: the author's rest on the metadata, ours on what their sections cite.

    None where few sections have one: that would tell a part of the talk as its subject.
    """
    named_sections = [section for section in sections if section.heading]
    everything = len(named_sections) == len(sections)
    if not everything and len(named_sections) < LISTED_LEAST:
        return ()
    authors = {passage.heading for passage in script.passages if passage.chapter}
    made: list[Statement] = []
    for by_author, group in groupby(named_sections, key=lambda section: section.heading in authors):
        named = tuple(group)
        cites = tuple(number for section in named for p in section.paragraphs for number in p.cites)
        text = phrasing.subjects([section.heading for section in named], everything=everything)
        made.append(Statement(text, basis=Basis.METADATA) if by_author else Statement(text, cites))
    return tuple(made)


def good_heading(script: Script, passage: Passage) -> str:
    """The heading of a passage if it is the author's or likely names it; else none, which is shown as its times.

    One that only says the title's words again tells no sections apart.
    """
    odds, title = passage.heading_odds, content_stems(formatting.headline(script.video.title))
    if odds is None:
        return passage.heading
    return passage.heading if odds >= GOOD_ODDS and not set(title).issuperset(content_stems(passage.heading)) else ""


def conclusion(script: Script, said: Sequence[Said], quoted: AbstractSet[int] = frozenset()) -> Paragraph:
    """The end of the talk, and a sentence that names the video again."""
    closing = Statement(phrasing.closing(script.video), basis=Basis.METADATA)
    ended = make_part(phrasing.CONCLUSION, said, quoted)
    return Paragraph((*ended.statements, closing)) if ended else Paragraph((closing,))


def make_part(opening: str, said: Sequence[Said], quoted: AbstractSet[int] = frozenset()) -> Paragraph | None:
    """One paragraph that begins with a phrase of ours; None if there are no sentences."""
    if not said:
        return None
    told = statements(said, voice.SAYS[0], quoted, introduced=True)
    return Paragraph((Statement(opening, basis=Basis.METADATA), *told))


def paragraphs(said: Sequence[Said], quoted: AbstractSet[int] = frozenset()) -> tuple[Paragraph, ...]:
    """The sentences in paragraphs of at most four, as even as possible; `quoted` as in `statements`."""
    count = -(-len(said) // PARAGRAPH)
    bounds = [round(len(said) * at / count) for at in range(count + 1)] if count else [0]
    return tuple(
        Paragraph(statements(said[begin:end], voice.SAYS[min(turn, len(voice.SAYS) - 1)], quoted))
        for turn, (begin, end) in enumerate(pairwise(bounds))
    )


def statements(
    said: Sequence[Said], says: str, quoted: AbstractSet[int] = frozenset(), *, introduced: bool = False
) -> tuple[Statement, ...]:
    """Statements and impersonal sentences as they are; sentences that only the speaker can say as quotations.

    So are those whose numbers are `quoted`. A quotation begins with who speaks, unless it follows another one or a
    phrase that has `introduced` it.
    """
    made: list[Statement] = []
    quoting = introduced
    for each in said:
        if isinstance(each, Statement):
            made.append(each)
            quoting = False
            continue
        quotes = each.number in quoted or voice.needs_quotes(each.text)
        opening = "" if quoting else voice.ASKS if voice.is_question(each.text) else says
        made.append(Statement(phrasing.quote(each.text, opening) if quotes else each.text, (each.number,)))
        quoting = quotes
    return tuple(made)


def metadata_paragraph(text: str) -> Paragraph:
    """A paragraph of one statement that rests on the metadata."""
    return Paragraph((Statement(text, basis=Basis.METADATA),))


def passage_place(passage: Passage) -> str:
    """A heading for a passage without one: its times, or else its sentence numbers."""
    first, last = passage.sentences[0], passage.sentences[-1]
    if first.start is None or last.end is None:
        return f"الجمل {first.number}–{last.number}"
    return f"من {formatting.timestamp(first.start)} إلى {formatting.timestamp(last.end)}"
