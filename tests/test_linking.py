"""Which articles belong together."""

from __future__ import annotations

from dataclasses import replace

from pipeline.linking import find_related, make_card
from pipeline.types.article import ArticleCard, Paragraph, Section, Statement
from tests.fakes import articles

WATER = ArticleCard("a", "ماء المدينة", "a-ماء", ("الماء", "الشبكة", "البئر", "المدينة", "الأنابيب"))
PIPES = ArticleCard("b", "أنابيب", "b-أنابيب", ("أنابيب", "شبكة", "ماء", "كلفة"))
WELLS = ArticleCard("c", "آبار", "c-آبار", ("والبئر", "نهر", "ماء", "مدينة"))
CINEMA = ArticleCard("d", "سينما", "d-سينما", ("فيلم", "مخرج", "ماء"))


def test_a_card_keeps_what_the_article_is_about() -> None:
    """Words of the title and the headings come first, one of each stem, as they are spelled, no small words."""
    made = make_card(articles.article(), "TadwinDemo1-x")

    assert (made.id, made.folder, made.findings) == ("TadwinDemo1", "TadwinDemo1-x", 0)
    assert "المدينة" in made.terms[:6]
    assert {"الماء", "الفاقد"} <= set(made.terms[:10])
    assert not {"في", "من", "على", "كلها", "التي"} & set(made.terms)
    assert len(made.terms) <= 40


def test_a_card_counts_its_findings() -> None:
    """An index can show which article needs a look."""
    assert make_card(articles.flawed(), "x").findings == 3


def test_articles_with_common_words_are_related() -> None:
    """Forms of one word count as one; the reason is given in this article's own spelling."""
    found = find_related(WATER, (CINEMA, WELLS, PIPES), 5)

    assert [other.id for other in found] == ["b", "c"]
    assert found[0].shared == ("الشبكة", "الأنابيب", "الماء")
    assert found[0].path == "../b-أنابيب"


def test_two_common_words_are_chance() -> None:
    """Below three common words nothing is named: an honest empty list."""
    assert find_related(WATER, (replace(PIPES, terms=("ماء", "شبكة")), CINEMA), 5) == ()
    assert find_related(WATER, (), 5) == ()


def test_an_article_is_not_related_to_itself() -> None:
    """Not even when it was made before under the same id."""
    assert find_related(WATER, (replace(WATER, folder="old"),), 5) == ()


def test_no_more_than_asked_for_in_a_fixed_order() -> None:
    """The closest come first, equal ones by id, whatever the order of the library."""
    twins = [replace(PIPES, id=name) for name in "zyx"]

    assert [other.id for other in find_related(WATER, twins, 2)] == ["x", "y"]
    assert find_related(WATER, twins[::-1], 2) == find_related(WATER, twins, 2)


def test_a_word_that_every_article_has_tells_nothing() -> None:
    """In a library of sermons, three pious words that all share make no two of them related."""
    common = ("الله", "النبي", "الصلاة")
    library = [ArticleCard(f"s{number}", "خطبة", "x", (*common, f"خاص{'ا' * number}مختلف")) for number in range(6)]

    assert find_related(replace(library[0], id="new"), library[1:], 5) == ()
    assert len(find_related(replace(library[0], id="new"), library[1:3], 5)) == 2


def test_rare_words_count_more() -> None:
    """Of two articles with as many common words, the rarer ones weigh more than a slightly higher rank."""
    own = ArticleCard("new", "", "", ("نهر", "سحاب", "جفاف", "مطر", "سدود", "ريح"))
    often = ArticleCard("often", "", "", ("نهر", "جفاف", "سدود"))
    rare = ArticleCard("rare", "", "", ("سحاب", "مطر", "ريح"))
    strangers = tuple(ArticleCard(f"x{number}", "", "", ("فيلم",)) for number in range(4))
    rivers = tuple(ArticleCard(f"r{number}", "", "", ("نهر", "جفاف", "قارب", "سدود")) for number in range(2))

    assert find_related(own, (often, rare, *strangers), 1)[0].id == "often"
    assert find_related(own, (often, rare, *strangers[:2], *rivers), 1)[0].id == "rare"


def test_words_that_only_frame_are_on_no_card() -> None:
    """Who speaks and adds is in every article of the embedded writer."""
    spoken = Statement("ويضيف المتحدث: السدود عالية، ويقول المتحدث: والفيديو طويل", (1,))
    draft = articles.draft(articles.script())
    draft = replace(draft, sections=(*draft.sections, Section("", (Paragraph((spoken,) * 30),))))

    terms = make_card(articles.article(written=draft), "x").terms
    assert "السدود" in terms
    assert not [term for term in terms if "المتحدث" in term or "يضيف" in term or "فيديو" in term]
