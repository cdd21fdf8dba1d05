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
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from models.llm.engine import Engine, Reply
    from pipeline.types.judging import Claim

VERSION: Final = 2
"""Raise it if the same replies would make other verdicts."""
CLAIMS: Final = 24
"""Claims in one prompt."""
PROMPTS: Final = {"ar": "judge", "en": "judge.en"}
"""Prompt file by language."""
STEP: Final = "judging"
_REPLY_FACTOR, _REPLY_LEAST = 1, 48
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
                said, _ = gather_evidence([claims[at] for at in batch])
                answers = parse_answers(reply_content(reply.text), len(batch))
                given |= {
                    batch[number - 1]: settle(each, claims[batch[number - 1]], said) for number, each in answers.items()
                }
        return given

    def _fitting(self, claims: Sequence[Claim], places: Sequence[int], size: int) -> Iterator[list[int]]:
        """The places in rows, each about one stretch of one talk, whose prompts and replies fit the window.

        One that does not fit alone is left out. Within a row the claims are as they were given.
        """
        talks: dict[tuple[str, ...], list[int]] = {}
        for at in places:
            talks.setdefault(claims[at].known, []).append(at)
        for rows in talks.values():
            rows.sort(key=lambda at: _middle(claims[at].numbers))
            even = -(-len(rows) // -(-len(rows) // size))
            batch: list[int] = []
            for at in rows:
                if batch and (len(batch) == even or not self._fits([claims[each] for each in (*batch, at)])):
                    yield sorted(batch)
                    batch = []
                if batch or self._fits([claims[at]]):
                    batch.append(at)
            if batch:
                yield sorted(batch)

    def _fits(self, claims: Sequence[Claim]) -> bool:
        prompt, count = self._prompt(claims), self._engine.count
        return count(prompt.system) + count(prompt.user) + prompt.most_tokens <= self._engine.window

    def _prompt(self, claims: Sequence[Claim]) -> Prompt:
        said, named = gather_evidence(claims)
        lines = [
            *(f"* {sanitize(fact)}" for fact in claims[0].known),
            *(f"[{number}] {sanitize(text)}" for number, text in said.items()),
            *(
                f"{at}) {sanitize(claim.text)} [{_ranges(numbers)}]"
                for at, (claim, numbers) in enumerate(zip(claims, named, strict=True), 1)
            ),
        ]
        user = self._template.fill(lines, items="\n".join(lines), count=len(claims))
        tokens = sum(_REPLY_FACTOR * self._engine.count(claim.text) + _REPLY_LEAST for claim in claims)
        return Prompt(self._template.system, user, tokens)

    def _tell(self, replies: Sequence[Reply]) -> None:
        used = sum((TokenUsage(each.tokens_in, each.tokens_out, each.seconds) for each in replies), TokenUsage())
        self._usage += used
        self._done += len(replies)
        self._report(ModelReplied(STEP, self._done, self._planned, used, self._usage))


def gather_evidence(claims: Sequence[Claim]) -> tuple[Mapping[int, str], list[tuple[int, ...]]]:
    """What was said for claims about one talk, each sentence once by its number, and which numbers each claim names.

    Where the evidence has no numbers of its own it is counted.
    """
    if all(len(claim.numbers) == len(claim.evidence) for claim in claims):
        said = {n: text for claim in claims for n, text in zip(claim.numbers, claim.evidence, strict=True)}
        return dict(sorted(said.items())), [claim.numbers for claim in claims]
    texts = dict.fromkeys(text for claim in claims for text in claim.evidence)
    numbers = {text: number for number, text in enumerate(texts, 1)}
    return dict(enumerate(texts, 1)), [tuple(numbers[text] for text in claim.evidence) for claim in claims]


def _middle(numbers: Sequence[int]) -> int:
    """Where in the talk the evidence lies: a summary has some of it far away."""
    return numbers[len(numbers) // 2] if numbers else 0


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as a reader writes them: `3-5، 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "، ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
