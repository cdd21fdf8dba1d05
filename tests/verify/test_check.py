"""One sentence beside its evidence: what is wrong with it, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judges.odds import ODDS_LEAST, verdict_by_odds
from pipeline.types.article import Flaw
from pipeline.verify.check import CheckResult, apply_judgement, check, drop_false_quotes

SAID = (
    "ينبع الفرات من جبال الأناضول في تركيا، ثم يدخل سوريا عند جرابلس.",
    "أنجزت سوريا سد الفرات عام 1973 قرب مدينة الطبقة.",
    "لم تتفق الدول الثلاث على تقاسم الماء، وبلغت الخسائر ثلاثة وعشرين مليونًا.",
)


def flaws(text: str, *evidence: str, facts: tuple[str, ...] = ()) -> dict[Flaw, str]:
    """What is wrong, and its detail; beside the three sentences above when no others are given."""
    return dict(check(text, evidence or SAID, facts).flaws)


# --- what is true ---


@pytest.mark.parametrize("text", SAID)
def test_what_was_said_is_true_and_verbatim(text: str) -> None:
    """A sentence as it was said has no flaw and full support."""
    assert check(text, SAID) == CheckResult((), 1.0, verbatim=True)


@pytest.mark.parametrize(
    "text",
    [
        "وفي هذا السياق، ينبع الفرات من جبال الأناضول.",
        "في عام 1973 أنجزت سوريا سد الفرات قرب مدينة الطبقة.",
        "سوريا أنجزت سد الفرات سنة 1973 قرب بلدة الطبقة.",
        "بلغت الخسائر 23 مليونًا، ولم تتفق الدول الثلاث على تقاسم الماء.",
        "وبلغت الخسائر ٢٣ مليوناً.",
        "الفرات ينبع من جبال الأناضول، وبعد ذلك يدخل سوريا.",
        "لم تتفق الدول على تقاسم المياه.",
        "تقول الحلقة إن الدول الثلاث لم تتفق.",
    ],
)
def test_honest_rewording_is_true(text: str) -> None:
    """Other order of clauses, other forms, connectives, digits for words and a shorter sentence say the same."""
    assert flaws(text) == {}


def test_captions_and_written_arabic_are_one_spelling() -> None:
    """Neither hamza nor taa marbuta makes a difference."""
    assert flaws("أنجزت الحكومة السدّ.", "انجزت الحكومه السد") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("يرى المتحدث أن طائرة واحدة فقط وصلت.", "طيارة واحدة بس وصلت"),
        ("ارتفع سعر الدجاج أكثر من مرة.", "سعر الفراخ ارتفع أكتر من مرة"),
        ("لن تدفع الولايات المتحدة للبنوك.", "أمريكا مش حتدفع للمصارف"),
        ("لا يخص القرار البنوك.", "القرار ده ميخصش البنوك"),
        ("لم يكن الوزير يريد القرض.", "الوزير ما كانش عايز القرض"),
        ("لم تعد للعملة قيمة في السوق.", "العملة ما بقاش لها قيمة في السوق"),
        ("يعود الناس إلى ربهم.", "الناس يرجعون إلى ربكم"),
        ("إن لم يكن الماء كافيًا مات الزرع.", "لو ما كانش الماء كافي الزرع مات"),
        ("ويحذر المتحدث من أن ماء النهر يقل.", "ماء النهر يقل كل سنة"),
    ],
)
def test_speech_told_in_standard_arabic_is_true(text: str, said: str) -> None:
    """Everyday words, spoken negation, `you` told as `they`, `إن` for a condition, and that it was said."""
    assert flaws(text, said) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("يخص القرار البنوك.", "القرار ده ميخصش البنوك"),
        ("كان الوزير يريد القرض.", "الوزير ما كانش عايز القرض"),
        ("لا يخص القرار البنوك.", "القرار ده يخص البنوك"),
    ],
)
def test_a_spoken_negation_that_is_lost_or_made_up_is_found(text: str, said: str) -> None:
    """`ما` and `ش` around a word negate it as `لا` does."""
    assert Flaw.NEGATION in flaws(text, said)


@pytest.mark.parametrize("verb", ["أحبطت", "رفض", "استمال", "انفرد", "اشترط", "قد باح"])
def test_no_verb_is_a_name(verb: str) -> None:
    """It was not said, but the complaint is not about a name."""
    assert [*flaws(f"{verb} سوريا سد الفرات.")] == [Flaw.UNSUPPORTED]


def test_speech_in_dialect_becomes_standard_arabic() -> None:
    """A word of the everyday has its standard form."""
    assert flaws("كيف نوفر المال الآن؟", "ازاي نوفر الفلوس دلوقتي") == {}


# --- what is not ---


def test_without_evidence_nothing_else_is_asked() -> None:
    """A sentence that cites nothing rests on nothing."""
    assert check("قال شيئًا", ()) == CheckResult(((Flaw.UNCITED, ""),), 0.0, verbatim=False)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("أنجزت سوريا سد الفرات عام 1937.", "1937"),
        ("بلغت الخسائر ثلاثة وثلاثين مليونًا.", "33000000"),
        ("بلغت الخسائر 23 مليارًا.", "23000000000"),
        ("بلغت الخسائر 23%.", "23%"),
    ],
)
def test_another_figure_is_found(text: str, figure: str) -> None:
    """In digits or words, another unit of counting too."""
    assert flaws(text)[Flaw.NUMBER] == figure


def test_another_month_is_found() -> None:
    """By any of its names; the right one in another country's name is right."""
    assert flaws("افتتح المعرض في آذار", "افتتح المعرض في مارس") == {}
    assert flaws("افتتح المعرض في أيار", "افتتح المعرض في مارس") == {Flaw.NUMBER: "5"}
    assert Flaw.NUMBER in flaws("اجتمعوا يوم الخميس", "اجتمعوا يوم الجمعة")


@pytest.mark.parametrize("name", ["مصر", "غاندي", "مدينة الرقة", "Ankara", "كوبنهاغن"])
def test_another_name_is_found(name: str) -> None:
    """A country, a person, a place after its kind, a Latin name, a name nobody knows."""
    found = flaws(f"أنجزت سوريا سد الفرات عام 1973 قرب {name}.")

    assert name.rsplit(maxsplit=1)[-1].lower() in found[Flaw.NAME].lower()


def test_facts_about_the_video_may_be_named() -> None:
    """The channel and a heading are grounds for names and quotations; a name out of them excuses no invention."""
    facts = ("قناة تدوين", "ماء الفرات بين سوريا ومصر", "ماء الفرات")

    assert flaws("وفي قناة تدوين: أنجزت سوريا سد الفرات.", facts=facts) == {}
    assert flaws("أنجزت مصر سد الفرات.", facts=facts) == {Flaw.NAME: "مصر"}
    assert Flaw.QUOTE not in flaws("وعن «ماء الفرات»: لم تتفق الدول.", facts=facts)
    assert Flaw.QUOTE in flaws("وعن «ماء الفرات»: لم تتفق الدول.")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("اتفقت الدول الثلاث على تقاسم الماء.", None),
        ("تتفق الدول الثلاث على تقاسم الماء.", "0 ≠ 1"),
        ("لا ينبع الفرات من جبال الأناضول.", "1 ≠ 0"),
        ("ولم يدخل الفرات سوريا عند جرابلس.", "1 ≠ 0"),
        ("على تقاسم الماء تتفق الدول الثلاث.", "0 ≠ 1"),
    ],
)
def test_yes_for_no_is_found(text: str, counts: str | None) -> None:
    """Added or lost, before the same word or another form of it, wherever the clause now stands."""
    found = flaws(text)

    assert found
    assert counts is None or found[Flaw.NEGATION] == counts


def test_a_negation_belongs_to_its_word() -> None:
    """Another clause's negation neither allows nor asks one here."""
    said = "الألواح وحدها لا تكفي، والنظام يتكون من أجزاء"

    assert flaws("النظام يتكون من أجزاء", said) == {}
    assert Flaw.NEGATION in flaws("والنظام لا يتكون من أجزاء", said)


def test_that_which_is_no_negation() -> None:
    """`ما` before a verb does not excuse a `لا` that was not said."""
    assert Flaw.NEGATION in flaws("لكن ما لا يهمنا أن الجغرافيا بقيت", "لكن ما يهمنا أن الجغرافيا بقيت")


def test_except_is_no_negation() -> None:
    """Folded, `إلا` looks like `ألا`."""
    assert flaws("إلا أن الدولة بقيت قوية", "لكن الدولة بقيت قوية") == {}


def test_the_opposite_is_found() -> None:
    """A word whose opposite was said, in any form."""
    assert flaws("انخفضت الأسعار هذا العام", "ارتفعت الأسعار هذا العام")[Flaw.NEGATION] == "انخفضت ≠ ارتفعت"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("يساعد سوريا العراق", "يساعد العراق سوريا"),
        ("سوريا يساعد العراق", "العراق يساعد سوريا"),
        ("الملك الأردني يزور الرئيس المصري", "الرئيس المصري يزور الملك الأردني"),
        ("لأن ما لا يُدار لا يُقاس", "لأن ما لا يُقاس لا يُدار"),
    ],
)
def test_exchanged_roles_are_found(text: str, said: str) -> None:
    """Who and whom, as words, as phrases, and as halves of a saying."""
    assert Flaw.SWAPPED in flaws(text, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("المدينة أصلحت الشبكة", "أصلحت المدينة الشبكة"),
        ("زار بغداد ودمشق أمس", "زار دمشق وبغداد أمس"),
        ("في عامين أصلحنا الشبكة", "أصلحنا الشبكة في عامين"),
        ("في دمشق سوق كبيرة، وفي بغداد جامعة قديمة", "في بغداد جامعة قديمة، وفي دمشق سوق كبيرة"),
    ],
)
def test_another_order_of_the_same_is_true(text: str, said: str) -> None:
    """Subject before verb, a list turned round, a moved phrase, clauses exchanged whole."""
    assert flaws(text, said) == {}


def test_invented_words_are_named_with_the_share_that_was_said() -> None:
    """The finding spells the words as the text does."""
    checked = check("أنجزت سوريا سد الفرات بتمويل خفي.", SAID)

    assert dict(checked.flaws)[Flaw.UNSUPPORTED] == "67%: بتمويل خفي"
    assert checked.support == pytest.approx(2 / 3)


def test_a_quantity_of_its_own_is_found() -> None:
    """`All` where nobody said how many."""
    assert Flaw.UNSUPPORTED in flaws("لم تتفق كل الدول على تقاسم الماء.")


def test_words_from_far_apart_are_not_verbatim() -> None:
    """Picking words in order out of a long text builds sentences that nobody said."""
    far = f"ينبع النهر {'من هنا ومن هناك ' * 12} في مصر"

    assert not check("ينبع النهر في مصر", [far]).verbatim


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("السد آمن تمامًا للسكان", "السد غير آمن تمامًا للسكان"),
        ("السد غير آمن", "السد آمن"),
        ("حل الأزمة ممكن", "حل الأزمة غير ممكن"),
        ("اتفقت الدول دون شروط", "اتفقت الدول بشروط"),
    ],
)
def test_un_and_without_negate(text: str, said: str) -> None:
    """`غير` and `دون` before a word turn it round, whether they were lost or added."""
    assert Flaw.NEGATION in flaws(text, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("غير أن السد آمن", "لكن السد آمن"),
        ("السد آمن لا غير", "السد آمن فقط"),
        ("السد آمن وغير ذلك", "السد آمن وغير ذلك"),
        ("السد غير آمن", "السد ليس آمنًا"),
        ("غادروا دون علمه", "غادروا بلا علمه"),
    ],
)
def test_but_and_others_negate_nothing(text: str, said: str) -> None:
    """`غير أن` only joins, `لا غير` says `only`, and one negation may stand for another."""
    assert flaws(text, said) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وفي هذا السياق قررت الحكومة رفع الأسعار", "قررت الحكومة عدم رفع الأسعار"),
        ("رفع الأسعار هذا العام", "أعلن الوزير عدم رفع الأسعار هذا العام"),
    ],
)
def test_a_stretch_of_what_was_said_keeps_its_negation(text: str, said: str) -> None:
    """Words taken in a row are not looked at less closely, with a phrase before them or a `not` left behind."""
    assert Flaw.NEGATION in flaws(text, said)


def test_a_negation_ends_with_its_sentence() -> None:
    """A `no` that closes one sentence is not about the next."""
    assert flaws("الفرات ينبع من الأناضول ويجري جنوبًا", "سألته فقال لا", "ينبع الفرات من الأناضول ويجري جنوبا") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("يكفي الماء المدينة", "هل يكفي الماء المدينة؟"),
        ("المدينة يكفيها الماء", "هل يكفي الماء المدينة؟"),
        ("انهار السد القديم", "كاد السد القديم ينهار"),
        ("زار الرئيس دمشق", "ربما زار الرئيس دمشق"),
        ("زار الرئيس دمشق", "لو زار الرئيس دمشق لكان أفضل"),
    ],
)
def test_what_was_only_asked_or_supposed_is_not_told_as_done(text: str, said: str) -> None:
    """A question, a wish, an `almost` and a `perhaps` say less than the bare sentence does."""
    assert Flaw.ASSERTED in flaws(text, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ويسأل المتحدث: هل يكفي الماء المدينة؟", "هل يكفي الماء المدينة؟"),
        ("يتساءل عما إذا كان الماء يكفي المدينة", "هل يكفي الماء المدينة"),
        ("قد يكون الرئيس زار دمشق", "ربما زار الرئيس دمشق"),
        ("السد القديم آمن", "هل تعلم أن السد القديم آمن؟"),
        ("كاد السد ينهار", "كاد السد القديم ينهار"),
        ("دمشق مدينة قديمة", "هل زرت دمشق؟ دمشق مدينة قديمة"),
    ],
)
def test_what_stays_open_is_true(text: str, said: str) -> None:
    """Told as a question or a supposition it is what was said; `do you know that` asks nothing."""
    assert flaws(text, said) == {}


@pytest.mark.parametrize(
    ("text", "said", "word"),
    [
        ("استمر الاجتماع ساعتين", "استمر الاجتماع", "ساعتين"),
        ("تظاهر آلاف الناس", "تظاهر الناس", "آلاف"),
        ("زار عدة مدن", "زار مدنا", "عدة"),
        ("زار الوفد الثاني دمشق", "زار الوفد دمشق", "الثاني"),
        ("كل السكان غادروا المدينة", "السكان غادروا المدينة", "كل"),
        ("يجب رفع الأسعار", "يمكن رفع الأسعار", "يجب"),
    ],
)
def test_words_that_measure_need_to_be_said(text: str, said: str, word: str) -> None:
    """How long, how many, which one and how surely: no word of a figure, a date or a duty passes as a small word."""
    assert word in flaws(text, said)[Flaw.UNSUPPORTED]


def test_words_that_measure_may_be_put_otherwise() -> None:
    """In digits or words, with another name of the month, and duty in its other words."""
    assert flaws("حضر خمسة آلاف شخص", "حضر 5000 شخص") == {}
    assert flaws("افتتح في تشرين الثاني", "افتتح في نوفمبر") == {}
    assert flaws("يجب رفع الأسعار", "لا بد من رفع الأسعار") == {}


def test_part_of_a_months_name_is_another_word() -> None:
    """`ربيع` is a man's name where no month follows."""
    assert flaws("زار ربيع دمشق", "زار دمشق") == {Flaw.UNSUPPORTED: "67%: ربيع"}


@pytest.mark.parametrize(("text", "said"), [("المقاولة مستمرة", "المقاومة مستمرة"), ("اشترى سيارة", "اشترى سياسة")])
def test_two_words_that_differ_in_a_letter_are_two_words(text: str, said: str) -> None:
    """A slip of the captions is forgiven where one spelling is no word; contractors are no resistance."""
    assert flaws(text, said)


def test_the_title_alone_is_not_what_was_said() -> None:
    """A sentence that only repeats the title rests on no sentence of the talk, whichever it cites."""
    title = "زلزال يضرب دمشق"

    assert Flaw.UNSUPPORTED in flaws("زلزال يضرب دمشق.", "ينبع الفرات من جبال الأناضول", facts=(title,))
    assert flaws("وفي «زلزال يضرب دمشق»: ينبع الفرات.", "ينبع الفرات من جبال الأناضول", facts=(title,)) == {}


# --- quotations ---


def test_marks_are_lost_around_what_was_not_said_so() -> None:
    """A true quotation keeps its marks, the other its words only."""
    assert drop_false_quotes("قال «ينبع الفرات» ثم «النهر الكبير»", SAID) == "قال «ينبع الفرات» ثم النهر الكبير"


def test_scripture_is_given_exactly_as_captioned() -> None:
    """Folding is not enough for a verse; standing as captioned it has no flaw, but is known for what it is."""
    said = "قال تعالى: إن مع العسر يسرا"

    assert check("قال تعالى: «إن مع العسر يسرا»", [said]).scripture
    assert flaws("قال تعالى: «إن مع العسر يسرا»", said) == {}
    assert flaws("قال تعالى: «ان مع العسر يسرا»", said) == {Flaw.SCRIPTURE: "ان مع العسر يسرا"}
    assert Flaw.SCRIPTURE in flaws("﴿إن مع العسر فرجا﴾", said)


# --- the judge ---


def test_low_odds_are_a_flaw_with_their_share() -> None:
    """A judge adds what words do not show, and lowers the support."""
    good = check("في عام 1973 أنجزت سوريا سد الفرات.", SAID)

    assert apply_judgement(good, verdict_by_odds(0.9)).flaws == ()
    assert apply_judgement(good, verdict_by_odds(0.9)).support == 0.9
    assert apply_judgement(good, verdict_by_odds(ODDS_LEAST / 2)).flaws == ((Flaw.UNSUPPORTED, "5%"),)


def test_one_complaint_is_enough() -> None:
    """Words that are missing are named; low odds say nothing more."""
    bad = check("أنجزت سوريا سد الفرات بتمويل خفي.", SAID)

    assert apply_judgement(bad, verdict_by_odds(0.0)).flaws == bad.flaws


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_any_text_is_checked(text: str, evidence: list[str]) -> None:
    """Whatever a model writes and whatever was captioned: a check with a share, and never an exception."""
    assert 0 <= check(text, evidence).support <= 1
