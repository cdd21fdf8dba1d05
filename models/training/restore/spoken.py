"""Reads the talks of the corpus into words as the networks see them: as written, and as recognition may hear them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from models.restore.timing import Timing, timing, untimed
from models.training.corpus.captions import track, typed, vtt
from models.training.corpus.spelling import standard_letters
from models.training.restore.corpus import MARKS, Token
from pipeline.arabic.orthography import TANWEEN, is_arabic, unsigned
from pipeline.segment.captions import spoken_words
from pipeline.sources.formats import parse_vtt
from pipeline.types.article import Caption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.training.corpus.captions import Track
    from models.training.corpus.remark import Stretch
    from models.training.corpus.talks import Talk, Word

HEARD = ((0.03, 1), (0.08, 2))
"""Share of misheard words, and seed, of the captions that are read beside the text as written."""
_LETTER = re.compile(r"[^\W\d_]")


class Captioned(NamedTuple):
    """Words with what the captions tell of the places after them."""

    words: list[Token]
    timing: Timing


def written(said: Talk | Stretch) -> list[Token]:
    """What is said, with spelling and marks."""
    return [_token(word.text, word) for word in said.words]


def heard(talk: Talk) -> Iterator[list[Token]]:
    """The same with recognition errors and the marks of the truth; the spelling of such words teaches nothing."""
    for rate, seed in HEARD:
        yield _heard(track(talk, rate, seed))


def _heard(captions: Track) -> list[Token]:
    words = [word.heard for word in captions.words]
    ends = {word.last: at for at, word in enumerate(words)}
    return [
        _token(word.text, captions.talk.words[word.last - 1] if ends[word.last] == at else None)
        for at, word in enumerate(words)
    ]


def captioned(talk: Talk, rate: float, seed: int) -> Captioned:
    """Automatic captions with such a share of misheard words, and their times as the program reads them."""
    captions = track(talk, rate, seed)
    return Captioned(_heard(captions), timing(spoken_words(parse_vtt(vtt(captions)))[0]))


def lined(talk: Talk, seed: int) -> Captioned:
    """Captions as people type them, without times: their lines tell where clauses end."""
    return Captioned(written(talk), timing(spoken_words(map(Caption, typed(talk, seed)))[0]))


def plain(talk: Talk) -> Captioned:
    """The talk as written, of whose times and lines nothing is known."""
    words = written(talk)
    return Captioned(words, untimed(len(words)))


def _token(text: str, word: Word | None) -> Token:
    """A word with the mark and the tanween of the spoken word that it ends, if it ends one."""
    letters = standard_letters(unsigned(text))
    mark = _mark(word.mark) if word else ""
    if is_arabic(letters):
        return Token(letters, tanween=word is not None and TANWEEN in word.text[-2:], mark=mark)
    return Token("a" if _LETTER.search(letters) else "0", mark=mark)


def _mark(mark: str) -> str:
    return mark if mark in MARKS else "."
