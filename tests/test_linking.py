"""Which articles belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import pytest

from pipeline.linking import RelatedFinder, make_card
from pipeline.types.article import ArticleCard, Paragraph, Section, Statement
from tests.fakes import articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.types.links import RelatedArticle

WATER = ArticleCard("a", "ماء المدينة", "a-ماء", ("الماء", "الشبكة", "البئر", "المدينة", "الأنابيب"))
PIPES = ArticleCard("b", "أنابيب", "b-أنابيب", ("أنابيب", "شبكة", "ماء", "كلفة"))
WELLS = ArticleCard("c", "آبار", "c-آبار", ("والبئر", "نهر", "ماء", "مدينة"))
CINEMA = ArticleCard("d", "سينما", "d-سينما", ("فيلم", "مخرج", "ماء"))


def find_related(of: ArticleCard, others: Sequence[ArticleCard], limit: int) -> tuple[RelatedArticle, ...]:
    """What is related to one of these articles."""
    return RelatedFinder(others).of(of, limit)


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
    """In a library of sermons, three words that all share make no two of them related."""
    common = ("الصيام", "الزكاة", "الصلاة")
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


@pytest.mark.parametrize(("title", "known"), [("Sheikh Thubaity 2026-05-15", False), ("Why Python is slow", True)])
def test_a_preacher_and_a_date_are_no_subject(title: str, *, known: bool) -> None:
    """A title of both relates no articles; one that names a subject does."""
    made = articles.article()
    video = replace(made.script.video, title=title)
    named = replace(
        made, script=replace(made.script, video=video), draft=replace(made.draft, title=title, headline=title)
    )
    assert (title.split()[1] in make_card(named, "x").terms) == known


def test_words_that_both_say_in_passing_are_no_reason() -> None:
    """Three common words far down on the cards relate nothing; with one that leads both cards they do."""

    def card(name: str, *last: str) -> ArticleCard:
        return ArticleCard(name, "", name, (*(name * 3 + letter for letter in "بتجدرسصطعفقك"), *last))

    shared = ("دعوة", "حقوق", "رواية")
    one, two = card("ن", *shared), card("ل", *shared)

    assert find_related(one, (two,), 5) == ()
    assert find_related(replace(one, terms=("حج", *one.terms)), (replace(two, terms=("حج", *two.terms)),), 5) != ()


def test_formulas_and_vague_words_are_no_reason() -> None:
    """Prayers, blessings, greetings, and words of any talk relate nothing: they are on no card."""
    said = (
        "اللهم أصلح قلوبنا وانصر إخواننا",
        "السلام عليكم ورحمة الله وبركاته",
        "ويا قلبي وحياة الناس في الدنيا",
        "والزراعة تحتاج إلى صلى الله عليه وسلم مياه",
        "عباد الله اتقوا الله وصلوا على النبي الكريم",
        "قال تعالى: ﴿والسماء رفعها ووضع الميزان﴾",
    )
    paragraph = Paragraph(tuple(Statement(text, (1,)) for text in said))
    empty = Paragraph(())
    draft = replace(
        articles.draft(articles.script()),
        title="عنوان",
        headline="عنوان",
        lead=empty,
        background=(),
        sections=(Section("", (paragraph,)),),
        challenges=None,
        outlook=None,
        conclusion=empty,
    )

    assert set(make_card(articles.article(written=draft), "x").terms) == {"الزراعة", "تحتاج", "مياه"}


def test_identical_titles_carry_their_day() -> None:
    """Two Friday sermons of one title are told apart, and one that has the title of the article itself."""
    friday, later = date(2026, 4, 17), date(2026, 4, 24)
    one, two = replace(PIPES, id="x", published=friday), replace(PIPES, id="y", published=later)

    assert [each.title for each in find_related(WATER, (one, two), 5)] == [
        "أنابيب (17 أبريل 2026)",
        "أنابيب (24 أبريل 2026)",
    ]
    assert find_related(replace(WATER, title="أنابيب"), (one,), 5)[0].title == "أنابيب (17 أبريل 2026)"
    assert find_related(WATER, (one, WELLS), 5)[0].title == "أنابيب"


def test_the_neighbours_of_all_articles_take_time_in_proportion_to_their_number() -> None:
    """Four times as many articles cost about four times as much, though common words link them all."""

    def library(size: int) -> list[ArticleCard]:
        chance = Random(size)  # noqa: S311 - no secret
        words = ["".join(chance.choices("بتجدرسصطعفقكلمن", k=6)) for _ in range(size)]
        return [
            ArticleCard(f"v{n}", "", f"v{n}", (*chance.sample(words[:60], 20), *chance.sample(words, 20)))
            for n in range(size)
        ]

    def seconds(size: int) -> float:
        cards = library(size)
        start = process_time()
        finder = RelatedFinder(cards)
        assert all(finder.of(card, 5) for card in cards)
        return process_time() - start

    assert min(seconds(800) for _ in range(2)) < 1.7 * 4 * min(seconds(200) for _ in range(3))
