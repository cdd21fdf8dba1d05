"""What a judge is asked, and what it can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.judges.odds import OddsJudge
from pipeline.arabic.labels import UNQUOTED, UNSURE
from pipeline.settings import VerifySettings
from pipeline.types.article import Finding, Flaw, Paragraph, Statement
from pipeline.types.judging import Verdict, VerdictKind
from pipeline.verify.report import verify
from tests.fakes import articles
from tests.fakes.examinees import RulingJudge
from tests.fakes.judges import AcceptingJudge

SETTINGS = VerifySettings()
TALK = articles.script()
GOOD = articles.draft(TALK)


class Doubter(OddsJudge):
    """A `Judge` that believes nothing, and remembers what it was asked."""

    identity = "doubter"

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.asked: list[list[tuple[str, str]]] = []

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """The least odds."""
        self.asked.append(list(pairs))
        return (0.01,) * len(pairs)


def test_the_judge_is_asked_once_about_what_is_reworded() -> None:
    """What stands word for word needs no judge; the evidence is all that is cited, in the order it was said."""
    doubter = Doubter()
    moved = Statement("في عامين أصلحنا 120 كيلومترًا", (10, 9))
    report = verify(replace(GOOD, outlook=Paragraph((moved,))), TALK, SETTINGS, doubter)
    evidence = f"{TALK.sentences[8].text} {TALK.sentences[9].text}"

    assert doubter.asked == [[(moved.text, evidence)]]
    assert report.findings == (Finding(Flaw.UNSUPPORTED, "outlook", moved.text, "1%"),)
    assert report.supported == report.statements - 1


def test_a_judge_cannot_excuse_what_words_show() -> None:
    """Full odds leave a wrong figure wrong."""
    wrong = replace(GOOD, outlook=Paragraph((Statement("أصلحنا 75 كيلومترًا في عامين", (10,)),)))

    assert (Flaw.NUMBER, "75") in {(f.flaw, f.detail) for f in verify(wrong, TALK, SETTINGS, AcceptingJudge()).findings}
    assert AcceptingJudge().support([("", "")] * 3) == (1.0, 1.0, 1.0)


def by_kind(kind: VerdictKind, **more: object) -> RulingJudge:
    """A trusted judge with one answer for everything."""
    return RulingJudge(lambda _: Verdict(kind, **more))  # type: ignore[arg-type]


REWORDED = Statement("خلال سنتين جرى إصلاح 120 كيلومترًا من الأقنية", (10, 9))


def test_a_trusted_judge_lets_words_stand_that_were_not_said() -> None:
    """What it supports has no finding and is counted once, with who confirmed it; it sees what is cited."""
    judge = by_kind(VerdictKind.SUPPORTED)
    report = verify(replace(GOOD, outlook=Paragraph((REWORDED,))), TALK, SETTINGS, judge)
    claim = judge.asked[0][0]

    assert report.findings == ()
    assert (report.supported, report.confirmed, report.open) == (report.statements - 1, 1, 0)
    assert report.judge == "ruling"
    assert claim.evidence == tuple(sentence.text for sentence in TALK.sentences[8:10])
    assert claim.known[0].endswith(TALK.video.title)


def test_a_trusted_judge_refuses_with_the_words_that_fail() -> None:
    """Failing words, doubt and a missing quotation are told apart, and the statement stays open."""
    draft = replace(GOOD, outlook=Paragraph((REWORDED,)))
    details = [
        verify(draft, TALK, SETTINGS, judge).findings[0].detail
        for judge in (
            by_kind(VerdictKind.UNSUPPORTED, failing="خلال سنتين"),
            by_kind(VerdictKind.UNSURE),
            by_kind(VerdictKind.UNSURE, unquoted=True),
        )
    ]
    report = verify(draft, TALK, SETTINGS, by_kind(VerdictKind.UNSURE))

    assert details == ["خلال سنتين", UNSURE, UNQUOTED]
    assert (report.confirmed, report.open, report.judge) == (0, 1, "")


def test_code_refuses_for_certain_whatever_a_trusted_judge_says() -> None:
    """A figure that was not said is a finding, and no statement with one is confirmed."""
    wrong = Statement("جرى إصلاح 75 كيلومترًا من الأقنية خلال سنتين", (10,))
    report = verify(replace(GOOD, outlook=Paragraph((wrong,))), TALK, SETTINGS, by_kind(VerdictKind.SUPPORTED))

    assert [(finding.flaw, finding.detail) for finding in report.findings] == [(Flaw.NUMBER, "75")]
    assert (report.confirmed, report.open) == (0, 1)


def test_a_trusted_judge_decides_about_headings_of_other_words() -> None:
    """A heading whose words were not said is asked about together with the statements."""
    heading = "مستقبل غامض للمحاصيل النادرة"
    draft = replace(GOOD, sections=(replace(GOOD.sections[0], heading=heading), *GOOD.sections[1:]))
    asked = by_kind(VerdictKind.SUPPORTED)

    assert verify(draft, TALK, SETTINGS, asked).findings == ()
    assert asked.asked[0][-1].text.endswith(heading)
    assert verify(draft, TALK, SETTINGS, by_kind(VerdictKind.UNSUPPORTED)).findings[0].text == heading
