"""Figures compare equal however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.numbers import figures, is_number_word, possible_figures

ONES = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TEENS = [
    "عشرة",
    "أحد عشر",
    "اثنا عشر",
    "ثلاثة عشر",
    "أربعة عشر",
    "خمسة عشر",
    "ستة عشر",
    "سبعة عشر",
    "ثمانية عشر",
    "تسعة عشر",
]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = [
    "",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانيمئة",
    "تسعمئة",
]


def spelled(number: int) -> str:
    """A number from 1 to 999,999 in Arabic words, in the nominative: an independent speller."""
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands:
        parts.append({1: "ألف", 2: "ألفان"}.get(thousands, f"{below_thousand(thousands)} {scale(thousands)}"))
    parts += [below_thousand(rest)] if rest else []
    return " و".join(parts)


def scale(count: int) -> str:
    """The form of `thousand` after a count."""
    return "آلاف" if 3 <= count % 100 <= 10 else "ألف"


def below_thousand(number: int) -> str:
    """A number from 1 to 999 in words."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if rest < 10:
        tail = ONES[rest]
    elif rest < 20:
        tail = TEENS[rest - 10]
    else:
        tail = " و".join(filter(None, (ONES[ones], TENS[tens])))
    return " و".join(filter(None, (HUNDREDS[hundreds], tail)))


@given(st.integers(3, 999_999))
def test_words_and_digits_are_one_figure(number: int) -> None:
    """Every number from 3 to 999,999 in words is the figure that its digits are."""
    assert figures(f"كان هناك {spelled(number)} في الحفل") == figures(str(number)) == {str(number)}


@given(st.integers(0, 10**15))
def test_every_kind_of_digits_is_one_figure(number: int) -> None:
    """Latin, Arabic-Indic and Persian digits and thousands marks make no difference."""
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    persian = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    grouped = f"{number:,}"

    same = {figures(text) for text in (str(number), eastern, persian, grouped, grouped.replace(",", "٬"))}
    assert same == {frozenset({str(number)})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("٣ و 3 وثلاثة", {"3"}),
        ("ثلاثة وعشرين", {"23"}),
        ("بثلاثةٍ وعشرينَ رجلاً", {"23"}),
        ("مئتان وخمسون ألفًا", {"250000"}),
        ("ألف وتسعمئة وسبعة وستون", {"1967"}),
        ("ألف وتسعمائة وسبع وستين", {"1967"}),
        ("سنة ألفين وستة وعشرين", {"2026"}),
        ("مليونان", {"2000000"}),
        ("مليون ومئة ألف وخمسة", {"1100005"}),
        ("3.5 مليون", {"3500000"}),
        ("٣٫٥ مليارات", {"3500000000"}),
        ("120 ألف", {"120000"}),
        ("خمستاشر وتلاته", {"15", "3"}),
        ("خمسطعش", {"15"}),
        ("تلتميت", {"300"}),
        ("القرن الثالث عشر", {"13"}),
        ("الحادية والعشرون", {"21"}),
        ("الفصل الرابع", {"4"}),
        ("35%", {"35%"}),
        ("٣٥٪", {"35%"}),
        ("خمسة وثلاثين في المئة", {"35%"}),
        ("خمسة وثلاثين بالمائة", {"35%"}),
        ("من 10–20", {"10", "20"}),
        ("10-20%", {"10", "20%"}),
        ("1,234,567.89", {"1234567.89"}),
        ("1.234.567", {"1234567"}),
        ("3,5", {"3.5"}),
        ("10.11.2026", {"10", "11", "2026"}),
        ("2026-11-23", {"2026", "11", "23"}),
        ("في 12:34", {"12", "34"}),
        ("007", {"7"}),
        ("صفر 0 ٠٫٠", {"0"}),
        ("ثلاثة وأربعة", {"3", "4"}),
        ("ب3 والثلاثون", {"3", "30"}),
        ("G20 وكوفيد-19", {"20", "19"}),
        ("ثلاثة فاصل 7%", {"3.7%"}),
        ("واحد فاصل اتنين مليار", {"1200000000"}),
        ("صفر فاصل صفر خمسة", {"0.05"}),
        ("مليون ونص", {"1500000"}),
        ("مليار وربع", {"1250000000"}),
        ("2 ونص مليون", {"2500000"}),
        ("نصف مليار دولار", {"500000000"}),
        ("37 درجة ونص", {"37.5"}),
        ("17% ونص", {"17.5%"}),
        ("خمسون رجلاً ونصف القرية", {"50"}),
        ("2 مليون و 300 ألف", {"2300000"}),
        ("مليون و200 ألف", {"1200000"}),
        ("خمسة و ثلاثين", {"35"}),
        ("أربعتعش وخمسطاش", {"14", "15"}),
        ("أربعتعشر", {"14"}),
        ("مئتا كيلومتر", {"200"}),
    ],
)
def test_the_forms_of_speech_and_writing(text: str, expected: set[str]) -> None:
    """Cases, prefixes, dialects, ordinals, shares, ranges, dates and decimals as they occur."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "بلا أرقام",
        "لست هنا",
        "يوم الاثنين",
        "في آن واحد",
        "آلاف الناس",
        "ثالثًا",
        "من ناحية ثانية",
        "في المئة",
        "ميتا",
        "كمية",
        "ونص",
        "حصة العراق من مائه",
    ],
)
def test_grammar_is_no_figure(text: str) -> None:
    """Words that look like numbers and are not make no finding."""
    assert figures(text) == frozenset()


def test_a_text_without_taa_marbuta_may_mean_a_hundred() -> None:
    """Captions have it as a final ha; whoever writes it somewhere means `its water`."""
    assert figures("مائه عام") == {"100"}
    assert possible_figures("المدينة ومائه بيت") == {"100"}


def test_identifiers_are_compared_as_they_stand() -> None:
    """More than 18 digits are no quantity, and cost no big arithmetic."""
    long = "9" * 50_000

    assert figures(f"{long} شخص") == {long}


@given(st.text(st.sampled_from("0123456789.,٫٬،%٪ وثلاةمئفعشرينبال٣"), max_size=200))
def test_any_text_has_figures(text: str) -> None:
    """Nothing raises, and every figure is digits, at most one point, at most one sign."""
    for figure in figures(text):
        assert figure.removesuffix("%").replace(".", "", 1).isdecimal()


@given(st.text(max_size=300))
def test_figures_do_not_depend_on_folding(text: str) -> None:
    """Asking twice, or with vowel signs between the letters, is the same."""
    assert figures(text) == figures(text + "\u064e")


def test_number_words_are_known_one_by_one() -> None:
    """What is compared as a figure need not be said as a word; `first` and `one` are words."""
    assert all(map(is_number_word, ("12", "ثلاثه", "وعشرين", "مليون", "بالالف")))
    assert not any(map(is_number_word, ("اول", "واحد", "ماء", "ثاني", "الاف")))
    assert is_number_word("الاف", "خمسه")
    assert not is_number_word("الاف", "تظاهر")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("سنة 73", "1973"),
        ("نزل للنص", "50%"),
        ("أول ميت زبون", "100"),
        ("الدرجة التالتة", "3"),
        ("مليون ونص", "1000000"),
        ("الأولى 46% والتانية 52", "52%"),
    ],
)
def test_what_a_listener_may_have_meant_is_possible(said: str, meant: str) -> None:
    """Readings of spoken numbers that are not sure are possible, and the sure ones are among them."""
    assert figures(said) | {meant} <= possible_figures(said)
    assert meant not in figures(said)
