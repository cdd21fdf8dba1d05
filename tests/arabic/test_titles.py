"""Titles as headlines."""

from __future__ import annotations

import pytest

from pipeline.arabic.formatting import headline, inside_quotes


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("حوارات دمشق: المصالح المشتركة", "حوارات دمشق: المصالح المشتركة"),
        ("!سلسلة القناة+ |  لماذا ترتفع أسعار تذاكر الطيران قريباً؟", "لماذا ترتفع أسعار تذاكر الطيران قريباً؟"),
        ("ما سبب الجفاف؟؟؟ #ماء #العراق", "ما سبب الجفاف؟"),
        ("🔴 بث مباشر 🔥 من بغداد!!", "بث مباشر من بغداد"),
        ("الحلقة 13 | رحلة طويلة إلى تدمر | قناة السفر", "رحلة طويلة إلى تدمر"),
        ("  شرح Python 3.14   بالعربية ", "شرح Python 3.14 بالعربية"),
    ],
)
def test_the_part_that_names_the_subject_is_kept(title: str, expected: str) -> None:
    """Series names, hashtags, pictures and repeated marks go; the words of the subject stay."""
    assert headline(title) == expected


@pytest.mark.parametrize("title", ["", "01", "|||", "#وسم", "🔥🔥", "؟؟"])
def test_a_title_without_words_gives_no_headline(title: str) -> None:
    """Where there is no word there is no headline, so that the writer takes the subjects instead."""
    assert headline(title) == ""


def test_guillemets_are_exchanged_inside_a_quotation() -> None:
    """A title that has guillemets of its own can stand between guillemets."""
    assert inside_quotes("رواية «موسم الهجرة» بالصوت") == "رواية “موسم الهجرة” بالصوت"
