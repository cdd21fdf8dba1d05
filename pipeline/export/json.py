"""An article as JSON: the full record, with the transcript and every finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline import codec

if TYPE_CHECKING:
    from pipeline.types.article import Article

NAME = "article.json"
SCHEMA = "tadwin-article-2"
"""Raised when a field is renamed or removed; new fields keep it."""


def export(article: Article) -> bytes:
    """`{"schema": ..., "article": ...}` in UTF-8, indented; `article` is what `codec.decode(..., Article)` reads."""
    record = {"schema": SCHEMA, "article": codec.plain(article)}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
