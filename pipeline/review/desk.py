"""The rules of the review desk: queue, edits, decisions, offers. It knows no HTTP.

The draft that counts is the machine's latest until a person edits; from then on it is the person's, and what a later
run writes is only offered. Whoever changes or judges a draft names the digest of what they saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import ArtifactCorrupt, EditRefused, ModelError, NoSuchDraft, PipelineError, StaleDraft
from pipeline.judged import Decision, Entry, Filter, Listed, Review, Shelf, Standing, Term
from pipeline.review import rules
from pipeline.review.edits import Edit, apply
from pipeline.stages import blocks
from pipeline.stages.align import Ground
from pipeline.stages.compare import corrections
from pipeline.stages.verify import verify
from pipeline.store.index import Index, Record
from pipeline.store.reviews import History, Reviews, key
from pipeline.types import Article, Draft, Report, Script, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipeline.ports import Writer
    from pipeline.settings import VerifySettings
    from pipeline.store.library import Library

REASON_MOST = 2000
"""Longest reason, in characters."""
TERM_MOST = 100
"""Longest name or term of the glossary, in characters."""
_REPORTS_MOST = 64


@dataclass(frozen=True, slots=True)
class Tools:
    """All that a desk works with."""

    library: Library
    reviews: Reviews
    index: Index
    writer: Writer
    export: Callable[[Article], Mapping[str, bytes]]
    """The files of an article in the formats of the settings."""
    settings: VerifySettings
    author: str
    now: Callable[[], datetime]
    """The time in UTC."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article on the desk."""

    article: Article
    """As it stands: the draft that counts, checked against the script it rests on."""
    folder: str
    base: Article
    """The machine's article that the draft comes from."""
    standing: Standing
    history: History
    offer: Article | None
    """A newer article by the machine, beside the person's draft."""
    terms: tuple[Term, ...]
    """Corrections made elsewhere in this channel whose wrong form stands here."""

    @property
    def digest(self) -> str:
        """Of the draft that counts."""
        return self.article.provenance.draft

    @property
    def video(self) -> str:
        """The video's id."""
        return self.article.script.video.id


class Desk:
    """One library under review. Threads may share it; a second process may use the same library."""

    def __init__(self, tools: Tools) -> None:
        """Nothing is read before it is asked for."""
        self._tools = tools
        self._lock = RLock()
        self._stamp = (-1, -1)
        self._reports: dict[tuple[str, str], Report] = {}
        self._grounds: dict[str, Ground] = {}
        self._sections: dict[tuple[str, str], tuple[str, Section]] = {}
        self.unreadable: tuple[str, ...] = ()
        """Folders whose article cannot be read, at the last look."""

    # --- the queue ---

    def queue(self, wanted: Filter, page: int = 1) -> Shelf:
        """One page of the articles that the filter lets through, weakest evidence first."""
        self.refresh()
        return self._tools.index.shelf(wanted, page)

    def counts(self) -> dict[Standing, int]:
        """How many articles stand where."""
        return self._tools.index.counts()

    def channels(self) -> tuple[str, ...]:
        """Every channel that has an article."""
        return self._tools.index.channels()

    def waiting(self, after: str = "") -> str | None:
        """The unreviewed video with the weakest evidence, other than the one just looked at; None when all is done."""
        self.refresh()
        return self._tools.index.waiting(after)

    def refresh(self) -> None:
        """Bring the index up to date with the files; two looks at folders when nothing changed."""
        with self._lock:
            stamp = self._stamps()
            if stamp != self._stamp:
                folders = self._tools.index.changed(self._tools.library.states(), self._tools.reviews.states())
                self.unreadable = ()
                self._tools.index.put(self._records(folders))
                self._stamp = stamp

    # --- one article ---

    def open(self, video: str) -> Sheet:
        """The article of a video as it stands; raises `NoSuchDraft` or `ArtifactCorrupt`."""
        self.refresh()
        row = self._tools.index.get(video)
        if row is None:
            message = f"there is no article of {video[:80]!r}"
            raise NoSuchDraft(message)
        return self._sheet(row.folder)

    def past(self, video: str, number: int) -> Draft:
        """The draft of an act by its place in the history, counting from 1; 0 is the machine's."""
        sheet = self.open(video)
        if not 0 <= number <= len(sheet.history.reviews):
            message = "the history has no such entry"
            raise NoSuchDraft(message)
        return sheet.history.draft(number - 1) if number else sheet.base.draft

    def edit(self, video: str, seen: str, edit: Edit) -> Sheet:
        """Change one block and check the draft anew; on return it is on disk.

        Raises `EditRefused`, and `StaleDraft` when the draft is not the one that was seen: then the change is kept in
        the history beside it, as a draft of its own.
        """
        with self._lock:
            sheet = self.open(video)
            if seen != sheet.digest:
                self._set_aside(sheet, seen, edit)
                raise _stale(video)
            return self._save(sheet, apply(sheet.article.draft, edit, self._ground(sheet.base)))

    def restore(self, video: str, seen: str, number: int) -> Sheet:
        """Make the draft of an act (0: the machine's) the one that counts again; raises `StaleDraft`."""
        with self._lock:
            sheet = self._seen(video, seen)
            if not number:
                return self._save(sheet, sheet.base.draft)
            draft = self.past(video, number)
            base = self._tools.reviews.article(sheet.history.reviews[number - 1].base)
            return self._save(replace(sheet, base=base), draft)

    def take(self, video: str, seen: str) -> Sheet:
        """Accept the newer article of the machine in place of the person's draft; raises `StaleDraft`."""
        with self._lock:
            sheet = self._seen(video, seen)
            if sheet.offer is None:
                message = "there is no newer draft"
                raise EditRefused(message)
            return self._save(replace(sheet, base=sheet.offer), sheet.offer.draft)

    def decide(self, video: str, seen: str, decision: Decision, reason: str = "") -> Sheet:
        """Approve, reject or send back the exact draft that was seen.

        Raises `EditRefused` without a reason where one is needed, and `StaleDraft`.
        """
        if decision not in {Decision.APPROVE, Decision.REJECT, Decision.RETURN}:
            message = "this is not a decision"
            raise EditRefused(message)
        if decision is not Decision.APPROVE and not reason.strip():
            message = "a reason is needed"
            raise EditRefused(message, "Say in a sentence what is wrong.")
        with self._lock:
            sheet = self._seen(video, seen)
            if decision is Decision.APPROVE:
                self._learn(sheet)
            return self._append(sheet, sheet.article.draft, decision, reason.strip()[:REASON_MOST])

    def export(self, video: str, seen: str) -> Path:
        """Write an approved article in every format, exactly as it was approved; the folder it is in."""
        with self._lock:
            sheet = self._seen(video, seen)
            if sheet.standing not in {Standing.APPROVED, Standing.PUBLISHED}:
                message = f"{video} is not approved"
                raise EditRefused(message, "Only what a person approved is exported.")
            place = self._tools.library.export(sheet.folder, self._tools.export(sheet.article))
            self._append(sheet, sheet.article.draft, Decision.EXPORT, "")
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
        if not written:
            message = "the writer found nothing to say in this section"
            raise ModelError(message)
        paragraphs = tuple(paragraph for each in written for paragraph in each.paragraphs)
        self._sections[video, place] = (seen, Section(section.heading, paragraphs))

    def offered(self, video: str, place: str) -> Draft:
        """The draft as it would be with the section written anew; raises `EditRefused` when none was for this draft."""
        sheet = self.open(video)
        seen, section = self._sections.get((video, place), ("", None))
        if section is None or seen != sheet.digest:
            message = "no section was written anew for this draft"
            raise EditRefused(message, "Ask for it again.")
        return blocks.with_section(sheet.article.draft, place, section)

    def accept(self, video: str, seen: str, place: str) -> Sheet:
        """Put the section written anew into the draft; raises `StaleDraft` or `EditRefused`."""
        with self._lock:
            sheet = self._save(self._seen(video, seen), self.offered(video, place))
            del self._sections[video, place]
            return sheet

    # --- the glossary ---

    def correct(self, video: str, wrong: str, right: str, *, kept: bool = True) -> None:
        """Keep a correction of a name or term for the video's channel, or take it back."""
        channel = self.open(video).article.script.video.channel
        wrong, right = " ".join(wrong.split()), " ".join(right.split())
        if not channel or not wrong or not right or wrong == right or max(len(wrong), len(right)) > TERM_MOST:
            message = "a correction needs a channel and two different short forms"
            raise EditRefused(message)
        self._tools.reviews.note(Term(channel, wrong, right, video, self._tools.author, self._tools.now(), kept))

    def _learn(self, sheet: Sheet) -> None:
        """Note the names and terms that the editor corrected in this draft."""
        channel = sheet.article.script.video.channel
        known = {(term.wrong, term.right) for term in self._tools.reviews.terms() if term.channel == channel}
        for wrong, right in corrections(sheet.base.draft, sheet.article.draft):
            if channel and (wrong, right) not in known and max(len(wrong), len(right)) <= TERM_MOST:
                self.correct(sheet.video, wrong, right)

    # --- how a sheet is made and kept ---

    def _seen(self, video: str, seen: str) -> Sheet:
        sheet = self.open(video)
        if seen != sheet.digest:
            raise _stale(video)
        return sheet

    def _sheet(self, folder: str) -> Sheet:
        machine = self._tools.library.article(folder)
        video = machine.script.video
        history = self._tools.reviews.history(video.id)
        at = rules.last(history.reviews)
        own = at is not None and rules.edited(history.reviews)
        base, article = machine, machine
        if own and at is not None:
            kept = history.reviews[at].base
            base = machine if kept == key(machine) else self._tools.reviews.article(kept)
            article = self._checked(base, history.draft(at))
        stands = rules.standing(history.reviews, article.provenance.draft, article.report)
        terms = rules.offered(self._tools.reviews.terms(), video.channel, rules.text(article))
        offer = machine if own and key(machine) != key(base) else None
        return Sheet(article, folder, base, stands, history, offer, terms)

    def _checked(self, base: Article, draft: Draft) -> Article:
        """The machine's article with a person's draft, verified as any draft is."""
        name = digest(draft)
        if name == base.provenance.draft:
            return base
        report = self._reports.get((key(base), name))
        if report is None:
            report = verify(draft, base.script, self._tools.settings)
            _remember(self._reports, (key(base), name), report)
        writer = f"{base.provenance.writer} + {self._tools.author}"
        return replace(base, draft=draft, report=report, provenance=replace(base.provenance, draft=name, writer=writer))

    def _ground(self, base: Article) -> Ground:
        name = base.provenance.script
        if name not in self._grounds:
            self._grounds = {name: Ground(base.script)}
        return self._grounds[name]

    def _save(self, sheet: Sheet, draft: Draft) -> Sheet:
        """Keep the draft as the one that counts; nothing is written when nothing changed."""
        if digest(draft) == sheet.digest:
            return sheet
        return self._append(sheet, draft, Decision.EDIT, "")

    def _append(self, sheet: Sheet, draft: Draft, decision: Decision, reason: str) -> Sheet:
        review = Review(
            video=sheet.video,
            draft=digest(draft),
            base=key(sheet.base),
            decision=decision,
            author=self._tools.author,
            time=self._tools.now(),
            reason=reason,
            edits=blocks.places(sheet.article.draft, draft),
        )
        self._tools.reviews.append(Entry(review, draft), sheet.base)
        self._tools.index.put(self._records((sheet.folder,)))
        self._stamp = self._stamps()
        return self._sheet(sheet.folder)

    def _set_aside(self, sheet: Sheet, seen: str, edit: Edit) -> None:
        """Keep a change that came too late: made to the draft it was meant for, as an act that does not count."""
        reviews = sheet.history.reviews
        at = next((at for at, review in enumerate(reviews) if review.draft == seen), None)
        draft = sheet.history.draft(at) if at is not None else sheet.base.draft
        if digest(draft) != seen:
            return
        late = apply(draft, edit, self._ground(sheet.base))
        if digest(late) not in {sheet.digest, seen, *(review.draft for review in reviews)}:
            self._append(sheet, late, Decision.ASIDE, "")

    def _records(self, folders: Sequence[str]) -> Iterator[Record]:
        for folder in folders:
            try:
                card = self._tools.library.state(folder)
                sheet = self._sheet(folder)
            except ArtifactCorrupt:
                self.unreadable = (*self.unreadable, folder)
                continue
            listed: Listed = rules.listed(sheet.article, folder, sheet.standing)
            yield Record(listed, rules.text(sheet.article), card, self._tools.reviews.state(sheet.video))

    def _stamps(self) -> tuple[int, int]:
        return self._tools.library.stamp(), self._tools.reviews.stamp()


def _stale(video: str) -> StaleDraft:
    return StaleDraft(f"{video}: the draft changed since it was shown")


def _remember(kept: dict[tuple[str, str], Report], name: tuple[str, str], report: Report) -> None:
    """Keep a report in memory, and forget the oldest beyond a number."""
    kept[name] = report
    if len(kept) > _REPORTS_MOST:
        del kept[next(iter(kept))]


def _section(draft: Draft, place: str) -> Section:
    found = [section for number, section in enumerate(draft.sections, 1) if place == f"sections.{number}"]
    if not found:
        message = "there is no such section"
        raise EditRefused(message)
    return found[0]


def _part(script: Script, section: Section) -> Script:
    """The passages that a section takes its sentences from, as a script of their own."""
    cited = {number for paragraph in section.paragraphs for number in paragraph.cites}
    passages = tuple(p for p in script.passages if any(sentence.number in cited for sentence in p.sentences))
    if not passages:
        message = "the section cites nothing, so there is nothing to write it from"
        raise EditRefused(message)
    return replace(script, passages=passages)
