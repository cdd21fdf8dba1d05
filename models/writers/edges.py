"""Where a quotation of speech may begin and end, by the words on both sides of its edges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.arabic import salience
from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.formatting import MONTHS
from pipeline.arabic.names import GIVEN, PLACES, is_known_name
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import NAMES, NOUNS
from pipeline.arabic.stopwords import DEPENDENT_OPENERS, FILLERS, FUNCTION, HANGING
from pipeline.arabic.voice import is_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

BABBLE: Final = 0.12
"""Share of a sentence's words that only hold the turn from which it is left out: `يعني، بقى، أ`."""
REACH: Final = 8
"""Words before a quotation among which a verb of saying makes it somebody else's."""


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(f" {fold(phrase.strip())} " for phrase in text.split("|"))


_POINTING: Final = _words(
    "هذا هذه ذلك تلك هؤلاء أولئك هذان هذين ذاك ده دي دول دا هاد هاي هدول هيدا هيدي هذي هذول هذاك كده كدا هيك هناك"
)
_PRONOUNS: Final = _words("هو هي هم هما وهو وهي وهم")
_SAYING: Final = _words(
    "قال قالت قالوا قاله وقال وقالت وقالوا فقال فقالت فقالوا يقول تقول ويقول بيقول بتقول بيقولوا وبيقول أجاب فأجاب رد"
    " ورد سأل سأله ذكرت ذكر قايل قايلة"
)
_WITHOUT_SUBJECT: Final = _words("كان كانت كانوا راح راحت طلع طلعت قام قامت رجع رجعت بقى بقت ظل ظلت فضل فضلت صار صارت")
"""Verbs whose subject stands beside them or was named before."""
_BELIEVERS: Final = _words("لنا عنا علينا بنا منا المسلمين للمسلمين والمسلمين عنهم لهم عليهم إياكم وإياكم ولكم")
"""Words of those for whom a sermon prays."""
_LEANING: Final = re.compile("أن |إن (?:إحنا|أنا|إنت|هو|هي)|ل[يتن][\u0621-\u064a]{3,}|وال\\S+ ﴿|[0-9%]")
"""Beginnings that lean on what was said before: `that`, `so that`, the last of a list before a verse, a bare figure."""
_SOURCES: Final = _words("رواه أخرجه متفق")
"""First words of what is said about the hadith before."""
_LEADS_ON: Final = HANGING | _words("بس مش أوعى فعلا إنت دلوقتي لازم هل لديك وسط نصا إنه إنها إني إننا إنهم المهم يا")
"""Last words of a sentence that goes on in the next."""
_LEADS: Final = _phrases("علشان كده|عشان كده|سبيل المثال|من الآخر|الوهلة الأولى|للوهلة الأولى|السؤال بقى|المهم بقى")
"""Last words, two of them, of the same kind."""
_PROMISES: Final = _phrases(
    "خدوا بالكم|خد بالك|خلي بالك|هقول لك|هقولك|هقول لكم|حاجة مهمة|ملاحظة شديدة|حاجتين|للوهلة الأولى|متخيلة|متخيلين"
    "|متخيل إن|فاكر إن|فاكرين إن|نصا|السؤال بقى|سؤال بقى"
)
"""What a sentence says that only the next one makes true or takes back."""
_CONDITIONS: Final = _words("لو إذا لما كلما مهما ولو وإذا")
_TO_LISTENERS: Final = _words(
    "هقول هقولك أقولك أقولكم ركز ركزوا معايا خلونا خلينا تعالوا بصوا تخيلوا تخيل هتفتكر كمل اسمعوا لاحظوا"
)
"""Words by which a speaker turns to the listeners."""
_ANEW: Final = re.compile(
    rf"(?:و?في|و?خلال|اعتبارا من|و?منذ|من) (?:\S+ ){{0,2}}?(?:\d{{4}}|{'|'.join(map(fold, MONTHS))})"
    r"|(?:المهم|بحسب|وفقا|معني)\b"
)
"""Beginnings behind which a thought begins: a date, `according to`, `the point is`."""
_TIME: Final = re.compile(
    rf"(?:^| )(?:ب?في|من|منذ|بداية|اعتبارا) (?:\S+ ){{0,3}}?(?:\d{{4}}"
    rf"|{'|'.join(map(fold, ('اللي فات', 'اللي فاتت', 'الماضي', 'الماضية', *MONTHS)))})$"
)
_NAMING: Final = NOUNS | NAMES | PLACES | GIVEN
_OPENINGS: Final = FILLERS | _words("يا جماعة")
_HOLDING: Final = _words("يعني بقى أ آ اه آه ام اي وبتاع بتاع إيه اصل")


def is_told(sentence: Sentence) -> bool:
    """Whether a sentence is about the subject and can be read.

    It is no greeting, prayer, advertisement or introduction of who speaks, not about the video, and no babble.
    """
    text, said = sentence.text, words(sentence.text)
    passing = salience.aside_reason(sentence) or salience.prays(text) or salience.is_about_talk(text)
    held = sum(word in _HOLDING or _is_letter(word) for word in said)
    return not passing and not salience.introduces_speaker(text) and held <= max(1, BABBLE * len(said))


def told_apart(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether it is told, where a prayer goes on as long as sentences join it: `and make us …`."""
    told: list[bool] = []
    praying = False
    for sentence in sentences:
        said = words(sentence.text)
        joined = bool(said) and said[0].startswith("و") and not _BELIEVERS.isdisjoint(said)
        praying = salience.prays(sentence.text) or (praying and joined)
        told.append(not praying and is_told(sentence))
    return told


def opens(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether a quotation may begin with a sentence, given the one `before` it.

    Not where it points back, goes on with a clause or a list, has its subject or its question in the sentence before,
    or is what somebody is quoted with there.
    """
    said = words(without_opening(sentence.text))
    if not said or said[0] in DEPENDENT_OPENERS | _SAYING | _SOURCES or not _POINTING.isdisjoint(said[:5]):
        return False
    if (said[0].startswith("ف") and said[0][1:] in FUNCTION) or _LEANING.match(sentence.text) or _joins_verb(said[0]):
        return False
    named = next((at for at, word in enumerate(said[:4]) if word in _PRONOUNS), None)
    if named is not None and not any(map(_is_named, said[:named])):
        return False
    # Without a subject beside it, such a verb has one that was named before.
    bare = said[0].removeprefix("و").removeprefix("ف")
    if bare in _WITHOUT_SUBJECT and not any(map(_is_named, said[1:2])):
        return False
    return before is None or _lets_go(before)


def _lets_go(before: Sentence) -> bool:
    """Whether what follows a sentence may be told without it."""
    said = words(before.text)
    if before.text.rstrip().endswith(":") or is_question(before.text):
        return False
    if not said:
        return True
    if said[-1] in _LEADS_ON or "المهم" in map(fold, said[-3:]):
        return False
    return _SAYING.isdisjoint(said[-REACH:])


def closes(sentence: Sentence, after: Sentence | None) -> bool:
    """Whether a quotation may end with a sentence, given the one `after` it.

    Not where it hangs over, promises something, or states a condition that the next one answers. A time at its end may
    be the next sentence's: `in October 2022,`.
    """
    said = words(sentence.text)
    if not said or said[-1] in _LEADS_ON or _is_letter(said[-1]) or sentence.text.rstrip().endswith(":"):
        return False
    text = f" {' '.join(said)} "
    if text.endswith(_LEADS) or any(phrase in text for phrase in _PROMISES):
        return False
    following = words(after.text)[:1] if after else ()
    if following and following[0].startswith("ف") and following[0] not in NOUNS and not _CONDITIONS.isdisjoint(said):
        return False
    joined = not following or following[0].startswith(CONJUNCTIONS) or following[0] in DEPENDENT_OPENERS
    return joined or not _TIME.search(" ".join(said[-6:]))


def points(sentence: Sentence) -> bool:
    """Whether a sentence points to something early on."""
    return not _POINTING.isdisjoint(words(sentence.text)[:10])


def turns_away(text: str) -> bool:
    """Whether a text goes on to something else, or turns to the listeners."""
    return salience.moves_on(text) or not _TO_LISTENERS.isdisjoint(words(text))


def begins_anew(text: str) -> bool:
    """Whether a text begins with a date or words behind which a thought begins."""
    return bool(_ANEW.match(" ".join(words(text)[:6])))


def without_opening(text: str) -> str:
    """A text without the fillers that it begins with: `طيب، يا جماعة`."""
    said = text.split()
    begin = 0
    while begin < len(said) - 1 and fold(said[begin]).strip("،.؟!") in _OPENINGS:
        begin += 1
    return " ".join(said[begin:])


def _is_named(word: str) -> bool:
    return word.startswith("ال") or is_known_name(word)


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _joins_verb(word: str) -> bool:
    """Whether a word is `so` with a verb, or `and` with one of the present, whose subject was named before."""
    rest = word[1:]
    if {word, rest, rest.removeprefix("ب")} & _NAMING or rest.startswith("ال") or len(rest) <= len("كل"):
        return False
    present = rest[0] in {"ي", "ن", "ت", "ب"} and len(rest) > len("يكن")
    return (word[0] == "و" and present) or (word[0] == "ف" and rest[0] != "ي" and word not in FUNCTION)
