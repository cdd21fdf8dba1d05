"""Drafts written by scripted models, and helpers that look into them."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from models.llm.engine import Engine, Prompt
from models.writers.article_writer import ArticleWriter
from models.writers.llm_writer import LLMWriter
from models.writers.settling import WatchedJudging
from pipeline.events import Event
from pipeline.ports import Judge
from pipeline.settings import VerifySettings, WriterSettings
from pipeline.types.article import Draft, Paragraph, Report, Script, Statement
from pipeline.verify.report import verify
from tests.fakes.engines import Asked, Scripted, honest
from tests.fakes.judges import AcceptingJudge, unwatched
from tests.fakes.scripts import TALK, script

LONG = (
    ("منبع الفرات ومجراه", TALK[0][1] * 3),
    *TALK[1:3],
    ("قناة طويلة", tuple(t for _, p in TALK[1:5] for t in p) * 4),
)
"""A talk with one passage of 44 sentences."""


def long_talk(passages: int, sentences: int) -> Script:
    """A talk of so many passages with so many sentences each, no two of which share a run of words."""
    known = [word for _, texts in TALK[1:] for text in texts for word in text.split() if word.isalpha()]
    generator = random.Random(1)  # noqa: S311 - a test
    texts = [tuple(" ".join(generator.sample(known, 11)) for _ in range(sentences)) for _ in range(passages)]
    return script([(f"{TALK[at % len(TALK)][0]} {known[at]}", each) for at, each in enumerate(texts)])


def writer(engine: Engine, heard: list[Event] | None = None, batch: int = 4) -> LLMWriter:
    """The writer with a language model, with the default settings."""
    report = (heard if heard is not None else []).append
    return LLMWriter(engine, WriterSettings(), batch, AcceptingJudge(), report)


def judged_writer(
    engine: Engine, judge: Judge, watched: WatchedJudging = unwatched, **settings: object
) -> ArticleWriter:
    """The writer with a judge, and the strict one behind it; other `WriterSettings` than the usual ones by name."""
    chosen = replace(WriterSettings(), **settings)  # type: ignore[arg-type]
    return ArticleWriter(engine, chosen, 4, judge, strict=LLMWriter(engine, chosen, 4, judge), watched=watched)


def write(engine: Scripted, talk: Script | None = None) -> Draft:
    """The draft of the usual talk."""
    return writer(engine).write(talk or script())


def checked(draft: Draft, talk: Script | None = None) -> Report:
    """Its verification report."""
    return verify(draft, talk or script(), VerifySettings(), AcceptingJudge())


def paragraphs(draft: Draft) -> list[Paragraph]:
    """Every paragraph in the order it is read."""
    optional = [part for part in (draft.challenges, draft.outlook, draft.conclusion) if part]
    body = [paragraph for section in draft.sections for paragraph in section.paragraphs]
    return [draft.lead, *draft.background, draft.transition, *body, *optional]


def spoken(draft: Draft) -> list[Statement]:
    """Every statement about the speech."""
    return [statement for part in paragraphs(draft) for statement in part.statements if statement.cites]


def told(draft: Draft) -> list[str]:
    """The sentences about the speech, without their full stops."""
    return [statement.text.rstrip(".") for statement in spoken(draft)]


def section(draft: Draft, number: int = 0) -> list[Statement]:
    """The statements of one section."""
    return [statement for paragraph in draft.sections[number].paragraphs for statement in paragraph.statements]


def complete(draft: Draft, talk: Script) -> bool:
    """Whether every part of the form is there, and every citation names a sentence of the talk."""
    known = {sentence.number for sentence in talk.sentences}
    whole = draft.title and draft.headline and draft.lead.statements and draft.conclusion
    filled = all(part.statements for part in paragraphs(draft) if part is not draft.transition) and all(
        s.heading for s in draft.sections
    )
    return bool(whole and draft.sections and filled and all(known.issuperset(s.cites) for s in spoken(draft)))


def answering(reply: str) -> Scripted:
    """A model that gives one reply in the first section, and is honest elsewhere."""

    def rule(prompt: Prompt, ask: Asked) -> str:
        return reply if ask.kind == "section" and dams(prompt) else honest(prompt, ask)

    return Scripted(rule)


def dams(prompt: Prompt) -> bool:
    """Whether a prompt contains a sentence of the first section, which is about dams."""
    return any(text in prompt.user for text in TALK[1][1])


def numbered(prompt: Prompt) -> list[str]:
    """The sentences that a prompt shows."""
    return [re.sub(r"^\[\d+\] ", "", row) for row in prompt.user.splitlines() if row.startswith("[")]
