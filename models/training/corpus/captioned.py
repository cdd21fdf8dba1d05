"""Captions of the talks with the gold of each caption word: how it is spelled, and the mark after it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from models.training.corpus.captions import srt, track, typed, typed_by_phrase, vtt
from models.training.corpus.spelling import standard_letters
from pipeline.arabic.orthography import bare
from pipeline.arabic.punctuation import PUNCTUATION
from pipeline.sources.formats import parse_srt, parse_vtt
from pipeline.types.article import Caption, Recording, Track, TrackOrigin, Transcript, Video

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.training.corpus.talks import Talk

MISHEARD: Final = 0.03
"""Share of the words that are misheard."""
SAME_MARK: Final = {",": "،", ";": "،", "؛": "،", "!": ".", "…": ".", "?": "؟"}
"""What a mark says, however strongly."""
STRENGTH: Final = ("", "،", ":", ".", "؟")
"""The marks of gold, the weaker ones first."""
_AROUND: Final = PUNCTUATION + "﴿﴾"


@dataclass(frozen=True, slots=True)
class GoldWord:
    """One caption word as an editor writes it."""

    heard: str
    mark: str = ""
    """`.` or `؟` where a sentence ends, else `:`, `،` (also for `؛`) or nothing."""
    written: str = ""
    """Its right spelling; empty where it was misheard, so that there is none."""


@dataclass(frozen=True, slots=True)
class CaptionedTalk:
    """Captions of a talk, and every spoken word in its order."""

    recording: Recording
    words: tuple[GoldWord, ...]


def timed(talk: Talk, rate: float = MISHEARD) -> CaptionedTalk:
    """Automatic captions that time each word, as YouTube's roll.

    Two words heard as one have the mark after the second: what stands between them cannot be found, and is not asked
    for. Of a word heard as two only the second half has its mark, so an end between the halves is an early one.
    """
    captions = track(talk, rate, seed=1)
    heard = [word.heard for word in captions.words]
    final = {word.last: at for at, word in enumerate(heard)}
    words = []
    for at, word in enumerate(heard):
        said = talk.words[word.last - 1]
        mark = said.mark if final[word.last] == at else ""
        words.append(GoldWord(word.text, SAME_MARK.get(mark, mark), "" if word.kind else standard_letters(said.text)))
    return _captioned(talk, TrackOrigin.AUTOMATIC, parse_vtt(vtt(captions)), words)


def lines_only(captioned: CaptionedTalk) -> CaptionedTalk:
    """The same captions with the text of each line and without any time, as they are passed on as plain text."""
    transcript = captioned.recording.transcript
    lines = tuple(Caption(caption.text) for caption in transcript.captions)
    untimed = Recording(captioned.recording.video, Transcript(transcript.track, lines))
    return CaptionedTalk(untimed, captioned.words)


def with_cues(talk: Talk, rate: float = MISHEARD) -> CaptionedTalk:
    """The words of `timed` with one time for each line, in cues that overlap, as downloaders write SubRip."""
    words = timed(talk, rate).words
    return _captioned(talk, TrackOrigin.AUTOMATIC, parse_srt(srt(track(talk, rate, seed=1))), words)


def as_typed(talk: Talk, *, by_phrase: bool = False) -> CaptionedTalk:
    """Captions as people type them: a clause or a phrase a line, few marks, no times."""
    lines = tuple(map(Caption, (typed_by_phrase if by_phrase else typed)(talk, seed=1)))
    words = [GoldWord(word.text, SAME_MARK.get(word.mark, word.mark), word.text) for word in talk.words]
    return _captioned(talk, TrackOrigin.MANUAL, lines, words)


def _captioned(
    talk: Talk, origin: TrackOrigin, captions: tuple[Caption, ...], words: Sequence[GoldWord]
) -> CaptionedTalk:
    recording = Recording(Video(talk.id, talk.title), Transcript(Track("ar", origin), captions))
    return CaptionedTalk(recording, tuple(words))


def split_token(token: str) -> tuple[str, str]:
    """A word without the marks around it, and the strongest mark after it in one of the forms of `GoldWord.mark`."""
    tail = token[len(token.rstrip(_AROUND)) :]
    marks = [mark for sign in tail if (mark := SAME_MARK.get(sign, sign)) in STRENGTH]
    return token.strip(_AROUND), max(marks, key=STRENGTH.index, default="")


def aligned(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """The position in the other of each word of one, however spelled; words that were replaced pair from their end."""
    matcher = SequenceMatcher(None, list(map(bare, one)), list(map(bare, other)), autojunk=False)
    places: dict[int, int] = {}
    for _, begin, end, start, stop in matcher.get_opcodes():
        places |= {end - step: stop - step for step in range(1, min(end - begin, stop - start) + 1)}
    return places
