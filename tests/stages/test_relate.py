"""Which articles belong together."""

from __future__ import annotations

from dataclasses import replace

from pipeline.stages.relate import card, relate
from pipeline.types import Card
from tests.fakes import articles

WATER = Card("a", "ماء المدينة", "a-ماء", ("الماء", "الشبكة", "البئر", "المدينة", "الأنابيب"))
PIPES = Card("b", "أنابيب", "b-أنابيب", ("أنابيب", "شبكة", "ماء", "كلفة"))
WELLS = Card("c", "آبار", "c-آبار", ("والبئر", "نهر", "ماء", "مدينة"))
CINEMA = Card("d", "سينما", "d-سينما", ("فيلم", "مخرج", "ماء"))


def test_a_card_keeps_what_the_article_is_about() -> None:
    """Words of the title and the headings come first, one of each stem, as they are spelled, no small words."""
    made = card(articles.article(), "TadwinDemo1-x")

    assert (made.id, made.folder, made.findings) == ("TadwinDemo1", "TadwinDemo1-x", 0)
    assert "المدينة" in made.terms[:6]
    assert {"الماء", "الفاقد"} <= set(made.terms[:10])
    assert not {"في", "من", "على", "كلها", "التي"} & set(made.terms)
    assert len(made.terms) <= 40


def test_a_card_counts_its_findings() -> None:
    """An index can show which article needs a look."""
    assert card(articles.flawed(), "x").findings == 4


def test_articles_with_common_words_are_related() -> None:
    """Forms of one word count as one; the reason is given in this article's own spelling."""
    found = relate(WATER, (CINEMA, WELLS, PIPES), 5)

    assert [other.id for other in found] == ["b", "c"]
    assert found[0].shared == ("الشبكة", "الماء", "الأنابيب")
    assert found[0].path == "../b-أنابيب"


def test_two_common_words_are_chance() -> None:
    """Below three common words nothing is named: an honest empty list."""
    assert relate(WATER, (replace(PIPES, terms=("ماء", "شبكة")), CINEMA), 5) == ()
    assert relate(WATER, (), 5) == ()


def test_an_article_is_not_related_to_itself() -> None:
    """Not even when it was made before under the same id."""
    assert relate(WATER, (replace(WATER, folder="old"),), 5) == ()


def test_no_more_than_asked_for_in_a_fixed_order() -> None:
    """The closest come first, equal ones by id, whatever the order of the library."""
    twins = [replace(PIPES, id=name) for name in "zyx"]

    assert [other.id for other in relate(WATER, twins, 2)] == ["x", "y"]
    assert relate(WATER, twins[::-1], 2) == relate(WATER, twins, 2)
