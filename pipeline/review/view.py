"""An article on the desk as its page shows it: every text in stretches of one direction, every link computed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import DirectionRun, direction_runs, strip_controls
from pipeline.arabic.formatting import timestamp
from pipeline.arabic.numbers import figures
from pipeline.arabic.punctuation import MARKS, tidy
from pipeline.review.blocks import BlockShape, blocks
from pipeline.review.i18n import place_name as place_in_words
from pipeline.review.rules import term_pattern
from pipeline.types.article import Basis, Flaw
from pipeline.urls import timed_url, watch_url
from pipeline.verify.coverage import gaps, talk_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.blocks import DraftBlock
    from pipeline.review.i18n import Messages
    from pipeline.types.article import Article, Finding, SectionCoverage, Sentence, Statement, TimeSpan

Text = tuple[DirectionRun, ...]
FIGURE_WORDS: Final = 5
"""Words that tell one figure, at most, for it to be pointed at."""
_SHORTEST_GAP = 60.0
"""Seconds in no section that the legend names."""


@dataclass(frozen=True, slots=True)
class CitationLink:
    """A link from a statement to a sentence of the transcript."""

    number: int
    label: str
    """Its second as a clock, or its number where there are no times."""
    start: float | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement."""

    id: str
    text: Text
    cites: tuple[CitationLink, ...]
    basis: Basis
    findings: tuple[Text, ...]
    wrong: str
    """The first words that its findings name and that stand in it, or nothing."""

    @property
    def numbers(self) -> str:
        """The cited sentences, as an attribute has them: `12 13`."""
        return " ".join(str(cite.number) for cite in self.cites)


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block with what can be done with it."""

    id: str
    place: str
    label: str
    shape: BlockShape
    level: int
    """Of its heading: 1 the title, 2 a section, 0 none."""
    text: str
    parts: Text
    lines: tuple[StatementView, ...]
    findings: tuple[Text, ...]
    """Those on a title, headline or heading."""
    actions: tuple[str, ...]
    """Names of the buttons that make sense here."""


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One sentence of the transcript."""

    number: int
    start: float | None
    label: str
    link: str
    text: Text
    uses: tuple[tuple[str, str], ...]
    """Id and label of the statements that rest on it."""


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A stretch of the video in the bar, in thousandths of its length."""

    start: int
    width: int
    section: int
    """Which colour; 0 for what no section stands for."""


@dataclass(frozen=True, slots=True)
class BarLegend:
    """What a colour of the bar stands for."""

    section: int
    heading: Text
    times: tuple[tuple[str, float], ...]
    """Each stretch as text, and its first second."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The page of one article."""

    pieces: tuple[BlockView, ...]
    rows: tuple[TranscriptLine, ...]
    stretches: tuple[BarSegment, ...]
    legend: tuple[BarLegend, ...]
    length: str
    general: tuple[Text, ...]
    """Findings on the article as a whole."""
    watch: str
    """Address of the video, or nothing."""
    embed: str
    """Address of its player, or nothing where it is not YouTube's."""
    seconds: float


def draft_page(sheet: ReviewArticle, words: Messages, player: str, origin: str) -> DraftPage:
    """What the page of an article shows."""
    article = sheet.article
    video = article.script.video
    pieces = tuple(_pieces(article, words))
    seconds = talk_end(article.script)
    youtube = video.url == watch_url(video.id)
    return DraftPage(
        pieces=pieces,
        rows=tuple(_rows(article, pieces)),
        stretches=tuple(_stretches(article.report.cover, seconds)),
        legend=tuple(_legend(article.report.cover, seconds, words)),
        length=timestamp(seconds),
        general=tuple(_note(f, words) for f in article.report.findings if f.place == "article"),
        watch=video.url if video.url.startswith(("https://", "http://")) else "",
        embed=f"{player}/embed/{video.id}?enablejsapi=1&playsinline=1&rel=0&origin={origin}" if youtube else "",
        seconds=seconds,
    )


def text_runs(words: str) -> Text:
    """A line in stretches of one direction, without direction overrides."""
    return direction_runs(strip_controls(words))


def _pieces(article: Article, words: Messages) -> Iterator[BlockView]:
    sentences = {sentence.number: sentence for sentence in article.script.sentences}
    notes: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in article.report.findings:
        notes[finding.place, finding.text].append(finding)
    found = list(blocks(article.draft))
    counts = defaultdict[str, int](int)
    for block in found:
        counts[block.place.rpartition(".")[0]] += 1
    for block in found:
        yield _piece(block, counts, sentences, notes, words)


def _piece(
    block: DraftBlock,
    counts: Mapping[str, int],
    sentences: Mapping[int, Sentence],
    notes: Mapping[tuple[str, str], Sequence[Finding]],
    words: Messages,
) -> BlockView:
    name = "b-" + block.place.replace(".", "-")
    statements = block.paragraph.statements if block.paragraph else ()
    lines = tuple(
        _line(f"{name}-{number}", statement, sentences, notes.get((block.place, statement.text), ()), words)
        for number, statement in enumerate(statements, 1)
    )
    return BlockView(
        id=name,
        place=block.place,
        label=place_in_words(words, block.place),
        shape=block.shape,
        level={"title": 1}.get(block.place, 2 if block.shape is BlockShape.HEADING else 0),
        text=block.text,
        parts=text_runs(block.text),
        lines=lines,
        findings=() if lines else tuple(_note(f, words) for f in notes.get((block.place, block.text), ())),
        actions=tuple(_actions(block, counts)),
    )


def _actions(block: DraftBlock, counts: Mapping[str, int]) -> Iterator[str]:
    """What the rules of `stages.blocks` allow here, as far as it can be told from the place."""
    group, _, number = block.place.rpartition(".")
    yield "write"
    if group:
        yield "remove"
        if int(number) > 1:
            yield from ("up", "merge")
        if int(number) < counts[group]:
            yield "down"
    elif block.place in {"challenges", "outlook"}:
        yield "remove"
    if group or block.place in {"lead", "headline"}:
        yield "add"
    if block.shape is BlockShape.HEADING or block.place == "transition":
        yield "section"


def _line(
    name: str, statement: Statement, sentences: Mapping[int, Sentence], findings: Sequence[Finding], words: Messages
) -> StatementView:
    cited = sorted({number for number in statement.cites if number in sentences})
    cites = tuple(CitationLink(number, _label(sentences[number]), sentences[number].start) for number in cited)
    notes = tuple(_note(finding, words) for finding in findings)
    return StatementView(
        name, text_runs(tidy(statement.text)), cites, statement.basis, notes, _wrong(statement.text, findings)
    )


def _wrong(said: str, findings: Sequence[Finding]) -> str:
    named = (word for finding in findings for word in (*_told(said, finding), finding.detail, *finding.detail.split()))
    whole = (word for word in named if term_pattern(word).search(said))
    return next((word for word in whole if word), "")


def _told(said: str, finding: Finding) -> Iterator[str]:
    """The words in which a statement tells the figure of a finding: `أربعين` for `40%`."""
    words = [word.strip(MARKS) for word in said.split()] if finding.flaw is Flaw.NUMBER else []
    for size in range(1, FIGURE_WORDS + 1):
        for run in (" ".join(words[at : at + size]) for at in range(len(words) - size + 1)):
            if finding.detail.rstrip("%") in {figure.rstrip("%") for figure in figures(run)}:
                yield run


def _label(sentence: Sentence) -> str:
    return f"ج {sentence.number}" if sentence.start is None else timestamp(sentence.start)


def _note(finding: Finding, words: Messages) -> Text:
    """A finding in words: what, and which."""
    said = words[f"flaw_{finding.flaw.value}"]
    about = finding.text if finding.flaw is Flaw.UNCOVERED else finding.detail
    return text_runs(f"{said}: {about}" if about else said)


def _rows(article: Article, pieces: Sequence[BlockView]) -> Iterator[TranscriptLine]:
    uses: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for piece in pieces:
        for line in piece.lines:
            for cite in line.cites:
                uses[cite.number].append((line.id, piece.label))
    url = article.script.video.url
    for sentence in article.script.sentences:
        link = timed_url(url, sentence.start) if url.startswith("http") and sentence.start is not None else ""
        label = _label(sentence)
        yield TranscriptLine(
            sentence.number, sentence.start, label, link, text_runs(sentence.text), tuple(uses[sentence.number])
        )


def _stretches(cover: Sequence[SectionCoverage], seconds: float) -> Iterator[BarSegment]:
    for number, part in enumerate(cover, 1):
        for span in part.spans:
            start = round(span.start / seconds * 1000)
            yield BarSegment(start, max(round(span.end / seconds * 1000) - start, 1), number)


def _legend(cover: Sequence[SectionCoverage], seconds: float, words: Messages) -> Iterator[BarLegend]:
    for number, part in enumerate(cover, 1):
        yield BarLegend(number, text_runs(part.heading), tuple(map(_time, part.spans)))
    missing = gaps((span for part in cover for span in part.spans), seconds) if cover else ()
    if named := tuple(_time(span) for span in missing if span.end - span.start >= _SHORTEST_GAP):
        yield BarLegend(0, text_runs(words["uncovered"]), named)


def _time(span: TimeSpan) -> tuple[str, float]:
    return f"{timestamp(span.start)}–{timestamp(span.end)}", span.start
