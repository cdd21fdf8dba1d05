"""Check a draft against the script it was written from: every finding is data, none is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.formatting import format_date, timestamp
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import figures
from pipeline.arabic.salience import aside_reason
from pipeline.types.article import Basis, Finding, Flaw, Removal, Report
from pipeline.verify.check import (
    URL,
    CheckResult,
    apply_judgement,
    check,
    describe_missing,
    is_framing,
    make_evidence,
    ungrounded_details,
)
from pipeline.verify.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.ports import Judge
    from pipeline.settings import VerifySettings
    from pipeline.types.article import Draft, Paragraph, Passage, Script, Statement, TimeSpan, Video
    from pipeline.verify.check import Evidence

_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و")
_KNOWN = 0.5
"""Share of a sentence about the metadata that must be metadata or frame; below it, it says something else."""


class ByWords:
    """A `Judge` that leaves all to the checks of words: it accepts every claim."""

    identity = "words"

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Full odds for each pair."""
        return (1.0,) * len(pairs)


def verify(draft: Draft, script: Script, settings: VerifySettings, judge: Judge) -> Report:
    """Findings on every statement, the share that stands in its cited sentences, and the minutes that are shown.

    Linear in the length of the draft and of the sentences it cites. The judge is asked once, about all statements
    that are not word for word.
    """
    named, dated = _named(script.video), _dated(script.video)
    facts = (*named, *(section.heading for section in draft.sections))
    measured = make_evidence((*facts, *dated)) | _counts(draft, script.video) | _addresses(script.video)
    findings = list(_fronts(draft, make_evidence((*named, *dated)), script))
    places = tuple(_statements(draft))
    checks = _spoken([statement for _, statement in places if statement.basis is Basis.SPEECH], script, facts, judge)
    spoken = iter(checks)
    for place, statement in places:
        flaws = _stated(statement, measured) if statement.basis is Basis.METADATA else _flaws(next(spoken))
        findings += [Finding(flaw, place, statement.text, detail) for flaw, detail in flaws]
    shown = coverage(draft, script)
    findings += [_gap(gap) for gap in shown.gaps if gap.end - gap.start >= settings.gap_minutes * 60]
    left_out = (*script.removed, *_passed_over(draft, script))
    verbatim = sum(each.verbatim for each in checks)
    return Report(tuple(findings), len(checks), verbatim, shown.share, shown.cover, left_out)


def _passed_over(draft: Draft, script: Script) -> Iterator[Removal]:
    """The sentences that no statement cites and that are said in passing: greetings, calls to subscribe, fillers."""
    cited = {number for _, statement in _statements(draft) for number in statement.cites}
    for sentence in script.sentences:
        reason = aside_reason(sentence) if sentence.number not in cited else None
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


def _named(video: Video) -> tuple[str, ...]:
    """What the source calls things; the description is not among it, since anything may stand there."""
    return (video.title, video.channel, *(chapter.title for chapter in video.chapters))


def _addresses(video: Video) -> Evidence:
    """What only a statement about the metadata may name; the digits in it are no figures."""
    return replace(make_evidence((video.id, video.url)), figures=frozenset())


def _dated(video: Video) -> tuple[str, ...]:
    """When it was published: no evidence for what was said, in which 11 is seldom November."""
    return (f"{format_date(video.published)} {video.published.isoformat()}",) if video.published else ()


def _counts(draft: Draft, video: Video) -> Evidence:
    """Figures that only a statement about the metadata may use: the length, how many chapters and sections."""
    numbers = {str(len(video.chapters)), str(len(draft.sections))} | _lengths(video.seconds)
    return replace(make_evidence(()), figures=frozenset(numbers))


def _lengths(seconds: float | None) -> set[str]:
    """The figures by which a length can be told: hours, minutes and seconds, or minutes rounded either way."""
    if seconds is None:
        return set()
    minutes, rest = divmod(int(seconds), 60)
    rounded = round(seconds / 60)
    return {str(n) for n in (minutes, minutes + 1, rest, *divmod(minutes, 60), *divmod(rounded, 60))}


# --- statements about the speech ---


def _spoken(statements: Sequence[Statement], script: Script, facts: tuple[str, ...], judge: Judge) -> list[CheckResult]:
    """The check of each statement about the speech."""
    said = {sentence.number: sentence.text for sentence in script.sentences}
    evidence = [_evidence(statement, said) for statement in statements]
    checks = [check(each.text, texts, facts) for each, texts in zip(statements, evidence, strict=True)]
    asked = [at for at, each in enumerate(checks) if evidence[at] and not each.verbatim]
    odds = judge.support([(statements[at].text, " ".join(evidence[at])) for at in asked])
    for at, each in zip(asked, odds, strict=True):
        checks[at] = apply_judgement(checks[at], each)
    return [_numbered(each, statement, said) for each, statement in zip(checks, statements, strict=True)]


def _evidence(statement: Statement, said: dict[int, str]) -> tuple[str, ...]:
    """The cited sentences in the order they were said; none when one of them does not exist."""
    cited = sorted(set(statement.cites))
    return tuple(said[number] for number in cited) if all(number in said for number in cited) else ()


def _numbered(checked: CheckResult, statement: Statement, said: dict[int, str]) -> CheckResult:
    """The check with the cited numbers that do not exist as the detail of `UNCITED`."""
    unknown = " ".join(str(number) for number in sorted(set(statement.cites)) if number not in said)
    return replace(checked, flaws=((Flaw.UNCITED, unknown),)) if unknown else checked


def _flaws(checked: CheckResult) -> tuple[tuple[Flaw, str], ...]:
    """The flaws, and for a verse or hadith that stands as captioned a flaw without a detail: a person compares it."""
    known = any(flaw is Flaw.SCRIPTURE for flaw, _ in checked.flaws)
    return (*checked.flaws, (Flaw.SCRIPTURE, "")) if checked.scripture and not known else checked.flaws


# --- statements about the metadata ---


def _stated(statement: Statement, facts: Evidence) -> list[tuple[Flaw, str]]:
    """Flaws of a statement that rests on the metadata alone."""
    claim = words(URL.sub(" ", statement.text))
    known = facts.words | {_root(word) for word in facts.words}
    other = [word for word in claim if not _known(word, known)]
    share = 1 - len(other) / len(claim) if claim else 1.0
    flaws = ungrounded_details(statement.text, facts)
    return flaws if share >= _KNOWN else [*flaws, (Flaw.UNSUPPORTED, describe_missing(statement.text, share, other))]


# --- titles, headings, gaps ---


def _fronts(draft: Draft, metadata: Evidence, script: Script) -> Iterator[Finding]:
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
            yield Finding(Flaw.UNSUPPORTED, place, text, describe_missing(text, 1 - len(other) / len(claim), other))
        for figure in sorted(figures(text) & strange):
            yield Finding(Flaw.NUMBER, place, text, figure)


def _bounds(passage: Passage) -> str:
    """What a heading may say of a passage that has none: its times and its sentence numbers."""
    ends = (passage.sentences[0], passage.sentences[-1]) if passage.sentences else ()
    times = [time for sentence in ends for time in (sentence.start, sentence.end) if time is not None]
    return " ".join([*map(timestamp, times), *(str(sentence.number) for sentence in ends)])


def _known(word: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether a word has a ground or only frames; figures are looked at apart."""
    return is_framing(word) or word.isdecimal() or word in vocabulary or _root(word) in vocabulary


def _root(word: str) -> str:
    """The word without its article or conjunction, so that `الحدود` was said where `حدود` was."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            return word[len(prefix) :]
    return word


def _gap(span: TimeSpan) -> Finding:
    minutes = int((span.end - span.start) // 60)
    return Finding(Flaw.UNCOVERED, "article", f"{timestamp(span.start)}–{timestamp(span.end)}", str(minutes))
