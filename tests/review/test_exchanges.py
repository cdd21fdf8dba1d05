"""A name, a figure or a word exchanged by an editor is a finding at once, in whatever talk."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.app.wiring import Tadwin
from pipeline.review.edits import Edit, EditAction, apply_edit
from pipeline.review.recheck import HINTS, recheck
from pipeline.settings import LibrarySettings, Settings
from pipeline.types.article import Article
from tests.fakes.judges import AcceptingJudge
from tests.figures import Tell
from tests.review.exchanges import Exchange, Kind, exchanges, typed

TALKS = (
    *("economy_talk/dbhTXDLiysk.txt", "economy_talk/_8xk5xFhtHA.txt", "economy_talk/Fd48_W3Eg4w.txt"),
    *("sermon/93cXyLSSK7I.srt", "sermon/CJy5RuLGvPs.srt", "science_show/01.txt"),
)
SETTINGS = Settings()


def article(folder: Path, request: str) -> Article:
    """The embedded writer's article of a talk."""
    made = Tadwin(Settings(library=LibrarySettings(str(folder)))).run(request).article
    assert made is not None
    return made


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Article:
    """The article of the talk that comes with the program."""
    return article(tmp_path_factory.mktemp("bundled"), str(files("pipeline") / "sample" / "talk.ar.json3"))


def unnoticed(of: Article, kind: Kind, seed: int = 1) -> tuple[int, list[Exchange], int]:
    """How many sentences had something exchanged, those without a finding, and how many findings are certain."""
    made, draft = exchanges(of, kind, seed), of.draft
    for place, text in typed(draft, made).items():
        draft = apply_edit(draft, Edit(place, EditAction.WRITE, text))
    report = recheck(of, draft, SETTINGS.verify, AcceptingJudge())
    found = {(finding.place, " ".join(finding.text.split()[:-1])): finding for finding in report.findings}
    certain = sum(finding.flaw not in HINTS for finding in report.findings)
    return len(made), [each for each in made if (each.place, " ".join(each.after.split()[:-1])) not in found], certain


@pytest.mark.parametrize("kind", Kind)
def test_what_was_exchanged_in_the_bundled_talk_is_a_finding(bundled: Article, kind: Kind, tell: Tell) -> None:
    """No sentence passes in which one name, figure or word came for another."""
    made, passed, _ = unnoticed(bundled, kind)
    tell(f"{kind.value}s exchanged in the bundled talk that pass: {len(passed)} of {made}")

    assert passed == []
    assert made > 10 if kind is not Kind.FIGURE else made


@pytest.mark.slow
@pytest.mark.parametrize("kind", Kind)
def test_what_was_exchanged_in_real_talks_is_a_finding(shared: Path, tmp_path: Path, kind: Kind, tell: Tell) -> None:
    """The same in six talks of several kinds, with captions by people and by machine."""
    total = 0
    passed: list[Exchange] = []
    for talk in TALKS:
        made, unseen, _ = unnoticed(article(tmp_path, str(shared / "data" / "transcripts" / talk)), kind)
        total, passed = total + made, passed + unseen
    tell(f"{kind.value}s exchanged in real talks that pass: {len(passed)} of {total}")

    assert passed == []
    assert total >= 25
