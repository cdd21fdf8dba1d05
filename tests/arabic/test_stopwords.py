"""The word lists are folded, clean and say what their names say."""

import pytest

from pipeline.arabic import stopwords
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.segment.topics import TOPICS, topic_of

SETS = {name: value for name, value in vars(stopwords).items() if name.isupper() and isinstance(value, frozenset)}
PHRASES = ("GREETINGS", "META", "CREEDS", "HONORIFICS", "SHIFTS")


@pytest.mark.parametrize("name", SETS)
def test_sets_hold_folded_words(name: str) -> None:
    """Every entry is one folded word, so that looking it up can succeed."""
    assert SETS[name]
    assert all(words(entry) == (entry,) for entry in SETS[name])


@pytest.mark.parametrize("name", PHRASES)
def test_phrases_hold_folded_words(name: str) -> None:
    """Every phrase is a run of folded words, none is empty, none comes twice."""
    phrases = getattr(stopwords, name)
    assert all(phrase and words(" ".join(phrase)) == phrase for phrase in phrases)
    assert len(set(phrases)) == len(phrases)


@pytest.mark.parametrize("signs", [stopwords.SUBSCRIBE, stopwords.SPONSOR])
def test_no_word_counts_as_two_signs(signs: tuple[frozenset[str], ...]) -> None:
    """One word alone can never look like a call to subscribe or like advertising."""
    assert sum(map(len, signs)) == len(frozenset().union(*signs))


@pytest.mark.parametrize(
    "word",
    [
        "اقتصاد",
        "حدود",
        "حرب",
        "علم",
        "تعليم",
        "حقوق",
        "مال",
        "أصل",
        "حق",
        "طاقة",
        "فقر",
        "زين",
        "عمل",
        "بيت",
        "دين",
        "صديق",
        "قلب",
        "صلاة",
        "أهل",
        "حل",
        "دور",
    ],
)
def test_words_that_name_subjects_are_not_empty(word: str) -> None:
    """No list of any variety swallows a noun that a talk can be about."""
    assert fold(word) not in stopwords.EMPTY


@pytest.mark.parametrize(
    "word", ["في", "من", "هذا", "الذي", "كان", "لكن", "مش", "ده", "شو", "وش", "هسه", "يعني", "جدا"]
)
def test_function_words_of_all_varieties_are_known(word: str) -> None:
    """Standard, Egyptian, Levantine, Gulf and Iraqi."""
    assert fold(word) in stopwords.FUNCTION


def test_tables_hold_folded_words() -> None:
    """Nouns, names and adjectives are folded words without article, each in one list."""
    together = [*NOUNS, *NAMES, *ADJECTIVES]
    assert len(together) == len(set(together)) > 5000
    assert all(fold(word) == word and not word.startswith("ال") for word in together)


@pytest.mark.parametrize("word", ["حقوق", "شبكة", "تأمين", "عملية", "حياة", "مستشار", "أسعار"])
def test_nouns_are_nouns(word: str) -> None:
    """Common nouns are among the nouns."""
    assert fold(word) in NOUNS


@pytest.mark.parametrize("word", ["يقول", "قال", "كتبت", "يذهب", "يعمل", "تقوم", "ليس", "سوف"])
def test_verbs_are_not_in_the_tables(word: str) -> None:
    """Common verbs are in none of the tables."""
    assert fold(word) not in NOUNS | NAMES | ADJECTIVES


def test_topics_hold_stems() -> None:
    """The table is of folded stems that can be looked up, and large enough to matter."""
    assert len(TOPICS) > 5000
    assert all(fold(entry) == entry and len(entry) > 2 for entry in TOPICS)


@pytest.mark.parametrize(("one", "other"), [("بنك", "دولار"), ("ملك", "عرش"), ("وزير", "رييس"), ("فيروس", "مرض")])
def test_words_of_one_subject_share_a_group(one: str, other: str) -> None:
    """Money with money, crowns with thrones, ministers with presidents, viruses with illness."""
    assert topic_of(one) == topic_of(other) is not None


def test_a_joined_preposition_does_not_change_the_subject() -> None:
    """A stem behind ب, ل, ك, و or ف belongs where it belongs without it; an unknown stem belongs nowhere."""
    assert topic_of("ببنك") == topic_of("بنك")
    assert topic_of("لوزير") == topic_of("وزير")
    assert topic_of("قققق") is None
