"""The figures on structure, and the floors they hold on data that nothing was tuned on."""

import json
import lzma
from pathlib import Path

import pytest

from pipeline.evaluate import datasets, structure
from pipeline.evaluate.gold import gold_files, read_gold
from pipeline.evaluate.measures import ResultRow, table
from pipeline.types.article import Sentence
from tests.segment.subjects import RIVER, SCHOOL, TRADE, repeated, said


def joined(*parts: list[str]) -> datasets.JoinedText:
    """Texts in a row as one item of measuring data."""
    return datasets.JoinedText("test", tuple(said(*part) for part in parts), tuple("مياه النهر" for _ in parts))


def figures(rows: list[ResultRow], measure: str) -> dict[str, float]:
    """The figures of a measure by system."""
    return {row.system: row.value for row in rows if row.measure == measure}


def test_clear_subjects_are_divided_better_than_by_any_baseline() -> None:
    """Where three subjects follow each other, the product has fewer errors than every baseline in the table."""
    text = joined(repeated(RIVER, 400), repeated(SCHOOL, 700), repeated(TRADE, 300))
    found = figures(structure.borders("test", [text]), "WindowDiff")
    assert all(found["tadwin"] < value for system, value in found.items() if system != "tadwin")


def test_every_figure_has_its_baselines() -> None:
    """No figure of ours stands alone in the table."""
    text = joined(repeated(RIVER, 200), repeated(SCHOOL, 200))
    article = datasets.SummarizedText("test", said(*RIVER), (frozenset(range(12)),))
    rows = [*structure.borders("a", [text]), *structure.headings("a", [text]), *structure.salience("b", [article])]
    for measure in {row.measure for row in rows}:
        assert len(figures(rows, measure)) >= 3
        assert "tadwin" in figures(rows, measure)
    assert table(rows).count("\n") == 4


def test_a_summary_has_the_length_of_the_references() -> None:
    """It takes exactly the budget, and cuts the last sentence where that is reached."""
    article = datasets.SummarizedText("test", said(*RIVER), (frozenset(range(20)), frozenset(range(10))))
    assert article.budget == 15
    assert structure.taken(article, [3, 0, 1]) == structure.taken(article, [3, 0, 1, 2])
    assert len(structure.taken(article, range(10))) == 15


def test_borders_of_joined_texts() -> None:
    """A border stands before the first sentence of every text but the first."""
    text = joined(["أول", "ثان"], ["ثالث"], ["رابع", "خامس"])
    assert text.borders == {2, 3}
    assert [sentence.text for sentence in text.sentences][2] == "ثالث"


# --- reading the data ---


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder like the shared one, with a little of everything, written for this test."""
    folder = tmp_path / "data"
    folder.mkdir()
    sections = [
        {"heading": f"فصل{number}1", "words": 300, "paragraphs": [" ".join(RIVER), " ".join(SCHOOL)]}
        for number in "ابجدهو"
    ]
    sections.append({"heading": "قصير", "words": 3, "paragraphs": ["قصير جدا هنا"]})
    with lzma.open(folder / "headed_books.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"title": "كتاب", "sections": sections}) + "\n")
    captions = (
        "1\n00:00:01,000 --> 00:00:02,000\nمياه النهر\n\n2\n00:00:02,000 --> 00:00:03,000\nمياه النهر\n0:15\n3.5: جفت\n"
    )
    for number in range(8):
        (folder / f"{number}.srt").write_text(captions * 40, encoding="utf-8")
    lines = [json.dumps({"file": f"{number}.srt"}) for number in range(8)]
    (folder / "transcripts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    article = {"id": "a", "text": "أول جملة هنا. ثاني جملة هناك.", "refs": [{"char_spans": [[0, 7]]}]}
    (folder / "easc.jsonl").write_text(json.dumps(article), encoding="utf-8")
    return tmp_path


def test_chapters_are_joined_in_order(small: Path) -> None:
    """Four to eight neighbouring chapters, short ones left out, footnote figures taken off the headings."""
    (book,) = datasets.joined_chapters(small)
    assert 4 <= len(book.parts) <= 6
    assert list(book.headings) == [f"فصل{letter}" for letter in "ابجدهو"][: len(book.parts)]
    assert [sentence.number for sentence in book.sentences] == list(range(1, len(book.sentences) + 1))
    assert book.parts[0][0].text == RIVER[0]


def test_talks_are_words_without_numbers_and_times(small: Path) -> None:
    """Cue numbers, times and repeated cues are not taken for speech."""
    for text in datasets.joined_talks(small, number=3):
        said_words = {word for sentence in text.sentences for word in sentence.text.split()}
        assert said_words == {"مياه", "النهر", "جفت"}
        assert all(len(sentence.text.split()) <= datasets.UNIT_WORDS for sentence in text.sentences)


def test_the_draw_is_repeatable(small: Path) -> None:
    """The same data give the same items, so figures can be compared between versions."""
    assert datasets.joined_chapters(small) == datasets.joined_chapters(small)
    assert datasets.joined_talks(small, 2) == datasets.joined_talks(small, 2)


def test_references_are_word_positions(small: Path) -> None:
    """A span of letters includes every word it touches."""
    (article,) = datasets.summarized(small)
    assert article.references == (frozenset({0, 1}),)
    assert article.sentences == (Sentence(1, "أول جملة هنا."), Sentence(2, "ثاني جملة هناك."))


# --- floors ---


@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_topics_of_the_projects_own_talks(path: Path) -> None:
    """In talks written for the project most borders found are the author's, and errors stay below an even split's."""
    gold = read_gold(path)
    text = joined(*([*chapter.sentences] for chapter in gold.chapters))
    found = structure.found_borders(text.sentences)
    near = [border for border in found if min(abs(border - true) for true in text.borders) <= 2]
    assert len(near) >= 0.75 * len(found)
    errors = figures(structure.borders(path.stem, [text]), "WindowDiff")
    assert errors["tadwin"] <= errors["even split, told the number"]


@pytest.mark.slow
def test_topics_of_books_and_talks(shared: Path) -> None:
    """WindowDiff on chapters is at least 20 % below every baseline that is not told the answer; Pk on talks <= .15."""
    chapters = figures(structure.borders("chapters", datasets.joined_chapters(shared)), "WindowDiff")
    fair = [value for system, value in chapters.items() if system not in {"tadwin", "even split, told the number"}]
    assert chapters["tadwin"] <= 0.8 * min(fair)
    assert chapters["tadwin"] < chapters["even split, told the number"]
    assert figures(structure.borders("talks", datasets.joined_talks(shared)), "Pk")["tadwin"] <= 0.15


@pytest.mark.slow
def test_headings_of_books(shared: Path) -> None:
    """Headings are nearer to the author's than first words and top keywords are, by a fifth."""
    found = figures(structure.headings("chapters", datasets.joined_chapters(shared)), "heading F1")
    assert found["tadwin"] >= 1.2 * max(found["first words"], found["top keywords"])


@pytest.mark.slow
def test_salience_of_articles(shared: Path) -> None:
    """Our figure on EASC is above those of TextRank and chance."""
    found = figures(structure.salience("easc", datasets.summarized(shared)), "word F1")
    assert found["tadwin"] >= 0.468
    assert found["tadwin"] > found["TextRank"]
    assert found["tadwin"] > found["random"]


def test_topics_of_talks_are_read_by_their_lines(tmp_path: Path) -> None:
    """A topic has the words of its lines, without times; each part of a stretch of speech has its heading."""
    gold, speech, talks = (tmp_path / "data" / name for name in ("articles_gold", "speech_gold", "transcripts"))
    for folder in (gold, speech, talks):
        folder.mkdir(parents=True)
    (talks / "a.txt").write_text("0:01 ماء\n0:02 نهر\n0:03 مدرسة\n", encoding="utf-8")
    topics = [{"heading": "الماء", "from_line": 1, "to_line": 2}, {"heading": "المدرسة", "from_line": 3, "to_line": 3}]
    (gold / "a.json").write_text(json.dumps({"talk": "transcripts/a.txt", "topics": topics}), encoding="utf-8")
    (speech / "b.txt").write_text("@ a words 0-3\n\n# الماء\nماء {نهار|نهر}.\n\n# المدرسة\nمدرسة.\n", encoding="utf-8")
    (speech / "b.captions.txt").write_text("ماء نهار مدرسة", encoding="utf-8")
    (talk,), (stretch,) = datasets.talk_topics(tmp_path), datasets.speech_topics(tmp_path)
    assert talk.headings == stretch.headings == ("الماء", "المدرسة")
    assert [sentence.text for sentence in talk.sentences] == ["ماء نهر", "مدرسة"]
    assert [sentence.text for sentence in stretch.sentences] == ["ماء نهار.", "مدرسة."]
