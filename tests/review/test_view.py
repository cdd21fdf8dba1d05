"""An article on the desk as its page shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.labels import FLAWS
from pipeline.errors import (
    ArtifactCorrupt,
    EditRefused,
    ModelGarbled,
    ModelUnreachable,
    ModelUnusable,
    NoSpace,
    NoSuchDraft,
    NoSuchEntry,
    NothingWritten,
    NotWritable,
    Refusal,
    StaleDraft,
    StoreError,
)
from pipeline.review import blocks, view
from pipeline.review.articles import ReviewArticle
from pipeline.review.finding_view import finding_view
from pipeline.review.i18n import ARABIC, ENGLISH, Messages, error_message
from pipeline.types.article import Article, Finding, Flaw, Paragraph, Statement
from pipeline.types.review import Decision, ReviewStatus
from pipeline.types.usage import DroppedSentence, DropReason, GenerationStats
from tests.fakes import desks

ONE = desks.article()
BAD = desks.flawed(ONE)


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, view.DraftPage]:
    """The pages of a clean and of a weak article."""
    return {"clean": shown(tmp_path / "a", ONE), "weak": shown(tmp_path / "b", BAD)}


def shown(folder: Path, article: Article) -> view.DraftPage:
    """The page of an article that lies fresh on the desk."""
    review: ReviewArticle = desks.desk(folder, article).articles.open(article.script.video.id)
    return view.draft_page(review, ARABIC, "https://player.example", "http://127.0.0.1:1")


def text(parts: view.Runs) -> str:
    """Stretches joined."""
    return "".join(part.text for part in parts)


def test_every_block_and_statement_is_on_the_page(pages: dict[str, view.DraftPage]) -> None:
    """Nothing of the draft is left out, and each block knows its place."""
    assert [block.place for block in pages["clean"].blocks] == [block.place for block in blocks.blocks(ONE.draft)]
    for shown_block, block in zip(pages["clean"].blocks, blocks.blocks(ONE.draft), strict=True):
        assert len(shown_block.lines) == len(block.paragraph.statements if block.paragraph else ())


def test_evidence_and_use_are_two_ways_of_one_link(pages: dict[str, view.DraftPage]) -> None:
    """A statement names a sentence exactly when that sentence names the statement."""
    page = pages["clean"]

    there = {(line.id, cite.number) for block in page.blocks for line in block.lines for cite in line.cites}
    back = {(use, row.number) for row in page.transcript for use, _ in row.uses}

    assert there == back
    assert len(there) > 10


def test_what_the_model_wrote_and_was_dropped_is_shown_to_the_reviewer(tmp_path: Path) -> None:
    """Each with why; the words that a statement rests on are marked in the sentence that has them."""
    dropped = (
        DroppedSentence("بُني السد في عام 1987", DropReason.CODE, "1987"),
        DroppedSentence("كلام", DropReason.UNSURE),
    )
    quote = " ".join(ONE.script.sentences[0].text.split()[:2])
    lead = Paragraph((Statement("قيل كلام", (1,), quotes=(quote,)),))
    draft = replace(ONE.draft, lead=lead, account=GenerationStats("m", (), dropped=dropped))
    page = shown(tmp_path, replace(ONE, draft=draft))

    assert [text(each) for each in page.dropped] == [
        "فيها ما لم يرد: بُني السد في عام 1987 (1987)",
        "لم يتبيّن سندها: كلام",
    ]
    assert [text(piece) for piece, quoted in page.transcript[0].pieces if quoted] == [quote]


def test_ids_are_given_once(pages: dict[str, view.DraftPage]) -> None:
    """No two elements of a page share an anchor."""
    page = pages["weak"]
    ids = [block.id for block in page.blocks] + [line.id for block in page.blocks for line in block.lines]

    assert len(set(ids)) == len(ids)


def test_every_finding_stands_somewhere(pages: dict[str, view.DraftPage]) -> None:
    """All findings of the report are on the page, at their statement, their heading or above all."""
    page = pages["weak"]

    said = [text(note.parts) for block in page.blocks for line in block.lines for note in line.findings]
    said += [text(note.parts) for block in page.blocks for note in block.findings]
    said += [text(note.parts) for note in page.findings]

    assert len(said) == len(BAD.report.findings) > 1
    for finding in BAD.report.findings:
        assert any(ARABIC.flaws[finding.flaw] in note for note in said)


def test_the_bar_is_inside_the_video(pages: dict[str, view.DraftPage]) -> None:
    """Stretches lie between nothing and all of its length, and each is seen."""
    segments = pages["clean"].bar

    assert segments
    assert all(s.start >= 0 and s.width >= 1 and s.start + s.width <= 1001 for s in segments)


def test_the_player_is_youtubes_own_or_none(tmp_path: Path) -> None:
    """Only an address that is exactly the video's on YouTube gets a player; other schemes not even a link."""
    for number, (url, watch, embed) in enumerate(
        [
            (ONE.script.video.url, True, True),
            ("https://example.org/v", True, False),
            ("javascript:alert(1)", False, False),
            ("", False, False),
        ]
    ):
        page = shown(tmp_path / str(number), desks.article(replace(ONE.script.video, url=url)))
        assert (bool(page.video_url), bool(page.player_url)) == (watch, embed)
        assert all(row.link.startswith("https://") or not row.link for row in page.transcript)


@given(st.text(max_size=40))
def test_a_line_keeps_its_words(words: str) -> None:
    """Cut into stretches, a line is the same line."""
    assert text(view.runs(words)).split() == text(view.runs(text(view.runs(words)))).split()


@pytest.mark.parametrize("language", [ARABIC, ENGLISH])
def test_everything_that_can_be_said_has_words(language: Messages) -> None:
    """Every status, decision, finding and place has a phrase in both languages."""
    names = [status.value for status in ReviewStatus] + [f"act_{decision.value}" for decision in Decision]

    assert all(language[name] for name in names)
    assert all(language.flaws[flaw] for flaw in Flaw)
    assert set(ARABIC.phrases) == set(ENGLISH.phrases)
    assert set(ARABIC.places.parts) == set(ENGLISH.places.parts)
    for block in blocks.blocks(ONE.draft):
        assert "." not in language.places.name(block.place)


def test_the_name_of_a_finding_is_that_of_the_article() -> None:
    """An editor reads what a reader reads."""
    assert ARABIC.flaws == FLAWS


@pytest.mark.parametrize("language", [ARABIC, ENGLISH])
def test_a_negation_is_told_in_words(language: Messages) -> None:
    """Which side has one too many, or the two words that are opposites; never a formula of counts."""
    more, less, opposite = (
        "".join(part.text for part in finding_view(Finding(Flaw.NEGATION, "lead", "ج", detail), language).parts)
        for detail in ("1 ≠ 0", "0 ≠ 1", "قل ≠ زاد")
    )
    assert language["negated_more"] in more
    assert language["negated_less"] in less
    assert "قل ≠ زاد" in opposite
    assert not any(letter.isdigit() for letter in more + less)


def test_the_share_of_support_is_shown(tmp_path: Path) -> None:
    """A statement with little support is marked, with how much of it was said and what was not."""
    made = desks.flawed(ONE, "ينبع نهر الفرات من كوكب بعيد.")
    notes = [note for block in shown(tmp_path, made).blocks for line in block.lines for note in line.findings]

    assert any("%: كوكب بعيد" in text(note.parts) for note in notes)


def test_every_refusal_is_said_in_arabic() -> None:
    """Each reason for which the desk refuses has an Arabic sentence of its own; in English it is the message."""
    said = [error_message(ARABIC, EditRefused(reason)) for reason in Refusal]

    assert len(set(said)) == len(Refusal) > 10
    assert [text for text in said if text.isascii()] == []
    assert [error_message(ENGLISH, EditRefused(reason)) for reason in Refusal] == [r.message for r in Refusal]


def test_what_the_desk_alone_meets_is_said_in_arabic() -> None:
    """A full disk, a draft that changed, a line of the history that is not there, and a writer without words."""
    for failure in (StaleDraft, NoSuchDraft, ArtifactCorrupt, NoSpace, NotWritable, StoreError):
        assert not error_message(ARABIC, failure("x")).isascii()
        assert error_message(ENGLISH, failure("x")) == "x"
    assert error_message(ARABIC, NoSuchEntry("x")) == "لا سطر بهذا الرقم في السجل."
    assert error_message(ARABIC, NothingWritten("x")) == "لم يجد الكاتب ما يقوله في هذا القسم."


def test_a_model_that_fails_is_told_in_arabic() -> None:
    """Server down, model missing, reply without sense: each its own sentence, without an address in it."""
    errors = [kind("no model server answers at http://127.0.0.1:1") for kind in (ModelUnreachable, ModelUnusable)]
    told = [error_message(ARABIC, error) for error in (*errors, ModelGarbled("not JSON"))]

    assert len(set(told)) == 3
    assert not any("http" in text or "JSON" in text for text in told)


def test_a_place_is_said_as_a_reader_counts() -> None:
    """Section and paragraph by number, other parts by name."""
    assert ARABIC.places.name("sections.2.1") == "القسم 2، الفقرة 1"
    assert ENGLISH.places.name("background.3") == "Background, Paragraph 3"
    assert ARABIC.places.name("lead") == "المقدمة"
    assert ENGLISH.places.name("elsewhere") == "elsewhere"


@pytest.mark.parametrize(
    ("said", "detail", "pointed"),
    [
        ("وجدنا أن أربعين في المئة من الماء يضيع", "40%", "أربعين"),
        ("وجدنا أن ثلاثة وعشرين منها جفت", "23", "ثلاثة وعشرين"),
        ("حفرنا 120، ثم توقفنا", "120", "120"),
        ("حفرنا بئرًا", "7", ""),
    ],
)
def test_a_figure_is_pointed_at_in_the_words_that_tell_it(tmp_path: Path, said: str, detail: str, pointed: str) -> None:
    """The editor opens at `أربعين` although the finding says 40%, so that typing replaces it."""
    draft = replace(ONE.draft, lead=Paragraph((Statement(said, (1,)),)))
    report = replace(ONE.report, findings=(Finding(Flaw.NUMBER, "lead", said, detail),))
    page = shown(tmp_path, replace(ONE, draft=draft, report=report))
    (line,) = (line for block in page.blocks if block.place == "lead" for line in block.lines)

    assert line.wrong == pointed
