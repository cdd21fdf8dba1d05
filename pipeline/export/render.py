"""An article as a page: Arabic labels, time marks, the coverage bar. Formats only write it down."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import direction_runs, strip_controls
from pipeline.arabic.formatting import MARK, SENTENCE, WORD, count_phrase, duration, format_date, percent, timestamp
from pipeline.arabic.labels import BACKGROUND, CHALLENGES, CONCLUSION, FLAWS, OUTLOOK
from pipeline.arabic.punctuation import tidy
from pipeline.export import page
from pipeline.export.page import (
    ArticlePage,
    CoverageBar,
    CoverageLegend,
    EvidenceMark,
    PageBlock,
    PageFact,
    PageLine,
    RelatedLink,
    SeriesLink,
    TextRun,
    TranscriptRow,
)
from pipeline.types.article import Basis, Flaw, TrackOrigin
from pipeline.urls import timed_url
from pipeline.verify.coverage import gaps, talk_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.types.article import (
        Article,
        Finding,
        Paragraph,
        Removal,
        SectionCoverage,
        Sentence,
        Statement,
        TimeSpan,
    )
    from pipeline.types.links import AdjacentArticle, RelatedArticle, SeriesPosition
    from pipeline.types.usage import GenerationStats

_COLOURS = 8
_SHORTEST_GAP = 60.0
"""Seconds without a section that the legend names."""
_NOTE_LENGTH = 200
_REMOVED_SHOWN = 200
_MARKS_SHOWN = 3

_ORIGINS = {
    TrackOrigin.MANUAL: "نص كتبه إنسان",
    TrackOrigin.AUTOMATIC: "تفريغ آلي من المنصة",
    TrackOrigin.TRANSLATED: "ترجمة آلية",
    TrackOrigin.RECOGNISED: "تعرّف آلي على الكلام",
    TrackOrigin.UNSTATED: "نص لم يُذكر صانعه",
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


def render(article: Article) -> ArticlePage:
    """The page of an article: nothing is left unsaid, or the page says what it leaves to JSON."""
    script, draft = article.script, article.draft
    return ArticlePage(
        title=text_runs(draft.title),
        headline=text_runs(draft.headline),
        kicker=_kicker(article),
        blocks=tuple(block for block in _blocks(article) if block.paragraphs),
        stops=tuple(map(_stop, article.places)),
        related=tuple(_neighbour(other) for other in article.related),
        facts=tuple(_facts(article)),
        bars=tuple(_bars(article)),
        length=timestamp(talk_end(script)) if script.timed else "",
        stretches=tuple(_stretches(article)),
        notes=tuple(text_runs(_note(finding)) for finding in article.report.findings),
        removed=tuple(text_runs(text) for text in _removed(article.report.removed)),
        transcript=tuple(_rows(article)),
        version=strip_controls(article.provenance.version),
    )


def _neighbour(other: RelatedArticle) -> RelatedLink:
    return RelatedLink(text_runs(other.title), other.path, "، ".join(map(strip_controls, other.shared)))


def _stop(place: SeriesPosition) -> SeriesLink:
    title = text_runs(place.title or page.SERIES)
    return SeriesLink(title, place.path, place.number, _beside(place.before), _beside(place.after))


def _beside(other: AdjacentArticle | None) -> RelatedLink | None:
    return RelatedLink(text_runs(other.title), other.path, "") if other else None


# --- lines ---


def text_runs(text: str, link: str = "") -> tuple[TextRun, ...]:
    """A line in stretches of one direction; the given address becomes a link wherever it stands."""
    pieces = strip_controls(text).split(link) if link else [strip_controls(text)]
    shown: list[TextRun] = []
    for index, piece in enumerate(pieces):
        shown += [TextRun(link, foreign=True, address=link)] if index else []
        shown += [TextRun(segment.text, segment.foreign) for segment in direction_runs(piece)]
    return tuple(shown)


def _blocks(article: Article) -> Iterator[PageBlock]:
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

    def block(self, heading: str, paragraphs: Iterable[tuple[str, Paragraph]]) -> PageBlock:
        lines = (tuple(self._line(place, each) for each in paragraph.statements) for place, paragraph in paragraphs)
        return PageBlock(text_runs(heading), tuple(paragraph for paragraph in lines if paragraph))

    def _line(self, place: str, statement: Statement) -> PageLine:
        cited = sorted({number for number in statement.cites if number in self._sentences})
        firsts = [number for previous, number in pairwise([-1, *cited]) if number != previous + 1]
        spoken = statement.basis is Basis.SPEECH
        marks = [evidence_mark(self._sentences[number], self._url) for number in firsts[:_MARKS_SHOWN] if spoken]
        notes = self._notes.get((place, statement.text), [])
        return PageLine(text_runs(tidy(strip_controls(statement.text)), self._url), tuple(marks), tuple(notes))


def evidence_mark(sentence: Sentence, url: str) -> EvidenceMark:
    """The sign of a sentence: its second in the video, or without times its number in the transcript below."""
    text = strip_controls(sentence.text)
    note = f"الجملة {sentence.number}: {text[:_NOTE_LENGTH]}{'…' if len(text) > _NOTE_LENGTH else ''}"
    if sentence.start is None:
        return EvidenceMark(f"ج {sentence.number}", f"#j{sentence.number}", note)
    return EvidenceMark(timestamp(sentence.start), timed_url(url, sentence.start), note)


def _web(url: str) -> str:
    """The address if it is one of the web on one line, else nothing: no other scheme becomes a link."""
    return url if url.startswith(("https://", "http://")) and strip_controls(url) == url and " " not in url else ""


# --- evidence ---


def _kicker(article: Article) -> tuple[TextRun, ...]:
    video = article.script.video
    known = [strip_controls(video.channel), format_date(video.published) if video.published else ""]
    known += [duration(video.seconds)] if video.seconds else []
    return text_runs(" · ".join(filter(None, known)))


def _facts(article: Article) -> Iterator[PageFact]:
    """Where the article comes from and how well it stands, line by line."""
    video, provenance = article.script.video, article.provenance
    yield PageFact("الفيديو", text_runs(video.title))
    if url := _web(video.url):
        yield PageFact("الرابط", text_runs(url, url))
    if video.channel:
        yield PageFact("القناة", text_runs(video.channel))
    if video.published:
        yield PageFact("تاريخ النشر", text_runs(format_date(video.published)))
    track = provenance.track
    language = "العربية" if track.language.lower().split("-")[0] == "ar" else track.language
    yield PageFact("النص المعتمد", text_runs(f"{_ORIGINS[track.origin]}، اللغة: {language} ({track.language})"))
    yield PageFact("قُرئ بواسطة", text_runs(provenance.backend))
    if article.script.dialect:
        yield PageFact("لهجة الحديث", text_runs(_DIALECTS.get(article.script.dialect, article.script.dialect)))
    yield PageFact("الإملاء والترقيم", text_runs(_restored(article)))
    yield PageFact("الكاتب", text_runs(provenance.writer))
    if account := article.draft.account:
        yield PageFact("ما كتبه النموذج", text_runs(_by_model(account)))
        if account.embedded:
            yield PageFact("ما كُتب بلا نموذج", text_runs("، ".join(account.embedded)))
    yield PageFact("البرنامج", text_runs(f"تدوين Tadwin {provenance.version}"))
    yield PageFact("السند", text_runs(_support(article)))
    yield PageFact("التغطية", text_runs(_covered(article)))
    yield PageFact("بصمة النص والمسودة", text_runs(f"{provenance.script[:12]} / {provenance.draft[:12]}"))


def _restored(article: Article) -> str:
    """What was done to the captions' letters and marks."""
    restored = article.script.restored
    if restored is None:
        return "كما وردا في النص"
    spelled, marked = count_phrase(restored.spelled, WORD), count_phrase(restored.marked, MARK)
    return f"استُكملا آليًا: همزات وتاءات وتنوين في {spelled}، و{marked}، بلا تغيير كلمة"


def _by_model(account: GenerationStats) -> str:
    """What became of the sentences that a language model wrote."""
    shares = (
        *((account.written, "بقيت كما كتبها"), (account.repaired, "صُحّحت بعد مراجعة")),
        *((account.replaced, "حلّ محلها كلام المتحدث"), (account.left_out, "حُذفت")),
    )
    total = account.sentences
    told = [f"{count} {what} ({percent(count / total)})" for count, what in shares if count]
    added = f"؛ وزيدت {count_phrase(account.added, SENTENCE)} من كلام المتحدث" if account.added else ""
    return f"من {count_phrase(total, SENTENCE)}: {'، و'.join(told) or 'لا شيء'}{added}"


def _support(article: Article) -> str:
    report = article.report
    if not report.statements:
        return "لا جمل منقولة عن الحديث"
    share = percent(report.supported / report.statements)
    return (
        f"{report.supported} من {count_phrase(report.statements, SENTENCE)} وردت بلفظها في الجمل المستشهد بها ({share})"
    )


def _covered(article: Article) -> str:
    share, script = percent(article.report.covered), article.script
    said = sum(len(sentence.text.split()) for sentence in script.sentences)
    measure = "زمن الكلام" if article.report.cover else "كلمات الحديث"
    spoken = f"{count_phrase(said, WORD)} في {count_phrase(len(script.sentences), SENTENCE)}"
    shown = f"تمثّل أقسام المقال {share} من {measure} ({spoken})"
    return shown if script.timed else f"{shown}؛ لا أوقات في المصدر، فيُحال إلى أرقام الجمل"


def _bars(article: Article) -> Iterator[CoverageBar]:
    end = talk_end(article.script)
    for colour, span in _coloured(article.report.cover):
        start = round(span.start / end * 1000) if end else 0
        yield CoverageBar(start, max(round(span.end / end * 1000) - start, 1) if end else 0, colour)


def _coloured(cover: tuple[SectionCoverage, ...]) -> Iterator[tuple[int, TimeSpan]]:
    """Each stretch with the colour of its part; headed sections last, so that they are drawn over the other parts."""
    order = sorted(enumerate(cover), key=lambda each: each[1].heading not in {BACKGROUND, CHALLENGES, OUTLOOK})
    for index, part in order:
        for span in part.spans:
            yield index % _COLOURS + 1, span


def _stretches(article: Article) -> Iterator[CoverageLegend]:
    cover = article.report.cover
    for index, part in enumerate(cover):
        yield CoverageLegend(text_runs(part.heading), _times(part.spans), index % _COLOURS + 1)
    missing = gaps([span for part in cover for span in part.spans], talk_end(article.script)) if cover else ()
    named = [span for span in missing if span.end - span.start >= _SHORTEST_GAP]
    if named:
        yield CoverageLegend(text_runs(page.UNCOVERED), _times(named), 0)


def _times(spans: Iterable[TimeSpan]) -> tuple[str, ...]:
    return tuple(f"{timestamp(span.start)}–{timestamp(span.end)}" for span in spans)


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
        time = f" ({timestamp(each.start)})" if each.start is not None else ""
        yield f"«{each.text}»{time}"
    if len(removed) > _REMOVED_SHOWN:
        yield f"وغيرها ({len(removed) - _REMOVED_SHOWN})، وهي كاملة في ملف JSON."


def _rows(article: Article) -> Iterator[TranscriptRow]:
    url = _web(article.script.video.url)
    for sentence in article.script.sentences:
        timed = sentence.start is not None
        yield TranscriptRow(sentence.number, evidence_mark(sentence, url) if timed else None, text_runs(sentence.text))
