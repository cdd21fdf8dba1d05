"""Which neighbouring words can be read as a noun phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment.noun_phrases import WORDS_MOST, noun_phrases, word_usage
from tests.segment.subjects import RIVER, SCHOOL, TRADE


def phrases(text: str) -> set[str]:
    """The noun phrases of a sentence that is all that was said."""
    return {one.text for one in noun_phrases(text, word_usage([text]))}


def test_a_genitive_is_not_entered_in_its_middle() -> None:
    """What follows the owned noun may belong to it: its tail is no phrase of its own."""
    found = phrases("زار الحجاج بيت المال القديم")
    assert "بيت المال القديم" in found
    assert "المال القديم" not in found


def test_a_genitive_is_not_left_in_its_middle() -> None:
    """A noun without its article is not cut off from what owns it."""
    found = phrases("صرفت الدولة صندوق تنمية البلاد")
    assert "صندوق تنمية البلاد" in found
    assert not {"صندوق تنمية", "تنمية البلاد"} & found


def test_the_name_of_god_heads_nothing() -> None:
    """No phrase begins with it; it may close one."""
    found = phrases("سار الناس إلى بيت الله الحرام")
    assert "بيت الله الحرام" in found
    assert not {one for one in found if one.startswith("الله")}


@pytest.mark.parametrize("text", ["الفيديو الطويل", "حلقة الاقتصاد", "مشاهدة الحاجات", "اسم المدينة", "نهاية الحرب"])
def test_words_about_the_talk_and_words_that_wait_make_no_heading(text: str) -> None:
    """A phrase neither begins nor ends with a word that names the talk itself or says nothing without another."""
    assert text not in phrases(f"تكلم الضيف عن {text}")


def test_alone_stands_only_a_known_noun_with_its_article() -> None:
    """An adjective, a dual or a noun without its article says too little."""
    found = phrases("الاقتصاد كبير بين المدينتين وفي مدرسة وحدها")
    assert "الاقتصاد" in found
    assert not {"كبير", "المدينتين", "مدرسة"} & found


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("حرم الله الظلم على عباده", "حرم الله"),
        ("منع الملك التجارة", "منع الملك"),
        ("نتكلم النهار دا عن السكر", "النهار"),
        ("أمة الإسلام هذا شهر كريم", "أمة الإسلام"),
        ("حدثنا ابن عباس رضي الله عنه", "ابن عباس"),
        ("هذه الشروط المتفق عليها", "الشروط المتفق"),
        ("هو أفضل لاعب في الفريق", "أفضل لاعب"),
    ],
)
def test_what_reads_like_a_noun_phrase_by_chance_is_none(text: str, never: str) -> None:
    """A verb with its subject, today, who is spoken to, who is quoted, a participle cut short, a superlative."""
    assert never not in phrases(text)


def test_what_is_joined_to_the_article_is_left_out() -> None:
    """A phrase behind a joined preposition is a heading without it."""
    assert "الصناعة الحديثة" in phrases("اهتمت البلاد بالصناعة الحديثة")


def test_between_needs_two() -> None:
    """What stands between one thing is cut short."""
    assert not {one for one in phrases("الصلة بين دمشق وبغداد قديمة") if one.endswith("بين دمشق")}


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    """Hostile text gives phrases of one to five words that stand in it, or none."""
    for one in noun_phrases(text, word_usage([text])):
        assert 1 <= len(one.words) <= WORDS_MOST
        assert 0 < one.form <= 1


@given(st.sampled_from([*RIVER, *SCHOOL, *TRADE]))
def test_a_phrase_says_no_word_twice_and_crosses_no_mark(text: str) -> None:
    """Its stems differ, and it stands in the sentence as it is, but for a preposition that was joined to it."""
    for one in noun_phrases(text, word_usage([text])):
        assert len(set(one.stems)) == len(one.stems)
        assert one.text in text or one.text.removeprefix("ال") in text
