"""Whether an Arabic word is likely a name: there are no capital letters to tell."""

from __future__ import annotations

from typing import Final

from pipeline.text.alignment import unjoined
from pipeline.text.fold import fold
from pipeline.text.given import GIVEN, PLACES
from pipeline.text.lexicon import EMPTY
from pipeline.text.nouns import ADJECTIVES, NAMES, NOUNS
from pipeline.text.stem import stem

_CUES: Final = frozenset(
    fold("""
السيد السيدة الأستاذ الأستاذة الدكتور الدكتورة دكتور المهندس الشيخ الإمام الملك الملكة الأمير الأميرة الرئيس
الوزير القائد الجنرال القاضي الكاتب الشاعر الفنان الصحفي اللاعب المدرب النائب السفير العالم الباحث ابن بن بنت أبو
أبي أم آل عبد مدينة بلدة قرية دولة جمهورية مملكة إمارة محافظة ولاية إقليم عاصمة جزيرة نهر جبل بحر بحيرة خليج مضيق
وادي حي شارع ميدان شركة مؤسسة منظمة جمعية حزب جامعة مدرسة كلية معهد بنك مصرف صحيفة جريدة مجلة قناة نادي فريق اسمه
اسمها يدعى تدعى المدعو
""").split()
)
_SHORTEST: Final = 3
_ARTICLES: Final = ("ال", "لل")
_VERB_BEGINNINGS: Final = "يتن"
_ENDINGS: Final = ("ون", "ين", "ات", "هم", "ها", "نا", "وا", "ته", "كم")
_NAMES: Final = NAMES | PLACES | (GIVEN - EMPTY - ADJECTIVES)
_KNOWN: Final = NOUNS | ADJECTIVES | EMPTY
_PREPOSITIONS: Final = "بلك"


def proper(word: str, before: str = "") -> bool:
    """Whether a folded word is likely a name, given the folded word before it.

    Latin letters, a name that is known, a title or `city of` before it, or a word that is no known noun, adjective or
    function word and has neither the beginning nor the ending of an inflected one.
    """
    bare = unjoined(word)
    plain = bare[1:] if bare[0] in _PREPOSITIONS and bare[1:] in _NAMES else bare
    if bare.isascii() or plain in _NAMES or unjoined(before) in _CUES:
        return not word.isdecimal()
    inside = bare[1:] if bare[0] in _PREPOSITIONS and len(bare) > _SHORTEST else bare
    for article in _ARTICLES:
        inside = inside.removeprefix(article)
    if inside.endswith(_ENDINGS) or inside[:1] in _VERB_BEGINNINGS or len(inside) < _SHORTEST:
        return False
    return not {bare, stem(bare), inside, stem(inside)} & _KNOWN
