"""The page of an article under review: every text in runs of one direction, every link computed.

`BlockView` and `StatementView` are also sent to the page's script as JSON: `static/editor.js` reads their fields.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.arabic.bidi import DirectionRun, direction_runs, strip_controls
from pipeline.arabic.formatting import timestamp
from pipeline.arabic.numbers import figures
from pipeline.arabic.phrases import cut_at_quotes
from pipeline.arabic.punctuation import PUNCTUATION, tidy
from pipeline.export.coverage_bar import BarSegment, LegendEntry, bar_segments, legend
from pipeline.export.text import sentence_label, web_address
from pipeline.review.blocks import BlockShape, blocks
from pipeline.review.rules import term_pattern
from pipeline.types.article import OF_THE_WHOLE, Basis, Flaw
from pipeline.urls import timed_url, watch_url
from pipeline.verify.claims import quotes_by_sentence
from pipeline.verify.coverage import talk_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.blocks import DraftBlock
    from pipeline.review.i18n import Messages
    from pipeline.types.article import Article, Finding

Runs = tuple[DirectionRun, ...]
FIGURE_WORDS: Final = 5
"""Most words that write out one figure, for it to be pointed at."""


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
    text: Runs
    cites: tuple[CitationLink, ...]
    basis: Basis
    findings: tuple[Runs, ...]
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
    parts: Runs
    lines: tuple[StatementView, ...]
    findings: tuple[Runs, ...]
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
    pieces: tuple[tuple[Runs, bool], ...]
    """The sentence, cut where a statement rests on its very words: these are marked."""
    uses: tuple[tuple[str, str], ...]
    """Id and label of the statements that rest on it."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The page of one article."""

    blocks: tuple[BlockView, ...]
    transcript: tuple[TranscriptLine, ...]
    bar: tuple[BarSegment, ...]
    legend: tuple[LegendEntry, ...]
    length: str
    findings: tuple[Runs, ...]
    """Those on the article as a whole."""
    dropped: tuple[Runs, ...]
    """What a language model wrote and does not stand, each with why."""
    video_url: str
    """Empty when there is none to link to."""
    player_url: str
    """Empty unless the video is YouTube's."""
    seconds: float


def draft_page(review: ReviewArticle, messages: Messages, player: str, origin: str) -> DraftPage:
    """The page of an article; `player` is the origin of YouTube's player, `origin` that of the desk."""
    article = review.article
    video, coverage, seconds = article.script.video, article.report.cover, talk_end(article.script)
    block_views = tuple(_block_views(article, messages))
    on_youtube = video.url == watch_url(video.id)
    return DraftPage(
        blocks=block_views,
        transcript=tuple(_transcript(article, block_views)),
        bar=tuple(bar_segments(coverage, seconds)),
        legend=tuple(legend(coverage, seconds, messages["uncovered"])),
        length=timestamp(seconds),
        findings=tuple(_note(f, messages) for f in article.report.findings if f.place == "article"),
        dropped=tuple(_dropped(article, messages)),
        video_url=web_address(video.url),
        player_url=f"{player}/embed/{video.id}?enablejsapi=1&playsinline=1&rel=0&origin={origin}" if on_youtube else "",
        seconds=seconds,
    )


def runs(text: str) -> Runs:
    """A line in runs of one direction, without direction overrides."""
    return direction_runs(strip_controls(text))


def _block_views(article: Article, messages: Messages) -> Iterator[BlockView]:
    findings: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in article.report.findings:
        findings[finding.place, finding.text].append(finding)
    labels = {
        sentence.number: CitationLink(sentence.number, sentence_label(sentence), sentence.start)
        for sentence in article.script.sentences
    }

    def statement_views(block: DraftBlock, block_id: str) -> Iterator[StatementView]:
        for number, statement in enumerate(block.paragraph.statements if block.paragraph else (), 1):
            own = findings.get((block.place, statement.text), ())
            yield StatementView(
                id=f"{block_id}-{number}",
                text=runs(tidy(statement.text)),
                cites=tuple(labels[number] for number in sorted(set(statement.cites)) if number in labels),
                basis=statement.basis,
                findings=tuple(_note(finding, messages) for finding in own),
                wrong=_wrong_words(statement.text, own),
            )

    draft_blocks = list(blocks(article.draft))
    siblings = Counter(block.place.rpartition(".")[0] for block in draft_blocks)
    for block in draft_blocks:
        block_id = "b-" + block.place.replace(".", "-")
        lines = tuple(statement_views(block, block_id))
        own = () if lines else findings.get((block.place, block.text), ())
        yield BlockView(
            id=block_id,
            place=block.place,
            label=messages.places.name(block.place),
            shape=block.shape,
            level={"title": 1}.get(block.place, 2 if block.shape is BlockShape.HEADING else 0),
            text=block.text,
            parts=runs(block.text),
            lines=lines,
            findings=tuple(_note(finding, messages) for finding in own),
            actions=tuple(_actions(block, siblings)),
        )


def _actions(block: DraftBlock, siblings: Mapping[str, int]) -> Iterator[str]:
    """What the rules of `review.blocks` allow here, as far as the place tells."""
    group, _, number = block.place.rpartition(".")
    yield "write"
    if group:
        yield "remove"
        if int(number) > 1:
            yield from ("up", "merge")
        if int(number) < siblings[group]:
            yield "down"
    elif block.place in {"challenges", "outlook"}:
        yield "remove"
    if group or block.place in {"lead", "headline"}:
        yield "add"
    if block.shape is BlockShape.HEADING or block.place == "transition":
        yield "section"


def _wrong_words(statement: str, findings: Sequence[Finding]) -> str:
    """The first words that findings name and that stand in the statement: written-out figures before details."""
    named = (
        word
        for finding in findings
        for word in (*_figure_words(statement, finding), finding.detail, *finding.detail.split())
    )
    return next((word for word in named if word and term_pattern(word).search(statement)), "")


def _figure_words(statement: str, finding: Finding) -> Iterator[str]:
    """The words in which a statement writes the figure of a finding: `أربعين` for `40%`."""
    words = [word.strip(PUNCTUATION) for word in statement.split()] if finding.flaw is Flaw.NUMBER else []
    for size in range(1, FIGURE_WORDS + 1):
        for phrase in (" ".join(words[at : at + size]) for at in range(len(words) - size + 1)):
            if finding.detail.rstrip("%") in {figure.rstrip("%") for figure in figures(phrase)}:
                yield phrase


def _note(finding: Finding, messages: Messages) -> Runs:
    """A finding in words: what, and which."""
    label = messages.flaws[finding.flaw]
    about = finding.text if finding.flaw in OF_THE_WHOLE else finding.detail
    return runs(f"{label}: {about}" if about else label)


def _dropped(article: Article, messages: Messages) -> Iterator[Runs]:
    account = article.draft.account
    for each in (*account.headings_dropped, *account.dropped) if account else ():
        yield runs(f"{messages.drops[each.reason]}: {each.text} ({each.detail})".replace(" ()", ""))


def _transcript(article: Article, block_views: Sequence[BlockView]) -> Iterator[TranscriptLine]:
    uses: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for block in block_views:
        for line in block.lines:
            for cite in line.cites:
                uses[cite.number].append((line.id, block.label))
    url = web_address(article.script.video.url)
    quotes = quotes_by_sentence(article.draft, {each.number: each.text for each in article.script.sentences})
    for sentence in article.script.sentences:
        yield TranscriptLine(
            number=sentence.number,
            start=sentence.start,
            label=sentence_label(sentence),
            link=timed_url(url, sentence.start) if sentence.start is not None else "",
            pieces=tuple(
                (runs(piece), quoted) for piece, quoted in cut_at_quotes(sentence.text, quotes.get(sentence.number, ()))
            ),
            uses=tuple(uses[sentence.number]),
        )
