"""Captions in the forms in which they come: every word once and in order, or a refusal that names the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline.arabic.normalize import words
from pipeline.errors import FileUnreadable
from pipeline.segment.prepare import prepare
from pipeline.settings import TextSettings
from pipeline.sources.files import FileSource
from pipeline.types.article import SourceKind, VideoReference
from tests.fakes.caption_forms import READ, REFUSED, TALK, UNTIMED

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.types.article import Recording, Script

FORMS = [pytest.param(name, data, id=f"{kind}: {name}") for kind, forms in READ.items() for name, data in forms.items()]
_BEGINS_WITH_A_MARK = re.compile(r"[\s\u200e\u200f]*[-–—.،؛؟!?:,;…]")
_NO_SPEECH = re.compile(r"[<>{}\\\ufe70-\ufefc]|&\w+;|\[ ?_|-->|\d:\d\d")


def prepared(path: Path, data: str | bytes) -> Script:
    """The script of a file with this content."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return prepare(_recorded(path), TextSettings(minimum_words=1))


def _recorded(path: Path) -> Recording:
    return FileSource().fetch(VideoReference(SourceKind.FILE, str(path)))


@pytest.mark.parametrize(("name", "data"), FORMS)
def test_every_word_is_said_once_and_in_order(tmp_path: Path, name: str, data: str | bytes) -> None:
    """Whatever form captions have: no word is lost, doubled or made of times, labels and markup; times ascend."""
    script = prepared(tmp_path / name, data)
    texts = [sentence.text for sentence in script.sentences]
    starts = [sentence.start for sentence in script.sentences if sentence.start is not None]

    assert words(" ".join(texts)) == words(" ".join(TALK))
    assert [text for text in texts if _BEGINS_WITH_A_MARK.match(text) or _NO_SPEECH.search(text)] == []
    assert len(starts) == (0 if name in UNTIMED else len(texts))
    assert starts == sorted(starts)


@pytest.mark.parametrize("name", REFUSED)
def test_times_that_cannot_be_read_are_refused_by_line(tmp_path: Path, name: str) -> None:
    """A file with times in a form that is not known is never read as plain text: the line is named."""
    data, number = REFUSED[name]
    with pytest.raises(FileUnreadable, match=rf"line {number} ") as caught:
        prepared(tmp_path / name, data)
    assert "\n" not in str(caught.value)


CASES = 77
"""Inputs of the shared folder, besides the words that were said."""


def test_the_reported_forms(shared: Path) -> None:
    """Every form of the public reports has its words once and in order."""
    folder = shared / "cases" / "captions"
    if not folder.is_dir():
        pytest.skip(f"no shared cases: {folder} does not exist")
    said = words((folder / "said.txt").read_text(encoding="utf-8"))
    dialogue = prepare(_recorded(folder / "07-cp1256-short-lines" / "00-utf-8.srt"), TextSettings())
    known = {"07-cp1256-short-lines": words(" ".join(sentence.text for sentence in dialogue.sentences))}
    paths = sorted(path for path in folder.glob("*/*") if path.is_file())
    assert len(paths) == CASES
    for path in paths:
        script = prepare(_recorded(path), TextSettings())
        found = words(" ".join(sentence.text for sentence in script.sentences))
        assert found == known.get(path.parent.name, said), path.name
