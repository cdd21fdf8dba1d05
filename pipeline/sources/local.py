"""Every source on this machine. Another kind, such as audio, is a class like `FileSource` and its line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.events import Reporter, silent
from pipeline.settings import SourceSettings
from pipeline.sources.files import FileSource

if TYPE_CHECKING:
    from pipeline.ports import LocalSource
    from pipeline.types.article import Recording, VideoReference

LOCAL_SOURCES: Final[tuple[type[LocalSource], ...]] = (FileSource,)
"""In the order in which they are asked what a text names."""

EXTENSIONS: Final = frozenset[str]().union(*(source.extensions for source in LOCAL_SOURCES))
"""Extensions that mark a text as the name of a file, which one of the sources reads."""


class LocalSources:
    """The sources of `LOCAL_SOURCES` as one; `report` is told what was unusual about a file."""

    def __init__(self, report: Reporter = silent, settings: SourceSettings | None = None) -> None:
        self._sources = {source.kind: source(report, settings or SourceSettings()) for source in LOCAL_SOURCES}

    def locate(self, text: str) -> VideoReference | None:
        """The file that the text names; None if it names none. Raises `FileUnreadable`."""
        found = (source.locate(text) for source in self._sources.values())
        return next((reference for reference in found if reference is not None), None)

    def fetch(self, reference: VideoReference) -> Recording:
        """Metadata and captions, from the source of the reference's kind; raises a `SourceError`."""
        return self._sources[reference.kind].fetch(reference)
