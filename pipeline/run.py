"""One video through the steps. This is the whole flow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import NotYetAvailable, PipelineError, SourceBlocked, SourceUnreachable
from pipeline.memo import Memo, Step
from pipeline.segment.prepare import prepare
from pipeline.types.article import (
    Article,
    Draft,
    Provenance,
    Recording,
    Report,
    RunResult,
    RunStatus,
    Script,
    VideoReference,
)
from pipeline.verify.report import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ports import Judge, Source, Writer
    from pipeline.segment.prepare import Restorer
    from pipeline.settings import Settings, TextSettings, VerifySettings

FETCH = Step("fetch", 1, Recording)
PREPARE = Step("prepare", 2, Script)
WRITE = Step("write", 1, Draft)
VERIFY = Step("verify", 3, Report)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The flow with everything it needs."""

    memo: Memo
    source: Source
    restorer: Restorer
    writer: Writer
    judge: Judge
    settings: Settings
    version: str

    @property
    def recipe(self) -> str:
        """Digest of all that would make another article of the same captions: steps, settings, writer, formats."""
        settings = self.settings
        steps = tuple(f"{step.name} {step.version}" for step in (FETCH, PREPARE, WRITE, VERIFY))
        made = (*steps, fetch_variant(settings), self.restorer.identity, self.writer.identity, self.judge.identity)
        return digest((made, digest(settings.text), digest(settings.verify), digest(settings.export)))

    def fetch(self, reference: VideoReference) -> Recording:
        """The recording, from the source only if it was never fetched."""
        return self.memo(FETCH.by(fetch_variant(self.settings)), self.source.fetch, reference)

    def look(self, reference: VideoReference) -> tuple[Recording, Callable[[], Recording] | None]:
        """The recording, and what keeps it if it was not kept before."""
        return self.memo.apart(FETCH.by(fetch_variant(self.settings)), self.source.fetch, reference)

    def kept(self, reference: VideoReference) -> bool:
        """Whether the recording is on disk, so that the source is not asked."""
        return self.memo.has(FETCH.by(fetch_variant(self.settings)), reference)

    def article(self, reference: VideoReference) -> Article:
        """Fetch, prepare, write, verify: each at most once, ever, for the same inputs."""
        memo, writer, settings = self.memo, self.writer, self.settings
        recording = self.fetch(reference)
        script = memo(PREPARE.by(self.restorer.identity), self._prepare, recording, settings.text)
        draft = memo(WRITE.by(writer.identity), writer.write, script)
        report = memo(VERIFY.by(self.judge.identity), self._verify, draft, script, settings.verify)
        return Article(script, draft, report, self._provenance(recording, script, draft))

    def _prepare(self, recording: Recording, settings: TextSettings) -> Script:
        return prepare(recording, settings, self.restorer)

    def _verify(self, draft: Draft, script: Script, settings: VerifySettings) -> Report:
        return verify(draft, script, settings, self.judge)

    def _provenance(self, recording: Recording, script: Script, draft: Draft) -> Provenance:
        transcript = recording.transcript
        return Provenance(
            track=transcript.track,
            backend=transcript.backend,
            reason=transcript.reason,
            writer=self.writer.identity,
            version=self.version,
            script=digest(script),
            draft=digest(draft),
        )


def fetch_variant(settings: Settings) -> str:
    """The settings that change what a source answers, as one name: they belong to the identity of fetching."""
    source = settings.source
    return ",".join(source.languages) + ("+translated" if source.allow_translated else "")


def run_one(request: str, make: Callable[[], Article]) -> RunResult:
    """What became of one request: an expected failure is data, a bug is raised."""
    begun = time.perf_counter()
    try:
        article = make()
    except PipelineError as error:
        seconds = time.perf_counter() - begun
        return RunResult(_status(error), request, seconds, None, str(error), error.hint, error.exit_code)
    status = RunStatus.FLAWED if article.report.findings else RunStatus.DONE
    return RunResult(status, request, time.perf_counter() - begun, article)


def _status(error: PipelineError) -> RunStatus:
    if isinstance(error, SourceBlocked):
        return RunStatus.BLOCKED
    return RunStatus.LATER if isinstance(error, (NotYetAvailable, SourceUnreachable)) else RunStatus.FAILED
