"""What carries a passage is chosen; what is said in passing is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.salience import (
    aside_reason,
    choose_salient,
    introduces_speaker,
    is_about_talk,
    prays,
    rank_salient,
    salience_scores,
)
from pipeline.arabic.stopwords import FUNCTION
from pipeline.types.article import Sentence
from tests.segment.subjects import RIVER, SCHOOL, TRADE, said

ASIDES = {
    "greeting": (
        "السلام عليكم ورحمة الله وبركاته",
        "أهلا وسهلا بكم",
        "مساء الخير",
        "جزاكم الله خير وأشوفكم دايما على خير والسلام عليكم",
        "شكرا جزيلا",
        "هلا والله فيكم وحياكم الله",
        "مسا الخير عليكم شباب كيفكم شو أخباركم",
        "السلام عليكم شلونكم عساكم طيبين",
        "أهلين وسهلين فيكن",
        "يا هلا ومرحبا بيكم متابعينا الأعزاء",
        "يعطيكم العافية",
        "بخاطركم ومع السلامة",
        "شكرا لحسن استماعكم وإلى اللقاء",
        "الله يحييكم ويبارك فيكم",
        "فمان الله",
        "ويا رب تكون أيام البلد والزراعة والنهر كلها أحسن ونشوفكم على خير السلام عليكم",
    ),
    "subscribe": (
        "في النهاية لو عجبتكم الحلقة اشتركوا في القناة واستنونا في حلقات جديدة",
        "إذا عجبكم الفيديو لا تنسون اللايك والاشتراك بالقناة",
        "لا تنسوا تعملوا لايك واشتراك بالقناة وتفعلوا الجرس",
        "تابعونا على انستغرام وتويتر",
        "حطوا لايك واشتركوا",
        "انشروا الفيديو عند أصحابكم واكتبولنا بالكومنتات",
        "هتابع إجاباتكم في التعليقات",
        "لا تنسوا الاشتراك في القناة",
        "يبقى لايك وشير",
        "متنسوش تضغطوا على زر الجرس",
        "لو مهتمين بدا يا ريت تعرفوني في التعليقات",
    ),
    "sponsor": (
        "استخدموا كود الخصم من الرابط في الوصف",
        "حملوا التطبيق من اللينك",
        "هذا الفيديو برعاية شركة النور للتأمين",
        "الحلقة دي برعاية تطبيق نون",
        "ولا ننسى راعي هذه الحلقة",
        "الكود موجود في الوصف وتقدروا تاخذوا خصم",
        "راعي الحلقة يقدم لكم خصم عشرين في المية",
    ),
    "meta": (
        "أراكم في الفيديو القادم",
        "لحد هنا أنا خلصت كلامي",
        "طيب خلونا نبدأ",
        "يلا نبلش",
        "قبل لا نبلش",
        "نشوفكم بالفيديو الجاي",
    ),
    "creed": (
        "الحمد لله رب العالمين وأشهد أن لا إله إلا الله وحده لا شريك له",
        "وسلام على المرسلين",
        "صلى الله عليه وعلى آله وأصحابه البررة الكرام",
    ),
    "filler": ("آه", "يعني إيه ده", "طيب طيب", "أما بعد", "", "...", "123", "هاهاها"),
}
"""Sentences as they are said, written for this test."""


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in ASIDES.items() for text in texts])
def test_what_is_said_in_passing_is_named(reason: str, text: str) -> None:
    """Greetings, calls to subscribe, advertising, talk about the video, sermon forms and fillers, by their name."""
    assert aside_reason(Sentence(1, text)) == reason


@pytest.mark.parametrize(
    "text",
    [
        *RIVER,
        *SCHOOL,
        *TRADE,
        "برعاية 165 نائبا وقف على حقيقة تورط الولايات المتحدة",
        "شارك راعي الغنم ثلاثة من جيرانه في الحقل",
        "أصبح تويتر ملكا لرجل واحد",
        "العب رياضة في النادي اللي جنبك اشترك في رياضة هتتعرف على ناس",
        "قطع القناة المنوية عملية بسيطة",
        "الرابط الوحيد بين البنك الوطني وبين هايتي هو اسمه",
        "السلام بين البلدين يحتاج إلى صبر",
        "عندما نتحدث عن التعلم نقصد الدماغ",
        "الافتقار إلى الله أقصر طريق موصل إليه",
    ],
)
def test_what_belongs_to_the_subject_is_no_aside(text: str) -> None:
    """A word of advertising or greeting in a sentence that says something does not throw the sentence out."""
    assert aside_reason(Sentence(1, text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "اللهم احفظ بلادنا",
        "واحفظنا يا رب العالمين",
        "الحمد لله الذي هدانا لهذا",
        "أقول قولي هذا وأستغفر الله لي ولكم",
        "ثم قال الناس بعد ذلك كله معا اللهم ارزقنا الغيث",
    ],
)
def test_a_prayer_is_told_from_what_is_told(text: str) -> None:
    """Praise and requests to God are no part of the subject."""
    assert prays(text)


@pytest.mark.parametrize(
    "text",
    ["كان النبي إذا رأى الهلال قال اللهم أهله علينا بالأمن", "رب الأسرة يعمل في الحقل", "بنى الملك مسجداً لله", ""],
)
def test_a_prayer_that_is_quoted_is_told(text: str) -> None:
    """What a hadith quotes, and other words of the same letters, are no prayer of the speaker."""
    assert not prays(text)


def test_who_says_who_they_are_introduces_themselves() -> None:
    """`I am Ashraf Ibrahim` is no part of the subject; `I think that Ibrahim …` is."""
    assert introduces_speaker("أنا أشرف إبراهيم ودا المخبر الاقتصادي")
    assert introduces_speaker("معكم أنا محمد من حلب")
    assert not introduces_speaker("أنا أظن أن محمداً سافر إلى حلب")
    assert not introduces_speaker("سافر محمد إلى حلب")


def test_talk_about_the_video_is_told_apart() -> None:
    """`In this video` is no part of the subject."""
    assert is_about_talk("وده ياخدنا لسؤال الحلقة")
    assert not is_about_talk("وده ياخدنا لسؤال مهم عن النهر")


SAID = st.lists(st.sampled_from([*RIVER, *SCHOOL, *(text for texts in ASIDES.values() for text in texts)]), max_size=40)


@given(SAID, st.integers(0, 12))
def test_choice_is_ordered_limited_and_to_the_point(texts: list[str], limit: int) -> None:
    """At most so many sentences, in the order they were said, none twice, none said in passing."""
    chosen = choose_salient(said(*texts), limit)
    numbers = [sentence.number for sentence in chosen]
    assert numbers == sorted(set(numbers))
    assert len(chosen) <= limit
    assert all(aside_reason(sentence) is None for sentence in chosen)


@given(SAID, st.integers(0, 12))
def test_a_longer_choice_contains_the_shorter(texts: list[str], limit: int) -> None:
    """Raising the limit adds sentences and takes none away."""
    assert rank_salient(said(*texts), limit + 1)[:limit] == rank_salient(said(*texts), limit)


@given(SAID)
def test_scores_are_by_sentence_and_never_negative(texts: list[str]) -> None:
    """One score a sentence; an aside has none."""
    sentences = said(*texts)
    values = salience_scores(sentences)
    assert len(values) == len(sentences)
    assert all(value >= 0 for value in values)
    assert all(value == 0 for value, sentence in zip(values, sentences, strict=True) if aside_reason(sentence))


def test_the_subject_outweighs_what_strays_from_it() -> None:
    """A sentence of another subject scores below the mean of the passage."""
    values = salience_scores(said(*RIVER[:8], TRADE[2], *RIVER[8:]))
    assert values[8] < sum(values) / len(values)


def test_nothing_is_said_twice() -> None:
    """A sentence that repeats a chosen one is taken last."""
    texts = (*RIVER[:4], RIVER[1], *RIVER[4:8])
    numbers = [sentence.number for sentence in choose_salient(said(*texts), 5)]
    assert not {2, 5} <= set(numbers)


def test_what_a_speaker_begins_anew_is_told_once() -> None:
    """Of a sentence and one that begins with all of its words, only the second can be chosen."""
    whole = "يجري النهر في الوادي، ويسقي الحقول في القرى"
    stretch = said(RIVER[0], "يجري النهر في الوادي.", whole, RIVER[1])

    assert [score > 0 for score in salience_scores(stretch)] == [True, False, True, True]
    assert [score > 0 for score in salience_scores(said(whole, whole))] == [False, True]


def test_a_sentence_that_leans_on_another_scores_less() -> None:
    """The same words score less behind "because", before "so that", as a question, a prayer or small talk."""
    plain = "السدود الكبيرة تحجز مياه النهر وتقلل ما يصل إلى الحقول والقرى البعيدة"
    base = salience_scores(said(*RIVER[:5], plain))[-1]
    assert salience_scores(said(*RIVER[:5], f"لأن {plain}"))[-1] < base
    assert salience_scores(said(*RIVER[:5], f"{plain} علشان"))[-1] < base
    assert salience_scores(said(*RIVER[:5], f"{plain}؟"))[-1] < base
    assert salience_scores(said(*RIVER[:5], f"اللهم {plain}"))[-1] < base
    assert salience_scores(said(*RIVER[:5], f"ننتقل {plain}"))[-1] < base
    assert salience_scores(said(*RIVER[:5], f"يعني طبعا {plain}"))[-1] < base


def test_what_points_back_is_not_chosen_alone() -> None:
    """A sentence that begins with a pronoun is quoted beside the one before it, or not at all."""
    texts = ("السدود الكبيرة تحجز مياه النهر عن القرى البعيدة", "وهي تحجز مياه النهر عن الحقول والقرى في الصيف", *RIVER)
    for limit in range(1, 7):
        numbers = {sentence.number for sentence in choose_salient(said(*texts), limit)}
        assert 2 not in numbers or 1 in numbers


def test_where_everything_points_back_something_is_chosen() -> None:
    """A passage of such sentences alone is not left without one."""
    assert choose_salient(said("وهي تحجز مياه النهر كلها عن الحقول", "وهو يروي الحقول كلها من مياه النهر"), 2)


def test_a_stump_scores_less_than_a_full_sentence() -> None:
    """Two words of the subject do not outrank a sentence that says something about it."""
    values = salience_scores(said(*RIVER[:5], "مياه النهر"))
    assert values[-1] < min(values[:5])


def test_what_opens_a_passage_counts_more() -> None:
    """Of two sentences with the same words the earlier one scores more."""
    values = salience_scores(said(RIVER[1], *RIVER[2:6], RIVER[1]))
    assert values[0] > values[-1]


@given(st.lists(st.sampled_from(sorted(FUNCTION)), max_size=8))
def test_function_words_alone_are_filler(taken: list[str]) -> None:
    """A sentence in which nothing is named carries nothing, in any variety of Arabic."""
    assert aside_reason(Sentence(1, " ".join(taken))) is not None


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """Hostile text is judged like any other, never an error."""
    sentence = Sentence(1, text)
    assert salience_scores([sentence])[0] >= 0
    assert choose_salient([sentence, sentence], 2) in {(), (sentence,), (sentence, sentence)}
