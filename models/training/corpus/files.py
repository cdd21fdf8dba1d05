"""The files of the corpus and of the exam: talks, statements, splits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import models
from models.training.corpus.talks import Talk, parse

CORPUS = Path(__file__).parent
MARKED = CORPUS / "marked"
"""Talks of which only the marks, the spelling and the headings are used: nobody wrote statements about them."""
EXAM = Path(models.__file__).parent / "judges" / "exam"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said about a talk, true or false."""

    talk: str
    lines: tuple[int, ...]
    """Numbers of the sentences that decide it."""
    text: str
    label: bool
    kind: str
    """How a true one was written, or what fault a false one has."""
    made_from: str = ""
    """How the true statement was written that a false one was made from."""


def talks(folder: Path) -> tuple[Talk, ...]:
    """The talks of the corpus, of its marked part or of the exam, by name."""
    paths = sorted((folder / "talks").glob("*.txt"))
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def statements(folder: Path) -> tuple[Statement, ...]:
    """The statements of the corpus or of the exam, talk by talk."""
    return tuple(
        _statement(path.stem, line)
        for path in sorted((folder / "statements").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def _statement(talk: str, line: str) -> Statement:
    row = json.loads(line)
    row["text"], row["lines"] = row.pop("statement"), tuple(row["lines"])
    return Statement(talk, **row)
