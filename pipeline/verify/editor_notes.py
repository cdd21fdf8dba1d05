"""Places that an editor should look at before an article is published: what a machine can see, and no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import VOCABULARY_PREFIXES, strip_conjunction, strip_prefix
from pipeline.arabic.formatting import MONTHS, WORD, count_phrase
from pipeline.arabic.names import GIVEN, is_likely_name
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import NOUNS
from pipeline.arabic.numbers import figures, is_number_word, without_false_hundreds
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.arabic.stem import stem
from pipeline.arabic.stopwords import EMPTY
from pipeline.types.article import Basis, Doubt, EditorNote
from pipeline.verify.scripture import gives_scripture, without_verses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.types.article import Draft, Script, Sentence, Statement

_TITLES: Final = frozenset(
    fold("""
    السيد السيدة الأستاذ الأستاذة أستاذ الدكتور الدكتورة دكتور دكتورة المهندس مهندس الشيخ الملك الملكة الأمير الأميرة
    الرئيس رئيس الوزير وزير القائد الجنرال اللواء العقيد القاضي المستشار النائب السفير المدعو الكاتب الصحفي الإعلامي
    اسمه اسمها
    """).split()
)
_BODIES: Final = frozenset(fold("شركة مؤسسة منظمة جمعية حزب جامعة بنك مصرف صحيفة جريدة قناة نادي مجموعة حركة").split())
_ACCUSING: Final = frozenset(
    fold("""
    اتهم اتهام اتهموا متهم المتهم سرق سرقوا سرقة سارق حرامي حرامية لص لصوص نهب نهبوا فساد فاسد فاسدين رشوة رشاوى مرتشي
    خائن خونة خيانة عميل عملاء جاسوس جواسيس نصاب نصابين احتيال محتال اختلاس اختلس تزوير زور مزور كذاب كذابين مجرم
    مجرمين قاتل قتلة إرهابي إرهابيين تحرش متحرش اغتصاب اغتصب تهريب مهرب فضيحة طاغية زنديق مرتد نصبوا
    """).split()
)
"""Folded, without article; those that are also everyday words (`نصب`, `خان`) are left out."""
_NEAR: Final = 8
"""Words between an accusing word and a name."""
_NAME_MOST: Final = 3
"""Words of a name."""
_DATED: Final = frozenset(
    fold(" ".join(("سنة", "عام", "نهاية", "بداية", "منتصف", "مطلع", "أوائل", "أواخر", *MONTHS))).split()
)
"""Before a year, which counts nothing."""
_SMALL: Final = 10
"""Written-out numbers up to this are seldom misheard, and often no quantity."""
_KNOWN_LEAST: Final = 0.955
"""`Sentence.known` below which a sentence is named; the average is 0.97, and sentences differ little."""
_EXCERPT: Final = 10
"""Words of an excerpt."""
_FAST: Final = 7.0
"""Words a second that nobody speaks."""
_FAST_WORDS: Final = 8
"""Words from which on a rate means something."""
_CLOSING: Final = tuple("،.؛؟!:»")
_LATE: Final = 5.0
"""Seconds after the end of a video from which on a time is wrong."""
_WEAK: Final = str.maketrans("", "", "اويء")


def editor_notes(draft: Draft, script: Script) -> tuple[EditorNote, ...]:
    """What to look at in a draft, by kind in the order of `Doubt`; each name and figure once."""
    said = {sentence.number: sentence for sentence in script.sentences}
    known = {verse.text for verse in script.verses}
    statements = [
        each
        for _, paragraph in draft.paragraphs()
        for each in paragraph.statements
        if each.basis is Basis.SPEECH and said.keys() >= set(each.cites) and each.cites
    ]
    notes = [note for each in statements for note in _of_statement(each, said, known)]
    cited = sorted({number for each in statements for number in each.cites})
    notes += _verses(script, [said[number] for number in cited])
    notes += [
        EditorNote(Doubt.WORDING, _excerpt(said[n].text.split()), n)
        for n in cited
        if (likely := said[n].known) is not None and likely < _KNOWN_LEAST
    ]
    notes += _times(script)
    once: dict[tuple[Doubt, str], EditorNote] = {}
    for note in notes:
        once.setdefault((note.doubt, fold(note.text)), note)
    order = list(Doubt)
    return tuple(sorted(once.values(), key=lambda note: (order.index(note.doubt), note.sentence)))


def _of_statement(statement: Statement, said: dict[int, Sentence], verses: set[str]) -> Iterator[EditorNote]:
    """Names, accusations, figures and scripture in the words of a statement, each at the sentence that has it."""
    text = without_verses(statement.text, verses)
    tokens = [token for token in text.split() if words(token)]
    told = without_false_hundreds(" ".join(tokens)).split()
    folded = [" ".join(words(token)) for token in told]

    def note(doubt: Doubt, first: int, last: int) -> EditorNote:
        having = (n for n in sorted(statement.cites) if folded[first] in words(said[n].text))
        return EditorNote(doubt, _excerpt(tokens[first : last + 1]), next(having, min(statement.cites)))

    names = list(_names(tokens, folded))
    for first, last in names:
        yield note(Doubt.NAME, first, last)
    for at, word in enumerate(folded):
        near = [span for span in names if span[0] - _NEAR <= at <= span[1] + _NEAR]
        if near and strip_prefix(word, VOCABULARY_PREFIXES, 2) in _ACCUSING:
            first, last = min(near, key=lambda span: min(abs(span[0] - at), abs(span[1] - at)))
            yield note(Doubt.ACCUSATION, min(first, at), max(last, at))
    for first, last in _figures(told, folded):
        yield note(Doubt.FIGURE, first, last)
    if gives_scripture(text):
        yield note(Doubt.SCRIPTURE, _opening(tokens), len(tokens) - 1)


def _opening(tokens: Sequence[str]) -> int:
    """Where the words begin that introduce a verse or a hadith."""
    windows = [gives_scripture(" ".join(tokens[at : at + 4])) for at in range(len(tokens))]
    first = windows.index(True) if True in windows else 0
    while windows[first + 1 : first + 2] == [True]:
        first += 1
    return first


def _names(tokens: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last word of each name: after a title or the kind of a body, of two names in a row, in Latin."""
    at = 0
    while at < len(folded):
        word = strip_conjunction(folded[at])
        last = _name_end(tokens, folded, at + 1)
        if word in _TITLES or word in _BODIES:
            found = last > at
        elif _is_latin(folded[at]):
            while last + 1 < len(folded) and _is_latin(folded[last + 1]):
                last += 1
            found, last = True, max(at, last)
        else:
            found = word in GIVEN - EMPTY and last > at  # folded, `علي` is a preposition as well
        if found:
            yield at, last
        at = last + 1 if found else at + 1


def _is_latin(word: str) -> bool:
    return word.isascii() and any(map(str.isalpha, word))


def _name_end(tokens: Sequence[str], folded: Sequence[str], first: int) -> int:
    """The last of the words from `first` on that are likely of a name; the one before it if there is none."""
    end = first - 1
    while end + 1 < min(len(folded), first + _NAME_MOST - 1):
        word = folded[end + 1]
        closed = end >= 0 and tokens[end].endswith(tuple(PUNCTUATION))
        family = end >= first and word.startswith("ال") and word.endswith("ي")  # `الخوري`, after a first name
        if closed or word in EMPTY or is_number_word(word) or not (family or word in GIVEN or is_likely_name(word)):
            break
        end += 1
    return end


def _figures(tokens: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last word of each figure with the word it counts."""
    numeric = [is_number_word(word) or bool(figures(token)) for token, word in zip(tokens, folded, strict=True)]
    at = 0
    while at < len(numeric):
        if not numeric[at]:
            at += 1
            continue
        last = at
        while (joined := _joined(folded, numeric, last)) and not tokens[last].endswith(_CLOSING):
            last += joined
        dated = at > 0 and strip_prefix(folded[at - 1], VOCABULARY_PREFIXES, 2) in _DATED
        closed = dated or tokens[last].endswith(_CLOSING)
        counted = last + 1 < len(tokens) and not closed and _is_noun(folded[last + 1])
        values = figures(" ".join(tokens[at : last + 1]))
        if any(not value.isdecimal() or int(value) > _SMALL for value in values):
            yield at, last + counted
        at = last + 1


def _joined(folded: Sequence[str], numeric: Sequence[bool], last: int) -> int:
    """How many words after a number belong to it: another number, or `of a hundred`."""
    if numeric[last + 1 : last + 2] == [True]:
        return 1
    return 2 if folded[last + 1 : last + 2] == ["في"] and numeric[last + 2 : last + 3] == [True] else 0


def _is_noun(word: str) -> bool:
    return bool({word, stem(word)} & NOUNS)


def _verses(script: Script, cited: Sequence[Sentence]) -> Iterator[EditorNote]:
    """Verses of the cited sentences that were heard otherwise, apart from spelling."""
    for verse in script.verses:
        if _letters(verse.text) == _letters(verse.heard):
            continue
        where = next((each.number for each in cited if verse.text in each.text), None)
        if where is not None:
            shown, heard = _excerpt(verse.text.split()), _excerpt(verse.heard.split())
            yield EditorNote(Doubt.VERSE, f"﴿{shown}﴾ [{verse.place}]، والمسموع: «{heard}»", where)


def _letters(text: str) -> str:
    """The letters that spellings of one verse have in common."""
    return "".join(words(text)).translate(_WEAK)


def _times(script: Script) -> Iterator[EditorNote]:
    """Sentences whose times cannot be true."""
    timed = [sentence for sentence in script.sentences if sentence.start is not None]
    end = script.video.seconds
    for before, sentence in zip([None, *timed], timed, strict=False):
        start = sentence.start or 0.0
        if before is not None and start < (before.start or 0.0):
            yield EditorNote(Doubt.TIMES, "تبدأ الجملة قبل ما سبقها", sentence.number)
        elif end is not None and start > end + _LATE:
            yield EditorNote(Doubt.TIMES, f"الجملة {sentence.number} بعد نهاية الفيديو", sentence.number)
        else:
            count, lasts = len(sentence.text.split()), (sentence.end or start) - start
            if sentence.end is not None and count >= _FAST_WORDS and count > _FAST * max(lasts, 0.0):
                told = f"{count_phrase(count, WORD)} في {round(lasts)} ث"
                yield EditorNote(Doubt.TIMES, told, sentence.number)


def _excerpt(tokens: Sequence[str]) -> str:
    """A few words, without the marks around them."""
    shown = " ".join(tokens[:_EXCERPT]).strip(PUNCTUATION + " ")
    shown = shown[shown[1:2].isdecimal() and shown[0] == "و" :]  # `و42`
    return f"{shown}…" if len(tokens) > _EXCERPT else shown
