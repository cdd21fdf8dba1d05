"""The bundled sample is what it says it is: ours, complete, and in the form that YouTube sends."""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from typing import Any

import pytest

from pipeline.arabic.normalize import fold, words
from pipeline.evaluate.gold import TALK, Gold, read_gold
from tests.sample.make_sample import ID, MISHEARD, heard, made


@pytest.fixture(scope="module")
def gold() -> Gold:
    """The talk as written."""
    return read_gold(TALK)


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(TALK.with_name(name).read_bytes())
    return found


@pytest.fixture(scope="module")
def track() -> dict[str, Any]:
    """The shipped captions."""
    return _read("talk.ar.json3")


@pytest.fixture(scope="module")
def info() -> dict[str, Any]:
    """The shipped metadata."""
    return _read("talk.info.json")


@pytest.fixture(scope="module")
def lines(track: dict[str, Any]) -> list[dict[str, Any]]:
    """The events that show words."""
    return [event for event in track["events"] if "segs" in event and "aAppend" not in event]


@pytest.fixture(scope="module")
def timed(lines: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Each spoken word with its milliseconds, without the notes on music."""
    found = (
        (seg["utf8"].strip(), line["tStartMs"] + seg.get("tOffsetMs", 0)) for line in lines for seg in line["segs"]
    )
    return [(word, start) for word, start in found if not word.startswith("[")]


def _spoken(gold: Gold) -> list[str]:
    """The folded words that the captions must have, with the listed mistakes in their first places."""
    misheard = {fold(said): got.split() for said, got in MISHEARD.items()}
    plain = (word for sentence in gold.sentences for word in words(sentence))
    return list(chain.from_iterable(misheard.pop(word, [word]) for word in plain))


def test_the_files_are_made_from_the_talk(gold: Gold) -> None:
    """Making the sample again gives the shipped files, byte for byte."""
    for name, content in made(gold).items():
        assert TALK.with_name(name).read_bytes() == content, f"{name}: run python -m tests.sample.make_sample"


def test_another_talk_makes_other_files(gold: Gold) -> None:
    """The files come from the talk and are not kept somewhere else: without its last chapter they are shorter."""
    cut = made(Gold(gold.title, gold.chapters[:-1]))
    assert all(len(content) < len(made(gold)[name]) for name, content in cut.items())
    assert gold.chapters[-1].heading not in cut["talk.info.json"].decode()


def test_every_word_is_in_the_captions(gold: Gold, timed: list[tuple[str, int]]) -> None:
    """The captions say the talk, word for word, but for the three listed mistakes."""
    assert [fold(word) for word, _ in timed] == [fold(word) for word in _spoken(gold)]


def test_mistakes_are_listed() -> None:
    """Nobody takes a planted mistake for a bug: each is in the sample's README, and there are at most three."""
    readme = TALK.with_name("README.md").read_text(encoding="utf-8")
    assert len(MISHEARD) <= 3
    assert all(f"| {said} | {got} |" in readme for said, got in MISHEARD.items())


def test_the_talk_has_the_promised_length(timed: list[tuple[str, int]], info: dict[str, Any]) -> None:
    """At least 1,900 words in 13 to 17 minutes, at the pace of a calm speaker."""
    assert len(timed) >= 1900
    assert 13 * 60 <= info["duration"] <= 17 * 60
    assert 2.0 <= len(timed) / info["duration"] <= 2.5


def test_times_ascend(timed: list[tuple[str, int]], track: dict[str, Any], info: dict[str, Any]) -> None:
    """No word begins before or with the one before it, and none after the end of the video."""
    assert all(before < after for (_, before), (_, after) in pairwise(timed))
    assert timed[-1][1] < 1000 * info["duration"] <= track["events"][0]["dDurationMs"]


def test_pauses_tell_sentences(gold: Gold, timed: list[tuple[str, int]]) -> None:
    """The silence before a new sentence is longer than between its words, on average by more than half a second."""
    ends = {len(words(" ".join(gold.sentences[: count + 1]))) for count in range(len(gold.sentences))}
    said = [fold(word) for word, _ in timed]
    split = said.index("كمال")  # a word that is two in the captions
    gaps = [after - before for (_, before), (_, after) in pairwise(timed[:split])]
    between = [gap for place, gap in enumerate(gaps, start=1) if place in ends]
    within = [gap for place, gap in enumerate(gaps, start=1) if place not in ends]
    assert len(between) > 20
    assert sum(between) / len(between) > sum(within) / len(within) + 500


def test_the_spelling_is_automatic(timed: list[tuple[str, int]]) -> None:
    """The captions have none of the letters and marks that automatic Arabic captions lack, and keep final yaa."""
    text = " ".join(word for word, _ in timed)
    assert re.findall(r"[أإآٱة،؛؟.:!\u064b-\u0652]", text) == []
    assert {"على", "الى", "ماء", "مسؤوليه", "1952"} <= set(text.split())


@pytest.mark.parametrize(
    ("written", "expected"),
    [("وأهلاً", "واهلا"), ("القائم،", "القائم"), ("آسيا.", "اسيا"), ("المستنصرية", "المستنصريه"), ("1952", "1952")],
)
def test_heard(written: str, expected: str) -> None:
    """A written word is heard as automatic captions spell it."""
    assert heard(written) == expected


def test_events_are_those_of_a_rolling_track(track: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """A window first, then lines of at most 40 characters, a break 10 ms before each, two lines on screen at a time."""
    window, *events = track["events"]
    assert "segs" not in window
    assert all("aAppend" in event for event in events[1::2])
    assert not any("aAppend" in event for event in events[::2])
    assert all(len("".join(seg["utf8"] for seg in line["segs"])) <= 40 for line in lines)
    assert [event["tStartMs"] + 10 for event in events[1::2]] == [line["tStartMs"] for line in lines[1:]]
    ends = [line["tStartMs"] + line["dDurationMs"] for line in lines]
    assert ends[:-2] == [line["tStartMs"] for line in lines[2:]]


def test_chapters_begin_where_their_words_do(gold: Gold, timed: list[tuple[str, int]], info: dict[str, Any]) -> None:
    """Between the last word of a chapter and the first of the next lies the border that the metadata name."""
    starts = [chapter["start_time"] for chapter in info["chapters"]]
    assert [chapter["title"] for chapter in info["chapters"]] == [chapter.heading for chapter in gold.chapters]
    assert [chapter["end_time"] for chapter in info["chapters"]] == [*starts[1:], info["duration"]]
    for start, chapter in zip(starts, gold.chapters, strict=True):
        first = next(word for word, time in timed if time >= 1000 * start)
        assert fold(first) == words(chapter.sentences[0])[0]


def test_description_names_the_chapters(info: dict[str, Any]) -> None:
    """The time stamps in the description are the chapters."""
    stamps = re.findall(r"^(\d\d):(\d\d) (.+)$", info["description"], flags=re.MULTILINE)
    found = [(60 * int(minutes) + int(seconds), title) for minutes, seconds, title in stamps]
    assert found == [(chapter["start_time"], chapter["title"]) for chapter in info["chapters"]]


def test_the_sample_says_that_it_is_ours(info: dict[str, Any]) -> None:
    """Nobody takes the sample for a real video: the channel and the description say so, in both languages."""
    assert info["id"] == ID
    assert len(ID) == 11
    assert info["webpage_url"].endswith(f"v={ID}")
    assert "عيّنة" in info["channel"]
    assert "من نسج الخيال" in info["description"]
    assert "YouTube has no such video" in info["description"]
