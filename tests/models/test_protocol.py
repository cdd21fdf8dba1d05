"""The line format of replies, as models really write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.llm.replies import ReplyLine, parse_items, parse_reply, parse_summary

ONE, TWO = "ينبع الفرات من جبال الأناضول", "ويصب في شط العرب"


def lines(text: str, last: int = 9) -> list[tuple[str, tuple[int, ...]]]:
    """What is read of a reply without a heading."""
    return [(line.text, line.cites) for line in parse_reply(text, last, headed=False).lines]


def test_the_form_that_was_asked_for() -> None:
    """A heading line, then a sentence a line with its numbers."""
    reading = parse_reply(f"العنوان: منبع الفرات\n{ONE}. [2]\n{TWO}. [4، 5]", 9)

    assert reading.heading == "منبع الفرات"
    assert reading.lines == (ReplyLine(f"{ONE}.", (2,)), ReplyLine(f"{TWO}.", (4, 5)))


@pytest.mark.parametrize(
    "first",
    [
        "العنوان: منبع الفرات",
        "عنوان: منبع الفرات",
        "عنوان القسم: «منبع الفرات»",
        "## منبع الفرات",
        "**منبع الفرات**",
        "**العنوان:** منبع الفرات",
        "العنوان:\nمنبع الفرات",
        "منبع الفرات",
    ],
)
def test_a_heading_in_any_dress(first: str) -> None:
    """However a model marks its heading, the words of it are the heading, and no sentence."""
    reading = parse_reply(f"{first}\n{ONE}. [2]", 9)

    assert reading.heading == "منبع الفرات"
    assert [line.cites for line in reading.lines] == [(2,)]


def test_a_reply_without_a_heading_loses_no_sentence() -> None:
    """A first line that ends like a sentence, or cites, is a sentence."""
    for row in (f"{ONE}.", f"{ONE} [2]"):
        reading = parse_reply(f"{row}\n{TWO}. [3]", 9)
        assert (reading.heading, len(reading.lines)) == ("", 2)


@pytest.mark.parametrize(
    ("group", "cites"),
    [
        ("[3]", (3,)),
        ("[٣]", (3,)),
        ("(3)", (3,)),
        ("[3, 5]", (3, 5)),
        ("[3،5]", (3, 5)),
        ("[3 و5]", (3, 5)),
        ("[3-5]", (3, 4, 5)),
        ("[٣–٥]", (3, 4, 5)),
        ("[3 إلى 5]", (3, 4, 5)),
        ("[3][5]", (3, 5)),
        ("[3] [5].", (3, 5)),
        ("[الجملة 3]", (3,)),
        ("[ج3، ج5]", (3, 5)),
        ("【3】", (3,)),
        ("[]", ()),
        ("[97]", ()),
        ("[0]", ()),
        ("[2-900]", (2,)),
    ],
)
def test_numbers_in_any_dress(group: str, cites: tuple[int, ...]) -> None:
    """Arabic digits, ranges, commas and brackets of all kinds are read; what names no sentence is no evidence."""
    ((text, found),) = lines(f"{ONE} {group}")

    assert found == cites
    assert text.rstrip("[] 0123456789-") == ONE


def test_bare_numbers_after_a_full_stop_are_evidence() -> None:
    """Brackets that were forgotten cost nothing."""
    assert lines(f"{ONE}. 3، 4") == [(f"{ONE}.", (3, 4))]


def test_figures_of_a_sentence_are_no_evidence() -> None:
    """A figure or a year in brackets that names no sentence stays in the text."""
    assert lines("بُني السد عام (1973) على النهر [2]") == [("بُني السد عام (1973) على النهر", (2,))]
    assert lines("يقطع النهر 2 من البلدان [1]") == [("يقطع النهر 2 من البلدان", (1,))]


def test_the_decimals_of_a_figure_are_no_evidence() -> None:
    """A sentence that ends with 3.5 is not one about 3 that rests on sentence 5."""
    assert lines("بلغت نسبة النمو 3.5") == [("بلغت نسبة النمو 3.5", ())]
    assert lines("كان ذلك عام 1973. 5") == [("كان ذلك عام 1973.", (5,))]


def test_numbers_before_a_sentence_belong_to_it() -> None:
    """`[3] sentence` cites as well as `sentence [3]`."""
    assert lines(f"[3] {ONE}") == [(ONE, (3,))]


def test_several_sentences_on_a_line_keep_their_own_numbers() -> None:
    """A line of two cited sentences is two; two sentences before one number share it."""
    assert lines(f"{ONE}. [1] {TWO}. [2]") == [(f"{ONE}.", (1,)), (f"{TWO}.", (2,))]
    assert lines(f"{ONE}. {TWO}. [2]") == [(f"{ONE}.", (2,)), (f"{TWO}.", (2,))]


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "1. ", "٢) ", "– "])
def test_bullets_are_no_words(bullet: str) -> None:
    """A list is read as its sentences."""
    assert lines(f"{bullet}{ONE} [1]") == [(ONE, (1,))]


def test_a_summary_is_read_as_its_sentences() -> None:
    """What cites nothing is divided at its marks."""
    assert parse_summary(f"{ONE}. {TWO}؟ كلام.") == (ReplyLine(f"{ONE}."), ReplyLine(f"{TWO}؟"), ReplyLine("كلام."))


def test_mended_sentences_are_found_by_their_numbers() -> None:
    """Each mended sentence with its evidence; one that is to be dropped is None, one that is missing is missing."""
    found = parse_items(f"1) {ONE} [2]\n٣. حذف\n9) كلام", 4, 9)

    assert found == {1: ReplyLine(ONE, (2,)), 3: None}


def test_a_sentence_about_a_removal_is_not_dropped() -> None:
    """Only the bare word asks for it, or with `the sentence`."""
    found = parse_items("1) حذفت الحكومة مادة من القانون [2]\n2) **حذف**\n3) تحذف الجملة.", 3, 9)

    assert found == {1: ReplyLine("حذفت الحكومة مادة من القانون", (2,)), 2: None, 3: None}


def test_mended_sentences_without_numbers_are_taken_in_order() -> None:
    """As many lines as were asked for, none numbered: the first is the first."""
    assert parse_items(f"{ONE} [2]\n{TWO} [3]", 2, 9) == {1: ReplyLine(ONE, (2,)), 2: ReplyLine(TWO, (3,))}
    assert parse_items(ONE, 2, 9) == {}


@given(st.text(max_size=300), st.integers(0, 30))
def test_whatever_comes_is_read(text: str, last: int) -> None:
    """No reply breaks the reading, and no number is read that names no sentence."""
    reading = parse_reply(text, last)
    mended = parse_items(text, 3, last)

    found = [*reading.lines, *(line for line in mended.values() if line)]
    assert all(1 <= number <= last for line in found for number in line.cites)
    assert all(line.text.strip() and "\n" not in line.text for line in found)


def test_a_quotation_mark_without_another_is_dropped() -> None:
    """A reply wrapped in quotation marks leaves none in its first sentence; a quotation keeps both of its own."""
    assert parse_reply('"كتب الرجل رسالة. [1]\nقال "نعم" وخرج. [2]"', 2, headed=False).lines == (
        ReplyLine("كتب الرجل رسالة.", (1,)),
        ReplyLine('قال "نعم" وخرج.', (2,)),
    )
