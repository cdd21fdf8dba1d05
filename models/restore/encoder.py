"""The contextual network of `models/training/restore/encoder`: probabilities of the mark after each word.

It reads pieces of words in windows of some hundred words, each piece with all others, and after each word the silence
and the line's end, where captions tell them.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from models.restore.pieces import END, START
from models.restore.timing import UNKNOWN, untimed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from models.restore.pieces import Pieces
    from models.restore.timing import Timing

    Floats = npt.NDArray[np.float32]
    Integers = npt.NDArray[np.int64]

WINDOW: Final = 192
"""Pieces read together, with the two that mark its begin and end."""
STEP: Final = 144
"""Pieces from one window's begin to the next one's."""
BATCH: Final = 2
"""Windows computed at once, so that memory does not grow with the talk."""


class Text(NamedTuple):
    """Pieces with what is known of the places after words; running, or (windows, length)."""

    pieces: Integers
    """Numbers of pieces."""
    pauses: Integers
    """Class of the pause after the word that a piece ends; `UNKNOWN` elsewhere."""
    borders: Integers
    """The same of borders."""


class Network(Protocol):
    """What computes the scores."""

    def __call__(self, windows: Text) -> Floats:
        """Probabilities (windows, length, marks) of framed windows of one length."""


class Encoder:
    """Scores marks after words in context."""

    def __init__(self, pieces: Pieces, marks: Sequence[str], network: Network, share: float = 1.0) -> None:
        """`marks` names the classes that the network scores; `share` is how much it counts beside the tagger."""
        self.marks = tuple(marks)
        self.share = share
        self.pieces = pieces
        self._network = network

    def mixed(self, marks: Floats, words: Sequence[str], timing: Timing) -> Floats:
        """The tagger's probabilities (n, marks) of the mark after bare words, with this network's share in them."""
        mixed: Floats = (1 - self.share) * marks + self.share * self.scores(words, timing)
        return mixed

    def scores(self, words: Sequence[str], timing: Timing | None = None) -> Floats:
        """(n, marks): the probability of each mark after bare words, spelled as `Tagger.scores` takes them."""
        import numpy as np  # noqa: PLC0415 - heavy: only where it is used

        text, last = encoded(self.pieces, words, timing or untimed(len(words)))
        length = min(WINDOW - 2, len(text.pieces))
        total = np.zeros((len(words), len(self.marks)), np.float32)
        weight = np.zeros(len(words), np.float32)
        for starts in _batches(len(text.pieces), length):
            places = np.array(starts)[:, None] + np.arange(length)
            found = self._network(framed(Text(*(row[places] for row in text))))
            for start, marks in zip(starts, found[:, 1:-1], strict=True):
                first, stop = np.searchsorted(last, (start, start + length))
                inside = last[first:stop] - start
                trust = _trust(start, length, len(text.pieces))[inside]
                total[first:stop] += marks[inside] * trust[:, None]
                weight[first:stop] += trust
        scores: Floats = total / weight[:, None]
        return scores


def encoded(pieces: Pieces, words: Sequence[str], timing: Timing) -> tuple[Text, Integers]:
    """The pieces of some words one after the other, and the place of each word's last piece."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    cut = [pieces.of(word) for word in words]
    last = np.fromiter(accumulate(map(len, cut)), np.int64, len(cut)) - 1
    numbers = np.fromiter((number for each in cut for number in each), np.int64)
    pauses, borders = np.full_like(numbers, UNKNOWN), np.full_like(numbers, UNKNOWN)
    pauses[last], borders[last] = timing.pauses, timing.borders
    return Text(numbers, pauses, borders), last


def framed(rows: Text) -> Text:
    """Rows of text (rows, length) as windows, each between `START` and `END`."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    pieces, *known = (np.pad(row, ((0, 0), (1, 1)), constant_values=UNKNOWN) for row in rows)
    pieces[:, 0], pieces[:, -1] = START, END
    return Text(pieces, *known)


def _batches(count: int, length: int) -> Iterator[list[int]]:
    """Where the windows over `count` pieces begin, some at a time; the last one ends with the last piece."""
    starts = [*range(0, count - length, STEP), count - length] if count else []
    for at in range(0, len(starts), BATCH):
        yield starts[at : at + BATCH]


def _trust(start: int, length: int, count: int) -> Floats:
    """How much each place of a window counts: less towards a border beyond which the text goes on."""
    import numpy as np  # noqa: PLC0415 - heavy: only where it is used

    place = np.arange(length)
    before = place + 1 if start else np.full(length, length)
    after = length - place if start + length < count else np.full(length, length)
    trust: Floats = np.minimum(np.minimum(before, after), STEP // 2).astype(np.float32)
    return trust
