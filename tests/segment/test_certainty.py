"""Each sentence says how sure its end is, and how much of it is likely what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import codec
from pipeline.segment.boundaries import CLOSED, LEANS, end_odds
from pipeline.segment.captions import spoken_words
from pipeline.segment.sentences import split_sentences
from pipeline.segment.verses import with_verses
from pipeline.settings import TextSettings
from pipeline.types.article import Caption, Passage, Recitation, Script, Sentence, SpokenWord, Track, TrackOrigin, Video

SETTINGS = TextSettings()
FIRST, SECOND = "يقلم المزارعون الأغصان القديمة في الشتاء", "ويزرعون أشجارا جديدة حول البيوت في الربيع"


def judged(odds: float) -> tuple[Sentence, ...]:
    """Two sentences, with these odds of an end between them."""
    texts = [*FIRST.split(), *SECOND.split()]
    end = len(FIRST.split()) - 1
    words = [SpokenWord(text, odds=odds if at == end else -6.0) for at, text in enumerate(texts)]
    return split_sentences(words, SETTINGS)


def test_the_likelier_an_end_the_higher_its_odds() -> None:
    """What the restorer says of an end goes with the sentence, and the end of the talk is certain."""
    unsure, sure = judged(1.0), judged(4.0)

    assert [each.text for each in unsure] == [each.text for each in sure] == [FIRST, SECOND]
    assert unsure[0].end_odds is not None
    assert sure[0].end_odds is not None
    assert unsure[0].end_odds < sure[0].end_odds < CLOSED
    assert unsure[1].end_odds == sure[1].end_odds == CLOSED


def test_the_odds_do_not_lean_towards_ends() -> None:
    """What is added to find more ends is no evidence for one."""
    word = SpokenWord("الشتاء", odds=1.0)
    assert end_odds(word, 1.0) == pytest.approx(1.0 - LEANS["SPOKEN"])
    assert end_odds(word, 1.0, typed=True) == pytest.approx(1.0 - LEANS["TYPED"])


def test_an_end_that_the_captions_have_is_certain() -> None:
    """Their own mark, and a change of voice."""
    lines = (f"{FIRST}؟", f">> {SECOND}", f">> {FIRST}")
    words, _ = spoken_words(map(Caption, lines))
    assert [each.end_odds for each in split_sentences(words, SETTINGS)] == [CLOSED, CLOSED, CLOSED]


def test_nobody_judged_captions_that_no_model_read() -> None:
    """Weights set by hand give no odds, and nobody knows what was misheard."""
    words, _ = spoken_words([Caption(FIRST, 0.0, 3.0), Caption("ثم " + SECOND, 9.0, 12.0)])
    first, last = split_sentences(words, SETTINGS)
    assert (first.end_odds, last.end_odds) == (None, CLOSED)
    assert (first.known, last.known) == (None, None)


def test_a_sentence_is_known_as_its_words_are() -> None:
    """The mean over the words of which somebody judged."""
    known = {"القديمة": 0.4, "الأغصان": 0.8}
    words = [SpokenWord(word, known=known.get(word)) for word in FIRST.split()]
    assert [each.known for each in split_sentences(words, SETTINGS)] == [0.6]


def test_a_verse_is_known() -> None:
    """However it was misheard, since its text is the Qur'an's."""
    heard = tuple(SpokenWord(word, known=0.3) for word in ["والسماء", "رفعها"])
    verse = Recitation(0, 1, (("والسماء", 0), ("رفعها", 1)), "الرحمن: 7", introduced=True)
    words, _ = with_verses(heard, (verse,), heard)
    assert [each.known for each in split_sentences(words, SETTINGS)] == [1.0]


@given(st.none() | st.floats(-CLOSED, CLOSED), st.none() | st.floats(0, 1))
def test_certainty_survives_being_stored(odds: float | None, known: float | None) -> None:
    """A script comes back with both, and gives the same bytes again."""
    sentence = Sentence(1, FIRST, end_odds=odds, known=known)
    script = Script(Video("v", "t"), Track("ar", TrackOrigin.MANUAL), (Passage("", (sentence,)),))
    assert codec.decode(codec.encode(script), Script) == script
