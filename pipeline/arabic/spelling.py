"""Spelling that grammar or a fixed phrase decides where the letters of captions leave it open.

Everything here reads *bare* words (`orthography`) with a first guess at their spelling, and changes it where a rule is
sure; elsewhere the guess stays. Which rules are sure was measured: one that does not mend several times as many words
as it spoils, in talks, sermons and an encyclopedia, is not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.arabic.orthography import bare
from pipeline.arabic.set_phrases import PHRASES
from pipeline.arabic.verbs import ALSO_FOURTH, ENDING_IN_WAW, FIRST_FORM, SAID_OF_ONESELF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CALL_BEGINS: Final = 0.15
"""Probability of a sentence end before `O people` from which the call opens a sentence."""
LIKELY_END: Final = 0.5
"""Probability of a sentence end over which nothing that was said before counts."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Words with a first guess at their spelling."""

    words: Sequence[str]
    """Bare."""
    written: list[str]
    """As they are spelled so far: a rule sees what was decided before it."""
    ends: Sequence[float]
    """Probability that a sentence ends after each word."""

    def word(self, at: int) -> str:
        """The bare word at a place; nothing outside."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def before(self, at: int, most: int) -> Iterator[str]:
        """The words before a place, the nearest first, at most so many and not over a likely sentence end."""
        for place in range(at - 1, max(-1, at - 1 - most), -1):
            if self.ends[place] >= LIKELY_END:
                return
            yield self.words[place]


class Rule(NamedTuple):
    """How a kind of word is spelled."""

    words: re.Pattern[str]
    """The bare words that it may decide."""
    decide: Callable[[Guess, int, re.Match[str]], str | None]
    """The spelling of the word at a place, which matched; None where the rule says nothing."""
    in_standard: bool = True
    in_dialect: bool = True


def corrected(words: Sequence[str], written: Sequence[str], ends: Sequence[float], *, dialect: bool) -> list[str]:
    """The words in the spelling that the rules decide; elsewhere as they were guessed.

    `words` are bare, `ends` the probability of a sentence end after each.
    """
    guess = Guess(words, list(written), ends)
    phrases = _in_phrases(words)
    for at, word in enumerate(words):
        decided = phrases.get(at) or next(filter(None, _answers(guess, at, word, dialect=dialect)), None)
        guess.written[at] = decided or guess.written[at]
    return guess.written


def _answers(guess: Guess, at: int, word: str, *, dialect: bool) -> Iterator[str | None]:
    holds = (found for found in _applicable(word) if (found[0].in_dialect if dialect else found[0].in_standard))
    return (rule.decide(guess, at, match) for rule, match in holds)


@lru_cache(8192)
def _applicable(word: str) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """The rules for a bare word, with their matches."""
    return tuple((rule, match) for rule in RULES if (match := rule.words.fullmatch(word)))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(bare, text.split()))


# --- phrases ---


def _joined(phrase: str) -> tuple[str, ...]:
    """The phrase, and with `and` and `so` before it if it has several words."""
    return (phrase, "و" + phrase, "ف" + phrase) if " " in phrase else (phrase,)


_BY_FIRST: Final[dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]] = {}
for _written in (tuple(joined.split()) for phrase in PHRASES for joined in _joined(phrase)):
    _heard = tuple(map(bare, _written))
    _BY_FIRST.setdefault(_heard[0], []).append((_heard, _written))


def _in_phrases(words: Sequence[str]) -> dict[int, str]:
    """The words of fixed phrases, by place."""
    found: dict[int, str] = {}
    for at, word in enumerate(words):
        for heard, written in _BY_FIRST.get(word, ()):
            if tuple(words[at : at + len(heard)]) == heard:
                found |= dict(enumerate(written, at))
    return found


# --- the particles `أن` and `إن` ---

_THAT: Final = re.compile("([وف]?)(ان(?:ه|ها|هم|هما|هن|نا|ني|ي|ك|كم|كما)?)")
_SAYING: Final = re.compile(
    "(?:و|ف|ل|س|فل|وس)?(?:قال|قالت|قالا|قالوا|قلت|قلتم|قلنا|[يتن]قول|اقول|يقولون|تقولون|يقولوا|تقولوا|تقولي|قيل|يقال"
    "|قائلا|قائلين|قائله|القول|قولهم|قولنا|قولك|قلته|قاله|قالته|يقوله)"
)
_NOT_SAID: Final = _words("أقل تقل يقل نقل")
"""After `لم` forms of saying, elsewhere other words."""
_ADDRESSED: Final = re.compile(
    "ال.+|ل(?:ي|ه|ها|هم|نا|ك|كم|هما)|الله|تعالى|رسول|النبي|صلى|عليه|وسلم|بعض|اهل|احد|كل|هذا|سبحانه|عز|وجل|جل|وعلا|في|من|عنه|عنها|نفس[يه]|نفسها|اخر|اول|شيء|ذلك|تلك"
)
"""Words that may stand between a word of saying and what is said."""
_KNOWING: Final = re.compile(
    "[وفل]?(?:اعلموا|اعلم|اعلمي|[يتن]علم|[يت]علمون|[يت]علموا|علم|علمت|علمنا|علموا|اشهد|نشهد|يشهد|شهد|تذكروا|تذكر|اذكروا"
    "|ايقن|ايقنوا|تيقنوا|عرف|عرفت|[يتن]عرف|[يت]عرفون|ظن|[يتن]ظن|[يت]ظنون|[يتن]رى|ارى|راي|رايت|اخبر|[يتن]خبر|اخبرنا|اعتقد"
    "|[يتن]عتقد|زعم|[يتن]زعم|[يت]زعمون|فهم|فهمت|[يتن]فهم|تاكدوا|تاملوا|ذكر|ذكرت)"
)
_GOVERNING: Final = _words("""
على عن من إلى في مع قبل بعد دون بدون منذ رغم برغم غير سوى لولا لو بما كما بيد بمجرد حين خشية شرط بشرط عدا خلا بحجة
بدعوى بحكم بسبب بفضل نتيجة
""")
"""Words that govern `أن`."""
_IN_AND_AFTER: Final = _words("في وفي بعد وبعد أثناء خلال")
_BEING: Final = _words("""
معناه معناها المشكلة الحقيقة الواقع المهم الصحيح الغريب العجيب الأهم السبب الفرق الدليل الفكرة النتيجة الخلاصة القاعدة
الطريف الجميل المدهش اللافت الغاية الحكمة المقصود الأصل يعني
""")
"""Words of which `أن` tells what they are."""
_OPENING: Final = _words("اللهم ربنا والله فوالله كلا إذ حيث بل نعم")
"""Words after which a sentence of its own begins."""
_UNTIL: Final = _words("ما وما كان بعد قبل منذ إلى حتى سبق غير إلا على بمجرد لبث لبثوا بد من")
"""Words after which `أن` stands before a perfect too."""
_IF_FOLLOWED: Final = re.compile("لم|شاء|كان|كانت|كانوا|كنت|كنتم|كنا|[^ايتن].{2,}(?:تم|تما)")
"""After `if`: a perfect."""
_AND_IF_FOLLOWED: Final = re.compile("[^ايتن].{2,}وا")
"""The same after `and if` alone: without `and` such words follow `أن` too."""
_PRESENT: Final = re.compile("[يتن].{2,}")
_CALLING: Final = _words("يا أيها أيتها عباد معاشر معشر")
_CALLS: Final = frozenset(
    tuple(map(bare, call.split()))
    for call in ("أمة الإسلام", "أمة محمد", "إخوة الإيمان", "إخوة الإسلام", "إخوة العقيدة")
)
_CALLED: Final = re.compile(
    "[وبل]?ال.+|لل.+|على|في|من|الى|هذا|هذه|الله|عباد|اخوتي|اخواني|احبتي|بني|امه|اخوه|ايها|رب|سيدي|ابي|امي|جماعه|ل[^م]..+"
)
"""Words that may stand between a calling word and what somebody is told."""
_STRESSED: Final = re.compile("ل(?:عبره|عظه|ايه|ايات|ذكرى|بلاغا|دليلا|رحمه|حكمه|[^ا ]{2}.{2,}ا)")
_BOUND: Final = 12
"""Words to either side in which `that` looks for what decides it."""


def _that(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    letter = _that_letter(guess, at, match[1], match[2])
    return match[1] + letter + match[2][1:] if letter else None


def _that_letter(guess: Guess, at: int, joined: str, core: str) -> str:
    """`أ`, `إ`, or nothing where neither is sure."""
    verb = core == "ان" and _PRESENT.fullmatch(guess.word(at + 1)) is not None
    if core == "ان" and _is_if_or_stressed(guess, at, joined):
        return "إ"
    if joined == "ف":
        return "" if verb else "إ"
    if joined:
        letter = _last_that(guess, at)
        return "" if letter == "إ" and verb else letter
    if _is_governed(guess, at):
        return "أ"
    before = guess.word(at - 1)
    if core == "ان" and before in ("ما", "وما", "فما"):
        return "إ"  # ما إن
    begins = before == "حتى" or before in _OPENING or _is_called(guess, at) or _is_said(guess, at)
    return "إ" if begins and not verb else ""


def _is_if_or_stressed(guess: Guess, at: int, joined: str) -> bool:
    """Whether the particle alone is `if`, or what follows carries the lam of stress: `إن في ذلك لعبرة`."""
    after = guess.word(at + 1)
    if after == "في":
        return any(map(_STRESSED.fullmatch, guess.words[at + 3 : at + 1 + _BOUND]))
    if joined:
        return _IF_FOLLOWED.fullmatch(after) is not None or _AND_IF_FOLLOWED.fullmatch(after) is not None
    return _IF_FOLLOWED.fullmatch(after) is not None and _without_and(guess.word(at - 1)) not in _UNTIL


def _is_governed(guess: Guess, at: int) -> bool:
    """Whether the word before wants `أن`."""
    before = guess.word(at - 1)
    if _without_and(before) in _GOVERNING or _KNOWING.fullmatch(before):
        return True
    told = before in _BEING or (before in ("هذا", "ذلك") and guess.word(at - 2) in ("معنى", "ومعنى"))
    return told and guess.ends[at - 1] < LIKELY_END


def _without_and(word: str) -> str:
    return word[1:] if word[:1] in ("و", "ف") and len(word) > len("وفي") else word


def _last_that(guess: Guess, at: int) -> str:
    """The letter of the last `that` in the sentence, with which `and that` goes on."""
    for back, word in enumerate(guess.before(at, _BOUND), 1):
        parts = _THAT.fullmatch(word)
        if parts and parts[1] != "ف" and (letter := guess.written[at - back][len(parts[1])]) in "أإ":
            return letter
    return ""


def _is_called(guess: Guess, at: int) -> bool:
    """Whether somebody is called just before, at the beginning of a sentence that does not wait for `that`."""
    for back in range(1, _BOUND):
        word = guess.word(at - back)
        if word in _CALLING or (word, guess.word(at - back + 1)) in _CALLS:
            begin = at - back
            named = word not in _CALLING and guess.word(begin - 1) not in _GOVERNING
            opens = begin == 0 or named or guess.ends[begin - 1] >= CALL_BEGINS
            return back > 1 and opens and not any(map(_KNOWING.fullmatch, guess.words[max(0, begin - 5) : begin]))
        if not _CALLED.fullmatch(word):
            return False
    return False


def _is_said(guess: Guess, at: int) -> bool:
    """Whether what somebody says begins here."""
    for back, word in enumerate(guess.before(at, 5), 1):
        if _SAYING.fullmatch(word) or (word in _NOT_SAID and guess.word(at - back - 1) in ("لم", "فلم", "ولم")):
            return True
        if not _ADDRESSED.fullmatch(word):
            return False
    return False


# --- `ألا` and `إلا` ---

_NEGATIONS: Final = _words(
    "لا ولا فلا لم ولم فلم لن ولن فلن ما وما فما ليس وليس فليس ليست وليست هل وهل فهل غير دون لست لسنا ليسوا"
)
_TURNS: Final = _words("إنما وإنما فإنما بل لكن ولكن")
_CALLING_OUT: Final = re.compile("[وف](?:صلوا|اتقوا|اعلموا|ان|انه|انها|اكثروا)")


def _unless(guess: Guess, at: int, _: re.Match[str]) -> str | None:
    """`ألا` where somebody calls attention, or before a present tense without a negation; `إلا` after a negation."""
    after = guess.word(at + 1)
    if _CALLING_OUT.fullmatch(after):
        return "ألا"
    nearby = list(guess.before(at, 9))
    turn = next((back for back, word in enumerate(nearby) if word in _TURNS), len(nearby))
    negated = not _NEGATIONS.isdisjoint(nearby[:turn])
    present = _PRESENT.fullmatch(after) is not None
    namely = after in ("وهو", "وهي", "وهم") and guess.word(at + 2).startswith("ال")
    if negated == present or namely or not nearby:
        return None
    return "إلا" if negated else "ألا"


# --- verbs ---

_FORMS: Final = "|".join(sorted(FIRST_FORM, key=len, reverse=True))
_COMMAND: Final = re.compile(f"([وف]?)({_FORMS})((?:وا|و|ي)?(?:ه|ها|هم|هما|هن|نا|ني|لي|لنا|لهم|له|لها)?)")
_SUFFIX: Final = "(?:ات|ه|ها|هم|نا|ي|ك|كم|ا|ين|ان|يه|اته|اتها|اتهم|اتنا)?"
_NOUN_OF_FORMS_7_TO_10: Final = re.compile(
    "[وف]?[بلك]?(?:است[^ا]{2,3}ا[^ا]|ا[^اوي]ت[^ا]ا[^ا]|ان[^ا]{2}ا[^ا]|ازد[^ا]ا[^ا]|ا(?:صط|ضط)[^ا]ا[^ا])" + _SUFFIX
)
_NAMES_LIKE_THEM: Final = re.compile(
    "[وف]?[بلك]?(?:انبياء|انقياء|انصباء|انسباء|انديانا|انجلترا|اندونيسيا|انطوان|استوريا).*"
)
_PERFECT_OF_FORMS_7_TO_10: Final = re.compile(
    "[وف]?(?:است[^ا]{2,4}|استا[^ا]{2}|ا[^اوي]ت[^ا]{2}|ان[^ا]{3}|ا[^اوي]ت[^ا]ا?[^ا])"
    "(?:تم|تما|تموه|تموها|وا|وه|وها|وهم|تها|تني|تنا|ناه|ناها)"
)
_PERFECT_OF_FORM_4: Final = re.compile(
    "[وف]?(?:انتج|امتع|اعتق|افتي|افت|اتقن|انبت|انشا|انذر|انجب|انزل|انفق|انجز|انقذ|انهي|انكر|اندر|انصت|انبا|انسا|انها).*"
)
"""Forms with hamza that look like the former."""
_PRESENT_OF_FORMS_8_AND_10: Final = re.compile(
    "[وف]?ا(?:[^اوي]ت[^ا][^ات]|[^اوي]ت[اي][^ا]|[^اوي]ت[^ا]ي|ست[^ا]{2}[^ات]|ستا[^ا]{2}|ست[^ا]ي[^ا]|زد[^ا]{2}|صط[^ا]{2})(?:ه|ها|هم|ك|كم)?"
)
_COUNTED: Final = re.compile("[وفبلك]{0,2}اثن(?:ان|ين|تان|تين|ا|ي|تا|تي)(?:عشر)?|[وف]?(?:ابيض|اسود|احمر|اخضر|اصفر)ت")
"""`two`, and verbs of colour."""
_BEGINS_WITH_ALEF: Final = re.compile("[وفبلك]{0,2}ا[^ل].+")
_I_MUST: Final = _words("لم ولم فلم لن ولن فلن كي لكي سوف وسوف")
"""Particles after which a verb stands: with an alef before it, `I`."""
_I: Final = _words(
    "أنا وأنا فأنا كنت وكنت لست ولست إنني وإنني لأنني لأني لكنني ولكنني إني وإني دعني دعوني لا أن وأن بأن"
    " صرت بدأت رحت ظللت بقيت عدت جعلت كدت أكاد أكن"
)
"""Words after which an imperative or a perfect cannot stand."""
_PRAYER: Final = 25
"""Words over which a prayer goes on with `and`."""
_PETITION: Final = 15
"""Words over which it goes on with a verb and its object."""
_BIDDEN_THAT: Final = re.compile("[وب]?ان")
_WANTING: Final = re.compile("[وف]?ا[^ل].*|.*[تن]ي|.*[^ا]ت|علي|لي|سوى")
"""Before `that`: what `I` want, can or must."""
_LORDS: Final = re.compile("ال.+|ارباب|كل|السماوات|العالمين|العرش|هذا|هذه|موسى|ابراهيم|محمد")
"""Words of which God is the lord, who is told of, not called."""


def _with_first_alef(guess: Guess, at: int, letter: str) -> str:
    place = guess.words[at].index("ا")
    return guess.written[at][:place] + letter + guess.written[at][place + 1 :]


def _command(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """Imperatives of the first form: no hamza."""
    form, rest = match[2], match[3]
    certain = form not in ALSO_FOURTH
    plural = rest.startswith("وا") or (rest.startswith("و") and rest != "و" and form not in ENDING_IN_WAW)
    if (
        guess.written[at][len(match[1])] == "إ"  # no verb begins so
        or (plural and certain)
        or form + rest == "اعلموا"
        or (match[1] == "و" and form + rest == "اعلم" and guess.word(at + 1).startswith("ان"))
        or (form in ("اسمح", "اغفر", "احك", "اشرح") and (rest or guess.word(at + 1)) in ("لي", "لنا"))
        or (
            (certain or form in ("اجبر", "اجمع"))
            and form not in SAID_OF_ONESELF
            and rest != "و"
            and _is_prayed(guess, at, rest)
        )
    ):
        return _with_first_alef(guess, at, "ا")
    return None


def _is_prayed(guess: Guess, at: int, rest: str) -> bool:
    """Whether God is asked here: called just before or after, or not far before where a prayer goes on."""
    repeats = _PRAYER
    while repeats and guess.word(at) == guess.word(at - 1):
        at, repeats = at - 1, repeats - 1
    if _is_god_called(guess, at - 1) or (guess.word(at - 2), guess.word(at - 1)) == ("رب", "العالمين"):
        return True
    reach = _PRAYER if guess.words[at].startswith(("و", "ف")) else _PETITION if rest else 0
    return guess.word(at + 1) == "اللهم" or any(_is_god_called(guess, at - back) for back in range(2, reach + 1))


def _is_god_called(guess: Guess, at: int) -> bool:
    word = guess.word(at)
    return word in ("اللهم", "ربنا", "وربنا") or (word == "رب" and not _LORDS.fullmatch(guess.word(at + 1)))


def _derived(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """Verbal nouns and perfects of the seventh to the tenth form, `two` and verbs of colour: no hamza."""
    word = match[0]
    if (
        (_NOUN_OF_FORMS_7_TO_10.fullmatch(word) and not _NAMES_LIKE_THEM.fullmatch(word))
        or (_PERFECT_OF_FORMS_7_TO_10.fullmatch(word) and not _PERFECT_OF_FORM_4.fullmatch(word))
        or _COUNTED.fullmatch(word)
    ):
        return _with_first_alef(guess, at, "ا")
    return None


def _first_person(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """`I` as the subject, where what stands before leaves no other: hamza."""
    word, before = match[0], guess.word(at - 1)
    if not word.startswith("ا") or guess.written[at][0] != "ا":
        return None
    command = _COMMAND.fullmatch(word)
    present = (command and not command[3].startswith(("و", "ي", "ل"))) or (
        _PRESENT_OF_FORMS_8_AND_10.fullmatch(word) and not _NOUN_OF_FORMS_7_TO_10.fullmatch(word)
    )
    perfect = not command and _BIDDEN_THAT.fullmatch(before) and not _WANTING.fullmatch(guess.word(at - 2))
    if before in _I_MUST or (present and before in _I and not perfect):
        return _with_first_alef(guess, at, "أ")
    return None


_FUTURE: Final = re.compile("([وف]?س)ا(.{3,})")
_OTHER_FUTURES: Final = re.compile(
    "(?:حاول|تحدث|تكلم|حدث|خبر|توب|مر|قص|حكي|عود|كون|قدم|تناول|كمل|عطي|قوم|وضح|بين|لخص|ركز|نتقل|خيب|تي|ريكم|ترك|بقي|نهي"
    "|قول|عرض|شير|جيب|ظل|ضع|جرب|ضيف)(?:ه|ها|هم|ك|كم|لك|لكم)?"
)


def _shall(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """`I shall`: hamza."""
    verb = "ا" + match[2]
    command = _COMMAND.fullmatch(verb)
    if (
        (command and not command[1] and not command[3].startswith("و"))
        or (_PRESENT_OF_FORMS_8_AND_10.fullmatch(verb) and not match[2].startswith("عت"))  # ساعته
        or _OTHER_FUTURES.fullmatch(match[2])
    ):
        return match[1] + "أ" + guess.written[at][len(match[1]) + 1 :]
    return None


_ENDINGS_OF_ASKING: Final = "(?:ت|تم|نا|وا|ون)?(?:ني|نا|ه|ها|هم|هما)|وه|وها|وهم|وني|ونه|ونها|تموني|تموه|ونك|ونني"
_ASKED: Final = re.compile(f"([وف]?س)ال({_ENDINGS_OF_ASKING})|([وف]?(?:[يتن]|س[يتن]|ل[يتن])س)ال(|{_ENDINGS_OF_ASKING})")


def _asked(_: Guess, __: int, match: re.Match[str]) -> str:
    """`سأل` with a person or an object; without either it may be `flowed`."""
    return (match[1] or match[3]) + "أل" + (match[2] or match[4] or "")


# --- single words ---

_FATHERS: Final = re.compile(
    "([وف]?[بلك]?(?:ال|لل)?)ا(?:ب(?:اء|ائ|اؤ)(?:ه|ها|هم|نا|ك|كم|ي|هن|هما)?|لاء|لائ[هك]|ثام(?:ه|ها|هم|نا)?)"
)
_WITH_OBJECT: Final = re.compile(
    "([وف]?ل?ي(?!ابس|تيم|اقوت|قظ|مام|سير|ائس|انع|رق|افط|افع|اسمين|راع|امن).{2,}[^ي])ه|[وف]?ل?[يتن].{2,}ه"
)
"""A present tense with haa; those with yaa are hardly ever nouns."""
_ROOT_HAA: Final = (
    "الله|وجه|فقه|نتباه|نبيه|رفيه|وجيه|شبيه|نزيه|سفيه|فقيه|شبه|مياه|ميه|شفاه|جباه|جاه|شتباه|تيه|كنه|اله|اوه|فواكه|مكروه|كره"
    "|كراه|معتوه|وله|بله|نابه|منتبه|مواجه|مشوه|شويه|مويه|مشتبه|فواه|شباه|كريه|بديه|فاره|تافه|شره|رفه|نزه|نبه|لهم|شاه|مكره|سفه"
    "|وجوه|جنيه|نهارده|دكتوراه|باليه"
)
"""Ends of words whose haa is of the root or stays a haa."""
_DEFINITE: Final = re.compile(f"[وف]?(?:[بك]?ال|لل)(?!.*(?:{_ROOT_HAA})$|له$|د(?:ت|ي)?ه$).+ه")


def _madda(guess: Guess, at: int, match: re.Match[str]) -> str:
    """`آباء` and the like, whatever clings to them."""
    place = match.end(1)
    return guess.written[at][:place] + "آ" + match[0][place + 1 :]


def _mercy(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """`رحمه الله` of a person, and `رحمة الله`."""
    if guess.word(at + 1) != "الله":
        return None
    noun = (
        guess.word(at - 1) in _GOVERNING | {"عليكم", "ان", "وان", "فان", "لكن"}
        or guess.word(at + 2) in ("وبركاته", "عليه", "عليهم", "واسعه", "قريب")
    )  # fmt: skip
    return match[0][:-1] + ("ة" if noun else "ه")


def _object(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """A verb whose final haa is its object: no taa marbuta."""
    if match[1] or guess.word(at - 1) in _I_MUST:
        return guess.written[at][:-1] + "ه"
    return None


def _definite(guess: Guess, at: int, _: re.Match[str]) -> str | None:
    """A noun with the article, which has no pronoun: taa marbuta. Its alef has no hamza."""
    return None if re.search("[أإ]ل", guess.written[at]) else guess.written[at][:-1] + "ة"


def _his(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """`في حاضره` and `بعد حجه`, unless a noun follows that they belong to: `في حجة الوداع`."""
    if guess.word(at - 1) in _IN_AND_AFTER and not guess.word(at + 1).startswith("ال"):
        return match[0]
    return None


def _one(guess: Guess, at: int, match: re.Match[str]) -> str | None:
    """`واحد`, unless `and one of` leads on."""
    return None if guess.word(at + 1).startswith("ا") else match[0]


def _you_too(_: Guess, __: int, match: re.Match[str]) -> str:
    """`وإياكم`."""
    return match[1] + "إ" + match[2]


RULES: Final = (
    Rule(_THAT, _that, in_dialect=False),
    Rule(re.compile("الا"), _unless, in_dialect=False),
    Rule(_COMMAND, _command),
    Rule(_BEGINS_WITH_ALEF, _derived),
    Rule(_BEGINS_WITH_ALEF, _first_person),
    Rule(_FUTURE, _shall, in_dialect=False),
    Rule(_ASKED, _asked),
    Rule(_FATHERS, _madda),
    Rule(re.compile("و?رحمه"), _mercy),
    Rule(_WITH_OBJECT, _object, in_dialect=False),
    Rule(_DEFINITE, _definite, in_standard=False),
    Rule(re.compile("حاضره|حجه"), _his, in_dialect=False),
    Rule(re.compile("واحد"), _one),
    Rule(re.compile("([وف]?)ا(يا(?:ك|كم|ه|ها|هم|ي))"), _you_too),
)
"""The first that answers decides."""
