"""A judge's verdicts on edited sentences: asked in the background, so that saving never waits for them."""

from __future__ import annotations

from contextlib import suppress
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from pipeline.codec import digest
from pipeline.errors import PipelineError
from pipeline.types.article import Flaw
from pipeline.types.judging import Verdict, VerdictKind
from pipeline.verify.claims import front_claims, make_claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.ports import Judge
    from pipeline.types.article import Article
    from pipeline.types.judging import Claim

_AWAITED: Final = Verdict(VerdictKind.AWAITED)
_MOMENT: Final = 0.3
"""Seconds in which a judge that only counts has its answer, and any judge knows whether it is trusted."""


class LateVerdicts:
    """What a judge says, once it has said it. Threads may share it; its own ends with the program."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._known: dict[str, Verdict] = {}
        self._trusted = False
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._looked = Event()
        self._started = False

    @property
    def identity(self) -> str:
        """The judge's; empty as long as it is not known."""
        return self._judge.identity if self._looked.is_set() and self._trusted else ""

    @property
    def looked(self) -> bool:
        """Whether it is known if the judge is trusted."""
        return self._looked.is_set()

    @property
    def trusted(self) -> bool:
        """Whether the judge is known to be trusted; finding out may need its server, which is not waited for."""
        if not self._looked.is_set():
            self._put(self._look)
            self._looked.wait(_MOMENT)
        return self._trusted

    def of(self, base: Article) -> KnownVerdicts:
        """A judge that answers at once, for drafts that come from this article of the machine."""
        return KnownVerdicts(self, base)

    def known(self, claims: Sequence[Claim]) -> list[Verdict]:
        """For each claim the verdict, or that it is awaited; one that is not trusted is given a moment to answer."""
        if self.looked and not self.trusted:
            done = Event()
            self.ask(claims, lambda _: done.set())
            done.wait(_MOMENT)
        return [self._known.get(_key(claim), _AWAITED) for claim in claims]

    def ask(self, claims: Sequence[Claim], then: Callable[[bool], None]) -> None:
        """Have the claims judged; `then` is told, in another thread, whether there is an answer to all."""

        def job() -> None:
            new = [claim for claim in claims if _key(claim) not in self._known]
            try:
                verdicts = self._judge.verdicts(new) if new else ()
            except PipelineError:
                then(False)  # noqa: FBT003 - what it is told
                return
            self._known.update((_key(claim), verdict) for claim, verdict in zip(new, verdicts, strict=True))
            then(True)  # noqa: FBT003 - the same

        self._put(job)

    def _look(self) -> None:
        try:
            self._trusted = self._judge.trusted
        except PipelineError:
            self._trusted = False
        self._looked.set()

    def _put(self, job: Callable[[], None]) -> None:
        with self._lock:
            if not self._started:
                Thread(target=self._work, name="verdicts", daemon=True).start()
                self._started = True
        self._jobs.put(job)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            with suppress(PipelineError):  # a full disk, say: the next verdict may find room
                job()


class KnownVerdicts:
    """A `Judge` that says what is known already: what the machine's report says of its own sentences, too."""

    def __init__(self, late: LateVerdicts, base: Article) -> None:
        self._late = late
        self._before = dict(_judged_before(base)) if base.report.judge else {}
        self.identity = late.identity or base.report.judge
        self.trusted = late.trusted or bool(base.report.judge)
        self.awaited: tuple[Claim, ...] = ()
        """Claims without a verdict, of a judge that will give one."""
        self.asks: tuple[Claim, ...] = ()
        """Those of them that can be asked already: how one asks depends on whether the judge is trusted."""

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`, at once."""
        new = [claim for claim in claims if _key(claim) not in self._before]
        answers = self._late.trusted or not self.trusted  # else only the machine's report was by a judge to be trusted
        late = self._late.known(new) if answers else [_AWAITED] * len(new)
        said = dict(zip(map(_key, new), late, strict=True))
        if answers or not self._late.looked:
            self.awaited = tuple(claim for claim in new if said[_key(claim)] is _AWAITED)
            self.asks = self.awaited if self._late.looked else ()
        return tuple(self._before.get(_key(claim)) or said[_key(claim)] for claim in claims)


def _judged_before(base: Article) -> Iterator[tuple[str, Verdict]]:
    """The verdicts that the report of a machine's article was made with, by their claims."""
    video, draft = base.script.video, base.draft
    said = {sentence.number: sentence.text for sentence in base.script.sentences}
    against = {(each.place, each.text): each.detail for each in base.report.findings if each.flaw is Flaw.UNSUPPORTED}

    def verdict(place: str, text: str) -> Verdict:
        failing = against.get((place, text))
        return Verdict(VerdictKind.SUPPORTED if failing is None else VerdictKind.UNSUPPORTED, failing or "")

    for place, paragraph in draft.paragraphs():
        for each in paragraph.statements:
            yield _key(make_claim(each.text, each.cites, said, video)), verdict(place, each.text)
    fronts = {"title": draft.title, "headline": draft.headline}
    fronts |= {part.place: part.heading or "" for part in draft.parts()}
    for place, claim in front_claims(draft, said, video):
        yield _key(claim), verdict(place, fronts[place])


def _key(claim: Claim) -> str:
    return digest((claim.text, claim.evidence, claim.known))
