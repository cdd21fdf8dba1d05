"""What findings and parts are called."""

from __future__ import annotations

from pipeline.arabic.labels import FLAW_LABELS, FLAWS
from pipeline.types.article import Flaw


def test_every_flaw_has_a_label_in_both_languages() -> None:
    """A new kind of finding needs its label in one table, and cannot be forgotten there."""
    assert set(FLAW_LABELS) == set(Flaw)
    assert all(arabic and english.isascii() for arabic, english in FLAW_LABELS.values())


def test_no_two_flaws_share_a_label() -> None:
    """A reader can tell one kind of finding from another, in either language."""
    assert len(set(FLAWS.values())) == len({english for _, english in FLAW_LABELS.values()}) == len(Flaw)
