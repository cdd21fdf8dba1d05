"""Finished articles on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ArtifactCorrupt, StoreError
from pipeline.store.library import CARD, RECORD, SERIES, Library, series_file
from pipeline.types.article import ArticleCard
from pipeline.types.batch import ListRecord, Series
from tests.fakes import desks

FIRST = ArticleCard("aaaaaaaaaaa", "الأول", "aaaaaaaaaaa-الأول", ("حدود",))
SECOND = ArticleCard("bbbbbbbbbbb", "الثاني", "bbbbbbbbbbb-الثاني", ("نفط",), findings=2)


def test_published_articles_are_listed(tmp_path: Path) -> None:
    """What was published is found again, with its card, in the order of the folders."""
    library = Library(tmp_path)

    library.publish(SECOND, {"article.md": b"2"})
    folder = library.publish(FIRST, {"article.md": b"1", "article.html": b"<p>"})

    assert library.cards() == (FIRST, SECOND)
    assert sorted(path.name for path in folder.iterdir()) == ["article.html", "article.md", CARD]


def test_an_empty_library_has_no_articles(tmp_path: Path) -> None:
    """A folder that does not exist yet is an empty library."""
    assert Library(tmp_path / "new").cards() == ()


def test_a_video_keeps_its_folder_when_its_title_changes(tmp_path: Path) -> None:
    """One video, one folder: a new title does not make a second one, and a similar id does not share it."""
    library = Library(tmp_path)
    library.publish(FIRST, {})

    assert library.folder("aaaaaaaaaaa", "aaaaaaaaaaa-عنوان-آخر") == FIRST.folder
    assert library.folder("aaaaaaaaaa", "aaaaaaaaaa-x") == "aaaaaaaaaa-x"


def test_folders_are_known_whatever_is_done_first(tmp_path: Path) -> None:
    """To a new process too, after it published another article, and not when the article was taken away."""
    Library(tmp_path).publish(FIRST, {})
    library = Library(tmp_path)
    library.publish(SECOND, {})

    assert library.folder(FIRST.id, "x") == FIRST.folder
    assert library.folder(SECOND.id, "x") == SECOND.folder
    (tmp_path / "articles" / FIRST.folder / CARD).unlink()
    assert library.folder(FIRST.id, "x") == "x"


def test_an_article_without_its_card_is_not_finished(tmp_path: Path) -> None:
    """The card is written last: what was interrupted before it is not listed and not referred to."""
    (tmp_path / "articles" / "ccccccccccc-x").mkdir(parents=True)
    (tmp_path / "articles" / "ccccccccccc-x" / "article.md").write_text("half")

    assert Library(tmp_path).cards() == ()


def test_the_card_is_written_when_all_else_is_there(tmp_path: Path) -> None:
    """An article of which one file cannot be written is not finished, whatever came before."""
    (tmp_path / "articles" / FIRST.folder / "article.md").mkdir(parents=True)
    with pytest.raises(StoreError):
        Library(tmp_path).publish(FIRST, {"article.html": b"1", "article.md": b"1"})

    assert Library(tmp_path).cards() == ()
    assert not Library(tmp_path).is_finished(FIRST.folder)


def test_a_damaged_card_is_named(tmp_path: Path) -> None:
    """A card that cannot be read is reported with its path, not passed over."""
    library = Library(tmp_path)
    folder = library.publish(FIRST, {})
    (folder / CARD).write_bytes(b"{")

    with pytest.raises(ArtifactCorrupt, match="damaged"):
        library.cards()


FILES = {"article.md": b"# 1", "article.html": b"<p>"}


def test_every_changed_byte_of_an_article_is_noticed(tmp_path: Path) -> None:
    """Of a file for readers, of the record and of the card itself; a missing file too. As written it is whole."""
    library = Library(tmp_path)
    place = library.publish(FIRST, FILES)

    assert library.damaged_files(FIRST.folder) == ()
    for path in sorted(place.iterdir()):
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert library.damaged_files(FIRST.folder) == (path,)
        path.unlink()
        assert library.damaged_files(FIRST.folder) == (path,)
        library.publish(FIRST, FILES)
        assert library.damaged_files(FIRST.folder) == ()


def test_a_damaged_series_is_skipped(tmp_path: Path) -> None:
    """A changed letter of a title never reaches the record that is rebuilt from it."""
    library, folder = Library(tmp_path), tmp_path / "series" / "x-list"
    listed = Series(ListRecord("playlist:x", "قائمة"), ())
    library.write_series(folder, {SERIES: series_file(listed)})

    assert dict(library.series_by_folder()) == {"x-list": listed}
    path = folder / SERIES
    path.write_bytes(path.read_bytes().replace("قائمة".encode(), "قائمه".encode()))
    assert library.all_series() == ()


def test_a_whole_article_is_read_back(tmp_path: Path) -> None:
    """The record of an article is the article; without it, or damaged, its path is said."""
    article = desks.article()
    desks.publish(tmp_path, article)
    library = Library(tmp_path)
    (folder,) = library.fingerprints()

    assert library.article(folder) == article
    (library.articles / folder / RECORD).write_bytes(b"[]")
    for name in (folder, "nowhere"):
        with pytest.raises(ArtifactCorrupt, match=RECORD):
            library.article(name)


def test_states_tell_which_article_changed(tmp_path: Path) -> None:
    """Publishing again changes one state and the stamp; a folder without a card has none."""
    library = Library(tmp_path)
    assert (library.fingerprints(), library.revision(), library.fingerprint("nowhere")) == ({}, 0, "")
    library.publish(FIRST, {})
    library.publish(SECOND, {})
    (library.articles / "unfinished").mkdir()
    before = library.fingerprints()

    library.publish(replace(FIRST, title="عنوان أطول مما كان"), {})

    assert set(before) == {FIRST.folder, SECOND.folder}
    assert {name for name, state in library.fingerprints().items() if state != before[name]} == {FIRST.folder}
    assert library.revision() > 0


def test_approved_files_stand_apart(tmp_path: Path) -> None:
    """An export goes to a folder of its own beside the articles."""
    place = Library(tmp_path).export("name", {"article.md": b"1"})

    assert place == tmp_path / "approved" / "name"
    assert (place / "article.md").read_bytes() == b"1"
