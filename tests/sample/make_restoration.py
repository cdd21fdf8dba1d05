"""Writes `docs/restoration.md`: `python -m tests.sample.make_restoration`."""

from __future__ import annotations

from pathlib import Path

from models.restore.restorer import EmbeddedRestorer
from pipeline.segment.prepare import NoRestoration, prepare
from pipeline.settings import TextSettings
from pipeline.sources.files import FileSource
from pipeline.types.article import Script, Sentence, SourceKind, VideoReference
from tests.sample.make_example import TALK

PAGE = Path(__file__).parents[2] / "docs" / "restoration.md"
SHOWN = range(24, 44)
"""Numbers of the sentences that are shown."""
HEAD = """# Automatic captions, before and after

Automatic captions of the bundled talk, beside the same sentences in the article's transcript. No word is added,
dropped or replaced; letters get back their hamza and taa marbuta, words their tanween, sentences their punctuation.
[The model card](../models/weights/README.md) has figures and limits.
`python -m tests.sample.make_restoration` writes this page.

| | captions | written |
|---|---|---|
"""


def scripts() -> tuple[Script, Script]:
    """The bundled talk as it was captioned, and as it is written."""
    recording = FileSource().fetch(VideoReference(SourceKind.FILE, str(TALK)))
    return prepare(recording, TextSettings(), NoRestoration()), prepare(recording, TextSettings(), EmbeddedRestorer())


def page() -> str:
    """The page: a row for each of some written sentences, beside the caption words of the same seconds."""
    captioned, written = scripts()
    words = [
        pair for sentence in captioned.sentences for pair in zip(sentence.times, sentence.text.split(), strict=True)
    ]
    rows = [
        f"| {sentence.number} | {_between(words, sentence)} | {sentence.text} |"
        for sentence in written.sentences
        if sentence.number in SHOWN
    ]
    return HEAD + "\n".join(rows) + "\n"


def _between(words: list[tuple[float, str]], sentence: Sentence) -> str:
    return " ".join(word for time, word in words if sentence.times[0] <= time <= sentence.times[-1])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
