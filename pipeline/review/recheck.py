"""The report on a draft that a person edited: what the edits brought in, beside what was there already."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipeline.arabic.formatting import format_date
from pipeline.arabic.normalize import words
from pipeline.review.blocks import blocks
from pipeline.types.article import Basis, Finding, Flaw, Statement
from pipeline.types.judging import VerdictKind
from pipeline.verify.certain import video_facts
from pipeline.verify.check import describe_missing
from pipeline.verify.glossary import as_heard, as_written
from pipeline.verify.report import verify
from pipeline.verify.rewording import reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.arabic.terms import Term
    from pipeline.ports import Judge
    from pipeline.settings import VerifySettings
    from pipeline.types.article import Article, Draft, Report, Script
    from pipeline.types.judging import Claim, Verdict
    from pipeline.verify.rewording import Rewording

HINTS: Final = frozenset({Flaw.UNSUPPORTED, Flaw.NEGATION, Flaw.SWAPPED, Flaw.ASSERTED})
"""Flaws of meaning, which code only suspects. The others it knows for certain."""
_DEMOTED: Final = frozenset({Flaw.NUMBER, Flaw.NAME, Flaw.QUOTE})
"""Flaws that are certain in the speaker's own words, and in an editor's only where `reworded` says so."""


@dataclass(slots=True)
class _Listening:
    """A `Judge` that remembers, by claim, what another one answered."""

    judge: Judge
    answers: dict[str, VerdictKind] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        return self.judge.identity

    @property
    def trusted(self) -> bool:
        return self.judge.trusted

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`."""
        verdicts = self.judge.verdicts(claims)
        self.answers.update((claim.text, verdict.kind) for claim, verdict in zip(claims, verdicts, strict=True))
        return verdicts


def recheck(base: Article, draft: Draft, settings: VerifySettings, judge: Judge, terms: Sequence[Term] = ()) -> Report:
    """The report of `verify` on a person's draft of a machine's article, knowing what stood there before.

    A sentence whose words changed has the findings that `reworded` is certain of; other words that nobody said are one
    finding of `HINTS`, unless a trusted judge accepts the sentence. Names in `terms` count as heard.
    """
    listening = _Listening(judge)
    heard, back = as_heard(draft, base.script, terms)
    report = verify(heard, base.script, settings, listening)
    own: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        own[finding.place, finding.text].append(finding)
    judged = {text for text, kind in listening.answers.items() if judge.trusted and kind is not VerdictKind.AWAITED}
    for (place, text), found in _new_texts(base, heard):
        own[place, text] = _findings(place, text, found, own[place, text], judged=text in judged)
    at = {place: index for index, place in enumerate(["article", *(block.place for block in blocks(draft))])}
    ordered = sorted((each for found in own.values() for each in found), key=lambda each: at.get(each.place, len(at)))
    return as_written(replace(report, findings=tuple(ordered)), back)


def _findings(place: str, text: str, rewording: Rewording, found: Sequence[Finding], *, judged: bool) -> list[Finding]:
    """The findings on one reworded text: those of `verify` with what is not certain as one hint."""
    certain = [Finding(flaw, place, text, detail) for flaw, detail in rewording.certain]
    kept = [each for each in found if each.flaw not in _DEMOTED and each not in certain]
    if judged:
        return [*certain, *kept]
    doubted = {word for each in found if each.flaw in _DEMOTED for word in words(each.detail)}
    told = {word for each in kept if each.flaw is not Flaw.UNSUPPORTED for word in words(each.detail)}
    told |= {word for _, detail in rewording.certain for word in words(detail)}
    unsaid = [*rewording.unsaid, *(word for word in text.split() if doubted & set(words(word)))]
    unsaid = [word for word in unsaid if not told & set(words(word))]
    kept = [each for each in kept if each.flaw is not Flaw.UNSUPPORTED or not unsaid]
    if not unsaid:
        return [*certain, *kept]
    detail = describe_missing(text, rewording.share, [word for each in unsaid for word in words(each)])
    return [*certain, *kept, Finding(Flaw.UNSUPPORTED, place, text, detail)]


# --- what stood there before ---


def _new_texts(base: Article, draft: Draft) -> Iterator[tuple[tuple[str, str], Rewording]]:
    """Each text of a draft that the machine's does not have, by place, with what its wording brought in."""
    script, video = base.script, video_facts(base.script.video)
    said = {sentence.number: sentence.text for sentence in script.sentences}
    about = _metadata(script)
    flawed = {(finding.place, finding.text) for finding in base.report.findings}
    for place, statement, before in _changed_statements(base.draft, draft):
        evidence = [said[number] for number in sorted(set(statement.cites)) if number in said]
        if statement.basis is Basis.METADATA:
            evidence += about
        if evidence:
            # What a finding was about is no excuse for it to stand.
            known = before[1].text if before and (before[0], before[1].text) not in flawed else ""
            yield (place, statement.text), reworded(known, statement.text, evidence, video)
    old = {block.place: block.text for block in blocks(base.draft) if block.paragraph is None}
    for block in blocks(draft):
        if block.paragraph is None and block.text not in old.values():
            evidence = [*about, *_under(block.place, draft, said)]
            yield (block.place, block.text), reworded(old.get(block.place, ""), block.text, evidence, video)


def _changed_statements(old: Draft, new: Draft) -> Iterator[tuple[str, Statement, tuple[str, Statement] | None]]:
    """Every statement of the new draft that the old does not have, with the one that it was reworded from."""
    before, after = _statements(old), _statements(new)
    left = Counter(statement for _, statement in after)
    gone: list[tuple[str, Statement]] = []
    for place, statement in before:
        if left[statement]:
            left[statement] -= 1
        else:
            gone.append((place, statement))
    kept = Counter(statement for _, statement in before)
    for place, statement in after:
        if kept[statement]:
            kept[statement] -= 1
            continue
        likely = ((_likeness(place, statement, *each), index) for index, each in enumerate(gone))
        best, index = max(likely, key=lambda pair: (pair[0], -pair[1]), default=(0.0, -1))
        yield place, statement, gone[index] if best else None


def _statements(draft: Draft) -> list[tuple[str, Statement]]:
    return [(place, each) for place, paragraph in draft.paragraphs() for each in paragraph.statements]


def _likeness(place: str, statement: Statement, old_place: str, old: Statement) -> float:
    """How likely a statement was reworded from another one: by evidence, words, and place; 0 for not at all."""
    cites, others = set(statement.cites), set(old.cites)
    by_evidence = len(cites & others) / len(cites | others) if cites | others else 0.0
    one, other = set(words(statement.text)), set(words(old.text))
    by_words = len(one & other) / len(one | other) if one | other else 0.0
    return by_evidence + by_words + (place == old_place) / 2 if by_evidence or by_words else 0.0


def _metadata(script: Script) -> list[str]:
    """What is known of a video, for texts that may rest on it."""
    video = script.video
    published = format_date(video.published) if video.published else ""
    chapters = (chapter.title for chapter in video.chapters)
    headings = (passage.heading for passage in script.passages)
    return [text for text in (video.title, video.channel, published, video.url, *chapters, *headings) if text]


def _under(place: str, draft: Draft, said: Mapping[int, str]) -> Iterable[str]:
    """What a heading stands over, or a title and headline: statements, and the sentences that they cite."""
    for own, paragraph in draft.paragraphs():
        if own.startswith(f"{place}.") or place in {"title", "headline"}:
            for statement in paragraph.statements:
                yield statement.text
                yield from (said[number] for number in statement.cites if number in said)
