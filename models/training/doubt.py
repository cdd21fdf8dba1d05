"""Makes the weights of `models/restore/doubt.py`: `python -m models.training.doubt` prints them.

The development talks of the corpus, since the lexicon knows the training talks, are captioned several times with other
recognition errors. Each caption word is an example: whether it was misheard, and the evidence that the program sees.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from models.restore.doubt import evidence
from models.restore.restorer import EmbeddedRestorer, as_token
from models.training.boundaries import fitted
from models.training.corpus.captioned import MISHEARD
from models.training.corpus.captions import track
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.training.corpus.talks import Talk

SEEDS: Final = range(1, 7)


def main() -> None:
    """Learn from the development talks and print the weights."""
    chosen = frozenset(splits()["development"])
    examples = [each for talk in talks(CORPUS) if talk.id in chosen for seed in SEEDS for each in _examples(talk, seed)]
    print(f"{len(examples)} words, {sum(misheard for _, misheard in examples)} misheard")  # noqa: T201 - a command
    for name, weight in fitted(examples, {}).items():
        print(f'    "{name}": {weight:.2f},')  # noqa: T201 - a command


def _examples(talk: Talk, seed: int) -> Iterator[tuple[dict[str, float], bool]]:
    tagger = EmbeddedRestorer().restorer.tagger
    heard = [word.heard for word in track(talk, MISHEARD, seed).words]
    words = [as_token(word.text) for word in heard]
    said = Counter(words)
    for word, told in zip(words, heard, strict=True):
        yield evidence(word, said[word], tagger), bool(told.kind)


if __name__ == "__main__":
    main()
