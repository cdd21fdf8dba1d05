"""Chapters from descriptions, by YouTube's own rule, and never from other times."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.chapters import choose_chapters, description_chapters
from pipeline.sources.metadata import parse_info
from pipeline.types.article import Chapter

THREE = (Chapter(0.0, "المقدمة"), Chapter(90.0, "المدينة الأولى"), Chapter(3723.0, "الخاتمة"))
FORMS = {
    "time first": "0:00 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة",
    "time last": "المقدمة 00:00\nالمدينة الأولى 01:30\nالخاتمة 01:02:03",
    "Arabic digits": "٠:٠٠ المقدمة\n١:٣٠ المدينة الأولى\n١:٠٢:٠٣ الخاتمة",
    "Persian digits": "۰۰:۰۰ المقدمة\n۰۱:۳۰ المدينة الأولى\n۰۱:۰۲:۰۳ الخاتمة",
    "hours everywhere": "00:00:00 المقدمة\n00:01:30 المدينة الأولى\n01:02:03 الخاتمة",
    "more than an hour in minutes": "0:00 المقدمة\n1:30 المدينة الأولى\n62:03 الخاتمة",
    "dashes": "0:00 - المقدمة\n1:30 – المدينة الأولى\n1:02:03 — الخاتمة",
    "brackets": "[0:00] المقدمة\n(1:30) المدينة الأولى\n[1:02:03]: الخاتمة",
    "brackets behind": "المقدمة (0:00)\nالمدينة الأولى [1:30]\nالخاتمة - (1:02:03)",
    "bullets": "• 0:00 المقدمة\n- 1:30 | المدينة الأولى\n▶ 1:02:03 الخاتمة",
    "numbers": "1. 0:00 المقدمة\n2) 1:30 المدينة الأولى\n3- 1:02:03 الخاتمة",
    "numbers, time last": "١. المقدمة: ٠:٠٠\n٢. المدينة الأولى: ١:٣٠\n٣. الخاتمة: ١:٠٢:٠٣",
    "quotes": "« 0:00 » المقدمة\n“1:30” المدينة الأولى\n<1:02:03> الخاتمة",
    "colons": "0:00: المقدمة\n1:30 : المدينة الأولى\n1:02:03:الخاتمة",
    "colons behind": "المقدمة:0:00\nالمدينة الأولى: 1:30\nالخاتمة :1:02:03",
    "no space": "0:00-المقدمة\n1:30-المدينة الأولى\n1:02:03-الخاتمة",
    "a word before": "الدقيقة 0:00 المقدمة\nالدقيقة 1:30: المدينة الأولى\nمن 1:02:03 إلى 1:10:00 الخاتمة",
    "ranges": "0:00 - 1:30 المقدمة\n1:30-1:02:03 المدينة الأولى\n1:02:03 إلى 1:10:00 الخاتمة",
    "marks": "\u200f0:00\u200f المقدمة\n\u202b1:30 المدينة الأولى\u202c\n\u200e1:02:03\u200f الخاتمة",
    "text around": "حلقة عن النهر\n\nالفهرس:\n0:00 المقدمة\n\n1:30 المدينة الأولى\n\n1:02:03 الخاتمة\n\nتابعونا",
    "words between": "0:00 المقدمة\nمن هو الضيف؟\n1:30 المدينة الأولى\n1:02:03 الخاتمة",
    "a verse below": "0:00 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة\n\nسورة التين 9:51",
    "an earlier hour below": "0:00 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة\nملاحظة\n20:00 إعادة",
    "a second list": "0:00 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة\n0:00 Intro\n1:30 City\n1:02:03 End",
    "the end of the video": "0:00 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة\n1:10:00 النهاية",
    "CRLF": "0:00 المقدمة\r\n1:30 المدينة الأولى\r\n1:02:03 الخاتمة\r\n",
}
NONE = {
    "a verse": "قراءة في سورة التين 9:51\nوسورة العلق 96:1",
    "a verse alone": "سورة التين 9:51",
    "hours of broadcast": "السبت 20:00\nالأحد 21:30\nالإثنين 22:00",
    "hours of broadcast, hour first": "20:00 السبت\n21:30 الأحد\n22:00 الإثنين",
    "from midnight on, with the half of the day": "00:00 ص نشرة\n06:00 صباحًا برنامج\n08:00 مساءً حوار",
    "from midnight on, under a heading": "مواعيد البث:\n00:00 نشرة\n06:00 برنامج\n12:00 حوار\n18:00 وثائقي",
    "from midnight on, longer than the video": "00:00 نشرة\n23:00 برنامج\n72:00 حوار",
    "from midnight on, by days": "00:00 السبت\n06:00 يوم الأحد\n12:00 كل جمعة\n18:00 الجمعة",
    "from midnight on, repeats": "يعاد يوميًا:\n00:00 نشرة\n06:00 برنامج\n12:00 حوار",
    "two only": "0:00 المقدمة\n1:30 المدينة الأولى",
    "not from the start": "0:05 المقدمة\n1:30 المدينة الأولى\n1:02:03 الخاتمة",
    "closer than ten seconds": "0:00 المقدمة\n1:30 المدينة الأولى\n1:39 الخاتمة",
    "out of order": "0:00 المقدمة\n3:00 الخاتمة\n1:30 المدينة الأولى\n4:00 النهاية",
    "out of order from the start": "1:30 المدينة الأولى\n0:00 المقدمة\n1:02:03 الخاتمة",
    "the same time twice": "0:00 المقدمة\n1:30 المدينة الأولى\n1:30 الخاتمة\n3:00 النهاية",
    "no titles": "0:00\n1:30\n1:02:03",
    "only marks for titles": "0:00 --\n1:30 ...\n1:02:03 |",
    "results of matches": "الأهلي 0:00 الزمالك\nالهلال 1:30 النصر\nالوداد 1:02:03 الرجاء",
    "nothing": "",
}
LENGTH = 4200.0


@pytest.mark.parametrize("form", FORMS)
def test_the_forms_in_which_descriptions_list_chapters(form: str) -> None:
    """Each title as it stands beside its time, without the signs between them."""
    assert description_chapters(FORMS[form], LENGTH) == THREE


@pytest.mark.parametrize("form", NONE)
def test_other_times_are_no_chapters(form: str) -> None:
    """YouTube makes none of these, and neither do we; nor are those kept that yt-dlp reads off such lines."""
    assert description_chapters(NONE[form], LENGTH) == ()


def test_titles_keep_their_own_brackets_numbers_and_times() -> None:
    """Only what joins a title to its time is taken off."""
    lines = "0:00 ١٠ أسباب (الجزء الأول)\n1:00 ـ «النهـر»: قصة\n2:00 1. سورة التين 9:51"

    assert [chapter.title for chapter in description_chapters(lines)] == [
        "١٠ أسباب (الجزء الأول)",
        "«النهـر»: قصة",
        "1. سورة التين 9:51",
    ]


def info(description: str, *chapters: tuple[float, str], duration: float = LENGTH) -> bytes:
    """A yt-dlp info.json with these chapters."""
    listed = [{"start_time": start, "title": title} for start, title in chapters]
    return json.dumps(
        {"title": "ع", "duration": duration, "description": description, "chapters": listed or None}
    ).encode()


def chapters_of(data: bytes) -> tuple[Chapter, ...]:
    """The chapters of the video of an info.json."""
    video = parse_info(data)
    assert video is not None
    return video.chapters


def test_chapters_that_yt_dlp_read_off_any_line_are_dropped() -> None:
    """It takes a verse for a chapter, puts lines in order, and names the rest `<Untitled Chapter 1>`."""
    assert chapters_of(info("سورة التين 9:51", (0, "<Untitled Chapter 1>"), (591, "سورة التين"))) == ()
    assert chapters_of(info(NONE["out of order"], (0, "أ"), (90, "ب"), (180, "ج"), (240, "د"))) == ()


def test_chapters_of_youtube_count_whatever_the_description_says() -> None:
    """Those that stand in no description stay as they are, two of them too; a title for none is no heading."""
    own = (Chapter(0.0, "البداية"), Chapter(200.5, "النهاية"))

    assert chapters_of(info("", (200.5, "النهاية"), (0, "البداية"))) == own
    assert chapters_of(info(FORMS["time first"], (0, "البداية"), (200.5, "النهاية"))) == own
    assert chapters_of(info("", (0, "<Untitled Chapter 1>"), (200.5, "النهاية"))) == own[1:]
    shown = [(chapter.start, "من يوتيوب") for chapter in THREE]
    assert [chapter.title for chapter in chapters_of(info(FORMS["time last"], *shown))] == ["من يوتيوب"] * 3


def test_a_description_gives_chapters_where_none_are_listed() -> None:
    """And in place of those of which yt-dlp missed some."""
    assert chapters_of(info(FORMS["Arabic digits"])) == THREE
    assert chapters_of(info(FORMS["bullets"], (0, "<Untitled Chapter 1>"), (90, "المدينة الأولى"))) == THREE


@given(st.text(alphabet="0123456789:٠١٢ \n-–()[]ابت.", max_size=300), st.none() | st.floats(1, 10_000))
def test_whatever_a_description_holds_the_rule_is_kept(description: str, seconds: float | None) -> None:
    """From 0:00 on, three at least, ten seconds apart, inside the video, each with a title."""
    found = choose_chapters((), description, seconds)
    starts = [chapter.start for chapter in found]

    assert not found or (starts[0] == 0 and len(found) >= 3 and (seconds is None or starts[-1] < seconds))
    assert all(later - earlier >= 10 for earlier, later in pairwise(starts))
    assert all(chapter.title.strip() for chapter in found)
