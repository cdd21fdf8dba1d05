"""What connects the articles of a library is written without making any of them again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.app.batch import REPORT, open_session
from pipeline.app.repair import repair
from pipeline.app.wiring import Tadwin
from pipeline.errors import ArtifactCorrupt, LibraryLocked
from pipeline.events import Event, Notice
from pipeline.store import lock
from pipeline.store.database import DATABASE_FILE
from pipeline.store.library import CARD, RECORD
from pipeline.types.batch import BatchFilter
from tests.batch_world import LIST, Time, batch, catalogue, made, name, outputs, settings, videos
from tests.fakes.youtube import FakeYouTube


def article(folder: Path, number: int) -> Path:
    """The folder of a video's article."""
    (found,) = (folder / "articles").glob(f"{name(number)}-*")
    return found


def test_ties_ask_nobody_and_make_nothing(tmp_path: Path) -> None:
    """With other languages wanted, the articles of another list are named anew as they are: no request, no artifact."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        batch(tmp_path, fake, name(0), name(1))
        own = settings(tmp_path, fake)
        before, asked = outputs(tmp_path), len(fake.requests)
        with open_session(replace(own, source=replace(own.source, languages=("ar-EG", "ar")))) as shop:
            account = shop.batch(shop.resolve([name(2)]), BatchFilter())
        later = [request.line for request in fake.requests[asked:]]
    new = {path for path in outputs(tmp_path) if path not in before}

    assert made(account) == 1
    assert [url for url in later if name(0) in url or name(1) in url] == []
    assert len([path for path in new if path.startswith("artifacts")]) == 4
    assert "حلقة 2" in (article(tmp_path, 0) / "article.md").read_text(encoding="utf-8")


def test_a_series_has_the_playlists_title_and_a_repeated_video_at_its_first_place(tmp_path: Path) -> None:
    """As YouTube shows it: the playlist's own title beside the channel's, and the first of two places."""
    first, second, third = videos(3)
    listed = catalogue(first, second, third)
    playlist = replace(
        listed.playlists[0], video_ids=(second.id, first.id, second.id, third.id, first.id), channel="قناة الفرات"
    )
    with FakeYouTube(replace(listed, playlists=(playlist,))) as fake:
        report = batch(tmp_path, fake)
    (page,) = (tmp_path / "series").glob("*/index.md")
    lines = page.read_text(encoding="utf-8").splitlines()

    assert made(report) == 3
    assert report.summary.lists[0][0].complete
    assert f"# {playlist.title}" in lines
    assert [line.split("]")[0] for line in lines if line[1:3] == ". "] == [
        "1. [حلقة 1",
        "2. [حلقة 0",
        "3. [حلقة 2",
    ]


@pytest.mark.parametrize("content", [b"", b"[]"])
def test_an_article_without_a_legible_card_stops_no_other(tmp_path: Path, content: bytes) -> None:
    """One video is made and says which card is damaged; a batch of others ties all others and then names it."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        batch(tmp_path, fake, filters=BatchFilter(limit=3))
        (article(tmp_path, 1) / CARD).write_bytes(content)
        notes: list[Event] = []
        single = Tadwin(settings(tmp_path, fake), notes.append).run(name(3))
        with pytest.raises(ArtifactCorrupt, match=name(1)):
            batch(tmp_path, fake, name(0), name(2), name(3))
        tied = [(article(tmp_path, n) / "article.md").read_text(encoding="utf-8") for n in (0, 2)]

    assert single.article is not None
    assert sum(name(1) in each.text for each in notes if isinstance(each, Notice)) == 1
    assert all("حلقة 3" in text for text in tied)


def test_an_article_that_cannot_be_read_is_named_when_all_else_is_done(tmp_path: Path) -> None:
    """The others are tied, the page and the report are written, and the error says which file it is."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        batch(tmp_path, fake, filters=BatchFilter(limit=3))
        (article(tmp_path, 1) / RECORD).write_bytes(b"[]")
        with pytest.raises(ArtifactCorrupt, match=name(1)):
            batch(tmp_path, fake, name(0), name(2), name(3))
        report = json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))
        tied = [(article(tmp_path, n) / "article.md").read_text(encoding="utf-8") for n in (0, 2)]
        account = batch(tmp_path, fake, time=Time())
        whole = outputs(tmp_path)
        batch(tmp_path / "new", fake)

    assert report["videos"] == {"done": 3}
    assert all("حلقة 3" in text for text in tied)
    assert made(account) == 4
    assert whole == outputs(tmp_path / "new")


def test_a_damaged_card_costs_no_report(tmp_path: Path) -> None:
    """Without it nothing can be related; what the run came to is written all the same."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        batch(tmp_path, fake, LIST, filters=BatchFilter(limit=2))
        (article(tmp_path, 0) / CARD).write_bytes(b"{")
        with pytest.raises(ArtifactCorrupt, match=name(0)):
            batch(tmp_path, fake, name(2))
        report = json.loads((tmp_path / REPORT).read_text(encoding="utf-8"))

    assert report["videos"] == {"done": 1}


def test_a_repair_that_cannot_read_an_article_leaves_the_record(tmp_path: Path) -> None:
    """The old record is set aside only when there is another to put in its place."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        batch(tmp_path, fake, LIST)
    (article(tmp_path, 0) / CARD).write_bytes(b"{")
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with pytest.raises(ArtifactCorrupt, match=name(0)):
        repair(settings(tmp_path))

    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_no_repair_while_somebody_works(tmp_path: Path) -> None:
    """The record of a library in use is left where it is."""
    with FakeYouTube(catalogue(*videos(1))) as fake:
        batch(tmp_path, fake, LIST)
    with lock.library_lock(tmp_path), pytest.raises(LibraryLocked):
        repair(settings(tmp_path))

    assert (tmp_path / DATABASE_FILE).is_file()


def test_what_a_killed_run_left_half_done_is_removed(tmp_path: Path) -> None:
    """Before a library is worked on, and before it is repaired; a number too large for a process is nobody's."""
    half = tmp_path / "articles" / "x" / ".article.md.99999999999.abc.tmp"
    for opens in (lambda: batch(tmp_path, None, str(tmp_path / "articles")), lambda: repair(settings(tmp_path))):
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_text("half")
        opens()
        assert not half.exists()
