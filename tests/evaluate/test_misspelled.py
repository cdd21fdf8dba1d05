"""What is measured of spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.restore.restorer import Thresholds
from pipeline.evaluate.misspelled import kind, read_stretch, row
from tests.models.test_restorer import restorer


@pytest.mark.parametrize(
    ("gold", "found", "name"),
    [
        ("احفظ", "أحفظ", "hamza too much"),
        ("سأتوب", "ساتوب", "hamza missing"),
        ("آباء", "أباء", "madda"),
        ("أمة", "أمه", "taa marbuta missing"),
        ("هديه", "هدية", "taa marbuta too much"),
        ("وإنهم", "وأنهم", "إن, أن"),
        ("ألا", "إلا", "ألا, إلا"),
        ("إمام", "أمام", "أ for إ, or back"),
        ("كتاب", "كتاب", ""),
    ],
)
def test_errors_have_kinds(gold: str, found: str, name: str) -> None:
    """By the first letter that differs."""
    assert kind(gold, found) == name


def test_verses_and_misheard_words_are_read_and_not_judged(tmp_path: Path) -> None:
    """They stand among the words, since the words around are spelled after them; headings are nobody's speech."""
    path = tmp_path / "talk.txt"
    path.write_text("@ source\n\n# عنوان\nقال {ان|أي} الأمر: ﴿إن الله {غفور|غفور} رحيم﴾ أيضاً.\n", encoding="utf-8")
    text = read_stretch(path)

    assert text.words == ("قال", "ان", "الامر", "ان", "الله", "غفور", "رحيم", "ايضا")
    assert text.gold == {0: "قال", 2: "الأمر", 7: "أيضا"}


def test_the_table_counts_what_rules_mend(tmp_path: Path) -> None:
    """One word of four is wrong without the rules, and none with them."""
    path = tmp_path / "talk.txt"
    path.write_text("@ source\nقال إن قلم باب.\n", encoding="utf-8")
    alone, ruled = restorer(Thresholds(grammar=False)), restorer()

    assert row("talk", [read_stretch(path)], alone, ruled).split()[1:7] == ["4", "1", "→", "0", "1.0000", "1"]
