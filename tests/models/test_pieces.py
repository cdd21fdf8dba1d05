"""Words cut into pieces, by a vocabulary made by hand and by the one that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import models
from models.restore.pieces import LONGEST, MOST, SPACE, UNKNOWN, Pieces

RECORDED = Path(__file__).parents[1] / "data" / "restore" / "pieces.txt"
WEIGHTS = Path(models.__file__).parent / "weights" / "encoder.npz"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
LETTERS = {SPACE: -4.0, "ا": -5.0, "ب": -5.0, "ت": -5.0}


def pieces(**known: float) -> Pieces:
    """A vocabulary of these pieces with their log probabilities, and of three letters."""
    vocabulary = LETTERS | known
    return Pieces([*SPECIAL, *vocabulary], [0.0] * len(SPECIAL) + list(vocabulary.values()))


def named(cutter: Pieces, word: str, *known: str) -> list[str]:
    """The pieces of a word by name; `known` are those beside the letters, in order."""
    names = [*SPECIAL, *LETTERS, *known]
    return [names[number] for number in cutter.of(word)]


def test_the_most_probable_pieces_are_taken() -> None:
    """Not the longest first: two likely pieces beat a long one with what it leaves over."""
    cutter = pieces(**{"▁اب": -3.0, "▁ا": -3.0, "بت": -3.5})

    assert named(cutter, "ابت", "▁اب", "▁ا", "بت") == ["▁ا", "بت"]
    assert named(cutter, "اب", "▁اب", "▁ا", "بت") == ["▁اب"]


def test_of_equal_ways_the_one_with_the_longer_last_piece_is_taken() -> None:
    """As the library does it whose pieces the base network has learned."""
    cutter = pieces(**{"▁اب": -3.0, "▁ا": -3.0, "بت": -3.0, "ت": -3.0})

    assert named(cutter, "ابت", "▁اب", "▁ا", "بت")[-1] == "بت"


def test_letters_without_a_piece_are_one_unknown() -> None:
    """Neighbouring ones together, and those around them keep theirs."""
    assert named(pieces(), "اكلت") == [SPACE, "ا", "<unk>", "ت"]
    assert named(pieces(), "") == [SPACE]


@given(st.text(st.sampled_from("ابتكل"), max_size=200))
def test_every_word_has_some_pieces_and_no_word_many(word: str) -> None:
    """At least one, at most `MOST`; together they are the word's beginning."""
    cutter = pieces(**{"▁اب": -3.0, "بت": -3.5})
    found = named(cutter, word, "▁اب", "بت")

    assert 1 <= len(found) <= MOST
    if "<unk>" not in found:
        assert (SPACE + word).startswith("".join(found))


def test_a_word_of_a_million_letters_is_cut_at_once() -> None:
    """What stands behind the first letters is not read."""
    assert pieces().of("ا" * 1_000_000) == pieces().of("ا" * LONGEST)


def recorded() -> list[tuple[str, list[str]]]:
    """Words with their pieces as `tokenizers` cuts them with the whole vocabulary of the base network."""
    rows = (line.split("\t") for line in RECORDED.read_text(encoding="utf-8").splitlines())
    return [(word, cut.split()) for word, cut in rows]


def test_the_shipped_pieces_are_those_of_the_base_network() -> None:
    """Wherever all of them ship, which is so for nearly every word; the rest is cut otherwise, not lost."""
    with np.load(WEIGHTS, allow_pickle=False) as archive:
        names, scores = archive["pieces"].tobytes().decode().splitlines(), archive["scores"].tolist()
    cutter, known = Pieces(names, scores), set(names)
    whole = [(word, cut) for word, cut in recorded() if known.issuperset(cut)]

    assert len(whole) > 0.97 * len(recorded()) > 300
    assert [[names[number] for number in cutter.of(word)] for word, _ in whole] == [cut[:MOST] for _, cut in whole]
    assert all(UNKNOWN not in cutter.of(word) for word, _ in recorded())
