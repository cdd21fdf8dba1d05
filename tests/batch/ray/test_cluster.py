"""The error when there is no cluster to carry a batch."""

from __future__ import annotations

import pytest

from pipeline.batch.ray.cluster import connection_error


@pytest.mark.parametrize(
    ("address", "says", "hint"),
    [
        ("10.0.0.1:6379", "there is no Ray cluster at 10.0.0.1:6379", "ray start --head"),
        ("", "no Ray cluster could be started on this machine (no room for two lines)", "executor is `local`"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_from_one_that_does_not_start(address: str, says: str, hint: str) -> None:
    """One names the address that was set, the other why Ray could not begin here."""
    error = connection_error(address, RuntimeError("no room\n  for two lines"))

    assert str(error) == says
    assert hint in error.hint
