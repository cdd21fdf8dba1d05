"""Tests of tracks: the language and the origin of a caption file, from its name and its letters."""

from __future__ import annotations

import pytest

from pipeline.errors import NoArabicCaptions
from pipeline.sources.track_detection import HAMZA_WORDS, arabic_share, detect_track, untagged_stem
from pipeline.types.article import Caption, Track, TrackOrigin

SPEECH = (Caption("أهلا بكم في هذا البرنامج"),)


@pytest.mark.parametrize(
    ("stem", "track"),
    [
        ("محاضرة", Track("ar", TrackOrigin.UNSTATED)),
        ("talk [dQw4w9WgXcQ].ar", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.ar-EG", Track("ar-EG", TrackOrigin.UNSTATED)),
        ("talk.arz", Track("arz", TrackOrigin.UNSTATED)),
        ("talk.ar-orig", Track("ar", TrackOrigin.AUTOMATIC)),
        ("talk.ar-en", Track("ar", TrackOrigin.TRANSLATED)),
        ("talk.ar-en-US", Track("ar", TrackOrigin.TRANSLATED)),
        ("talk.ar-zh-Hans", Track("ar", TrackOrigin.TRANSLATED)),
        ("talk.ar-EG-fr", Track("ar-EG", TrackOrigin.TRANSLATED)),
        ("talk.ar-iw", Track("ar", TrackOrigin.TRANSLATED)),
        ("talk.ar-ar-EG", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.ar-sa", Track("ar-SA", TrackOrigin.UNSTATED)),
        ("talk.ar-so", Track("ar-SO", TrackOrigin.UNSTATED)),
        ("talk.ar_EG", Track("ar-EG", TrackOrigin.UNSTATED)),
        ("talk.ar-001", Track("ar-001", TrackOrigin.UNSTATED)),
        ("talk.AR", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.Arabic", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.ar-SDH", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.ar.sdh", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.ar-j3PyPqV-e1s", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.en", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.avi", Track("ar", TrackOrigin.UNSTATED)),
        ("talk.v2", Track("ar", TrackOrigin.UNSTATED)),
    ],
)
def test_the_name_states_the_language(stem: str, track: Track) -> None:
    """The language and the origin that yt-dlp writes into a name are read; otherwise Arabic letters mean Arabic."""
    assert detect_track("x", stem, SPEECH) == track


@pytest.mark.parametrize("stem", ["talk.fa", "talk.ur", "talk.ckb", "talk.fa-IR"])
def test_other_languages_in_arabic_letters_are_refused(stem: str) -> None:
    """Persian, Urdu and Kurdish share the letters: the name tells, and is named in the refusal."""
    with pytest.raises(NoArabicCaptions, match=stem.partition(".")[2]):
        detect_track("x", stem, SPEECH)


@pytest.mark.parametrize("text", ["Hello and welcome", "Привет", "♪ 1234 ♪", "Hello and welcome to this show مرحبا"])
def test_captions_that_are_not_arabic_are_refused(text: str) -> None:
    """Captions in another script, or without letters, are refused with the share of Arabic, whatever the name says."""
    with pytest.raises(NoArabicCaptions, match=r"x: the captions are not in Arabic; \d+% of their letters"):
        detect_track("x", "talk.ar", (Caption(text),))


def test_foreign_names_in_arabic_are_no_obstacle() -> None:
    """A talk about programs with English names is Arabic."""
    assert detect_track("x", "x", (Caption("نستخدم برنامج TensorFlow في هذا المشروع الكبير"),)).language == "ar"


WITHOUT_HAMZA = Caption("كان السوق في المدينه القديمه")


@pytest.mark.parametrize(
    ("captions", "origin"),
    [
        ((Caption("نعم هكذا", 0.0, 1.0, (0.0, 0.5)),), TrackOrigin.AUTOMATIC),
        ((WITHOUT_HAMZA,) * (HAMZA_WORDS // 5), TrackOrigin.AUTOMATIC),
        ((WITHOUT_HAMZA,) * (HAMZA_WORDS // 5 - 1), TrackOrigin.UNSTATED),
        ((WITHOUT_HAMZA,) * HAMZA_WORDS + SPEECH, TrackOrigin.UNSTATED),
    ],
    ids=["word times", "many words without hamza", "too few words to tell", "one hamza"],
)
def test_what_no_person_typed_is_automatic(captions: tuple[Caption, ...], origin: TrackOrigin) -> None:
    """Word times, or many words without one hamza, are recognition; nothing else is taken for it."""
    assert detect_track("x", "x", captions).origin is origin


@pytest.mark.parametrize(
    ("stem", "bare"),
    [
        ("talk.ar", "talk"),
        ("talk.ar-orig", "talk"),
        ("a.b.ar-EG", "a.b"),
        ("talk", "talk"),
        ("v1.2", "v1.2"),
        ("talk.ar-en-US", "talk"),
        ("talk.ar-sa", "talk"),
        ("talk.AR", "talk"),
        ("talk.ar_EG.sdh", "talk"),
        ("talk.ar-j3PyPqV-e1s", "talk"),
        ("talk.my-own-name", "talk.my-own-name"),
    ],
)
def test_the_language_is_no_part_of_the_name(stem: str, bare: str) -> None:
    """Only a language at the end is taken off a file's name."""
    assert untagged_stem(stem) == bare


def test_the_share_counts_letters_only() -> None:
    """Digits, marks, vowel signs and spaces are no letters; no letters at all are no Arabic."""
    assert arabic_share(["نَعَمْ ab 123 ؟!"]) == pytest.approx(3 / 5)
    assert arabic_share(["123", ""]) == 0.0
