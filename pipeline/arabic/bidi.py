"""Keep Latin names, numbers and addresses from jumbling the Arabic text around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import BIDI

if TYPE_CHECKING:
    from collections.abc import Iterator

_LRI, _PDI, _RLM = "\u2066", "\u2069", "\u200f"
_CONTROLS = re.compile(f"[{BIDI}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_BREAKS = "\n،؛؟"
_FOREIGN = re.compile(r"[^\W\u0600-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
"""A letter or digit that is not Arabic; most sentences have none."""
_LEADING = "+-#@$€£.~/&_"
_TRAILING = "+#%°/$€£_"
_CACHED = 4096
"""Texts remembered: every format of an article shows the same ones."""
_PLAIN = frozenset({"EN", "CS"})
"""Directions of letters that every viewer shows right without help: `2026`, `3.14`, `12:34`."""


@dataclass(frozen=True, slots=True)
class DirectionRun:
    """A stretch of text that is shown in one direction."""

    text: str
    foreign: bool
    """Whether it runs from left to right and must be isolated from the Arabic around it."""


@lru_cache(_CACHED)
def strip_controls(text: str) -> str:
    """A foreign text on one line, without direction overrides, control characters and doubled spaces.

    A title with U+202E can show another file name or address than it holds; no honest title needs one.
    """
    return _SPACE.sub(" ", _CONTROLS.sub("", text)).strip()


@lru_cache(_CACHED)
def direction_runs(text: str) -> tuple[DirectionRun, ...]:
    """The text cut into Arabic and left-to-right stretches; joined, they are the text again.

    A stretch from left to right is as long as possible (`Python 3.14`, `10-20`, `https://...`) but never crosses an
    Arabic letter or mark, and takes the signs that hang on it (`C++`, `50%`, `+963`).
    """
    if not _FOREIGN.search(text):
        return (DirectionRun(text, foreign=False),) if text else ()
    runs: list[DirectionRun] = []
    done = 0
    for start, end in _foreign_spans(text):
        if start > done:
            runs.append(DirectionRun(text[done:start], foreign=False))
        runs.append(DirectionRun(text[start:end], foreign=True))
        done = end
    if done < len(text):
        runs.append(DirectionRun(text[done:], foreign=False))
    return tuple(runs)


def isolate(text: str) -> str:
    """The text for places without markup (Markdown): left-to-right stretches between U+2066 and U+2069.

    Without them `C++.` at the end of a sentence is shown as `.++C`. A text that begins with one gets U+200F first,
    since viewers take the direction of a paragraph from its first letter.
    """
    runs = direction_runs(text)
    isolated = "".join(f"{_LRI}{run.text}{_PDI}" if run.foreign else run.text for run in runs)
    return _RLM + isolated if runs and runs[0].foreign else isolated


def _foreign_spans(text: str) -> Iterator[tuple[int, int]]:
    """Borders of the stretches to isolate, with the signs that hang on them and a bracket that was opened inside."""
    directions = [unicodedata.bidirectional(character) for character in text]
    done = 0
    for first, last in _letter_spans(text, directions):
        start, end = first, last + 1
        while start > done and text[start - 1] in _LEADING:
            start -= 1
        while end < len(text) and text[end] in _TRAILING:
            end += 1
        if end < len(text) and text[end] == ")" and text.count("(", start, end) > text.count(")", start, end):
            end += 1
        if any(direction not in _PLAIN for direction in directions[start:end]):
            yield start, end
            done = end


def _letter_spans(text: str, directions: list[str]) -> Iterator[tuple[int, int]]:
    """First and last letter or digit of each stretch.

    A number before a space does not begin one, since it belongs to the Arabic before it (not so `+963 11`).
    """
    first = last = -1
    number = False
    for index, (character, direction) in enumerate(zip(text, directions, strict=True)):
        ends = direction in {"R", "AL", "AN"} or character in _BREAKS or (number and character == " ")
        if ends and first >= 0:
            yield first, last
            first, number = -1, False
        elif direction in {"L", "EN"}:
            if first < 0:
                first, number = index, text[index - 1 : index] != "+"
            last, number = index, number and direction == "EN"
    if first >= 0:
        yield first, last
