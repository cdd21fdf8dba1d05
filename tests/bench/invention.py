"""`make bench-invention`: what a language model makes of real talks, how much of it stands, and sentences to read.

Seven sermons and seven economy talks of the shared data, which is not ours to publish: nothing of it is kept, and the
articles go into a folder that is removed. The model is that of the settings (`--writer local` or `server`), or with
`--writer invents` one that copies the talk and invents in every second sentence.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from models.writers.llm_writer import LLMWriter
from pipeline.app.wiring import Tadwin, make_judge
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import figures
from pipeline.cli.progress import LineProgress
from pipeline.config import load
from pipeline.ports import Writer
from pipeline.settings import LibrarySettings, Settings
from pipeline.types.article import Article, Basis, Paragraph, RunResult
from pipeline.types.usage import TokenUsage
from tests.fakes.engines import Scripted, inventing

KINDS, EACH = ("sermon", "economy_talk"), 7


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of an article that is not a sentence of the talk, beside its evidence."""

    talk: str
    text: str
    evidence: tuple[str, ...]


def main() -> int:
    """Print a line a talk, the tally, and a sample; 1 when an article is not complete or cites what does not exist."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(wanted.writer, folder)
        tadwin = Tadwin(
            settings,
            LineProgress(steps=True) if wanted.verbose else lambda _event: None,
            writer=_writer(wanted.writer, settings),
        )
        return _report(_talks(wanted.shared, wanted.talks), tadwin, wanted.sample, wanted.seed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--writer", choices=("invents", "local", "server"), default="invents")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TADWIN_SHARED") or "../shared"))
    parser.add_argument("--talks", type=int, default=EACH, help="of each kind")
    parser.add_argument("--sample", type=int, default=100, help="sentences printed for reading")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def _settings(writer: str, folder: str) -> Settings:
    loaded = load({} if writer == "invents" else {"writer.kind": writer}).settings
    return replace(loaded, library=LibrarySettings(folder))


def _writer(kind: str, settings: Settings) -> Writer | None:
    if kind != "invents":
        return None
    return LLMWriter(Scripted(inventing(1), window=8192), settings.writer, settings.model.batch, make_judge(settings))


def _talks(shared: Path, each: int) -> list[Path]:
    folder = shared / "data" / "transcripts"
    found = [
        path
        for kind in KINDS
        for path in sorted(p for p in (folder / kind).glob("*") if p.suffix in {".srt", ".txt"})[:each]
    ]
    if not found:
        sys.exit(f"no talks in {folder}; say where they are with --shared")
    return found


def _report(talks: list[Path], tadwin: Tadwin, sample: int, seed: int) -> int:
    head = ("talk", "sections", "sentences", "written", "repaired", "copied", "dropped", "added", "embedded")
    print("".join(f"{name:>10}" for name in (*head, "findings", "used", "tokens/s")))
    tally: Counter[str] = Counter()
    told: list[Told] = []
    for number, path in enumerate(talks, 1):
        published = tadwin.run(str(path))
        if published.article is None:
            print(f"{number:>10}  {published.reason}")
            tally["missing"] += 1
            continue
        tally += _row(f"{path.parent.name[:6]} {number}", published.article, published)
        told += _reworded(f"{path.parent.name[:6]} {number}", published.article)
    _sum(tally, len(told))
    for each in random.Random(seed).sample(told, min(sample, len(told))):  # noqa: S311 - a sample to read
        print(f"\n[{each.talk}] {each.text}", *(f"    {text}" for text in each.evidence), sep="\n")
    return int(any(tally[name] for name in ("missing", "incomplete", "uncited", "invented figures", "invented names")))


def _row(name: str, article: Article, published: RunResult) -> Counter[str]:
    """Print what became of one talk; the counts of it."""
    account, report = article.draft.account, article.report
    assert account
    counts = (account.written, account.repaired, account.copied, len(account.dropped), account.added)
    rate = sum(published.usage.values(), TokenUsage()).rate
    row = (len(article.draft.sections), report.statements, *counts, len(account.embedded), len(report.findings))
    print(f"{name:>10}" + "".join(f"{each:>10}" for each in row) + f"{report.coverage.share:>10.0%}{rate:>10.1f}")
    names = ("written", "repaired", "copied", "dropped", "added")
    tally = Counter(dict(zip(names, counts, strict=True)))
    tally.update(finding.flaw.value for finding in report.findings)
    tally.update(statements=report.statements, verbatim=report.supported, **_independent(article))
    return tally


def _independent(article: Article) -> dict[str, int]:
    """What can be said without the program's own checks: form, citations, and figures and Latin names of the talk."""
    said = [sentence.text for sentence in article.script.sentences]
    known = {sentence.number for sentence in article.script.sentences}
    title = article.script.video.title
    numbers = figures(" ".join(said)).union(*map(figures, (*said, title)))
    vocabulary = {word for text in (*said, title, article.script.video.channel) for word in words(text)}
    body = [s for p in _paragraphs(article) for s in p.statements if s.basis is Basis.SPEECH]
    draft = article.draft
    whole = draft.title and draft.headline and draft.lead.statements and draft.sections
    return {
        "incomplete": int(not whole),
        "wrong citations": sum(not s.cites or not known.issuperset(s.cites) for s in body),
        "invented figures": sum(bool(figures(s.text) - numbers) for s in body),
        "invented names": sum(
            any(word[:1].isascii() and word.isalpha() and word not in vocabulary for word in words(s.text))
            for s in body
        ),
    }


def _reworded(name: str, article: Article) -> Iterator[Told]:
    """The statements that are no sentence of the talk."""
    said = {sentence.number: sentence.text for sentence in article.script.sentences}
    for paragraph in _paragraphs(article)[1:]:
        for statement in paragraph.statements:
            evidence = tuple(said[number] for number in statement.cites)
            own = words(statement.text.rpartition(": «")[2] or statement.text)
            if statement.basis is Basis.SPEECH and not any(words(text) == own for text in evidence):
                yield Told(name, statement.text, evidence)


def _paragraphs(article: Article) -> list[Paragraph]:
    draft = article.draft
    body = [paragraph for section in draft.sections for paragraph in section.paragraphs]
    optional = [part for part in (draft.challenges, draft.outlook, draft.conclusion) if part]
    return [draft.lead, *draft.background, *body, *optional]


def _sum(tally: Counter[str], reworded: int) -> None:
    model = sum(tally[kind] for kind in ("written", "repaired", "copied", "dropped"))
    print(f"\nof {model} sentences by the model:", end=" ")
    kinds = ("written", "repaired", "copied", "dropped")
    print(", ".join(f"{tally[kind]} {kind} ({tally[kind] / max(model, 1):.0%})" for kind in kinds))
    print(f"{tally['added']} of the speaker's own were added; {tally['statements']} sentences published,", end=" ")
    print(f"{tally['verbatim']} of them word for word, {reworded} in other words")
    rest = {name: count for name, count in tally.items() if name not in {*kinds, "added", "statements", "verbatim"}}
    print(", ".join(f"{name} {count}" for name, count in sorted(rest.items())))


if __name__ == "__main__":
    sys.exit(main())
