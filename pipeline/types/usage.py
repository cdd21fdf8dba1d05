"""What a language model did for an article, and what it took."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GenerationStats:
    """What a language model wrote of a draft, and what became of the rest; counts are sentences about the speech."""

    model: str
    """Identity of the model: name, revision, precision, seed, sampling."""
    prompts: tuple[str, ...]
    """Name and digest of each prompt."""
    written: int = 0
    """The model's, as it wrote them first."""
    repaired: int = 0
    """The model's, written again after a complaint."""
    replaced: int = 0
    """The speaker's own, in place of one of the model's that its evidence does not bear out."""
    left_out: int = 0
    """The model's that were dropped without another in their place."""
    added: int = 0
    """The speaker's own, where the model wrote too little of a passage."""
    embedded: tuple[str, ...] = ()
    """Headings of sections and names of parts that the embedded writer wrote, since the model's replies were no use."""
    useless: tuple[str, ...] = ()
    """Why replies were of no use, each reason once: `empty`, `refusal`, `foreign`, `loop`, `unreadable`, or
    `unfounded` if no sentence of the model stands anywhere."""

    @property
    def shortfall(self) -> str:
        """Why the article should be made anew, in English; empty if it need not."""
        if not self.useless:
            return ""
        parts = f"{len(self.embedded)} part{'' if len(self.embedded) == 1 else 's'}"
        what = f"{parts} written without the model" if self.embedded else "written without the model"
        return f"{what}, whose replies were of no use ({', '.join(self.useless)})"

    @property
    def sentences(self) -> int:
        """All that the model wrote, whatever became of it."""
        return self.written + self.repaired + self.replaced + self.left_out


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """What was asked of a language model."""

    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    """Spent waiting for it."""

    def __add__(self, other: TokenUsage) -> TokenUsage:
        """Both together."""
        return TokenUsage(
            self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, self.seconds + other.seconds
        )

    @property
    def rate(self) -> float:
        """Tokens written in a second; 0 when nothing was asked."""
        return self.tokens_out / self.seconds if self.seconds else 0.0
