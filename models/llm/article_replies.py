"""Parsing of a reply that is a whole article: headline, subtitle, parts, paragraphs, sentences with what they rest on.

Models keep to a form loosely: headings in any markup or none, bullets, several sentences on a line, numbers before or
behind a full stop, the words they quote inside or outside the brackets. Whatever can be understood is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from models.llm.replies import BROKEN, DIGITS, EDGES, MOST_CITED, cited_segments, numbered_rows, plain_sentence
from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


class PartKind(StrEnum):
    """The parts of an article, by what they are for."""

    LEAD = "lead"
    BACKGROUND = "background"
    SECTION = "section"
    CHALLENGES = "challenges"
    OUTLOOK = "outlook"
    CONCLUSION = "conclusion"


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One sentence of a reply."""

    text: str
    """Empty where a line only points at numbers."""
    cites: tuple[int, ...] = ()
    """The numbers it names, ascending, whether or not there are such sentences."""
    quotes: tuple[str, ...] = ()
    """The words that it says it rests on."""
    kind: str = ""
    """One of `CLAIM_KINDS` where it was labelled so."""


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """One part of a reply."""

    kind: PartKind
    heading: str
    """Of a section, as written; empty for the other parts."""
    paragraphs: tuple[tuple[ArticleLine, ...], ...]
    """None of them empty."""

    @property
    def lines(self) -> tuple[ArticleLine, ...]:
        """Its sentences in order."""
        return tuple(line for paragraph in self.paragraphs for line in paragraph)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """A reply as an article."""

    headline: str
    """Empty if there is none, like the next."""
    subtitle: str
    parts: tuple[ArticlePart, ...]
    """In the order they were written, each kind but the sections at most once, none without a line."""

    @property
    def lines(self) -> tuple[ArticleLine, ...]:
        """All sentences in order."""
        return tuple(line for part in self.parts for line in part.lines)


CLAIM_KINDS: Final = ("خبر", "رأي", "نقل", "توقع", "شرط", "سؤال", "مثال")
"""What can be said: a statement, an opinion, somebody quoted, a forecast, a condition, a question, an example."""
_NAMED: Final = {
    fold(name): kind
    for kind, names in (
        (PartKind.LEAD, "المقدمة|مقدمة|مقدمة المقال|المدخل|مدخل|التمهيد|تمهيد|الاستهلال"),
        (PartKind.BACKGROUND, "الخلفية|خلفية|خلفية الموضوع|الخلفية والسياق|السياق|السياق العام|خلفية عامة"),
        (PartKind.CHALLENGES, "التحديات|تحديات|التحديات والعقبات|تحديات وعقبات|العقبات|التحديات والصعوبات"),
        (PartKind.OUTLOOK, "الآفاق|آفاق|آفاق المستقبل|الآفاق المستقبلية|آفاق مستقبلية|النظرة المستقبلية|المستقبل"),
        (PartKind.CONCLUSION, "الخلاصة|خلاصة|الخاتمة|خاتمة|الختام|الخلاصة والخاتمة|خاتمة المقال"),
    )
    for name in names.split("|")
}
"""What parts without a heading of their own are called."""
_ROW_MOST: Final = 4000
"""Characters of a row that are read; no sentence is that long."""
_HEADLINE: Final = re.compile(
    r"^[\s#*«\"]{0,8}(?:ال)?عنوان(?:\s+(?:الرئيسي?|المقال|العام))?[\s*]{0,4}[:：]\s{0,4}(.*)$"
)
_SUBTITLE: Final = re.compile(r"^[\s#*«\"]{0,8}(?:ال)?عنوان\s{1,4}(?:ال)?فرعيّ?[\s*]{0,4}[:：]\s{0,4}(.*)$")
_SECTION: Final = re.compile(
    r"^[\s#*]{0,8}(?:عنوان\s+)?(?:ال)?(?:قسم|محور)(?:\s+(?:ال\w{1,12}|\d{1,2}))?[\s*]{0,4}[:：]\s{0,4}(\S.*)$"
)
_MARKED: Final = re.compile(r"^\s{0,8}(#{1,6})\s{0,8}(\S.*)$")
_BOLD: Final = re.compile(r"^\s{0,8}\*\*\s?([^*]{2,200})\*\*\s?[:：]?\s{0,8}$")
_LABEL: Final = re.compile(r"^[\s*]{0,8}([^\W\d][^:：\[\]«»]{1,30})[\s*]{0,4}[:：][\s*]{0,4}(.*)$")
_NUMBER_BEFORE: Final = re.compile(
    r"^(?:\d{1,2}\s{0,2}[.)\-–:]\s{0,3}|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا)ً?\s{0,2}[:،]\s{0,3})"
)
_RULE: Final = re.compile(r"^[\s\-_*=~—–`]{2,}$|^\s{0,4}```\w{0,20}\s{0,4}$")
_QUOTE: Final = r"«[^«»]{1,400}»"
_QUOTES: Final = rf"(?:{_QUOTE}[\s.،,؛;…]{{0,4}}){{1,8}}"
_INSIDE: Final = re.compile(rf"\[([^\[\]«»]{{1,120}}?)[\s:،,؛;\-–—]{{0,4}}({_QUOTES})\]")
_BEHIND: Final = re.compile(rf"(?<=[\])])[\s:،,.؛;\-–—]{{0,4}}({_QUOTES})$")
_BETWEEN: Final = re.compile(rf"(?<=[.؟!…\]])\s{{0,3}}({_QUOTES})(?=\s{{0,3}}\[)")
_SENTENCE_END: Final = re.compile(r"[.؟!…]+\s+(?=\S)")
_KIND: Final = re.compile(
    rf"^\s{{0,4}}(?:[(\[]({'|'.join(CLAIM_KINDS)})[)\]]|({'|'.join(CLAIM_KINDS)})\s?:)[\s:،–-]{{0,4}}(?=\S)"
)
_INITIAL: Final = re.compile(r"(?:^|[\s«(])\w{1,2}\.\s*$")
_BARE_HEADING: Final = 8
"""Words up to which a line without numbers or a full stop counts as a heading."""


def parse_article(text: str, last: int, most_range: int) -> ParsedArticle:
    """Parse an article that may cite the numbers 1 to `last`, in ranges of at most `most_range` of them."""
    reader = _Reader(last, most_range)
    for row in text.translate(DIGITS).splitlines():
        reader.read(row[:_ROW_MOST])
    return reader.article()


def parse_mended(text: str, count: int, last: int) -> dict[int, ArticleLine | None]:
    """The sentences, 1 to `count`, that came back after a complaint; None for one that is to be dropped."""
    reader, mended = _Reader(last, MOST_CITED), dict[int, ArticleLine | None]()
    for number, row in numbered_rows(text, count).items():
        lines = list(reader.lines(row[:_ROW_MOST]))
        told = " ".join(line.text for line in lines)
        cites = tuple(sorted({cited for line in lines for cited in line.cites}))
        quotes = tuple(quote for line in lines for quote in line.quotes)
        mended[number] = ArticleLine(told, cites, quotes) if told else None
    return mended


def read_kinds(article: ParsedArticle) -> ParsedArticle:
    """The article with the labels in front of its sentences read as what kind each is."""

    def labelled(line: ArticleLine) -> ArticleLine:
        found = _KIND.match(line.text)
        return replace(line, text=line.text[found.end() :], kind=found[1] or found[2]) if found else line

    parts = (
        replace(part, paragraphs=tuple(tuple(map(labelled, paragraph)) for paragraph in part.paragraphs))
        for part in article.parts
    )
    return replace(article, parts=tuple(parts))


@dataclass(slots=True)
class _Part:
    """A part while it is read."""

    kind: PartKind
    heading: str
    level: int
    """Number signs before its heading; 0 for a heading marked otherwise."""
    paragraphs: list[list[ArticleLine]] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Reads an article row by row."""

    last: int
    most_range: int
    headline: str = ""
    subtitle: str = ""
    parts: list[_Part] = field(default_factory=list)
    gap: bool = True
    """Whether a new paragraph begins with the next line."""

    def read(self, row: str) -> None:
        """Take one more row."""
        if not row.strip() or _RULE.match(row):
            self.gap = True
        elif not self.headline and not any(part.paragraphs for part in self.parts) and (found := _HEADLINE.match(row)):
            self.headline = _heading_text(found[1])
        elif not any(part.paragraphs for part in self.parts) and (found := _SUBTITLE.match(row)):
            self.subtitle = _heading_text(found[1])
        elif found := _SECTION.match(row) or (_HEADLINE.match(row) if self.parts else None):
            self._open(found[1], 0)
        elif found := _MARKED.match(row):
            self._headed(found[2], len(found[1]))
        elif found := _BOLD.match(row):
            self._headed(found[1], 0)
        elif (found := _LABEL.match(row)) and _kind(found[1]) is not PartKind.SECTION:
            self._open(found[1], 0)
            self._add(found[2])
        elif _kind(row) is not PartKind.SECTION or (self.gap and self._is_bare_heading(row)):
            self._open(row, 0)
        else:
            self._add(row)

    def article(self) -> ParsedArticle:
        """What was read."""
        self._find_headline()
        whole: dict[tuple[PartKind, int], ArticlePart] = {}
        for at, part in enumerate(self.parts):
            paragraphs = tuple(tuple(paragraph) for paragraph in part.paragraphs)
            if not paragraphs:
                continue
            key = (part.kind, at if part.kind is PartKind.SECTION else 0)
            before = whole.get(key)
            whole[key] = (
                replace(before, paragraphs=before.paragraphs + paragraphs)
                if before
                else ArticlePart(part.kind, part.heading, paragraphs)
            )
        return ParsedArticle(self.headline, self.subtitle, tuple(whole.values()))

    def _find_headline(self) -> None:
        """Take a first heading that stands over nothing, or over all others, for the headline that is missing."""
        if self.headline or not self.parts or self.parts[0].kind is not PartKind.SECTION:
            return
        first, others = self.parts[0], self.parts[1:]
        led = any(part.kind is PartKind.LEAD for part in others)
        over_all = all(part.level > first.level for part in others) if first.level else not led
        if others and (over_all or not first.paragraphs):
            self.headline = first.heading
            first.kind, first.heading = PartKind.LEAD, ""

    def _headed(self, text: str, level: int) -> None:
        """Open a part; its label may be followed by a sentence on the same row: `**المقدمة:** يقول ...`."""
        if found := _HEADLINE.match(text):
            if not self.headline and not self.parts:
                self.headline = _heading_text(found[1])
                return
            text = found[1]
        self._open(text, level)

    def _open(self, text: str, level: int) -> None:
        heading = _heading_text(text)
        kind = _kind(heading)
        self.parts.append(_Part(kind, heading if kind is PartKind.SECTION else "", level))
        self.gap = True

    def _is_bare_heading(self, row: str) -> bool:
        bare = row.strip(" *:：")
        return len(bare.split()) <= _BARE_HEADING and not bare.endswith((".", "؟", "!", "…", "]", "»", "،"))

    def _add(self, row: str) -> None:
        lines = list(self.lines(row))
        if not lines:
            return
        if not self.parts:
            self.parts.append(_Part(PartKind.LEAD, "", 0))
        if self.gap or not self.parts[-1].paragraphs:
            self.parts[-1].paragraphs.append([])
        self.parts[-1].paragraphs[-1] += lines
        self.gap = False

    def lines(self, row: str) -> Iterator[ArticleLine]:
        """The sentences of a row; the words that it quotes after its last numbers belong to its last sentence."""
        quotes: list[str] = []

        def keep(found: re.Match[str], left: str) -> str:
            quotes.extend(re.findall(r"«([^«»]+)»", found[found.re.groups]))
            return left

        row = _INSIDE.sub(lambda found: keep(found, f"[{found[1]}]"), row.strip())
        row = _BETWEEN.sub(lambda found: keep(found, " "), row)
        row = _BEHIND.sub(lambda found: keep(found, ""), row)
        lines: list[ArticleLine] = []
        pending: tuple[int, ...] = ()
        for text, cites in cited_segments(row, self.last, self.most_range):
            sentences = list(_sentences(text))
            if not sentences:
                pending = (*pending, *cites)
                continue
            lines += [ArticleLine(sentence, tuple(sorted({*cites} or {*pending}))) for sentence in sentences]
            pending = ()
        if not lines and pending:
            lines = [ArticleLine("", pending)]
        if lines and quotes:
            lines[-1] = replace(lines[-1], quotes=tuple(dict.fromkeys(quotes)))
        yield from lines


def _kind(heading: str) -> PartKind:
    return _NAMED.get(" ".join(fold(_heading_text(heading)).split()), PartKind.SECTION)


def _heading_text(text: str) -> str:
    """A heading without markup, numbering and citations."""
    without = re.sub(r"[\[(][\d\s،,\-–]{1,60}[\])]", " ", text)
    return _NUMBER_BEFORE.sub("", plain_sentence(without)).strip(EDGES + '«»".').strip()


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text; what stands in quotation marks is not cut, nor is an abbreviated title (`د. عادل`)."""
    begin = 0
    ends = [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    for end in ends:
        piece = text[begin:end]
        if end < len(text) and (piece.count("«") > piece.count("»") or _INITIAL.search(piece)):
            continue
        begin = end
        clean = plain_sentence(piece)
        if clean.count('"') % 2:
            clean = clean.replace('"', "")
        clean = clean.strip(EDGES)
        if BROKEN not in clean and any(letter.isalpha() for letter in clean):
            yield clean
