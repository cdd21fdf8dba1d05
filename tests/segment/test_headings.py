"""A heading is a short noun phrase from the passage's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.normalize import fold, words
from pipeline.arabic.stopwords import EMPTY, FILLERS
from pipeline.segment.headings import GOOD_ODDS, choose_headings, talk_vocabulary
from pipeline.segment.noun_phrases import LINKS, WORDS_MOST
from tests.segment.subjects import RIVER, SCHOOL, TRADE, said

TEXTS = st.lists(st.sampled_from([*RIVER, *SCHOOL, *TRADE, "نعم نعم يعني.", "", "... 12 %", "سبحان الله"]), max_size=25)


def heading(*texts: str, taken: tuple[str, ...] = (), beside: tuple[str, ...] = ()) -> str:
    """The heading of the texts as a passage of a talk that has other texts too."""
    return choose_headings([said(*texts)], talk_vocabulary(said(*texts, *beside)), taken)[0].text


def test_headings_name_the_subject() -> None:
    """Three passages get the three phrases an editor would choose."""
    everything = (*RIVER, *SCHOOL, *TRADE)
    assert heading(*RIVER, beside=everything) == "مياه النهر"
    assert heading(*SCHOOL, beside=everything) in {"تدريب المعلمين", "المدارس الابتدائية", "رواتب المعلمين"}
    assert heading(*TRADE, beside=everything) in {"بضائع التجار", "المعابر الحدودية", "الرسوم الجمركية"}


def test_a_heading_has_odds() -> None:
    """What a passage comes back to names it more likely than what is said in it once; nothing said has none."""
    often, once = (
        ("تدريب المعلمين أساس التعليم.", "تدريب المعلمين صعب."),
        ("زار الوزير صندوق التنمية.", "ثم رجع إلى بيته."),
    )
    talk = talk_vocabulary(said(*often, *once))
    first, second, none = choose_headings([said(*often), said(*once), said("نعم نعم.")], talk)
    assert 0 < second.odds < first.odds < 1
    assert (none.text, none.odds) == ("", 0.0)


def test_what_is_announced_is_the_heading() -> None:
    """What the speaker says he will speak of goes before what is said as often."""
    texts = ("زار الوزير قناة السويس أمس.", "حديثنا اليوم عن سوق العمل في البلاد.")
    assert heading(*texts) == "سوق العمل"


def test_a_phrase_goes_to_the_passage_that_it_names_best() -> None:
    """A passage that mentions a subject leaves it to the passage that is about it."""
    mention = ("مياه النهر تهم التجار أيضا.", "الرسوم الجمركية ترفع أسعار البضائع.")
    about = ("مياه النهر تكفي الزراعة.", "مياه النهر تروي الحقول.", "مياه النهر للجميع.")
    first, second = choose_headings([said(*mention), said(*about)], talk_vocabulary(said(*mention, *about)))
    assert second.text == "مياه النهر"
    assert first.text != "مياه النهر"


def test_only_what_is_said_again_mostly_here_may_stand() -> None:
    """A phrase of one sentence, one that the rest of the talk says as often, and its country stay below good odds."""
    once = ("تدريب المعلمين أساس التعليم في البلاد.", "الدروس كثيرة والوقت قليل جدا.", "يحتاج كل طالب إلى كتاب.")
    again = ("تدريب المعلمين أساس التعليم في البلاد.", "تدريب المعلمين صعب ومكلف.", "يبدأ تدريب المعلمين في الصيف.")
    talk = talk_vocabulary(said(*once, *again))
    assert choose_headings([said(*once)], talk)[0].odds < GOOD_ODDS
    assert choose_headings([said(*again)], talk)[0].odds >= GOOD_ODDS

    shared = choose_headings([said(*again), said(*again)], talk_vocabulary(said(*again, *again)))
    assert [each.text for each in shared].count("تدريب المعلمين") == 1
    country = tuple(f"الحكومة الأمريكية قالت ذلك في العام {at}." for at in range(3))
    talk = talk_vocabulary(said(*country, *country, *again))
    here, there, _ = choose_headings([said(*country), said(*country), said(*again)], talk)
    assert here.odds < GOOD_ODDS
    assert there.odds < GOOD_ODDS


@pytest.mark.parametrize("name", ["أبو بكر الصديق", "عبد الرحمن الداخل"])
def test_a_part_of_a_name_is_no_heading(name: str) -> None:
    """Without its first word it names somebody else."""
    found = heading(*(f"كان {name} كريماً مع الناس في كل يوم {at}." for at in range(4)))
    assert found != name.split(maxsplit=1)[1]


@pytest.mark.parametrize("word", ["العالم", "المشكلة", "الحياة", "الدولة"])
def test_a_noun_that_any_talk_has_names_nothing_alone(word: str) -> None:
    """However often it is said."""
    assert heading(*(f"{word} كبير جدا.",) * 6) == ""


def test_prayers_name_no_subject() -> None:
    """What is asked of God at the end of a sermon is not what the passage is about."""
    assert heading("اللهم احفظ بلاد المسلمين.", "اللهم انصر بلاد المسلمين.") == ""


@given(TEXTS)
def test_a_heading_is_one_to_five_neighbouring_words(texts: list[str]) -> None:
    """It stands in one sentence of the passage as it is, or there is none."""
    found = heading(*texts)
    if found:
        assert 1 <= len(found.split()) <= WORDS_MOST
        assert any(found in " ".join(text.split()) for text in texts)


@given(TEXTS)
def test_a_heading_begins_and_ends_with_a_word_that_says_something(texts: list[str]) -> None:
    """No particle, preposition, pronoun or filler at either end."""
    found = fold(heading(*texts)).split()
    assert not found or not {found[0], found[-1]} & (EMPTY | LINKS | FILLERS)


@given(TEXTS, TEXTS)
def test_headings_do_not_repeat_each_other(one: list[str], other: list[str]) -> None:
    """A heading already taken is not given again, nor one that shares most of its words."""
    first = heading(*one)
    second = heading(*other, taken=(first,))
    shared = set(words(first)) & set(words(second))
    assert not first or not second or 2 * len(shared) <= max(len(words(first)), len(words(second)))


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("",),
        ("نعم نعم.", "آه طيب.", "يعني كده بقى."),
        ("سبحان الله العظيم سبحان الله.", "صلى الله عليه وسلم."),
        ("كتبت ثم ذهبت ثم رجعت.", "يقول ويكتب ويمشي."),
        ("12 34 56", "%%% ***"),
        ("هرمون الهرمون.", "هرمون الهرمون."),
    ],
)
def test_nothing_good_gives_no_heading(texts: tuple[str, ...]) -> None:
    """Fillers, formulas, verbs and figures alone make no heading: better none than a bad one."""
    assert heading(*texts) == ""


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("الحدود المشتركة تحتاج إلى تأمين الحدود المشتركة", "المشتركة تحتاج"),
        ("يقول الوزير إن السوق الحرة فتحت والسوق الحرة كبيرة", "يقول الوزير"),
        ("كتب المدرسة القديمة في المدرسة القديمة", "في المدرسة"),
        ("البيت البيت البيت الأبيض البيت الأبيض", "البيت البيت"),
    ],
)
def test_what_is_no_noun_phrase_is_no_heading(text: str, never: str) -> None:
    """No verb, no leading preposition, no word twice."""
    found = heading(text, text)
    assert found
    assert never not in found


def test_a_heading_never_runs_across_a_mark() -> None:
    """Words on two sides of a comma are no phrase."""
    assert heading("زار الوزير السوق، الحرة كانت مفتوحة", "السوق، الحرة") in {"", "السوق"}


def test_a_heading_keeps_the_letters_of_the_text() -> None:
    """Hamza, taa marbuta and vowel signs stand as they were written."""
    text = "إعادةُ الإعمارِ مهمة، وإعادةُ الإعمارِ أولى."
    assert heading(text, text) == "إعادةُ الإعمارِ"


def test_what_tells_a_passage_from_the_talk_counts() -> None:
    """A phrase said all through the talk gives way to one that is said here."""
    river, duty = ("مياه النهر المشترك تهم البلدين.",) * 2, ("الرسوم الجمركية ترفع الأسعار.",) * 2
    assert heading(*river, *duty) == "مياه النهر المشترك"
    assert heading(*river, *duty, beside=river * 60) == "الرسوم الجمركية"


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("يا شباب الجامعة اسمعوا يا شباب الجامعة", "شباب الجامعة"),
        ("اغفر ما سلف من الذنوب واغفر ما سلف من الذنوب", "سلف من الذنوب"),
        ("عمله الجديد في مدينة الشمس وعمله القديم في مدينة الشمس", "عمله"),
        ("بحثت في كتابها الجامعي، وقرأت في كتابها الجامعي", "كتابها"),
        ("كلام في بيتكلموا العربي ثم في بيتكلموا العربي", "بيتكلموا"),
        ("مهندسين الطرق في مدينة الشمس مهندسين الطرق", "مهندسين الطرق"),
    ],
)
def test_what_only_looks_like_a_noun_phrase_is_none(text: str, never: str) -> None:
    """Who is spoken to, a verb after a particle, what belongs to somebody, a plural that cannot own, a verb."""
    assert never not in heading(text, text)


def test_automatic_captions_keep_their_haa() -> None:
    """Where no word has taa marbuta, a final haa may be one: the noun is not taken for "his"."""
    assert heading("عمله صعبه في عمله البلد", "عمله البلد") == "عمله البلد"


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_survived(texts: list[str]) -> None:
    """Hostile text gives a heading or none, never an error."""
    assert isinstance(heading(*texts), str)
