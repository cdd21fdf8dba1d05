"""The gold texts keep the format that `gold/README.md` describes, so that figures measured on them are right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.arabic.normalize import words
from pipeline.evaluate.gold import FOLDER, TALK, Gold, GoldChapter, gold_files, read_gold

if TYPE_CHECKING:
    from pathlib import Path

FILES = pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.name)


def test_reading(tmp_path: Path) -> None:
    """Title, variety, chapters, paragraphs and sentences come out as written."""
    file = tmp_path / "text.md"
    file.write_text(
        "<!-- Ours. variety: dialect -->\n\n# عنوان\n\n## أول\n\nجملة.\nسؤال؟\n\nفقرة.\n\n## ثان\n\nنهاية.\n",
        encoding="utf-8",
    )
    first = GoldChapter("أول", (("جملة.", "سؤال؟"), ("فقرة.",)))
    assert read_gold(file) == Gold("عنوان", (first, GoldChapter("ثان", (("نهاية.",),))), "dialect")
    assert read_gold(file).sentences == ("جملة.", "سؤال؟", "فقرة.", "نهاية.")


@pytest.mark.parametrize("preface", ["", "# عنوان\n\nكلام\n\n", "# عنوان\n\n# عنوان\n\n"])
def test_text_before_the_first_chapter_is_refused(preface: str, tmp_path: Path) -> None:
    """No sentence can be lost before the first chapter of a gold text."""
    file = tmp_path / "text.md"
    file.write_text(f"{preface}## أول\n\nجملة.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="title"):
        read_gold(file)


@FILES
def test_a_line_is_a_sentence(path: Path) -> None:
    """Each line ends with a mark that ends a sentence, and has none before."""
    for sentence in read_gold(path).sentences:
        assert re.fullmatch(r"[^.؟!\s][^.؟!]*[^.؟!\s،؛:][.؟!]", sentence), sentence


@FILES
def test_letters_and_marks(path: Path) -> None:
    """A gold text has Arabic letters, European digits, the listed marks, single spaces, and tanween after alef only."""
    for sentence in read_gold(path).sentences:
        assert re.fullmatch(r"(?:[ء-غف-ي0-9]|(?<=ا)ً|[،؛:](?= )|[.؟!]$| (?! ))+", sentence), sentence


@FILES
def test_adverbs_have_their_tanween(path: Path) -> None:
    """The most common words in -an never lack their tanween."""
    used = words_as_written(read_gold(path))
    assert used.isdisjoint({"أيضا", "جدا", "مثلا", "شكرا", "أهلا", "وأهلا", "تقريبا", "كثيرا", "قليلا", "طبعا", "معا"})


def words_as_written(gold: Gold) -> set[str]:
    """The words in their spelling, without marks."""
    return set(re.findall(r"[ء-غف-ي\u064b]+", " ".join(gold.sentences)))


@FILES
def test_chapters_are_headed_paragraphs(path: Path) -> None:
    """Each text has topics to find: at least four chapters, each with a heading and two sentences or more."""
    gold = read_gold(path)
    assert gold.title
    assert len(gold.chapters) >= 4
    assert all(chapter.heading.strip() and len(chapter.sentences) >= 2 for chapter in gold.chapters)


@FILES
def test_the_readme_has_the_right_counts(path: Path) -> None:
    """The table of gold texts names each file with its variety and its number of words."""
    gold = read_gold(path)
    row = re.search(rf"^\| `[./\w]*{path.name}` \| {gold.variety}\b.* \| ([\d,]+) \|$", _table(), flags=re.MULTILINE)
    assert row is not None
    assert int(row[1].replace(",", "")) == len(words(" ".join(gold.sentences)))


def _table() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def test_there_is_one_text_in_dialect_and_the_sample_is_standard() -> None:
    """Figures on standard Arabic are not mixed with those on dialect."""
    varieties = {path: read_gold(path).variety for path in gold_files()}
    assert varieties[TALK] == "standard"
    assert sorted(varieties.values()) == ["dialect", "standard", "standard"]
