"""Which track is read: the table of cases that others get wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.track_choice import choose_track, describe_tracks, language_matches
from pipeline.types.article import Track, TrackOrigin

AR, EN = Track("ar", TrackOrigin.MANUAL, "Arabic"), Track("en", TrackOrigin.MANUAL, "English")
AR_AUTO, EN_AUTO = Track("ar", TrackOrigin.AUTOMATIC, "Arabic"), Track("en", TrackOrigin.AUTOMATIC, "English")
AR_EG, AR_001 = (
    Track("ar-EG", TrackOrigin.MANUAL, "Arabic (Egypt)"),
    Track("ar-001", TrackOrigin.MANUAL, "Arabic (World)"),
)
AR_ORIG = Track("ar-orig", TrackOrigin.AUTOMATIC, "Arabic")
AR_SA_AUTO = Track("ar-SA", TrackOrigin.AUTOMATIC, "Arabic (Saudi Arabia)")
AR_SDH = Track("ar", TrackOrigin.MANUAL, "Arabic – SDH")
AR_OTHER = Track("ar", TrackOrigin.MANUAL, "Arabic – edited")
AR_TRANSLATED = Track("ar", TrackOrigin.TRANSLATED, "Arabic")
FR = Track("fr", TrackOrigin.MANUAL, "French")

CASES = (
    ("people before machines", (AR_AUTO, AR), ("ar",), "ar", AR),
    ("the order of the list does not matter", (AR, AR_AUTO), ("ar",), "ar", AR),
    ("an English human track never beats the Arabic automatic one", (EN, AR_AUTO), ("ar",), "ar", AR_AUTO),
    ("... even where English is wanted too", (EN, AR_AUTO), ("ar", "en"), "ar", AR_AUTO),
    ("... even where English is wanted first: the video speaks Arabic", (EN, AR_AUTO), ("en", "ar"), "ar", AR_AUTO),
    ("a typed Arabic track of an English video, where Arabic alone is wanted", (EN_AUTO, AR), ("ar",), "en", AR),
    ("the video's own language comes first when it is wanted", (AR, EN_AUTO), ("ar", "en"), "en", EN_AUTO),
    ("without a known language the wanted order counts", (EN, AR), ("ar", "en"), "", AR),
    ("Egypt counts as Arabic", (EN, AR_EG), ("ar",), "", AR_EG),
    ("the world's Arabic counts as Arabic", (AR_001,), ("ar",), "", AR_001),
    ("Saudi automatic captions count as Arabic", (EN, AR_SA_AUTO), ("ar",), "ar-SA", AR_SA_AUTO),
    ("yt-dlp's original mark counts as Arabic", (AR_ORIG, EN), ("ar",), "ar", AR_ORIG),
    ("a regional human track beats a plain automatic one", (AR_AUTO, AR_EG), ("ar",), "ar", AR_EG),
    ("of twins, the one without sound descriptions", (AR_SDH, AR), ("ar",), "", AR),
    ("sound descriptions rather than a machine", (AR_AUTO, AR_SDH), ("ar",), "ar", AR_SDH),
    ("of equal twins, the first", (AR, AR_OTHER), ("ar",), "", AR),
    ("a region that was asked for alone", (AR, AR_EG), ("ar-EG",), "ar", AR_EG),
    ("a region that was asked for first", (AR, AR_EG), ("ar-EG", "ar"), "", AR_EG),
    ("no translation by accident", (EN, AR_TRANSLATED), ("ar",), "en", None),
    ("no other language by accident", (EN, FR), ("ar",), "en", None),
    ("Aragonese is not Arabic", (Track("arg", TrackOrigin.MANUAL),), ("ar",), "", None),
    ("nothing from nothing", (), ("ar",), "", None),
)


@pytest.mark.parametrize(("why", "tracks", "wanted", "spoken", "chosen"), CASES, ids=[case[0] for case in CASES])
def test_the_right_track_is_read(
    why: str, tracks: tuple[Track, ...], wanted: tuple[str, ...], spoken: str, chosen: Track | None
) -> None:
    """Each case names the rule it stands for."""
    choice = choose_track(tracks, wanted, spoken)

    assert (choice.track if choice else None) == chosen, why


@pytest.mark.parametrize("tracks", [(AR, AR_TRANSLATED), (AR_TRANSLATED, AR_AUTO), (AR_TRANSLATED, AR_EG)])
def test_a_translation_is_the_last_resort_even_where_allowed(tracks: tuple[Track, ...]) -> None:
    """The setting admits translations; it never prefers them."""
    choice = choose_track(tracks, ("ar",), "ar", allow_translated=True)

    assert choice is not None
    assert choice.track.origin is not TrackOrigin.TRANSLATED


def test_an_original_in_a_second_language_beats_a_translation_into_the_first() -> None:
    """Where English counts too, English speech is read as it was said."""
    choice = choose_track((AR_TRANSLATED, EN), ("ar", "en"), "en", allow_translated=True)

    assert choice is not None
    assert choice.track == EN
    choice = choose_track((AR_TRANSLATED, EN), ("ar", "en"), "", allow_translated=True)
    assert choice is not None
    assert choice.track == EN


def test_an_allowed_translation_says_that_it_is_one() -> None:
    """Whoever reads the choice learns that a machine translated."""
    choice = choose_track((EN, AR_TRANSLATED), ("ar",), "en", allow_translated=True)

    assert choice is not None
    assert choice.track.origin is TrackOrigin.TRANSLATED
    assert "Machine-translated" in choice.reason
    assert choice.others == (EN,)


def test_the_position_tells_twins_apart() -> None:
    """Two tracks that are equal in every word are still two: the position says which was meant."""
    choice = choose_track((EN, AR, AR), ("ar",))

    assert choice is not None
    assert choice.position == 1
    assert choice.others == (EN, AR)


@pytest.mark.parametrize(
    ("tracks", "spoken", "reason"),
    [
        (
            (AR, AR_AUTO),
            "ar",
            "Captions made by people in ar, the language spoken in the video; preferred to the automatic ones.",
        ),
        (
            (AR_AUTO, EN),
            "ar",
            "Automatic captions in ar, the language spoken in the video; nobody has typed captions in it.",
        ),
        ((AR_EG,), "", "Captions made by people in ar-EG."),
        ((AR, EN_AUTO), "en", "Captions made by people in ar."),
    ],
)
def test_the_reason_is_a_sentence_that_is_true(tracks: tuple[Track, ...], spoken: str, reason: str) -> None:
    """The reason names the maker and the language, and compares only with what was there."""
    choice = choose_track(tracks, ("ar",), spoken)

    assert choice is not None
    assert choice.reason == reason


@pytest.mark.parametrize(
    ("wanted", "language", "fits"),
    [
        ("ar", "ar", True), ("ar", "AR", True), ("AR", "ar-eg", True), ("ar", "ar-EG", True), ("ar", "ar_SA", True),
        ("ar", "ar-001", True), ("ar", "ar-orig", True), ("ar", "ara", False), ("ar", "en", False), ("ar", "", False),
        ("ar-EG", "ar", False), ("ar-EG", "ar-SA", False), ("ar-EG", "ar-eg", True),
    ],
)  # fmt: skip
def test_regional_forms_count_and_neighbours_do_not(wanted: str, language: str, fits: bool) -> None:  # noqa: FBT001 - a table
    """A language includes its regions; a region includes nothing else."""
    assert language_matches(wanted, language) is fits


def test_what_there_is_fits_into_a_message() -> None:
    """The tracks are named once each, and a list of a hundred is cut."""
    many = tuple(Track(f"x{number}", TrackOrigin.AUTOMATIC) for number in range(100))

    assert describe_tracks((EN, EN, FR)) == "en (manual), fr (manual)"
    assert describe_tracks(many).endswith("x7 (automatic) and 92 more")


@given(
    st.lists(
        st.builds(
            Track,
            st.sampled_from(["ar", "ar-EG", "en", "fr", "arg"]),
            st.sampled_from([TrackOrigin.MANUAL, TrackOrigin.AUTOMATIC, TrackOrigin.TRANSLATED]),
            st.sampled_from(["", "SDH", "Arabic"]),
        ),
        max_size=8,
    ),
    st.sampled_from(["", "ar", "en", "ar-EG"]),
)
def test_a_choice_is_always_a_wanted_original(tracks: list[Track], spoken: str) -> None:
    """Whatever is on offer: the choice is Arabic, no translation, by people if people typed any, or nothing."""
    choice = choose_track(tracks, ("ar",), spoken)
    arabic = [
        track
        for track in tracks
        if language_matches("ar", track.language) and track.origin is not TrackOrigin.TRANSLATED
    ]
    if choice is None:
        assert arabic == []
        return

    assert choice.track in arabic
    assert tracks[choice.position] == choice.track
    assert choice.track.origin is min(
        (track.origin for track in arabic), key=lambda origin: origin is TrackOrigin.AUTOMATIC
    )
    assert {choice.track, *choice.others} == {track for track in tracks if track.origin is not TrackOrigin.TRANSLATED}
