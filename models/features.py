"""Numbers for words that were never seen: the hashes of their letter groups."""

from __future__ import annotations

from zlib import crc32

BUCKETS = 32768
"""Rows of the table of letter groups."""

LIMIT = 24
"""Most groups of one word; later ones of a very long word are left out."""


def groups(word: str) -> list[int]:
    """Rows (0 to `BUCKETS` - 1) of the whole word and of its runs of 3 and 4 letters, borders counted as letters."""
    framed = f"<{word}>"
    runs = [framed[at : at + size] for size in (3, 4) for at in range(len(framed) - size + 1)]
    return [crc32(run.encode()) % BUCKETS for run in [framed, *runs]][:LIMIT]
