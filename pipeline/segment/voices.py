"""Who speaks, where captions tell it: `المذيع:` at the begin of a line, `>>`, a dash, WebVTT's `<v Name>`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import fold
from pipeline.arabic.stopwords import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterable

ROLES: Final = frozenset(
    fold(
        "المذيع المذيعة مذيع مذيعة المحاور المحاورة محاور محاورة الضيف الضيفة ضيف ضيفة المراسل المراسلة مراسل مراسلة"
        " المعلق المعلقة معلق معلقة السائل السائلة سائل سائلة المتصل المتصلة متصل متصلة المتحدث المتحدثة متحدث متحدثة"
        " المتكلم الصحفي الصحفية صحفي صحفية الراوي الراوية المقدم مقدم"
    ).split()
)
"""Folded words for those who speak; `المقدمة` is an introduction too, and a translator does not speak."""
TITLES: Final = frozenset(
    fold("د دكتور دكتورة الدكتور الدكتورة أ الأستاذ الأستاذة م المهندس المهندسة الشيخ السيد السيدة").split()
)
"""Folded words before a name."""
_NUMBERS: Final = frozenset(fold("الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة البرنامج الحلقة").split())
"""Folded words that tell one of a role from another."""
TWICE: Final = 2
"""A label that stands before the words of one line only may as well begin a definition: `محمد: رسول الله`."""
_LABEL: Final = re.compile(
    "^\\s*(?:>{2,3}|[-\u2013\u2014])?\\s*"
    "(?P<name>[\\[(]?[\u0621-\u064a][\u0621-\u064a.\\d ]{0,40}[\\])]?)\\s?[:：](?=\\s|$)"
)
_VOICE: Final = re.compile(r"<v(?:\.[^<>\s]{1,60})?\s([^<>]{1,80})>")
_NUMBERED: Final = re.compile(r"(?:speaker|المتحدث|متحدث|المتكلم)[ _](\d{1,3})", re.IGNORECASE)
_ALI: Final = fold("علي")
"""A name, and in captions the preposition: `علي سبيل المثال:`."""
_AROUND: Final = "[]() \t"
_MOST_WORDS: Final = 4


def names_in(lines: Iterable[str]) -> frozenset[str]:
    """The labels of a track that name who speaks, as `label_of` gives them.

    A role or a title with a name counts where labels stand before more than one line; a name where it itself does, and
    another label too.
    Anything else with a colon is speech: `قال:`, `الخطوة الأولى:`, `على سبيل المثال:`.
    """
    found = Counter(name for line in lines if (name := label_of(line)) and is_name(name))
    if found.total() < TWICE:
        return frozenset()
    dialogue = len(found) > 1
    return frozenset(name for name, count in found.items() if not _is_given(name) or (dialogue and count >= TWICE))


def label_of(line: str) -> str:
    """What stands before a colon at the begin of a line, without brackets; empty if nothing short does."""
    match = _LABEL.match(line)
    return " ".join(match["name"].strip(_AROUND).split()) if match else ""


def label_end(line: str) -> int:
    """Where the label of a line ends, its colon included."""
    match = _LABEL.match(line)
    return match.end() if match else 0


def is_name(label: str) -> bool:
    """Whether a label is a role, a title with a name, or a given name with others."""
    words = [fold(word).strip(".") for word in label.replace(".", ". ").split()]
    if not 0 < len(words) <= _MOST_WORDS or not FUNCTION.isdisjoint(words[1:]):
        return False
    first, rest = words[0], words[1:]
    if first in ROLES:
        return all(word.isdecimal() or word in _NUMBERS for word in rest) or rest[0] in GIVEN
    if first == _ALI and rest:
        return rest[0] in GIVEN
    return (first in TITLES and bool(rest)) or (first in GIVEN and not label.endswith("على"))


def _is_given(label: str) -> bool:
    return fold(label.split(maxsplit=1)[0]) in GIVEN


def voice_of(mark: str) -> str:
    """Who is named by the mark of a change of voice; empty where it is bare."""
    voice = _VOICE.match(mark.strip())
    if voice:
        return " ".join(voice[1].split())
    if numbered := _NUMBERED.search(mark):
        return f"المتحدث {int(numbered[1])}"
    return label_of(mark)
