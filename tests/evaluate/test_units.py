"""Sentences as the product makes them, counted word by word against gold."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from models.training.corpus import captioned
from models.training.corpus.captioned import GoldWord
from models.training.corpus.captions import track
from models.training.corpus.files import CORPUS, talks
from pipeline.evaluate import second_editor, unit_gold, units
from pipeline.evaluate.measures import OURS, ResultRow
from pipeline.evaluate.unit_gold import GoldTalk, marked_line
from pipeline.types.article import Recording, Sentence, Track, TrackOrigin, Transcript, Video

if TYPE_CHECKING:
    from pathlib import Path

RECORDING = Recording(Video("v", "v"), Transcript(Track("ar", TrackOrigin.AUTOMATIC), ()))


def gold(*lines: str, before: str = "", after: str = "", sermon: bool = False) -> GoldTalk:
    """A talk of which these lines are judged, between words that are not."""
    words = [word for line in lines for word in marked_line(line)]
    spoken = (*map(GoldWord, before.split()), *words, *map(GoldWord, after.split()))
    first = len(before.split())
    return GoldTalk("t", RECORDING, spoken, first, first + len(words) - 1, sermon)


def counted(talk: GoldTalk, *texts: str) -> Counter[str]:
    """The counts of these sentences."""
    return units.compared(talk, [Sentence(number, text) for number, text in enumerate(texts, 1)])


def figures(counts: Counter[str]) -> dict[tuple[str, str], float]:
    """Figures by measure and system."""
    return {(row.measure, row.system): row.value for row in units.rows(units.TALK, counts)}


def test_ends_count_wherever_gold_has_one() -> None:
    """One of three ends is right, one of two is found, and the end of the stretch counts for nothing."""
    talk = gold("جاء الولد من البيت.", "ثم عاد إليه، ونام.", "انتهى الأمر.")
    found = figures(counted(talk, "جاء الولد.", "من البيت.", "ثم عاد إليه.", "ونام انتهى الأمر."))

    assert found[units.PRECISION, OURS] == pytest.approx(1 / 3)
    assert found[units.RECALL, OURS] == pytest.approx(1 / 2)
    assert found[units.ENDS, OURS] == pytest.approx(2 / 5)


def test_only_an_end_without_any_mark_is_inside_a_clause() -> None:
    """An end in place of a comma or a colon is early, and not in the middle of a clause."""
    talk = gold("قال لي: عاد إليه، ونام في بيته.", "انتهى.")
    found = figures(counted(talk, "قال لي.", "عاد إليه.", "ونام في.", "بيته.", "انتهى."))

    assert found[units.EARLY, OURS] == pytest.approx(1 / 4)


def test_commas_are_compared_in_their_places() -> None:
    """A semicolon counts as a comma; of three commas one is right, one stands for a colon, one where no mark is."""
    talk = gold("قال لي: عاد إليه؛ ونام في بيته، ثم قام.")
    found = figures(counted(talk, "قال لي، عاد إليه، ونام، في بيته ثم قام."))

    assert found[units.COMMAS, OURS] == pytest.approx(2 / 5)
    assert found[units.STRAY, OURS] == pytest.approx(1 / 3)


def test_question_marks_are_compared_apart_from_ends() -> None:
    """A full stop for a question mark is the right end and a question lost; the other way round one is invented."""
    talk = gold("من جاء اليوم؟", "جاء الولد.", "ومتى جاء؟", "لا أدري.")
    found = figures(counted(talk, "من جاء اليوم.", "جاء الولد؟", "ومتى جاء؟", "لا أدري."))

    assert found[units.ENDS, OURS] == 1
    assert (found[units.ASKED, OURS], found[units.ASKING, OURS]) == (0.5, 0.5)


def test_spelling_is_compared_as_published() -> None:
    """Hamza, taa marbuta and tanween count; a misheard word and one that is not Arabic do not."""
    talk = gold("أيضاً إلى المدرسة {علي|عاد} عام 1952.", sermon=True)
    found = figures(counted(talk, "أيضا إلى المدرسة على عام 1952."))

    assert found[units.SPELLED, OURS] == pytest.approx(3 / 4)
    assert found[units.SERMONS, OURS] == pytest.approx(3 / 4)
    assert (units.SERMONS, OURS) not in figures(counted(gold("جاء الولد."), "جاء الولد."))


def test_lengths_are_in_words() -> None:
    """Four words between two ends that were found, with one of gold."""
    found = figures(counted(gold("جاء الولد.", "ثم عاد."), "جاء.", "الولد ثم.", "عاد."))

    assert found[units.LENGTH, units.FOUND] == pytest.approx(4 / 3)
    assert found[units.LENGTH, units.TRUTH] == pytest.approx(2)


def test_only_the_stretch_counts() -> None:
    """Sentences of the talk around it are cut at its borders, and their marks and spelling are not looked at."""
    talk = gold("جاء الولد.", "ثم عاد.", before="هذا كلام سابق", after="وهذا كلام لاحق")
    counts = counted(talk, "هذا كلام.", "سابق، جاء الولد.", "ثم عاد وهذا.", "كلام لاحق.")

    assert (counts["found end"], counts["hits end"], counts["found comma"], counts["words"]) == (1, 1, 0, 4)
    assert counts["spelled"] == counts["spelled right"] == 4


def test_a_verse_with_other_words_keeps_its_end() -> None:
    """The end of a verse counts after the last word that was heard, though the verse goes on for a word more."""
    talk = gold("قال تعالى: ﴿ذلك الكتاب لا ريب﴾.", "وهذا كلام آخر.")
    counts = counted(talk, "قال تعالى: ﴿ذلك الكتاب لا ريب فيه﴾.", "وهذا كلام آخر.")

    assert (counts["found end"], counts["hits end"], counts["unmarked end"]) == (1, 1, 0)


def test_the_table_says_what_is_to_be_reached() -> None:
    """One line for each set; the goal of the ends is 85 % of a second editor's, and a set without one has none."""
    talk = units.rows(units.TALK, counted(gold("جاء الولد.", "ثم عاد."), "جاء الولد.", "ثم عاد."))
    typed = units.rows(units.CORPUS_TYPED, counted(gold("جاء الولد ثم عاد."), "جاء الولد.", "ثم عاد."))
    editor = ResultRow(units.TALK, units.ENDS, units.EDITOR, 0.8, 4)
    head, second, first, targets = (line.split() for line in units.table([*talk, editor, *typed]).splitlines())

    assert head[2:7] == ["words", "goal", "ends", "editor", "prec"]
    assert first[:7] == ["bundled", "talk", "4", ".680", "1.000", ".800", "1.000"]
    assert second[5:8] == ["4", "-", ".000"]
    assert targets[3:5] == ["<=.080", ".580"]


def test_a_line_of_gold_is_read_with_what_was_heard() -> None:
    """Misheard words keep their place and have no right spelling; a line ends its sentence, whatever its mark."""
    assert list(marked_line("قال: «{اوبن اي|أوبن أي آي} هنا»؛ نعم")) == [
        GoldWord("قال", ":", "قال"),
        GoldWord("اوبن"),
        GoldWord("اي"),
        GoldWord("هنا", "،", "هنا"),
        GoldWord("نعم", ".", "نعم"),
    ]


def test_merged_and_split_words_of_the_corpus_keep_the_last_mark() -> None:
    """Two words heard as one have the second's mark; of a word heard as two only the second half has it."""
    talk = next(talk for talk in talks(CORPUS) if talk.id == "005")
    heard = [word.heard for word in track(talk, captioned.MISHEARD, seed=1).words]
    made = next(each for each in unit_gold.corpus_talks("test") if each.name == "005").words
    merged = [at for at, word in enumerate(heard) if word.last - word.first > 1]
    halves = [at for at, (one, other) in enumerate(pairwise(heard)) if one.first == other.first]

    assert merged
    assert halves
    assert all(made[at].mark == captioned.split_token("و" + talk.words[heard[at].last - 1].mark)[1] for at in merged)
    assert all(made[at].mark == "" for at in halves)
    assert not any(made[at].written for at in merged + halves)


def test_a_second_editors_marks_are_kept_by_position(tmp_path: Path) -> None:
    """Only numbers and marks are written, and what is read back agrees with the gold in one of two ends."""
    talk = gold("من جاء؟", "جاء الولد، ونام.", "انتهى.")
    (tmp_path / "t.txt").write_text("من جاء، جاء الولد؛\nونام.\nانتهى.\n", encoding="utf-8")
    second_editor.write(tmp_path, [talk], tmp_path / "kept.json")
    marks = second_editor.read(tmp_path / "kept.json")["t"]

    assert "الولد" not in (tmp_path / "kept.json").read_text(encoding="utf-8")
    assert marks == ["", "،", "", ".", ".", "."]
    assert units.tallied(talk.judged, marks)["hits end"] == 1


def test_other_words_are_no_second_editors(tmp_path: Path) -> None:
    """Marks in a text whose words are not those of the stretch are refused."""
    (tmp_path / "t.txt").write_text("كلام آخر.\n", encoding="utf-8")

    with pytest.raises(ValueError, match="only 0 of 2 words"):
        second_editor.write(tmp_path, [gold("جاء الولد.")], tmp_path / "kept.json")


def test_real_stretches_are_cut_out_of_their_talks(shared: Path) -> None:
    """Fourteen stretches stand where their first line says, each inside of a longer talk."""
    halves = unit_gold.speech_halves(shared)

    assert [len(half) for half in halves] == [7, 7]
    assert all(len(talk.judged) < len(talk.words) for half in halves for talk in half)
    assert sum(len(talk.judged) for half in halves for talk in half) == 6331
