"""Floors under figures."""

from __future__ import annotations

from pipeline.evaluate import floors
from pipeline.evaluate.floors import Floor
from pipeline.evaluate.measures import ResultRow, table

GOOD = ResultRow("talks", "ends F1", "tadwin", 0.8, 3)
ERROR = ResultRow("talks", "Pk", "tadwin", 0.2, 3)
BASELINE = ResultRow("talks", "ends F1", "every 12", 0.1, 3)
DIGESTS = {"talks": "abc"}
FLOORS = floors.pinned([GOOD, ERROR, BASELINE], DIGESTS)


def changed(row: ResultRow, value: float) -> ResultRow:
    """The row with another figure."""
    return ResultRow(row.data, row.measure, row.system, value, row.items)


def test_only_our_figures_get_floors() -> None:
    """Baselines get no floors."""
    assert (Floor("talks, ends F1", 0.8, "abc"), Floor("talks, Pk", 0.2, "abc")) == FLOORS


def test_floors_survive_their_file() -> None:
    """Floors that are written are read back, sorted by name."""
    assert floors.read(floors.write(FLOORS)) == tuple(sorted(FLOORS, key=lambda floor: floor.name))


def test_figures_at_their_floors_pass() -> None:
    """Equal figures, better ones, and figures that differ by rounding all pass."""
    same = [GOOD, ERROR, BASELINE]
    better = [changed(GOOD, 0.9), changed(ERROR, 0.1)]
    rounded = [changed(GOOD, 0.7985), changed(ERROR, 0.2015)]

    assert [floors.broken(rows, FLOORS, DIGESTS) for rows in (same, better, rounded)] == [(), (), ()]


def test_a_worse_figure_is_named() -> None:
    """A lower score and a higher error are reported with figure and floor."""
    fallen = floors.broken([changed(GOOD, 0.75), changed(ERROR, 0.3)], FLOORS, DIGESTS)

    assert fallen == (
        "talks, ends F1: 0.7500 is worse than its floor of 0.8",
        "talks, Pk: 0.3000 is worse than its floor of 0.2",
    )


def test_other_data_is_noticed() -> None:
    """A figure measured on changed data does not pass, even if it is higher."""
    (sentence,) = floors.broken([changed(GOOD, 0.99)], FLOORS, {"talks": "other"})

    assert "other data" in sentence


def test_a_figure_without_a_floor_is_noticed() -> None:
    """A new measure needs a floor before it passes."""
    (sentence,) = floors.broken([ResultRow("talks", "new", "tadwin", 1.0, 1)], FLOORS, DIGESTS)

    assert "no floor" in sentence


def test_data_that_was_not_measured_is_ignored() -> None:
    """Floors of data that was not measured this time are left alone."""
    assert floors.broken([], FLOORS, DIGESTS) == ()


def test_lowering_a_floor_is_noticed() -> None:
    """New floors are compared with the old: one that sinks is reported, one that rises is not."""
    worse = floors.pinned([changed(GOOD, 0.7), changed(ERROR, 0.1)], DIGESTS)

    assert floors.lowered(FLOORS, worse) == ("talks, ends F1: 0.8 would become 0.7",)
    assert floors.lowered(worse, FLOORS) == ("talks, Pk: 0.1 would become 0.2",)


def test_the_table_has_a_line_for_each_measure() -> None:
    """Our figure comes first, those of the baselines beside it."""
    assert table([BASELINE, GOOD, ERROR]) == (
        "talks, ends F1  tadwin 0.800  every 12 0.100  (3)\ntalks, Pk       tadwin 0.200  (3)"
    )
