"""Floors under figures."""

from __future__ import annotations

from pipeline.evaluate import floors
from pipeline.evaluate.floors import Floor
from pipeline.evaluate.table import ResultRow, table

GOOD = ResultRow("talks", "ends F1", "tadwin", 0.8, 3)
ERROR = ResultRow("talks", "Pk", "tadwin", 0.2, 3)
BASELINE = ResultRow("talks", "ends F1", "every 12", 0.1, 3)
DIGESTS = {"talks": "abc"}
FLOORS = floors.pinned([GOOD, ERROR, BASELINE], DIGESTS)


def changed(row: ResultRow, value: float) -> ResultRow:
    """The row with another figure."""
    return ResultRow(row.data, row.measure, row.system, value, row.items)


def test_only_our_figures_get_floors() -> None:
    """A baseline may be as bad as it likes."""
    assert (Floor("talks, ends F1", 0.8, "abc"), Floor("talks, Pk", 0.2, "abc")) == FLOORS


def test_floors_survive_their_file() -> None:
    """What is written is read back, ordered by name."""
    assert floors.read(floors.write(FLOORS)) == tuple(sorted(FLOORS, key=lambda floor: floor.name))


def test_figures_at_their_floors_pass() -> None:
    """The same figures, better ones, and a difference of rounding break nothing."""
    same = [GOOD, ERROR, BASELINE]
    better = [changed(GOOD, 0.9), changed(ERROR, 0.1)]
    rounded = [changed(GOOD, 0.7985), changed(ERROR, 0.2015)]

    assert [floors.broken(rows, FLOORS, DIGESTS) for rows in (same, better, rounded)] == [(), (), ()]


def test_a_worse_figure_is_named() -> None:
    """Less of what is good, and more of what is an error, is said with figure and floor."""
    fallen = floors.broken([changed(GOOD, 0.75), changed(ERROR, 0.3)], FLOORS, DIGESTS)

    assert fallen == ("talks, ends F1: 0.7500, floor 0.8", "talks, Pk: 0.3000, floor 0.2")


def test_other_data_is_noticed() -> None:
    """A figure measured on changed data does not pass by being higher."""
    (sentence,) = floors.broken([changed(GOOD, 0.99)], FLOORS, {"talks": "other"})

    assert "other data" in sentence


def test_a_figure_without_a_floor_is_noticed() -> None:
    """A new measure needs a floor before it counts as held."""
    (sentence,) = floors.broken([ResultRow("talks", "new", "tadwin", 1.0, 1)], FLOORS, DIGESTS)

    assert "no floor" in sentence


def test_data_that_was_not_measured_breaks_nothing() -> None:
    """Floors of data that is not here are left alone."""
    assert floors.broken([], FLOORS, DIGESTS) == ()


def test_lowering_a_floor_is_noticed() -> None:
    """Pinning anew tells which floors would sink; raising one is silent."""
    worse = floors.pinned([changed(GOOD, 0.7), changed(ERROR, 0.1)], DIGESTS)

    assert floors.lowered(FLOORS, worse) == ("talks, ends F1: 0.8 would become 0.7",)
    assert floors.lowered(worse, FLOORS) == ("talks, Pk: 0.1 would become 0.2",)


def test_the_table_has_a_line_for_each_measure() -> None:
    """Ours stands first, the baselines beside it."""
    assert table([BASELINE, GOOD, ERROR]) == (
        "talks, ends F1  tadwin 0.800  every 12 0.100  (3)\ntalks, Pk       tadwin 0.200  (3)"
    )
