"""Makes the bundled sample's `talk.ar.json3` and `talk.info.json` from its `talk.md`, as YouTube and yt-dlp would.

`python -m tests.sample.make_sample` writes them; the same talk gives the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from pipeline.arabic.normalize import DIACRITICS
from pipeline.evaluate.gold import TALK, Gold, GoldChapter, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ID = "TadwinDemo1"
SEED = 1952
MISHEARD = {"البوكمال": "ابو كمال", "نيرن": "نيرون", "الفارابي": "الفرابي"}
"""Recognition mistakes, as real tracks have them: each befalls the first time that the word is said."""

_MUSIC = "[موسيقى]"
_COLUMNS = 40  # the widest line of YouTube's rolling captions; the same in all automatic tracks that we looked at
_BREAK_MS = 1000  # a silence after which YouTube starts a new line
_FILLER_MS = 10  # the line break comes so long before the line
_FIRST_WORD_MS = 4300
_HESITATES = 0.04  # share of the words in mid-sentence
_OUTRO_MS = (900, 5200)  # silence before the closing music, and its length

_LETTERS = str.maketrans("أإآٱة", "ااااه")
_UNHEARD = re.compile(f"[{DIACRITICS}،؛؟.:!]")
_DESCRIPTION = """\
ما الذي يجمع دمشق وبغداد؟ حديث هادئ عن الحدود، وماء الفرات، والتجارة، وخط كركوك وبانياس، والناس على الجانبين.

هذه حلقة تجريبية كتبت لمشروع «تدوين»: المتحدث والقناة من نسج الخيال، ولا وجود لهذا المقطع على يوتيوب.
The sample of the Tadwin project, written for it: speaker and channel are invented; YouTube has no such video.

محاور الحلقة:
{chapters}
"""

_WINDOWS = {
    "wireMagic": "pb3",
    "pens": [{}],
    "wsWinStyles": [{}, {"mhModeHint": 2, "juJustifCode": 0, "sdScrollDir": 3}],
    "wpWinPositions": [{}, {"apPoint": 6, "ahHorPos": 20, "avVerPos": 100, "rcRows": 2, "ccCols": _COLUMNS}],
}
_PAGE = f"https://www.youtube.com/watch?v={ID}"
_CAPTIONS = {"ext": "json3", "url": f"https://www.youtube.com/api/timedtext?v={ID}&kind=asr&lang=ar&fmt=json3"}
_PUBLISHED = datetime(2026, 11, 20, 16, tzinfo=UTC)
_FIXED = {
    "channel": "تدوين – عيّنة",
    "channel_id": "UCTadwinDemoTadwinDemoTa",
    "uploader": "تدوين – عيّنة",
    "uploader_id": "@TadwinDemo",
    "upload_date": f"{_PUBLISHED:%Y%m%d}",
    "timestamp": int(_PUBLISHED.timestamp()),
    "tags": ["دمشق", "بغداد", "سوريا", "العراق", "الفرات", "تدوين"],
    "categories": ["Education"],
    "language": "ar",
    "live_status": "not_live",
    "availability": "public",
    "age_limit": 0,
    "media_type": "video",
    "webpage_url": _PAGE,
    "original_url": _PAGE,
    "extractor": "youtube",
    "extractor_key": "Youtube",
    "subtitles": {},
    "automatic_captions": {
        "ar-orig": [{**_CAPTIONS, "name": "Arabic (Original)"}],
        "ar": [{**_CAPTIONS, "name": "Arabic"}],
    },
    "_type": "video",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word with its times in milliseconds."""

    text: str
    start: int
    end: int


def heard(word: str) -> str:
    """A written word as automatic captions spell it: no marks, bare alef, final ha for taa marbuta."""
    return _UNHEARD.sub("", word).translate(_LETTERS)


def track(gold: Gold) -> str:
    """The talk as YouTube's json3 of an automatic track, one event a line."""
    speech = _speech(gold)
    lines = _lines(word for chapter in speech for word in chapter)
    end = _end(speech)
    lines = [[Word(_MUSIC, 160, 3900)], *lines, [Word(_MUSIC, lines[-1][-1].end + _OUTRO_MS[0], end)]]
    window = {"tStartMs": 0, "dDurationMs": end, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}
    events = ",\n".join(map(_json, (window, *_events(lines))))
    return f'{_json(_WINDOWS)[:-1]},"events":[\n{events}\n]}}\n'


def info(gold: Gold) -> str:
    """The talk's metadata as yt-dlp's sanitised info, as far as a reader of captions needs it."""
    speech = _speech(gold)
    seconds = _end(speech) // 1000
    starts = [0, *(words[0].start // 1000 for words in speech[1:])]
    chapters = [
        {"start_time": start, "title": chapter.heading, "end_time": end}
        for (start, end), chapter in zip(pairwise([*starts, seconds]), gold.chapters, strict=True)
    ]
    stamps = (f"{_clock(start)} {chapter.heading}" for start, chapter in zip(starts, gold.chapters, strict=True))
    found = {
        "id": ID,
        "title": f"حوارات تدوين | {gold.title}",
        "description": _DESCRIPTION.format(chapters="\n".join(stamps)),
        "duration": seconds,
        "duration_string": _clock(seconds),
        "chapters": chapters,
        **_FIXED,
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _end(speech: Sequence[Sequence[Word]]) -> int:
    return speech[-1][-1].end + sum(_OUTRO_MS)


def _speech(gold: Gold) -> list[list[Word]]:
    """The recognised words of each chapter."""
    chance = Random(SEED)  # noqa: S311 - a voice, not a secret
    misheard = dict(MISHEARD)
    clock, chapters = _FIRST_WORD_MS, []
    for chapter in gold.chapters:
        words = []
        for written, pause in _pauses(chapter, chance):
            for word in misheard.pop(heard(written), heard(written)).split():
                end = clock + _length(word, chance)
                words.append(Word(word, clock, end))
                clock = end
            clock += round(1000 * pause)
        chapters.append(words)
    return chapters


def _pauses(chapter: GoldChapter, chance: Random) -> Iterator[tuple[str, float]]:
    """The written words of a chapter, each with the seconds of silence after it."""
    for number, paragraph in enumerate(chapter.paragraphs, start=1):
        for sentence in paragraph[:-1]:
            yield from _breaths(sentence, chance.uniform(0.6, 1.3), chance)
        last = chance.uniform(1.1, 1.5) if number < len(chapter.paragraphs) else chance.uniform(2.0, 3.0)
        yield from _breaths(paragraph[-1], last, chance)


def _breaths(sentence: str, silence: float, chance: Random) -> Iterator[tuple[str, float]]:
    *words, last = sentence.split()
    for word in words:
        yield word, _breath(word, chance)
    yield last, silence


def _breath(word: str, chance: Random) -> float:
    """Seconds of silence after a word in mid-sentence: at a mark, and now and then where the speaker thinks."""
    if word[-1] in "،؛:":
        return chance.uniform(0.15, 0.35)
    return chance.uniform(0.2, 0.6) if chance.random() < _HESITATES else 0.0


def _length(word: str, chance: Random) -> int:
    """Milliseconds that a word takes: by its letters; a digit stands for a word of its own."""
    calm = sum(330 if letter.isdigit() else 52 for letter in word) + 110
    return round(calm * chance.uniform(0.85, 1.15))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Words in caption lines: a new one where the old is full, and after a silence."""
    lines: list[list[Word]] = []
    for word in words:
        line = lines[-1] if lines else []
        full = len(" ".join(each.text for each in (*line, word))) > _COLUMNS
        if not line or full or word.start - line[-1].end >= _BREAK_MS:
            lines.append([word])
        else:
            line.append(word)
    return lines


def _events(lines: Sequence[Sequence[Word]]) -> Iterator[dict[str, object]]:
    """A line stays until the second line after it begins; between two lines stands a break."""
    starts = [line[0].start for line in lines]
    end = lines[-1][-1].end
    for line, after, until in zip(lines, [*starts[1:], None], [*starts[2:], end, end], strict=True):
        yield {"tStartMs": line[0].start, "dDurationMs": until - line[0].start, "wWinId": 1, "segs": _segments(line)}
        if after is not None:
            begin = after - _FILLER_MS
            yield {"tStartMs": begin, "dDurationMs": until - begin, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]}


def _segments(line: Sequence[Word]) -> list[dict[str, object]]:
    first, *rest = line
    offset = first.start
    following = ({"utf8": f" {word.text}", "tOffsetMs": word.start - offset, "acAsrConf": 0} for word in rest)
    return [{"utf8": first.text, "acAsrConf": 0}, *following]


def made(gold: Gold) -> dict[str, bytes]:
    """The files that are made from the talk, by name."""
    return {"talk.ar.json3": track(gold).encode(), "talk.info.json": info(gold).encode()}


def main() -> None:
    """Writes the files beside the talk."""
    for name, content in made(read_gold(TALK)).items():
        TALK.with_name(name).write_bytes(content)


if __name__ == "__main__":
    main()
