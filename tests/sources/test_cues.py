"""Tests of tidying: what becomes of a cue's pieces in every format."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import codec
from pipeline.sources import cues
from pipeline.sources.cues import (
    BadCaptions,
    Cue,
    add_seconds,
    clean_text,
    parse_seconds,
    split_lines,
    strip_tags,
    to_captions,
)
from pipeline.types.article import Caption

PIECES = st.lists(st.tuples(st.text(), st.none() | st.floats(0, 1000)), max_size=6).map(tuple)
CUES = st.lists(st.builds(Cue, st.none() | st.floats(0, 1000), st.none() | st.floats(0, 1000), PIECES), max_size=6)


@given(CUES)
def test_times_match_words_whatever_comes(given_cues: list[Cue]) -> None:
    """Word times are one for each word and ascend, or there are none; no text is empty or untidy."""
    for caption in to_captions(given_cues):
        assert len(caption.times) in {0, len(caption.text.split())}
        assert list(caption.times) == sorted(caption.times)
        assert caption.text == clean_text(caption.text) != ""


@given(CUES)
def test_every_visible_word_is_kept(given_cues: list[Cue]) -> None:
    """The words of the captions are the words of the cues, in their order; nothing is lost and nothing is added."""
    texts = [clean_text("".join(piece for piece, _ in cue.pieces)) for cue in given_cues]
    visible = [text for text in texts if any(sign.isprintable() and not sign.isspace() for sign in text)]

    assert " ".join(caption.text for caption in to_captions(given_cues)).split() == " ".join(visible).split()


@given(CUES)
def test_captions_can_always_be_stored(given_cues: list[Cue]) -> None:
    """What is read can be written and read back unchanged: no half characters, no infinite times."""
    made = to_captions(given_cues)

    assert codec.decode(codec.encode(made), tuple[Caption, ...]) == made


def test_a_word_takes_the_time_of_the_piece_it_begins_in() -> None:
    """A word that runs over two pieces has one time, the first; the words before the first stamp start with the cue."""
    cue = Cue(1.0, 5.0, (("في ال", None), ("سوق", 2.0), (" الكبير فجرا", 3.0)))

    assert to_captions([cue]) == (Caption("في السوق الكبير فجرا", 1.0, 5.0, (1.0, 1.0, 3.0, 3.0)),)


def test_one_word_needs_no_stamp_in_a_track_that_has_them() -> None:
    """A sound mark alone in an automatic track has the cue's time; several words without stamps have none."""
    stamped = Cue(1.0, 2.0, (("نعم", None), (" هكذا", 1.5)))
    single, several = Cue(3.0, 4.0, (("[موسيقى]", None),)), Cue(5.0, 6.0, (("كلمة وكلمة", None),))

    assert [caption.times for caption in to_captions([stamped, single, several])] == [(1.0, 1.5), (3.0,), ()]
    assert [caption.times for caption in to_captions([single, several])] == [(), ()]


@pytest.mark.parametrize(
    ("start", "stamps"), [(None, (None, 2.0)), (5.0, (None, 2.0))], ids=["unknown start", "going backwards"]
)
def test_word_times_that_make_no_sense_are_left_out(start: float | None, stamps: tuple[float | None, ...]) -> None:
    """No time is made up: a word without a time, or times that go backwards, leave the caption without word times."""
    cue = Cue(start, None, tuple((f"كلمة{number} ", stamp) for number, stamp in enumerate(stamps)))

    assert to_captions([cue])[0].times == ()


@pytest.mark.parametrize(("start", "end", "shown"), [(5.0, 4.0, None), (None, 4.0, None), (4.0, 4.0, 4.0)])
def test_an_end_before_the_start_is_no_end(start: float | None, end: float, shown: float | None) -> None:
    """An end that lies before the start, or has none, is unknown; the text is kept."""
    assert to_captions([Cue(start, end, (("نعم", None),))]) == (Caption("نعم", start, shown),)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "\ufeff\u200f", "\x00\x01"])
def test_what_shows_no_text_is_no_caption(text: str) -> None:
    """Cues of white space and invisible characters, which players use as pauses, give no caption."""
    assert to_captions([Cue(1.0, 2.0, ((text, None),))]) == ()


def test_lines_and_marks_survive_tidying() -> None:
    """Line breaks, vowel signs and joiners are the author's; control characters and superfluous space are not."""
    assert clean_text(" قالَ\x07  \u00a0نعم\n\n\tمی\u200cشود ") == "قالَ نعم\nمی\u200cشود"
    assert clean_text("نصف \ud83d رمز") == "نصف \ufffd رمز"


def test_lines_end_as_on_any_system() -> None:
    """Line ends of Windows, of old Macs and doubled ones are one; separators inside a line are none."""
    assert split_lines("أ\r\nب\rج\nد\r\r\nه\u2028و") == ["أ", "ب", "ج", "د", "ه\u2028و"]
    assert split_lines("أ\u2028ب\u2028ج") == split_lines("أ\x85ب\x85ج") == ["أ", "ب", "ج"]


def test_shaped_letters_become_plain_ones() -> None:
    """Letters in the form of their place are those of writing; signs of whole phrases stay."""
    assert clean_text("ﻧﻌﻢ ﻻ ﷲ ﹰ ﷺ ﴿نعم﴾") == "نعم لا الله ً ﷺ ﴿نعم﴾"


def test_a_long_caption_is_divided_not_cut_off() -> None:
    """Text over the limit becomes several captions, cut at spaces, with the words' own times."""
    pieces = tuple((f"كلمة{number} ", float(number)) for number in range(600))
    made = to_captions([Cue(0.0, 700.0, pieces)])

    assert len(made) > 1
    assert max(len(caption.text) for caption in made) <= cues.MAX_TEXT
    assert " ".join(caption.text for caption in made).split() == [f"كلمة{number}" for number in range(600)]
    assert tuple(time for caption in made for time in caption.times) == tuple(map(float, range(600)))
    assert [caption.start for caption in made] == [caption.times[0] for caption in made]
    assert {caption.end for caption in made} == {700.0}


def test_a_word_without_end_is_divided_too() -> None:
    """A hundred thousand letters without a space are all kept, in captions of the greatest length."""
    made = to_captions([Cue(1.0, 2.0, (("ا" * 100_000, None), (" ب", 1.5)))])

    assert "".join(caption.text for caption in made) == "ا" * 100_000 + "ب"
    assert max(len(caption.text) for caption in made) == cues.MAX_TEXT


def test_too_many_captions_are_refused() -> None:
    """A file of more cues than any video has is refused without reading on: the source here never ends."""
    forever = (Cue(1.0, 2.0, (("نعم", None),)) for _ in iter(int, 1))

    with pytest.raises(BadCaptions, match="more than 200,000"):
        to_captions(forever)


def test_a_caption_of_millions_of_letters_is_refused() -> None:
    """What nobody can have said in one caption, or in all, is refused before anything is made of it."""
    with pytest.raises(BadCaptions, match="a caption of 2,000,001 characters; the longest that is read has 2,000,000"):
        to_captions([Cue(1.0, 2.0, (("ا" * cues.MAX_CUE, None), ("ب", None)))])
    with pytest.raises(BadCaptions, match="more than 5,000,000 characters"):
        to_captions(Cue(1.0, 2.0, (("ا " * 500_000, None),)) for _ in range(6))


@pytest.mark.parametrize(
    ("value", "scale", "seconds"),
    [
        (1500, 1000, 1.5),
        ("2.25", 1, 2.25),
        (0, 1, 0.0),
        (1 / 3, 1, 0.333),
        (-1, 1, None),
        (math.nan, 1, None),
        (math.inf, 1, None),
        (10**400, 1000, None),
        (1e9, 1, None),
        ("نعم", 1, None),
        (True, 1, None),
        (None, 1, None),
        ([1], 1, None),
    ],
)
def test_only_numbers_of_a_video_are_times(value: object, scale: float, seconds: float | None) -> None:
    """Times are finite, not negative, of some days at most, and to the millisecond."""
    assert parse_seconds(value, scale) == seconds


def test_an_end_needs_a_start_and_a_length() -> None:
    """An unknown start or length leaves the end unknown."""
    assert (add_seconds(1.1, 2.2), add_seconds(None, 2.0), add_seconds(1.0, None)) == (3.3, None, None)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<i>مائل</i>", "مائل"),
        ('<font color="#fff">لون</font>', "لون"),
        ("{\\an8}فوق", "فوق"),
        ("سطر<br>سطر<BR />سطر", "سطر\nسطر\nسطر"),
        ("إن 3 < 5 و 7 > 6", "إن 3 < 5 و 7 > 6"),
        ("<كلمة>", "<كلمة>"),
        ("{كلمة}", "{كلمة}"),
        ("&lt;b&gt; &amp;amp; &#1606;&#x639;م&nbsp;", "<b> &amp; نعم\u00a0"),
        ("AT&T &unknown; &#99999999999;", "AT&T &unknown; &#99999999999;"),
        ("&#xD800;", "\ufffd"),
        ("نص&nbspنص&rlm", "نص\u00a0نص\u200f"),
        ("<i>نص<\\i>< b >نص< / b ></font", "نصنص"),
        ("{y:i}{C:$0000FF}نص{\\an8", "نص"),
        ("نص\\hنص\\Nنص", "نص نص\nنص"),
        ("C:\\home\\Name <iPhone [ibu]", "C:\\home\\Name <iPhone [ibu]"),
    ],
)
def test_markup_goes_and_text_stays(raw: str, shown: str) -> None:
    """Tags and character references are resolved once; what only looks like one is text."""
    assert strip_tags(raw) == shown
