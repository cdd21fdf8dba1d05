"""The whole flow of one video: locate, fetch, prepare, write, verify, link, export. A batch takes the same path."""

from __future__ import annotations

import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import (
    ArticleKept,
    ArtifactCorrupt,
    NotYetAvailable,
    PipelineError,
    SourceBlocked,
    SourceUnreachable,
)
from pipeline.events import Notice, Reporter, silent
from pipeline.export.formats import export_files
from pipeline.linking import RelatedFinder, make_card, series_positions
from pipeline.memo import Memo, Step
from pipeline.segment.prepare import prepare
from pipeline.store.library import RECORD, Library, folder_name, record_file
from pipeline.store.lock import library_lock
from pipeline.types.article import (
    BY_MACHINE,
    Article,
    Draft,
    Provenance,
    Recording,
    Report,
    RunResult,
    RunStatus,
    Script,
)
from pipeline.types.batch import FetchResult
from pipeline.types.links import ArticleLinks
from pipeline.verify.glossary import as_heard, as_written, corrected
from pipeline.verify.report import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from pipeline.arabic.terms import Term
    from pipeline.ports import Judge, LocatingSource, Restorer, VerseFinder, Writer
    from pipeline.settings import Settings, TextSettings, VerifySettings
    from pipeline.types.article import ArticleCard, Transcript, VideoReference
    from pipeline.types.links import SeriesPosition

FETCH = Step("fetch", 4, Recording)
PREPARE = Step("prepare", 13, Script)
WRITE = Step("write", 1, Draft)
VERIFY = Step("verify", 11, Report)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything the flow needs. Its methods raise `PipelineError` only, unless they say otherwise."""

    memo: Memo
    source: LocatingSource
    restorer: Restorer
    verses: VerseFinder
    writer: Writer
    judge: Judge
    library: Library
    settings: Settings
    version: str
    report: Reporter = silent
    corrections: Callable[[str], tuple[Term, ...]] = lambda _: ()
    """Names that editors corrected for good, by channel."""

    def run(self, request: str) -> RunResult:
        """Make the article of a link, an id or a caption file, and write its files.

        An expected failure is part of the result; a bug is raised.
        """
        start = time.perf_counter()
        try:
            reference = self.locate(request)
            with self._library_lock():
                article = self.article(reference)
                card = self._card(article)
                others = self.library.cards(self._tell_damage, without=card.folder)
                finder = RelatedFinder((*others, card))
                links = ArticleLinks(finder.of(card, self.settings.export.related), self._places(card.folder))
                article, files = self._export(article, card, links)
                self._link_back(card, {other.id: other for other in others}, finder)
        except PipelineError as error:
            seconds = time.perf_counter() - start
            return RunResult(_status(error), request, seconds, None, str(error), error.hint, error.exit_code)
        status = RunStatus.FLAWED if article.report.findings else RunStatus.DONE
        return RunResult(status, request, time.perf_counter() - start, article, files=files)

    def make(self, reference: VideoReference) -> ArticleCard:
        """Make the article of one video of a batch. It has no links until `set_links`, when the batch is done."""
        article = self.article(reference)
        card = self._card(article, reference.digest)
        self._export(article, card, ArticleLinks())
        return card

    def set_links(self, folder: str, links: ArticleLinks) -> ArticleCard:
        """Write a finished article again with these links; no source and no model is asked.

        Raises `ArtifactCorrupt` when it cannot be read, and `StoreError`.
        """
        card = self.library.card(folder)
        self._export(self.library.article(folder), card, links)
        return card

    def article(self, reference: VideoReference) -> Article:
        """Fetch, prepare, write, verify: each at most once for the same inputs."""
        memo, writer, settings = self.memo, self.writer, self.settings
        recording = memo(self._fetch_step, self.source.fetch, reference)
        if not reference.kind.is_online:
            self._refuse_lesser(recording.video.id, recording.transcript, reference.id)
        prepared_by = f"{self.restorer.identity} {self.verses.identity}"
        script = memo(PREPARE.by(prepared_by), self._prepare, recording, settings.text)
        draft, remember = memo.compute_uncommitted(WRITE.by(writer.identity), writer.write, script)
        if remember is not None and not (draft.account and draft.account.shortfall):  # else made anew the next time
            draft = remember()
        terms = self.corrections(script.video.channel)
        draft = corrected(draft, terms) if terms else draft
        judged_by = f"{self.judge.identity} {digest(terms)}" if terms else self.judge.identity
        report = memo(VERIFY.by(judged_by), partial(self._verify, terms=terms), draft, script, settings.verify)
        transcript = recording.transcript
        provenance = Provenance(
            track=transcript.track,
            backend=transcript.backend,
            reason=transcript.reason,
            writer=writer.identity,
            version=self.version,
            script=digest(script),
            draft=digest(draft),
        )
        return Article(script, draft, report, provenance)

    def _refuse_lesser(self, video: str, transcript: Transcript, path: str) -> None:
        """Raise `ArticleKept` for captions by machine where another file's, by people, came to an article already."""
        folder = self.library.folder(video, "")
        if transcript.track.origin not in BY_MACHINE or not self.library.is_finished(folder):
            return
        with suppress(ArtifactCorrupt):  # an article that cannot be read is written anew
            made = self.library.article(folder).provenance
            if made.track.origin not in BY_MACHINE and made.reason != transcript.reason:
                raise ArticleKept(path, f"articles/{folder} is from better captions and was kept ({made.reason})")

    # --- locate and fetch ---

    def locate(self, request: str) -> VideoReference:
        """What was typed, as a reference; what was passed over is reported. Raises `UsageError`."""
        reference = self.source.locate(request)
        if reference.note:
            self.report(Notice(reference.note))
        return replace(reference, note="")  # other links to one video must not fetch it again

    def fetch(self, reference: VideoReference) -> FetchResult:
        """The video and, where its captions were not on disk yet, the call that puts them there."""
        recording, commit = self.memo.compute_uncommitted(self._fetch_step, self.source.fetch, reference)
        return FetchResult(recording.video, commit)

    def is_fetched(self, reference: VideoReference) -> bool:
        """Whether the captions are on disk, so that no source is asked."""
        return self.memo.has(self._fetch_step, reference)

    @property
    def _fetch_step(self) -> Step[Recording]:
        return FETCH.by(fetch_variant(self.settings))

    # --- prepare and verify, with what cannot be part of a key ---

    def _prepare(self, recording: Recording, settings: TextSettings) -> Script:
        return prepare(recording, settings, self.restorer, self.verses)

    def _verify(
        self, draft: Draft, script: Script, settings: VerifySettings, *, terms: tuple[Term, ...] = ()
    ) -> Report:
        heard, back = as_heard(draft, script, terms)
        return as_written(verify(heard, script, settings, self.judge), back)

    # --- link and export ---

    @property
    def recipe(self) -> str:
        """Digest of all that would make another article of the same captions: steps, settings, writer, formats."""
        settings = self.settings
        steps = tuple(f"{step.name} {step.version}" for step in (FETCH, PREPARE, WRITE, VERIFY))
        made = (
            *steps,
            fetch_variant(settings),
            self.restorer.identity,
            self.verses.identity,
            self.writer.identity,
            self.judge.identity,
        )
        return digest((made, digest(settings.text), digest(settings.verify), digest(settings.export)))

    def _card(self, article: Article, source_digest: str = "") -> ArticleCard:
        video = article.script.video
        folder = self.library.folder(video.id, folder_name(video.id, article.draft.title))
        return replace(make_card(article, folder), recipe=f"{self.recipe}{source_digest}")

    def _link_back(self, card: ArticleCard, others: Mapping[str, ArticleCard], finder: RelatedFinder) -> None:
        """Write the articles again that a new one is now among the closest of, so that they lead to it."""
        for near in finder.of(card, len(others)):
            folder = others[near.id].folder
            related = finder.of(others[near.id], self.settings.export.related)
            if card.id not in {each.id for each in related}:
                continue
            try:
                made = self.library.article(folder)
                if made.related != related:
                    self.set_links(folder, ArticleLinks(related, made.places))
            except ArtifactCorrupt as error:
                self._tell_damage(error)

    def _tell_damage(self, error: ArtifactCorrupt) -> None:
        self.report(Notice(f"{error}; no article leads to it. {error.hint}"))

    def _places(self, folder: str) -> tuple[SeriesPosition, ...]:
        """The places of an article in lists, as last written: in its record or else on the pages of the lists."""
        try:
            return self.library.article(folder).places
        except ArtifactCorrupt:
            return series_positions(self.library.series_by_folder()).get(folder, ())

    def _export(self, article: Article, card: ArticleCard, links: ArticleLinks) -> tuple[Article, tuple[str, ...]]:
        """Put the files of an article in place; the article with its links, and the paths for readers."""
        article = replace(article, related=links.related, places=links.places)
        files = export_files(article, self.settings.export.formats)
        folder = self.library.publish(card, files | {RECORD: record_file(article)})
        return article, tuple(str(folder / name) for name in files)

    def _library_lock(self) -> AbstractContextManager[None]:
        folder = Path(self.settings.library.folder)
        return library_lock(folder) if folder.is_dir() else nullcontext()  # a folder not yet there is nobody's


def fetch_variant(settings: Settings) -> str:
    """The settings that change what a source answers, as one name: part of the identity of fetching."""
    source = settings.source
    return ",".join(source.languages) + ("+translated" if source.allow_translated else "")


def _status(error: PipelineError) -> RunStatus:
    if isinstance(error, SourceBlocked):
        return RunStatus.BLOCKED
    return RunStatus.LATER if isinstance(error, (NotYetAvailable, SourceUnreachable)) else RunStatus.FAILED
