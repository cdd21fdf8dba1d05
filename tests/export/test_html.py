"""The page as a file: complete, Arabic, readable without a network."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pipeline.export import html
from pipeline.types.article import Article, Paragraph
from pipeline.types.links import RelatedArticle
from tests.export.markup import Seen
from tests.fakes import articles

PAGE = html.export(articles.article()).decode()
SEEN = Seen(PAGE)
STYLE = re.sub(r"base64,[\w+/=]*", "", "".join(SEEN.styles))
SIDES = re.compile(r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|width|height):")


def luminance(colour: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_page_is_arabic_from_right_to_left() -> None:
    """Language and direction stand on the root, the character set first."""
    assert '<html lang="ar" dir="rtl">' in PAGE
    assert PAGE.index('<meta charset="utf-8">') < 200


def test_the_page_needs_no_network_and_no_script() -> None:
    """Nothing is loaded: fonts are inside, a policy forbids the rest, no script exists."""
    assert not {"script", "link", "img", "iframe"} & set(SEEN.tags)
    assert re.findall(r"url\((?!data:font/woff2;base64,)", PAGE) == []
    assert "default-src 'none'" in PAGE


def test_the_page_is_small() -> None:
    """With its fonts it stays below 150 kB."""
    assert len(PAGE.encode()) < 150_000


def test_the_fonts_are_inside_with_two_weights() -> None:
    """Arabic and Latin letters, regular and bold, each a real woff2."""
    fonts = re.findall(r"base64,([\w+/=]+)", PAGE)

    assert len(fonts) == 4
    assert all(font.startswith("d09GMg") for font in fonts)  # `wOF2`
    assert STYLE.count("font-weight:700") >= 2


def test_style_knows_no_left_and_right() -> None:
    """Only logical properties, so that the page is right in its direction; letters are never spread or slanted."""
    assert SIDES.findall(STYLE.replace("max-width:30rem", "").replace("width=device-width", "")) == []
    assert "letter-spacing" not in STYLE
    assert "italic" not in STYLE


@pytest.mark.parametrize("theme", [0, 1])
def test_colours_have_contrast(theme: int) -> None:
    """Text has 4.5 : 1 and bars have 3 : 1 at least against the paper, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""
    root = re.findall(r":root\{([^}]*)\}", STYLE)[theme]
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", root))

    assert min(contrast(colours[name], colours["paper"]) for name in ("ink", "soft", "accent", "c2")) >= 4.5
    assert min(contrast(colours[f"c{number}"], colours["paper"]) for number in range(1, 9)) >= 3


def test_the_parts_stand_in_order() -> None:
    """Title, headline, lead, background, transition, sections, ..., conclusion, related, evidence."""
    parts = [
        "كيف نحفظ الماء في مدننا؟",
        "قياس الفاقد وإصلاح الأنابيب وإعادة استعمال المياه",
        "يتناول الفيديو المعنون",
        "في عام 1990 كانت المدينة",
        "ويمكن تلخيص",
        "قياس الفاقد في الشبكة",
        "إصلاح الأنابيب القديمة",
        "إعادة استعمال المياه الرمادية",
        "التحديات",
        "الآفاق",
        "الخلاصة",
        "مقالات مرتبطة",
        "المصدر والتوثيق",
        "نص الحديث كاملًا",
    ]
    at = SEEN.prose.index("ساعة واحدة و15 دقيقة")
    for part in parts:
        at = SEEN.prose.index(part, at)


def test_every_statement_links_to_its_second() -> None:
    """A sentence at 15 minutes and one beyond an hour, each with its clock."""
    assert f'href="{articles.URL}&amp;t=870s"' in PAGE
    assert ">14:30<" in PAGE
    assert f'href="{articles.URL}&amp;t=3725s"' in PAGE
    assert ">1:02:05<" in PAGE


def test_a_mark_shows_the_words_it_rests_on() -> None:
    """The sentence can be read on the mark, without the video."""
    assert 'title="الجملة 9: عمر بعض الأنابيب يزيد على ستين سنة"' in PAGE


def test_without_times_marks_lead_to_the_transcript() -> None:
    """The number of the sentence, linked to where it stands below; no clock anywhere."""
    made = articles.article(timed=False)
    seen = Seen(html.export(replace(made, report=replace(made.report, editor_notes=()))).decode())

    inner = [address for address in seen.addresses if address.startswith("#")]
    assert len(inner) == 20
    assert {address[1:] for address in inner} <= set(seen.ids)
    assert "ج 9" in seen.prose
    assert not re.search(r"\d:\d\d", seen.prose)
    assert "لا أوقات في المصدر" in seen.prose


def test_without_an_address_times_are_not_linked() -> None:
    """A caption file has times but no page to go to."""
    talk = articles.script()
    article = articles.article(talk=replace(talk, video=replace(talk.video, url="")))
    seen = Seen(html.export(article).decode())

    assert seen.addresses == []
    assert "14:30" in seen.prose


def test_latin_and_addresses_are_isolated() -> None:
    """Names, versions and ranges stand in isolated left-to-right elements; plain numbers do not."""
    for run in ("Python 3.14", "GitHub", "World Bank", "35%", "10–20"):
        assert f'<bdi dir="ltr">{run}</bdi>' in PAGE
    assert '<bdi dir="ltr">1990</bdi>' not in PAGE


def test_findings_are_shown_where_they_are() -> None:
    """Each is a numbered note in Arabic, and the sentence in question links to it."""
    page = html.export(articles.doubted()).decode()
    seen = Seen(page)

    assert "رقم لم يرد في الجمل المستشهد بها (40%) — القسم 3، الفقرة 1: وجدنا أن أربعين" in seen.prose
    assert {"#n1", "#n2", "#n3"} <= set(seen.addresses)
    assert {"n1", "n2", "n3", "n4"} <= set(seen.ids)
    assert "doubt" in page


def test_the_bar_runs_from_right_to_left() -> None:
    """The first minutes are drawn at the right end, as the page is read; what no section stands for is named."""
    article = articles.flawed()
    page = html.export(article).decode()
    rects = re.findall(r'<rect class="c(\d)" x="(\d+)" y="0" width="(\d+)"', page)

    assert rects[0] == ("0", "0", "1000")
    assert ("2", "973", "13") in rects  # of the background, whose first sentence is at 63 seconds of 4,500
    assert all(int(x) >= 0 and int(x) + int(width) <= 1000 for _, x, width in rects)
    assert "أطول ما تُرك 0:00–1:03، 46:59–1:02:05" in Seen(page).prose


def test_the_lead_links_the_title_and_shows_no_bare_address() -> None:
    """The sentence reads on where the address stood; the title is the link."""
    lead = PAGE[PAGE.index("يتناول الفيديو المعنون") :]
    title = articles.script().video.title

    assert lead.startswith(f'يتناول الفيديو المعنون بـ «<a href="{articles.URL}">{title}</a>»')
    assert "بتاريخ 23 نوفمبر 2026، موضوع الماء" in SEEN.prose
    assert articles.URL not in SEEN.prose


def test_a_foreign_channel_does_not_swallow_the_day() -> None:
    """`17` stays before its month: the channel alone is isolated."""
    made = articles.article()
    video = replace(made.script.video, channel="Haramain Recordings", published=date(2026, 4, 17))
    page = html.export(replace(made, script=replace(made.script, video=video))).decode()

    assert '<p class="kicker"><bdi dir="ltr">Haramain Recordings</bdi> · 17 أبريل 2026 · ' in page


def test_a_headline_that_repeats_the_title_is_left_out() -> None:
    """A deck says something that the title does not, in its language."""
    made = articles.article()

    assert 'class="deck"' in PAGE
    for idle in ("كيف نحفظ الماء في مدننا", "Sheikh Humaid 2026-06-19"):
        again = replace(made.draft, headline=idle)
        assert 'class="deck"' not in html.export(replace(made, draft=again)).decode()


def test_background_and_transition_are_no_sections() -> None:
    """They are told before the sections, without a heading."""
    headings = re.findall(r"<h2>([^<]*)</h2>", PAGE)

    assert headings[0] == "قياس الفاقد في الشبكة"
    assert PAGE.count("<section>") == 6  # three sections, challenges, outlook, conclusion


def test_the_page_ends_without_jargon() -> None:
    """What only engineers read is folded: no identity or digest stands in the open."""
    open_text = Seen(re.sub(r"<details>.*?</details>", "", PAGE, flags=re.DOTALL)).prose

    assert "أعدّ برنامج «تدوين» هذا المقال" in open_text
    assert not re.search(r"extractive/1|yt-dlp|[0-9a-f]{12}", open_text)
    assert "extractive/1" in SEEN.prose


def test_marks_are_small_and_their_targets_large() -> None:
    """A time is smaller than the text, what a thumb can hit is 44 pixels (WCAG 2.2, 2.5.5), and paper has brackets."""
    screen, paper = STYLE.split("@media print", 1)

    assert re.search(r"\.mark\{[^}]*font-size:\.\d+rem;line-height:0", screen)
    assert re.search(r"a\.mark::after\{[^}]*inline-size:max\(100%,44px\);block-size:44px", screen)
    assert '.mark::before{content:"["}' in paper


def test_what_was_removed_is_listed() -> None:
    """Reason, words and time."""
    assert "أصوات وعلامات: 1" in SEEN.prose
    assert "«[موسيقى]» (0:00)" in SEEN.prose


def test_related_articles_are_linked_with_their_reason() -> None:
    """The path is encoded, the title shown, the shared words beside it; without any there is an honest line."""
    page = html.export(replace(articles.article(), related=(articles.related(),))).decode()

    assert 'href="../TadwinDemo2-%D8%A7%D9%84' in page
    assert "الطاقة الشمسية على سطح كل بيت المدينة، عدادات" in Seen(page).prose
    assert "لا توجد بعدُ مقالات مرتبطة" in SEEN.prose


def test_a_related_path_cannot_leave_its_scheme() -> None:
    """A damaged card cannot become a link to a script."""
    bad = RelatedArticle("x", "عنوان", "javascript:alert(1)", ())

    assert 'href="javascript:' not in html.export(replace(articles.article(), related=(bad,))).decode()


def bare() -> Article:
    """An article that has only what every article has."""
    made = articles.article(timed=False)
    draft = replace(
        made.draft, background=(), transition=Paragraph(()), challenges=None, outlook=None, conclusion=Paragraph(())
    )
    report = replace(made.report, removed=(), findings=())
    video = replace(made.script.video, channel="", published=None)
    return replace(made, draft=draft, report=report, script=replace(made.script, video=video))


def test_parts_that_a_talk_does_not_have_leave_no_trace() -> None:
    """No empty heading, paragraph or list."""
    page = html.export(bare()).decode()

    assert not re.search(r"<(p|h1|h2|h3|ul|ol|dd|section)( class=\"\w+\")?>\s*</\1>", page)
    assert "التحديات" not in Seen(page).prose
    assert "ما تُرك" not in Seen(page).prose


def test_the_same_article_gives_the_same_bytes() -> None:
    """No clock and no chance in a page."""
    assert html.export(articles.article()) == html.export(articles.article())


def test_the_editors_box_stands_at_the_top_and_is_open() -> None:
    """Each item is short and leads to its second; an article without notes has no box."""
    box = PAGE[PAGE.index('<details class="editor" open>') : PAGE.index("</details>")]
    bare = replace(articles.article().report, editor_notes=())

    assert PAGE.index("<h1>") < PAGE.index('<details class="editor"') < PAGE.index("يتناول الفيديو المعنون")
    assert f'<bdi dir="ltr">World Bank</bdi>&#8288;<a class="mark" href="{articles.URL}&amp;t=122s"' in box
    assert "ينقل المقال 208 من 219 كلمة (" in Seen(box + "</details>").prose
    assert 'class="editor"' not in html.export(replace(articles.article(), report=bare)).decode()
