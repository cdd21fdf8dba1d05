"""One video through the steps. This is the whole flow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.codec import digest
from pipeline.errors import NotYetAvailable, PipelineError, SourceBlocked, SourceUnreachable
from pipeline.memo import Memo, Step
from pipeline.stages.prepare import prepare
from pipeline.stages.verify import verify
from pipeline.types import Article, Draft, Outcome, Provenance, Recording, Reference, Report, Script, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.ports import Judge, Source, Writer
    from pipeline.settings import Settings, TextSettings, VerifySettings
    from pipeline.stages.prepare import Restorer

FETCH = Step("fetch", 1, Recording)
PREPARE = Step("prepare", 2, Script)
WRITE = Step("write", 1, Draft)
VERIFY = Step("verify", 3, Report)


@dataclass(frozen=True, slots=True)
class Run:
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
        made = (*steps, languages(settings), self.restorer.identity, self.writer.identity, self.judge.identity)
        return digest((made, digest(settings.text), digest(settings.verify), digest(settings.export)))

    def fetch(self, reference: Reference) -> Recording:
        """The recording, from the source only if it was never fetched."""
        return self.memo(FETCH.by(languages(self.settings)), self.source.fetch, reference)

    def look(self, reference: Reference) -> tuple[Recording, Callable[[], Recording] | None]:
        """The recording, and what keeps it if it was not kept before."""
        return self.memo.apart(FETCH.by(languages(self.settings)), self.source.fetch, reference)

    def kept(self, reference: Reference) -> bool:
        """Whether the recording is on disk, so that the source is not asked."""
        return self.memo.has(FETCH.by(languages(self.settings)), reference)

    def article(self, reference: Reference) -> Article:
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


def languages(settings: Settings) -> str:
    """The settings that change what a source answers, as one name: they belong to the identity of fetching."""
    source = settings.source
    return ",".join(source.languages) + ("+translated" if source.allow_translated else "")


def attempt(request: str, make: Callable[[], Article]) -> Outcome:
    """What became of one request: an expected failure is data, a bug is raised."""
    begun = time.perf_counter()
    try:
        article = make()
    except PipelineError as error:
        seconds = time.perf_counter() - begun
        return Outcome(_status(error), request, seconds, None, str(error), error.hint, error.exit_code)
    status = Status.FLAWED if article.report.findings else Status.DONE
    return Outcome(status, request, time.perf_counter() - begun, article)


def _status(error: PipelineError) -> Status:
    if isinstance(error, SourceBlocked):
        return Status.BLOCKED
    return Status.LATER if isinstance(error, (NotYetAvailable, SourceUnreachable)) else Status.FAILED
