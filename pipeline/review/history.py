"""What people decided and wrote: `reviews/<video>.jsonl`, only ever added to.

```
reviews/
  <video>.jsonl          one line an event: the event and the whole draft it is about
  articles/<key>.json    the machine's article that was judged, as it was; written before the first line that names it
  glossary.jsonl         names and words that editors corrected
  opened.txt             the drafts that somebody had on a page: video and digest
```

None of it can be made again, so nothing here is replaced or deleted.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipeline import codec
from pipeline.errors import ArtifactCorrupt, NoSuchDraft, StaleDraft, StoreError
from pipeline.store import atomic, journal, sealed
from pipeline.types.article import Article, Draft
from pipeline.types.review import GlossaryTerm, HistoryEntry, ReviewEvent

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
GLOSSARY = "glossary.jsonl"
OPENED = "opened.txt"
_OPENING = re.compile(r"[A-Za-z0-9_-]{1,64} [0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{64}")
_OPEN, _MIDDLE, _CLOSE = b'{"review":', b',"draft":', b',"whole":true}'
"""A line is JSON. Its quotation marks are unescaped only outside texts, so the event ends at the first `_MIDDLE{`, and
a line that was torn cannot end with `_CLOSE`."""
_SEAL = b',"sha256":"'
"""Before the digest of an event or a term; the event has that of its draft. Lines of older libraries have no seal."""


@dataclass(frozen=True, slots=True)
class History:
    """The events of one video, oldest first."""

    events: tuple[ReviewEvent, ...]
    lines: tuple[bytes, ...]
    """The line of each event."""
    size: int = 0
    """Bytes of the journal when it was read."""
    damaged: int = 0
    """Lines that cannot be read: torn by a kill before they were answered as saved, or damaged since."""

    def draft(self, index: int) -> Draft:
        """The whole draft of an event; raises `ArtifactCorrupt` when it is not what was written."""
        payload = self.lines[index].partition(_MIDDLE + b"{")[2].removesuffix(_CLOSE)
        event = self.events[index]
        if codec.digest(b"Draft\0{" + payload) != event.draft:
            message = f"the draft of {event.video} saved at {event.time:%Y-%m-%d %H:%M:%S} is damaged"
            raise ArtifactCorrupt(message, "Restore an earlier one from its history.")
        return codec.decode(b"{" + payload, Draft)


class ReviewStore:
    """The journals of one library, in this folder; it is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: tuple[int, frozenset[str]] = (-1, frozenset())
        """What `opened` answers, and the size of its file then."""

    def history(self, video: str) -> History:
        """Every event of a video, or none; raises `NoSuchDraft` for what cannot be a video's id."""
        lines, size = journal.lines(self._path(video))
        readable: list[tuple[ReviewEvent, bytes]] = []
        for line in lines:
            head, separator, _ = line.partition(_MIDDLE + b"{")
            complete = separator and line.startswith(_OPEN) and line.endswith(_CLOSE)
            event = _unsealed(head.removeprefix(_OPEN), ReviewEvent) if complete else None
            readable += [(event, line)] if event else []
        events, event_lines = tuple(event for event, _ in readable), tuple(line for _, line in readable)
        return History(events, event_lines, size, damaged=len(lines) - len(readable))

    def append(self, entry: HistoryEntry, article: Article, size: int) -> None:
        """Save an event with its draft, and the machine's article it is about; on return both are on disk.

        Raises `StaleDraft` when the journal no longer has the size of the history that the event rests on: another
        process wrote meanwhile.
        """
        path = self._folder / "articles" / f"{entry.event.base}.json"
        if not path.exists():
            atomic.write(path, sealed.seal(codec.encode(article)))
        line = _OPEN + _sealed(entry.event) + _MIDDLE + codec.encode(entry.draft) + _CLOSE
        if not journal.append(self._path(entry.event.video), line, size=size):
            message = f"{entry.event.video}: somebody else saved at the same moment"
            raise StaleDraft(message)
        os.utime(self._folder)  # for `stamp`

    def article(self, key: str) -> Article:
        """A machine's article that was judged; raises `ArtifactCorrupt` when it is missing or damaged."""
        path = self._folder / "articles" / f"{key}.json"
        try:
            data = atomic.read(path) or b"" if _KEY.fullmatch(key) else b""
        except StoreError:
            data = b""
        payload = sealed.unseal(data)
        article = _decoded(data if payload is None else payload, Article)  # one without a seal is a single JSON object
        if article is None:
            message = f"{path} is missing or damaged"
            raise ArtifactCorrupt(message, "Put it back from a backup: the reviewed draft rests on it.")
        return article

    def terms(self) -> tuple[GlossaryTerm, ...]:
        """The glossary of every channel: the latest entry for each correction, unless it was withdrawn."""
        latest: dict[tuple[str, str, str], GlossaryTerm] = {}
        for line in self._glossary_lines() or ():
            if (term := _unsealed(line, GlossaryTerm)) is not None:
                latest[term.channel, term.wrong, term.right] = term
        return tuple(term for term in latest.values() if term.kept)

    def add_term(self, term: GlossaryTerm) -> None:
        """Save a correction, or withdraw one."""
        journal.append(self._folder / GLOSSARY, _sealed(term))

    def has_damaged_terms(self) -> bool:
        """True if the glossary, or a line of it, cannot be read."""
        lines = self._glossary_lines()
        return lines is None or not all(_unsealed(line, GlossaryTerm) for line in lines)

    def _glossary_lines(self) -> tuple[bytes, ...] | None:
        """The lines of the glossary; None if it cannot be read."""
        try:
            return journal.lines(self._folder / GLOSSARY)[0]
        except StoreError:
            return None

    def opened(self) -> frozenset[str]:
        """The drafts that somebody had on a page, each as video and digest; one that cannot be read is not there."""
        stamp = _size_of(self._folder / OPENED)
        if stamp != self._opened[0]:
            found = (line.decode("ascii", "replace") for line in journal.lines(self._folder / OPENED)[0])
            self._opened = stamp, frozenset(line for line in found if _OPENING.fullmatch(line))
        return self._opened[1]

    def add_opening(self, opening: str) -> None:
        """Remember a draft, as `opened` names it."""
        journal.append(self._folder / OPENED, opening.encode())

    def fingerprints(self) -> dict[str, str]:
        """By video, a text that changes with its journal."""
        try:
            with os.scandir(self._folder) as files:
                videos = [file.name.removesuffix(".jsonl") for file in files if file.name.endswith(".jsonl")]
        except FileNotFoundError:
            return {}
        return {video: self.fingerprint(video) for video in videos}

    def fingerprint(self, video: str) -> str:
        """Time and size of a journal; empty when there is none."""
        try:
            status = (self._folder / f"{video}.jsonl").stat()
        except OSError:
            return ""
        return f"{status.st_mtime_ns} {status.st_size}"

    def stamp(self) -> int:
        """A number that changes with every event, whichever process saved it."""
        return self._folder.stat().st_mtime_ns if self._folder.is_dir() else 0

    def _path(self, video: str) -> Path:
        if not _ID.fullmatch(video) or video == "glossary":
            message = "no such draft"
            raise NoSuchDraft(message)
        return self._folder / f"{video}.jsonl"


def article_key(article: Article) -> str:
    """The name of a machine's article: the digest of its script and draft, whatever is related to it today."""
    return codec.digest((article.provenance.script, article.provenance.draft))


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sealed(value: ReviewEvent | GlossaryTerm) -> bytes:
    """The value's JSON with the digest of that as one more field."""
    data = codec.encode(value)
    return data.removesuffix(b"}") + _SEAL + codec.digest(data).encode() + b'"}'


def _unsealed(data: bytes, kind: type[T]) -> T | None:
    """The value; None if it does not match its seal, or cannot be read."""
    content, seal, digest = data.rpartition(_SEAL)
    if not seal:
        return _decoded(data, kind)
    content += b"}"
    return _decoded(content, kind) if digest == codec.digest(content).encode() + b'"}' else None


def _decoded(line: bytes, kind: type[T]) -> T | None:
    try:
        return codec.decode(line, kind)
    except ValueError:
        return None
