"""What a person may do with a draft: edits, decisions, proposals, corrections. It knows no HTTP.

The current draft is the machine's latest until a person edits; from then on it is the person's, and what a later run
writes is only offered. Whoever changes or judges a draft names the digest of the draft they saw (`seen`), and gets
`StaleDraft` when it is not the current one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.retrieval import Retriever
from pipeline.arabic.terms import Term
from pipeline.codec import digest
from pipeline.errors import (
    EditRefused,
    NoSuchEntry,
    NothingWritten,
    PipelineError,
    Refusal,
    StaleDraft,
    StoreError,
)
from pipeline.review import blocks
from pipeline.review.articles import ReviewArticle, ReviewArticles, ReviewServices
from pipeline.review.diff import corrections
from pipeline.review.edits import Edit, apply_edit
from pipeline.review.exports import Exports
from pipeline.review.history import article_key
from pipeline.review.rules import finding_key
from pipeline.review.steps import Steps, steps
from pipeline.types.article import Article, Draft, Section
from pipeline.types.review import Decision, FindingKey, GlossaryTerm, QueueRow, ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

REASON_MOST = 2000
"""Longest reason, in characters; the rest is cut off."""
TERM_MOST = 100
"""Longest name or term of the glossary, in characters."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What somebody should know before a draft is decided on from the list."""

    row: QueueRow
    seen: str
    """Digest of the draft that the list showed."""
    opened: bool
    """Whether anybody ever opened that draft."""
    changed: bool
    """Whether it changed since the list was shown."""

    @property
    def was_rejected(self) -> bool:
        return self.row.status is ReviewStatus.REJECTED

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against approving it."""
        return self.opened and not (self.changed or self.was_rejected or self.row.findings)


class Desk:
    """One library under review. Threads may share it."""

    def __init__(self, services: ReviewServices) -> None:
        self.articles = ReviewArticles(services)
        self.exports = Exports(services.library, self.articles, services.export)
        self._services = services
        self._retrievers: dict[str, Retriever] = {}
        self._originals: dict[str, str] = {}
        """Digest of the machine's draft in each article that a first edit changed."""
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
                return self._save(review, apply_edit(review.article.draft, edit))
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

    def steps(self, review: ReviewArticle) -> Steps:
        """Where undo and redo lead from the current draft."""
        first = _first_base(review)
        if first not in self._originals:
            self._originals[first] = self._before_first_edit(review).provenance.draft
        return steps(review.history.events, self._originals[first])

    def undo(self, video: str, seen: str) -> ReviewArticle:
        """Take back the last step of all that was ever changed in this draft; raises `EditRefused` if there is none."""
        return self._step_to(video, seen, lambda found: found.back, Refusal.NOTHING_TO_UNDO)

    def redo(self, video: str, seen: str) -> ReviewArticle:
        """Make the step again that was taken back last; raises `EditRefused` if there is none."""
        return self._step_to(video, seen, lambda found: found.forward, Refusal.NOTHING_TO_REDO)

    def _step_to(self, video: str, seen: str, where: Callable[[Steps], int | None], none: Refusal) -> ReviewArticle:
        with self.articles.lock:
            review = self._open_seen(video, seen)
            number = where(self.steps(review))
            if number is None:
                raise EditRefused(none)
            if number:
                base, draft = self.past(video, number)
            else:
                base = self._before_first_edit(review)
                draft = base.draft
            return self._save(replace(review, base=base), draft)

    def _before_first_edit(self, review: ReviewArticle) -> Article:
        """The machine's article that the first edit changed."""
        first = _first_base(review)
        return review.base if first == article_key(review.base) else self._services.reviews.article(first)

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

    def decide(
        self, video: str, seen: str, decision: Decision, reason: str = "", seconds: int | None = None
    ) -> ReviewArticle:
        """Approve, reject or send back the draft that was seen; `seconds` is how long somebody worked on it.

        What was exported is taken back unless the draft is approved.

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
            reason = strip_controls(reason)[:REASON_MOST]
            decided = self.articles.record(review, review.article.draft, decision, reason, seconds)
            if decision is not Decision.APPROVE:
                self.exports.take_back(review)
            return decided

    def export(self, video: str, seen: str) -> Path:
        """Write the files of an approved article, exactly as it was approved, without the notes to its editor.

        Returns their folder.
        """
        with self.articles.lock:
            review = self._open_seen(video, seen)
            folder = self.exports.write(review)
            self.exports.relink(self.articles.record(review, review.article.draft, Decision.EXPORT))
            return folder

    def show_folder(self, video: str) -> None:
        """Open the exported files of a video in the file manager; raises `EditRefused` where that cannot be."""
        folder = self.exports.folder(self.articles.open(video))
        if folder is None or self._services.show_folder is None:
            raise EditRefused(Refusal.NO_FOLDER)
        self._services.show_folder(folder)

    @property
    def beacon(self) -> str:
        """Names this library among those that have a desk on this machine."""
        return f"tadwin_at_{digest(str(self._services.library.articles.resolve()))[:16]}"

    @property
    def shows_folders(self) -> bool:
        """Whether there is a file manager to open a folder in."""
        return self._services.show_folder is not None

    def decide_many(
        self, chosen: Sequence[tuple[str, str]], decision: Decision, reason: str = ""
    ) -> tuple[tuple[str, PipelineError], ...]:
        """Decide on or export many drafts, each by video and digest; returns the videos that failed, with the error."""
        failed: list[tuple[str, PipelineError]] = []
        for video, seen in chosen:
            try:
                if decision is Decision.EXPORT:
                    self.export(video, seen)
                else:
                    self.decide(video, seen, decision, reason)
            except PipelineError as error:
                failed.append((video, error))
        return tuple(failed)

    def doubts(self, chosen: Sequence[tuple[str, str]]) -> tuple[Doubt, ...]:
        """What speaks against approving each of these drafts unread, by video and digest."""
        seen, opened = dict(chosen), self._services.reviews.opened()
        return tuple(
            Doubt(row, seen[row.id], opened=f"{row.id} {row.draft}" in opened, changed=row.draft != seen[row.id])
            for row in self.articles.rows([video for video, _ in chosen])
        )

    def mark_opened(self, review: ReviewArticle) -> None:
        """Remember that somebody had the current draft before their eyes; reading needs no room on the disk for it."""
        opening = f"{review.video} {review.digest}"
        if opening not in self._services.reviews.opened():
            with suppress(StoreError):
                self._services.reviews.add_opening(opening)

    # --- findings ---

    def check_finding(self, video: str, seen: str, key: FindingKey, *, checked: bool = True) -> ReviewArticle:
        """Mark a finding of the draft as looked at and right as it stands, or let it count again.

        Raises `EditRefused` where the draft has no such finding.
        """
        with self.articles.lock:
            review = self._open_seen(video, seen)
            listed = review.article.report.findings if checked else [finding for finding, _ in review.checked]
            finding = next((each for each in listed if finding_key(each) == key), None)
            if finding is None:
                raise EditRefused(Refusal.NO_SUCH_FINDING)
            return self.articles.record_about(review, finding, Decision.CHECK if checked else Decision.REOPEN)

    def near(self, review: ReviewArticle, text: str) -> tuple[int, ...]:
        """Numbers of up to three sentences of the talk that come closest to a text, to be offered as its evidence."""
        return self._retriever(review.base).nearest(text)

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

    def correct(self, video: str, wrong: str, right: str, *, kept: bool = True, everywhere: bool = False) -> None:
        """Save a correction of a name or term for the video's channel, or withdraw it; raises `EditRefused`.

        With `everywhere` later runs put it into their drafts of the channel.
        """
        channel = self.articles.open(video).article.script.video.channel
        self.correct_in(channel, Term(wrong, right), video=video, kept=kept, everywhere=everywhere)

    def correct_in(
        self, channel: str, term: Term, *, video: str = "", kept: bool = True, everywhere: bool = False
    ) -> None:
        """As `correct`, for a channel by its name."""
        wrong, right = strip_controls(term.wrong), strip_controls(term.right)
        if not channel or not wrong or not right or wrong == right or max(len(wrong), len(right)) > TERM_MOST:
            raise EditRefused(Refusal.BAD_CORRECTION)
        author, now = self._services.author, self._services.now()
        self._services.reviews.add_term(GlossaryTerm(channel, wrong, right, video, author, now, kept, everywhere))

    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Every correction that counts, by channel and wrong form."""
        return tuple(sorted(self._services.reviews.terms(), key=lambda term: (term.channel, term.wrong, term.right)))

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
        late = apply_edit(draft, edit)
        if digest(late) not in {seen, review.digest, *drafts}:
            self.articles.record(replace(review, base=base), late, Decision.ASIDE)

    def _retriever(self, base: Article) -> Retriever:
        """The retriever of a script; only the latest is kept in memory."""
        script = base.provenance.script
        if script not in self._retrievers:
            self._retrievers = {script: Retriever(base.script.sentences)}
        return self._retrievers[script]


def _first_base(review: ReviewArticle) -> str:
    """Key of the machine's article that the first edit changed; without an edit, of the one that counts."""
    bases = (event.base for event in review.history.events if event.decision is Decision.EDIT)
    return next(bases, article_key(review.base))
