"""The flow: every step once, every failure an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from models.writers.extractive import ExtractiveWriter
from pipeline import errors, run
from pipeline.arabic.terms import Term
from pipeline.memo import Memo
from pipeline.segment.prepare import NoRestoration, NoVerses
from pipeline.settings import Settings, TextSettings
from pipeline.store.library import Library
from pipeline.types.article import (
    Article,
    Caption,
    Draft,
    Recording,
    RunStatus,
    Script,
    SourceKind,
    Track,
    TrackOrigin,
    Transcript,
    Video,
    VideoReference,
)
from tests.fakes.judges import AcceptingJudge
from tests.fakes.scripts import TALK
from tests.fakes.store import MemoryStore

SETTINGS = Settings(text=TextSettings(minimum_words=50))
VIDEO = Video("aaaaaaaaaaa", "لماذا يعطش الفرات؟", url="https://www.youtube.com/watch?v=aaaaaaaaaaa")
LINES = [line for _, lines in TALK for line in lines]
NOWHERE = Path("/nowhere")
"""No test here gets so far that an article is written."""
REFERENCE = VideoReference(SourceKind.YOUTUBE, VIDEO.id)


class OneVideo:
    """A source that has one recording, and counts how often it is asked."""

    def __init__(self, lines: list[str]) -> None:
        """Hold these lines as captions of ten seconds each."""
        captions = tuple(Caption(line, 10.0 * at, 10.0 * at + 9) for at, line in enumerate(lines))
        self.recording = Recording(
            VIDEO, Transcript(Track("ar", TrackOrigin.MANUAL), captions, "shelf", "the only track")
        )
        self.fetched = 0

    def locate(self, _text: str) -> VideoReference:
        """The one video."""
        return REFERENCE

    def fetch(self, _reference: VideoReference) -> Recording:
        """The recording."""
        self.fetched += 1
        return self.recording


class Failing:
    """A source that fails as it is told."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def locate(self, _text: str) -> VideoReference:
        """The one video."""
        return REFERENCE

    def fetch(self, _reference: VideoReference) -> Recording:
        """Fail."""
        raise self._error


class Counting:
    """A `Writer` that passes everything on and counts."""

    def __init__(self) -> None:
        """Write as the embedded writer does."""
        self.written = 0
        self._writer = ExtractiveWriter(SETTINGS.writer)

    @property
    def identity(self) -> str:
        """That of the embedded writer."""
        return self._writer.identity

    def write(self, script: Script) -> Draft:
        """The embedded writer's draft."""
        self.written += 1
        return self._writer.write(script)


def flow(
    source: OneVideo | Failing, writer: Counting, store: MemoryStore, settings: Settings = SETTINGS
) -> run.Pipeline:
    """The flow over these parts."""
    plain = NoRestoration(), NoVerses()
    return run.Pipeline(Memo(store), source, *plain, writer, AcceptingJudge(), Library(NOWHERE), settings, "1")


def test_a_second_run_asks_nobody() -> None:
    """Running a finished video again makes 0 requests and 0 calls of the writer, and gives an equal article."""
    source, writer, store = OneVideo(LINES), Counting(), MemoryStore()

    first = flow(source, writer, store).article(REFERENCE)
    second = flow(source, writer, store).article(REFERENCE)

    assert first == second
    assert (source.fetched, writer.written) == (1, 1)


def test_a_name_corrected_for_good_stands_in_later_drafts() -> None:
    """With what is joined to it, and without a finding; the writer is not asked again, nor for another channel."""
    source, writer, store = OneVideo(LINES), Counting(), MemoryStore()
    before = flow(source, writer, store).article(REFERENCE)
    asked: list[str] = []

    def corrections(channel: str) -> tuple[Term, ...]:
        asked.append(channel)
        return (Term("المزارع", "الفلاح"),)

    after = replace(flow(source, writer, store), corrections=corrections).article(REFERENCE)

    def told(article: Article) -> str:
        return " ".join(each.text for _, paragraph in article.draft.paragraphs() for each in paragraph.statements)

    assert told(after) == told(before).replace("المزارع", "الفلاح")
    assert told(after) != told(before)
    renamed = tuple(replace(each, text=each.text.replace("المزارع", "الفلاح")) for each in before.report.findings)
    assert after.report == replace(before.report, findings=renamed)
    assert after.script == before.script
    assert (writer.written, asked) == (1, [VIDEO.channel])


def test_other_languages_are_another_fetch() -> None:
    """A setting that changes what a source answers is part of what is remembered."""
    source, writer, store = OneVideo(LINES), Counting(), MemoryStore()
    flow(source, writer, store).article(REFERENCE)

    translated = replace(SETTINGS, source=replace(SETTINGS.source, allow_translated=True))
    flow(source, writer, store, translated).article(REFERENCE)

    assert source.fetched == 2
    assert writer.written == 1


def test_a_changed_setting_of_checking_does_not_write_again() -> None:
    """Only the steps that a setting belongs to are done again."""
    source, writer, store = OneVideo(LINES), Counting(), MemoryStore()
    flow(source, writer, store).article(REFERENCE)

    stricter = replace(SETTINGS, verify=replace(SETTINGS.verify, gap_minutes=0.1))
    article = flow(source, writer, store, stricter).article(REFERENCE)

    assert (source.fetched, writer.written) == (1, 1)
    assert 0 < article.report.coverage.share < 1


class Strict(AcceptingJudge):
    """Another judge, which counts how often it is asked."""

    identity = "strict"

    def __init__(self) -> None:
        """Nobody asked yet."""
        self.asked = 0

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Half odds."""
        self.asked += 1
        return (0.5,) * len(pairs)


def test_another_judge_checks_anew_and_nothing_is_written_anew() -> None:
    """The judge belongs to the identity of checking, and of the recipe; the same one is asked once, ever."""
    source, writer, store, judge = OneVideo(LINES), Counting(), MemoryStore(), Strict()
    before = flow(source, writer, store)
    before.article(REFERENCE)
    after = replace(before, judge=judge)
    after.article(REFERENCE)
    after.article(REFERENCE)

    assert (source.fetched, writer.written, judge.asked) == (1, 1, 1)
    assert before.recipe != after.recipe


def test_an_article_knows_where_it_comes_from() -> None:
    """The provenance names track, reader, reason, writer and version, and the digests of script and draft."""
    article = flow(OneVideo(LINES), Counting(), MemoryStore()).article(REFERENCE)

    told = article.provenance
    assert (told.backend, told.reason, told.version) == ("shelf", "the only track", "1")
    assert told.track == Track("ar", TrackOrigin.MANUAL)
    assert told.writer == ExtractiveWriter(SETTINGS.writer).identity
    assert len({told.script, told.draft}) == 2


def test_too_few_words_are_refused() -> None:
    """A transcript of some words makes no article, and says how many are needed."""
    outcome = flow(OneVideo(LINES[:2]), Counting(), MemoryStore()).run("x")

    assert outcome.status is RunStatus.FAILED
    assert outcome.article is None
    assert outcome.reason
    assert "minimum_words" in outcome.hint


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.SourceBlocked("x", "429"), RunStatus.BLOCKED, 4),
        (errors.SourceUnreachable("x", "no network"), RunStatus.LATER, 1),
        (errors.NotYetAvailable("x", "premieres tomorrow"), RunStatus.LATER, 1),
        (errors.NoCaptions("x", "none"), RunStatus.FAILED, 1),
        (errors.UsageError("not a link"), RunStatus.FAILED, 2),
        (errors.NoSpace("full"), RunStatus.FAILED, 13),
    ],
)
def test_every_expected_failure_is_an_outcome(error: errors.PipelineError, status: RunStatus, code: int) -> None:
    """A failure we know becomes data with a reason, a hint and an exit code."""
    outcome = flow(Failing(error), Counting(), MemoryStore()).run("x")

    assert (outcome.status, outcome.exit_code, outcome.reason) == (status, code, str(error))
    assert outcome.hint == error.hint


def test_a_bug_is_not_an_outcome() -> None:
    """What we did not expect is raised, not filed."""
    with pytest.raises(KeyError):
        flow(Failing(KeyError("bug")), Counting(), MemoryStore()).run("x")


def test_every_error_says_what_to_do() -> None:
    """Each class that reaches a user has a hint, except those whose message says it all."""
    messages_say_it_all = {errors.UsageError, errors.ModelError, errors.EditRefused}
    roots = {errors.PipelineError, errors.SourceError, errors.ReviewError}
    classes = {c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.PipelineError)}

    assert {c.__name__ for c in classes - messages_say_it_all - roots if not c.hint} == set()
    assert len(classes) > 20
