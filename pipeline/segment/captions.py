"""Turn captions into the words that were said, each with its second."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from pipeline.arabic.normalize import BIDI, fold, words
from pipeline.segment.inventions import without_inventions
from pipeline.segment.rolling import without_repeats
from pipeline.segment.visual_order import in_logical_order
from pipeline.segment.voices import label_end, label_of, names_in, voice_of
from pipeline.types.article import Border, Caption, Removal, SpokenWord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

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

_DROWNING = frozenset(fold("موسيقى موسيقا music inaudible unintelligible indistinct").split())
"""Folded words of labels under which speech may go on unheard."""
DROWNED_MOST = 150
"""Words for each such label: in a track with more of them they stand everywhere, and nothing is known to be missing."""

NOTES_OF_TRANSCRIBERS = frozenset(
    fold(note) for note in ("غير مسموع", "غير واضح", "غير مفهوم", "كلام غير مفهوم", "كلام غير واضح", "صوت غير واضح")
)

_LABEL = re.compile(r"\[([^\[\]\n]{1,40})\]|\(([^()\n]{1,40})\)|\*([^*\n]{1,40})\*")
_NOTES = re.compile("[\u2669-\u266f\U0001f3b5\U0001f3b6]")
_MARKUP = re.compile(
    r"</?(?:i|b|u|s|c|p|em|strong|font|span|div|ruby|rt|lang)(?:[\s.][^<>]{0,200})?/?>"
    r"|</?v(?:\.[^<>\s]{1,60})?\s?>"
    r"|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>"
    r"|\{\\[^{}]{1,60}\}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s?/?>|\\N", re.IGNORECASE)
_HARD_SPACE = re.compile(r"\\h(?![A-Za-z])")
_SPEAKER = re.compile(
    r"^\s*(?:>{2,3}|[-\u2013\u2014](?=\s)|[-\u2013\u2014](?=[\u0621-\u064a\"«(\[])(?!.{1,80}\S[-\u2013\u2014](?:\s|$)))|(?<=\s)>{2,3}(?=\s)"
    r"|^\s*[\[(<]?(?:SPEAKER_\d{1,3}|(?:speaker|المتحدث|متحدث|المتكلم) \d{1,3}(?=[\])>]?\s?:|[\])>]|\s*$))[\])>]?\s?:?",
    re.IGNORECASE,
)
_VOICE = re.compile(r"<v(?:\.[^<>\s]{1,60})?\s[^<>]{1,80}>")
_CENSORED = re.compile(r"\[\s?_{1,10}\s?\]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_INVISIBLE = re.compile(f"[{BIDI}\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]")


class Noise(NamedTuple):
    """One stretch of a line that is not speech."""

    start: int
    end: int
    reason: str
    """`noise`, `censored` (a word that YouTube hides), `markup` or `speaker` (a mark that somebody else begins)."""


def strip_markup(text: str) -> str:
    """The text with HTML entities resolved, line-break tags as line breaks, and no invisible characters."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "\\" in text:
        text = _HARD_SPACE.sub(" ", text)
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def find_noise(line: str, names: Collection[str] = ()) -> tuple[Noise, ...]:
    """The stretches of a plain line that are not speech, in order; a bracketed text that is no label is speech.

    `names` are those of the track (`voices.names_in`): one of them with a colon at the begin says who speaks.
    """
    patterns = [("markup", _MARKUP), ("speaker", _VOICE), ("noise", _NOTES), ("censored", _CENSORED)]
    named = label_of(line) in names
    if not named:
        patterns.append(("speaker", _SPEAKER))
    noises = [Noise(*match.span(), reason) for reason, pattern in patterns for match in pattern.finditer(line)]
    if named:
        noises.append(Noise(0, label_end(line), "speaker"))
    labels = (match for match in _LABEL.finditer(line) if is_sound_label(match[match.lastindex or 0]))
    noises += [Noise(*match.span(), "noise") for match in labels]
    return tuple(sorted(noises))


def is_sound_label(content: str) -> bool:
    """Whether a bracketed text names a sound: a known sound word, and beside it nothing but its details."""
    known = SOUNDS | SOUND_DETAILS
    # A label may name two sounds, joined by `and`.
    label = [word[1:] if word.startswith("و") and word[1:] in known else word for word in words(content)]
    if not label:
        return bool(_NOTES.search(content))
    named = any(word in SOUNDS for word in label) and all(word in known for word in label)
    return named or " ".join(label) in NOTES_OF_TRANSCRIBERS


SLOWEST = 1.5
"""A word takes at most this many times the track's usual time for its letters; what is left is silence."""

USUAL_PACE = 0.08
"""Seconds a letter where a track has too few times to tell: about 130 Arabic words a minute."""

WIDTH_RANK = 0.9
"""Rank of the line length that counts as a full line; the very longest lines are often odd ones."""

_TOKEN = re.compile(r"\S+")
_ONLY_MARKS = re.compile(r"[،؛؟!?.,:;…]+")
_MARKUP_COVER, _SPEAKER_COVER, _SOUND_COVER = "\x00", "\x01", "\x02"
_COVERS = {"markup": _MARKUP_COVER, "censored": _MARKUP_COVER, "speaker": _SPEAKER_COVER, "noise": _SOUND_COVER}
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
    drowned: bool = False
    """Whether it is noise under which words may be missing, or a word before it."""
    voice: str | None = None
    """Who goes on from here, empty if somebody unnamed does; None where nothing says that another one does."""


_NOISE = {_SPEAKER_COVER: _Token("", border=Border.BREAK, voice=""), _SOUND_COVER: _Token("", border=Border.BREAK)}


def spoken_words(captions: Iterable[Caption]) -> tuple[tuple[SpokenWord, ...], tuple[Removal, ...]]:
    """The words that were said, in order and with non-overlapping times, and every visible text that was left out.

    A word time of the source is kept. Elsewhere words stand between their cue's start and the next cue's
    start, by their letters: automatic tracks keep a cue on screen while the next one is spoken, so its own end is
    no end of speech (reference: the `start`/`dur` pairs of YouTube's timed text overlap throughout).
    """
    fresh, repeats = without_repeats(in_logical_order(_in_order(captions)))
    fresh, unspoken = without_inventions(fresh)
    removed = [*repeats, *unspoken]
    tokens: list[_Token] = []
    names = names_in(line for caption in fresh for line in caption.text.splitlines())
    for caption in fresh:
        caption_tokens, noise = _tokens(caption, names)
        tokens += caption_tokens
        removed += noise
    words = _timed(_with_borders(_with_joined_marks(_with_voices(tokens))))
    return words, tuple(sorted(removed, key=lambda removal: removal.start or 0.0))


def _in_order(captions: Iterable[Caption]) -> tuple[Caption, ...]:
    """The captions by start, their text made plain; one without a start stays behind its predecessor."""
    last = 0.0
    placed: list[tuple[float, Caption]] = []
    for caption in captions:
        start, end = _valid_time(caption.start), _valid_time(caption.end)
        last = last if start is None else start
        placed.append((last, Caption(strip_markup(caption.text), start, end, caption.times)))
    placed.sort(key=lambda pair: pair[0])
    return tuple(caption for _, caption in placed if caption.text.strip())


def _valid_time(seconds: float | None) -> float | None:
    """The time if it is one: hostile files hold negative and infinite ones."""
    return seconds if seconds is not None and isfinite(seconds) and seconds >= 0 else None


def _tokens(caption: Caption, names: Collection[str]) -> tuple[list[_Token], list[Removal]]:
    """The words of one caption with what is known of their times, and its noise."""
    count = len(caption.text.split())
    # The source's word times, or else the cue's start for its first word.
    starts = caption.times if len(caption.times) == count else (caption.start, *([None] * (count - 1)))
    anchors = iter([_valid_time(start) for start in starts])
    tokens: list[_Token] = []
    removed: list[Removal] = []
    for line in caption.text.splitlines():
        noises = find_noise(line, names)
        removed += [Removal(noise.reason, line[noise.start : noise.end].strip(), caption.start) for noise in noises]
        tokens += _line_tokens(line, noises, anchors)
    if tokens:
        tokens[-1] = tokens[-1]._replace(limit=caption.end)
    return tokens, removed


def _line_tokens(line: str, noises: Sequence[Noise], anchors: Iterator[float | None]) -> list[_Token]:
    """The tokens of one line; words beside noise in one token share its time."""
    letters = list(line)
    for noise in noises:
        for place in range(noise.start, noise.end):
            if not letters[place].isspace():  # the source may time each word of a label
                letters[place] = _COVERS[noise.reason]
    covered = "".join(letters)
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(line):
        anchor = next(anchors, None)
        for part in _PART.findall(covered[match.start() : match.end()].replace(_MARKUP_COVER, "")) or [""]:
            tokens.append(_NOISE[part[0]]._replace(anchor=anchor) if part[:1] in _NOISE else _Token(part, anchor))
            if part[0:1] == _SOUND_COVER:
                tokens[-1] = tokens[-1]._replace(drowned=_is_drowning(line, noises, *match.span()))
            if part[0:1] == _SPEAKER_COVER:
                tokens[-1] = tokens[-1]._replace(voice=_voice_at(line, noises, *match.span()))
            anchor = None
    if tokens:
        length = len(" ".join(token.text for token in tokens if token.text))
        tokens[-1] = tokens[-1]._replace(border=max(tokens[-1].border, Border.LINE), line=length)
    return tokens


def _voice_at(line: str, noises: Sequence[Noise], begin: int, end: int) -> str:
    """Whom the mark of a voice names that stands in a stretch of a line."""
    marks = (line[n.start : n.end] for n in noises if n.reason == "speaker" and n.start < end and n.end > begin)
    return voice_of(next(marks, ""))


def _is_drowning(line: str, noises: Sequence[Noise], begin: int, end: int) -> bool:
    """Whether the sound in a stretch of a line is music, or a note that something cannot be heard."""
    sounds = (line[n.start : n.end] for n in noises if n.reason == "noise" and n.start < end and n.end > begin)
    told = [words(sound) for sound in sounds]
    return any(not _DROWNING.isdisjoint(each) or " ".join(each) in NOTES_OF_TRANSCRIBERS for each in told)


def _with_voices(tokens: Iterable[_Token]) -> Iterator[_Token]:
    """The tokens, each with who speaks; a mark divides unless it names the one who spoke before."""
    voice = ""
    for token in tokens:
        if token.voice is None:
            yield token._replace(voice=voice)
        elif token.voice and token.voice == voice:
            yield token._replace(border=Border.NONE)
        else:
            voice = token.voice
            yield token._replace(ends=True)


def _with_joined_marks(tokens: Iterable[_Token]) -> list[_Token]:
    """The tokens with every mark that stands alone joined to the word before it, as in writing."""
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


def _with_borders(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens, each word with what stands between it and the next word.

    A line that leaves room for the next word and a space was broken off.
    """
    lengths = sorted(token.line for token in tokens if token.line)
    width = lengths[int(WIDTH_RANK * (len(lengths) - 1))] if lengths else 0
    bordered = list(tokens)
    places = [place for place, token in enumerate(tokens) if token.text]
    few = sum(token.drowned for token in tokens) * DROWNED_MOST <= len(places)
    for place, after in pairwise([*places, len(tokens)]):
        between = tokens[place:after]
        room = width - (len(tokens[after].text) if after < len(tokens) else 0)
        borders = (
            Border.BREAK if token.border is Border.LINE and 0 < token.line < room else token.border for token in between
        )
        bordered[place] = tokens[place]._replace(
            border=max(borders),
            ends=any(token.ends for token in between),
            drowned=few and any(token.drowned for token in between),
        )
    return bordered


class _Run(NamedTuple):
    """Tokens from one known time to the next."""

    begin: float
    tokens: Sequence[_Token]

    @property
    def letters(self) -> int:
        """The letters to speak in it, steps between words included."""
        return sum(_letters(token) for token in self.tokens)


def _letters(token: _Token) -> int:
    """The letters of a word and one for the step to the next; nothing for noise."""
    return len(token.text) + 1 if token.text else 0


def _timed(tokens: Sequence[_Token]) -> tuple[SpokenWord, ...]:
    """The words with their times: between two known times they are placed by their letters, at no unusual pace.

    What a run has beyond the slowest pace is silence after its last word.
    """
    runs = _runs(tokens)
    if not runs:
        return tuple(
            SpokenWord(token.text, border=token.border, ends=token.ends, voice=token.voice or "", drowned=token.drowned)
            for token in tokens
            if token.text
        )
    paces = [(later.begin - run.begin) / run.letters for run, later in pairwise(runs) if run.letters]
    slowest = SLOWEST * (median(paces) if paces else USUAL_PACE)
    timed: list[SpokenWord] = []
    for run, next_begin in zip(runs, [*(run.begin for run in runs[1:]), None], strict=True):
        letters = run.letters
        ends = [run.begin + slowest * letters]
        ends += [end for end in (run.tokens[-1].limit, next_begin) if end is not None and end > run.begin]
        pace = (min(ends) - run.begin) / letters if letters else 0.0
        passed = 0
        for token in run.tokens:
            start = run.begin + pace * passed
            passed += _letters(token)
            end = run.begin + pace * passed
            if token.text:
                times = round(start, 3), round(end, 3)
                voice, drowned = token.voice or "", token.drowned
                timed.append(SpokenWord(token.text, *times, token.border, token.ends, voice=voice, drowned=drowned))
    return tuple(timed)


def _runs(tokens: Sequence[_Token]) -> list[_Run]:
    """The tokens cut where a time is known, times ascending; one that goes backwards is not believed."""
    cuts: list[tuple[float, int]] = []
    for place, token in enumerate(tokens):
        if token.anchor is not None and (not cuts or token.anchor > cuts[-1][0]):
            cuts.append((token.anchor, place if cuts else 0))
    cuts.append((0.0, len(tokens)))
    return [_Run(begin, tokens[place:stop]) for (begin, place), (_, stop) in pairwise(cuts)]
