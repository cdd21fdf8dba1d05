"""What the title of a video names: its subject, and the programme, season and number that stand around it.

Titles are written by habit, not by rule: parts stand between bars or dashes, in any order, and the name of the
programme may be the longest. What a part is, is told by its words, by the channel, and by the titles of other videos,
in which the name of a programme comes again and a subject does not.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from pipeline.arabic.dates import date_positions
from pipeline.arabic.formatting import EDGES, headline, plain_title
from pipeline.arabic.names import GIVEN
from pipeline.arabic.normalize import fold, words
from pipeline.arabic.nouns import NOUNS
from pipeline.arabic.phrases import contains_phrase
from pipeline.arabic.stopwords import EMPTY
from pipeline.types.article import Video

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class VideoName:
    """What a title says of its video; a text is empty, a number None where the title does not tell it."""

    subject: str
    """What the video is about, as the title has it; empty where it names only a programme, a date or a person."""
    programme: str = ""
    season: int | None = None
    number: int | None = None
    """Of the episode, lesson or session."""


class _Kind(Enum):
    SUBJECT = auto()
    """Nothing tells that it is anything else."""
    KNOWN = auto()
    """The channel, or what other titles have, too: a programme for certain."""
    PROGRAMME = auto()
    """Likely a programme: a subject where there is no other."""
    NUMBERED = auto()
    """What stands before `episode 3` without a mark: a programme."""
    ASIDE = auto()
    """A person, an occasion, a date, a remark such as `full`, a translation."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    kind: _Kind = _Kind.SUBJECT


@dataclass(slots=True)
class _Numbers:
    season: int | None = None
    number: int | None = None
    found: bool = False


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is known of a title before it is read."""

    channel: tuple[str, ...]
    repeated: frozenset[tuple[str, ...]] = field(default_factory=frozenset)
    arabic: bool = True
    """Whether the title has an Arabic letter."""


_SEGMENTS: Final = re.compile(r"\s*(?:[|｜¦•│┃]|\s//\s|\s/\s)\s*")
_DASHES: Final = re.compile(r"(\s+[-–—~_]+\s*|\s*[-–—~_]+\s+|\s*[–—]\s*)")
_COLON: Final = re.compile(r"\s*:(?!\d)\s*")
_BRACKETS: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_NUMBER_SIGN: Final = re.compile(r"#(\d{1,4})(?!\w)")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
QUOTED: Final = re.compile('«([^«»]+)»|“([^“”]+)”|"([^"]+)"')
_TOLD_LEAST: Final = 4
"""Fewest words of a part of a title that are it and nothing else."""
_LONGEST: Final = 300
"""Characters of a title that are read; YouTube takes 100."""
_AGAIN_FEW: Final = 3
"""With so few other titles one of them is enough to show that a part comes again, otherwise it takes two."""
_PROGRAMME_MOST: Final = 4
"""Words of a part that is taken for a programme only because it stands beside a subject."""


# --- numbers ---


def _ordinals() -> dict[str, int]:
    """Folded ordinals with their article from 1 to 30, of both genders and as Egyptians say them."""
    roots = "اول:اولي ثاني:ثانيه:تاني:تانيه ثالث:ثالثه:تالت:تالته رابع:رابعه خامس:خامسه سادس:سادسه سابع:سابعه"
    roots += " ثامن:ثامنه:تامن:تامنه تاسع:تاسعه عاشر:عاشره"
    made = {f"ال{form}": value for value, forms in enumerate(roots.split(), 1) for form in forms.split(":")}
    units = [*((form, value) for form, value in made.items() if 1 < value < 10), ("الحادي", 1), ("الحاديه", 1)]  # noqa: PLR2004
    made |= {f"{form} {ten}": 10 + value for form, value in units for ten in ("عشر", "عشره")}
    made |= {f"{form} وال{ten}": 20 + value for form, value in units for ten in ("عشرون", "عشرين")}
    return made | dict.fromkeys(("العشرون", "العشرين"), 20) | dict.fromkeys(("الثلاثون", "الثلاثين"), 30)


_ORDINALS: Final = _ordinals()
_ORDINAL: Final = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace(" ", r"\s")
_VALUE: Final = rf"(?:\d{{1,4}}(?!\d)|(?:{_ORDINAL})(?!\w))"
_END: Final = r"(?=[\s)\]:،,.!؟_-]*$)"
_EPISODE: Final = re.compile(
    rf"""(?<![\w])[#(\[]*(?:
        s\s?(?P<s>\d{{1,2}})\s?[:.x_-]?\s?ep?\s?(?P<se>\d{{1,4}})
        |(?:ال)?(?:موسم|سيزون)\s(?:رقم\s)?(?P<season>\d{{1,2}}(?!\d)|(?:{_ORDINAL})(?!\w))|season\s?(?P<en>\d{{1,2}})|s(?P<s1>\d{{1,2}})
        |(?:ال)?(?:حلقه|ح)[\s.:#_-]{{0,2}}(?:رقم\s)?(?P<e>{_VALUE})(?:\s?(?:من|/)\s?\d+)?(?:\s(?:و?الاخيره|{_ORDINAL})(?!\w))?
        |(?:ال)(?:جلسه|لقاء|درس|محاضره|مجلس|عدد)\s(?:رقم\s)?(?P<l>{_VALUE})
        |(?:جلسه|لقاء|درس|محاضره|مجلس|عدد)\s(?:رقم\s)?(?P<n>\d{{1,4}}){_END}
        |ep(?:isode)?[\s._:#-]{{0,2}}(?P<ep>\d{{1,4}})|e(?P<e1>\d{{1,4}})|\#(?P<hash>\d{{1,4}})
        |(?P<last>(?:ال)?حلقه\s(?:الاخيره|الاولي\sوالاخيره))
    )(?!\w)[)\]]*""",
    re.VERBOSE,
)
_TRAILING: Final = re.compile(r"(?<=\s)(\d{1,3})$")


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _ORDINALS[text]


def _take_numbers(text: str, numbers: _Numbers) -> list[_Part]:
    """The parts of a text around its season and number, which go into `numbers`."""
    written = text.split()
    folded = [fold(word).replace(" ", "") for word in written]
    line = " ".join(folded)
    found = list(_EPISODE.finditer(line))
    if not found:
        return [_Part(text)]
    for match in found:
        named = {name: value for name, value in match.groupdict().items() if value and name != "last"}
        for name, value in named.items():
            if name in {"s", "season", "en", "s1"}:
                numbers.season = numbers.season or _value(value)
            else:
                numbers.number = numbers.number or _value(value)
        numbers.found = True
    first, last = line[: found[0].start()].count(" "), line[: found[-1].end()].count(" ") + 1
    before, after = (_trim(" ".join(piece)) for piece in (written[:first], written[last:]))
    after = re.sub(r"^من (?=برنامج|مسلسل|سلسلة)", "", after)
    parts = [_Part(before, _Kind.NUMBERED)] if _has_word(before) else []
    return parts + ([_Part(after)] if _has_word(after) else [])


# --- kinds of parts ---

_PERSONS: Final = frozenset(
    fold("""
    الشيخ للشيخ شيخ الدكتور للدكتور الدكتورة دكتور دكتورة د. د م. أ. ا.د الأستاذ للأستاذ الأستاذة أستاذ المهندس للمهندس
    البروفيسور القارئ للقارئ الداعية الإعلامي الإعلامية المستشار الكابتن كابتن فضيلة لفضيلة الإمام سماحة تقديم إعداد
    sheikh shaykh dr. dr imam prof
    """).split()
)
"""Folded words before the name of who speaks."""
_PERSON_MOST: Final = 6
"""Words of a person's name with all its titles."""
_BY: Final = re.compile(r"\s+(?=(?:للشيخ|لفضيلة|لسماحة|للدكتور|للدكتورة|للأستاذ|للأستاذة|للمهندس|للقارئ)\s)")
_OCCASIONS: Final = frozenset(
    fold("""
    خطبة خطبتا خطبتي خطب الخطبة والخطبة صلاة وصلاة والصلاة الجمعة جمعة العيد عيد الفطر الأضحى الاستسقاء الكسوف الأولى
    الثانية التراويح التهجد تلاوة من في المسجد مسجد بمسجد بالمسجد الحرام النبوي الشريف مكة بمكة المكرمة المدينة بالمدينة
    المنورة الحرم المكي المدني جامع الجامع بجامع الحرمين الشريفين khutbah khutba friday sermon jumuah jumah makkah
    madinah masjid haram nabawi al
    """).split()
)
_MOSQUES: Final = frozenset(fold("جامع مسجد بجامع بمسجد").split())
"""Words that the name of a mosque follows."""
_OPENS_OCCASION: Final = frozenset(fold("خطبة خطبتا خطبتي خطب الخطبة صلاة khutbah khutba friday sermon").split())
_REMARKS: Final = frozenset(
    fold(
        "كاملة كامل كامله مترجم مترجمة حصري حصريا جديد وثائقي فيلم مباشر بث البث live hd 4k full official video"
    ).split()
)
_DATE_WORDS: Final = frozenset(fold("يوم ليلة الموافق بتاريخ تاريخ هـ م عام سنة شهر").split())
_PROGRAMMES: Final = frozenset(
    fold("برنامج مسلسل سلسلة بودكاست قناة كورس دورة جامعة كلية معهد أكاديمية podcast channel show foodcast").split()
)
_ABOUT: Final = re.compile(r"\s+عن\s+")
_TITLED: Final = re.compile(r"(?:^|\s)(?:بعنوان|عنوانها|عنوانه|حول موضوع|موضوعها)\s*:?\s*")
_ASKS: Final = frozenset(
    fold("لماذا كيف هل ما ماذا متى أين من ليه إزاي ايه إيه أيه ازاى مين كم لمن why how what who").split()
)


def _kind(text: str, around: _Surroundings) -> _Kind:
    own = _key(text)
    if own and (own == around.channel or own in around.repeated):
        return _Kind.KNOWN
    bare = [word for word in (word.strip('.،,:!؟"«»()[]') for word in fold(text).split()) if word]
    dated = _date_words(bare)
    if all(word in _REMARKS or dated[at] for at, word in enumerate(bare)):
        return _Kind.ASIDE
    undated = [word for word, of_date in zip(bare, dated, strict=True) if not of_date]
    if undated and undated[0] in _OPENS_OCCASION:
        mosque = [False, *(word in _MOSQUES for word in undated)]
        undated = [word for word, at in zip(undated, mosque, strict=False) if word not in _OCCASIONS and not at]
    if not undated or _is_person(undated):
        return _Kind.ASIDE
    if around.arabic and not _ARABIC.search(text) and len(bare) > 1 and text.istitle():
        return _Kind.ASIDE
    host = bare.index("مع") + 1 if "مع" in bare else len(bare)
    hosted = 1 < host < len(bare) and (bare[host] in _PERSONS or bare[host] in GIVEN) and _is_person(bare[host - 1 :])
    return _Kind.PROGRAMME if not _PROGRAMMES.isdisjoint(bare[:1]) or hosted else _Kind.SUBJECT


def _date_words(folded: Sequence[str]) -> list[bool]:
    """For each folded word whether it belongs to a date."""
    named = date_positions(folded)
    return [at in named or word in _DATE_WORDS or not word.strip("0123456789-/._هم") for at, word in enumerate(folded)]


def _is_person(bare: Sequence[str]) -> bool:
    """Whether folded words are a person's name behind a title such as `the sheikh`, or behind `with`."""
    if not bare or (bare[0] not in _PERSONS and not (bare[0] == "مع" and len(bare) > 1)):
        return False
    named = [word for word in bare[1:] if word not in _PERSONS]
    if fold("على") in named[1:-1]:
        return False
    joined = any(
        (word in EMPTY and word not in GIVEN and "فلان" not in word)
        or (word[0] == "و" and word[1:].removeprefix("ال") in NOUNS)
        for word in named
    )
    things = any(word.startswith("ال") and word[2:] in NOUNS for word in named[1:])
    return len(bare) <= _PERSON_MOST and not joined and not things


def _key(text: str) -> tuple[str, ...]:
    """What a part is compared by: its folded words without a date at its end."""
    own = list(words(text))
    dated = _date_words(own)
    while own and dated[len(own) - 1]:
        own.pop()
    return tuple(own)


def _asks(text: str) -> bool:
    own = words(text)
    return "؟" in text or "?" in text or not _ASKS.isdisjoint(own[:1])


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(EDGES)


def _has_word(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 1


# --- the title ---


def video_subject(video: Video, others: Iterable[str] = ()) -> VideoName:
    """The subject, programme, season and number that a video's title names.

    `others` are titles of other videos of its channel, list or library; with them a programme is told from a subject
    even where nothing in the title tells it. The video's own title among them does no harm.
    """
    title = _plain(video.title)
    around = _Surroundings(words(video.channel), _repeated(video.title, others), bool(_ARABIC.search(title)))
    numbers = _Numbers()
    segments = [_read_segment(segment, around, numbers) for segment in _without_brackets(title, around)]
    parts = [part for segment in segments for part in segment]
    by_kind = {kind: [part.text for part in parts if part.kind is kind] for kind in _Kind}
    subjects = by_kind[_Kind.SUBJECT]
    if not subjects and not numbers.found:
        subjects = by_kind.pop(_Kind.PROGRAMME)
    if numbers.found:
        # The programme stands before the subject more often than behind it, so of two that seem alike the last counts.
        subjects.reverse()
    subject = max(subjects, key=_worth, default="")
    named = [text for kind in (_Kind.KNOWN, _Kind.NUMBERED, _Kind.PROGRAMME) for text in by_kind.get(kind, ())]
    named = sorted(named, key=lambda text: words(text) == around.channel)
    beside = [
        text for text in subjects if text != subject and not _asks(text) and (_ARABIC.search(text) or not around.arabic)
    ]
    if not named and len(beside) == 1 and len(beside[0].split()) <= _PROGRAMME_MOST:
        named = beside
    return VideoName(subject, next(iter(named), ""), numbers.season, numbers.number)


def _worth(text: str) -> tuple[bool, bool, int]:
    """In order: Arabic, a question, many words."""
    return bool(_ARABIC.search(text)), _asks(text), sum(_has_word(word) for word in text.split())


def _repeated(title: str, others: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The keys of parts that come again in other titles."""
    own = words(title)
    apart = {words(other): other for other in others}
    apart.pop(own, None)
    counts: Counter[tuple[str, ...]] = Counter()
    for other in apart.values():
        counts.update(set(_keys(other)))
    needed = 1 if len(apart) <= _AGAIN_FEW else 2
    return frozenset(key for key, times in counts.items() if times >= needed)


def _keys(title: str) -> Iterator[tuple[str, ...]]:
    nothing = _Surroundings(())
    for segment in _without_brackets(_plain(title), nothing):
        for _, text in _dashed(segment):
            for part in _take_numbers(text, _Numbers()):
                for piece in (part.text, *_COLON.split(part.text, 1)[: 1 if ":" in part.text else 0]):
                    if key := _key(piece):
                        yield key


def _plain(title: str) -> str:
    """A title without pictures and hashtags; a number behind `#` is no hashtag."""
    return plain_title(_NUMBER_SIGN.sub(r"(\1)", title[:_LONGEST]))


def _without_brackets(title: str, around: _Surroundings) -> list[str]:
    """The segments of a title between bars; what stands in brackets is one of its own if it is no part of a subject."""
    asides: list[str] = []

    def lift(match: re.Match[str]) -> str:
        inside = _trim(match[1])
        if inside.isdecimal():
            return f" #{inside} "
        numbered = not any(part.text == inside for part in _take_numbers(inside, _Numbers()))
        if inside and not numbered and _kind(inside, around) is _Kind.SUBJECT:
            return match[0]
        asides.append(inside)
        return " | "

    segments = [*_SEGMENTS.split(_BRACKETS.sub(lift, title)), *asides]
    return [segment for segment in map(_trim, segments) if segment]


def _dashed(segment: str) -> list[tuple[str, str]]:
    """The pieces of a segment between dashes, each with the dash before it; `part two` stays with what it is of."""
    split = ["", *_DASHES.split(segment)]
    pieces: list[tuple[str, str]] = []
    for dash, text in zip(split[::2], split[1::2], strict=True):
        if pieces and fold(text).startswith(("الجزء", "جزء", "part")):
            before, whole = pieces.pop()
            pieces.append((before, whole + dash + text))
        elif _trim(text):
            pieces.append((dash, _trim(text)))
    return pieces


def _read_segment(segment: str, around: _Surroundings, numbers: _Numbers) -> list[_Part]:
    """The parts of a segment; neighbouring pieces that belong to the subject are one part with their dash."""
    parts: list[_Part] = []
    broken = False
    for dash, text in _dashed(segment):
        read = list(_read_piece(text, around, numbers))
        joins = bool(parts) and parts[-1].kind is _Kind.SUBJECT and not broken
        broken = not read
        for part in read:
            subject = part.kind is _Kind.SUBJECT
            presents = subject and numbers.found and dash and _is_name_alone(part.text)
            if joins and subject and not presents:
                parts[-1] = _Part(parts[-1].text + dash + part.text)
            else:
                parts.append(_Part(part.text, _Kind.ASIDE) if presents else part)
            joins = False
    return parts


def _read_piece(text: str, around: _Surroundings, numbers: _Numbers) -> Iterator[_Part]:
    """The parts of a text without bars and dashes, each with its kind."""
    if text.isdecimal() and len(text) <= 3:  # noqa: PLR2004 - longer ones are years
        numbers.number, numbers.found = numbers.number or int(text), True
        return
    if (trailing := _TRAILING.search(text)) and not _PROGRAMMES.isdisjoint(words(text)[:1]):
        numbers.number, numbers.found = numbers.number or int(trailing[1]), True
        text = _trim(text[: trailing.start()])
    for part in _take_numbers(text, numbers):
        first, *by = _BY.split(part.text, 1)
        if by and _is_person(tuple(word for word in fold(by[0]).split() if word not in _OCCASIONS)):
            yield _Part(by[0], _Kind.ASIDE)
        else:
            first = part.text
        titled, colon = _TITLED.split(first, 1), _COLON.split(first, 1)
        about = _ABOUT.split(first, 1) if fold(first).startswith(tuple(_OPENS_OCCASION)) else [first]
        told = next((map(_trim, pieces) for pieces in (titled, about, colon) if len(pieces) > 1), ())
        pieces = [piece for piece in told if _has_word(piece)]
        left = _kind(pieces[0], around) if pieces else _Kind.SUBJECT
        if len(pieces) > 1 and (left is not _Kind.SUBJECT or part.kind is _Kind.NUMBERED or len(titled) > 1):
            yield _Part(pieces[0], left if left is not _Kind.SUBJECT else _Kind.PROGRAMME)
            yield _Part(pieces[1], _kind(pieces[1], around))
        elif _has_word(first):
            kind = _kind(first, around)
            yield _Part(first, part.kind if kind is _Kind.SUBJECT else kind)


def _is_name_alone(text: str) -> bool:
    """Whether a text is two or three words that are the name of a person."""
    own = words(text)
    plain = not any(word in NOUNS or word in EMPTY or word.startswith("ال") for word in own)
    return 1 < len(own) <= 3 and plain and not GIVEN.isdisjoint(own)  # noqa: PLR2004 - a name and its father's


def quoted_title(text: str, title: str) -> str:
    """The quotation in a text that gives a video's title, its subject, or half of a long one; empty where none does."""
    whole = words(title)
    short = (whole, words(headline(title)), words(video_subject(Video("", title)).subject))

    def gives(quotation: str) -> bool:
        said = words(quotation)
        part = len(said) >= _TOLD_LEAST and 2 * len(said) >= len(whole) and contains_phrase(said, whole)
        return bool(said) and (part or said in short)

    quotations = (next(filter(None, found)) for found in QUOTED.findall(text))
    return next((each for each in quotations if gives(each)), "")
