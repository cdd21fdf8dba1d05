"""What is taken from an encyclopedia's articles, and what is left out."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING

from models.training.restore import corpus

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "ذهب الأولاد إلى المدرسة في الصباح، ثم عادوا مساءً إلى البيت."


def test_words_carry_what_captions_lose() -> None:
    """Spelling, tanween and the mark; numbers and foreign words by their kind alone."""
    found = corpus.tokens("شكراً جزيلًا، في 2004 مع YouTube.")

    assert [(token.text, token.tanween, token.mark) for token in found] == [
        ("شكرا", True, ""),
        ("جزيلا", True, "،"),
        ("في", False, ""),
        ("0", False, ""),
        ("مع", False, ""),
        ("a", False, "."),
    ]


def test_only_running_text_is_kept() -> None:
    """A paragraph ends with a full stop, has eight words at least and is no table of numbers."""
    table = "1 2 3 4 5 6 في 8 9 10 من 12."

    assert len(corpus.prose([SENTENCE, SENTENCE[:-1], "نص قصير جداً.", table])) == 1


def test_asides_are_not_read() -> None:
    """What stands in brackets is not spoken."""
    (words,) = corpus.prose([SENTENCE.replace("الأولاد", "الأولاد (بالإنجليزية: The boys)")])

    assert [word.text for word in words][:3] == ["ذهب", "الأولاد", "إلى"]


def test_careful_articles_write_hamza() -> None:
    """An author who leaves out hamza teaches no spelling."""
    careless = SENTENCE.replace("أ", "ا").replace("إ", "ا")

    assert corpus.careful(corpus.prose([SENTENCE]))
    assert not corpus.careful(corpus.prose([careless]))
    assert not corpus.careful([])


def test_some_articles_are_kept_apart_for_good() -> None:
    """About three in a hundred, the same ones in every run."""
    apart = [name for name in map(str, range(5000)) if corpus.is_dev(name)]

    assert 100 <= len(apart) <= 200
    assert apart == [name for name in map(str, range(5000)) if corpus.is_dev(name)]


def test_articles_are_read_from_lines(tmp_path: Path) -> None:
    """One article a line, with its identifier."""
    with lzma.open(tmp_path / "x.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "7", "title": "ت", "paragraphs": [SENTENCE]}) + "\n")

    assert list(corpus.articles(tmp_path / "x.jsonl.xz")) == [("7", [SENTENCE])]
