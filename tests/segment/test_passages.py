"""Sentences become passages: each in exactly one, divided where the subject changes."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.passages import group_passages
from pipeline.settings import TextSettings
from pipeline.types.article import Chapter, Passage, Sentence
from tests.segment.subjects import RIVER, SCHOOL, TRADE, repeated, said

SETTINGS = TextSettings()
SMALL = TextSettings(passage_words=30, passage_words_most=200)

TEXTS = st.lists(st.sampled_from([*RIVER, *SCHOOL, *TRADE, "نعم.", "", "...", "ثم إن"]), max_size=80)
CHAPTERS = st.lists(st.builds(Chapter, st.floats(0, 400), st.sampled_from(["المقدمة", "المياه", " ", ""])), max_size=6)


def words(passage: Passage) -> int:
    """How many words a passage has."""
    return sum(len(sentence.text.split()) for sentence in passage.sentences)


def begins(passages: tuple[Passage, ...]) -> list[int]:
    """Number of the first sentence of each passage."""
    return [passage.sentences[0].number for passage in passages]


@given(TEXTS, CHAPTERS, st.sampled_from([None, 0.0, 100.0]), st.sampled_from([SETTINGS, SMALL]))
def test_every_sentence_is_in_exactly_one_passage(
    texts: list[str], chapters: list[Chapter], start: float | None, settings: TextSettings
) -> None:
    """The passages in their order are the sentences in theirs, with or without times and chapters."""
    sentences = said(*texts, start=start)
    passages = group_passages(sentences, tuple(chapters), settings)
    assert tuple(sentence for passage in passages for sentence in passage.sentences) == sentences
    assert all(passage.sentences for passage in passages)


@given(TEXTS, CHAPTERS, st.sampled_from([None, 0.0]))
def test_no_two_found_headings_are_the_same(texts: list[str], chapters: list[Chapter], start: float | None) -> None:
    """A heading that the author did not write stands once."""
    found = [
        p.heading
        for p in group_passages(said(*texts, start=start), tuple(chapters), SMALL)
        if p.heading and not p.chapter
    ]
    assert len(found) == len(set(found))


def test_no_sentences_make_no_passage() -> None:
    """Nothing said is nothing grouped, even where the author set chapters."""
    assert group_passages((), (), SETTINGS) == ()
    assert group_passages((), (Chapter(0.0, "المقدمة"),), SETTINGS) == ()


def test_subjects_are_found_without_chapters_and_times() -> None:
    """Three subjects one after the other are three passages, divided at the very sentence."""
    river, school, trade = repeated(RIVER, 100), repeated(SCHOOL, 180), repeated(TRADE, 150)
    passages = group_passages(said(*river, *school, *trade), (), SMALL)
    borders = list(accumulate([1, len(river), len(school)]))
    assert set(borders) <= set(begins(passages))
    assert len(passages) <= 4


@pytest.mark.parametrize(
    ("length", "fewest", "most"), [(600, 2, 3), (1900, 4, 6), (2250, 4, 6), (9000, 5, 12), (100, 1, 1)]
)
def test_number_of_passages_fits_the_length(length: int, fewest: int, most: int) -> None:
    """Four minutes give 2 to 3 passages, a quarter of an hour 4 to 6, an hour 5 to 12, on any subjects."""
    for stretch in (60, 150, 700, length):
        texts = repeated([text for part in (RIVER, SCHOOL, TRADE) for text in repeated(part, stretch)], length)
        assert fewest <= len(group_passages(said(*texts), (), SETTINGS)) <= most


@given(st.integers(0, 3000), st.sampled_from([RIVER, (*RIVER, *SCHOOL), (*TRADE, *RIVER, *SCHOOL)]))
def test_lengths_keep_to_the_settings(length: int, subjects: tuple[str, ...]) -> None:
    """No passage is longer than `passage_words_most`, and none of a long talk is shorter than half the typical one."""
    passages = group_passages(said(*repeated(subjects, length)), (), SMALL)
    assert all(words(passage) <= SMALL.passage_words_most for passage in passages)
    assert all(words(passage) >= SMALL.passage_words / 2 for passage in passages) or len(passages) == 1


def test_an_island_of_another_subject_makes_no_short_passage() -> None:
    """A minute on something else stays inside its passage: none of a long talk is under the shortest length."""
    texts = [text for part in (RIVER, SCHOOL, RIVER, TRADE) * 9 for text in repeated(part, 60)]
    passages = group_passages(said(*texts), (), SETTINGS)
    assert len(passages) > 2
    assert min(map(words, passages)) >= 0.9 * min(SETTINGS.passage_words, 5 * sum(map(words, passages)) ** 0.5)


def test_headings_of_one_subject_are_all_different() -> None:
    """A talk that never leaves its subject still gets a different heading for each passage, or none."""
    headings = [passage.heading for passage in group_passages(said(*repeated(RIVER, 2000)), (), SETTINGS)]
    assert len(headings) >= 4
    assert len({*filter(None, headings)}) == len([*filter(None, headings)]) > 1


def test_a_sentence_longer_than_any_passage_is_kept_whole() -> None:
    """Text without marks or times may be one endless sentence: it becomes a passage, not an error."""
    endless = Sentence(1, "كلام " * 5000)
    assert [passage.sentences for passage in group_passages((endless,), (), SETTINGS)] == [(endless,)]


def test_a_turn_of_speech_decides_between_near_places() -> None:
    """Where the words alone leave it open, a passage begins at "now to the second question"."""
    plain = repeated(RIVER, 150)
    turn = "ننتقل الآن إلى السؤال الثاني عن مياه النهر والزراعة."
    passages = group_passages(said(*plain, turn, *plain), (), SMALL)
    assert len(plain) + 1 in begins(passages)


def test_a_silence_decides_between_near_places() -> None:
    """Where the words alone leave it open, a passage begins after a long pause."""
    first = said(*repeated(RIVER, 150), start=0.0)
    later = said(*repeated(RIVER, 150), start=(first[-1].end or 0.0) + 8.0)
    moved = tuple(Sentence(s.number + len(first), s.text, s.start, s.end) for s in later)
    assert len(first) + 1 in begins(group_passages((*first, *moved), (), SMALL))


# --- chapters ---


def chaptered(*chapters: Chapter, settings: TextSettings = SETTINGS, start: float | None = 0.0) -> tuple[Passage, ...]:
    """Passages of a talk on the river (0:00), the school (1:40) and trade (3:20) with chapters."""
    river = said(*repeated(RIVER, 120), start=start)
    school = said(*repeated(SCHOOL, 120), start=None if start is None else 100.0)
    trade = said(*repeated(TRADE, 120), start=None if start is None else 200.0)
    together = (*river, *school, *trade)
    return group_passages(
        tuple(Sentence(n, s.text, s.start, s.end) for n, s in enumerate(together, 1)), tuple(chapters), settings
    )


THREE = (Chapter(0.0, "مياه النهر"), Chapter(99.5, "حال المدارس"), Chapter(199.5, "حركة التجارة"))


def test_the_authors_chapters_are_the_passages() -> None:
    """Chapters give the borders, by the second each sentence begins, and the headings, as the author wrote them."""
    passages = chaptered(*THREE)
    assert [(p.heading, p.chapter) for p in passages] == [(chapter.title, True) for chapter in THREE]
    assert [p.sentences[0].start for p in passages] == [0.0, 100.0, 200.0]


def test_chapters_may_come_in_any_order() -> None:
    """The order of a list of chapters does not matter, their seconds do."""
    assert chaptered(*reversed(THREE)) == chaptered(*THREE)


def test_chapters_need_times() -> None:
    """Sentences without times are grouped by their words; the chapters cannot be placed."""
    passages = chaptered(*THREE, start=None)
    assert passages
    assert not any(passage.chapter for passage in passages)


def test_a_chapter_with_hardly_a_word_joins_its_neighbour() -> None:
    """A chapter of one sentence gives its sentence to the chapter before it and its title to nobody."""
    passages = chaptered(*THREE, Chapter(199.9, "فاصل"), Chapter(203.0, "بعد الفاصل"))
    assert [p.heading for p in passages] == ["مياه النهر", "حال المدارس", "بعد الفاصل"]


def test_a_chapter_in_which_nothing_is_said_is_no_passage() -> None:
    """A chapter of music has no sentences and no section."""
    assert "موسيقى" not in [p.heading for p in chaptered(*THREE, Chapter(900.0, "موسيقى"))]


def test_speech_before_the_first_chapter_is_kept() -> None:
    """What is said before the first chapter is a passage of its own with a heading from its words."""
    passages = chaptered(*THREE[1:])
    assert [p.chapter for p in passages] == [False, True, True]
    assert passages[0].heading not in {"", "حال المدارس", "حركة التجارة"}


def test_a_very_long_chapter_is_divided_and_keeps_its_title_first() -> None:
    """A chapter longer than `passage_words_most` becomes several passages; only the first bears the author's title."""
    passages = chaptered(Chapter(0.0, "اللقاء كله"), settings=TextSettings(passage_words=40, passage_words_most=150))
    assert len(passages) > 2
    assert [p.chapter for p in passages] == [True, *[False] * (len(passages) - 1)]
    assert passages[0].heading == "اللقاء كله"
    assert "اللقاء كله" not in [p.heading for p in passages[1:]]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_chapters_never_reorder_time(starts: list[float]) -> None:
    """Whatever the chapters, sentences stay in the order they were said."""
    passages = chaptered(*(Chapter(start, f"باب {number}") for number, start in enumerate(starts)))
    assert all(a < b for a, b in pairwise(s.number for p in passages for s in p.sentences))
