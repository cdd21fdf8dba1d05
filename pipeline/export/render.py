"""An article as a page: Arabic labels, time marks, the coverage bar. Formats only write it down."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.formatting import (
    MARK,
    SENTENCE,
    WORD,
    count_phrase,
    duration,
    format_date,
    percent,
    timestamp,
)
from pipeline.arabic.labels import (
    CHALLENGES,
    CONCLUSION,
    DOUBT_LABELS,
    DROP_LABELS,
    FLAWS,
    OUTLOOK,
    PART_NAMES,
    UNQUOTED,
    UNSURE,
)
from pipeline.arabic.normalize import words
from pipeline.arabic.orthography import is_arabic
from pipeline.arabic.punctuation import tidy
from pipeline.arabic.relative_time import has_relative_time
from pipeline.arabic.titles import quoted_title
from pipeline.export import phrases
from pipeline.export.coverage_bar import bar_segments, legend, time_range
from pipeline.export.page import (
    ArticlePage,
    EditorBox,
    EvidenceMark,
    PageBlock,
    PageFact,
    PageLine,
    RelatedLink,
    SeriesLink,
    TranscriptRow,
)
from pipeline.export.text import (
    linked_runs,
    quoted_runs,
    sentence_label,
    text_runs,
    title_link_runs,
    turns,
    web_address,
    with_publication,
    without_address,
)
from pipeline.types.article import OF_THE_WHOLE, Basis, Flaw, TimeSpan
from pipeline.urls import timed_url
from pipeline.verify.claims import quotes_by_sentence
from pipeline.verify.coverage import talk_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.export.coverage_bar import BarSegment
    from pipeline.export.text import TextRun
    from pipeline.types.article import Approval, Article, DraftPart, Finding, Report, Script, Sentence, Statement, Verse
    from pipeline.types.links import AdjacentArticle
    from pipeline.types.usage import GenerationStats

_VERSE = re.compile("﴿([^﴾]*)﴾")
_EXCERPT_MOST = 200
"""Longest excerpt of a sentence in the note on its mark, in characters."""
_REMOVED_MOST = 200
"""Removals that a page lists word for word; all of them are in JSON."""
_MARKS_MOST = 3
"""Evidence marks of one statement."""
_EDITOR_MOST = 12
"""Notes of one kind that the editor's box shows; all of them are in JSON."""
_HEADINGS = {"challenges": CHALLENGES, "outlook": OUTLOOK, "conclusion": CONCLUSION}
"""Of the parts that have none in the draft."""


def render(article: Article) -> ArticlePage:
    """The page of an article: nothing is left unsaid, or the page says what it leaves to JSON."""
    script, draft, report = article.script, article.draft, article.report
    voices = turns(script.sentences)
    quotes = quotes_by_sentence(draft, {sentence.number: sentence.text for sentence in script.sentences})
    video, seconds, url = script.video, talk_end(script), web_address(script.video.url)
    kicker = [
        video.channel,
        format_date(video.published) if video.published else "",
        duration(video.seconds) if video.seconds else "",
    ]
    told = words(draft.headline)
    # What the title says already, or a video's foreign title over an Arabic one: the lead names it.
    idle = set(told) <= set(words(draft.title)) or not any(map(is_arabic, told))
    return ArticlePage(
        title=text_runs(draft.title),
        headline=() if idle else text_runs(draft.headline),
        kicker=tuple(filter(None, map(text_runs, kicker))),
        editor=tuple(_editor_boxes(article)),
        blocks=tuple(_blocks(article)),
        series=tuple(
            SeriesLink(
                text_runs(place.title or phrases.SERIES),
                place.path,
                _adjacent_link(place.before),
                _adjacent_link(place.after),
            )
            for place in article.places
        ),
        related=tuple(
            RelatedLink(text_runs(other.title), other.path, "، ".join(map(strip_controls, other.shared)))
            for other in article.related
        ),
        facts=(*_facts(article), *_approval(article)),
        colophon=text_runs(_colophon(article)),
        coverage=text_runs(_coverage(article)),
        technical=tuple(_technical(article)),
        bar=_bar(report, seconds),
        legend=tuple(legend(report.coverage.sections, seconds, phrases.UNCOVERED, phrases.UNTITLED)),
        length=timestamp(seconds) if script.timed else "",
        notes=tuple(text_runs(_note(finding)) for finding in _distinct(report)),
        removed=tuple(map(text_runs, _removed(report))),
        transcript=tuple(
            TranscriptRow(
                sentence.number,
                evidence_mark(sentence, url) if sentence.start is not None else None,
                quoted_runs(
                    voices.get(sentence.number, "") + cite_verses(sentence.text, script.verses),
                    quotes.get(sentence.number, ()),
                ),
            )
            for sentence in script.sentences
        ),
        version=strip_controls(article.provenance.version),
    )


def _adjacent_link(other: AdjacentArticle | None) -> RelatedLink | None:
    return RelatedLink(text_runs(other.title), other.path, "") if other else None


def _bar(report: Report, seconds: float) -> tuple[BarSegment, ...]:
    """The segments of the bar, those of headed sections last, so that they are drawn over the other parts."""
    others, cover = set(PART_NAMES.values()), report.coverage.sections
    sections = {number for number, part in enumerate(cover, 1) if part.heading not in others}
    return tuple(sorted(bar_segments(cover, seconds), key=lambda segment: segment.part in sections))


# --- the article itself ---


def _blocks(article: Article) -> Iterator[PageBlock]:
    """The parts of the article that have statements, in order, each statement with its marks and notes.

    Only sections, and what ends an article, have headings; the background is told before them without one.
    """
    draft, video = article.draft, article.script.video
    sentences = {sentence.number: sentence for sentence in article.script.sentences}
    url = web_address(video.url)
    notes: dict[tuple[str, str], list[int]] = {}
    for number, finding in enumerate(_distinct(article.report), 1):
        notes.setdefault((finding.place, finding.text), []).append(number)
    lead = " ".join(each.text for each in draft.lead.statements)
    title = quoted_title(strip_controls(lead), strip_controls(video.title)) if url else ""

    def runs(place: str, statement: Statement, *, dated: bool) -> tuple[TextRun, ...]:
        text = cite_verses(tidy(strip_controls(statement.text)), article.script.verses)
        if dated and video.published:
            text = with_publication(text, format_date(video.published))
        if not title or place != "lead":
            return text_runs(text, url)
        ours = statement.basis is Basis.METADATA
        return title_link_runs(without_address(text, url) if ours else text, title, url)

    def line(place: str, statement: Statement, *, dated: bool) -> PageLine:
        spoken = statement.basis is Basis.SPEECH
        marks = tuple(_marks(statement.cites if spoken else (), sentences, url))
        return PageLine(runs(place, statement, dated=dated), marks, tuple(notes.get((place, statement.text), ())))

    for part in draft.parts():
        kind = part.place.partition(".")[0]
        heading = _HEADINGS.get(part.place, "") if part.heading is None else part.heading
        said = (each for _, paragraph in part.paragraphs for each in paragraph.statements if each.basis is Basis.SPEECH)
        first = next((each for each in said if has_relative_time(_without_title(each.text, video.title))), None)
        paragraphs = [
            [line(place, each, dated=each is first) for each in paragraph.statements]
            for place, paragraph in part.paragraphs
        ]
        shown = [tuple(each for each in lines if each.runs) for lines in paragraphs]
        if any(shown):
            stretch = _stretch(part, article.script, url) if kind == "sections" and not heading else None
            yield PageBlock(kind, text_runs(heading), tuple(filter(None, shown)), stretch)


def _without_title(text: str, title: str) -> str:
    """A text without the video's title, as it is or as a quotation gives it."""
    return text.replace(quoted_title(text, title), "").replace(title, "")


def _stretch(part: DraftPart, script: Script, url: str) -> EvidenceMark | None:
    """From where to where the passage goes that a section begins in; None for a section without evidence."""
    cites = (number for _, paragraph in part.paragraphs for number in paragraph.cites)
    first = next(cites, None)
    passage = next((each for each in script.passages if first in {said.number for said in each.sentences}), None)
    if passage is None:
        return None
    begin, end = passage.sentences[0], passage.sentences[-1]
    mark = evidence_mark(begin, url)
    if begin.start is None or end.end is None:
        return replace(mark, label=f"{mark.label}–{end.number}")
    return replace(mark, label=time_range(TimeSpan(begin.start, end.end)).label)


def _marks(cites: Iterable[int], sentences: Mapping[int, Sentence], url: str) -> Iterator[EvidenceMark]:
    """One mark for each run of neighbouring sentences, with the time of its first."""
    cited = sorted({number for number in cites if number in sentences})
    firsts = [number for previous, number in pairwise([-1, *cited]) if number != previous + 1]
    yield from (evidence_mark(sentences[number], url) for number in firsts[:_MARKS_MOST])


def _editor_boxes(article: Article) -> Iterator[EditorBox]:
    """What an editor should look at, by kind."""
    sentences = {sentence.number: sentence for sentence in article.script.sentences}
    url = web_address(article.script.video.url)
    for doubt, (label, _) in DOUBT_LABELS.items():
        notes = [note for note in article.report.editor_notes if note.doubt is doubt]
        items = [
            PageLine(text_runs(note.text), tuple(_marks((note.sentence,), sentences, url)))
            for note in notes[:_EDITOR_MOST]
        ]
        if items:
            yield EditorBox(label, tuple(items), len(notes) - len(items))


def _distinct(report: Report) -> tuple[Finding, ...]:
    """Each finding once: a sentence that stands n times in a paragraph has n equal ones, and one note says it."""
    return tuple(dict.fromkeys(report.findings))


def cite_verses(text: str, verses: Sequence[Verse]) -> str:
    """The text with sura and number behind each verse, or part of one, that is among those found in the Qur'an."""

    def cited(quoted: re.Match[str]) -> str:
        part = words(quoted[1])
        for verse in sorted(verses, key=lambda each: each.text != quoted[1]):
            whole = words(verse.text)
            begin = next((at for at in range(len(whole)) if part and whole[at : at + len(part)] == part), None)
            if begin is not None:
                return f"{quoted[0]} [{verse.place_of(begin, begin + len(part) - 1)}]"
        return quoted[0]

    return _VERSE.sub(cited, text)


def evidence_mark(sentence: Sentence, url: str) -> EvidenceMark:
    """The sign of a sentence: its second in the video, or without times its number in the transcript below."""
    text = strip_controls(sentence.text)
    note = f"الجملة {sentence.number}: {text[:_EXCERPT_MOST]}{'…' if len(text) > _EXCERPT_MOST else ''}"
    address = f"#j{sentence.number}" if sentence.start is None else timed_url(url, sentence.start)
    return EvidenceMark(sentence_label(sentence), address, note)


# --- the source, and how the article was made ---


def _facts(article: Article) -> Iterator[PageFact]:
    """Where the article comes from, line by line."""
    script = article.script
    video = script.video
    url = web_address(video.url)
    yield PageFact("الفيديو", linked_runs(video.title, url) if url else text_runs(video.title))
    if video.channel:
        yield PageFact("القناة", text_runs(video.channel))
    if video.published:
        yield PageFact("تاريخ النشر", text_runs(format_date(video.published)))
    if script.dialect:
        yield PageFact("لهجة الحديث", text_runs(phrases.DIALECTS.get(script.dialect, script.dialect)))
    if script.verses:
        places = "؛ ".join(dict.fromkeys(verse.place for verse in script.verses))
        yield PageFact("آيات القرآن", text_runs(f"{places}. {phrases.QURAN} {phrases.QURAN_URL}", phrases.QURAN_URL))


def _colophon(article: Article) -> str:
    """How the article was made, for everybody."""
    source = phrases.CAPTIONS[article.provenance.track.origin]
    account = article.draft.account
    if account is None:
        made = f"أعدّ برنامج «تدوين» هذا المقال آليًّا مما قيل في الفيديو، ومصدره {source}."
    elif account.led:
        made = f"اقتبس برنامج «تدوين» هذا المقال من كلام الفيديو مستعينًا بما اختاره نموذج لغوي، ومصدره {source}."
    elif not account.written + account.repaired:
        made = f"اختار نموذج لغوي جمل هذا المقال من نص الفيديو عبر برنامج «تدوين»، ومصدره {source}."
    else:
        made = f"صاغ نموذج لغوي هذا المقال عبر برنامج «تدوين» مما قيل في الفيديو، ومصدره {source}."
    if article.script.timed:
        return f"{made} والوقت الصغير بعد الكلام هو موضعه في الفيديو."
    return f"{made} ولا أوقات في المصدر، فالرقم الصغير بعد الكلام هو رقم جملته في النص أدناه."


def _coverage(article: Article) -> str:
    """How many of the talk's words are in the article, and the longest stretch of which none are."""
    report = article.report
    had, quoted = report.coverage, report.supported == report.statements
    used = "ينقل المقال" if quoted else "يستند المقال إلى جمل فيها"
    told = f"{used} {had.used} من {count_phrase(had.words, WORD)} ({percent(had.share)})"
    told += f"، وفيه شيء من {percent(had.windows)} من مقاطع الحديث (كل مقطع نحو 100 كلمة)"
    if left := had.omitted:
        where = f"من الجملة {left.first} إلى الجملة {left.last}"
        if left.span is not None:
            where = f"من {timestamp(left.span.start)} إلى {timestamp(left.span.end)}"
        told += f"؛ وأطول مقطع متروك {count_phrase(left.words, WORD)} متصلة ({where})"
    return f"{told}."


def _technical(article: Article) -> Iterator[PageFact]:
    """What is needed to make the article again, and what became of what a model wrote."""
    script, provenance = article.script, article.provenance
    track = provenance.track
    origin = phrases.TRACK_ORIGINS[track.origin]
    language = "العربية" if track.language.lower().split("-")[0] == "ar" else track.language
    yield PageFact("النص المعتمد", text_runs(f"{origin}، اللغة: {language} ({track.language})"))
    yield PageFact("قُرئ بواسطة", text_runs(provenance.backend))
    yield PageFact("الإملاء والترقيم", text_runs(_restoration(script)))
    yield PageFact("الكاتب", text_runs(provenance.writer))
    if stats := article.draft.account:
        yield PageFact("ما كتبه النموذج", text_runs(_generation(stats)))
        if stats.dropped or stats.headings_dropped:
            yield PageFact("ما حُذف منه", text_runs(_dropped(stats)))
        if stats.strict:
            why = phrases.STRICT.get(stats.strict, stats.strict)
            how = "اقتباسات اختيرت بما نسخه النموذج" if stats.led else "قسمًا قسمًا وبلفظ قريب من لفظ الحديث"
            yield PageFact("طريقة الكتابة", text_runs(f"{how}: {why}"))
        if stats.embedded:
            yield PageFact("ما كُتب بلا نموذج", text_runs("، ".join(stats.embedded)))
    if support := _support(article.report):
        yield PageFact("السند", text_runs(support))
    yield PageFact("البرنامج", text_runs(f"تدوين Tadwin {provenance.version}"))
    yield PageFact("بصمة النص والمسودة", text_runs(f"{provenance.script[:12]} / {provenance.draft[:12]}"))


def _approval(article: Article) -> Iterator[PageFact]:
    if article.approval:
        yield PageFact(phrases.APPROVED, text_runs(approval_line(article.approval)))


def approval_line(approval: Approval) -> str:
    """Who approved the article and when, in UTC so that equal articles give equal files."""
    return f"{strip_controls(approval.by)}، {format_date(approval.time)} {approval.time:%H:%M} (UTC)"


def _restoration(script: Script) -> str:
    """What was done to the letters and punctuation of the captions."""
    restored = script.restored
    if restored is None:
        return "كما وردا في النص"
    spelled, marked = count_phrase(restored.spelled, WORD), count_phrase(restored.marked, MARK)
    return f"استُكملا آليًا: همزات وتاءات وتنوين في {spelled}، و{marked}، بلا تغيير كلمة"


def _generation(stats: GenerationStats) -> str:
    """What became of the sentences that a language model wrote."""
    outcomes = (
        *((stats.written, "بقيت كما كتبها"), (stats.repaired, "صُحّحت بعد مراجعة")),
        *((stats.copied, "هي كلام المتحدث بلفظه"), (len(stats.dropped), "حُذفت")),
    )
    total = stats.sentences
    shares = [f"{count} {outcome} ({percent(count / total)})" for count, outcome in outcomes if count]
    added = f"؛ وزيدت {count_phrase(stats.added, SENTENCE)} من كلام المتحدث" if stats.added else ""
    watched = f"؛ وكشف الحكم {stats.canaries_caught} من {stats.canaries} خطأ دُسّ لاختباره" if stats.canaries else ""
    return f"من {count_phrase(total, SENTENCE)}: {'، و'.join(shares) or 'لا شيء'}{added}{watched}"


def _dropped(stats: GenerationStats) -> str:
    """How many sentences of a language model do not stand, by reason.

    Their words are in JSON and on the desk: a page for readers spreads nothing that was not said.
    """
    counts = Counter(each.reason for each in stats.dropped).most_common()
    told = [f"{DROP_LABELS[reason][0]}: {count}" for reason, count in counts]
    told += [f"عناوين: {len(stats.headings_dropped)}"] if stats.headings_dropped else []
    return f"{'؛ '.join(told)}. نصوصها في ملف JSON"


def _support(report: Report) -> str:
    """How statements in other words than the speaker's stand; empty where all are in the speaker's own."""
    if report.supported == report.statements:
        return ""
    total = count_phrase(report.statements, SENTENCE)
    told = f"{report.supported} من {total} بلفظ ما قيل ({percent(report.supported / report.statements)})"
    if report.judge:
        left = f"، وبقيت {count_phrase(report.open, SENTENCE)} بلا تأكيد" if report.open else ""
        told += f"، و{report.confirmed} بصياغة أخرى أكّدها الحكم بعد مقابلتها بما قيل{left}. الحكم: {report.judge}"
    return told


def _note(finding: Finding) -> str:
    """A finding as an Arabic line: what, which, where."""
    place = phrases.ARABIC_PLACES.name(finding.place)
    return f"{FLAWS[finding.flaw]}{_detail(finding)} — {place}: {finding.text}"


def _unsupported(detail: str) -> str:
    """The share of words that were said, or what a judge found."""
    share, _, missing = detail.partition(": ")
    if share.endswith("%"):
        return f" (ورد {share} من كلماتها، ولم يرد: {missing})" if missing else f" (تسندها الجمل بنسبة {share})"
    if detail in {"", UNSURE, UNQUOTED}:
        return f" ({detail})" if detail else ""
    return f" (لا يسند ما قيل: {detail})"


def _detail(finding: Finding) -> str:
    """What makes it a finding, in brackets; figures of `verify` put into words."""
    if finding.flaw is Flaw.NEGATION:
        written, _, spoken = finding.detail.partition(" ≠ ")
        if not written.isdecimal():
            return f" (كُتب «{written}»، وقيل «{spoken}»)"
        return f" (أدوات النفي في المقال: {written}، وفي ما قيل: {spoken})"
    if finding.flaw is Flaw.UNSUPPORTED:
        return _unsupported(finding.detail)
    if finding.flaw is Flaw.SCRIPTURE and finding.detail:
        return f" (ليس بلفظ ما قيل: {finding.detail})"
    return f" ({finding.detail})" if finding.detail and finding.flaw not in OF_THE_WHOLE else ""


def _removed(report: Report) -> Iterator[str]:
    """What was left out: the count for each reason, then word for word up to a limit that is named."""
    for reason, count in Counter(removal.reason for removal in report.removed).most_common():
        yield f"{phrases.REMOVAL_REASONS.get(reason, reason)}: {count}"
    for removal in report.removed[:_REMOVED_MOST]:
        time = f" ({timestamp(removal.start)})" if removal.start is not None else ""
        yield f"«{removal.text}»{time}"
    if len(report.removed) > _REMOVED_MOST:
        yield f"وغيرها ({len(report.removed) - _REMOVED_MOST})، وهي كاملة في ملف JSON."
