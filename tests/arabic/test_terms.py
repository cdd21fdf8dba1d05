"""Names replaced wherever they stand."""

from __future__ import annotations

import pytest

from pipeline.arabic.terms import Term, find_term, replace_term


@pytest.mark.parametrize(
    ("wrong", "right", "text", "expected"),
    [
        (
            "تركيا",
            "توركيا",
            "في تركيا وتركيا وبتركيا لتركيا كتركيا فتركيا",
            "في توركيا وتوركيا وبتوركيا لتوركيا كتوركيا فتوركيا",
        ),
        ("القاهرة", "المنصورة", "القاهرة وللقاهرة بالقاهرة والقاهرة", "المنصورة وللمنصورة بالمنصورة والمنصورة"),
        ("فرات", "فراة", "الفرات للفرات وبالفرات فرات", "الفراة للفراة وبالفراة فراة"),
        ("قاهرة", "المنصورة", "القاهرة للقاهرة", "المنصورة للمنصورة"),
        ("القاهرة", "طنطا", "من القاهرة وللقاهرة", "من طنطا ولطنطا"),
        ("أحمد علي", "أحمد العلي", "قال أحمد علي ولأحمد علي", "قال أحمد العلي ولأحمد العلي"),
    ],
)
def test_a_term_is_replaced_with_what_is_joined_to_it(wrong: str, right: str, text: str, expected: str) -> None:
    """`و ف ب ل ك` and the article stay in front of the right form, and no article is written twice."""
    assert find_term(text, Term(wrong, right))
    assert replace_term(text, Term(wrong, right)) == expected


@pytest.mark.parametrize("text", ["التركية", "تركيات", "أتركيا", "استركيا"])
def test_longer_words_stay(text: str) -> None:
    """A term inside another word is not that term."""
    assert not find_term(text, Term("تركيا", "س"))
    assert replace_term(text, Term("تركيا", "س")) == text


def test_a_short_term_is_only_a_whole_word() -> None:
    """Two letters behind a joined one end too many other words: `لبن` is milk."""
    assert replace_term("بن لبن وبن", Term("بن", "ابن")) == "ابن لبن وبن"


@pytest.mark.parametrize("wrong", ["a.b", "س(", "\\d", "[ا]"])
def test_a_term_is_no_pattern(wrong: str) -> None:
    """Whatever stands in a glossary is looked for as it is written."""
    assert replace_term(f"x {wrong} y", Term(wrong, "\\1")) == "x \\1 y"
