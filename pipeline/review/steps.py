"""Undo and redo, read from a journal: no step is forgotten when a page, a tab or the desk is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.types.review import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.review import ReviewEvent

_ONE_STEP = timedelta(seconds=10)
"""Saves of one block that follow each other faster than this are one step: a text is saved while it is typed."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Where undo and redo lead: the number of an event, counting from 1, or 0 for the draft before the first edit."""

    back: int | None = None
    forward: int | None = None


def steps(events: Sequence[ReviewEvent], original: str) -> Steps:
    """The steps around the current draft; `original` is the digest of the draft that the first edit changed.

    An undo is saved as an edit whose draft is that of the step before, so the journal needs no marks: a draft that
    equals its neighbour is a step to it, any other is a new step after which there is nothing to redo.
    """
    stack = [(0, original)]
    at = 0
    typing: ReviewEvent | None = None  # the edit on top, while another one may continue it
    for number, event in enumerate(events, 1):
        if event.decision is not Decision.EDIT or event.draft == stack[at][1]:
            continue
        if at and event.draft == stack[at - 1][1]:
            at, typing = at - 1, None
        elif at + 1 < len(stack) and event.draft == stack[at + 1][1]:
            at, typing = at + 1, None
        else:
            at = at if typing is not None and _continues(typing, event) else at + 1
            stack[at:] = [(number, event.draft)]
            typing = event
    return Steps(stack[at - 1][0] if at else None, stack[at + 1][0] if at + 1 < len(stack) else None)


def _continues(one: ReviewEvent, other: ReviewEvent) -> bool:
    return len(one.edits) == 1 and one.edits == other.edits and other.time - one.time <= _ONE_STEP
