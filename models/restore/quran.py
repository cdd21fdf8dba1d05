"""The text of the Qur'an that ships in the package, and the verses recited in captions."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pipeline.arabic.quran import Quran

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Recitation

VERSION: Final = 1
"""Raised when recitations are found in another way."""


class EmbeddedQuran:
    """A `VerseFinder` over the Tanzil text (simple clean), read on first use.

    The file is published under CC BY 3.0 on condition that it is not changed and that its notice stays in it.
    """

    def __init__(self) -> None:
        self.identity = f"quran-{VERSION}-{sha256(_text()).hexdigest()[:16]}"

    def recitations(self, words: Sequence[str]) -> Sequence[Recitation]:
        """As `VerseFinder.recitations`."""
        return self._quran.recitations(words)

    @cached_property
    def _quran(self) -> Quran:
        return Quran(_text().decode("utf-8"))


def _text() -> bytes:
    return files("models").joinpath("quran", "quran-simple-clean.txt").read_bytes()


def read_quran() -> dict[tuple[int, int], str]:
    """The words of each verse by sura and number."""
    rows = (line.split("|", 2) for line in _text().decode("utf-8").splitlines() if line[:1].isdigit())
    return {(int(sura), int(number)): " ".join(verse.split()) for sura, number, verse in rows}
