"""Left-to-right runs inside Arabic, and characters that lie about direction."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.bidi import direction_runs, isolate, strip_controls

MIXED = st.text(st.sampled_from("ابجد هوز Python C++ 3.14 10–20 50% (x) https://a.b/?c=d#e ،؛؟.:-/_@٣\n"), max_size=80)


def foreign(text: str) -> list[str]:
    """The stretches that are isolated."""
    return [part.text for part in direction_runs(text) if part.foreign]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كتبناه بلغة Python 3.14 هنا", ["Python 3.14"]),
        ("لغة C++.", ["C++"]),
        ("لغة C#، ثم F#", ["C#", "F#"]),
        ("الرابط https://a.b/c?d=e&f=1، هنا", ["https://a.b/c?d=e&f=1"]),
        ("بين 10–20 مترًا", ["10–20"]),
        ("بنسبة 50% تقريبًا", ["50%"]),
        ("اتصلوا على +963 11 222 3344 اليوم", ["+963 11 222 3344"]),
        ("الدالة f(x) سهلة", ["f(x)"]),
        ("لغة (Python) سهلة", ["Python"]),
        ("في 2026-11-23 تمامًا", ["2026-11-23"]),
        ("في عام 2026 Microsoft أعلنت", ["Microsoft"]),
        ("Python، Java", ["Python", "Java"]),
        ("شاركوا #Damascus الآن", ["#Damascus"]),
    ],
)
def test_runs_that_would_jumble_are_isolated(text: str, expected: list[str]) -> None:
    """The mixed strings of real titles: names, versions, signs, addresses, ranges, telephone numbers, code."""
    assert foreign(text) == expected


@pytest.mark.parametrize("text", ["في عام 2026", "بعد 3.14 ثانية", "عند 12:34 ظهرًا", "بلا لاتيني", "٣٫٥ و١٢", ""])
def test_what_every_viewer_shows_right_is_left_alone(text: str) -> None:
    """Plain numbers and times need no help and get none."""
    assert foreign(text) == []


@given(MIXED)
def test_nothing_is_lost_in_segments(text: str) -> None:
    """The segments joined are the text, none is empty, and no isolated one holds an Arabic letter."""
    parts = direction_runs(text)

    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)
    assert not any(unicodedata.bidirectional(c) == "AL" for part in parts if part.foreign for c in part.text)


@given(MIXED)
def test_every_latin_letter_is_isolated(text: str) -> None:
    """No letter from left to right stands outside an isolated segment."""
    outside = "".join(part.text for part in direction_runs(text) if not part.foreign)

    assert not any(unicodedata.bidirectional(character) == "L" for character in outside)


@given(MIXED)
def test_isolates_are_balanced_and_removable(text: str) -> None:
    """Each isolate is closed before the next, and without the invisible characters the text is the same."""
    shown = isolate(text)
    depth = 0
    for character in shown:
        depth += (character == "\u2066") - (character == "\u2069")
        assert depth in {0, 1}

    assert depth == 0
    assert shown.translate(dict.fromkeys((0x2066, 0x2069, 0x200F))) == text


def test_a_line_that_begins_with_latin_stays_arabic() -> None:
    """The first strong character is Arabic, since viewers take a paragraph's direction from it."""
    assert isolate("Python لغة") == "\u200f\u2066Python\u2069 لغة"


@pytest.mark.parametrize(
    "control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x00\x1b\x85"
)
def test_metadata_cannot_override_direction(control: str) -> None:
    """Overrides, isolates and control characters are gone from metadata."""
    assert control not in strip_controls(f"عنوان{control}gpj.exe")


def test_metadata_is_one_line() -> None:
    """Line breaks and runs of space become one space."""
    assert strip_controls(" عنوان\n\t طويل\u2028جدًا ") == "عنوان طويل جدًا"


@given(st.text())
def test_stripping_twice_is_stripping_once(text: str) -> None:
    """What is clean stays as it is."""
    assert strip_controls(strip_controls(text)) == strip_controls(text)
