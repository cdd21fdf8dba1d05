"""The formats of an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.export.formats import FORMATS, export_files
from pipeline.settings import Settings
from tests.fakes import articles

MODULES = {
    path.stem
    for path in (Path(__file__).parents[2] / "pipeline" / "export").glob("*.py")
    if "def export(article: Article) -> bytes" in path.read_text("utf-8")
}


def test_every_format_is_registered() -> None:
    """A module that exports an article is in the table, so that settings, files and commands know it."""
    assert {each.export.__module__.rpartition(".")[2] for each in FORMATS.values()} == MODULES
    assert len(MODULES) >= 3


def test_no_format_overwrites_the_file_of_another() -> None:
    """Each has a file name of its own, whose ending is its name in the settings."""
    assert len({each.file_name for each in FORMATS.values()}) == len(FORMATS)
    assert all(each.file_name.endswith(f".{name}") for name, each in FORMATS.items())


@pytest.mark.parametrize("formats", [(), ("json",), tuple(FORMATS)])
def test_only_the_formats_asked_for_are_written(formats: tuple[str, ...]) -> None:
    """Their files, by name, in the order asked for."""
    files = export_files(articles.article(), formats)

    assert list(files) == [FORMATS[name].file_name for name in formats]
    assert all(files.values())


def test_the_default_formats_exist() -> None:
    """Without a setting an editor gets the page, the text and the record."""
    assert set(Settings().export.formats) == {"html", "md", "json"} <= set(FORMATS)


@pytest.mark.parametrize(
    ("name", "divider"), [("html", b"4:00"), ("md", b"\n---\n"), ("clean.html", b"<hr>"), ("clean.md", b"---")]
)
def test_a_section_without_a_heading_is_divided_from_the_one_before(name: str, divider: bytes) -> None:
    """A quiet line stands in the place of the heading, with its stretch of the video where evidence is shown."""
    titled, untitled = (FORMATS[name].export(each) for each in (articles.article(), articles.untitled()))

    heading = articles.TALK[1][1].encode()
    assert heading in titled
    assert untitled.count(divider) == titled.count(divider) + 1
    assert b"<h2></h2>" not in untitled
    assert b"## \n" not in untitled
