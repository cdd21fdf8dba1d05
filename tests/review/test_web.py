"""The pages of the desk, as an editor without a script reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from models.writers.extractive import ExtractiveWriter
from pipeline.arabic.normalize import words
from pipeline.review.desk import Desk
from pipeline.types.links import SeriesPosition
from pipeline.types.review import Decision
from tests.fakes import desks
from tests.fakes.browser import Browser, Page
from tests.fakes.scripts import script

ONE = desks.article()
ID = ONE.script.video.id
SAID = {sentence.number: sentence.text for sentence in ONE.script.sentences}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with one clean and one weak article, and one of another channel."""
    weak = desks.flawed(desks.article(desks.video(1)))
    other = desks.article(desks.video(2, channel="أخرى", title="كيف تعمل Python 3.14 على C++؟"))
    return desks.desk(tmp_path, ONE, weak, other)


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """An editor at that desk."""
    return Browser(desk)


def rows(page: Page) -> list[str]:
    """The videos of a list, in order."""
    return re.findall(r'<tr data-video="([^"]+)"', page.html)


# --- the queue ---


def test_the_queue_lists_drafts_with_their_evidence(browser: Browser) -> None:
    """Weakest first, with status in words, counts, support and coverage."""
    page = browser.get("/")

    assert rows(page)[0] == "video000001"
    assert set(rows(page)) == {ID, "video000001", "video000002"}
    for text in ("تحتاج إلى نظر 1", "جديدة 2", "الكل 3", "قناة النهر"):
        assert page.has(text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=attention", ["video000001"]),
        ("channel=%D8%A3%D8%AE%D8%B1%D9%89", ["video000002"]),
        ("finding=number", ["video000001"]),
        ("q=%D8%B3%D9%81%D9%8A%D9%86%D8%A9", ["video000001"]),
        ("q=python", ["video000002"]),
        ("since=2026-03-02", []),
        ("until=2026-02-28", []),
        ("status=nonsense&page=x&since=yesterday&finding=none", ["video000001", ID, "video000002"]),
    ],
)
def test_the_queue_is_narrowed(browser: Browser, query: str, found: list[str]) -> None:
    """By status, channel, finding, words and days; what is no condition narrows nothing."""
    page = browser.get(f"/?{query}")

    assert page.status == 200
    assert rows(page) == found


def test_the_queue_shows_one_series(tmp_path: Path) -> None:
    """Where articles belong to lists, one can be chosen by its title, and the choice stays on further pages."""
    places = (SeriesPosition("سلسلة <b>", "../../series/ab-x"),)
    several = [replace(desks.article(desks.video(n)), places=places if n < 51 else ()) for n in range(53)]
    browser = Browser(desks.desk(tmp_path, *several))
    shown = browser.get("/?series=ab-x")
    address = unescape(re.findall(r'rel="next" href="([^"]+)"', shown.html)[0])

    assert '<option value="ab-x" dir="auto" selected>سلسلة &lt;b&gt;</option>' in shown.html
    assert len(rows(shown)) + len(rows(browser.get(address))) == 51
    assert 'name="series"' not in Browser(desks.desk(tmp_path / "none", desks.article())).get("/").html


def test_an_empty_library_says_how_to_begin(tmp_path: Path) -> None:
    """No articles: a sentence and a command, not an empty table."""
    page = Browser(desks.desk(tmp_path / "new")).get("/")

    assert page.has("لا مقالات في هذه المكتبة بعد.")
    assert page.has("tadwin demo")
    assert "table" not in page.tags


def test_a_filter_that_lets_nothing_through_says_so(browser: Browser) -> None:
    """An empty list is a sentence."""
    assert browser.get("/?status=rejected").has("لا مسودات هنا.")


def test_the_next_unreviewed_is_one_click_away(browser: Browser) -> None:
    """It leads to the weakest that waits, not to the one just looked at, and home when none waits."""
    assert browser.get("/next").headers["location"] == "/d/video000001"
    assert browser.get("/next?after=video000001").headers["location"] != "/d/video000001"
    for video in (ID, "video000001", "video000002"):
        browser.post(f"/d/{video}/decide", {"seen": browser.seen(video), "decision": "approve"})
    assert browser.get("/next").headers["location"] == "/?waiting=none"
    assert browser.get("/?waiting=none").has("لا مسودة تنتظر المراجعة.")


def test_a_long_queue_has_pages(tmp_path: Path) -> None:
    """Fifty on a page, and the way to the next keeps the conditions."""
    browser = Browser(desks.desk(tmp_path, *(desks.article(desks.video(n)) for n in range(52))))

    first = browser.get("/?status=new")
    address = unescape(re.findall(r'rel="next" href="([^"]+)"', first.html)[0])

    assert (len(rows(first)), len(rows(browser.get(address)))) == (50, 2)
    assert "status=new" in address


def test_chosen_drafts_are_approved_and_exported(browser: Browser, tmp_path: Path) -> None:
    """With two clicks, each by the digest that the list showed; what changed meanwhile is named."""
    chosen = re.findall(r'name="chosen" value="([^"]+)"', browser.get("/").html)
    browser.change(ID, "title", "write", "تغيّر بعد عرض القائمة")

    failed = browser.post("/bulk", {"chosen": chosen, "action": "approve"})
    done = browser.post("/bulk", {"chosen": [c for c in chosen if ID not in c], "action": "export"})

    assert (failed.status, failed.has(ID)) == (409, True)
    assert done.headers["location"] == "/?done=2"
    assert browser.get("/?done=2").has("تمّ: 2")
    assert len(list((tmp_path / "approved").iterdir())) == 2


# --- a draft ---


def test_every_statement_leads_to_where_it_was_said(browser: Browser) -> None:
    """Each evidence link names a sentence of the transcript that is on the page, with its second."""
    page = browser.get(f"/d/{ID}")

    cites = re.findall(r'<a class="cite" href="#s(\d+)" data-sentence="(\d+)" data-start="([\d.]+)"', page.html)
    assert len(cites) > 10
    for anchor, number, start in cites:
        assert anchor == number
        assert f'id="s{number}"' in page.html
        assert float(start) == 10.0 * (int(number) - 1)
    for statement in re.findall(r'data-cites="(\d[^"]*)"', page.html):
        assert set(map(int, statement.split())) <= set(SAID)


def test_every_sentence_of_the_talk_names_what_rests_on_it(browser: Browser) -> None:
    """The transcript is whole, and its links lead to statements of the article."""
    page = browser.get(f"/d/{ID}")

    for number, text in SAID.items():
        item = page.html.partition(f'id="s{number}"')[2].partition("</li>")[0]
        assert words(text)[0] in words(item)
    uses = re.findall(r'class="use" href="#([^"]+)"', page.html)
    assert uses
    assert all(f'id="{use}"' in page.html for use in uses)


def test_findings_are_said_in_words_beside_their_statement(browser: Browser) -> None:
    """A marked statement is described by its reason; a page without findings marks nothing."""
    page = browser.get("/d/video000001")

    assert page.has("رقم لم يرد في الجمل المستشهد بها: 77")
    marked = re.findall(r'id="(b-[^"]+)"[^>]*data-flawed[^>]*? aria-describedby="([^"]+)"', page.html)
    assert [(name, f"{name}-why") for name, _ in marked] == marked != []
    assert "data-flawed" not in browser.get(f"/d/{ID}").html


def test_the_bar_shows_which_minutes_stand_where(browser: Browser) -> None:
    """A stretch for each section, and what no section stands for is named."""
    page = browser.get(f"/d/{ID}")

    assert page.html.count("<rect") > len(ONE.draft.sections)
    assert page.has("دقائق الفيديو")
    assert re.search(r"لا يمثّله أي قسم (?:0:00–\d:\d\d )?\d:\d\d–10:00", page.text)


def test_the_video_is_a_link_where_no_script_runs(browser: Browser, tmp_path: Path) -> None:
    """The player's address is given to the script with our own origin; a file that is not online has neither."""
    page = browser.get(f"/d/{ID}")
    assert page.attribute("data-embed").startswith(f"https://www.youtube-nocookie.com/embed/{ID}?enablejsapi=1")
    assert page.attribute("data-watch") == ONE.script.video.url
    assert "iframe" not in page.tags

    local = Browser(desks.desk(tmp_path / "b", desks.article(desks.video(7, url="")))).get("/d/video000007")
    assert (local.attribute("data-embed"), local.attribute("data-watch")) == ("", "")


def test_latin_and_numbers_are_isolated(browser: Browser) -> None:
    """A title with Latin inside reads right: its stretch from left to right stands apart."""
    assert '<bdi dir="ltr">Python 3.14</bdi>' in browser.get("/d/video000002").html
    assert '<bdi dir="ltr">C++</bdi>' in browser.get("/").html


def test_a_talk_without_times_is_shown_by_sentence(tmp_path: Path) -> None:
    """Without seconds the evidence is the number of a sentence, and there is no bar."""
    said = script(timed=False)
    article = desks.checked(said, ExtractiveWriter(desks.SETTINGS.writer).write(said))

    page = Browser(desks.desk(tmp_path, article)).get(f"/d/{ID}")

    assert page.status == 200
    assert page.has("ج 2")
    assert "data-start" not in page.html.partition('id="article"')[2].partition("</article>")[0]
    assert 'id="minutes"' not in page.html


def test_every_page_brings_its_style_and_script(browser: Browser) -> None:
    """Pages of all kinds, errors too, name one style sheet and one script, and both are served."""
    for path in ("/", "/keys", f"/d/{ID}", f"/d/{ID}/diff", "/nowhere"):
        html = browser.get(path).html
        assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', html) == ["/static/desk.css"]
        assert re.findall(r'<script type="module" src="([^"]+)">', html) == ["/static/desk.js"]
    assert browser.get("/static/desk.css").status == browser.get("/static/desk.js").status == 200


# --- language and errors ---


def test_the_interface_speaks_two_languages_and_the_article_one(browser: Browser) -> None:
    """English turns the page around; the article stays Arabic, from right to left."""
    assert '<html lang="ar" dir="rtl">' in browser.get("/").html
    assert browser.post("/language", {"to": "en", "back": f"/d/{ID}"}).headers["location"] == f"/d/{ID}"

    page = browser.get(f"/d/{ID}")

    assert '<html lang="en" dir="ltr">' in page.html
    assert '<article id="article" lang="ar" dir="rtl"' in page.html
    assert page.has("Approve and next")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/d/nobody", "/d/..%2f..%2fetc", "/d/%00", "/d/a%0ab", "/static/../web.py"]
)
def test_what_is_not_there_is_a_page(browser: Browser, path: str) -> None:
    """An unknown address, or a trick with paths, is 404 with a way home."""
    page = browser.get(path)

    assert (page.status, 'href="/"' in page.html) == (404, True)


def test_a_damaged_article_is_a_page(browser: Browser, tmp_path: Path) -> None:
    """What cannot be read is said with its path and what to do."""
    browser.get(f"/d/{ID}")
    next((tmp_path / "articles").glob(f"{ID}-*/record.json")).write_bytes(b"{")

    page = browser.get(f"/d/{ID}")

    assert (page.status, page.has("record.json")) == (500, True)


def test_a_torn_line_of_the_history_is_said(browser: Browser, tmp_path: Path) -> None:
    """The page tells how many lines could not be read, and works."""
    browser.change(ID, "title", "write", "محفوظ")
    with (tmp_path / "reviews" / f"{ID}.jsonl").open("ab") as file:
        file.write(b'{"review":{"video"')

    page = browser.get(f"/d/{ID}")

    assert page.has("1 أسطر في السجل لا يمكن قراءتها")
    assert page.has("محفوظ")


def test_every_decision_has_its_words(desk: Desk) -> None:
    """No act stands in the history without a name."""
    browser = Browser(desk)
    for decision in (Decision.APPROVE, Decision.RETURN, Decision.REJECT, Decision.APPROVE):
        desk.decide(ID, desk.articles.open(ID).digest, decision, "سبب")
    desk.export(ID, desk.articles.open(ID).digest)

    page = browser.get(f"/d/{ID}")

    assert all(page.has(f"سلمى {act}") for act in ("قبل", "أعاد للعمل", "رفض", "صدّر"))
