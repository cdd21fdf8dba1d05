"""When to look again, and when never."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import errors
from pipeline.batch.retry_policy import FIRST_PAUSE, HOUR, LONGEST_PAUSE, backoff, count_attempt, is_fatal, status_after
from pipeline.errors import PipelineError, SourceBlocked, SourceError
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import BLOCK_SECONDS, FINISHED, OPEN, BreakerState, VideoRecord, VideoStatus

NOW = 1_790_000_000.0
RECORD = VideoRecord(
    "aaaaaaaaaaa", VideoReference(SourceKind.YOUTUBE, "aaaaaaaaaaa"), attempts=1, attempt_days=1, attempted_at=NOW
)
THRICE = replace(RECORD, attempts=3, attempt_days=2)


def error(name: str) -> PipelineError:
    """An error of that name."""
    kind = getattr(errors, name)
    made = kind("aaaaaaaaaaa", "it failed") if issubclass(kind, SourceError) else kind("it failed")
    assert isinstance(made, PipelineError)
    return made


@pytest.mark.parametrize(
    ("name", "once", "thrice"),
    [
        ("SourceBlocked", VideoStatus.BLOCKED, VideoStatus.BLOCKED),
        ("NotYetAvailable", VideoStatus.LATER, VideoStatus.LATER),
        ("NoCaptions", VideoStatus.LATER, VideoStatus.PERMANENT),
        ("NoArabicCaptions", VideoStatus.LATER, VideoStatus.PERMANENT),
        ("SourceUnreachable", VideoStatus.RETRY, VideoStatus.RETRY),
        ("SourceChanged", VideoStatus.RETRY, VideoStatus.PERSON),
        ("TokenRequired", VideoStatus.RETRY, VideoStatus.PERSON),
        ("ModelError", VideoStatus.RETRY, VideoStatus.PERSON),
        ("VideoUnavailable", VideoStatus.PERMANENT, VideoStatus.PERMANENT),
        ("TooShort", VideoStatus.PERMANENT, VideoStatus.PERMANENT),
        ("NoSentence", VideoStatus.PERMANENT, VideoStatus.PERMANENT),
        ("AccessDenied", VideoStatus.PERSON, VideoStatus.PERSON),
        ("RegionBlocked", VideoStatus.PERSON, VideoStatus.PERSON),
        ("FileUnreadable", VideoStatus.PERSON, VideoStatus.PERSON),
        ("ArtifactCorrupt", VideoStatus.PERSON, VideoStatus.PERSON),
        ("UsageError", VideoStatus.PERSON, VideoStatus.PERSON),
    ],
)
def test_each_error_means_what_the_table_says(name: str, once: VideoStatus, thrice: VideoStatus) -> None:
    """After the first attempt, and after the third on two days; a block is never more than a block."""
    assert status_after(error(name), RECORD, NOW, 0.5).status is once
    assert status_after(error(name), THRICE, NOW, 0.5).status is thrice
    assert status_after(error(name), RECORD, NOW, 0.5).cause == name


@pytest.mark.parametrize("name", ["NoArabicCaptions", "NoCaptions"])
def test_a_file_is_not_looked_at_later(name: str) -> None:
    """What YouTube may still add, nobody adds to a file but a person."""
    record = replace(RECORD, reference=VideoReference(SourceKind.FILE, "talk.srt"))

    assert status_after(error(name), record, NOW, 0.5).status is VideoStatus.PERSON


@pytest.mark.parametrize(("attempts", "days"), [(1, 1), (2, 2), (9, 1)])
def test_nothing_is_final_before_three_attempts_on_two_days(attempts: int, days: int) -> None:
    """Many attempts on one day are one bad day."""
    record = replace(RECORD, attempts=attempts, attempt_days=days)

    assert status_after(error("NoCaptions"), record, NOW, 0.5).status is VideoStatus.LATER


def test_every_error_has_a_meaning() -> None:
    """No error of ours is left out: each stops the run, or gives a status that is not `made`, with a hint."""
    kinds = [k for k in vars(errors).values() if inspect.isclass(k) and issubclass(k, PipelineError)]
    for kind in kinds:
        made = error(kind.__name__)
        if not is_fatal(made):
            change = status_after(made, RECORD, NOW, 0.5)
            assert change.status not in FINISHED
            assert change.reason
    assert len(kinds) > 15


@pytest.mark.parametrize(
    ("name", "stops"),
    [
        ("NoSpace", True),
        ("NotWritable", True),
        ("ConfigError", True),
        ("ArtifactCorrupt", False),
        ("SourceBlocked", False),
    ],
)
def test_troubles_of_the_library_stop_a_run(name: str, stops: bool) -> None:  # noqa: FBT001 - a case
    """A full disk is no fact about a video; one damaged file is not the end of all others."""
    assert is_fatal(error(name)) is stops


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_backoff_is_jittered_and_bounded(attempts: int, uniform: float) -> None:
    """Any part of a span that doubles from half a minute to an hour."""
    pause = backoff(attempts, uniform)

    assert 0 <= pause <= LONGEST_PAUSE
    assert pause <= FIRST_PAUSE * 2 ** min(attempts - 1, 30)
    assert backoff(attempts, 1.0) >= pause


@given(
    st.sampled_from(["SourceUnreachable", "NotYetAvailable", "NoCaptions", "SourceBlocked"]),
    st.floats(0, 1e5),
    st.floats(0, 1),
)
def test_a_demanded_wait_is_never_cut_short(name: str, wait: float, uniform: float) -> None:
    """`Retry-After` counts for a single video, too, and no next try lies in the past."""
    trouble = error(name)
    assert isinstance(trouble, SourceError)
    trouble.wait = wait

    assert status_after(trouble, RECORD, NOW, uniform).retry_at >= NOW + wait


def test_days_are_counted_in_utc() -> None:
    """Two attempts within a day count once, the next day counts again; a change of zone changes nothing."""
    first = count_attempt(replace(RECORD, attempts=0, attempt_days=0, attempted_at=0.0), NOW)
    same = count_attempt(RECORD, NOW + 60)
    next_day = count_attempt(RECORD, NOW + 24 * HOUR)

    counted = [(each.attempts, each.attempt_days) for each in (first, same, next_day)]
    assert counted == [(1, 1), (2, 1), (2, 2)]


def refusal(*, challenged: bool = False, wait: float = 0.0) -> SourceError:
    """A refusal by YouTube."""
    made = SourceBlocked("aaaaaaaaaaa", "refused")
    made.challenged, made.wait = challenged, wait
    return made


def test_the_breaker_opens_at_three_refusals_in_a_row() -> None:
    """Two are let pass; the third closes the door for an hour; the refused probe after it closes it again at once."""
    one = BreakerState().after_refusal(refusal(), NOW)
    two = one.after_refusal(refusal(), NOW)
    three = two.after_refusal(refusal(), NOW)
    probe = three.after_refusal(refusal(), three.open_until)

    assert not one.is_open(NOW)
    assert not two.is_open(NOW)
    assert three.is_open(NOW)
    assert three.is_open(NOW + BLOCK_SECONDS - 1)
    assert not three.is_open(NOW + BLOCK_SECONDS)
    assert probe.open_until == three.open_until + BLOCK_SECONDS


def test_a_captcha_opens_the_breaker_at_once() -> None:
    """There is no second request after a demand for a captcha."""
    assert BreakerState().after_refusal(refusal(challenged=True), NOW).open_until == NOW + BLOCK_SECONDS


def test_a_longer_demand_keeps_the_breaker_open_longer() -> None:
    """`Retry-After: 7200` means two hours, and a single refusal with it is kept to as well."""
    once = BreakerState().after_refusal(refusal(wait=90), NOW)
    thrice = BreakerState(2).after_refusal(refusal(wait=2 * HOUR), NOW)

    assert once.open_until == NOW + 90
    assert thrice.open_until == NOW + 2 * HOUR


def test_open_and_made_standings_are_apart() -> None:
    """What is finished is never tried again by itself, and what needs nobody is."""
    assert not OPEN & FINISHED
    assert {VideoStatus.PERMANENT, VideoStatus.PERSON} == set(VideoStatus) - OPEN - FINISHED
