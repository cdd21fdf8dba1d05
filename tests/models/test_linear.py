"""The embedded judge: its features, and the weights that ship."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import models
from models.judges.features import ClaimPair, WordRarity
from models.judges.linear import EmbeddedJudge, LinearJudge, Regression
from pipeline.arabic.stem import stem

WEIGHTS = Path(models.__file__).parent / "weights" / "judge.json"
RARITY = WordRarity(100, {stem("ماء"): 40, stem("مدينه"): 3})
SAID = "لم تصل القوافل إلى بغداد عام 1258 بسبب الحرب"


def features(claim: str, evidence: str = SAID) -> dict[str, float]:
    """The numbers of one pair."""
    return ClaimPair(claim, evidence, RARITY).features()


# --- what it weighs ---


def test_the_same_sentence_has_everything_in_common() -> None:
    """All said, all told, nothing new, no turn."""
    same = features(SAID)

    assert same["said"] == same["told"] == same["same of claim"] == same["same of evidence"] == 1
    assert same["groups of 3"] == pytest.approx(1)
    assert same["new words"] == same["left words"] == same["order"] == same["turned"] == same["swapped"] == 0


def test_each_difference_has_its_number() -> None:
    """A lost negation, another figure, an opposite, a name from outside, exchanged words."""
    assert features("تصل القوافل إلى بغداد")["turned"] == 1
    assert features("عام 1285")["new figures"] == 1
    assert features("عام 1285")["left figures"] == 1
    assert features("في السلام", "في الحرب")["opposite"] == 1
    assert features("القوافل إلى كوبنهاغن")["new names"] == 1
    assert features("من دمشق إلى بغداد", "من بغداد إلى دمشق")["swapped"] == 1


def test_rare_words_weigh_more() -> None:
    """What is said in many texts tells little."""
    assert RARITY.idf("ماء") < RARITY.idf("مدينه") < RARITY.idf("قوافل")
    assert features("الماء", "الحجر")["rarest new"] < features("القوافل", "الحجر")["rarest new"]


@pytest.mark.parametrize(("claim", "evidence"), [("", ""), ("قال", ""), ("", "قال"), ("...", "12")])
def test_empty_texts_have_numbers_too(claim: str, evidence: str) -> None:
    """Nothing is divided by nothing."""
    assert all(math.isfinite(value) for value in features(claim, evidence).values())


@pytest.mark.parametrize(
    ("claim", "evidence", "name"),
    [
        ("كل القوافل وصلت", "وصلت بعض القوافل", "all for some"),
        ("وصلت القوافل إلى بغداد", "ما وصلت القوافل إلى بغداد", "denial lost"),
        ("رفض القائد السفر", "القائد ما سافرش", "negation as refusal"),
        ("يجب السفر", "يمكن السفر", "duty for possibility"),
        ("القوافل أقل", "القوافل أكثر", "more for less"),
        ("سافر قبل الحرب", "سافر بعد الحرب", "before for after"),
        ("وصلت القوافل", "لو انتهت الحرب وصلت القوافل", "lost condition"),
        ("وصلت القوافل بسبب الحرب", "وصلت القوافل والحرب", "new cause"),
    ],
)
def test_words_that_turn_a_sentence_are_seen(claim: str, evidence: str, name: str) -> None:
    """Each has its number, which the sentence itself does not have."""
    assert features(claim, evidence)[name] > 0
    assert features(evidence, evidence)[name] == 0


def test_clauses_are_compared_one_by_one() -> None:
    """A clause that nobody said stands out, however much of the rest was said; so do clauses in another order."""
    added = features("لم تصل القوافل إلى بغداد، فازدهرت الصناعة المحلية")
    turned = features("سافر الوزير، وصلت القوافل", "وصلت القوافل اليوم ثم سافر الوزير")

    assert (added["first clause"], added["last clause"]) == (1, 0)
    assert added["clauses apart"] == 1
    assert added["new run"] == added["new run at the end"] == 3
    assert turned["clauses in order"] == 1
    assert features(SAID)["clauses in order"] == 0


def test_a_negation_belongs_to_its_word() -> None:
    """As many on both sides, but of another word: that is no agreement."""
    moved = features("لم تصل القوافل أمس الأول بل انتهت الحرب", "وصلت القوافل أمس الأول بل لم تنته الحرب")

    assert moved["denials more"] == 0
    assert moved["denied here"] > 0
    assert moved["denied there"] > 0


def regression(bias: float, **slopes: float) -> dict[str, object]:
    """Weights of some features."""
    return {"bias": bias, "slopes": slopes, "steps": {}}


def test_weights_add_up_to_odds() -> None:
    """Slopes times values, and the weight of each step that a value exceeds."""
    weights = {"bias": -1.0, "slopes": {"new words": -2.0, "said": 3.0}, "steps": {"said": [[0.5, 1.0], [1.5, 100.0]]}}

    assert Regression(weights).probability(features(SAID)) == pytest.approx(1 / (1 + math.exp(-3)))


def test_lines_about_something_else_bear_nothing_out() -> None:
    """Odds fall with those of being about the claim once these are below a half, and do not rise above it."""
    weights = {"texts": 1, "counts": {}, "about": regression(-3, said=6.0), "borne out": regression(1)}
    judge = LinearJudge(weights, "w")
    about, other = judge.support([(SAID, SAID), ("فاز المنتخب", SAID)])

    assert about == pytest.approx(1 / (1 + math.exp(-1)))
    assert other == pytest.approx(about * 2 / (1 + math.exp(3)))


# --- what ships ---


def test_the_weights_are_plain_and_small() -> None:
    """Numbers and words in JSON, less than 200 kB, for every feature and no other."""
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))

    assert WEIGHTS.stat().st_size < 200_000
    for part in ("about", "borne out"):
        assert set(weights[part]["slopes"]) == set(features(SAID))
        assert set(weights[part]["steps"]) <= set(features(SAID))


def test_what_follows_is_likelier_than_what_was_turned() -> None:
    """The same beside a lost negation, another place, an opposite and another topic."""
    judge = EmbeddedJudge()
    true, *false = judge.support(
        [
            ("بسبب الحرب لم تصل القوافل إلى بغداد", SAID),
            ("وصلت القوافل إلى دمشق بعد السلام", SAID),
            ("ازدهرت التجارة في بغداد", SAID),
            ("فاز المنتخب بكأس العالم", SAID),
        ]
    )

    assert true > 0.5
    assert max(false) < true


def test_the_identity_names_the_weights() -> None:
    """It is the same in every run; without a question nothing is loaded."""
    assert EmbeddedJudge().identity == EmbeddedJudge().identity
    assert EmbeddedJudge().identity.startswith("judge-")
    assert EmbeddedJudge().support([]) == ()
