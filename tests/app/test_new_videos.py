"""A new video in a long list changes what is beside it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.batch_world import LIST, batch, catalogue, made, name, outputs, videos
from tests.fakes.catalogue import Catalogue, FakePlaylist
from tests.fakes.youtube import FakeYouTube
from tests.figures import Tell

COUNT = 30


def playlist(*numbers: int) -> Catalogue:
    """All videos exist, and the list holds these."""
    return replace(catalogue(*videos(COUNT)), playlists=(FakePlaylist(LIST, "سلسلة", tuple(map(name, numbers))),))


def written(folder: Path, begun: dict[Path, int]) -> list[str]:
    """Ids of the articles of which a file was written since."""
    return sorted({path.parent.name[:11] for path, time in times(folder).items() if begun.get(path) != time})


def times(folder: Path) -> dict[Path, int]:
    """When each file of an article was written."""
    return {path: path.stat().st_mtime_ns for path in folder.glob("articles/*/*")}


def test_a_new_video_at_the_front_changes_one_neighbour(tmp_path: Path, tell: Tell) -> None:
    """The files of all other articles keep their bytes and their times, and nothing of them is written."""
    with FakeYouTube(playlist(*range(1, COUNT))) as fake:
        batch(tmp_path, fake)
        begun = times(tmp_path)
        fake.catalogue = playlist(*range(COUNT))
        report = batch(tmp_path, fake)
        after = outputs(tmp_path)
        batch(tmp_path / "at once", fake)
    tell(f"a new video at the front of {COUNT - 1}: articles written {len(written(tmp_path, begun))}")

    assert made(report) == COUNT
    assert written(tmp_path, begun) == [name(0), name(1)]
    assert after == outputs(tmp_path / "at once")
