"""How a language model, asked as an editor, judged the sentences of talks: what a quotation may begin and end with.

`judged.txt` beside this has a line for each talk: its name, then for each sentence in order three signs, as `BE3` or
`-E1`. `B` where a quotation may begin with it, for whoever has not read what was said before; `E` where one may end
with it; and what it is worth, from 0 (said in passing) to 3 (one of the talk's main points).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from models.training.corpus.files import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from models.training.corpus.talks import Talk

JUDGED = CORPUS / "judged.txt"
_SIGNS = re.compile("[B-][E-][0-3]")


class Judgement(NamedTuple):
    """What was said of one sentence."""

    opens: bool
    closes: bool
    worth: int
    """0 said in passing, 1 a detail, 2 a fact or an argument, 3 a main point."""


@cache
def judgements() -> dict[str, tuple[Judgement, ...]]:
    """Of each sentence of the judged talks, by the talk's name."""
    return dict(map(_read, JUDGED.read_text(encoding="utf-8").splitlines()))


def faults(library: Iterable[Talk]) -> Iterator[str]:
    """What does not hold of the judgements of all talks together: talks that are none, sentences without one."""
    lengths = {talk.id: len(talk.sentences) for talk in library}
    for talk, judged in judgements().items():
        if talk not in lengths:
            yield f"judged.txt: {talk} is no talk"
        elif len(judged) != lengths[talk]:
            yield f"{talk}: {len(judged)} judgements of {lengths[talk]} sentences"


def _read(line: str) -> tuple[str, tuple[Judgement, ...]]:
    talk, *signs = line.split()
    wrong = next((each for each in signs if not _SIGNS.fullmatch(each)), None)
    if wrong:
        reason = f"judged.txt: {wrong} is no judgement in {talk}"
        raise ValueError(reason)
    return talk, tuple(Judgement(each[0] == "B", each[1] == "E", int(each[2])) for each in signs)
