"""Check a draft against the script it was written from: every finding is data, none is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.arabic.affixes import VOCABULARY_PREFIXES, strip_prefix
from pipeline.arabic.formatting import format_date, timestamp
from pipeline.arabic.normalize import words
from pipeline.arabic.numbers import figures
from pipeline.arabic.salience import aside_reason
from pipeline.types.article import Basis, Finding, Flaw, Removal, Report
from pipeline.types.judging import Claim, VerdictKind
from pipeline.verify.certain import check_by_verdict, video_facts
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
from pipeline.verify.claims import front_claims, make_claim, title_claim
from pipeline.verify.coverage import coverage, gaps, talk_end
from pipeline.verify.editor_notes import editor_notes
from pipeline.verify.scripture import gives_scripture, without_verses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from pipeline.ports import Judge
    from pipeline.settings import VerifySettings
    from pipeline.types.article import Draft, Script, Statement, Video
    from pipeline.types.judging import Verdict
    from pipeline.verify.check import Evidence

_KNOWN_SHARE = 0.5
"""Share of a sentence about the metadata that must be metadata or framing words; below it, it says something else."""


def verify(draft: Draft, script: Script, settings: VerifySettings, judge: Judge) -> Report:
    """Findings on every statement, how many stand in their cited sentences, and how much of the talk is used.

    Linear in the length of the draft and of the sentences it cites. The judge is asked once, about all statements
    that are not word for word. With one that is trusted, meaning is its own to judge, that of titles and headings too,
    and code adds only what it knows for certain.
    """
    video = script.video
    # The description is no evidence, since anything may stand there; nor is the date for what was said, in which 11 is
    # seldom November.
    names = (video.title, video.channel, *(chapter.title for chapter in video.chapters))
    published = (f"{format_date(video.published)} {video.published.isoformat()}",) if video.published else ()
    facts = (*names, *(section.heading for section in draft.sections))
    metadata = make_evidence((*facts, *published)) | _metadata_only(draft, video)
    statements = [(place, each) for place, paragraph in draft.paragraphs() for each in paragraph.statements]
    spoken_statements = [each for _, each in statements if each.basis is Basis.SPEECH]
    findings = list(_front_findings(draft, make_evidence((*names, *published)), script))
    strange = [each for each in findings if each.flaw is Flaw.UNSUPPORTED] if judge.trusted else []
    checks, judged = _check_spoken(
        spoken_statements, script, facts, judge, [_front_claim(each, draft, script) for each in strange]
    )
    for front, verdict in zip(strange, judged, strict=True):
        if verdict.kind is VerdictKind.SUPPORTED:
            findings.remove(front)
    results = iter(checks)
    for place, statement in statements:
        spoken = statement.basis is Basis.SPEECH
        flaws = next(results).flaws if spoken else _metadata_flaws(statement, metadata)
        findings += [Finding(flaw, place, statement.text, detail) for flaw, detail in flaws]
    shown = coverage(draft, script)
    for gap in gaps((span for part in shown.sections for span in part.spans), talk_end(script) if script.timed else 0):
        seconds = gap.end - gap.start
        if seconds >= settings.gap_minutes * 60:
            span = f"{timestamp(gap.start)}–{timestamp(gap.end)}"
            findings.append(Finding(Flaw.UNCOVERED, "article", span, str(int(seconds // 60))))
    if draft.account is not None and draft.account.useless:
        parts, reasons = "، ".join(draft.account.embedded), ", ".join(draft.account.useless)
        findings.append(Finding(Flaw.UNWRITTEN, "article", parts or draft.title, reasons))
    cited = {number for _, statement in statements for number in statement.cites}
    asides = (
        Removal(reason, sentence.text, sentence.start)
        for sentence in script.sentences
        if sentence.number not in cited and (reason := aside_reason(sentence))
    )
    verbatim, confirmed = sum(each.verbatim for each in checks), sum(each.confirmed for each in checks)
    return Report(
        tuple(findings),
        len(checks),
        verbatim,
        shown,
        (*script.removed, *asides),
        confirmed,
        judge.identity if confirmed else "",
        editor_notes(draft, script),
    )


def _check_spoken(
    statements: Sequence[Statement],
    script: Script,
    facts: tuple[str, ...],
    judge: Judge,
    fronts: Sequence[Claim],
) -> tuple[list[CheckResult], list[Verdict]]:
    """The result for each statement about the speech, and a trusted judge's verdict on titles and headings.

    Without evidence when it cites a sentence that does not exist.

    A hadith that stands as captioned, or a verse that was not found in the Qur'an, gets a flaw without a detail: a
    person compares it with its source.
    """
    said = {sentence.number: sentence.text for sentence in script.sentences}
    known = {verse.text for verse in script.verses}
    cited = [sorted(set(statement.cites)) for statement in statements]
    evidence = [tuple(said[n] for n in numbers) if said.keys() >= set(numbers) else () for numbers in cited]
    checks = [check(each.text, texts, facts) for each, texts in zip(statements, evidence, strict=True)]
    trusted = judge.trusted
    asked = [
        at for at, each in enumerate(checks) if evidence[at] and (not each.verbatim or (trusted and bool(each.flaws)))
    ]
    if trusted:
        claims = [make_claim(statements[at].text, cited[at], said, script.video) for at in asked]
    else:
        claims = [Claim(statements[at].text, evidence[at]) for at in asked]
    verdicts = judge.verdicts([*claims, *fronts])
    video = video_facts(script.video)
    for at, claim, verdict in zip(asked, claims, verdicts[: len(asked)], strict=True):
        if trusted and verdict.kind is not VerdictKind.AWAITED:
            checks[at] = check_by_verdict(claim, verdict, video)
        else:
            checks[at] = apply_judgement(checks[at], verdict)
    for at, each in enumerate(checks):
        if unknown := " ".join(str(number) for number in cited[at] if number not in said):
            checks[at] = replace(each, flaws=((Flaw.UNCITED, unknown),))
        elif gives_scripture(without_verses(statements[at].text, known)) and not any(
            flaw is Flaw.SCRIPTURE for flaw, _ in each.flaws
        ):
            checks[at] = replace(each, flaws=(*each.flaws, (Flaw.SCRIPTURE, "")))
    return checks, list(verdicts[len(asked) :])


# --- statements about the metadata ---


def _metadata_only(draft: Draft, video: Video) -> Evidence:
    """Evidence for statements about the metadata alone: length, counts, id and address of the video.

    A length can be told in hours, minutes and seconds, or in minutes rounded either way. The digits in an id or address
    are no figures.
    """
    numbers = {str(len(video.chapters)), str(len(draft.sections))}
    if video.seconds is not None:
        minutes, rest = divmod(int(video.seconds), 60)
        rounded = round(video.seconds / 60)
        numbers |= {str(n) for n in (minutes, minutes + 1, rest, *divmod(minutes, 60), *divmod(rounded, 60))}
    return replace(make_evidence((video.id, video.url)), figures=frozenset(numbers))


def _metadata_flaws(statement: Statement, metadata: Evidence) -> list[tuple[Flaw, str]]:
    claim = words(URL.sub(" ", statement.text))
    vocabulary = metadata.words | {_root(word) for word in metadata.words}
    other = [word for word in claim if not _is_known(word, vocabulary)]
    share = 1 - len(other) / len(claim) if claim else 1.0
    flaws = ungrounded_details(statement.text, metadata)
    if share < _KNOWN_SHARE:
        flaws.append((Flaw.UNSUPPORTED, describe_missing(statement.text, share, other)))
    return flaws


# --- title, headline, headings ---


def _front_findings(draft: Draft, metadata: Evidence, script: Script) -> Iterator[Finding]:
    """A title, headline or heading may use the words and figures of the metadata and of the talk."""
    texts = [sentence.text for sentence in script.sentences]
    for passage in script.passages:
        # A passage without a heading of its own is named by its times or its sentence numbers.
        ends = (passage.sentences[0], passage.sentences[-1]) if passage.sentences else ()
        times = [time for sentence in ends for time in (sentence.start, sentence.end) if time is not None]
        texts.append(" ".join([passage.heading, *map(timestamp, times), *(str(sentence.number) for sentence in ends)]))
    vocabulary = metadata.words.union(*map(words, texts))
    vocabulary |= {_root(word) for word in vocabulary}
    fronts = [("title", draft.title), ("headline", draft.headline)]
    fronts += [(part.place, part.heading) for part in draft.parts() if part.heading is not None]
    strange: set[str] = set().union(*(figures(text) for _, text in fronts)) - metadata.figures
    if strange:
        strange = strange.difference(*map(figures, texts))
    for place, text in fronts:
        claim = words(text)
        other = [word for word in claim if not _is_known(word, vocabulary)]
        if other:
            yield Finding(Flaw.UNSUPPORTED, place, text, describe_missing(text, 1 - len(other) / len(claim), other))
        for figure in sorted(figures(text) & strange):
            yield Finding(Flaw.NUMBER, place, text, figure)


def _front_claim(finding: Finding, draft: Draft, script: Script) -> Claim:
    """What a judge is asked about a title or heading: whether what was said for the sentences under it says that."""
    said = {sentence.number: sentence.text for sentence in script.sentences}
    claims = dict(front_claims(draft, said, script.video))
    return claims.get(finding.place) or title_claim(finding.text, draft, said, script.video)


def _is_known(word: str, vocabulary: AbstractSet[str]) -> bool:
    """Whether a word has evidence or needs none; figures are compared on their own."""
    return is_framing(word) or word.isdecimal() or word in vocabulary or _root(word) in vocabulary


def _root(word: str) -> str:
    """The word without its article or conjunction, so that `الحدود` was said where `حدود` was."""
    return strip_prefix(word, VOCABULARY_PREFIXES, 2)
