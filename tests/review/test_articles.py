"""The articles of a library under review."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ArtifactCorrupt, NoSuchDraft, StaleDraft
from pipeline.review.edits import Edit, EditAction
from pipeline.review.index import QueueIndex
from pipeline.store.library import CARD, RECORD
from pipeline.types.review import Decision, QueueFilter, ReviewStatus
from tests.fakes import desks

ONE = desks.article()
ID = ONE.script.video.id


def test_the_queue_begins_with_the_weakest_evidence(tmp_path: Path) -> None:
    """An article with findings stands before one without, and each row tells its status."""
    weak = desks.flawed(desks.article(desks.video(1)))
    rows = desks.desk(tmp_path, ONE, weak).articles.queue(QueueFilter()).rows

    assert [(row.id, row.status) for row in rows] == [("video000001", ReviewStatus.ATTENTION), (ID, ReviewStatus.NEW)]


def test_an_edit_moves_its_article_in_the_queue(tmp_path: Path) -> None:
    """What was decided and written shows in the list, the counts and the search at once."""
    desk = desks.desk(tmp_path, ONE, desks.article(desks.video(1)))
    review = desk.edit(ID, desk.articles.open(ID).digest, Edit("title", EditAction.WRITE, "كلمة فريدة جدًا"))

    assert [row.id for row in desk.articles.queue(QueueFilter(words="فريدة")).rows] == [ID]
    assert desk.articles.queue(QueueFilter(statuses=(ReviewStatus.EDITED,))).rows[0].title == "كلمة فريدة جدًا"
    desk.decide(ID, review.digest, Decision.APPROVE)
    assert desk.articles.status_counts()[ReviewStatus.APPROVED] == 1
    assert desk.articles.next_unreviewed(QueueFilter()) == "video000001"
    assert desk.articles.next_unreviewed(QueueFilter(), "video000001") is None


def test_a_run_beside_the_open_desk_is_seen(tmp_path: Path) -> None:
    """An article that another process publishes, or takes away, is in the next look at the queue."""
    desk = desks.desk(tmp_path, ONE)
    assert desk.articles.queue(QueueFilter()).total == 1
    desks.publish(tmp_path, desks.article(desks.video(1)))
    assert desk.articles.queue(QueueFilter()).total == 2
    shutil.rmtree(next((tmp_path / "articles").glob("video000001-*")))
    assert [row.id for row in desk.articles.queue(QueueFilter()).rows] == [ID]
    with pytest.raises(NoSuchDraft):
        desk.articles.open("video000001")


def test_a_second_desk_on_the_same_library_sees_each_act(tmp_path: Path) -> None:
    """Two processes do not overwrite each other: the second finds what the first saved, and a stale one is refused."""
    one, two = desks.desk(tmp_path, ONE), desks.desk(tmp_path)
    seen = two.articles.open(ID).digest
    one.edit(ID, seen, Edit("title", EditAction.WRITE, "من المكتب الأول"))

    assert two.articles.open(ID).article.draft.title == "من المكتب الأول"
    assert two.articles.queue(QueueFilter(statuses=(ReviewStatus.EDITED,))).total == 1
    with pytest.raises(StaleDraft):
        two.edit(ID, seen, Edit("title", EditAction.WRITE, "من الثاني"))


def test_a_save_between_reading_and_writing_is_not_lost(tmp_path: Path) -> None:
    """Another process saves after the draft was read and before the change is written: the change is refused."""
    one, two = desks.desk(tmp_path, ONE), desks.desk(tmp_path)
    read = two.articles.open(ID)
    one.edit(ID, read.digest, Edit("title", EditAction.WRITE, "من المكتب الأول"))

    with pytest.raises(StaleDraft):
        two.articles.record(read, replace(ONE.draft, title="من الثاني"), Decision.EDIT)
    assert two.articles.open(ID).article.draft.title == "من المكتب الأول"


def test_the_list_is_made_anew_from_the_files(tmp_path: Path) -> None:
    """Without its index a desk shows the same queue: the index is never the truth."""
    desk = desks.desk(tmp_path, ONE, desks.article(desks.video(1)))
    review = desk.edit(ID, desk.articles.open(ID).digest, Edit("title", EditAction.WRITE, "عنوان آخر"))
    desk.decide(ID, review.digest, Decision.REJECT, "سبب")
    before = desk.articles.queue(QueueFilter())
    for path in (tmp_path / "reviews").glob("index.sqlite*"):
        path.unlink()

    assert desks.desk(tmp_path).articles.queue(QueueFilter()) == before


def test_a_damaged_article_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    """One record that cannot be read neither hides nor breaks the queue."""
    desks.publish(tmp_path, ONE, desks.article(desks.video(1)))
    folder = next((tmp_path / "articles").glob("video000001-*"))
    (folder / RECORD).write_bytes(b"{")
    desk = desks.desk(tmp_path)

    assert [row.id for row in desk.articles.queue(QueueFilter()).rows] == [ID]
    assert desk.articles.unreadable == (folder.name,)


def test_an_article_damaged_while_the_desk_is_open_is_said(tmp_path: Path) -> None:
    """Opening it is an error that names the file."""
    desk = desks.desk(tmp_path, ONE)
    desk.articles.open(ID)
    next((tmp_path / "articles").glob(f"*/{RECORD}")).write_bytes(b"")

    with pytest.raises(ArtifactCorrupt, match=RECORD):
        desk.articles.open(ID)


def test_an_article_in_the_making_is_not_listed(tmp_path: Path) -> None:
    """A folder without its card is no article yet."""
    desks.publish(tmp_path, ONE)
    next((tmp_path / "articles").glob(f"*/{CARD}")).unlink()

    assert desks.desk(tmp_path).articles.queue(QueueFilter()).total == 0


def test_an_empty_library_is_an_empty_queue(tmp_path: Path) -> None:
    """Nothing was made yet: nothing is listed, nothing waits."""
    desk = desks.desk(tmp_path / "new")

    everything = QueueFilter()
    assert (
        desk.articles.queue(everything).rows,
        desk.articles.next_unreviewed(everything),
        desk.articles.channels(),
    ) == (
        (),
        None,
        (),
    )


def test_threads_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    """Of ten saves on the same draft one counts, nine are kept aside, and every text is in the history."""
    desk = desks.desk(tmp_path, ONE)
    seen = desk.articles.open(ID).digest

    def save(number: int) -> bool:
        try:
            desk.edit(ID, seen, Edit("title", EditAction.WRITE, f"عنوان {number}"))
        except StaleDraft:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(save, range(10)))

    history = desk.articles.open(ID).history
    assert done.count(True) == 1
    assert {history.draft(at).title for at in range(10)} == {f"عنوان {number}" for number in range(10)}


def test_reports_in_memory_do_not_pile_up(tmp_path: Path) -> None:
    """A long day of edits gives right reports, the first draft's again at the end."""
    desk = desks.desk(tmp_path, ONE)
    first = desk.edit(ID, desk.articles.open(ID).digest, Edit("lead", EditAction.WRITE, "غرقت 99 سفينة."))
    for number in range(70):
        desk.edit(ID, desk.articles.open(ID).digest, Edit("title", EditAction.WRITE, f"الفرات {number}"))

    again = desk.restore(ID, desk.articles.open(ID).digest, 1)

    assert again.article.report == first.article.report
    assert again.article == replace(first.article)


def test_the_index_is_below_the_reviews(tmp_path: Path) -> None:
    """The cache lies where a reader expects it, and a desk can open one that another desk holds."""
    desks.desk(tmp_path, ONE).articles.refresh()

    index = QueueIndex(tmp_path / "reviews" / "index.sqlite")
    assert index.get(ID) is not None
    index.close()
