"""One talk in the forms in which programs, players and people write captions, by kind and name."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TALK = (
    "نفتح الفرن قبل الفجر بساعة كاملة كل يوم.",
    "يعجن أبي الدقيق بالماء والملح والخميرة القديمة.",
    "يرتاح العجين في الوعاء الكبير تحت قماش نظيف.",
    "ثم تقطع أمي العجين قطعا متساوية على اللوح.",
    "نشعل الحطب اليابس ونترك الجمر حتى يهدأ اللهب.",
    "تدخل الأرغفة واحدا بعد آخر إلى بيت النار.",
    "ينتفخ الرغيف سريعا ويصبح لونه ذهبيا جميلا.",
    "يأتي أول الزبائن من الحي المجاور سيرا.",
    "تشتري الجارة سبعة أرغفة لأولادها وضيوفها.",
    "نبيع الكعك بالسمسم في صباح العيد فقط.",
    "ارتفع سعر الدقيق في الشتاء الماضي كثيرا.",
    "لذلك صرنا نطحن قمح الحقل القريب بأنفسنا.",
    "وفي المساء ننظف الحجارة ونغلق الباب الخشبي.",
)
"""Sentences of different words, one to a cue."""


class Row(NamedTuple):
    """One cue."""

    start: float
    end: float
    text: str


ROWS = tuple(Row(4.0 * number, 4.0 * number + 3.5, text) for number, text in enumerate(TALK))

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_WIDE = str.maketrans("0123456789:,->", "０１２３４５６７８９：，－＞")


def clock(seconds: float, mark: str = ",", *, hours: bool = True, digits: int = 3) -> str:
    """`00:00:04,500`, with `-` for a time before zero."""
    whole, thousandths = divmod(round(abs(seconds) * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
    return ("-" if seconds < 0 else "") + text + (f"{mark}{thousandths:03}"[: digits + 1] if mark else "")


def short(seconds: float) -> str:
    """`0:04`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def subrip(  # noqa: PLR0913 - any part of a cue may be written otherwise
    rows: Iterable[Row] = ROWS,
    *,
    arrow: str = " --> ",
    at: Callable[[float], str] = clock,
    number: Callable[[int], str] | None = str,
    text: Callable[[str], str] = str,
    line_end: str = "\n",
) -> str:
    """The rows as SubRip, with any part written otherwise."""
    lines: list[str] = []
    for count, row in enumerate(rows, start=1):
        lines += [*([number(count)] if number else []), f"{at(row.start)}{arrow}{at(row.end)}", text(row.text), ""]
    return line_end.join(lines) + line_end


def webvtt(rows: Iterable[Row] = ROWS, text: Callable[[str], str] = str) -> str:
    """The rows as WebVTT."""
    return "WEBVTT\n\n" + subrip(rows, at=lambda seconds: clock(seconds, "."), number=None, text=text)


def each(line: Callable[[Row], str], rows: Iterable[Row] = ROWS) -> str:
    """A line, or several, for each row."""
    return "".join(f"{line(row)}\n" for row in rows)


def json3(rows: Iterable[Row] = ROWS, pieces: Callable[[str], list[dict[str, object]]] | None = None) -> str:
    """The rows as YouTube's json3."""
    pieces = pieces or (lambda text: [{"utf8": text}])
    events = [
        {
            "tStartMs": round(row.start * 1000),
            "dDurationMs": round(1000 * (row.end - row.start)),
            "segs": pieces(row.text),
        }
        for row in rows
    ]
    return json.dumps({"events": events}, ensure_ascii=False)


def in_words(seconds: float) -> str:
    """The time as the Arabic page of YouTube has it for a screen reader."""
    minutes, rest = divmod(int(seconds), 60)
    parts = ["دقيقة واحدة"] if minutes else []
    if rest or not minutes:
        parts.append(f"{rest} ثوانٍ" if 2 < rest < 11 else f"{rest} ثانية")
    return " و".join(parts)


def in_english(seconds: float) -> str:
    """The same on the English page."""
    minutes, rest = divmod(int(seconds), 60)
    parts = ["1 minute"] if minutes else []
    return ", ".join([*parts, f"{rest} second{'' if rest == 1 else 's'}"] if rest or not minutes else parts)


def flipped(text: str, mark: str = "") -> str:
    """The text with its mark where a player without support for Arabic needs it."""
    return (mark or text[-1]) + text[:-1]


def moved(seconds: float, rows: Iterable[Row] = ROWS) -> tuple[Row, ...]:
    """The rows at other times."""
    return tuple(Row(row.start + seconds, row.end + seconds, row.text) for row in rows)


def highlighted(tag: str) -> tuple[Row, ...]:
    """Each row once for each word, which is marked while it is said."""
    steps = []
    for row in ROWS:
        words = row.text.split()
        length = (row.end - row.start) / len(words)
        for at, word in enumerate(words):
            marked = [*words[:at], f"<{tag}>{word}</{tag.split(maxsplit=1)[0]}>", *words[at + 1 :]]
            steps.append(Row(row.start + at * length, row.start + (at + 1) * length, " ".join(marked)))
    return tuple(steps)


def shaped(text: str) -> str:
    """The text in letters of the presentation forms, each in the form of its place."""
    found = []
    for at, letter in enumerate(text):
        joined_before = at > 0 and (text[at - 1], "<initial>") in _FORMS
        joined_after = at + 1 < len(text) and (text[at + 1], "<final>") in _FORMS and (letter, "<initial>") in _FORMS
        form = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}[joined_before, joined_after]
        found.append(_FORMS.get((letter, f"<{form}>"), _FORMS.get((letter, "<isolated>"), letter)))
    return "".join(found)


_FORMS = {
    (chr(int(code, 16)), form): chr(shape)
    for shape in range(0xFE80, 0xFEF5)
    for form, *codes in [unicodedata.decomposition(chr(shape)).split()]
    for code in codes
}

HALF = len(ROWS) // 2
SILENT = tuple(Row(32.0 * number, 32.0 * number + 4, text) for number, text in enumerate(TALK))
"""The talk with half a minute of silence after each sentence."""


def between_silences(*lines: str, start: float = 12, end: float = 30) -> str:
    """SubRip with one of the lines in each silence."""
    added = [Row(row.start + start, row.start + end, lines[number % len(lines)]) for number, row in enumerate(SILENT)]
    return subrip(sorted([*SILENT, *added]))


def looped(line: str, times: int, after: int = 8) -> str:
    """SubRip in which recognition was caught in a line."""
    loop = tuple(Row(4.0 * after + 3 * turn, 4.0 * after + 3 * turn + 3, line) for turn in range(times))
    return subrip((*ROWS[:after], *loop, *moved(3.0 * times, ROWS[after:])))


_VTT_HEADER = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n"


def _vtt_part(rows: Iterable[Row]) -> str:
    return subrip(rows, at=lambda seconds: clock(seconds, "."), number=None)


def _speaker(row: Row) -> int:
    return int(row.start / 4) % 2


READ: dict[str, dict[str, str | bytes]] = {
    "stamped text": {
        "whisper.txt": each(lambda r: f"[{clock(r.start, '.')} --> {clock(r.end, '.')}]  {r.text}"),
        "whisperx.txt": each(
            lambda r: f"[{clock(r.start, '.')} --> {clock(r.end, '.')}] [SPEAKER_0{_speaker(r)}]: {r.text}"
        ),
        "faster-whisper.txt": each(lambda r: f"[{r.start:.2f}s -> {r.end:.2f}s] {r.text}"),
        "range.txt": each(lambda r: f"({short(r.start)} - {short(r.end)}) {r.text}"),
        "range above.txt": each(lambda r: f"[{clock(r.start, '.')} --> {clock(r.end, '.')}]\n{r.text}\n"),
        "seconds.txt": each(lambda r: f"[{r.start:.1f} - {r.end:.1f}] {r.text}"),
        "arabic digits.txt": each(lambda r: f"[{clock(r.start, '').translate(_ARABIC)}] {r.text}"),
        "turned brackets.txt": each(lambda r: f"]{clock(r.start, '', hours=False)}[ {r.text}"),
        "pipe.txt": each(lambda r: f"{clock(r.start, '')} | {r.text}"),
        "paragraphs.txt": each(
            lambda r: f"[{clock(r.start, '', hours=False)}] {r.text}" if r.start % 12 == 0 else r.text
        ),
        "seconds.tsv": "start\tend\ttext\n" + each(lambda r: f"{r.start:.2f}\t{r.end:.2f}\t{r.text}"),
        "milliseconds.tsv": each(lambda r: f"{r.start * 1000:.0f}\t{r.end * 1000:.0f}\t{r.text}"),
        "whisper.csv": "start,end,text\n" + each(lambda r: f'{r.start * 1000:.0f},{r.end * 1000:.0f},"{r.text}"'),
        "whisper.lrc": "[ar:أبي]\n[by:whisper.cpp]\n"
        + each(lambda r: f"[{clock(r.start, '.', hours=False, digits=2)}]{r.text}"),
        "words.lrc": each(
            lambda r: (
                f"[{clock(r.start, '.', hours=False, digits=2)}]"
                + " ".join(
                    f"<{clock(r.start + at / 4, '.', hours=False, digits=2)}> {word}"
                    for at, word in enumerate(r.text.split())
                )
            )
        ),
        "rate.sub": "{1}{1}25.000\n" + each(lambda r: f"{{{r.start * 25:.0f}}}{{{r.end * 25:.0f}}}{{y:i}}{r.text}"),
        "mpl2.txt": each(lambda r: f"[{r.start * 10:.0f}][{r.end * 10:.0f}]/{r.text}"),
        "tmplayer.txt": each(lambda r: f"{clock(r.start, '')}:{r.text}"),
        "subviewer.sub": "[INFORMATION]\n[END INFORMATION]\n[SUBTITLE]\n"
        + each(lambda r: f"{clock(r.start, '.', digits=2)},{clock(r.end, '.', digits=2)}\n{r.text}\n"),
        "panel.txt": each(lambda r: f"{short(r.start)}\n{in_words(r.start)}\n{r.text}"),
        "panel, marks.txt": each(lambda r: f"\u200f{short(r.start)}\u200f\n\u200f{in_words(r.start)}\u200f\n{r.text}"),
        "panel, digits.txt": each(lambda r: f"{short(r.start)}\n{in_words(r.start)}\n".translate(_ARABIC) + r.text),
        "panel, english.txt": each(lambda r: f"{short(r.start)}\n{in_english(r.start)}\n{r.text}"),
        "panel, joined.txt": each(lambda r: f"{short(r.start)}{in_words(r.start)}{r.text}"),
        "panel, tight.txt": each(lambda r: f"{short(r.start)}{r.text}"),
        "panel, two parts.txt": each(lambda r: f"{short(r.start % 28)}\n{r.text}"),
        "frames.txt": each(lambda r: f"{clock(r.start, '')}:00 - {clock(r.end, '')}:12\nSpeaker 1\n{r.text}\n"),
        "speakers.txt": each(lambda r: f"Speaker {_speaker(r) + 1}  {short(r.start)}\n{r.text}\n"),
        "named speakers.txt": each(lambda r: f"{('سامي', 'ليلى')[_speaker(r)]}  {short(r.start)}\n{r.text}\n"),
        "arabic speakers.txt": each(lambda r: f"المتحدث {_speaker(r) + 1} {clock(r.start, '')}\n{r.text}\n"),
        "times, then names.txt": each(lambda r: f"{clock(r.start, '')} {('سامي', 'ليلى')[_speaker(r)]}\n{r.text}\n"),
    },
    "time lines": {
        "decimal sign.srt": subrip(at=lambda t: clock(t, "٫")),
        "persian digits.srt": subrip(at=lambda t: clock(t, "،").translate(_PERSIAN)),
        "full width.srt": subrip(at=lambda t: clock(t).translate(_WIDE), arrow=" －－＞ "),
        "right-to-left marks.srt": subrip(at=lambda t: f"\u200f{clock(t)}", number=lambda n: f"\u200f{n}"),
        "isolates.srt": subrip(at=lambda t: f"\u2066{clock(t)}\u2069", number=lambda n: f"\u2067{n}\u2069"),
        "hard spaces.srt": subrip(arrow="\u00a0-->\u202f"),
        "arrow.srt": subrip(arrow=" → "),
        "entity.srt": subrip(arrow=" --&gt; "),
        "spaced arrow.srt": subrip(arrow=" -- > "),
        "dash.srt": subrip(arrow=" – "),
        "turned arrow.srt": "".join(f"{clock(r.end)} <-- {clock(r.start)}\n{r.text}\n\n" for r in ROWS),
        "spaces in times.srt": subrip(at=lambda t: clock(t).replace(":", ": ").replace(",", " ,")),
        "no fraction.srt": subrip(at=lambda t: clock(t, "")),
        "numbers with a word.srt": subrip(number=lambda n: f"الترجمة {n}"),
        "numbers with a sign.srt": subrip(number=lambda n: f"#{n}"),
        "numbers with a point.srt": subrip(number=lambda n: f"{n}.".translate(_ARABIC)),
        "number beside times.srt": "".join(
            f"{n} {clock(r.start)} --> {clock(r.end)}\n{r.text}\n\n" for n, r in enumerate(ROWS, 1)
        ),
        "text beside times.srt": "".join(
            f"{n}\n{clock(r.start)} --> {clock(r.end)}  {r.text}\n\n" for n, r in enumerate(ROWS, 1)
        ),
        "places.srt": subrip().replace(",500\n", ",500  X1:100 X2:200 Y1:100 Y2:120\n"),
        "one line.vtt": "WEBVTT " + " ".join(f"{clock(r.start, '.')} --> {clock(r.end, '.')} {r.text}" for r in ROWS),
        "one line lost.srt": subrip().replace("00:00:20,000 --> 00:00:23,500\n", ""),
    },
    "visual punctuation": {
        "brackets.srt": subrip(text=lambda t: f").{t[:-1]}("),
        "guillemets.srt": subrip(text=lambda t: f".»{t[:-1]}«"),
        "commas.srt": subrip(text=lambda t: flipped(t, "،")),
        "right-to-left mark.srt": subrip(text=lambda t: f"\u200f{flipped(t)}"),
        "two rows.srt": subrip(text=lambda t: " ".join(t.split()[:4]) + "\n" + flipped(" ".join(t.split()[4:]))),
        "some rows.srt": subrip(Row(*r[:2], flipped(r.text)) if r.start % 16 == 0 else r for r in ROWS),
        "quotation.srt": subrip(text=lambda t: f'."{t[:-1]}"'),
        "spaced.srt": subrip(text=lambda t: f". {t[:-1]}"),
        "dots.srt": subrip(text=lambda t: flipped(t, "...")),
        "tag.srt": subrip(text=lambda t: f'<font color="#fff">{flipped(t)}</font>'),
        "dash at the end.srt": subrip(text=lambda t: f"{t[:-1]}-"),
        "dash and stop.srt": subrip(text=lambda t: f"-{flipped(t)}"),
        "long dash.srt": subrip(text=lambda t: f"—{t}"),
        "rows.txt": each(lambda r: flipped(r.text)),
    },
    "windows-1256": {
        "short rows.srt": subrip(line_end="\r\n").encode("cp1256"),
        "tags.srt": subrip(text=lambda t: f'<font face="Arial" size="28" color="#ffff00">{t}</font>').encode("cp1256"),
        "orders.vtt": webvtt(text=lambda t: f"{{\\fnArabic Typesetting\\fs28}}{t}").encode("cp1256"),
    },
    "times begin anew": {
        "two parts.srt": subrip((*ROWS[:HALF], *moved(-4.0 * HALF, ROWS[HALF:]))),
        "four parts.vtt": webvtt(Row(r.start % 16, r.start % 16 + 3.5, r.text) for r in ROWS),
        "two parts.json3": json3((*ROWS[:HALF], *moved(-4.0 * HALF, ROWS[HALF:]))),
        "two parts.txt": each(lambda r: f"[{clock(r.start % 28, '', hours=False)}] {r.text}"),
        "one jumps back.srt": subrip(Row(4.2, r.end, r.text) if r.start == 32 else r for r in ROWS),
        "one jumps far ahead.srt": subrip(
            Row(r.start + 3600, r.end + 3600, r.text) if r.start == 32 else r for r in ROWS
        ),
        "hours lost.srt": subrip(Row((r.start + 3580) % 3600, (r.start + 3580) % 3600 + 3.5, r.text) for r in ROWS),
        "past midnight.srt": subrip(
            Row((r.start + 86390) % 86400, (r.start + 86390) % 86400 + 3.5, r.text) for r in ROWS
        ),
        "true times in disorder.srt": subrip((*ROWS[HALF:], *ROWS[:HALF])),
        "backwards.srt": subrip(reversed(ROWS)),
    },
    "joined webvtt": {
        "no empty line.vtt": _VTT_HEADER
        + _vtt_part(ROWS[:HALF]).rstrip()
        + "\n"
        + _VTT_HEADER
        + _vtt_part(ROWS[HALF:]),
        "styles and notes.vtt": webvtt(ROWS[:HALF])
        + "WEBVTT - الجزء الثاني\nKind: captions\nLanguage: ar\n\nSTYLE\n::cue { color: white }\n\nNOTE شكرا\n\n"
        + _vtt_part(ROWS[HALF:]),
        "no line end.vtt": webvtt(ROWS[:HALF]).rstrip() + webvtt(ROWS[HALF:]),
        "no line end.srt": subrip(ROWS[:HALF]).rstrip() + subrip(ROWS[HALF:]),
        "byte order mark.vtt": webvtt(ROWS[:HALF]) + "\ufeff" + webvtt(ROWS[HALF:]),
        "in subrip.srt": subrip(ROWS[:HALF]) + "WEBVTT\nKind: captions\nLanguage: ar\n\n" + subrip(ROWS[HALF:]),
        "fields alone.srt": subrip(ROWS[:HALF]) + "Kind: captions\nLanguage: ar-EG\n\n" + subrip(ROWS[HALF:]),
        "times of each part.vtt": _VTT_HEADER
        + _vtt_part(ROWS[:HALF])
        + _VTT_HEADER.replace("9", "45")
        + _vtt_part(moved(-4.0 * HALF, ROWS[HALF:])),
        "cue at the joint.vtt": webvtt(ROWS[: HALF + 1]) + webvtt(ROWS[HALF:]),
    },
    "presentation forms": {
        "all.srt": subrip(text=shaped),
        "some rows.srt": subrip(Row(*r[:2], shaped(r.text)) if r.start % 12 == 0 else r for r in ROWS),
        "plain.txt": each(lambda r: shaped(r.text)),
    },
    "repeated cues": {
        "half twice.json3": json3(
            part
            for r in ROWS
            for part in (
                [Row(r.start, r.start + 1.7, r.text), Row(r.start + 1.7, r.end, r.text)] if r.start % 8 else [r]
            )
        ),
        "overlapping.srt": subrip(part for r in ROWS for part in (r, Row(r.start + 1, r.end, r.text))),
        "coloured words.srt": subrip(highlighted('font color="#00ff00"')),
        "bold words.vtt": webvtt(highlighted("b")),
    },
    "gaps and tags": {
        "censored.json3": json3(
            pieces=lambda t: [{"utf8": word + " "} for word in [*t.split()[:3], "[\u00a0__\u00a0]", *t.split()[3:]]]
        ),
        "censored, timed.json3": json3(
            pieces=lambda t: [
                {"utf8": f"{word} ", "tOffsetMs": 300 * at}
                for at, word in enumerate([*t.split()[:3], "[ __ ]", *t.split()[3:]])
            ]
        ),
        "censored.vtt": webvtt(text=lambda t: f"[&nbsp;__&nbsp;] {t}"),
        "hard space.vtt": webvtt(text=lambda t: "\\h" + t.replace(" ", "\\h")),
        "line break.srt": subrip(text=lambda t: t.replace(" ", "\\N", 3)),
        "torn end.srt": subrip(text=lambda t: f'<font color="#fff">{t}</font'),
        "turned slash.srt": subrip(text=lambda t: f"<font color=white>{t}<\\font>"),
        "spaced tags.srt": subrip(text=lambda t: f"< i >{t}< / i >"),
        "escaped tags.srt": subrip(text=lambda t: f"&lt;i&gt;{t}&lt;/i&gt;"),
        "square tags.srt": subrip(text=lambda t: f"[i]{t}[/i]"),
        "microdvd.srt": subrip(text=lambda t: "{Y:b}{s:28}{C:$0000FF}" + t),
        "order without slash.srt": subrip(text=lambda t: "{an8}" + t),
        "torn order.srt": subrip(text=lambda t: "{\\pos(12,3)" + t),
        "karaoke.srt": subrip(text=lambda t: " ".join("{\\k25}" + word for word in t.split())),
        "entity without end.srt": subrip(text=lambda t: t.replace(" ", "&nbsp ")),
        "entity twice.srt": subrip(text=lambda t: f"&amp;rlm;{t}&amp;nbsp;"),
    },
    "line ends": {
        "lf cr.srt": subrip(line_end="\n\r"),
        "cr.txt": each(lambda r: f"[{clock(r.start, '', hours=False)}] {r.text}").replace("\n", "\r"),
        "doubled.vtt": webvtt().replace("\n", "\r\n\r\n"),
        "doubled, from zero.srt": subrip(number=lambda n: str(n - 1), line_end="\n\n"),
        "after number.srt": "".join(
            f"{n}\n\n{clock(r.start)} --> {clock(r.end)}\n{r.text}\n\n" for n, r in enumerate(ROWS, 1)
        ),
        "separators.srt": subrip(line_end="\u2028"),
        "next line.srt": subrip(line_end="\x85"),
        "mixed.srt": "".join(
            f"{n}\r\n{clock(r.start)} --> {clock(r.end)}\n{r.text}\r\r" for n, r in enumerate(ROWS, 1)
        ),
    },
    "negative times": {
        "minus.vtt": webvtt(moved(-6)),
        "minus sign.srt": subrip(moved(-6), at=lambda t: clock(t).replace("-", "−")),
        "spaced minus.srt": subrip(moved(-6), at=lambda t: clock(t).replace("-", "- ")),
        "in minutes.srt": subrip(moved(-6), at=lambda t: clock(t) if t >= 0 else f"00:-{clock(-t, hours=False)}"),
        "milliseconds.tsv": each(lambda r: f"{r.start * 1000:.0f}\t{r.end * 1000:.0f}\t{r.text}", moved(-6)),
        "console.txt": each(lambda r: f"[{clock(r.start, '.')} --> {clock(r.end, '.')}] {r.text}", moved(-6)),
        "minus.json3": json3(moved(-6)),
        "minus.xml": "<timedtext><body>"
        + each(lambda r: f'<p t="{r.start * 1000:.0f}" d="3500">{r.text}</p>', moved(-6))
        + "</body></timedtext>",
    },
    "inventions": {
        "subscribe.srt": between_silences("اشتركوا في القناة"),
        "two lines.srt": between_silences("اشتركوا في القناة", "شكرا للمشاهدة"),
        "not shown long.srt": between_silences("ترجمة مجتمع أمارا", start=14, end=17),
        "one credit.srt": subrip(sorted([*SILENT, Row(44, 62, "ترجمة سعاد الفلانية")])),
        "loop of the last line.srt": looped(TALK[7], 30),
        "loop of an earlier line.srt": looped(TALK[5], 30),
        "loop of two lines.srt": subrip((*ROWS, *(Row(60 + 3 * n, 63 + 3 * n, TALK[5 + n % 2]) for n in range(40)))),
        "loop inside a cue.srt": subrip(
            Row(*r[:2], " ".join([r.text[:-1]] * 30) + ".") if r.start == 32 else r for r in ROWS
        ),
        "loop without times.txt": each(lambda r: r.text) + f"{TALK[-1]}\n" * 40,
    },
}
"""What has to be read so that every word of the talk is said once and in order."""

UNTIMED = frozenset(("rows.txt", "plain.txt", "loop without times.txt"))
"""Forms that have no times."""

REFUSED: dict[str, tuple[str | bytes, int]] = {
    "points.srt": (subrip(at=lambda t: clock(t).replace(":", ".")), 2),
    "semicolons.srt": (subrip(at=lambda t: clock(t).replace(":", ";")), 2),
    "letters for zeros.srt": (subrip().replace("00:00:20,000", "OO:OO:2O,000"), 22),
    "start lost.srt": (subrip().replace("00:00:20,000 -->", "-->"), 22),
    "letters between.srt": (subrip(at=lambda t: clock(t).replace(":", "h", 1).replace(":", "m")), 2),
    "literal line ends.srt": (subrip(line_end="\\n"), 1),
    "times behind words.txt": (each(lambda r: f"{r.text} [{clock(r.start, '', hours=False)}]"), 1),
    "minutes and seconds.txt": (each(lambda r: f"[{int(r.start) // 60}m{int(r.start) % 60}s] {r.text}"), 1),
    "numbered times.txt": (each(lambda r: f"{_speaker(r)} {clock(r.start, '')} {r.text}"), 1),
    "frames without a rate.sub": (each(lambda r: f"{{{r.start * 25:.0f}}}{{{r.end * 25:.0f}}}{r.text}"), 1),
}
"""What cannot be known, with the number of the line that says so."""
