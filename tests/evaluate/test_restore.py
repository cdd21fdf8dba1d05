"""The table of restoration, on a tiny folder of measuring data with the weights that ship."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING

import pytest

from models.restore import load
from pipeline.evaluate import restore
from pipeline.evaluate.__main__ import main
from pipeline.evaluate.restore import Methods

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = "ذهب الأولاد إلى المدرسة في الصباح، ثم عادوا إلى البيت. وأكد الرئيس أن العلاقات بين البلدين قوية."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A shared folder with one book, one sermon and one typed talk."""
    folder = tmp_path / "data"
    for name in ("sermon", "economy_talk"):
        (folder / "transcripts" / name).mkdir(parents=True)
    with lzma.open(folder / "headed_books.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"title": "كتاب", "sections": [{"paragraphs": [PARAGRAPH]}]}) + "\n")
    sermon = folder / "transcripts" / "sermon"
    (sermon / "x.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nايها الناس\n", encoding="utf-8")
    (sermon / "x.corrected.md").write_text("# T\n---\nأيها الناسُ.\n", encoding="utf-8")
    (folder / "transcripts" / "economy_talk" / "a.txt").write_text("ذهب إلى المدرسة\nثم عاد", encoding="utf-8")
    entry = {"file": "transcripts/economy_talk/a.txt", "video_id": "a", "caption_kind": "manual"}
    (folder / "transcripts.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    return tmp_path


def test_the_table_has_every_measure_beside_its_baselines(data: Path) -> None:
    """Spelling with captions as they are and a plain lexicon, marks with an end every 12 words, and no harm done."""
    found = {(row.data, row.measure, row.system): row.value for row in restore.rows(data)}

    assert found["books", "words spelled exactly", "identity"] < found["books", "words spelled exactly", "tadwin"] == 1
    assert found["sermons (silver)", "words spelled exactly", "identity"] == 0.5
    assert found["typed captions folded, dialect", "words spelled exactly", "lexicon"] == 1
    assert found["typed captions as they are, economy_talk", "words made worse", "tadwin"] == 0
    assert ("books", "sentence ends, F1", "every 12 words") in found
    assert ("typed captions, dialect", "line ends, F1", "tadwin") in found


def test_speed_and_memory_have_figures(data: Path) -> None:
    """Seconds to load, seconds to restore and the peak of memory, all above zero."""
    rows = list(restore.speed(data))

    assert [row.measure for row in rows] == ["seconds to load", "seconds to restore", "peak memory, MB"]
    assert all(row.value > 0 for row in rows)


def test_the_command_prints_the_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As Markdown on stdout, exit code 0."""
    assert main(["restore", "--shared", str(data)]) == 0
    assert "| books | words spelled exactly | tadwin | 1.000 | 1 |" in capsys.readouterr().out


def test_methods_give_as_many_words_as_they_got() -> None:
    """Words without marks, and marks without words, also where a token is no word at all."""
    captions = ("الى", "2004", "المدرسه")
    methods = Methods(load())

    assert methods.model(captions) == ["إلى", "2004", "المدرسة"]
    assert methods.lexicon(captions) == ["إلى", "2004", "المدرسة"]
    assert methods.marks(captions)[-1] == "."
    assert restore.identity(captions) is captions
