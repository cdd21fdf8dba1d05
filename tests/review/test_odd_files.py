"""What is no file, or a broken one, in the place of a library's file: named, and passed over by everybody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.review.edits import Edit, EditAction
from pipeline.types.review import Decision
from tests.fakes import desks
from tests.fakes.browser import Browser

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]
OTHER = "video000001"


def pipe(path: Path) -> None:
    """A FIFO that nobody writes to: reading it as a file waits without end."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def endless(path: Path) -> None:
    """A link to what never ends."""
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    """A folder with the name of a file."""
    path.unlink(missing_ok=True)
    path.mkdir()


def loop(path: Path) -> None:
    """A link to itself."""
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


def torn(path: Path) -> None:
    """The first half of what was there."""
    data = path.read_bytes() if path.exists() else b"{}"
    path.write_bytes(data[: len(data) // 2])


ODD = (pipe, endless, folder, loop, torn)


def library(place: Path) -> Path:
    """Two articles, one of them edited, and a term."""
    desk = desks.desk(place, desks.article(), desks.article(desks.video(1)))
    seen = desk.articles.open(OTHER).digest
    desk.edit(OTHER, seen, Edit("title", EditAction.WRITE, "عنوان آخر"))
    desk.correct(OTHER, "الفراة", "الفرات")
    return place


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.__name__)
@pytest.mark.parametrize("name", ["record.json", "card.json", "journal", "glossary.jsonl", "base"])
def test_the_desk_names_it_and_lists_the_others(tmp_path: Path, odd: Callable[[Path], None], name: str) -> None:
    """The other article is listed, opened and decided; what cannot be read is named where that matters."""
    place = library(tmp_path)
    article = next((place / "articles").glob(f"{OTHER}-*"))
    paths = {"journal": place / "reviews" / f"{OTHER}.jsonl", "glossary.jsonl": place / "reviews" / name}
    base = next((place / "reviews" / "articles").glob("*.json"))
    odd({"base": base, **paths}.get(name, article / name))
    (place / "reviews" / "index.sqlite").unlink()
    browser = Browser(desks.desk(place, desks.article()))
    first = desks.article().script.video.id

    listed = browser.get("/")
    opened = browser.get(f"/d/{first}")
    decided = browser.post(f"/d/{first}/decide", {"seen": browser.seen(first), "decision": "approve"})

    assert (listed.status, opened.status, decided.status) == (200, 200, 303)
    assert first in listed.html
    unread = name == "base" or (name == "card.json" and odd is not loop)  # the desk reads neither
    named = {"glossary.jsonl": "<bdi>glossary.jsonl"}.get(name, f"<bdi>{article.name}")
    assert unread or (name in {"journal", "card.json"} and odd in {torn, loop}) or named in listed.html
    assert browser.get(f"/d/{OTHER}").status in ({200} if unread else {200, 404, 500})


def test_an_index_that_is_a_pipe_is_made_anew(tmp_path: Path) -> None:
    """The cache of the list is worth nothing."""
    place = library(tmp_path)
    pipe(place / "reviews" / "index.sqlite")

    assert Browser(desks.desk(place)).get("/").html.count("<tr data-video") == 2


@pytest.mark.parametrize("command", [["review", "--list"], ["repair"], ["status"]])
def test_commands_end_and_name_it(tmp_path: Path, command: list[str]) -> None:
    """With a pipe for a card, a record and a page of a list, each command ends and says which one it passed over."""
    place = library(tmp_path)
    pipe(next((place / "articles").glob(f"{OTHER}-*")) / "card.json")
    (place / "series" / "list-x").mkdir(parents=True)
    pipe(place / "series" / "list-x" / "series.json")
    subprocess.run(
        [*COMMAND, "repair", "--library", str(place)], cwd=ROOT, timeout=60, check=False, capture_output=True
    )

    result = subprocess.run(
        [*COMMAND, *command, "--library", str(place)], cwd=ROOT, timeout=60, check=False, capture_output=True, text=True
    )

    assert "Traceback" not in result.stderr
    if command != ["status"]:
        assert f"{OTHER}-" in result.stderr
        assert result.returncode in {1, 3}
    if command == ["repair"]:
        assert "1 articles and 0 lists" in result.stderr
        assert "series.json" in result.stderr


def test_a_rejected_draft_with_a_pipe_among_its_exports(tmp_path: Path) -> None:
    """Taking an export back waits for nothing."""
    place = library(tmp_path)
    desk = desks.desk(place)
    for decide in (Decision.APPROVE,):
        desk.decide(OTHER, desk.articles.open(OTHER).digest, decide)
    folder_ = desk.export(OTHER, desk.articles.open(OTHER).digest)
    other = place / "approved" / "another"
    other.mkdir()
    (other / "SHA256SUMS").write_text("")
    pipe(other / "article.md")
    desk.decide(OTHER, desk.articles.open(OTHER).digest, Decision.REJECT, "خطأ")

    assert not folder_.exists()
