"""The corpus that ships holds what its card says, and each fault that may slip into it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from models.training.corpus import check, giveaways, rules, splits, verses
from models.training.corpus.files import CORPUS, EXAM, MARKED, Statement, statements, talks
from models.training.corpus.talks import Talk
from models.training.pairs import area
from tests.models.training.corpus.written import TEXT, statement, talk

LIBRARY, SAID = talks(CORPUS), statements(CORPUS)
WITH_MARKS = talks(MARKED)
EXAMINED, ASKED = talks(EXAM), statements(EXAM)


@pytest.mark.parametrize(("library", "said"), [(LIBRARY, SAID), (EXAMINED, ASKED)], ids=["corpus", "exam"])
def test_talks_and_statements_are_without_fault(library: Sequence[Talk], said: Sequence[Statement]) -> None:
    """Format, captions, lines, balance of kinds, and nothing cheap tells true from false."""
    assert list(check.faults(library, said)) == []


def test_the_parts_together_are_without_fault() -> None:
    """No double, no shared wording, no misquoted verse, and each talk in one split."""
    assert list(check.common_faults(LIBRARY, WITH_MARKS, EXAMINED, SAID + ASKED)) == []


def test_talks_with_marks_alone_are_without_fault() -> None:
    """Format and captions are held as of every talk, here of each tenth; its lines have no statements or areas."""
    assert list(check.talk_faults(WITH_MARKS[::10])) == []
    assert "statements" not in "".join(check.described("marked", WITH_MARKS))


def test_figures_are_printed() -> None:
    """Counts and areas of corpus and exam are lines of text."""
    lines = "\n".join(check.described("corpus", LIBRARY, SAID))

    assert "71 talks" in lines
    assert "statements: 1704, true 852" in lines
    assert "statement alone 0." in lines


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("مساء الخير، معنا اليوم الأستاذ عمر!", "مساء الخير"), "line 1: no mark at its end"),
        (("أهلاً،", "أهلاً،,"), "line 2: Latin marks"),
        (("فكيف", "فكَيف"), "line 4: vowel signs"),
        (("«بالميزان»", "«بالميزان"), "line 5: brackets"),
        (("@ variety: mixed", "@ variety: klingon"), "klingon is no variety"),
        ((">> ليلى السعدي", ">> ليلى"), "line 4: no heading above it, or a voice"),
        (("# سؤال الثمن", "# بداية الحديث"), "2 headings, 1 different"),
        (("# سؤال الثمن", "# الثمن"), "heading الثمن"),
    ],
)
def test_faults_of_a_talk_are_seen(change: tuple[str, str], fault: str) -> None:
    """Each is told with its place; the talk as it was has only too few words and topics."""
    before, after = list(rules.of_talk(talk())), list(rules.of_talk(talk(TEXT.replace(*change))))

    assert len(before) == 2
    assert any(fault in each for each in after)
    assert not any(fault in each for each in before)


def test_statements_have_lines_kinds_and_no_double() -> None:
    """A line that is not there, a kind that is none, a wrong number of either, and the same said twice are seen."""
    first = [each for each in SAID if each.talk == LIBRARY[0].id]
    gone = [replace(first[0], lines=(999,)), *first[1:]]
    false = next(at for at, each in enumerate(first) if not each.label)
    odd = [*first[:false], replace(first[false], kind="odd"), *first[false + 1 :]]

    assert list(rules.of_statements(LIBRARY[0], first)) == []
    assert "lines (999,)" in next(rules.of_statements(LIBRARY[0], gone))
    assert "'odd': 1" in next(rules.of_statements(LIBRARY[0], odd))
    assert list(rules.of_statements(LIBRARY[0], first[1:])) != []
    assert list(rules.doubles([statement("قال إن الماء قليل."), statement("قال ان الماء قليل")])) != []
    assert list(rules.doubles([statement("قال إن الماء قليل."), statement("قال إن الماء كثير.")])) == []


def test_shared_wording_is_measured() -> None:
    """A talk beside itself shares all of its runs of three words, two talks of the corpus nearly none."""
    twin = replace(LIBRARY[0], id="twin")

    assert rules.shared_trigrams([LIBRARY[0], twin]) == {LIBRARY[0].id: 1.0, "twin": 1.0}
    assert max(rules.shared_trigrams(LIBRARY[:2]).values()) < 0.02


def test_a_verse_that_is_not_letter_by_letter_is_seen() -> None:
    """A word more, a word less or another place is refused; every verse of corpus and exam stands where it says."""
    assert verses.misquoted(LIBRARY) == []
    assert verses.misquoted([talk(TEXT)]) == []
    for wrong in (TEXT.replace("رفعها", "رفعناها"), TEXT.replace("رفعها ", ""), TEXT.replace("الرحمن:7", "الرحمن:8")):
        assert len(verses.misquoted([talk(wrong)])) == 1


def test_areas_see_what_gives_a_statement_away() -> None:
    """Nothing is .5, a perfect score 1; a word that only false ones have is found by cross-fitting over talks."""
    draw = Random(1)  # noqa: S311 - repeatable
    labels = [at % 2 == 0 for at in range(120)]
    groups = [str(at // 12) for at in range(120)]
    plain = [[draw.choice("ابتثجحخدذر") for _ in range(6)] for _ in labels]
    telling = [[*text, "فقط"] if not label else text for text, label in zip(plain, labels, strict=True)]

    assert area([1.0] * 120, labels) == 0.5
    assert area([float(label) for label in labels], labels) == 1
    assert area(giveaways.cross_fitted(telling, labels, groups), labels) > 0.95
    assert 0.3 < area(giveaways.cross_fitted(plain, labels, groups), labels) < 0.7


def test_overlap_that_tells_true_from_false_is_a_fault() -> None:
    """False statements made of other words than the talk's are seen by both overlaps."""
    said = [replace(each, text=each.text if each.label else "كلام غريب " * 6 + each.text[:9]) for each in SAID]
    told = [fault for fault in check.faults(LIBRARY, said) if "tells true from false" in fault]

    assert {fault.split(" tells")[0] for fault in told} >= {"overlap", "inverse overlap"}


def test_splits_are_as_they_were_drawn() -> None:
    """Every talk is in one split, and the seed draws the same: a talk never moves from one to another."""
    fixed = splits.splits()

    first = splits.drawn([each for each in LIBRARY if each.id <= splits.FIRST])

    assert fixed == splits.drawn(LIBRARY)
    assert all(set(part) <= set(fixed[name]) for name, part in first.items())
    assert {name: len(part) for name, part in fixed.items()} == {"train": 56, "development": 5, "test": 10}
    assert sorted(name for part in fixed.values() for name in part) == [each.id for each in LIBRARY]
