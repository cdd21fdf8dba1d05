"""The report on a person's draft knows what stood there before."""

from __future__ import annotations

from pipeline.review.edits import Edit, EditAction, apply_edit
from pipeline.review.recheck import HINTS, recheck
from pipeline.types.article import Article, Finding, Flaw
from tests.fakes import desks
from tests.fakes.judges import AcceptingJudge

ONE = desks.article()
BAD = desks.flawed(ONE)


def after(place: str, text: str, of: Article = ONE) -> list[Finding]:
    """The findings at a place once it reads so."""
    draft = apply_edit(of.draft, Edit(place, EditAction.WRITE, text))
    report = recheck(of, draft, desks.SETTINGS.verify, AcceptingJudge())
    return [finding for finding in report.findings if finding.place == place]


def test_an_untouched_draft_has_the_machines_report() -> None:
    """Nothing was brought in, so nothing is said."""
    assert recheck(BAD, BAD.draft, desks.SETTINGS.verify, AcceptingJudge()) == BAD.report


def test_a_name_that_a_heading_brings_in_is_certain() -> None:
    """What stands under it does not name that country; other new words are to look at."""
    assert (Flaw.NAME, "الصين") in [(each.flaw, each.detail) for each in after("sections.1", "سدود الصين")]
    assert {each.flaw for each in after("sections.1", "سدود عجيبة")} <= HINTS


def test_a_name_exchanged_in_a_sentence_about_the_metadata_is_certain() -> None:
    """The channel of another country is not what the video says of itself."""
    lead = " ".join(each.text for each in ONE.draft.lead.statements)
    assert "قناة النهر" in lead

    found = after("lead", lead.replace("قناة النهر", "قناة العراق"))

    assert [(each.flaw, each.detail) for each in found if each.flaw not in HINTS] == [(Flaw.NAME, "العراق")]


def test_what_the_machine_invented_is_not_excused_by_having_stood_there() -> None:
    """An edit beside a wrong figure leaves its finding."""
    text = " ".join(each.text for each in BAD.draft.sections[0].paragraphs[0].statements)

    found = after("sections.1.1", text.replace("في البحر", "في البحر كله"), BAD)

    assert (Flaw.NUMBER, "77") in [(each.flaw, each.detail) for each in found]
    assert any("سفينة" in each.detail for each in found if each.flaw is Flaw.UNSUPPORTED)
