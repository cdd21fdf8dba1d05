"""Verses in captions: those that are whole, right and marked, and what is taken for a verse and is none."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models.restore.quran import EmbeddedQuran
from models.training.corpus.captions import track
from models.training.corpus.files import CORPUS, EXAM, talks
from pipeline.arabic.orthography import bare
from pipeline.evaluate.measures import OURS, ResultRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NEAR, FALSE = "near misses", "false verses"
NEAR_MISSES: Final = Path(__file__).parent / "gold" / "near_verses.txt"
"""Prayers, hadith, proverbs and speech in words of verses, one a line: none is a verse."""
RATES: Final = (0.0, 0.03, 0.08)
"""Shares of misheard words at which the corpus is captioned."""
_VERSE: Final = re.compile("﴿([^﴾]*)﴾")
_MISHEARD: Final = re.compile(r"\{[^{}|]*\|([^{}]*)\}")


def corpus_at(rate: float) -> str:
    """What the corpus is called at a share of misheard words."""
    return f"corpus, {rate:.0%} misheard"


def of_corpus() -> Iterator[ResultRow]:
    """Share of the verses of corpus and exam that stand in one quotation, letter by letter; and of false quotations."""
    quran = EmbeddedQuran()
    for rate in RATES:
        texts = []
        for talk in (*talks(CORPUS), *talks(EXAM)):
            runs = groupby(talk.words, key=lambda word: word.verse)
            recited = [" ".join(word.text for word in run) for verse, run in runs if verse]
            texts.append((recited, [word.heard.text for word in track(talk, rate, seed=1).words]))
        yield from _rows(corpus_at(rate), texts, quran)


def of_speech(shared: Path) -> Iterator[ResultRow]:
    """The same of the real captions with gold marks."""
    folder = shared / "data" / "speech_gold"
    texts = []
    for path in sorted(folder.glob("*.captions.txt")):
        gold = path.with_name(path.name.replace(".captions", "")).read_text(encoding="utf-8")
        recited = [" ".join(_MISHEARD.sub(r"\1", verse).split()) for verse in _VERSE.findall(gold)]
        lines = path.read_text(encoding="utf-8").splitlines()
        texts.append((recited, " ".join(line for line in lines if not line.startswith("@")).split()))
    yield from _rows("speech_gold", texts, EmbeddedQuran())


def of_near_misses() -> Iterator[ResultRow]:
    """Share of the near misses that are taken for verses."""
    quran = EmbeddedQuran()
    lines = NEAR_MISSES.read_text(encoding="utf-8").splitlines()
    taken = sum(bool(quran.recitations([bare(word) for word in line.split()])) for line in lines)
    yield ResultRow(NEAR, FALSE, OURS, taken / len(lines), len(lines))


def _rows(name: str, texts: Iterable[tuple[Sequence[str], Sequence[str]]], quran: EmbeddedQuran) -> Iterator[ResultRow]:
    whole = verses = wrong = quoted = 0
    for recited, captions in texts:
        found = [" ".join(word for word, _ in each.words) for each in quran.recitations(captions)]
        verses += len(recited)
        quoted += len(found)
        whole += sum(any(verse in each for each in found) for verse in recited)
        wrong += sum(not any(verse in each or each in verse for verse in recited) for each in found)
    yield ResultRow(name, "verses whole and right", OURS, whole / max(1, verses), verses)
    yield ResultRow(name, FALSE, OURS, wrong / max(1, quoted), quoted)
