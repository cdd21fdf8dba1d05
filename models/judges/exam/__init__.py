"""The judge's exam: 240 statements, true and false, about ten talks that trained nothing. README.md tells the rest."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.verify.claims import known_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_TURN = re.compile(r">> ([^:]+): ")
_VERSE_PLACE = re.compile(r"\{[^{}]*\}")
_DROPPED = re.compile(r"\[-.*?-\]")
_SPACES = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """One sentence of a talk."""

    number: int
    """From 1, in its talk."""
    voice: str
    """Who says it: the name of a speaker."""
    text: str
    """As an editor prints it: repeats and false starts left out."""


@dataclass(frozen=True, slots=True)
class ExamItem:
    """A statement with all that is needed to decide whether it is true."""

    talk: str
    statement: str
    evidence: tuple[EvidenceSentence, ...]
    label: bool
    kind: str
    """Of a true one how near it stays to the wording, of a false one its fault."""
    made_from: str = ""
    """What kind of true statement a false one was made from."""
    known: tuple[str, ...] = ()
    """What is known of the talk, as `Claim.known`: title, channel, date, and its speaker where it has one alone."""


def exam_items() -> tuple[ExamItem, ...]:
    """All statements of the exam, talk by talk."""
    folder = files("models").joinpath("judges", "exam")
    places = sorted(folder.joinpath("talks").iterdir(), key=lambda place: place.name)
    return tuple(item for place in places for item in _items(folder, place))


def _items(folder: Traversable, place: Traversable) -> Iterator[ExamItem]:
    name = place.name.removesuffix(".txt")
    text = place.read_text(encoding="utf-8")
    sentences, known = read_sentences(text), _known(text)
    for line in folder.joinpath("statements", f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        evidence = tuple(sentences[number - 1] for number in row["lines"])
        yield ExamItem(name, row["statement"], evidence, row["label"], row["kind"], row.get("made_from", ""), known)


def _known(talk: str) -> tuple[str, ...]:
    head = [line[2:].partition(": ")[::2] for line in talk.splitlines() if line.startswith("@ ")]
    named = dict(head)
    speakers = [value.rpartition(", ")[0] for name, value in head if name == "speaker"]
    known = known_facts(named["title"], named["channel"], date.fromisoformat(named["published"]))
    return (*known, f"المتحدث: {speakers[0]}") if len(speakers) == 1 else known


def read_sentences(talk: str) -> tuple[EvidenceSentence, ...]:
    """The sentences in the text of a talk's file, in order."""
    voice = next((line[11:].rpartition(", ")[0] for line in talk.splitlines() if line.startswith("@ speaker: ")), "")
    found: list[EvidenceSentence] = []
    for line in map(str.strip, talk.splitlines()):
        if not line or line.startswith(("@ ", "# ")):
            continue
        turn = _TURN.match(line)
        voice = turn[1] if turn else voice
        found.append(EvidenceSentence(len(found) + 1, voice, printed(line[turn.end() :] if turn else line)))
    return tuple(found)


def printed(line: str) -> str:
    """A sentence without what an editor drops (`[-…-]`) and without the places of verses (`{sura:number}`)."""
    return _SPACES.sub(" ", _VERSE_PLACE.sub("", _DROPPED.sub("", line))).strip()
