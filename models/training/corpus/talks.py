"""Reads a talk of the corpus, as README.md beside this tells: its header, its topics, its sentences word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.judges.exam import printed
from pipeline.arabic.punctuation import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

VARIETIES = ("msa", "egyptian", "levantine", "gulf", "iraqi", "maghrebi", "mixed")
"""Values of `@ variety`: Modern Standard Arabic, five dialects, and speech that moves between them."""

_HEADER = re.compile(r"@ ([a-z]+): (.+)")
_TURN = re.compile(r">> ([^:]+): ")
_PIECE = re.compile(
    r"(?P<drop>\[-)|(?P<keep>-\])|(?P<verse>﴿)|(?P<over>﴾(?:\{(?P<source>[^{}]*)\})?)|(?P<mark>[،؛:.؟!…])"
    r"|(?P<word>(?:[^\s«»﴿﴾{}\[\]،؛:.؟!…-]|(?<=[0-9])[.,:/](?=[0-9]))+)"
)
_LETTER = re.compile(r"[^\W_]")
_STRENGTH = ("", "،", "؛", ":", "…", ".", "!", "؟")
_REQUIRED = ("title", "variety", "kind", "published", "channel")


class TalkError(ValueError):
    """A talk is not written as the card says; the message tells where."""

    def __init__(self, talk: str, reason: str, line: int = 0) -> None:
        """`line` is the number of a sentence; 0 where it is about the whole."""
        super().__init__(f"{talk}, line {line}: {reason}" if line else f"{talk}: {reason}")


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks."""

    name: str
    gender: str
    """`m` or `f`; nothing for a voice that the header does not name."""


@dataclass(slots=True)
class Word:
    """One spoken word."""

    text: str
    """As written, without marks."""
    mark: str = ""
    """The strongest mark that follows it before the next word, or nothing."""
    dropped: bool = False
    """Whether it stands in `[-…-]`: the part of a repeat, repair or false start that an editor leaves out."""
    verse: str = ""
    """`sura:number` of the verse it belongs to, or nothing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a talk."""

    number: int
    """From 1; statements cite it."""
    topic: int
    """Index in `Talk.topics`; -1 before the first heading, where no sentence should stand."""
    voice: Voice
    text: str
    """The line as it stands in the file, without the name of the voice."""
    words: tuple[Word, ...]

    @property
    def printed(self) -> str:
        """The sentence as an editor prints it: without what is dropped, and without the places of verses."""
        return printed(self.text)

    @property
    def ends(self) -> bool:
        """Whether it closes with a mark of its own, as every sentence should."""
        return bool(self.words) and (self.words[-1].mark in ENDS or self.words[-1].mark == "!")


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with all that is known of it."""

    id: str
    title: str
    variety: str
    kind: str
    published: str
    """The day, as `YYYY-MM-DD`."""
    channel: str
    voices: tuple[Voice, ...]
    topics: tuple[str, ...]
    """Headings in order."""
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All that is said, in order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def parse(identifier: str, text: str) -> Talk:
    """The talk in a file's text; raises `TalkError` where it does not follow the format."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header = [found.groups() for line in lines if (found := _HEADER.fullmatch(line))]
    fields = {name: value for name, value in header if name in _REQUIRED}
    voices = {
        name: Voice(name, gender) for key, value in header if key == "speaker" for name, gender in [_named(value)]
    }
    missing = [name for name in _REQUIRED if name not in fields] or ([] if voices else ["speaker"])
    if missing:
        raise TalkError(identifier, f"no @ {missing[0]}")
    body = [line for line in lines if not line.startswith("@ ")]
    topics = tuple(line[2:] for line in body if line.startswith("# "))
    return Talk(identifier, **fields, voices=tuple(voices.values()), topics=topics, sentences=_sentences(body, voices))


def _named(value: str) -> tuple[str, str]:
    """Name and gender of `@ speaker: name, m`."""
    name, _, gender = value.rpartition(", ")
    return name, gender


def _sentences(body: Iterable[str], voices: dict[str, Voice]) -> tuple[Sentence, ...]:
    """The lines that are no heading, each with its topic and the voice of the last turn."""
    found: list[Sentence] = []
    voice, topic = next(iter(voices.values())), -1
    for line in body:
        if line.startswith("# "):
            topic += 1
            continue
        turn = _TURN.match(line)
        voice = voices.get(turn[1], Voice(turn[1], "")) if turn else voice
        text = line[turn.end() :] if turn else line
        found.append(Sentence(len(found) + 1, topic, voice, text, tuple(spoken(text))))
    return tuple(found)


def spoken(text: str) -> list[Word]:
    """The words of a sentence as they are said, what an editor drops included."""
    words: list[Word] = []
    dropped, verse = False, -1
    for piece in _PIECE.finditer(text):
        if piece["drop"] or piece["keep"]:
            dropped = bool(piece["drop"])
        elif piece["verse"]:
            verse = len(words)
        elif piece["over"]:
            for word in words[verse if verse >= 0 else len(words) :]:
                word.verse = piece["source"] or "?"
            verse = -1
        elif piece["mark"]:
            _mark(words, piece["mark"])
        elif _LETTER.search(piece["word"]):
            words.append(Word(piece["word"], dropped=dropped))
    return words


def _mark(words: list[Word], mark: str) -> None:
    """Give the last word a mark, unless it has a stronger one."""
    if words and _STRENGTH.index(mark) > _STRENGTH.index(words[-1].mark):
        words[-1].mark = mark
