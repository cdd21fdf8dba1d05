"""What a person may do with a draft: edits, decisions, proposals, corrections. It knows no HTTP.

The current draft is the machine's latest until a person edits; from then on it is the person's, and what a later run
writes is only offered. Whoever changes or judges a draft names the digest of the draft they saw (`seen`), and gets
`StaleDraft` when it is not the current one.
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
from pipeline.types.article import Article, Draft, Section
from pipeline.types.review import Decision, GlossaryTerm, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REASON_MOST = 2000
"""Longest reason, in characters; the rest is cut off."""
TERM_MOST = 100
"""Longest name or term of the glossary, in characters."""


class Desk:
    """One library under review. Threads may share it."""

    def __init__(self, services: ReviewServices) -> None:
        self.articles = ReviewArticles(services)
        self._services = services
        self._retrievers: dict[str, Retriever] = {}
        self._proposals: dict[tuple[str, str], tuple[str, Section]] = {}
        """Sections written anew, by video and place, with the digest of the draft they are for."""

    # --- changing ---

    def edit(self, video: str, seen: str, edit: Edit) -> ReviewArticle:
        """Change one block and check the draft again; on return it is on disk.

        Raises `EditRefused` for what the rules do not allow. A change to a draft that is no longer current is kept in
        the history beside it, as a draft of its own, before `StaleDraft` is raised.
        """
        with self.articles.lock:
            try:
                review = self._open_seen(video, seen)
                return self._save(review, apply_edit(review.article.draft, edit, self._retriever(review.base)))
            except StaleDraft:
                self._set_aside(self.articles.open(video), seen, edit)
                raise

    def past(self, video: str, number: int) -> tuple[Article, Draft]:
        """The draft of an event, with the machine's article it comes from; raises `NoSuchEntry`.

        Events count from 1; 0 is the machine's own draft.
        """
        review = self.articles.open(video)
        if not 0 <= number <= len(review.history.events):
            message = f"the history of {video} has no entry {number}"
            raise NoSuchEntry(message)
        if not number:
            return review.base, review.base.draft
        base = self._services.reviews.article(review.history.events[number - 1].base)
        return base, review.history.draft(number - 1)

    def restore(self, video: str, seen: str, number: int) -> ReviewArticle:
        """Make the draft of an event (0: the machine's) the current one again."""
        with self.articles.lock:
            review = self._open_seen(video, seen)
            base, draft = self.past(video, number)
            return self._save(replace(review, base=base), draft)

    def take_newer(self, video: str, seen: str) -> ReviewArticle:
        """Replace the person's draft by the machine's newer one."""
        with self.articles.lock:
            review = self._open_seen(video, seen)
            if review.newer is None:
                raise EditRefused(Refusal.NO_NEWER_DRAFT)
            return self._save(replace(review, base=review.newer), review.newer.draft)

    # --- deciding ---

    def decide(self, video: str, seen: str, decision: Decision, reason: str = "") -> ReviewArticle:
        """Approve, reject or send back the draft that was seen.

        Raises `EditRefused` for anything else, and without a reason where one is required. An approval adds the names
        and terms that the editor corrected to the glossary.
        """
        if decision not in {Decision.APPROVE, Decision.REJECT, Decision.RETURN}:
            raise EditRefused(Refusal.NOT_A_DECISION)
        if decision is not Decision.APPROVE and not reason.strip():
            raise EditRefused(Refusal.REASON_REQUIRED)
        with self.articles.lock:
            review = self._open_seen(video, seen)
            if decision is Decision.APPROVE:
                self._learn_corrections(review)
            return self.articles.record(review, review.article.draft, decision, strip_controls(reason)[:REASON_MOST])

    def export(self, video: str, seen: str) -> Path:
        """Write the files of an approved article, exactly as it was approved; returns their folder."""
        with self.articles.lock:
            review = self._open_seen(video, seen)
            if review.status not in {ReviewStatus.APPROVED, ReviewStatus.PUBLISHED}:
                raise EditRefused(Refusal.NOT_APPROVED)
            folder = self._services.library.export(review.folder, self._services.export(review.article))
            self.articles.record(review, review.article.draft, Decision.EXPORT)
            return folder

    def decide_many(self, chosen: Sequence[tuple[str, str]], decision: Decision) -> tuple[tuple[str, str], ...]:
        """Approve or export many drafts, each by video and digest; returns the videos that failed, with the error."""
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
        """Have one section written anew from the passages it cites, as a proposal for this draft.

        Raises `EditRefused` when there is nothing to write it from, and `ModelError`.
        """
        article = self._open_seen(video, seen).article
        sections = {f"sections.{number}": section for number, section in enumerate(article.draft.sections, 1)}
        if place not in sections:
            raise EditRefused(Refusal.NO_SUCH_SECTION)
        section = sections[place]
        cited = {number for paragraph in section.paragraphs for number in paragraph.cites}
        passages = tuple(
            passage
            for passage in article.script.passages
            if any(sentence.number in cited for sentence in passage.sentences)
        )
        if not passages:
            raise EditRefused(Refusal.SECTION_WITHOUT_EVIDENCE)
        written = self._services.writer.write(replace(article.script, passages=passages)).sections
        paragraphs = tuple(paragraph for each in written for paragraph in each.paragraphs)
        if not paragraphs:
            message = "the writer found nothing to say in this section"
            raise NothingWritten(message)
        self._proposals[video, place] = (seen, Section(section.heading, paragraphs))

    def proposed(self, video: str, place: str) -> Draft:
        """The current draft with the proposed section; raises `EditRefused` when none was made for this draft."""
        review = self.articles.open(video)
        seen, section = self._proposals.get((video, place), ("", None))
        if section is None or seen != review.digest:
            raise EditRefused(Refusal.NO_PROPOSAL)
        return blocks.with_section(review.article.draft, place, section)

    def accept(self, video: str, seen: str, place: str) -> ReviewArticle:
        """Put the proposed section into the draft."""
        with self.articles.lock:
            return self._save(self._open_seen(video, seen), self.proposed(video, place))

    # --- the glossary ---

    def correct(self, video: str, wrong: str, right: str, *, kept: bool = True) -> None:
        """Save a correction of a name or term for the video's channel, or withdraw it; raises `EditRefused`."""
        channel = self.articles.open(video).article.script.video.channel
        wrong, right = strip_controls(wrong), strip_controls(right)
        if not channel or not wrong or not right or wrong == right or max(len(wrong), len(right)) > TERM_MOST:
            raise EditRefused(Refusal.BAD_CORRECTION)
        self._services.reviews.add_term(
            GlossaryTerm(channel, wrong, right, video, self._services.author, self._services.now(), kept)
        )

    def _learn_corrections(self, review: ReviewArticle) -> None:
        channel = review.article.script.video.channel
        known = {(term.wrong, term.right) for term in self._services.reviews.terms() if term.channel == channel}
        for wrong, right in corrections(review.base.draft, review.article.draft) if channel else ():
            if (wrong, right) not in known and max(len(wrong), len(right)) <= TERM_MOST:
                self.correct(review.video, wrong, right)

    # --- how a change is saved ---

    def _open_seen(self, video: str, seen: str) -> ReviewArticle:
        review = self.articles.open(video)
        if seen != review.digest:
            message = f"{video}: the draft changed since it was shown"
            raise StaleDraft(message)
        return review

    def _save(self, review: ReviewArticle, draft: Draft) -> ReviewArticle:
        """Make a draft the current one; nothing is written when nothing changed."""
        return review if digest(draft) == review.digest else self.articles.record(review, draft, Decision.EDIT)

    def _set_aside(self, review: ReviewArticle, seen: str, edit: Edit) -> None:
        """Keep a change that came too late: made to the draft it was meant for, as an event that changes nothing."""
        drafts = [event.draft for event in review.history.events]
        number = drafts.index(seen) + 1 if seen in drafts else 0
        base, draft = self.past(review.video, number)
        if digest(draft) != seen:
            return
        late = apply_edit(draft, edit, self._retriever(base))
        if digest(late) not in {seen, review.digest, *drafts}:
            self.articles.record(replace(review, base=base), late, Decision.ASIDE)

    def _retriever(self, base: Article) -> Retriever:
        """The retriever of a script; only the latest is kept in memory."""
        script = base.provenance.script
        if script not in self._retrievers:
            self._retrievers = {script: Retriever(base.script.sentences)}
        return self._retrievers[script]
