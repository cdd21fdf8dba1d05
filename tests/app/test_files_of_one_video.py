"""Several caption files of one video: one article, from the best of them, and never from a lesser one later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.app.wiring import Tadwin
from pipeline.events import Event, FileChosen
from pipeline.store.database import LibraryDatabase
from pipeline.store.library import Library
from pipeline.types.article import RunStatus
from pipeline.types.batch import VideoStatus
from tests.batch_world import LINES, batch, counts, settings
from tests.cli.test_run import tadwin

if TYPE_CHECKING:
    from pipeline.types.article import Provenance

ID = "dQ-w4_9WgXc"
NAME = f"حلقة [{ID}]"


def typed(folder: Path, ending: str = ".ar.srt") -> Path:
    """The talk as a person typed it."""
    cues = (f"{n}\n00:0{n // 6}:{n % 6}0,000 --> 00:0{n // 6}:{n % 6}9,000\n{line}\n" for n, line in enumerate(LINES))
    return written(folder, ending, "\n".join(cues))


def automatic(folder: Path, ending: str = ".ar.vtt") -> Path:
    """The same as it was recognised: a time for each word, no hamza."""
    text = ["WEBVTT", ""]
    for n, line in enumerate(LINES):
        words = line.replace("أ", "ا").replace("إ", "ا").split()
        spoken = "".join(f"<00:0{n // 6}:{n % 6}{min(at, 8)}.500><c> {word}</c>" for at, word in enumerate(words[1:]))
        text += [f"00:0{n // 6}:{n % 6}0.000 --> 00:0{n // 6}:{n % 6}9.000", f"{words[0]}{spoken}", ""]
    return written(folder, ending, "\n".join(text))


def written(folder: Path, ending: str, text: str) -> Path:
    """A file of the video."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{NAME}{ending}"
    path.write_text(text, encoding="utf-8")
    return path


def provenance(library: Path) -> Provenance:
    """Of the only article."""
    (folder,) = (library / "articles").iterdir()
    return Library(library).article(folder.name).provenance


@pytest.mark.parametrize("way", ["folder", "files", "text of links"])
def test_the_typed_file_makes_the_article(way: str, tmp_path: Path) -> None:
    """In a folder, as arguments or in a text of links: one video, one article, and the other files are named."""
    talks = tmp_path / "talks"
    files = [str(typed(talks)), str(automatic(talks)), str(typed(talks, ".ar-en.srt"))]
    links = tmp_path / "links.txt"
    links.write_text("\n".join(files), encoding="utf-8")
    sources = {"folder": [str(talks)], "files": files[::-1], "text of links": [str(links)]}[way]
    events: list[Event] = []
    report = batch(tmp_path / "out", None, *sources, events=events)

    assert counts(report) == {VideoStatus.DONE: 1}
    assert report.summary.exit_code == 0
    assert "ar.srt" in provenance(tmp_path / "out").reason
    (told,) = (event for event in events if isinstance(event, FileChosen))
    assert told.name == f"{NAME}.ar.srt"
    assert dict(told.passed_over) == {
        f"{NAME}.ar.vtt": "ar, automatic",
        f"{NAME}.ar-en.srt": "a machine translation, as `ar-en` in its name says",
    }


def test_a_typed_file_that_comes_later_takes_the_place(tmp_path: Path) -> None:
    """The article is made again from it, and counts once."""
    talks, library = tmp_path / "talks", tmp_path / "out"
    automatic(talks)
    batch(library, None, str(talks))
    assert "ar.vtt" in provenance(library).reason
    typed(talks)
    batch(library, None, str(talks))

    assert "ar.srt" in provenance(library).reason
    with LibraryDatabase(library, read_only=True) as database:
        assert database.counts() == {VideoStatus.DONE: 1}


def test_an_automatic_file_never_replaces_the_article_of_a_typed_one(tmp_path: Path) -> None:
    """Neither in a later batch nor in a single run; the refusal says what the article is made of."""
    library = tmp_path / "out"
    batch(library, None, str(typed(tmp_path / "talks")))
    lesser = str(automatic(tmp_path / "more"))
    report = batch(library, None, lesser)
    result = Tadwin(settings(library)).run(lesser)

    assert counts(report) == {VideoStatus.PERSON: 1}
    assert result.status is RunStatus.FAILED
    assert result.reason == report.record["missing"][0]["reason"]
    assert f"The only captions in {NAME}.ar.srt" in result.reason
    assert "ar.srt" in provenance(library).reason


def test_a_file_that_is_replaced_makes_its_article_anew(tmp_path: Path) -> None:
    """What lies under the name of the old file takes its place, automatic or not."""
    library, talks = tmp_path / "out", tmp_path / "talks"
    batch(library, None, str(typed(talks)))
    written(talks, ".ar.srt", automatic(talks).read_text(encoding="utf-8"))
    (talks / f"{NAME}.ar.vtt").unlink()

    assert counts(batch(library, None, str(talks))) == {VideoStatus.DONE: 1}
    assert provenance(library).track.origin == "automatic"


def test_a_listed_translation_is_refused_with_the_reason(tmp_path: Path) -> None:
    """An info.json of an English video: the row says why, and the setting that admits it."""
    talks = tmp_path / "talks"
    typed(talks)
    info = {"id": ID, "title": "Talk", "automatic_captions": {"ar": [{}], "en-orig": [{}]}, "subtitles": {}}
    (talks / f"{NAME}.info.json").write_text(json.dumps(info), encoding="utf-8")
    (missing,) = batch(tmp_path / "out", None, str(talks)).record["missing"]

    assert missing["cause"] == "NoArabicCaptions"
    assert "a machine translation" in missing["reason"]
    assert "the video is in en" in missing["reason"]
    assert "allow_translated" in missing["hint"]


def test_the_terminal_names_what_was_passed_over(tmp_path: Path) -> None:
    """On stderr, also in a dry run, which reads the list alone."""
    typed(tmp_path / "talks")
    automatic(tmp_path / "talks")
    dry = tadwin(tmp_path, "batch", "--dry-run", "talks")
    done = tadwin(tmp_path, "batch", "talks", TADWIN_TEXT_MINIMUM_WORDS="5")

    for call in (dry, done):
        assert f"passed over: {NAME}.ar.vtt (ar, automatic)" in call.stderr
    assert dry.stdout.count("\n") == 1
    assert "done            1" in done.stderr
