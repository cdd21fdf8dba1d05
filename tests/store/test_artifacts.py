"""Results of steps as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.errors import ArtifactCorrupt, ArtifactOutdated, NotWritable
from pipeline.store.artifacts import Artifacts
from pipeline.types.article import Caption, Chapter, Video

VALUE = Chapter(1.5, "الحدود")


@dataclass(frozen=True, slots=True)
class OldCaption:
    """A caption as an older version knew it, without end and word times."""

    text: str
    start: float | None = None


def stored(folder: Path) -> Path:
    """The one file below the folder."""
    (path,) = [path for path in folder.rglob("*") if path.is_file()]
    return path


def test_what_was_put_is_read_back(tmp_path: Path) -> None:
    """A value is found under its step and key, by another process too, and nowhere else."""
    Artifacts(tmp_path).put("step", "k1", VALUE)

    assert Artifacts(tmp_path).get("step", "k1", Chapter) == VALUE
    assert Artifacts(tmp_path).get("step", "k2", Chapter) is None
    assert Artifacts(tmp_path).get("other", "k1", Chapter) is None
    assert [Artifacts(tmp_path).has(*where) for where in (("step", "k1"), ("step", "k2"), ("other", "k1"))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_a_damaged_file_is_named(tmp_path: Path, cut: int) -> None:
    """A cut file is never read as a shorter value: it is reported with its path."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])

    with pytest.raises(ArtifactCorrupt, match=path.name):
        Artifacts(tmp_path).get("step", "k", Chapter)


def test_one_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """Any change of the payload shows, even one that is still valid JSON."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"1.5", b"2.5"))

    with pytest.raises(ArtifactCorrupt):
        Artifacts(tmp_path).get("step", "k", Chapter)


def test_a_file_under_another_key_is_not_taken(tmp_path: Path) -> None:
    """A file that was moved to another key does not answer for it."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    path.rename(path.with_name("other.json"))

    with pytest.raises(ArtifactCorrupt):
        Artifacts(tmp_path).get("step", "other", Chapter)


def test_an_older_shape_is_outdated_not_damaged(tmp_path: Path) -> None:
    """A whole file of another type is told apart from a damaged one, whether a field is missing or defaulted."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    Artifacts(tmp_path).put("step", "c", OldCaption("نص"))

    with pytest.raises(ArtifactOutdated):
        Artifacts(tmp_path).get("step", "k", Video)
    with pytest.raises(ArtifactOutdated):
        Artifacts(tmp_path).get("step", "c", Caption)


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    """Writing leaves no temporary file, and writing again replaces the file."""
    for title in ("a", "b"):
        Artifacts(tmp_path).put("step", "k", Chapter(0.0, title))

    assert stored(tmp_path).name == "k.json"
    assert Artifacts(tmp_path).get("step", "k", Chapter) == Chapter(0.0, "b")


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A file where the folder should be, or a folder without rights, raises `NotWritable` and writes nothing."""
    (tmp_path / "blocked").write_text("")

    with pytest.raises(NotWritable, match="cannot be written"):
        Artifacts(tmp_path / "blocked").put("step", "k", VALUE)
    assert [path.name for path in tmp_path.iterdir()] == ["blocked"]
