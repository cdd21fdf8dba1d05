"""Figures of a text in one form, whether written in digits or in Arabic words: `٣`, `3` and `ثلاثة` compare equal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from pipeline.arabic.affixes import NUMBER_PREFIXES
from pipeline.arabic.normalize import fold

QUANTITIES: Final = frozenset(
    conjunction + word
    for word in fold("""
كل جميع كافة معظم أغلب غالبية أكثر أقل بعض قليل قليلا كثير كثيرا عديد العديد نصف ثلث ربع ضعف أضعاف آلاف ملايين
مليارات عشرات مئات دائما أبدا نادرا أحيانا غالبا قط أول آخر أولى وحيد وحيدة وحده فقط أكبر أصغر أعلى أدنى أفضل
أسوأ أهم قبل بعد فوق تحت ضد داخل خارج عدة ساعة ساعات ساعتان
ساعتين دقيقة دقائق دقيقتان دقيقتين ثوان يجب وجب ينبغي لازم
""").split()
    for conjunction in ("", "و")
)
"""Folded, also with `and`; among them duties, comparatives, and prepositions that have an opposite."""

_TOKEN = re.compile(r"\d+(?:[.,٫٬،]\d+)*|[%٪]|[^\W\d_]+")
_LONGEST = 18
"""Longest run of digits that is taken as a quantity; longer ones are identifiers and compared as they stand."""

# Every word below is in folded form: hamza seats, taa marbuta and final yaa have lost their distinction.
_UNITS = {
    3: "ثلاثه ثلاث تلاته تلات ثالث ثالثه",
    4: "اربعه اربع رابع رابعه",
    5: "خمسه خمس خامس خامسه",
    6: "سته ست سادس سادسه",
    7: "سبعه سبع سابع سابعه",
    8: "ثمانيه ثماني ثمان تمانيه تماني تمنيه ثامن ثامنه",
    9: "تسعه تسع تاسع تاسعه",
}
_PARTS = {1: "واحد واحده احد احدي حادي حاديه", 2: "ثاني ثانيه"}
"""Figures only inside a larger one: alone they are pronouns, `firstly`, or the second of a clock."""
_TWO = "اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي اتنين تنين"
_TEN = "عشره عشر عاشر عاشره"
_TEENS = {
    11: "حداشر احداشر احدعش حدعش",
    12: "اتناشر اطناشر اثناعش اطنعش",
    13: "تلتاشر تلاتاشر ثلطعش تلتعش",
    14: "اربعتاشر اربعطعش",
    15: "خمستاشر خمسطعش",
    16: "ستاشر ستطعش",
    17: "سبعتاشر سبعطعش",
    18: "تمنتاشر ثمنطعش تمنطعش",
    19: "تسعتاشر تسعطعش",
}
_TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين تلاتين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين تمانين",
    90: "تسعون تسعين",
}
_HUNDRED = "ميه مايه"
_TWO_HUNDRED = "ميتان ميتين ميتا ميتي مايتان مايتين"
_STEMS = {
    3: "ثلاث تلات تلت",
    4: "اربع ربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثماني ثمان تمن",
    9: "تسع",
}
_SCALES = {
    10**3: ("الف الفا", "الاف", "الفان الفين"),
    10**6: ("مليون مليونا", "ملايين", "مليونان مليونين"),
    10**9: ("مليار مليارا بليون", "مليارات", "ملياران مليارين"),
    10**12: ("تريليون ترليون", "تريليونات ترليونات", "تريليونان تريليونين"),
}
"""One, several (a figure only after a number: `thousands of people` is none), and two of each."""
_NOT_FIGURES = frozenset({"لست", "ولست", "فلست", "الست", "والست", "الاثنين", "والاثنين", "التنين", "والتنين", "تنين"})
"""`I am not`, `the lady`, `Monday` and `dragon`, which look like six and two."""
_OF_HUNDRED = frozenset({"بالميه", "بالمايه"})
_IN_HUNDRED = re.compile(r"\bفي (?:الميه|المايه)\b")


@dataclass(frozen=True, slots=True)
class _Atom:
    """One number word: what it is worth and how it may join others."""

    value: int
    kind: str
    """`part`, `unit`, `ten`, `teen`, `tens`, `hundred`, `hundreds`, `scale`, `scales` or `dual`."""
    joined: bool = False
    """Whether `and` stands before it."""


def _number_words() -> dict[str, _Atom]:
    """Every number word with every prefix; a form without a prefix wins.

    `واحد` can join too: folded, it is also `وأحد` (`مئة وأحد عشر`).
    """
    groups: list[tuple[str, int, str]] = [(_TWO, 2, "unit"), (_TEN, 10, "ten")]
    groups += [(forms, value, "part") for value, forms in _PARTS.items()]
    groups += [(forms, value, "unit") for value, forms in _UNITS.items()]
    groups += [(forms, value, "teen") for value, forms in _TEENS.items()]
    groups += [(forms, value, "tens") for value, forms in _TENS.items()]
    groups += [(_HUNDRED, 100, "hundred"), (_TWO_HUNDRED, 200, "hundreds")]
    groups += [
        (stem + hundred, value * 100, "hundreds")
        for value, stems in _STEMS.items()
        for stem in stems.split()
        for hundred in (*_HUNDRED.split(), "ميت")
    ]
    for scale, (one, several, two) in _SCALES.items():
        groups += [(one, scale, "scale"), (several, scale, "scales"), (two, 2 * scale, "dual")]
    table: dict[str, _Atom] = {}
    for forms, value, kind in groups:
        for form in forms.split():
            for prefix in NUMBER_PREFIXES:
                word = prefix + form
                if not prefix or word not in table:
                    table[word] = _Atom(value, kind, joined=word.startswith("و"))
    return {word: atom for word, atom in table.items() if word not in _NOT_FIGURES}


_ATOMS = _number_words()


@dataclass(slots=True)
class _Reader:
    """Puts number words together: hundreds, tens and units into a group, groups into a total by thousands."""

    figures: set[str] = field(default_factory=set)
    group: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    scale: int = 0
    """The last power of a thousand that was added to the total; 0 when none was."""
    weak: bool = False
    """Whether all that was read is a part that is no figure alone."""
    written: bool = False
    """Whether the group was in digits, which only a power of a thousand continues."""

    def digits(self, number: str) -> None:
        """Begin a figure with a number in digits; an identifier, or zero, is one as it stands."""
        self.flush()
        if len(number) > _LONGEST:
            self.figures.add(number)
        elif value := Decimal(number):
            self.group, self.written = value, True
        else:
            self.figures.add("0")

    def word(self, atom: _Atom) -> None:
        """Go on with a number word, or begin a figure with it."""
        if atom.kind in {"scale", "scales", "dual"}:
            self._scale(atom)
        elif self._fits(atom):
            self.group = self.group * 100 if self.group and atom.kind == "hundred" else self.group + atom.value
            self.weak = False
        else:
            self.flush()
            self.group = Decimal(atom.value)
            self.weak = atom.kind == "part"

    def _fits(self, atom: _Atom) -> bool:
        units = self.group % 100
        if not self.group or self.written:
            return not self.written and atom.joined and self.scale > atom.value
        if atom.kind == "hundred":
            return not atom.joined and self.group < 10  # noqa: PLR2004 - `ثلاث مئة`
        if atom.kind == "ten" and not atom.joined:
            return 0 < units < 10  # noqa: PLR2004 - `ثلاثة عشر`
        if atom.kind == "tens" and 0 < units < 10:  # noqa: PLR2004 - `ثلاثة وعشرون`
            return atom.joined
        return atom.joined and not units and atom.value < 100 <= self.group  # noqa: PLR2004 - `مئة وثلاثة`

    def _scale(self, atom: _Atom) -> None:
        base = atom.value // 2 if atom.kind == "dual" else atom.value
        if self.group and not atom.joined and atom.kind != "dual":
            self.total, self.group, self.scale = self.total + self.group * base, Decimal(0), base
        else:
            if self.group or not atom.joined or base >= self.scale:
                self.flush()
            if atom.kind != "scales":
                self.total += atom.value
                self.scale = base
        self.written = self.weak = False

    def flush(self, suffix: str = "") -> None:
        """End the figure that was being read."""
        value = self.total + self.group
        if value and not (self.weak and not suffix):
            text = f"{value:f}"
            self.figures.add((text.rstrip("0").rstrip(".") if "." in text else text) + suffix)
        self.group = self.total = Decimal(0)
        self.scale, self.weak, self.written = 0, False, False


def figures(text: str) -> frozenset[str]:
    """The figures of a text, each as Latin digits with a point for decimals and `%` for shares of a hundred.

    Ordinals from the third on count as their number, adverbs (`ثالثًا`) do not. A lone `one`, `first`, `second` or
    `thousands of` is no figure, nor is a dual noun: they are grammar more often than quantities. Figures with more
    than 18 digits stay as they are.
    """
    reader = _Reader()
    for token in _TOKEN.findall(_IN_HUNDRED.sub("%", fold(text))):
        if token in {"%", "٪"} or token in _OF_HUNDRED:
            reader.flush("%")
        elif token[:1].isdecimal():
            for number in _split_digits(token):
                reader.digits(number)
        elif atom := _ATOMS.get(token):
            reader.word(atom)
        else:
            reader.flush()
    reader.flush()
    return frozenset(reader.figures)


def is_number_word(word: str, before: str = "") -> bool:
    """Whether a folded word is a number, or part of one, that `figures` compares; `thousands` after a number only."""
    atom = _ATOMS.get(word)
    if atom is None:
        return word.isdecimal()
    return is_number_word(before) if atom.kind == "scales" else atom.kind != "part"


def _split_digits(token: str) -> tuple[str, ...]:
    """Digits with separators as one number (thousands, decimals) or several (dates, addresses, lists)."""
    if token.isdecimal():
        return (token,)
    parts = re.split(r"[.,٫٬،]", token)
    marks = [character for character in token if not character.isdecimal()]
    thousands = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004 - groups of three
    if thousands and (marks[0] in ",٬،" or len(marks) > 1) and len(set(marks)) == 1:
        return ("".join(parts),)
    if len(marks) == 1 and marks[0] != "،":
        return (f"{parts[0]}.{parts[1]}",)
    grouped = all(len(part) == 3 for part in parts[1:-1])  # noqa: PLR2004 - groups of three
    if grouped and len(marks) > 1 and marks[-1] in ".٫" and set(marks[:-1]) <= set(",٬،"):
        return (f"{''.join(parts[:-1])}.{parts[-1]}",)
    return tuple(parts)
