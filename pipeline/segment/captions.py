"""Captions become the words that were said, each with its second."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from pipeline.arabic.normalize import BIDI, fold, words
from pipeline.segment.rolling import without_repeats
from pipeline.types.article import Border, Caption, Removal, SpokenWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SOUNDS = frozenset(
    fold(
        "موسيقى موسيقا تصفيق ضحك ضحكات ضحكة يضحك تضحك يضحكون هتاف هتافات تهليل صراخ بكاء يبكي تبكي صمت تنهد تنهيدة سعال"
        " يسعل عطس عطاس صفير زغاريد زغرودة غناء نحنحة همهمة ضوضاء ضجيج تشويش رنين طنين"
        " music applause laughter laughs laughing chuckles cheering cheers silence noise singing crying sobbing coughs"
        " coughing sighs gasps screaming whistling inaudible unintelligible indistinct foreign"
    ).split()
)
"""Folded words that make a bracketed text a sound label."""

SOUND_DETAILS = frozenset(
    fold(
        "صوت أصوات هادئة حزينة خلفية صاخبة مرحة تشويقية حماسية درامية افتتاحية ختامية خفيف خفيفة عالية حار"
        " من في الجمهور الحضور"
        " background upbeat soft gentle dramatic playing audience crowd and intro outro theme speech language"
    ).split()
)
"""Folded words that may stand beside a sound word in a label."""

NOTES_OF_TRANSCRIBERS = frozenset(
    fold(note) for note in ("غير مسموع", "غير واضح", "غير مفهوم", "كلام غير مفهوم", "كلام غير واضح", "صوت غير واضح")
)

_LABEL = re.compile(r"\[([^\[\]\n]{1,40})\]|\(([^()\n]{1,40})\)|\*([^*\n]{1,40})\*")
_NOTES = re.compile("[\u2669-\u266f\U0001f3b5\U0001f3b6]")
_MARKUP = re.compile(
    r"</?(?:i|b|u|s|c|v|p|em|strong|font|span|div|ruby|rt|lang)(?:[\s.][^<>]{0,200})?/?>"
    r"|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>"
    r"|\{\\[^{}]{1,60}\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s?/?>|\\N", re.IGNORECASE)
_SPEAKER = re.compile(r"^\s*(?:>{2,3}|[-\u2013\u2014](?=\s))|(?<=\s)>{2,3}(?=\s)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_INVISIBLE = re.compile(f"[{BIDI}\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]")


class Noise(NamedTuple):
    """One stretch of a line that is not speech."""

    start: int
    end: int
    reason: str
    """`noise`, `markup` or `speaker` (a mark that somebody else begins to speak)."""


def strip_markup(text: str) -> str:
    """The text with HTML entities resolved, line-break tags as line breaks, and no invisible characters."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def find_noise(line: str) -> tuple[Noise, ...]:
    """The stretches of a plain line that are not speech, in order. A bracketed text that is no known label stays."""
    found = [Noise(*match.span(), "markup") for match in _MARKUP.finditer(line)]
    found += [Noise(*match.span(), "speaker") for match in _SPEAKER.finditer(line)]
    found += [
        Noise(*match.span(), "noise") for match in _LABEL.finditer(line) if is_sound_label(match[match.lastindex or 0])
    ]
    found += [Noise(*match.span(), "noise") for match in _NOTES.finditer(line)]
    return tuple(sorted(found))


def is_sound_label(content: str) -> bool:
    """Whether a bracketed text names a sound: a known sound word, and beside it nothing but its details."""
    said = tuple(_bare(word) for word in words(content))
    if not said:
        return bool(_NOTES.search(content))
    named = any(word in SOUNDS for word in said) and all(word in SOUNDS or word in SOUND_DETAILS for word in said)
    return named or " ".join(said) in NOTES_OF_TRANSCRIBERS


def _bare(word: str) -> str:
    """The word without a joined `and`: a label may name two sounds."""
    return word[1:] if word.startswith("و") and word[1:] in SOUNDS | SOUND_DETAILS else word


SLOWEST = 1.5
"""A word takes at most this many times the track's usual time for its letters; what is left is silence."""

USUAL_PACE = 0.08
"""Seconds a letter where a track has too few times to tell: about 130 Arabic words a minute."""

WIDTH_RANK = 0.9
"""Rank of the line length that counts as a full line; the very longest lines are often odd ones."""

_TOKEN = re.compile(r"\S+")
_ONLY_MARKS = re.compile(r"[،؛؟!?.,:;…]+")
_MARKUP_COVER, _SPEAKER_COVER, _SOUND_COVER = "\x00", "\x01", "\x02"
_COVERS = {"markup": _MARKUP_COVER, "speaker": _SPEAKER_COVER, "noise": _SOUND_COVER}
"""Characters that cover noise while a line is cut into words; `strip_markup` has removed them from the text itself."""

_PART = re.compile(f"{_SPEAKER_COVER}+|{_SOUND_COVER}+|[^{_SPEAKER_COVER}{_SOUND_COVER}]+")


class _Token(NamedTuple):
    """A word before it has its time; an empty text is noise, which still has a place in time."""

    text: str
    anchor: float | None = None
    limit: float | None = None
    border: Border = Border.NONE
    line: int = 0
    """Length of the line it ends, in characters; 0 inside a line."""
    ends: bool = False


_NOISE = {_SPEAKER_COVER: _Token("", border=Border.BREAK, ends=True), _SOUND_COVER: _Token("", border=Border.BREAK)}


def spoken_words(captions: Iterable[Caption]) -> tuple[tuple[SpokenWord, ...], tuple[Removal, ...]]:
    """The words that were said, in order and with non-overlapping times, and every visible text that was left out.

    Times: a word time of the source is kept. Elsewhere words stand between their cue's start and the next cue's
    start, by their letters: automatic tracks keep a cue on screen while the next one is spoken, so its own end is
    no end of speech (reference: the `start`/`dur` pairs of YouTube's timed text overlap throughout).
    """
    fresh, repeats = without_repeats(_in_order(captions))
    removed = list(repeats)
    tokens: list[_Token] = []
    for caption in fresh:
        found, noise = _tokens(caption)
        tokens += found
        removed += noise
    words = _timed(_bordered(_joined(tokens)))
    return words, tuple(sorted(removed, key=lambda removal: removal.start or 0.0))


def _in_order(captions: Iterable[Caption]) -> tuple[Caption, ...]:
    """The captions by start, their text made plain; one without a start stays behind its predecessor."""
    moment = 0.0
    placed: list[tuple[float, Caption]] = []
    for caption in captions:
        start, end = _moment(caption.start), _moment(caption.end)
        moment = moment if start is None else start
        placed.append((moment, Caption(strip_markup(caption.text), start, end, caption.times)))
    placed.sort(key=lambda pair: pair[0])
    return tuple(caption for _, caption in placed if caption.text.strip())


def _moment(seconds: float | None) -> float | None:
    """The time if it is one: hostile files hold negative and infinite ones."""
    return seconds if seconds is not None and isfinite(seconds) and seconds >= 0 else None


def _tokens(caption: Caption) -> tuple[list[_Token], list[Removal]]:
    """The words of one caption with what is known of their times, and its noise."""
    moments = iter(_moments(caption))
    tokens: list[_Token] = []
    removed: list[Removal] = []
    for line in caption.text.splitlines():
        found = find_noise(line)
        removed += [Removal(noise.reason, line[noise.start : noise.end].strip(), caption.start) for noise in found]
        tokens += _line(line, found, moments)
    if tokens:
        tokens[-1] = tokens[-1]._replace(limit=caption.end)
    return tokens, removed


def _moments(caption: Caption) -> tuple[float | None, ...]:
    """The known start of each word of the text: the source's word times, or the cue's start for its first word."""
    count = len(caption.text.split())
    if len(caption.times) == count:
        return tuple(_moment(moment) for moment in caption.times)
    return (caption.start, *([None] * (count - 1)))


def _line(line: str, found: Sequence[Noise], moments: Iterator[float | None]) -> list[_Token]:
    """The tokens of one line; words beside noise in one token share its time."""
    kept = _masked(line, found)
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(line):
        anchor = next(moments, None)
        for part in _PART.findall(kept[match.start() : match.end()].replace(_MARKUP_COVER, "")) or [""]:
            tokens.append(_NOISE[part[0]]._replace(anchor=anchor) if part[:1] in _NOISE else _Token(part, anchor))
            anchor = None
    if tokens:
        length = len(" ".join(token.text for token in tokens if token.text))
        tokens[-1] = tokens[-1]._replace(border=max(tokens[-1].border, Border.LINE), line=length)
    return tokens


def _masked(line: str, found: Sequence[Noise]) -> str:
    """The line, at the same length, with each noise covered by the character of its kind."""
    letters = list(line)
    for noise in found:
        letters[noise.start : noise.end] = _COVERS[noise.reason] * (noise.end - noise.start)
    return "".join(letters)


def _joined(tokens: Iterable[_Token]) -> list[_Token]:
    """The tokens with every mark that stands alone joined to the word before it, as writing has it."""
    joined: list[_Token] = []
    last = -1
    for token in tokens:
        if last >= 0 and _ONLY_MARKS.fullmatch(token.text):
            joined[last] = joined[last]._replace(text=joined[last].text + token.text)
            joined.append(token._replace(text=""))
            continue
        last = len(joined) if token.text else last
        joined.append(token)
    return joined


def _bordered(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens with what stands between each word and the next noted at the word."""
    lengths = sorted(token.line for token in tokens if token.line)
    width = lengths[int(WIDTH_RANK * (len(lengths) - 1))] if lengths else 0
    judged = list(tokens)
    places = [place for place, token in enumerate(tokens) if token.text]
    for place, after in pairwise([*places, len(tokens)]):
        between = tokens[place:after]
        room = width - (len(tokens[after].text) if after < len(tokens) else 0)
        judged[place] = tokens[place]._replace(
            border=max(_border(token, room) for token in between),
            ends=any(token.ends for token in between),
        )
    return judged


def _border(token: _Token, room: int) -> Border:
    """The border at a token; a line that leaves `room` for the next word and a space was broken off."""
    return Border.BREAK if token.border is Border.LINE and 0 < token.line < room else token.border


def _timed(tokens: Sequence[_Token]) -> tuple[SpokenWord, ...]:
    """The words with their times: between two known moments they stand by their letters, at no unusual pace."""
    runs = _runs(tokens)
    if not runs:
        return tuple(SpokenWord(token.text, border=token.border, ends=token.ends) for token in tokens if token.text)
    pace = _pace(runs)
    ends = [run.begin for run in runs[1:]] + [None]
    return tuple(
        word for run, end in zip(runs, ends, strict=True) for word in _placed(run, end, SLOWEST * pace) if word.text
    )


class _Run(NamedTuple):
    """Tokens from one known moment to the next."""

    begin: float
    tokens: Sequence[_Token]

    @property
    def letters(self) -> int:
        """The letters to speak in it, steps between words included."""
        return sum(_letters(token) for token in self.tokens)


def _letters(token: _Token) -> int:
    """The letters of a word and one for the step to the next; nothing for noise."""
    return len(token.text) + 1 if token.text else 0


def _runs(tokens: Sequence[_Token]) -> list[_Run]:
    """The tokens cut where a time is known, times ascending; one that goes backwards is not believed."""
    cuts: list[tuple[float, int]] = []
    for place, token in enumerate(tokens):
        if token.anchor is not None and (not cuts or token.anchor > cuts[-1][0]):
            cuts.append((token.anchor, place if cuts else 0))
    cuts.append((0.0, len(tokens)))
    return [_Run(begin, tokens[place:stop]) for (begin, place), (_, stop) in pairwise(cuts)]


def _pace(runs: Sequence[_Run]) -> float:
    """The track's usual seconds a letter: the median over its runs."""
    paces = [(later.begin - run.begin) / run.letters for run, later in pairwise(runs) if run.letters]
    return median(paces) if paces else USUAL_PACE


def _placed(run: _Run, end: float | None, slowest: float) -> Iterator[SpokenWord]:
    """The run's words between its begin and its end; time beyond the slowest pace is silence after the last one."""
    letters = run.letters
    moments = [run.begin + slowest * letters]
    moments += [moment for moment in (run.tokens[-1].limit, end) if moment is not None and moment > run.begin]
    pace = (min(moments) - run.begin) / letters if letters else 0.0
    passed = 0
    for token in run.tokens:
        start = run.begin + pace * passed
        passed += _letters(token)
        stop = run.begin + pace * passed
        yield SpokenWord(token.text, round(start, 3), round(stop, 3), token.border, token.ends)
