"""Whether the verses in the talks stand letter by letter in the text of the Qur'an that ships."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models.restore.quran import read_quran
from pipeline.arabic.quran import SURAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.training.corpus.talks import Talk

_QUOTED = re.compile("﴿([^﴾]*)﴾(?:\\{([^{}]*)\\})?")
_PLACE = re.compile(r"(.+):(\d+)(?:-(\d+))?")


def quotations(talk: Talk) -> Iterator[tuple[str, str]]:
    """`sura:number` and the words of each verse in a talk."""
    for sentence in talk.sentences:
        for quoted, place in _QUOTED.findall(sentence.text):
            yield place, " ".join(quoted.split())


def misquoted(library: Iterable[Talk]) -> list[str]:
    """The quotations that do not stand in the place they name, in a row."""
    quran = read_quran()
    return [
        f"{talk.id}: {{{place}}} {quoted}"
        for talk in library
        for place, quoted in quotations(talk)
        if not _stands(place, quoted, quran)
    ]


def _stands(place: str, quoted: str, quran: dict[tuple[int, int], str]) -> bool:
    found = _PLACE.fullmatch(place)
    if not found or found[1] not in SURAS:
        return False
    sura, first, last = SURAS.index(found[1]) + 1, int(found[2]), int(found[3] or found[2])
    text = " ".join(quran.get((sura, number), "") for number in range(first, last + 1))
    return f" {quoted} " in f" {text} "
