"""What a judge is asked, and what it can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.settings import VerifySettings
from pipeline.types.article import Finding, Flaw, Paragraph, Statement
from pipeline.verify.report import verify
from tests.fakes import articles
from tests.fakes.judges import AcceptingJudge

SETTINGS = VerifySettings()
TALK = articles.script()
GOOD = articles.draft(TALK)


class Doubter:
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
