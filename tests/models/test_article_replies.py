"""Replies that are whole articles: in the form that was asked for, and in all the others that models give."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.llm.article_replies import (
    ArticleLine,
    ParsedArticle,
    PartKind,
    parse_article,
    parse_mended,
    read_kinds,
)

ASKED = """
العنوان: لون الزيت لا يدل على جودته [4، 5]
# المقدمة
في فيديو «كيف تختار الزيت؟» تعرض سعاد النجار ما تعلمته. [1، 2، 4]
والمعيار هو الحموضة. [5] «بصي على الحموضة»

وهذه فقرة ثانية من المقدمة. [6]
# معيار الجودة
كانت سعاد النجار تظن غير ذلك. [2، 3] «كنت فاكرة»
# التحديات
الغش كثير. [7]
# الآفاق
قد ينخفض السعر. [8]
# الخلاصة
هكذا يجيب الفيديو. [9]
"""


def parsed(text: str, last: int = 20) -> ParsedArticle:
    """The reply, read with twenty sentences to cite."""
    return parse_article(text, last, 12)


def bare(article: ParsedArticle) -> object:
    """All of a reply but the full stops, which later steps put where they belong."""
    lines = [(line.text.rstrip("."), line.cites, line.quotes) for line in article.lines]
    return article.headline, shape(article), lines


def shape(article: ParsedArticle) -> list[tuple[PartKind, str, list[int]]]:
    """Each part with its heading and the lengths of its paragraphs."""
    return [(part.kind, part.heading, [len(p) for p in part.paragraphs]) for part in article.parts]


def test_the_form_that_is_asked_for_is_read_as_it_stands() -> None:
    """Headline, parts by name, sections by heading, paragraphs by empty lines; numbers and quoted words with each."""
    article = parsed(ASKED)

    assert article.headline == "لون الزيت لا يدل على جودته"
    assert shape(article) == [
        (PartKind.LEAD, "", [2, 1]),
        (PartKind.SECTION, "معيار الجودة", [1]),
        (PartKind.CHALLENGES, "", [1]),
        (PartKind.OUTLOOK, "", [1]),
        (PartKind.CONCLUSION, "", [1]),
    ]
    assert article.lines[0] == ArticleLine("في فيديو «كيف تختار الزيت؟» تعرض سعاد النجار ما تعلمته.", (1, 2, 4))
    assert article.lines[1] == ArticleLine("والمعيار هو الحموضة.", (5,), ("بصي على الحموضة",))
    assert article.lines[3].quotes == ("كنت فاكرة",)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("# ", "## "),
        ("# ", "### "),
        ("العنوان: ", "**العنوان:** "),
        ("العنوان: ", "# العنوان الرئيسي: "),
        ("# المقدمة", "**المقدمة**"),
        ("# المقدمة", "المقدمة:"),
        ("# المقدمة\n", "المقدمة: "),
        ("# المقدمة", "# 1. المقدمة"),
        ("# معيار الجودة", "**معيار الجودة**:"),
        ("# معيار الجودة", "القسم الأول: معيار الجودة"),
        ("# معيار الجودة", "## عنوان القسم: معيار الجودة"),
        ("# معيار الجودة", "\n2. معيار الجودة\n"),
        ("# الخلاصة", "خاتمة"),
        ("# التحديات", "---\n# التحديات والعقبات"),
        ("والمعيار", "- والمعيار"),
        ("والمعيار", "2) والمعيار"),
        ("[5] «بصي على الحموضة»", "[5: «بصي على الحموضة»]"),
        ("[5] «بصي على الحموضة»", "[5، «بصي على الحموضة»]"),
        (". [5] «بصي على الحموضة»", "[5]. «بصي على الحموضة»."),
        ("[5] «بصي على الحموضة»", "«بصي على الحموضة» [5]"),
        ("[5]", "[٥]"),
        ("[5]", "(5)"),
        ("[1، 2، 4]", "[1-2] [4]"),
        ("[1، 2، 4]", "[الجمل 1 و2 و4]"),
    ],
)
def test_other_forms_are_read_alike(written: str, asked: str) -> None:
    """Markup, labels, bullets, numbering, digits and the place of numbers differ from model to model."""
    assert written in ASKED
    assert bare(parsed(ASKED.replace(written, asked))) == bare(parsed(ASKED))


def test_a_fence_and_a_preface_of_the_model_are_no_part() -> None:
    """Code fences are rules; a sentence before the headline does not push it out of its place."""
    assert parsed(f"```markdown\n{ASKED}\n```") == parsed(ASKED)


@pytest.mark.parametrize("label", ["العنوان الفرعي: ", "**العنوان الفرعي:** ", "## عنوان فرعي: "])
def test_a_subtitle_is_read_behind_the_headline(label: str) -> None:
    """It is no section's heading, and neither is the headline."""
    article = parsed(ASKED.replace("# ", f"{label}الحموضة هي المعيار\n# ", 1))

    assert (article.headline, article.subtitle) == ("لون الزيت لا يدل على جودته", "الحموضة هي المعيار")
    assert bare(article) == bare(parsed(ASKED))


def test_a_headline_without_its_label_is_the_heading_over_all() -> None:
    """The first heading, when it stands over nothing or above the level of all others, is the headline."""
    for text in (
        "# لون الزيت\n## المقدمة\nجملة أولى هنا. [1]\n## قسم\nجملة ثانية هنا. [2]",
        "# لون الزيت\nجملة أولى هنا. [1]\n## قسم\nجملة ثانية هنا. [2]",
        "لون الزيت\n\nجملة أولى هنا. [1]\n\nقسم\nجملة ثانية هنا. [2]",
    ):
        article = parsed(text)
        assert article.headline == "لون الزيت"
        assert shape(article) == [(PartKind.LEAD, "", [1]), (PartKind.SECTION, "قسم", [1])]


def test_sentences_on_one_row_are_told_apart() -> None:
    """A full stop ends a sentence; neither one inside a quotation nor a title's abbreviation does."""
    article = parsed("# قسم\nقال د. عادل: «لا. اللون لا يهم. أبدًا» ثم سكت. وانتهى كلامه هنا [3] وبدأ غيره [4]")

    assert [(line.text, line.cites) for line in article.lines] == [
        ("قال د. عادل: «لا. اللون لا يهم. أبدًا» ثم سكت.", (3,)),
        ("وانتهى كلامه هنا", (3,)),
        ("وبدأ غيره", (4,)),
    ]


def test_a_row_of_numbers_alone_points_at_sentences() -> None:
    """A plan names drafted sentences: a row is a paragraph, and a long range is taken where it is allowed."""
    article = parse_article("# قسم\n[3-18]\n[1، 20]", 20, 60)

    assert [(line.text, line.cites) for line in article.lines] == [("", tuple(range(3, 19))), ("", (1, 20))]


def test_a_part_that_comes_twice_is_one() -> None:
    """Two conclusions are one; a section without a sentence is none."""
    article = parsed("# قسم\nجملة هنا. [1]\n# فارغ\n# الخلاصة\nأولى هنا. [2]\n# خاتمة\nثانية هنا. [3]")

    assert shape(article) == [(PartKind.SECTION, "قسم", [1]), (PartKind.CONCLUSION, "", [1, 1])]


def test_mended_sentences_come_back_by_number() -> None:
    """With their numbers and quoted words; one that is to be dropped, or is empty, is none."""
    text = "1) جملة مصححة. [3، 4] «كما قيل»\n2) حذف\n3. عنوان مصحح\n9) لا أحد"

    assert parse_mended(text, 3, 20) == {
        1: ArticleLine("جملة مصححة.", (3, 4), ("كما قيل",)),
        2: None,
        3: ArticleLine("عنوان مصحح"),
    }


@pytest.mark.parametrize("label", ["(رأي) ", "رأي: ", "[رأي] ", "- (رأي): ", "2. (رأي) "])
def test_the_kind_of_a_claim_is_read_in_any_form(label: str) -> None:
    """Behind a bullet or not, in brackets or before a colon; it is no word of the sentence."""
    (line,) = read_kinds(parsed(f"# قسم\n{label}ويرى أن الزيت غال. [3] «الزيت غالي»")).lines

    assert line == ArticleLine("ويرى أن الزيت غال.", (3,), ("الزيت غالي",), "رأي")


def test_a_sentence_that_begins_with_the_word_has_no_kind() -> None:
    """A label stands in brackets or before a colon."""
    (line,) = read_kinds(parsed("# قسم\nمثال ذلك أن الزيت غال. [3]")).lines

    assert line == ArticleLine("مثال ذلك أن الزيت غال.", (3,))


@given(st.text(alphabet="#*[]«»().:،؟\n 12عنوالمقدةخلص-`", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever a model writes, no sentence is empty of letters and no number is of a sentence that does not exist."""
    article = parsed(text)

    assert all(part.paragraphs and all(part.paragraphs) for part in article.parts)
    assert all(1 <= number <= 20 for line in article.lines for number in line.cites)


@pytest.mark.parametrize("piece", ["[", "«", "«»", "[1،", "# ", "عنوان: ", "[1 «", "«x» ", "المقدمة", ". ", "** "])
def test_a_hostile_reply_takes_no_longer_than_its_length(piece: str) -> None:
    """Forty thousand characters of half-open forms are read in a moment: no pattern backtracks."""
    began = time.perf_counter()
    parsed(piece * (40_000 // len(piece)))
    parsed("\n".join([piece * 80] * 200))

    assert time.perf_counter() - began < 5
