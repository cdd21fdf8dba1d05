"""Words become sentences: every word in exactly one, divided where an Arabic reader would divide."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic import normalize
from pipeline.segment.boundaries import NEVER, boundary_evidence, boundary_scores
from pipeline.segment.captions import spoken_words
from pipeline.segment.sentences import split_sentences
from pipeline.settings import TextSettings
from pipeline.types.article import Border, Caption, SpokenWord

SETTINGS = TextSettings()

WORDS = st.builds(
    SpokenWord,
    st.sampled_from(
        ["ثم", "لكن", "في", "أن", "كتاب", "الكتاب", "ويكتب", "12", "قال.", "لماذا؟", "نعم،", "إلخ..", "صلى", "الله"]
    ),
    st.none() | st.floats(0, 1e5),
    st.none() | st.floats(0, 1e5),
    st.sampled_from(Border),
    st.sampled_from([None, None, None, True, False]),
)


def texts(*lines: str, settings: TextSettings = SETTINGS) -> list[str]:
    """The sentences of captions without times."""
    return [sentence.text for sentence in split_sentences(spoken_words(Caption(line) for line in lines)[0], settings)]


def paused(text: str, pauses: dict[str, float]) -> list[str]:
    """The sentences of a text at half a second a word, with a silence in seconds after the named words."""
    words: list[SpokenWord] = []
    now = 0.0
    for piece in text.split():
        words.append(SpokenWord(piece, now, now + 0.5))
        now += 0.5 + pauses.get(piece, 0.0)
    return [sentence.text for sentence in split_sentences(words, SETTINGS)]


def test_no_sentence_goes_on_over_a_long_silence() -> None:
    """However few words stand before it, and whatever they lack, half a minute without speech ends a sentence."""
    assert paused("ترجمة فلانة يقلم المزارعون الأغصان القديمة في الشتاء", {"فلانة": 30.0}) == [
        "ترجمة فلانة",
        "يقلم المزارعون الأغصان القديمة في الشتاء",
    ]


@given(st.lists(WORDS, max_size=120), st.integers(1, 40))
def test_every_word_is_in_exactly_one_sentence(words: list[SpokenWord], longest: int) -> None:
    """The sentences in their order are the words in theirs, whatever marks, borders and times they carry."""
    sentences = split_sentences(words, TextSettings(sentence_words=longest))
    assert " ".join(sentence.text for sentence in sentences).split() == [word.text for word in words]
    assert [sentence.number for sentence in sentences] == list(range(1, len(sentences) + 1))


@given(st.lists(WORDS, max_size=120), st.integers(1, 40))
def test_no_sentence_is_longer_than_the_setting(words: list[SpokenWord], longest: int) -> None:
    """No sentence exceeds `sentence_words`, even where every place is a bad one."""
    assert all(len(s.text.split()) <= longest for s in split_sentences(words, TextSettings(sentence_words=longest)))


@given(st.lists(st.sampled_from(["كتاب", "في", "ثم", "قلم،", "وكان"]), max_size=60))
def test_a_sentence_knows_its_seconds(pieces: list[str]) -> None:
    """Start, end and the time of each word are those of the words; sentences follow each other in time."""
    words = [SpokenWord(piece, float(place), place + 0.5) for place, piece in enumerate(pieces)]
    sentences = split_sentences(words, SETTINGS)
    assert [moment for s in sentences for moment in s.times] == [word.start for word in words]
    for sentence in sentences:
        assert len(sentence.times) == len(sentence.text.split())
        assert sentence.start == sentence.times[0]
        assert sentence.end == sentence.times[-1] + 0.5
    assert all(a.end is not None and b.start is not None and a.end <= b.start for a, b in pairwise(sentences))


def test_without_times_a_sentence_has_none() -> None:
    """Times are never made up."""
    (sentence,) = split_sentences([SpokenWord("نعم")], SETTINGS)
    assert (sentence.start, sentence.end, sentence.times) == (None, None, ())


@pytest.mark.parametrize("mark", [".", "؟", "!", "?", "؟!", '."', "؟»", "!)"])
def test_a_closing_mark_ends_a_sentence(mark: str) -> None:
    """A sentence ends at its mark, also before a closing quote or bracket, and keeps it."""
    assert texts(f"وصل الوفد إلى بغداد{mark} ثم بدأت المحادثات") == [f"وصل الوفد إلى بغداد{mark}", "ثم بدأت المحادثات"]


@pytest.mark.parametrize(
    "text",
    [
        "بلغت النسبة 3.5 في المئة",
        "حضر اللقاء د. سامي",
        "سنة 1445 هـ. بدأ العمل",
        "افتح www.example.org/a.b اليوم",
        "الموعد 10:30 صباحا",
        "كتب Dr. Smith كتابا",
        "1. تأمين الحدود",
        "العدد 12. 5 كما قيل",
    ],
)
def test_a_dot_inside_ends_nothing(text: str) -> None:
    """Decimal points, abbreviations, numbered points, times and addresses do not end a sentence."""
    assert texts(text) == [text]


def test_a_year_before_a_full_stop_ends_the_sentence() -> None:
    """A number with a full stop in running text ends the sentence."""
    assert texts("بدأت الحرب سنة 1980. وانتهت بعد سنوات") == ["بدأت الحرب سنة 1980.", "وانتهت بعد سنوات"]


def test_a_silence_ends_a_sentence() -> None:
    """A silence of `pause_seconds` between two words ends a sentence; a shorter one does not by itself."""
    text = "وصل الوفد العراقي مساء أمس جلس الوزيران ساعة كاملة"
    assert paused(text, {"أمس": 0.8}) == ["وصل الوفد العراقي مساء أمس", "جلس الوزيران ساعة كاملة"]
    assert paused(text, {"أمس": 0.2}) == [text]


@pytest.mark.parametrize(
    "word", ["في", "من", "إلى", "الى", "على", "أن", "ان", "الذي", "لا", "لم", "و", "وفي", "اللي", "كل"]
)
def test_a_silence_after_a_binding_word_ends_nothing(word: str) -> None:
    """A speaker who hesitates after a preposition, a relative or a negation has not ended the sentence."""
    text = f"تحدث الوزير طويلا {word} كلامه عن الحدود المشتركة"
    assert paused(text, {word: 0.9}) == [text]


@pytest.mark.parametrize("word", ["أيضا", "ايضا", "فقط", "الذي", "عليه", "به", "وحده", "جدا"])
def test_a_silence_before_a_clinging_word_ends_nothing(word: str) -> None:
    """A word that completes what stands before it does not begin a sentence."""
    text = f"تحدث الوزير طويلا بالأمس {word} كلامه عن الحدود المشتركة"
    assert paused(text, {"بالأمس": 0.8}) == [text]


def test_a_saying_keeps_its_speaker() -> None:
    """A silence after `said` and a name ends nothing: what was said follows."""
    text = "ثم وقف الجميع قال سفيان كلاما طويلا في فضل العلم"
    assert paused(text, {"سفيان": 0.8}) == [text]


def test_where_silences_are_heard_a_word_without_one_speaks_against_an_end() -> None:
    """The same comma before the same opener divides a text without times, and not one spoken on without a breath."""
    first, second = "جلس الوزيران في القاعة ساعة،", "وكان معهما عدد من الخبراء"
    assert texts(f"{first} {second}") == [first, second]
    assert paused(f"{first} {second}", {"جلس": 0.1}) == [f"{first} {second}"]


def test_a_number_stays_with_its_unit() -> None:
    """A silence between a number and what it counts ends nothing."""
    text = "بلغت قيمة المشروع الجديد 500 مليون دولار أمريكي فقط"
    assert paused(text, {"500": 0.7, "مليون": 0.7}) == [text]


@pytest.mark.parametrize(
    "formula", ["صلى الله عليه وسلم", "رضي الله عنه", "سبحانه وتعالى", "السلام عليكم ورحمة الله وبركاته"]
)
def test_a_fixed_phrase_is_never_divided(formula: str) -> None:
    """Silences inside a formula end nothing."""
    text = f"ذكر الخطيب كلاما طويلا {formula} في أول حديثه"
    assert paused(text, dict.fromkeys(formula.split()[:-1], 2.0)) == [text]


@pytest.mark.parametrize(
    "opener", ["ثم", "لكن", "ولكن", "لذلك", "إذن", "اذن", "أما", "اما", "بينما", "وبالتالي", "في المقابل"]
)
def test_a_long_stretch_is_divided_before_an_opener(opener: str) -> None:
    """Where a stretch is too long for one sentence, it is divided where a clause opens, with and without hamza."""
    first = "بحث الوفدان العراقي والسوري ملف المياه المشتركة بين البلدين بحثا طويلا استمر ساعات"
    second = f"{opener} المسؤولون طلبوا وقتا إضافيا قبل توقيع الاتفاق النهائي الخاص بحصص النهر السنوية لكل طرف منهما"
    assert texts(f"{first} {second}") == [first, second]


def test_a_broken_off_line_divides_and_a_full_one_does_not() -> None:
    """In a track whose lines are filled, a line that breaks off before an opening word ends a sentence."""
    full = "تناول اللقاء ملفات كثيرة منها ملف النفط"
    lines = (full, "والكهرباء والماء", "وقد حضر اللقاء عدد كبير من المسؤولين هنا", full, full, full)
    assert texts(*lines)[0] == f"{full} والكهرباء والماء"


def test_short_pieces_are_joined_unless_marked() -> None:
    """One to three words are no sentence by a silence alone, and are one by their mark."""
    assert paused("هذا كل ما عندي اليوم نعم شكرا لكم على حسن المتابعة", {"اليوم": 1.0, "نعم": 1.0}) in (
        ["هذا كل ما عندي اليوم نعم", "شكرا لكم على حسن المتابعة"],
        ["هذا كل ما عندي اليوم", "نعم شكرا لكم على حسن المتابعة"],
    )
    assert texts("هذا كل ما عندي اليوم. نعم. شكرا لكم على حسن المتابعة.")[1] == "نعم."


def judged(text: str, odds: dict[int, float], closing: str = ".") -> list[str]:
    """The sentences of a text of which a model thinks that these places end one, and that no other does."""
    words = [SpokenWord(word, odds=odds.get(at, -4.0), closing=closing) for at, word in enumerate(text.split())]
    return [sentence.text for sentence in split_sentences(words, SETTINGS)]


def test_a_models_odds_take_the_place_of_grammar() -> None:
    """A likely end divides where rules see none, its mark in the place of a comma; an unlikely one does not."""
    text = "كان الطريق قديما جدا، وكان الناس يسيرون فيه"

    assert judged(text, {3: 3.0}) == ["كان الطريق قديما جدا.", "وكان الناس يسيرون فيه."]
    assert judged(text, {3: 3.0}, "!")[0].endswith("جدا!")
    assert judged(text, {}) == [text + "."]


def test_length_alone_ends_no_sentence_where_a_model_judges() -> None:
    """Thirty-five words in which the model sees no end stay one sentence; without a model they are divided."""
    text = " ".join(["يمتد السور حول المدينة القديمة"] * 7)

    assert judged(text, {}) == [text + "."]
    assert len(texts(text)) > 1


def test_a_long_silence_speaks_against_a_models_odds() -> None:
    """Where the model doubts, a silence that ends sentences decides."""
    first, second = "هذا كل ما عندي اليوم", "شكرا لكم على حسن المتابعة"
    words = [SpokenWord(word, at + 0.0, at + 0.5, odds=-1.0) for at, word in enumerate(first.split())]
    later = [SpokenWord(word, at + 9.0, at + 9.5, odds=-1.0) for at, word in enumerate(second.split())]

    assert len(split_sentences([*words, *later], SETTINGS)) == 2


def test_a_decided_end_is_obeyed_inside_a_fixed_phrase() -> None:
    """Two speakers may share the words of a formula: what is decided goes before what is usual."""
    assert [
        s.text for s in split_sentences([SpokenWord("إن"), SpokenWord("شاء", ends=True), SpokenWord("الله")], SETTINGS)
    ] == ["إن شاء", "الله"]


@pytest.mark.parametrize("dots", ["..", "...", "…"])
def test_trailing_dots_are_a_good_place_and_no_end(dots: str) -> None:
    """Dots in a row end a sentence only where other signs agree: captions use them inside sentences too."""
    assert texts(f"ومن ذلك{dots} أن الطريق قديم") == [f"ومن ذلك{dots} أن الطريق قديم"]
    first, second = f"كان الطريق قديما جدا{dots}", "وكان الناس يسيرون فيه زمنا"
    assert texts(f"{first} {second}") == [first, second]


def test_a_sentence_without_a_mark_gets_none() -> None:
    """The words are as the captions have them; setting a full stop is for rendering."""
    assert texts("وصل الوفد إلى بغداد") == ["وصل الوفد إلى بغداد"]


def test_the_worst_text_keeps_its_words() -> None:
    """A talk of nothing but binding words is divided by length, and loses none."""
    words = tuple(SpokenWord("في") for _ in range(1000))
    sentences = split_sentences(words, SETTINGS)
    assert sum(len(normalize.words(sentence.text)) for sentence in sentences) == 1000


def test_where_nothing_may_end_the_likeliest_place_is_taken() -> None:
    """Binding words beyond the greatest length are divided where the model sees an end, not just anywhere."""
    words = [SpokenWord("في", odds=4.0 if at == 20 else -4.0, closing=".") for at in range(40)]

    assert len(split_sentences(words, TextSettings(sentence_words=24))[0].text.split()) == 21


@pytest.mark.parametrize(
    "text",
    [
        "كيف يحرس الناس حدودا كهذه",
        "المعابر هل تطول ساعات عملها",
        "فلماذا نهتم بالمعابر إلى هذا الحد",
        "ما الذي يهربه المهربون عادة",
    ],
)
def test_questions_are_told_by_their_words(text: str) -> None:
    """Where marks are restored, a sentence that opens with a question word, or has one near its end, is a question."""
    assert judged(text, {}) == [text + "؟"]
    assert [sentence.text for sentence in split_sentences([SpokenWord(word) for word in text.split()], SETTINGS)] == [
        text
    ]


def test_a_figure_keeps_its_unit() -> None:
    """However likely a model finds it, no sentence ends between a figure and what it counts."""
    assert judged("وبينهما نحو 750 كيلومترا في خط مستقيم", {2: 3.0}) == ["وبينهما نحو 750 كيلومترا في خط مستقيم."]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("دفع في المزرعة 3 ملايين دينار من ماله", 3),
        ("دفع في المزرعة 3 ملايين دينار من ماله", 4),
        ("زادت الأسعار 20 في المئة منذ الصيف", 2),
        ("زادت الأسعار 20 في المئة منذ الصيف", 3),
        ("سكن في مدينة اسمها الصفصاف ثلاثة أعوام", 3),
        ("عاد بعدها بشهر وتحديدا في أغسطس الماضي", 3),
        ("وفي ذلك قوله تعالى في كتابه الكريم اقرأ", 2),
        ("وفي ذلك قوله تعالى في كتابه الكريم اقرأ", 3),
        ("وفي ذلك قوله تعالى في كتابه الكريم اقرأ", 6),
        ("وهنا يقول النبي صلى الله عليه وسلم الدين النصيحة", 6),
        ("كل الحكاية هو إن الرجل أخذ قرارا", 3),
        ("وقف الناس طويلا حتى غابت الشمس عنهم", 3),
        ("خرج الرجل من بيته صباحا وهو يفكر في أمره", 5),
        ("روي عن النبي صلى الله عليه وسلم قال إن الدين يسر", 6),
        ("حدثنا عن أبي هريرة رضي الله عنه قال سمعت رجلا", 6),
        ("يبين ما لله على خلقه وما لرسوله محمد صلى الله عليه وسلم من حق", 7),
        ("هذا خلق رسول الله صلى الله عليه وسلم مع أصحابه", 3),
        ("وما كان للنبي عليه الصلاة والسلام من سعة", 2),
        ("وضع الشركة في مشاكل لا حصر لها هذا العام", 3),
        ("ليكون النقاش ما بيننا وما بين أولياء الأمور", 3),
        ("الحلقة الجاية معنا خطاط رح يحكي قصته", 4),
    ],
)
def test_what_belongs_together_is_not_divided(text: str, place: int) -> None:
    """A figure and its unit, a name and what introduces it, an announcement, and what a binding word governs."""
    words = [SpokenWord(word, odds=9.0 if at == place else -4.0) for at, word in enumerate(text.split())]

    assert boundary_scores(words, 0.7)[place] < NEVER / 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ختم الخطيب بالحديث عن فضل هذه العشر صلى الله عليه وسلم ما تعاقب الليل", 6),
        ("وكان هذا في هجرة النبي صلى الله عليه وسلم قال أنس كنا صغارا", 8),
        ("روي عن النبي صلى الله عليه وسلم قال تعالى في سورة الفتح", 6),
        ("هذا ما جرى بينهم ولا بأس عليهم", 3),
    ],
)
def test_what_only_looks_like_one_may_be_divided(text: str, place: int) -> None:
    """Nothing is handed down there, or God's word follows; and `no harm` is a sentence of its own."""
    words = [SpokenWord(word, odds=9.0 if at == place else -4.0) for at, word in enumerate(text.split())]

    assert boundary_scores(words, 0.7)[place] > 0


def test_a_name_is_not_divided() -> None:
    """Two words that the talk says together elsewhere too are a name; by themselves they are divided like any."""
    once = "وصل إلى البلدة مساء أمس سامي الوزان ومعه أخوه الأكبر وأمه"
    twice = f"{once} وبعد أيام اشترى سامي الوزان بيتا"

    assert len(judged(once, {5: 9.0})) == 2
    assert boundary_scores([SpokenWord(word, odds=9.0) for word in twice.split()], 0.7)[5] < NEVER / 2


def test_a_doubtful_end_is_no_question() -> None:
    """Where it is not sure that the sentence ends, it is not known either what was asked."""
    question, answer = "لماذا عاد الناس إلى بيوتهم", "لكن الماء لم يعد إلى الوادي بعد"

    assert judged(f"{question} {answer}", {4: 4.0})[0] == question + "؟"
    assert judged(f"{question} {answer}", {4: 0.3})[0] == question + "."


@pytest.mark.parametrize(
    "text", ["قلت ما قال هذا كلامي", "وهي امرأة لا نعرف اسمها سكنت هنا زمنا", "رأيت صديقي علي كان معه أخوه"]
)
def test_what_only_looks_like_an_announcement_may_end(text: str) -> None:
    """`As he said`, a name as an object, and the name that is spelled as a preposition end sentences."""
    word = next(at for at, word in enumerate(text.split()) if word in {"قال", "اسمها", "علي"})
    words = [SpokenWord(each, odds=9.0 if at == word else -4.0) for at, each in enumerate(text.split())]

    assert boundary_scores(words, 0.7)[word] > 0


def test_scores_are_evidence_by_weights() -> None:
    """A score is the sum of what is seen at a place, each by its weight; nothing else is added to it."""
    words = [
        SpokenWord("كتاب", 0.0, 0.5, odds=1.5),
        SpokenWord("جديد", 0.9, 1.4, odds=-2.0),
        SpokenWord("هنا", 1.4, 1.9),
    ]
    (first, second) = boundary_evidence(words, 0.7)

    assert (first["odds"], second["odds"]) == (1.5, -2.0)
    assert first["silence"] == pytest.approx(0.4 / 0.7)
    assert boundary_scores(words, 0.7, weights={"odds": 2.0, "silence": 7.0})[0] == pytest.approx(3.0 + 4.0)


def test_no_comma_stands_between_a_number_and_what_it_counts() -> None:
    """Where the model set one; what people typed stays."""
    text = "ما يصل من الماء 58، في المئة للعراق، و42 في المئة لسوريا"
    words = text.split()

    (judged,) = split_sentences([SpokenWord(word, odds=-4.0, closing=".") for word in words], SETTINGS)
    (typed,) = split_sentences([SpokenWord(word) for word in words], SETTINGS)

    assert judged.text == "ما يصل من الماء 58 في المئة للعراق، و42 في المئة لسوريا."
    assert typed.text == text
