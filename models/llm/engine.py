"""What a language model is to us: prompts in, replies out. `local` and `server` answer; `composer` asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked of a model."""

    system: str
    """The fixed part, the same for all prompts of one kind, so that an engine may compute it once."""
    user: str
    most_tokens: int
    """Most tokens of the reply."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one prompt."""

    text: str
    tokens_in: int
    """Tokens read for it; what prompts share and was computed once counts for the first of them."""
    tokens_out: int
    seconds: float
    """Time of the whole batch it came in, shared among its replies."""
    whole: bool
    """False when the reply was cut at its limit."""


class Engine(Protocol):
    """Runs a language model."""

    @property
    def identity(self) -> str:
        """All that changes its replies: model, revision, precision, seed and sampling."""

    @property
    def instructed(self) -> bool:
        """Whether it follows instructions; one that does not can only sum up `Prompt.user`."""

    @property
    def window(self) -> int:
        """Most tokens of a prompt and its reply together."""

    def count(self, text: str) -> int:
        """Tokens of a text, by the model's own tokenizer where it is at hand, else never too few."""

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; raises a `ModelError` when the model cannot answer at all."""
