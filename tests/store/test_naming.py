"""Folder names from hostile titles."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.library import folder_name

HOSTILE = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "..\\..\\windows",
    "/absolute",
    "CON",
    "nul.txt",
    "a\x00b",
    "سطر\nآخر",
    "عنوان\u202egpj.exe",
    "\u200f\u200e\u2066",
    "م" * 300,
    "كلمة " * 100,
    "😀" * 100,
    "-rf",
    "~root",
    'a:b*c?d"e<f>g|h',
    "% $HOME `id` $(id) ; rm",
    "اسم.",
    "اسم ",
    "\ud800",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_make_safe_names(title: str) -> None:
    """No separator, dot, control or direction character, no more than 120 bytes, the id first."""
    name = folder_name("TadwinDemo1", title)

    assert name.startswith("TadwinDemo1")
    assert len(name.encode()) <= 120
    assert all(character.isalnum() or character in "-_" for character in name)
    assert not name.removeprefix("TadwinDemo1").endswith("-")


@given(st.text())
def test_any_title_makes_a_safe_name(title: str) -> None:
    """The same for every text, and the name is in NFC already."""
    name = folder_name("abc_DEF-123", title)

    assert 11 <= len(name.encode()) <= 120
    assert all(character.isalnum() or character in "-_" for character in name)
    assert unicodedata.is_normalized("NFC", name)


def test_a_readable_title_is_read_in_the_name() -> None:
    """Words joined by hyphens, without vowel signs; a long one ends at a whole word."""
    title = "حوارات دمشق: ماهي المصالحُ المشتركة بين دمشق وبغداد اليوم في ظل المشهد الجديد بسوريا"

    assert folder_name("TadwinDemo1", title) == "TadwinDemo1-حوارات-دمشق-ماهي-المصالح-المشتركة-بين-دمشق-وبغداد-اليوم-في"


def test_two_forms_of_one_title_are_one_name() -> None:
    """A title in NFD names the same folder as in NFC."""
    assert folder_name("x", unicodedata.normalize("NFD", "أحمد آل عيسى café")) == folder_name("x", "أحمد آل عيسى café")


def test_two_videos_never_share_a_name() -> None:
    """The same title under two ids is two folders."""
    assert folder_name("aaaaaaaaaaa", "عنوان") != folder_name("bbbbbbbbbbb", "عنوان")


@pytest.mark.parametrize("video", ["", "..", "a/b", "a b", "أ", "a\n", "x" * 65])
def test_an_unsafe_id_is_refused(video: str) -> None:
    """An id that could leave the folder is a bug of the source, not a name."""
    with pytest.raises(ValueError, match="not safe"):
        folder_name(video, "عنوان")
