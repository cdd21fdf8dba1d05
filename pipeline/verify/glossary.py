"""Corrected names in a draft: put in, and taken out again to compare it with what was heard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.terms import Term, find_term, replace_term
from pipeline.types.article import Draft, Paragraph, Report, Section, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from pipeline.types.article import Script


def corrected(draft: Draft, terms: Sequence[Term], places: Collection[str] | None = None) -> Draft:
    """The draft with the right form of each term, everywhere or at these places; evidence stays as it is."""

    def change(text: str, place: str) -> str:
        for term in terms if places is None or place in places else ():
            text = replace_term(text, term)
        return text

    return _mapped(draft, lambda text, place, _: change(text, place))


def as_heard(draft: Draft, script: Script, terms: Sequence[Term]) -> tuple[Draft, Mapping[tuple[str, str], str]]:
    """The draft with the wrong forms that its evidence has, and for each changed text and its place how it was.

    A corrected name is then compared as the captions have it, and is no finding.
    """
    said = {sentence.number: sentence.text for sentence in script.sentences}
    whole = (*said.values(), script.video.title, script.video.channel)
    heard = [term for term in terms if any(find_term(text, term) for text in whole)]
    back: dict[tuple[str, str], str] = {}

    def change(text: str, place: str, cites: Sequence[int] | None) -> str:
        sources = whole if cites is None else [said[number] for number in cites if number in said]
        own = [term for term in heard if any(find_term(source, term) for source in sources)]
        changed = text
        for term in own:
            changed = replace_term(changed, Term(term.right, term.wrong))
        if changed != text:
            back[place, changed] = text
        return changed

    return (_mapped(draft, change) if heard else draft), back


def as_written(report: Report, back: Mapping[tuple[str, str], str]) -> Report:
    """The report on a draft as heard, about the draft as written."""
    written = (replace(each, text=back.get((each.place, each.text), each.text)) for each in report.findings)
    return replace(report, findings=tuple(written)) if back else report


def _mapped(draft: Draft, change: Callable[[str, str, Sequence[int] | None], str]) -> Draft:
    """The draft with every text changed; `change` gets the text, its place and, for a statement, what it cites."""

    def paragraph(old: Paragraph, place: str) -> Paragraph:
        return Paragraph(tuple(statement(each, place) for each in old.statements))

    def statement(old: Statement, place: str) -> Statement:
        return replace(old, text=change(old.text, place, old.cites or None))

    def section(old: Section, number: int) -> Section:
        place = f"sections.{number}"
        paragraphs = (paragraph(each, f"{place}.{at}") for at, each in enumerate(old.paragraphs, 1))
        return Section(change(old.heading, place, None), tuple(paragraphs))

    return replace(
        draft,
        title=change(draft.title, "title", None),
        headline=change(draft.headline, "headline", None),
        lead=paragraph(draft.lead, "lead"),
        background=tuple(paragraph(each, f"background.{at}") for at, each in enumerate(draft.background, 1)),
        transition=paragraph(draft.transition, "transition"),
        sections=tuple(section(each, at) for at, each in enumerate(draft.sections, 1)),
        challenges=paragraph(draft.challenges, "challenges") if draft.challenges else None,
        outlook=paragraph(draft.outlook, "outlook") if draft.outlook else None,
        conclusion=paragraph(draft.conclusion, "conclusion") if draft.conclusion else None,
    )
