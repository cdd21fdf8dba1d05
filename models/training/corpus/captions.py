"""Makes captions of the talks: `python -m models.training.corpus.captions OUT --rate 0.03 --seed 1`.

For each talk: `.vtt` as YouTube's automatic captions roll, `.srt` whose cues overlap, `.heard.txt` with what was heard
and what was meant, and `.typed.txt` as people type captions. The same seed makes the same files.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from models.training.corpus.errors import Heard, recognised
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.spelling import automatic
from models.training.corpus.timing import moments
from pipeline.arabic.function_words import BINDERS, CLINGING, PREPOSITIONS
from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from models.training.corpus.talks import Talk, Word

RATES = (0.0, 0.03, 0.08)
"""Shares of the words that are misheard."""
WIDTH = 40
"""Characters in a line of automatic captions."""
GAP = 1.0
"""Seconds of silence after which a new line begins."""
TYPED_WORDS = (4, 12)
"""Fewest words before a line of typed captions ends at a mark, and most in a line."""
TYPED_MARKS = 0.15
"""Share of the marks that people type into captions."""

PHRASE_WORDS, LEAST_PHRASE_WORDS, MOST_PHRASE_WORDS = (4, 7), 3, 9
"""Words after which a line of one phrase is full, drawn for each; and the fewest and the most that any has."""
PHRASES = 0.55
"""How often such a line ends where a phrase does."""

_INTRODUCE = frozenset(
    (
        *("الدكتور", "الدكتوره", "المهندس", "المهندسه", "الحاج", "الحاجه", "الاستاذ", "الاستاذه", "الشيخ", "السيد"),
        *("السيده", "اسمه", "اسمها", "عم", "ابو", "ام", "بو", "مدينه", "قريه", "واحه", "ميناء", "بلده"),
    )
)
"""Words after which a name follows."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """One caption word with its seconds."""

    heard: Heard
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Track:
    """Automatic captions of a talk."""

    talk: Talk
    words: tuple[TimedWord, ...]

    @property
    def lines(self) -> tuple[tuple[TimedWord, ...], ...]:
        """The words as they stand on screen, line by line."""
        return tuple(_lines(self.words))


def track(talk: Talk, rate: float, seed: int, known: frozenset[str] = frozenset()) -> Track:
    """Automatic captions of a talk, in which a share `rate` of the words is misheard; the truth is kept.

    What is misheard becomes a word of `known` or of the talk, as far as one fits.
    """
    draw = Random(f"{seed} {rate} {talk.id}")  # noqa: S311 - repeatable
    spelled = [automatic(word.text) for word in talk.words]
    times = moments(talk, Random(f"{seed} {talk.id}"))  # noqa: S311 - the same at every rate
    heard = recognised(spelled, rate, draw, names(talk, spelled), known.union(spelled))
    return Track(talk, tuple(_timed(heard, times)))


def names(talk: Talk, spelled: Sequence[str]) -> frozenset[int]:
    """Positions of words that are names: those of the voices, and what stands after a title."""
    known = {automatic(part) for voice in talk.voices for part in voice.name.split()}
    return frozenset(
        at
        for at, word in enumerate(spelled)
        if word not in _INTRODUCE and (word in known or (at and spelled[at - 1] in _INTRODUCE))
    )


def _timed(heard: Iterable[Heard], times: Sequence[tuple[float, float]]) -> Iterator[TimedWord]:
    """The caption words in the time of the spoken words they stand for; halves of a word share it by their letters."""
    for (first, last), group in groupby(heard, lambda each: (each.first, each.last)):
        parts = list(group)
        begin, end = times[first][0], times[last - 1][1]
        letters = sum(len(part.text) for part in parts)
        for part in parts:
            until = begin + (end - times[first][0]) * len(part.text) / letters
            yield TimedWord(part, round(begin, 2), round(until, 2))
            begin = until


def _lines(words: Sequence[TimedWord]) -> Iterator[tuple[TimedWord, ...]]:
    line: list[TimedWord] = []
    for word in words:
        length = sum(len(each.heard.text) + 1 for each in line) + len(word.heard.text)
        if line and (length > WIDTH or word.start - line[-1].end >= GAP):
            yield tuple(line)
            line = []
        line.append(word)
    if line:
        yield tuple(line)


def plain(words: Iterable[TimedWord]) -> str:
    """Caption words as text."""
    return " ".join(word.heard.text for word in words)


def vtt(captions: Track) -> str:
    """WebVTT as YouTube's automatic captions roll: word times, the line before above, fillers of 10 ms."""
    lines = captions.lines
    blocks, above = ["WEBVTT\nKind: captions\nLanguage: ar"], " "
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        until = after[0].start if after else line[-1].end + 1
        first, *rest = line
        rolling = first.heard.text + "".join(f"<{_clock(word.start)}><c> {word.heard.text}</c>" for word in rest)
        blocks.append(f"{_span(line[0].start, until - 0.01)} align:start position:0%\n{above}\n{rolling}")
        above = plain(line)
        blocks.append(f"{_span(until - 0.01, until)} align:start position:0%\n{above}\n ")
    return "\n\n".join(blocks) + "\n"


def srt(captions: Track) -> str:
    """SubRip as downloaders make it of them: a line a cue, each until the line after next begins."""
    lines = captions.lines
    ends = [*(line[0].start for line in lines[2:]), *([lines[-1][-1].end + 1] * 2)]
    blocks = [
        f"{number}\n{_span(line[0].start, end).replace('.', ',')}\n{plain(line)}"
        for number, (line, end) in enumerate(zip(lines, ends, strict=False), 1)
    ]
    return "\n\n".join(blocks) + "\n"


def _span(start: float, end: float) -> str:
    return f"{_clock(start)} --> {_clock(end)}"


def _clock(second: float) -> str:
    minutes, thousandths = divmod(round(second * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths // 1000:02}.{thousandths % 1000:03}"


def truth(captions: Track) -> str:
    """The captions in one line, each error as `{heard|meant}`."""
    spelled = [word.text for word in captions.talk.words]
    found = []
    for (first, last, kind), group in groupby((word.heard for word in captions.words), _key):
        text = " ".join(part.text for part in group)
        found.append(f"{{{text}|{' '.join(spelled[first:last])}}}" if kind else text)
    return " ".join(found) + "\n"


def _key(heard: Heard) -> tuple[int, int, str]:
    return heard.first, heard.last, heard.kind


def typed(talk: Talk, seed: int) -> tuple[str, ...]:
    """Captions as people type them: written spelling, lines that end where clauses end, few marks, nothing misheard."""
    draw = Random(f"typed {seed} {talk.id}")  # noqa: S311 - repeatable
    lines: list[str] = []
    for sentence in talk.sentences:
        line: list[str] = []
        for word in sentence.words:
            line.append(word.text + (word.mark if draw.random() < TYPED_MARKS else ""))
            if len(line) >= TYPED_WORDS[1] or (word.mark and len(line) >= TYPED_WORDS[0]):
                lines.append(" ".join(line))
                line = []
        lines += [" ".join(line)] if line else []
    return tuple(lines)


def typed_by_phrase(talk: Talk, seed: int) -> tuple[str, ...]:
    """The same in shorter lines, which end at a sentence's end, often at a mark or before a phrase, or when full.

    Lines of a real show have 4.5 to 5.6 words; half of their ends have no mark.
    """
    draw = Random(f"phrases {seed} {talk.id}")  # noqa: S311 - repeatable
    lines: list[str] = []
    for sentence in talk.sentences:
        line: list[str] = []
        most = draw.randint(*PHRASE_WORDS)
        for word, after in zip(sentence.words, [*sentence.words[1:], None], strict=True):
            line.append(word.text + (word.mark if draw.random() < TYPED_MARKS else ""))
            binds = fold(word.text).removeprefix("و") in BINDERS
            full = not binds and (len(line) >= most or (_may_part(word, after) and draw.random() < PHRASES))
            if after is None or len(line) >= MOST_PHRASE_WORDS or (len(line) >= LEAST_PHRASE_WORDS and full):
                lines.append(" ".join(line))
                line, most = [], draw.randint(*PHRASE_WORDS)
    return tuple(lines)


def _may_part(word: Word, after: Word | None) -> bool:
    """Whether a phrase ends: at a mark, or before a conjunction, a preposition or a word that leans on it."""
    following = fold(after.text) if after else ""
    leans = following in PREPOSITIONS or following in CLINGING
    joined = len(following) > 3 and following.startswith(("ب", "ل"))  # noqa: PLR2004 - shorter ones are words
    return bool(word.mark) or following.startswith("و") or leans or joined


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rate", type=float, default=RATES[1], help="share of the words that are misheard")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    library = talks(CORPUS)
    known = frozenset(automatic(word.text) for talk in library for word in talk.words)
    for talk in library:
        captions = track(talk, args.rate, args.seed, known)
        made = {"vtt": vtt(captions), "srt": srt(captions), "heard.txt": truth(captions)}
        made["typed.txt"] = "\n".join(typed(talk, args.seed)) + "\n"
        for ending, text in made.items():
            (args.out / f"{talk.id}.{ending}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
