"""How fit sentences are to open a quotation, to close one and to be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.writers.quotability import Quotability, quotability, said
from pipeline.types.article import Sentence

FACT = "البنك المركزي في البلد رفع أسعار الفائدة إلى 27% في مارس 2024 علشان يسيطر على التضخم"
SECOND = "الحكومة وقعت مع صندوق النقد الدولي اتفاق جديد بقيمة 8 مليار دولار لمدة أربع سنين"


def judged(*texts: str) -> list[Quotability]:
    """The sentences of a talk, each of which certainly ends."""
    return list(quotability([Sentence(at, text, end_odds=100.0) for at, text in enumerate(texts, 1)]).values())


@pytest.mark.parametrize(
    "leaning",
    [
        "وده كان السبب في إن الأسعار زادت على الناس كلها بعد كده",
        "وهو نفسه قال الكلام ده قبل كده لما سألوه عن الموضوع",
        "علشان كده اضطروا ياخدوا منه القرار ده في نفس اليوم",
    ],
)
def test_what_leans_on_the_sentence_before_opens_less(leaning: str) -> None:
    """Than one that names what it is about, wherever it stands."""
    _, ours, theirs = judged(FACT, SECOND, leaning)

    assert ours.opens > 2 * theirs.opens


@pytest.mark.parametrize(
    "open_ended",
    [
        "بس السؤال هنا هو إزاي الحكومة هتقدر تدفع الفلوس دي كلها",
        "والسبب في المشكلة دي كلها حاجة واحدة بس هقول لكم عليها",
    ],
)
def test_what_only_the_next_sentence_tells_closes_less(open_ended: str) -> None:
    """A promise or a question ends no quotation where a fact does."""
    fact, promise, _ = judged(SECOND, open_ended, FACT)

    assert fact.closes > 1.5 * promise.closes


@pytest.mark.parametrize(
    "passing", ["أهلاً بيكم في حلقة جديدة من البرنامج", "خلونا نرجع للموضوع بتاعنا", "طيب وبعدين يعني إيه اللي حصل؟"]
)
def test_a_fact_is_told_rather_than_what_is_said_in_passing(passing: str) -> None:
    """Greetings, announcements and questions are worth less than a figure with its reason."""
    aside, fact, _ = judged(passing, FACT, SECOND)

    assert fact.tells > 2 * aside.tells


@given(st.lists(st.sampled_from((FACT, SECOND, "نعم", "؟", "1", "﴿قل هو الله أحد﴾")), max_size=8))
def test_every_sentence_of_any_talk_has_chances(texts: list[str]) -> None:
    """One judgement a sentence, each of three chances, whatever is said, also where no word is."""
    found = judged(*texts)

    assert len(found) == len(texts)
    assert all(0 < chance < 1 for each in found for chance in (each.opens, each.closes, each.tells))


def test_a_question_is_known_by_its_mark() -> None:
    """At the end alone: one inside belongs to what is quoted."""
    assert said("لماذا حدث هذا؟").asks
    assert not said("سأل: لماذا؟ ثم مضى إلى بيته").asks
