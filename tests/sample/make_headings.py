"""Writes `docs/headings.md`: `python -m tests.sample.make_headings`."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluate import baselines, gold, suite
from pipeline.segment.headings import choose_headings, talk_vocabulary

PAGE = Path(__file__).parents[2] / "docs" / "headings.md"
HEAD = """# Headings of the project's own talks

For each chapter: the author's heading, the three top keywords (the baseline of `tadwin eval`), and the heading that
Tadwin takes from the chapter's own words. Where it is empty, nothing that was said makes a good heading, and the
article names the minutes instead. See [how headings are chosen](topics.md).
`python -m tests.sample.make_headings` writes this page.

| author | top keywords | Tadwin |
|---|---|---|
"""


def page() -> str:
    """The page: a row for each chapter of each text that the project wrote."""
    rows = []
    for joined in map(suite.joined_gold, map(gold.read_gold, gold.gold_files())):
        ours = choose_headings(joined.parts, talk_vocabulary(joined.sentences))
        rows += [
            f"| {heading} | {baselines.top_keywords(part, joined.sentences)} | {chosen.text} |"
            for heading, part, chosen in zip(joined.headings, joined.parts, ours, strict=True)
        ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
