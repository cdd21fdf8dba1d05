"""An article of quotations: runs of the speaker's own sentences under headings, or an outline of the talk."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, cycle
from typing import TYPE_CHECKING, Final

from models.llm.replies import has_markup
from models.writers import outline, phrasing
from models.writers.digest import QUOTED_LEAST, is_conversation, make_plan, recurring, telling_words
from models.writers.edges import begins_asking, is_told, told_apart
from models.writers.quotability import quotability
from models.writers.runs import LITTLE, choose_runs, quotable_runs
from pipeline.arabic.normalize import words
from pipeline.arabic.phrases import contains_phrase
from pipeline.arabic.stem import content_stems
from pipeline.errors import NoSentence
from pipeline.types.article import Basis, Draft, Paragraph, Section, Statement
from pipeline.types.usage import DroppedSentence, DropReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from models.writers.digest import DigestPlan
    from models.writers.runs import Run
    from pipeline.types.article import Script

OWN_LEAST: Final = 0.25
"""Sentences of its own for each that it copied below which a model did not write but choose."""
NAMED_LEAST: Final = 0.5
"""Share of a section's quotations in which its heading is named, at least."""
NAMED_ALONE: Final = 3
"""Fewest quotations that name a heading of one word."""
FAVOUR: Final = 0.3
"""Power of the chance that a favoured sentence says a main point: one of .2 has .62."""


def quoting_draft(script: Script, share: float, favoured: AbstractSet[int] = frozenset()) -> Draft:
    """The article that quotes about a `share` (0 to 1) of the talk's words; an outline where quoting will not do.

    Sentences whose numbers are `favoured` by somebody are rather quoted than others. Raises `NoSentence` if the talk
    has nothing to tell.
    """
    fit = quotability(script.sentences)
    runs = [list(quotable_runs(passage.sentences, script.sentences, fit)) for passage in script.passages]
    chances = {number: each.tells for number, each in fit.items()}
    plan = make_plan(script, list(chain.from_iterable(runs)), chances)
    chances |= {number: chances[number] ** FAVOUR for number in favoured}
    sections = tuple(_sections(script, plan, runs, share, chances))
    if not any(map(is_told, script.sentences)):
        raise NoSentence(outline.NO_SENTENCE)
    if is_conversation(script.sentences):
        return _outline(script, phrasing.CONVERSATION)
    if _quoted(script, plan, sections) < min(QUOTED_LEAST, share):
        return _outline(script, phrasing.UNCLEAR)
    thesis = [quotation(plan.thesis, phrasing.THESIS)] if plan.thesis else []
    background = _part(phrasing.BACKGROUND, plan.background)
    headed = any(section.heading for section in sections)
    return Draft(
        title=outline.make_title(script, sections),
        headline=outline.make_headline(script),
        lead=Paragraph((*outline.presentation(script), *outline.subjects(script, sections), *thesis)),
        background=(background,) if background else (),
        transition=outline.metadata_paragraph(phrasing.TRANSITION if headed else phrasing.IN_ORDER),
        sections=sections,
        challenges=_part(phrasing.DIFFICULT, plan.challenges),
        outlook=_part(phrasing.AHEAD, plan.outlook),
        conclusion=_part(phrasing.LAST, plan.conclusion),
    )


def led_draft(draft: Draft, script: Script, share: float) -> Draft:
    """The article of quotations that a model led which did not write but choose.

    That is a draft of which nearly all sentences are copied: runs that begin and end where thoughts do say more than
    copied sentences one by one, and no prayer is among them. The draft itself where the model wrote, where its replies
    were of no use, and where quoting will not do or nothing is to be quoted.
    """
    stats = draft.account
    if stats is None or stats.useless or stats.written + stats.repaired >= OWN_LEAST * stats.copied:
        return draft
    ours = outline.subjects(script, draft.sections)
    copied = [each for each in _spoken(draft) if each not in ours]
    try:
        led = quoting_draft(script, share, frozenset(number for each in copied for number in each.cites))
    except NoSentence:
        return draft
    outlined = led.transition == outline.metadata_paragraph(phrasing.PLACES)
    if outlined or not led.sections or any(has_markup(each.text) for each in _spoken(led)):
        return draft
    said = {each.number: words(each.text) for each in script.sentences}
    own = [each.text for each in copied if not any(contains_phrase(said[n], words(each.text)) for n in each.cites)]
    dropped = (*stats.dropped, *(DroppedSentence(text, DropReason.UNPLACED) for text in own))
    return replace(led, account=replace(stats, written=0, repaired=0, added=0, dropped=dropped, led=True))


def _spoken(draft: Draft) -> list[Statement]:
    """The statements of a draft that rest on the talk."""
    told = (each for _, paragraph in draft.paragraphs() for each in paragraph.statements)
    return [each for each in told if each.basis is Basis.SPEECH]


def _sections(
    script: Script, plan: DigestPlan, runs: Sequence[Sequence[Run]], share: float, chances: Mapping[int, float]
) -> Iterator[Section]:
    """A section for each passage that something of can be quoted, up to the conclusion; `runs` has those of each."""
    last = plan.conclusion.numbers[0] if plan.conclusion else len(script.sentences) + 1
    begins, goes_on = cycle(phrasing.BEGINS), cycle(phrasing.GOES_ON)
    unheaded = cycle(phrasing.BEGINS_UNHEADED)
    free = [[run for run in each if plan.used.isdisjoint(run.numbers) and run.numbers[-1] < last] for each in runs]
    lengths = [sum(len(sentence.text.split()) for sentence in passage.sentences) for passage in script.passages]

    def choose(*, scarce: bool) -> list[list[Run]]:
        rows = zip(script.passages, free, lengths, strict=True)
        return [choose_runs(own, p.sentences, share * n, chances, scarce=scarce) for p, own, n in rows]

    chosen_runs = choose(scarce=False)
    if sum(run.length for chosen in chosen_runs for run in chosen) < LITTLE * share * sum(lengths):
        chosen_runs = choose(scarce=True)
    elif not all(chosen_runs):  # a passage without a good run has the best of its doubtful ones
        doubtful = choose(scarce=True)
        best = [sorted(each, key=lambda run: -run.whole)[:1] for each in doubtful]
        chosen_runs = [chosen or one for chosen, one in zip(chosen_runs, best, strict=True)]
    for passage, chosen in zip(script.passages, chosen_runs, strict=True):
        heading = outline.good_heading(script, passage)
        heading = heading if passage.heading_odds is None or _names(heading, chosen) else ""
        told: list[Paragraph] = []
        last_number = 0
        for run in chosen:
            goes_straight_on = run.numbers[0] == last_number + 1
            usual = goes_on if told else begins if heading else unheaded
            opening = "" if told and goes_straight_on else _opening(run, next(usual))
            told.append(Paragraph((quotation(run, opening),)))
            last_number = run.numbers[-1]
        if told:
            yield Section(heading, tuple(told))


def _names(heading: str, runs: Sequence[Run]) -> bool:
    """Whether what is quoted under a heading speaks of it, and not only its passage; a word alone may name anything."""
    stems = frozenset(content_stems(heading))
    told = sum(stems <= run.stems for run in runs)
    return told >= NAMED_LEAST * len(runs) and (len(heading.split()) > 1 or told >= NAMED_ALONE)


def quotation(run: Run, opening: str) -> Statement:
    """A run as one quotation, which cites all its sentences, after a phrase that says where it stands."""
    return Statement(phrasing.quote(run.text, opening), run.numbers)


def _part(opening: str, run: Run | None) -> Paragraph | None:
    return Paragraph((quotation(run, opening),)) if run else None


def _opening(run: Run, usual: str) -> str:
    return phrasing.ASKS if "؟" in run.text and begins_asking(run.text) else usual


def _quoted(script: Script, plan: DigestPlan, sections: Iterable[Section]) -> float:
    """The share (0 to 1) of the words on a talk's subject, without prayers and greetings, that is quoted."""
    told = plan.used.union(*(paragraph.cites for section in sections for paragraph in section.paragraphs))
    talk = script.sentences
    lengths = {each.number: len(each.text.split()) for each, on_it in zip(talk, told_apart(talk), strict=True) if on_it}
    return sum(lengths.get(number, 0) for number in told) / max(1, sum(lengths.values()))


def _outline(script: Script, reason: str) -> Draft:
    """When each stretch is and which words come again in it, with the reason why there is no article."""
    talk = Counter(stem for sentence in script.sentences for stem, _ in telling_words(sentence))
    sections = []
    for passage in script.passages:
        place, terms = outline.passage_place(passage), recurring(passage, talk)
        cites = tuple(sorted({numbers[0] for _, numbers in terms}))
        told = Statement(phrasing.recurring(place, [term for term, _ in terms]), cites)
        plain = Statement(phrasing.recurring(place, []), basis=Basis.METADATA)
        sections.append(Section(outline.good_heading(script, passage), (Paragraph((told if terms else plain,)),)))
    return Draft(
        title=outline.make_title(script, sections),
        headline=outline.make_headline(script),
        lead=Paragraph((*outline.presentation(script), Statement(reason, basis=Basis.METADATA))),
        background=(),
        transition=outline.metadata_paragraph(phrasing.PLACES),
        sections=tuple(sections),
        challenges=None,
        outlook=None,
        conclusion=None,
    )
