"""What a language model did for an article, and what it took."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DropReason(StrEnum):
    """Why a sentence of a model does not stand."""

    UNREADABLE = "unreadable"
    """No sentence in Arabic, or one of the prompt's."""
    UNCITED = "uncited"
    """Nothing in the talk comes near to it."""
    CODE = "code"
    """It has what was certainly not said: a figure, a date, a Latin name, an address, a quotation, a verse."""
    VERDICT = "verdict"
    """The judge finds that the talk does not bear it out."""
    UNSURE = "unsure"
    """The judge cannot tell."""
    WORDING = "wording"
    """It has words that its evidence does not have: enough where no judge is trusted."""
    REPEATED = "repeated"
    """It stands elsewhere in the article."""
    WITHDRAWN = "withdrawn"
    """Sent back with a complaint, it did not come back."""
    UNPLACED = "unplaced"
    """It was drafted, and found no place in the article."""


@dataclass(frozen=True, slots=True)
class DroppedSentence:
    """A sentence of a model that does not stand, and nothing in its place."""

    text: str
    """As the model wrote it last."""
    reason: DropReason
    detail: str = ""
    """What makes it so, in Arabic: a figure, or the words without support."""


@dataclass(frozen=True, slots=True)
class GenerationStats:
    """What a language model wrote of a draft, and what became of it; every sentence about the speech counts once."""

    model: str
    """Identity of the model: name, revision, precision, seed, sampling."""
    prompts: tuple[str, ...]
    """Name and digest of each prompt."""
    written: int = 0
    """Sentences that stand as the model wrote them first."""
    repaired: int = 0
    """Sentences that stand as the model wrote them again after a complaint."""
    copied: int = 0
    """The speaker's own sentences that the model copied."""
    added: int = 0
    """The speaker's own sentences that the program chose, where the model wrote too little of a passage."""
    dropped: tuple[DroppedSentence, ...] = ()
    """The model's sentences that do not stand, in the order they were written."""
    headings_dropped: tuple[DroppedSentence, ...] = ()
    """Headlines and headings of the model's that its own sentences do not bear out."""
    strict: str = ""
    """Why the article was written section by section and near to the wording, though a whole one was wanted; empty if
    it was not.

    `judge` (not trusted), `canaries` (it passed what was planted), `window` (the talk is too long), `summariser` (the
    model follows no instructions), or why the whole article was of no use: `empty`, `refusal`, `foreign`, `loop`,
    `unreadable`, `unfounded`.
    """
    embedded: tuple[str, ...] = ()
    """Headings of sections and names of parts that the embedded writer wrote, since the model's replies were no use."""
    led: bool = False
    """Whether the article is one of quotations that the copied sentences led, since the model hardly wrote any."""
    canaries: int = 0
    """Faults that were planted among the sentences the judge confirmed, to see whether it still reads."""
    canaries_caught: int = 0
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
        """All that the model wrote or copied, whatever became of it."""
        return self.written + self.repaired + self.copied + len(self.dropped)


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
