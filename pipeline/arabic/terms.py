"""Replace a name or term wherever it stands, also with what Arabic joins to the front of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LEAST: Final = 3
"""Letters of a term from which on it is looked for behind joined letters: a shorter one ends too many other words."""
_ARTICLE, _FOR_THE = "ال", "لل"


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term, as it was written and as it should be."""

    wrong: str
    right: str


def find_term(text: str, term: Term) -> bool:
    """Whether the wrong form stands in the text as a whole word, alone or behind `و ف ب ل ك` and the article."""
    return bool(_pattern(term.wrong).search(text))


def replace_term(text: str, term: Term) -> str:
    """The text with the right form in each place of the wrong one, with the joined letters kept.

    An article that both forms would have is written once, and `ل` before an article makes `لل`.
    """
    return _pattern(term.wrong).sub(lambda found: _joined(found, term), text)


@lru_cache(256)
def _pattern(wrong: str) -> re.Pattern[str]:
    bare = wrong.removeprefix(_ARTICLE)
    if len(bare) < _LEAST:
        return re.compile(rf"(?<!\w)(?P<and>)(?P<to>)(?P<the>){re.escape(wrong)}(?!\w)")
    article = _ARTICLE if bare != wrong else f"(?:{_ARTICLE})?"
    joined = rf"(?P<and>[وف]?)(?:(?P<for>ل)ل|(?P<to>[بلك]?)(?P<the>{article}))"
    return re.compile(rf"(?<!\w){joined}{re.escape(bare)}(?!\w)")


def _joined(found: re.Match[str], term: Term) -> str:
    groups = found.groupdict("")
    letter, definite = groups["to"] or groups.get("for", ""), bool(groups["the"] or groups.get("for"))
    bare = term.right.removeprefix(_ARTICLE)
    # A wrong form with an article of its own gives way to whatever article the right one has.
    own = term.wrong.startswith(_ARTICLE) or not definite
    article = _ARTICLE if (bare != term.right if own else True) else ""
    front = _FOR_THE if letter == "ل" and article else letter + article
    return f"{groups['and']}{front}{bare}"
