"""Where a second editor sets marks in words that already have gold: the ceiling for every system.

`python -m pipeline.evaluate.second_editor FOLDER SHARED` keeps the positions of the marks in `gold/second_editor.json`.
`FOLDER` holds a file for each of the reporting stretches of `speech_gold` and `talk.txt`: the same words with marks,
one sentence a line, written by somebody who has not seen the gold. Of the words themselves, which are not ours, nothing
is kept.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from models.training.corpus import captioned
from pipeline.arabic.orthography import bare
from pipeline.evaluate import unit_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.evaluate.unit_gold import GoldTalk

MARKS = Path(__file__).parent / "gold" / "second_editor.json"
"""For each stretch its number of words and, by mark, the positions from 0 of the words that the mark follows."""


SAME = 0.99
"""Share of the words that have to be those of the captions; `17,4%` may have become two, and a slip mended."""


def read(path: Path = MARKS) -> dict[str, list[str]]:
    """The mark after each word of each stretch; empty for none."""
    return {name: _spread(**entry) for name, entry in json.loads(path.read_text(encoding="utf-8")).items()}


def _spread(words: int, marks: Mapping[str, list[int]]) -> list[str]:
    found = [""] * words
    for mark, places in marks.items():
        for place in places:
            found[place] = mark
    return found


def marked(talk: GoldTalk, text: str) -> dict[str, object]:
    """The positions of the marks in a text; raises `ValueError` where its words are not those of the stretch."""
    words = [word for line in text.splitlines() for word in unit_gold.marked_line(line)]
    heard = [word.heard for word in talk.judged]
    places = captioned.aligned([word.heard for word in words], heard)
    same = sum(bare(words[at].heard) == bare(heard[place]) for at, place in places.items())
    if same < SAME * max(len(words), len(heard)):
        message = f"{talk.name}: only {same} of {len(heard)} words are those of the stretch"
        raise ValueError(message)
    found: dict[str, list[int]] = {}
    place = 0
    for at, word in enumerate(words):
        place = places.get(at, place)
        if word.mark:
            found.setdefault(word.mark, []).append(place)
    return {"words": len(heard), "marks": found}


def write(folder: Path, gold: Iterable[GoldTalk], path: Path = MARKS) -> None:
    """Keep the positions of the marks in each file of a folder."""
    kept = {talk.name: marked(talk, (folder / f"{talk.name}.txt").read_text(encoding="utf-8")) for talk in gold}
    lines = (f" {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in sorted(kept.items()))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("shared", type=Path, help="the folder that holds data/speech_gold")
    args = parser.parse_args()
    write(args.folder, [*unit_gold.speech_halves(args.shared)[1], unit_gold.bundled_talk()])


if __name__ == "__main__":
    main()
