"""Where articles stand in lists: what leads from an article to the page of its series, and to its neighbours there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.series import MADE
from pipeline.ties import Beside, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.series import Series, Work


def places(shelved: Iterable[tuple[str, Series]]) -> dict[str, tuple[Place, ...]]:
    """By folder of an article its places, in the order of the lists; each list comes with the folder of its page."""
    found: dict[str, tuple[Place, ...]] = {}
    for shelf, series in shelved:
        for folder, place in _of(shelf, series):
            found[folder] = (*found.get(folder, ()), place)
    return found


def _of(shelf: str, series: Series) -> Iterator[tuple[str, Place]]:
    made = [(n, work) for n, work in enumerate(series.works, 1) if work.standing in MADE and work.folder]
    works = [work for _, work in made]
    for (number, work), before, after in zip(made, [None, *works], [*works[1:], None], strict=False):
        yield work.folder, Place(series.roll.title, f"../../series/{shelf}", number, _beside(before), _beside(after))


def _beside(work: Work | None) -> Beside | None:
    return None if work is None else Beside(work.title or work.id, f"../{work.folder}")
