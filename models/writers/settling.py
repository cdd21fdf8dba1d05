"""Sentences of a written article, settled: what code knows for certain, then the judge's verdict about the meaning.

A sentence stands as it was written or not at all. What the writer cites is kept as its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from models.llm.prompts import sanitize
from models.llm.replies import MOST_CITED, echoes_prompt, has_markup, is_foreign, is_repetitive
from models.writers import phrasing
from pipeline.arabic import formatting, voice
from pipeline.arabic.labels import FLAWS
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.retrieval import Retriever
from pipeline.types.article import Flaw, Sentence, Statement
from pipeline.types.judging import CanaryTally, VerdictKind
from pipeline.types.usage import DroppedSentence, DropReason
from pipeline.verify.certain import certain_flaws, video_facts
from pipeline.verify.check import remove_quotation_marks
from pipeline.verify.claims import make_claim, standing_quotes
from pipeline.verify.scripture import respell_scripture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from models.llm.article_replies import ArticleLine
    from pipeline.ports import Judge
    from pipeline.types.article import Script
    from pipeline.types.judging import Claim, Verdict

WatchedJudging: TypeAlias = "Callable[[Judge, Sequence[Claim], Sequence[Claim]], tuple[Sequence[Verdict], CanaryTally]]"
"""Verdicts about claims, then about others, and how the judge did on faults that were planted among the claims."""
WORDS_LEAST, WORDS_MOST = 3, 80
"""Shortest and longest sentence that is taken, in words."""
NO_EVIDENCE: Final = "لا يُعرف من أي جمل الكلام أُخذت"
NOT_SUPPORTED: Final = "لا يقول الكلام هذا"
NOT_CLEAR: Final = "لا يتبيّن من الكلام صحة هذا"
LABELS: Final = (NO_EVIDENCE, NOT_SUPPORTED, NOT_CLEAR)
"""What a model is told of a sentence besides the labels of flaws."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text does not stand."""

    reason: DropReason
    complaint: str = ""
    """In Arabic, for the model; empty where there is nothing to mend."""
    detail: str = ""
    """The words or the figure in question, as the text has them."""


@dataclass(frozen=True, slots=True)
class SettledSentence:
    """What became of one sentence of a reply."""

    line: ArticleLine
    statement: Statement
    """As it would stand."""
    fault: Fault | None = None
    """None if it stands."""

    @property
    def dropped(self) -> DroppedSentence | None:
        """The sentence as one that was dropped; None if it stands."""
        return DroppedSentence(self.line.text, self.fault.reason, self.fault.detail) if self.fault else None


class SentenceSettler:
    """Settles sentences about one talk."""

    def __init__(
        self, script: Script, telling: Sequence[Sentence], judge: Judge, prompt: str, watched: WatchedJudging
    ) -> None:
        """Of the script only what is `telling` is found where a sentence cites nothing.

        `prompt` is what the model was told and must not repeat.
        """
        self.said = {sentence.number: sentence.text for sentence in script.sentences}
        self.retriever = Retriever(telling)
        self._video, self._facts = script.video, video_facts(script.video)
        self._judge, self._prompt, self._watched = judge, prompt, watched
        shown, title = sanitize(script.video.title), formatting.inside_quotes(script.video.title)
        self._title = (shown, title) if shown and not has_markup(title) else (title, title)
        """The title as the prompt shows it, without bars and brackets, and as it is."""
        self.canaries = CanaryTally()
        """How the judge did on what was planted among the sentences of the first round."""

    def check(self, lines: Sequence[ArticleLine], *, final: bool = False) -> list[SettledSentence]:
        """What code says of sentences; a fault is certain, and all else is the judge's.

        In the `final` round a quotation that is none loses its marks and is judged by its meaning.
        """
        return [self._by_code(line, final=final) for line in lines]

    def judge(
        self, checked: Sequence[SettledSentence], fronts: Sequence[Claim] = (), *, watched: bool = False
    ) -> tuple[list[SettledSentence], list[Fault | None]]:
        """Settle checked sentences, and what is wrong with headline and headings; None for each that stands.

        The judge is asked once, about all that code has nothing against, so that what was said is read once.
        """
        settled, faults = list(checked), [self._certain(claim.text, claim.evidence) for claim in fronts]
        asked = [at for at, each in enumerate(settled) if each.fault is None]
        claims = [self._claim(settled[at].statement) for at in asked]
        open_fronts = [at for at, fault in enumerate(faults) if fault is None]
        others = [fronts[at] for at in open_fronts]
        if watched:
            verdicts, self.canaries = self._watched(self._judge, claims, others)
        else:
            verdicts = self._judge.verdicts([*claims, *others]) if claims or others else ()
        for at, claim, verdict in zip(asked, claims, verdicts, strict=False):
            settled[at] = _judged(settled[at], claim, verdict)
        for at, verdict in zip(open_fronts, verdicts[len(claims) :], strict=True):
            faults[at] = _verdict_fault(verdict)
        return settled, faults

    def widen(self, line: ArticleLine) -> ArticleLine:
        """A sentence that sums up, resting on what says most of it as well: it seldom names all of that."""
        return replace(line, cites=tuple(sorted({*line.cites, *self.retriever.cites(line.text)})))

    def _claim(self, statement: Statement) -> Claim:
        return make_claim(statement.text, statement.cites, self.said, self._video, statement.quotes)

    def _by_code(self, line: ArticleLine, *, final: bool) -> SettledSentence:
        """The sentence with its evidence, and what code knows to be wrong with it."""
        text = tidy(line.text).replace(*self._title)
        if not self._readable(line.text):
            return SettledSentence(line, Statement(text), Fault(DropReason.UNREADABLE))
        cites = self._evidence(line)
        if not cites:
            return SettledSentence(line, Statement(text), Fault(DropReason.UNCITED, NO_EVIDENCE))
        claim = make_claim(text, cites, self.said, self._video, line.quotes)
        text = respell_scripture(self._attributed(text, cites), claim.evidence)
        flaws = certain_flaws(text, claim.evidence, self._facts)
        if final and (loose := [detail for flaw, detail in flaws if flaw is Flaw.QUOTE]):
            text = remove_quotation_marks(text, loose)
        return SettledSentence(line, Statement(text, cites, quotes=claim.quotes), self._certain(text, claim.evidence))

    def _attributed(self, text: str, cites: Sequence[int]) -> str:
        """A copy of what only the speaker can say, as a quotation; any other text as it is."""
        copied = next((self.said[number] for number in cites if words(self.said[number]) == words(text)), "")
        if not copied or not voice.needs_quotes(copied):
            return text
        return tidy(phrasing.quote(copied, voice.ASKS if voice.is_question(copied) else voice.SAYS[0]))

    def _certain(self, text: str, evidence: Sequence[str]) -> Fault | None:
        flaws = certain_flaws(text, evidence, self._facts)
        told = "؛ ".join(f"{FLAWS[flaw]}: {detail}".rstrip(": ") for flaw, detail in flaws)
        return Fault(DropReason.CODE, told, "، ".join(detail for _, detail in flaws)) if flaws else None

    def _readable(self, text: str) -> bool:
        """Whether it is a sentence in Arabic at all, and none of the prompt's."""
        within = WORDS_LEAST <= len(text.split()) <= WORDS_MOST
        return within and not (is_foreign(text) or is_repetitive(text) or echoes_prompt(text, self._prompt))

    def _evidence(self, line: ArticleLine) -> tuple[int, ...]:
        """The sentences that the line cites; where it cites none, or only others, those that come closest to it."""
        cited = [number for number in line.cites if number in self.said]
        if len(cited) > MOST_CITED:
            ranked = Retriever([_sentence(number, self.said) for number in cited]).nearest(line.text, MOST_CITED)
            cited = sorted({*ranked, *cited[: MOST_CITED - len(ranked)]})
        if not cited:
            return self.retriever.nearest(line.text)
        shared = Retriever([_sentence(number, self.said) for number in cited]).nearest(line.text)
        return tuple(sorted({*cited, *(() if shared else self.retriever.cites(line.text))}))

    def around(self, numbers: Iterable[int], text: str) -> frozenset[int]:
        """All that a sentence could be mended from: its evidence with neighbours, and the sentence closest to it."""
        cited = tuple(numbers)
        wide = {number + step for number in cited for step in (-1, 0, 1)}
        return frozenset((wide | set(self.retriever.nearest(text, 1))) & self.said.keys())


def _sentence(number: int, said: Mapping[int, str]) -> Sentence:
    return Sentence(number, said[number])


def _judged(settled: SettledSentence, claim: Claim, verdict: Verdict) -> SettledSentence:
    """The sentence with its verdict.

    The words that the judge quotes are its quotations where the writer named none, and where they stand it rests too.
    """
    if fault := _verdict_fault(verdict):
        return replace(settled, fault=fault)
    evidence = (*claim.evidence, *(text for _, text in verdict.elsewhere))
    return replace(
        settled,
        statement=replace(
            settled.statement,
            cites=tuple(sorted({*settled.statement.cites, *(number for number, _ in verdict.elsewhere)})),
            quotes=settled.statement.quotes or standing_quotes(verdict.quotes, evidence),
        ),
    )


def _verdict_fault(verdict: Verdict) -> Fault | None:
    if verdict.kind is VerdictKind.SUPPORTED:
        return None
    unsure = verdict.kind is VerdictKind.UNSURE
    told = f"{NOT_CLEAR if unsure else NOT_SUPPORTED}: {verdict.failing}".rstrip(": ")
    return Fault(DropReason.UNSURE if unsure else DropReason.VERDICT, told, verdict.failing)
