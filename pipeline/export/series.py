"""The page of a list: its articles in order, what connects them, and what is missing and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.arabic.formatting import ARTICLE, NOTE, VIDEO, count_phrase
from pipeline.export import html as article_html
from pipeline.export import markdown as article_markdown
from pipeline.export.markdown import escape_address, escape_line_start, inline
from pipeline.export.text import INDEX_HTML, INDEX_MARKDOWN, file_address, text_runs
from pipeline.types.batch import FINISHED, VideoStatus
from pipeline.urls import watch_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.export.text import TextRun
    from pipeline.types.batch import ListRecord, Series, VideoRecord
    from pipeline.types.links import RelatedArticle

HTML, MARKDOWN = INDEX_HTML, INDEX_MARKDOWN
UNTITLED, ORDER, MISSING = "مقالات السلسلة", "بترتيب القائمة", "ما ينقص السلسلة وسببه"
INCOMPLETE = "لم تُقرأ القائمة إلى آخرها؛ قد ينقصها المزيد."
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
    "ArticleKept": "له مقال من نص أجود",
    "WorkerLost": "تعطّل البرنامج عند كتابته",
    "TooShort": "كلامه أقل من أن يكون مقالًا",
    "NoSentence": "ليس في نصه جملة تصلح لمقال",
}
_STATUSES = {
    VideoStatus.WAITING: "لم يُنظر فيه بعد",
    VideoStatus.LATER: "يُنظر فيه لاحقًا",
    VideoStatus.RETRY: "ستُعاد المحاولة",
    VideoStatus.BLOCKED: "ستُعاد المحاولة",
    VideoStatus.PERMANENT: "لن يكون له مقال",
    VideoStatus.PERSON: "يحتاج إلى من ينظر فيه",
    VideoStatus.SKIPPED: "خارج ما طُلب",
}
"""Why a video has no article yet, for the statuses without one."""


@dataclass(frozen=True, slots=True)
class ConnectedArticle:
    """An article of the same series that speaks about the same things."""

    number: int
    """Its place in the list, from 1."""
    title: tuple[TextRun, ...]
    folder: str


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
    connected: tuple[ConnectedArticle, ...]


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """All that is shown."""

    title: tuple[TextRun, ...]
    kicker: str
    incomplete: str
    """The notice that the list is incomplete; empty if it is not."""
    rows: tuple[SeriesRow, ...]
    """The videos that have an article."""
    missing: tuple[SeriesRow, ...]


def page(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> SeriesPage:
    """The page of a list; `related` holds what is related to each article, by folder."""
    finished = {
        video.folder: ConnectedArticle(number, text_runs(video.title), video.folder)
        for number, video in enumerate(series.videos, 1)
        if video.status in FINISHED and video.folder
    }

    def connected(folder: str) -> tuple[ConnectedArticle, ...]:
        others = (other.path.removeprefix("../") for other in related.get(folder, ()))
        articles = [finished[other] for other in others if other in finished]
        return tuple(sorted(articles, key=lambda article: article.number))

    rows = []
    for number, video in enumerate(series.videos, 1):
        folder = video.folder if video.status in FINISHED else ""
        address = watch_url(video.id) if video.reference.kind.is_online else ""
        rows.append(
            SeriesRow(number, text_runs(video.title or video.id), folder, address, _note(video), connected(folder))
        )
    articles = tuple({row.folder: row for row in rows if row.folder}.values())  # a video listed twice is shown once
    return SeriesPage(
        title=text_runs(series.list_record.title or UNTITLED),
        kicker=f"{count_phrase(len(articles), ARTICLE)} من {count_phrase(len(rows), VIDEO)}، {ORDER}",
        incomplete=_incomplete(series.list_record),
        rows=articles,
        missing=tuple(row for row in rows if not row.folder),
    )


def html(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> bytes:
    """The page as one HTML file that opens without a network; every text in it is escaped."""
    text: str = article_html.template("series.html").render(
        page=page(series, related),
        phrases={"missing": MISSING, "connected": CONNECTED, "articles": UNTITLED},
        article_address=lambda folder: _article_address(folder, article_html.NAME),
    )
    return text.encode()


def markdown(series: Series, related: Mapping[str, tuple[RelatedArticle, ...]]) -> bytes:
    """The page as Markdown."""

    def link(title: tuple[TextRun, ...], folder: str) -> str:
        return f"[{inline(title)}](<{_article_address(folder, article_markdown.NAME)}>)"

    def item(row: SeriesRow) -> str:
        title = link(row.title, row.folder) if row.folder else inline(row.title)
        video = f" [▶](<{escape_address(row.address)}>)" if row.address else ""
        note = f" ({row.note})" if row.note else ""
        return f"{row.number}. {escape_line_start(title)}{video}{note}"

    content = page(series, related)
    lines = ['<div dir="rtl" lang="ar">', "", f"# {inline(content.title)}", "", content.kicker, ""]
    lines += [content.incomplete, ""] if content.incomplete else []
    for row in content.rows:
        lines.append(item(row))
        if row.connected:
            lines.append(f"   {CONNECTED}: {'، '.join(link(each.title, each.folder) for each in row.connected)}")
    if content.missing:
        lines += ["", f"## {MISSING}", "", *map(item, content.missing)]
    return "\n".join([*lines, "", "</div>", ""]).encode()


def _note(video: VideoRecord) -> str:
    if video.status in FINISHED and video.folder:
        return count_phrase(video.findings, NOTE) if video.findings else ""
    return "؛ ".join(filter(None, (_CAUSES.get(video.cause, ""), _STATUSES.get(video.status, ""))))


def _incomplete(record: ListRecord) -> str:
    if record.complete:
        return ""
    counts = f" أعلنت المنصة عن {record.announced} وظهر منها {record.listed}." if record.announced else ""
    return INCOMPLETE + counts


def _article_address(folder: str, name: str) -> str:
    """Of an article's file, from the folder of a series' page."""
    return file_address(f"../../articles/{folder}", name)
