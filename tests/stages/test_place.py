"""Where articles stand in lists."""

from __future__ import annotations

from pipeline.series import Roll, Series, Standing, Work
from pipeline.stages.place import places
from pipeline.ties import Beside, Place
from pipeline.types import Kind, Reference


def work(number: int, standing: Standing = Standing.DONE) -> Work:
    """A video of a list."""
    folder = f"v{number}-x" if standing in {Standing.DONE, Standing.FLAWED} else ""
    return Work(f"v{number}", Reference(Kind.YOUTUBE, f"v{number}"), f"حلقة {number}", standing=standing, folder=folder)


def listed(title: str, *works: Work) -> Series:
    """A list of these videos."""
    return Series(Roll(f"playlist:{title}", title), works)


def test_neighbours_are_the_nearest_articles_and_numbers_those_of_the_list() -> None:
    """A video without an article keeps its number and is passed over."""
    found = places([("s", listed("سلسلة", work(1), work(2, Standing.PERMANENT), work(3, Standing.FLAWED)))])

    assert found == {
        "v1-x": (Place("سلسلة", "../../series/s", 1, None, Beside("حلقة 3", "../v3-x")),),
        "v3-x": (Place("سلسلة", "../../series/s", 3, Beside("حلقة 1", "../v1-x"), None),),
    }


def test_an_article_has_a_place_in_every_list_that_holds_it() -> None:
    """In the order of the lists; one alone in its list still leads to its page."""
    found = places([("a", listed("أ", work(1))), ("b", listed("ب", work(2), work(1)))])

    assert [(place.title, place.number) for place in found["v1-x"]] == [("أ", 1), ("ب", 2)]
    assert found["v1-x"][0] == Place("أ", "../../series/a", 1)


def test_a_list_without_articles_has_no_places() -> None:
    """All of it may be blocked or missing, or the list empty."""
    assert places([("a", listed("أ", work(1, Standing.BLOCKED), work(2, Standing.WAITING))), ("b", listed("ب"))]) == {}
