"""Prompts asked in batches and told as progress, and long texts cut to the size of a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pipeline.events import ModelReplied
from pipeline.types.usage import TokenUsage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from models.llm.engine import Engine, Prompt, Reply
    from pipeline.events import Reporter

T = TypeVar("T")


class PromptRunner:
    """Asks the prompts of one article."""

    def __init__(self, engine: Engine, batch: int, report: Reporter) -> None:
        """`batch` prompts are handed to the engine at once."""
        self.batch = max(batch, 1)
        self.prompts: list[Prompt] = []
        """All that was asked."""
        self._engine, self._report = engine, report
        self._steps: dict[str, tuple[int, int, TokenUsage]] = {}

    def plan(self, step: str, prompts: int) -> None:
        """Announce so many further prompts of a step."""
        done, planned, used = self._steps.get(step, (0, 0, TokenUsage()))
        self._steps[step] = (done, planned + prompts, used)

    def ask(self, prompts: Sequence[Prompt], step: str) -> list[Reply]:
        """A reply for each prompt; prompts of like length go together. The step was planned."""
        self.prompts += prompts
        order = sorted(range(len(prompts)), key=lambda at: len(prompts[at].user))
        answers: dict[int, Reply] = {}
        for chunk in chunks(order, self.batch):
            given = self._engine.reply([prompts[at] for at in chunk])
            answers |= dict(zip(chunk, given, strict=True))
            used = sum((TokenUsage(each.tokens_in, each.tokens_out, each.seconds) for each in given), TokenUsage())
            done, planned, total = self._steps[step]
            self._steps[step] = (done + len(chunk), planned, total + used)
            self._report(ModelReplied(step, done + len(chunk), planned, used, total + used))
        return [answers[at] for at in range(len(prompts))]


def numbered(texts: Sequence[str]) -> str:
    """The texts a line each, numbered from 1."""
    return "\n".join(f"[{number}] {text}" for number, text in enumerate(texts, 1))


def even_cuts(sizes: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Borders of parts as even as can be, none over the room unless one item is."""
    begin, filled, rest = 0, 0, sum(sizes)
    aim = rest / max(-(-rest // room), 1)
    for at, size in enumerate(sizes):
        if at > begin and (filled + size > room or filled + size / 2 > aim):
            yield begin, at
            begin, filled, rest = at, 0, rest - filled
            aim = rest / max(-(-rest // room), 1)  # anew, so that what a part had no room for is not left to the last
        filled += size
    yield begin, len(sizes)


def chunks(row: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The row in pieces of so many items; the last may be shorter."""
    return (row[at : at + size] for at in range(0, len(row), size))
