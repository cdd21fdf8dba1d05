"""Tests of caption files as a source: an equal way in, with a friendly sentence for everything that is none."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING

import pytest

from pipeline import codec
from pipeline.errors import FileUnreadable, NoArabicCaptions, SourceError
from pipeline.events import Event, Notice
from pipeline.settings import SourceSettings
from pipeline.sources.files import MAX_BYTES, FileSource
from pipeline.types.article import Caption, Recording, SourceKind, Track, TrackOrigin, Transcript, Video, VideoReference
from tests.fakes.captions import DATA

if TYPE_CHECKING:
    from pathlib import Path

ID = "dQw4w9WgXcQ"
URL = f"https://www.youtube.com/watch?v={ID}"
INFO: dict[str, object] = {"id": ID, "title": "العنوان", "channel": "القناة", "webpage_url": URL}
SRT = "1\n00:00:01,000 --> 00:00:03,000\nأهلا بكم في هذا البرنامج\n"


def written(folder: Path, name: str, content: str | bytes = SRT) -> Path:
    """A file with this name and content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def described(folder: Path, name: str, **fields: object) -> Path:
    """An info.json of a video on YouTube, with these fields."""
    return written(folder, name, json.dumps(INFO | fields))


def fetched(path: Path) -> Recording:
    """What the source gives for a path, by the way a user goes."""
    source = FileSource()
    reference = source.locate(str(path))
    assert reference is not None
    return source.fetch(reference)


# --- the recording ---


def test_a_file_alone_is_a_recording(tmp_path: Path) -> None:
    """Title from the name, an id from the content, no address, the captions, and how they were chosen."""
    data = SRT.encode()
    recording = fetched(written(tmp_path, "محاضرة_أولى.ar-EG.srt"))

    assert recording == Recording(
        Video(f"file-{codec.digest(data)[:12]}", "محاضرة أولى"),
        Transcript(
            Track("ar-EG", TrackOrigin.UNSTATED),
            (Caption("أهلا بكم في هذا البرنامج", 1.0, 3.0),),
            backend="srt",
            reason="The only captions in محاضرة_أولى.ar-EG.srt.",
        ),
    )


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_every_format_is_a_way_in(path: Path) -> None:
    """Each format gives a recording that can be stored and read back unchanged."""
    recording = fetched(path)

    assert recording.transcript.captions
    assert codec.decode(codec.encode(recording), Recording) == recording


@pytest.mark.parametrize(
    ("name", "origin"),
    [("rolling.ar.vtt", "automatic"), ("generated.json3", "automatic"), ("manual.json3", "unstated")],
)
def test_word_times_tell_the_origin(name: str, origin: str) -> None:
    """Only recognition gives word times."""
    assert fetched(DATA / name).transcript.track == Track("ar", TrackOrigin(origin))


def test_the_name_that_yt_dlp_gives_links_the_video(tmp_path: Path) -> None:
    """An id in brackets is the video's id, gives its address, and is no part of the title."""
    video = fetched(written(tmp_path, f"دمشق وبغداد [{ID}].ar.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nنعم")).video

    assert video == Video(ID, "دمشق وبغداد", url=URL)


def test_the_same_content_has_the_same_id(tmp_path: Path) -> None:
    """A copy under another name is the same video; another content is another one."""
    first, copy = fetched(written(tmp_path, "a.srt")), fetched(written(tmp_path, "b.srt"))
    other = fetched(written(tmp_path, "c.srt", SRT + "نعم\n"))

    assert first.video.id == copy.video.id != other.video.id


def test_our_own_recording_keeps_its_video_and_track(tmp_path: Path) -> None:
    """A recording written by this project is read with its own metadata; a missing language is made good."""
    video, track = Video(ID, "عنوان", channel="قناة", url=URL), Track("ar-SA", TrackOrigin.MANUAL, "العربية")
    captions = (Caption("أهلا بكم", 1.0, 2.0, (1.0, 1.5)),)
    whole = fetched(written(tmp_path, "a.json", codec.encode(Recording(video, Transcript(track, captions)))))
    odd = fetched(written(tmp_path, "b.json", codec.encode(Transcript(Track("??", TrackOrigin.MANUAL), captions))))

    assert (whole.video, whole.transcript.track, whole.transcript.captions) == (video, track, captions)
    assert odd.transcript.track == Track("ar", TrackOrigin.MANUAL)


def test_an_unusual_encoding_is_told(tmp_path: Path) -> None:
    """Captions in Windows-1256 are read, and the user and the provenance are told so."""
    notes: list[Event] = []
    path = written(tmp_path, "قديم.srt", (SRT + "في من على السوق\n").encode("cp1256"))
    recording = FileSource(notes.append).fetch(VideoReference(SourceKind.FILE, str(path)))

    assert recording.transcript.captions[0].text.startswith("أهلا بكم")
    assert notes == [Notice("قديم.srt: It was in Windows-1256.")]
    assert recording.transcript.reason == "The only captions in قديم.srt. It was in Windows-1256."


# --- the info.json beside it ---


@pytest.mark.parametrize(
    ("captions", "info"),
    [
        (f"عنوان [{ID}].ar.vtt", f"عنوان [{ID}].info.json"),
        (f"عنوان [{ID}].ar-orig.srt", f"عنوان [{ID}].info.json"),
        ("a.b.srt", "a.b.info.json"),
        ("a.ar.srt", "a.ar.info.json"),
        (f"عنوان [{ID}].srt", "info.json"),
        (f"{ID}.ar.srt", "info.json"),
    ],
)
def test_metadata_beside_the_captions_is_found(tmp_path: Path, captions: str, info: str) -> None:
    """yt-dlp's names are understood; a general info.json counts when it names the same video."""
    described(tmp_path, info, upload_date="20240102")
    video = fetched(written(tmp_path, captions)).video

    assert (video.id, video.title, video.channel, video.url) == (ID, "العنوان", "القناة", URL)
    assert str(video.published) == "2024-01-02"


@pytest.mark.parametrize(
    ("captions", "info", "content"),
    [
        ("a.srt", "info.json", json.dumps({"id": ID, "title": "غيره"})),
        ("a [aaaaaaaaaaa].srt", "a [aaaaaaaaaaa].info.json", json.dumps({"id": ID, "title": "غيره"})),
        ("a.srt", "a.info.json", "null"),
        ("a.srt", "a.info.json", '{"title": 5, "id": null}'),
        ("a.srt", "a.info.json", "[" * 100_000),
        ("a.srt", "a.info.json", b"\xff\xfe\x00"),
        ("a.srt", "a.info.json", b""),
    ],
)
def test_metadata_of_something_else_is_passed_over(
    tmp_path: Path, captions: str, info: str, content: str | bytes
) -> None:
    """Metadata that is damaged or of another video changes nothing, and the user is told."""
    written(tmp_path, info, content)
    notes: list[Event] = []
    video = FileSource(notes.append).fetch(VideoReference(SourceKind.FILE, str(written(tmp_path, captions)))).video

    assert video.title == "a"
    assert notes == [Notice(f"{captions}: {info} beside it does not describe this video and was passed over.")]


def test_metadata_of_another_site_gives_no_address(tmp_path: Path) -> None:
    """A talk from elsewhere keeps its title and gets a file's id, and no address is made up for it."""
    described(tmp_path, "a.info.json", extractor_key="Vimeo", id="76979871")
    video = fetched(written(tmp_path, "a.srt")).video

    assert (video.title, video.url, video.id[:5]) == ("العنوان", "", "file-")


def test_a_folder_or_a_giant_beside_it_does_no_harm(tmp_path: Path) -> None:
    """What stands where an info.json would is not opened unless it is a file of sensible size."""
    (tmp_path / "a.info.json").mkdir()
    with (tmp_path / "b.info.json").open("wb") as sparse:
        sparse.truncate(300 * 1024**2)

    assert fetched(written(tmp_path, "a.srt")).video.title == "a"
    assert fetched(written(tmp_path, "b.srt")).video.title == "b"


# --- what names a file ---


def test_a_changed_file_is_another_reference(tmp_path: Path) -> None:
    """The digest follows the captions and the metadata beside them, and nothing else."""
    source, path = FileSource(), written(tmp_path, "a.srt")
    first, again = source.locate(str(path)), source.locate(str(path))
    described(tmp_path, "a.info.json")
    with_info = source.locate(str(path))
    written(tmp_path, "a.srt", SRT + "نعم")
    changed = source.locate(str(path))

    assert first == again
    assert first is not None
    assert (first.kind, first.id, len(first.digest)) == (SourceKind.FILE, str(path), 64)
    assert len({first, with_info, changed}) == 3


@pytest.mark.parametrize(
    "text",
    [ID, URL, "https://vimeo.com/talk.srt", "youtube.com/watch?v=x", "", "ا" * 10_000, "a\0b", "نعم"],
)
def test_what_names_no_file_is_left_to_others(text: str) -> None:
    """Ids, addresses of any site and arbitrary text are no files."""
    assert FileSource().locate(text) is None


@pytest.mark.parametrize("text", ["missing.srt", "no/such/folder/x.VTT", "x.json3", "a\0.srt", "ا" * 10_000 + ".srt"])
def test_a_missing_file_is_called_missing(text: str) -> None:
    """A name with a caption file's ending is a file, and fetching says that it is not there."""
    reference = FileSource().locate(text)

    assert reference == VideoReference(SourceKind.FILE, text)
    with pytest.raises(FileUnreadable, match=r"there is no such file|cannot be opened"):
        FileSource().fetch(reference)


def test_a_file_is_found_under_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that exists is taken whatever it is called, relative to where the user is."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, ID)
    reference = FileSource().locate(ID)

    assert reference is not None
    assert reference.id == ID
    assert FileSource().fetch(reference).transcript.captions


def test_a_name_that_cannot_be_written_down_is_refused() -> None:
    """A name that is not UTF-8 is refused in a sentence before anything is made of it."""
    with pytest.raises(FileUnreadable, match=r"not UTF-8\. Rename it"):
        FileSource().locate("\udcff.srt")


# --- bad input ---

BOMB = '<!DOCTYPE b [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><transcript><text>&b;</text></transcript>'

BAD = {
    "empty.srt": (b"", "empty"),
    "blank.txt": (b"\n \n", "empty"),
    "picture.srt": (b"\x89PNG\r\n\x1a\n\x00\x00", "a binary file"),
    "packed.srt.gz": (gzip.compress(SRT.encode() * 1000, mtime=0), "a binary file|neither UTF-8"),
    "greek.srt": ("καλημέρα σας".encode("iso-8859-7"), "neither UTF-8"),
    "no_cues.vtt": (b"WEBVTT\n\nNOTE nothing\n", "no line with the times"),
    "only_silence.srt": (b"1\n00:00:01,000 --> 00:00:02,000\n \n", "no captions in it"),
    "only_window.json3": (b'{"events": [{"tStartMs": 0, "id": 1}]}', "no captions in it"),
    "bomb.srv1": (BOMB.encode(), "damaged or unsafe XML"),
    "deep.json3": (b"[" * 100_000, "damaged JSON"),
    "page.xml": (b"<!doctype html><p>x", "a web page"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    """Each bad file ends in one line that names it and says what is wrong, with advice beside it."""
    content, reason = BAD[name]
    path = written(tmp_path, name, content)
    with pytest.raises(FileUnreadable, match=reason) as caught:
        fetched(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert caught.value.hint.startswith("Accepted: .srt")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """300 MB are refused by their size; the limit itself is still read."""
    path = tmp_path / "huge.srt"
    with path.open("wb") as sparse:
        sparse.truncate(300 * 1024**2)
    with pytest.raises(FileUnreadable, match="larger than 32 MB"):
        fetched(path)
    os.truncate(path, MAX_BYTES)
    with pytest.raises(FileUnreadable, match="a binary file"):
        fetched(path)


def test_folders_and_devices_are_no_files(tmp_path: Path) -> None:
    """A folder is named as such, and a pipe is not waited for."""
    os.mkfifo(tmp_path / "pipe.srt")
    for path in (tmp_path, tmp_path / "pipe.srt"):
        with pytest.raises(FileUnreadable, match="a folder or a device"):
            fetched(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    """A file without permission is refused with the system's reason."""
    path = written(tmp_path, "closed.srt")
    path.chmod(0)
    with pytest.raises(FileUnreadable, match="cannot be opened: Permission denied"):
        fetched(path)


def test_a_name_too_long_is_refused_with_the_systems_reason(tmp_path: Path) -> None:
    """What the system cannot open is refused with its own reason, not with a traceback."""
    with pytest.raises(FileUnreadable, match="cannot be opened: File name too long"):
        FileSource().fetch(VideoReference(SourceKind.FILE, str(tmp_path / ("a" * 300 + ".srt"))))


def test_captions_in_another_language_are_no_arabic_captions(tmp_path: Path) -> None:
    """English captions are refused as such, not as damaged."""
    path = written(tmp_path, "talk.srt", "1\n0:01 --> 0:02\nHello and welcome\n")
    with pytest.raises(NoArabicCaptions) as caught:
        fetched(path)

    assert isinstance(caught.value, SourceError)
    assert caught.value.subject == str(path)


# --- machine translations ---


SPEECH: dict[str, object] = {"ar": [{"url": "x"}], "en-orig": [{}], "en": [{}]}
SAYS_TRANSLATED: dict[str, dict[str, object]] = {
    "the speech was recognised as English": {"subtitles": {}, "automatic_captions": SPEECH},
    "the sound is English": {
        "automatic_captions": {"ar": []},
        "formats": [{"language": "en", "language_preference": 10}, {"language": "ar", "language_preference": -1}],
    },
    "the language is English": {"automatic_captions": {"ar": [{"ext": "vtt"}]}, "language": "en-US"},
    "the address translates": {"automatic_captions": {"ar": [{"url": "https://x.example/?lang=en&tlang=ar"}]}},
}
SAYS_SPEECH: dict[str, dict[str, object]] = {
    "people typed it": {"subtitles": {"ar": [{}]}, "automatic_captions": SPEECH},
    "the speech is Arabic": {"automatic_captions": {"ar": [{}], "ar-orig": [{}], "en": [{}]}},
    "the speech is Egyptian": {"automatic_captions": {"ar": [{}]}, "language": "arz"},
    "the sound is Arabic, with a dub": {
        "automatic_captions": {"ar": [{}], "ar-orig": [{}], "en-orig": [{}]},
        "formats": [{"language": "en", "language_preference": -1}, {"language": "ar", "language_preference": 5}],
    },
    "nothing is known": {"automatic_captions": {"ar": [{}]}},
    "nothing is listed": {"subtitles": None, "automatic_captions": [], "formats": "x", "language": 7},
}


@pytest.mark.parametrize("says", SAYS_TRANSLATED)
def test_an_info_json_tells_a_machine_translation(says: str, tmp_path: Path) -> None:
    """`ar` among the automatic captions alone, of speech in another language: it needs the setting, and says so."""
    path = written(tmp_path, f"x [{ID}].ar.srt")
    described(tmp_path, f"x [{ID}].info.json", **SAYS_TRANSLATED[says])
    reference = VideoReference(SourceKind.FILE, str(path))

    with pytest.raises(NoArabicCaptions, match=r"a machine translation; x \[.*\]\.info\.json ") as refused:
        FileSource().fetch(reference)
    assert "allow_translated" in refused.value.hint
    allowed = FileSource(settings=SourceSettings(allow_translated=True)).fetch(reference)
    assert allowed.transcript.track == Track("ar", TrackOrigin.TRANSLATED)


@pytest.mark.parametrize("says", SAYS_SPEECH)
def test_an_info_json_refuses_nothing_without_need(says: str, tmp_path: Path) -> None:
    """Captions of Arabic speech, typed captions, and those of which nothing is known are read as before."""
    path = written(tmp_path, f"x [{ID}].ar.srt")
    described(tmp_path, f"x [{ID}].info.json", **SAYS_SPEECH[says])

    assert fetched(path).transcript.track.origin is not TrackOrigin.TRANSLATED


def test_the_language_of_a_video_is_that_of_its_original_sound(tmp_path: Path) -> None:
    """Not of the sound that was downloaded, which may be a dub."""
    path = written(tmp_path, f"x [{ID}].ar.srt")
    formats = [{"language": "en", "language_preference": -1}, {"language": "ar", "language_preference": 10}]
    described(tmp_path, f"x [{ID}].info.json", language="en", formats=formats)

    assert fetched(path).video.language == "ar"


@pytest.mark.parametrize("code", ["ar-en", "ar-en-US", "ar-EG-fr"])
def test_a_translation_by_name_needs_the_setting(code: str, tmp_path: Path) -> None:
    """yt-dlp writes the language that was translated into the name; what the setting allows is labelled."""
    path = written(tmp_path, f"x [{ID}].{code}.srt")
    with pytest.raises(NoArabicCaptions, match=f"`{code}` in its name"):
        fetched(path)

    source = FileSource(settings=SourceSettings(allow_translated=True))
    assert source.fetch(VideoReference(SourceKind.FILE, str(path))).transcript.track.origin is TrackOrigin.TRANSLATED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("این کتاب را برای شما از تهران آورده است و در آن می خوانید که چه شد", "Persian"),
        ("یہ کام کیسے کیا جاتا ہے اور اس میں کیا مشکلات ہیں آپ کو بتائیں گے", "Urdu"),
        ("كانت المدينة القديمة كبيرة وفي السوق تجارة كثيرة إلى القرية"[::-1], "mirrored Arabic"),
    ],
)
def test_other_languages_in_arabic_letters_are_named(tmp_path: Path, text: str, name: str) -> None:
    """Persian and Urdu are no Arabic captions whatever the file is called, nor is Arabic in reverse."""
    with pytest.raises(NoArabicCaptions, match=f"the captions are in {name}"):
        fetched(written(tmp_path, "talk.srt", f"1\n0:01 --> 0:02\n{text}\n"))
