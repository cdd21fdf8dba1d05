"""Planted faults and honest rewordings."""

from __future__ import annotations

from random import Random

import pytest

from pipeline.evaluate import planted, reworded
from pipeline.evaluate.planted import PASSED, PLANTS, PlantedCase, cases, refused

TEXT = (
    "ينبع نهر الفرات من الجبال في تركيا، ثم يدخل سوريا من الشمال.",
    "وقد أنجزت سوريا سد الفرات في سبعينيات القرن الماضي قرب مدينة الطبقة.",
    "لم يتفق البلدان على تقاسم الماء، لأن الحاجة إليه تزيد كل عام.",
    "يبلغ طول النهر نحو 2800 كيلومتر، وعليه ثلاثة سدود كبيرة.",
)


def chance() -> Random:
    """The same in every test."""
    return Random(7)  # noqa: S311 - no secret


@pytest.mark.parametrize(("name", "least"), [*zip(PLANTS, (1, 2, 3, 3), strict=True)])
def test_a_fault_changes_what_is_said(name: str, least: int) -> None:
    """It is planted where there is something to change, and it changes the text."""
    changed = [PLANTS[name](text, chance()) for text in TEXT]

    assert sum(map(bool, changed)) >= least
    assert not set(changed) & set(TEXT)


def test_a_figure_becomes_another() -> None:
    """Figures are changed in digits and in words."""
    assert planted.figure("طوله 2800 كيلومتر", chance()) != "طوله 2800 كيلومتر"
    assert planted.figure("له ثلاثة سدود", chance()).split()[1] != "ثلاثة"
    assert planted.figure("له سدود", chance()) == ""


def test_a_negation_goes_or_comes() -> None:
    """It is dropped where there is one, and put before a verb where there is none."""
    assert planted.negation("لم تتفق الدول", chance()) == "تتفق الدول"
    assert planted.negation("ولم تتفق الدول", chance()) == "وتتفق الدول"
    assert planted.negation("ثم يدخل سوريا", chance()) == "ثم لا يدخل سوريا"
    assert planted.negation("الماء قليل", chance()) == ""


def test_roles_change_places() -> None:
    """Two nouns with a word between them are exchanged."""
    assert planted.roles("زار الملك بيت الوزير", chance()) == "زار الوزير بيت الملك"


def test_evidence_is_spelled_as_captions_are() -> None:
    """The sentence and its neighbours come without hamza and taa marbuta."""
    (first, *_) = cases([TEXT], planted.true)

    assert len(first.evidence) == 2
    assert not set("أإآةى") & set("".join(first.evidence))


def test_the_same_texts_give_the_same_cases() -> None:
    """The seed is fixed, so figures can be compared."""
    assert list(cases([TEXT], planted.name)) == list(cases([TEXT], planted.name))


def test_checking_stands_beside_a_rule() -> None:
    """There is a row for each measure and system; the rule refuses honest rewordings."""
    rows = {(row.measure, row.system): row.value for row in planted.planted("text", [TEXT * 3])}

    assert {measure for measure, _ in rows} == {*PLANTS, PASSED}
    assert rows[PASSED, "tadwin"] > rows[PASSED, "every word said"]


def test_refused_is_any_flaw() -> None:
    """A true sentence is let through, an invented one is not."""
    assert not refused(PlantedCase(TEXT[0], TEXT))
    assert refused(PlantedCase("ينبع نهر النيل من الجبال في تركيا", TEXT))


# --- rewordings ---


def test_rewording_says_the_same_in_other_words() -> None:
    """Most sentences change, and no name is ever brought in."""
    chances = [Random(seed) for seed in range(20)]  # noqa: S311 - no secret
    made = [reworded.reworded(text, each) for each in chances for text in TEXT]

    assert sum(text not in TEXT for text in made) > len(made) / 2
    assert all("كوبنهاغن" not in text for text in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لأن الماء قليل", "إذ إن الماء قليل"),
        ("له 3 سدود في 25 قرية و2800 متر", "له ثلاثة سدود في خمسة وعشرون قرية و2800 متر"),
        ("له ثلاثة سدود", "له 3 سدود"),
        ("بلغت ثلاثة ملايين", "بلغت ثلاثة ملايين"),
        ("الماء في النهر قليل جدًا، والحاجة إليه كبيرة جدا.", "والحاجة إليه كبيرة جدا، الماء في النهر قليل جدًا."),
        ("يدخل الفرات سوريا من الشمال", "الفرات يدخل سوريا من الشمال"),
    ],
)
def test_each_rewording_does_one_thing(text: str, expected: str) -> None:
    """Connective, digits, words, clauses, subject: at least one of them gives this sentence."""
    assert expected in {rewording(text) for rewording in reworded.REWORDINGS}


def test_an_introduction_may_come_first() -> None:
    """The whole sentence follows."""
    assert reworded.introduced("الماء قليل", chance()).endswith(" الماء قليل")
