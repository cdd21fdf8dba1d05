"""The walk over a draft that checking, coverage, relating, editing and every export share."""

from __future__ import annotations

from dataclasses import replace

from pipeline.types.article import Draft, DraftPart, Paragraph, Section, Statement


def paragraph(text: str) -> Paragraph:
    """A paragraph of one statement."""
    return Paragraph((Statement(text),))


LEAD, PAST, MORE, BRIDGE, BODY, REST, HARD, NEXT, END = map(paragraph, "abcdefghi")
DRAFT = Draft("title", "headline", LEAD, (PAST, MORE), BRIDGE, (Section("one", (BODY, REST)),), HARD, NEXT, END)


def test_a_draft_is_walked_in_reading_order_with_the_place_of_every_paragraph() -> None:
    """Places are those of `Finding.place`: numbered from 1 where a part can hold several paragraphs."""
    assert list(DRAFT.paragraphs()) == [
        ("lead", LEAD),
        ("background.1", PAST),
        ("background.2", MORE),
        ("transition", BRIDGE),
        ("sections.1.1", BODY),
        ("sections.1.2", REST),
        ("challenges", HARD),
        ("outlook", NEXT),
        ("conclusion", END),
    ]


def test_parts_that_the_talk_does_not_have_are_passed_over() -> None:
    """No background, challenges or outlook is no part; a section is one even when it is empty."""
    bare = replace(DRAFT, background=(), sections=(Section("", ()),), challenges=None, outlook=None)

    assert [part.place for part in bare.parts()] == ["lead", "transition", "sections.1", "conclusion"]
    assert bare.parts()[2] == DraftPart("sections.1", "", ())


def test_only_sections_have_headings_of_their_own() -> None:
    """An empty heading is still a heading, to be checked and edited; other parts are named by whoever shows them."""
    assert {part.place: part.heading for part in DRAFT.parts() if part.heading is not None} == {"sections.1": "one"}
