"""Reading the texts that restoration is measured on."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING

from pipeline.evaluate import restoration_texts

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_folds_into_captions() -> None:
    """The captions have the same words without what captions lose, and line ends are recorded."""
    text = restoration_texts.written_text("نص", ["إلى المدرسة،", "", "غداً"])

    assert text.captions == ("الى", "المدرسه", "غدا")
    assert text.breaks == {1, 2}
    assert restoration_texts.written_text("نص", ["", "غداً"]).breaks == {0}


def test_sentences_end_at_their_marks_and_at_paragraphs() -> None:
    """A comma ends no sentence; the last word of a paragraph does, without any mark."""
    assert restoration_texts.written_text("a", ["نعم، كان هنا. ثم ذهب", "أين؟ لا أدري"]).ends == {2, 4, 5, 7}


def test_caption_words_find_their_place_in_the_text() -> None:
    """Both orders are kept, whatever the hamza; a word that was misheard has no place."""
    assert restoration_texts.matched(["ايها", "كم", "الناس"], ["يا", "أيها", "الناس"]) == {0: 1, 2: 2}


def test_books_are_read_without_headings(tmp_path: Path) -> None:
    """The paragraphs of all sections come in order."""
    book = {
        "title": "كتاب",
        "sections": [{"heading": "عنوان", "paragraphs": ["نعم.", "لا."]}, {"paragraphs": ["بلى."]}],
    }
    (tmp_path / "data").mkdir()
    with lzma.open(tmp_path / "data" / "headed_books.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(book) + "\n")

    (found,) = restoration_texts.books(tmp_path)
    assert [word.text for word in found.words] == ["نعم", "لا", "بلى"]


def test_only_typed_captions_of_the_folder_are_taken(tmp_path: Path) -> None:
    """Automatic captions and other shows are left out; each line is a clause."""
    folder = tmp_path / "data" / "transcripts" / "economy_talk"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("سؤال غريب\nجداً", encoding="utf-8")
    entries = [
        {"file": f"transcripts/{show}/a.txt", "video_id": kind, "caption_kind": kind}
        for show, kind in (("economy_talk", "manual"), ("economy_talk", "auto"), ("other", "manual"))
    ]
    (tmp_path / "data" / "transcripts.jsonl").write_text("\n".join(map(json.dumps, entries)), encoding="utf-8")

    (found,) = restoration_texts.typed(tmp_path)
    assert found.breaks == {1, 2}


def test_sermons_are_aligned_with_their_corrections(tmp_path: Path) -> None:
    """Cue numbers, times, front matter and headings are not taken for words."""
    folder = tmp_path / "data" / "transcripts" / "sermon"
    folder.mkdir(parents=True)
    (folder / "x.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nايها الناس\n", encoding="utf-8")
    (folder / "x.corrected.md").write_text("# T\n- **a:** b\n---\n## أيها الناس\n\nأيها الناسُ.\n", encoding="utf-8")

    (pair,) = restoration_texts.sermons(tmp_path)
    assert pair.captions == ("ايها", "الناس")
    assert pair.gold == {0: "أيها", 1: "الناسُ"}


def test_an_uncorrected_paragraph_is_not_gold(tmp_path: Path) -> None:
    """A paragraph that is still as captioned, without a hamza or a mark, says nothing about spelling."""
    folder = tmp_path / "data" / "transcripts" / "sermon"
    folder.mkdir(parents=True)
    (folder / "x.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nايها الناس ايها الاخوه\n", encoding="utf-8")
    (folder / "x.corrected.md").write_text("# T\n---\nأيها الناس،\n\nايها الاخوه\n", encoding="utf-8")

    (pair,) = restoration_texts.sermons(tmp_path)
    assert pair.gold == {0: "أيها", 1: "الناس"}


def test_sentences_of_a_book_begin_after_its_opening(tmp_path: Path) -> None:
    """No more than asked for are given, divided after marks, across sections and paragraphs."""
    (tmp_path / "data").mkdir()
    paragraphs = ["مقدمة. " * 60, "إهداء! " * 40 + "هذا أول كلام. وهذا ثانيه؟ وهذا ثالثه."]
    book = {"title": "ك", "sections": [{"paragraphs": [each]} for each in paragraphs]}
    with lzma.open(tmp_path / "data" / "headed_books.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(book) + "\n")

    assert list(restoration_texts.sentences_of_books(tmp_path, 2)) == [("هذا أول كلام.", "وهذا ثانيه؟")]


def test_sentences_of_a_sermon_are_the_editors(tmp_path: Path) -> None:
    """They come without front matter and headings, and continue across line ends."""
    folder = tmp_path / "data" / "transcripts" / "sermon"
    folder.mkdir(parents=True)
    (folder / "x.corrected.md").write_text("# T\n- **a:** b\n---\n## عنوان\n\nأيها\nالناس. اسمعوا!\n", encoding="utf-8")

    assert list(restoration_texts.sentences_of_sermons(tmp_path)) == [("أيها الناس.", "اسمعوا!")]
