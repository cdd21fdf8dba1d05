"""The embedded writer: quotes whole runs of the speaker's own sentences, without a model or a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from models.writers.quoting import quoting_draft

if TYPE_CHECKING:
    from pipeline.settings import WriterSettings
    from pipeline.types.article import Draft, Script

VERSION: Final = 10
"""Raise it if the same script would get another draft."""


class ExtractiveWriter:
    """A `Writer` that quotes: it chooses runs of whole sentences, and says where they stand."""

    def __init__(self, settings: WriterSettings) -> None:
        self._settings = settings

    @property
    def identity(self) -> str:
        """Kind, version and the setting that changes the text."""
        return f"extractive {VERSION} ({self._settings.quoted_share:g})"

    def write(self, script: Script) -> Draft:
        """The draft; raises `NoSentence` if the talk has nothing to tell."""
        return quoting_draft(script, self._settings.quoted_share)
