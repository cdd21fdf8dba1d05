"""Adds the spelling of speech to weights: `python -m models.training.restore.spellings OLD.npz NEW.npz`.

The lexicon was counted in an encyclopedia, which has few imperatives, prayers and words of dialect. The training talks
of the corpus, and the Qur'an, count in it too; words said in dialect also make a table of their own. Nothing of the
network changes, but how far its lexicon is trusted. `export` does the same to what it writes.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.restore.quran import read_quran
from models.restore.tagger import read_tag_counts, read_tanween_counts
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from models.training.restore import spoken
from models.training.restore.packing import tag_counts, tanween_counts
from pipeline.arabic.orthography import bare, is_arabic, tag_of, takes_tanween

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from models.training.restore.corpus import Token

    Arrays = Mapping[str, np.ndarray]
    Tags = Mapping[str, Counter[int]]

TALK = 5
"""How many times a word counts that was said in a talk, beside one of the encyclopedia."""
TRUST = (1.2, 1.5, 6.0)
"""Factors on the trained trust in a word's own counts and in its relatives', since on speech the network errs more; and
the log odds of a tag that a word always has.

These and `TALK` were chosen on the choosing half of `speech_gold`, silver sermons, the development talks and held-out
articles.
"""
_KNOWN = 3
"""A word that was counted less often is unknown."""
_SHARE = 0.01
"""A spelling that is seldomer than this in standard Arabic is one of dialect: `لأ`."""
_FIRST_FORM = re.compile("[وف]?ا[^ا]{3}")


def with_speech(weights: Arrays) -> dict[str, np.ndarray]:
    """Exported arrays with what talks and the Qur'an tell; raises `ValueError` if they have it already."""
    if "spoken" in weights:
        reason = "these weights have the spelling of speech already"
        raise ValueError(reason)
    numbers = {str(tag): number for number, tag in enumerate(weights["tags"])}
    standard, dialect = said(dialect=False), said(dialect=True)
    in_dialect = counted((word.text for word in dialect), numbers)
    words = {word: Counter(counts) for word, counts in read_tag_counts(weights, "lexicon").items()}
    add(words, counted((word.text for word in standard), numbers), TALK)
    add(words, agreeing(in_dialect, words), TALK)
    add(words, recited(numbers))
    rates = read_tanween_counts(weights)
    for word in (*standard, *dialect):
        if takes_tanween(form := bare(word.text)):
            some, total = rates.get(form, (0, 0))
            rates[form] = some + TALK * word.tanween, total + TALK
    return {
        **weights,
        "speech_trust": np.array(TRUST, np.float32),
        **tag_counts("lexicon", words),
        **tag_counts("spoken", in_dialect),
        **tanween_counts(rates),
    }


def said(*, dialect: bool) -> list[Token]:
    """The words of the training talks in dialect, or of those in standard Arabic."""
    training = set(splits()["train"])
    chosen = [talk for talk in talks(CORPUS) if talk.id in training and (talk.variety != "msa") == dialect]
    return [word for talk in chosen for word in spoken.written(talk)]


def recited(numbers: Mapping[str, int]) -> Tags:
    """The words of the Qur'an that are spelled in one way there, without imperatives that elsewhere may be `I`."""
    verses = counted((word for verse in read_quran().values() for word in verse.split()), numbers)
    return {word: tags for word, tags in verses.items() if len(tags) == 1 and not _FIRST_FORM.fullmatch(word)}


def counted(words: Iterable[str], numbers: Mapping[str, int]) -> dict[str, Counter[int]]:
    """How often each bare word has each tag, of those that can be written in more than one way."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for word in words:
        form, number = bare(word), numbers.get(tag_of(word))
        if is_arabic(form) and ("ا" in form or form.endswith("ه")) and number is not None:
            found[form][number] += 1
    return dict(found)


def add(words: dict[str, Counter[int]], more: Tags, times: int = 1) -> None:
    """Count more words, each so many times."""
    for word, counts in more.items():
        words.setdefault(word, Counter()).update({tag: times * count for tag, count in counts.items()})


def agreeing(dialect: Tags, words: Tags) -> dict[str, Counter[int]]:
    """The words of dialect as far as they are spelled as in standard Arabic, or unknown there."""
    found = {}
    for word, tags in dialect.items():
        known = words.get(word, Counter())
        if known.total() < _KNOWN:
            found[word] = tags
        elif known.most_common(1)[0][0] == tags.most_common(1)[0][0]:
            usual = {tag for tag, count in known.items() if count >= _SHARE * known.total()}
            found[word] = Counter({tag: count for tag, count in tags.items() if tag in usual})
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    args = parser.parse_args()
    with np.load(args.old, allow_pickle=False) as archive:
        weights = {name: archive[name] for name in archive.files}
    np.savez_compressed(args.new, allow_pickle=False, **with_speech(weights))
    print(f"{args.new}: {args.new.stat().st_size:,} bytes")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
