"""One caption file for each video, by the rule for tracks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.events import Event, FileChosen
from pipeline.settings import SourceSettings
from pipeline.sources.file_choice import FileChooser

ID = "dQ-w4_9WgXc"
TYPED = "1\n00:00:01,000 --> 00:00:03,000\nأهلًا بكم في هذا البرنامج.\n"
AUTOMATIC = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nاهلا<00:00:01.500><c> بكم</c><00:00:02.000><c> في</c>\n"
NO_WORD_TIMES = "1\n00:00:01,000 --> 00:00:03,000\nاهلا بكم في هذا البرنامج\n"
ENGLISH = "1\n00:00:01,000 --> 00:00:03,000\nWelcome to this show\n"
UNTIMED = "أهلًا بكم في هذا البرنامج."

CASES = (
    ("typed before automatic", {".ar.srt": TYPED, ".ar.vtt": AUTOMATIC}, ".ar.srt"),
    ("whatever their names", {".ar.vtt": AUTOMATIC, ".txt": UNTIMED}, ".txt"),
    ("in any order of names", {".ar.json": "{}", ".ar-orig.srt": NO_WORD_TIMES, ".ar.vtt": TYPED}, ".ar.vtt"),
    ("typed before automatic without word times", {".ar.srt": NO_WORD_TIMES, ".ar.vtt": TYPED}, ".ar.vtt"),
    ("a region counts as Arabic", {".ar-EG.srt": TYPED, ".ar.vtt": AUTOMATIC}, ".ar-EG.srt"),
    ("a region in small letters too", {".ar-sa.srt": TYPED, ".ar-orig.vtt": AUTOMATIC}, ".ar-sa.srt"),
    ("of two typed ones, plain Arabic", {".ar-EG.srt": TYPED, ".ar.srt": TYPED}, ".ar.srt"),
    ("of two typed ones, the one with times", {".ar.srt": TYPED, ".txt": UNTIMED}, ".ar.srt"),
    (
        "of two automatic ones, the one with word times",
        {".ar-orig.srt": NO_WORD_TIMES, ".ar.vtt": AUTOMATIC},
        ".ar.vtt",
    ),
    ("Arabic before English", {".en.srt": ENGLISH, ".ar.vtt": AUTOMATIC}, ".ar.vtt"),
    ("automatic before a translation", {".ar-en.srt": TYPED, ".ar-orig.vtt": AUTOMATIC}, ".ar-orig.vtt"),
    ("no captions for the deaf", {".ar.sdh.srt": TYPED, ".ar.srt": TYPED}, ".ar.srt"),
    ("none can be read: the one called Arabic", {".en.srt": ENGLISH, ".ar.srt": ""}, ".ar.srt"),
    ("none can be read: the translation", {".en.srt": ENGLISH, ".ar-en.srt": TYPED}, ".ar-en.srt"),
)


def written(folder: Path, stem: str, files: dict[str, str]) -> list[Path]:
    """Files with these endings, in the order of their names."""
    for ending, content in files.items():
        (folder / f"{stem}{ending}").write_text(content, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("stem", [f"حلقة [{ID}]", "حلقة"], ids=["id", "no id"])
@pytest.mark.parametrize(("why", "files", "chosen"), CASES, ids=[case[0] for case in CASES])
def test_the_best_file_of_a_video_is_chosen(
    why: str, files: dict[str, str], chosen: str, stem: str, tmp_path: Path
) -> None:
    """Each case names the rule it stands for; the others are named once, with what they are."""
    events: list[Event] = []
    paths = written(tmp_path, stem, files)
    found = FileChooser(SourceSettings(), events.append).choose(paths)

    assert [path.name for path in found] == [f"{stem}{chosen}"], why
    (told,) = events
    assert isinstance(told, FileChosen)
    assert sorted([told.name, *dict(told.passed_over)]) == sorted(f"{stem}{ending}" for ending in files)
    assert all(dict(told.passed_over).values())


def test_an_allowed_translation_is_chosen_where_nothing_else_is_there(tmp_path: Path) -> None:
    """Never before the speech itself."""
    chooser = FileChooser(SourceSettings(allow_translated=True))
    translated = written(tmp_path, f"x [{ID}]", {".en.srt": ENGLISH, ".ar-en.srt": TYPED})
    assert [path.name for path in chooser.choose(translated)] == [f"x [{ID}].ar-en.srt"]

    both = written(tmp_path, f"x [{ID}]", {".ar-orig.vtt": AUTOMATIC})
    assert [path.name for path in chooser.choose(both)] == [f"x [{ID}].ar-orig.vtt"]


def test_files_of_other_videos_stay(tmp_path: Path) -> None:
    """Other ids, other names, other folders, and endings that only look like a language; nothing is reported."""
    events: list[Event] = []
    (tmp_path / "other").mkdir()
    names = ("a [aaaaaaaaaaa].ar.srt", "a [bbbbbbbbbbb].ar.srt", "part.one.srt", "part.two.srt", "v1.srt", "v2.srt")
    paths = [tmp_path / name for name in (*names, "other/v1.srt", ".ar.srt")]
    for path in paths:
        path.write_text(TYPED, encoding="utf-8")

    assert FileChooser(SourceSettings(), events.append).choose(paths) == paths
    assert events == []


def test_one_video_under_two_titles_is_one(tmp_path: Path) -> None:
    """The id counts, in the name or in the info.json beside; so it does in a recording of this project."""
    (tmp_path / "old.info.json").write_text(json.dumps({"id": ID, "title": "ع"}), encoding="utf-8")
    own = {
        "video": {"id": ID, "title": "ع"},
        "transcript": {
            "track": {"language": "ar", "origin": "automatic"},
            "captions": [{"text": "اهلا بكم", "start": 0.0, "end": 1.0}],
        },
    }
    (tmp_path / "own.json").write_text(json.dumps(own), encoding="utf-8")
    for name in (f"new [{ID}].ar.srt", "old.ar.vtt"):
        (tmp_path / name).write_text(TYPED if name.endswith("srt") else AUTOMATIC, encoding="utf-8")
    paths = [tmp_path / name for name in ("old.ar.vtt", "own.json", f"new [{ID}].ar.srt")]

    assert FileChooser(SourceSettings()).choose(paths) == [tmp_path / f"new [{ID}].ar.srt"]
