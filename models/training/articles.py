"""Reading the articles that tables are made from, and writing tables."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WIDTH: Final = 118


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Each article of a compressed file with one JSON object a line: its `id`, `title` and `paragraphs`."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def paragraphs(path: Path) -> Iterator[list[str]]:
    """The paragraphs of each article of such a file."""
    return (article["paragraphs"] for article in read(path))


def wrapped(tokens: Iterable[str]) -> str:
    """The tokens in lines of at most WIDTH letters."""
    lines = [""]
    for token in tokens:
        if len(lines[-1]) + len(token) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {token}".strip()
    return "\n".join(lines)
