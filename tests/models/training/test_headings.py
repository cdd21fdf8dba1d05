"""What headings are learned from: sections of articles, and titles."""

import json
import lzma
from pathlib import Path

import pytest

from models.training.articles import paragraphs, read
from models.training.headings import Headed, fitted, headed_sections, sentences
from pipeline.segment.heading_weights import WEIGHTS
from pipeline.segment.headings import heading_features, talk_vocabulary
from tests.segment.subjects import RIVER, SCHOOL, TRADE

ARTICLE = [" ".join(RIVER), "تعليم الصغار", " ".join(SCHOOL), "انظر الآتي", " ".join(TRADE)]


def learned(heading: str, *texts: str) -> Headed:
    """A passage under its heading, beside all texts."""
    return Headed(heading, tuple(sentences(texts)), talk_vocabulary(sentences([*RIVER, *SCHOOL, *TRADE])))


def test_a_section_is_what_follows_its_heading() -> None:
    """A short paragraph between two long ones heads what follows; a reference to elsewhere heads nothing."""
    ((heading, body, rest),) = headed_sections(ARTICLE)
    assert heading == "تعليم الصغار"
    assert body[0].text in SCHOOL[0]
    assert {sentence.text for sentence in rest}.isdisjoint({sentence.text for sentence in body})


@pytest.mark.parametrize("text", ["<br>", "formula_1", "تعليم 1984", "وهو تعليم الصغار", "هذا تعليم الصغار.", ""])
def test_what_is_no_heading_heads_nothing(text: str) -> None:
    """Remains of markup, figures, sentences and nothing at all."""
    assert list(headed_sections([ARTICLE[0], text, ARTICLE[2]])) == []


def test_what_headings_say_weighs_more() -> None:
    """Learned from passages whose heading is their most frequent word, frequency speaks for a word."""
    weights = fitted([learned("النهر", *RIVER), learned("المدارس", *SCHOOL)] * 3)
    assert weights["said"] > 0


def test_the_title_of_the_article_tells_no_section() -> None:
    """A word that the article's title has is not learned from: it stands for all sections."""
    one = learned("النهر", *RIVER)
    hidden = Headed(one.heading, one.passage, one.whole, known=frozenset({"النهر"}))
    assert fitted([one])["bias"] != fitted([hidden])["bias"]


def test_the_shipped_weights_are_for_what_is_observed() -> None:
    """Each value that a word is judged by has a weight, and no weight waits for a value that is gone."""
    passage = sentences(RIVER)
    assert all(seen.keys() == WEIGHTS.keys() for _, seen in heading_features(passage, talk_vocabulary(passage)))


def test_articles_are_read_from_compressed_lines(tmp_path: Path) -> None:
    """One JSON object a line, title and paragraphs as they are."""
    file = tmp_path / "articles.xz"
    article = {"id": "1", "title": "نهر", "paragraphs": ["ماء", "طين"]}
    file.write_bytes(lzma.compress(json.dumps(article).encode()))
    assert list(read(file)) == [article]
    assert list(paragraphs(file)) == [["ماء", "طين"]]
