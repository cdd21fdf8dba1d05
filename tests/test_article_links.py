"""What connects the articles of a library depends on what is in it, not on the order in which it was made."""

from __future__ import annotations

from pathlib import Path

from pipeline.app.wiring import Tadwin
from pipeline.types.batch import BatchFilter
from tests.batch_world import batch, catalogue, name, outputs, settings, videos
from tests.fakes.youtube import FakeYouTube


def test_related_articles_do_not_depend_on_the_order_of_work(tmp_path: Path) -> None:
    """Two libraries of the same videos, made in two orders, hold the same bytes, and name each other's articles."""
    with FakeYouTube(catalogue(*videos(3))) as fake:
        batch(tmp_path / "a", fake)
        for number in (2, 1):
            batch(tmp_path / "b", fake, name(number))
        batch(tmp_path / "b", fake)
    first, second = outputs(tmp_path / "a"), outputs(tmp_path / "b")

    articles = [data.decode() for path, data in first.items() if path.endswith("article.md")]
    related = [article.partition("مقالات مرتبطة")[2] for article in articles]
    assert all(part.count("](<../series_") == 2 for part in related)
    assert {path: data for path, data in second.items() if path in first} == first
    assert sorted(path for path in second if path not in first and not path.startswith("series")) == []


def test_an_older_article_leads_to_a_newer_one_that_was_made_alone(tmp_path: Path) -> None:
    """`tadwin run` twice: each of the two names the other, without a batch."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        for number in (0, 1):
            Tadwin(settings(tmp_path, fake)).run(name(number))
    made = {path: data.decode() for path, data in outputs(tmp_path).items() if path.endswith("article.md")}

    assert len(made) == 2
    for text in made.values():
        assert text.partition("مقالات مرتبطة")[2].count("](<../series_") == 1


def test_articles_of_a_list_lead_to_each_other_whatever_came_first(tmp_path: Path) -> None:
    """A list that is made bit by bit ends as one made at once; the last article learns what now follows it."""
    with FakeYouTube(catalogue(*videos(4))) as fake:
        batch(tmp_path / "at once", fake)
        batch(tmp_path / "bit by bit", fake, filters=BatchFilter(limit=2))
        early = outputs(tmp_path / "bit by bit")
        batch(tmp_path / "bit by bit", fake)
    whole, later = outputs(tmp_path / "at once"), outputs(tmp_path / "bit by bit")

    def article(files: dict[str, bytes], number: int) -> str:
        return next(d.decode() for path, d in files.items() if name(number) in path and path.endswith("article.md"))

    assert later == whole
    assert f"](<../{name(2)}-" not in article(early, 1).partition("مقالات مرتبطة")[0]
    assert f"](<../{name(2)}-" in article(later, 1).partition("مقالات مرتبطة")[0]
    assert article(later, 1).count("/index.md>)") == 1


def test_an_article_keeps_its_place_when_it_is_made_again_alone(tmp_path: Path) -> None:
    """`tadwin run` on a video of a list loses no link to the list."""
    with FakeYouTube(catalogue(*videos(2))) as fake:
        batch(tmp_path, fake)
        before = outputs(tmp_path)
        Tadwin(settings(tmp_path, fake)).run(name(0))

    assert outputs(tmp_path) == before
