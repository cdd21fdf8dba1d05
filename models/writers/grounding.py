"""Evidence for a model's sentences: citations confirmed or found anew, and the wording checked against them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from models.llm.replies import echoes_prompt, is_foreign, is_repetitive
from pipeline.arabic import voice
from pipeline.arabic.function_words import BINDERS, CLAUSE_OPENERS
from pipeline.arabic.labels import FLAWS
from pipeline.arabic.normalize import words
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.retrieval import Retriever
from pipeline.arabic.stem import content_stems
from pipeline.types.article import Flaw, Statement
from pipeline.types.judging import Claim
from pipeline.verify.check import apply_judgement, check, drop_false_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.llm.replies import ReplyLine
    from pipeline.ports import Judge
    from pipeline.types.article import Sentence
    from pipeline.verify.check import CheckResult

CITES_MOST: Final = 4
"""Most sentences that one statement rests on; a model that points at more points at nothing."""
WORDS_MOST, WORDS_LEAST = 60, 3
"""Longest and shortest sentence that is taken, in words."""
_MARKS: Final = "،؛:.,;؟!"
_JOINTS: Final = frozenset(
    words("ثم كما لكن بينما حيث إذ لأن لأنه لأنها لأنهم أو الذي التي الذين حين حتى بسبب رغم مما أما")
)
_SAME: Final = 0.8
"""Share of common topic words from which on two sentences of one part say the same."""
OWN_LEAST: Final = 3
"""Topic words that a sentence must add to the evidence: with fewer, a stray word of another sentence would pass for
something that was said together with the rest."""
FRAGMENT: Final = "جملة ناقصة"
STITCHED: Final = "جمع بين جملتين بلا رابط"
VOICE: Final = "صياغة المتكلم أو العامية"
COMPLAINTS: Final = (FRAGMENT, STITCHED, VOICE)
"""What the model is told of a sentence besides the labels of flaws."""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """One sentence of a model, after its check."""

    line: ReplyLine
    said: Sentence | Statement | None
    """What may stand in the article: a statement, or the sentence of the talk that it is; None when it may not."""
    complaint: str = ""
    """What is wrong with it, in Arabic, to be told to the model; empty when there is nothing to mend."""
    near: tuple[int, ...] = ()
    """Numbers of the sentences that come closest to it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence beside some evidence."""

    text: str
    """Without marks around what is no quotation."""
    cites: tuple[int, ...]
    evidence: tuple[str, ...]
    checked: CheckResult


class EvidenceChecker:
    """Checks a model's sentences against the sentences of the talk that they may cite."""

    def __init__(self, sentences: Sequence[Sentence], facts: Sequence[str], judge: Judge, prompt: str) -> None:
        """`facts` are texts about the video; `prompt` is what the model was told and must not repeat."""
        self.sentences = tuple(sentences)
        self._by_number = {sentence.number: sentence for sentence in sentences}
        self._topics = {sentence.number: _topics(sentence.text) for sentence in sentences}
        self._retriever = Retriever(self.sentences)
        self._facts, self._judge, self._prompt = tuple(facts), judge, prompt

    def settle(self, lines: Sequence[ReplyLine]) -> list[CheckedSentence]:
        """Check lines that cite by position, counted from 1; the judge is asked once, about all of them."""
        looks = [self._best(line) if self._readable(line.text) else None for line in lines]
        asked = [at for at, look in enumerate(looks) if look and not look.checked.flaws and not look.checked.verbatim]
        claims = [Claim(look.text, look.evidence) for at in asked if (look := looks[at])]
        for at, verdict in zip(asked, self._judge.verdicts(claims) if claims else (), strict=True):
            if look := looks[at]:
                looks[at] = replace(look, checked=apply_judgement(look.checked, verdict))
        return [
            self._settled(line, look) if look else CheckedSentence(line, None)
            for line, look in zip(lines, looks, strict=True)
        ]

    def _readable(self, text: str) -> bool:
        """Whether it is a sentence in Arabic at all, and none of the prompt's."""
        within = WORDS_LEAST <= len(text.split()) <= WORDS_MOST
        return within and not (is_foreign(text) or is_repetitive(text) or echoes_prompt(text, self._prompt))

    def _settled(self, line: ReplyLine, look: _Candidate) -> CheckedSentence:
        if not look.checked.flaws and look.checked.verbatim and (whole := self._whole(look)):
            return CheckedSentence(line, whole, near=look.cites)
        complaint = _complaint(look)
        return CheckedSentence(
            line, None if complaint else Statement(tidy(look.text), look.cites), complaint, look.cites
        )

    def number(self, sentence: int) -> int:
        """The place of a sentence of the talk among these, counted from 1."""
        return next(at for at, each in enumerate(self.sentences, 1) if each.number == sentence)

    def _best(self, line: ReplyLine) -> _Candidate:
        """The evidence with which the sentence stands best: what it names, what is found, or both."""
        named = tuple(self.sentences[number - 1].number for number in line.cites)
        found = self._retriever.cites(line.text)
        both = tuple(sorted({*named, *found}))
        needed = dict.fromkeys(self._needed(line.text, cites) for cites in (named, found, both))
        choices = [cites for cites in needed if 0 < len(cites) <= CITES_MOST]
        looks = [self._look(line.text, cites) for cites in choices or [found]]
        return min(looks, key=lambda look: (len(look.checked.flaws), -look.checked.support, len(look.cites)))

    def _needed(self, text: str, cites: tuple[int, ...]) -> tuple[int, ...]:
        """The evidence without sentences that add next to nothing to the others."""
        wanted, kept = _topics(text), list(cites)
        while len(kept) > 1:
            own = {n: wanted & self._topics[n] - _union(self._topics[m] for m in kept if m != n) for n in kept}
            least = min(kept, key=lambda n: len(own[n]))
            if len(own[least]) >= OWN_LEAST:
                break
            kept.remove(least)
        return tuple(kept)

    def _look(self, text: str, cites: tuple[int, ...]) -> _Candidate:
        evidence = tuple(self._by_number[number].text for number in cites)
        bare = drop_false_quotes(text, evidence, self._facts)
        return _Candidate(bare, cites, evidence, check(bare, evidence, self._facts))

    def _whole(self, look: _Candidate) -> Sentence | None:
        """The sentence of the talk that the text is, to the word."""
        said = words(look.text)
        return next((self._by_number[n] for n in look.cites if words(self._by_number[n].text) == said), None)


def same_statement(one: str, other: str) -> bool:
    """Whether two sentences say the same for a reader."""
    here, there = set(content_stems(one)), set(content_stems(other))
    return words(one) == words(other) or len(here & there) > _SAME * max(1, min(len(here), len(there)))


def _complaint(look: _Candidate) -> str:
    """What is wrong, in Arabic; a verse or a hadith may only stand as it was said."""
    told = [f"{FLAWS[flaw]}: {detail}".rstrip(": ") for flaw, detail in look.checked.flaws]
    told += [FLAWS[Flaw.SCRIPTURE]] if look.checked.scripture and not look.checked.verbatim else []
    told += [FRAGMENT] if _hangs(words(look.text)) or any(_torn(look.text, text) for text in look.evidence) else []
    told += [STITCHED] if len(look.evidence) > 1 and _stitched(look) else []
    return "؛ ".join([*told, VOICE] if voice.speaks_as_person(look.text) else told)


def _hangs(said: Sequence[str]) -> bool:
    """Whether the last word waits for another."""
    return said[-1] in BINDERS


def _torn(text: str, source: str) -> bool:
    """Whether it is a stretch of a sentence that begins in the middle of a clause."""
    said, row = words(text), words(source)
    begin = next((at for at in range(1, len(row) - len(said) + 1) if row[at : at + len(said)] == said), None)
    if begin is None or said[0][0] in "وف" or said[0] in CLAUSE_OPENERS:
        return False
    before = [token for token in source.split() if words(token)]
    return len(before) == len(row) and before[begin - 1][-1] not in _MARKS


def _stitched(look: _Candidate) -> bool:
    """Whether it goes from one sentence of the talk to another in the middle of a clause: no joint, or a torn one."""
    tokens = look.text.split()
    homes = [_home(token, look.evidence) for token in tokens]
    told = [at for at, home in enumerate(homes) if home is not None]
    return any(homes[here] != homes[there] and not _joint(tokens[here : there + 1]) for here, there in pairwise(told))


def _home(token: str, evidence: Sequence[str]) -> int | None:
    """Which of the sentences alone has a word; None when several or none have it."""
    topics = _topics(token)
    found = [at for at, text in enumerate(evidence) if topics & _topics(text)]
    return found[0] if len(found) == 1 else None


def _joint(tokens: Sequence[str]) -> bool:
    """Whether one clause ends and another begins between the first and the last of these words."""
    said = [word for token in tokens for word in words(token)]
    if any(token[-1] in _MARKS for token in tokens[:-1]):
        return not _hangs(said[:1])
    joins = [
        at for at, word in enumerate(said) if at and (word[0] in "وف" or word in CLAUSE_OPENERS or word in _JOINTS)
    ]
    return bool(joins) and not _hangs(said[: joins[0]])


def _topics(text: str) -> frozenset[str]:
    """The stems and figures of a text that tell what it is about."""
    return frozenset((*content_stems(text), *(word for word in words(text) if word.isdecimal())))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
