"""What follows from a draft and what was decided about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import rules
from pipeline.types.article import Coverage, Finding, Flaw, Report
from pipeline.types.review import Decision, GlossaryTerm, ReviewEvent, ReviewStatus
from tests.fakes.desks import article, flawed

CLEAN = Report((), 10, 10, Coverage(500, 200, 1.0, None, ()))
FLAWED = replace(CLEAN, findings=(Finding(Flaw.NUMBER, "lead", "نص", "7"),))
TIME = datetime(2026, 1, 1, tzinfo=UTC)


def act(decision: Decision, draft: str = "A") -> ReviewEvent:
    """An act on a draft."""
    return ReviewEvent("aaaaaaaaaaa", draft, "base", decision, "سلمى", TIME)


ACTS = st.lists(st.builds(act, st.sampled_from(Decision), st.sampled_from("ABC")), max_size=6)


def test_a_fresh_draft_is_new_or_needs_attention() -> None:
    """Without findings a draft is new, with findings it needs attention."""
    assert rules.review_status((), "A", CLEAN) is ReviewStatus.NEW
    assert rules.review_status((), "A", FLAWED) is ReviewStatus.ATTENTION


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (Decision.EDIT, ReviewStatus.EDITED),
        (Decision.APPROVE, ReviewStatus.APPROVED),
        (Decision.REJECT, ReviewStatus.REJECTED),
        (Decision.RETURN, ReviewStatus.ATTENTION),
        (Decision.EXPORT, ReviewStatus.PUBLISHED),
    ],
)
def test_the_last_decision_on_this_draft_counts(decision: Decision, status: ReviewStatus) -> None:
    """The last act on exactly this draft says where it stands, findings or not."""
    assert rules.review_status((act(Decision.REJECT), act(decision)), "A", CLEAN) is status
    assert rules.review_status((act(decision),), "A", FLAWED) is status


@given(ACTS)
def test_a_draft_that_nobody_judged_is_never_approved(acts: list[ReviewEvent]) -> None:
    """Whatever was decided about other drafts: one with another digest is unreviewed."""
    assert rules.review_status(acts, "Z", CLEAN) in {ReviewStatus.NEW, ReviewStatus.ATTENTION}


@given(ACTS, st.sampled_from("ABC"))
def test_a_change_set_aside_decides_nothing(acts: list[ReviewEvent], draft: str) -> None:
    """An act kept aside changes neither the status nor whose draft it is."""
    later = [*acts, act(Decision.ASIDE, draft)]

    assert rules.review_status(later, draft, CLEAN) is rules.review_status(acts, draft, CLEAN)
    assert rules.is_edited(later) == rules.is_edited(acts)
    assert rules.latest_event(later) == rules.latest_event(acts)


def test_an_approved_article_that_changed_is_unreviewed_again() -> None:
    """A new draft after an approval needs attention, even without findings."""
    assert rules.review_status((act(Decision.APPROVE, "A"),), "B", CLEAN) is ReviewStatus.ATTENTION


def test_weakness_grows_with_findings_and_with_what_is_missing() -> None:
    """0 for an article that stands and has something of all, more for each flaw and each window left out."""
    half = replace(CLEAN, coverage=replace(CLEAN.coverage, windows=0.5))
    both = replace(half, findings=tuple(Finding(Flaw.NAME, "lead", str(n)) for n in range(10)))

    found = [rules.weakness(report) for report in (CLEAN, FLAWED, half, both)]
    assert found == [0.0, 0.1, 0.5, 1.5]
    gap = Finding(Flaw.UNCOVERED, "article", "0:00–20:00", "20")
    assert rules.weakness(replace(half, findings=(gap,))) == 0.5
    assert rules.weakness(Report((), 0, 0, Coverage(0, 0, 0.0, None, ()))) == 2.0


def test_the_row_of_an_article_tells_what_the_queue_shows() -> None:
    """Counts, kinds of findings and the digest of the draft that counts."""
    bad = flawed(article())

    row = rules.queue_row(bad, "folder", ReviewStatus.ATTENTION)

    assert (row.id, row.folder, row.draft) == ("aaaaaaaaaaa", "folder", bad.provenance.draft)
    assert row.findings == len(bad.report.findings) > 0
    assert "number" in row.flaws
    assert row.flaws == tuple(sorted(set(row.flaws)))
    assert row.weakness > rules.queue_row(article(), "folder", ReviewStatus.NEW).weakness


def test_a_search_looks_through_the_whole_article() -> None:
    """Title, channel, headings and every statement are among the words."""
    one = article()
    words = rules.search_text(one)

    assert all(s.text in words for p in one.draft.background for s in p.statements)
    for text in (one.draft.title, one.script.video.channel, one.draft.sections[1].heading, "الملوحة"):
        assert text in words


def test_corrections_are_offered_in_their_channel_and_as_whole_words() -> None:
    """A term of another channel, or inside a longer word, is not offered."""
    term = GlossaryTerm("قناة النهر", "احمد", "أحمد", "x", "سلمى", TIME)

    assert rules.matching_terms((term,), "قناة النهر", "وصل احمد.") == (term,)
    assert rules.matching_terms((term,), "أخرى", "وصل احمد.") == ()
    assert rules.matching_terms((term,), "قناة النهر", "وصل احمدي وأحمد") == ()
    assert rules.matching_terms((replace(term, channel=""),), "", "احمد") == ()


@given(st.text(min_size=1, max_size=20))
def test_any_term_is_found_where_it_stands(term: str) -> None:
    """No sign in a term is taken for a pattern."""
    assert rules.term_pattern(term).search(f" {term} ") is not None
