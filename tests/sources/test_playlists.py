"""Playlists and channels over real HTTP: whole, page by page, or an error."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from pipeline.errors import (
    ConfigError,
    PipelineError,
    SourceBlocked,
    SourceChanged,
    SourceUnreachable,
    VideoUnavailable,
)
from pipeline.settings import SourceSettings
from pipeline.sources.playlists import YouTubeList, channel_tabs
from pipeline.sources.rate_limit import RateLimiter
from pipeline.types.batch import ListEntry, ListKind, ListReference
from tests.fakes.catalogue import Catalogue, FakeChannel, FakePlaylist, FakeVideo
from tests.fakes.faults import Fault
from tests.fakes.youtube import FakeYouTube

TODAY = datetime.now(tz=UTC).date()
VIDEOS = tuple(
    FakeVideo(f"list_v_{n:04}", title=f"حلقة {n}", published=TODAY - timedelta(days=10 * n)) for n in range(250)
)
IDS = tuple(video.id for video in VIDEOS)
CHANNEL = FakeChannel("@nahr", "قناة النهر", IDS[:70], IDS[100:110], IDS[200:203])
PLAIN = FakeChannel("@plain", "قناة", IDS[:70])
ARABIC = FakeChannel("@نهر", "نهر", IDS[:3])
NO_STREAMS = FakeChannel("@nostreams", "بلا بث", IDS[:3], shorts=IDS[3:5], pages=("featured", "playlists"))
UNNAMED = FakeChannel("@unnamed", "قديمة", IDS[:3], shorts=IDS[3:5], unnamed=True)
NO_VIDEOS = FakeChannel("@novideos", "بلا حلقات", pages=("featured", "podcasts"))
LONG = Catalogue(
    VIDEOS,
    (
        FakePlaylist("PLold00000", "سلسلة", IDS, channel="قناة النهر"),
        FakePlaylist("PLnew00000", "سلسلة", IDS, "lockup", channel="قناة النهر"),
        FakePlaylist("PLuntitled", "", IDS[:2], channel="قناة النهر"),
    ),
    (CHANNEL, PLAIN, ARABIC, NO_STREAMS, NO_VIDEOS, UNNAMED),
)
PLAYLIST = ListReference(ListKind.PLAYLIST, "PLold00000")
BROWSE = "/youtubei/v1/browse"


def opened(fake: FakeYouTube, wanted: ListReference) -> YouTubeList:
    """A list of the fake, without pauses."""
    settings = SourceSettings(proxy=fake.proxy, ca_bundle=fake.ca_bundle, pause_seconds=0.0, timeout_seconds=2.0)
    return YouTubeList(wanted, settings, RateLimiter(0.0))


def ids(entries: list[ListEntry]) -> list[str]:
    """The ids of entries."""
    return [entry.reference.id for entry in entries]


@pytest.mark.parametrize("name", ["PLold00000", "PLnew00000"])
def test_a_playlist_comes_whole_and_in_order(name: str) -> None:
    """250 videos in both layouts, with titles, its own title and what it announces, in four requests."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, ListReference(ListKind.PLAYLIST, name))
        found = list(made)
        made.close()

        assert ids(found) == list(IDS)
        assert found[7].title == "حلقة 7"
        assert (made.title, made.announced) == ("سلسلة", 250)
        assert len(fake.requests) == 4
        assert fake.escapes == ()


def test_pages_are_asked_for_when_they_are_reached() -> None:
    """The first hundred need no second page."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, PLAYLIST)
        first = list(islice(made, 100))
        made.close()

        assert ids(first) == list(IDS[:100])
        assert len(fake.requests) == 2


def test_nothing_is_asked_before_the_first_entry() -> None:
    """Opening a list costs no request."""
    with FakeYouTube(LONG) as fake:
        opened(fake, PLAYLIST).close()

        assert fake.requests == ()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ListReference(ListKind.CHANNEL, "@nahr"), [*IDS[:70], *IDS[100:110], *IDS[200:203]]),
        (ListReference(ListKind.CHANNEL, CHANNEL.id), [*IDS[:70], *IDS[100:110], *IDS[200:203]]),
        (ListReference(ListKind.CHANNEL, "@nahr", "videos"), [*IDS[:70]]),
        (ListReference(ListKind.CHANNEL, "@nahr", "streams"), [*IDS[100:110]]),
        (ListReference(ListKind.CHANNEL, "@nahr", "shorts"), [*IDS[200:203]]),
        (ListReference(ListKind.CHANNEL, "@نهر"), [*IDS[:3]]),
    ],
)
def test_a_channel_has_its_videos_streams_and_shorts(wanted: ListReference, expected: list[str]) -> None:
    """By handle or id, all tabs or one."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, wanted)

        assert ids(list(made)) == expected
        assert made.announced is None
        made.close()


@pytest.mark.parametrize(("name", "tab"), [("@nostreams", "streams"), (NO_STREAMS.id, "streams")])
def test_a_missing_tab_says_which_there_are(name: str, tab: str) -> None:
    """Nothing else is read in its place, it is not asked for again, and the hint has what can be."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, ListReference(ListKind.CHANNEL, name, tab))
        with pytest.raises(VideoUnavailable, match="has no tab `streams`; it has videos, shorts, featured") as missing:
            list(made)
        made.close()

        assert f"{name}/videos" in missing.value.hint
        assert f"{name}/shorts" in missing.value.hint
        assert len(fake.requests) == 1


def test_another_tab_is_never_read_in_place_of_a_missing_one() -> None:
    """Where a page does not name the tab that it shows, yt-dlp goes on with that one; the tab that is there is read."""
    with FakeYouTube(LONG) as fake:
        missing = opened(fake, ListReference(ListKind.CHANNEL, "@unnamed", "streams"))
        with pytest.raises(VideoUnavailable, match="no tab `streams`; it has shorts"):
            list(missing)
        missing.close()
        made = opened(fake, ListReference(ListKind.CHANNEL, "@nahr", "streams"))
        assert ids(list(made)) == list(IDS[100:110])
        made.close()


def test_a_channel_without_lists_says_so_of_each_tab() -> None:
    """The tabs that it has are named although none of them lists videos."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, ListReference(ListKind.CHANNEL, "@novideos", "videos"))
        with pytest.raises(VideoUnavailable, match="it has featured, podcasts"):
            list(made)
        made.close()


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        (ListReference(ListKind.PLAYLIST, "PLuntitled"), ""),
        (ListReference(ListKind.CHANNEL, "@nahr"), "قناة النهر"),
        (ListReference(ListKind.CHANNEL, "@nahr", "streams"), "قناة النهر"),
    ],
)
def test_only_a_channel_is_titled_by_its_name(wanted: ListReference, title: str) -> None:
    """As is one of its tabs; a playlist without a title has none."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, wanted)
        list(made)
        made.close()

    assert made.title == title


@pytest.mark.parametrize(
    "page",
    [b"", b"ytInitialData = {", b"ytInitialData = {}", b'ytInitialData = {"contents": []}', b"ytInitialData = 5"],
)
def test_a_page_of_an_unknown_form_shows_no_tabs(page: bytes) -> None:
    """Whatever comes in its place, the list itself decides."""
    assert channel_tabs(page) == ()


def test_leaving_a_tab_goes_on_with_the_next() -> None:
    """The rest of the tab is not asked for, the other tabs are."""
    with FakeYouTube(LONG) as fake:
        made, found = opened(fake, ListReference(ListKind.CHANNEL, "@nahr")), []
        for entry in made:
            found.append(entry)
            if len(found) == 5:
                made.skip_rest()
        made.close()

        assert ids(found) == [*IDS[:5], *IDS[100:110], *IDS[200:203]]
        assert BROWSE not in [request.path for request in fake.requests]


def test_a_channels_dates_are_never_too_early() -> None:
    """`30 days ago` is at least that long ago: the day given is the latest possible one, and close to it."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, ListReference(ListKind.CHANNEL, "@plain"))
        found = list(made)
        made.close()
    for entry, video in zip(found, VIDEOS, strict=False):
        assert entry.published is not None
        assert date.resolution * 0 <= entry.published - video.published <= timedelta(days=2)


@pytest.mark.parametrize(
    ("fault", "error", "came"),
    [
        (Fault(BROWSE, first=2, status=503), SourceUnreachable, 100),
        (Fault(BROWSE, first=2, status=429), SourceBlocked, 100),
        (Fault(BROWSE, first=2, status=403), SourceBlocked, 100),
        (Fault(BROWSE, first=2, body="{}"), SourceUnreachable, 100),
        (Fault(BROWSE, first=2, drop=True), SourceUnreachable, 100),
        (Fault(BROWSE, first=2, cut=1000), SourceUnreachable, 100),
        (Fault("/playlist", status=429), SourceBlocked, 0),
        (Fault("/playlist", body='<div class="g-recaptcha"></div>'), SourceBlocked, 0),
        (Fault("/playlist", drop=True), SourceUnreachable, 0),
    ],
    ids=["503", "429", "403", "empty", "dropped", "cut", "first 429", "captcha", "first dropped"],
)
def test_a_list_is_never_short_without_an_error(fault: Fault, error: type[PipelineError], came: int) -> None:
    """R11, every fault of a page: what came is given, and then the error, in our words."""
    found: list[ListEntry] = []
    with FakeYouTube(LONG) as fake:
        fake.faults.append(fault)
        made = opened(fake, PLAYLIST)
        with pytest.raises(error):
            found.extend(iter(made))
        made.close()

    assert len(found) == came


@pytest.mark.parametrize(
    ("fault", "wait", "challenged"),
    [
        (Fault("/playlist", body='<div class="g-recaptcha"></div>'), 0.0, True),
        (Fault("/playlist", status=429, headers={"Retry-After": "7200"}), 7200.0, False),
        (Fault(BROWSE, first=2, status=429, headers={"Retry-After": "7200"}), 7200.0, False),
    ],
)
def test_a_refused_list_tells_what_was_demanded(fault: Fault, wait: float, challenged: bool) -> None:  # noqa: FBT001 - a case
    """A captcha leaves YouTube alone at once, and a demanded wait is kept to, as for a video."""
    with FakeYouTube(LONG) as fake:
        fake.faults.append(fault)
        made = opened(fake, PLAYLIST)
        with pytest.raises(SourceBlocked) as refused:
            list(made)
        made.close()

    assert (refused.value.wait, refused.value.challenged) == (wait, challenged)


def test_an_empty_page_of_a_channel_is_an_error() -> None:
    """A channel announces nothing; yt-dlp has to be told that an answer without data is no end."""
    with FakeYouTube(LONG) as fake:
        fake.faults.append(Fault(BROWSE, body="{}"))
        made = opened(fake, ListReference(ListKind.CHANNEL, "@plain"))
        with pytest.raises(SourceUnreachable):
            list(made)
        made.close()


def test_one_fault_on_a_page_is_overcome() -> None:
    """503 once, and the list is whole."""
    with FakeYouTube(LONG) as fake:
        fake.faults.append(Fault(BROWSE, first=2, last=2, status=503))
        made = opened(fake, PLAYLIST)

        assert len(list(made)) == 250
        made.close()


def test_fewer_videos_than_announced_are_an_error() -> None:
    """The page says 250, and a feed that ends politely after 100 does not pass for the whole list."""
    end = '{"onResponseReceivedActions": [{"appendContinuationItemsAction": {"continuationItems": []}}]}'
    with FakeYouTube(LONG) as fake:
        fake.faults.append(Fault(BROWSE, first=2, body=end))
        made = opened(fake, PLAYLIST)
        with pytest.raises(SourceChanged, match=r"announces 250 videos and listed 100"):
            list(made)
        made.close()


@pytest.mark.parametrize(
    "wanted", [ListReference(ListKind.PLAYLIST, "PLnobody00"), ListReference(ListKind.CHANNEL, "@nobody")]
)
def test_an_unknown_list_says_so(wanted: ListReference) -> None:
    """Not an empty list."""
    with FakeYouTube(LONG) as fake:
        made = opened(fake, wanted)
        with pytest.raises(VideoUnavailable):
            list(made)
        made.close()


def test_settings_that_cannot_work_are_named() -> None:
    """As for a single video."""
    with pytest.raises(ConfigError, match="proxy"):
        YouTubeList(PLAYLIST, SourceSettings(proxy="nonsense"), RateLimiter(0.0))
