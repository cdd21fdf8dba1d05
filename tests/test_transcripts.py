"""All real transcripts become articles or are refused, where the folder of shared data is present."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.app.wiring import Tadwin
from pipeline.arabic.normalize import words
from pipeline.settings import LibrarySettings, Settings
from pipeline.types.article import Article, Basis, Paragraph, RunStatus
from tests.figures import Tell


@pytest.mark.slow
def test_every_real_transcript_becomes_an_article(shared: Path, tmp_path: Path, tell: Tell) -> None:
    """44 transcripts: 44 articles or clear refusals, no crash, and not one sentence that was not said."""
    tadwin = Tadwin(Settings(library=LibrarySettings(str(tmp_path))))
    files = sorted(p for p in (shared / "data" / "transcripts").glob("*/*") if p.suffix in {".srt", ".txt"})
    counts: Counter[str] = Counter()
    for file in files:
        outcome = tadwin.run(str(file))
        counts[outcome.status.value] += 1
        if outcome.article is None:
            assert outcome.reason
            assert outcome.hint
        else:
            counts["statements"] += outcome.article.report.statements
            counts["invented"] += len(invented(outcome.article))
    tell(f"{len(files)} transcripts: {dict(counts)}")

    assert len(files) == 44
    assert counts[RunStatus.DONE] + counts[RunStatus.FLAWED] + counts[RunStatus.FAILED] == 44
    assert counts[RunStatus.DONE] + counts[RunStatus.FLAWED] >= 40
    assert counts["invented"] == 0


def invented(article: Article) -> list[str]:
    """Statements of the body of which anything in quotation marks does not stand so, after folding, in what they cite.

    Independent of the program's own checking: a statement without a quotation counts, too.
    """
    said = {sentence.number: words(sentence.text) for sentence in article.script.sentences}
    found = []
    for statement in (each for paragraph in body(article) for each in paragraph.statements):
        cited = tuple(word for number in statement.cites for word in said[number])
        quotes = re.findall("«([^«»]+)»", statement.text)
        if statement.basis is Basis.SPEECH and not (quotes and all(_stands(words(quote), cited) for quote in quotes)):
            found.append(statement.text)
    return found


def _stands(quote: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return any(said[at : at + len(quote)] == quote for at in range(len(said) - len(quote) + 1))


def body(article: Article) -> list[Paragraph]:
    """All paragraphs but the lead, whose list of subjects is made of headings."""
    draft = article.draft
    optional = [part for part in (draft.challenges, draft.outlook, draft.conclusion) if part]
    sections = [paragraph for section in draft.sections for paragraph in section.paragraphs]
    return [*draft.background, *sections, *optional]
