"""Check a draft against the script it was written from: every finding is data, none is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from pipeline.stages.coverage import coverage
from pipeline.text.counting import clock, day, percent
from pipeline.text.figures import figures
from pipeline.text.fold import words
from pipeline.text.frame import FRAME, NEGATIONS
from pipeline.text.match import Match, match, within
from pipeline.text.salience import aside
from pipeline.text.tidy import MARKS
from pipeline.types import Basis, Finding, Flaw, Removal, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.settings import VerifySettings
    from pipeline.types import Draft, Paragraph, Passage, Script, Sentence, Span, Statement, Video

_URL = re.compile(r"https?://[!#-;=?-~]{1,2000}")
_QUOTE = re.compile(r"«([^«»]{1,2000})»|“([^“”]{1,2000})”|\"([^\"]{1,2000})\"")
_LATIN = re.compile(r"[a-z]")
_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و")
_CLOSE = 0.8
"""Share of common words from which a sentence counts as taken from another, so that a lost `not` matters."""
_KNOWN = 0.5
"""Share of a sentence about the metadata that must be metadata or frame; below it, it says something else."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What statements may rest on, prepared for comparing."""

    texts: tuple[tuple[str, ...], ...]
    """Folded words of each text in which a quotation may stand."""
    words: frozenset[str]
    figures: frozenset[str]
    url: str

    def __or__(self, other: _Ground) -> _Ground:
        return _Ground(
            self.texts + other.texts, self.words | other.words, self.figures | other.figures, self.url or other.url
        )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The cited sentences of one statement."""

    words: tuple[str, ...]
    """Folded, in the order they were said."""
    starts: frozenset[int]
    """Indices in `words` at which a sentence begins."""
    ground: _Ground


def verify(draft: Draft, script: Script, settings: VerifySettings) -> Report:
    """Findings on every statement, the share that stands in its cited sentences, and the minutes that are shown.

    Linear in the length of the draft and of the sentences it cites.
    """
    metadata = _metadata(script.video)
    facts = metadata | _headings(draft)
    measured = facts | _counts(draft, script.video)
    findings = list(_fronts(draft, metadata, script))
    sentences = {sentence.number: sentence for sentence in script.sentences}
    spoken = supported = 0
    for place, statement in _statements(draft):
        if statement.basis is Basis.METADATA:
            flaws = _stated(statement, measured)
        else:
            flaws, stands = _spoken(statement, sentences, facts)
            spoken, supported = spoken + 1, supported + stands
        findings += [Finding(flaw, place, statement.text, detail) for flaw, detail in flaws]
    shown = coverage(draft, script)
    findings += [_gap(gap) for gap in shown.gaps if gap.end - gap.start >= settings.gap_minutes * 60]
    left_out = (*script.removed, *_passed_over(draft, script))
    return Report(tuple(findings), spoken, supported, shown.share, shown.cover, left_out)


def _passed_over(draft: Draft, script: Script) -> Iterator[Removal]:
    """The sentences that no statement cites and that are said in passing: greetings, calls to subscribe, fillers."""
    cited = {number for _, statement in _statements(draft) for number in statement.cites}
    for sentence in script.sentences:
        reason = aside(sentence) if sentence.number not in cited else None
        if reason:
            yield Removal(reason, sentence.text, sentence.start)


# --- what there is to check, and against what ---


def _statements(draft: Draft) -> Iterator[tuple[str, Statement]]:
    """Every statement with its place as `Finding.place` writes it."""
    for place, paragraph in _paragraphs(draft):
        for statement in paragraph.statements:
            yield place, statement


def _paragraphs(draft: Draft) -> Iterator[tuple[str, Paragraph]]:
    yield "lead", draft.lead
    for number, paragraph in enumerate(draft.background, 1):
        yield f"background.{number}", paragraph
    yield "transition", draft.transition
    for number, section in enumerate(draft.sections, 1):
        for index, paragraph in enumerate(section.paragraphs, 1):
            yield f"sections.{number}.{index}", paragraph
    for name, part in (("challenges", draft.challenges), ("outlook", draft.outlook), ("conclusion", draft.conclusion)):
        if part:
            yield name, part


def _metadata(video: Video) -> _Ground:
    """What the source says about the video; its description is not among it, since anything may stand there."""
    texts = [video.title, video.channel, *(chapter.title for chapter in video.chapters)]
    texts += [f"{day(video.published)} {video.published.isoformat()}"] if video.published else []
    return _ground([words(text) for text in (*texts, video.id)], set().union(*map(figures, texts)), video.url)


def _headings(draft: Draft) -> _Ground:
    """What the article may tell of itself: its headings, which are checked where they stand."""
    headings = [section.heading for section in draft.sections]
    return _ground([words(heading) for heading in headings], set().union(*map(figures, headings)))


def _counts(draft: Draft, video: Video) -> _Ground:
    """Figures that only a statement about the metadata may use: the length, how many chapters and sections."""
    return _ground([], {str(len(video.chapters)), str(len(draft.sections))} | _lengths(video.seconds))


def _ground(texts: Sequence[tuple[str, ...]], numbers: set[str], url: str = "") -> _Ground:
    return _Ground(tuple(texts), frozenset(word for text in texts for word in text), frozenset(numbers), url)


def _lengths(seconds: float | None) -> set[str]:
    """The figures by which a length can be told: hours, minutes and seconds, or minutes rounded either way."""
    if seconds is None:
        return set()
    minutes, rest = divmod(int(seconds), 60)
    rounded = round(seconds / 60)
    return {str(n) for n in (minutes, minutes + 1, rest, *divmod(minutes, 60), *divmod(rounded, 60))}


def _evidence(sentences: list[Sentence]) -> _Evidence:
    said: list[str] = []
    starts: set[int] = set()
    for sentence in sentences:
        starts.add(len(said))
        said += words(sentence.text)
    together = figures(" ".join(sentence.text for sentence in sentences))
    numbers = together.union(*(figures(sentence.text) for sentence in sentences))
    return _Evidence(tuple(said), frozenset(starts), _ground([tuple(said)], set(numbers)))


# --- statements about the speech ---


def _spoken(
    statement: Statement, sentences: dict[int, Sentence], facts: _Ground
) -> tuple[list[tuple[Flaw, str]], bool]:
    """Flaws of a statement about the speech, and whether it stands in its cited sentences."""
    cited = sorted(set(statement.cites))
    unknown = [str(number) for number in cited if number not in sentences]
    if unknown or not cited:
        return [(Flaw.UNCITED, " ".join(unknown))], False
    evidence = _evidence([sentences[number] for number in cited])
    claim = words(_without_headings(statement.text, facts))
    found = _match(claim, evidence)
    flaws = _details(statement.text, evidence.ground | facts)
    if found.share >= _CLOSE and (difference := _negations(claim, found, evidence)):
        flaws.append((Flaw.NEGATION, difference))
    if not found.ordered:
        flaws.append((Flaw.UNSUPPORTED, _lack(statement.text, found.share, found.missing)))
    return flaws, found.ordered


def _match(claim: tuple[str, ...], evidence: _Evidence) -> Match:
    """How a claim stands in what was said, without a phrase that only leads to it (`وفي هذا السياق`)."""
    whole = match(claim, evidence.words)
    return whole if whole.ordered else match(tuple(dropwhile(_frames, claim)), evidence.words)


def _frames(word: str) -> bool:
    """Whether a word only leads to what is said, also when joined to what stands before."""
    return word in FRAME or (word[0] in "وف" and (word[1:] in FRAME or len(word) == 1))


def _without_headings(text: str, facts: _Ground) -> str:
    """The text without quoted headings and metadata, which are looked at where they stand."""
    return _QUOTE.sub(lambda quote: " " if words(quote[0]) in facts.texts else quote[0], text)


def _negations(claim: tuple[str, ...], found: Match, evidence: _Evidence) -> str:
    """Both counts when they differ, as `1 ≠ 0`; a `not` just before the words that were taken counts as theirs."""
    if not found.ordered and len(claim) < _CLOSE * len(evidence.words):
        return ""
    first, last = found.place if found.ordered else (0, len(evidence.words))
    first -= first not in evidence.starts
    here = sum(word in NEGATIONS for word in claim)
    there = sum(word in NEGATIONS for word in evidence.words[first:last])
    return f"{here} ≠ {there}" if here != there else ""


# --- statements about the metadata, and what both have in common ---


def _stated(statement: Statement, facts: _Ground) -> list[tuple[Flaw, str]]:
    """Flaws of a statement that rests on the metadata alone."""
    claim = words(_URL.sub(" ", statement.text))
    known = facts.words | {_root(word) for word in facts.words}
    other = [word for word in claim if not _known(word, known)]
    share = 1 - len(other) / len(claim) if claim else 1.0
    flaws = _details(statement.text, facts)
    return flaws if share >= _KNOWN else [*flaws, (Flaw.UNSUPPORTED, _lack(statement.text, share, other))]


def _details(text: str, ground: _Ground) -> list[tuple[Flaw, str]]:
    """Figures, Latin names, addresses and quotations that have no ground."""
    prose = _URL.sub(" ", text)
    addresses = [address for address in _URL.findall(text) if address.rstrip(".,)") != ground.url]
    names = [word for word in dict.fromkeys(words(prose)) if _LATIN.search(word) and word not in ground.words]
    quotes = [next(filter(None, groups)) for groups in _QUOTE.findall(prose)]
    return (
        [(Flaw.NUMBER, figure) for figure in sorted(figures(prose) - ground.figures)]
        + [(Flaw.NAME, name) for name in addresses + names]
        + [(Flaw.QUOTE, quote) for quote in quotes if not any(within(words(quote), said) for said in ground.texts)]
    )


def _lack(text: str, share: float, missing: Sequence[str]) -> str:
    """The share of words that have a ground, then those that have none, as the text spells them."""
    spelled = {folded: token.strip(MARKS) for token in text.split() for folded in words(token)}
    return f"{percent(share)}: {' '.join(spelled.get(word, word) for word in dict.fromkeys(missing))}".rstrip(": ")


# --- titles, headings, gaps ---


def _fronts(draft: Draft, metadata: _Ground, script: Script) -> Iterator[Finding]:
    """A title, headline or heading may use the words and figures of the metadata and of the talk."""
    texts = [sentence.text for sentence in script.sentences]
    texts += [f"{passage.heading} {_bounds(passage)}" for passage in script.passages]
    said = metadata.words.union(*map(words, texts))
    known = said | {_root(word) for word in said}
    fronts = [("title", draft.title), ("headline", draft.headline)]
    fronts += [(f"sections.{number}", section.heading) for number, section in enumerate(draft.sections, 1)]
    strange: set[str] = set().union(*(figures(text) for _, text in fronts)) - metadata.figures
    strange = strange.difference(*map(figures, texts)) if strange else strange
    for place, text in fronts:
        claim = words(text)
        other = [word for word in claim if not _known(word, known)]
        if other:
            yield Finding(Flaw.UNSUPPORTED, place, text, _lack(text, 1 - len(other) / len(claim), other))
        for figure in sorted(figures(text) & strange):
            yield Finding(Flaw.NUMBER, place, text, figure)


def _bounds(passage: Passage) -> str:
    """What a heading may say of a passage that has none: its times and its sentence numbers."""
    ends = (passage.sentences[0], passage.sentences[-1]) if passage.sentences else ()
    times = [time for sentence in ends for time in (sentence.start, sentence.end) if time is not None]
    return " ".join([*map(clock, times), *(str(sentence.number) for sentence in ends)])


def _known(word: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether a word has a ground or only frames; figures are looked at apart."""
    return _frames(word) or word.isdecimal() or word in vocabulary or _root(word) in vocabulary


def _root(word: str) -> str:
    """The word without its article or conjunction, so that `الحدود` was said where `حدود` was."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            return word[len(prefix) :]
    return word


def _gap(span: Span) -> Finding:
    minutes = int((span.end - span.start) // 60)
    return Finding(Flaw.UNCOVERED, "article", f"{clock(span.start)}–{clock(span.end)}", str(minutes))
