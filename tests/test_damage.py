"""What a single changed bit does to a library: it is noticed or harmless, and the same command puts things right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.damage import Library, flips
from tests.figures import Tell

NOTICED = ("articles/", "reviews/*.jsonl", "reviews/articles/", "approved/*/article.")
"""Beginnings of the kinds of files of which any changed bit is noticed: nothing else can put it right.

A capital letter in `SHA256SUMS` means the same as a small one.
"""


@pytest.mark.parametrize(
    ("rounds", "only"),
    [pytest.param(3, "", marks=pytest.mark.slow, id="full"), pytest.param(1, "articles/", id="quick")],
)
def test_a_flipped_bit_is_noticed_or_harmless(rounds: int, only: str, tmp_path: Path, tell: Tell) -> None:
    """No traceback, after the same command all articles are right, and nothing wrong is shown.

    In each kind of file; the quick way in those of articles alone. `make bench-damage` flips 200.
    """
    library = Library.made_in(tmp_path)
    kinds = [kind for kind in library.kinds() if only in kind]
    outcomes = list(flips(library, rounds * len(kinds), seed=rounds, only=only))
    noticed = sum(outcome.noticed for outcome in outcomes)
    tell(f"flipped bits: {len(outcomes)} in {len(kinds)} kinds of files, noticed {noticed}, wrong 0")

    assert [(outcome.kind, outcome.offset, outcome.trouble) for outcome in outcomes if outcome.trouble] == []
    missed = [outcome for outcome in outcomes if outcome.kind.startswith(NOTICED) and not outcome.noticed]
    assert [(outcome.kind, outcome.offset) for outcome in missed] == []
