"""Honest rewordings of a sentence: the same with other small words, marks or notation, or in another order.

Nothing here is shared with what checking knows. A rewording that does not apply returns the sentence unchanged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Rewording = Callable[[str], str]

_CONNECTIVES: Final = {
    "لأن": "إذ إن",
    "لكن": "غير أن",
    "ولكن": "إلا أن",
    "أيضا": "كذلك",
    "أيضًا": "كذلك",
    "كذلك": "أيضًا",
    "عندما": "حين",
    "وعندما": "وحين",
    "نحو": "قرابة",
    "حوالي": "نحو",
    "لذلك": "ولهذا",
    "خلال": "أثناء",
    "أثناء": "خلال",
    "مثل": "كـ",
    "عام": "سنة",
    "سنة": "عام",
    "يعني": "أي",
    "قبل كل شيء": "أولًا",
    "الذي": "وهو الذي",
    "ثم": "وبعد ذلك",
    "بسبب": "نتيجة",
    "كي": "لكي",
    "رغم": "على الرغم من",
    "جدا": "للغاية",
    "فقط": "لا غير",
    "صار": "أصبح",
    "أصبح": "صار",
    "يمكن": "من الممكن",
    "يجب": "ينبغي",
    "اليوم": "في الوقت الحاضر",
    "هناك": "ثمة",
    "عبر": "من خلال",
    "عشان": "لأن",
    "ده": "هذا",
    "دي": "هذه",
    "اللي": "الذي",
    "إيه": "ماذا",
    "دلوقتي": "الآن",
    "زي": "مثل",
    "كمان": "أيضًا",
    "بس": "لكن",
}
_FILLERS: Final = frozenset(
    fold("يعني طيب طب مثلا طبعا فعلا جدا تماما بالطبع حقا أيضا كذلك إذن حسنا والله بقى خلاص الحقيقة نعم قد لقد").split()
)
_INTRODUCTIONS: Final = (
    "ويقول المتحدث إن ",
    "وبحسب المتحدث، ",
    "ويضيف أن ",
    "ومن جهة أخرى، ",
    "ويرى المتحدث أن ",
    "وفي هذا السياق، ",
)
_VERB: Final = re.compile(r"[يت][\u0621-\u064a]{3,6}")
_SUBJECT: Final = re.compile(r"ال[\u0621-\u064a]{3,9}")
_UNITS: Final = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()  # noqa: SIM905 - a list of words
_TENS: Final = "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()  # noqa: SIM905 - a list of words
_WORDS: Final = {
    **{fold(word): str(number) for number, word in enumerate(_UNITS) if number > 2},  # noqa: PLR2004 - counted things
    **{fold(word[:-2] + ending): str(10 * tens) for tens, word in enumerate(_TENS, 2) for ending in ("ون", "ين")},
}
_CLAUSE: Final = 4
"""Fewest words of a clause that is moved or kept alone."""
MOST: Final = 3
"""Most rewordings of one sentence."""


def reworded(text: str, chance: Random) -> str:
    """The sentence after up to three of the rewordings that apply to it, in a random order."""
    done = 0
    for rewording in chance.sample(REWORDINGS, len(REWORDINGS)):
        changed = rewording(text)
        done += changed != text
        text = changed
        if done == chance.randint(1, MOST):
            break
    return text


def introduced(text: str, chance: Random) -> str:
    """The sentence after a phrase that names the speaker or joins it to the talk."""
    return chance.choice(_INTRODUCTIONS) + text


def _connected(text: str) -> str:
    return " ".join(_CONNECTIVES.get(token, token) for token in text.split())


def _without_fillers(text: str) -> str:
    tokens = text.split()
    return (
        " ".join(token for token in tokens if fold(token).strip("،,") not in _FILLERS)
        if len(tokens) > _CLAUSE
        else text
    )


def _in_words(text: str) -> str:
    """Whole numbers from 3 to 99 in words."""
    return re.sub(r"(?<![\d.,٫/:%])\b([3-9]|[1-9]\d)\b(?![\d.,٫/:%٪])", lambda match: _spelled(int(match[0])), text)


def _spelled(number: int) -> str:
    tens, units = divmod(number, 10)
    if number <= 10:  # noqa: PLR2004 - single words
        return _UNITS[number]
    if tens == 1:
        return f"{('', 'أحد', 'اثنا')[units] if units < 3 else _UNITS[units]} عشر"  # noqa: PLR2004 - as above
    return f"{_UNITS[units]} و{_TENS[tens - 2]}" if units else _TENS[tens - 2]


def _in_digits(text: str) -> str:
    """Number words in digits, unless they are part of a longer number."""
    tokens = text.split()
    changed = []
    for at, token in enumerate(tokens):
        neighbours = tokens[max(0, at - 1) : at] + tokens[at + 1 : at + 2]
        alone = not any(_numeral(neighbour) for neighbour in neighbours)
        changed.append(_WORDS.get(fold(token), token) if alone else token)
    return " ".join(changed)


def _numeral(token: str) -> bool:
    word = fold(token).lstrip("و")
    return word in _WORDS or word.startswith(
        ("مئ", "ميه", "مايه", "الف", "الاف", "مليو", "ملاي", "مليار", "عشر", "واحد", "في")
    )


def _moved(text: str) -> str:
    """The last clause put first."""
    first, comma, last = text.rstrip(".؟!").rpartition("،")
    if comma and min(len(first.split()), len(last.split())) >= _CLAUSE:
        return f"{last.strip()}، {first.strip()}."
    return text


def _subject_first(text: str) -> str:
    tokens = text.split()
    if len(tokens) > _CLAUSE and _VERB.fullmatch(tokens[0]) and _SUBJECT.fullmatch(tokens[1]):
        return " ".join([tokens[1], tokens[0], *tokens[2:]])
    return text


def _shortened(text: str) -> str:
    """The first clause alone."""
    first, comma, _ = text.partition("،")
    return f"{first.strip()}." if comma and len(first.split()) > _CLAUSE else text


REWORDINGS: Final[tuple[Rewording, ...]] = (
    *(_connected, _without_fillers, _in_words, _in_digits, _moved, _subject_first, _shortened),
)
"""Every rewording; `reworded` draws from them."""
