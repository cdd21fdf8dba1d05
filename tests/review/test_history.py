"""What people decided, kept for good."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codec import digest, encode
from pipeline.errors import ArtifactCorrupt, NoSuchDraft, StaleDraft
from pipeline.review.history import ReviewStore, article_key
from pipeline.types.article import Draft
from pipeline.types.review import Decision, GlossaryTerm, HistoryEntry, ReviewEvent
from tests.fakes.desks import article

ARTICLE = article()
DRAFT = ARTICLE.draft
TRICKY = 'a","draft":{"title":"x"},"whole":true}\n{"review":'
"""A text that looks like the borders of a line."""


def entry(draft: Draft = DRAFT, **other: Any) -> HistoryEntry:  # noqa: ANN401 - fields of several types
    """An act on a draft."""
    event = ReviewEvent(
        "aaaaaaaaaaa", digest(draft), article_key(ARTICLE), Decision.EDIT, "سلمى", datetime(2026, 1, 1, tzinfo=UTC)
    )
    return HistoryEntry(replace(event, **other), draft)


def append(reviews: ReviewStore, act: HistoryEntry) -> None:
    """Keep an act after those that are there."""
    reviews.append(act, ARTICLE, reviews.history(act.event.video).size)


@given(st.text(max_size=50) | st.just(TRICKY), st.text(max_size=50) | st.just(TRICKY))
@settings(max_examples=40, deadline=None)
def test_an_act_comes_back_with_its_whole_draft(
    tmp_path_factory: pytest.TempPathFactory, reason: str, title: str
) -> None:
    """Whatever the texts hold, the review and the exact draft it judged are read as they were written."""
    reviews = ReviewStore(tmp_path_factory.mktemp("reviews"))
    written = entry(replace(DRAFT, title=title), reason=reason, edits=("title",))
    append(reviews, entry())
    append(reviews, written)

    history = reviews.history("aaaaaaaaaaa")

    assert history.events == (entry().event, written.event)
    assert history.draft(1) == written.draft
    assert history.damaged == 0


def test_a_video_without_acts_has_an_empty_history(tmp_path: Path) -> None:
    """Nothing was decided: nothing is there, and nothing is made by looking."""
    assert ReviewStore(tmp_path / "reviews").history("aaaaaaaaaaa").events == ()
    assert not (tmp_path / "reviews").exists()


def test_the_judged_article_is_kept_as_it_was(tmp_path: Path) -> None:
    """The script that a reviewed draft rests on stays, whatever later runs write."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())

    assert reviews.article(article_key(ARTICLE)) == ARTICLE


@pytest.mark.parametrize("cut", [1, 30, 400, -3, -16])
def test_a_torn_line_at_the_end_is_told_and_the_rest_counts(tmp_path: Path, cut: int) -> None:
    """A line cut anywhere, in its head or in its draft, is counted as damaged; the acts before it stand."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())
    append(reviews, entry(replace(DRAFT, title="آخر")))
    path = tmp_path / "aaaaaaaaaaa.jsonl"
    whole = path.read_bytes()
    first = len(whole.splitlines()[0]) + 1
    path.write_bytes(whole[: first + cut] if cut > 0 else whole[:cut])

    history = reviews.history("aaaaaaaaaaa")
    assert (len(history.events), history.damaged) == (1, 1)
    assert history.draft(0) == DRAFT

    append(reviews, entry(replace(DRAFT, title="بعد")))
    history = reviews.history("aaaaaaaaaaa")
    assert (len(history.events), history.damaged) == (2, 1)
    assert history.draft(1).title == "بعد"


def test_an_act_on_an_old_history_is_refused(tmp_path: Path) -> None:
    """Of two processes that read the same history, the second to write is told so, and nothing of it counts."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())

    with pytest.raises(StaleDraft, match="somebody else saved"):
        reviews.append(entry(replace(DRAFT, title="آخر")), ARTICLE, 0)
    assert len(reviews.history("aaaaaaaaaaa").events) == 1


def test_a_changed_draft_is_not_taken_for_the_judged_one(tmp_path: Path) -> None:
    """One letter changed on disk: the draft no longer has the digest that was judged, and that is said."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry(replace(DRAFT, title="الأصل")))
    path = tmp_path / "aaaaaaaaaaa.jsonl"
    path.write_bytes(path.read_bytes().replace("الأصل".encode(), "الأصم".encode()))

    with pytest.raises(ArtifactCorrupt, match="damaged"):
        reviews.history("aaaaaaaaaaa").draft(0)


def test_a_changed_event_or_term_is_not_taken_for_what_was_saved(tmp_path: Path) -> None:
    """A reason, an author, a correction: what is read is what was saved, and what is damaged is counted."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())
    reviews.add_term(GlossaryTerm("قناة", "احمد", "أحمد", "aaaaaaaaaaa", "سلمى", datetime(2026, 1, 1, tzinfo=UTC)))
    events, terms = reviews.history("aaaaaaaaaaa").events, reviews.terms()
    journal, glossary = tmp_path / "aaaaaaaaaaa.jsonl", tmp_path / "glossary.jsonl"
    for path, size in ((journal, journal.read_bytes().index(b',"draft":{')), (glossary, glossary.stat().st_size - 1)):
        whole = path.read_bytes()
        for at in range(size):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            history = reviews.history("aaaaaaaaaaa")
            assert history.events == (() if history.damaged else events), at
            assert reviews.terms() == (() if reviews.has_damaged_terms() else terms), at
        path.write_bytes(whole)


def test_a_judged_article_is_told_from_damage(tmp_path: Path) -> None:
    """What a decision rests on: any changed byte is said; one of a version without seals is read."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())
    (path,) = (tmp_path / "articles").iterdir()
    whole = path.read_bytes()

    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(ArtifactCorrupt, match="damaged"):
            reviews.article(path.stem)
    path.write_bytes(encode(ARTICLE))
    assert reviews.article(path.stem) == ARTICLE


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "a\x00b", "glossary", "a" * 65, "a\u202eb", "C:x", "a.b"])
def test_an_id_that_is_none_is_no_path(tmp_path: Path, name: str) -> None:
    """No name leads out of the folder, to the glossary, or to a file that is no journal."""
    with pytest.raises(NoSuchDraft):
        ReviewStore(tmp_path).history(name)


@given(st.text(max_size=80))
def test_no_name_reaches_a_file_outside(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Any text as an id is an empty history or refused."""
    folder = tmp_path_factory.getbasetemp() / "any"
    try:
        assert ReviewStore(folder).history(name).events == ()
    except NoSuchDraft:
        return
    assert name.isascii()


@pytest.mark.parametrize("name", ["", "../articles/x", "0" * 64])
def test_an_article_that_was_not_kept_is_said(tmp_path: Path, name: str) -> None:
    """A missing or strange key is an error that names the file."""
    with pytest.raises(ArtifactCorrupt, match="missing or damaged"):
        ReviewStore(tmp_path).article(name)


def test_the_glossary_has_the_last_word_on_each_correction(tmp_path: Path) -> None:
    """A correction is there once, and taken back it is gone; a torn line spoils nothing."""
    reviews = ReviewStore(tmp_path)
    term = GlossaryTerm("قناة", "احمد", "أحمد", "aaaaaaaaaaa", "سلمى", datetime(2026, 1, 1, tzinfo=UTC))
    other = replace(term, channel="أخرى")
    for each in (term, term, other):
        reviews.add_term(each)
    with (tmp_path / "glossary.jsonl").open("ab") as file:
        file.write(b'{"channel":')

    assert reviews.terms() == (term, other)
    reviews.add_term(replace(term, kept=False))
    assert reviews.terms() == (other,)


def test_every_act_changes_the_stamp_and_the_fingerprint(tmp_path: Path) -> None:
    """Another process sees from one figure that something happened, and from the states where."""
    reviews = ReviewStore(tmp_path / "reviews")
    assert (reviews.stamp(), reviews.fingerprints()) == (0, {})
    append(reviews, entry())
    before = (reviews.stamp(), reviews.fingerprints())
    while reviews.stamp() == before[0]:  # the clock of the file system ticks some 250 times a second
        append(reviews, entry(replace(DRAFT, title="آخر")))

    assert set(before[1]) == {"aaaaaaaaaaa"}
    assert reviews.fingerprints() != before[1]


def test_a_draft_of_a_later_version_is_read(tmp_path: Path) -> None:
    """A journal outlives the program's types: a field that this version does not know is passed over."""
    reviews = ReviewStore(tmp_path)
    append(reviews, entry())
    path = tmp_path / "aaaaaaaaaaa.jsonl"
    line = re.sub(rb',"sha256":"\w+"', b"", path.read_bytes())  # also one of a version without seals
    path.write_bytes(line.replace(b'{"review":{', b'{"review":{"mood":"good",'))

    assert reviews.history("aaaaaaaaaaa").events == (entry().event,)
