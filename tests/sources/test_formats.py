"""Tests of the caption formats: what is on screen is read, whatever state a file is in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import formats
from pipeline.sources.cues import BadCaptions
from pipeline.sources.time_lines import parse_timestamp
from pipeline.types.article import Caption
from tests.fakes.captions import DATA, automatic, manual, spoken, subrip, typed
from tests.fakes.timedtext import timedtext

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str | bytes], tuple[Caption, ...]]

READERS: tuple[Reader, ...] = (
    formats.parse_json3,
    formats.parse_srv1,
    formats.parse_srv3,
    formats.parse_vtt,
    formats.parse_srt,
)

# --- what is written is read back ---


@pytest.mark.parametrize(
    ("form", "reader"), [("json3", formats.parse_json3), ("srv3", formats.parse_srv3), ("vtt", formats.parse_vtt)]
)
@given(captions=typed())
def test_typed_captions_come_back(form: str, reader: Reader, captions: tuple[Caption, ...]) -> None:
    """Text with its lines, and overlapping times to the millisecond, survive each form that YouTube sends."""
    assert captions == (reader(timedtext(manual(captions), form)) if captions or form != "vtt" else ())


@pytest.mark.parametrize(
    ("form", "reader"), [("json3", formats.parse_json3), ("srv3", formats.parse_srv3), ("vtt", formats.parse_vtt)]
)
@given(captions=spoken())
def test_word_times_come_back(form: str, reader: Reader, captions: tuple[Caption, ...]) -> None:
    """Automatic captions come back once each with every word's time, from rolling WebVTT too, even repeated lines."""
    assert captions == (reader(timedtext(automatic(captions), form)) if captions or form != "vtt" else ())


@given(captions=typed())
def test_plainest_xml_comes_back(captions: tuple[Caption, ...]) -> None:
    """srv1 escapes its text twice; both layers come off, and no more than those."""
    short = tuple(Caption(caption.text, 1.5, 2.25) for caption in captions)

    assert formats.parse_srv1(timedtext(manual(short), "srv1")) == short


@given(typed(), st.sampled_from(",."), st.booleans(), st.sampled_from(("\n", "\r\n", "\r")))
def test_subrip_comes_back(captions: tuple[Caption, ...], mark: str, numbers: bool, line_end: str) -> None:  # noqa: FBT001 - hypothesis passes by place
    """SubRip comes back with either mark before the milliseconds, with and without numbers, with any line ends."""
    written = subrip(captions, mark=mark, numbers=numbers, line_end=line_end)

    assert captions == (formats.parse_srt(written) if captions else ())


# --- the forms as they are found ---


def test_rolling_captions_are_read_once() -> None:
    """A rolling file shows each line twice; it is read once with its word times, and a spoken repeat stays."""
    assert formats.parse_vtt((DATA / "rolling.ar.vtt").read_bytes()) == (
        Caption("هذه المدينه قديمه جدا", 0.48, 2.47, (0.48, 0.88, 1.36, 1.92)),
        Caption("وكان سوقها يفتح فجرا", 2.48, 4.63, (2.48, 2.8, 3.28, 3.76)),
        Caption("[موسيقى]", 4.64, 6.07, (4.64,)),
        Caption("وكان سوقها يفتح فجرا", 6.08, 8.0, (6.08, 6.4, 6.88, 7.36)),
    )


ROLLING = "WEBVTT\n\n00:01.000 --> 00:02.000\nنعم<00:01.500><c> نعم</c>\n\n"


@pytest.mark.parametrize(
    ("cue", "read"),
    [
        ("00:02.000 --> 00:03.000\nنعم نعم\nثم قال<00:02.500><c> لا</c>", "ثم قال لا"),
        ("00:02.000 --> 00:03.000\nنعم نعم\nثم", "ثم"),
        ("00:02.000 --> 00:03.000\nنعم نعم\nثم قال", "نعم نعم\nثم قال"),
        ("00:02.000 --> 00:03.000\nنعم<00:02.100> نعم\nثم<00:02.500> قال", "نعم نعم\nثم قال"),
        ("00:02.000 --> 00:03.000\nلا نعم\nثم<00:02.500> قال", "لا نعم\nثم قال"),
        ("00:02.000 --> 00:02.010\nنعم نعم", None),
        ("00:02.000 --> 00:02.500\nنعم نعم", "نعم نعم"),
        ("00:02.000 --> 00:02.010\nنعم", "نعم"),
    ],
)
def test_only_certain_repeats_are_left_out(cue: str, read: str | None) -> None:
    """A line is left out only where rolling display is certain; each repeat that may have been spoken is kept."""
    texts = [caption.text for caption in formats.parse_vtt(ROLLING + cue)]

    assert texts == ["نعم نعم", *([read] if read is not None else [])]


def test_a_figure_of_millions_behind_a_word_time_is_no_damaged_time() -> None:
    """The bracket of a tag before `3,976,582` is no arrow: the file is read, and the figure is a word of it."""
    rolling = "WEBVTT\n\n00:01.000 --> 00:03.000\nبمبلغ<00:01.500><c> 3,976,582</c><00:02.000><c> جنيه</c>\n"
    styled = "1\n00:00:01,000 --> 00:00:03,000\n<i>3,976,582</i> جنيه\n"

    (timed,), (plain,) = formats.parse_vtt(rolling), formats.parse_srt(styled)

    assert (timed.text, plain.text) == ("بمبلغ 3,976,582 جنيه", "3,976,582 جنيه")


def test_repeats_stay_in_files_without_word_times() -> None:
    """Without word times a file is not known to roll: short cues and repeated lines stay as they are."""
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nنعم\n\n00:02.000 --> 00:02.010\nنعم\n\n00:03.000 --> 00:04.000\nنعم\nثم"

    assert [caption.text for caption in formats.parse_vtt(cues)] == ["نعم", "نعم", "نعم\nثم"]


def test_notes_styles_and_names_are_not_speech() -> None:
    """WebVTT's header, notes, styles, regions, cue names, settings and other tags are left out, and nothing else."""
    assert formats.parse_vtt((DATA / "typed.vtt").read_bytes()) == (
        Caption("<v أحمد>قال أحمد:\nإن ٣ < ٥ & كفى", 5.0, 7.5),
        Caption("ثم سكت.\nثم عاد.", 67.5, 3609.0),
    )


def test_a_messy_subrip_file_loses_nothing() -> None:
    """Missing numbers, missing empty lines, mixed marks, tags, a number as text, damaged times: all text is read."""
    assert formats.parse_srt((DATA / "messy.srt").read_bytes()) == (
        Caption("أهلا بكم\nفي هذا البرنامج", 1.0, 4.5),
        Caption("نبدأ من دمشق\nوبغداد", 3.0, 6.0),
        Caption("ولا رقم هنا", 6.0, 8.0),
        Caption("1990", 8.0, 9.0),
        Caption("نص بعد سطر فارغ", 9.0, None),
    )


def test_numbers_between_cues_without_empty_lines_are_not_speech() -> None:
    """Where empty lines are missing, the number that continues the count is a label and any other number is text."""
    text = "7\n0:01 --> 0:02\nكان عام\n1990\n8\n0:02 --> 0:03\nنعم\n12\n0:03 --> 0:04\nلا"

    assert [caption.text for caption in formats.parse_srt(text)] == ["كان عام\n1990", "نعم\n12", "لا"]


def test_text_above_the_first_cue_is_kept() -> None:
    """SubRip has no header: text above the first times is read, without a time."""
    assert formats.parse_srt("أهلا بكم\n\n1\n0:01 --> 0:02\nنعم") == (Caption("أهلا بكم"), Caption("نعم", 1.0, 2.0))


@pytest.mark.parametrize("reader", [formats.parse_srt, formats.parse_vtt])
@pytest.mark.parametrize(
    ("text", "captions"),
    [
        ("0:01 --> 0:02", ()),
        ("1\n0:01 --> 0:02", ()),
        ("0:01 --> 0:02\nنعم", (Caption("نعم", 1.0, 2.0),)),
        ("0:01 --> 0:02\n1\n0:02 --> 0:03\nنعم", (Caption("1", 1.0, 2.0), Caption("نعم", 2.0, 3.0))),
        ("0:01 --> 0:02\n\n\n0:02 -->\nنعم", (Caption("نعم", 2.0, None),)),
        ("\n\n0:01-->0:02 align:start\nنعم --> لا\n0:30", (Caption("نعم --> لا\n0:30", 1.0, 2.0),)),
    ],
)
def test_the_shortest_files(reader: Reader, text: str, captions: tuple[Caption, ...]) -> None:
    """Files of a line or two are read, however little stands above or below their times."""
    assert reader(text) == captions


def test_subviewer_is_read_like_subrip() -> None:
    """The .sbv files that YouTube Studio gives to a video's owner are read too."""
    assert formats.parse_srt((DATA / "two.sbv").read_bytes()) == (
        Caption("السطر الأول", 0.378, 11.378),
        Caption("السطر الثاني\nوالثالث", 11.378, 12.305),
    )


def test_json3_of_an_automatic_track_has_word_times() -> None:
    """Windows and line breaks give no caption; a word in two pieces has one time; a lone sound has the cue's."""
    assert formats.parse_json3((DATA / "generated.json3").read_bytes()) == (
        Caption("هذه المدينه قديمه", 0.48, 4.64, (0.48, 0.88, 1.36)),
        Caption("وكان سوقها الكبير", 2.48, 6.07, (2.48, 2.8, 3.08)),
        Caption("[موسيقى]", 6.07, 7.07, (6.07,)),
    )


def test_json3_of_a_manual_track_has_none() -> None:
    """Pieces that are only styled carry no times, so none are made up; an unknown length leaves the end unknown."""
    assert formats.parse_json3((DATA / "manual.json3").read_bytes()) == (
        Caption("أهلا بكم في هذا البرنامج", 1.0, 3.5),
        Caption("نبدأ من دمشق\nوبغداد", 3.5, 5.5),
        Caption("نعم", 6.0, None),
    )


def test_what_begins_before_zero_begins_at_zero() -> None:
    """Captions that were shifted too far keep their words, ends and order; a length counts from the true start."""
    event = {
        "tStartMs": -2000,
        "dDurationMs": 3500,
        "segs": [{"utf8": "نعم", "tOffsetMs": 0}, {"utf8": " لا", "tOffsetMs": 2500}],
    }
    assert formats.parse_json3(json.dumps({"events": [event]})) == (Caption("نعم لا", 0.0, 1.5, (0.0, 0.5)),)
    xml = '<timedtext><p t="-6000" d="3500">نعم</p><p t="-2000" d="3500">لا</p></timedtext>'
    assert formats.parse_srv3(xml) == (Caption("نعم", 0.0, 0.0), Caption("لا", 0.0, 1.5))


def test_both_xml_forms_are_read() -> None:
    """srv1 text loses both layers of escaping and its tags; srv3 has a time for each word, and line breaks."""
    assert formats.parse_srv1((DATA / "plain.srv1.xml").read_bytes()) == (
        Caption('قال "نعم" & سكت', 0.48, 4.64),
        Caption("ثم عاد إن ٣ < ٥", 4.64, None),
    )
    assert formats.parse_srv3((DATA / "full.srv3.xml").read_bytes()) == (
        Caption("هذه المدينه قديمه", 0.48, 4.64, (0.48, 0.88, 1.36)),
        Caption("سطر\nوسطر", 4.64, 5.64),
    )
    assert formats.parse_srv3('<timedtext><text t="500" d="250">نعم</text></timedtext>') == (Caption("نعم", 0.5, 0.75),)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1:02:03,4", 3723.4),
        ("02:03.400", 123.4),
        ("2:03", 123.0),
        ("100:00:00.000", 360000.0),
        ("٠٠:٠١:٠٢,٥٠٠", 62.5),
        ("00:00:1d.890", None),
        ("9999:00:00", None),
        ("-0:01", 0.0),
        ("12", None),
        ("", None),
    ],
)
def test_moments(written: str, seconds: float | None) -> None:
    """Times are read with or without hours, with either mark, in Arabic figures too; nothing else is a time."""
    assert parse_timestamp(written) == seconds


# --- hostile and damaged data ---

ROWS = st.lists(
    st.sampled_from(("0:01 --> 0:02", "1", "2", "", " ", "نعم", "WEBVTT", "NOTE", "<00:01.5>لا", "0:00:01.0,0:00:02.0"))
).map("\n".join)
"""Subtitle files put together at random from the lines that mean something."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(st.text() | st.binary() | ROWS)
def test_anything_is_captions_or_a_refusal(reader: Reader, data: str | bytes) -> None:
    """A reader gives captions or `BadCaptions` for any text and any bytes, and no other exception."""
    try:
        read = reader(data)
    except BadCaptions:
        return
    assert all(caption.text for caption in read)


VALUES: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({})
)
SEGMENTS = st.lists(st.fixed_dictionaries({}, optional={"utf8": VALUES, "tOffsetMs": VALUES}) | VALUES, max_size=3)
FIELDS = {"segs": SEGMENTS | VALUES, "tStartMs": VALUES, "dDurationMs": VALUES}
EVENTS = st.lists(st.fixed_dictionaries({}, optional=FIELDS) | VALUES, max_size=4)


@given(EVENTS)
def test_json3_of_wrong_types_is_read_as_far_as_it_goes(events: list[object]) -> None:
    """Fields of wrong types count as absent; the rest is read."""
    assert formats.parse_json3(json.dumps({"events": [*events, {"segs": [{"utf8": "نعم"}]}]}))[-1].text == "نعم"


BOMB = '<!DOCTYPE b [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><transcript><text>&b;</text></transcript>'


@pytest.mark.parametrize(
    ("reader", "data", "reason"),
    [
        (formats.parse_json3, b"", "damaged JSON"),
        (formats.parse_json3, "[" * 100_000, "damaged JSON"),
        (formats.parse_json3, '{"events": [' + "1" * 5000 + "]}", "damaged JSON"),
        (formats.parse_json3, '{"events": {}}', "without a list of caption events"),
        (formats.parse_json3, "[]", "without a list of caption events"),
        (formats.parse_json3, b"\xff\xfe", "not UTF-8"),
        (formats.parse_srv1, "<transcript><text>", "damaged or unsafe XML"),
        (formats.parse_srv1, BOMB, "damaged or unsafe XML"),
        (formats.parse_srv1, "<html></html>", "begins with <html>, not with <transcript>"),
        (formats.parse_srv3, "<transcript/>", "begins with <transcript>, not with <timedtext>"),
        (formats.parse_vtt, "WEBVTT\n\nنعم", "no line with the times"),
        (formats.parse_srt, "نعم", "no line with the times"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(reader: Reader, data: str | bytes, reason: str) -> None:
    """Damage, bombs and other documents are refused in a few words; a reader never answers an empty list for them."""
    with pytest.raises(BadCaptions, match=reason):
        reader(data)


HEAD = "0:01 --> 0:02\n"
LONG = 100_000


@pytest.mark.parametrize(
    ("reader", "data", "captions"),
    [
        (formats.parse_srt, HEAD + "<" * LONG, 50),
        (formats.parse_srt, HEAD + "<a" * LONG, 100),
        (formats.parse_srt, HEAD + "<br" + " " * LONG + "x", 1),
        (formats.parse_srt, HEAD + "{\\a" * LONG, 150),
        (formats.parse_srt, HEAD + "&#" * LONG, 100),
        (formats.parse_srt, HEAD + "&#" + "9" * LONG + ";", 51),
        (formats.parse_srt, HEAD + "x" + "\r" * LONG, 1),
        (formats.parse_srt, HEAD * LONG + "x", 1),
        (formats.parse_srt, "1\n" * LONG + HEAD + "x", 101),
        (formats.parse_srt, "1" * LONG + "\n" + HEAD + "x", 1),
        (formats.parse_srt, "0:" * LONG + "\n" + HEAD + "x", 101),
        (formats.parse_srt, " " * LONG + "-->\n" + HEAD + "x", 2),
        (formats.parse_vtt, "WEBVTT\n\n" + HEAD + "<00:01.000>" * LONG + "x", 1),
        (formats.parse_vtt, "WEBVTT\n\n" + HEAD + "NOTE\n" * LONG, 250),
        (formats.parse_srv3, "<timedtext><body>" + "<p>" * LONG + "x" + "</p>" * LONG + "</body></timedtext>", 1),
        (
            formats.parse_srv3,
            "<timedtext><body><p>" + "<s>" * LONG + "x" + "</s>" * LONG + "</p></body></timedtext>",
            1,
        ),
        (formats.parse_srv1, "<transcript><text>" + "&amp;amp;lt;" * LONG + "</text></transcript>", 200),
    ],
)
def test_hostile_lengths_are_read_to_the_end(reader: Reader, data: str, captions: int) -> None:
    """A hundred thousand openings, digits, spaces or levels are read in linear time and nothing of them is lost."""
    assert len(reader(data)) == captions
