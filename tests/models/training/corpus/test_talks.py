"""Talks are read whole: who speaks, what is said, what an editor drops, where verses stand."""

from __future__ import annotations

import pytest

from models.training.corpus.talks import TalkError
from tests.models.training.corpus.written import TEXT, talk


def test_the_header_names_the_talk_and_its_voices() -> None:
    """Title, variety, kind, day, channel and every voice with its gender are there."""
    read = talk()

    assert (read.title, read.variety, read.kind) == ("درس في القهوة", "mixed", "interview")
    assert (read.published, read.channel) == ("2025-01-02", "فنجان")
    assert [(voice.name, voice.gender) for voice in read.voices] == [("ليلى السعدي", "f"), ("عمر الراوي", "m")]


@pytest.mark.parametrize("field", ["title", "variety", "kind", "speaker", "published", "channel"])
def test_a_header_that_lacks_something_is_refused(field: str) -> None:
    """The message names the talk and what is missing."""
    lines = [line for line in TEXT.splitlines() if not line.startswith(f"@ {field}")]
    with pytest.raises(TalkError, match=f"t: no @ {field}"):
        talk("\n".join(lines))


def test_sentences_are_numbered_without_headings_and_keep_their_topic() -> None:
    """Statements cite these numbers."""
    read = talk()

    assert read.topics == ("بداية الحديث", "سؤال الثمن")
    assert [(sentence.number, sentence.topic) for sentence in read.sentences] == [
        (1, 0),
        (2, 0),
        (3, 0),
        (4, 1),
        (5, 1),
    ]


def test_a_voice_speaks_until_the_next_turn() -> None:
    """The first voice begins; the name of a turn is not spoken; a name that the header lacks has no gender."""
    read = talk()
    stranger = talk(TEXT + ">> زيد: نعم.\n").sentences[-1]

    assert [sentence.voice.name.split()[0] for sentence in read.sentences] == ["ليلى", "عمر", "عمر", "ليلى", "عمر"]
    assert read.sentences[1].words[0].text == "أهلاً"
    assert stranger.voice not in read.voices
    assert stranger.voice.gender == ""


def test_all_that_is_said_is_read_as_words() -> None:
    """Repeats count, brackets and places of verses do not; a figure is one word, the letters of dialect stay."""
    words = talk().words

    assert [word.text for word in talk().sentences[1].words[:6]] == ["أهلاً", "أنا", "شربت", "أنا", "أنا", "شربت"]
    assert {"2.5", "12%", "چاي", "مصد"} <= {word.text for word in words}
    assert not [word.text for word in words if set(word.text) & set("[]{}-«»﴿﴾:،؟!")]


def test_what_an_editor_drops_is_known_and_not_printed() -> None:
    """The dropped part of a repair is marked word by word, and the printed sentence is without it."""
    repaired = talk().sentences[1]

    assert [word.text for word in repaired.words if word.dropped] == ["أنا", "شربت", "أنا"]
    assert repaired.printed == "أهلاً، أنا شربت 2.5 فنجان قبل أن أصل."


def test_words_of_a_verse_know_their_place() -> None:
    """`sura:number` is kept for the words between the brackets and for no other; the printed sentence has no place."""
    sentence = talk().sentences[3]

    assert [word.text for word in sentence.words if word.verse == "الرحمن:7"] == ["والسماء", "رفعها", "ووضع", "الميزان"]
    assert sentence.printed.startswith("قال تعالى: ﴿والسماء رفعها ووضع الميزان﴾، فكيف")


def test_a_word_has_the_strongest_mark_after_it() -> None:
    """A mark behind a closing bracket belongs to the word before; a full stop outweighs a comma."""
    first, second, _, fourth, last = talk().sentences

    assert [word.mark for word in first.words] == ["", "،", "", "", "", "!"]
    assert [word.mark for word in fourth.words if word.text == "الميزان"] == ["،"]
    assert [word.mark for word in last.words] == [".", "", "", "."]
    assert all(sentence.ends for sentence in (first, second, fourth, last))
