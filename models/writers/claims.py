"""The talk as claims: one plain sentence for each thing said, window by window, and the articles made of them.

In `light` they are the prose, in the script's own passages. In `full` a plan puts them in order, and each section is
written from its claims and the words that say them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from models.llm.article_replies import CLAIM_KINDS, ArticleLine, ArticlePart, ParsedArticle, PartKind, read_kinds
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from models.writers import article_asking, outline
from models.writers.article_asking import LENGTH_SPREAD, REPLY_MARGIN, ArticleAsker, StretchPrompts, unplaced
from models.writers.asking import even_cuts
from models.writers.grounding import same_statement
from pipeline.arabic import labels
from pipeline.arabic.salience import aside_reason
from pipeline.types.article import Sentence
from pipeline.types.usage import DroppedSentence, DropReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from models.writers.article_asking import Written
    from pipeline.types.article import Passage

    Headed = tuple[str, ArticleLine]
    """A claim, and the heading that the model put over it."""

CLAIM_SHARE: Final = 0.12
"""Words of claims for each of a talk, where an article of the usual length has fewer."""
STRETCH_MOST: Final = 16_000
"""Tokens of the talk in one prompt: models lose what stands in the middle of a longer one."""
LEAD_MOST: Final = 4
"""Sentences of a lead that is made of the gist of each stretch."""
SECTION_LEAST: Final = 2
"""Claims below which a passage is no section of its own."""
PROSE_MOST, PROSE_WORDS_LEAST = 2_500, 40
"""Tokens of claims from which sections are written in one prompt, and fewest words of a section."""
_PASSAGE: Final = "قسم"
_NAMES: Final = {
    PartKind.BACKGROUND: labels.BACKGROUND,
    PartKind.CHALLENGES: labels.CHALLENGES,
    PartKind.OUTLOOK: labels.OUTLOOK,
}
"""What parts without a heading are called in a prompt."""


class LightAsker(ArticleAsker):
    """Asks for claims, which are the article."""

    version: ClassVar[int] = 2
    prompts: ClassVar[tuple[str, ...]] = ("claims", "mend", "again")
    labels: ClassVar[tuple[str, ...]] = (*ArticleAsker.labels, *CLAIM_KINDS, _PASSAGE)
    surplus: ClassVar[float] = 1.0
    """Words of claims for each that the article has."""

    def article(self) -> Written | str:
        drafts = self._drafts(list(self._stretches(self._claim_prompts())), "claims")
        if isinstance(drafts, str):
            return drafts
        drafts = [read_kinds(draft) for draft in drafts]
        claims, left_out = self._sifted([each for draft in drafts for each in _lines(draft, lead=False)])
        gists = [[line for _, line in _lines(draft, lead=True)] for draft in drafts]
        lead = gists[0] if len(gists) == 1 else [each[0] for each in gists if each]
        lead = lead[:: max(-(-len(lead) // LEAD_MOST), 1)]
        left_out += unplaced(line for each in gists for line in each if line not in lead)
        parts = [ArticlePart(PartKind.LEAD, "", (tuple(lead),))] if lead else []
        named = next((draft for draft in drafts if draft.headline), drafts[0])
        return ParsedArticle(named.headline, named.subtitle, (*parts, *self._sections(claims))), left_out

    def _claim_prompts(self) -> StretchPrompts:
        used, wanted = load_prompt("claims"), (self._least + self._most) / 2
        if self._settings.length == "auto":
            wanted = max(wanted, CLAIM_SHARE * self._words)
        return StretchPrompts(used.system, used, self.surplus * wanted, self._rows, STRETCH_MOST)

    def _rows(self, stretch: Sequence[Sentence]) -> list[str]:
        """A stretch under the author's chapters, or under its numbered passages."""
        rows, before = list[str](), -1
        for sentence, row in zip(stretch, article_asking.numbered_sentences(stretch), strict=True):
            if (at := self._passage[sentence.number]) != before:
                passage, before = self._script.passages[at], at
                rows.append(f"# {sanitize(passage.heading) if passage.chapter else f'{_PASSAGE} {at + 1}'}")
            rows.append(row)
        return rows

    @cached_property
    def _passage(self) -> Mapping[int, int]:
        """The place of each sentence's passage."""
        return {each.number: at for at, passage in enumerate(self._script.passages) for each in passage.sentences}

    def _sifted(self, headed: Sequence[Headed]) -> tuple[list[Headed], tuple[DroppedSentence, ...]]:
        """The claims without greetings and the like, and each thing said once; and those that were left out."""
        kept: list[Headed] = []
        dropped: list[DroppedSentence] = []
        told: defaultdict[int, list[str]] = defaultdict(list)
        for heading, line in headed:
            if aside_reason(Sentence(0, line.text)):
                dropped.append(DroppedSentence(line.text, DropReason.UNPLACED))
            elif any(same_statement(line.text, text) for number in line.cites for text in told[number]):
                dropped.append(DroppedSentence(line.text, DropReason.REPEATED))
            else:
                kept.append((heading, line))
                for number in line.cites:
                    told[number].append(line.text)
        return kept, tuple(dropped)

    def _sections(self, claims: Sequence[Headed]) -> Iterator[ArticlePart]:
        """Claims in the passages where they were said; neighbours with one heading, or with little to tell, are one."""
        found: defaultdict[int, list[Headed]] = defaultdict(list)
        at = 0
        for heading, line in claims:
            told = [self._passage[number] for number in line.cites if number in self._passage]
            at = told[len(told) // 2] if told else at
            found[at].append((heading, line))
        sections: list[tuple[str, list[ArticleLine]]] = []
        for at in sorted(found):
            passage, lines = self._script.passages[at], [line for _, line in found[at]]
            heading = self._heading(passage, [heading for heading, _ in found[at]])
            before, others = sections[-1] if sections else ("", [])
            small = not passage.chapter and min(len(lines), len(others)) < SECTION_LEAST
            if others and (small or heading == before):
                sections[-1] = (before if len(others) >= len(lines) else heading, [*others, *lines])
            else:
                sections.append((heading, lines))
        for heading, lines in sections:
            cuts = even_cuts([1] * len(lines), outline.PARAGRAPH)
            yield ArticlePart(PartKind.SECTION, heading, tuple(tuple(lines[begin:end]) for begin, end in cuts))

    def _heading(self, passage: Passage, wished: Iterable[str]) -> str:
        """The author's, or the one that the model put over most of it."""
        named = Counter(heading for heading in wished if heading).most_common(1)
        return named[0][0] if named and not passage.chapter else outline.good_heading(self._script, passage)


def _lines(draft: ParsedArticle, *, lead: bool) -> Iterator[Headed]:
    """The sentences of its lead, or all others."""
    for part in draft.parts:
        if (part.kind == PartKind.LEAD) == lead:
            yield from ((part.heading, line) for line in part.lines if line.text)


class FullAsker(LightAsker):
    """Asks for claims, for a plan over them, and for sections written from them."""

    prompts: ClassVar[tuple[str, ...]] = ("claims", "plan", "prose", "mend", "again")
    labels: ClassVar[tuple[str, ...]] = (*LightAsker.labels, *_NAMES.values())
    surplus: ClassVar[float] = article_asking.STRETCH_SURPLUS

    def article(self) -> Written | str:
        found = super().article()
        if isinstance(found, str):
            return found
        claims, left_out = found
        planned, left_over = self._planned([p for p in claims.parts if p.kind == PartKind.SECTION]) or (claims, ())
        article, untold = self._written(planned)
        return article, (*left_out, *left_over, *untold)

    def _sifted(self, headed: Sequence[Headed]) -> tuple[list[Headed], tuple[DroppedSentence, ...]]:
        """Of these only those that code has nothing against, with the evidence that it finds: no judge sees them."""
        kept, dropped = super()._sifted(headed)
        checked = self._settler.check([line for _, line in kept], final=True)
        sound = [
            (heading, replace(line, text=each.statement.text, cites=each.statement.cites, quotes=each.statement.quotes))
            for (heading, line), each in zip(kept, checked, strict=True)
            if each.fault is None
        ]
        return sound, (*dropped, *(each.dropped for each in checked if each.dropped))

    def _written(self, article: ParsedArticle) -> Written:
        """The article with its sections written from their claims; what is not written stays told in claims."""
        sections = list(_from_claims(article))
        claims = {each.first + at: (each, line) for each in sections for at, line in enumerate(each.claims)}
        told: defaultdict[int, list[tuple[ArticleLine, ...]]] = defaultdict(list)
        used: set[int] = set()
        batches = list(self._batches(sections))
        replies = self._readings([prompt for _, prompt in batches], "sections", len(claims), headed=False)
        for (batch, _), reply in zip(batches, replies, strict=True):
            at = batch[0].place
            for part in reply.parts if not isinstance(reply, str) else ():
                for paragraph in part.paragraphs:
                    cited = [number for line in paragraph for number in line.cites]
                    places = Counter(claims[number][0].place for number in cited).most_common(1)
                    at = places[0][0] if places else at
                    told[at].append(tuple(_resting(line, [claims[n][1] for n in line.cites]) for line in paragraph))
                    used.update(cited)
        parts = [
            replace(part, paragraphs=tuple(told[at])) if at in told else part for at, part in enumerate(article.parts)
        ]
        untold = (line for n, (section, line) in claims.items() if section.place in told and n not in used)
        return replace(article, parts=tuple(parts)), unplaced(untold)

    def _batches(self, sections: Sequence[_Section]) -> Iterator[tuple[Sequence[_Section], Prompt]]:
        """Neighbouring sections, the large ones in pieces, and the prompt that asks for them."""
        used, count = load_prompt("prose"), self._engine.count
        share = min(self._most / max(sum(each.words for each in sections), 1), 1.0)
        free = self._engine.window - count(used.system) - count(f"{used.user} {self._facts}")
        room = max(min(PROSE_MOST, int(free / (1 + REPLY_MARGIN * share))), 1)
        pieces = [piece for each in sections for piece in each.pieces(count, room)]
        for begin, end in even_cuts([count("\n".join(each.rows)) for each in pieces], room):
            yield from self._fitting(pieces[begin:end], share)

    def _fitting(self, batch: Sequence[_Section], share: float) -> Iterator[tuple[Sequence[_Section], Prompt]]:
        """The prompt for these sections; halves of them where they do not fit together, none for one that does not."""
        used, rows = load_prompt("prose"), [row for each in batch for row in each.rows]
        most = sum(max(int(share * each.words), min(PROSE_WORDS_LEAST, each.words)) for each in batch)
        least = int(most * (1 - 2 * LENGTH_SPREAD))
        user = used.fill(rows, facts=self._facts, sentences="\n".join(rows), least=least, most=most)
        prompt = Prompt(used.system, user, self._reply_tokens(most))
        if self._fits(prompt):
            yield batch, prompt
        elif halves := batch[: len(batch) // 2]:
            yield from self._fitting(halves, share)
            yield from self._fitting(batch[len(halves) :], share)


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the article that is to be written."""

    place: int
    """Among the parts."""
    heading: str
    first: int
    """The number of its first claim, counted through the article."""
    claims: tuple[ArticleLine, ...]

    @property
    def rows(self) -> list[str]:
        """As a prompt shows it: each claim with its kind and the words that say it."""
        rows = [f"# {sanitize(self.heading)}"]
        for number, claim in enumerate(self.claims, self.first):
            quotes = " ".join(f"«{sanitize(quote)}»" for quote in claim.quotes)
            kind = f"({claim.kind}) " if claim.kind else ""
            rows.append(f"[{number}] {kind}{sanitize(claim.text)} {quotes}".rstrip())
        return rows

    def pieces(self, count: Callable[[str], int], room: int) -> Iterator[_Section]:
        """Parts of it under its heading, none of which shows more tokens than there is room for, by their count."""
        heading, *rows = self.rows
        for begin, end in even_cuts([count(row) for row in rows], max(room - count(heading), 1)):
            yield replace(self, first=self.first + begin, claims=self.claims[begin:end])

    @property
    def words(self) -> int:
        """Of its claims."""
        return sum(len(claim.text.split()) for claim in self.claims)


def _from_claims(article: ParsedArticle) -> Iterator[_Section]:
    """The parts that are written from claims: all but lead and conclusion, which a plan writes."""
    first = 1
    for at, part in enumerate(article.parts):
        if part.kind not in {PartKind.LEAD, PartKind.CONCLUSION}:
            yield _Section(at, part.heading or _NAMES.get(part.kind, _PASSAGE), first, part.lines)
            first += len(part.lines)


def _resting(line: ArticleLine, claims: Sequence[ArticleLine]) -> ArticleLine:
    """A sentence on what its claims rest on; one that only points at claims tells them as they are."""
    cites = tuple(sorted({number for claim in claims for number in claim.cites}))
    quotes = tuple(dict.fromkeys(quote for claim in claims for quote in claim.quotes))
    return ArticleLine(line.text or " ".join(claim.text for claim in claims), cites, line.quotes or quotes)
