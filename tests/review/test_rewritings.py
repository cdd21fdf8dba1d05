"""An honest rewriting is left in peace: true sentences in other words, written without a look at the checker.

They are the true statements of the judge's exam, each typed over the very words of the talk that it rests on. The
judge's replies are those of a strong model, recorded when it sat that exam.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import pytest

from models.judges.exam import ExamItem, exam_items, read_sentences
from models.judges.examination import as_claim, exam_order
from pipeline.app.wiring import make_examinee
from pipeline.ports import Judge
from pipeline.review.edits import Edit, EditAction, apply_edit
from pipeline.review.recheck import HINTS, recheck
from pipeline.types.article import (
    Article,
    Draft,
    Finding,
    Paragraph,
    Passage,
    Script,
    Section,
    Sentence,
    Statement,
    Track,
    TrackOrigin,
    Video,
)
from pipeline.types.judging import Claim, Verdict
from tests.fakes import desks
from tests.fakes.judges import AcceptingJudge
from tests.fakes.recordings import replaying
from tests.figures import Tell
from tests.sample.make_model_example import RECORDED, settings_for

ROUND_TALKS = 3
"""Talks that the exam asked about at once."""


@dataclass(frozen=True)
class RecordedJudge:
    """A trusted `Judge` that says what it said once."""

    said: Mapping[str, Verdict]
    identity: str = "recorded"
    trusted: bool = True

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """The recorded verdict on each claim."""
        return tuple(self.said[claim.text] for claim in claims)


@pytest.fixture(scope="module")
def recorded() -> RecordedJudge:
    """What the model said about every statement of the exam."""
    said: dict[str, Verdict] = {}
    talks = exam_order(exam_items())
    with replaying(RECORDED) as server, tempfile.TemporaryDirectory() as folder:
        judge = make_examinee(settings_for(server.url, folder))
        for begin in range(0, len(talks), ROUND_TALKS):
            claims = [as_claim(item) for talk in talks[begin : begin + ROUND_TALKS] for item in talk]
            said |= zip((claim.text for claim in claims), judge.verdicts(claims), strict=True)
    return RecordedJudge(said)


def spoken(talk: str, items: Iterable[ExamItem]) -> Article:
    """An article in which each of these items stands in the words of the talk, a paragraph each."""
    text = files("models").joinpath("judges", "exam", "talks", f"{talk}.txt").read_text("utf-8")
    title = next(line.removeprefix("@ title: ") for line in text.splitlines() if line.startswith("@ title: "))
    passage = Passage("", tuple(Sentence(each.number, each.text) for each in read_sentences(text)))
    script = Script(Video(talk, title), Track("ar", TrackOrigin.MANUAL), (passage,))
    paragraphs = tuple(
        Paragraph((Statement(" ".join(each.text for each in item.evidence), tuple(e.number for e in item.evidence)),))
        for item in items
    )
    empty = Paragraph(())
    return desks.checked(
        script,
        Draft(
            title, title, empty, (), empty, (Section("", paragraphs),), challenges=None, outlook=None, conclusion=None
        ),
    )


def retold(judge: Judge, *, label: bool) -> list[tuple[str, list[Finding]]]:
    """Each true or false statement that an editor typed over the words of the talk, with the findings on it."""
    told: list[tuple[str, list[Finding]]] = []
    for talk in exam_order(exam_items()):
        items = [item for item in talk if item.label is label]
        base = spoken(items[0].talk, items)
        draft = base.draft
        places = [f"sections.1.{number}" for number in range(1, len(items) + 1)]
        for place, item in zip(places, items, strict=True):
            draft = apply_edit(draft, Edit(place, EditAction.WRITE, item.statement))
        found = recheck(base, draft, desks.SETTINGS.verify, judge).findings
        told += [
            (item.statement, [finding for finding in found if finding.place == place])
            for place, item in zip(places, items, strict=True)
        ]
    return told


def test_no_true_rewriting_has_a_finding_of_certainty(tell: Tell) -> None:
    """What code says for certain is never said of a sentence that is true; without a judge the rest is to look at."""
    told = retold(AcceptingJudge(), label=True)
    certain = [text for text, found in told if any(finding.flaw not in HINTS for finding in found)]
    tell(f"true rewritings with a finding of certainty: {len(certain)} of {len(told)}")

    assert certain == []
    assert len(told) >= 50


def test_a_judge_that_reads_leaves_true_rewritings_without_a_finding(recorded: RecordedJudge, tell: Tell) -> None:
    """With its recorded replies at most one in twenty keeps a finding, and no false one is let through."""
    true, false = (retold(recorded, label=label) for label in (True, False))
    doubted = [text for text, found in true if found]
    passed = [text for text, found in false if not found]
    tell(f"true rewritings with a finding after a recorded judge: {len(doubted)} of {len(true)}")
    tell(f"false rewritings without a finding after it: {len(passed)} of {len(false)}")

    assert len(doubted) <= len(true) / 20
    assert passed == []
