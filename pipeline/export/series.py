"""The page of a list: its articles in order, what connects them, and what is missing and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.arabic.bidi import strip_controls
from pipeline.arabic.formatting import ARTICLE, NOTE, VIDEO, count_phrase
from pipeline.export import html as article_html
from pipeline.export import markdown as article_markdown
from pipeline.export.markdown import address, inline, started
from pipeline.export.page import INDEX_HTML, INDEX_MARKDOWN, plain_text
from pipeline.export.render import text_runs
from pipeline.types.article import SourceKind
from pipeline.types.batch import FINISHED, VideoStatus
from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.export.page import TextRun
    from pipeline.types.batch import ListRecord, Series, VideoRecord
    from pipeline.types.links import RelatedArticle

HTML, MARKDOWN = INDEX_HTML, INDEX_MARKDOWN
ALONE, ORDER, MISSING = "مقالات السلسلة", "بترتيب القائمة", "ما ينقص السلسلة وسببه"
SHORT = "لم تُقرأ القائمة إلى آخرها؛ قد ينقصها المزيد."
CONNECTED = "يتصل بـ"

_CAUSES = {
    "VideoUnavailable": "حُذف الفيديو أو أُغلق حسابه",
    "AccessDenied": "لا يُشاهد إلا بحساب",
    "RegionBlocked": "محجوب في هذا البلد",
    "NotYetAvailable": "بث أو عرض أول لم ينتهِ بعد",
    "SourceBlocked": "رفضت المنصة الطلبات مؤقتًا",
    "TokenRequired": "حُجب نصه عن البرامج",
    "NoArabicCaptions": "ليس له نص عربي",
    "NoCaptions": "ليس له نص",
    "SourceUnreachable": "تعذّر الوصول إليه",
    "SourceChanged": "تعذّرت قراءة جواب المنصة",
    "FileUnreadable": "تعذّرت قراءة ملفه",
    "WorkerLost": "تعطّل البرنامج عند كتابته",
    "TooShort": "كلامه أقل من أن يكون مقالًا",
}
_STANDINGS = {
    VideoStatus.WAITING: "لم يُنظر فيه بعد",
    VideoStatus.LATER: "يُنظر فيه لاحقًا",
    VideoStatus.RETRY: "ستُعاد المحاولة",
    VideoStatus.BLOCKED: "ستُعاد المحاولة",
    VideoStatus.PERMANENT: "لن يكون له مقال",
    VideoStatus.PERSON: "يحتاج إلى من ينظر فيه",
    VideoStatus.SKIPPED: "خارج ما طُلب",
}


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One video of the list."""

    number: int
    """Its place in the list, from 1."""
    title: tuple[TextRun, ...]
    folder: str
    """Of its article; empty when there is none."""
    address: str
    """Of the video; empty for a caption file."""
    note: str
    """How many notes the check made, or why there is no article; may be empty."""
    connected: tuple[tuple[int, tuple[TextRun, ...], str], ...]
    """Place, title and folder of the articles of the series that speak about the same things."""


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """All that is shown."""

    title: tuple[TextRun, ...]
    kicker: str
    short: str
    """That the list is incomplete; empty if it is not."""
    rows: tuple[SeriesRow, ...]
    missing: tuple[SeriesRow, ...]


def page(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> SeriesPage:
    """The page of a list; `related` holds what is related to each article, by folder."""
    places = {work.folder: (number, work) for number, work in _made(series)}
    rows = tuple(_row(number, work) for number, work in enumerate(series.videos, 1))
    articles = tuple(_connected(rows[n - 1], related.get(folder, ()), places) for folder, (n, _) in places.items())
    kicker = f"{count_phrase(len(articles), ARTICLE)} من {count_phrase(len(series.videos), VIDEO)}، {ORDER}"
    missing = tuple(row for row in rows if not row.folder)
    return SeriesPage(
        text_runs(series.list_record.title or ALONE), kicker, _short(series.list_record), articles, missing
    )


def html(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> bytes:
    """The page as one HTML file that opens without a network; every text in it is escaped."""
    shown = page(series, related)
    labels = {"missing": MISSING, "connected": CONNECTED, "articles": ALONE}
    text: str = article_html.template("series.html").render(
        page=shown, labels=labels, plain=plain_text, article=_article
    )
    return text.encode()


def markdown(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> bytes:
    """The page as Markdown."""
    shown = page(series, related)
    lines = ['<div dir="rtl" lang="ar">', "", f"# {inline(shown.title)}", "", shown.kicker, ""]
    lines += [shown.short, ""] if shown.short else []
    for row in shown.rows:
        lines += [_item(row), *_links(row)]
    if shown.missing:
        lines += ["", f"## {MISSING}", "", *map(_item, shown.missing)]
    return "\n".join([*lines, "", "</div>", ""]).encode()


def _made(series: Series) -> Iterator[tuple[int, VideoRecord]]:
    return ((n, work) for n, work in enumerate(series.videos, 1) if work.status in FINISHED and work.folder)


def _row(number: int, work: VideoRecord) -> SeriesRow:
    made = work.status in FINISHED and bool(work.folder)
    cause = _CAUSES.get(work.cause, "")
    why = "؛ ".join(filter(None, (cause, _STANDINGS.get(work.status, ""))))
    video = watch_url(work.id) if work.reference.kind is SourceKind.YOUTUBE else ""
    notes = count_phrase(work.findings, NOTE) if work.findings else ""
    return SeriesRow(
        number, text_runs(work.title or work.id), work.folder if made else "", video, notes if made else why, ()
    )


def _connected(
    row: SeriesRow, related: tuple[RelatedArticle, ...], places: Mapping[str, tuple[int, VideoRecord]]
) -> SeriesRow:
    inside = [each.path.removeprefix("../") for each in related]
    found = sorted((places[folder][0], folder) for folder in inside if folder in places)
    connected = tuple((number, text_runs(places[folder][1].title), folder) for number, folder in found)
    return SeriesRow(row.number, row.title, row.folder, row.address, row.note, connected)


def _short(roll: ListRecord) -> str:
    if roll.complete:
        return ""
    seen = f" أعلنت المنصة عن {roll.announced} وظهر منها {roll.listed}." if roll.announced else ""
    return f"{SHORT}{strip_controls(seen) and ' ' + strip_controls(seen)}"


def _article(folder: str, name: str = article_html.NAME) -> str:
    return quote(f"../../articles/{folder}/{name}", safe="/.-_~")


def _item(row: SeriesRow) -> str:
    title = inline(row.title)
    if row.folder:
        title = f"[{title}](<{_article(row.folder, article_markdown.NAME)}>)"
    video = f" [▶](<{address(row.address)}>)" if row.address else ""
    note = f" ({row.note})" if row.note else ""
    return f"{row.number}. {started(title)}{video}{note}"


def _links(row: SeriesRow) -> Iterator[str]:
    if row.connected:
        linked = (
            f"[{inline(title)}](<{_article(folder, article_markdown.NAME)}>)" for _, title, folder in row.connected
        )
        yield f"   {CONNECTED}: {'، '.join(linked)}"
