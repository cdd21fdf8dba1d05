"""An expected failure as data, to pass between processes."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import errors
from pipeline.errors import PipelineError, SourceError


@dataclass(frozen=True, slots=True)
class Failure:
    """All that a `PipelineError` says."""

    kind: str
    """Name of its class in `pipeline.errors`."""
    message: str
    hint: str = ""
    subject: str = ""
    wait: float = 0.0
    challenged: bool = False

    @classmethod
    def of(cls, error: PipelineError) -> Failure:
        """The error as data."""
        told = (error.subject, error.wait, error.challenged) if isinstance(error, SourceError) else ()
        return cls(type(error).__name__, str(error), error.hint, *told)

    @property
    def error(self) -> PipelineError:
        """The same error again."""
        kind = getattr(errors, self.kind)
        made: PipelineError
        if issubclass(kind, SourceError):
            made = source = kind(self.subject, "", self.hint)
            source.wait, source.challenged = self.wait, self.challenged
        else:
            made = kind("", self.hint)
        made.args = (self.message,)
        return made
