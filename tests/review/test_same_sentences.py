"""A paragraph of thousands of equal sentences costs what as many different ones cost."""

from __future__ import annotations

import time
from pathlib import Path

from pipeline.export import html
from pipeline.export.render import render
from pipeline.review.edits import TEXT_MOST
from tests.fakes import desks
from tests.fakes.browser import Browser, Page
from tests.figures import Tell

ONE = desks.article()
ID = ONE.script.video.id
SENTENCE = "77."
MOST = 4_900


def written(folder: Path, count: int) -> tuple[Browser, Page]:
    """The page of a draft with so many equal sentences that nobody said."""
    browser = Browser(desks.desk(folder, ONE))
    assert browser.change(ID, "lead", "write", " ".join([SENTENCE] * count)).status == 303
    return browser, browser.get(f"/d/{ID}")


def test_two_same_sentences_show_one_finding_each(tmp_path: Path) -> None:
    """Not four; the exported page has one note about them, and both lead to it."""
    browser, page = written(tmp_path, 2)

    (figure,) = {part for part in page.html.split("<li ") if 'id="b-lead-1-why-' in part and "77" in part}
    assert figure
    assert page.html.count('<a href="#b-lead-1">') == page.html.count('<a href="#b-lead-2">') >= 1
    assert len(page.html.split('id="b-lead-1-why"')[1].split("</ul>")[0].split("<li ")) == 2
    article = browser.desk.articles.open(ID).article
    notes = [line.notes for block in render(article).blocks[:1] for each in block.paragraphs for line in each]
    assert notes[0] == notes[1]
    assert len(notes[0]) == 1


def test_thousands_of_same_sentences_open_in_two_seconds(tmp_path: Path, tell: Tell) -> None:
    """As many as one block takes; page and export grow with the text, not with its square."""
    assert MOST * (len(SENTENCE) + 1) <= TEXT_MOST
    sizes: list[int] = []
    seconds, exported = 0.0, 0
    for count in (MOST // 2, MOST):
        browser, _ = written(tmp_path / str(count), count)
        begin = time.process_time()  # other programs on this machine cost the editor nothing here
        page = browser.get(f"/d/{ID}")
        seconds = time.process_time() - begin
        sizes.append(len(page.html))
        exported = len(html.export(browser.desk.articles.open(ID).article))

    assert sizes[1] < 2.2 * sizes[0]
    assert exported < 10_000_000
    assert seconds < 2
    tell(f"a draft with {MOST} same sentences opens in {seconds:.1f} s, {sizes[1] / 1e6:.1f} MB")
