"""The writer with a language model: section by section, with every sentence checked against the talk."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from models.llm.prompts import prompt_digests, sanitize
from models.llm.replies import has_markup
from models.writers import outline, phrasing
from models.writers.grounding import COMPLAINTS, same_statement
from models.writers.quoting import quoting_draft
from models.writers.section_generator import SectionGenerator, SectionTask
from pipeline.arabic import labels, voice
from pipeline.arabic.normalize import words
from pipeline.arabic.salience import aside_reason
from pipeline.codec import digest
from pipeline.errors import NoSentence
from pipeline.events import Reporter, silent
from pipeline.types.article import Draft, Flaw, Paragraph, Section, Sentence, Statement
from pipeline.types.usage import GenerationStats
from pipeline.verify.check import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from models.llm.engine import Engine, Prompt
    from models.writers.outline import Outline, OutlinePart, Said
    from models.writers.section_generator import GeneratedSection
    from pipeline.ports import Judge
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Passage, Script

VERSION: Final = 10
"""Raise it if the same replies would make another article."""
PROMPTS: Final = ("section", "part", "repair", "again")
HEADINGS_SHOWN: Final = 3
"""Earlier headings that a prompt names for context (PODTILE: +11 % ROUGE)."""
LEAD_SECTIONS, LEAD_MOST = 8, 2
"""The most sections whose first sentences the lead is written from, and the most sentences it gets from them."""
HEADING_LEAST, HEADING_MOST = 2, 8
"""Words of a heading that is taken from the model."""
TURNS: Final = frozenset({Flaw.NEGATION, Flaw.ASSERTED})
"""Flaws that disqualify a heading; the order and form of its words are free."""
_PARTS: Final = {
    "lead": "خلاصة تقول أهم ما ورد",
    labels.BACKGROUND: "فقرة تمهّد للموضوع",
    labels.CHALLENGES: "فقرة عن التحديات التي ذكرها الكلام",
    labels.OUTLOOK: "فقرة عما ينتظر في المستقبل كما ذكره الكلام",
    labels.CONCLUSION: "خاتمة من آخر الكلام",
}
_EARLIER: Final = "أقسام سابقة: "
_PHRASES: Final = digest((_EARLIER, tuple(_PARTS.items()), tuple(sorted(labels.FLAWS.items())), COMPLAINTS))[:12]
"""Names the prompt text outside the prompt files, so that rewording it makes new drafts."""


class LLMWriter:
    """A `Writer` that has a language model write, and holds it to the transcript."""

    def __init__(  # noqa: PLR0913 - its surroundings, each named
        self,
        engine: Engine,
        settings: WriterSettings,
        batch: int,
        judge: Judge,
        report: Reporter = silent,
        *,
        forget: Callable[[Sequence[Prompt]], None] = lambda _: None,
    ) -> None:
        """`batch` prompts are handed to the engine at once; `forget` is told of those whose replies stand nowhere."""
        self._engine, self._settings, self._batch = engine, settings, batch
        self._judge, self._report, self._forget = judge, report, forget

    @property
    def identity(self) -> str:
        """Everything that changes the text: version, model, prompts, judge, settings."""
        settings = f"{self._settings.section_sentences}, {self._settings.section_share:g}"
        prompts = ", ".join((*prompt_digests(PROMPTS), f"phrases {_PHRASES}"))
        made = (self._engine.identity, prompts, f"judge {self._judge.identity}", settings)
        return f"composer {VERSION} ({'; '.join(made)})"

    def write(self, script: Script) -> Draft:
        """The draft; raises `ModelError` if the model cannot be used or the talk has no sentence fit for an article."""
        plan = outline.make_outline(script)
        generator = SectionGenerator(self._engine, self._batch, self._judge, self._report)
        passages = [(p, told) for p in plan.sections if (told := telling(plan.free(p)))]
        tasks = [self._section_task(script, passage, told) for passage, told in passages]
        written = generator.write(tasks, "sections")
        sections = _sections(script, [passage for passage, _ in passages], written)
        if not sections:
            raise NoSentence(outline.NO_SENTENCE)
        named = dict(_part_tasks(script, plan, sections))
        parts = dict(zip(named, generator.write(tuple(named.values()), "parts"), strict=True))
        parts["lead"] = parts["lead"].without([said for piece in written for said in piece.said])
        account = self._account(written, parts, sections)
        if not account.written + account.repaired + account.copied:
            self._forget(generator.prompts)
            return replace(quoting_draft(script, self._settings.quoted_share), account=account)
        return _draft(script, sections, parts, account)

    def _section_task(self, script: Script, passage: Passage, told: tuple[Sentence, ...]) -> SectionTask:
        at = script.passages.index(passage)
        before = [sanitize(p.heading) for p in script.passages[max(at - HEADINGS_SHOWN, 0) : at] if p.heading]
        values = {
            "title": sanitize(script.video.title),
            "before": f"{_EARLIER}{'، '.join(before)}" if before else "",
        }
        return SectionTask("section", told, outline.section_limit(len(told), self._settings), values, _facts(script))

    def _account(
        self, written: Sequence[GeneratedSection], parts: dict[str, GeneratedSection], sections: Sequence[Section]
    ) -> GenerationStats:
        tally = sum((piece.tally for piece in (*written, *parts.values())), Counter[str]())
        embedded = [
            s.heading for s, piece in zip(sections, _filled(written), strict=True) if piece.embedded and s.heading
        ]
        embedded += [name for name, piece in parts.items() if piece.embedded and piece.said]
        useless = {reason for piece in (*written, *parts.values()) for reason in piece.useless}
        if not useless and not tally["written"] + tally["repaired"] + tally["copied"]:
            useless = {"unfounded"}
        return GenerationStats(
            model=self._engine.identity,
            prompts=prompt_digests(PROMPTS),
            written=tally["written"],
            repaired=tally["repaired"],
            copied=tally["copied"],
            added=tally["added"],
            dropped=tuple(each for piece in (*written, *parts.values()) for each in piece.dropped),
            embedded=tuple(embedded),
            useless=tuple(sorted(useless)),
        )


def _draft(
    script: Script, sections: tuple[Section, ...], parts: dict[str, GeneratedSection], account: GenerationStats
) -> Draft:
    def said(name: str) -> tuple[Said, ...]:
        return parts[name].said if name in parts else ()

    quoted = frozenset().union(*(piece.added for piece in parts.values()))

    return Draft(
        title=outline.make_title(script, sections),
        headline=outline.make_headline(script),
        lead=Paragraph(
            (
                *outline.presentation(script),
                *outline.subjects(script, sections),
                *outline.statements(said("lead"), voice.SAYS[0]),
            )
        ),
        background=outline.paragraphs(said(labels.BACKGROUND), quoted),
        transition=outline.metadata_paragraph(phrasing.TRANSITION),
        sections=sections,
        challenges=outline.make_part(phrasing.CHALLENGES, said(labels.CHALLENGES), quoted),
        outlook=outline.make_part(phrasing.OUTLOOK, said(labels.OUTLOOK), quoted),
        conclusion=outline.conclusion(script, said(labels.CONCLUSION), quoted),
        account=account,
    )


def _facts(script: Script) -> tuple[str, ...]:
    """What may be said of the video without evidence."""
    return tuple(filter(None, (script.video.title, script.video.channel)))


def telling(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences an article is made of: not said in passing, no addresses and no markup."""
    return tuple(s for s in sentences if aside_reason(s) is None and not has_markup(s.text))


# --- sections ---


def _filled(written: Sequence[GeneratedSection]) -> list[GeneratedSection]:
    return [piece for piece in written if piece.said]


def _sections(script: Script, passages: Sequence[Passage], written: Sequence[GeneratedSection]) -> tuple[Section, ...]:
    taken: set[str] = set()
    made = []
    for passage, piece in zip(passages, written, strict=True):
        if piece.said:
            heading = _heading(script, passage, piece.heading, taken)
            taken.add(heading)
            made.append(Section(heading, outline.paragraphs(piece.said, piece.added)))
    return tuple(made)


def _heading(script: Script, passage: Passage, wished: str, taken: set[str]) -> str:
    """The author's, or the model's if its words were said and not turned round, or the passage's own if it is good."""
    own = outline.good_heading(script, passage)
    texts = [sentence.text for sentence in passage.sentences]
    said = {word for text in texts for word in words(text)}
    asked = words(wished)
    fits = HEADING_LEAST <= len(asked) <= HEADING_MOST and wished not in taken and not passage.chapter
    fits = fits and all(_said(word, said) for word in asked)
    return wished if fits and TURNS.isdisjoint(flaw for flaw, _ in check(wished, texts).flaws) else own


def _said(word: str, vocabulary: set[str]) -> bool:
    """Whether a word was said, with or without its article, joined to the word before or not."""
    bare = word.removeprefix("و")
    return not vocabulary.isdisjoint({word, bare, f"ال{bare}", word.removeprefix("ال"), bare.removeprefix("ال")})


# --- the other parts ---


def _part_tasks(script: Script, plan: Outline, sections: Sequence[Section]) -> Iterator[tuple[str, SectionTask]]:
    for name, part in (
        (labels.BACKGROUND, plan.background),
        (labels.CHALLENGES, plan.challenges),
        (labels.OUTLOOK, plan.outlook),
        (labels.CONCLUSION, plan.conclusion),
    ):
        if told := telling(_source(plan, part)):
            yield name, _part_task(script, name, told, max(len(part.sentences), 1), ())
    first = [section.paragraphs[0].statements[0] for section in sections[:LEAD_SECTIONS]]
    cited = {number for statement in first for number in statement.cites}
    told = tuple(sentence for sentence in script.sentences if sentence.number in cited)
    yield "lead", _part_task(script, "lead", told, LEAD_MOST, first)


def _source(plan: Outline, part: OutlinePart) -> tuple[Sentence, ...]:
    """The sentences a part is written from: its whole passage but for what stands elsewhere, or those picked for it."""
    if part.passage is None or not part.sentences:
        return part.sentences
    elsewhere = plan.used - {sentence.number for sentence in part.sentences}
    return tuple(sentence for sentence in part.passage.sentences if sentence.number not in elsewhere)


def _part_task(
    script: Script, name: str, told: tuple[Sentence, ...], most: int, drafts: Sequence[Statement]
) -> SectionTask:
    places = {sentence.number: at for at, sentence in enumerate(told, 1)}
    new = [draft for draft in drafts if not any(same_statement(draft.text, sentence.text) for sentence in told)]
    notes = [f"{sanitize(d.text)} [{'، '.join(str(places[n]) for n in d.cites)}]" for d in new]
    values = {"title": sanitize(script.video.title), "part": _PARTS[name], "notes": "\n".join(notes)}
    return SectionTask("part", told, most, values, _facts(script), own=name != "lead")
