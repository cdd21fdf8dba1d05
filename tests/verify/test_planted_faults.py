"""One fault at a time, in every place of a faithful article: each is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.arabic.boilerplate import NEGATIONS
from pipeline.arabic.normalize import words
from pipeline.settings import VerifySettings
from pipeline.types.article import Basis, Paragraph, Statement
from pipeline.verify.report import verify
from tests.fakes import articles
from tests.fakes.judges import AcceptingJudge

TALK = articles.script()
GOOD = articles.draft(TALK)
SAID = [statement for section in GOOD.sections for part in section.paragraphs for statement in part.statements]
SAID += [
    statement for part in (*GOOD.background, GOOD.challenges, GOOD.outlook) if part for statement in part.statements
]


def without_negation(statement: Statement) -> Iterator[Statement]:
    """The statement without one of its negations."""
    tokens = statement.text.split()
    for index, token in enumerate(tokens):
        if NEGATIONS.intersection(words(token)):
            yield replace(statement, text=" ".join(tokens[:index] + tokens[index + 1 :]))


def with_another_number(statement: Statement) -> Iterator[Statement]:
    """The statement with one figure raised by one."""
    for found in re.finditer(r"\d+", statement.text):
        changed = str(int(found[0]) + 1)
        yield replace(statement, text=statement.text[: found.start()] + changed + statement.text[found.end() :])


def with_a_word_more(statement: Statement) -> Iterator[Statement]:
    """The statement with a word that nobody said, at every place."""
    tokens = statement.text.split()
    for index in range(len(tokens) + 1):
        yield replace(statement, text=" ".join((*tokens[:index], "الفضيحة", *tokens[index:])))


def with_another_name(statement: Statement) -> Iterator[Statement]:
    """The statement with another Latin name."""
    for found in re.finditer(r"[A-Za-z]+", statement.text):
        yield replace(statement, text=statement.text[: found.start()] + "Acme" + statement.text[found.end() :])


def with_words_exchanged(statement: Statement) -> Iterator[Statement]:
    """The statement with two words exchanged, one between them."""
    tokens = statement.text.split()
    for index in range(len(tokens) - 2):
        if words(tokens[index]) != words(tokens[index + 2]):
            changed = list(tokens)
            changed[index], changed[index + 2] = tokens[index + 2], tokens[index]
            yield replace(statement, text=" ".join(changed))


def with_another_source(statement: Statement) -> Iterator[Statement]:
    """The statement citing any other sentence of the talk."""
    for sentence in TALK.sentences:
        if sentence.number not in statement.cites:
            yield replace(statement, cites=(sentence.number,))


FAULTS = {
    "negation": (without_negation, 3),
    "number": (with_another_number, 8),
    "word": (with_a_word_more, 200),
    "name": (with_another_name, 2),
    "order": (with_words_exchanged, 140),
    "source": (with_another_source, 300),
}


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_goes_unseen(name: str) -> None:
    """Of all places where this fault can be put, not one is passed over."""
    make, least = FAULTS[name]
    faults = [fault for statement in SAID for fault in make(statement)]
    unseen = [fault for fault in faults if not found(fault)]

    assert len(faults) >= least
    assert unseen == []


def test_without_a_fault_nothing_is_found() -> None:
    """The same statements as they are make no finding."""
    assert [statement for statement in SAID if found(statement)] == []


def found(statement: Statement) -> bool:
    """Whether a draft that is otherwise faithful has a finding at this statement."""
    assert statement.basis is Basis.SPEECH
    draft = replace(GOOD, outlook=Paragraph((statement,)))
    report = verify(draft, TALK, VerifySettings(gap_minutes=1000), AcceptingJudge())
    return any(finding.place == "outlook" for finding in report.findings)
