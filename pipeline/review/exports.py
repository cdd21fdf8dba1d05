"""The files of approved articles in `approved/`: written, linked with each other, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import EditRefused, Refusal
from pipeline.review.rules import approval
from pipeline.types.review import ReviewStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pipeline.review.articles import ReviewArticle, ReviewArticles
    from pipeline.store.library import Library
    from pipeline.types.article import Article
    from pipeline.types.links import AdjacentArticle


class Exports:
    """What readers get of one library. Its caller holds the lock of the articles."""

    def __init__(
        self, library: Library, articles: ReviewArticles, export: Callable[[Article], Mapping[str, bytes]]
    ) -> None:
        self._library = library
        self._articles = articles
        self._export = export

    def folder(self, review: ReviewArticle) -> Path | None:
        """The absolute path of the exported files; None when there are none."""
        return self._library.exported(review.folder)

    def article(self, review: ReviewArticle) -> Article:
        """The article as readers get it: who approved it, no notes to its editor, links to exported articles only.

        Raises `EditRefused` for a draft that nobody approved.
        """
        if review.status not in {ReviewStatus.APPROVED, ReviewStatus.PUBLISHED}:
            raise EditRefused(Refusal.NOT_APPROVED)
        article = review.article
        return replace(
            article,
            report=replace(article.report, editor_notes=()),
            approval=approval(review.history.events, review.digest),
            related=tuple(other for other in article.related if self._is_exported(other.path)),
            # The page of a list is not among the exports: its name stays, its address does not.
            places=tuple(
                replace(place, path="", before=self._adjacent(place.before), after=self._adjacent(place.after))
                for place in article.places
            ),
        )

    def files(self, review: ReviewArticle) -> Mapping[str, bytes]:
        """The files of an approved article, by name; raises `EditRefused`."""
        return self._export(self.article(review))

    def write(self, review: ReviewArticle) -> Path:
        """Write the files of an approved article; returns their folder. Raises `EditRefused`."""
        return self._library.export(review.folder, self.files(review))

    def relink(self, review: ReviewArticle) -> None:
        """Write the exported articles that are related to this one again, so that they link to it."""
        article = review.article
        adjacent = [other.path for place in article.places for other in (place.before, place.after) if other]
        self._rewrite({_name(path) for path in (*(other.path for other in article.related), *adjacent)})

    def take_back(self, review: ReviewArticle) -> bool:
        """Delete the exported files, and the links to them in other exports; False when there are none."""
        linking = self._library.exports_linking(review.folder)
        taken = self._library.take_back(review.folder)
        self._rewrite(set(linking))
        return taken

    def _rewrite(self, folders: set[str]) -> None:
        for folder in sorted(folders):
            if self._library.exported(folder) and self._library.is_finished(folder):
                review = self._articles.open_folder(folder)
                if review.status is ReviewStatus.PUBLISHED:
                    self.write(review)

    def _is_exported(self, path: str) -> bool:
        return self._library.exported(_name(path)) is not None

    def _adjacent(self, other: AdjacentArticle | None) -> AdjacentArticle | None:
        return other if other and self._is_exported(other.path) else None


def _name(path: str) -> str:
    """The folder of an article that another one links to as `../folder`."""
    return path.removeprefix("../")
