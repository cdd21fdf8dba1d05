"""Arabic counting, clocks and dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.formatting import MINUTE, SECTION, count_phrase, duration, format_date, percent, timestamp


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0 دقيقة"),
        (1, "دقيقة واحدة"),
        (2, "دقيقتان"),
        (3, "3 دقائق"),
        (10, "10 دقائق"),
        (11, "11 دقيقة"),
        (99, "99 دقيقة"),
        (100, "100 دقيقة"),
        (101, "101 دقيقة"),
        (102, "102 دقيقة"),
        (103, "103 دقائق"),
        (111, "111 دقيقة"),
        (1000, "1000 دقيقة"),
    ],
)
def test_minutes_are_counted_as_grammar_asks(number: int, expected: str) -> None:
    """One, two, three to ten, eleven and more, hundreds: each has its form."""
    assert count_phrase(number, MINUTE) == expected


def test_a_masculine_noun_takes_its_accusative() -> None:
    """`11 قسمًا` but `3 أقسام` and `100 قسم`."""
    assert [count_phrase(n, SECTION) for n in (1, 2, 3, 11, 100)] == [
        "قسم واحد",
        "قسمان",
        "3 أقسام",
        "11 قسمًا",
        "100 قسم",
    ]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "0 ثانية"),
        (7.4, "7 ثوانٍ"),
        (59.7, "دقيقة واحدة"),
        (90, "دقيقتان"),
        (900, "15 دقيقة"),
        (3600, "ساعة واحدة"),
        (4500, "ساعة واحدة و15 دقيقة"),
        (7320, "ساعتان ودقيقتان"),
        (-5, "0 ثانية"),
    ],
)
def test_lengths_are_told_to_the_minute(seconds: float, expected: str) -> None:
    """Hours and minutes, or seconds below one minute; never `60 minutes`."""
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3599.9, "59:59"), (3600, "1:00:00"), (3723, "1:02:03"), (-1, "0:00")],
)
def test_clocks_have_hours_above_one_hour(seconds: float, expected: str) -> None:
    """Places are written as players write them, never rounded up past the word."""
    assert timestamp(seconds) == expected


@given(st.integers(0, 10**6))
def test_a_clock_can_be_read_back(seconds: int) -> None:
    """No place is written so that it names another second."""
    parts = [int(part) for part in timestamp(seconds).split(":")]

    assert sum(part * 60**power for power, part in enumerate(reversed(parts))) == seconds


def test_dates_have_month_names() -> None:
    """Latin digits, the month in words."""
    assert format_date(date(2026, 11, 23)) == "23 نوفمبر 2026"
    assert format_date(date(2025, 1, 1)) == "1 يناير 2025"


def test_a_share_is_never_rounded_to_all_or_none() -> None:
    """`100%` means all and `0%` means none."""
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == ["0%", "1%", "50%", "99%", "100%"]
