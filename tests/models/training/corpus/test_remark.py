"""The ceiling: another reader's marks against the gold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from models.training.corpus import remark
from models.training.corpus.files import CORPUS, EXAM, talks

LIBRARY = talks(CORPUS) + talks(EXAM)


def test_stretches_are_a_twentieth_of_the_words_from_several_talks() -> None:
    """Neighbouring whole sentences; the seed draws the same again."""
    drawn = remark.drawn(LIBRARY)
    words = sum(len(stretch.words) for stretch in drawn)

    assert drawn == remark.drawn(LIBRARY) != remark.drawn(LIBRARY, seed=2)
    assert 0.045 < words / sum(len(talk.words) for talk in LIBRARY) < 0.06
    assert all(two.number == one.number + 1 for each in drawn for one, two in pairwise(each.sentences))
    assert len({each.talk for each in drawn}) == remark.TALKS


def test_what_was_marked_afresh_is_what_was_drawn() -> None:
    """The ceiling is printed for the stretches of the seed: every word of theirs is there, and no other."""
    *_, last = remark.scored(LIBRARY)

    assert remark.remarked(LIBRARY) == remark.drawn(LIBRARY)
    assert last.split() == ["all", "4799", "0.887", "0.813", "0.928"]


def test_stretches_are_written_and_found_again(tmp_path: Path) -> None:
    """A folder of bare words comes with the places of its sentences; unmarked words score 0."""
    remark.write(remark.drawn(LIBRARY), tmp_path)
    for path in (tmp_path / "bare").iterdir():
        path.rename(tmp_path / path.name)

    assert [row.split()[2:] for row in remark.scored(LIBRARY, tmp_path)][-1] == ["0.000", "0.000", "0.000"]


def test_the_reader_sees_bare_words() -> None:
    """One line, no mark, no hamza, no bracket."""
    text = remark.bare_text(remark.drawn(LIBRARY)[0])

    assert text.count("\n") == 1
    assert not set(text) & set("أإآة،؛؟!:«»[]>")


def test_the_gold_itself_scores_one_and_a_lost_comma_costs() -> None:
    """Ends, commas and any mark are counted apart; a semicolon is as good as a comma."""
    stretch = remark.drawn(LIBRARY)[0]
    gold = "\n".join(sentence.text for sentence in stretch.sentences)
    all_right = remark.compared(stretch.words, gold)
    lost = remark.compared(stretch.words, gold.replace("،", "", 1))

    assert [remark.f1(all_right, name) for name in ("end", "comma", "any")] == [1, 1, 1]
    assert remark.f1(lost, "end") == 1 > remark.f1(lost, "comma")
    assert remark.compared(stretch.words, gold.replace("،", "؛")) == all_right


def test_other_words_are_refused() -> None:
    """A word that the reader changed, added or lost is named; the spelling of hamza is free."""
    stretch = remark.drawn(LIBRARY)[0]
    words = remark.bare_text(stretch).split()

    assert remark.compared(stretch.words, " ".join(words))["found any"] == 0
    with pytest.raises(ValueError, match="word 3 is كلام"):
        remark.compared(stretch.words, " ".join([*words[:2], "كلام", *words[3:]]))
    with pytest.raises(ValueError, match=f"word {len(words)} is None"):
        remark.compared(stretch.words, " ".join(words[:-1]))
