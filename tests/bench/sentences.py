"""Prints how well sentences are found: `python -m tests.bench.sentences`.

On talks the project wrote, and where the folder of shared data is there, on real ones. No weight was chosen on the real
ones; some entries of the word lists were found while reading them, so their figures are not wholly unseen.
"""

from __future__ import annotations

import os
import re
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.arabic import normalize
from pipeline.evaluate.gold import TALK, gold_files, read_gold
from pipeline.segment.captions import spoken_words
from pipeline.segment.sentences import split_sentences
from pipeline.settings import TextSettings
from pipeline.sources.files import FileSource
from pipeline.types.article import Caption, SourceKind, VideoReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EVERY = 12
"""Words in a sentence of the baseline."""
_ENDED = re.compile(r"(?<=[.!?؟])\s+|\n{2,}")


def captions(path: Path) -> tuple[Caption, ...]:
    """The captions of a file."""
    return FileSource().fetch(VideoReference(SourceKind.FILE, str(path))).transcript.captions


def found(cues: Iterable[Caption]) -> list[str]:
    """The sentences that the program makes of captions."""
    return [sentence.text for sentence in split_sentences(spoken_words(cues)[0], TextSettings())]


def every(texts: Iterable[str]) -> list[str]:
    """The baseline: an end after every so many words."""
    words = " ".join(texts).split()
    return [" ".join(words[place : place + EVERY]) for place in range(0, len(words), EVERY)]


def f1(texts: Sequence[str], truth: Sequence[str]) -> float:
    """F1 of the ends inside a text against the true ones, words aligned by their folded letters."""
    ours, theirs = [list(map(normalize.words, part)) for part in (texts, truth)]
    flat, true = [[word for sentence in part for word in sentence] for part in (ours, theirs)]
    blocks = SequenceMatcher(None, flat, true, autojunk=False).get_matching_blocks()
    place = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    ends = {place[end - 1] for end in accumulate(map(len, ours)) if end - 1 in place} - {len(true) - 1}
    right = {end - 1 for end in accumulate(map(len, theirs))} - {len(true) - 1}
    return 2 * len(ends & right) / (len(ends) + len(right))


def line(name: str, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> None:
    """Print the mean F1 over talks, each given as found and true sentences, beside the baseline."""
    ours = mean(f1(texts, truth) for texts, truth in pairs)
    baseline = mean(f1(every(texts), truth) for texts, truth in pairs)
    texts = [text for found_texts, _ in pairs for text in found_texts]
    print(f"{name:48} {ours:.3f}  {baseline:.3f}   {len(texts):6}  {spread(texts)}")


def hidden(sentences: Iterable[str]) -> tuple[Caption, ...]:
    """A text as one caption in the letters of automatic tracks, with nothing that tells its sentences."""
    return (Caption(" ".join(word for text in sentences for word in normalize.words(text))),)


def own() -> None:
    """The talks that the project wrote."""
    talk, *others = gold_files()
    line(
        "sample, json3 word times",
        [(found(captions(TALK.with_name("talk.ar.json3"))), read_gold(talk).sentences)],
    )
    for path in (talk, *others):
        truth = read_gold(path).sentences
        line(f"{path.stem}, words alone", [(found(hidden(truth)), truth)])


def real(talks: Path) -> None:
    """Real talks: sermons against an edited text, typed line ends against the same words without lines."""
    sermons = sorted((talks / "sermon").glob("*.srt"))
    edited = [(found(captions(path)), corrected(path.with_suffix(".corrected.md"))) for path in sermons]
    line(f"sermons ({len(edited)}), edited text", edited)
    typed = [[cue.text for cue in captions(path)] for path in sorted((talks / "economy_talk").glob("*.txt"))]
    typed = list(filter(is_typed, typed))
    line(f"economy_talk manual ({len(typed)}), any line end", [(found(hidden(lines)), lines) for lines in typed])
    paths = sorted(path for path in talks.glob("*/*") if path.suffix in (".srt", ".txt"))
    begun = perf_counter()
    lengths = [(path, found(captions(path))) for path in paths]
    print(f"{len(paths)} transcripts in {perf_counter() - begun:.1f} s; words a sentence, 10 % / half / 90 % / most:")
    for kind in sorted({path.parent.name for path in paths}):
        texts = [text for path, sentences in lengths if path.parent.name == kind for text in sentences]
        print(f"{kind:48} {len(texts):6}  {spread(texts)}")


def spread(texts: Iterable[str]) -> str:
    """Words a sentence: the tenth, the fifth and the ninth decile, and the most."""
    counts = sorted(len(text.split()) for text in texts)
    deciles = quantiles(counts, n=10)
    return f"{deciles[0]:.0f} / {deciles[4]:.0f} / {deciles[8]:.0f} / {counts[-1]}"


def is_typed(lines: Sequence[str]) -> bool:
    """Whether people typed the lines: only they write hamza on alef."""
    text = " ".join(lines)
    return sum(text.count(letter) for letter in "أإ") > len(text.split()) / 25


def corrected(path: Path) -> list[str]:
    """The sentences of an edited sermon, without its title, notes and headings."""
    text = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    rows = [row for row in text.splitlines() if not row.startswith(("#", ">", "- **"))]
    return [part for part in _ENDED.split("\n".join(rows)) if normalize.words(part)]


if __name__ == "__main__":
    print(f"{'sentence ends, F1':48} rules  every {EVERY}  sentences  words: 10 % / half / 90 % / most")
    own()
    shared = Path(os.environ.get("TADWIN_SHARED") or Path(__file__).parents[3] / "shared")
    if (shared / "data").is_dir():
        real(shared / "data" / "transcripts")
    else:
        print(f"real talks skipped: {shared} has no data (set TADWIN_SHARED)")
