"""Captions that people typed: their lines and marks decide where a sentence may end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.segment.captions import spoken_words
from pipeline.segment.prepare import prepare
from pipeline.segment.sentences import split_sentences
from pipeline.settings import TextSettings
from pipeline.types.article import Caption, Recording, SpokenWord, Track, TrackOrigin, Transcript, Video

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SETTINGS = TextSettings()
CLAUSES = (
    "كانت القرية القديمة فوق التل",
    "يسكنها أهلها منذ مئات السنين",
    "وفي الوادي نهر صغير",
    "يشربون منه ويسقون بساتينهم",
    "فلما جف النهر في ذلك الصيف",
    "باع بعضهم ما عنده من الغنم",
    "وخرج شباب القرية إلى المدن",
    "يبحثون عن عمل في المصانع",
    "لكن شيخاً بقي مع أحفاده",
    "حفر بئراً عند سفح التل",
    "وبعد شهرين من الحفر ظهر الماء",
    "فعاد الناس إلى بيوتهم",
)
"""Each ends where a clause does; of 60 words 14 bind, and none of them ends a line."""


def judged(lines: Iterable[str], inside: float, ends: float = -4.0) -> list[SpokenWord]:
    """The words of lines with a model's odds of an end inside of them and at their ends."""
    words, _ = spoken_words(Caption(line) for line in lines)
    return [
        word if word.text[-1] in "،.؟!" else replace(word, odds=ends if word.border else inside, closing=".")
        for word in words
    ]


def ends(words: Sequence[SpokenWord], *, typed: bool = True) -> list[str]:
    """The last words of the sentences."""
    return [sentence.text.split()[-1].rstrip(".") for sentence in split_sentences(words, SETTINGS, typed=typed)]


def last_words(lines: Iterable[str]) -> set[str]:
    """The last word of each line."""
    return {line.split()[-1] for line in lines}


def rewrapped(words_a_line: int) -> list[str]:
    """The same words in lines of so many, wherever that falls."""
    words = " ".join(CLAUSES).split()
    return [" ".join(words[at : at + words_a_line]) for at in range(0, len(words), words_a_line)]


def test_a_sentence_ends_at_a_lines_end_only() -> None:
    """However sure a model is of places inside lines, sentences end where people ended a line."""
    found = ends(judged(CLAUSES, 4.0))

    assert set(found) <= last_words(CLAUSES)
    assert len(ends(judged(CLAUSES, 4.0, 4.0))) > 3
    assert not set(ends(judged(CLAUSES, 4.0), typed=False)) <= last_words(CLAUSES)


def test_lines_that_break_anywhere_decide_nothing() -> None:
    """Typed text that a program filled into lines of four words has prepositions at their ends, and is no guide."""
    lines = rewrapped(4)

    assert not set(ends(judged(lines, 4.0))) <= last_words(lines)


def test_a_clause_on_two_lines_ends_with_the_second() -> None:
    """Where each caption is wrapped to two rows, the first row is filled and the second breaks off: only it may end."""
    rows = [f"{clause} في\nالمستشفيات البعيدة" for clause in CLAUSES]

    assert set(ends(judged(rows, 4.0, 4.0))) == {"البعيدة"}


def test_a_mark_of_theirs_ends_a_sentence_inside_a_line() -> None:
    """A full stop, a question mark and an exclamation mark are obeyed wherever they stand."""
    lines = ["قال نعم. وكانت القرية القديمة فوق التل", *CLAUSES[1:], "هل عادوا؟ نعم عاد الناس جميعاً إلى بيوتهم"]
    found = [sentence.text for sentence in split_sentences(judged(lines, -4.0), SETTINGS, typed=True)]

    assert found[0] == "قال نعم."
    assert any(text.endswith("هل عادوا؟") for text in found)


def test_their_commas_stay_and_no_question_is_added() -> None:
    """The marks that people set are kept, none is exchanged, and what looks like a question gets a full stop."""
    lines = ["لماذا عاد الناس إلى بيوتهم", "كانت القرية، كما قلنا، فوق التل", *CLAUSES[1:]]
    words = [replace(word, closing="؟") for word in judged(lines, -4.0, 4.0)]
    text = " ".join(sentence.text for sentence in split_sentences(words, SETTINGS, typed=True))

    assert "القرية، كما قلنا، فوق" in text
    assert "؟" not in text
    assert split_sentences(words[:5], SETTINGS)[0].text == "لماذا عاد الناس إلى بيوتهم؟"


def test_a_paragraph_on_one_line_is_divided() -> None:
    """A line that is longer than any clause holds sentences, and they end where the words say so."""
    paragraphs = [" ".join(CLAUSES[:6]), " ".join(CLAUSES[6:])] * 8
    words = judged(paragraphs, -4.0)
    likely = [replace(word, odds=4.0) if word.text in {"السنين", "بساتينهم"} else word for word in words]

    assert {"السنين", "بساتينهم"} <= set(ends(likely))


def test_who_made_the_captions_decides() -> None:
    """The same lines are a guide in a track of people, and not in one of a machine."""

    class Sure:
        """A `Restorer` that takes every place for an end."""

        identity = "sure"

        def restore(self, words: tuple[SpokenWord, ...]) -> tuple[SpokenWord, ...]:
            """The words with odds."""
            return tuple(replace(word, odds=4.0, closing=".") for word in words)

    def found(origin: TrackOrigin, lines: Iterable[str] = CLAUSES) -> set[str]:
        captions = tuple(Caption(line) for line in lines)
        recording = Recording(Video("v", "v"), Transcript(Track("ar", origin), captions))
        script = prepare(recording, TextSettings(minimum_words=1), Sure())
        return {sentence.text.split()[-1].rstrip(".") for sentence in script.sentences}

    assert found(TrackOrigin.MANUAL) <= last_words(CLAUSES)
    assert found(TrackOrigin.UNSTATED) <= last_words(CLAUSES)
    assert not found(TrackOrigin.AUTOMATIC) <= last_words(CLAUSES)
    # A text file does not say who made it, but nobody types a whole talk without one hamza.
    bare = [re.sub("[أإآ]", "ا", line).replace("ة", "ه") for line in CLAUSES]
    assert found(TrackOrigin.MANUAL, bare) <= last_words(bare)
    assert not found(TrackOrigin.UNSTATED, bare) <= last_words(bare)
