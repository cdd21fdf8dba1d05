"""Whether a sentence of a model may stand: its evidence confirmed or found anew, its words held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.checking import Retriever, check, unquoted
from models.replies import echoes, foreign, loops
from pipeline.text import voice
from pipeline.text.fold import words
from pipeline.text.stem import content
from pipeline.text.tidy import tidy
from pipeline.types import Flaw, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.checking import Check
    from models.protocol import Line
    from pipeline.types import Sentence

CITES_MOST: Final = 4
"""Most sentences that one statement rests on; a model that points at more points at nothing."""
WORDS_MOST, WORDS_LEAST = 60, 3
"""Longest and shortest sentence that is taken, in words."""
_SAME: Final = 0.8
"""Share of common topic words from which on two sentences of one part say the same."""
_COMPLAINTS: Final = {
    Flaw.UNCITED: "لم يقل الكلام شيئًا من هذا",
    Flaw.NUMBER: "رقم لم يرد",
    Flaw.NAME: "اسم لم يرد",
    Flaw.QUOTE: "اقتباس غير حرفي",
    Flaw.NEGATION: "النفي يخالف ما قيل",
    Flaw.UNSUPPORTED: "كلمات لم ترد",
}
VOICE: Final = "صياغة المتكلم أو العامية"
_OTHER: Final = "يخالف ما قيل"


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


class Ground:
    """The sentences that a piece of the article may rest on."""

    def __init__(self, sentences: Sequence[Sentence], facts: Sequence[str], prompt: str) -> None:
        """`facts` are texts about the video; `prompt` is what the model was told and must not repeat."""
        self.sentences = tuple(sentences)
        self._by_number = {sentence.number: sentence for sentence in sentences}
        self._retriever = Retriever(self.sentences)
        self._facts, self._prompt = tuple(facts), prompt

    def settle(self, line: Line) -> Settled:
        """Look at one sentence; its numbers count from 1 in the order of the sentences."""
        length = len(line.text.split())
        if foreign(line.text) or loops(line.text) or echoes(line.text, self._prompt):
            return Settled(line, None)
        if not WORDS_LEAST <= length <= WORDS_MOST:
            return Settled(line, None)
        cites, checked, text = self._best(line)
        if not checked.flaws and checked.verbatim and (whole := self._whole(text, cites)):
            return Settled(line, whole, near=cites)
        complaint = _complaint(checked, text)
        statement = None if complaint else Statement(tidy(text), cites)
        return Settled(line, statement, complaint, cites)

    def number(self, sentence: int) -> int:
        """The place of a sentence of the talk among these, counted from 1."""
        return next(at for at, each in enumerate(self.sentences, 1) if each.number == sentence)

    def _best(self, line: Line) -> tuple[tuple[int, ...], Check, str]:
        """The evidence with which the sentence stands best: what it names, what is found, or both."""
        named = tuple(self.sentences[number - 1].number for number in line.cites)
        found = self._retriever.cites(line.text)
        both = tuple(sorted({*named, *found}))
        choices = [cites for cites in dict.fromkeys((named, found, both)) if cites and len(cites) <= CITES_MOST]
        looked = [self._look(line.text, cites) for cites in choices or [found]]
        return min(looked, key=lambda each: (len(each[1].flaws), -each[1].support))

    def _look(self, text: str, cites: tuple[int, ...]) -> tuple[tuple[int, ...], Check, str]:
        evidence = [self._by_number[number].text for number in cites]
        bare = unquoted(text, evidence, self._facts)
        return cites, check(bare, evidence, self._facts), bare

    def _whole(self, text: str, cites: tuple[int, ...]) -> Sentence | None:
        """The sentence of the talk that the text is, to the word."""
        said = words(text)
        return next((self._by_number[n] for n in cites if words(self._by_number[n].text) == said), None)


def same(one: str, other: str) -> bool:
    """Whether two sentences say the same for a reader."""
    here, there = set(content(one)), set(content(other))
    return words(one) == words(other) or len(here & there) > _SAME * max(1, min(len(here), len(there)))


def _complaint(checked: Check, text: str) -> str:
    told = [f"{_COMPLAINTS.get(flaw, _OTHER)}: {detail}".rstrip(": ") for flaw, detail in checked.flaws]
    return "؛ ".join([*told, VOICE] if voice.speaks(text) else told)
