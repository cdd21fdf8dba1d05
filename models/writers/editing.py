"""A written article on its way into the customer's form: settled, mended once, and without what fails again.

A sentence that fails is told to the model with what fails and all that was said around it. What fails again is dropped,
and nothing stands in for it. A sentence that leaned on a dropped one goes back once as well, to be understood alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from models.llm.article_replies import ArticleLine, PartKind, parse_mended
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from models.llm.replies import is_foreign, plain_sentence, reply_content
from models.writers import outline
from models.writers.settling import LABELS as FAULT_LABELS
from models.writers.settling import Fault
from pipeline.arabic import formatting
from pipeline.arabic.labels import FLAWS, FURTHER
from pipeline.arabic.normalize import words
from pipeline.arabic.stopwords import DEPENDENT_OPENERS
from pipeline.arabic.titles import quoted_title
from pipeline.types.article import Draft, Paragraph, Section, Statement
from pipeline.types.usage import DroppedSentence, DropReason, GenerationStats
from pipeline.verify.claims import front_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from models.llm.article_replies import ParsedArticle
    from models.llm.engine import Engine
    from models.writers.asking import PromptRunner
    from models.writers.settling import SentenceSettler, SettledSentence
    from pipeline.types.article import Script
    from pipeline.types.judging import Claim

DESCRIPTION_MOST: Final = 600
"""Characters of a description that are shown: names are spelled there; further down stand links."""
TAGS_MOST: Final = 20
PARAGRAPH_MOST: Final = 5
"""Sentences of a paragraph to which one that stands alone is added."""
HEADING_WORDS_MOST: Final = 10
MEND_MARGIN: Final = 1.6
"""Tokens of mended sentences for each of the faulty ones."""
ORPHANED: Final = "حُذفت الجملة التي قبلها، فلا بد أن تُفهم من دونها"
NOT_A_HEADING: Final = "ليس عنوانًا عربيًا قصيرًا"
_HEADLINE, _SUBTITLE, _HEADING = "عنوان المقال: ", "العنوان الفرعي: ", "عنوان قسم: "
_FAULT, _BEFORE, _UNDER = "ما يعيبها: ", "قبلها: ", "جملها: "
_MATERIAL: Final = ("عنوان الفيديو: ", "القناة: ", "تاريخ النشر: ", "الوصف: ", "الوسوم: ", "الفصول: ")
_FROM: Final = "من الجملة"
LABELS: Final = (
    *(*FAULT_LABELS, *FLAWS.values(), ORPHANED, NOT_A_HEADING, _HEADLINE, _SUBTITLE, _HEADING),
    *(_FAULT, _BEFORE, _UNDER, *_MATERIAL, _FROM),
)
"""All that prompts say outside their files: a part of the writer's identity."""
_TOP, _SECOND = -1, -2
"""Stand for the headline and the subtitle where headings are known by their part."""
_FRONTS: Final = {_TOP: _HEADLINE, _SECOND: _SUBTITLE}
_LEANING: Final = DEPENDENT_OPENERS | frozenset(words("كما غير وكما ولذلك ولهذا لهذا فلذلك وأضاف وتابع وزاد وأوضح"))
"""Openings of a sentence that hang in the air when the one before it is gone."""


def material(script: Script) -> str:
    """What is known of a video besides its talk, a line each, made safe for a prompt."""
    video = script.video
    chapters = [p for p in script.passages if p.chapter and p.heading and p.sentences]
    known = (
        video.title,
        video.channel,
        formatting.format_date(video.published) if video.published else "",
        " ".join(map(plain_sentence, video.description[: 5 * DESCRIPTION_MOST].splitlines()))[:DESCRIPTION_MOST],
        "، ".join(video.tags[:TAGS_MOST]),
        "، ".join(f"{p.heading} {_FROM} {p.sentences[0].number}" for p in chapters),
    )
    return "\n".join(f"{label}{sanitize(text)}" for label, text in zip(_MATERIAL, known, strict=True) if sanitize(text))


@dataclass(slots=True, eq=False)
class _Row:
    """A sentence of the article with its place, and what became of it so far."""

    part: int
    paragraph: int
    settled: SettledSentence
    mended: bool = False

    @property
    def statement(self) -> Statement | None:
        """What stands; None where nothing does."""
        return None if self.settled.fault else self.settled.statement


@dataclass(frozen=True, slots=True)
class _Item:
    """One text that goes back to the model."""

    line: ArticleLine
    shown: str
    """The text with its complaint and the one before it."""
    evidence: frozenset[int]
    """Numbers of the sentences of the talk that it can be mended from."""


class ArticleEditor:
    """Edits the article of one talk."""

    def __init__(self, engine: Engine, runner: PromptRunner, script: Script, settler: SentenceSettler) -> None:
        self._engine, self._runner, self._script, self._settler = engine, runner, script, settler
        self._parts: list[tuple[PartKind, str]] = []
        self._tops = {_TOP: "", _SECOND: ""}
        self._rows: list[_Row] = []

    def edit(self, article: ParsedArticle) -> tuple[Draft, GenerationStats] | str:
        """The draft, and the account of its sentences.

        Or why there is none: `unfounded` if no section has a sentence that stands, `canaries` if the judge passed too
        much of what was planted.
        """
        # A video's own title that has a subject is the article's, and the headline its subtitle.
        self._tops = {_TOP: article.headline, _SECOND: "" if outline.has_subject(self._script) else article.subtitle}
        self._parts = [(part.kind, part.heading) for part in article.parts]
        places = [
            (at, number, self._settler.widen(line) if part.kind is PartKind.LEAD else line)
            for at, part in enumerate(article.parts)
            for number, paragraph in enumerate(part.paragraphs)
            for line in paragraph
            if line.text
        ]
        checked = self._settler.check([line for _, _, line in places])
        self._rows = [_Row(at, number, each) for (at, number, _), each in zip(places, checked, strict=True)]
        fronts = self._judge(self._rows, watched=True)
        if self._settler.canaries.alert:
            return "canaries"
        self._mend([row for row in self._rows if row.settled.fault and row.settled.fault.complaint], fronts)
        self._drop_repeated()
        self._mend_orphans()
        if not self._sections:
            return "unfounded"
        headings = self._drop_fronts()
        draft = self._draft()
        stand = [row for row in self._rows if row.statement]
        account = GenerationStats(
            model=self._engine.identity,
            prompts=(),
            written=sum(not row.mended for row in stand),
            repaired=sum(row.mended for row in stand),
            dropped=tuple(dropped for row in self._rows if (dropped := row.settled.dropped)),
            headings_dropped=headings,
            canaries=self._settler.canaries.planted,
            canaries_caught=self._settler.canaries.caught,
        )
        return replace(draft, sections=_together(draft.sections)), account

    # --- headline and headings ---

    def _judge(self, rows: Sequence[_Row], *, watched: bool = False) -> dict[int, tuple[Claim, Fault]]:
        """Settle checked rows, and find what of headline, subtitle and headings does not stand, by their keys."""
        keys = {f"sections.{number}": part for number, part in enumerate(self._sections, 1)}
        tops = {"headline": _TOP} if outline.has_subject(self._script) else {"title": _TOP, "headline": _SECOND}
        keys |= {place: key for place, key in tops.items() if self._tops[key]}
        claims = {
            keys[place]: claim
            for place, claim in front_claims(self._draft(), self._settler.said, self._script.video)
            if claim.evidence and place in keys
        }
        odd = {key for key in claims if not _is_heading(self._front(key), long=key in _FRONTS)}
        sound = [key for key in claims if key not in odd]
        checked, asked = [row.settled for row in rows], [claims[key] for key in sound]
        settled, found = self._settler.judge(checked, asked, watched=watched)
        for row, each in zip(rows, settled, strict=True):
            row.settled = each
        faults = dict(zip(sound, found, strict=True))
        faults |= {key: Fault(DropReason.UNREADABLE, NOT_A_HEADING) for key in odd}
        return {key: (claims[key], fault) for key, fault in faults.items() if fault}

    def _front(self, key: int) -> str:
        return self._tops[key] if key in _FRONTS else self._parts[key][1]

    def _set_front(self, key: int, text: str) -> None:
        if key in _FRONTS:
            self._tops[key] = text
        else:
            self._parts[key] = (PartKind.SECTION, text)

    @property
    def _sections(self) -> list[int]:
        """The sections of which something stands, by the place of their part."""
        filled = {row.part for row in self._rows if row.statement}
        return [at for at, (kind, _) in enumerate(self._parts) if kind is PartKind.SECTION and at in filled]

    def _drop_fronts(self) -> tuple[DroppedSentence, ...]:
        """Leave out a headline or subtitle that does not stand, and take a heading that claims nothing for others."""
        faults = self._judge(())
        dropped = tuple(
            DroppedSentence(self._front(key), each.reason, each.detail) for key, (_, each) in faults.items()
        )
        for key in faults:
            self._set_front(key, "" if key in _FRONTS else FURTHER)
        return dropped

    # --- mending ---

    def _mend(self, rows: Sequence[_Row], fronts: Mapping[int, tuple[Claim, Fault]]) -> None:
        """Send back what does not stand, once; what comes back is settled like the rest, with headline and headings."""
        items = [self._row_item(row, row.settled.fault.complaint if row.settled.fault else ORPHANED) for row in rows]
        for key, (claim, fault) in fronts.items():
            items.append(_front_item(_FRONTS.get(key, _HEADING), self._front(key), claim, fault))
        if not items:
            return
        answers = self._ask(items)
        for key, answer in zip(fronts, answers[len(rows) :], strict=True):
            if answer and (heading := _bare_heading(answer.text)):
                self._set_front(key, heading)
        lines = [_with_evidence(answer, row) for answer, row in zip(answers, rows, strict=False)]
        back = [row for line, row in zip(lines, rows, strict=True) if line]
        before = [row.settled for row in back]
        for row, checked in zip(back, self._settler.check([line for line in lines if line], final=True), strict=True):
            row.settled = checked
        self._judge(back)
        for row, old in zip(back, before, strict=True):
            _take(row, old)
        for line, row in zip(lines, rows, strict=True):
            if line is None and (failed := row.settled.fault):
                row.settled = replace(row.settled, fault=replace(failed, reason=DropReason.WITHDRAWN))

    def _mend_orphans(self) -> None:
        """Have sentences that leaned on a dropped one written so that they stand alone; else they stay."""
        orphans = []
        for before, row in zip(self._rows, self._rows[1:], strict=False):
            follows = before.part == row.part and before.statement is None
            if follows and row.statement and not _LEANING.isdisjoint(words(row.statement.text)[:1]):
                orphans.append(row)
        self._mend(orphans, {})

    def _row_item(self, row: _Row, complaint: str) -> _Item:
        at = self._rows.index(row)
        cites = row.settled.statement.cites or row.settled.line.cites
        lines = [sanitize(row.settled.line.text), f"{_FAULT}{sanitize(complaint)}", f"{_UNDER}{_listed(cites)}"]
        if at and (before := self._rows[at - 1]).part == row.part:
            lines.append(f"{_BEFORE}{sanitize(before.settled.line.text)}")
        return _Item(row.settled.line, "\n".join(lines), self._settler.around(cites, row.settled.line.text))

    def _ask(self, items: Sequence[_Item]) -> list[ArticleLine | None]:
        """What came back for each text, or None where it is to be dropped; what did not come back stays as it was.

        In one prompt where they fit together, in halves where they do not.
        """
        if not items:
            return []
        numbers = sorted(frozenset().union(*(item.evidence for item in items)))
        told = [f"[{number}] {sanitize(self._settler.said[number])}" for number in numbers]
        faults = [f"{at}) {item.shown}" for at, item in enumerate(items, 1)]
        used, count = load_prompt("mend"), self._engine.count
        facts = material(self._script)
        user = used.fill([*told, *faults], facts=facts, sentences="\n".join(told), faults="\n".join(faults))
        prompt = Prompt(used.system, user, int(MEND_MARGIN * count("\n".join(faults))))
        if count(prompt.system) + count(prompt.user) + prompt.most_tokens > self._engine.window:
            middle = len(items) // 2
            return [*self._ask(items[:middle]), *self._ask(items[middle:])] if middle else [items[0].line]
        self._runner.plan("mending", 1)
        (reply,) = self._runner.ask([prompt], "mending")
        mended = parse_mended(reply_content(reply.text), len(items), self._script.sentences[-1].number)
        return [mended.get(at, item.line) for at, item in enumerate(items, 1)]

    def _drop_repeated(self) -> None:
        """Let a sentence stand once."""
        seen: set[tuple[str, ...]] = set()
        for row in self._rows:
            if statement := row.statement:
                said = words(statement.text)
                if said in seen:
                    row.settled = replace(row.settled, fault=Fault(DropReason.REPEATED))
                seen.add(said)

    # --- the form ---

    def _draft(self) -> Draft:
        """What stands, in the customer's form; a section without a sentence is gone."""
        script, parts = self._script, [list(self._paragraphs(at)) for at in range(len(self._parts))]
        by_kind = {kind: parts[at] for at, (kind, _) in enumerate(self._parts) if kind is not PartKind.SECTION}
        sections = tuple(Section(self._parts[at][1], tuple(parts[at])) for at in self._sections)
        conclusion = _joined(by_kind.get(PartKind.CONCLUSION, []))
        return Draft(
            title=outline.make_title(script, sections, self._tops[_TOP]),
            headline=outline.make_headline(script, *self._tops.values()),
            lead=Paragraph(_lead(script, _joined(by_kind.get(PartKind.LEAD, [])))),
            background=tuple(by_kind.get(PartKind.BACKGROUND, [])),
            transition=Paragraph(()),
            sections=sections,
            challenges=_joined(by_kind.get(PartKind.CHALLENGES, [])),
            outlook=_joined(by_kind.get(PartKind.OUTLOOK, [])),
            conclusion=conclusion or outline.conclusion(script, ()),
        )

    def _paragraphs(self, part: int) -> Iterator[Paragraph]:
        """The paragraphs of a part; a sentence that would stand alone joins its neighbours."""
        told: dict[int, list[Statement]] = {}
        for row in self._rows:
            if row.part == part and row.statement:
                told.setdefault(row.paragraph, []).append(row.statement)
        joined: list[list[Statement]] = []
        for paragraph in told.values():
            alone = bool(joined) and 1 in {len(paragraph), len(joined[-1])}
            if alone and len(joined[-1]) + len(paragraph) <= PARAGRAPH_MOST:
                joined[-1] += paragraph
            else:
                joined.append(paragraph)
        return (Paragraph(tuple(paragraph)) for paragraph in joined)


def _take(row: _Row, before: SettledSentence) -> None:
    """Leave what came back in its row, unless the sentence stood already and this does not."""
    if row.settled.fault and not before.fault:
        row.settled = before
    else:
        row.mended = row.mended or row.settled.statement.text != before.statement.text


def _with_evidence(answer: ArticleLine | None, row: _Row) -> ArticleLine | None:
    """A mended sentence; without numbers of its own it rests on what it rested on."""
    return replace(answer, cites=answer.cites or row.settled.line.cites) if answer else None


def _front_item(label: str, text: str, claim: Claim, fault: Fault) -> _Item:
    shown = f"{label}{sanitize(text)}\n{_FAULT}{sanitize(fault.complaint)}\n{_UNDER}{_listed(claim.numbers)}"
    return _Item(ArticleLine(text), shown, frozenset(claim.numbers))


def _listed(numbers: Sequence[int]) -> str:
    return "، ".join(map(str, numbers))


def _bare_heading(text: str) -> str:
    for label in (*_FRONTS.values(), _HEADING):
        text = text.removeprefix(label.strip()).removeprefix(label.strip().rstrip(":"))
    return text.strip(" :«».")


def _is_heading(text: str, *, long: bool) -> bool:
    """Whether it is in Arabic, and short enough; headline and subtitle may be `long`, for they are sentences."""
    return bool(text) and (long or len(text.split()) <= HEADING_WORDS_MOST) and not is_foreign(text)


def _together(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections; those whose own headings do not stand are one, where the first of them stood."""
    made: dict[str, Section] = {}
    for at, section in enumerate(sections):
        key = FURTHER if section.heading == FURTHER else str(at)
        before = made[key].paragraphs if key in made else ()
        made[key] = Section(section.heading, (*before, *section.paragraphs))
    return tuple(made.values())


def _joined(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    return Paragraph(tuple(each for paragraph in paragraphs for each in paragraph.statements)) if paragraphs else None


def _lead(script: Script, told: Paragraph | None) -> tuple[Statement, ...]:
    """The lead, with what names and links the video before it where it does not name it itself.

    Where it does, the page links the title that stands in it, and tells channel and date with the source.
    """
    statements = told.statements if told else ()
    named = quoted_title(" ".join(statement.text for statement in statements), script.video.title)
    return statements if named else (*outline.presentation(script), *statements)
