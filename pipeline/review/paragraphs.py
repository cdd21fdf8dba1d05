"""A typed text as paragraphs: a blank line ends one, and a sentence cut in two keeps its evidence in both halves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.review.evidence import reattach_divided

if TYPE_CHECKING:
    from pipeline.types.article import Paragraph

_BLANK_LINES = re.compile(r"(?:\r?\n[^\S\r\n]*){2,}")


def typed_paragraphs(old: Paragraph, text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text that was typed over `old`; none for an empty one."""
    return tuple(each for each in reattach_divided(old, _BLANK_LINES.split(text)) if each.statements)
