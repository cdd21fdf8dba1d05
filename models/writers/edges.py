"""Where a quotation of speech may begin and end, by the words on both sides of its edges."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from models.writers import edge_words
from models.writers.ends import is_verb, without_opening
from pipeline.arabic import salience
from pipeline.arabic.affixes import CONJUNCTIONS
from pipeline.arabic.function_words import ASKING, QUESTION_LEADS, QUESTION_OPENERS
from pipeline.arabic.names import GIVEN, PLACES, is_known_name
from pipeline.arabic.normalize import words
from pipeline.arabic.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.arabic.stopwords import DEPENDENT_OPENERS, FUNCTION
from pipeline.arabic.voice import is_question, needs_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Sentence

BABBLE: Final = 0.12
"""Share of a sentence's words that only hold the turn from which it is left out: `يعني، بقى، أ`."""
PRAISE_MOST: Final = 12
"""Most sentences of the praise that opens a sermon."""
REPEATED: Final = 6
"""Most words of a verse that a reciter says again at once."""
LOOK_BACK: Final = 4
"""Sentences over which somebody's words may go on after a verb of saying."""
REACH: Final = 10
"""Words before a quotation among which a verb of saying makes it somebody else's."""
_POINTS_UP_TO: Final = 7
"""Words at a beginning among which one that points has nothing in the quotation to point to."""
_NEAR: Final = 10
"""Words at a beginning among which `between them` speaks of what was told before."""
_SHORT: Final = 16
"""Words up to which a condition at a sentence's beginning has no answer in it."""
_ANNOUNCED: Final = 4
"""Most words before or behind a verse that only announce it."""
_TAKEN_BACK: Final = 8
"""Words at a beginning in which the sentence before it is taken back."""
_FORMULA: Final = 8
"""Most words of a formula behind a name."""
_EXHORTED, _EXHORTATION = 8, 16
"""Words among which `now then` is followed by `fear God`, and most words of a sentence that says no more."""
_PROMISED: Final = 12
"""Words at the end of a sentence among which a promise is still open."""
_TURN: Final = 5
"""Words at the end of a sentence among which a speaker already turns to what comes next."""
_VERSES: Final = re.compile("﴿([^﴾]*)﴾")
_NOW_THEN: Final = frozenset(("اما", "بعد"))
_NOW: Final = 3
"""Words at a beginning among which `now then` leads from the praise to the subject."""
_ENDS: Final = re.compile("[،.]")
_CLAUSES: Final = re.compile("[،:؛]")
_PRESENT: Final = ("بي", "بت", "بن", "هي", "هت", "هن", "حي", "حت", "حن", "ن")
"""Beginnings of the present in a dialect, in which the subject goes first, and of `we`."""
_ACTING: Final = ("بي", "بت", "هي", "هت")
"""Beginnings of a verb in a dialect's present or future."""
_QUESTIONING: Final = QUESTION_OPENERS | ASKING
_OWNERS: Final = ("هما", "هم", "ها")
"""Pronouns of an owner, but for `his`, which folded is also the ending of the feminine."""
_NAMING: Final = NOUNS | NAMES | PLACES | GIVEN


def is_told(sentence: Sentence) -> bool:
    """Whether a sentence is about the subject and can be read.

    It is no greeting, prayer, formula, advertisement, introduction of who speaks or babble, and is not about the video.
    No words are missing in it or behind it, and no words are recited twice inside a verse of it.
    """
    text, said = sentence.text, words(sentence.text)
    passing = salience.aside_reason(sentence) or salience.prays(text) or salience.is_about_talk(text)
    passing = passing or (needs_quotes(text) and not edge_words.OF_THE_VIDEO.isdisjoint(said))
    passing = passing or _exhorts(said)
    held = sum(word in edge_words.HOLDING or _is_letter(word) for word in said)
    return (
        not sentence.drowned
        and not passing
        and not any(map(_is_said_twice, _VERSES.findall(text)))
        and not salience.introduces_speaker(text)
        and held <= max(1, BABBLE * len(said))
    )


def _exhorts(said: Sequence[str]) -> bool:
    """Whether words are no more than the formula with which a sermon begins: `now then, fear God`."""
    exhorts = _NOW_THEN.issubset(said[:_NOW]) and not edge_words.FEAR_GOD.isdisjoint(said[:_EXHORTED])
    return exhorts and len(said) <= _EXHORTATION


def _is_said_twice(verse: str) -> bool:
    """Whether words of a recitation follow on themselves that the Qur'an does not say twice: quoted so, it is wrong."""
    said = words(verse)
    return any(
        said[at : at + length] == said[at + length : at + 2 * length]
        and " ".join(said[at : at + length]) not in edge_words.TWICE_IN_THE_QURAN
        for length in range(1, REPEATED + 1)
        for at in range(len(said) - 2 * length + 1)
    )


def told_apart(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether it is told.

    A prayer goes on as long as sentences join it, `and make us …`, and the praise that opens a sermon up to `now then`.
    """
    told: list[bool] = []
    praying = False
    for sentence in sentences:
        said = words(sentence.text)
        joined = bool(said) and said[0].startswith("و") and not edge_words.BELIEVERS.isdisjoint(said)
        praying = salience.prays(sentence.text) or (praying and joined)
        told.append(not praying and is_told(sentence))
    for at, sentence in enumerate(sentences):
        if _NOW_THEN.issubset(words(sentence.text)[:_NOW]):
            opening = range(at - 1, max(0, at - PRAISE_MOST) - 1, -1)
            begins = next((place for place in opening if salience.praises(sentences[place].text)), at)
            told[begins:at] = [False] * (at - begins)
    return told


def opens(sentence: Sentence, before: Sequence[Sentence]) -> bool:
    """Whether a quotation may begin with a sentence, given those `before` it.

    Not where it points back, goes on with a clause or a list, has its subject or its question in the sentence before,
    is what somebody is quoted with there, a verse that proves it, or the first of what it announced.
    """
    text = without_opening(sentence.text)
    said = words(text)
    if proves(sentence) or _is_first_of_several(said):
        return False
    if not said or _leans(said, sentence.text) or _speaks_of_the_unnamed(said) or _has_its_subject_before(said):
        return False
    # `That is why *began …*`: with what joined it to the sentence before, its subject was left out.
    if len(text) < len(sentence.text) and (is_verb(said[0]) or said[0] == "ان"):
        return False
    # `We are a large country`: who `we` is was said with the verb of saying.
    reports = any(not edge_words.SAYING.isdisjoint(words(each.text)) for each in before[-LOOK_BACK:])
    if said[0] in edge_words.WE and reports:
        return False
    return not before or _parts(before[-1], sentence)


def _parts(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence may be told without the one before it, which may end under music."""
    unheard = before.drowned and not begins_anew(sentence.text)
    repeats = _begins_again(before, sentence) or _answers(words(sentence.text), words(before.text))
    return _lets_go(before) and not unheard and not repeats


def _leans(said: Sequence[str], text: str) -> bool:
    """Whether a sentence of these words begins inside a clause, a list or a formula."""
    joined = said[0].startswith("ف") and said[0][1:] in FUNCTION
    says = said[0] in edge_words.SAYING and not any(_is_named(each) or each in edge_words.REVERED for each in said[1:2])
    dependent = said[0] in DEPENDENT_OPENERS | edge_words.SOURCES | edge_words.CLINGING
    return _is_definite_adjective(said[0]) or joined or says or dependent or bool(edge_words.LEANING.match(text))


def _is_first_of_several(said: Sequence[str]) -> bool:
    """Whether words begin with one of several that the sentence before announced: `the first kind is`."""
    member, which, says, *_ = (*said[:3], "", "", "")
    return member in edge_words.MEMBERS and which in edge_words.FIRST and says in edge_words.SAYS_WHICH


def _is_definite_adjective(word: str) -> bool:
    return word.startswith("ال") and word[2:] in ADJECTIVES - NOUNS - NAMES


def _speaks_of_the_unnamed(said: Sequence[str]) -> bool:
    """Whether words point to something, or have a pronoun, before they name anything."""
    pointing = any(_points(said, at) for at in range(min(_POINTS_UP_TO, len(said))))
    pronoun = next((at for at, word in enumerate(said[:4]) if word in edge_words.PRONOUNS), None)
    unnamed = pronoun is not None and FUNCTION.issuperset(said[:pronoun])
    return (
        pointing
        or unnamed
        or _is_of_somebody(said[0])
        or not edge_words.BACK.isdisjoint(said[:3])
        or not edge_words.BETWEEN.isdisjoint(said[:_NEAR])
    )


def _points(said: Sequence[str], at: int) -> bool:
    """Whether the word at a place points to something told before, and not to here and now: `this year`."""
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    if said[at] in edge_words.COUNTRIES_OR_THESE:
        return before.startswith("ال")
    return said[at] in edge_words.POINTING and edge_words.AROUND_US.isdisjoint((before, after))


def _is_of_somebody(word: str) -> bool:
    """Whether a word is a noun with a pronoun: `its economy`."""
    noun = next((word.removeprefix("و").removesuffix(each) for each in _OWNERS if word.endswith(each)), "")
    return bool(noun) and not NOUNS.isdisjoint((noun, noun.removesuffix("ت") + "ه"))


def _has_its_subject_before(said: Sequence[str]) -> bool:
    """Whether words begin with a verb, or what stands behind one, whose subject was named before."""
    verb = said[0].removeprefix("و").removeprefix("ف")
    alone = verb in edge_words.WITHOUT_SUBJECT and not any(_is_named(word) or word in NOUNS for word in said[1:2])
    admires = said[0] == "ما" and any(word.startswith("ا") for word in said[1:2])
    denied = said[0] in edge_words.DENYING and not admires and not any(map(_is_named, said[1:3]))
    present = _is_present(said[0]) and not any(_is_named(word) or word in NOUNS for word in said[1:2])
    return alone or denied or present or _joins_verb(said[0]) or tuple(said[:2]) in edge_words.SUBJECTLESS


def _lets_go(before: Sentence) -> bool:
    """Whether what follows a sentence may be told without it."""
    said = words(before.text)
    if not said or before.text.rstrip().endswith(":") or asks(before):
        return not said
    leads_on = said[-1] in edge_words.LEADS_ON or not edge_words.TURNING.isdisjoint(said[-_TURN:])
    formula = said[0] in edge_words.CLINGING and len(said) <= _FORMULA
    hands_down = said[0] in edge_words.FROM and not edge_words.BLESSED.isdisjoint(said[-3:])
    reports = not edge_words.SAYING.isdisjoint(said[-REACH:])
    return not (leads_on or formula or hands_down or reports or _breaks_off(before))


def closes(sentence: Sentence, after: Sentence | None) -> bool:
    """Whether a quotation may end with a sentence, given the one `after` it.

    Not where it hangs over, asks or promises something, or where the next one answers its condition, takes it back or
    begins with its last words. A time at its end may be the next sentence's: `in October 2022,`.
    """
    said = words(sentence.text)
    if not said or sentence.text.rstrip().endswith(":") or _is_letter(said[-1]):
        return False
    if asks(sentence) or _promises(said) or _breaks_off(sentence):
        return False
    again = after is not None and not after.text.startswith("و") and _begins_again(sentence, after)
    return after is None or not (again or _goes_over(said, words(after.text)) or takes_back(after))


def _promises(said: Sequence[str]) -> bool:
    """Whether a sentence of these words ends with what leads on to the next one."""
    text, end = f" {' '.join(said)} ", f" {' '.join(said[-_PROMISED:])} "
    announces = any(phrase in end for phrase in edge_words.PROMISES) or not edge_words.ASKING.isdisjoint(said[:3])
    hands_down = said[0] in edge_words.FROM | edge_words.SAYING and not edge_words.BLESSED.isdisjoint(said[-2:])
    turns = not edge_words.TURNING.isdisjoint(said[-_TURN:]) or bool(edge_words.CALL.search(text.rstrip()))
    leads = said[-1] in edge_words.LEADS_ON or text.endswith(edge_words.LEADS)
    return leads or announces or hands_down or turns or not edge_words.SAYING.isdisjoint(said[-3:])


def _goes_over(said: Sequence[str], following: Sequence[str]) -> bool:
    """Whether words end with what belongs to those of the next sentence, or cannot stand without them."""
    if not following:
        return False
    first, start = following[0], f"{' '.join(following[:6])} "
    named = first in edge_words.CLINGING or (said[-1] in NOUNS and _may_be_name(first))
    opposed = first in edge_words.CONTRASTS and not edge_words.CONCEDING.isdisjoint(said)
    described = said[-1].startswith("ال") and _is_definite_adjective(first)
    joined = first.startswith(CONJUNCTIONS) or first in DEPENDENT_OPENERS
    timed = not joined and bool(edge_words.TIME.search(" ".join(said[-6:])))
    return (
        named or described or opposed or timed or _answers(following, said) or start.startswith(edge_words.TAKES_BACK)
    )


def _answers(said: Sequence[str], before: Sequence[str]) -> bool:
    """Whether words answer a condition of the sentence before: `if war breaks out … / then the world …`."""
    return said[0].startswith("ف") and said[0] not in NOUNS and not edge_words.CONDITIONS.isdisjoint(before)


def _breaks_off(sentence: Sentence) -> bool:
    """Whether a sentence ends with the first word of the next one, or with a condition that it answers."""
    said, clause = words(sentence.text), words(_CLAUSES.split(sentence.text)[-1])
    one_word = len(clause) == 1 < len(said) and not clause[0].startswith("و") and "﴾" not in sentence.text
    begins = ("", *(said if len(said) <= _SHORT else clause)[:4])
    return one_word or any(word in edge_words.CONDITIONS and before != "حتي" for before, word in pairwise(begins))


def _begins_again(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence begins with words that the one before it ends with: a false start, told again."""
    last, first = (
        [word.removeprefix("و").removeprefix("ف") for word in said]
        for said in (words(before.text)[-6:], words(sentence.text)[:4])
    )
    return "﴿" not in sentence.text and not set(pairwise(last)).isdisjoint(pairwise(first))


def hands_down(sentence: Sentence, after: Sentence) -> bool:
    """Whether a sentence says from whom the words of the next one come: `from Ibn Abbas, God be pleased with him`."""
    said, following = words(sentence.text), words(after.text)
    return (
        bool(said and following)
        and not edge_words.FROM.isdisjoint(said[-REACH:])
        and said[-1] in edge_words.BLESSED
        and following[0] in edge_words.SAYING
    )


def takes_up(sentence: Sentence) -> bool:
    """Whether a sentence begins with a pronoun for what the one before it told of: `and it is the treaty that …`."""
    return not edge_words.PRONOUNS.isdisjoint(words(sentence.text)[:1])


def clings(sentence: Sentence, after: Sentence, *, unlikely: bool) -> bool:
    """Whether the first word of a sentence belongs so closely to the last one before it that no mark parts them.

    Who handed down a saying and the saying, a noun and its adjective, a verb and a figure; and where an end is
    `unlikely`, a verb and its object, or a noun and what it is of: else the noun may begin a clause of its own.
    """
    said, following = words(sentence.text), words(after.text)
    if not said or not following or "﴾" in sentence.text:
        return False
    last, first = said[-1], following[0]
    names = first.startswith("ال") or first in NOUNS
    acts = last.startswith(_ACTING) and not last.endswith("ش") and last not in _NAMING and not is_known_name(last)
    owned = last in NOUNS and last not in ADJECTIVES and (names or _may_be_name(first))
    described = last.startswith("ال") and _is_definite_adjective(first)
    counted = acts and first[0].isdigit()
    return hands_down(sentence, after) or counted or described or (unlikely and ((acts and names) or owned))


def asks(sentence: Sentence) -> bool:
    """Whether a sentence is a question, by its mark or by the word that it begins with."""
    return is_question(sentence.text) or _begins_with_question_word(sentence.text)


def begins_asking(text: str) -> bool:
    """Whether a text begins with a question, not with a statement before one."""
    return _begins_with_question_word(text) or is_question(_ENDS.split(text)[0])


def _begins_with_question_word(text: str) -> bool:
    first = next((word for word in words(text) if word not in QUESTION_LEADS | edge_words.OR), "")
    return first.removeprefix("و") in _QUESTIONING


def sets_against(sentence: Sentence) -> bool:
    """Whether a sentence sets something against the one before it."""
    return not edge_words.CONTRASTS.isdisjoint(words(sentence.text)[:1])


def takes_back(sentence: Sentence) -> bool:
    """Whether a sentence begins by taking back or doubting the one before it: `I am joking`, `is that true?`."""
    said = words(sentence.text)[:_TAKEN_BACK]
    return not edge_words.JESTS.isdisjoint(said) or bool(edge_words.DOUBTS.search(" ".join(said)))


def proves(sentence: Sentence) -> bool:
    """Whether a sentence is but a verse, announced or not, which proves what was said before it: `God said: …`."""
    leading, bracket, rest = sentence.text.partition("﴿")
    said, behind = words(leading), words(rest.rpartition("﴾")[2])
    announced = len(said) <= _ANNOUNCED and (not said or not edge_words.SAYING.isdisjoint(said))
    return bool(bracket) and announced and len(behind) <= _ANNOUNCED


def turns_away(text: str) -> bool:
    """Whether a text goes on to something else, or turns to the listeners."""
    return salience.moves_on(text) or not edge_words.TO_LISTENERS.isdisjoint(words(text))


def begins_anew(text: str) -> bool:
    """Whether a text begins with a date or words behind which a thought begins."""
    return bool(edge_words.ANEW.match(" ".join(words(text)[:6])))


def _is_named(word: str) -> bool:
    return (word.startswith("ال") and word not in FUNCTION) or is_known_name(word)


def _is_present(word: str) -> bool:
    """Whether a word looks like a verb of the present that has its subject before it."""
    known = word in _NAMING or word in FUNCTION or word in ADJECTIVES or is_known_name(word)
    return not known and len(word) > len("يجد") and word.startswith(_PRESENT)


def _may_be_name(word: str) -> bool:
    """Whether a word is a name, or none of the words that are known for something else."""
    listed = NOUNS | ADJECTIVES | FUNCTION | edge_words.OPENINGS
    begins = ("ال", "و", "ف", "ب", "ل", "ي", "ت", "ه", "م", "ا")
    return is_known_name(word) or (word not in listed and word.isalpha() and not word.startswith(begins))


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _joins_verb(word: str) -> bool:
    """Whether a word is `so` with a verb, or `and` with one of the present, whose subject was named before."""
    rest = word[1:]
    if {word, rest, rest.removeprefix("ب")} & _NAMING or rest.startswith("ال") or len(rest) <= len("كل"):
        return False
    present = rest[0] in {"ي", "ن", "ت", "ب"} and len(rest) > len("يكن")
    # `so he knows` has four letters behind its `so`, and most words that begin with `fi` are other ones: `Facebook`.
    so = rest[0] != "ي" or len(rest) == len("يعلم")
    return (word[0] == "و" and present) or (word[0] == "ف" and so and word not in FUNCTION)
