"""Rows of captions whose marks stand where an old player shows them, in the order in which they are written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.article import Caption

FEW = 3
"""Fewer rows than this are no habit."""

SHARE = 0.1
"""Of the rows that begin with a mark: nobody writes one before a word, so that a tenth is a file's way."""

_MARKS = "،؛؟!?.,:;…"
_LEADING = re.compile(
    rf"(?P<dash>[-–—]\s?)?(?P<marks>[{_MARKS}]{{1,4}})(?P<space>\s?)(?=[\"'«»“”()\[\]]{{0,2}}[\u0621-\u064a])"
)
_DOTS = re.compile(r"\.{2,4}|…")
_ENDED = re.compile(rf"[{_MARKS}][\"'«»“”)\]]?\s*[-–—]?$")
_OUTWARD = re.compile(r"^\W*[)»\]][^()«»\[\]]*[(«\[]\W*$")
_INWARD = re.compile(r"[(«\[][^()«»\[\]]*[)»\]]")
_OTHER_BRACKET = str.maketrans("()«»[]", ")(»«][")
_LAST_DASH = re.compile(r"(?<=\S)\s?[-–—]$")


def in_logical_order(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """The captions with marks, brackets and dashes at the right end of their rows, where they are wrong as a habit.

    Programs without support for writing from right to left need `.نص` to show a full stop on the left, and `نص-` for
    the dash of a speaker. Dots before a word may also mean that a sentence goes on: they move where rows never end
    with a mark, or where other marks stand before words.
    """
    rows = [row for caption in captions for row in caption.text.splitlines()]
    leading = [match["marks"] for row in rows if (match := _LEADING.match(row))]
    dots = sum(_DOTS.fullmatch(marks) is not None for marks in leading)
    ended = sum(_ENDED.search(row) is not None for row in rows)
    flipped = _is_habit(len(leading) - dots, len(rows))
    dotted = _is_habit(len(leading), len(rows)) and (flipped or len(leading) > ended)
    last = sum(_LAST_DASH.search(row) is not None for row in rows)
    dashed = FEW * last >= len(rows) and last >= FEW and last > sum(row[:1] in "-–—" for row in rows)
    outward = sum(_OUTWARD.search(row) is not None for row in rows)
    brackets = outward >= FEW and outward > sum(_INWARD.search(row) is not None for row in rows)
    if not (flipped or dotted or dashed or brackets):
        return tuple(captions)
    turned = (_turned(caption, marks=flipped, dots=dotted, dash=dashed) for caption in captions)
    return tuple(replace(c, text=c.text.translate(_OTHER_BRACKET)) if brackets else c for c in turned)


def _is_habit(rows: int, of: int) -> bool:
    return rows >= FEW and rows >= SHARE * of


def _turned(caption: Caption, *, marks: bool, dots: bool, dash: bool) -> Caption:
    rows = []
    for row in caption.text.splitlines():
        turned = f"-{_LAST_DASH.sub('', row)}" if dash and _LAST_DASH.search(row) else row
        match = _LEADING.match(turned)
        if match and (dots if _DOTS.fullmatch(match["marks"]) else marks):
            turned = (match["dash"] or "") + turned[match.end() :] + match["marks"]
        rows.append(turned)
    text = "\n".join(rows)
    # Word times stay with their words: a mark that stood alone was a word to them.
    return replace(caption, text=text, times=caption.times if len(text.split()) == len(caption.times) else ())
