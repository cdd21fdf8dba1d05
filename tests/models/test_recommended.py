"""Recommended models and the machine that they are chosen for."""

from __future__ import annotations

import pytest

from models.local.hardware import free_cores, this_machine
from models.local.recommended import GB, RECOMMENDED, recommended_for


@pytest.mark.parametrize(
    ("gigabytes", "size"), [(1, 4), (4, 4), (7.7, 8), (8.3, 8), (15.5, 16), (16.7, 16), (33, 32), (64, 48), (500, 96)]
)
def test_the_largest_that_fits_is_taken(gigabytes: float, size: int) -> None:
    """Machines report a little less or more than they are sold with; the smallest model is for all that have less."""
    assert recommended_for(gigabytes * GB).memory == size


def test_recommended_models_may_be_used_by_everybody() -> None:
    """Permissive licences only, an id of a hub each, from small to large, and no more weights than memory as int8."""
    assert {model.licence for model in RECOMMENDED} <= {"Apache-2.0", "MIT"}
    assert all(model.id.count("/") == 1 for model in RECOMMENDED)
    assert [model.memory for model in RECOMMENDED] == sorted(model.memory for model in RECOMMENDED)
    assert all(model.billions < 0.6 * model.memory for model in RECOMMENDED)


def test_a_machine_has_memory_and_cores() -> None:
    """Free memory is part of all memory, and threads are between one and the cores there are."""
    here = this_machine()

    assert 0 < here.free <= here.memory
    assert here.cores >= 1
    assert 1 <= free_cores(here.cores) <= here.cores
