"""Runs of whole sentences: what may be quoted, and what is worth it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.writers.ends import end_chance, without_opening
from models.writers.quotability import quotability
from models.writers.runs import (
    JOINED_MOST,
    Run,
    body_end,
    choose_runs,
    quotable_runs,
    run_score,
)
from models.writers.telling import telling_chances
from pipeline.types.article import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

SURE, DOUBTFUL, UNLIKELY = 5.0, 1.0, -3.0
BORDERS = "يبلغ طول الحدود المشتركة بين البلدين نحو 600 كيلومتر من الجبال"
RIVER = "ويعبر النهر هذه الحدود مرتين قبل أن يصل إلى البحر في الجنوب"
TRADE = "تمر التجارة بين المدينتين على جسر واحد بني قبل خمسين عاماً"


def told(*texts: str, odds: float | None = SURE) -> tuple[Sentence, ...]:
    return tuple(Sentence(at, text, end_odds=odds) for at, text in enumerate(texts, 1))


def quoted(*texts: str, odds: float | None = SURE) -> list[tuple[int, ...]]:
    return [run.numbers for run in runs(told(*texts, odds=odds))]


def runs(sentences: Sequence[Sentence]) -> list[Run]:
    """The runs of a talk of one passage."""
    return list(quotable_runs(sentences, sentences, quotability(sentences)))


def test_neighbours_are_quoted_together() -> None:
    """Runs of one and of more sentences, each of them whole."""
    assert quoted(BORDERS, TRADE) == [(1,), (1, 2), (2,)]


def test_a_cut_at_either_end_is_not_quoted() -> None:
    """Where a sentence likely goes on, no quotation ends, and none begins behind it."""
    assert quoted(BORDERS, TRADE, odds=UNLIKELY) == []
    last = Sentence(2, TRADE, end_odds=SURE)
    cut = Sentence(1, BORDERS, end_odds=UNLIKELY)
    assert [run.numbers for run in runs((cut, last))] == [(1, 2)]


def test_the_sentence_before_a_passage_counts() -> None:
    """A passage that begins inside a sentence has no quotation from its first word on."""
    cut = Sentence(1, BORDERS, end_odds=UNLIKELY)
    after = Sentence(2, TRADE, end_odds=SURE)
    assert list(quotable_runs((after,), (cut, after), quotability((cut, after)))) == []
    assert [run.numbers for run in runs((after,))] == [(2,)]


@pytest.mark.parametrize(
    "passing",
    [
        "السلام عليكم ورحمة الله وبركاته أهلا وسهلا بكم جميعاً مشاهدينا الكرام",
        "اللهم احفظ بلادنا وبلاد المسلمين من كل سوء يا رب العالمين",
        "أقول قولي هذا وأستغفر الله لي ولكم ولسائر المسلمين من كل ذنب",
        "الحمد لله الذي أكمل لنا هذا الدين وأتم علينا نعمته العظيمة",
        "أما بعد فيا أيها المسلمون اتقوا الله وراقبوه وأطيعوه في السر والعلن",
        "خصنا بخير الرسل وجعلنا من خير أمة وأشهد أن نبينا وسيدنا محمداً عبده ورسوله أرسله بالهدى والحكمة",
        "أنا محمد سالم من مدينة حلب ومعكم في لقاء جديد عن التجارة",
        "معكم نديم الوراق وحديثنا اليوم عن مدينتين لا يكتمل التاريخ من دونهما",
        "في هذا الفيديو نتكلم عن طرق التجارة القديمة بين المدن الكبيرة",
    ],
)
def test_what_is_said_in_passing_is_in_no_run(passing: str) -> None:
    """Greetings, prayers, who speaks and talk about the video stand in no quotation, and none goes across them."""
    assert quoted(BORDERS, passing, TRADE) == [(1,), (3,)]


def test_a_prayer_goes_on_as_long_as_it_is_joined() -> None:
    """`And make us …` after a prayer is one; a sentence about something else is not."""
    joined = "واجعلنا من الذين يستمعون القول فيتبعون أحسنه واغفر لنا وللمسلمين"
    assert quoted("اللهم احفظ بلادنا وبلاد المسلمين من كل سوء", joined, TRADE) == [(3,)]


def test_the_praise_that_opens_a_sermon_is_not_told() -> None:
    """It goes on to `now then`, also where a sentence would stand alone; nothing else is left out."""
    praise = "الحمد لله الذي رضي لنا الإسلام ديناً وأتم علينا نعمته"
    duties = "فرض الصيام على القادرين وفرض على المستطيع منهم حج البيت مرة في العمر"
    now = f"أما بعد فيا عباد الله {BORDERS}"
    assert quoted(praise, duties, now, TRADE) == [(3,), (3, 4), (4,)]
    assert (1,) in quoted(TRADE, now)
    assert (2,) in quoted("نسأل الله أن يحفظ البلاد من كل سوء", TRADE, praise, now)


def test_a_verse_that_a_reciter_repeats_is_not_quoted() -> None:
    """It would be misquoted between its brackets; what the Qur'an itself says twice is right."""
    doubled = "يوم الحساب قريب كما في قوله ﴿ووفيت كل نفس ما كسبت وهم وهم لا يظلمون﴾"
    assert quoted(BORDERS, doubled, TRADE) == [(1,), (3,)]
    assert (2,) in quoted(BORDERS, "يوم الحساب قريب كما جاء في قوله ﴿كلا إذا دكت الأرض دكا دكا﴾", TRADE)


def test_a_prayer_in_a_hadith_is_told() -> None:
    """What somebody is quoted with is no prayer of the speaker."""
    assert quoted("كان النبي صلى الله عليه وسلم إذا رأى الهلال قال اللهم أهله علينا بالأمن") == [(1,)]


@pytest.mark.parametrize(
    "opening",
    [
        "هذا الرجل كان يعمل في التجارة بين المدينتين قبل خمسين عاماً",
        "لكن التجارة بين المدينتين تمر على جسر واحد قديم منذ سنوات",
        "قال إن التجارة بين المدينتين تمر على جسر واحد قديم جداً",
        "راح زار المدينة القديمة في يونيو اللي فات بعد سنين طويلة",
        "أن يخلف كل واحد منهما الآخر فلا يفتران عن ذلك أبداً",
        "رواه الترمذي من حديث عبد الله بن عمر رضي الله عنه",
        "فله الأمن التام في الدنيا والآخرة وعداً من الله لا يتخلف",
        "نسأل الله العافية تجتمع فيه الشرور كلها وتذهب معه النعم",
        "قيمتها السوقية تتجاوز مليار دولار منذ طرحت أسهمها قبل عامين",
        "الفئة الأولى هي بيانات يشاركها الناس مع أصدقائهم كل يوم",
        "المناوشات ما بينهم كانت دايما لها طابع إعلامي أكتر منه تجاري",
    ],
)
def test_nothing_begins_by_pointing_back(opening: str) -> None:
    """A quotation does not begin with what only its neighbour explains."""
    assert quoted(opening) == []
    assert (1, 2) in quoted(BORDERS, opening)


def test_a_verb_with_its_subject_may_begin() -> None:
    """`The president went …` says who."""
    assert quoted("راح الرئيس زار المدينة القديمة في يونيو بعد سنين طويلة من الحرب") == [(1,)]


@pytest.mark.parametrize(("ending", "whole"), [("في أكتوبر اللي فات", []), ("في سبتمبر 2022", []), ("في حلب", [(1,)])])
def test_a_time_at_the_end_may_belong_to_what_follows(ending: str, whole: list[tuple[int, ...]]) -> None:
    """`… last October.` before a new subject is where that one begins; before `and` it ends what was said."""
    sentence = f"الشركة اشترت ثلاث سفن كبيرة لنقل السيارات إلى أوروبا {ending}"
    assert [numbers for numbers in quoted(sentence, TRADE) if numbers == (1,)] == whole
    assert (1,) in quoted(sentence, RIVER)


def test_questions_alone_are_not_quoted() -> None:
    """A question stands with its answer or not at all."""
    asked = "كم يبلغ طول الحدود المشتركة بين البلدين في هذه الجبال العالية؟"
    assert quoted(asked) == []
    assert (1, 2) in quoted(asked, BORDERS)


def test_babble_is_not_quoted() -> None:
    """A sentence of words that only hold the turn stays out."""
    assert quoted("يعني الحدود بقى يعني بين البلدين أ طويلة يعني جداً بقى") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("وفي مايو قالت الولايات المتحدة في بيان رسمي عن الحرب إنه", TRADE),
        ("كيسنجر في فقرة مهمة من المذكرة بيقول نصاً", TRADE),
        ("المهم إيران كانت أول دولة زودت الجيش الروسي بالسلاح يعني", TRADE),
        ("كم يبلغ طول الحدود المشتركة بين البلدين في هذه الجبال؟", TRADE),
        ("لو حصلت حرب وعجزت المصانع الكبيرة عن التصدير لكل بلاد العالم كلها سنوات طويلة", f"فالعالم {TRADE}"),
        ("وبدأ الناس يسمعون عن القصة", f"والسبب الرئيسي وراها أن {TRADE}"),
    ],
)
def test_nothing_begins_behind_what_leads_to_it(before: str, after: str) -> None:
    """What somebody is quoted with, an answer without its question, or a clause of the sentence before."""
    assert (2,) not in quoted(before, after)


@pytest.mark.parametrize(
    "retreat",
    ["أنا بهزر طبعاً نهاية سعيدة إيه وديون إيه", "السؤال بقى دلوقتي: هل الكلام ده صحيح فعلاً ولا مجرد كلام على ورق"],
)
def test_nothing_ends_before_it_is_taken_back(retreat: str) -> None:
    """Told without `I am joking` or `is that true?`, it would be the speaker's own view."""
    assert (1,) in quoted(BORDERS, TRADE)
    assert (1,) not in quoted(BORDERS, retreat)


@pytest.mark.parametrize(
    ("ending", "after"),
    [
        ("روسيا لو شنت هجوماً واسعاً على أوكرانيا في الشتاء القادم", "فممكن العاصمة تسقط في أيام قليلة جداً كما قالوا"),
        ("وهنا خدوا بالكم من حاجة مهمة جداً في أرقام المبيعات", TRADE),
        ("الشركة اشترت سفن كبيرة لنقل السيارات إلى أوروبا لأنها مش", TRADE),
        ("الشركة اشترت سفن كبيرة لنقل السيارات إلى أوروبا أ", TRADE),
        ("يقول النبي الكريم في وصيته الجامعة لابن عمه عبد الله رضي الله عنهما", TRADE),
        ("حصة هذه الدول من الحرب تبلغ 2% من الناتج المحلي", "الإجمالي العالمي الذي يقدر بآلاف المليارات كل عام"),
    ],
)
def test_nothing_ends_with_a_promise(ending: str, after: str) -> None:
    """A condition without its answer, an announcement, a word that leads on, and a letter end no quotation."""
    assert (1,) not in quoted(ending, after)


@pytest.mark.parametrize(
    ("opening", "may"),
    [
        ("ويصدق أصحاب الأبراج في كل ما يقولون له عن يومه وغده", []),
        ("فأسس مباني الإيمان في قلوب الناس من أول يوم دعا فيه", []),
        ("41 في المئة من إنتاج العالم من ذاكرة الأجهزة يأتي منها", []),
        ("فرنسا أعلنت خطة جديدة للطاقة في كل المدن الكبيرة هناك", [(1,)]),
        ("وبلاد النهر عرفت الزراعة قبل آلاف السنين في كل السهول", [(1,)]),
    ],
)
def test_a_joined_verb_has_its_subject_before(opening: str, may: list[tuple[int, ...]]) -> None:
    """`And believes …` is told of somebody; a name or noun of the same letters is not."""
    assert quoted(opening) == may


def test_no_quotation_goes_across_music() -> None:
    """Words may be missing in a sentence under music and behind it, unless the next one begins a thought."""
    first, drowned, after = told(BORDERS, TRADE, BORDERS)
    drowned = replace(drowned, drowned=True)
    assert [run.numbers for run in runs((first, drowned, after))] == [(1,)]
    dated = replace(after, text=f"في سنة 1995 {BORDERS}")
    assert [run.numbers for run in runs((first, drowned, dated))] == [(1,), (3,)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "ناس كثيرة تقول إن الخطة ماتت قبل أن تولد في البيت الأبيض",
            "لكن دا مش صحيح والخطة نفذت في بلاد كثيرة من العالم",
        ),
        (
            "الشركة اشترت ثلاث سفن كبيرة لنقل السيارات إلى أوروبا",
            "وهنا ضروري ناخد بالنا إن السفن دي كانت قديمة ومحتاجة إصلاح كبير جداً قبل السفر الطويل في البحر",
        ),
    ],
)
def test_what_limits_a_sentence_stays_with_it(first: str, second: str) -> None:
    """Neither a sentence that is taken back nor what takes it back is quoted alone."""
    assert quoted(first, second) == [(1, 2)]


def test_a_false_start_is_told_once_or_not() -> None:
    """What is begun and said again divides nothing."""
    first = "ثم تأتي رسالة الإسلام لتحقيق الأمن والسلام في الأرض فاعتنى هذا الدين"
    assert quoted(first, "اعتنى هذا الدين بأمن المسلم أولاً في كل ما جاء به من الأحكام") == []


@pytest.mark.parametrize(
    "asked",
    [
        "إزاي وافقوا على إن المدير ياخد الأجر الضخم من الشركة كل سنة",
        "أو إيه اللي بيميز الشركة عن كل شركات السيارات في العالم",
    ],
)
def test_a_question_without_its_mark_ends_nothing(asked: str) -> None:
    """Recognised speech has no marks: what begins with a question word asks."""
    assert quoted(asked) == []
    assert (2,) not in quoted(asked, TRADE)


def test_whose_we_is_was_said_before() -> None:
    """`We are a large country` behind somebody's words is theirs."""
    said = "كيسنجر قال في المذكرة إن المعادن تأتي من بلدان بعيدة جداً عن أمريكا"
    ours = "إحنا دولة صناعية كبيرة واحتياجاتنا تتجاوز كل ما عندنا من المعادن"
    assert (3,) not in quoted(said, BORDERS, ours)
    assert (2,) in quoted(BORDERS, ours)


def test_what_only_joins_is_left_out() -> None:
    """A connector to what was told before is no part of what stands alone."""
    joined = f"علشان كده {TRADE}"
    (run,) = (run for run in runs(told(BORDERS, joined)) if run.numbers == (2,))
    assert run.text == f"{TRADE}."


@pytest.mark.parametrize(
    "opening",
    [
        "قال الله تعالى في كتابه العزيز عن الحج إلى بيته الحرام آيات بينات",
        "وقال النبي صلى الله عليه وسلم في فضل العلم أحاديث كثيرة معروفة",
        "ما أجمل أن يعود الحاج بعد حجه إلى أهله ووطنه بالخلق الحسن",
        "من فاته في هذا العام الوقوف بعرفة فليقم لله بحقه الذي عرفه",
        "الصعوبة الأولى هي ما خلفته الحروب من جسور مهدمة وطرق متعبة",
        "مدينة تدمر القديمة تستقبل زوارها من جديد بعد سنين طويلة من الحرب",
    ],
)
def test_what_says_itself_who_or_where_it_is_may_begin(opening: str) -> None:
    """A verb of saying with its speaker, an exclamation, and `this year` point to nothing that is missing."""
    assert quoted(opening) == [(1,)]


def test_an_opening_behind_it_makes_an_end_likelier() -> None:
    """Of two ends with equal odds that before `the point is` is likelier the speaker's than that before a verb."""
    end = Sentence(1, BORDERS, end_odds=0.0, known=0.9)
    chances = [end_chance(end, Sentence(2, text)) for text in (f"المهم {TRADE}", TRADE, f"امتنعت {TRADE}")]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1]


def test_a_doubtful_end_inside_is_a_comma() -> None:
    """Only ends that are likely the speaker's are full stops in a quotation."""
    doubtful = (Sentence(1, f"{BORDERS}.", end_odds=DOUBTFUL, known=1.0), Sentence(2, f"{TRADE}.", end_odds=SURE))
    sure = (Sentence(1, f"{BORDERS}.", end_odds=SURE), Sentence(2, f"{TRADE}.", end_odds=SURE))
    texts = {run.numbers: run.text for run in runs(doubtful)}
    assert texts[1, 2] == f"{BORDERS}، {TRADE}."
    texts = {run.numbers: run.text for run in runs(sure)}
    assert texts[1, 2] == f"{BORDERS}. {TRADE}."


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        ("نقل الخبر عن ابن عباس رضي الله عنهما", "قال النبي صلى الله عليه وسلم: نعمتان مغبون فيهما كثير من الناس", ""),
        ("وما نبقاش ظالمين لما نقول إنه بيملك", "99% من أسهم الشركة التي أسسها قبل سنين", ""),
        ("قال إن الشركة في كل سنة بتبيع", "الناس لازم تعرف ده قبل ما تشتري أي حاجة", "،"),
        ("وهو يسكن من سنين في القرية بيت", "الناس رحلوا كلهم منها بعد السيل الكبير", "،"),
        ("كانت السفن تعبر من البحر إلى الخليج القديم", "العربي محملة بالتمر والقمح كل سنة", ""),
        (BORDERS, TRADE, "،"),
    ],
)
def test_no_mark_parts_what_belongs_together(before: str, after: str, mark: str) -> None:
    """Not who handed a saying down from the saying, a verb from its object, a noun from what it is of."""
    first = Sentence(1, f"{before}.", end_odds=DOUBTFUL, known=1.0)
    assert Run((first, Sentence(2, f"{after}.", end_odds=SURE)), 1.0).text == f"{before}{mark} {after}."


def test_a_noun_belongs_to_the_word_before_it_where_an_end_is_unlikely() -> None:
    """Else it may begin a clause of its own, and without a mark somebody would have said something else."""
    before, after = "بتبالغ الشركة كل سنة في انتهاك خصوصية", "المستخدم اللي مش عارف إنها بتجمع بياناته"
    for odds, mark in ((UNLIKELY, ""), (DOUBTFUL, "،")):
        first = Sentence(1, f"{before}.", end_odds=odds, known=1.0)
        assert Run((first, Sentence(2, f"{after}.", end_odds=SURE)), 1.0).text == f"{before}{mark} {after}."


def test_a_pronoun_for_what_was_told_is_no_new_sentence() -> None:
    """`… a treaty, and it is the one that …` goes on behind a comma, however sure the end."""
    sure = (Sentence(1, f"{BORDERS}.", end_odds=SURE), Sentence(2, f"وهي {TRADE}.", end_odds=SURE))
    assert Run(sure, 1.0).text == f"{BORDERS}، وهي {TRADE}."
    typed = tuple(replace(each, end_odds=None) for each in sure)
    assert Run(typed, 1.0).text == f"{BORDERS}. وهي {TRADE}."
    asked = (replace(sure[0], text="هل يعرف الناس من هو صاحب هذا المصنع القديم؟"), sure[1])
    assert Run(asked, 1.0).text == f"{asked[0].text} وهي {TRADE}."


def test_fillers_at_the_beginning_are_left_out() -> None:
    """A quotation begins with what is said; one of fillers alone stays as it is."""
    assert without_opening("طيب، يا جماعة النهر طويل") == "النهر طويل"
    assert without_opening("طيب") == "طيب"


def test_a_chance_is_between_never_and_always() -> None:
    """Higher odds mean a higher chance; nobody's judgement means that the captions say it."""
    odds = [end_chance(Sentence(1, "نص", end_odds=value), Sentence(2, TRADE)) for value in (-5.0, 0.0, 1.0, 3.0, 100.0)]
    assert odds == sorted(odds)
    assert 0 < odds[0] < 0.2
    assert 0.9 < odds[-1] <= 1
    assert end_chance(Sentence(1, "نص"), None) == end_chance(None, Sentence(1, "نص")) == 1


def test_what_says_a_main_point_is_likelier_than_an_aside() -> None:
    """A sentence with a figure is likelier to be one than the same without, and one to the listeners less."""
    figure, plain = f"{BORDERS} تماماً", "يبلغ طول الحدود المشتركة بين البلدين الكثير من الكيلومترات بين الجبال"
    chances = telling_chances(
        told(*(RIVER, TRADE) * 4, figure, plain, "وأنا أحب الحدود المشتركة بين البلدين في الجبال كثيراً")
    )
    assert 0 < chances[11] < chances[10] < chances[9] < 1


def test_a_run_that_may_be_cut_is_worth_less() -> None:
    """The same words count for less where they may begin or end inside a sentence."""
    (sure,), (cut,) = (runs(told(BORDERS, odds=odds)) for odds in (SURE, DOUBTFUL))
    assert run_score(cut, {1: 0.5}) < run_score(sure, {1: 0.5})


def test_a_verse_that_proves_what_was_said_before_begins_nothing() -> None:
    """`God said: …` stands behind the words that it proves, or not at all."""
    verse = "﴿وقدموا لأنفسكم واتقوا الله واعلموا أنكم ملاقوه وبشر المؤمنين﴾"
    claim = "تنفع الطاعة صاحبها يوم الحساب كما جاء في كتاب الله"
    assert quoted(f"وقال تعالى: {verse}", odds=100.0) == []
    assert quoted(verse, odds=100.0) == []
    assert quoted(f"قال تعالى: {verse} فالناس كلهم يحتاجون إلى عمل ينفعهم يوم الحساب", odds=100.0) == [(1,)]
    assert quoted(claim, f"وقال تعالى: {verse}", odds=100.0) == [(1,), (1, 2)]


@given(st.lists(st.sampled_from((BORDERS, RIVER, TRADE, "نعم", "هل هذا صحيح؟")), max_size=12), st.floats(0, 120))
def test_chosen_runs_never_overlap_and_keep_the_order(texts: list[str], length: float) -> None:
    """Whatever is said, no sentence is quoted twice, and all stand in the order they were said."""
    sentences = told(*texts)
    chosen = choose_runs(runs(sentences), sentences, length, telling_chances(sentences))
    numbers = [number for run in chosen for number in run.numbers]
    assert numbers == sorted(set(numbers))


def test_beginning_middle_and_end_are_told() -> None:
    """Two runs of a passage do not stand side by side at its beginning."""
    sentences = told(*[f"{text} رقم {at}" for at in range(10) for text in (BORDERS, RIVER, TRADE)])
    chosen = choose_runs(runs(sentences), sentences, 200, telling_chances(sentences))
    thirds = {3 * (run.numbers[0] - 1) // len(sentences) for run in chosen}
    assert len(thirds) > 1


def test_the_leave_that_a_talk_takes_is_no_part_of_its_end() -> None:
    """Prayers and calls to subscribe at the end come after the last thing that is told."""
    body = told(*(BORDERS, TRADE) * 6, "اللهم احفظ بلادنا", "السلام عليكم ورحمة الله", "اشتركوا في القناة وفعلوا الجرس")
    assert body_end(body) == 12
    assert body_end(told(BORDERS, TRADE)) == 2


def test_runs_side_by_side_become_one() -> None:
    """What follows immediately needs no second introduction, up to the length of a quotation."""
    sentences = told(BORDERS, TRADE, f"{BORDERS} كلها")
    (run,) = choose_runs(runs(sentences), sentences, 60, telling_chances(sentences))
    assert run.numbers == (1, 2, 3)
    long = told(*[f"{BORDERS} {TRADE} {at}" for at in range(12)])
    chosen = choose_runs(runs(long), long, 300, telling_chances(long))
    assert len(chosen) > 1
    assert max(run.length for run in chosen) <= JOINED_MOST
