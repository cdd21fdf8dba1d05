"""Tests of plain text: a caption a line, with times in the three customary ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.plain_text import parse_plain_text
from pipeline.types.article import Caption
from tests.fakes.captions import DATA, LINES


def test_without_times_each_line_is_a_caption() -> None:
    """Lines become captions without times; a line that is only a number is text."""
    assert parse_plain_text((DATA / "lines.txt").read_bytes()) == (
        Caption("كانت المدينة قديمة"),
        Caption("وكان سوقها يفتح فجرا"),
        Caption("1990"),
        Caption("كان عام الوحدة"),
    )


def test_a_time_on_a_line_of_its_own_heads_what_follows() -> None:
    """All lines up to the next time are one caption; a time that goes backwards is a result, and text."""
    assert parse_plain_text((DATA / "marks.txt").read_bytes()) == (
        Caption("مقدمة بلا وقت"),
        Caption("السلام عليكم ورحمة الله\nوأهلا بكم.", 0.0),
        Caption("كانت النتيجة\n0:15\nوهذا نص لا وقت.", 32.0),
        Caption("إلى اللقاء", 3723.0),
    )


def test_a_time_at_the_head_of_lines_is_their_start() -> None:
    """Seconds and clock times are read where half of the lines have them; a line without stays without."""
    assert parse_plain_text((DATA / "led.txt").read_bytes()) == (
        Caption("[موسيقى]", 4.25),
        Caption("عمي يا راجل طيب دلوقتي", 12.139),
        Caption("سطر بلا وقت"),
        Caption("ثم بعد دقيقة", 65.0),
        Caption("وفي الختام", 3723.0),
    )


def test_a_few_lines_that_look_timed_are_text() -> None:
    """Where most lines have no time, a year with a colon is what was said."""
    text = "كانت البداية\nفي ذلك العام\n1990: عام الوحدة\nثم جاء الخلاف"

    assert [caption.text for caption in parse_plain_text(text)] == text.split("\n")
    assert {caption.start for caption in parse_plain_text(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "وصلنا الساعة 10:30 صباحا\nثم خرجنا في 11:45 مساء\nوانتهى الأمر",
        "10:30 صباحا بدأ الاجتماع\nوتحدث الوزير\nثم جاء دور الأسئلة\n9:15 كان موعد العشاء\nوانتهى اليوم",
        "[10:30] قال سامي\nنص\nنص آخر\nنص",
        "انتهت المباراة 2:1\nثم فاز 3:0\nوتعادل 1:1",
        "10:30 -> 11:30 ندوة عن الماء\nثم استراحة طويلة\nوطعام",
        "نسخة 1.2.3 -> 1.2.4\nثم نسخة أخرى",
        "12.5.2020 - 13.5.2020\nكان المؤتمر",
        "1: الماء\n2: الهواء\n3: التراب",
        '1, "نعم"\n2, "لا"\n3, "ربما"',
        "1990, 1991, 1992 كانت سنوات صعبة\nثم تحسن الحال",
        "5 ثوان فقط\nثم 3 دقائق",
        "قال تعالى (2:25) وبشر\nوقال (3:17) الصابرين\nهذا كلام\nوكلام آخر\nوكلام\nوكلام\nنعم",
    ],
)
def test_prose_that_mentions_a_time_is_prose(text: str) -> None:
    """Hours, results, versions, dates, lists and verses are words of the text, not times of a video."""
    captions = parse_plain_text(text)

    assert "\n".join(caption.text for caption in captions) == text
    assert {caption.start for caption in captions} == {None}


@given(st.lists(LINES.filter(lambda line: not line[0].isdigit()), max_size=8))
def test_untimed_lines_come_back(lines: list[str]) -> None:
    """Every line that holds no time comes back as it was."""
    assert [caption.text for caption in parse_plain_text("\r\n".join(lines))] == lines


@given(st.lists(st.tuples(st.integers(0, 99_999_999), LINES), min_size=1, max_size=8))
def test_lines_with_seconds_come_back(lines: list[tuple[int, str]]) -> None:
    """Every line with its second comes back with its second, to the millisecond."""
    text = "\n".join(f"{time / 1000}: {line}" for time, line in lines)

    assert [(caption.start, caption.text) for caption in parse_plain_text(text)] == [
        (time / 1000, line) for time, line in lines
    ]


@pytest.mark.parametrize(
    "text", ["0:30\n" * 100_000, "[" * 100_000, "1" * 100_000, "1:" + " " * 100_000, "0:00 " * 50_000]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    """A hundred thousand times, brackets, digits or spaces are read to the end."""
    assert all(len(caption.text) <= 2000 for caption in parse_plain_text(text))
