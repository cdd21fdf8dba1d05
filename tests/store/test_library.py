"""Finished articles on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ArtifactCorrupt
from pipeline.store.library import CARD, Library
from pipeline.types import Card

FIRST = Card("aaaaaaaaaaa", "الأول", "aaaaaaaaaaa-الأول", ("حدود",))
SECOND = Card("bbbbbbbbbbb", "الثاني", "bbbbbbbbbbb-الثاني", ("نفط",), findings=2)


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


def test_an_article_without_its_card_is_not_finished(tmp_path: Path) -> None:
    """The card is written last: what was interrupted before it is not listed and not referred to."""
    (tmp_path / "articles" / "ccccccccccc-x").mkdir(parents=True)
    (tmp_path / "articles" / "ccccccccccc-x" / "article.md").write_text("half")

    assert Library(tmp_path).cards() == ()


def test_a_damaged_card_is_named(tmp_path: Path) -> None:
    """A card that cannot be read is reported with its path, not passed over."""
    library = Library(tmp_path)
    folder = library.publish(FIRST, {})
    (folder / CARD).write_bytes(b"{")

    with pytest.raises(ArtifactCorrupt, match="damaged"):
        library.cards()
