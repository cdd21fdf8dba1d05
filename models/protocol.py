"""The line format of replies, read as leniently as it can be: a heading, then sentences with numbers in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.replies import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_BETWEEN = r"(?:[\s,،؛;.و&-]|–|—|إلى|حتى|الجملة|الجمل|جملة|ج|رقم)"
_NUMBERS = rf"{_BETWEEN}{{0,12}}\d{{1,5}}(?:{_BETWEEN}{{1,12}}\d{{1,5}}){{0,30}}{_BETWEEN}{{0,4}}"
_GROUP = re.compile(rf"[\[(（【]({_NUMBERS})[\])）】]")
_TRAILING = re.compile(rf"(?:(?<=[.؟!…])\s+|(?<=[^\d\s][.؟!…]))((?:\d{{1,5}}{_BETWEEN}{{0,3}}){{1,8}})$")
_RANGE = re.compile(r"(\d{1,5})\s{0,3}(?:-|–|—|إلى|حتى)\s{0,3}(\d{1,5})")
_HEADING = re.compile(r"^[\s#*«\"]{0,6}(?:ال)?عنوان(?:\s+القسم)?\s{0,2}[:：]\s{0,4}(.*)$")
_MARKED = re.compile(r"^\s*(?:#{1,6}\s+(.+?)|\*\*([^*]+)\*\*:?)\s*$")
_END = re.compile(r"(?<=[.؟!…])\s+(?=\S)")
_ITEM = re.compile(r"^[\s\[(*]{0,4}(\d{1,3})\s{0,2}[\])*.:\-–ـ]{1,3}\s{0,4}(.*)$")
_DROP = re.compile(r"[\W_]*(?:حذف|احذف|تحذف|محذوفة)(?:\s+(?:هذه\s+)?الجملة)?[\W_]*(?:\[[\d\s،,]*\][\W_]*)?")
_WIDEST: Final = 8
"""Longest range of numbers that is taken as evidence; a longer one points at nothing."""
_EDGES = " -–—:،؛,;"
_HEADING_MOST: Final = 12
"""Most words of a first line that is taken for a heading although nothing says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a reply."""

    text: str
    cites: tuple[int, ...] = ()
    """The numbers it names, as far as there are such sentences; empty when it names none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says."""

    heading: str
    """Empty when it has none."""
    lines: tuple[Line, ...]


def read(text: str, last: int, *, headed: bool = True) -> Reading:
    """A reply in which sentences 1 to `last` may be cited; in a `headed` one the first line can be the heading."""
    rows = [row for row in text.translate(_DIGITS).splitlines() if row.strip()]
    heading, rest = _heading(rows) if headed else ("", rows)
    lines = [line for row in rest if not _HEADING.match(row) for line in _lines(row, last)]
    return Reading(plain(heading).strip(_EDGES + '«»".'), tuple(lines))


def paragraph(text: str) -> tuple[Line, ...]:
    """The sentences of a summary that cites nothing."""
    return tuple(Line(sentence) for row in text.splitlines() for sentence in _sentences(row))


def items(text: str, count: int, last: int) -> dict[int, Line | None]:
    """Numbered sentences (1 to `count`) of a reply; None for one that is to be dropped.

    Without any number the lines are taken in order if there are as many as asked for.
    """
    rows = [row for row in text.translate(_DIGITS).splitlines() if row.strip()]
    found = {int(item[1]): item[2] for row in rows if (item := _ITEM.match(row)) and 0 < int(item[1]) <= count}
    if not found and len(rows) == count:
        found = dict(enumerate(rows, 1))
    return {number: _item(row, last) for number, row in found.items()}


def _item(row: str, last: int) -> Line | None:
    lines = [] if _DROP.fullmatch(row) else list(_lines(row, last))
    cites = {number for line in lines for number in line.cites}
    return Line(" ".join(line.text for line in lines), tuple(sorted(cites))) if lines else None


def _heading(rows: list[str]) -> tuple[str, list[str]]:
    for at, row in enumerate(rows[:3]):
        if found := _HEADING.match(row):
            return (found[1], rows[at + 1 :]) if found[1].strip() else ("".join(rows[at + 1 : at + 2]), rows[at + 2 :])
        if marked := _MARKED.match(row):
            return marked[1] or marked[2], rows[at + 1 :]
    first = rows[0] if rows else ""
    bare = len(rows) > 1 and len(first.split()) <= _HEADING_MOST and not first.rstrip().endswith((".", "؟", "!", "…"))
    return (first, rows[1:]) if bare and not _GROUP.search(first) else ("", rows)


def _lines(row: str, last: int) -> Iterator[Line]:
    """The sentences of a row with their numbers: those that follow, or else the ones the row begins with."""
    pending: tuple[int, ...] = ()
    for text, cites in _segments(row, last):
        sentences = list(_sentences(text))
        if not sentences:
            pending = cites
            continue
        yield from (Line(sentence, cites or pending) for sentence in sentences)
        pending = ()


def _segments(row: str, last: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The row cut behind its groups of numbers; groups that follow each other are one."""
    begin, text = 0, ""
    cites: tuple[int, ...] = ()
    for group in _GROUP.finditer(row):
        numbers = _numbers(group[1], last)
        if not numbers and group[0][0] in "(（":  # a year in brackets, not evidence
            continue
        between = row[begin : group.start()]
        if between.strip(" ." + _EDGES) and (text or cites):
            yield text, cites
            text, cites = between, numbers
        else:
            text, cites = text + between, (*cites, *numbers)
        begin = group.end()
    yield from _last(text, cites, row[begin:], last)


def _last(text: str, cites: tuple[int, ...], rest: str, last: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What stands behind the last group, which may end with bare numbers."""
    trailing = _TRAILING.search(rest)
    numbers = _numbers(trailing[1], last) if trailing else ()
    if text or cites:
        yield text, cites
    if rest.strip(" ." + _EDGES):
        yield (rest[: trailing.start()], numbers) if trailing and numbers else (rest, ())


def _numbers(text: str, last: int) -> tuple[int, ...]:
    """The numbers of a group that name sentences, ascending, ranges written out."""
    found: set[int] = set()
    for low, high in ((int(a), int(b)) for a, b in _RANGE.findall(text)):
        if low < high <= low + _WIDEST:
            found.update(range(low, high + 1))
    found.update(map(int, re.findall(r"\d+", _RANGE.sub(" ", text))))
    found.update(int(low) for low, _ in _RANGE.findall(text))
    return tuple(sorted(number for number in found if 0 < number <= last))


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        clean = _paired(plain(sentence)).strip(_EDGES)
        if any(letter.isalpha() for letter in clean):
            yield clean


def _paired(text: str) -> str:
    """The text without straight quotation marks when one of them has no other."""
    return text.replace('"', "") if text.count('"') % 2 else text
