"""Results of steps as files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.errors import NotWritable
from pipeline.events import Event, FileDamaged
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
def test_a_damaged_file_counts_as_missing_and_is_told_once(tmp_path: Path, cut: int) -> None:
    """A cut file is never read as a shorter value; its path is told when it is wanted, and it can be put again."""
    heard: list[Event] = []
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    store = Artifacts(tmp_path, heard.append)

    assert not store.has("step", "k")
    assert store.get("step", "k", Chapter) is None
    assert heard == [FileDamaged(str(path), "is damaged")]
    assert store.put("step", "k", VALUE) == store.get("step", "k", Chapter) == VALUE
    assert len(heard) == 1


def test_every_flipped_bit_is_noticed(tmp_path: Path) -> None:
    """A change of any byte shows, even one that is still valid JSON."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert Artifacts(tmp_path).get("step", "k", Chapter) is None


def test_a_file_under_another_key_is_not_taken(tmp_path: Path) -> None:
    """A file that was moved to another key does not answer for it."""
    Artifacts(tmp_path).put("step", "k", VALUE)
    path = stored(tmp_path)
    path.rename(path.with_name("other.json"))

    assert Artifacts(tmp_path).get("step", "other", Chapter) is None


def test_an_older_shape_is_told_from_damage(tmp_path: Path) -> None:
    """A whole file of another type counts as missing, too, whether a field is missing or defaulted; it says why."""
    heard: list[Event] = []
    store = Artifacts(tmp_path, heard.append)
    store.put("step", "k", VALUE)
    store.put("step", "c", OldCaption("نص"))

    assert store.get("step", "k", Video) is None
    assert store.get("step", "c", Caption) is None
    assert [each.fault for each in heard if isinstance(each, FileDamaged)] == [
        "was written by another version of Tadwin"
    ] * 2


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
