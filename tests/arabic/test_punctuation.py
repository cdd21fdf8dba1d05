"""Punctuation of statements."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لا يكفي أن نحفر", "لا يكفي أن نحفر."),
        ("قال , نعم ?", "قال، نعم؟"),
        ("هل وصلنا ؟ .", "هل وصلنا؟"),
        ("هل وصلنا؟.", "هل وصلنا؟"),
        ("ينتهي بفاصلة،", "ينتهي بفاصلة."),
        ("نعم;لا", "نعم;لا."),
        ("أولًا ; ثانيًا", "أولًا؛ ثانيًا."),
        ("قال: «نعم , هنا ?»", "قال: «نعم , هنا ?»"),
        ("قال: «نعم.»", "قال: «نعم.»"),
        ("سأل: «هل وصلنا؟»", "سأل: «هل وصلنا؟»"),
        ('في "Hello , you ?" , ثم', 'في "Hello , you ?"، ثم.'),
        ("النسبة 3,5 من Python, Java", "النسبة 3,5 من Python, Java."),
        ("الرابط https://a.b/c .", "الرابط https://a.b/c."),
        ("  فراغ   كثير  ", "فراغ كثير."),
        ("وجاء في الحديث:", "وجاء في الحديث:"),
        ("يا سلام!", "يا سلام!"),
        ("وبعد…", "وبعد…"),
        ("", ""),
    ],
)
def test_marks_are_set_as_in_print(text: str, expected: str) -> None:
    """Arabic marks after Arabic words, none before a space, one at the end; quotations untouched."""
    assert tidy(text) == expected


@given(st.text(st.sampled_from('ابج ABC 12 ,;?.،؛؟!:«»"()…'), max_size=60))
def test_no_word_is_touched(text: str) -> None:
    """Tidying moves marks only."""
    assert words(tidy(text)) == words(text)


@given(st.text(st.sampled_from("ابج ABC 12 ,;?.،؛؟!:«»()…"), max_size=60))
@example("1 :;")  # with the semicolon gone, the colon has a space before it
def test_a_tidy_statement_stays(text: str) -> None:
    """Tidying twice is tidying once."""
    assert tidy(tidy(text)) == tidy(text)
