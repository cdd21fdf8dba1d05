"""Articles about the talks of the corpus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.training.corpus.articles import ArticleSentence, articles, faults
from models.training.corpus.files import CORPUS, talks

TALKS = {talk.id: talk for talk in talks(CORPUS)}
ARTICLES = articles()


def test_thirty_talks_have_one_without_fault() -> None:
    """Each is in the form that customers publish, and every sentence names lines of its talk."""
    assert len(ARTICLES) == 30
    assert [fault for each in ARTICLES for fault in faults(each, TALKS[each.talk])] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"lead": ()}, "a part is missing"),
        ({"main_points": ARTICLES[0].main_points[:9]}, "9 main points"),
        ({"sections": ARTICLES[0].sections[:1] * 4}, "1 different headings"),
        ({"conclusion": (ArticleSentence("قال المتحدث ذلك.", (999,)),)}, "lines (999,)"),
        ({"conclusion": (ArticleSentence("قال المتحدث ذلك", (1,)),)}, "no mark"),
        ({"background": (ArticleSentence("كلمة " * 700 + ".", (1,)),)}, "words"),
    ],
)
def test_a_fault_is_named(change: dict[str, object], fault: str) -> None:
    """What an article lacks, and lines that the talk does not have."""
    article = replace(ARTICLES[0], **change)  # type: ignore[arg-type]

    assert any(fault in each for each in faults(article, TALKS[article.talk]))
