"""Names of folders: readable, and safe on every file system."""

from __future__ import annotations

import re
import unicodedata

from pipeline.arabic.normalize import MARKS

_LONGEST = 120
"""Bytes; file systems allow 255, and archives add folders before it."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARKS = re.compile(f"[{MARKS}\u0640]")
_OTHER = re.compile(r"[\W_]+")


def folder_name(video: str, title: str) -> str:
    """Name of an article's folder: the video's id, then its title in words joined by hyphens.

    At most 120 bytes of letters, digits, `-` and `_` in NFC, without vowel signs. The id leads, so two videos never
    share a name and none is empty or reserved. Raises `ValueError` for an id that is not safe as a file name.
    """
    if not _ID.fullmatch(video):
        message = f"not safe as a file name: {video!r}"
        raise ValueError(message)
    words = _MARKS.sub("", unicodedata.normalize("NFC", title))
    readable = _OTHER.sub("-", words).strip("-")
    return _cut(f"{video}-{readable}", _LONGEST) if readable else video


def _cut(name: str, limit: int) -> str:
    """The name's beginning within so many bytes, ending at a whole word where that keeps more than half of it."""
    encoded = name.encode("utf-8", "ignore")
    if len(encoded) <= limit:
        return encoded.decode()
    kept = encoded[:limit].decode("utf-8", "ignore")
    if name[len(kept)] == "-":
        return kept
    return kept.rpartition("-")[0] if kept.rfind("-") > len(kept) // 2 else kept
