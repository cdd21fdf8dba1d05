"""Titles as headlines."""

from __future__ import annotations

import pytest

from pipeline.arabic.formatting import headline, inside_quotes
from pipeline.arabic.titles import quoted_title


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


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("يروي في حلقة «انا فقير | اصحابي كلهم أغنى مني! | بودكاست بهدوء | جلسة 16» قصته.", True),
        ("يروي في حلقة «أنا فقير أصحابي كلهم أغنى مني!» قصته.", True),
        ("يروي في «بودكاست بهدوء» قصته.", False),
        ("يروي أنه فقير وأصحابه كلهم أغنى منه.", False),
        ("قال: «لا يشبع الناس من المال أبدًا».", False),
    ],
)
def test_a_title_is_known_in_quotation_marks(text: str, *, quoted: bool) -> None:
    """In full, or most of it, however it is spelled; a programme's name alone, or its words without marks, is none."""
    title = "انا فقير | اصحابي كلهم أغنى مني! | بودكاست بهدوء | جلسة 16"
    found = quoted_title(text, title)
    assert bool(found) == quoted
    assert f"«{found}»" in text or not quoted


def test_one_word_of_a_title_is_not_the_title() -> None:
    """Nor half of one of two words; other quotation marks do as well, and most of a long title."""
    assert not quoted_title("يقول الخطيب إن «الصبر» مفتاح الفرج.", "فضل الصبر")
    assert quoted_title('يشرح في "فضل الصبر" معناه.', "فضل الصبر") == "فضل الصبر"
    subject = "فضل الصبر عند الشدائد"
    assert quoted_title(f"يشرح في “{subject}” معناه.", f"حديث الجمعة | {subject}") == subject
