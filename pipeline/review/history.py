"""What people decided and wrote: `reviews/<video>.jsonl`, only ever added to.

```
reviews/
  <video>.jsonl          one line an act: the review and the whole draft it judges
  articles/<key>.json    the machine's article that was judged, as it was; written before the first line that names it
  glossary.jsonl         names and words that editors corrected
```

None of it can be made again, so nothing here is replaced or deleted.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipeline import codec
from pipeline.errors import ArtifactCorrupt, NoSuchDraft, StaleDraft
from pipeline.store import atomic, journal
from pipeline.types.article import Article, Draft
from pipeline.types.review import GlossaryTerm, HistoryEntry, ReviewEvent

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KEY = re.compile(r"[0-9a-f]{64}")
_OPEN, _MIDDLE, _CLOSE = b'{"review":', b',"draft":', b',"whole":true}'
"""A line is JSON. Its quotation marks are unescaped only outside texts, so the head ends at the first `_MIDDLE{`, and
a line that was torn cannot end with `_CLOSE`."""


@dataclass(frozen=True, slots=True)
class History:
    """The acts on one video, oldest first."""

    reviews: tuple[ReviewEvent, ...]
    lines: tuple[bytes, ...]
    """The line of each review."""
    size: int = 0
    """Bytes of the journal when it was read."""
    damaged: int = 0
    """Lines that cannot be read: torn by a kill before they were answered as saved, or damaged since."""

    def draft(self, index: int) -> Draft:
        """The whole draft of an act; raises `ArtifactCorrupt` when it is not what was written."""
        payload = self.lines[index].partition(_MIDDLE + b"{")[2].removesuffix(_CLOSE)
        review = self.reviews[index]
        if codec.digest(b"Draft\0{" + payload) != review.draft:
            message = f"the draft of {review.video} saved at {review.time:%Y-%m-%d %H:%M:%S} is damaged"
            raise ArtifactCorrupt(message, "Restore an earlier one from its history.")
        return codec.decode(b"{" + payload, Draft)


class ReviewStore:
    """The journals of one library."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below this folder; it is made when first needed."""
        self._folder = folder

    def history(self, video: str) -> History:
        """Every act on a video; empty when there was none. Raises `NoSuchDraft` for an id that is none."""
        lines, size = journal.lines(self._path(video))
        read = [(review, line) for line in lines if (review := _head(line)) is not None]
        return History(tuple(r for r, _ in read), tuple(line for _, line in read), size, len(lines) - len(read))

    def append(self, entry: HistoryEntry, article: Article, size: int) -> None:
        """Keep an act with its draft, and the machine's article it is about; on return both are on disk.

        Raises `StaleDraft` when the journal is not as long as the history that the act rests on: another process acted.
        """
        path = self._folder / "articles" / f"{entry.review.base}.json"
        if not path.exists():
            atomic.write(path, codec.encode(article))
        if not journal.append(self._path(entry.review.video), _line(entry), size=size):
            message = f"{entry.review.video}: somebody else acted at the same moment"
            raise StaleDraft(message)
        self._touch()

    def article(self, key: str) -> Article:
        """A machine's article that was judged; raises `ArtifactCorrupt` when it is not there as it was."""
        path = self._folder / "articles" / f"{key}.json"
        article = _read(atomic.read(path) or b"", Article) if _KEY.fullmatch(key) else None
        if article is None:
            message = f"{path} is missing or damaged"
            raise ArtifactCorrupt(message, "Put it back from a backup: the reviewed draft rests on it.")
        return article

    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The glossary of every channel: the last word on each correction, if it is kept."""
        known: dict[tuple[str, str, str], GlossaryTerm] = {}
        for line in journal.lines(self._folder / "glossary.jsonl")[0]:
            if (term := _read(line, GlossaryTerm)) is not None:
                known[term.channel, term.wrong, term.right] = term
        return tuple(term for term in known.values() if term.kept)

    def note(self, term: GlossaryTerm) -> None:
        """Keep a correction, or take one back."""
        journal.append(self._folder / "glossary.jsonl", codec.encode(term))

    def states(self) -> dict[str, str]:
        """What tells by video whether its journal changed."""
        try:
            with os.scandir(self._folder) as found:
                return {file.name[:-6]: self.state(file.name[:-6]) for file in found if file.name.endswith(".jsonl")}
        except FileNotFoundError:
            return {}

    def state(self, video: str) -> str:
        """What tells whether a journal changed: its time and size; empty when there is none."""
        try:
            found = (self._folder / f"{video}.jsonl").stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns} {found.st_size}"

    def stamp(self) -> int:
        """A figure that is another one after any act of any process."""
        return self._folder.stat().st_mtime_ns if self._folder.is_dir() else 0

    def _touch(self) -> None:
        os.utime(self._folder)

    def _path(self, video: str) -> Path:
        if not _ID.fullmatch(video) or video == "glossary":
            message = "no such draft"
            raise NoSuchDraft(message)
        return self._folder / f"{video}.jsonl"


def article_key(article: Article) -> str:
    """The name of a machine's article: of its script and draft, whatever is related to it today."""
    return codec.digest((article.provenance.script, article.provenance.draft))


def _line(entry: HistoryEntry) -> bytes:
    return _OPEN + codec.encode(entry.review) + _MIDDLE + codec.encode(entry.draft) + _CLOSE


def _head(line: bytes) -> ReviewEvent | None:
    """The review of a whole line."""
    head, found, _ = line.partition(_MIDDLE + b"{")
    whole = found and line.startswith(_OPEN) and line.endswith(_CLOSE)
    return _read(head.removeprefix(_OPEN), ReviewEvent) if whole else None


def _read(line: bytes, kind: type[T]) -> T | None:
    try:
        return codec.decode(line, kind)
    except ValueError:
        return None
