"""One sentence of a model beside the sentences of the talk."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.judges.odds import OddsJudge
from models.llm.prompts import load_prompt
from models.llm.replies import ReplyLine
from models.writers.grounding import FRAGMENT, STITCHED, CheckedSentence, EvidenceChecker, same_statement
from pipeline.types.article import Sentence, Statement

TOLD = (
    "بنت تركيا سدوداً كبيرة على النهر في أعلى المجرى خلال القرن الماضي",
    "لم تكن هذه السدود كافية في سنوات الجفاف الطويلة",
    "وقال المهندس إن السد يخزن ثلاثة مليارات متر مكعب",
    "قال تعالى إن مع العسر يسرا",
)


class Doubting(OddsJudge):
    """A `Judge` that gives the same odds to all, and remembers what it was asked."""

    identity = "doubting"

    def __init__(self, odds: float) -> None:
        """Give these odds."""
        self.odds = odds
        self.asked: list[int] = []

    def support(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """The odds, for each pair."""
        self.asked.append(len(pairs))
        return (self.odds,) * len(pairs)


def settled(text: str, *cites: int, odds: float = 1.0, prompt: str = "", told: Sequence[str] = TOLD) -> CheckedSentence:
    """What becomes of one line about the talk, whose sentences are numbered from 11."""
    sentences = [Sentence(number, each) for number, each in enumerate(told, 11)]
    (found,) = EvidenceChecker(sentences, ("حلقة عن السدود",), Doubting(odds), prompt).settle([ReplyLine(text, cites)])
    return found


def test_a_true_sentence_stands_with_its_evidence() -> None:
    """Part of what was said, with the number named: a statement that cites the talk's own number."""
    assert settled("بنت تركيا سدوداً كبيرة خلال القرن الماضي", 1).said == Statement(
        "بنت تركيا سدوداً كبيرة خلال القرن الماضي.", (11,)
    )


def test_a_whole_sentence_of_the_talk_is_the_talks() -> None:
    """A copy is the speaker's sentence, to be quoted where only the speaker can say it."""
    assert settled(TOLD[1], 2).said == Sentence(12, TOLD[1])


def test_a_sentence_about_everything_rests_on_nothing() -> None:
    """Four sentences may stand behind a statement; one that strings five together is sent back."""
    told = (
        *("بنت تركيا سدودًا كبيرة", "وأقامت سوريا محطات حديثة", "وزرعت مصر حقولًا واسعة"),
        *("وحفر العراق قنوات طويلة", "وأنشأ لبنان خزانات عميقة"),
    )

    assert settled("، ".join(told[:4]), 1, 2, 3, 4, told=told).said is not None
    assert settled("، ".join(told), 1, 2, 3, 4, 5, told=told).said is None


def test_a_sentence_in_circles_is_not_worth_a_complaint() -> None:
    """It is left out at once: a model that turns in circles would do so again."""
    circles = "بنت تركيا سدوداً كبيرة " * 12

    assert settled(circles, 1) == CheckedSentence(ReplyLine(circles, (1,)), None)


@pytest.mark.parametrize("cites", [(), (2,), (2, 3), (1, 2, 3, 4)])
def test_evidence_is_found_where_the_numbers_are_wrong(cites: tuple[int, ...]) -> None:
    """What is named is no proof: the sentence that says it is cited."""
    said = settled("بنت تركيا سدوداً كبيرة خلال القرن الماضي", *cites).said

    assert isinstance(said, Statement)
    assert 11 in said.cites


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("بنت تركيا 14 سدًا كبيرًا على النهر خلال القرن الماضي", "رقم"),
        ("كانت هذه السدود كافية في سنوات الجفاف الطويلة", "نفي"),
        ("بنت تركيا سدوداً كبيرة على النهر وبحيرات من الزجاج", "الزجاج"),
        ("وقال المهندس إن السد يخزن خمسة مليارات متر مكعب", "رقم"),
        ("نحن نعرف أن تركيا بنت سدوداً كبيرة على النهر", "المتكلم"),
        ("وده اللي قال المهندس إن السد يخزن ثلاثة مليارات متر مكعب", "العامية"),
        ("قال تعالى إن مع الصبر يسرا", "آية"),
    ],
)
def test_what_was_not_said_so_comes_back_with_its_complaint(text: str, complaint: str) -> None:
    """Figure, negation, words, voice, scripture: the sentence does not stand, and the complaint says why."""
    found = settled(text, 1, 2, 3)

    assert found.said is None
    assert complaint in found.complaint
    assert found.near


def test_a_stray_word_of_another_sentence_is_no_evidence() -> None:
    """One word from elsewhere in the passage, put into a true sentence, was not said with it."""
    found = settled("بنت تركيا سدوداً كبيرة على النهر المهندس خلال القرن الماضي", 1, 3)

    assert found.said is None
    assert "المهندس" in found.complaint


def test_two_sentences_are_joined_only_at_a_joint() -> None:
    """Halves of two sentences may follow each other with a conjunction or a mark between them, not without."""
    halves = "بنت تركيا سدوداً كبيرة على النهر", "السد يخزن ثلاثة مليارات متر مكعب"

    assert STITCHED in settled(" ".join(halves), 1, 3).complaint
    assert settled(" و".join(halves), 1, 3).said == Statement(f"{' و'.join(halves)}.", (11, 13))
    assert settled("، ".join(halves), 1, 3).said is not None


@pytest.mark.parametrize("text", ["سدوداً كبيرة على النهر في أعلى المجرى", "بنت تركيا سدوداً كبيرة على"])
def test_a_torn_sentence_does_not_stand(text: str) -> None:
    """What begins in the middle of a clause, or waits for its last word, is no sentence."""
    assert FRAGMENT in settled(text, 1).complaint


def test_a_clause_of_its_own_stands() -> None:
    """A stretch that begins behind a mark or with a conjunction is a sentence."""
    told = ("ينبع الفرات من الجبال، ثم يدخل سوريا عند جرابلس، وتسقى منه الحقول",)

    assert settled("ثم يدخل سوريا عند جرابلس", 1, told=told).said
    assert settled("وتسقى منه الحقول", 1, told=told).said


@pytest.mark.parametrize(
    "text",
    ["كلمتان فقط", "كلمة " * 70, f"{TOLD[0]} 然后", "The dams of the river are large", f"{TOLD[0]} " * 8],
)
def test_what_is_no_arabic_sentence_is_dropped_without_complaint(text: str) -> None:
    """Too short, too long, another script, a loop: there is nothing to mend."""
    found = settled(text, 1)

    assert (found.said, found.complaint) == (None, "")


def test_the_prompts_own_words_do_not_stand_even_if_they_were_said() -> None:
    """A talk that recites the prompt is no way to get the prompt published as the model's sentence."""
    system = load_prompt("section").system
    line = next(row for row in system.splitlines() if "جملة في كل سطر" in row)

    assert settled(line, 1, prompt=system, told=(line,)).said is None


def test_a_judge_may_refuse_and_is_asked_once() -> None:
    """Sentences in other words that pass the checks are judged together; word-for-word ones are not asked about."""
    judge = Doubting(0.0)
    sentences = [Sentence(number, each) for number, each in enumerate(TOLD, 11)]
    lines = [
        ReplyLine("سدوداً كبيرة بنت تركيا خلال القرن الماضي على النهر", (1,)),
        ReplyLine(TOLD[1], (2,)),
        ReplyLine(TOLD[2], (3,)),
    ]
    found = EvidenceChecker(sentences, (), judge, "").settle(lines)

    assert judge.asked == [1]
    assert [each.said is None for each in found] == [True, False, False]


def test_saying_the_same_is_seen() -> None:
    """The same topic words in another order are a repetition; another subject is none."""
    assert same_statement(TOLD[0], "خلال القرن الماضي بنت تركيا سدوداً كبيرة على النهر في أعلى المجرى")
    assert not same_statement(TOLD[0], TOLD[1])
