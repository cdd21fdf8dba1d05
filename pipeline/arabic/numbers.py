"""Figures of a text in one form, whether written in digits or in Arabic words: `٣`, `3` and `ثلاثة` compare equal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipeline.arabic.affixes import NUMBER_PREFIXES
from pipeline.arabic.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

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

_TOKEN = re.compile(r"(?:(?<!\w)و)?\d+(?:[.,٫٬،]\d+)*|[%٪]|[^\W\d_]+")
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
_TEEN_STEMS = {
    3: "تل تلت تلات ثل ثلث ثلاث",
    4: "اربع ربع",
    5: "خمس",
    6: "س ست",
    7: "سبع",
    8: "تمن تمان ثمن ثمان",
    9: "تسع",
}
_TEENS = {
    11: "حداشر احداشر احدعش حدعش حداش احداش",
    12: "اتناشر اطناشر اثناعش اطنعش طنعش طناش اتنعش",
    **{
        10 + unit: " ".join(
            stem + joint + ten
            for stem in stems.split()
            for joint in ("ت", "ط", "تا", "طا")
            for ten in ("عش", "عشر", "اشر", "اش", "شر")
        )
        for unit, stems in _TEEN_STEMS.items()
    },
}
"""As they are said from Morocco to the Gulf: `خمستاشر`, `خمسطعش`, `خمسطاش`."""
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
_NOT_FIGURES = frozenset(
    {"لست", "ولست", "فلست", "الست", "والست", "الاثنين", "والاثنين", "التنين", "والتنين", "تنين"}
    | {prefix + "كميه" for prefix in ("", "و", "ف")}
)
"""`I am not`, `the lady`, `Monday`, `dragon` and `amount`, which look like six, two and `like a hundred`."""
_FRACTIONS = {
    conjunction + word: Decimal(value)
    for words, value in (("نص نصف", "0.5"), ("ربع", "0.25"))
    for word in words.split()
    for conjunction in ("", "و")
}
_ZERO = frozenset({"صفر"})
_POINTS = frozenset({"فاصل", "فاصله", "بوينت"})
"""The decimal point as it is said."""
_SHARES = {
    frozenset(words.split()): value
    for words, value in (
        ("نص نصف النص النصف للنص للنصف بنص بنصف", "50%"),
        ("ربع الربع للربع بربع", "25%"),
        ("تلت ثلث التلت الثلث", "33%"),
    )
}
_TWO_DIGITS = 10
_LONE_AND = re.compile(r"(?<!\w)و\s+(?=\w)")
"""Captions set `and` apart from the word it belongs to."""
_ITS_WATER: Final = re.compile(r"(?<!\w)[وفبل]?مائه(?!\w)")
"""Folded it is `a hundred`; a text that writes taa marbuta anywhere means `its water`."""
_WITH_YAA = re.compile(r"(?<!\w)[وفبلك]{0,2}ميت[اي](?!\w)")
"""A name such as that of a company: written Arabic spells two hundred with a hamza, which folding takes away."""
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
_POSSIBLE = {
    conjunction + word: _Atom(value, kind, joined=bool(conjunction))
    for value, kind, words in (
        (2, "unit", "تنتين ثنتين جوج تاني تانيه التاني التانيه"),
        (3, "unit", "تالت تالته التالت التالته"),
        (4, "unit", "ربعه"),
        (8, "unit", "تمن تامن تامنه التامن التامنه"),
        (9, "unit", "تسعود"),
        (100, "hundred", "ميت"),
        (200, "hundreds", "ميتا ميتي"),
    )
    for word in words.split()
    for conjunction in ("", "و", "ب", "ل", "ف", "ك")
}
"""Numbers in dialects that are other words, too."""


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

    point: str | None = None
    """What stands before a spoken decimal point, once it was said; the group is then what stands behind it."""
    zeros: str = ""
    """Zeros right behind that point."""
    zero: bool = False
    """Whether a zero was said that a point may follow."""

    @property
    def reading(self) -> bool:
        """Whether a figure was begun."""
        return bool(self.total + self.group) or self.point is not None

    def digits(self, number: str, *, joined: bool = False) -> None:
        """Begin a figure with a number in digits; an identifier, or zero, is one as it stands.

        Behind `and` it goes on with a larger one: `مليون و200 ألف`.
        """
        if self.point is not None and not self.group and number.isdecimal():
            self.zeros += number[: len(number) - len(number.lstrip("0"))]
            self.group, self.written = Decimal(number), True
            return
        if not (joined and self.scale and not self.group and len(number) <= _LONGEST and Decimal(number) < self.scale):
            self.flush()
        if len(number) > _LONGEST:
            self.figures.add(number)
        elif value := Decimal(number):
            self.group, self.written = value, True
        else:
            self.figures.add("0")
            self.zero = True

    def word(self, atom: _Atom) -> None:
        """Go on with a number word, or begin a figure with it."""
        if atom.kind in {"scale", "scales", "dual"}:
            self._scale(atom)
        elif self._fits(atom):
            self.group = self.group * 100 if self.group and atom.kind == "hundred" else self.group + atom.value
            self.weak = False
        else:
            if self.point is None or self.group:
                self.flush()
            self.group = Decimal(atom.value)
            self.weak = atom.kind == "part"

    def decimal_point(self) -> None:
        """Go on behind a point that was said: `ثلاثة فاصل سبعة`."""
        if self.point is not None or not (self.zero or self.reading):
            self.flush()
            return
        self.point, self.zeros = f"{self.total + self.group:f}", ""
        self.group = self.total = Decimal(0)
        self.zero = self.weak = self.written = False

    def fraction(self, part: Decimal) -> None:
        """Add a half or a quarter of what was counted last: of one, or of a million."""
        self._end_decimals()
        if self.group or not self.scale:
            self.group += part
            self.written = True  # only a power of a thousand may follow: `اتنين ونص مليون`
        else:
            self.total += part * self.scale
        self.weak = False

    def _end_decimals(self) -> None:
        """Make one number of what stands before and behind the point."""
        if self.point is not None:
            behind = f"{self.zeros}{self.group:f}" if self.group or self.zeros else ""
            self.group = Decimal(f"{self.point}.{behind}" if behind.isdecimal() else self.point)
            self.point, self.weak, self.written = None, False, True

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
        self._end_decimals()
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
        self._end_decimals()
        value = self.total + self.group
        if value and not (self.weak and not suffix):
            text = f"{value:f}"
            self.figures.add((text.rstrip("0").rstrip(".") if "." in text else text) + suffix)
        self.group = self.total = Decimal(0)
        self.scale, self.weak, self.written, self.zero = 0, False, False, False


def figures(text: str) -> frozenset[str]:
    """The figures of a text, each as Latin digits with a point for decimals and `%` for shares of a hundred.

    Ordinals from the third on count as their number, adverbs (`ثالثًا`) do not. A lone `one`, `first`, `second` or
    `thousands of` is no figure, nor is a dual noun: they are grammar more often than quantities. Figures with more
    than 18 digits stay as they are.
    """
    return figure_readings(text)[0]


def figure_readings(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """As `figures`, then the same with halves and smaller numbers behind `and` taken for figures of their own."""
    tokens = _tokens(_WITH_YAA.sub(" ", without_false_hundreds(text)))
    return _read(tokens, _ATOMS), _read(tokens, _ATOMS, joins=False)


def without_false_hundreds(text: str) -> str:
    """The text, word for word, but for `its water`, which folded would read `a hundred`."""
    return _ITS_WATER.sub("مياهه", text) if "ة" in text else text


def possible_figures(text: str) -> frozenset[str]:
    """All that the figures of a text can be read as: those of `figures`, and what else a listener may have meant.

    Dialect spellings that are other words, too (`ميت`, `التالتة`); a half that belongs to the next noun; years without
    their century (`سنة 73`), or in two halves (`19 73`); parts as shares of a hundred (`نص` as 50%). For evidence only:
    a claim must not be free to mean any of them.
    """
    tokens = _tokens(text)
    sure = frozenset().union(*figure_readings(text))
    found = {*sure, *_read(tokens, _ATOMS | _POSSIBLE)}
    found |= {value for token in tokens for word, value in _SHARES.items() if token.removeprefix("و") in word}
    plain = {int(figure) for figure in sure if figure.isdecimal() and len(figure) < 5}  # noqa: PLR2004 - years
    for number in plain:
        if _TWO_DIGITS <= number < 100:  # noqa: PLR2004 - a year without its century
            found |= {f"{1900 + number}", f"{2000 + number}"}
            found |= {f"{century}{number}" for century in plain if century in {17, 18, 19, 20}}
        if number > 1000:  # noqa: PLR2004 - a year has its century
            found.add(f"{(number - 1) // 100 + 1}")
    if any(figure.endswith("%") for figure in sure):  # said once for all: `46% والتانية ل52`
        found |= {f"{figure}%" for figure in found if not figure.endswith("%")}
    return frozenset(found)


def _tokens(text: str) -> Sequence[str]:
    folded = _IN_HUNDRED.sub("%", fold(text))
    return _TOKEN.findall(_LONE_AND.sub("و", folded))


def _read(tokens: Sequence[str], atoms: dict[str, _Atom], *, joins: bool = True) -> frozenset[str]:
    """The figures of a row of tokens; with `joins` what `and` adds to a number belongs to it, also behind its noun."""
    reader = _Reader()
    for at, token in enumerate(tokens):
        half = joins and reader.reading and _is_half(tokens, at + 1)
        if _read_sign(reader, tokens, at, half=half) or _read_part(reader, tokens, at, joins=joins):
            continue
        number = token.removeprefix("و")
        if number[:1].isdecimal():
            for each in _split_digits(number):
                reader.digits(each, joined=joins and number != token)
        elif atom := atoms.get(token):
            reader.word(atom)
        elif not half:
            reader.flush()
            reader.zero = token in _ZERO
    reader.flush()
    return frozenset(reader.figures)


def _read_sign(reader: _Reader, tokens: Sequence[str], at: int, *, half: bool) -> bool:
    """Read a sign of per cent, or a decimal point and the zeros behind it; False for any other token."""
    token = tokens[at]
    if token in {"%", "٪"} or token in _OF_HUNDRED:
        if half:
            reader.fraction(_FRACTIONS[tokens[at + 1]])
        reader.flush("%")
    elif token in _POINTS:
        reader.decimal_point()
    elif token in _ZERO and reader.point is not None:
        reader.zeros += "0"
    else:
        return False
    return True


def _read_part(reader: _Reader, tokens: Sequence[str], at: int, *, joins: bool) -> bool:
    """Read a half or a quarter that belongs to the number before it, or to the power of a thousand behind it."""
    part, scaled = _FRACTIONS.get(tokens[at]), _next_is_scale(tokens, at)
    if part is None or not (joins or scaled):
        return False
    joined = tokens[at][0] == "و"
    if joined != reader.reading or not (joined or scaled):
        return False
    reader.fraction(part)
    return True


def _is_half(tokens: Sequence[str], at: int) -> bool:
    """Whether a part that was added to a number stands there: `37 درجة ونصف`, but not `رجل ونصف القرية`."""
    if at >= len(tokens) or tokens[at] not in _FRACTIONS or tokens[at][0] != "و":
        return False
    return at + 1 == len(tokens) or not tokens[at + 1].startswith("ال")


def _next_is_scale(tokens: Sequence[str], at: int) -> bool:
    atom = _ATOMS.get(tokens[at + 1]) if at + 1 < len(tokens) else None
    return atom is not None and atom.kind == "scale" and not atom.joined


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
