"""What a person may do with a draft: edits, decisions, offers, corrections. It knows no HTTP.

The draft that counts is the machine's latest until a person edits; from then on it is the person's, and what a later
run writes is only offered. Whoever changes or judges a draft names the digest of what they saw.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.retrieval import Retriever
from pipeline.codec import digest
from pipeline.errors import EditRefused, NoSuchEntry, NothingWritten, PipelineError, Refusal, StaleDraft
from pipeline.review import blocks
from pipeline.review.articles import ReviewArticle, ReviewArticles, ReviewServices
from pipeline.review.diff import corrections
from pipeline.review.edits import Edit, apply_edit
from pipeline.types.article import Article, Draft, Script, Section
from pipeline.types.review import Decision, GlossaryTerm, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REASON_MOST = 2000
"""Longest reason, in characters."""
TERM_MOST = 100
"""Longest name or term of the glossary, in characters."""


class Desk:
    """One library under review. Threads may share it."""

    def __init__(self, tools: ReviewServices) -> None:
        """Nothing is read before it is asked for."""
        self.sheets = ReviewArticles(tools)
        """The articles, to be listed and opened."""
        self._tools = tools
        self._retrievers: dict[str, Retriever] = {}
        self._sections: dict[tuple[str, str], tuple[str, Section]] = {}
        """Sections written anew, by video and place, with the digest of the draft they are for."""

    # --- changing ---

    def edit(self, video: str, seen: str, edit: Edit) -> ReviewArticle:
        """Change one block and check the draft anew; on return it is on disk.

        Raises `EditRefused`, and `StaleDraft` when the draft is not the one that was seen: then the change is kept in
        the history beside it, as a draft of its own.
        """
        with self.sheets.lock:
            try:
                sheet = self._seen(video, seen)
                return self._save(sheet, apply_edit(sheet.article.draft, edit, self._retriever(sheet.base)))
            except StaleDraft:
                self._set_aside(self.sheets.open(video), seen, edit)
                raise

    def past(self, video: str, number: int) -> tuple[Article, Draft]:
        """The draft of an act by its place in the history, with the machine's article it comes from.

        Acts count from 1; 0 is the machine's own draft. Raises `NoSuchDraft`.
        """
        sheet = self.sheets.open(video)
        if not 0 <= number <= len(sheet.history.reviews):
            message = f"the history of {video} has no entry {number}"
            raise NoSuchEntry(message)
        if not number:
            return sheet.base, sheet.base.draft
        return self._tools.reviews.article(sheet.history.reviews[number - 1].base), sheet.history.draft(number - 1)

    def restore(self, video: str, seen: str, number: int) -> ReviewArticle:
        """Make the draft of an act (0: the machine's) the one that counts again; raises `StaleDraft`."""
        with self.sheets.lock:
            sheet = self._seen(video, seen)
            base, draft = self.past(video, number)
            return self._save(replace(sheet, base=base), draft)

    def take(self, video: str, seen: str) -> ReviewArticle:
        """Accept the newer article of the machine in place of the person's draft; raises `StaleDraft`."""
        with self.sheets.lock:
            sheet = self._seen(video, seen)
            if sheet.offer is None:
                raise EditRefused(Refusal.NO_NEWER_DRAFT)
            return self._save(replace(sheet, base=sheet.offer), sheet.offer.draft)

    # --- deciding ---

    def decide(self, video: str, seen: str, decision: Decision, reason: str = "") -> ReviewArticle:
        """Approve, reject or send back the exact draft that was seen.

        Raises `EditRefused` without a reason where one is needed, and `StaleDraft`.
        """
        if decision not in {Decision.APPROVE, Decision.REJECT, Decision.RETURN}:
            raise EditRefused(Refusal.NOT_A_DECISION)
        if decision is not Decision.APPROVE and not reason.strip():
            raise EditRefused(Refusal.REASON_REQUIRED)
        with self.sheets.lock:
            sheet = self._seen(video, seen)
            if decision is Decision.APPROVE:
                self._learn(sheet)
            return self.sheets.append(sheet, sheet.article.draft, decision, strip_controls(reason)[:REASON_MOST])

    def export(self, video: str, seen: str) -> Path:
        """Write an approved article in every format, exactly as it was approved; the folder it is in."""
        with self.sheets.lock:
            sheet = self._seen(video, seen)
            if sheet.standing not in {ReviewStatus.APPROVED, ReviewStatus.PUBLISHED}:
                raise EditRefused(Refusal.NOT_APPROVED)
            place = self._tools.library.export(sheet.folder, self._tools.export(sheet.article))
            self.sheets.append(sheet, sheet.article.draft, Decision.EXPORT)
            return place

    def bulk(self, chosen: Sequence[tuple[str, str]], decision: Decision) -> tuple[tuple[str, str], ...]:
        """Approve or export many drafts, each by video and digest; what failed, by video, with the reason."""
        failed: list[tuple[str, str]] = []
        for video, seen in chosen:
            try:
                if decision is Decision.EXPORT:
                    self.export(video, seen)
                else:
                    self.decide(video, seen, decision)
            except PipelineError as error:
                failed.append((video, str(error)))
        return tuple(failed)

    # --- a section written anew ---

    def regenerate(self, video: str, seen: str, place: str) -> None:
        """Have one section written anew from its own passages, to be looked at; raises `ModelError` or `StaleDraft`."""
        sheet = self._seen(video, seen)
        section = _section(sheet.article.draft, place)
        written = self._tools.writer.write(_part(sheet.article.script, section)).sections
        paragraphs = tuple(paragraph for each in written for paragraph in each.paragraphs)
        if not paragraphs:
            message = "the writer found nothing to say in this section"
            raise NothingWritten(message)
        self._sections[video, place] = (seen, Section(section.heading, paragraphs))

    def proposed(self, video: str, place: str) -> Draft:
        """The draft as it would be with the section written anew; raises `EditRefused` when none was for this draft."""
        sheet = self.sheets.open(video)
        seen, section = self._sections.get((video, place), ("", None))
        if section is None or seen != sheet.digest:
            raise EditRefused(Refusal.NO_PROPOSAL)
        return blocks.with_section(sheet.article.draft, place, section)

    def accept(self, video: str, seen: str, place: str) -> ReviewArticle:
        """Put the section written anew into the draft; raises `StaleDraft` or `EditRefused`."""
        with self.sheets.lock:
            return self._save(self._seen(video, seen), self.proposed(video, place))

    # --- the glossary ---

    def correct(self, video: str, wrong: str, right: str, *, kept: bool = True) -> None:
        """Keep a correction of a name or term for the video's channel, or take it back; raises `EditRefused`."""
        channel = self.sheets.open(video).article.script.video.channel
        wrong, right = strip_controls(wrong), strip_controls(right)
        if not channel or not wrong or not right or wrong == right or max(len(wrong), len(right)) > TERM_MOST:
            raise EditRefused(Refusal.BAD_CORRECTION)
        self._tools.reviews.note(
            GlossaryTerm(channel, wrong, right, video, self._tools.author, self._tools.now(), kept)
        )

    def _learn(self, sheet: ReviewArticle) -> None:
        """Note the names and terms that the editor corrected in this draft."""
        channel = sheet.article.script.video.channel
        known = {(term.wrong, term.right) for term in self._tools.reviews.terms() if term.channel == channel}
        for wrong, right in corrections(sheet.base.draft, sheet.article.draft) if channel else ():
            if (wrong, right) not in known and max(len(wrong), len(right)) <= TERM_MOST:
                self.correct(sheet.video, wrong, right)

    # --- how a change is kept ---

    def _seen(self, video: str, seen: str) -> ReviewArticle:
        sheet = self.sheets.open(video)
        if seen != sheet.digest:
            message = f"{video}: the draft changed since it was shown"
            raise StaleDraft(message)
        return sheet

    def _save(self, sheet: ReviewArticle, draft: Draft) -> ReviewArticle:
        """Keep the draft as the one that counts; nothing is written when nothing changed."""
        return sheet if digest(draft) == sheet.digest else self.sheets.append(sheet, draft, Decision.EDIT)

    def _set_aside(self, sheet: ReviewArticle, seen: str, edit: Edit) -> None:
        """Keep a change that came too late: made to the draft it was meant for, as an act that does not count."""
        drafts = [review.draft for review in sheet.history.reviews]
        number = drafts.index(seen) + 1 if seen in drafts else 0
        base, draft = self.past(sheet.video, number)
        if digest(draft) != seen:
            return
        late = apply_edit(draft, edit, self._retriever(base))
        if digest(late) not in {seen, sheet.digest, *drafts}:
            self.sheets.append(replace(sheet, base=base), late, Decision.ASIDE)

    def _retriever(self, base: Article) -> Retriever:
        """The evidence of the script in hand; the one before is forgotten."""
        name = base.provenance.script
        if name not in self._retrievers:
            self._retrievers = {name: Retriever(base.script.sentences)}
        return self._retrievers[name]


def _section(draft: Draft, place: str) -> Section:
    found = [section for number, section in enumerate(draft.sections, 1) if place == f"sections.{number}"]
    if not found:
        raise EditRefused(Refusal.NO_SUCH_SECTION)
    return found[0]


def _part(script: Script, section: Section) -> Script:
    """The passages that a section takes its sentences from, as a script of their own."""
    cited = {number for paragraph in section.paragraphs for number in paragraph.cites}
    passages = tuple(p for p in script.passages if any(sentence.number in cited for sentence in p.sentences))
    if not passages:
        raise EditRefused(Refusal.SECTION_WITHOUT_EVIDENCE)
    return replace(script, passages=passages)
