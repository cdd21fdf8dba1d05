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
from pipeline.types.review import Decision, ReviewStatus
from tests.fakes import desks
from tests.fakes.browser import ORIGIN, OWN, Browser, Page
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
    for text in ("تنتظر المراجعة 3", "تحتاج إلى نظر 1", "جديدة 2", "الكل 3", "قناة النهر"):
        assert page.has(text)


def test_the_queue_begins_with_what_waits(browser: Browser) -> None:
    """What was decided on is left out until it is asked for."""
    browser.post(f"/d/{ID}/decide", {"seen": browser.seen(ID), "decision": "approve"})

    assert ID not in rows(browser.get("/"))
    assert ID in rows(browser.get("/?status=all"))
    assert rows(browser.get("/?status=approved")) == [ID]


def test_drafts_of_one_title_are_told_apart(browser: Browser) -> None:
    """Each row has the length of its video, its day and its id."""
    row = re.findall(rf'<tr data-video="{ID}".*?</tr>', browser.get("/").html, re.DOTALL)[0]

    for text in (">10:00<", "1 مارس 2026", f">{ID}<"):
        assert text in row


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
    assert browser.get("/next").headers["location"].startswith("/d/video000001?in=below")
    assert "video000001" not in browser.get("/next?after=video000001").headers["location"]
    for video in (ID, "video000001", "video000002"):
        browser.post(f"/d/{video}/decide", {"seen": browser.seen(video), "decision": "approve", "sure": "yes"})
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
    """Each by the digest that the list showed; what changed meanwhile is named."""
    chosen = re.findall(r'name="chosen" value="([^"]+)"', browser.get("/").html)
    browser.change(ID, "title", "write", "تغيّر بعد عرض القائمة")

    failed = browser.post("/bulk", {"chosen": chosen, "action": "approve", "confirmed": "all"})
    done = browser.post("/bulk", {"chosen": [c for c in chosen if ID not in c], "action": "export"})

    assert (failed.status, failed.has(ID)) == (409, True)
    assert done.headers["location"] == "/?done=2"
    assert browser.get("/?done=2").has("تمّ: 2")
    assert len(list((tmp_path / "approved").iterdir())) == 2


def test_many_are_decided_on_only_after_they_were_shown(browser: Browser, desk: Desk) -> None:
    """The first answer names what speaks against each; nothing is decided before a second one, with a reason to reject.

    Those without a doubt can be approved alone.
    """
    browser.get("/d/video000002")
    browser.post(f"/d/{ID}/decide", {"seen": browser.seen(ID), "decision": "reject", "reason": "قصير"})
    chosen = re.findall(r'name="chosen" value="([^"]+)"', browser.get("/?status=all").html)
    form = {"chosen": chosen, "action": "approve"}
    before = desk.articles.status_counts()

    asked = browser.post("/bulk", form)
    doubts = {
        video: [name for name in ("فيها ملاحظات مفتوحة", "لم يفتحها أحد", "رُفضت من قبل") if name in row]
        for video, row in re.findall(r'<li data-video="([^"]+)"(.*?)</li>', asked.html, re.DOTALL)
    }
    assert desk.articles.status_counts() == before
    assert doubts == {
        "video000001": ["فيها ملاحظات مفتوحة", "لم يفتحها أحد"],
        ID: ["رُفضت من قبل"],
        "video000002": [],
    }
    assert browser.post("/bulk", {**form, "confirmed": "sound"}).headers["location"] == "/?done=1"
    assert desk.articles.open("video000002").status is ReviewStatus.APPROVED
    assert desk.articles.open("video000001").status is ReviewStatus.ATTENTION
    reject = {"chosen": [c for c in chosen if "video000001" in c], "action": "reject", "confirmed": "all"}
    assert browser.post("/bulk", reject).has("يلزم ذكر السبب.")
    assert browser.post("/bulk", {**reject, "reason": "لا يُفهم"}).headers["location"] == "/?done=1"
    assert desk.articles.open("video000001").status is ReviewStatus.REJECTED


def test_the_next_draft_is_that_of_the_list_one_came_from(tmp_path: Path) -> None:
    """Going down the list that was narrowed, past what is decided on, whatever an edit does to the place of a draft.

    The list goes along with the forms of a draft, and the end of the list is told.
    """
    weak = [desks.flawed(desks.article(desks.video(n, channel="أ" if n != 3 else "ب"))) for n in range(1, 6)]
    browser = Browser(desks.desk(tmp_path, *weak))
    first, second, *_, last = rows(browser.get("/?channel=%D8%A3"))
    address = unescape(re.findall(rf'id="t-{first}" href="([^"]+)"', browser.get("/?channel=%D8%A3").html)[0])

    page = browser.get(address)
    edit = {"seen": page.attribute("data-draft"), "place": "sections.1.1", "action": "write", "text": "كلام آخر هنا."}
    after = browser.post(f"/d/{first}/block", edit, {**OWN, "Referer": ORIGIN + address}).headers["location"]
    following = unescape(re.findall(r'href="([^"]+)" id="next"', browser.get(after).html)[0])
    assert browser.get(following).headers["location"].startswith(f"/d/{second}?in=channel")
    assert 'href="/?channel=%D8%A3" id="home"' in browser.get(after).html
    walked, place = [], f"/next?after={second}&channel=%D8%A3"
    while "/d/" in (found := browser.get(place).headers["location"]):
        walked.append(found[3:14])
        place = f"/next?after={found[3:14]}&channel=%D8%A3"
    assert walked[-1] == last
    assert "video000003" not in walked
    assert found == "/?channel=%D8%A3&waiting=above"
    assert browser.get(found).has("هذه نهاية القائمة")


def test_every_step_is_undone_and_made_again(browser: Browser, desk: Desk) -> None:
    """Undo goes back over edits, removals and moves, also after a restart, and redo forward again."""
    drafts = [desk.articles.open(ID).article.draft]
    divided = "أولى الفقرتين هنا.\n\nوالثانية."
    steps = (("title", "write", "آخر"), ("sections.1.1", "write", divided), ("sections.1.1", "down", ""))
    for place, action, text in (*steps, ("sections.2", "remove", "")):
        browser.change(ID, place, action, text)
        drafts.append(desk.articles.open(ID).article.draft)
    for expected in (*drafts[-2::-1], drafts[0]):
        browser.post(f"/d/{ID}/undo", {"seen": browser.seen(ID)})
        assert desk.articles.open(ID).article.draft == expected
    assert browser.post(f"/d/{ID}/undo", {"seen": browser.seen(ID)}).has("لا شيء يُتراجع عنه.")
    for expected in (*drafts[1:], drafts[-1]):
        browser.post(f"/d/{ID}/redo", {"seen": browser.seen(ID)})
        assert desk.articles.open(ID).article.draft == expected


@pytest.mark.parametrize(
    ("place", "action", "text", "at"),
    [
        ("sections.1.1", "down", "", "sections.1.2"),
        ("sections.1.2", "up", "", "sections.1.1"),
        ("sections.1.2", "merge", "", "sections.1.1"),
        ("sections.1.2", "remove", "", "sections.1.1"),
        ("sections.1.1", "add", "فقرة جديدة.", "sections.1.2"),
        ("sections.1", "add", "فقرة جديدة.", "sections.1.1"),
        ("transition", "section", "قسم\nفقرة.", "sections.1"),
        ("lead", "add", "فقرة جديدة.", "background.1"),
        ("lead", "write", "الأولى.\n\nالثانية.", "lead"),
    ],
)
def test_after_a_change_one_is_where_the_block_went(
    browser: Browser, place: str, action: str, text: str, at: str
) -> None:
    """The page after a change opens at the block that was moved, joined or added."""
    browser.change(ID, "sections.1.1", "add", "فقرة ثانية.")
    answer = browser.change(ID, place, action, text)

    assert (answer.status, answer.headers["location"].partition("#")[2]) == (303, "b-" + at.replace(".", "-"))


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
    """A marked statement is described by its reasons, without their buttons; a page without findings marks nothing."""
    page = browser.get("/d/video000001")

    assert page.has("رقم لم يرد في الجمل المستشهد بها: 77")
    marked = re.findall(r'id="(b-[^"]+)"[^>]*data-flawed[^>]*? aria-describedby="([^"]+)"', page.html)
    reasons = [(name, reason) for name, ids in marked for reason in ids.split()]
    assert reasons
    assert all(reason.startswith(f"{name}-why-") and f'<span id="{reason}">' in page.html for name, reason in reasons)
    assert "data-flawed" not in browser.get(f"/d/{ID}").html


def test_the_bar_shows_which_minutes_stand_where(browser: Browser) -> None:
    """A stretch for each section, and where nobody speaks: the whole speech is in a section, as the figure says."""
    page = browser.get(f"/d/{ID}")

    assert page.html.count("<rect") > len(ONE.draft.sections)
    assert page.has("دقائق الفيديو")
    assert re.search(r"بلا كلام \d:\d\d–10:00", page.text)
    assert not page.has("أطول ما تُرك")


def test_what_to_look_at_before_publishing_is_listed_with_its_place(tmp_path: Path) -> None:
    """Folded, by kind, each with a link to its sentence."""
    noted = desks.quoting(ONE, 3)
    page = Browser(desks.desk(tmp_path / "noted", noted)).get(f"/d/{ID}")
    notes = noted.report.editor_notes

    assert notes
    assert page.has(f"للمحرر قبل النشر ({len(notes)})")
    box = page.html[page.html.index('<details id="to-check">') :].partition("</details>")[0]
    assert [int(number) for number in re.findall(r'href="#s(\d+)"', box)] == [note.sentence for note in notes]


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
    """Pages of all kinds, errors too, name one style sheet and first the same script, and all are served."""
    for path in ("/", "/keys", f"/d/{ID}", f"/d/{ID}/diff", "/nowhere"):
        html = browser.get(path).html
        assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', html) == ["/static/desk.css"]
        scripts = re.findall(r'<script type="module" src="([^"]+)">', html)
        assert scripts[0] == "/static/desk.js"
        assert {browser.get(script).status for script in scripts} == {200}
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
