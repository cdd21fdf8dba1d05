"""The list of a library, and what a search finds."""

from __future__ import annotations

import resource
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import NotWritable, StoreError
from pipeline.review.index import PAGE, IndexEntry, QueueIndex
from pipeline.types.review import QueueFilter, QueueRow, ReviewStatus

ROW = QueueRow(
    id="aaaaaaaaaaa",
    folder="f",
    title="عنوان",
    channel="قناة",
    published=date(2026, 3, 1),
    status=ReviewStatus.NEW,
    weakness=0.5,
    draft="d" * 64,
    findings=1,
    flaws=("name",),
    unconfirmed=1,
    used=0.8,
    hard=0.0,
    length=600.0,
)


def record(number: int = 1, text: str = "نص", **other: Any) -> IndexEntry:  # noqa: ANN401 - fields of several types
    """A row of its own."""
    row = replace(ROW, id=f"v{number:03}", folder=f"v{number:03}-x", **other)
    return IndexEntry(row, text, f"card {number}", "")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[QueueIndex]:
    """An empty index."""
    made = QueueIndex(tmp_path / "index.sqlite")
    yield made
    made.close()


def found(index: QueueIndex, **wanted: Any) -> list[str]:  # noqa: ANN401 - fields of several types
    """The ids that a filter lets through, in order."""
    return [row.id for row in index.page(QueueFilter(**wanted)).rows]


def test_a_row_comes_back_as_it_was(index: QueueIndex) -> None:
    """Every field of a listed article survives, dates and tuples too."""
    index.put([record(1, flaws=(), published=None), record(2, flaws=("name", "quote"))])

    assert index.get("v001") == record(1, flaws=(), published=None).row
    assert index.get("v002") == record(2, flaws=("name", "quote")).row
    assert index.get("other") is None


def test_weakest_evidence_comes_first(index: QueueIndex) -> None:
    """The queue begins with what most needs a person, and equal ones keep one order."""
    index.put([record(1, weakness=0.1), record(2, weakness=1.5), record(3, weakness=0.1), record(4, weakness=0.7)])

    assert found(index) == ["v002", "v004", "v001", "v003"]


def test_filters_let_through_what_they_name(index: QueueIndex) -> None:
    """Status, channel, finding and days narrow the queue, alone and together."""
    index.put(
        [
            record(1, channel="أ", flaws=("name",), published=date(2026, 1, 1)),
            record(2, channel="ب", flaws=("name", "quote"), published=date(2026, 2, 1)),
            record(3, channel="ب", flaws=(), published=None, status=ReviewStatus.APPROVED),
        ]
    )

    assert found(index, channel="ب") == ["v002", "v003"]
    assert found(index, flaw="name") == ["v001", "v002"]
    assert found(index, flaw="nam") == []
    assert found(index, statuses=(ReviewStatus.APPROVED,)) == ["v003"]
    assert found(index, since=date(2026, 1, 2)) == ["v002"]
    assert found(index, until=date(2026, 1, 31)) == ["v001"]
    assert found(index, channel="ب", flaw="quote", since=date(2026, 2, 1), until=date(2026, 2, 1)) == ["v002"]
    assert index.channels() == ("أ", "ب")


def test_a_series_is_named_by_its_page_and_shown_by_its_title(index: QueueIndex) -> None:
    """An article belongs to any number of series; one that leaves a series, or goes, is found there no more."""
    first, second = ("ab-x", "سلسلة ب"), ("cd-y", "سلسلة أ")
    index.put([replace(record(1), series=(first, second)), replace(record(2), series=(first,)), record(3)])

    assert found(index, series="ab-x") == ["v001", "v002"]
    assert found(index, series="cd-y", channel="قناة") == ["v001"]
    assert found(index, series="nothing") == []
    assert index.series() == {"cd-y": "سلسلة أ", "ab-x": "سلسلة ب"}
    index.put([replace(record(1), series=(first,))])
    index.prune({"v001-x": "card 1"}, {})
    assert (found(index, series="ab-x"), index.series()) == (["v001"], {"ab-x": "سلسلة ب"})


QUERIES = [
    ("أحمد", "زار احمد دمشق"),
    ("احمد", "زارَ أَحْمَدُ دمشقَ"),
    ("المدرسة", "في المدرسه القديمة"),
    ("مدرسة", "في المدرسة القديمة"),
    ("نفط", "والنفط والغاز"),
    ("الحدود", "بالحدود الطويلة"),
    ("على", "علي الطريق"),
    ("2026", "في عام ٢٠٢٦"),
    ("python", "لغة Python هنا"),
    ("مصالح مشتركة", "المصالح بين البلدين، وهي مشتركةٌ"),
    ("سد الفرا", "سد الفرات"),
    ("مسؤول", "قال المسئول عن الشبكة"),
    ("مسئول", "قال مسؤولون"),
    ("شئون", "وزارة الشؤون"),
    ("مسئول", "قال مسوول كما يُسمع"),
    ("للدولار", "سعر الدولار اليوم"),
    ("الدولار", "بلغ السعر للدولار الواحد"),
    ("والدولار", "ألف دولار"),
]


@pytest.mark.parametrize(("query", "text"), QUERIES)
def test_everyday_arabic_searches_find(index: QueueIndex, query: str, text: str) -> None:
    """Hamza, taa marbuta, final yaa, marks, digits and what is written together with a word make no difference."""
    index.put([record(1, text), record(2, "شيء آخر تمامًا")])

    assert found(index, words=query) == ["v001"]


def test_every_word_of_a_search_counts(index: QueueIndex) -> None:
    """Two words find what has both."""
    index.put([record(1, "نفط وماء"), record(2, "نفط وغاز")])

    assert found(index, words="ماء نفط") == ["v001"]
    assert found(index, words="ماء غاز") == []


@given(st.text(max_size=60))
def test_no_search_is_an_error(tmp_path_factory: pytest.TempPathFactory, typed: str) -> None:
    """Quotation marks, operators, wildcards and anything else are only words."""
    index = QueueIndex(tmp_path_factory.getbasetemp() / "any" / "index.sqlite")
    index.page(QueueFilter(words=typed, channel=typed, flaw=typed))
    index.close()


def test_a_search_of_signs_alone_shows_all(index: QueueIndex) -> None:
    """What has no word narrows nothing."""
    index.put([record(1)])

    assert found(index, words='" * - ( )') == ["v001"]


def test_pages_show_every_article_once(index: QueueIndex) -> None:
    """All pages together are the whole queue, and the total says how many there are."""
    index.put(record(number) for number in range(PAGE * 2 + 3))
    shelves = [index.page(QueueFilter(), page) for page in (1, 2, 3, 4)]

    assert [len(shelf.rows) for shelf in shelves] == [PAGE, PAGE, 3, 0]
    assert {shelf.total for shelf in shelves} == {PAGE * 2 + 3}
    assert len({row.id for shelf in shelves for row in shelf.rows}) == PAGE * 2 + 3


def test_counts_name_every_status(index: QueueIndex) -> None:
    """How many stand where, none left out."""
    index.put([record(1), record(2), record(3, status=ReviewStatus.REJECTED)])

    assert index.status_counts() == {status: {"new": 2, "rejected": 1}.get(status, 0) for status in ReviewStatus}


def test_what_waits_is_the_weakest_unreviewed(index: QueueIndex) -> None:
    """Approved and rejected ones do not wait, and the one just looked at is passed over."""
    index.put(
        [
            record(1, weakness=2.0, status=ReviewStatus.APPROVED),
            record(2, weakness=1.0, status=ReviewStatus.EDITED),
            record(3, weakness=0.5, status=ReviewStatus.ATTENTION),
        ]
    )

    everything = QueueFilter()
    assert index.next_unreviewed(everything) == "v002"
    assert index.next_unreviewed(everything, (1.0, "v002")) == "v003"
    assert index.next_unreviewed(everything, (0.5, "v003")) is None
    index.put([record(2, status=ReviewStatus.REJECTED), record(3, status=ReviewStatus.PUBLISHED)])
    assert index.next_unreviewed(everything) is None


def test_the_next_goes_down_the_list_and_stays_in_it(index: QueueIndex) -> None:
    """From a place in a list to the next below, equal ones by their id, and only to what the list shows."""
    weak = {1: 0.9, 2: 0.5, 3: 0.5, 4: 0.5, 5: 0.1}
    index.put([record(n, weakness=weakness, channel="أ" if n != 3 else "ب") for n, weakness in weak.items()])
    walked, place = [], (9.0, "")
    while video := index.next_unreviewed(QueueFilter(channel="أ"), place):
        walked.append(video)
        place = weak[int(video[1:])], video

    assert walked == ["v001", "v002", "v004", "v005"]
    assert index.next_unreviewed(QueueFilter(channel="أ", statuses=(ReviewStatus.APPROVED,))) == "v001"
    assert index.next_unreviewed(QueueFilter(channel="أ", statuses=(ReviewStatus.EDITED,))) is None


def test_what_changed_is_named_and_what_is_gone_is_dropped(index: QueueIndex) -> None:
    """New folders, changed cards and changed journals are read again; a folder that is gone leaves the list."""
    index.put([record(1), record(2), record(3)])
    cards = {"v001-x": "card 1", "v002-x": "card 2 changed", "v004-x": "card 4"}

    assert set(index.prune(cards, {})) == {"v002-x", "v004-x"}
    assert set(index.prune(cards, {"v001": "acted"})) == {"v001-x", "v002-x", "v004-x"}
    assert index.get("v003") is None
    assert found(index, words="نص") == ["v001", "v002"]


def test_a_row_put_again_is_found_by_its_new_words_only(index: QueueIndex) -> None:
    """An edited article is no longer found by what was taken out."""
    index.put([record(1, "ماء")])
    index.put([record(1, "نفط")])

    assert (found(index, words="ماء"), found(index, words="نفط")) == ([], ["v001"])


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\x00 then noise" * 40, b""])
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    """The index is a cache: whatever stands in its place, it begins empty and works."""
    path = tmp_path / "index.sqlite"
    path.write_bytes(damage)

    index = QueueIndex(path)
    index.put([record(1)])

    assert found(index) == ["v001"]
    index.close()


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    """Tables of another version are not read."""
    path = tmp_path / "index.sqlite"
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE articles (x); PRAGMA user_version = 99;")
    database.close()

    index = QueueIndex(path)
    index.put([record(1)])
    index.close()
    again = QueueIndex(path)

    assert found(again) == ["v001"]
    again.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file in the way is a sentence, not a traceback."""
    (tmp_path / "reviews").write_text("mine")

    with pytest.raises(NotWritable, match="cannot be written"):
        QueueIndex(tmp_path / "reviews" / "index.sqlite")
    assert (tmp_path / "reviews").read_text() == "mine"


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """Where nothing more can be written, the row is refused with our error; what was there is still found."""
    index = QueueIndex(tmp_path / "index.sqlite")
    index.put([record(1)])
    sizes = max(path.stat().st_size for path in tmp_path.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes, hard))
    try:
        with pytest.raises(StoreError):
            index.put([record(number) for number in range(2, 2000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert "v001" in found(index)
    index.close()
