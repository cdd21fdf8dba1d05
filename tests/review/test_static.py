"""What the browser gets: written by hand, of this machine only, and the same from the right as from the left."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.review.i18n import ARABIC, ENGLISH

STATIC = Path(str(files("pipeline.review").joinpath("static")))
TEMPLATES = sorted(Path(str(files("pipeline.review").joinpath("templates"))).glob("*.html"))
STYLE = (STATIC / "desk.css").read_text("utf-8")
SCRIPTS = sorted(STATIC.glob("*.js"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom"
    r"|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
)
"""Names of properties that mean a side of the screen; conditions such as `(min-width: 64rem)` are no properties."""
SINKS = (
    *(
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "DOMParser",
        "createContextualFragment",
        "srcdoc",
    ),
    *("eval(", "Function(", 'setAttribute("on', ".style", "import(", "trustedTypes", "setHTML", "javascript:"),
)


def physical(style: str) -> list[str]:
    """The properties of a style sheet that name a side of the screen."""
    rules = re.sub(r"/\*.*?\*/|@media[^{]*", "", style, flags=re.DOTALL)
    return PHYSICAL.findall(rules) + re.findall(r"(?:text-align|float|clear):\s*(?:left|right)", rules)


def test_the_style_knows_no_left_or_right() -> None:
    """Only logical properties: the page mirrors itself when the language changes."""
    assert physical(STYLE) == []


@pytest.mark.parametrize(
    "rule",
    ["a{margin-left:1px}", "a{left: 0}", "a{text-align:right}", "a{max-width: 2rem}", "a{border-top: 0}", "a{top:0}"],
)
def test_the_search_for_sides_finds_them(rule: str) -> None:
    """The check above would see each of these."""
    assert len(physical(rule)) == 1


def test_everything_comes_from_this_machine() -> None:
    """No address of another host in style, script or template, but the links to the video."""
    texts = [STYLE, *(path.read_text("utf-8") for path in (*SCRIPTS, *TEMPLATES))]

    assert [found for text in texts for found in re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", text)] == []
    assert re.findall(r"@import", STYLE) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_write_text_only(script: Path) -> None:
    """No way in which a text could become markup, code or style; no script is longer than 400 lines."""
    text = script.read_text("utf-8")

    assert [sink for sink in SINKS if sink in text] == []
    assert len(text.splitlines()) <= 400
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_nothing_inline(template: Path) -> None:
    """No handler, no style, no script inside a page, and nothing that is exempt from escaping."""
    text = template.read_text("utf-8")

    assert (
        re.findall(r"\son\w+=|\sstyle=|<style|<script(?! type=\"module\" src=\"/static/[a-z]+\.js\"></script>)", text)
        == []
    )
    assert re.findall(r"\|\s*safe|autoescape|Markup", text) == []


def test_fonts_of_the_style_are_there() -> None:
    """Every font that the style asks for is one that the export has."""
    fonts = {path.name for path in Path(str(files("pipeline.export").joinpath("fonts"))).glob("*.woff2")}
    asked = set(re.findall(r'url\("/fonts/([^"]+)"\)', STYLE))

    assert asked
    assert asked <= fonts


def test_every_key_in_the_list_does_something() -> None:
    """What the list of keys promises has its line in the script, and no key of the script is kept from the list."""
    text = (STATIC / "desk.js").read_text("utf-8")
    done = set(re.findall(r'^\s+"?([\w+?/\[\] ]+)"?: \(', text, flags=re.MULTILINE)) | {"Enter", "Esc"}
    listed = {name for names, _ in ARABIC.shortcuts for name in names}

    assert {name.replace("Escape", "Esc") for name in done} == listed
    assert [names for names, _ in ENGLISH.shortcuts] == [names for names, _ in ARABIC.shortcuts]


def contrast(one: str, other: str) -> float:
    """Ratio of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] if len(colour) == 7 else [1.0] * 3
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]
    return [palette for palette in found if "paper" in palette]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_text_stands_out(palette: dict[str, str]) -> None:
    """Every pair of text and ground in use has 4.5:1, marks and edges have 3:1."""
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent", "warn") for ground in ("paper", "panel")]
    pairs += [("warn", "warn-ground"), ("ink", "warn-ground"), ("ink", "lit"), ("soft", "lit"), ("accent", "lit")]
    pairs += [("on-accent", "accent"), ("out", "out-ground"), ("in", "in-ground")]
    weak = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert contrast(palette["edge"], palette["paper"]) >= 3
    assert len(palettes()) == 2


def test_the_document_lists_every_key() -> None:
    """`docs/review.md` has each key with what it does in both languages, word for word."""
    document = (Path(__file__).parents[2] / "docs" / "review.md").read_text("utf-8")
    both = zip(ENGLISH.shortcuts, ARABIC.shortcuts, strict=True)
    rows = [
        f"| {' '.join(f'`{key}`' for key in keys)} | {english} | {arabic} |" for (keys, english), (_, arabic) in both
    ]

    assert [row for row in rows if row not in document] == []


def test_the_pictures_are_small() -> None:
    """Every picture of the document is there, and below 250 kB."""
    pictures = sorted((Path(__file__).parents[2] / "docs" / "review").glob("*.png"))

    assert len(pictures) >= 20
    assert [picture.name for picture in pictures if picture.stat().st_size >= 250_000] == []
