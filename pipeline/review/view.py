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
from pipeline.export.coverage_bar import BarSegment, LegendEntry, bar_segments, legend, time_range
from pipeline.export.text import sentence_label, text_runs, turns, web_address
from pipeline.review.blocks import BlockShape, blocks
from pipeline.review.finding_view import FindingView, Offers, OfferView, checked_views, finding_view
from pipeline.review.legibility import is_hard_to_read
from pipeline.review.rules import term_pattern
from pipeline.types.article import Flaw, TimeSpan
from pipeline.urls import timed_url, watch_url
from pipeline.verify.claims import quotes_by_sentence
from pipeline.verify.coverage import gaps, talk_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipeline.review.articles import ReviewArticle
    from pipeline.review.blocks import DraftBlock
    from pipeline.review.i18n import Messages
    from pipeline.types.article import Article, Basis, Finding, Script, SectionCoverage

Runs = tuple[DirectionRun, ...]
NAMED_FROM: Final = 60.0
"""Shortest stretch without speech, or in no part, that the bar names, in seconds."""
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
    findings: tuple[FindingView, ...]
    wrong: str
    """The first words that its findings name and that stand in it, or nothing."""
    offers: tuple[OfferView, ...] = ()
    """Passages that may be its evidence, too."""
    awaited: bool = False
    """Whether a judge has yet to say something about it."""

    @property
    def tone(self) -> str:
        """The gravest of its findings; empty without any."""
        return min((finding.tone for finding in self.findings), default="")  # `certain` comes before `hint`

    @property
    def reasons(self) -> str:
        """The ids of its findings, without their buttons, as an attribute has them."""
        return " ".join(f"{self.id}-why-{number}" for number in range(1, len(self.findings) + 1))

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
    findings: tuple[FindingView, ...]
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
    hard: bool
    """Whether it is hard to read."""
    uses: tuple[tuple[str, str], ...]
    """Id and label of the statements that rest on it."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The page of one article."""

    blocks: tuple[BlockView, ...]
    transcript: tuple[TranscriptLine, ...]
    bar: tuple[BarSegment, ...]
    silence: tuple[BarSegment, ...]
    """Stretches of the bar in which nobody speaks; what is neither these nor of a part, no part covers."""
    legend: tuple[LegendEntry, ...]
    length: str
    findings: tuple[FindingView, ...]
    """Those on the article as a whole."""
    to_check: tuple[tuple[str, tuple[tuple[Runs, CitationLink], ...]], ...]
    """What to look at before publishing: each kind with its places."""
    checked: tuple[FindingView, ...]
    """Those that a person found to be none."""
    dropped: tuple[Runs, ...]
    """What a language model wrote and does not stand, each with why."""
    video_url: str
    """Empty when there is none to link to."""
    player_url: str
    """Empty unless the video is YouTube's."""
    seconds: float


def draft_page(
    review: ReviewArticle,
    messages: Messages,
    player: str,
    origin: str,
    near: Callable[[str], Sequence[int]] = lambda _: (),
) -> DraftPage:
    """The page of an article; `player` is the origin of YouTube's player, `origin` that of the desk.

    `near` gives the numbers of the sentences of the talk that come closest to a text.
    """
    article = review.article
    video, coverage, seconds = article.script.video, article.report.coverage.sections, talk_end(article.script)
    silence = _silence(article.script, seconds)
    offers = Offers(near, {sentence.number: sentence for sentence in article.script.sentences})
    block_views = tuple(_block_views(review, messages, offers))
    on_youtube = video.url == watch_url(video.id)
    return DraftPage(
        blocks=block_views,
        transcript=tuple(_transcript(article, block_views)),
        bar=tuple(bar_segments(coverage, seconds)),
        silence=tuple(_silent_segments(silence, seconds)),
        legend=tuple(_legend(coverage, silence, seconds, messages)),
        length=timestamp(seconds),
        findings=tuple(finding_view(f, messages) for f in article.report.findings if f.place == "article"),
        to_check=tuple(_to_check(article, messages)),
        checked=checked_views(review, messages),
        dropped=tuple(_dropped(article, messages)),
        video_url=web_address(video.url),
        player_url=f"{player}/embed/{video.id}?enablejsapi=1&playsinline=1&rel=0&origin={origin}" if on_youtube else "",
        seconds=seconds,
    )


def _silence(script: Script, seconds: float) -> tuple[TimeSpan, ...]:
    """The longer stretches without a word; none where no word has a time."""
    spoken = [
        TimeSpan(each.start, each.start if each.end is None else each.end)
        for each in script.sentences
        if each.start is not None
    ]
    return tuple(span for span in gaps(spoken, seconds) if spoken and span.end - span.start >= NAMED_FROM)


def _silent_segments(silence: Sequence[TimeSpan], seconds: float) -> Iterator[BarSegment]:
    for span in silence:
        start, end = (round(time / seconds * 1000) for time in (span.start, span.end))
        yield BarSegment(start, max(end - start, 1), 0)


def _legend(
    coverage: Sequence[SectionCoverage], silence: Sequence[TimeSpan], seconds: float, messages: Messages
) -> Iterator[LegendEntry]:
    """The parts, the longest stretches of speech that none of them has, and where nobody speaks."""
    yield from legend(coverage, seconds, messages["uncovered"], messages["untitled"], silence)
    if coverage and silence:
        yield LegendEntry(-1, text_runs(messages["silence"]), tuple(map(time_range, silence)))


def runs(text: str) -> Runs:
    """A line in runs of one direction, without direction overrides."""
    return direction_runs(strip_controls(text))


def _block_views(review: ReviewArticle, messages: Messages, offers: Offers) -> Iterator[BlockView]:
    article = review.article
    # Each finding once for each text: the same sentence, n times in a paragraph, has n equal findings, and all of them
    # beside each would be n².
    findings: dict[tuple[str, str], dict[Finding, None]] = defaultdict(dict)
    for finding in article.report.findings:
        findings[finding.place, finding.text][finding] = None
    labels = {
        sentence.number: CitationLink(sentence.number, sentence_label(sentence), sentence.start)
        for sentence in article.script.sentences
    }

    def noted(finding: Finding) -> FindingView:
        return finding_view(finding, messages, judged=review.judged and finding.text not in review.awaited)

    def statement_views(block: DraftBlock, block_id: str) -> Iterator[StatementView]:
        for number, statement in enumerate(block.paragraph.statements if block.paragraph else (), 1):
            own = findings.get((block.place, statement.text), ())
            yield StatementView(
                id=f"{block_id}-{number}",
                text=runs(tidy(statement.text)),
                cites=tuple(labels[number] for number in sorted(set(statement.cites)) if number in labels),
                basis=statement.basis,
                findings=tuple(noted(finding) for finding in own),
                wrong=_wrong_words(statement.text, tuple(own)),
                offers=offers.of(statement, tuple(own)),
                awaited=statement.text in review.awaited,
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
            findings=tuple(noted(finding) for finding in own),
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
    elif block.place in {"challenges", "outlook", "conclusion"}:
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


def _to_check(article: Article, messages: Messages) -> Iterator[tuple[str, tuple[tuple[Runs, CitationLink], ...]]]:
    links = {
        each.number: CitationLink(each.number, sentence_label(each), each.start) for each in article.script.sentences
    }
    for doubt, label in messages.doubts.items():
        notes = [each for each in article.report.editor_notes if each.doubt is doubt and each.sentence in links]
        if notes:
            yield label, tuple((runs(each.text), links[each.sentence]) for each in notes)


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
    voices = turns(article.script.sentences)
    for sentence in article.script.sentences:
        yield TranscriptLine(
            number=sentence.number,
            start=sentence.start,
            label=sentence_label(sentence),
            link=timed_url(url, sentence.start) if sentence.start is not None else "",
            pieces=tuple(
                (runs(piece), quoted)
                for piece, quoted in cut_at_quotes(
                    voices.get(sentence.number, "") + sentence.text, quotes.get(sentence.number, ())
                )
            ),
            hard=is_hard_to_read(sentence),
            uses=tuple(uses[sentence.number]),
        )
