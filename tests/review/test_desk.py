"""What a person may do with a draft."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.codec import digest
from pipeline.errors import EditRefused, NoSuchDraft, NothingWritten, StaleDraft
from pipeline.review import blocks
from pipeline.review.desk import REASON_MOST, Desk
from pipeline.review.edits import Edit, EditAction
from pipeline.review.recheck import recheck
from pipeline.types.article import Draft, Flaw, Paragraph, Script, Section, Statement
from pipeline.types.review import Decision, QueueFilter, ReviewStatus
from tests.fakes import desks
from tests.fakes.judges import AcceptingJudge

ONE = desks.article()
ID = ONE.script.video.id
WRITE = Edit("sections.1", EditAction.WRITE, "عنوان صححه إنسان")
NEWER = desks.checked(ONE.script, replace(ONE.draft, headline="سدود النهر"))


class Scripted:
    """A writer that writes one section, whatever it is given, and remembers what that was."""

    identity = "scripted"

    def __init__(self, *texts: str) -> None:
        """Write these statements."""
        self.texts = texts
        self.given: list[Script] = []

    def write(self, script: Script) -> Draft:
        """The draft with the section."""
        self.given.append(script)
        paragraph = Paragraph(tuple(Statement(text, (5,)) for text in self.texts))
        return replace(ONE.draft, sections=(Section("عنوان آخر", (paragraph,)),) if self.texts else ())


def seen(desk: Desk) -> str:
    """The digest of the draft that counts."""
    return desk.articles.open(ID).digest


def test_a_fresh_article_lies_as_the_machine_left_it(tmp_path: Path) -> None:
    """Before anything is done the draft is the machine's, with its own report, and nothing is offered."""
    review = desks.desk(tmp_path, ONE).articles.open(ID)

    assert (review.article, review.base) == (ONE, ONE)
    assert (review.status, review.newer, review.history.events) == (ReviewStatus.NEW, None, ())
    assert review.digest == digest(ONE.draft)


def test_an_edit_is_kept_checked_and_named(tmp_path: Path) -> None:
    """A change is on disk with author, time and place; the report knows the edit; a new desk finds it."""
    desk = desks.desk(tmp_path, ONE)

    review = desk.edit(ID, seen(desk), Edit("lead", EditAction.WRITE, "غرقت 99 سفينة."))

    assert review.status is ReviewStatus.EDITED
    assert review.article.report == recheck(ONE, review.article.draft, desks.SETTINGS.verify, AcceptingJudge())
    assert {finding.flaw for finding in review.article.report.findings} >= {Flaw.NUMBER}
    (event,) = review.history.events
    assert (event.author, event.edits, event.decision) == ("سلمى", ("lead",), Decision.EDIT)
    assert (event.draft, event.time > desks.NOON) == (digest(review.article.draft), True)
    assert desks.desk(tmp_path).articles.open(ID).article == review.article
    assert review.article.provenance.writer == "extractive 1 + سلمى"


def test_saving_without_a_change_writes_nothing(tmp_path: Path) -> None:
    """An untouched form leaves no trace and the draft stays the machine's."""
    desk = desks.desk(tmp_path, ONE)

    review = desk.edit(ID, seen(desk), Edit("title", EditAction.WRITE, ONE.draft.title))

    assert (review.status, review.history.events) == (ReviewStatus.NEW, ())


def test_a_later_run_never_replaces_an_edit(tmp_path: Path) -> None:
    """The person's draft stays and counts; the new one is offered beside it, and taken only when asked."""
    desk = desks.desk(tmp_path, ONE)
    own = desk.edit(ID, seen(desk), WRITE).article.draft
    desks.publish(tmp_path, NEWER)

    review = desk.articles.open(ID)
    assert (review.article.draft, review.newer) == (own, NEWER)

    taken = desk.take_newer(ID, seen(desk))
    assert (taken.article.draft, taken.base, taken.newer) == (NEWER.draft, NEWER, None)
    desks.publish(tmp_path, ONE)
    assert desk.articles.open(ID).article.draft == NEWER.draft


def test_an_edit_rests_on_the_script_it_was_made_from(tmp_path: Path) -> None:
    """When a later run hears the talk otherwise, the person's draft is still checked against what they saw."""
    desk = desks.desk(tmp_path, ONE)
    before = desk.edit(ID, seen(desk), WRITE)
    other = desks.article(talk=(("مختلف", tuple(f"جملة رقم {n} عن شيء آخر تماما" for n in range(20))),))
    desks.publish(tmp_path, other)

    review = desk.articles.open(ID)

    assert review.article == before.article
    assert review.newer == other


def test_without_an_edit_the_latest_run_counts(tmp_path: Path) -> None:
    """Nobody wrote in it: the new draft simply takes its place."""
    desk = desks.desk(tmp_path, ONE)
    desks.publish(tmp_path, NEWER)

    review = desk.articles.open(ID)

    assert (review.article, review.newer, review.status) == (NEWER, None, ReviewStatus.NEW)


def test_an_approved_article_that_changed_is_unreviewed_again(tmp_path: Path) -> None:
    """An approval holds for the exact draft: a new run or an edit after it, and it needs attention or is edited."""
    desk = desks.desk(tmp_path, ONE)
    assert desk.decide(ID, seen(desk), Decision.APPROVE).status is ReviewStatus.APPROVED
    desks.publish(tmp_path, NEWER)
    assert desk.articles.open(ID).status is ReviewStatus.ATTENTION
    desk.decide(ID, seen(desk), Decision.APPROVE)

    assert desk.edit(ID, seen(desk), WRITE).status is ReviewStatus.EDITED
    assert [event.draft for event in desk.articles.open(ID).history.events][:2] == [
        digest(ONE.draft),
        digest(NEWER.draft),
    ]
    assert desk.past(ID, 1) == (ONE, ONE.draft)


def test_every_change_names_the_draft_that_was_seen(tmp_path: Path) -> None:
    """With another digest than the one that counts, nothing is changed, decided, taken or exported."""
    desk = desks.desk(tmp_path, ONE)
    stale = seen(desk)
    before = desk.edit(ID, stale, WRITE)
    for change in (
        lambda: desk.decide(ID, stale, Decision.APPROVE),
        lambda: desk.restore(ID, stale, 0),
        lambda: desk.take_newer(ID, stale),
        lambda: desk.export(ID, stale),
        lambda: desk.regenerate(ID, stale, "sections.1"),
        lambda: desk.accept(ID, stale, "sections.1"),
    ):
        with pytest.raises(StaleDraft):
            change()
    assert desk.articles.open(ID) == before


def test_two_tabs_keep_both_texts(tmp_path: Path) -> None:
    """The second tab's change is refused and kept aside, whole: it can be compared and restored, and does not count."""
    desk = desks.desk(tmp_path, ONE)
    both_saw = seen(desk)
    first = desk.edit(ID, both_saw, WRITE)
    second = Edit("conclusion", EditAction.WRITE, "خاتمة من النافذة الثانية.")

    for _ in range(2):
        with pytest.raises(StaleDraft):
            desk.edit(ID, both_saw, second)

    review = desk.articles.open(ID)
    assert (review.article, review.status) == (first.article, ReviewStatus.EDITED)
    assert [event.decision for event in review.history.events] == [Decision.EDIT, Decision.ASIDE]
    kept = desk.past(ID, 2)[1]
    assert blocks.changed_places(ONE.draft, kept) == ("conclusion",)
    assert desk.restore(ID, review.digest, 2).article.draft == kept


def test_a_change_to_a_draft_that_never_was_is_only_refused(tmp_path: Path) -> None:
    """A made-up digest leaves no trace."""
    desk = desks.desk(tmp_path, ONE)

    with pytest.raises(StaleDraft):
        desk.edit(ID, "0" * 64, WRITE)
    assert desk.articles.open(ID).history.events == ()


def test_every_draft_that_ever_counted_can_be_had_again(tmp_path: Path) -> None:
    """Each entry of the history restores its exact draft, and 0 the machine's; restoring is itself kept."""
    desk = desks.desk(tmp_path, ONE)
    drafts = [ONE.draft]
    for number in range(3):
        edit = Edit("title", EditAction.WRITE, f"عنوان {number}")
        drafts.append(desk.edit(ID, seen(desk), edit).article.draft)

    for number in (1, 0, 3, 2):
        assert desk.restore(ID, seen(desk), number).article.draft == drafts[number]
    assert len(desk.articles.open(ID).history.events) == 7
    for number in (-1, 99):
        with pytest.raises(NoSuchDraft):
            desk.past(ID, number)


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.RETURN])
def test_a_refusal_has_a_reason(tmp_path: Path, decision: Decision) -> None:
    """Rejecting and sending back need a sentence, and keep it."""
    desk = desks.desk(tmp_path, ONE)
    with pytest.raises(EditRefused, match="reason"):
        desk.decide(ID, seen(desk), decision, "  ")

    review = desk.decide(ID, seen(desk), decision, " ناقص " + "س" * REASON_MOST)

    assert review.history.events[-1].reason.startswith("ناقص")
    assert len(review.history.events[-1].reason) == REASON_MOST
    assert review.status is {Decision.REJECT: ReviewStatus.REJECTED, Decision.RETURN: ReviewStatus.ATTENTION}[decision]


@pytest.mark.parametrize("decision", [Decision.EDIT, Decision.EXPORT, Decision.ASIDE])
def test_other_acts_are_no_decision(tmp_path: Path, decision: Decision) -> None:
    """Nobody edits or exports by deciding."""
    desk = desks.desk(tmp_path, ONE)

    with pytest.raises(EditRefused, match="decision must be"):
        desk.decide(ID, seen(desk), decision, "سبب")


def test_only_what_was_approved_is_exported_as_it_was_approved(tmp_path: Path) -> None:
    """An export holds the approved text in every format, no note to its editor, and a later run does not change it."""
    desk = desks.desk(tmp_path, desks.quoting(ONE, 3))  # with a figure, which is a note to the editor
    with pytest.raises(EditRefused, match="approved"):
        desk.export(ID, seen(desk))
    desk.edit(ID, seen(desk), WRITE)
    desk.decide(ID, seen(desk), Decision.APPROVE)
    desks.publish(tmp_path, NEWER)

    place = desk.export(ID, seen(desk))

    checksums = (place / "SHA256SUMS").read_text().splitlines()
    endings = ("clean.html", "clean.md", "docx", "html", "json", "md")
    assert sorted(line.split()[1] for line in checksums) == [f"article.{ending}" for ending in endings]
    assert {path.name for path in place.iterdir()} == {"SHA256SUMS", *(f"article.{ending}" for ending in endings)}
    assert all(WRITE.text in path.read_text() for path in place.glob("article.*") if path.suffix != ".docx")
    assert desk.articles.open(ID).article.report.editor_notes
    assert not any("للمحرر" in path.read_text() for path in place.glob("article.*") if path.suffix != ".docx")
    assert all(sha256((place / name).read_bytes()).hexdigest() == known for known, name in map(str.split, checksums))
    assert place.parent == tmp_path / "approved"
    assert desk.articles.open(ID).status is ReviewStatus.PUBLISHED
    assert desk.export(ID, seen(desk)) == place


def test_many_are_approved_and_exported_at_once(tmp_path: Path) -> None:
    """Each is judged by the digest that was shown; those that changed meanwhile are named, and the rest is done."""
    desk = desks.desk(tmp_path, *(desks.article(desks.video(number)) for number in range(3)))
    chosen = [(row.id, row.draft) for row in desk.articles.queue(QueueFilter()).rows]
    desk.edit(chosen[1][0], chosen[1][1], WRITE)

    failed = desk.decide_many([*chosen, ("nobody", "0")], Decision.APPROVE)

    assert [video for video, _ in failed] == [chosen[1][0], "nobody"]
    assert desk.articles.status_counts()[ReviewStatus.APPROVED] == 2
    assert [video for video, _ in desk.decide_many(chosen, Decision.EXPORT)] == [chosen[1][0]]
    assert desk.articles.status_counts()[ReviewStatus.PUBLISHED] == 2


def test_a_section_is_written_anew_from_its_own_passages_and_only_offered(tmp_path: Path) -> None:
    """The writer gets what the section cites and no more; the draft changes only when the proposal is accepted."""
    writer = Scripted("جملة من اقتراح الكاتب")
    desk = desks.desk(tmp_path, ONE, writer=writer)
    before = desk.articles.open(ID)

    desk.regenerate(ID, before.digest, "sections.1")

    (given,) = writer.given
    assert {p.heading for p in given.passages} < {p.heading for p in ONE.script.passages}
    assert desk.articles.open(ID) == before
    proposed = desk.proposed(ID, "sections.1")
    assert blocks.block(proposed, "sections.1.1").text == "جملة من اقتراح الكاتب."
    assert proposed.sections[0].heading == ONE.draft.sections[0].heading
    assert desk.accept(ID, before.digest, "sections.1").article.draft == proposed


def test_a_proposal_is_for_the_draft_it_was_made_for(tmp_path: Path) -> None:
    """After another change the proposal is not shown as if it fitted, and an unknown section is refused."""
    desk = desks.desk(tmp_path, ONE, writer=Scripted("جملة"))
    desk.regenerate(ID, seen(desk), "sections.1")
    desk.edit(ID, seen(desk), WRITE)

    for place in ("sections.1", "sections.2"):
        with pytest.raises(EditRefused, match="no proposal"):
            desk.proposed(ID, place)
    with pytest.raises(EditRefused, match="no such section"):
        desk.regenerate(ID, seen(desk), "sections.99")


def test_a_writer_without_words_changes_nothing(tmp_path: Path) -> None:
    """An empty answer is an error in a sentence, never an empty section."""
    desk = desks.desk(tmp_path, ONE, writer=Scripted())

    with pytest.raises(NothingWritten, match="nothing to say"):
        desk.regenerate(ID, seen(desk), "sections.1")


def test_a_section_without_evidence_cannot_be_written_anew(tmp_path: Path) -> None:
    """There is nothing to write it from."""
    desk = desks.desk(tmp_path, ONE, writer=Scripted("جملة"))
    desk.edit(ID, seen(desk), Edit("transition", EditAction.SECTION, "رياضة\nفاز الفريق الوطني بالبطولة."))

    with pytest.raises(EditRefused, match="cites nothing"):
        desk.regenerate(ID, seen(desk), "sections.1")


def test_a_corrected_name_is_learnt_and_offered_in_the_channel(tmp_path: Path) -> None:
    """What an editor spells anew and approves is offered in the channel's other drafts, and never applied."""
    desk = desks.desk(tmp_path, ONE, desks.article(desks.video(1)), desks.article(desks.video(2, channel="أخرى")))
    place = "background.1"
    desk.edit(ID, seen(desk), Edit(place, EditAction.REPLACE, "توركيا", wrong="تركيا"))
    assert desk.articles.open("video000001").terms == ()
    desk.decide(ID, seen(desk), Decision.APPROVE)

    other = desk.articles.open("video000001")

    assert [(term.wrong, term.right, term.video) for term in other.terms] == [("تركيا", "توركيا", ID)]
    assert "تركيا" in blocks.block(other.article.draft, place).text
    assert desk.articles.open("video000002").terms == ()
    desk.correct("video000001", "تركيا", "توركيا", kept=False)
    assert desk.articles.open("video000001").terms == ()


@pytest.mark.parametrize(("wrong", "right"), [("", "س"), ("س", ""), ("س", " س "), ("س" * 101, "ص")])
def test_a_correction_has_two_different_short_forms(tmp_path: Path, wrong: str, right: str) -> None:
    """Nothing empty, equal or endless comes into the glossary."""
    desk = desks.desk(tmp_path, ONE)

    with pytest.raises(EditRefused, match="correction"):
        desk.correct(ID, wrong, right)
