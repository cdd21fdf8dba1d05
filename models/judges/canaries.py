"""Plant faults among the sentences that a judge is asked about, to see whether it still reads: its canaries."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Final

from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.numbers import figures, possible_figures
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stopwords import EMPTY
from pipeline.types.judging import CanaryTally, VerdictKind
from pipeline.verify.certain import tells_rounded
from pipeline.verify.negation import NEGATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.ports import Judge
    from pipeline.types.judging import Claim, Verdict


SHARE: Final = 0.05
"""Canaries for each claim."""
LEAST: Final = 10
"""Canaries at least, where the claims allow."""
_FAR: Final = 4
"""A canary stands at least such a part of the claims away from the one it was made from."""
_JOINED: Final = r"(?P<joined>(?:وال|بال|فال|كال|لل|ال|[وفبلك])?)"
_DIGITS: Final = re.compile(r"(?<![\d.,:/٫٬\w])\d{2,9}(?!\w|[.,:/٫٬]\d)")
_DROPPED: Final = re.compile(r"(?P<joined>[وف]?)(?P<negator>لا|لم|لن)")
_AFTER_NOT: Final = re.compile(r"[يت][\u0621-\u064a]{3,}[،.]?")
_NO_PLAIN_NEGATION: Final = frozenset(
    fold("إلا سوى بل فقط لكن ولكن ولا بد سيما يزال تزال ألا غير إنما ليس أحيانا قد ربما بعض كل كلما").split()
)
"""With one of these words, a negation more or less need not turn the sense of a sentence."""
_NOT_BEFORE: Final = frozenset(
    fold("أن كي لكي حتى قد سوف لا لم لن ما وما وأن وقد فقد لأن ألا إذ لو ولا كما وألا").split()
)
_VERB: Final = re.compile(r"(?!يوم)ي[\u0621-\u064a]{3,}")
_BEING: Final = {"كان": "لم يكن", "وكان": "ولم يكن", "كانت": "لم تكن", "وكانت": "ولم تكن"}
_OPPOSITES: Final = """
أكثر أقل | أكبر أصغر | أعلى أدنى | أطول أقصر | أقوى أضعف | أسرع أبطأ | أغلى أرخص | ارتفع انخفض | ارتفعت انخفضت |
ارتفاع انخفاض | نجح فشل | نجحت فشلت | نجاح فشل | زادت نقصت | شمال جنوب | شرق غرب | داخل خارج | فوق تحت |
صيف شتاء | قبل بعد | ربح خسارة | دخول خروج
"""
_PHRASES: Final = frozenset(fold("من فيما وما ما على").split())
"""Before some of these words they make another phrase: `من قبل`, `فيما بعد`, `على الأقل`."""
_NOT_OPPOSITES: Final = frozenset({"وأكثر", "وأقل", "فتحت"})
_EACH_OTHER: Final = frozenset(fold("بعض بعضها بعضهم بعضا أخرى آخر الآخر الأخرى").split())
"""`بعضها أسرع من بعض` says what `بعضها أبطأ من بعض` says."""
_DENIALS: Final = {
    "يقول": "ينفي",
    "ويقول": "وينفي",
    "يرى": "ينفي",
    "ويرى": "وينفي",
    "يؤكد": "ينفي",
    "ويؤكد": "وينفي",
    "يذكر": "ينفي",
    "يضيف": "ينفي",
    "ويضيف": "وينفي",
    "قال": "نفى",
    "وقال": "ونفى",
    "أكد": "نفى",
    "ذكر": "نفى",
    "تقول": "تنفي",
    "ترى": "تنفي",
    "تؤكد": "تنفي",
    "قالت": "نفت",
}
"""Who says something denies it."""
_NEAR: Final = 5
"""Words from a verb of saying to what is said."""
_THAT: Final = re.compile(r"(?<!\w)إن(?=\w{0,3}(?!\w))")


@dataclass(frozen=True, slots=True)
class Canary:
    """A claim that is false for certain if the one it was made from is true."""

    claim: Claim
    kind: str
    """`figure`, `subject`, `negation`, `opposite` or `source`."""
    origin: int
    """Place of the claim it was made from."""


def judge_with_canaries(
    judge: Judge, claims: Sequence[Claim], others: Sequence[Claim] = ()
) -> tuple[tuple[Verdict, ...], CanaryTally]:
    """A verdict for each claim, then for each of the `others`, and how the canaries among them fared.

    They are asked about in the same prompts, without a sign, anywhere far from the claims they were made from. Only
    those of confirmed claims count: what comes of a false one may be true. Of the others none is made.
    """
    canaries = plant(claims)
    chance = Random(_seed(claims))  # noqa: S311 - no secret
    behind: dict[int, list[int]] = {}
    for number, canary in enumerate(canaries):
        far = [at for at in range(len(claims)) if abs(at - canary.origin) >= len(claims) // _FAR]
        behind.setdefault(chance.choice(far), []).append(number)
    asked: list[tuple[int, int | None]] = []
    for at in range(len(claims)):
        asked += [(at, None), *((at, number) for number in behind.get(at, ()))]
    rows = [claims[at] if number is None else canaries[number].claim for at, number in asked]
    answered = judge.verdicts([*rows, *others])
    given = dict(zip(asked, answered[: len(rows)], strict=True))
    verdicts = tuple(given[at, None] for at in range(len(claims)))
    planted = [
        verdict.kind
        for (_, number), verdict in given.items()
        if number is not None and verdicts[canaries[number].origin].kind is VerdictKind.SUPPORTED
    ]
    return (*verdicts, *answered[len(rows) :]), CanaryTally(
        len(planted), sum(kind is not VerdictKind.SUPPORTED for kind in planted)
    )


def plant(claims: Sequence[Claim]) -> tuple[Canary, ...]:
    """Canaries made of some of the claims, of as many kinds as they allow; the same for the same claims."""
    wanted = max(LEAST, round(SHARE * len(claims)))
    chance = Random(_seed(claims))  # noqa: S311 - no secret
    names = _names(claims)
    made: list[Canary] = []
    used: Counter[str] = Counter()
    places = list(range(len(claims)))
    chance.shuffle(places)
    for at in places:
        if len(made) == wanted:
            break
        for kind in sorted(_PLANTS, key=lambda kind: used[kind]):
            text = _PLANTS[kind](claims[at], chance, names)
            if text and text != claims[at].text:
                made.append(Canary(replace(claims[at], text=text), kind, at))
                used[kind] += 1
                break
    return tuple(made)


def _seed(claims: Sequence[Claim]) -> bytes:
    return sha256("\n".join(claim.text for claim in claims).encode()).digest()


# --- faults ---


def _change_figure(claim: Claim, chance: Random, _names: Mapping[str, _Name]) -> str:
    """Another number in digits, which was not said either."""
    found = [digits for digits in _DIGITS.finditer(claim.text) if not _is_quoted(claim.text[: digits.start()])]
    if not found or tells_rounded(claim.text) or "﴿" in claim.text:
        return ""
    digits = chance.choice(found)
    value = int(digits[0])
    said = frozenset().union(figures(claim.text), *map(possible_figures, (*claim.evidence, *claim.known)))
    is_year = 1000 <= value < 2200  # noqa: PLR2004 - years
    others = [value - 8, value + 9, value - 17] if is_year else [value * 3, value * 2, value + 37]
    if claim.text[digits.end() : digits.end() + 1] in {"%", "٪"}:
        others = [value // 2, value // 3, 97]
    fitting = [other for other in others if str(other) not in said and other > 0]
    return claim.text[: digits.start()] + str(fitting[0]) + claim.text[digits.end() :] if fitting else ""


def _change_subject(claim: Claim, chance: Random, names: Mapping[str, _Name]) -> str:
    """Another name of the article, which neither the claim nor its evidence has, in place of its own."""
    tokens = claim.text.split()
    own = [(at, name) for at in _open_places(tokens) if (name := _name(tokens[at], names))]
    said = " ".join(fold(text) for text in (claim.text, *claim.evidence, *claim.known))
    if not own:
        return ""
    at, name = own[0]
    one = names[fold(name["name"])]
    others = [
        other.spelled
        for folded, other in names.items()
        if folded not in said
        and other.kind == one.kind
        and not {folded, fold(one.spelled)} <= other.beside | one.beside
    ]
    if not others:
        return ""
    tokens[at] = name["before"] + name["joined"] + chance.choice(others) + name["after"]
    return " ".join(tokens)


def _turn_negation(claim: Claim, _chance: Random, _names: Mapping[str, _Name]) -> str:
    """A negation dropped, or one added before a verb."""
    if _NO_PLAIN_NEGATION.intersection(words(claim.text)):
        return ""
    tokens = claim.text.split()
    for at in _open_places(tokens):
        token, before = tokens[at], fold(tokens[at - 1]) if at else ""
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if (dropped := _DROPPED.fullmatch(token)) and _AFTER_NOT.fullmatch(following):
            verb = f"س{following}" if dropped["negator"] == "لن" else following
            return " ".join([*tokens[:at], dropped["joined"] + verb, *tokens[at + 2 :]])
        if before in _NOT_BEFORE:
            continue
        if token in _BEING:
            return " ".join([*tokens[:at], _BEING[token], *tokens[at + 1 :]])
        if _VERB.fullmatch(token) and not {fold(token)} & (NOUNS | NAMES | _NOT_VERBS):
            return " ".join([*tokens[:at], "لا", *tokens[at:]])
    return ""


def _turn_opposite(claim: Claim, chance: Random, _names: Mapping[str, _Name]) -> str:
    """A word for its opposite."""
    if _EACH_OTHER.intersection(words(claim.text)):
        return ""
    tokens = claim.text.split()
    places = []
    for at in _open_places(tokens):
        token = tokens[at]
        found = _OPPOSITE.fullmatch(token)
        before = fold(tokens[at - 1]).strip(PUNCTUATION) if at else ""
        if not found or at + 1 == len(tokens) or before in _PHRASES or token in _NOT_OPPOSITES:
            continue
        if _TURNED[found["word"]] not in claim.text:
            places.append((at, found["joined"] + _TURNED[found["word"]] + found["marks"]))
    if not places:
        return ""
    at, turned = chance.choice(places)
    return " ".join([*tokens[:at], turned, *tokens[at + 1 :]])


def _turn_source(claim: Claim, _chance: Random, _names: Mapping[str, _Name]) -> str:
    """Whoever says something denies it."""
    tokens = claim.text.split()
    that = next((at for at, token in enumerate(tokens) if fold(token).startswith(("ان", "بان"))), None)
    says = next((at for at, token in enumerate(tokens) if token in _DENIALS), None)
    if that is None or says is None or not says < that <= says + _NEAR:
        return ""
    if tokens[that - 1] == "في" or (says and fold(tokens[says - 1]) in NEGATORS):
        return ""
    tokens[says] = _DENIALS[tokens[says]]
    tokens[that] = _THAT.sub("أن", tokens[that])
    return " ".join(tokens)


def _open_places(tokens: Sequence[str]) -> list[int]:
    """Places of the words outside quotations and verses, where a change would make a false quotation, not a fault."""
    return [at for at in range(len(tokens)) if not _is_quoted(" ".join(tokens[: at + 1]))]


def _is_quoted(text: str) -> bool:
    """Whether a quotation or verse is still open at the end of a text, or has just been closed."""
    return text.endswith(("»", "﴾")) or text.count("«") > text.count("»") or text.count("﴿") > text.count("﴾")


_PLANTS: Final[Mapping[str, Callable[[Claim, Random, Mapping[str, _Name]], str]]] = {
    "subject": _change_subject,
    "figure": _change_figure,
    "source": _turn_source,
    "opposite": _turn_opposite,
    "negation": _turn_negation,
}
_NOT_VERBS: Final = frozenset(fold("يسار يمين يهود يونان ياسمين يقين يعني يناير يونيو يوليو").split())
_TURNED: Final = {
    one: other
    for pair in _OPPOSITES.split("|")
    for first, second in [pair.split()]
    for one, other in ((first, second), (second, first))
}
_OPPOSITE: Final = re.compile(
    _JOINED + r"(?P<word>" + "|".join(sorted(_TURNED, key=len, reverse=True)) + r")(?P<marks>[،؛.:]?)"
)


# --- names ---

_PERSONS: Final = GIVEN - NOUNS - ADJECTIVES - EMPTY - frozenset({"يزيد"})
"""Folded given names that are no other word."""
_COUNTRIES: Final = frozenset(
    fold("""
    مصر سوريا لبنان فلسطين ليبيا الأردن العراق السعودية الكويت البحرين الإمارات اليمن السودان الصومال الجزائر
    الهند الصين اليابان الفلبين النمسا السويد النرويج الدنمارك البرتغال البرازيل الأرجنتين المكسيك الكونغو
    النيجر السنغال ألمانيا ألبانيا أستراليا إيطاليا إسبانيا أوكرانيا تركيا نيجيريا تشاد إيران روسيا فرنسا
    بريطانيا أمريكا كندا باكستان أفغانستان إندونيسيا ماليزيا كوريا فيتنام إثيوبيا كينيا غينيا
    """).split()
)
_CITIES: Final = frozenset(
    fold("""
    القاهرة الإسكندرية الجيزة السويس الأقصر القدس الرياض الدمام الطائف الدوحة المنامة الشارقة الخرطوم الرباط
    البصرة الموصل النجف الرقة اللاذقية يافا نيويورك بغداد دمشق بيروت صنعاء دبي إسطنبول أنقرة طهران بكين طوكيو
    موسكو برلين باريس لندن مدريد واشنطن حلب
    """).split()
)
"""None lies in another of its kind: what happened in England happened in Europe, too."""
_SHORTEST_FAMILY: Final = 4
_PARTS: Final = r"(?P<name>[\u0621-\u064a]{3,}|[A-Za-z]{3,})(?P<after>[»)،؛.:]*)"
_FORMS: Final = tuple(
    re.compile(r"(?P<before>[«(]?)" + joined + _PARTS) for joined in (r"(?P<joined>)", r"(?P<joined>[وفبلك])")
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an article."""

    spelled: str
    kind: str
    """`country`, `city`, `given`, `family` or `latin`: a name takes the place of one of its kind."""
    beside: frozenset[str]
    """Folded names that stand next to it somewhere: both may name the same person."""


def _names(claims: Sequence[Claim]) -> Mapping[str, _Name]:
    """The names in the claims by their folded form; a family name is a word with the article behind a given one."""
    found: dict[str, _Name] = {}
    for claim in claims:
        tokens = [token.strip(PUNCTUATION) for token in claim.text.split()]
        for before, token in zip(("", *tokens), tokens, strict=False):
            folded, leading = fold(token), fold(before)
            if not (kind := _kind(folded, leading)):
                continue
            beside = found[folded].beside if folded in found else frozenset[str]()
            if kind == "family":
                beside |= {leading, folded}
            found[folded] = _Name(token, kind, beside)
    return found


def _kind(folded: str, leading: str) -> str:
    if folded in _COUNTRIES | _CITIES:
        return "country" if folded in _COUNTRIES else "city"
    if folded in _PERSONS:
        return "given"
    if leading in _PERSONS and folded.startswith("ال") and folded not in NOUNS and len(folded) > _SHORTEST_FAMILY:
        return "family"
    return "latin" if folded.isascii() and folded.isalpha() and len(folded) > 2 else ""  # noqa: PLR2004 - no unit


def _name(token: str, names: Mapping[str, _Name]) -> re.Match[str] | None:
    """The parts of a word that is one of the names, with what is joined to it."""
    matches = (form.fullmatch(token) for form in _FORMS)
    return next((parts for parts in matches if parts and fold(parts["name"]) in names), None)
