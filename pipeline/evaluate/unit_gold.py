"""Talks captioned with all that their source has, beside the words, marks and spelling that an editor gave them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from models.training.corpus.captioned import GoldWord, aligned, as_typed, split_token, timed
from models.training.corpus.files import CORPUS, talks
from models.training.corpus.splits import splits
from models.training.restore import speech
from pipeline.arabic.orthography import bare
from pipeline.evaluate import gold as own
from pipeline.segment.captions import find_noise
from pipeline.sources.files import FileSource
from pipeline.types.article import SourceKind, VideoReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from models.training.corpus.captioned import CaptionedTalk
    from models.training.corpus.talks import Talk
    from pipeline.types.article import Caption, Recording

_ERROR: Final = re.compile(r"\{([^{}|]*)\|[^{}]*\}")
_SIGN: Final = "\ue000"
"""Stands behind each misheard word while a line is read."""
_HEADER: Final = re.compile(r"@ (\S+) words (\d+)-(\d+)")
_WEAK: Final = str.maketrans("", "", "ءؤئاويى")


@dataclass(frozen=True, slots=True)
class GoldTalk:
    """A talk of which a stretch, or all of it, is judged."""

    name: str
    recording: Recording
    words: tuple[GoldWord, ...]
    """Every spoken word; outside of the stretch only what was heard."""
    first: int
    """Position of the first word that is judged."""
    last: int
    """Position of the last one."""
    sermon: bool = False

    @property
    def judged(self) -> tuple[GoldWord, ...]:
        """The words of the stretch."""
        return self.words[self.first : self.last + 1]


def marked_line(line: str) -> Iterator[GoldWord]:
    """The words of a sentence, of which the last ends it; `{heard|meant}` stands for what was heard."""
    tokens = [(word, mark) for word, mark in map(split_token, _ERROR.sub(_as_heard, line).split()) if word]
    for at, (word, mark) in enumerate(tokens):
        heard = word.replace(_SIGN, "")
        ended = "." if at + 1 == len(tokens) and mark not in {".", "؟"} else mark
        yield GoldWord(heard, ended, "" if _SIGN in word else word)


def _as_heard(error: re.Match[str]) -> str:
    return " ".join(word + _SIGN for word in error[1].split())


# --- real captions ---


def speech_halves(shared: Path) -> tuple[list[GoldTalk], list[GoldTalk]]:
    """The stretches of `speech_gold` that choose and those that report, each in the whole talk that it is from."""
    choosing, reporting = speech.halved(speech.speech_gold(shared))
    return [_stretch(shared, each) for each in choosing], [_stretch(shared, each) for each in reporting]


def _stretch(shared: Path, stretch: speech.Stretch) -> GoldTalk:
    text = (shared / "data" / "speech_gold" / f"{stretch.name}.txt").read_text(encoding="utf-8")
    source, *lines = text.splitlines()
    header = _HEADER.fullmatch(source)
    if header is None:
        message = f"{stretch.name}: no line that says which words of which talk these are"
        raise ValueError(message)
    recording = _read(shared / "data" / header[1])
    first, last = int(header[2]), int(header[3])
    gold = [word for line in lines if not line.startswith("#") for word in marked_line(line)]
    heard = heard_words(recording.transcript.captions)
    if [_consonants(word) for word in heard[first : last + 1]] != [_consonants(word.heard) for word in gold]:
        message = f"{stretch.name}: its words are not words {first} to {last} of {header[1]}"
        raise ValueError(message)
    words = (*map(GoldWord, heard[:first]), *gold, *map(GoldWord, heard[last + 1 :]))
    return GoldTalk(stretch.name, recording, words, first, last, stretch.sermon)


def _consonants(word: str) -> str:
    """What an editor leaves of a word that is spelled wrongly."""
    return bare(word).translate(_WEAK)


def heard_words(captions: Iterable[Caption]) -> list[str]:
    """The words of captions, without names of sounds and without marks."""
    lines = (line for caption in captions for line in caption.text.splitlines())
    return [word for line in lines for token in _without_noise(line).split() if (word := split_token(token)[0])]


def _without_noise(line: str) -> str:
    for noise in reversed(find_noise(line)):
        line = line[: noise.start] + line[noise.end :]
    return line


def _read(path: Path) -> Recording:
    return FileSource().fetch(VideoReference(SourceKind.FILE, str(path)))


# --- texts of our own ---


def bundled_talk() -> GoldTalk:
    """The talk that ships, with the times of its words; gold where its captions have the word that was written."""
    recording = _read(own.CAPTIONS)
    written = [word for line in own.read_gold(own.TALK).sentences for word in marked_line(line)]
    heard = heard_words(recording.transcript.captions)
    places = aligned(heard, [word.heard for word in written])
    words = []
    for at, word in enumerate(heard):
        gold = written[places[at]] if at in places else GoldWord(word)
        same = bare(gold.heard) == bare(word)
        words.append(GoldWord(word, gold.mark, gold.written if same else ""))
    return GoldTalk("talk", recording, tuple(words), 0, len(words) - 1)


def corpus_talks(part: str) -> Iterator[GoldTalk]:
    """The talks of a part of the corpus with automatic captions that time each word."""
    return (_whole(talk.id, timed(talk)) for talk in _members(part))


def typed_talks(part: str) -> Iterator[GoldTalk]:
    """The talks of a part of the corpus as people type them."""
    return (_whole(talk.id, as_typed(talk)) for talk in _members(part))


def _members(part: str) -> list[Talk]:
    chosen = frozenset(splits()[part])
    return [talk for talk in talks(CORPUS) if talk.id in chosen]


def _whole(name: str, captioned: CaptionedTalk) -> GoldTalk:
    return GoldTalk(name, captioned.recording, captioned.words, 0, len(captioned.words) - 1)
