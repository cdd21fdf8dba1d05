"""Months and days."""

from __future__ import annotations

import pytest

from pipeline.arabic.dates import date_positions, dates
from pipeline.arabic.normalize import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("في نوفمبر", {"11"}),
        ("في تشرين الثاني", {"11"}),
        ("بأيلول ويوليه", {"9", "7"}),
        ("يوم الجمعة", {"الجمعه"}),
        ("في رمضان", {"رمضان"}),
        ("في كانون الأول", {"12"}),
        ("جوان جميل", set()),
        ("المارس", set()),
    ],
)
def test_dates_have_one_form(text: str, found: set[str]) -> None:
    """By any of their names; words that are also others are no dates."""
    assert dates(text) == found


def test_the_words_of_a_date_are_known() -> None:
    """Also those of a name of two words, and none of them where the other is missing."""
    assert date_positions(fold("في نوفمبر أو في تشرين الثاني").split()) == {1, 4, 5}
    assert date_positions(fold("زار الرئيس الثاني ربيع وماء").split()) == set()
