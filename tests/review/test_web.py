"""The pages of the desk, as an editor without a script uses them."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from models.extractive import Extractive
from pipeline.judged import Decision
from pipeline.review.desk import Desk
from pipeline.text.fold import words
from tests.fakes import desks
from tests.fakes.browser import OWN, Browser, Page
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
    marked = re.findall(r'id="(b-[^"]+)"[^>]*data-flawed aria-describedby="([^"]+)"', page.html)
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
    article = desks.checked(said, Extractive(desks.SETTINGS.writer).write(said))

    page = Browser(desks.desk(tmp_path, article)).get(f"/d/{ID}")

    assert page.status == 200
    assert page.has("ج 2")
    assert "data-start" not in page.html.partition('id="article"')[2].partition("</article>")[0]
    assert 'id="minutes"' not in page.html


# --- editing ---


def test_the_form_of_every_block_saves_what_it_shows(browser: Browser, desk: Desk) -> None:
    """Each block's form, sent as it came, changes nothing: what a browser does to line ends included."""
    page = browser.get(f"/d/{ID}")
    forms = re.findall(r'<form class="write".*?</form>', page.html, re.DOTALL)

    for form in forms:
        place = re.findall(r'name="place" value="([^"]+)"', form)[0]
        shown = re.findall(
            r'<textarea[^>]*>\n?(.*?)</textarea>|<input name="text"[^>]*value="([^"]*)"', form, re.DOTALL
        )
        text = unescape("".join(shown[0])).replace("\n", "\r\n")
        assert browser.change(ID, place, "write", text).status == 303

    assert len(forms) > 15
    assert desk.sheets.open(ID).history.reviews == ()


def test_a_saved_change_is_on_the_page_it_leads_to(browser: Browser) -> None:
    """After saving, the reader comes back to the block, sees the text, and that it was saved."""
    answer = browser.change(ID, "sections.1", "write", "عنوان جديد للقسم")

    assert (answer.status, answer.headers["location"]) == (303, f"/d/{ID}?saved=1#b-sections-1")
    page = browser.get(f"/d/{ID}?saved=1")
    assert page.has("عنوان جديد للقسم")
    assert page.has("حُفظ محرَّرة")
    assert page.has("سلمى حرّر")


@pytest.mark.parametrize(
    ("place", "action", "text"),
    [
        ("background.1", "remove", ""),
        ("sections.1", "down", ""),
        ("sections.2", "up", ""),
        ("sections.2", "merge", ""),
        ("lead", "add", "فقرة أضيفت هنا."),
        ("transition", "section", "قسم أضيف\nنصه."),
    ],
)
def test_blocks_are_added_removed_moved_and_merged(browser: Browser, place: str, action: str, text: str) -> None:
    """Every button works without a script."""
    before = browser.seen(ID)

    assert browser.change(ID, place, action, text).status == 303
    assert browser.seen(ID) != before
    assert browser.get(f"/d/{ID}").has(text.splitlines()[0] if text else "")


def test_only_buttons_that_work_are_shown(browser: Browser) -> None:
    """No button of the page is refused: what the rules do not allow is not offered."""
    page = browser.get(f"/d/{ID}")
    for form in re.findall(r'<form class="write".*?</form>', page.html, re.DOTALL):
        place = re.findall(r'name="place" value="([^"]+)"', form)[0]
        for action in re.findall(r'name="action" value="(remove|up|down|merge)"', form):
            assert browser.change(ID, place, action).status == 303, (place, action)
            browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "0"})


def test_a_change_that_is_not_allowed_is_said(browser: Browser) -> None:
    """An empty text is refused with a page, and the draft stays."""
    before = browser.seen(ID)

    page = browser.change(ID, "title", "write", "  ")

    assert (page.status, browser.seen(ID)) == (422, before)
    assert page.has("لا نص هنا")


def test_a_stale_change_shows_both_texts(browser: Browser) -> None:
    """409, both texts on one page, and the second attempt from there saves."""
    form = {"seen": browser.seen(ID), "place": "sections.1", "action": "write", "text": "عنوان النافذة الثانية"}
    browser.change(ID, "sections.1", "write", "عنوان النافذة الأولى")

    page = browser.post(f"/d/{ID}/block", form)

    assert page.status == 409
    assert page.has("عنوان النافذة الثانية")
    assert page.has("عنوان النافذة الأولى")
    again = browser.post(f"/d/{ID}/block", {**form, "seen": page.attribute("value") and browser.seen(ID)})
    assert again.status == 303
    assert browser.get(f"/d/{ID}").has("تعديل من نافذة أخرى، محفوظ جانبًا")


def test_evidence_is_set_by_hand(browser: Browser) -> None:
    """The numbers of sentences, typed, are the statement's links."""
    assert browser.change(ID, "sections.1.1", "cite", "3 4", statement=1).status == 303

    assert 'id="b-sections-1-1-1" data-n="1" data-cites="3 4"' in browser.get(f"/d/{ID}").html


# --- as data, for the page's script ---


def test_a_script_gets_the_block_as_it_now_stands(browser: Browser) -> None:
    """Saved: the new digest, the status, how many findings, and the block with its statements."""
    data = {"seen": browser.seen(ID), "place": "lead", "action": "write", "text": "غرقت 99 سفينة."}

    page = browser.post(f"/d/{ID}/block", data, {**OWN, "Accept": "application/json"})

    answer = json.loads(page.html)
    assert answer["draft"] == browser.seen(ID)
    assert (answer["standing"], answer["block"]["place"]) == ("edited", "lead")
    assert answer["findings"] == len(re.findall(r"<li><a href=\"#b-", browser.get(f"/d/{ID}").html)) > 0
    assert answer["block"]["lines"][0]["text"][0]["text"].startswith("غرقت")


def test_a_script_gets_both_texts_of_a_conflict(browser: Browser) -> None:
    """409 with the digest that counts, its text and the refused one; 422 with the reason."""
    json_please = {**OWN, "Accept": "application/json"}
    form = {"seen": browser.seen(ID), "place": "title", "action": "write", "text": "لي"}
    browser.change(ID, "title", "write", "لغيري")

    late = browser.post(f"/d/{ID}/block", form, json_please)
    empty = browser.post(f"/d/{ID}/block", {**form, "seen": browser.seen(ID), "text": ""}, json_please)

    assert (late.status, empty.status) == (409, 422)
    answer = json.loads(late.html)
    assert (answer["draft"], answer["current"], answer["yours"]) == (browser.seen(ID), "لغيري", "لي")
    assert json.loads(empty.html)["error"] == "لا نص هنا؛ للحذف زر خاص به."


# --- deciding, comparing, restoring ---


def test_an_article_is_approved_and_exported(browser: Browser, tmp_path: Path) -> None:
    """From the page of the draft to the files, without a script."""
    assert browser.get(f"/d/{ID}").has("approved/") is False
    browser.post(f"/d/{ID}/decide", {"seen": browser.seen(ID), "decision": "approve"})
    assert browser.get(f"/d/{ID}").has("مقبولة")

    assert browser.post(f"/d/{ID}/export", {"seen": browser.seen(ID)}).status == 303

    assert browser.get(f"/d/{ID}").has("مصدَّرة")
    assert len(list((tmp_path / "approved").glob("*/article.html"))) == 1


def test_approve_and_next_leads_on(browser: Browser) -> None:
    """One button decides and opens the next."""
    form = {"seen": browser.seen(ID), "decision": "approve", "then": "next"}

    assert browser.post(f"/d/{ID}/decide", form).headers["location"] == f"/next?after={ID}"


@pytest.mark.parametrize(("decision", "standing"), [("reject", "مرفوضة"), ("return", "تحتاج إلى نظر")])
def test_a_refusal_keeps_its_reason(browser: Browser, decision: str, standing: str) -> None:
    """The reason stands in the history; without one nothing is decided."""
    form = {"seen": browser.seen(ID), "decision": decision, "reason": ""}
    assert browser.post(f"/d/{ID}/decide", form).status == 422

    assert browser.post(f"/d/{ID}/decide", {**form, "reason": "ينقصه القسم الأخير"}).status == 303

    page = browser.get(f"/d/{ID}")
    assert page.has(standing)
    assert page.has("ينقصه القسم الأخير")


def test_a_decision_on_another_draft_is_refused(browser: Browser) -> None:
    """Who approves what they did not see is told so."""
    stale = browser.seen(ID)
    browser.change(ID, "title", "write", "آخر")

    page = browser.post(f"/d/{ID}/decide", {"seen": stale, "decision": "approve"})

    assert (page.status, page.has("تعارض")) == (409, True)
    assert browser.get(f"/d/{ID}").has("محرَّرة")


def test_differences_are_shown_word_by_word(browser: Browser) -> None:
    """What went and what came, between the machine's draft and the one that counts."""
    assert browser.get(f"/d/{ID}/diff").has("لا فروق.")
    browser.change(ID, "sections.1", "write", "سدود النهر الكبيرة")

    page = browser.get(f"/d/{ID}/diff")

    assert "<ins>الكبيرة</ins>" in page.html
    assert len(re.findall("data-changed", page.html)) == 1


def test_the_history_compares_and_restores(browser: Browser, desk: Desk) -> None:
    """Every entry leads to its differences and back to its draft, and the machine's draft is number 0."""
    browser.change(ID, "title", "write", "عنوان أول")
    browser.change(ID, "title", "write", "عنوان ثان")

    assert "<del>أول</del>" in browser.get(f"/d/{ID}/diff?from=1").html
    assert browser.get(f"/d/{ID}/diff?from=99").status == 404
    browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "1"})
    assert desk.sheets.open(ID).article.draft.title == "عنوان أول"
    browser.post(f"/d/{ID}/restore", {"seen": browser.seen(ID), "number": "0"})
    assert desk.sheets.open(ID).article.draft == ONE.draft


def test_a_newer_draft_is_offered_as_differences(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    """A note on the page, the differences, and a button that takes it."""
    browser.change(ID, "title", "write", "عنوان إنسان")
    desks.publish(tmp_path, desks.flawed(ONE, "جملة من تشغيل أحدث."))

    assert browser.get(f"/d/{ID}").has("كتبت الآلة مسودة أحدث")
    assert "أحدث" in browser.get(f"/d/{ID}/diff?to=offer").html
    assert browser.post(f"/d/{ID}/take", {"seen": browser.seen(ID)}).status == 303
    assert desk.sheets.open(ID).article.draft.title == ONE.draft.title
    assert not browser.get(f"/d/{ID}").has("كتبت الآلة مسودة أحدث")


def test_a_section_written_anew_is_shown_before_it_is_taken(browser: Browser, desk: Desk) -> None:
    """The proposal is a page of differences with one button; nothing changes before that."""
    before = browser.seen(ID)
    answer = browser.post(f"/d/{ID}/regenerate", {"seen": before, "place": "sections.2"})

    assert browser.get(answer.headers["location"]).status == 200
    assert browser.seen(ID) == before
    assert browser.post(f"/d/{ID}/accept", {"seen": before, "place": "sections.2"}).status == 303
    assert desk.sheets.open(ID).article.draft.sections[1].heading == ONE.draft.sections[1].heading


def test_a_correction_is_offered_and_applied_by_hand(browser: Browser) -> None:
    """Recorded on one draft, it is offered on the channel's next, block by block, and can be taken back."""
    assert browser.post(f"/d/{ID}/term", {"wrong": "تركيا", "right": "توركيا"}).status == 303

    page = browser.get("/d/video000001")
    assert page.has("صُحّح من قبل في هذه القناة")
    form = re.findall(r'<form class="replace".*?</form>', page.html, re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert browser.post("/d/video000001/block", dict(fields)).status == 303
    assert browser.get("/d/video000001").has("توركيا")
    assert not browser.get("/d/video000002").has("صُحّح من قبل")
    browser.post(f"/d/{ID}/term", {"wrong": "تركيا", "right": "توركيا", "kept": "no"})
    assert not browser.get(f"/d/{ID}").has("صُحّح من قبل")


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
        desk.decide(ID, desk.sheets.open(ID).digest, decision, "سبب")
    desk.export(ID, desk.sheets.open(ID).digest)

    page = browser.get(f"/d/{ID}")

    assert all(page.has(f"سلمى {act}") for act in ("قبل", "أعاد للعمل", "رفض", "صدّر"))
