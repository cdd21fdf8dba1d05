"""Playlists: whole lists in both layouts, and the faults that shorten one without a word."""

from __future__ import annotations

from typing import Any

import pytest
from yt_dlp.utils import DownloadError

from tests.fakes.catalogue import Catalogue, FakePlaylist, FakeVideo
from tests.fakes.clients import FakeYoutubeDL
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

IDS = tuple(f"list_v_{n:04}" for n in range(250))
VIDEOS = tuple(FakeVideo(id_, title=f"حلقة {n}", seconds=61 + n) for n, id_ in enumerate(IDS))
OLD, NEW = FakePlaylist("PLold", "سلسلة", IDS), FakePlaylist("PLnew", "سلسلة", IDS, "lockup")
LONG = Catalogue(VIDEOS, (OLD, NEW))


def entries(fake: FakeYouTube, id_: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - options of yt-dlp
    """The entries of a list as yt-dlp gives them."""
    with FakeYoutubeDL(fake, extract_flat="in_playlist", **more) as library:
        info = library.extract_info(f"https://www.youtube.com/playlist?list={id_}", download=False)
    assert info["title"] == "سلسلة"
    return list(info["entries"])


@pytest.mark.parametrize("list_", [OLD, NEW], ids=["old layout", "new layout"])
def test_every_video_of_a_long_list_arrives_in_order(list_: FakePlaylist) -> None:
    """250 videos: id, title and length of each. yt-dlp asks for the first page twice, to see unavailable videos too."""
    with FakeYouTube(LONG) as fake:
        found = entries(fake, list_.id)
        assert [(e["id"], e["title"], e["duration"]) for e in found] == [(v.id, v.title, v.seconds) for v in VIDEOS]
        assert [r.path for r in fake.requests] == ["/playlist", *["/youtubei/v1/browse"] * 3]
        assert fake.escapes == ()


def test_unknown_list_is_an_error() -> None:
    """A list that does not exist says so, instead of being empty."""
    with FakeYouTube(LONG) as fake, pytest.raises(DownloadError, match="The playlist does not exist"):
        entries(fake, "PLunknown")


def test_announced_count_is_the_length_of_the_list() -> None:
    """The page says how many videos there are, so that a short list can be noticed."""
    with FakeYouTube(LONG) as fake, FakeYoutubeDL(fake) as library:
        info = library.extract_info("https://www.youtube.com/playlist?list=PLold", download=False, process=False)
        assert info["playlist_count"] == 250


@pytest.mark.parametrize(("strict", "length"), [(False, 100), (True, None)])
def test_empty_continuation_shortens_a_list_without_an_error(strict: bool, length: int | None) -> None:  # noqa: FBT001 - a case
    """The silent trap is real here too: 100 of 250 unless incomplete data is asked to be an error."""
    asked = {"youtube": {"raise_incomplete_data": ["1"]}} if strict else {}
    with FakeYouTube(LONG) as fake:
        fake.faults.append(Fault("/youtubei/v1/browse", first=2, body="{}"))
        if length is None:
            with pytest.raises(DownloadError):
                entries(fake, OLD.id, extractor_args=asked)
        else:
            assert len(entries(fake, OLD.id, extractor_args=asked)) == length
