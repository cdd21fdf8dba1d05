"""What is understood as a playlist or a channel, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.types.batch import ListKind, ListReference
from pipeline.urls import list_url, parse_list

PL = "PLabcdefghijklmnop"
UC = "UCabcdefghijklmnopqrstuv"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (PL, ListReference(ListKind.PLAYLIST, PL)),
        (f"https://www.youtube.com/playlist?list={PL}&si=x", ListReference(ListKind.PLAYLIST, PL)),
        (f"youtube.com/playlist?list={PL}", ListReference(ListKind.PLAYLIST, PL)),
        ("https://music.youtube.com/playlist?list=OLAK5uy_abcd", ListReference(ListKind.PLAYLIST, "OLAK5uy_abcd")),
        (f"https://www.youtube.com/watch?list={PL}", ListReference(ListKind.PLAYLIST, PL)),
        ("@NahrElFurat", ListReference(ListKind.CHANNEL, "@NahrElFurat")),
        ("@قناة-النهر", ListReference(ListKind.CHANNEL, "@قناة-النهر")),
        ("https://www.youtube.com/@Nahr", ListReference(ListKind.CHANNEL, "@Nahr")),
        ("https://www.youtube.com/@Nahr/streams", ListReference(ListKind.CHANNEL, "@Nahr", "streams")),
        ("https://www.youtube.com/@Nahr/videos?view=0", ListReference(ListKind.CHANNEL, "@Nahr", "videos")),
        ("https://www.youtube.com/@Nahr/shorts", ListReference(ListKind.CHANNEL, "@Nahr", "shorts")),
        ("https://www.youtube.com/@Nahr/about", ListReference(ListKind.CHANNEL, "@Nahr")),
        ("https://www.youtube.com/@%D9%86%D9%87%D8%B1", ListReference(ListKind.CHANNEL, "@نهر")),
        (UC, ListReference(ListKind.CHANNEL, UC)),
        (f"https://m.youtube.com/channel/{UC}/videos", ListReference(ListKind.CHANNEL, UC, "videos")),
        ("https://www.youtube.com/c/Nahr", ListReference(ListKind.CHANNEL, "c/Nahr")),
        ("https://www.youtube.com/user/Nahr/videos", ListReference(ListKind.CHANNEL, "user/Nahr", "videos")),
        ("https://www.youtube.com/@Nahr/featured", ListReference(ListKind.CHANNEL, "@Nahr")),
        ("https://www.youtube.com/@Nahr/Streams/", ListReference(ListKind.CHANNEL, "@Nahr", "streams")),
        (f"https://www.youtube.com/embed/videoseries?list={PL}", ListReference(ListKind.PLAYLIST, PL)),
    ],
)  # fmt: skip
def test_every_form_of_a_list(typed: str, expected: ListReference) -> None:
    """Playlists by id or address; channels by handle, id or older name, with a tab or all of them."""
    assert parse_list(typed) == expected
    assert parse_list(f"  {typed}\n") == expected
    assert parse_list(f"\u200f«\u202b{typed}\u202c»\ufeff") == expected
    assert parse_list(f"<{typed[:1]}\u200b{typed[1:]}>") == expected


@pytest.mark.parametrize(
    "typed",
    [
        "dQ-w4_9WgXc",
        "https://youtu.be/dQ-w4_9WgXc",
        f"https://www.youtube.com/watch?v=dQ-w4_9WgXc&list={PL}",
        f"https://youtu.be/dQ-w4_9WgXc?list={PL}",
        "https://www.youtube.com/shorts/dQ-w4_9WgXc",
        "https://www.youtube.com/",
    ],
)
def test_a_video_is_no_list(typed: str) -> None:
    """A link to a video with a playlist beside it means the video."""
    assert parse_list(typed) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("https://www.youtube.com/results?search_query=x", "search"),
        ("https://www.youtube.com/@Nahr/search?query=x", "search"),
        ("https://www.youtube.com/@Nahr/playlists", "channel's playlists"),
        ("https://www.youtube.com/@Nahr/playlists?view=1", "channel's playlists"),
        (f"https://www.youtube.com/channel/{UC}/courses", "channel's courses"),
        ("https://www.youtube.com/c/Nahr/podcasts", "channel's podcasts"),
        ("https://www.youtube.com/user/Nahr/Releases", "channel's albums"),
        ("https://www.youtube.com/@Nahr/live", "broadcasts at the moment"),
        ("https://www.youtube.com/@Nahr/community", "no list of its videos"),
        ("https://www.youtube.com/@Nahr/store", "no list of its videos"),
        ("https://www.youtube.com/hashtag/x", "one subject"),
        ("https://www.youtube.com/feed/subscriptions", "your own account"),
        ("https://www.youtube.com/playlist?list=RDabcdefghijk", "mix"),
        ("https://www.youtube.com/playlist?list=WL", "no public playlist"),
        ("https://www.youtube.com/playlist", "no public playlist"),
        ("https://example.org/playlist?list=PLabcdefgh", "not a YouTube URL"),
        (f"https://user@www.youtube.com/playlist?list={PL}", "plain"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(typed: str, says: str) -> None:
    """Searches above all: their results change from hour to hour."""
    with pytest.raises(UsageError, match=says) as refused:
        parse_list(typed)

    assert refused.value.exit_code == 2
    assert refused.value.hint


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        (ListReference(ListKind.PLAYLIST, PL), f"https://www.youtube.com/playlist?list={PL}"),
        (ListReference(ListKind.CHANNEL, UC, "streams"), f"https://www.youtube.com/channel/{UC}/streams"),
        (ListReference(ListKind.CHANNEL, "@نهر"), "https://www.youtube.com/@%D9%86%D9%87%D8%B1"),
        (ListReference(ListKind.CHANNEL, "c/Nahr", "videos"), "https://www.youtube.com/c/Nahr/videos"),
    ],
)
def test_the_address_is_built_anew(wanted: ListReference, address: str) -> None:
    """From what was understood alone; and it is understood as the same list again."""
    assert list_url(wanted) == address
    assert parse_list(address) == wanted


@given(st.text(max_size=80) | st.text(max_size=60).map("https://www.youtube.com/{}".format))
def test_any_text_is_a_list_or_none_or_refused(text: str) -> None:
    """Never another exception, and never an address that leaves YouTube or climbs out of its folder."""
    try:
        found = parse_list(text)
    except UsageError:
        return
    if found is not None:
        assert re.fullmatch(r"https://www\.youtube\.com/[A-Za-z0-9_.~@%/?=-]+", list_url(found))
        assert "/../" not in list_url(found)
