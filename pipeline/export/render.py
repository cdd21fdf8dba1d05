"""An article as a page: Arabic labels, time marks, the coverage bar. Formats only write it down."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.export import page
from pipeline.export.page import Bar, Block, Fact, Line, Mark, Neighbour, Page, Part, Row, Stop, Stretch
from pipeline.text.bidi import segments, stripped
from pipeline.text.counting import MARK, SENTENCE, WORD, clock, counted, day, duration, percent
from pipeline.text.flaws import FLAWS
from pipeline.text.labels import BACKGROUND, CHALLENGES, CONCLUSION, OUTLOOK
from pipeline.text.links import moment
from pipeline.text.spans import gaps, talk_end
from pipeline.text.tidy import tidy
from pipeline.types import Basis, Flaw, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.account import Account
    from pipeline.ties import Beside, Place, Related
    from pipeline.types import Article, Cover, Finding, Paragraph, Removal, Sentence, Span, Statement

_COLOURS = 8
_SHORTEST_GAP = 60.0
"""Seconds without a section that the legend names."""
_NOTE_LENGTH = 200
_REMOVED_SHOWN = 200
_MARKS_SHOWN = 3

_ORIGINS = {
    Origin.MANUAL: "نص كتبه إنسان",
    Origin.AUTOMATIC: "تفريغ آلي من المنصة",
    Origin.TRANSLATED: "ترجمة آلية",
    Origin.RECOGNISED: "تعرّف آلي على الكلام",
    Origin.UNSTATED: "نص لم يُذكر صانعه",
}
_PLACES = {
    "title": "العنوان",
    "headline": "العنوان الفرعي",
    "lead": "المقدمة",
    "background": "الخلفية",
    "transition": "التمهيد",
    "challenges": "التحديات",
    "outlook": "الآفاق",
    "conclusion": "الخلاصة",
    "article": "المقال كله",
}
_REASONS = {
    "noise": "أصوات وعلامات",
    "repeat": "تكرار",
    "markup": "رموز تنسيق",
    "speaker": "اسم متكلم",
    "greeting": "تحية",
    "subscribe": "دعوة إلى الاشتراك",
    "sponsor": "إعلان",
    "creed": "صيغ افتتاح الخطب ودعائها",
    "meta": "كلام عن الفيديو نفسه",
    "filler": "حشو",
}
_DIALECTS = {
    "egyptian": "مصرية",
    "levantine": "شامية",
    "gulf": "خليجية",
    "iraqi": "عراقية",
    "mixed": "مختلطة",
}


def render(article: Article) -> Page:
    """The page of an article: nothing is left unsaid, or the page says what it leaves to JSON."""
    script, draft = article.script, article.draft
    return Page(
        title=parts(draft.title),
        headline=parts(draft.headline),
        kicker=_kicker(article),
        blocks=tuple(block for block in _blocks(article) if block.paragraphs),
        stops=tuple(map(_stop, article.places)),
        related=tuple(_neighbour(other) for other in article.related),
        facts=tuple(_facts(article)),
        bars=tuple(_bars(article)),
        length=clock(talk_end(script)) if script.timed else "",
        stretches=tuple(_stretches(article)),
        notes=tuple(parts(_note(finding)) for finding in article.report.findings),
        removed=tuple(parts(text) for text in _removed(article.report.removed)),
        transcript=tuple(_rows(article)),
        version=stripped(article.provenance.version),
    )


def _neighbour(other: Related) -> Neighbour:
    return Neighbour(parts(other.title), other.path, "، ".join(map(stripped, other.shared)))


def _stop(place: Place) -> Stop:
    title = parts(place.title or page.SERIES)
    return Stop(title, place.path, place.number, _beside(place.before), _beside(place.after))


def _beside(other: Beside | None) -> Neighbour | None:
    return Neighbour(parts(other.title), other.path, "") if other else None


# --- lines ---


def parts(text: str, link: str = "") -> tuple[Part, ...]:
    """A line in stretches of one direction; the given address becomes a link wherever it stands."""
    pieces = stripped(text).split(link) if link else [stripped(text)]
    shown: list[Part] = []
    for index, piece in enumerate(pieces):
        shown += [Part(link, foreign=True, address=link)] if index else []
        shown += [Part(segment.text, segment.foreign) for segment in segments(piece)]
    return tuple(shown)


def _blocks(article: Article) -> Iterator[Block]:
    """The parts of the article in their order, each statement with its marks."""
    draft, writer = article.draft, _Lines(article)
    yield writer.block("", [("lead", draft.lead)])
    yield writer.block(BACKGROUND, _numbered("background", draft.background))
    yield writer.block("", [("transition", draft.transition)])
    for number, section in enumerate(draft.sections, 1):
        yield writer.block(section.heading, _numbered(f"sections.{number}", section.paragraphs))
    for heading, name, part in (
        (CHALLENGES, "challenges", draft.challenges),
        (OUTLOOK, "outlook", draft.outlook),
        (CONCLUSION, "conclusion", draft.conclusion),
    ):
        if part:
            yield writer.block(heading, [(name, part)])


def _numbered(place: str, paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, Paragraph]]:
    return [(f"{place}.{number}", paragraph) for number, paragraph in enumerate(paragraphs, 1)]


class _Lines:
    """Turns statements into lines: what they need of the article is looked up once."""

    def __init__(self, article: Article) -> None:
        self._url = _web(article.script.video.url)
        self._sentences = {sentence.number: sentence for sentence in article.script.sentences}
        self._notes: dict[tuple[str, str], list[int]] = {}
        for number, finding in enumerate(article.report.findings, 1):
            self._notes.setdefault((finding.place, finding.text), []).append(number)

    def block(self, heading: str, paragraphs: Iterable[tuple[str, Paragraph]]) -> Block:
        lines = (tuple(self._line(place, each) for each in paragraph.statements) for place, paragraph in paragraphs)
        return Block(parts(heading), tuple(paragraph for paragraph in lines if paragraph))

    def _line(self, place: str, statement: Statement) -> Line:
        cited = sorted({number for number in statement.cites if number in self._sentences})
        firsts = [number for previous, number in pairwise([-1, *cited]) if number != previous + 1]
        spoken = statement.basis is Basis.SPEECH
        marks = [mark(self._sentences[number], self._url) for number in firsts[:_MARKS_SHOWN] if spoken]
        notes = self._notes.get((place, statement.text), [])
        return Line(parts(tidy(stripped(statement.text)), self._url), tuple(marks), tuple(notes))


def mark(sentence: Sentence, url: str) -> Mark:
    """The sign of a sentence: its second in the video, or without times its number in the transcript below."""
    text = stripped(sentence.text)
    note = f"الجملة {sentence.number}: {text[:_NOTE_LENGTH]}{'…' if len(text) > _NOTE_LENGTH else ''}"
    if sentence.start is None:
        return Mark(f"ج {sentence.number}", f"#j{sentence.number}", note)
    return Mark(clock(sentence.start), moment(url, sentence.start), note)


def _web(url: str) -> str:
    """The address if it is one of the web on one line, else nothing: no other scheme becomes a link."""
    return url if url.startswith(("https://", "http://")) and stripped(url) == url and " " not in url else ""


# --- evidence ---


def _kicker(article: Article) -> tuple[Part, ...]:
    video = article.script.video
    known = [stripped(video.channel), day(video.published) if video.published else ""]
    known += [duration(video.seconds)] if video.seconds else []
    return parts(" · ".join(filter(None, known)))


def _facts(article: Article) -> Iterator[Fact]:
    """Where the article comes from and how well it stands, line by line."""
    video, provenance = article.script.video, article.provenance
    yield Fact("الفيديو", parts(video.title))
    if url := _web(video.url):
        yield Fact("الرابط", parts(url, url))
    if video.channel:
        yield Fact("القناة", parts(video.channel))
    if video.published:
        yield Fact("تاريخ النشر", parts(day(video.published)))
    track = provenance.track
    language = "العربية" if track.language.lower().split("-")[0] == "ar" else track.language
    yield Fact("النص المعتمد", parts(f"{_ORIGINS[track.origin]}، اللغة: {language} ({track.language})"))
    yield Fact("قُرئ بواسطة", parts(provenance.backend))
    if article.script.dialect:
        yield Fact("لهجة الحديث", parts(_DIALECTS.get(article.script.dialect, article.script.dialect)))
    yield Fact("الإملاء والترقيم", parts(_restored(article)))
    yield Fact("الكاتب", parts(provenance.writer))
    if account := article.draft.account:
        yield Fact("ما كتبه النموذج", parts(_by_model(account)))
        if account.embedded:
            yield Fact("ما كُتب بلا نموذج", parts("، ".join(account.embedded)))
    yield Fact("البرنامج", parts(f"تدوين Tadwin {provenance.version}"))
    yield Fact("السند", parts(_support(article)))
    yield Fact("التغطية", parts(_covered(article)))
    yield Fact("بصمة النص والمسودة", parts(f"{provenance.script[:12]} / {provenance.draft[:12]}"))


def _restored(article: Article) -> str:
    """What was done to the captions' letters and marks."""
    restored = article.script.restored
    if restored is None:
        return "كما وردا في النص"
    spelled, marked = counted(restored.spelled, WORD), counted(restored.marked, MARK)
    return f"استُكملا آليًا: همزات وتاءات وتنوين في {spelled}، و{marked}، بلا تغيير كلمة"


def _by_model(account: Account) -> str:
    """What became of the sentences that a language model wrote."""
    shares = (
        *((account.written, "بقيت كما كتبها"), (account.repaired, "صُحّحت بعد مراجعة")),
        *((account.replaced, "حلّ محلها كلام المتحدث"), (account.left_out, "حُذفت")),
    )
    total = account.sentences
    told = [f"{count} {what} ({percent(count / total)})" for count, what in shares if count]
    added = f"؛ وزيدت {counted(account.added, SENTENCE)} من كلام المتحدث" if account.added else ""
    return f"من {counted(total, SENTENCE)}: {'، و'.join(told) or 'لا شيء'}{added}"


def _support(article: Article) -> str:
    report = article.report
    if not report.statements:
        return "لا جمل منقولة عن الحديث"
    share = percent(report.supported / report.statements)
    return f"{report.supported} من {counted(report.statements, SENTENCE)} وردت بلفظها في الجمل المستشهد بها ({share})"


def _covered(article: Article) -> str:
    share, script = percent(article.report.covered), article.script
    said = sum(len(sentence.text.split()) for sentence in script.sentences)
    measure = "زمن الكلام" if article.report.cover else "كلمات الحديث"
    shown = (
        f"تمثّل أقسام المقال {share} من {measure} ({counted(said, WORD)} في {counted(len(script.sentences), SENTENCE)})"
    )
    return shown if script.timed else f"{shown}؛ لا أوقات في المصدر، فيُحال إلى أرقام الجمل"


def _bars(article: Article) -> Iterator[Bar]:
    end = talk_end(article.script)
    for colour, span in _coloured(article.report.cover):
        start = round(span.start / end * 1000) if end else 0
        yield Bar(start, max(round(span.end / end * 1000) - start, 1) if end else 0, colour)


def _coloured(cover: tuple[Cover, ...]) -> Iterator[tuple[int, Span]]:
    """Each stretch with the colour of its part; headed sections last, so that they are drawn over the other parts."""
    order = sorted(enumerate(cover), key=lambda each: each[1].heading not in {BACKGROUND, CHALLENGES, OUTLOOK})
    for index, part in order:
        for span in part.spans:
            yield index % _COLOURS + 1, span


def _stretches(article: Article) -> Iterator[Stretch]:
    cover = article.report.cover
    for index, part in enumerate(cover):
        yield Stretch(parts(part.heading), _times(part.spans), index % _COLOURS + 1)
    missing = gaps([span for part in cover for span in part.spans], talk_end(article.script)) if cover else ()
    named = [span for span in missing if span.end - span.start >= _SHORTEST_GAP]
    if named:
        yield Stretch(parts(page.UNCOVERED), _times(named), 0)


def _times(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(f"{clock(span.start)}–{clock(span.end)}" for span in spans)


def _note(finding: Finding) -> str:
    """A finding as an Arabic line: what, which, where."""
    name, *numbers = finding.place.split(".")
    labels = ("القسم", "الفقرة") if name == "sections" else ("الفقرة",)
    numbered = (f"{label} {number}" for label, number in zip(labels, numbers, strict=False))
    place = "، ".join(filter(None, (_PLACES.get(name, ""), *numbered)))
    return f"{FLAWS[finding.flaw]}{_detail(finding)} — {place}: {finding.text}"


def _detail(finding: Finding) -> str:
    """What makes it a finding, in brackets; the figures of `verify` put into words."""
    if finding.flaw is Flaw.NEGATION:
        here, _, there = finding.detail.partition(" ≠ ")
        if not here.isdecimal():
            return f" (كُتب «{here}»، وقيل «{there}»)"
        return f" (أدوات النفي في المقال: {here}، وفي ما قيل: {there})"
    if finding.flaw is Flaw.UNSUPPORTED:
        share, _, missing = finding.detail.partition(": ")
        return f" (ورد {share} من كلماتها، ولم يرد: {missing})" if missing else f" (تسندها الجمل بنسبة {share})"
    if finding.flaw is Flaw.SCRIPTURE and finding.detail:
        return f" (ليس بلفظ ما قيل: {finding.detail})"
    return f" ({finding.detail})" if finding.detail and finding.flaw is not Flaw.UNCOVERED else ""


def _removed(removed: tuple[Removal, ...]) -> Iterator[str]:
    """What was left out: how much for each reason, then word for word up to a limit that is named."""
    for reason, number in Counter(each.reason for each in removed).most_common():
        yield f"{_REASONS.get(reason, reason)}: {number}"
    for each in removed[:_REMOVED_SHOWN]:
        time = f" ({clock(each.start)})" if each.start is not None else ""
        yield f"«{each.text}»{time}"
    if len(removed) > _REMOVED_SHOWN:
        yield f"وغيرها ({len(removed) - _REMOVED_SHOWN})، وهي كاملة في ملف JSON."


def _rows(article: Article) -> Iterator[Row]:
    url = _web(article.script.video.url)
    for sentence in article.script.sentences:
        timed = sentence.start is not None
        yield Row(sentence.number, mark(sentence, url) if timed else None, parts(sentence.text))
