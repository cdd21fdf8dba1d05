"""How the encoder reads a talk, with a network made by hand that shows what it was given."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from models.restore.encoder import BATCH, STEP, WINDOW, Encoder, Text
from models.restore.pieces import END, SPACE, START, Pieces
from models.restore.timing import UNKNOWN, Timing

MARKS = ("", "،")
NAMES = ["<s>", "<pad>", "</s>", "<unk>", SPACE, "ا", "ب", "▁ا", "▁ب"]
PIECES = Pieces(NAMES, [0.0] * 4 + [-9.0] * 3 + [-1.0] * 2)


class Echo:
    """Scores each piece by what it reads there; what it was asked is kept."""

    def __init__(self, reach: int = 0) -> None:
        """`reach` neighbours to both sides count, too."""
        self.asked: list[Text] = []
        self._reach = reach

    def __call__(self, windows: Text) -> npt.NDArray[np.float32]:
        """A number for the piece, and one for its pause and border."""
        self.asked.append(windows)
        seen = windows.pieces + 10 * windows.pauses + 100 * windows.borders
        padded = np.pad(seen, ((0, 0), (self._reach, self._reach)), constant_values=START)
        near = sum(padded[:, at : at + seen.shape[1]] for at in range(2 * self._reach + 1))
        return np.stack([near, seen], axis=-1).astype(np.float32)


def encoder(network: Echo | None = None) -> Encoder:
    """An encoder of two marks."""
    return Encoder(PIECES, MARKS, network or Echo())


def test_a_word_has_the_score_of_its_last_piece() -> None:
    """Whatever it is cut into: `اب` has two pieces."""
    assert encoder().scores(["ا", "اب", "ب"])[:, 1].tolist() == [7, 6, 8]


def test_the_place_after_a_word_is_shown_at_its_last_piece() -> None:
    """Its pause and its border, and nothing at its other pieces."""
    network = Echo()
    encoder(network).scores(["اب", "ب"], Timing([3, 1], [2, UNKNOWN]))
    (text,) = network.asked

    assert text.pieces.tolist() == [[START, 7, 6, 8, END]]
    assert text.pauses.tolist() == [[0, 0, 3, 1, 0]]
    assert text.borders.tolist() == [[0, 0, 2, 0, 0]]


def test_without_timing_nothing_is_known() -> None:
    """Classes of pauses and borders are unknown."""
    network = Echo()
    encoder(network).scores(["ا", "ب"])

    assert not network.asked[0].pauses.any()
    assert not network.asked[0].borders.any()


def test_no_words_have_no_scores() -> None:
    """An empty talk is no error, and nothing is computed."""
    network = Echo()

    assert encoder(network).scores([]).shape == (0, len(MARKS))
    assert network.asked == []


@pytest.mark.parametrize("count", [1, WINDOW - 3, WINDOW - 2, WINDOW - 1, STEP + WINDOW, 1000])
def test_every_word_is_read_whatever_the_length(count: int) -> None:
    """Windows cover a talk to its last word, and where they overlap their scores are averaged."""
    words = ["ا" if at % 3 else "ب" for at in range(count)]

    assert np.allclose(encoder().scores(words)[:, 1], [7 if at % 3 else 8 for at in range(count)])


def test_a_long_talk_is_read_as_one() -> None:
    """No word shows where a window ends: one near a window's border is judged by the window in whose middle it lies."""
    words = ["ا"] * 2000
    near = encoder(Echo(reach=4)).scores(words)[:, 0]

    assert np.ptp(near[10:-10]) < 1.5  # a window's border shows a special piece, worth 7 less, with a weight of 1 in 24
    assert near[1000] == pytest.approx(9 * 7, abs=1.5)


def test_memory_does_not_grow_with_the_talk() -> None:
    """However long a talk is, so many windows are computed at once."""
    network = Echo()
    encoder(network).scores(["ا"] * 20_000)

    assert max(len(text.pieces) for text in network.asked) == BATCH
    assert {text.pieces.shape[1] for text in network.asked} == {WINDOW}


def test_marks_are_mixed_by_share() -> None:
    """A quarter of the encoder's probabilities and three of the tagger's."""
    tagger = np.array([[1.0, 0.0]], np.float32)
    mixed = Encoder(PIECES, MARKS, Echo(), share=0.25).mixed(tagger, ["ا"], Timing([0], [0]))

    assert mixed.tolist() == [[0.75 + 7 / 4, 7 / 4]]
