"""Spelling that grammar or a fixed phrase decides, in phrases made for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic.orthography import apply, bare, tag_of, unsigned
from pipeline.arabic.set_phrases import PHRASES
from pipeline.arabic.spelling import corrected


def spelled(guess: str, *, dialect: bool = False, ends: str = "") -> str:
    """A guess, one spelling a word, after the rules; a sentence ends after each word of `ends`."""
    written = guess.split()
    odds = [0.9 if word in ends.split() else 0.01 for word in written]
    return " ".join(corrected([bare(word) for word in written], written, odds, dialect=dialect))


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("اللهم أحفظ بلادنا وأنصر إخواننا", "اللهم احفظ بلادنا وانصر إخواننا"),
        ("ربنا أغفر لنا وأرحم موتانا", "ربنا اغفر لنا وارحم موتانا"),
        ("يا رب العالمين أجعله عاما طيبا", "يا رب العالمين اجعله عاما طيبا"),
        ("وأنفع اللهم بهما العباد", "وانفع اللهم بهما العباد"),
        ("ثم أعلموا أن الوقت يمضي", "ثم اعلموا أن الوقت يمضي"),
        ("فأذكروا نعمته وأشكروه عليها", "فاذكروا نعمته واشكروه عليها"),
        ("ثم إفتح الباب", "ثم افتح الباب"),
        ("من فضلك أسمح لي بسؤال", "من فضلك اسمح لي بسؤال"),
    ],
)
def test_imperatives_of_the_first_form_have_no_hamza(guess: str, right: str) -> None:
    """After a call to God, with the ending of a plural, and wherever a guess begins with a hamza that no verb has."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    "right",
    [
        "اللهم أصلح أحوالنا وأعز ديننا",
        "اللهم أدخلنا الجنة وأنزل علينا رحمتك",
        "الحمد لله رب العالمين وأشهد أن الوعد حق",
        "أخرجوا من بيوتهم",
        "قالت أريد أن أفتح الباب",
        "وأحمد ربي على كل حال",
    ],
)
def test_other_verbs_keep_their_hamza(right: str) -> None:
    """The fourth form, `I`, and what may be either."""
    assert spelled(right) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("وقال لهم أن الطريق طويل", "وقال لهم إن الطريق طويل"),
        ("لم يقل أنهم تعبوا", "لم يقل إنهم تعبوا"),
        ("يقول الشيخ أن الصبر جميل", "يقول الشيخ إن الصبر جميل"),
        ("يا إخوتي أني لكم ناصح", "يا إخوتي إني لكم ناصح"),
        ("أيها المسلمون أن العمر قصير", "أيها المسلمون إن العمر قصير"),
        ("اللهم أنا نسألك العافية", "اللهم إنا نسألك العافية"),
        ("فأن الصدق نجاة", "فإن الصدق نجاة"),
        ("وأن كان الطريق طويلا", "وإن كان الطريق طويلا"),
        ("أن شاء الله", "إن شاء الله"),
        ("تعب حتى أنه نام", "تعب حتى إنه نام"),
        ("وما أن وصل حتى نام", "وما إن وصل حتى نام"),
        ("إن العلم نور وأن الجهل ظلام", "إن العلم نور وإن الجهل ظلام"),
        ("وأن في تعاقب الليل والنهار لعبرة", "وإن في تعاقب الليل والنهار لعبرة"),
    ],
)
def test_in_begins_what_is_said(guess: str, right: str) -> None:
    """`إن` after words of saying and calls, as a condition, and where a sentence of its own begins."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("على إن الأمر صعب", "على أن الأمر صعب"),
        ("اعلموا إن الوقت يمضي", "اعلموا أن الوقت يمضي"),
        ("المشكلة إن الماء قليل", "المشكلة أن الماء قليل"),
        ("ليس معنى هذا إن الباب مغلق", "ليس معنى هذا أن الباب مغلق"),
        ("أعرف أن العلم نور وإن الجهل ظلام", "أعرف أن العلم نور وأن الجهل ظلام"),
    ],
)
def test_an_follows_what_governs_it(guess: str, right: str) -> None:
    """`أن` after prepositions, verbs of knowing, and what it explains; `and that` goes on as it began."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    "right",
    [
        "قال لهم أن يذهبوا",
        "بعد أن كان صغيرا",
        "واعلموا عباد الله أن الموت حق",
        "فأن تصل متأخرا خير",
        "تريد أن تذهب",
    ],
)
def test_where_both_may_stand_the_guess_stays(right: str) -> None:
    """Before a verb, after a time, and in a sentence that waits for it."""
    assert spelled(right) == right


def test_a_sentence_end_cuts_off_what_was_said() -> None:
    """What a sentence says does not begin the next one."""
    assert spelled("هذا ما قال أنه متعب", ends="قال") == "هذا ما قال أنه متعب"


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("إلا وصلوا على النبي", "ألا وصلوا على النبي"),
        ("نصيحتي لكم إلا يبيع أحد أرضه", "نصيحتي لكم ألا يبيع أحد أرضه"),
        ("ما جاء أحد ألا زيد", "ما جاء أحد إلا زيد"),
        ("لا يزيد الأمر إلا يوما", "لا يزيد الأمر إلا يوما"),
        ("لا أريد شيئا وإنما أطلب إلا يحضر", "لا أريد شيئا وإنما أطلب ألا يحضر"),
    ],
)
def test_ala_and_illa(guess: str, right: str) -> None:
    """`ألا` calls attention or means `not to`; after a negation it is `إلا`."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("إنطواء الأيام", "انطواء الأيام"),
        ("وأمتنانه للناس", "وامتنانه للناس"),
        ("أمتنعتم عن الكلام", "امتنعتم عن الكلام"),
        ("وأستأذنوا في الخروج", "واستأذنوا في الخروج"),
        ("إثنان من الناس", "اثنان من الناس"),
        ("أبيضت عيناه", "ابيضت عيناه"),
    ],
)
def test_derived_forms_have_no_hamza(guess: str, right: str) -> None:
    """Verbal nouns and perfects of the seventh to the tenth form, `two`, verbs of colour."""
    assert spelled(guess) == right


@pytest.mark.parametrize("right", ["أنبياء الله", "أنتجوا القمح", "أستمع إليك", "أنهار البلاد", "أعتقوا العبيد"])
def test_words_that_look_derived_keep_their_hamza(right: str) -> None:
    """Plurals, the fourth form, and `I`."""
    assert spelled(right) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("ساسرقه منك", "سأسرقه منك"),
        ("وساحتفظ به", "وسأحتفظ به"),
        ("لن احتاج إليه", "لن أحتاج إليه"),
        ("من غير أن اكتبها", "من غير أن أكتبها"),
        ("كنت انتظره هنا", "كنت أنتظره هنا"),
        ("سالتني طالبة", "سألتني طالبة"),
        ("نسالك العافية", "نسألك العافية"),
    ],
)
def test_i_has_its_hamza(guess: str, right: str) -> None:
    """The future, and after particles and pronouns that leave no other person; `سأل` with an object."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    "right", ["ساعته القديمة", "ساعدوه", "بعد أن انتقل إلى البلد", "سالت الدموع", "ساكتة في مكانها"]
)
def test_what_is_no_first_person_stays(right: str) -> None:
    """Words that begin with the same letters, and a perfect after a time."""
    assert spelled(right) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("أبائنا وأمهاتنا", "آبائنا وأمهاتنا"),
        ("وعلى إله وصحبه", "وعلى آله وصحبه"),
        ("إلى أخره", "إلى آخره"),
        ("ولاه أمورنا", "ولاة أمورنا"),
        ("رحمة الله كان كريما", "رحمه الله كان كريما"),
        ("من رحمه الله بنا", "من رحمة الله بنا"),
        ("لم يسمية أحد", "لم يسميه أحد"),
        ("ونفعني وأياكم", "ونفعني وإياكم"),
        ("في صف وأحد منهم", "في صف واحد منهم"),
    ],
)
def test_single_words_and_phrases(guess: str, right: str) -> None:
    """Madda, taa marbuta and haa where the words around leave no doubt."""
    assert spelled(guess) == right


@pytest.mark.parametrize(
    ("guess", "right"),
    [
        ("عاد الحاج بعد حجة أنقى قلبا", "عاد الحاج بعد حجه أنقى قلبا"),
        ("قال في حجة الوداع كلاما جامعا", "قال في حجة الوداع كلاما جامعا"),
        ("يتفكر العاقل في حاضرة وفي ماضية", "يتفكر العاقل في حاضره وفي ماضيه"),
        ("انتقل إلى حاضرة الخلافة وأقام في حاضرة البلاد", "انتقل إلى حاضرة الخلافة وأقام في حاضرة البلاد"),
        ("سأفعل ذلك اليوم أو غدا", "سأفعل ذلك اليوم أو غداً"),
        ("شغلك مالك وإلهاك بنوك", "شغلك مالك وألهاك بنوك"),
    ],
)
def test_his_and_tomorrow(guess: str, right: str) -> None:
    """A pronoun where no noun follows that the word would belong to, and words that nothing else is."""
    assert spelled(guess) == right


def test_a_call_by_a_noble_name_opens_a_sentence() -> None:
    """Whatever stands before it, unless that governs it: `it is for the nation of Islam that`."""
    assert spelled("والآخرة خير لهم أمة الإسلام أن في هذا عبرة").split()[5] == "إن"
    assert spelled("واجب على أمة الإسلام أن الأمر بيدها").split()[4] == "أن"


def test_dialect_has_rules_of_its_own() -> None:
    """A noun with the article ends in taa marbuta unless haa is its own; standard grammar of `أن` does not hold."""
    assert spelled("العيله في القهوه النهارده والله", dialect=True) == "العيلة في القهوة النهارده والله"
    assert spelled("قال أن العيله", dialect=True) == "قال أن العيلة"
    assert spelled("العيله") == "العيله"


def test_phrases_put_marks_on_letters_alone_and_never_contradict_each_other() -> None:
    """No phrase makes another word of what was heard but for tanween, and what two share they spell alike."""
    by_letters: dict[str, set[str]] = {}
    for phrase in PHRASES:
        by_letters.setdefault(bare(phrase), set()).add(phrase)
        assert [apply(tag_of(word), bare(word)) for word in phrase.split()] == unsigned(phrase).split()
    assert all(len(spellings) == 1 for spellings in by_letters.values())


_WORDS = st.lists(st.sampled_from(" ".join((*PHRASES, "قال لم ان انه الا احفظ اللهم رحمه الله سالته واحد")).split()))


@given(_WORDS, st.booleans())
def test_no_word_becomes_another(words: list[str], dialect: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Whatever is guessed, the letters under the marks stay, and a second look changes nothing of the first."""
    heard = list(map(bare, words))
    once = corrected(heard, words, [0.0] * len(words), dialect=dialect)

    assert list(map(bare, once)) == heard
    assert corrected(heard, once, [0.0] * len(words), dialect=dialect) == once


def test_a_long_row_of_the_same_word_is_read_at_once() -> None:
    """A prayer said ten thousand times over ends."""
    assert spelled("اللهم " + "احفظ " * 10_000).count("احفظ") == 10_000
