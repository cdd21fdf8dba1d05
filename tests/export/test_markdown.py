"""The article as Markdown."""

from __future__ import annotations

import re
from dataclasses import replace

import yaml

from pipeline.export import markdown
from pipeline.types.article import Paragraph, Statement
from tests.export.markup import markdown as viewed
from tests.fakes import articles

NOTE = markdown.export(articles.article()).decode()


def test_front_matter_is_yaml_with_the_figures_of_the_report() -> None:
    """Site generators read title, language, direction, date, address and how well the article stands."""
    values = yaml.safe_load(NOTE.split("\n---\n", 1)[0])

    assert values["title"] == "حوارات المدينة: كيف نحفظ الماء في مدننا؟"
    assert (values["lang"], values["dir"], values["date"]) == ("ar", "rtl", "2026-11-23")
    assert (values["video_id"], values["video_url"]) == ("TadwinDemo1", articles.URL)
    assert (values["statements"], values["open"], values["findings"]) == (20, 0, 0)
    assert (values["words"], values["words_used"]) == (219, 208)
    assert values["captions"] == "automatic ar"


def test_an_unknown_date_is_null() -> None:
    """No date is invented."""
    made = articles.article()
    undated = replace(made, script=replace(made.script, video=replace(made.script.video, published=None)))

    assert yaml.safe_load(markdown.export(undated).decode().split("\n---\n", 1)[0])["date"] is None


def test_front_matter_turns_no_text_round() -> None:
    """A title that hides another behind a direction override is shown letter by letter, on one line."""
    made = articles.article()
    hidden = replace(made, draft=replace(made.draft, title="ماء\u202e fdp.exe\x85 نهر"))

    assert yaml.safe_load(markdown.export(hidden).decode().split("\n---\n", 1)[0])["title"] == "ماء fdp.exe نهر"


def test_statements_end_with_a_linked_time() -> None:
    """`[14:30]` leads to second 870, and above one hour the clock has hours; no address stands in the text."""
    body = NOTE[NOTE.index("يتناول") : NOTE.index("## المصدر والتوثيق")]

    assert "كل 15 دقيقة. \\[[14:30]\\]" in body
    assert f"\n[14:30]: <{articles.URL}&t=870s>\n" in NOTE
    assert f"\n[1:02:05]: <{articles.URL}&t=3725s>\n" in NOTE
    assert "&t=" not in body
    assert {f"{articles.URL}&t=870s", f"{articles.URL}&t=3725s"} <= set(viewed(NOTE.encode()).addresses)


def test_a_viewer_shows_the_whole_article() -> None:
    """Headings in order, links to the video only, nothing lost in rendering."""
    seen = viewed(NOTE.encode())

    assert seen.tags.count("h1") == 1
    assert seen.tags.count("h2") == 10
    assert all(address.startswith((articles.URL, "#")) for address in seen.addresses)
    plain = re.sub("[\u2066\u2069\u200f]", "", seen.prose)
    for sentence in articles.script().sentences:
        assert sentence.text in plain


def test_the_text_has_a_direction() -> None:
    """One element sets it for viewers that know HTML; Latin runs are isolated for all."""
    assert '<div dir="rtl" lang="ar">\n\n# ' in NOTE
    assert NOTE.rstrip().endswith("</div>")
    assert "\u2066Python 3.14\u2069" in NOTE


def test_without_times_sentence_numbers_lead_to_the_transcript() -> None:
    """Every number that is linked stands in the transcript."""
    made = articles.article(timed=False)
    seen = viewed(markdown.export(replace(made, report=replace(made.report, editor_notes=()))))

    linked = [address[1:] for address in seen.addresses if address.startswith("#")]
    assert len(linked) == 20
    assert set(linked) <= set(seen.ids)


def test_an_address_in_a_talk_is_no_link_on_code_hosts() -> None:
    """They make links of bare addresses; only the video's own is one, and what was said is shown letter for letter."""
    said = "زوروا www.win.example و https://win.example/now و me@win.example وانظروا الفصل 3.5 من Node.js"
    made = articles.article()
    draft = replace(made.draft, outlook=Paragraph((Statement(said, (19,)),)))
    note = markdown.export(replace(made, draft=draft)).decode().split("\n---\n", 1)[1]

    bare = re.findall(r"(?:https?://|www\.|[\w.+-]+@)[\w-]+\.\w+", re.sub("<[^<>]*>", "", note))
    assert bare == []
    assert said.removesuffix(" Node.js") in re.sub("[\u2066\u2069\u200f]", "", viewed(f"\n---\n{note}".encode()).prose)


def test_text_that_looks_like_markdown_stays_text() -> None:
    """A statement beginning like a list or a heading is a paragraph, with its signs."""
    for start in ("- واحد", "+ اثنان", "1. ثلاثة", "# أربعة", "> خمسة", "* ستة", "1) سبعة", "=== ثمانية", "| تسعة |"):
        made = articles.article()
        draft = replace(made.draft, outlook=Paragraph((Statement(start, (19,)),)))
        seen = viewed(markdown.export(replace(made, draft=draft)))

        shown = re.sub("[\u2066\u2069\u200f]", "", seen.prose)
        assert f"الآفاق {start.split()[0]} {start.split()[1]}" in shown
        assert seen.tags.count("h2") == 10


def test_findings_and_removals_are_listed() -> None:
    """A reader of the file alone sees what to doubt and what was left out."""
    note = re.sub("[\u2066\u2069\u200f]", "", markdown.export(articles.doubted()).decode())

    assert "(ملاحظة 1) (ملاحظة 2)" in note
    assert "رقم لم يرد في الجمل المستشهد بها (40%)" in note
    assert "«\\[موسيقى\\]» (0:00)" in note
    assert "أطول ما تُرك: 0:00–1:03، 46:59–1:02:05" in note


def test_related_articles_are_linked_in_their_own_format() -> None:
    """A Markdown article leads to Markdown articles."""
    assert "/article.md>) (المدينة، عدادات)" in markdown.export(articles.flawed()).decode()
    assert "لا توجد بعدُ مقالات مرتبطة" in NOTE


def test_what_an_editor_should_look_at_is_quoted_at_the_top() -> None:
    """A block quotation before the article, with linked times."""
    box, _, _ = NOTE.partition("يتناول الفيديو المعنون")

    assert "> **للمحرر قبل النشر**" in box
    assert "\u2066World Bank\u2069 \\[[2:02]\\]" in box
    assert "للمحرر" not in NOTE.removeprefix(box)
