"""Who speaks: kept where captions name them, and never made up from an ordinary word with a colon."""

from __future__ import annotations

import pytest

from pipeline.segment.captions import spoken_words
from pipeline.segment.sentences import split_sentences
from pipeline.segment.voices import is_name, names_in
from pipeline.settings import TextSettings
from pipeline.sources.formats import parse_vtt
from pipeline.types.article import Caption, Removal, Sentence


def sentences(*lines: str) -> tuple[Sentence, ...]:
    """The sentences of captions, a line each."""
    return split_sentences(spoken_words(Caption(line) for line in lines)[0], TextSettings())


def said(*lines: str) -> list[tuple[str, str]]:
    """Who says what."""
    return [(each.voice, each.text) for each in sentences(*lines)]


def test_a_name_before_a_colon_says_who_speaks() -> None:
    """Until somebody else does; the label itself is no speech, and is on record."""
    lines = (
        "المذيع: كيف بدأت زراعة الزيتون هنا",
        "د. سلمى حمدان: بدأت قبل مئة عام",
        "مع أول مهاجر",
        "المذيع: ومن كان هو",
    )
    assert said(*lines) == [
        ("المذيع", "كيف بدأت زراعة الزيتون هنا"),
        ("د. سلمى حمدان", "بدأت قبل مئة عام مع أول مهاجر"),
        ("المذيع", "ومن كان هو"),
    ]
    assert spoken_words(map(Caption, lines))[1][1] == Removal("speaker", "د. سلمى حمدان:", None)


def test_a_change_without_a_name_ends_the_sentence_and_nobody_is_named() -> None:
    """Which of several voices goes on is not known, so no number is given."""
    assert said("المذيع: هل نبدأ الآن", ">> نعم نبدأ الآن", "- طيب هيا بنا", "المذيع: أهلا بكم") == [
        ("المذيع", "هل نبدأ الآن"),
        ("", "نعم نبدأ الآن"),
        ("", "طيب هيا بنا"),
        ("المذيع", "أهلا بكم"),
    ]


def test_a_mark_and_a_name_are_one_change() -> None:
    """YouTube's arrows before the name."""
    assert said("&gt;&gt; المذيع: هل نبدأ الآن", ">> الضيف: نعم نبدأ الآن") == [
        ("المذيع", "هل نبدأ الآن"),
        ("الضيف", "نعم نبدأ الآن"),
    ]


def test_the_voices_of_webvtt_are_kept() -> None:
    """`<v Name>` stands in every cue: the same name goes on with the sentence."""
    first = "00:01.000 --> 00:02.000\n<v Salma>بدأت <i>زراعة</i> الزيتون"
    second = "00:02.000 --> 00:03.000\n<v.loud Salma>قبل مئة عام</v>"
    words, _ = spoken_words(parse_vtt(f"WEBVTT\n\n{first}\n\n{second}"))
    assert [(each.voice, each.text) for each in split_sentences(words, TextSettings())] == [
        ("Salma", "بدأت زراعة الزيتون قبل مئة عام")
    ]
    lines = ("<v Salma>بدأت زراعة الزيتون", "<v.loud Salma>قبل مئة عام</v>", "<v مازن حداد>ومن بدأها")
    assert said(*lines) == [("Salma", "بدأت زراعة الزيتون قبل مئة عام"), ("مازن حداد", "ومن بدأها")]


def test_the_numbers_of_a_recogniser_are_kept() -> None:
    """Who tells voices apart by sound gives numbers, again in every line."""
    lines = ("[SPEAKER_00]: بدأت زراعة الزيتون", "[SPEAKER_00]: قبل مئة عام", "[SPEAKER_01]: ومن بدأها")
    assert said(*lines) == [("المتحدث 0", "بدأت زراعة الزيتون قبل مئة عام"), ("المتحدث 1", "ومن بدأها")]


@pytest.mark.parametrize(
    "lines",
    [
        ("قال: نعم", "قال: لا"),
        ("قال الله تعالى: اقرأ", "وقال تعالى: اقرأ"),
        ("الخطوة الثالثة: حددوا كتلة الجسم", "الخطوة الثالثة: حددوا كتلة الجسم"),
        ("على سبيل المثال: السلك", "على سبيل المثال: لنقل"),
        ("سؤال: كيف نبدأ", "جواب: من هنا", "سؤال: ومتى"),
        ("المشكلة: أن الوقت ضيق", "المشكلة: أن المال قليل"),
        ("ترجمة: هدى خولاني", "تدقيق: عبدالملك ولاية"),
        ("المقدمة: لماذا ندرس", "الخاتمة: ماذا تعلمنا", "المقدمة: نعود"),
        ("علي سبيل المثال: السلك", "علي سبيل المثال: لنقل", "على: حرف جر", "على: حرف جر"),
        ("جمال الطبيعة: الجبال", "جمال الطبيعة: البحار"),
        ("محمد: رسول الله", "وقد أرسل إلى الناس كافة"),
        ("الضيف: كل من ينزل عندك", "وله حق ثلاثة أيام"),
        ("الساعة 10:30 نبدأ", "الساعة 10:45 ننتهي"),
    ],
)
def test_an_ordinary_word_with_a_colon_is_speech(lines: tuple[str, ...]) -> None:
    """No voice, and every word stays."""
    assert names_in(lines) == frozenset()
    found = sentences(*lines)
    assert {each.voice for each in found} == {""}
    assert " ".join(each.text for each in found).split() == " ".join(lines).split()


@pytest.mark.parametrize(
    "label", ["المذيع", "المذيعة", "الضيف 2", "الضيف الثاني", "أحمد منصور", "الدكتورة هبة", "أ. سامر"]
)
def test_roles_titles_and_given_names_are_names(label: str) -> None:
    """With numbers and family names."""
    assert is_name(label)


@pytest.mark.parametrize(
    "label", ["قال أحمد", "أحمد في البيت", "الدكتور", "مثال", "السيارة", "علي أن", "الضيف الكريم جدا"]
)
def test_nothing_else_is_a_name(label: str) -> None:
    """A title alone is none, nor is a clause."""
    assert not is_name(label)


def test_the_times_of_the_words_stay_theirs_beside_a_label() -> None:
    """A label of two words has two times in a track that times each word."""
    cue = Caption("مقدم البرنامج: نبدأ الآن", 1.0, 5.0, (1.0, 1.5, 3.0, 4.0))
    words, _ = spoken_words([cue, Caption("مقدم البرنامج: ثم", 6.0, 7.0, (6.0, 6.2, 6.5))])
    assert [(word.text, word.start) for word in words] == [("نبدأ", 3.0), ("الآن", 4.0), ("ثم", 6.5)]
