"""The exchangeable parts as small protocols; `app` chooses the implementations."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from pipeline.events import Reporter
    from pipeline.settings import SourceSettings
    from pipeline.types.article import Draft, Recitation, Recording, Script, SourceKind, SpokenWord, VideoReference
    from pipeline.types.batch import ListEntry
    from pipeline.types.judging import Claim, Verdict

T = TypeVar("T")


class Source(Protocol):
    """Provides recordings of videos."""

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions of one video.

        Raises a `SourceError`: never an empty transcript, never an exception of a library.
        """


class LocatingSource(Source, Protocol):
    """A source that also resolves what a user types."""

    def locate(self, text: str) -> VideoReference:
        """The video that the text names; raises `UsageError`."""


class LocalSource(Protocol):
    """A source of files on this machine."""

    kind: ClassVar[SourceKind]
    extensions: ClassVar[frozenset[str]]
    """Lower case, with the dot: they mark a text as a file name even where no such file exists."""

    def __init__(self, report: Reporter, settings: SourceSettings) -> None:
        """`report` is told what was unusual about a file."""

    def locate(self, text: str) -> VideoReference | None:
        """The file that the text names, with the digest of its content; None if it names none."""

    def fetch(self, reference: VideoReference) -> Recording:
        """As `Source.fetch`."""


VIDEO_TURN = "videos"
"""Asked for in place of a host, before a video is fetched."""


class RequestTurns(Protocol):
    """Spaces out requests to each host; shared by all that send from one address."""

    def turn(self, host: str) -> AbstractContextManager[None]:
        """Wait until a request may be sent to the host; nobody else has a turn while the block runs."""

    def delay(self, host: str, seconds: float) -> None:
        """Send nothing to the host for so long; never shortens a pause."""


class VideoListing(Protocol):
    """A list of videos, read only as far as it is iterated."""

    title: str
    announced: int | None
    """Videos that it claims to have; None if it does not say. Known after the first entry."""

    def __iter__(self) -> Iterator[ListEntry]:
        """The videos in order; raises a `SourceError` where the list breaks off or ends too early."""

    def skip_rest(self) -> None:
        """Skip the rest of a channel's tab, or of the whole list."""

    def close(self) -> None:
        """Release connections and files."""


class Restorer(Protocol):
    """Writes captions as written Arabic."""

    @property
    def identity(self) -> str:
        """All that changes what it answers: part of what the step is remembered by."""

    def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
        """The same words, in the same order, with their times and borders.

        It may change a word's letters, attach marks to it (`كتاب،`; still one word without white space), and say with
        `odds` and `closing` how likely a sentence ends there and with which mark; dividing into sentences weighs that
        with the pauses and lines, which the odds may know of already.
        """


class VerseFinder(Protocol):
    """Knows the Qur'an."""

    @property
    def identity(self) -> str:
        """All that changes what it answers: part of what the step is remembered by."""

    def recitations(self, words: Sequence[str]) -> Sequence[Recitation]:
        """Where verses are recited in these caption words, in order; none overlap."""


class Writer(Protocol):
    """Writes the draft of an article."""

    @property
    def identity(self) -> str:
        """All that changes the text and is not in the script: kind, version, model, revision, prompts."""

    def write(self, script: Script) -> Draft:
        """A complete draft in which every statement about the speech cites sentences; raises `ModelError` otherwise."""


class Judge(Protocol):
    """Says whether evidence supports claims."""

    @property
    def identity(self) -> str:
        """All that changes what it answers, and whether it is trusted."""

    @property
    def trusted(self) -> bool:
        """Whether it passed the exam: only then may words stand that were not said, on its word alone."""

    def verdicts(self, claims: Sequence[Claim]) -> tuple[Verdict, ...]:
        """A verdict for each claim, in order; raises a `ModelError` if it cannot answer at all."""


class ArtifactStore(Protocol):
    """Stores values under a step and a key, whole or not at all."""

    def get(self, step: str, key: str, kind: type[T]) -> T | None:
        """The value that was put there, or None; a damaged one counts as missing."""

    def has(self, step: str, key: str) -> bool:
        """True if there is a value that is whole."""

    def put(self, step: str, key: str, value: T) -> T:
        """Store the value and give it as it will be read back; raises `NotWritable` or `NoSpace`."""
