"""Sections written by a model, with every sentence checked against the talk; no section comes back empty."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from models.llm import replies
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from models.writers import outline
from models.writers.asking import PromptRunner, chunks, even_cuts, numbered
from models.writers.grounding import CheckedSentence, EvidenceChecker, same_statement
from pipeline.arabic.salience import rank_salient, stands_alone
from pipeline.types.article import Sentence, Statement
from pipeline.types.usage import DroppedSentence, DropReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from models.llm.engine import Engine, Reply
    from models.llm.replies import ParsedReply
    from models.writers.outline import Said
    from pipeline.events import Reporter
    from pipeline.ports import Judge

    Row = tuple[str, Said]

PIECE_TOKENS: Final = 1500
"""Most tokens of the talk in one prompt: small models lose the middle of longer ones, and memory grows with them."""
ROUND: Final = 4
"""So many batches are written, checked and mended together."""
SENTENCE_WORDS: Final = 32
"""Words that a written sentence may have when the tokens of a reply are counted."""
NUMBERING: Final = 6
"""Tokens of a sentence's number and brackets."""
ATTEMPTS: Final = 3
"""A piece is asked for, asked for again, asked for in halves, and then written without the model."""
LINES_MOST: Final = 2
"""So many times the sentences that were asked for are looked at; the most telling of them stay."""
MENDING_SEEN, MENDING_LEAST = 8, 0.2
"""After so many sentences were sent back, no more are when less than this share came back mended: a model that cannot
mend takes as long for it as for writing."""


@dataclass(frozen=True, slots=True)
class SectionTask:
    """A section to be written from some sentences."""

    prompt: str
    """Name of the prompt."""
    sentences: tuple[Sentence, ...]
    """None of them said in passing: any may stand in the article as it is."""
    most: int
    """Most sentences to be written."""
    values: Mapping[str, str]
    """What the prompt is filled with besides, as `sanitize` makes it."""
    facts: tuple[str, ...]
    """Texts about the video that may be used without evidence."""
    own: bool = True
    """Whether sentences of the speaker are added where little stands."""
    attempt: int = 0
    useless: str = ""
    """Why the last reply was of no use."""


@dataclass(frozen=True, slots=True)
class GeneratedSection:
    """The section that a task became."""

    heading: str = ""
    rows: tuple[Row, ...] = ()
    """What stands, each with its kind: `written`, `repaired`, `copied`, `added` or, without the model, `own`."""
    dropped: tuple[DroppedSentence, ...] = ()
    """Sentences of the model that do not stand; nothing stands in for them."""
    useless: tuple[str, ...] = ()
    """Why some of it was written without the model: what was wrong with the last reply."""

    @property
    def said(self) -> tuple[Said, ...]:
        """What stands, in order."""
        return tuple(said for _, said in self.rows)

    @property
    def added(self) -> frozenset[int]:
        """Numbers of the speaker's sentences that were added: they are quotations, whatever they say."""
        return frozenset(said.number for kind, said in self.rows if kind == "added" and isinstance(said, Sentence))

    @property
    def tally(self) -> Counter[str]:
        """How many sentences are of which kind."""
        return Counter(kind for kind, _ in self.rows)

    @property
    def embedded(self) -> bool:
        """Whether some of it was written without the model, since its replies were of no use."""
        return bool(self.useless)

    def without(self, others: Sequence[Said]) -> GeneratedSection:
        """The piece without what others say as well."""
        told = [any(same_statement(said.text, other.text) for other in others) for _, said in self.rows]
        rows = tuple(row for row, again in zip(self.rows, told, strict=True) if not again)
        repeated = tuple(
            DroppedSentence(said.text, DropReason.REPEATED)
            for (_, said), again in zip(self.rows, told, strict=True)
            if again
        )
        return replace(self, rows=rows, dropped=self.dropped + repeated)

    def __add__(self, other: GeneratedSection) -> GeneratedSection:
        """One after the other."""
        dropped, useless = self.dropped + other.dropped, self.useless + other.useless
        return GeneratedSection(self.heading or other.heading, self.rows + other.rows, dropped, useless)


class SectionGenerator:
    """Writes the sections of one article; memory grows with a round of tasks and with the text written so far."""

    def __init__(self, engine: Engine, batch: int, judge: Judge, report: Reporter) -> None:
        """`batch` prompts are handed to the engine at once."""
        self._engine, self._judge, self._runner = engine, judge, PromptRunner(engine, batch, report)
        self._sent = self._mended = 0

    @property
    def prompts(self) -> Sequence[Prompt]:
        """All that was asked."""
        return self._runner.prompts

    def write(self, tasks: Sequence[SectionTask], step: str) -> tuple[GeneratedSection, ...]:
        """A piece for each task, in order; raises `ModelError` when the engine does."""
        cut = [self._fitting(task) for task in tasks]
        flat = [part for parts in cut for part in parts]
        self._runner.plan(step, len(flat))
        pieces = iter(
            [piece for chunk in chunks(flat, ROUND * self._runner.batch) for piece in self._round(chunk, step)]
        )
        return tuple(_joined(islice(pieces, len(parts))) for parts in cut)

    # --- cutting to the window ---

    def _fitting(self, task: SectionTask) -> list[SectionTask]:
        """The task, in parts that fit the window with their replies."""
        sizes = [self._engine.count(sanitize(each.text)) + NUMBERING for each in task.sentences]
        asked = self._prompt(replace(task, sentences=()))
        fixed = self._engine.count(asked.system) + self._engine.count(asked.user)
        room = max(min(PIECE_TOKENS, self._engine.window * 2 // 3 - fixed), 1)
        parts = list(even_cuts(sizes, room))
        if len(parts) == 1:
            return [task]
        share = task.most / len(task.sentences)
        return [
            replace(task, sentences=task.sentences[a:b], most=max(outline.SENTENCES_LEAST, round(share * (b - a))))
            for a, b in parts
        ]

    def _prompt(self, task: SectionTask) -> Prompt:
        texts = [sanitize(sentence.text) for sentence in task.sentences]
        words = sum(len(text.split()) for text in texts) or 1
        rate = self._engine.count(" ".join(texts)) / words if texts else 1.0
        tokens = min(int((task.most + 1) * SENTENCE_WORDS * rate), self._engine.window // 3)
        if not self._engine.follows_instructions:
            return Prompt("", " ".join(texts), tokens)
        used = load_prompt(task.prompt)
        user = used.fill(texts, sentences=numbered(texts), most=task.most, **task.values)
        again = f"\n{load_prompt('again').system}" if task.attempt else ""
        return Prompt(used.system, user + again, tokens)

    # --- one round ---

    def _round(self, tasks: Sequence[SectionTask], step: str) -> list[GeneratedSection]:
        answers = self._runner.ask([self._prompt(task) for task in tasks], step)
        readings = [self._read(task, answer) for task, answer in zip(tasks, answers, strict=True)]
        repairs = [
            _ReplyRepair(
                task, reading, EvidenceChecker(task.sentences, task.facts, self._judge, load_prompt(task.prompt).system)
            )
            for task, reading in zip(tasks, readings, strict=True)
            if not isinstance(reading, str)
        ]
        self._mend(repairs)
        done = iter([repair.piece() for repair in repairs])
        useless = [
            replace(task, useless=reading)
            for task, reading in zip(tasks, readings, strict=True)
            if isinstance(reading, str)
        ]
        failed = iter(self._again(useless, step))
        return [next(failed) if isinstance(reading, str) else next(done) for reading in readings]

    def _again(self, tasks: Sequence[SectionTask], step: str) -> list[GeneratedSection]:
        """Tasks whose reply was of no use: asked for once more, then in halves, then written without the model."""
        if not tasks:
            return []
        cut = [list(self._halves(task)) for task in tasks]
        self._runner.plan(step, sum(map(len, cut)))
        pieces = iter(self._round([part for parts in cut for part in parts], step))
        joined = [_joined(islice(pieces, len(parts))) for parts in cut]
        return [
            piece if any(kind != "own" for kind, _ in piece.rows) else _without(task)
            for task, piece in zip(tasks, joined, strict=True)
        ]

    def _halves(self, task: SectionTask) -> Iterator[SectionTask]:
        attempt = task.attempt + 1 if self._engine.follows_instructions or task.attempt else task.attempt + 2
        middle = len(task.sentences) // 2
        if attempt >= ATTEMPTS or (attempt > 1 and not middle):
            return
        if attempt == 1:
            yield replace(task, attempt=attempt)
            return
        most = -(-task.most // 2)
        yield replace(task, sentences=task.sentences[:middle], most=most, attempt=attempt)
        yield replace(task, sentences=task.sentences[middle:], most=most, attempt=attempt)

    def _read(self, task: SectionTask, answer: Reply) -> ParsedReply | str:
        """What a reply says, or why it is of no use."""
        text = replies.reply_content(answer.text)
        if reason := replies.useless_reason(text, [sentence.text for sentence in task.sentences]):
            return reason
        if self._engine.follows_instructions:
            reading = replies.parse_reply(text, len(task.sentences), headed=task.prompt == "section")
        else:
            reading = replies.ParsedReply("", replies.parse_summary(text))
        if not answer.whole:  # the last sentence was cut off
            reading = replace(reading, lines=reading.lines[:-1])
        return reading if reading.lines else "unreadable"

    # --- what failed goes back once ---

    def _mend(self, repairs: Sequence[_ReplyRepair]) -> None:
        faulty = [repair for repair in repairs if repair.faults] if self._engine.follows_instructions else []
        if not faulty or (self._sent >= MENDING_SEEN and self._mended < MENDING_LEAST * self._sent):
            return
        prompts = [repair.complaint(self._engine) for repair in faulty]
        self._runner.plan("repairs", len(prompts))
        for repair, answer in zip(faulty, self._runner.ask(prompts, "repairs"), strict=True):
            self._sent += len(repair.faults)
            self._mended += repair.mend(replies.reply_content(answer.text))


class _ReplyRepair:
    """Repairs the sentences of one reply that failed their check."""

    def __init__(self, task: SectionTask, reading: ParsedReply, checker: EvidenceChecker) -> None:
        self._task, self._heading, self._checker = task, reading.heading, checker
        self._settled = checker.settle(reading.lines[: LINES_MOST * task.most])
        self._repaired: dict[int, Said] = {}
        self.faults = [at for at, each in enumerate(self._settled) if each.complaint and each.near]
        """Places of the sentences that can be mended: what nothing in the talk comes near to has nothing to rest on."""

    def complaint(self, engine: Engine) -> Prompt:
        """The prompt that sends the failing sentences back, each with what is wrong with it."""
        faulty = [self._settled[at] for at in self.faults]
        numbers = {number for each in faulty for number in each.near}
        shown = [each for each in self._task.sentences if each.number in numbers]
        texts = [f"[{self._checker.number(each.number)}] {sanitize(each.text)}" for each in shown]
        faults = [f"{at}) {sanitize(each.line.text)} — {sanitize(each.complaint)}" for at, each in enumerate(faulty, 1)]
        used = load_prompt("repair")
        user = used.fill([*texts, *faults], sentences="\n".join(texts), faults="\n".join(faults))
        tokens = min(engine.count("\n".join(faults)) + NUMBERING * len(faults), engine.window // 3)
        return Prompt(used.system, user, tokens)

    def mend(self, text: str) -> int:
        """Take the sentences that came back; how many of them may stand now."""
        items = replies.parse_items(text, len(self.faults), len(self._task.sentences))
        lines = {number: line for number, line in items.items() if line}
        for number, each in zip(lines, self._checker.settle(tuple(lines.values())), strict=True):
            if each.said is not None:
                self._repaired[self.faults[number - 1]] = each.said
        return len(self._repaired)

    def piece(self) -> GeneratedSection:
        """What of it may stand, and sentences of the speaker where that is little."""
        standing: dict[int, Row] = {}
        dropped: dict[int, DroppedSentence] = {}
        for at, each in enumerate(self._settled):
            said = each.said or self._repaired.get(at)
            if said is None:
                dropped[at] = _refused(each)
            elif any(same_statement(said.text, other.text) for _, other in standing.values()):
                dropped[at] = DroppedSentence(each.line.text, DropReason.REPEATED)
            else:
                kind = "copied" if isinstance(said, Sentence) else "written" if each.said else "repaired"
                standing[at] = (kind, said)
        kept = _able_to_stand(_best(list(standing.items()), self._task.most))
        rows = [row for _, row in kept]
        if self._task.own and self._copies(rows):
            rows = self._chosen(rows)
            kept = [(at, row) for at, row in kept if row[1] in [said for _, said in rows]]
        taken = {at for at, _ in kept}
        dropped |= {
            at: DroppedSentence(self._settled[at].line.text, DropReason.UNPLACED) for at in standing if at not in taken
        }
        told = tuple(dropped[at] for at in sorted(dropped))
        return GeneratedSection(
            self._heading, tuple(_in_order(rows, self._added(rows) if self._task.own else [])), told
        )

    def _copies(self, rows: Sequence[Row]) -> bool:
        """Whether a reply only copies sentences that follow each other: a small model does so from the beginning."""
        numbers = [said.number for _, said in rows if isinstance(said, Sentence)]
        row = [each.number for each in self._task.sentences]
        begin = row.index(numbers[0]) if numbers else 0
        return len(rows) > 1 and len(numbers) == len(rows) and row[begin : begin + len(numbers)] == numbers

    def _chosen(self, rows: Sequence[Row]) -> list[Row]:
        """The most telling sentences of the talk, as many as were copied."""
        copied = {said for _, said in rows}
        alone = list(filter(stands_alone, self._task.sentences))
        chosen = outline.choose_sentences(alone, min(len(rows), self._task.most))
        return [("copied" if sentence in copied else "added", sentence) for sentence in chosen]

    def _added(self, rows: Sequence[Row]) -> list[Sentence]:
        """The speaker's own sentences that make up for what a reply passed over."""
        least = min(self._task.most, max(outline.SENTENCES_LEAST, self._task.most // 2))
        cited = _cited(said for _, said in rows)
        free = [each for each in self._task.sentences if each.number not in cited and stands_alone(each)]
        return list(outline.choose_sentences(free, least - len(rows))) if len(rows) < least else []


def _without(task: SectionTask) -> GeneratedSection:
    """A task in the speaker's own words."""
    chosen = outline.choose_sentences(task.sentences, task.most) if task.own else ()
    return GeneratedSection(rows=tuple(("own", sentence) for sentence in chosen), useless=(task.useless,))


def _cited(said: Iterable[Said]) -> set[int]:
    return {number for each in said for number in (each.cites if isinstance(each, Statement) else (each.number,))}


def _refused(each: CheckedSentence) -> DroppedSentence:
    """Why a sentence that was sent back, or was not worth it, does not stand."""
    if not each.complaint:
        return DroppedSentence(each.line.text, DropReason.UNREADABLE)
    return DroppedSentence(each.line.text, DropReason.WORDING if each.near else DropReason.UNCITED, each.complaint)


def _best(rows: list[tuple[int, Row]], most: int) -> list[tuple[int, Row]]:
    """The most telling of too many, in their order."""
    if len(rows) <= most:
        return rows
    places = rank_salient([Sentence(at, said.text) for at, (_, (_, said)) in enumerate(rows)], most)
    return [rows[at] for at in sorted(places or range(most))]


def _able_to_stand(rows: Sequence[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """The rows without copied sentences that lean on one which is not there: the source of a hadith left out before."""
    kept: list[tuple[int, Row]] = []
    for at, (kind, said) in rows:
        before = kept[-1][1][1] if kept else None
        if isinstance(said, Statement) or stands_alone(said) or said.number - 1 in _cited([before] if before else []):
            kept.append((at, (kind, said)))
    return kept


def _in_order(rows: Sequence[Row], added: Sequence[Sentence]) -> list[Row]:
    """Sentences of the talk put before the first statement that rests on later ones."""
    told = list(rows)
    for sentence in added:
        later = (at for at, (_, said) in enumerate(told) if min(_cited([said])) > sentence.number)
        told.insert(next(later, len(told)), ("added", sentence))
    return told


def _joined(pieces: Iterable[GeneratedSection]) -> GeneratedSection:
    return sum(pieces, GeneratedSection())
