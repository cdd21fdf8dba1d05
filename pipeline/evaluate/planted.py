"""Faults planted in true sentences, and true sentences in honest other words: what checking catches and lets through.

A sentence is true beside itself and its two neighbours in its text, spelled as automatic captions would spell them;
verses and hadith are left out, since only their very letters are let through. Every second sentence is also reworded
(`reworded.py`) before it counts as true, or before a fault is planted in it. Both work with words of their own; the
tables of synonyms, opposites and names that checking uses are not read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from models.judges.linear import EmbeddedJudge
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.orthography import bare
from pipeline.evaluate.measures import mean
from pipeline.evaluate.reworded import led, reworded
from pipeline.evaluate.table import OURS, ResultRow
from pipeline.verify.check import apply_judgement, check
from pipeline.verify.scripture import gives_scripture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Plant = Callable[[str, Random], str]

_JUDGE: Final = EmbeddedJudge()
SEED: Final = 20261127
LENGTH: Final = (6, 40)
"""Words of the sentences that are used."""
LED: Final = 4
"""Every so many sentences one is led in by who says it."""
_DIGITS: Final = re.compile(r"(?<![\d.,:/])\d{1,4}(?![\d.,:/])")
_NUMBERS: Final = """
ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين
""".split()  # noqa: SIM905 - a list of words
_NAMES: Final = """
مصر سوريا العراق لبنان الأردن فلسطين السعودية اليمن قطر الكويت البحرين السودان ليبيا تونس الجزائر المغرب تركيا إيران
الهند الصين اليابان روسيا ألمانيا فرنسا بريطانيا إيطاليا إسبانيا أمريكا البرازيل كندا القاهرة دمشق بغداد بيروت القدس
الرياض صنعاء الدوحة دبي الخرطوم طرابلس الرباط إسطنبول أنقرة طهران بكين طوكيو موسكو برلين باريس لندن روما مدريد واشنطن
نيويورك حلب الموصل البصرة الإسكندرية أسوان الفرات دجلة محمد أحمد علي حسن حسين عمر عثمان خالد إبراهيم يوسف موسى عيسى
داود سليمان فاطمة عائشة خديجة مريم الفارابي المتنبي غاندي نابليون ماركس أينشتاين نيوتن داروين فرويد أفلاطون أرسطو هتلر
ستالين
""".split()  # noqa: SIM905 - a list of words
_STRANGE: Final = """
ساندرسون كوبنهاغن الزبيدي هلسنكي مانديلا الشنقيطي بوخارست تشرشل القرضاوي فنزويلا إريتريا الطهطاوي
""".split()  # noqa: SIM905 - a list of words
"""Names that few texts have."""
_NEGATIONS: Final = frozenset(
    {"لا", "لم", "لن", "ليس", "ليست", "ولا", "ولم", "ولن", "وليس", "وليست", "فلا", "فلم", "فلن"}
)
_VERB: Final = re.compile(r"[وف]?ي[\u0621-\u064a]{3,5}")
_NO_VERB: Final = frozenset(fold("يوم يومين يمين يسار يقين يعني يناير يونيو يوليو يمكن يجب ينبغي يوسف يزال").split())
_NOUN: Final = re.compile(r"ال[\u0621-\u064a]{3,9}")
_APART: Final = 8
"""Words by which two nouns stand apart at most when they change places."""


@dataclass(frozen=True, slots=True)
class PlantedCase:
    """A claim, what it cites, and whether it says what was said."""

    claim: str
    evidence: tuple[str, ...]


def cases(texts: Sequence[Sequence[str]], plant: Plant) -> Iterator[PlantedCase]:
    """Each sentence of each text in which this can be planted; the same for the same texts."""
    chance = Random(SEED)  # noqa: S311 - no secret
    for sentences in texts:
        for at, sentence in enumerate(sentences):
            if LENGTH[0] <= len(sentence.split()) <= LENGTH[1] and not gives_scripture(sentence):
                planted = plant(reworded(sentence, chance) if at % 2 else sentence, chance)
                planted = led(planted, chance) if planted and at % LED == 1 else planted
                if planted:
                    cited = sentences[max(0, at - 1) : at + 2]
                    yield PlantedCase(planted, tuple(" ".join(map(bare, each.split())) for each in cited))


def figure(text: str, chance: Random) -> str:
    """Another figure, in digits or in words; empty where there is none."""
    places = [(at, token) for at, token in enumerate(text.split()) if token in _NUMBERS or _DIGITS.search(token)]
    if not places:
        return ""
    at, token = chance.choice(places)
    other = chance.choice([word for word in _NUMBERS if fold(word)[:3] != fold(token)[:3]])
    more = str(chance.randint(1, 9))
    changed = other if token in _NUMBERS else _DIGITS.sub(lambda found: str(int(found[0]) + int(more)), token, count=1)
    return _with(text, at, changed)


def name(text: str, chance: Random) -> str:
    """Another name in place of one: every third one that few texts have."""
    tokens = text.split()
    places = [at for at, token in enumerate(tokens) if _stripped(token) in _NAMES]
    if not places:
        return ""
    at = chance.choice(places)
    pool = _STRANGE if chance.random() < 1 / 3 else _NAMES
    other = chance.choice([each for each in pool if fold(each) not in fold(text)])
    return _with(text, at, tokens[at].replace(_stripped(tokens[at]), other))


def negation(text: str, chance: Random) -> str:
    """A negation left out, or put before a verb."""
    tokens = text.split()
    there = [at for at, token in enumerate(tokens) if token in _NEGATIONS]
    if there:
        at = chance.choice(there)
        return _with(text, at, "و" if tokens[at][0] == "و" else "").replace("و ", "و")
    verbs = [at for at, token in enumerate(tokens) if _VERB.fullmatch(token) and fold(token) not in _NO_VERB]
    return _with(text, verbs[0], f"لا {tokens[verbs[0]].lstrip('وف')}") if verbs else ""


def roles(text: str, _chance: Random) -> str:
    """Two nouns or names that change places, with a verb or another word between them."""
    tokens = text.split()
    nouns = [at for at, token in enumerate(tokens) if _NOUN.fullmatch(token) or token in _NAMES]
    for first in nouns:
        for second in nouns:
            if 1 < second - first <= _APART and tokens[first] != tokens[second]:
                tokens[first], tokens[second] = tokens[second], tokens[first]
                return " ".join(tokens)
    return ""


def true(text: str, _chance: Random) -> str:
    """The sentence without a fault."""
    return text


PLANTS: Final[dict[str, Plant]] = {
    "planted figures caught": figure,
    "planted names caught": name,
    "planted negations caught": negation,
    "planted swaps of roles caught": roles,
}
"""What is planted, by the name of its measure."""
PASSED: Final = "true sentences let through"


def planted(data: str, texts: Sequence[Sequence[str]]) -> list[ResultRow]:
    """Shares caught and let through, ours beside a rule that refuses every word that was not said."""
    rows = []
    for measure, plant in {**PLANTS, PASSED: true}.items():
        made = list(cases(texts, plant))
        for system, refuses in {OURS: refused, "every word said": _unsaid}.items():
            shares = [float(refuses(case) == (measure != PASSED)) for case in made]
            rows += [ResultRow(data, measure, system, mean(shares), len(shares))] if shares else []
    return rows


def refused(case: PlantedCase) -> bool:
    """Whether checking finds any flaw, the embedded judge asked as in a run."""
    checked = check(case.claim, case.evidence)
    if not checked.verbatim:
        checked = apply_judgement(checked, _JUDGE.support([(case.claim, " ".join(case.evidence))])[0])
    return bool(checked.flaws)


def _unsaid(case: PlantedCase) -> bool:
    return not set(words(case.claim)) <= {word for text in case.evidence for word in words(text)}


def _stripped(token: str) -> str:
    return token.strip('،؛.؟!:«»()"')


def _with(text: str, at: int, token: str) -> str:
    tokens = text.split()
    tokens[at] = token
    return " ".join(filter(None, tokens))
