"""The port to a language model: prompts in, replies out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to a model."""

    system: str
    """The fixed part, the same for all prompts of one kind, so that an engine can compute it once."""
    user: str
    most_tokens: int
    """Upper limit of the reply, in tokens."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one prompt."""

    text: str
    tokens_in: int
    """Tokens read for it; a shared beginning that was computed once counts for the first prompt only."""
    tokens_out: int
    seconds: float
    """This reply's share of the time its batch took."""
    whole: bool
    """False if the reply was cut off at its limit."""


class Engine(Protocol):
    """Runs a language model."""

    @property
    def identity(self) -> str:
        """Everything that changes its replies: model, revision, precision, seed and sampling."""

    @property
    def follows_instructions(self) -> bool:
        """False for a summariser, which can only sum up `Prompt.user`."""

    @property
    def window(self) -> int:
        """The context window: most tokens of a prompt and its reply together."""

    def count(self, text: str) -> int:
        """Tokens of a text, by the model's own tokenizer where it is available, otherwise never too few."""

    def reply(self, prompts: Sequence[Prompt]) -> tuple[Reply, ...]:
        """One reply for each prompt, in order; raises a `ModelError` if the model cannot answer at all."""
