"""Makes the arrays that training reads: `python -m models.training.restore.dataset SHARED DATA.npz`."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.training.corpus.splits import training_talks
from models.training.restore import spoken
from models.training.restore.corpus import MARKS, Token, articles, careful, is_dev, prose
from models.training.restore.grammar import corrected
from pipeline.arabic.orthography import bare, is_arabic, tag_of, takes_tanween

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.training.corpus.talks import Talk

OWN = "speech"
"""The text that the project wrote: what speakers say and an encyclopedia does not. It is read 30 times an epoch."""
TALK = "talk "
"""What the names of the corpus' talks begin with."""

FILES = ("wikipedia_ar.jsonl.xz", "wikipedia_arz.jsonl.xz")
UNKNOWN = -1
"""A label that is not learned from, because the author may not have written it with care."""

_DOMINANT = 20
"""How many times more frequent a spelling must be for another to count as a slip."""


DISCOURSE = frozenset(
    (
        *("ان", "انه", "انها", "لان", "لانه", "فان", "لكن", "ولكن", "بل", "اذا", "لو", "هل", "لماذا"),
        *("كيف", "ليس", "ليست", "يجب", "يمكن", "نحن", "انا", "هذا", "هذه", "ذلك", "تلك", "الذي"),
        *("التي", "كل", "اي", "ما", "وما", "لا", "ولا", "لم", "لن", "قد", "فقد", "كما", "حين", "عندما"),
        *("حتى", "او", "ثم", "هو", "هي", "وهو", "وهي", "الا"),
    )
)
"""Bare words that argue and tell. An encyclopedia has few of them and speech has many, so what has many counts more."""


@dataclass(frozen=True, slots=True)
class Article:
    """The running text of one article."""

    name: str
    paragraphs: list[list[Token]]
    dev: bool
    """Whether it is held out."""
    careful: bool
    """Whether its spelling can be learned from."""
    times: float = 0.0
    """How often it is read in an epoch; 0 where its words decide that."""

    @property
    def weight(self) -> float:
        """Repetitions in an epoch: by its share of discourse words, which is 0.14 in a book."""
        if self.times:
            return self.times
        words = [bare(word.text) for word in _words([self])]
        share = sum(word in DISCOURSE for word in words) / len(words)
        return next((weight for least, weight in ((0.095, 3.0), (0.077, 2.0), (0.05, 1.0)) if share >= least), 0.4)


def read(folder: Path) -> list[Article]:
    """The articles of the training files that have running text, and what the project wrote itself."""
    found = []
    for name in FILES:
        for identifier, paragraphs in articles(folder / name):
            if kept := prose(paragraphs):
                found.append(Article(name, kept, dev=is_dev(name + identifier), careful=careful(kept)))
    return [*(article for article in found if article.careful or not article.dev), read_own()]


def read_own() -> Article:
    """The text that the project wrote: a paragraph of speech a line."""
    lines = (Path(__file__).parent / "speech.txt").read_text(encoding="utf-8").splitlines()
    return Article(OWN, prose(lines), dev=False, careful=True, times=30.0)


def read_talks(library: Iterable[Talk], times: float) -> list[Article]:
    """Talks of the corpus of spoken Arabic, as written and as recognition may hear them."""
    found = []
    for talk in library:
        found.append(Article(TALK + talk.id, [spoken.written(talk)], dev=False, careful=True, times=times))
        found += [
            Article(TALK + talk.id, [words], dev=False, careful=False, times=times) for words in spoken.heard(talk)
        ]
    return found


def repair_final_yaa(library: Iterable[Article]) -> None:
    """Write final yaa where an author wrote alef maqsura for it (`فى`): captions keep the two apart."""
    counts = Counter(word.text for word in _words(library))
    slips = {
        text: fixed
        for text, count in counts.items()
        if text.endswith("ى") and counts[fixed := text[:-1] + "ي"] >= _DOMINANT * count
    }
    for word in _words(library):
        word.text = slips.get(word.text, word.text)


def _words(library: Iterable[Article]) -> Iterator[Token]:
    return (word for article in library for paragraph in article.paragraphs for word in paragraph)


def spellings(library: Iterable[Article]) -> dict[str, Counter[str]]:
    """How often each bare word is written with each tag, slips left out."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word in _words(library):
        if is_arabic(word.text):
            counts[bare(word.text)][tag_of(word.text)] += 1
    return {word: _without_slips(tags) for word, tags in counts.items()}


def _without_slips(tags: Counter[str]) -> Counter[str]:
    """Drop tags that only leave out marks which a far more frequent tag writes."""
    return Counter(
        {
            tag: count
            for tag, count in tags.items()
            if sum(other for fuller, other in tags.items() if _omits(tag, fuller)) < _DOMINANT * count
        }
    )


def _omits(tag: str, fuller: str) -> bool:
    """Whether a tag is another one with marks missing."""
    return tag != fuller and set(_parts(tag)) < set(_parts(fuller))


def _parts(tag: str) -> list[str]:
    marks = [tag[at : at + 2] for at in range(0, len(tag) - len(tag) % 2, 2)]
    return [*marks, "ة"] if tag.endswith("ة") else marks


def tanween_rates(library: list[Article]) -> tuple[dict[str, tuple[int, int]], set[int]]:
    """(with, all) counts of tanween per bare word in careful articles, and the positions of those articles.

    An article is careful when it writes most of the tanween that others write on the same words.
    """
    usual = {word for word, (some, total) in _tanween(library).items() if some >= 0.4 * total and total >= 5}  # noqa: PLR2004 - seen often enough
    kept = {at for at, article in enumerate(library) if article.careful and _writes_tanween(article, usual)}
    return _tanween(library[at] for at in sorted(kept)), kept


def _tanween(library: Iterable[Article]) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for word in _words(library):
        if takes_tanween(form := bare(word.text)):
            some, total = counts.get(form, (0, 0))
            counts[form] = (some + word.tanween, total + 1)
    return counts


def _writes_tanween(article: Article, usual: set[str]) -> bool:
    seen = [word.tanween for word in _words([article]) if bare(word.text) in usual]
    return not seen or sum(seen) >= 0.7 * len(seen)


def arrays(library: list[Article]) -> dict[str, np.ndarray]:
    """Everything training needs, as arrays: one row per running word, and one per distinct bare word."""
    repair_final_yaa(library)
    training = [article for article in library if article.careful and not article.dev]
    lexicon = spellings(training)
    rates, kept = tanween_rates(library)
    tags = _tag_list(spellings(article for article in training if not article.name.startswith(TALK)))
    ids: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    ends = []
    for at, article in enumerate(library):
        rows.extend(_rows(article, ids, lexicon, {tag: n for n, tag in enumerate(tags)}, tanween=at in kept))
        ends.append(len(rows))
    table = np.array(rows, dtype=np.int32)
    return {
        "word": table[:, 0],
        "tag": table[:, 1].astype(np.int8),
        "tanween": table[:, 2].astype(np.int8),
        "mark": table[:, 3].astype(np.int8),
        "end": np.array(ends),
        "dev": np.array([article.dev for article in library]),
        "weight": np.array([article.weight for article in library], dtype=np.float32),
        "tags": np.array(tags),
        "words": np.array(list(ids)),
        "rate": np.array([rates.get(word, (0, 0)) for word in ids], dtype=np.int32),
    }


def _tag_list(lexicon: dict[str, Counter[str]], least: int = 5) -> list[str]:
    """The tags that occur, most frequent first; the plain one is the first."""
    totals: Counter[str] = Counter()
    for tags in lexicon.values():
        totals.update(tags)
    return [tag for tag, count in totals.most_common() if count >= least]


def _rows(
    article: Article, ids: dict[str, int], lexicon: dict[str, Counter[str]], tags: dict[str, int], *, tanween: bool
) -> Iterator[tuple[int, int, int, int]]:
    for paragraph in article.paragraphs:
        for word in paragraph:
            form = bare(word.text)
            tag = tag_of(word.text)
            slip = not article.careful or (form in lexicon and tag not in lexicon[form] and not article.dev)
            label = UNKNOWN if slip else tags.get(tag, UNKNOWN)
            signed = int(word.tanween) if tanween and takes_tanween(form) else UNKNOWN
            yield ids.setdefault(form, len(ids)), label, signed, MARKS.index(word.mark)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder that holds data/wikipedia_ar.jsonl.xz")
    parser.add_argument("out", type=Path, help="where to write the arrays, as .npz")
    parser.add_argument("--talks", type=float, default=0.0, help="how often each talk of the corpus is read an epoch")
    args = parser.parse_args()
    data = arrays([*read(args.shared / "data"), *(read_talks(training_talks(), args.talks) if args.talks else ())])
    np.savez(args.out, allow_pickle=False, **data | {"tag": corrected(data)})


if __name__ == "__main__":
    main()
