"""An article as a page: Arabic labels, time marks, the coverage bar. Formats only write it down."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.formatting import MARK, SENTENCE, WORD, count_phrase, duration, format_date, percent, timestamp
from pipeline.arabic.labels import BACKGROUND, CHALLENGES, DROP_LABELS, FLAWS, OUTLOOK, PART_HEADINGS, UNQUOTED, UNSURE
from pipeline.arabic.punctuation import tidy
from pipeline.export import phrases
from pipeline.export.coverage_bar import bar_segments, legend
from pipeline.export.page import (
    ArticlePage,
    EvidenceMark,
    PageBlock,
    PageFact,
    PageLine,
    RelatedLink,
    SeriesLink,
    TranscriptRow,
)
from pipeline.export.text import quoted_runs, sentence_label, text_runs, web_address
from pipeline.types.article import OF_THE_WHOLE, Basis, Flaw
from pipeline.urls import timed_url
from pipeline.verify.claims import quotes_by_sentence
from pipeline.verify.coverage import talk_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.export.coverage_bar import BarSegment
    from pipeline.types.article import Article, Finding, Report, Script, Sentence, Statement
    from pipeline.types.links import AdjacentArticle
    from pipeline.types.usage import GenerationStats

_VERSE = re.compile("﴿([^﴾]*)﴾")
_EXCERPT_MOST = 200
"""Longest excerpt of a sentence in the note on its mark, in characters."""
_REMOVED_MOST = 200
"""Removals that a page lists word for word; all of them are in JSON."""
_MARKS_MOST = 3
"""Evidence marks of one statement."""


def render(article: Article) -> ArticlePage:
    """The page of an article: nothing is left unsaid, or the page says what it leaves to JSON."""
    script, draft, report = article.script, article.draft, article.report
    places = {verse.text: verse.place for verse in script.verses}
    quotes = quotes_by_sentence(draft, {sentence.number: sentence.text for sentence in script.sentences})
    video, seconds, url = script.video, talk_end(script), web_address(script.video.url)
    kicker = [
        strip_controls(video.channel),
        format_date(video.published) if video.published else "",
        duration(video.seconds) if video.seconds else "",
    ]
    return ArticlePage(
        title=text_runs(draft.title),
        headline=text_runs(draft.headline),
        kicker=text_runs(" · ".join(filter(None, kicker))),
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
        facts=tuple(_facts(article)),
        bar=_bar(report, seconds),
        legend=tuple(legend(report.cover, seconds, phrases.UNCOVERED)),
        length=timestamp(seconds) if script.timed else "",
        notes=tuple(text_runs(_note(finding)) for finding in report.findings),
        removed=tuple(map(text_runs, _removed(report))),
        transcript=tuple(
            TranscriptRow(
                sentence.number,
                evidence_mark(sentence, url) if sentence.start is not None else None,
                quoted_runs(cite_verses(sentence.text, places), quotes.get(sentence.number, ())),
            )
            for sentence in script.sentences
        ),
        version=strip_controls(article.provenance.version),
    )


def _adjacent_link(other: AdjacentArticle | None) -> RelatedLink | None:
    return RelatedLink(text_runs(other.title), other.path, "") if other else None


def _bar(report: Report, seconds: float) -> tuple[BarSegment, ...]:
    """The segments of the bar, those of headed sections last, so that they are drawn over the other parts."""
    others = {BACKGROUND, CHALLENGES, OUTLOOK}
    sections = {number for number, part in enumerate(report.cover, 1) if part.heading not in others}
    return tuple(sorted(bar_segments(report.cover, seconds), key=lambda segment: segment.part in sections))


# --- the article itself ---


def _blocks(article: Article) -> Iterator[PageBlock]:
    """The parts of the article that have statements, in order, each statement with its marks and notes."""
    sentences = {sentence.number: sentence for sentence in article.script.sentences}
    url = web_address(article.script.video.url)
    places = {verse.text: verse.place for verse in article.script.verses}
    notes: dict[tuple[str, str], list[int]] = {}
    for number, finding in enumerate(article.report.findings, 1):
        notes.setdefault((finding.place, finding.text), []).append(number)

    def line(place: str, statement: Statement) -> PageLine:
        cited = sorted({number for number in statement.cites if number in sentences})
        firsts = [number for previous, number in pairwise([-1, *cited]) if number != previous + 1]
        spoken = statement.basis is Basis.SPEECH
        marks = tuple(evidence_mark(sentences[number], url) for number in firsts[:_MARKS_MOST] if spoken)
        runs = text_runs(cite_verses(tidy(strip_controls(statement.text)), places), url)
        return PageLine(runs, marks, tuple(notes.get((place, statement.text), ())))

    for part in article.draft.parts():
        heading = PART_HEADINGS.get(part.place, "") if part.heading is None else part.heading
        paragraphs = [tuple(line(place, each) for each in paragraph.statements) for place, paragraph in part.paragraphs]
        if any(paragraphs):
            yield PageBlock(text_runs(heading), tuple(filter(None, paragraphs)))


def cite_verses(text: str, places: Mapping[str, str]) -> str:
    """The text with sura and number behind each verse that was found in the Qur'an; `places` are theirs, by text."""

    def cited(verse: re.Match[str]) -> str:
        return f"{verse[0]} [{places[verse[1]]}]" if verse[1] in places else verse[0]

    return _VERSE.sub(cited, text)


def evidence_mark(sentence: Sentence, url: str) -> EvidenceMark:
    """The sign of a sentence: its second in the video, or without times its number in the transcript below."""
    text = strip_controls(sentence.text)
    note = f"الجملة {sentence.number}: {text[:_EXCERPT_MOST]}{'…' if len(text) > _EXCERPT_MOST else ''}"
    address = f"#j{sentence.number}" if sentence.start is None else timed_url(url, sentence.start)
    return EvidenceMark(sentence_label(sentence), address, note)


# --- the evidence block ---


def _facts(article: Article) -> Iterator[PageFact]:
    """Where the article comes from and how well it is supported, line by line."""
    script, provenance = article.script, article.provenance
    video, track = script.video, provenance.track
    yield PageFact("الفيديو", text_runs(video.title))
    if url := web_address(video.url):
        yield PageFact("الرابط", text_runs(url, url))
    if video.channel:
        yield PageFact("القناة", text_runs(video.channel))
    if video.published:
        yield PageFact("تاريخ النشر", text_runs(format_date(video.published)))
    origin = phrases.TRACK_ORIGINS[track.origin]
    language = "العربية" if track.language.lower().split("-")[0] == "ar" else track.language
    yield PageFact("النص المعتمد", text_runs(f"{origin}، اللغة: {language} ({track.language})"))
    yield PageFact("قُرئ بواسطة", text_runs(provenance.backend))
    if script.dialect:
        yield PageFact("لهجة الحديث", text_runs(phrases.DIALECTS.get(script.dialect, script.dialect)))
    yield PageFact("الإملاء والترقيم", text_runs(_restoration(script)))
    if script.verses:
        places = "؛ ".join(dict.fromkeys(verse.place for verse in script.verses))
        yield PageFact("آيات القرآن", text_runs(f"{places}. {phrases.QURAN} {phrases.QURAN_URL}", phrases.QURAN_URL))
    yield PageFact("الكاتب", text_runs(provenance.writer))
    if stats := article.draft.account:
        yield PageFact("ما كتبه النموذج", text_runs(_generation(stats)))
        if stats.dropped or stats.headings_dropped:
            yield PageFact("ما حُذف منه", text_runs(_dropped(stats)))
        if stats.strict:
            why = phrases.STRICT.get(stats.strict, stats.strict)
            yield PageFact("طريقة الكتابة", text_runs(f"قسمًا قسمًا وبلفظ قريب من لفظ الحديث: {why}"))
        if stats.embedded:
            yield PageFact("ما كُتب بلا نموذج", text_runs("، ".join(stats.embedded)))
    yield PageFact("البرنامج", text_runs(f"تدوين Tadwin {provenance.version}"))
    yield PageFact("السند", text_runs(_support(article.report)))
    yield PageFact("التغطية", text_runs(_coverage(article)))
    yield PageFact("بصمة النص والمسودة", text_runs(f"{provenance.script[:12]} / {provenance.draft[:12]}"))


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
    """How many statements stand word for word in the sentences they cite."""
    if not report.statements:
        return "لا جمل منقولة عن الحديث"
    share = percent(report.supported / report.statements)
    told = (
        f"{report.supported} من {count_phrase(report.statements, SENTENCE)} وردت بلفظها في الجمل المستشهد بها ({share})"
    )
    if report.judge:
        left = f"، وبقيت {count_phrase(report.open, SENTENCE)} بلا تأكيد" if report.open else ""
        told += f"، و{report.confirmed} بصياغة أخرى أكّدها الحكم بعد مقابلتها بما قيل{left}. الحكم: {report.judge}"
    return told


def _coverage(article: Article) -> str:
    """How much of the talk the sections stand for."""
    share, script = percent(article.report.covered), article.script
    word_count = sum(len(sentence.text.split()) for sentence in script.sentences)
    measure = "زمن الكلام" if article.report.cover else "كلمات الحديث"
    speech = f"{count_phrase(word_count, WORD)} في {count_phrase(len(script.sentences), SENTENCE)}"
    covered = f"تمثّل أقسام المقال {share} من {measure} ({speech})"
    return covered if script.timed else f"{covered}؛ لا أوقات في المصدر، فيُحال إلى أرقام الجمل"


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
