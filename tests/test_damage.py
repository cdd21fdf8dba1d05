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


@pytest.mark.parametrize("rounds", [pytest.param(4, marks=pytest.mark.slow, id="full"), pytest.param(1, id="quick")])
def test_a_flipped_bit_is_noticed_or_harmless(rounds: int, tmp_path: Path, tell: Tell) -> None:
    """In each kind of file: no traceback, after the same command all articles are right, and nothing wrong is shown.

    `make bench-damage` flips 200.
    """
    library = Library.made_in(tmp_path)
    outcomes = list(flips(library, rounds * len(library.kinds()), seed=rounds))
    noticed = sum(outcome.noticed for outcome in outcomes)
    tell(f"flipped bits: {len(outcomes)} in {len(library.kinds())} kinds of files, noticed {noticed}, wrong 0")

    assert [(outcome.kind, outcome.offset, outcome.trouble) for outcome in outcomes if outcome.trouble] == []
    missed = [outcome for outcome in outcomes if outcome.kind.startswith(NOTICED) and not outcome.noticed]
    assert [(outcome.kind, outcome.offset) for outcome in missed] == []
