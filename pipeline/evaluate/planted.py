"""Faults planted in true sentences, and true sentences reworded honestly: what checking catches and lets through.

The evidence for a sentence is the sentence with its two neighbours in the text, spelled as automatic captions would
spell them; verses and hadith are left out, since checking accepts them letter for letter only. Every second sentence is
reworded (`reworded.py`) before it counts as true, or before a fault is planted in it. Both use word lists of their own,
and none of the tables of synonyms, opposites and names that checking uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from models.judges.linear import EmbeddedJudge
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.orthography import bare
from pipeline.evaluate.measures import OURS, ResultRow, mean
from pipeline.evaluate.reworded import introduced, reworded
from pipeline.types.judging import Claim
from pipeline.verify.check import apply_judgement, check
from pipeline.verify.scripture import gives_scripture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Plant = Callable[[str, Random], str]

_JUDGE: Final = EmbeddedJudge()
SEED: Final = 20261127
LENGTH: Final = (6, 40)
"""Fewest and most words of the sentences that are used."""
INTRODUCED_EVERY: Final = 4
"""One sentence in this many is introduced by who says it."""
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
_RARE_NAMES: Final = """
ساندرسون كوبنهاغن الزبيدي هلسنكي مانديلا الشنقيطي بوخارست تشرشل القرضاوي فنزويلا إريتريا الطهطاوي
""".split()  # noqa: SIM905 - a list of words
"""Names that few texts contain."""
_NEGATIONS: Final = frozenset(
    {"لا", "لم", "لن", "ليس", "ليست", "ولا", "ولم", "ولن", "وليس", "وليست", "فلا", "فلم", "فلن"}
)
_VERB: Final = re.compile(r"[وف]?ي[\u0621-\u064a]{3,5}")
_NOT_VERBS: Final = frozenset(fold("يوم يومين يمين يسار يقين يعني يناير يونيو يوليو يمكن يجب ينبغي يوسف يزال").split())
_NOUN: Final = re.compile(r"ال[\u0621-\u064a]{3,9}")
_MOST_APART: Final = 8
"""Most words between two nouns that change places."""


@dataclass(frozen=True, slots=True)
class PlantedCase:
    """A claim and the evidence it cites."""

    claim: str
    evidence: tuple[str, ...]


def cases(texts: Sequence[Sequence[str]], plant: Plant) -> Iterator[PlantedCase]:
    """A case for each sentence in which this fault can be planted; the same for the same texts."""
    chance = Random(SEED)  # noqa: S311 - no secret
    for sentences in texts:
        for at, sentence in enumerate(sentences):
            if LENGTH[0] <= len(sentence.split()) <= LENGTH[1] and not gives_scripture(sentence):
                planted = plant(reworded(sentence, chance) if at % 2 else sentence, chance)
                planted = introduced(planted, chance) if planted and at % INTRODUCED_EVERY == 1 else planted
                if planted:
                    cited = sentences[max(0, at - 1) : at + 2]
                    yield PlantedCase(planted, tuple(" ".join(map(bare, one.split())) for one in cited))


def figure(text: str, chance: Random) -> str:
    """The sentence with another figure, in digits or in words; empty where it has no figure."""
    places = [(at, token) for at, token in enumerate(text.split()) if token in _NUMBERS or _DIGITS.search(token)]
    if not places:
        return ""
    at, token = chance.choice(places)
    other = chance.choice([word for word in _NUMBERS if fold(word)[:3] != fold(token)[:3]])
    added = chance.randint(1, 9)
    changed = other if token in _NUMBERS else _DIGITS.sub(lambda match: str(int(match[0]) + added), token, count=1)
    return _replaced(text, at, changed)


def name(text: str, chance: Random) -> str:
    """The sentence with another name, a rare one in a third of all cases; empty where it has no name."""
    tokens = text.split()
    places = [at for at, token in enumerate(tokens) if _without_marks(token) in _NAMES]
    if not places:
        return ""
    at = chance.choice(places)
    pool = _RARE_NAMES if chance.random() < 1 / 3 else _NAMES
    other = chance.choice([each for each in pool if fold(each) not in fold(text)])
    return _replaced(text, at, tokens[at].replace(_without_marks(tokens[at]), other))


def negation(text: str, chance: Random) -> str:
    """The sentence with its negation left out, or with one put before a verb; empty where neither is possible."""
    tokens = text.split()
    negations = [at for at, token in enumerate(tokens) if token in _NEGATIONS]
    if negations:
        at = chance.choice(negations)
        return _replaced(text, at, "و" if tokens[at][0] == "و" else "").replace("و ", "و")
    verbs = [at for at, token in enumerate(tokens) if _VERB.fullmatch(token) and fold(token) not in _NOT_VERBS]
    return _replaced(text, verbs[0], f"لا {tokens[verbs[0]].lstrip('وف')}") if verbs else ""


def roles(text: str, _chance: Random) -> str:
    """The sentence with two nouns or names exchanged that have a word between them; empty where it has no such two."""
    tokens = text.split()
    nouns = [at for at, token in enumerate(tokens) if _NOUN.fullmatch(token) or token in _NAMES]
    for first in nouns:
        for second in nouns:
            if 1 < second - first <= _MOST_APART and tokens[first] != tokens[second]:
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
"""Each fault, by the name of its measure."""
PASSED: Final = "true sentences let through"


def planted(data: str, texts: Sequence[Sequence[str]]) -> list[ResultRow]:
    """Shares caught and let through, ours beside a rule that refuses any word that was not said."""
    rows = []
    for measure, plant in {**PLANTS, PASSED: true}.items():
        planted_cases = list(cases(texts, plant))
        for system, refuses in {OURS: refused, "every word said": _has_unsaid_word}.items():
            shares = [float(refuses(case) == (measure != PASSED)) for case in planted_cases]
            rows += [ResultRow(data, measure, system, mean(shares), len(shares))] if shares else []
    return rows


def refused(case: PlantedCase) -> bool:
    """Whether checking finds any flaw, with the embedded judge consulted as in a run."""
    checked = check(case.claim, case.evidence)
    if not checked.verbatim:
        checked = apply_judgement(checked, _JUDGE.verdicts([Claim(case.claim, case.evidence)])[0])
    return bool(checked.flaws)


def _has_unsaid_word(case: PlantedCase) -> bool:
    return not set(words(case.claim)) <= {word for text in case.evidence for word in words(text)}


def _without_marks(token: str) -> str:
    return token.strip('،؛.؟!:«»()"')


def _replaced(text: str, at: int, token: str) -> str:
    tokens = text.split()
    tokens[at] = token
    return " ".join(filter(None, tokens))
