"""What is understood as a YouTube video, and what is refused."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.types.article import SourceKind, VideoReference
from pipeline.urls import PLAYLIST_NOTE, parse_video, timed_url, watch_url, youtube_id

ID = "dQ-w4_9WgXc"

FORMS = (
    "https://www.youtube.com/watch?v={}",
    "http://www.youtube.com/watch?v={}",
    "HTTPS://WWW.YOUTUBE.COM/watch?v={}",
    "https://youtube.com/watch?v={}",
    "youtube.com/watch?v={}",
    "www.youtube.com/watch?v={}",
    "//www.youtube.com/watch?v={}",
    "  https://www.youtube.com/watch?v={}\n",
    "https://www.youtube.com/watch?v={}&t=90s",
    "https://www.youtube.com/watch?t=1h2m3s&v={}",
    "https://www.youtube.com/watch?feature=share&v={}&si=AbCdEfGh",
    "https://www.youtube.com/watch?app=desktop&v={}#t=10",
    "https://www.youtube.com/watch/{}",
    "https://www.youtube.com/watch?vi={}",
    "https://www.youtube.com/?v={}",
    "https://www.youtube.com:443/watch?v={}",
    "https://www.youtube.com./watch?v={}",
    "https://m.youtube.com/watch?v={}",
    "https://music.youtube.com/watch?v={}",
    "https://gaming.youtube.com/watch?v={}",
    "https://youtu.be/{}",
    "youtu.be/{}?t=42",
    "https://youtu.be/{}?si=AbCdEfGh",
    "https://youtu.be/{}/",
    "https://www.youtube.com/shorts/{}",
    "https://www.youtube.com/shorts/{}?feature=share",
    "https://www.youtube.com/live/{}?si=AbCdEfGh",
    "https://www.youtube.com/embed/{}?start=30",
    "https://www.youtube-nocookie.com/embed/{}",
    "https://youtube-nocookie.com/embed/{}",
    "https://www.youtube.com/v/{}?version=3",
    "https://www.youtube.com/e/{}",
    "https://www.youtubekids.com/watch?v={}",
    "https://www.youtube.com/attribution_link?a=abc&u=%2Fwatch%3Fv%3D{}%26feature%3Dshare",
)

WITH_A_LIST = (
    "https://www.youtube.com/watch?v={}&list=PLabcdefghijklmnop&index=3",
    "https://www.youtube.com/watch?list=RD{}&v={}",
    "https://youtu.be/{}?list=PLabcdefghijklmnop",
    "https://www.youtube.com/embed/{}?list=PLabcdefghijklmnop",
    "https://music.youtube.com/watch?v={}&list=OLAK5uy_abc",
)

NO_VIDEO = (
    ("https://www.youtube.com/playlist?list=PLabcdefghijklmnop", "playlist"),
    ("https://music.youtube.com/playlist?list=PLabcdefghijklmnop", "playlist"),
    ("https://www.youtube.com/embed/videoseries?list=PLabcdefghijklmnop", "playlist"),
    ("https://www.youtube.com/watch?list=PLabcdefghijklmnop", "playlist"),
    ("https://www.youtube.com/@somebody", "channel"),
    ("https://www.youtube.com/@somebody/videos", "channel"),
    ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "channel"),
    ("https://www.youtube.com/c/somebody", "channel"),
    ("https://www.youtube.com/user/somebody", "channel"),
    ("https://www.youtube.com/results?search_query=damascus", "search"),
    ("https://www.youtube.com/results?v=dQ-w4_9WgXc", "search"),
    ("https://www.youtube.com/hashtag/damascus", "subject"),
    ("https://www.youtube.com/feed/trending", "list of videos"),
    ("https://www.youtube.com/clip/UgkxAbCdEf", "clip"),
    ("https://www.youtube.com/post/UgkxAbCdEf", "post"),
    ("https://www.youtube.com/", "no video"),
    ("https://www.youtube.com/watch?v=short", "no video"),
    ("https://www.youtube.com/watch?v=dQ-w4_9WgXcMORE", "no video"),
    ("https://youtu.be/", "no video"),
)

HOSTILE = (
    "https://www.youtube.com@evil.example/watch?v=dQ-w4_9WgXc",
    "https://user@www.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://user:secret@www.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://@www.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com:8080/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com:22/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com:port/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com:99999/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com.evil.example/watch?v=dQ-w4_9WgXc",
    "https://evil.example/www.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://evil.example/?u=https://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://notyoutube.com/watch?v=dQ-w4_9WgXc",
    "https://youtube.com.co/watch?v=dQ-w4_9WgXc",
    "https://youtube.co/watch?v=dQ-w4_9WgXc",
    "https://y0utube.com/watch?v=dQ-w4_9WgXc",
    "https://xn--youtbe-5ya.com/watch?v=dQ-w4_9WgXc",
    "https://уoutube.com/watch?v=dQ-w4_9WgXc",
    "https://www。youtube。com/watch?v=dQ-w4_9WgXc",
    "https://ｙoutube.com/watch?v=dQ-w4_9WgXc",
    "https://evil.youtube.com/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com\\@evil.example/watch?v=dQ-w4_9WgXc",
    "https://evil.example\\.youtube.com/watch?v=dQ-w4_9WgXc",
    "https:\\\\www.youtube.com\\watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com\t.evil.example/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com\n/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com\x00/watch?v=dQ-w4_9WgXc",
    "file:///etc/passwd",
    "file://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "ftp://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "javascript:alert(1)//www.youtube.com/watch?v=dQ-w4_9WgXc",
    "javascript://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "data:text/html,https://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "gopher://www.youtube.com/watch?v=dQ-w4_9WgXc",
    "http://127.0.0.1/watch?v=dQ-w4_9WgXc",
    "http://2130706433/watch?v=dQ-w4_9WgXc",
    "http://0x7f.1/watch?v=dQ-w4_9WgXc",
    "http://[::1]/watch?v=dQ-w4_9WgXc",
    "http://[::ffff:169.254.169.254]/watch?v=dQ-w4_9WgXc",
    "http://[www.youtube.com]/watch?v=dQ-w4_9WgXc",
    "http://[::1/watch?v=dQ-w4_9WgXc",
    "http://169.254.169.254/latest/meta-data",
    "http://localhost/watch?v=dQ-w4_9WgXc",
    "https://vimeo.com/76979871",
    "https:///watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com/redirect?q=https://evil.example&v=dQ-w4_9WgXc",
    "https://www.youtube.com/attribution_link?u=https://evil.example/",
    "https://www.youtube.com/attribution_link?u=https://evil.example/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com/attribution_link?u=//evil.example/watch?v=dQ-w4_9WgXc",
    "https://www.youtube.com/watch?v=../../../etc",
    "https://www.youtube.com/watch?v=%2e%2e%2f%2e%2e%2fetc",
    "https://www.youtube.com/watch?v=dQ-w4_9WgX\u202e",
    "dQ-w4_9WgX",
    "dQ-w4_9WgXcc",
    "dQ-w4.9WgXc",
    "٠١٢٣٤٥٦٧٨٩٠",
    "",
    "   ",
    "-",
    "https://www.youtube.com/watch?v=dQ-w4_9WgXc&" + "a" * 3000,
)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_address_names_its_video(form: str) -> None:
    """Whatever YouTube's own share buttons and readers give can be pasted as it is."""
    assert youtube_id(form.format(ID)) == (ID, "")


@pytest.mark.parametrize("video", [ID, "-----------", "___________", "00000000000", f" {ID}\n"])
def test_a_bare_id_is_enough(video: str) -> None:
    """Eleven characters of YouTube's alphabet are a video."""
    assert youtube_id(video) == (video.strip(), "")


MARKS = "\u200f\u200e\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u200c\u200d\u2060\u00ad"
WRAPPED = (
    "<{}>", '"{}"', "'{}'", "`{}`", "«{}»", "“{}”", "”{}“", "„{}“", "‘{}’", "‚{}‘", "‹{}›", "({})", "[{}]", "「{}」",
    "＜{}＞", "\u00a0{}\u00a0", "\u202b«\u200f{}\u200e»\u202c", "<{}>,", "{}،", "{}؛", "{}.",
)  # fmt: skip


@pytest.mark.parametrize("link", [ID, f"https://youtu.be/{ID}?si=x", f"https://www.youtube.com/watch?v={ID}"])
@pytest.mark.parametrize("mark", MARKS)
def test_invisible_marks_are_no_part_of_a_link(link: str, mark: str) -> None:
    """As right-to-left pages, messengers and word processors put them before, behind and into what is copied."""
    for typed in (mark + link, link + mark, f"{mark}{link}{mark} ", mark.join((link[:4], link[4:]))):
        assert youtube_id(typed) == (ID, "")
    encoded = quote(mark)
    assert youtube_id(f"https://youtu.be/{ID}{encoded}?t=3") == (ID, "")
    assert youtube_id(f"https://www.youtube.com/watch?v={encoded}{ID}{encoded}&t=3") == (ID, "")


@pytest.mark.parametrize("around", WRAPPED)
def test_quotes_and_brackets_are_no_part_of_a_link(around: str) -> None:
    """Of any language, with or without marks beside them, as a sentence or a mail puts them."""
    assert youtube_id(around.format(ID)) == (ID, "")
    assert youtube_id(around.format(f"https://youtu.be/{ID}")) == (ID, "")


@pytest.mark.parametrize(
    ("typed", "what", "command"),
    [
        ("@somebody", "channel", "`tadwin batch @somebody`"),
        ("\u200f@نهر\u200f", "channel", "`tadwin batch '@نهر'`"),
        ("UCabcdefghijklmnopqrstuv", "channel", "`tadwin batch UCabcdefghijklmnopqrstuv`"),
        ("PLabcdefghijklmnop", "playlist", "`tadwin batch PLabcdefghijklmnop`"),
        ("https://www.youtube.com/playlist?list=PLabcdefghijklmnop", "playlist", "`tadwin batch PLabcdefghijklmnop`"),
        ("youtube.com/watch?list=PLabcdefghijklmnop", "playlist", "`tadwin batch PLabcdefghijklmnop`"),
        (
            "https://www.youtube.com/embed/videoseries?list=PLabcdefghijklmnop",
            "playlist",
            "`tadwin batch PLabcdefghijklmnop`",
        ),
        ("https://www.youtube.com/@somebody", "channel", "`tadwin batch @somebody`"),
        ("https://www.youtube.com/%40somebody", "channel", "`tadwin batch @somebody`"),
        ("m.youtube.com/@somebody/streams", "channel", "`tadwin batch https://www.youtube.com/@somebody/streams`"),
        ("https://www.youtube.com/@somebody/playlists", "channel", "`tadwin batch` takes channels"),
        ("https://www.youtube.com/c/somebody", "channel", "`tadwin batch https://www.youtube.com/c/somebody`"),
        ("@a;reboot", "channel", "`tadwin batch '@a;reboot'`"),
    ],
)
def test_a_list_in_place_of_a_video_names_the_command_for_lists(typed: str, what: str, command: str) -> None:
    """Playlists and channels, by id, handle or address: what it is, and the command that takes it, safe to copy."""
    with pytest.raises(UsageError, match=f"This is a {what}, not a video") as caught:
        youtube_id(typed)
    assert command in caught.value.hint


@pytest.mark.parametrize("form", WITH_A_LIST)
def test_a_video_inside_a_playlist_is_taken_and_that_is_said(form: str) -> None:
    """A link that names both means the video, and the user hears that the list was passed over."""
    assert youtube_id(form.format(*[ID] * form.count("{}"))) == (ID, PLAYLIST_NOTE)


@pytest.mark.parametrize(("address", "what"), NO_VIDEO)
def test_pages_without_a_video_are_named_for_what_they_are(address: str, what: str) -> None:
    """Playlists, channels and searches are refused with a sentence that says which of them it is."""
    with pytest.raises(UsageError, match=what) as caught:
        youtube_id(address)
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_a_search_in_place_of_a_video_gets_the_hint_for_videos() -> None:
    """What is no list either is not sent to the command for lists."""
    with pytest.raises(UsageError, match="search") as caught:
        youtube_id("https://www.youtube.com/results?search_query=x")
    assert "the URL of one video" in caught.value.hint


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_addresses_are_refused(typed: str) -> None:
    """Foreign hosts, disguises, other schemes, ports, user names and control characters never pass for a video."""
    with pytest.raises(UsageError) as caught:
        youtube_id(typed)
    assert "\n" not in str(caught.value)


def test_the_list_of_hostile_addresses_is_long_enough() -> None:
    """At least forty different disguises are tried."""
    assert len(set(HOSTILE)) >= 40


@given(st.one_of(st.text(max_size=80), st.text(max_size=40).map(lambda tail: f"https://www.youtube.com/{tail}")))
def test_any_text_gives_a_safe_id_or_a_refusal(text: str) -> None:
    """No input crashes, and what passes is safe in an address and as a file name."""
    try:
        video, _ = youtube_id(text)
    except UsageError:
        return
    assert re.fullmatch(r"[A-Za-z0-9_-]{11}", video)


def test_the_address_is_built_from_the_id_alone() -> None:
    """Nothing of what was typed but the id reaches the network."""
    video, _ = youtube_id(f"http://m.youtube.com/shorts/{ID}?si=tracking&t=3")
    assert watch_url(video) == f"https://www.youtube.com/watch?v={ID}"


def test_a_reference_carries_the_id_and_what_was_passed_over() -> None:
    """The rest of the program sees the id and the note, never the address that was typed."""
    typed = f"https://youtu.be/{ID}?list=PLabcdefghijklmnop"

    assert parse_video(typed) == VideoReference(SourceKind.YOUTUBE, ID, note=PLAYLIST_NOTE)


def test_a_second_is_added_to_any_address() -> None:
    """After a question mark with `&`, without one with `?`."""
    assert timed_url("https://x.example/watch?v=1", 61.9) == "https://x.example/watch?v=1&t=61s"
    assert timed_url("https://x.example/v", -1.0) == "https://x.example/v?t=0s"
