"""What an editor takes away: exports that know of each other and are taken back, the clean copy, the folder."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from pipeline.errors import EditRefused
from pipeline.review.desk import Desk
from pipeline.review.edits import Edit, EditAction
from pipeline.store.library import folder_name
from pipeline.types.article import Article
from pipeline.types.links import AdjacentArticle, RelatedArticle, SeriesPosition
from pipeline.types.review import Decision, ReviewStatus
from tests.fakes import desks
from tests.fakes.browser import Browser

ONE, TWO, THREE = "video000001", "video000002", "video000003"
OWN = {"clean.html", "clean.md", "docx", "html", "json", "md"}


def name(video: str) -> str:
    """The folder of an article of these tests."""
    return folder_name(video, desks.article().draft.headline)


def related(number: int, *others: str) -> Article:
    """An article with links to others; the first has a place in a list, between the second and the third."""
    made = desks.article(desks.video(number))
    links = tuple(RelatedArticle(other, f"مقال {other}", f"../{name(other)}", ("النهر",)) for other in others)
    place = SeriesPosition(
        "سلسلة الماء",
        "../../series/abc",
        AdjacentArticle("السابق", f"../{name(TWO)}"),
        AdjacentArticle("التالي", f"../{name(THREE)}"),
    )
    return replace(made, related=links, places=(place,) if number == 1 else ())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three articles that link to each other."""
    return desks.desk(tmp_path, related(1, TWO, THREE), related(2, ONE), related(3, ONE))


def approved(desk: Desk, *videos: str) -> Iterator[Path]:
    """The folders of these videos' exports, each approved and exported in turn."""
    for video in videos:
        desk.decide(video, desk.articles.open(video).digest, Decision.APPROVE)
        yield desk.export(video, desk.articles.open(video).digest)


def linked(folder: Path) -> set[str]:
    """The other articles that an export's page links to."""
    page = (folder / "article.html").read_text("utf-8")
    return set(re.findall(r'href="\.\./(video\d+)-', page))


def test_an_export_has_every_form_and_says_who_approved_it(desk: Desk) -> None:
    """Page, Markdown, Word, both clean copies and the record, each with name and time."""
    (folder,) = approved(desk, ONE)

    assert folder.is_absolute()
    assert {file.name.partition(".")[2] for file in folder.glob("article.*")} == OWN
    for file in folder.glob("article.*"):
        data = file.read_bytes()
        text = (
            "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
            if file.suffix == ".docx"
            else data.decode()
        )
        assert "سلمى" in text, file.name
        assert "2026" in text, file.name


def test_an_approval_exports_where_that_is_asked_in_one_step(tmp_path: Path) -> None:
    """The question about open findings comes first, and nothing is written before it is answered."""
    bad = desks.flawed(desks.article())
    desk = desks.desk(tmp_path, bad)
    browser, video = Browser(desk), bad.script.video.id

    asked = browser.post(f"/d/{video}/decide", {"seen": browser.seen(video), "decision": "approve", "then": "export"})
    assert desk.exports.folder(desk.articles.open(video)) is None
    page = browser.get(asked.headers["location"])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.html))
    answer = browser.post(f"/d/{video}/decide", hidden)

    assert answer.status == 303
    review = desk.articles.open(video)
    assert review.status is ReviewStatus.PUBLISHED
    assert desk.exports.folder(review) is not None


def test_exports_link_to_exports_only(desk: Desk) -> None:
    """The first has no link yet; when the second is there both link to each other, and never to a list's page."""
    first, second = approved(desk, ONE, TWO)

    assert linked(first) == {TWO}
    assert linked(second) == {ONE}
    assert "series/abc" not in (first / "article.html").read_text("utf-8") + (first / "article.md").read_text("utf-8")
    assert "سلسلة الماء" in (first / "article.html").read_text("utf-8")


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.RETURN])
def test_a_rejection_takes_the_export_back(desk: Desk, decision: Decision) -> None:
    """Its folder is gone, no other export links to it, and the history says so; approved anew it is exported anew."""
    first, second, third = approved(desk, ONE, TWO, THREE)
    assert linked(first) == {TWO, THREE}

    desk.decide(TWO, desk.articles.open(TWO).digest, decision, "فيه خطأ")

    assert not second.exists()
    assert (linked(first), linked(third)) == ({THREE}, {ONE})
    assert third.exists()
    assert Browser(desk).get(f"/d/{TWO}").has("وسُحبت الملفات المصدَّرة")
    assert [folder.exists() for folder in approved(desk, TWO)] == [True]


def test_what_somebody_put_beside_an_export_stays(desk: Desk) -> None:
    """Only the files that were exported are taken back."""
    (folder,) = approved(desk, ONE)
    (folder / "notes.txt").write_text("لي")
    desk.decide(ONE, desk.articles.open(ONE).digest, Decision.REJECT, "خطأ")

    assert [file.name for file in folder.iterdir()] == ["notes.txt"]


def test_the_page_says_that_an_export_was_taken_back(desk: Desk) -> None:
    """Right after the decision, once; where nothing was exported it says nothing."""
    list(approved(desk, ONE))
    browser = Browser(desk)

    for video, said in ((ONE, True), (TWO, False)):
        answer = browser.post(
            f"/d/{video}/decide", {"seen": browser.seen(video), "decision": "reject", "reason": "خطأ"}
        )
        assert browser.get(answer.headers["location"].partition("#")[0]).has("سُحبت الملفات المصدَّرة ولم تعد") is said


def test_the_page_shows_the_absolute_path_and_that_it_is_outdated(desk: Desk, tmp_path: Path) -> None:
    """As long as the files are there; after an edit it says that they are older."""
    (folder,) = approved(desk, ONE)
    browser = Browser(desk)

    assert browser.get(f"/d/{ONE}").has(str((tmp_path / "approved" / folder.name).resolve()))
    assert not browser.get(f"/d/{ONE}").has("من مسودة أقدم")
    desk.edit(ONE, desk.articles.open(ONE).digest, Edit("title", EditAction.WRITE, "عنوان آخر"))
    assert browser.get(f"/d/{ONE}").has("من مسودة أقدم")


def test_the_folder_opens_only_where_there_is_one(tmp_path: Path) -> None:
    """The button is there with a desktop only, and opens exactly the folder of the export."""
    shown: list[Path] = []
    desk = desks.desk(tmp_path, related(1), show_folder=shown.append)
    browser = Browser(desk)

    assert browser.post(f"/d/{ONE}/show-folder", {"seen": ""}).status == 422
    (folder,) = approved(desk, ONE)
    assert 'id="show-folder"' in browser.get(f"/d/{ONE}").html
    assert browser.post(f"/d/{ONE}/show-folder", {"seen": ""}).status == 303
    assert shown == [folder]
    without = desks.desk(tmp_path)
    assert 'id="show-folder"' not in Browser(without).get(f"/d/{ONE}").html
    with pytest.raises(EditRefused):
        without.show_folder(ONE)


def test_the_clean_copy_and_the_word_file_are_those_of_an_approved_draft(desk: Desk) -> None:
    """Before that nothing is taken away; afterwards page and files are the very bytes of the export."""
    browser = Browser(desk)
    for path in ("copy", "files/article.docx", "files/article.clean.md"):
        assert browser.get(f"/d/{ONE}/{path}").status == 422
    (folder,) = approved(desk, ONE)

    page = browser.get(f"/d/{ONE}/copy")
    word = browser.client.get(f"/d/{ONE}/files/article.docx")

    assert page.has((folder / "article.clean.md").read_text("utf-8").splitlines()[0])
    assert 'class="cite"' not in page.html
    assert word.content == (folder / "article.docx").read_bytes()
    assert word.headers["content-disposition"] == f'attachment; filename="{ONE}.docx"'
    assert browser.get(f"/d/{ONE}/files/..%2f..%2fstate.db").status == 404
    assert browser.get(f"/d/{ONE}/files/record.json").status == 404


def test_a_machine_that_writes_anew_leaves_exports_of_others_alone(desk: Desk) -> None:
    """An exported article whose draft changed since is not written again for a link: nobody approved that draft."""
    first, _ = approved(desk, ONE, TWO)
    before = (first / "article.html").read_bytes()
    desk.edit(ONE, desk.articles.open(ONE).digest, Edit("title", EditAction.WRITE, "عنوان آخر"))
    list(approved(desk, THREE))

    assert desk.articles.open(ONE).status is ReviewStatus.EDITED
    assert (first / "article.html").read_bytes() == before
