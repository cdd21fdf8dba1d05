"""Whether a sentence of a model may stand: its evidence confirmed or found anew, its words held against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from models.replies import echoes, foreign, loops
from pipeline.text import voice
from pipeline.text.claims import check, unquoted, weighed
from pipeline.text.flaws import FLAWS
from pipeline.text.fold import words
from pipeline.text.retrieval import Retriever
from pipeline.text.stem import content
from pipeline.text.tidy import tidy
from pipeline.types import Flaw, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.protocol import Line
    from pipeline.ports import Judge
    from pipeline.text.claims import Check
    from pipeline.types import Sentence

CITES_MOST: Final = 4
"""Most sentences that one statement rests on; a model that points at more points at nothing."""
WORDS_MOST, WORDS_LEAST = 60, 3
"""Longest and shortest sentence that is taken, in words."""
_SAME: Final = 0.8
"""Share of common topic words from which on two sentences of one part say the same."""
VOICE: Final = "صياغة المتكلم أو العامية"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one sentence of a model."""

    line: Line
    said: Sentence | Statement | None
    """What may stand in the article: a statement, or the sentence of the talk that it is; None when it may not."""
    complaint: str = ""
    """What is wrong with it, in Arabic, to be told to the model; empty when there is nothing to mend."""
    near: tuple[int, ...] = ()
    """Numbers of the sentences that come closest to it."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A sentence beside some evidence."""

    text: str
    """Without marks around what is no quotation."""
    cites: tuple[int, ...]
    evidence: tuple[str, ...]
    checked: Check


class Ground:
    """The sentences that a piece of the article may rest on."""

    def __init__(self, sentences: Sequence[Sentence], facts: Sequence[str], judge: Judge, prompt: str) -> None:
        """`facts` are texts about the video; `prompt` is what the model was told and must not repeat."""
        self.sentences = tuple(sentences)
        self._by_number = {sentence.number: sentence for sentence in sentences}
        self._retriever = Retriever(self.sentences)
        self._facts, self._judge, self._prompt = tuple(facts), judge, prompt

    def settle(self, lines: Sequence[Line]) -> list[Settled]:
        """Look at sentences, whose numbers count from 1 in the order of these; the judge is asked once, about all."""
        looks = [self._best(line) if self._readable(line.text) else None for line in lines]
        asked = [at for at, look in enumerate(looks) if look and not look.checked.flaws and not look.checked.verbatim]
        pairs = [(look.text, " ".join(look.evidence)) for at in asked if (look := looks[at])]
        for at, odds in zip(asked, self._judge.support(pairs) if pairs else (), strict=True):
            if look := looks[at]:
                looks[at] = replace(look, checked=weighed(look.checked, odds))
        return [
            self._settled(line, look) if look else Settled(line, None) for line, look in zip(lines, looks, strict=True)
        ]

    def _readable(self, text: str) -> bool:
        """Whether it is a sentence in Arabic at all, and none of the prompt's."""
        within = WORDS_LEAST <= len(text.split()) <= WORDS_MOST
        return within and not (foreign(text) or loops(text) or echoes(text, self._prompt))

    def _settled(self, line: Line, look: _Look) -> Settled:
        if not look.checked.flaws and look.checked.verbatim and (whole := self._whole(look)):
            return Settled(line, whole, near=look.cites)
        complaint = _complaint(look)
        return Settled(line, None if complaint else Statement(tidy(look.text), look.cites), complaint, look.cites)

    def number(self, sentence: int) -> int:
        """The place of a sentence of the talk among these, counted from 1."""
        return next(at for at, each in enumerate(self.sentences, 1) if each.number == sentence)

    def _best(self, line: Line) -> _Look:
        """The evidence with which the sentence stands best: what it names, what is found, or both."""
        named = tuple(self.sentences[number - 1].number for number in line.cites)
        found = self._retriever.cites(line.text)
        both = tuple(sorted({*named, *found}))
        choices = [cites for cites in dict.fromkeys((named, found, both)) if 0 < len(cites) <= CITES_MOST]
        looks = [self._look(line.text, cites) for cites in choices or [found]]
        return min(looks, key=lambda look: (len(look.checked.flaws), -look.checked.support, len(look.cites)))

    def _look(self, text: str, cites: tuple[int, ...]) -> _Look:
        evidence = tuple(self._by_number[number].text for number in cites)
        bare = unquoted(text, evidence, self._facts)
        return _Look(bare, cites, evidence, check(bare, evidence, self._facts))

    def _whole(self, look: _Look) -> Sentence | None:
        """The sentence of the talk that the text is, to the word."""
        said = words(look.text)
        return next((self._by_number[n] for n in look.cites if words(self._by_number[n].text) == said), None)


def same(one: str, other: str) -> bool:
    """Whether two sentences say the same for a reader."""
    here, there = set(content(one)), set(content(other))
    return words(one) == words(other) or len(here & there) > _SAME * max(1, min(len(here), len(there)))


def _complaint(look: _Look) -> str:
    """What is wrong, in Arabic; a verse or a hadith may only stand as it was said."""
    told = [f"{FLAWS[flaw]}: {detail}".rstrip(": ") for flaw, detail in look.checked.flaws]
    told += [FLAWS[Flaw.SCRIPTURE]] if look.checked.scripture and not look.checked.verbatim else []
    return "؛ ".join([*told, VOICE] if voice.speaks(look.text) else told)
