"""Undo and redo over everything that was ever changed in a draft."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.steps import Steps, steps
from pipeline.types.review import Decision, ReviewEvent

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def event(draft: str, second: float = 0, *edits: str, decision: Decision = Decision.EDIT) -> ReviewEvent:
    """A saved draft, so many seconds after noon; by default of a block of its own."""
    time = NOON + timedelta(seconds=second)
    return ReviewEvent("aaaaaaaaaaa", draft, "base", decision, "سلمى", time, edits=edits or (draft,))


def events(drafts: str) -> list[ReviewEvent]:
    """One saved draft after the other."""
    return [event(draft) for draft in drafts]


@pytest.mark.parametrize(
    ("saved", "found"),
    [
        ("", Steps()),
        ("A", Steps(0, None)),
        ("AB", Steps(1, None)),
        ("ABA", Steps(0, 2)),
        ("ABAO", Steps(None, 1)),
        ("ABAOA", Steps(0, 2)),
        ("ABAOAB", Steps(1, None)),
        ("ABAC", Steps(1, None)),
        ("ABAOC", Steps(0, None)),
    ],
)
def test_an_undo_is_told_from_the_drafts_alone(saved: str, found: Steps) -> None:
    """Back and forward again, over several steps; a new edit ends what could be redone. `O` is the first draft."""
    assert steps(events(saved), "O") == found


@given(st.lists(st.sampled_from("ABCD"), max_size=12))
def test_undoing_until_nothing_is_left_leads_to_the_first_draft(saved: list[str]) -> None:
    """From any history, undo after undo ends at the first draft, and as many redos lead back to where it began."""
    journal = events("".join(saved))
    name = {0: "O"} | {number: each.draft for number, each in enumerate(journal, 1)}
    start = next((each.draft for each in reversed(journal)), "O")
    redo = steps(journal, "O").forward
    taken = 0
    while (back := steps(journal, "O").back) is not None:
        journal.append(event(name[back]))
        name[len(journal)] = name[back]
        taken += 1
        assert taken <= len(saved)
    assert name[len(journal)] == "O"
    for _ in range(taken):
        forward = steps(journal, "O").forward
        assert forward is not None
        journal.append(event(name[forward]))
        name[len(journal)] = name[forward]

    assert name[len(journal)] == start
    assert steps(journal, "O").forward == redo


def test_saves_of_one_text_while_it_is_typed_are_one_step() -> None:
    """A paragraph that was saved three times in a row is taken back at once; after a rest, or elsewhere, it is not."""
    typed = [event("A", 0, "lead"), event("B", 3, "lead"), event("C", 8, "lead")]

    assert steps(typed, "O") == Steps(0, None)
    assert steps([*typed, event("D", 60, "lead")], "O") == Steps(3, None)
    assert steps([*typed, event("D", 9, "title")], "O") == Steps(3, None)


def test_typing_after_an_undo_is_a_step_of_its_own() -> None:
    """What was typed at once after an undo does not swallow the draft that the undo led to."""
    saved = [event("A", 0, "lead"), event("B", 30, "lead"), event("A", 31, "lead"), event("C", 32, "lead")]

    assert steps(saved, "O") == Steps(1, None)


def test_decisions_and_changes_set_aside_are_no_steps() -> None:
    """An approval and a change that came too late stand between two edits, and undo passes over them."""
    saved = [event("A"), event("A", decision=Decision.APPROVE), event("X", decision=Decision.ASIDE), event("B")]

    assert steps(saved, "O") == Steps(1, None)
