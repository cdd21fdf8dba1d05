"""What a rewording brought into a sentence."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.types.article import Flaw
from pipeline.verify.certain import Facts
from pipeline.verify.rewording import Rewording, reworded
from tests.figures import Tell

SAID = "فرضت أمريكا سنة 2018 رسوما على 3 من كل 10 سلع جاية من برة وده خلى الأسعار تزيد"


def after(text: str, before: str = SAID, *evidence: str, facts: Facts = Facts()) -> Rewording:  # noqa: B008 - frozen
    """The comparison of a sentence that rests on what it was."""
    return reworded(before, text, evidence or (SAID,), facts)


@pytest.mark.parametrize(
    ("old", "new", "flaw", "detail"),
    [
        ("أمريكا", "الصين", Flaw.NAME, "الصين"),
        ("أمريكا", "وبالصين", Flaw.NAME, "وبالصين"),
        ("2018", "2016", Flaw.NUMBER, "2016"),
        ("3", "5", Flaw.NUMBER, "5"),
        ("رسوما", "رسوم WTO", Flaw.NAME, "wto"),
    ],
)
def test_an_exchanged_name_or_figure_is_certain(old: str, new: str, flaw: Flaw, detail: str) -> None:
    """What came for it stands nowhere in the kept evidence: no judge is needed for that. Small figures count, too."""
    found = after(SAID.replace(old, new, 1)).certain

    assert (flaw, detail) in [(kind, words.lower()) for kind, words in found]


def test_a_name_that_came_a_second_time_for_another_is_noticed() -> None:
    """Both countries were spoken of, and yet one stands where the other stood."""
    said = "قالت سوريا إن العراق وافق على الاتفاق"
    found = after("قالت العراق إن العراق وافق على الاتفاق", said, said)

    assert [*found.certain, *found.unsaid]


@pytest.mark.parametrize(
    "text",
    [
        "فرضت أمريكا عام 2018 رسومًا على ثلاث من كل عشر سلع قادمة من الخارج، وقد رفع ذلك الأسعار.",
        "في سنة 2018 فرض الأمريكيون رسومًا جمركية.",
        "ارتفعت الأسعار بعد الرسوم الأمريكية.",
    ],
)
def test_an_honest_rewording_has_nothing_certain_against_it(text: str) -> None:
    """Dialect told in standard Arabic, figures in letters, a people for its country: at most words to look at."""
    assert after(text).certain == ()


@pytest.mark.parametrize(("said", "written"), [("انستجرام", "إنستغرام"), ("انكلترا", "إنجلترا"), ("فرنسا", "باريس")])
def test_a_name_in_another_spelling_is_the_same_name(said: str, written: str) -> None:
    """So is a capital for the government of its country."""
    before = f"عمل حساب في {said} السنة دي"

    assert after(f"أنشأ حسابًا في {written} هذه السنة", before, before).certain == ()


def test_a_new_word_is_only_something_to_look_at() -> None:
    """A word that nobody said is named, as the sentence spells it; words that stayed are not."""
    found = after(SAID.replace("رسوما", "عقوباتٍ"))

    assert (found.certain, found.unsaid) == ((), ("عقوباتٍ",))
    assert 0.9 < found.share < 1


def test_a_word_exchanged_for_one_that_was_said_elsewhere_is_named() -> None:
    """It stands in the evidence, but not here."""
    said = "الماء ينقص كل عام والطلب يزيد"

    assert after("الماء يزيد كل عام والطلب يزيد", said, said).unsaid == ("يزيد",)


def test_what_the_machine_wrote_before_is_not_the_editors() -> None:
    """Words of the sentence as it was are not held against who changed others."""
    before = "فرضت واشنطن قيودًا على الواردات"

    assert after("فرضت واشنطن قيودا واسعة على الواردات", before).unsaid == ("واسعة",)
    assert after("فرضت واشنطن قيودا على الواردات", before).certain == ()


def test_the_speakers_own_words_are_never_held_against_an_editor() -> None:
    """Who puts a wrong word right again has no finding."""
    assert after(SAID, SAID.replace("رسوما", "عقوبات").replace("2018", "2016")) == Rewording((), (), 1.0)


def test_the_title_may_be_named() -> None:
    """A name from the video's title or description was not invented."""
    assert after(SAID.replace("أمريكا", "الصين"), facts=Facts(named=("عن الصين",))).certain == ()


@pytest.mark.slow
def test_true_statements_about_real_talks_have_next_to_nothing_certain_against_them(shared: Path, tell: Tell) -> None:
    """Of 192 true statements about spoken Arabic, by a strong model, one at most; in near wording none.

    The one names a number by a word that is also a day. Of the 192 false ones almost all have words to look at.
    """
    asked: Counter[str] = Counter()
    certain: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for line in (shared / "data" / "support" / "statements_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        kind = row["kind"] if row["label"] else "false"
        found = reworded(row["evidence"], row["statement"], (row["evidence"],), Facts())
        asked[kind] += 1
        certain[kind] += bool(found.certain)
        noticed[kind] += bool(found.certain or found.unsaid)
    false, true = asked.pop("false"), asked.total()
    wrongly, spared = (sum(counted[kind] for kind in asked) for counted in (certain, asked - noticed))
    tell(f"true statements with a certain finding: {wrongly} of {true}; with none at all: {spared}")
    tell(f"false statements with words to look at: {noticed['false']} of {false}")

    assert wrongly <= 1
    assert certain["near"] == 0
    assert noticed["false"] >= 180
