"""What a source of many videos is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import FileUnreadable, UsageError
from pipeline.settings import SourceSettings
from pipeline.sources.inputs import InputResolver
from pipeline.sources.local import LocalSources
from pipeline.sources.rate_limit import RateLimiter
from pipeline.types.article import SourceKind
from pipeline.types.batch import ListEntry, ListKind, ListReference

ID = "dQ-w4_9WgXc"
PL = "PLabcdefghijklmnop"


@pytest.fixture
def resolver() -> InputResolver:
    """Shelves that reach nobody."""
    return InputResolver(SourceSettings(), LocalSources(), RateLimiter(0.0))


def read(resolver: InputResolver, wanted: ListReference) -> list[ListEntry]:
    """All entries of a list."""
    listing = resolver.open(wanted)
    found = list(listing)
    listing.close()
    return found


def text(folder: Path, *lines: str, name: str = "links.txt") -> Path:
    """A text file of these lines."""
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        (PL, ListKind.PLAYLIST, PL),
        ("https://www.youtube.com/@Nahr/streams", ListKind.CHANNEL, "@Nahr"),
        (ID, ListKind.VIDEO, ID),
        (f"https://youtu.be/{ID}?list={PL}", ListKind.VIDEO, ID),
    ],
)
def test_what_was_typed_is_resolved(typed: str, kind: ListKind, name: str, resolver: InputResolver) -> None:
    """Playlists, channels and single videos."""
    (reference,) = resolver.resolve(typed)

    assert (reference.kind, reference.id) == (kind, name)


def test_lines_are_read_through_marks_and_quotes(tmp_path: Path, resolver: InputResolver) -> None:
    """Links, ids, handles and file names as a right-to-left page or a mail gives them; a marked line may be empty."""
    talk = text(tmp_path, "x", name="talk.srt")
    lines = (
        f"\u202b{ID}\u202c",
        "\u200f# note",
        "\u200f",
        "<https://youtu.be/aaaaaaaaaaa>",
        f'\u202a"{talk}"',
        "«@Nahr»",
    )
    references = resolver.resolve(str(text(tmp_path, *lines)))

    assert [each.id for each in references[1:]] == ["@Nahr"]
    assert [entry.reference.id for entry in read(resolver, references[0])] == [ID, "aaaaaaaaaaa", str(talk)]


def test_a_pasted_path_may_stand_in_quotes(tmp_path: Path, resolver: InputResolver) -> None:
    """A file and a folder with the invisible mark that file managers put before a path; a name that has marks stays."""
    talk, marked = text(tmp_path, "x", name="talk.srt"), text(tmp_path, "x", name="\u200ftalk.srt")

    assert resolver.resolve(f"\u202a{talk}") == (ListReference(ListKind.VIDEO, str(talk)),)
    assert resolver.resolve(str(marked)) == (ListReference(ListKind.VIDEO, str(marked)),)
    odd = text(tmp_path, "x", name="(1) [dQ-w4_9WgXc]")
    assert resolver.resolve(str(odd))[0].id == str(odd)
    assert resolver.resolve(f'"{tmp_path}"') == (ListReference(ListKind.FOLDER, str(tmp_path)),)


@pytest.mark.parametrize(
    "typed", ["/no/such/folder", "./talks/", "talks", "talks/2026", "~/talks", "C:\\talks", "../a b", "حلقات/قديمة"]
)
def test_a_folder_that_is_not_there_is_said(typed: str, resolver: InputResolver) -> None:
    """Any text that reads as a path; nothing is said about URLs."""
    with pytest.raises(UsageError, match="there is no such folder") as missing:
        resolver.resolve(typed)
    assert typed.rstrip("/") in str(missing.value)


@pytest.mark.parametrize("typed", ["/no/such/talk.srt", "talk.vtt"])
def test_a_file_that_is_not_there_is_said_before_anything_is_done(typed: str, resolver: InputResolver) -> None:
    """It becomes no row of the library."""
    with pytest.raises(FileUnreadable, match="there is no such file"):
        resolver.resolve(typed)


@pytest.mark.parametrize("typed", ["https://www.youtube.com/results?search_query=x", "nonsense", "https://example.org"])
def test_what_is_no_source_is_refused(typed: str, resolver: InputResolver) -> None:
    """With a sentence, before anything is asked."""
    with pytest.raises(UsageError):
        resolver.resolve(typed)


def test_a_text_of_links_is_a_list(tmp_path: Path, resolver: InputResolver) -> None:
    """A link, an id or a caption file a line; comments, empty lines and a byte order mark do not count."""
    captions = text(tmp_path, "1", "00:00:00,000 --> 00:00:01,000", "كلام", name="talk.srt")
    path = text(tmp_path, "\ufeff# my list", "", ID, "  https://youtu.be/aaaaaaaaaaa  ", str(captions))
    (wanted,) = resolver.resolve(str(path))

    assert wanted.kind is ListKind.LINKS
    assert [entry.reference.id for entry in read(resolver, wanted)] == [ID, "aaaaaaaaaaa", str(captions)]


def test_lists_in_a_text_are_lists_of_their_own(tmp_path: Path, resolver: InputResolver) -> None:
    """A playlist in the text keeps its name and its page; the same one twice counts once."""
    references = resolver.resolve(str(text(tmp_path, PL, ID, "@Nahr", PL)))

    assert [each.kind for each in references] == [ListKind.LINKS, ListKind.PLAYLIST, ListKind.CHANNEL]
    assert [entry.reference.id for entry in read(resolver, references[0])] == [ID]


def test_wrong_lines_are_reported_with_their_numbers_and_stop_nothing(tmp_path: Path, resolver: InputResolver) -> None:
    """The other lines are given first; the error names each wrong one."""
    path = text(tmp_path, ID, "https://www.youtube.com/results?search_query=x", "aaaaaaaaaaa", "https://example.org/")
    (wanted,) = resolver.resolve(str(path))
    listing = resolver.open(wanted)
    found: list[ListEntry] = []

    with pytest.raises(FileUnreadable, match=r"2 lines name no video \(line 2: This is a search.*line 4: "):
        found.extend(iter(listing))
    assert len(found) == 2


def test_a_caption_file_is_one_video(tmp_path: Path, resolver: InputResolver) -> None:
    """Also a plain text, since none of its lines is a link."""
    for name in ("talk.srt", "talk.txt"):
        path = text(tmp_path, "كلام كثير عن نهر الفرات", "وكلام آخر", name=name)
        (wanted,) = resolver.resolve(str(path))
        (entry,) = read(resolver, wanted)

        assert wanted.kind is ListKind.VIDEO
        assert (entry.reference.kind, entry.reference.id) == (SourceKind.FILE, str(path))
        assert entry.reference.digest


@pytest.mark.parametrize("line", ["[Translation]", "(Translation)"])
def test_a_sound_in_brackets_is_no_id(line: str, tmp_path: Path, resolver: InputResolver) -> None:
    """A plain text of speech stays one, although the word in brackets has as many letters as an id."""
    (wanted,) = resolver.resolve(str(text(tmp_path, line, "كلام كثير عن نهر الفرات", name="talk.txt")))

    assert wanted.kind is ListKind.VIDEO


def test_a_folder_is_a_list_of_its_caption_files(tmp_path: Path, resolver: InputResolver) -> None:
    """In the order of their names; descriptions, pictures and folders are no captions."""
    for name in ("b.srt", "a.ar.vtt", "a.info.json", "info.json", "cover.jpg"):
        text(tmp_path, "x", name=name)
    (tmp_path / "inner.srt").mkdir()
    (wanted,) = resolver.resolve(str(tmp_path))

    assert wanted == ListReference(ListKind.FOLDER, str(tmp_path))
    assert [Path(entry.reference.id).name for entry in read(resolver, wanted)] == ["a.ar.vtt", "b.srt"]


def test_a_text_that_is_no_text_is_refused(tmp_path: Path, resolver: InputResolver) -> None:
    """A picture named `links` is not read as links."""
    (tmp_path / "links").write_bytes(b"\x89PNG\xff\xfe\x00")

    with pytest.raises(FileUnreadable, match="text of links"):
        resolver.resolve(str(tmp_path / "links"))


def test_leaving_a_local_list_ends_it(tmp_path: Path, resolver: InputResolver) -> None:
    """As for a list of YouTube: what was passed over is not given."""
    (wanted,) = resolver.resolve(str(text(tmp_path, ID, "aaaaaaaaaaa", "https://example.org/")))
    listing = resolver.open(wanted)
    entries = iter(listing)

    assert next(entries).reference.id == ID
    listing.skip_rest()
    assert list(entries) == []
    assert listing.title == "links.txt"


def test_a_name_that_cannot_be_written_down_stops_no_folder(tmp_path: Path, resolver: InputResolver) -> None:
    """A file whose name is not UTF-8 is said at the end; those before and after it are given."""
    for name in ("a.srt", "z.srt"):
        text(tmp_path, "x", name=name)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/m\xff.srt")).write_text("x")
    (wanted,) = resolver.resolve(str(tmp_path))
    found: list[ListEntry] = []

    with pytest.raises(FileUnreadable, match="not UTF-8"):
        found.extend(iter(resolver.open(wanted)))
    assert [Path(entry.reference.id).name for entry in found] == ["a.srt", "z.srt"]


@pytest.mark.parametrize("typed", ["x" * 300, "x\0y", f"https://www.youtube.com/{'x' * 300}"])
def test_what_is_too_strange_for_a_name_is_no_source(typed: str, resolver: InputResolver) -> None:
    """Longer than any file's name, or with a sign that no name has: a sentence, no traceback."""
    with pytest.raises(UsageError):
        resolver.resolve(typed)


def test_a_film_is_not_read_to_its_end(tmp_path: Path, resolver: InputResolver) -> None:
    """A file far larger than any text of links is refused by its size, without being read."""
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(50 * 1024**3)

    with pytest.raises(FileUnreadable, match="larger than"):
        resolver.resolve(str(tmp_path / "film.mp4"))


def test_titles_of_files_hold_no_orders_for_a_terminal(tmp_path: Path, resolver: InputResolver) -> None:
    """A file's name is foreign text too."""
    text(tmp_path, "x", name="talk\x1b[31m\u202egnp.srt")
    (wanted,) = resolver.resolve(str(tmp_path))
    (entry,) = read(resolver, wanted)

    assert entry.title == "talk[31mgnp"
