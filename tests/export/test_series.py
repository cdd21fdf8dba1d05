"""The page of a list."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from pipeline.export import series
from pipeline.types.article import SourceKind, VideoReference
from pipeline.types.batch import ListRecord, ProcessingStage, Series, VideoRecord, VideoStatus
from pipeline.types.links import RelatedArticle

ROLL = ListRecord("playlist:PLx", "سلسلة <b>نهر</b> الفرات & C++", 4, 4, complete=True)


def work(number: int, status: VideoStatus = VideoStatus.DONE, cause: str = "", **more: object) -> VideoRecord:
    """A video of the series."""
    name = f"series_{number:04}"
    folder = f"{name}-حلقة" if status in {VideoStatus.DONE, VideoStatus.FLAWED} else ""
    made = VideoRecord(
        name,
        VideoReference(SourceKind.YOUTUBE, name),
        f"حلقة {number}",
        None,
        ProcessingStage.WRITTEN,
        status,
        cause,
        folder=folder,
    )
    return made.__class__(**{f: getattr(made, f) for f in made.__slots__} | more)


WORKS = (
    work(0),
    work(1, VideoStatus.PERMANENT, "NoCaptions"),
    work(2, VideoStatus.FLAWED, findings=3),
    work(3, VideoStatus.WAITING),
)
SHOWN = Series(ROLL, WORKS)
LINKED = {WORKS[0].folder: (RelatedArticle(WORKS[2].id, "حلقة 2", f"../{WORKS[2].folder}", ("نهر",)),)}


def test_articles_stand_in_the_lists_order_with_their_places() -> None:
    """The number of each is its place in the list, also when others are missing between them."""
    page = series.page(SHOWN, LINKED)

    assert [(row.number, row.folder) for row in page.rows] == [(1, WORKS[0].folder), (3, WORKS[2].folder)]
    assert [row.number for row in page.missing] == [2, 4]
    assert page.kicker == "مقالان من 4 فيديوهات، بترتيب القائمة"


def test_what_is_missing_says_why() -> None:
    """Cause and prospect in Arabic, for every cause and status there is."""
    page = series.page(SHOWN, {})

    assert [row.note for row in page.missing] == ["ليس له نص؛ لن يكون له مقال", "لم يُنظر فيه بعد"]
    for status in set(VideoStatus) - {VideoStatus.DONE, VideoStatus.FLAWED}:
        (row,) = series.page(Series(ROLL, (work(0, status),)), {}).missing
        assert row.note


def test_articles_on_the_same_things_are_connected() -> None:
    """Only those of the series, by its own order."""
    outside = RelatedArticle("x", "خارج", "../x-خارج", ("نهر",))
    page = series.page(SHOWN, {WORKS[0].folder: (*LINKED[WORKS[0].folder], outside)})

    assert [(other.number, other.folder) for other in page.rows[0].connected] == [(3, WORKS[2].folder)]


@pytest.mark.parametrize(
    ("roll", "says"),
    [
        (ROLL, ""),
        (ListRecord("k", "t", None, 3), "لم تُقرأ القائمة إلى آخرها"),
        (ListRecord("k", "t", 250, 100, reason="short"), "أعلنت المنصة عن 250 وظهر منها 100"),
    ],
)
def test_an_incomplete_list_says_so(roll: ListRecord, says: str) -> None:
    """A reader of the page is not left to think that it shows all."""
    page = series.page(Series(roll, WORKS), {})

    assert (says in page.incomplete) if says else page.incomplete == ""
    assert page.incomplete in series.html(Series(roll, WORKS), {}).decode()
    assert page.incomplete in series.markdown(Series(roll, WORKS), {}).decode()


def test_both_formats_lead_to_the_articles() -> None:
    """Every link is relative to the folder of the series, and leads to the article in the same format."""
    html, markdown = series.html(SHOWN, LINKED).decode(), series.markdown(SHOWN, LINKED).decode()
    tokens = [child for token in MarkdownIt().parse(markdown) for child in token.children or ()]
    targets = [unquote(str(token.attrs["href"])) for token in tokens if token.type == "link_open"]

    assert f"../../articles/{WORKS[0].folder}/article.md" in targets
    assert targets.count(f"../../articles/{WORKS[2].folder}/article.md") == 2
    assert "https://www.youtube.com/watch?v=series_0001" in targets
    assert unquote(html).count(f'href="../../articles/{WORKS[2].folder}/article.html"') == 2
    assert html.count("<li ") == markdown.count("▶") == 4


def test_a_hostile_title_stays_text() -> None:
    """Markup and links in a title are shown, not obeyed."""
    evil = work(0, title="[x](javascript:alert(1)) <script>alert(1)</script> \u202egnp.exe")
    html = series.html(Series(ROLL, (evil,)), {}).decode()
    markdown = series.markdown(Series(ROLL, (evil,)), {}).decode()
    targets = [
        str(child.attrs["href"])
        for token in MarkdownIt().parse(markdown)
        for child in token.children or ()
        if child.type == "link_open"
    ]

    assert "<script" not in html + markdown
    assert "\u202e" not in html + markdown
    assert all(not target.startswith("javascript") for target in targets)
    assert "سلسلة &lt;b&gt;نهر&lt;/b&gt;" in html


def test_an_empty_list_has_a_page() -> None:
    """Nothing in it, nothing missing."""
    page = series.page(Series(ListRecord("folder:/x", ""), ()), {})

    assert (page.rows, page.missing) == ((), ())
    assert "مقالات السلسلة" in series.markdown(Series(ListRecord("folder:/x", ""), ()), {}).decode()
