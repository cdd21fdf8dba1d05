"""Where articles stand in lists."""

from __future__ import annotations

from pipeline.linking import series_positions
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListRecord, Series, VideoRecord, VideoStatus
from pipeline.types.links import AdjacentArticle, SeriesPosition


def work(number: int, status: VideoStatus = VideoStatus.DONE) -> VideoRecord:
    """A video of a list."""
    folder = f"v{number}-x" if status in {VideoStatus.DONE, VideoStatus.FLAWED} else ""
    return VideoRecord(
        f"v{number}",
        VideoReference(SourceKind.YOUTUBE, f"v{number}"),
        f"حلقة {number}",
        status=status,
        folder=folder,
    )


def listed(title: str, *works: VideoRecord) -> Series:
    """A list of these videos."""
    return Series(ListRecord(f"playlist:{title}", title), works)


def test_neighbours_are_the_nearest_articles() -> None:
    """A video without an article is passed over."""
    found = series_positions(
        [("s", listed("سلسلة", work(1), work(2, VideoStatus.PERMANENT), work(3, VideoStatus.FLAWED)))]
    )

    assert found == {
        "v1-x": (SeriesPosition("سلسلة", "../../series/s", None, AdjacentArticle("حلقة 3", "../v3-x")),),
        "v3-x": (SeriesPosition("سلسلة", "../../series/s", AdjacentArticle("حلقة 1", "../v1-x"), None),),
    }


def test_an_article_has_a_place_in_every_list_that_holds_it() -> None:
    """In the order of the lists; one alone in its list still leads to its page."""
    found = series_positions([("a", listed("أ", work(1))), ("b", listed("ب", work(2), work(1)))])

    assert [place.title for place in found["v1-x"]] == ["أ", "ب"]
    assert found["v1-x"][0] == SeriesPosition("أ", "../../series/a")


def test_a_list_without_articles_has_no_places() -> None:
    """All of it may be blocked or missing, or the list empty."""
    assert (
        series_positions(
            [("a", listed("أ", work(1, VideoStatus.BLOCKED), work(2, VideoStatus.WAITING))), ("b", listed("ب"))]
        )
        == {}
    )
