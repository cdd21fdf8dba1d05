"""A judge that reads: a language model quotes the words for each fact of a claim, then decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from models.judges.answers import parse_answers, settle
from models.llm.engine import Prompt
from models.llm.prompts import load_prompt, sanitize
from models.llm.replies import reply_content
from pipeline.events import ModelReplied, Reporter, silent
from pipeline.types.judging import Verdict, VerdictKind
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from models.llm.engine import Engine, Reply
    from pipeline.types.judging import Claim

VERSION: Final = 1
"""Raise it if the same replies would make other verdicts."""
CLAIMS: Final = 8
"""Claims in one prompt."""
PROMPTS: Final = {"ar": "judge", "en": "judge.en"}
"""Prompt file by language."""
STEP: Final = "judging"
_REPLY_FACTOR, _REPLY_LEAST = 2, 48
"""Tokens of an answer: so many times those of its claim, and so many more."""
_ROUNDS: Final = 2
"""How often a claim is asked about that got no verdict."""


@dataclass(frozen=True, slots=True)
class Batches:
    """How many claims are asked about at once."""

    claims: int = CLAIMS
    """In one prompt; fewer where the window is small."""
    prompts: int = 1
    """Handed to the engine together."""


class ReadingJudge:
    """A `Judge` by a language model; the words that it quotes must stand in the evidence."""

    def __init__(
        self,
        engine: Engine,
        batches: Batches = Batches(),
        language: str = "ar",
        report: Reporter = silent,
        passed: Callable[[str], str] = lambda _: "",
    ) -> None:
        """`language` is that of the prompt; `passed` gives the exam result of the judge of this name, if it passed."""
        self._engine, self._batches, self._report, self._passed = engine, batches, report, passed
        self._template = load_prompt(PROMPTS[language])
        self._usage, self._done, self._planned = TokenUsage(), 0, 0

    @property
    def name(self) -> str:
        """All that changes its verdicts."""
        prompt = f"{self._template.name} {self._template.digest}, {self._batches.claims} a prompt"
        return f"reading {VERSION} ({self._engine.identity}; {prompt})"

    @property
    def identity(self) -> str:
        return f"{self.name}, {self._credential or 'not trusted'}"

    @property
    def trusted(self) -> bool:
        return bool(self._credential)

    @cached_property
    def _credential(self) -> str:
        return self._passed(self.name) if self._engine.follows_instructions else ""

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """As `Judge.verdicts`; a claim that gets no verdict, or fits no prompt, is unsure."""
        given: dict[int, Verdict] = {}
        size = max(self._batches.claims, 1)
        for _ in range(_ROUNDS):
            left = [at for at in range(len(claims)) if at not in given]
            if left:
                given |= self._ask(claims, left, size)
            size = max(size // 2, 1)
        return tuple(given.get(at, Verdict(VerdictKind.UNSURE)) for at in range(len(claims)))

    def _ask(self, claims: Sequence[Claim], places: Sequence[int], size: int) -> dict[int, Verdict]:
        """The verdicts of those claims that get one."""
        batches = list(self._fitting(claims, places, size))
        self._planned += len(batches)
        given: dict[int, Verdict] = {}
        for begin in range(0, len(batches), max(self._batches.prompts, 1)):
            together = batches[begin : begin + max(self._batches.prompts, 1)]
            replies = self._engine.reply([self._prompt([claims[at] for at in batch]) for batch in together])
            self._tell(replies)
            for batch, reply in zip(together, replies, strict=True):
                answers = parse_answers(reply_content(reply.text), len(batch))
                given |= {
                    batch[number - 1]: settle(each, claims[batch[number - 1]]) for number, each in answers.items()
                }
        return given

    def _fitting(self, claims: Sequence[Claim], places: Sequence[int], size: int) -> Iterator[list[int]]:
        """The places in rows whose prompts and replies fit the window; one that does not fit alone is left out."""
        batch: list[int] = []
        for at in places:
            if batch and (len(batch) == size or not self._fits([claims[each] for each in (*batch, at)])):
                yield batch
                batch = []
            if batch or self._fits([claims[at]]):
                batch.append(at)
        if batch:
            yield batch

    def _fits(self, claims: Sequence[Claim]) -> bool:
        prompt, count = self._prompt(claims), self._engine.count
        return count(prompt.system) + count(prompt.user) + prompt.most_tokens <= self._engine.window

    def _prompt(self, claims: Sequence[Claim]) -> Prompt:
        lines: list[str] = []
        known: tuple[str, ...] = ()
        for number, claim in enumerate(claims, 1):
            if claim.known != known:
                known = claim.known
                lines += [f"* {sanitize(fact)}" for fact in known]
            lines += [f"{number}) {sanitize(claim.text)}", *(f"- {sanitize(text)}" for text in claim.evidence)]
        user = self._template.fill(lines, items="\n".join(lines), count=len(claims))
        tokens = sum(_REPLY_FACTOR * self._engine.count(claim.text) + _REPLY_LEAST for claim in claims)
        return Prompt(self._template.system, user, tokens)

    def _tell(self, replies: Sequence[Reply]) -> None:
        used = sum((TokenUsage(each.tokens_in, each.tokens_out, each.seconds) for each in replies), TokenUsage())
        self._usage += used
        self._done += len(replies)
        self._report(ModelReplied(STEP, self._done, self._planned, used, self._usage))
